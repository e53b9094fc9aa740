"""What is known to go wrong, or went wrong lately: for who shows it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.tables.history import HealthFindings

_COLUMNS = [column for column in HealthFindings.__table__.columns if column.name != "id"]


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """A finding as the archive keeps it; times are UTC, `over_at` is None while it goes on."""

    key: str
    kind: str
    portal: str | None
    what: str
    what_next: str
    first_seen_at: datetime
    last_seen_at: datetime
    over_at: datetime | None
    noticed_at: datetime | None
    end_noticed_at: datetime | None


def known_findings(archive: Archive, over_since: datetime | None = None) -> list[KnownFinding]:
    """Return the findings that go on, and those that were over at a time or later; newest first."""
    wanted: ColumnElement[bool] = HealthFindings.over_at.is_(None)
    if over_since is not None:
        wanted = or_(wanted, HealthFindings.over_at >= over_since)
    order = (HealthFindings.over_at.is_not(None), HealthFindings.first_seen_at.desc())
    query = select(*_COLUMNS).where(wanted).order_by(*order, HealthFindings.id)
    return [KnownFinding(*row) for row in archive.rows(query)]
