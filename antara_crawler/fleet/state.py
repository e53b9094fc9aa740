"""What a fleet does now: which portals run where, which wait or failed, which machines live."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from procrastinate import App

from antara_crawler.fleet.jobs import CRAWL, NIGHT, REEXTRACT
from antara_crawler.fleet.verdicts import in_words

_MACHINES = (
    "SELECT name, at_once, started_at, seen_at, stopped_at, why,"
    " seen_at > now() - make_interval(secs => %(dead_after)s) AS alive,"
    " (SELECT count(*) FROM procrastinate_jobs AS job WHERE job.worker_id = machines.worker_id"
    " AND status = 'doing') AS running FROM machines ORDER BY name, started_at"
)
_JOBS = (
    "SELECT args, task_name, status, scheduled_at, machines.name,"
    " (SELECT max(at) FROM procrastinate_events AS event WHERE event.job_id = job.id) AS since"
    " FROM procrastinate_jobs AS job LEFT JOIN machines USING (worker_id)"
    " WHERE task_name = ANY (%(names)s) AND status IN ('todo', 'doing') ORDER BY job.id"
)
_PORTALS = "SELECT portal, paused, machine, exit_status, ended_at, why FROM portals"


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
    not_before: datetime | None = None
    next_night: datetime | None = None
    last_success: datetime | None = None
    exit_status: int | None = None
    why: str | None = None
    parts: int = 0
    """Parts of a re-extraction that are left."""


@dataclass(frozen=True, slots=True)
class FleetState:
    """All machines and portals of a fleet."""

    machines: list[MachineState] = field(default_factory=list)
    portals: list[PortalState] = field(default_factory=list)


async def state_of(app: App, last_done: Mapping[str, datetime], dead_after: float) -> FleetState:
    """Return a fleet's state; `last_done` is when each portal's last crawl was done."""
    ask = app.connector.execute_query_all_async
    portals: dict[str, PortalState] = {}
    for row in await ask(_PORTALS):
        state = portals[row["portal"]] = PortalState(row["portal"])
        state.machine, state.since = row["machine"], row["ended_at"]
        state.exit_status, state.why = row["exit_status"], row["why"]
        if row["paused"]:
            state.state = "paused"
        elif row["exit_status"] not in (None, 0, 4):
            state.state = "failed"
            state.why = f"{in_words(row['exit_status'])}: {row['why']}"
    for row in await ask(_JOBS, names=[CRAWL, NIGHT, REEXTRACT]):
        name = row["args"]["portal"]
        _note_job(portals.setdefault(name, PortalState(name)), row)
    for name, state in portals.items():
        state.last_success = last_done.get(name)
    machines = [_machine(row) for row in await ask(_MACHINES, dead_after=dead_after)]
    return FleetState(machines, [portals[name] for name in sorted(portals)])


def _note_job(state: PortalState, job: Mapping[str, Any]) -> None:
    if job["task_name"] == REEXTRACT:
        state.parts += 1
    elif job["task_name"] == NIGHT:
        state.next_night = job["scheduled_at"]
    elif job["status"] == "doing":
        state.state, state.machine, state.since = "running", job["name"], job["since"]
    elif state.state != "running":
        state.state, state.not_before = "queued", job["scheduled_at"]


def _machine(row: Mapping[str, Any]) -> MachineState:
    state = "stopped" if row["stopped_at"] else "alive" if row["alive"] else "silent"
    known = {name: row[name] for name in ("name", "at_once", "running", "started_at", "seen_at")}
    return MachineState(state=state, why=row["why"], **known)
