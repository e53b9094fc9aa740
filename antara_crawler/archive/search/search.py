"""Searches the archive: the words of a query and filters, ranked or by date, a page at a time."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    false,
    func,
    not_,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from antara_crawler.archive.index.search_index import is_current
from antara_crawler.archive.read.filters import Filters, Shown
from antara_crawler.archive.read.views import Results
from antara_crawler.archive.search.counting import Counts, counted, counted_by_group
from antara_crawler.archive.search.hits import hits
from antara_crawler.archive.search.match import Match, match
from antara_crawler.archive.search.query import Query, parse
from antara_crawler.archive.search.suggesting import suggestion
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.history import Stories

Order = Literal["relevance", "date", "oldest"]
_Ordering = tuple[ColumnElement[Any], ...]

MOST_HITS = 1000
"""So many hits a page may have."""

MOST_RANKED = 2_000
"""Of more articles only those with a word of the query in the title are ranked."""

_FURTHEST = 10**9
_NEWEST: _Ordering = (Shown.published_at.desc().nulls_last(), Shown.id.desc())
_OLDEST: _Ordering = (Shown.published_at.asc().nulls_last(), Shown.id)


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
) -> Results:
    """Return a page of the articles that fit; see Archive.search()."""
    asked = parse(query)
    if asked.nothing:
        return Results(0, (), (), (), "", not is_current(connection))
    found, narrowed, chosen = _asked(connection, asked, filters, distinct=distinct)
    counts = _counts(connection, found, chosen, narrowed) if facets else Counts()
    total = counts.total if facets else _total(connection, found, narrowed)
    limit, offset = max(0, min(limit, MOST_HITS)), max(0, min(offset, _FURTHEST))
    ids = _page(connection, chosen, found, order, total, limit, offset)
    return Results(
        total,
        hits(connection, ids, asked, filters),
        counts.by_section,
        counts.by_year,
        asked.understood,
        not is_current(connection),
        "" if total else suggestion(connection, asked),
    )


def rows_found(connection: Connection, query: str, filters: Filters, order: Order) -> list[int]:
    """Return the rows of all articles that fit, in the order of search()'s pages."""
    asked = parse(query)
    if asked.nothing:
        return []
    found, narrowed, chosen = _asked(connection, asked, filters)
    total = _total(connection, found, narrowed)
    return _page(connection, chosen, found, order, total, filters.limit or _FURTHEST, 0)


def _asked(
    connection: Connection, asked: Query, filters: Filters, *, distinct: bool = False
) -> tuple[Match, list[ColumnElement[bool]], Select[int]]:
    """Return where the words of a query are, what narrows it, and the rows that fit both."""
    found = match(connection, asked)
    narrowed = [*filters.conditions(Shown), *_narrowed(asked)]
    chosen = select(Shown.id).select_from(found.tables)
    if distinct:
        fits = chosen.where(*found.words, *found.joined, *narrowed)
        narrowed.append(Shown.id.not_in(_told_before(fits)))
    return found, narrowed, chosen.where(*found.words, *found.joined, *narrowed)


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


def _counts(
    connection: Connection,
    found: Match,
    chosen: Select[int],
    narrowed: Sequence[ColumnElement[bool]],
) -> Counts:
    if found.index is None or found.group is None:
        return counted(connection, chosen)
    if narrowed:
        return counted_by_group(connection, chosen, found.group)
    alone = select(found.group).select_from(found.index).where(*found.words)
    return counted_by_group(connection, alone, found.group)


def _total(connection: Connection, found: Match, narrowed: Sequence[ColumnElement[bool]]) -> int:
    query = select(func.count())
    if found.index is not None and not narrowed:
        query = query.select_from(found.index).where(*found.words)
    else:
        query = query.select_from(found.tables).where(*found.words, *found.joined, *narrowed)
    return connection.scalar(query) or 0


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


def _page(
    connection: Connection,
    chosen: Select[int],
    found: Match,
    order: Order,
    total: int,
    limit: int,
    offset: int,
) -> list[int]:
    """Return the rows of a page of results, in order.

    Where very many fit, only those with a word of the query in the title are ranked; the others
    follow by date.
    """
    if order == "oldest":
        return _ids(connection, chosen, _OLDEST, limit, offset)
    if order == "date" or found.ranking is None:
        return _ids(connection, chosen, _NEWEST, limit, offset)
    best_first = (found.ranking.score.desc(), *_NEWEST)
    if total <= MOST_RANKED:
        return _ids(connection, chosen, best_first, limit, offset)
    titled = chosen.where(found.ranking.in_title)
    others = chosen.where(found.ranking.not_in_title)
    ids = _ids(connection, titled, best_first, limit, offset)
    rest = limit - len(ids)
    if not rest:
        return ids
    first = connection.scalar(titled.with_only_columns(func.count())) or 0
    return ids + _ids(connection, others, _NEWEST, rest, max(0, offset - first))


def _ids(
    connection: Connection, chosen: Select[int], order: _Ordering, limit: int, offset: int
) -> list[int]:
    return list(connection.scalars(chosen.order_by(*order).limit(limit).offset(offset)))
