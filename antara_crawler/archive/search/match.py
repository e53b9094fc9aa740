"""Asks the search index of either database for the same articles in the same order.

The order is BM25 with k1 = 1.2 and b = 0.75, a word of the title counting ten times: what
SQLite's bm25() computes (https://www.sqlite.org/fts5.html#the_bm25_function), and computed here
for PostgreSQL, whose ts_rank_cd() of a single word is the sum of the weights of its places.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    TableClause,
    TextClause,
    literal_column,
    quoted_name,
    table,
    text,
)

from antara_crawler.archive.index.groups import BITS, MASK
from antara_crawler.archive.search.asking import Phrase

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


def roots_of(groups: Sequence[Phrase]) -> Phrase:
    """Return each word of groups once."""
    return tuple(dict.fromkeys(word for group in groups for word in group))
