"""Reads what people type into a search box. Whatever it is, it is a query: nothing is refused.

Words that an article must have; "exact phrases"; banjar* for words that begin so; OR (ATAU)
between two of them for either; -words and -"phrases" (NOT words) that it must not have; author:
section: tag: portal: since: until: with a value, quoted where it has spaces; a minus before one of
them excludes. A number and its unit (10 miliar, -10 miliar) are a phrase. All else (brackets, AND,
a date that is none) is words or nothing. Function words are asked for in phrases, or where alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from antara_crawler.archive.index.analysis import POINT, Word, word_of, words
from antara_crawler.archive.read.filters import Filters, filters_of
from antara_crawler.archive.search import lexicon
from antara_crawler.archive.search.lexicon import CURRENCIES, PREFIXES, STOP_WORDS, UNITS

LONGEST = 10_000
"""So many characters of a query are read."""

MOST = 24
"""So many words or phrases of each kind are searched, and in phrases so many words."""

LEAST_PREFIX = 3
"""So many letters stand before the star of banjar*."""

Phrase = tuple[str, ...]

_PIECE = re.compile(
    rf"(?P<minus>[-–−]?)(?:(?P<key>{'|'.join(lexicon.KEYS)}):\s*)?"
    r'(?:"(?P<quoted>[^"]*)"?|(?P<bare>\||[^\s"|]+))',
    re.IGNORECASE,
)
_READ_AS = str.maketrans("“”„‟«»＂\0", '"' * 7 + " ")
_COMPOUND = re.compile(r"\W*\w+(?:(?:[-.&@:,]|(?<=\d)/(?=\d))\w+)*\W*")
"""Words that stand together without being quoted: covid-19, covid19, S.Pd, 17/8."""

_LISTED = re.compile(r"[^\W\d],[^\W\d]")
_BEGINNING = re.compile(r"\W*([^\W_]+)\*+\W*")
_EITHER = frozenset({"OR", "ATAU", "|"})


@dataclass(frozen=True, slots=True)
class Choice:
    """What an article must have one of: words, phrases, or words that begin so."""

    words: Phrase = ()
    phrases: tuple[Phrase, ...] = ()
    prefixes: Phrase = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood.

    An article that fits has of each group of `words` at least one, fits all `choices`, and has
    nothing of what is excluded. `filters` are pairs of a key and what it asks for: those of one
    key are alternatives. `lexemes` are what articles are ranked by, in the order of the groups.
    `roots` are the same groups without what the index holds only beside a root that is there.
    """

    words: tuple[Phrase, ...] = ()
    roots: tuple[Phrase, ...] = ()
    choices: tuple[Choice, ...] = ()
    excluded: Choice = Choice()
    filters: tuple[tuple[str, Filters], ...] = ()
    excluded_filters: tuple[tuple[str, Filters], ...] = ()
    understood: str = ""
    nothing: bool = False
    """Something was written, and it held no word: nothing fits. An empty query fits all."""

    @property
    def lexemes(self) -> Phrase:
        """What articles are ranked by, in order; one that stands in two groups counts twice."""
        return tuple(word for group in self.words for word in group)

    @property
    def root(self) -> str:
        """The one root that an article must have, and needs nothing else; '' if it is not so."""
        lone = len(self.roots) == 1 and len(self.roots[0]) == 1
        return self.roots[0][0] if lone and not self.choices and self.excluded == Choice() else ""

    @property
    def beginnings(self) -> tuple[Phrase, ...]:
        """Groups like those of `words`, of which not all need be words: banjar* OR rob."""
        return tuple((*each.prefixes, *each.words) for each in self.choices if each.prefixes)

    @property
    def prefixes(self) -> Phrase:
        """How words begin that are asked for."""
        return tuple(prefix for choice in self.choices for prefix in choice.prefixes)


def bounded(text: str) -> str:
    """Return a query, of a very long one the words that are read."""
    cut = text.strip()[: LONGEST + 1]
    return cut if len(cut) <= LONGEST else re.sub(r"\S+$", "", cut).rstrip() or cut[:LONGEST]


def parse(text: str) -> Query:
    """Return the query that a text means."""
    reading = _Reading()
    read = bounded(text).translate(_READ_AS).encode(errors="ignore").decode()
    for piece in _PIECE.finditer(lexicon.rewritten(read)):
        minus, key = bool(piece["minus"]), (piece["key"] or "").lower()
        quoted = piece["quoted"] is not None
        value = piece["quoted"] if quoted else piece["bare"]
        if not (key and reading.narrow(lexicon.KEYS[key], value, minus)):
            reading.take(key, value, minus, quoted)
    query = reading.query()
    return replace(query, nothing=not query.understood and bool(text.strip()))


@dataclass(slots=True)
class _Asked:
    """Alternatives: an article must have one of them, or none where they are excluded."""

    words: list[Word] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    spelled: list[Phrase] = field(default_factory=list)
    """Other spellings of the phrases."""
    prefixes: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        shown = [word.plain for word in self.words]
        shown += [f'"{" ".join(phrase)}"' for phrase in self.phrases]
        shown += [f"{prefix}*" for prefix in self.prefixes]
        return re.sub(rf"(?<=\d){POINT}(?=\d)", ",", " OR ".join(shown))

    def also(self, other: "_Asked") -> None:
        self.words += other.words
        self.phrases += other.phrases
        self.spelled += other.spelled
        self.prefixes += other.prefixes


@dataclass(slots=True)
class _Reading:
    """What was read so far. Dictionaries are sets that keep the order."""

    asked: list[_Asked] = field(default_factory=list)
    excluded: list[_Asked] = field(default_factory=list)
    filters: list[tuple[str, Filters]] = field(default_factory=list)
    excluded_filters: list[tuple[str, Filters]] = field(default_factory=list)
    named: dict[str, None] = field(default_factory=dict)
    either: bool = False
    """The last piece was OR."""
    last: str = ""
    """The last alternative asked for or excluded, where that is one word."""
    last_of: list[_Asked] = field(default_factory=list)

    def narrow(self, key: str, value: str, minus: bool) -> bool:
        """Take a filter; return whether its value means something."""
        value = " ".join(value.split())
        filters = filters_of(key, value)
        if filters is not None:
            (self.excluded_filters if minus else self.filters).append((key, filters))
            shown = f'"{value}"' if " " in value else value
            self.named[f"{'-' * minus}{key}:{shown}"] = None
            self.either = False
        return filters is not None

    def take(self, key: str, value: str, minus: bool, quoted: bool) -> None:
        """Take what stands between two spaces, or in quotes."""
        before = self.asked or self.excluded or self.named
        if value in _EITHER and not (minus or quoted or key) and before:
            self.either = True
            return
        for asked in _asked(key, value, quoted):
            if minus:
                self._add(self.excluded, _Asked(), asked)
            elif self.either and self.asked:
                self._add(self.asked, self.asked.pop(), asked)
            elif not self._belongs_to_number(asked):
                self._add(self.asked, _Asked(), asked)
            self.either = False

    def _add(self, to: list[_Asked], before: _Asked, asked: _Asked) -> None:
        before.also(asked)
        to.append(before)
        self.last, self.last_of = _only_word(asked), to

    def _belongs_to_number(self, asked: _Asked) -> bool:
        """Make a phrase of a number and its unit; forget a currency before it, or behind both."""
        word, last = _only_word(asked), self.last
        number, _, unit = last.partition(" ")
        if unit and word in lexicon.SIGNS_OF:
            return True  # Rp10 miliar, 10 miliar rupiah
        if last[:1].isdecimal() and not unit and word in UNITS:
            asked = _together((last, word))
        elif not (last in CURRENCIES and word[:1].isdecimal()):
            return False
        before = self.last_of.pop()
        before.words.pop()
        self._add(self.last_of, before, asked)
        self.last = self.last or f"{number} {word}"
        return True

    def query(self) -> Query:
        """Return the whole, bounded."""
        shown = {asked.shown: asked for asked in self.asked}
        asked = list(shown.values())
        out = dict.fromkeys(f"-{asked.shown}" for asked in self.excluded)
        choices = [each for each in asked if each.phrases or each.prefixes]
        groups = _groups(asked)
        return Query(
            tuple(tuple(dict.fromkeys((*roots, *plain))) for roots, plain in groups),
            tuple(roots for roots, _ in groups),
            tuple(map(_choice, choices[:MOST])),
            _choice(*self.excluded),
            tuple(self.filters[:MOST]),
            tuple(self.excluded_filters[:MOST]),
            " ".join([*shown, *out, *self.named]),
        )


def _asked(key: str, value: str, quoted: bool) -> Iterator[_Asked]:
    """Yield what a piece of a query asks for: one thing, or several words."""
    found = words(key) + words(value)
    plain = tuple(word.plain for word in found[:MOST])
    beginning = None if quoted or key else _BEGINNING.fullmatch(value)
    if quoted and not key:
        if found:
            yield _Asked(phrases=[plain], spelled=lexicon.forms(value, plain))
    elif beginning and len(found) == 1 and len(plain[0]) >= LEAST_PREFIX:
        yield _Asked(prefixes=[plain[0]])
    elif key or not _is_compound(value, found):
        yield from (_Asked(words=[word]) for word in found)
    elif len(plain[0]) == 1 and plain[1:] and "." not in value and found[0].other == "".join(plain):
        yield _Asked(words=[word_of(found[0].root)])  # e-KTP, ektp
    elif found[0].plain in CURRENCIES and len(found) == 2:
        yield _Asked(words=found[1:])
    elif found[0].plain in PREFIXES and (whole := word_of("".join(plain))).root == found[1].root:
        yield _Asked(words=[whole])  # di-vaksin, divaksin
    else:
        yield _together(plain)


def _together(words: Phrase) -> _Asked:
    """Return what asks for words that stand together; a unit behind a number in all spellings."""
    return _Asked(phrases=[words], spelled=lexicon.amounts(*words) if len(words) == 2 else [])


def _is_compound(value: str, found: list[Word]) -> bool:
    """Tell whether words must stand together. A doubled word (anak-anak) is one word."""
    if len(found) < 2 or _LISTED.search(value) or not _COMPOUND.fullmatch(value):
        return False
    first = found[0].plain  # 2-2 is no plural
    return len({word.root for word in found}) > 1 or first in STOP_WORDS or first.isdecimal()


def _only_word(asked: _Asked) -> str:
    """Return the word, where nothing else is asked for."""
    one = len(asked.words) == 1 and not asked.phrases and not asked.prefixes
    return asked.words[0].plain if one else ""


def _choice(*asked: _Asked) -> Choice:
    words = dict.fromkeys(word.root for each in asked for word in each.words)
    phrases = dict.fromkeys(phrase for each in asked for phrase in each.phrases + each.spelled)
    prefixes = dict.fromkeys(prefix for each in asked for prefix in each.prefixes)
    return Choice(tuple(words)[:MOST], tuple(phrases)[:MOST], tuple(prefixes)[:MOST])


def _groups(asked: list[_Asked]) -> list[tuple[Phrase, Phrase]]:
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


def _tells(asked: _Asked) -> bool:
    plain = [word.plain for word in asked.words] + [w for each in asked.phrases for w in each]
    return not STOP_WORDS.issuperset(plain)


def _positions(asked: _Asked) -> list[list[tuple[str, str]]]:
    """Return roots and words: of the first of each alternative, of the second, and so on.

    An article with one of the alternatives has one of each of these.
    """
    ways = [[(word.root, word.plain)] for word in asked.words]
    ways += [[(word, word) for word in phrase] for phrase in asked.phrases + asked.spelled]
    ways = [[pair for pair in way if pair[1] not in STOP_WORDS] or way for way in ways]
    return [[way[min(place, len(way) - 1)] for way in ways] for place in range(max(map(len, ways)))]
