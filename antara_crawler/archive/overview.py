"""Counts what an archive holds, and on which days."""

from typing import Any

from sqlalchemy import Connection, Integer, func, literal_column, select, text
from sqlalchemy.orm import InstrumentedAttribute

from antara_crawler.archive.crawl_models import Captures, Pages
from antara_crawler.archive.filters import Filters
from antara_crawler.archive.models import Articles, Revisions
from antara_crawler.archive.search import section_name
from antara_crawler.archive.views import Counted, Coverage, Overview, Years

_YEAR = {
    "sqlite": literal_column("CAST(substr(published_on, 1, 4) AS INTEGER)", Integer),
    "postgresql": literal_column("CAST(extract(year FROM published_on) AS integer)", Integer),
}
_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def overview(connection: Connection) -> Overview:
    """Return the counts of the whole archive."""
    sections = _counted(connection, Articles.section_key)
    dates = select(func.min(Articles.published_on), func.max(Articles.published_on))
    first, last = connection.execute(dates).one()
    states = dict(_counted(connection, Pages.state))
    return Overview(
        articles=_count(connection, Articles),
        revisions=_count(connection, Revisions),
        captures=_count(connection, Captures),
        by_portal=_counted(connection, Articles.portal),
        by_section=tuple((key and section_name(connection, key), n) for key, n in sections),
        by_year=_years(connection),
        first_published_on=first,
        last_published_on=last,
        size_bytes=connection.scalar(text(_SIZE[connection.dialect.name])) or 0,
        queued=states.get("queued", 0),
        failed=sum(states.get(state, 0) for state in ("failed", "unreadable", "given_up")),
    )


def coverage(
    connection: Connection, portal: str | None, section: str | None, year: int | None
) -> Coverage:
    """Return how many articles each day has."""
    query = select(Articles.published_on, func.count()).group_by(Articles.published_on)
    query = query.where(*Filters(portal=portal, section=section).conditions())
    if year is not None:
        query = query.where(_YEAR[connection.dialect.name] == year)
    days = dict(connection.execute(query.order_by(Articles.published_on)).tuples().all())
    undated = days.pop(None, 0)
    return Coverage({day: count for day, count in days.items() if day}, undated)


def _count(connection: Connection, table: type[Any]) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _counted(connection: Connection, column: InstrumentedAttribute[Any]) -> Counted:
    """Return the values of a column and how often each stands there, the most frequent first."""
    number = func.count().label("number")
    query = select(column, number).group_by(column).order_by(number.desc(), column)
    return tuple((value, count) for value, count in connection.execute(query))


def _years(connection: Connection) -> Years:
    year = _YEAR[connection.dialect.name]
    query = select(year, func.count()).select_from(Articles).group_by(year)
    counts = [(value, count) for value, count in connection.execute(query)]
    return tuple(sorted(counts, key=lambda each: -(each[0] or 0)))
