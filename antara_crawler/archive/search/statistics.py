"""Counts what an archive holds, and on which days."""

from datetime import date

from sqlalchemy import Connection, func, select, text

from antara_crawler.archive.read.filters import Filters, Shown
from antara_crawler.archive.read.views import Coverage, Overview
from antara_crawler.archive.search.counting import counted
from antara_crawler.archive.search.match import every, year
from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.crawl import Captures, Pages
from antara_crawler.items import GENERIC

_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}
_FAILED = ("failed", "unreadable", "given_up")


def overview(connection: Connection, filters: Filters) -> Overview:
    """Return the counts of the articles that fit; of pages and captures those of the portal."""
    chosen = filters.conditions(Shown)
    articles = select(Shown.id).select_from(every(connection)).where(*chosen)
    counts = counted(connection, articles, portals=True)
    dates = select(func.min(Shown.published_on), func.max(Shown.published_on))
    first, last = connection.execute(dates.select_from(every(connection)).where(*chosen)).one()
    revisions = select(func.count(Revisions.id))
    if chosen:
        revisions = revisions.join(Articles, Articles.id == Revisions.article_id)
        revisions = revisions.where(*filters.conditions())
    captures = select(func.count(Captures.id))
    states = select(Pages.state, func.count()).group_by(Pages.state)
    if filters.portal is not None:
        captures = captures.where(Captures.portal == filters.portal)
        states = states.where(Pages.portal == filters.portal)
    found = {row[0]: row[1] for row in connection.execute(states)}
    return Overview(
        articles=counts.total,
        revisions=connection.scalar(revisions) or 0,
        captures=connection.scalar(captures) or 0,
        by_portal=counts.by_portal,
        by_section=counts.by_section,
        by_year=counts.by_year,
        first_published_on=first,
        last_published_on=last,
        size_bytes=connection.scalar(text(_SIZE[connection.dialect.name])) or 0,
        queued=found.get("queued", 0),
        without_template=_without_template(connection, filters),
        failed=sum(found.get(state, 0) for state in _FAILED),
    )


def _without_template(connection: Connection, filters: Filters) -> int:
    query = (
        select(func.count())
        .select_from(Articles)
        .join(Extractions, Extractions.id == Articles.extraction_id)
        .where(Extractions.template == GENERIC, *filters.conditions())
    )
    return connection.scalar(query) or 0


def coverage(connection: Connection, filters: Filters, in_year: int | None) -> Coverage:
    """Return how many of the articles that fit each day has; of one year, or of all."""
    query = select(Shown.published_on, func.count()).select_from(every(connection))
    query = query.where(*filters.conditions(Shown)).group_by(Shown.published_on)
    if in_year is not None:
        query = query.where(year(connection) == in_year)
    rows = connection.execute(query.order_by(Shown.published_on))
    days: dict[date | None, int] = {row[0]: row[1] for row in rows}
    undated = days.pop(None, 0)
    return Coverage({day: count for day, count in days.items() if day}, undated)
