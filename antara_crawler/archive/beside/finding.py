"""Looks for articles in an index beside the archive: the same ones that the database would find.

Its fields, and what its last commit says of itself. Only the order by relevance is the index's own:
BM25 over each column, of all that fit.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection
from tantivy import FieldType, Index, Occur, Schema, SchemaBuilder, Searcher
from tantivy import Order as Direction
from tantivy import Query as Asking

from antara_crawler.archive.index.analysis import software as analysis
from antara_crawler.archive.index.changes import behind, last_number
from antara_crawler.archive.index.told import COLUMNS
from antara_crawler.archive.read.filters import Filters, sound
from antara_crawler.archive.search.asking import Choice, Phrase
from antara_crawler.archive.search.conditions import WEIGHTS, Order
from antara_crawler.archive.search.counting import Counts, counts_of
from antara_crawler.archive.search.query import Query
from antara_crawler.archive.tables.rows import folded
from antara_crawler.errors import UsageError

_FORMAT = 1
"""To be raised when the fields change: an index of another format is made anew."""

ARTICLE, STATE = "article", "state"
"""What a document of the index is."""


@dataclass(frozen=True, slots=True)
class State:
    """What a commit holds: of which archive, made by what, up to which of its changes."""

    archive: str
    software: str
    number: int


def software() -> str:
    """Return what makes an index: one made by another must be made anew."""
    return f"{_FORMAT} {analysis()}"


def schema() -> Schema:
    """Return the fields: words as the database's index has them, and what filters ask for."""
    made = SchemaBuilder()
    made.add_integer_field("id", indexed=True, fast=True)
    for name in COLUMNS:
        positions = "position" if name in COLUMNS[:2] else "freq"
        made.add_text_field(name, tokenizer_name="whitespace", index_option=positions)
    for name in ("what", "portal", "section_key", "tag", "author", "template"):
        made.add_text_field(name, tokenizer_name="raw", index_option="basic")
    made.add_text_field("section", tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("year", "day", "newest", "oldest"):
        made.add_integer_field(name, indexed=name == "day", fast=True)
    made.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    return made.build()


def written(state: State) -> str:
    """Return a state as a document keeps it."""
    return json.dumps(asdict(state))


def state_of(index: Index, searcher: Searcher) -> State | None:
    """Return what the commit that a searcher sees holds; None where nothing was committed."""
    found = searcher.search(Asking.term_query(index.schema, "what", STATE), 1).hits
    return State(**json.loads(searcher.doc(found[0][1])["state"][0])) if found else None


@dataclass(frozen=True, slots=True)
class Commit:
    """An index as one commit has it."""

    schema: Schema
    searcher: Searcher
    state: State


MOST_BEHIND = 1000
"""When more articles than these have changed since, the database is asked, however slow."""

_ALL = 1_000_000
"""More sections or years than any archive has: all are counted."""
_COUNTED = {
    name: {"terms": {"field": name, "size": _ALL, "segment_size": _ALL}}
    for name in ("section", "year")
}
_ORDERS: dict[Order, dict[str, Any]] = {
    "relevance": {},
    "date": {"order_by_field": "newest", "order": Direction.Desc},
    "oldest": {"order_by_field": "oldest", "order": Direction.Asc},
}


class Beside:
    """Looks for articles in an index, while it is one of this archive and not far behind.

    The folder of the index is read commit by commit; any thread may ask.
    """

    def __init__(self, folder: Path, archive: str) -> None:
        self.folder = folder
        self._archive = archive
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._last: Commit | None = None

    def __call__(self, connection: Connection, asked: Query, filters: Filters) -> "InIndex | None":
        """Return what fits in the index, None where the database must be asked."""
        commit = self.last()
        if commit is None or not is_of(connection, commit.state, self._archive):
            return None
        missing = behind(connection, commit.state.number, MOST_BEHIND + 1)
        if missing > MOST_BEHIND:
            return None
        return InIndex(commit, Asked(commit.schema).all_of(asked, filters), missing)

    def last(self) -> Commit | None:
        """Return the last commit; None where there is none. Raises UsageError for a damaged one."""
        with self._lock:
            try:
                found = (self.folder / "meta.json").stat()
            except FileNotFoundError:
                return None
            # A commit puts a new file in its place.
            if (found.st_ino, found.st_mtime_ns) != self._seen:
                try:
                    index = Index.open(str(self.folder))
                    index.config_reader("manual")
                    searcher = index.searcher()
                    state = state_of(index, searcher)
                except (ValueError, KeyError, TypeError) as error:
                    raise UsageError(
                        f"the index in {self.folder} cannot be read ({str(error)[:200]}): remove"
                        " the folder, then scrapy index build"
                    ) from error
                self._last = Commit(index.schema, searcher, state) if state else None
                self._seen = found.st_ino, found.st_mtime_ns
            return self._last


def is_of(connection: Connection, state: State, archive: str) -> bool:
    """Tell whether an index was made of the archive of this name, by this software.

    One that knows of changes still to come was made before a backup was put back.
    """
    same = (state.archive, state.software) == (archive, software())
    return same and state.number <= last_number(connection)


class InIndex:
    """The articles that fit, as an index finds them."""

    def __init__(self, commit: Commit, asking: Asking, behind: int) -> None:
        self._searcher = commit.searcher
        self._asking = asking
        self.behind = behind

    def outdated(self) -> bool:
        """Tell whether other software made the index: such a one is not asked."""
        return False

    def counts(self) -> Counts:
        """Return how many there are, by section and year, too."""
        found = self._searcher.aggregate(self._asking, _COUNTED)
        counts = {
            name: {each["key"]: each["doc_count"] for each in found[name]["buckets"]}
            for name in _COUNTED
        }
        sections = {name or None: count for name, count in counts["section"].items()}
        return counts_of(sections, Counter({int(y) or None: n for y, n in counts["year"].items()}))

    def total(self) -> int:
        """Return how many there are."""
        found = self._searcher.search(self._asking, 1, count=True)
        return int(found.count)  # type: ignore[attr-defined]  # the stubs lack it

    def page(self, order: Order, total: int, limit: int, offset: int) -> list[int]:
        """Return the rows of a page of results, in order."""
        limit = min(limit, total - offset)
        if limit <= 0:
            return []
        how = {"count": False, "offset": offset, **_ORDERS[order]}
        found = self._searcher.search(self._asking, limit, **how)
        rows = self._searcher.fast_field_values("id", [place for _, place in found.hits])
        return [int(row) for row in rows if row is not None]


class Asked:
    """Queries and filters as questions to an index."""

    def __init__(self, fields: Schema) -> None:
        self._fields = fields

    def all_of(self, asked: Query, filters: Filters) -> Asking:
        """Return the question for what fits both."""
        alternatives: defaultdict[str, list[Asking]] = defaultdict(list)
        for key, each in asked.filters:
            alternatives[key] += self._filters(each)
        parts = [(Occur.Must, self._ranked(group)) for group in asked.words]
        apart = [self._choice(choice) for choice in asked.choices]
        apart += [*self._filters(filters), *map(_any, alternatives.values())]
        if not parts and not apart:
            apart = [self._term("what", ARTICLE)]
        parts += [(Occur.Must, Asking.const_score_query(each, 0.0)) for each in apart]
        excluded = [each for _, of in asked.excluded_filters for each in self._filters(of)]
        if asked.excluded != Choice():
            excluded.append(self._choice(asked.excluded))
        parts += [(Occur.MustNot, each) for each in excluded]
        return Asking.boolean_query(parts)

    def _term(self, field: str, value: str) -> Asking:
        return Asking.term_query(self._fields, field, value)

    def _ranked(self, words: Phrase) -> Asking:
        """Return the question for any of the words, which articles are ranked by."""
        return _any(
            Asking.boost_query(self._term(field, word), weight)
            for word in words
            for field, weight in WEIGHTS.items()
        )

    def _choice(self, choice: Choice) -> Asking:
        ways = [self._term(field, word) for word in choice.words for field in COLUMNS]
        for field in COLUMNS[:2]:
            ways += [self._phrase(field, phrase) for phrase in choice.phrases]
            # Letters and figures only: nothing in them means something else.
            ways += [
                Asking.regex_query(self._fields, field, f"{prefix}.*") for prefix in choice.prefixes
            ]
        return _any(ways)

    def _phrase(self, field: str, phrase: Phrase) -> Asking:
        if len(phrase) == 1:
            return self._term(field, phrase[0])
        return Asking.phrase_query(self._fields, field, list(phrase))

    def _filters(self, filters: Filters) -> Iterator[Asking]:
        """Yield what Filters.conditions() asks of the database."""
        named = {
            "portal": filters.portal,
            "section_key": filters.section and folded(sound(filters.section)),
            "tag": filters.tag and folded(sound(filters.tag)),
            "author": filters.author and folded(sound(filters.author)),
            "template": filters.template,
        }
        for field, value in named.items():
            if value is not None:
                yield self._term(field, sound(value))
        if filters.since or filters.until:
            yield Asking.range_query(
                *(self._fields, "day", FieldType.Integer),
                *(day_number(filters.since), day_number(filters.until)),
            )


def day_number(day: date | None) -> int | None:
    """Return a day as a number: 20240930."""
    return None if day is None else day.year * 10_000 + day.month * 100 + day.day


def _any(ways: Iterable[Asking]) -> Asking:
    found: Sequence[Asking] = list(ways)
    return found[0] if len(found) == 1 else Asking.boolean_query([(Occur.Should, w) for w in found])
