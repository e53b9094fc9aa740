"""What is known to go wrong, or went wrong lately: for who shows it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.tables.history import HealthFindings
from antara_crawler.archive.tables.types import AnyRow


def known_findings(archive: Archive, over_since: datetime | None = None) -> Sequence[AnyRow]:
    """Return the findings that go on, and those that were over at a time or later; newest first.

    Rows of the table: times are UTC, `over_at` is None while a finding goes on.
    """
    wanted: ColumnElement[bool] = HealthFindings.over_at.is_(None)
    if over_since is not None:
        wanted = wanted | (HealthFindings.over_at >= over_since)
    order = (HealthFindings.over_at.is_not(None), HealthFindings.first_seen_at.desc())
    query = select(HealthFindings.__table__).where(wanted)
    return archive.rows(query.order_by(*order, HealthFindings.id))
