"""Reads what people type into a search box. Whatever it is, it is a query: nothing is refused.

Words that an article must have; "exact phrases"; -words and -"phrases" that it must not have;
author: section: tag: portal: since: until: with a value, quoted where it has spaces; a minus
before one of them excludes. All else (brackets, AND, *, SQL, a date that is none) is words or
nothing. Function words are asked for only in phrases, or where there is nothing else.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date

from antara_crawler.archive.analysis import Word, words
from antara_crawler.archive.filters import Filters
from antara_crawler.archive.lexicon import STOP_WORDS

LONGEST = 10_000
"""So many characters of a query are read."""

MOST = 24
"""So many words or phrases of each kind are searched, and in phrases so many words."""

Phrase = tuple[str, ...]

_PIECE = re.compile(
    r"(?P<minus>-?)(?:(?P<key>author|section|tag|portal|since|until):\s*)?"
    r'(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))',
    re.IGNORECASE,
)
_READ_AS = str.maketrans("“”„‟«»＂\0", '"' * 7 + " ")
_COMPOUND = re.compile(r"\W*\w+(?:[-.&@]\w+)+\W*")
"""Words that stand together without being quoted: covid-19, S.Pd, 2.500."""

_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood.

    An article that fits has of each group of `words` at least one, all `phrases`, and none of
    what is excluded. `filters` are pairs of a key and what it asks for: those of one key are
    alternatives. `lexemes` are what articles are ranked by, in the order of the groups.
    """

    words: tuple[Phrase, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[str, ...] = ()
    excluded_phrases: tuple[Phrase, ...] = ()
    filters: tuple[tuple[str, Filters], ...] = ()
    excluded_filters: tuple[tuple[str, Filters], ...] = ()
    understood: str = ""
    nothing: bool = False
    """Something was written, and it held no word: nothing fits. An empty query fits all."""

    @property
    def lexemes(self) -> Phrase:
        """What articles are ranked by: all words that are asked for, in order."""
        return tuple(word for group in self.words for word in group)


def parse(text: str) -> Query:
    """Return the query that a text means."""
    reading = _Reading()
    read = text[:LONGEST].translate(_READ_AS).encode(errors="ignore").decode()
    for piece in _PIECE.finditer(read):
        minus, key = bool(piece["minus"]), (piece["key"] or "").lower()
        quoted = piece["quoted"] is not None
        value = piece["quoted"] if quoted else piece["bare"]
        if not (key and reading.narrow(key, value, minus)):
            reading.take(words(key) + words(value), minus, _is_phrase(key, value, quoted))
    query = reading.query()
    return replace(query, nothing=not query.understood and bool(text.strip()))


@dataclass(slots=True)
class _Reading:
    """What was read so far. Dictionaries are sets that keep the order."""

    words: list[Word] = field(default_factory=list)
    phrases: dict[Phrase, None] = field(default_factory=dict)
    excluded: dict[str, None] = field(default_factory=dict)
    excluded_phrases: dict[Phrase, None] = field(default_factory=dict)
    filters: list[tuple[str, Filters]] = field(default_factory=list)
    excluded_filters: list[tuple[str, Filters]] = field(default_factory=list)
    shown: dict[str, None] = field(default_factory=dict)

    def narrow(self, key: str, value: str, minus: bool) -> bool:
        """Take a filter; return whether its value means something."""
        value = " ".join(value.split())
        filters = _filters(key, value)
        if filters is not None:
            (self.excluded_filters if minus else self.filters).append((key, filters))
            shown = f'"{value}"' if " " in value else value
            self.shown[f"{'-' * minus}{key}:{shown}"] = None
        return filters is not None

    def take(self, found: list[Word], minus: bool, phrase: bool) -> None:
        """Take words that were written together."""
        if phrase and found:
            plain = tuple(word.plain for word in found[:MOST])
            (self.excluded_phrases if minus else self.phrases)[plain] = None
            self.shown[f'{"-" * minus}"{" ".join(plain)}"'] = None
            return
        for word in found:
            if minus:
                self.excluded[word.root] = None
            else:
                self.words.append(word)
            self.shown["-" * minus + word.plain] = None

    def query(self) -> Query:
        """Return the whole, bounded."""
        telling = [word for word in self.words if word.plain not in STOP_WORDS]
        phrases = tuple(self.phrases)[:MOST]
        groups: dict[str, dict[str, None]] = {}
        for word in telling or ([] if phrases else self.words):
            groups.setdefault(word.root, {word.root: None})[word.plain] = None
        inside = dict.fromkeys(word for phrase in phrases for word in phrase)
        ranking = [word for word in inside if word not in STOP_WORDS]
        for plain in ranking or ([] if groups else inside):
            groups.setdefault(plain, {plain: None})
        return Query(
            tuple(map(tuple, list(groups.values())[: 2 * MOST])),
            phrases,
            tuple(self.excluded)[:MOST],
            tuple(self.excluded_phrases)[:MOST],
            tuple(self.filters[:MOST]),
            tuple(self.excluded_filters[:MOST]),
            " ".join(self.shown),
        )


def _is_phrase(key: str, value: str, quoted: bool) -> bool:
    """Tell whether words must stand together. A doubled word (anak-anak) is one word."""
    if quoted or key:
        return quoted and not key
    found = words(value)
    doubled = len({word.root for word in found}) == 1 and found[0].plain not in STOP_WORDS
    return len(found) > 1 and not doubled and bool(_COMPOUND.fullmatch(value))


def _filters(key: str, value: str) -> Filters | None:
    """Return what a key narrows the search to; None where its value means nothing."""
    if key in ("since", "until"):
        days = _days(value)
        if days is None:
            return None
        return Filters(since=days[0]) if key == "since" else Filters(until=days[1])
    if not value:
        return None
    named = {
        "author": Filters(author=value),
        "section": Filters(section=value),
        "tag": Filters(tag=value),
        "portal": Filters(portal=value.casefold()),
    }
    return named[key]


def _days(text: str) -> tuple[date, date] | None:
    """Return the first and last day of a year, a month or a day (2024-09-30 or 30-09-2024)."""
    match, day_first = _DAY.fullmatch(text), _DAY_FIRST.fullmatch(text)
    if day_first is not None:
        parts: list[int | None] = [int(part) for part in reversed(day_first.groups())]
    elif match is not None:
        parts = [int(part) if part else None for part in match.groups()]
    else:
        return None
    year, month, day = parts
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day is not None:
        return first, first
    last = month or 12
    return first, date(first.year, last, monthrange(first.year, last)[1])
