"""Turns text into the words that are searched: the same way for articles and for queries.

A word is a run of letters and digits, folded: NFKC, lower case, no accents, no apostrophes
(Jum'at is jumat; children's is children). A hyphen parts words, so that anak-anak is anak twice;
so does a change from letters to figures (covid19, Rp10). A number is one word however it is
written: 2.500 is 2500. What stands for a word is that word: 15% is 15 persen.
Beside each word its root is kept where that is another (kebanjiran: banjir; Soeharto: suharto),
beside the first part of S.Pd and wi-fi the whole (spd, wifi).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, dropwhile, islice, starmap
from typing import NamedTuple
from unicodedata import normalize

from antara_crawler.archive.index.roots import version
from antara_crawler.archive.index.stemming import LEAST, root_of
from antara_crawler.text import paragraph_key

APOSTROPHES = "'‘’ʼ`´"
WORD = re.compile(
    r"\d+(?:[.,:]\d+)*"
    rf"|(?<![^\W_])[^\W\d_]{{1,2}}[-‐‑–][^\W\d_]{{2,}}(?:[{APOSTROPHES}][^\W\d_]+)*"
    r"|(?<![\w.@])[^\W\d_]{1,2}(?:\.[^\W\d_]{1,4})+(?![\w@])"
    rf"|[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*"
    r"|(?<![^\W\d_])%"
)
"""A word or number as it stands in a text, what is written together, too (e-KTP, wi-fi, S.Pd.), or
a sign for a word."""

LONGEST_WORD = 64
MOST_WORDS = 12_000
"""So many words of an article are searched: what fits into PostgreSQL's positions (2**14)."""

MOST_TITLE = 500
MOST_TIMES = 255
"""So often one word is counted in an article: PostgreSQL keeps no more of its positions."""

BREAK = "0" * (LONGEST_WORD + 1)
"""Stands between paragraphs, so that no phrase goes over their ends; longer than any word."""

SIGNS = {"%": "persen"}
"""What each sign is read as."""

POINT = "koma"
"""Between the parts of 1,2: no other word holds figures and letters."""

_ROOTED = re.compile(r"[a-z]{4,32}")
_PARTS = re.compile(r"[-‐‑–.]")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s\Z")
_NO_NAMES = frozenset({"ad", "al", "an", "da", "dh", "dk", "sd", "up"})
"""What s.d. and the like, short for words, would be without points: SD is a school."""

OLD_SPELLINGS = {"oe": "u", "dj": "j", "tj": "c", "sj": "sy"}
"""What is written so since 1947 and 1972, but still in names: Soeharto, Djoko, Tjahjo, Sjahrir."""

_OLD = re.compile(r"(?<![aeiou])oe(?![aeiou])|dj|tj|\bsj")
_LEAST_OLD = 5
_GROUPED = (
    re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?"),
    re.compile(r"([1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d+))?"),
)
_SEPARATOR = re.compile("[.,:]")
_MOST_KNOWN = 200_000


class Word(NamedTuple):
    """A word as it is searched, and the root that it has beside it, '' for none."""

    plain: str
    other: str = ""

    @property
    def root(self) -> str:
        """Its root: the word itself where it has no other."""
        return self.other or self.plain


Pair = tuple[str, str]
"""A Word as a plain tuple, which Python takes apart three times as fast."""


class Analysed(NamedTuple):
    """An article's words in order; where they stand in none, BREAK."""

    title: list[Pair]
    body: list[Pair]


def software() -> str:
    """Return what made the words: an index made by another may hold other roots."""
    return f"5 {version()}"


def words(text: str) -> list[Word]:
    """Return the words of a text, in order."""
    return list(starmap(Word, _pairs(parted(text))))


def parted(text: str) -> list[str]:
    """Return what white space parts in a text, folded."""
    return paragraph_key(text).split()


def analyse(title: str | None, paragraphs: Sequence[Sequence[str]]) -> Analysed:
    """Return the words of an article, its paragraphs parted; of long texts the first MOST_WORDS."""
    head = list(islice(_pairs(parted(title or "")), MOST_TITLE))
    written: list[str] = []
    for paragraph in paragraphs:
        if written:
            written.append(_END)
        written += paragraph
    body = dropwhile(NO_WORD.__eq__, _pairs(written))
    bounded = _bounded(head + list(islice(body, MOST_WORDS)))
    return Analysed(bounded[: len(head)], bounded[len(head) :])


def _pairs(written: Iterable[str]) -> Iterator[Pair]:
    return chain.from_iterable(map(_known.__getitem__, written))


def texts_of(found: Sequence[Pair]) -> tuple[str, str]:
    """Return words, and in the same places the roots beside them, '' for none, parted by spaces."""
    if not found:
        return "", ""
    plain, others = zip(*found, strict=True)
    return " ".join(plain), " ".join(others)


def pairs_of(plain: str, others: str) -> list[Pair]:
    """Return the words of which texts_of() made these."""
    return list(zip(plain.split(" "), others.split(" "), strict=True)) if plain else []


@lru_cache(maxsize=_MOST_KNOWN)
def word_of(plain: str) -> Word:
    """Return a folded word with its root."""
    root = root_of(plain) if _ROOTED.fullmatch(plain) else plain
    if root == plain and len(plain) >= _LEAST_OLD and _OLD.search(plain):
        root = root_of(_OLD.sub(lambda old: OLD_SPELLINGS[old[0]], plain))
    return Word(plain, root) if root != plain and len(root) >= LEAST else Word(plain)


NO_WORD: Pair = (BREAK, "")
_END = "\n"
"""Stands for BREAK among what white space parts."""


def _bounded(found: list[Pair]) -> list[Pair]:
    """Return the words; BREAK in place of one that stood MOST_TIMES before."""
    if len(found) <= MOST_TIMES:
        return found
    # One that stands more often, as it is or as a root, is half of these at least.
    some = found[: 2 * (len(found) - MOST_TIMES)]
    alike = len(some) - len({other or plain for plain, other in some})
    if alike < min(len(some) // 2, MOST_TIMES) - 1:
        return found
    counts: Counter[str] = Counter()
    kept = []
    for word in found:
        counts.update(filter(None, word))
        often = max(counts[each] for each in word if each)
        kept.append(word if often <= MOST_TIMES else NO_WORD)
    return kept


class _Known(dict[str, tuple[Pair, ...]]):
    """The words of what stands between two spaces: no word holds one."""

    def __missing__(self, written: str) -> tuple[Pair, ...]:
        if written == _END:
            found: tuple[Pair, ...] = (NO_WORD,)
        else:
            words = (word for match in WORD.findall(written) for word in _words(match))
            found = tuple((word.plain, word.other) for word in words)
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[written] = found
        return found


_known = _Known()


def _words(match: str) -> tuple[Word, ...]:
    """Return the words of what WORD found: mostly one."""
    if match[0].isdecimal():
        return tuple(Word(figures) for figures in _numbers(match))
    first, *others = map(_folded, _PARTS.split(match))
    if others:
        whole = "".join((first, *others))[:LONGEST_WORD]
        return (Word(first, "" if whole in _NO_NAMES else whole), *map(word_of, others))
    plain = SIGNS.get(match) or _folded(_POSSESSIVE.sub("", match))
    return (word_of(plain),) if plain else ()


def _folded(written: str) -> str:
    """Return letters without accents and apostrophes."""
    bare = written if written.isascii() else normalize("NFKD", written)
    if not bare.isalnum():
        bare = "".join(filter(str.isalnum, bare))
    return normalize("NFC", bare)[:LONGEST_WORD]


def _numbers(written: str) -> Sequence[str]:
    """Return one number for 2.500, 1,2 or 10.30, and the parts of 17.8.2024."""
    for grouped in _GROUPED:
        if found := grouped.fullmatch(written):
            whole = _SEPARATOR.sub("", found[1])
            rest = (found[2] or "").rstrip("0")
            return (f"{whole}{POINT}{rest}"[:LONGEST_WORD] if rest else whole[:LONGEST_WORD],)
    parts = [part[:LONGEST_WORD] for part in _SEPARATOR.split(written)]
    return (POINT.join(parts)[:LONGEST_WORD],) if len(parts) == 2 else parts
