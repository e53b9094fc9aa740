"""Keeps the record of runs: what was started, how it ended, what it counted."""

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, insert, select, update

from antara_crawler import SOFTWARE
from antara_crawler.archive.archive import Archive
from antara_crawler.archive.index import index_tables
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.crawl import Origin, Runs, Takedowns
from antara_crawler.archive.tables.statements import add, only
from antara_crawler.archive.tables.types import AnySelect
from antara_crawler.errors import GOOD, UsageError
from antara_crawler.wording import sentence

SAMPLE, PORTALS = "sample", "portals"


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the archive remembers it; `status` is running, finished, stopped or interrupted."""

    id: int
    portal: str | None
    command: str
    arguments: Mapping[str, Any]
    started_at: datetime
    finished_at: datetime | None
    status: str
    exit_status: int | None
    counts: Mapping[str, Any]
    why: str | None
    what_next: str | None
    pid: int
    host: str
    software: str


def start(
    archive: Archive,
    *,
    portal: str | None,
    command: str,
    arguments: Mapping[str, Any],
    software: str,
    now: datetime,
) -> int:
    """Record that a run begins and return its id.

    A run of the same command and portal that never ended was killed: it is marked interrupted.
    """
    with archive.writing() as connection:
        connection.execute(
            update(Runs)
            .where(Runs.status == "running", Runs.command == command)
            .where(Runs.portal.is_not_distinct_from(portal))
            .values(status="interrupted")
        )
        row: dict[str, Any] = {"portal": portal, "command": command, "software": software}
        row |= {"pid": os.getpid(), "host": socket.gethostname(), "status": "running"}
        row["started_at"] = now
        return add(connection, Runs, [{**row, "arguments": dict(arguments), "counts": {}}])[0]


def finish(
    archive: Archive,
    run: int,
    *,
    status: str,
    exit_status: int,
    counts: Mapping[str, Any],
    now: datetime,
    why: str | None = None,
    what_next: str | None = None,
) -> None:
    """Record how a run ended, what it counted, and for a person why and what to do next."""
    ended = {"status": status, "exit_status": exit_status, "finished_at": now}
    told = {"counts": dict(counts), "why": why, "what_next": what_next}
    with archive.writing() as connection:
        connection.execute(update(Runs).where(Runs.id == run).values(**ended, **told))
        index_tables.sort_in(connection)


@dataclass
class Ending:
    """How a run that is recorded ends; who runs it says so."""

    run: int
    status: str = "finished"
    exit_status: int = 0
    counts: Mapping[str, Any] = field(default_factory=dict)


@contextmanager
def recorded(
    archive: Archive,
    command: str,
    portal: str | None = None,
    arguments: Mapping[str, Any] = MappingProxyType({}),
    begun: datetime | None = None,
) -> Iterator[Ending]:
    """Record a run from its beginning to its end; one that raises stays without an end."""
    now = begun or datetime.now(UTC)
    given: dict[str, Any] = {"portal": portal, "command": command, "arguments": arguments}
    ending = Ending(archive.patiently(lambda: start(archive, **given, software=SOFTWARE, now=now)))
    yield ending
    archive.patiently(lambda: finish(archive, **vars(ending), now=datetime.now(UTC)))


def restore(
    archive: Archive,
    *,
    portal: str,
    arguments: Mapping[str, Any],
    started_at: datetime,
    pid: int,
    host: str,
    software: str,
) -> int:
    """Record a crawl of the past, known from what it wrote, once; return its id."""
    known = select(Runs.id).where(
        Runs.portal == portal, Runs.started_at == started_at, Runs.pid == pid
    )
    with archive.writing() as connection:
        if (found := connection.scalar(known)) is not None:
            return int(found)
        row = {"portal": portal, "started_at": started_at, "pid": pid, "host": host}
        row |= {"command": "crawl", "software": software, "status": "interrupted"}
        return add(connection, Runs, [{**row, "arguments": dict(arguments), "counts": {}}])[0]


def end_restored(archive: Archive, run: int, at: datetime) -> None:
    """Record when a restored run was last seen at work: how it ended is not known."""
    why = sentence("rebuilt from its captures: how it ended is not in them")
    unknown = (Runs.id == run, Runs.finished_at.is_(None))
    with archive.writing() as connection:
        connection.execute(
            update(Runs).where(*unknown).values(status="finished", finished_at=at, why=why)
        )


def first_begun(archive: Archive) -> datetime | None:
    """Return when the first run of an archive began: no two archives have the same."""
    return archive.value(select(func.min(Runs.started_at)))


def begun(archive: Archive) -> frozenset[datetime]:
    """Return when the runs of an archive began: a file that names one as the first is ours."""
    return frozenset(archive.values(select(Runs.started_at)))


def last_done(archive: Archive) -> dict[str, datetime]:
    """Return when each portal was last crawled to the end (exit status 0 or 4)."""
    query = (
        select(Runs.portal, func.max(Runs.finished_at))
        .where(Runs.command == "crawl", Runs.status == "finished", Runs.exit_status.in_(GOOD))
        .group_by(Runs.portal)
    )
    return {portal: at for portal, at in archive.rows(query) if portal and at}


def last(
    archive: Archive, portal: str | None = None, limit: int = 10, command: str | None = None
) -> list[Run]:
    """Return the last runs, newest first; of one portal or command, or of all."""
    query = select(Runs.__table__).where(*only(Runs.portal, portal), *only(Runs.command, command))
    return _runs(archive, query.order_by(Runs.id.desc()).limit(limit))


def half_rebuilt(archive: Archive) -> bool:
    """Tell whether the last rebuilding of an archive did not come to its end."""
    return any(run.status != "finished" for run in last(archive, limit=1, command="rebuild"))


def unfinished(
    archive: Archive, portal: str | None, command: str, *, all_killed: bool = False
) -> list[Run]:
    """Return the runs that never ended, of a portal or of all (None).

    Under the portal's lock these are the ones that were killed; with `all_killed` also those
    that a later run found so.
    """
    states = ("running", "interrupted") if all_killed else ("running",)
    query = select(Runs.__table__).where(Runs.status.in_(states), Runs.command == command)
    return _runs(archive, query.where(*only(Runs.portal, portal)).order_by(Runs.id))


def _runs(archive: Archive, query: AnySelect) -> list[Run]:
    return [Run(**row._mapping) for row in archive.rows(query)]


def admit(archive: Archive, portal: str, *, sample: bool = False) -> None:
    """Let a run take in articles of a portal; to be called before it writes anything else.

    The first run decides for good what an archive is of: the sample's invented articles, or a
    portal's. Raises UsageError for the other kind, and for a portal that was removed on request.
    """
    wanted = SAMPLE if sample else PORTALS
    mixes = archive.patiently(lambda: _origin(archive, wanted)) != wanted
    whole = (Takedowns.portal == portal, Takedowns.kind.is_(None), Takedowns.import_key.is_(None))
    removed = archive.value(select(Takedowns.requested_at).where(*whole))
    if mixes and sample:
        raise UsageError(
            f"{archive.name} holds real articles, and the sample's are invented: name another"
            " archive with -s ARCHIVE_URL=sqlite:///data/sample.db"
        )
    if mixes:
        raise UsageError(
            f"{archive.name} holds the sample's invented articles: name another archive with"
            " -s ARCHIVE_URL=…, or delete that file and the sample's captures"
        )
    if removed is not None:
        raise UsageError(
            f"{portal} was removed from {archive.name} on request on {removed:%Y-%m-%d}, and is"
            " not taken in again: name another archive with -s ARCHIVE_URL=…"
        )


def _origin(archive: Archive, wanted: str) -> str:
    """Return what an archive is of; it is noted where nothing was yet."""
    with archive.writing() as connection:
        held = connection.scalar(select(Origin.articles))
        if held is None:
            # What was written by no run of ours is not the sample's.
            is_empty = connection.scalar(select(Articles.id).limit(1)) is None
            held = wanted if is_empty else PORTALS
            connection.execute(insert(Origin), {"id": 1, "articles": held})
    return held
