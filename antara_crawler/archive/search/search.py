"""Searches the archive: the words of a query and filters, ranked or by date, a page at a time."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Literal, Protocol, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TextClause,
    and_,
    false,
    func,
    not_,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.index.index_tables import is_current
from antara_crawler.archive.read.filters import Filters, Shown, sound
from antara_crawler.archive.read.views import Results
from antara_crawler.archive.search.counting import Counts, counted, counted_by_group
from antara_crawler.archive.search.hits import hits
from antara_crawler.archive.search.match import match
from antara_crawler.archive.search.query import Query, parse
from antara_crawler.archive.search.suggesting import suggestion
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.history import Stories
from antara_crawler.archive.tables.lookup import find_article
from antara_crawler.archive.tables.statements import among, rows_with
from antara_crawler.archive.tables.types import AnySelect

Order = Literal["relevance", "date", "oldest"]
ORDERS: tuple[Order, ...] = get_args(Order)
_Conditions = tuple[TextClause, ...]

MOST_HITS = 1000
"""So many hits a page may have."""

_DIGITS = 10
"""Scores are compared to so many decimals: the last digits differ with the order of adding."""

MOST_RANKED = 300
"""Of more articles those with a word of the query in the title come first; ranked, if not more."""

_FURTHEST = 10**9
_DATES = select(Articles.id, Articles.published_at).where(among(Articles.id))


class Fitting(Protocol):
    """The articles that fit a query and filters, wherever they are looked for."""

    behind: int
    """So many articles were changed since what they are looked for in was made; 0: none."""

    def outdated(self) -> bool:
        """Tell whether other software made what they are looked for in."""

    def counts(self) -> Counts:
        """Return how many there are, by section and year, too."""

    def total(self) -> int:
        """Return how many there are."""

    def page(self, order: Order, total: int, limit: int, offset: int) -> list[int]:
        """Return the rows of a page of results, in order."""


def search(
    archive: Archive,
    query: str,
    filters: Filters | None = None,
    *,
    order: Order = "relevance",
    limit: int = 20,
    offset: int = 0,
    facets: bool = True,
    suggest: bool = True,
    distinct: bool = False,
) -> Results:
    """Return a page of the articles that fit a query; any text is one (see query.py).

    A query without words lists by date, the newest first. `facets` counts all that fit by
    section and year, too; `suggest` looks for what was meant where none fits. `distinct` leaves
    of each story the first that fits. The limit of `filters` is not used.
    """
    asked, filters = parse(query), filters or Filters()
    with archive.reading() as connection:
        if asked.nothing:
            return Results(0, (), (), (), "", not is_current(connection))
        fitting = _fitting(archive, connection, asked, filters, query, distinct=distinct)
        counts = fitting.counts() if facets else Counts()
        total = counts.total if facets else fitting.total()
        limit, offset = max(0, min(limit, MOST_HITS)), max(0, min(offset, _FURTHEST))
        ids = fitting.page(order, total, limit, offset)

        def fits(other: str) -> bool:
            return _fitting(archive, connection, parse(other), filters).total() > 0

        return Results(
            total,
            hits(connection, ids, asked, filters),
            counts.by_section,
            counts.by_year,
            asked.understood,
            fitting.outdated(),
            "" if total or not suggest else suggestion(connection, asked, query, fits),
            fitting.behind,
        )


def rows_found(
    archive: Archive, query: str, filters: Filters | None = None, *, order: Order = "relevance"
) -> list[int]:
    """Return the rows of all articles that fit a query, in the order of search()."""
    asked, filters = parse(query), filters or Filters()
    if asked.nothing:
        return []
    with archive.reading() as connection:
        fitting = _fitting(archive, connection, asked, filters, query)
        return fitting.page(order, fitting.total(), filters.limit or _FURTHEST, 0)


def _fitting(
    archive: Archive,
    connection: Connection,
    asked: Query,
    filters: Filters,
    text: str = "",
    *,
    distinct: bool = False,
) -> Fitting:
    """Return what fits, looked for beside the database where that can be.

    Where `text`, which was typed, is the address of an article that is held, only that fits.
    """
    one_word = "/" in text and len(text.split()) == 1
    named = find_article(connection, sound(text)) if one_word else None
    if named is not None:
        return _InDatabase(connection, Query(), filters, named)
    finder: Callable[[Connection, Query, Filters], Fitting | None] | None = archive.finder
    found = finder(connection, asked, filters) if finder and not distinct else None
    return found or _InDatabase(connection, asked, filters, distinct=distinct)


class _InDatabase:
    """The articles that fit a query and filters, as the database's own index finds them."""

    behind = 0

    def __init__(
        self,
        connection: Connection,
        asked: Query,
        filters: Filters,
        named: int | None = None,
        *,
        distinct: bool = False,
    ) -> None:
        self._connection = connection
        self._found = match(connection, asked)
        self._narrowed = [*filters.conditions(Shown), *_narrowed(asked)]
        if named is not None:
            self._narrowed.append(Shown.id == named)
        self._root = "" if self._narrowed or distinct else asked.root
        if distinct:
            self._narrowed.append(Shown.id.not_in(_told_before(self._joined(self._found.words))))

    def outdated(self) -> bool:
        current = self._found.current
        return not (is_current(self._connection) if current is None else current)

    def counts(self) -> Counts:
        found = self._found
        if found.group is None:
            return counted(self._connection, self._joined(found.words))
        counts = counted_by_group(self._connection, self._rows(found.words), found.group)
        self._keep(counts.total)
        return counts

    def total(self) -> int:
        total = self._count(self._found.words)
        self._keep(total)
        return total

    def page(self, order: Order, total: int, limit: int, offset: int) -> list[int]:
        """Return a page; where very many fit, those with a word of the query in the title first.

        These are ranked where they are not very many themselves; the others follow by date.
        """
        found = self._found
        if order != "relevance" or found.ranking is None:
            oldest = order == "oldest"
            return self._by_date(found.words, total, limit, offset, oldest=oldest)
        ranking = found.ranking()
        if total <= MOST_RANKED:
            return self._best(ranking.score, ranking.words, limit, offset)
        some = self._connection.scalars(self._rows(ranking.titled).limit(MOST_RANKED + 1)).all()
        titled = len(some)
        if titled <= MOST_RANKED:
            ids = self._best(ranking.score, ranking.of(some), limit, offset) if some else []
        else:
            ids = self._by_date(ranking.titled, titled, limit, offset)
            if len(ids) < limit:
                titled = self._count(ranking.titled)
        limit, offset = limit - len(ids), max(0, offset - titled)
        return ids + self._by_date(ranking.untitled, total, limit, offset)

    def _keep(self, total: int) -> None:
        """Spare the ranking to count the word again that is all that was asked for."""
        if self._root:
            self._found.counts[self._root] = total

    def _best(
        self, score: ColumnElement[float] | TextClause, words: _Conditions, limit: int, offset: int
    ) -> list[int]:
        """Return a page of what fits by its scores, the best first; those of one score by date."""
        found = self._connection.execute(self._rows(words, score)).all()
        ranked = [(article, round(score, _DIGITS)) for article, score in found]
        ranked.sort(key=lambda each: -each[1])
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

    def _by_date(
        self, words: _Conditions, total: int, limit: int, offset: int, *, oldest: bool = False
    ) -> list[int]:
        """Return a page of what fits, of which there are so many, the newest or oldest first."""
        found = self._found
        if not limit:
            return []
        rows, row = self._joined(words), Shown.id
        date: ColumnElement[Any] = Shown.published_at
        if found.published is not None and not self._narrowed:
            rows, row, date = self._rows(words), found.article, found.published
        elif total > MOST_RANKED and found.by_date is not None and not self._narrowed:
            rows = select(Shown.id).select_from(found.by_date)
            rows = rows.where(Shown.id.in_(self._rows(words)))
        order = (date.asc(), row) if oldest else (date.desc(), row.desc())
        page = rows.order_by(order[0].nulls_last(), order[1]).limit(limit).offset(offset)
        return [*self._connection.scalars(page).all()]

    def _count(self, words: _Conditions) -> int:
        rows = self._rows(words).with_only_columns(func.count())
        return self._connection.scalar(rows) or 0

    def _rows(self, words: _Conditions, *also: ColumnElement[float] | TextClause) -> AnySelect:
        """Return the rows that fit, of the index alone where nothing narrows them."""
        found = self._found
        if found.index is None or self._narrowed:
            return self._joined(words, *also)
        return select(found.article, *also).select_from(found.index).where(*words)

    def _joined(self, words: _Conditions, *also: ColumnElement[float] | TextClause) -> AnySelect:
        """Return the rows that fit, of `articles AS a`."""
        found = self._found
        rows = select(Shown.id, *also).select_from(found.tables)
        return rows.where(*words, *found.joined, *self._narrowed)


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
        wanted[key].append(and_(*filters.conditions(Shown)))
    unwanted = [
        not_(func.coalesce(and_(*filters.conditions(Shown)), false()))
        for _, filters in query.excluded_filters
    ]
    return [or_(*conditions) for conditions in wanted.values()] + unwanted
