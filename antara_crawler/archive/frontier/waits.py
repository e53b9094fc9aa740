"""How long a portal has asked to be left alone: kept from one run to the next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.frontier.schedule import LONGEST_WAIT
from antara_crawler.archive.tables.crawl import Waits
from antara_crawler.archive.tables.statements import put_instead


@dataclass(frozen=True, slots=True)
class Wait:
    """A portal is not to be asked for anything before `until` (UTC)."""

    until: datetime
    reason: str


def note(archive: Archive, portal: str, wait: Wait) -> None:
    """Keep a portal's wait, in the place of an earlier one."""
    with archive.writing() as connection:
        put_instead(connection, Waits, {"portal": portal}, until=wait.until, reason=wait.reason)


def in_force(archive: Archive, portal: str, now: datetime) -> Wait | None:
    """Return the wait that a portal has asked for, None when it is over or was never asked.

    One that lies further ahead than any that is kept was written by a clock that was ahead.
    """
    query = select(Waits.until, Waits.reason).where(
        Waits.portal == portal, Waits.until > now, Waits.until <= now + LONGEST_WAIT
    )
    row = archive.row(query)
    return Wait(row.until, row.reason) if row else None
