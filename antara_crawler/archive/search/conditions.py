"""Where either database holds what is searched, and conditions on that: words, groups, filters."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    TableClause,
    TextClause,
    and_,
    false,
    func,
    literal_column,
    not_,
    or_,
    quoted_name,
    table,
    text,
)

from antara_crawler.archive.index.groups import BITS, MASK, Group
from antara_crawler.archive.read.filters import Filters, Shown, sound
from antara_crawler.archive.search.query import Query
from antara_crawler.archive.tables.rows import folded

Order = Literal["relevance", "date", "oldest"]
ORDERS: tuple[Order, ...] = get_args(Order)

WEIGHTS = {"title": 10.0, "body": 1.0, "title_roots": 5.0, "body_roots": 0.5}
"""How much a word counts in each column of the index: in another form half as much."""


def _written(tables: str) -> TableClause:
    """Return a join that is written out, since SQLAlchemy knows no INDEXED BY."""
    return table(quoted_name(tables, quote=False))


INDEX = _written("search_index")
GROUP: dict[str, ColumnElement[int]] = {
    "sqlite": literal_column(f"search_index.rowid & {MASK}", Integer),
    "postgresql": literal_column("search_index.group_id", Integer),
}
PLAIN = _written("articles AS a")
# SQLite must be told not to ask the index of words once for each row that a filter lets through,
# and to filter, sort and count without reading whole articles.
ARTICLES = {
    "sqlite": _written("articles AS a INDEXED BY ix_articles_search"),
    "postgresql": PLAIN,
}
JOINED = {
    "sqlite": _written("search_index CROSS JOIN articles AS a INDEXED BY ix_articles_search"),
    "postgresql": _written("search_index CROSS JOIN articles AS a"),
}
JOIN = {
    "sqlite": text(f"a.id = search_index.rowid >> {BITS}"),
    "postgresql": text("a.id = search_index.article_id"),
}
# Where very many fit, the latest are found sooner by walking the dates than by sorting.
BY_DATE = _written("articles AS a INDEXED BY ix_articles_published_at")
ROW: dict[str, ColumnElement[int]] = {
    "sqlite": literal_column(f"search_index.rowid >> {BITS}", Integer),
    "postgresql": literal_column("search_index.article_id", Integer),
}
PUBLISHED = literal_column("search_index.published", Integer)
"""PostgreSQL's index has the dates."""

_YEAR: dict[str, ColumnElement[int | None]] = {
    "sqlite": literal_column("CAST(substr(a.published_on, 1, 4) AS INTEGER)", Integer),
    "postgresql": literal_column("CAST(extract(year FROM a.published_on) AS integer)", Integer),
}

_AMONG = {
    "sqlite": text(f"search_index.rowid >> {BITS} IN (SELECT value FROM json_each(:ids))"),
    "postgresql": text("search_index.article_id = ANY(CAST(:ids AS bigint[]))"),
}
_IN_GROUPS = {
    "sqlite": text(f"search_index.rowid & {MASK} IN (SELECT value FROM json_each(:groups))"),
    "postgresql": text("search_index.group_id = ANY(CAST(:groups AS integer[]))"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Conditions, and the values that they name: statements of them are made only once."""

    where: tuple[TextClause, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    def __add__(self, other: "Words") -> "Words":
        """Return both conditions."""
        return Words(self.where + other.where, {**self.values, **other.values})


@dataclass(frozen=True, slots=True)
class Ranking:
    """The score of an article, of those that fit `words`, which find the same as Match's.

    Of those a word asked for is in the title of `titled`, and none in that of `untitled`; `of`
    gives the conditions to score those alone whose ids are given.
    """

    score: ColumnElement[float] | TextClause
    words: Words
    of: Callable[[Sequence[int]], Words]
    titled: Words
    untitled: Words


@dataclass(frozen=True, slots=True)
class Match:
    """Which articles fit the words of a query: `words` are conditions on INDEX.

    Where no word must be there, they are on ARTICLES, and `in_index` is not so. `ranking` says how
    they are ranked, when words are asked for: PostgreSQL counts words for it.
    """

    words: Words = Words()
    in_index: bool = False
    ranking: Callable[[], Ranking] | None = None


def every(connection: Connection) -> TableClause:
    """Return `articles AS a`, for conditions on Shown."""
    return ARTICLES[connection.dialect.name]


def year_of(connection: Connection) -> ColumnElement[int | None]:
    """Return the year of publication, on the portal's own clock."""
    return _YEAR[connection.dialect.name]


def in_groups(kind: str, groups: Sequence[int]) -> Words:
    """Return the condition that an article's group is one of these."""
    return Words((_IN_GROUPS[kind],), {"groups": _several(kind, groups)})


def _several(kind: str, numbers: Sequence[int]) -> str | list[int]:
    return json.dumps(numbers) if kind == "sqlite" else [*numbers]


def among(kind: str, ids: Sequence[int]) -> Words:
    """Return the condition that an article is one of these."""
    return Words((_AMONG[kind],), {"ids": _several(kind, ids)})


_ZONES = timedelta(days=2)
"""More than the clocks of portals are apart."""


def narrowed(query: Query, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions on `articles AS a`: of a query those of one key are alternatives."""
    wanted: defaultdict[str, list[ColumnElement[bool]]] = defaultdict(list)
    for key, each in query.filters:
        wanted[key].append(and_(*each.conditions(Shown)))
    unwanted = [
        not_(func.coalesce(and_(*each.conditions(Shown)), false()))
        for _, each in query.excluded_filters
    ]
    either = [or_(*some) for some in wanted.values()]
    return [*filters.conditions(Shown), *either, *unwanted]


def _filters_of(query: Query, filters: Filters) -> list[Filters]:
    """Return all filters, those of what is excluded, too."""
    return [filters, *(each for _, each in (*query.filters, *query.excluded_filters))]


def times(query: Query, filters: Filters) -> list[ColumnElement[bool]] | None:
    """Return between which times what fits lies; None where it may be all of long ago.

    Of a portal, a section or some days the latest come soon, who walks the dates.
    """
    if any(each.tag or each.author or each.template for each in _filters_of(query, filters)):
        return None
    found: list[ColumnElement[bool]] = []
    keys = Counter(key for key, _ in query.filters)
    for each in (filters, *(each for key, each in query.filters if keys[key] == 1)):
        if each.since is not None and each.since.year > MINYEAR:
            found.append(Shown.published_at >= _noon(each.since) - _ZONES)
        if each.until is not None and each.until.year < MAXYEAR:
            found.append(Shown.published_at <= _noon(each.until) + _ZONES)
    return found


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def by_groups_alone(query: Query, filters: Filters) -> bool:
    """Tell whether sections and whole years are all that is filtered by."""
    return all(map(_is_of_groups, _filters_of(query, filters)))


def _is_of_groups(filters: Filters) -> bool:
    since, until = filters.since, filters.until
    return (
        (filters.portal, filters.tag, filters.author, filters.template) == (None,) * 4
        and (since is None or (since.month, since.day) == (1, 1))
        and (until is None or (until.month, until.day) == (12, 31))
    )


def groups_within(query: Query, filters: Filters, groups: Mapping[int, Group]) -> set[int]:
    """Return the groups in which alone something can fit."""
    found = _of(filters, groups)
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for key, each in query.filters:
        wanted[key] |= _of(each, groups)
    for some in wanted.values():
        found &= some
    for _, each in query.excluded_filters:
        if _is_of_groups(each):
            found -= _of(each, groups)
    return found


def _of(filters: Filters, groups: Mapping[int, Group]) -> set[int]:
    """Return the groups of the section and the years of a filter."""
    key = None if filters.section is None else folded(sound(filters.section))
    first = filters.since.year if filters.since else None
    last = filters.until.year if filters.until else None
    return {
        group
        for group, (_, year, section) in groups.items()
        if (key is None or section == key)
        and (first is None or (year is not None and year >= first))
        and (last is None or (year is not None and year <= last))
    }
