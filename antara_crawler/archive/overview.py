"""Counts what an archive holds, and on which days."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, func, literal_column, select, text
from sqlalchemy.orm import InstrumentedAttribute

from antara_crawler.archive.crawl_models import Captures, Pages
from antara_crawler.archive.filters import Filters
from antara_crawler.archive.models import Articles, Revisions
from antara_crawler.archive.search import by_section, by_year
from antara_crawler.archive.views import Counted, Coverage, Overview

_YEAR = {
    "sqlite": literal_column("CAST(substr(published_on, 1, 4) AS INTEGER)", Integer),
    "postgresql": literal_column("CAST(extract(year FROM published_on) AS integer)", Integer),
}
_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}

Conditions = Sequence[ColumnElement[bool]]


def overview(connection: Connection, filters: Filters) -> Overview:
    """Return the counts of the articles that fit; of pages, those of the portal or of all."""
    chosen = filters.conditions()
    dates = select(func.min(Articles.published_on), func.max(Articles.published_on))
    first, last = connection.execute(dates.where(*chosen)).one()
    of_portal = [Pages.portal == filters.portal] if filters.portal else []
    states = dict(_counted(connection, Pages.state, of_portal))
    revisions = select(func.count(Revisions.id)).join(Articles, Articles.id == Revisions.article)
    captures = select(func.count(Captures.id)).where(
        *([Captures.portal == filters.portal] if filters.portal else [])
    )
    return Overview(
        articles=connection.scalar(select(func.count(Articles.id)).where(*chosen)) or 0,
        revisions=connection.scalar(revisions.where(*chosen)) or 0,
        captures=connection.scalar(captures) or 0,
        by_portal=_counted(connection, Articles.portal, chosen),
        by_section=by_section(dict(_counted(connection, Articles.section, chosen))),
        by_year=by_year(_years(connection, chosen)),
        first_published_on=first,
        last_published_on=last,
        size_bytes=connection.scalar(text(_SIZE[connection.dialect.name])) or 0,
        queued=states.get("queued", 0),
        failed=sum(states.get(state, 0) for state in ("failed", "unreadable", "given_up")),
    )


def coverage(connection: Connection, filters: Filters, year: int | None) -> Coverage:
    """Return how many of the articles that fit each day has; of one year, or of all."""
    query = select(Articles.published_on, func.count()).group_by(Articles.published_on)
    query = query.where(*filters.conditions())
    if year is not None:
        query = query.where(_YEAR[connection.dialect.name] == year)
    days = dict(connection.execute(query.order_by(Articles.published_on)).all())
    undated = days.pop(None, 0)
    return Coverage({day: count for day, count in days.items() if day}, undated)


def _counted(
    connection: Connection, column: InstrumentedAttribute[Any], chosen: Conditions
) -> Counted:
    """Return the values of a column and how often each stands there, the most frequent first."""
    number = func.count().label("number")
    query = select(column, number).where(*chosen).group_by(column)
    rows = connection.execute(query.order_by(number.desc(), column))
    return tuple((value, count) for value, count in rows)


def _years(connection: Connection, chosen: Conditions) -> dict[int | None, int]:
    year = _YEAR[connection.dialect.name]
    query = select(year, func.count()).select_from(Articles).where(*chosen).group_by(year)
    return dict(connection.execute(query).all())
