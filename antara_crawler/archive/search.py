"""Searches the archive: the words of a query and filters, ranked or by date, a page at a time."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Select, false, func, not_, or_, select

from antara_crawler.archive.filters import Filters, Shown
from antara_crawler.archive.matching import Match, match
from antara_crawler.archive.models import Articles, Authors, Bylines
from antara_crawler.archive.query import Query, parse
from antara_crawler.archive.rows import folded
from antara_crawler.archive.search_index import is_current
from antara_crawler.archive.snippets import Marker
from antara_crawler.archive.types import AnyRow, AnySelect, local_time
from antara_crawler.archive.views import Counted, Hit, Results, Years

Order = Literal["relevance", "date", "oldest"]

MOST_HITS = 1000
"""So many hits a page may have."""

_FURTHEST = 10**9


def search(
    connection: Connection,
    query: str,
    filters: Filters,
    *,
    order: Order,
    limit: int,
    offset: int,
    facets: bool,
) -> Results:
    """Return a page of the articles that fit; see Archive.search()."""
    asked = parse(query)
    if asked.nothing:
        return Results(0, (), (), (), "", not is_current(connection))
    found = match(connection, asked, ranked=order == "relevance")
    where = [*found.conditions, *filters.conditions(Shown), *_narrowed(asked)]
    chosen = select(Shown.id).select_from(found.tables).where(*where)
    limit, offset = max(0, min(limit, MOST_HITS)), max(0, min(offset, _FURTHEST))
    ids = list(connection.scalars(_ordered(chosen, found, order).limit(limit).offset(offset)))
    sections, years = _facets(connection, chosen, found) if facets else ((), ())
    if facets:
        total = sum(count for _, count in years)
    else:
        total = connection.scalar(chosen.with_only_columns(func.count())) or 0
    return Results(
        total,
        _hits(connection, ids, Marker(asked.lexemes)),
        sections,
        years,
        asked.understood,
        not is_current(connection),
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


def _ordered(chosen: Select[int], found: Match, order: Order) -> Select[int]:
    if order == "oldest":
        return chosen.order_by(Shown.published_at.asc().nulls_last(), Shown.id)
    newest = (Shown.published_at.desc().nulls_last(), Shown.id.desc())
    if found.score is None:
        return chosen.order_by(*newest)
    return chosen.order_by(found.score.desc(), *newest)


def _facets(connection: Connection, chosen: Select[int], found: Match) -> tuple[Counted, Years]:
    """Return how many of all that fit each section and each year has."""
    section, year = Shown.section, found.year
    counts: AnySelect = chosen.with_only_columns(section, year, func.count())
    sections: Counter[str | None] = Counter()
    years: Counter[int | None] = Counter()
    for name, in_year, count in connection.execute(counts.group_by(section, year)):
        sections[name] += count
        years[in_year] += count
    return by_section(sections), by_year(years)


def by_section(counts: Mapping[str | None, int]) -> Counted:
    """Return sections with their counts, the largest first.

    Spellings of one section (in capitals or not) are one, named as it is written most often.
    """
    names: dict[str | None, str | None] = {}
    merged: Counter[str | None] = Counter()
    for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0] or "")):
        merged[names.setdefault(name and folded(name), name)] += count
    return tuple(sorted(merged.items(), key=lambda each: (-each[1], each[0] or "")))


def by_year(counts: Mapping[int | None, int]) -> Years:
    """Return years with their counts, the latest first; None comes last."""
    return tuple(sorted(counts.items(), key=lambda each: -(each[0] or 0)))


def _hits(connection: Connection, ids: Sequence[int], marker: Marker) -> tuple[Hit, ...]:
    columns = (
        Articles.id,
        Articles.portal,
        Articles.kind,
        Articles.article_id,
        Articles.url,
        Articles.title,
        Articles.body,
        Articles.section,
        Articles.published_at,
        Articles.published_offset,
        Articles.extraction_id,
    )
    rows = {row.id: row for row in connection.execute(select(*columns).where(Articles.id.in_(ids)))}
    reporters = _reporters(connection, [row.extraction_id for row in rows.values()])
    return tuple(_hit(rows[key], reporters[rows[key].extraction_id], marker) for key in ids)


def _hit(row: AnyRow, reporters: Sequence[str], marker: Marker) -> Hit:
    return Hit(
        row.id,
        row.portal,
        row.kind,
        row.article_id,
        row.url,
        row.title,
        marker.marked(row.title or ""),
        row.section,
        local_time(row.published_at, row.published_offset),
        tuple(reporters),
        marker.snippet(row.body),
    )


def _reporters(connection: Connection, keys: list[int]) -> defaultdict[int, list[str]]:
    query = (
        select(Bylines.extraction, Authors.name)
        .join(Authors, Authors.id == Bylines.author)
        .where(Bylines.extraction.in_(keys), Bylines.role == "reporter")
        .order_by(Bylines.extraction, Bylines.position)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for extraction, name in connection.execute(query):
        found[extraction].append(name)
    return found
