"""What a piece of a query asks for: words, phrases, beginnings, in all ways to write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from antara_crawler.archive.index.analysis import POINT, Word, word_of, words
from antara_crawler.archive.search import lexicon
from antara_crawler.archive.search.lexicon import CURRENCIES, PREFIXES, STOP_WORDS, UNITS

MOST = 24
"""So many words or phrases of each kind are searched, and in phrases so many words."""

LEAST_PREFIX = 3
"""So many letters stand before the star of banjar*."""

Phrase = tuple[str, ...]

_COMPOUND = re.compile(r"\W*\w+(?:(?:[-.&@:,]|(?<=\d)/(?=\d))\w+)*\W*")
"""Words that stand together without being quoted: covid-19, covid19, S.Pd, 17/8."""

_LISTED = re.compile(r"[^\W\d],[^\W\d]")
_BEGINNING = re.compile(r"[^\w*]*([^\W_]+)\*+\W*")


@dataclass(frozen=True, slots=True)
class Choice:
    """What an article must have one of: words, phrases, or words that begin so."""

    words: Phrase = ()
    phrases: tuple[Phrase, ...] = ()
    prefixes: Phrase = ()


@dataclass(slots=True)
class Asked:
    """Alternatives: an article must have one of them, or none where they are excluded."""

    words: list[Word] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    spelled: list[Phrase] = field(default_factory=list)
    """Other spellings of them."""
    prefixes: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """How a query says it: without other spellings."""
        shown = [word.plain for word in self.words]
        shown += [f'"{" ".join(phrase)}"' for phrase in self.phrases]
        shown += [f"{prefix}*" for prefix in self.prefixes]
        return re.sub(rf"(?<=\d){POINT}(?=\d)", ",", " OR ".join(shown))

    @property
    def ways(self) -> list[Phrase]:
        """All phrases that will do."""
        return self.phrases + [phrase for phrase in self.spelled if len(phrase) > 1]

    @property
    def singles(self) -> list[Word]:
        """Other spellings that are one word."""
        return [_word(phrase[0]) for phrase in self.spelled if len(phrase) == 1]

    def also(self, other: "Asked") -> None:
        """Take the alternatives of another."""
        self.words += other.words
        self.phrases += other.phrases
        self.spelled += other.spelled
        self.prefixes += other.prefixes


def asked_of(key: str, value: str, quoted: bool) -> Iterator[Asked]:
    """Yield what a piece of a query asks for: one thing, or several words."""
    found = words(key) + words(value)
    plain = tuple(word.plain for word in found[:MOST])
    beginning = None if quoted or key else _BEGINNING.fullmatch(value)
    if quoted and not key:
        if found:
            yield Asked(phrases=[plain], spelled=lexicon.forms(value, plain))
    elif beginning and len(found) == 1 and len(plain[0]) >= LEAST_PREFIX:
        yield Asked(prefixes=[plain[0]])
    elif key or not _is_compound(value, found):
        distinct = {word.root: word for word in reversed(found)}  # anak-anak
        for word in reversed(distinct.values()):
            yield Asked(words=[_word(word.plain)], spelled=lexicon.spelled(word.plain))
    elif len(plain[0]) == 1 and plain[1:] and "." not in value and found[0].other == "".join(plain):
        yield Asked(words=[word_of(found[0].root)])  # e-KTP, ektp
    elif found[0].plain in CURRENCIES and len(found) == 2:
        yield Asked(words=found[1:], spelled=lexicon.spelled(found[1].plain))
    elif found[0].plain in CURRENCIES and plain[-1] in UNITS:
        yield together(plain[1:])  # Rp500rb
    elif found[0].plain in PREFIXES and (whole := word_of("".join(plain))).root == found[1].root:
        yield Asked(words=[whole])  # di-vaksin, divaksin
    elif all(map(str.isalpha, plain)) and ("-" in value or found[0].other == "".join(plain)):
        yield Asked(phrases=[plain], spelled=[("".join(plain),)])  # S.Pd, SPd; start-up, startup
    else:
        yield together(plain)


def _word(plain: str) -> Word:
    return Word(plain) if lexicon.bound_of(plain) else word_of(plain)


def together(words: Phrase) -> Asked:
    """Return what asks for words that stand together; a unit behind a number in all spellings."""
    if len(words) == 2:
        return Asked(phrases=[words], spelled=lexicon.amounts(*words))
    first, *others = lexicon.days(words) or [words]
    return Asked(phrases=[first], spelled=others)


def _is_compound(value: str, found: list[Word]) -> bool:
    """Tell whether words must stand together. A doubled word (anak-anak) is one word."""
    if len(found) < 2 or _LISTED.search(value) or not _COMPOUND.fullmatch(value):
        return False
    first = found[0].plain  # 2-2 is no plural
    return len({word.root for word in found}) > 1 or first in STOP_WORDS or first.isdecimal()


def only_word(asked: Asked) -> str:
    """Return the word, where nothing else is asked for."""
    one = len(asked.words) == 1 and not asked.phrases and not asked.prefixes
    return asked.words[0].plain if one else ""


def choice_of(*asked: Asked) -> Choice:
    """Return what an article must have one of, bounded."""
    words = dict.fromkeys(word.root for each in asked for word in each.words + each.singles)
    phrases = dict.fromkeys(phrase for each in asked for phrase in each.ways)
    prefixes = dict.fromkeys(prefix for each in asked for prefix in each.prefixes)
    return Choice(tuple(words)[:MOST], tuple(phrases)[:MOST], tuple(prefixes)[:MOST])


def groups_of(asked: list[Asked]) -> list[tuple[Phrase, Phrase]]:
    """Return the words that articles are ranked by, and of which each group must be there.

    Each group as its roots, and as its words as they are written. Of phrases these are their
    words; where words that begin so would do as well, there are none.
    """
    ranked = [each for each in asked if not each.prefixes]
    telling = [each for each in ranked if _tells(each)]
    if not telling and len(ranked) == len(asked):
        telling = [each for each in ranked if each.phrases] or ranked
    groups: dict[frozenset[str], tuple[Phrase, dict[str, None]]] = {}
    for each in telling:
        for group in _positions(each):
            roots = tuple(dict.fromkeys(root for root, _ in group))
            _, found = groups.setdefault(frozenset(roots), (roots, {}))
            found.update(dict.fromkeys(plain for _, plain in group))
    return [(roots, tuple(found)) for roots, found in groups.values()][: 2 * MOST]


def _tells(asked: Asked) -> bool:
    plain = [word.plain for word in asked.words] + [w for each in asked.phrases for w in each]
    return not STOP_WORDS.issuperset(plain)


def _positions(asked: Asked) -> list[list[tuple[str, str]]]:
    """Return roots and words: of the first of each alternative, of the second, and so on.

    An article with one of the alternatives has one of each of these. There are as many as in the
    longest that was asked for; of other spellings what stands for a currency tells nothing.
    """
    ways = [[(word.root, word.plain)] for word in asked.words]
    ways += [[(word, word) for word in phrase] for phrase in asked.phrases]
    most = max(map(len, map(_telling, ways)))
    ways += [[(word.root, word.plain)] for word in asked.singles]
    ways += [
        [(word, word) for word in phrase if word not in CURRENCIES]
        for phrase in asked.spelled
        if len(phrase) > 1
    ]
    ways = [*map(_telling, ways)]
    return [[way[min(place, len(way) - 1)] for way in ways] for place in range(most)]


def _telling(way: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair in way if pair[1] not in STOP_WORDS] or way
