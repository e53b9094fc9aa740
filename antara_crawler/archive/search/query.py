"""Reads what people type into a search box. Whatever it is, it is a query: nothing is refused.

Words that an article must have; "exact phrases"; banjar* for words that begin so; OR (ATAU)
between two of them for either; -words and -"phrases" (NOT words) that it must not have; author:
section: tag: portal: since: until: (date: for both at once) with a value, quoted where it has
spaces; a minus before one of them excludes. A number and its unit (10 miliar, -10 miliar) and a
day are phrases. All else (brackets, AND, a date that is none) is words or nothing. Function words,
and words that ask (siapa), are asked for in phrases, or where alone. What is asked for in other
spellings, too, asking.py and lexicon.py say.
"""

import re
from dataclasses import dataclass, field, replace

from antara_crawler.archive.index.stemming import is_known
from antara_crawler.archive.read.filters import Filters, filters_of
from antara_crawler.archive.search import lexicon
from antara_crawler.archive.search.asking import (
    MOST,
    Asked,
    Choice,
    Phrase,
    asked_of,
    choice_of,
    groups_of,
    only_word,
    together,
)
from antara_crawler.archive.search.lexicon import CURRENCIES, UNITS

LONGEST = 10_000
"""So many characters of a query are read."""

_PIECE = re.compile(
    rf"(?P<minus>[-–−]?)(?:(?P<key>{'|'.join(lexicon.KEYS)}):\s*)?"
    r'(?:"(?P<quoted>[^"]*)"?|(?P<bare>\||[^\s"|]+))',
    re.IGNORECASE,
)
_READ_AS = str.maketrans("“”„‟«»＂\0", '"' * 7 + " ")
_EITHER = frozenset({"OR", "ATAU", "|"})
NOTHING = Choice()
_DAYS = "|".join(key for key, means in lexicon.KEYS.items() if means in ("since", "until", "date"))
_DAY = re.compile(rf'(?<!\w)({_DAYS}):(?:"([^"]*)|([^\s"]+))', re.IGNORECASE)


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
    excluded: Choice = NOTHING
    filters: tuple[tuple[str, Filters], ...] = ()
    excluded_filters: tuple[tuple[str, Filters], ...] = ()
    asked: tuple[str, ...] = ()
    beside: str = ""
    """What must be there, and what is excluded and filtered by, as a query says it."""
    nothing: bool = False
    """Something was written, and it held no word: nothing fits. An empty query fits all."""

    @property
    def understood(self) -> str:
        """The whole, as a query says it."""
        return " ".join(filter(None, (*self.asked, self.beside)))

    @property
    def lexemes(self) -> Phrase:
        """What articles are ranked by, in order; one that stands in two groups counts twice."""
        return tuple(word for group in self.words for word in group)

    @property
    def root(self) -> str:
        """The one root that an article must have, and needs nothing else; '' if it is not so."""
        lone = len(self.roots) == 1 and len(self.roots[0]) == 1
        return self.roots[0][0] if lone and not self.choices and self.excluded == NOTHING else ""

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


def no_dates(query: str) -> list[tuple[str, str]]:
    """Return what stands in a query as a filter by day, and is none: it was searched as words."""
    found = [(key, quoted or bare) for key, quoted, bare in _DAY.findall(query)]
    return [(key, text) for key, text in found if filters_of("since", text) is None]


@dataclass(slots=True)
class _Reading:
    """What was read so far. Dictionaries are sets that keep the order."""

    asked: list[Asked] = field(default_factory=list)
    excluded: list[Asked] = field(default_factory=list)
    filters: list[tuple[str, Filters]] = field(default_factory=list)
    excluded_filters: list[tuple[str, Filters]] = field(default_factory=list)
    named: dict[str, None] = field(default_factory=dict)
    either: bool = False
    """The last piece was OR."""
    last: str = ""
    """The last alternative asked for or excluded, where that is one word."""
    last_of: list[Asked] = field(default_factory=list)

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
        for asked in asked_of(key, value, quoted):
            if minus:
                self._add(self.excluded, Asked(), asked)
            elif self.either and self.asked:
                self._add(self.asked, self.asked.pop(), asked)
            elif not self._belongs_to_number(asked):
                self._know_initials(asked)
                self._add(self.asked, Asked(), asked)
            self.either = False

    def _add(self, to: list[Asked], before: Asked, asked: Asked) -> None:
        before.also(asked)
        to.append(before)
        self.last, self.last_of = only_word(asked), to

    def _belongs_to_number(self, asked: Asked) -> bool:
        """Make a phrase of a number and its unit; forget a currency before it, or behind both."""
        word, last = only_word(asked), self.last
        number, _, unit = last.partition(" ")
        if unit and word in lexicon.SIGNS_OF:
            return True  # Rp10 miliar, 10 miliar rupiah
        if last[:1].isdecimal() and not unit and word in UNITS:
            asked = together((last, word))
        elif not (last in CURRENCIES and word[:1].isdecimal()):
            return False
        before = self.last_of.pop()
        before.words.pop()
        before.spelled = [each for each in before.spelled if each not in lexicon.spelled(last)]
        self._add(self.last_of, before, asked)
        self.last = self.last or f"{number} {word}"
        return True

    def _know_initials(self, asked: Asked) -> None:
        """Find HM as H. M., too, where the word behind it is a name."""
        if self.last_of is self.asked and lexicon.is_initials(self.last):
            word = only_word(asked)
            if word and not is_known(word):
                self.asked[-1].spelled.append(tuple(self.last))

    def query(self) -> Query:
        """Return the whole, bounded."""
        shown = {asked.shown: asked for asked in self.asked}
        asked = list(shown.values())
        out = dict.fromkeys(f"-{asked.shown}" for asked in self.excluded)
        choices = [each for each in asked if each.prefixes or each.ways]
        groups = groups_of(asked)
        return Query(
            tuple(tuple(dict.fromkeys((*roots, *plain))) for roots, plain in groups),
            tuple(roots for roots, _ in groups),
            tuple(map(choice_of, choices[:MOST])),
            choice_of(*self.excluded),
            tuple(self.filters[:MOST]),
            tuple(self.excluded_filters[:MOST]),
            tuple(shown),
            " ".join([*out, *self.named]),
        )
