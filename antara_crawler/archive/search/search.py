"""Searches the archive: the words of a query and filters, ranked or by date, a page at a time."""

from collections import defaultdict
from typing import Any, Literal, Protocol

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TextClause,
    bindparam,
    false,
    func,
    not_,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from antara_crawler.archive.index.index_tables import is_current
from antara_crawler.archive.read.filters import Filters, Shown
from antara_crawler.archive.read.views import Results
from antara_crawler.archive.search.counting import Counts, counted, counted_by_group
from antara_crawler.archive.search.held import keep
from antara_crawler.archive.search.hits import hits
from antara_crawler.archive.search.match import Ranking, match
from antara_crawler.archive.search.query import Query, parse
from antara_crawler.archive.search.suggesting import suggestion
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.history import Stories
from antara_crawler.archive.tables.statements import rows_with

Order = Literal["relevance", "date", "oldest"]
_Ordering = tuple[ColumnElement[Any], ...]

MOST_HITS = 1000
"""So many hits a page may have."""

_DIGITS = 10
"""Scores are compared to so many decimals: the last digits differ with the order of adding."""

MOST_RANKED = 2_000
"""Of more articles only those with a word of the query in the title are ranked."""

_FURTHEST = 10**9
_NEWEST: _Ordering = (Shown.published_at.desc().nulls_last(), Shown.id.desc())
_OLDEST: _Ordering = (Shown.published_at.asc().nulls_last(), Shown.id)

_DATES = select(Articles.id, Articles.published_at).where(
    Articles.id.in_(bindparam("keys", expanding=True))
)


class Fitting(Protocol):
    """The articles that fit a query and filters, wherever they are looked for."""

    behind: int
    """So many articles were changed since what they are looked for in was made; 0: none."""

    def counts(self) -> Counts:
        """Return how many there are, by section and year, too."""

    def total(self) -> int:
        """Return how many there are."""

    def page(self, order: Order, total: int, limit: int, offset: int) -> list[int]:
        """Return the rows of a page of results, in order."""


class Finder(Protocol):
    """Looks for articles beside the database."""

    def __call__(self, connection: Connection, asked: Query, filters: Filters) -> Fitting | None:
        """Return what fits, None where the database must look itself."""

    def number(self) -> int | None:
        """Return up to which change of the archive it looks."""


def search(
    connection: Connection,
    query: str,
    filters: Filters,
    *,
    order: Order,
    limit: int,
    offset: int,
    facets: bool,
    distinct: bool,
    finder: Finder | None = None,
) -> Results:
    """Return a page of the articles that fit; see Archive.search()."""
    asked = parse(query)
    if asked.nothing:
        return Results(0, (), (), (), "", not is_current(connection))
    beside = finder(connection, asked, filters) if finder and not distinct else None
    fitting = beside or _InDatabase(connection, asked, filters, distinct=distinct)
    counts = fitting.counts() if facets else Counts()
    total = counts.total if facets else fitting.total()
    limit, offset = max(0, min(limit, MOST_HITS)), max(0, min(offset, _FURTHEST))
    ids = fitting.page(order, total, limit, offset)
    return Results(
        total,
        hits(connection, ids, asked, filters),
        counts.by_section,
        counts.by_year,
        asked.understood,
        beside is None and not is_current(connection),
        "" if total else suggestion(connection, asked),
        fitting.behind,
    )


def rows_found(
    connection: Connection,
    query: str,
    filters: Filters,
    order: Order,
    finder: Finder | None = None,
) -> list[int]:
    """Return the rows of all articles that fit, in the order of search()'s pages."""
    asked = parse(query)
    if asked.nothing:
        return []
    fitting = finder(connection, asked, filters) if finder else None
    fitting = fitting or _InDatabase(connection, asked, filters)
    return fitting.page(order, fitting.total(), filters.limit or _FURTHEST, 0)


class _InDatabase:
    """The articles that fit a query and filters, as the database's own index finds them."""

    behind = 0

    def __init__(
        self, connection: Connection, asked: Query, filters: Filters, *, distinct: bool = False
    ) -> None:
        self._connection = connection
        self._found = match(connection, asked)
        self._narrowed = [*filters.conditions(Shown), *_narrowed(asked)]
        self._chosen = self._rows()
        self._root = "" if self._narrowed or distinct else asked.root
        if distinct:
            self._narrowed.append(Shown.id.not_in(_told_before(self._chosen)))
            self._chosen = self._rows()

    def counts(self) -> Counts:
        """Return how many there are, by section and year, too."""
        found = self._found
        if found.index is None or found.group is None:
            return counted(self._connection, self._chosen)
        if self._narrowed:
            return counted_by_group(self._connection, self._chosen, found.group)
        alone = select(found.group).select_from(found.index).where(*found.words)
        counts = counted_by_group(self._connection, alone, found.group)
        self._keep(counts.total)
        return counts

    def total(self) -> int:
        """Return how many there are."""
        query = self._chosen
        if self._found.index is not None and not self._narrowed:
            query = select(self._found.article).select_from(self._found.index)
            query = query.where(*self._found.words)
        total = self._connection.scalar(query.with_only_columns(func.count())) or 0
        self._keep(total)
        return total

    def page(self, order: Order, total: int, limit: int, offset: int) -> list[int]:
        """Return the rows of a page of results, in order.

        Where very many fit, only those with a word of the query in the title are ranked; the
        others follow by date.
        """
        many = total > MOST_RANKED
        if order != "relevance" or self._found.ranking is None:
            dates = _OLDEST if order == "oldest" else _NEWEST
            return self._ids(self._by_date(many), dates, limit, offset)
        ranking = self._found.ranking()
        ranked = self._ranked(ranking, many)
        ids = self._best(ranked, limit, offset)
        if not many or len(ids) == limit:
            return ids
        others = self._by_date(many, ranking.not_in_title)
        return ids + self._ids(others, _NEWEST, limit - len(ids), max(0, offset - len(ranked)))

    def _keep(self, total: int) -> None:
        """Spare the ranking to count the word again that is all that was asked for."""
        if self._root:
            keep(self._connection, self._root, total)

    def _ranked(self, ranking: Ranking, many: bool) -> list[tuple[int, float]]:
        """Return rows with their scores, the best first; of many those found by the title."""
        found = self._found
        score = ranking.titled if many else ranking.score
        query = select(Shown.id, score).select_from(found.tables)
        query = query.where(*ranking.words, *found.joined, *self._narrowed)
        if found.index is not None and not self._narrowed:
            query = select(found.article, score).select_from(found.index)
            query = query.where(*ranking.words)
        rows = self._connection.execute(query.where(ranking.in_title) if many else query)
        scored = [(article, round(score, _DIGITS)) for article, score in rows.all()]
        return sorted(scored, key=lambda each: -each[1])

    def _best(self, ranked: list[tuple[int, float]], limit: int, offset: int) -> list[int]:
        """Return a page of what is ranked; those of one score by date."""
        page = ranked[offset : offset + limit]
        if not page:
            return []
        most, least = page[0][1], page[-1][1]
        alike = [each for each in ranked if least <= each[1] <= most]
        if len({score for _, score in alike}) < len(alike):
            rows = rows_with(self._connection, _DATES, [article for article, _ in alike])
            dates = {row.id: (row.published_at is not None, *row[::-1]) for row in rows}
            alike.sort(key=lambda each: dates[each[0]], reverse=True)
            alike.sort(key=lambda each: -each[1])
        first = offset - sum(score > most for _, score in ranked[:offset])
        return [article for article, _ in alike[first : first + limit]]

    def _rows(self) -> Select[int]:
        found = self._found
        rows = select(Shown.id).select_from(found.tables)
        return rows.where(*found.words, *found.joined, *self._narrowed)

    def _by_date(self, many: bool, *conditions: ColumnElement[bool] | TextClause) -> Select[int]:
        """Return the rows that fit all, to be read in the order of their dates."""
        found = self._found
        if not many or self._narrowed or found.by_date is None or found.index is None:
            return self._chosen.where(*conditions)
        held = select(found.article).select_from(found.index).where(*found.words, *conditions)
        return select(Shown.id).select_from(found.by_date).where(Shown.id.in_(held))

    def _ids(self, rows: Select[int], order: _Ordering, limit: int, offset: int) -> list[int]:
        return [*self._connection.scalars(rows.order_by(*order).limit(limit).offset(offset)).all()]


def _told_before(fits: Select[int]) -> Select[int]:
    """Return the articles whose story another one that fits, too, told before."""
    own, other = aliased(Stories), aliased(Stories)
    mine, first = aliased(Articles), aliased(Articles)
    told, before = (
        tuple_(func.coalesce(each.published_at, each.first_seen_at), each.id)
        for each in (mine, first)
    )
    return (
        select(own.article_id)
        .join(other, other.story_id == own.story_id)
        .join(mine, mine.id == own.article_id)
        .join(first, first.id == other.article_id)
        .where(before < told, other.article_id.in_(fits.correlate(None)))
    )


def _narrowed(query: Query) -> list[ColumnElement[bool]]:
    """Return the conditions of a query's own filters: those of one key are alternatives."""
    wanted: defaultdict[str, list[ColumnElement[bool]]] = defaultdict(list)
    for key, filters in query.filters:
        wanted[key] += filters.conditions(Shown)
    unwanted = [
        not_(func.coalesce(condition, false()))
        for _, filters in query.excluded_filters
        for condition in filters.conditions(Shown)
    ]
    return [or_(*conditions) for conditions in wanted.values()] + unwanted
