"""Turns text into the words that are searched: the same way for articles and for queries.

A word is a run of letters and digits, folded: NFKC, lower case, no accents, no apostrophes
(Jum'at is jumat). A hyphen parts words, so that anak-anak is anak twice. Beside each word its
root is kept where that is another (kebanjiran: banjir), found by PySastrawi.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from typing import Protocol
from unicodedata import normalize

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary  # type: ignore[import-untyped]
from Sastrawi.Stemmer.Stemmer import Stemmer  # type: ignore[import-untyped]
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory  # type: ignore[import-untyped]

from antara_crawler.archive.lexicon import MISLEADING, NAMES
from antara_crawler.text import paragraph_key

WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
"""A word as it stands in a text; folding may still part it."""

LONGEST_WORD = 64
MOST_WORDS = 12_000
"""So many words of an article are searched: what fits into PostgreSQL's positions (2**14)."""

MOST_TITLE = 500
MOST_TIMES = 255
"""So often one word is counted in an article: PostgreSQL keeps no more of its positions."""

BREAK = "0" * (LONGEST_WORD + 1)
"""Stands between paragraphs, so that no phrase goes over their ends; longer than any word."""

_ROOTED = re.compile(r"[a-z]{4,32}")
_LEAST_ROOT = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is searched, and its root (the word itself where it has no other)."""

    plain: str
    root: str


@dataclass(frozen=True, slots=True)
class Analysed:
    """An article's words in order; where they stand in none, BREAK."""

    title: tuple[Word, ...]
    body: tuple[Word, ...]


class _Stemmer(Protocol):
    def stem_word(self, word: str) -> str: ...


@cache
def software() -> str:
    """Return what made the words: an index made by another may hold other roots."""
    return f"1 PySastrawi {version('PySastrawi')}"


def words(text: str) -> list[Word]:
    """Return the words of a text, in order."""
    return [word for word in map(_word, WORD.findall(paragraph_key(text))) if word.plain]


def analyse(title: str | None, paragraphs: Sequence[str]) -> Analysed:
    """Return an article's words; of very long texts the first MOST_WORDS."""
    head = words(title or "")[:MOST_TITLE]
    body: list[Word] = []
    for paragraph in paragraphs:
        if body:
            body.append(_BREAK)
        body += words(paragraph)
        if len(body) > MOST_WORDS:
            break
    bounded = _bounded(head + body[:MOST_WORDS])
    return Analysed(tuple(bounded[: len(head)]), tuple(bounded[len(head) :]))


@lru_cache(maxsize=200_000)
def word_of(plain: str) -> Word:
    """Return a folded word with its root."""
    if plain in NAMES or not _ROOTED.fullmatch(plain):
        return Word(plain, plain)
    root = _stemmer().stem_word(plain)
    return Word(plain, root if len(root) >= _LEAST_ROOT else plain)


_BREAK = Word(BREAK, BREAK)


def _bounded(found: list[Word]) -> list[Word]:
    """Return the words; BREAK in place of one that stood MOST_TIMES before."""
    if len(found) <= MOST_TIMES // 2:
        return found
    counts: Counter[str] = Counter()
    kept = []
    for word in found:
        counts[word.plain] += 1
        if word.root != word.plain:
            counts[word.root] += 1
        often = max(counts[word.plain], counts[word.root])
        kept.append(word if often <= MOST_TIMES else _BREAK)
    return kept


@lru_cache(maxsize=200_000)
def _word(match: str) -> Word:
    bare = match if match.isascii() else normalize("NFKD", match)
    if not bare.isalnum():
        bare = "".join(filter(str.isalnum, bare))
    return word_of(normalize("NFC", bare)[:LONGEST_WORD])


@cache
def _stemmer() -> _Stemmer:
    """Return the stemmer; its dictionary is a file, read when a word is first looked up."""
    roots = [word for word in StemmerFactory().get_words() if word not in MISLEADING]
    stemmer: _Stemmer = Stemmer(ArrayDictionary(roots))
    return stemmer
