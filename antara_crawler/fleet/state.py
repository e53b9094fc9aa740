"""What a fleet does now, from its tables: which portals run where, which wait or failed, who lives.

Needs no extra: whoever may read the archive can ask.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Result, func, select, text

from antara_crawler.archive import Archive
from antara_crawler.archive.read.books import ending
from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.errors import BUG, BUSY, GOOD, NOTHING_FETCHED
from antara_crawler.wording import sentence, tables

SCHEMA = "antara_fleet"
QUERIES: dict[str, Any] = tables("fleet/queries.toml")
CRAWL, NIGHT, REEXTRACT = "fleet:crawl", "fleet:night", "fleet:reextract"
DEAD_AFTER = 60.0
"""Seconds after which a silent machine is shown as such."""
RECENT = timedelta(minutes=10)
_MOST_RECENT = 20_000

TRIES = 4
"""How often a portal is tried before the next night, or a person, must do it."""


@dataclass(frozen=True, slots=True)
class MachineState:
    """A machine: `state` is alive, stopped (`why`), or silent since `seen_at`."""

    name: str
    state: str
    at_once: int
    running: int
    started_at: datetime
    seen_at: datetime
    why: str | None


@dataclass(slots=True)
class PortalState:
    """A portal: `state` is running, queued, paused, failed, or waiting for its night.

    `machine` and `since` are of the crawl that runs, else of the last one that ended.
    """

    portal: str
    state: str = "waiting"
    machine: str | None = None
    since: datetime | None = None
    queued_at: datetime | None = None
    """Since when it could be crawled, and is not; or from when it can."""
    next_night: datetime | None = None
    last_success: datetime | None = None
    exit_status: int | None = None
    why: str | None = None
    parts: int = 0
    """Parts of a re-extraction that are left."""


@dataclass(frozen=True, slots=True)
class FleetState:
    """All machines and portals of a fleet, and how fast articles came lately."""

    machines: list[MachineState] = field(default_factory=list)
    portals: list[PortalState] = field(default_factory=list)
    articles_a_minute: float = 0.0

    @property
    def alive(self) -> int:
        """How many machines are at work."""
        return sum(each.state == "alive" for each in self.machines)


def has_fleet(connection: Connection) -> bool:
    """Tell whether an archive has the tables of a fleet, for us to read."""
    return connection.dialect.name == "postgresql" and bool(_ask(connection, "there").scalar())


def _ask(connection: Connection, query: str, **given: object) -> Result[Any]:
    return connection.execute(text(QUERIES[query]), given)


def state_of(archive: Archive, dead_after: float = DEAD_AFTER) -> FleetState | None:
    """Return the state of an archive's fleet; None where there is none."""
    last_done = archive.last_done()
    portals: dict[str, PortalState] = {}
    with archive.reading() as connection:
        if not has_fleet(connection):
            return None
        for row in _ask(connection, "portals"):
            portals[row.portal] = _portal(row)
        for job in _ask(connection, "jobs", names=[CRAWL, NIGHT, REEXTRACT]):
            name = job.args["portal"]
            _note_job(portals.setdefault(name, PortalState(name)), job)
        rows = _ask(connection, "machines", dead_after=dead_after)
        machines = [MachineState(**row._mapping) for row in rows]
        rate = _articles_a_minute(connection)
    for name, state in portals.items():
        state.last_success = last_done.get(name)
    return FleetState(machines, [portals[name] for name in sorted(portals)], rate)


def parts_of_store(connection: Connection, store: str | None) -> int:
    """Return how many parts of a re-extraction are left that read the captures of a store."""
    there = has_fleet(connection)
    return int(_ask(connection, "parts", store=store).scalar_one()) if there else 0


def _portal(row: Any) -> PortalState:
    state = PortalState(row.portal, machine=row.machine, since=row.ended_at, why=row.why)
    state.exit_status = row.exit_status
    if row.paused:
        state.state = "paused"
    elif row.exit_status not in (None, *GOOD):
        state.state, state.why = "failed", f"{in_words(row.exit_status)}: {row.why}"
    return state


def _note_job(state: PortalState, job: Any) -> None:
    if job.task_name == REEXTRACT:
        state.parts += 1
    elif job.task_name == NIGHT:
        state.next_night = job.scheduled_at
    elif job.status == "doing":
        state.state, state.machine, state.since = "running", job.name, job.since
    elif state.state != "running":
        state.state = "queued"
        state.queued_at = max(job.scheduled_at or job.since, job.since)


def _articles_a_minute(connection: Connection) -> float:
    """Return how many article pages a minute were fetched lately, counted by the last rows."""
    now = datetime.now(UTC)
    last = select(Captures.role, Captures.captured_at).order_by(Captures.id.desc())
    rows = last.limit(_MOST_RECENT).subquery()
    recent = (rows.c.captured_at > now - RECENT, rows.c.role == "article")
    count, since = connection.execute(
        select(func.count(), func.min(rows.c.captured_at)).where(*recent)
    ).one()
    if not count:
        return 0.0
    span = now - since if count == _MOST_RECENT else RECENT
    return round(count / (span.total_seconds() / 60), 1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do after a crawl: `again` is in how many seconds, None for not again by itself."""

    again: float | None = None
    attempt: int = 1
    stops_machine: bool = False


def judge(status: int, stopped: bool, attempt: int, pause: float, busy: float) -> Verdict:
    """Return what follows from an exit status; one below 0 is the signal that killed the crawl.

    `stopped` says that a signal ended it before its end, `attempt` how often it was tried by
    now; `pause` is the first pause in seconds, which doubles, and `busy` the one for status 6.
    """
    if status in GOOD:
        return Verdict(again=0.0 if stopped else None, attempt=attempt)
    if status == BUSY:
        return Verdict(again=busy, attempt=attempt)
    if status == BUG:  # on another machine it would be the same
        return Verdict(stops_machine=True)
    again = pause * 2 ** (attempt - 1) if attempt < TRIES else None
    machine = status > 0 and status != NOTHING_FETCHED
    return Verdict(again=again, attempt=attempt + 1, stops_machine=machine)


def in_words(status: int) -> str:
    """Return why a crawl that was not done ended."""
    if status < 0:
        return sentence(f"killed by signal {-status}")
    return ending(status)
