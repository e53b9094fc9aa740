"""Keeps findings from the first night to the last and gives them; tells each once, by apprise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update

from antara_crawler.archive import Archive
from antara_crawler.archive.tables.history import HealthFindings
from antara_crawler.archive.tables.statements import add, only
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.errors import UsageError, require
from antara_crawler.health.history import Finding, night_of
from antara_crawler.wording import tr

MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice is to say: findings nobody was told of yet, and those that are over."""

    rows: tuple[int, ...]
    new: tuple[Finding, ...]
    over: tuple[Finding, ...]


def known(archive: Archive, portal: str | None = None) -> dict[str, date]:
    """Return the findings that go on, by key, and the night since which they do."""
    found = known_findings(archive)
    return {e.key: night_of(e.first_seen_at) for e in found if portal in (None, e.portal)}


def keep(
    archive: Archive, findings: Sequence[Finding], now: datetime, portal: str | None = None
) -> None:
    """Note what goes wrong tonight; what was on record and is not among it is over.

    With `portal` only what is of that portal was looked at.
    """
    table = HealthFindings
    with archive.writing() as connection:
        query = select(table.key, table.id).where(
            table.over_at.is_(None), *only(HealthFindings.portal, portal)
        )
        open_ = {row.key: row.id for row in connection.execute(query)}
        for each in findings:
            said = {"what": each.what, "what_next": each.remedy, "last_seen_at": now}
            if (row := open_.pop(each.key, None)) is not None:
                connection.execute(update(table).where(table.id == row).values(**said))
                continue
            named = {"key": each.key, "kind": each.kind, "portal": each.portal}
            add(connection, table, [{**named, **said, "first_seen_at": now}])
        ended = update(table).where(table.id.in_(list(open_.values())))
        connection.execute(ended.values(over_at=now))


def to_tell(archive: Archive) -> Told:
    """Return what nobody was told of yet; the end of what nobody was told of is not told."""
    table = HealthFindings
    told = table.noticed_at.is_not(None)
    begun = table.over_at.is_(None) & table.noticed_at.is_(None)
    ended = table.over_at.is_not(None) & told & table.end_noticed_at.is_(None)
    rows = archive.rows(select(table).where(begun | ended).order_by(table.id))
    found = [(row, Finding(row.key, row.kind, row.portal, row.what)) for row in rows]
    return Told(
        tuple(row.id for row in rows),
        tuple(each for row, each in found if row.over_at is None),
        tuple(each for row, each in found if row.over_at is not None),
    )


def was_told(archive: Archive, rows: Iterable[int], now: datetime) -> None:
    """Note that a notice of these went out."""
    table = HealthFindings
    keys = list(rows)
    with archive.writing() as connection:
        ended = update(table).where(table.id.in_(keys), table.noticed_at.is_not(None))
        connection.execute(ended.values(end_noticed_at=now))
        begun = update(table).where(table.id.in_(keys), table.noticed_at.is_(None))
        connection.execute(begun.values(noticed_at=now))


def senders(urls: Sequence[str]) -> list[Any]:
    """Return apprise's senders, one for each address, checked before any work is done.

    Raises UsageError where the extra is not installed, or an address is none. Addresses hold
    passwords: of a wrong one only its place in the list and its scheme are said.
    """
    if not urls:
        return []
    apprise = require("--notify", "notify", "apprise")
    found: list[Any] = []
    for place, url in enumerate(urls, start=1):
        sender = apprise.Apprise()
        if not sender.add(url):
            scheme = url.partition("://")[0][:20] if "://" in url else ""
            raise UsageError(
                f"address {place} of NOTIFY_URLS ({scheme}://…) is none that apprise knows"
            )
        found.append(sender)
    return found


def send(senders: Sequence[Any], told: Told) -> list[int]:
    """Send one notice of all there is to tell; return the places of the senders that failed."""
    new, over = len(told.new), len(told.over)
    parts = [tr("{n} new", n=new) if new else "", tr("{n} over", n=over) if over else ""]
    title = f"antara-crawler: {', '.join(filter(None, parts))}"
    text = "\n".join(lines_of(told))
    return [
        place
        for place, sender in enumerate(senders, start=1)
        if not sender.notify(body=text, title=title)
    ]


def lines_of(told: Told) -> list[str]:
    """Return the lines of a notice: what is new with what to do, then what is over."""
    lines = [
        line for each in told.new[:MOST_LINES] for line in (each.in_words, f"  {tr(each.remedy)}")
    ]
    if len(told.new) > MOST_LINES:
        lines.append(tr("and {n} more: scrapy health", n=len(told.new) - MOST_LINES))
    return [*lines, *(tr("over: {what}", what=each.in_words) for each in told.over[:MOST_LINES])]


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
