"""The jobs of a fleet: a crawl, a portal's plan for the night, and the sweep of dead ones."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from procrastinate import App, Blueprint, JobContext
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.job_context import AbortReason
from procrastinate.jobs import Status

from antara_crawler.archive.read.fetches import Part
from antara_crawler.fleet.machine import CARE, CRAWLS, Ended, Machine, give_back, queue_of
from antara_crawler.fleet.state import CRAWL, NIGHT, QUERIES, REEXTRACT, judge
from antara_crawler.portals import portal as portal_named
from antara_crawler.wording import sentence

_NEWS_FIRST = 10
"""A crawl's priority: it does not wait behind the parts of a re-extraction."""
tasks = Blueprint()


async def is_paused(app: App, portal: str) -> bool:
    """Tell whether nothing of a portal is to be started."""
    return bool(await app.connector.execute_query_all_async(QUERIES["paused"], portal=portal))


async def pause(app: App, portal: str, paused: bool) -> None:
    """Let nothing of a portal be started, or again something."""
    await app.connector.execute_query_async(QUERIES["pause"], portal=portal, paused=paused)


async def plan_crawl(
    app: App, portal: str, arguments: Mapping[str, str], *, attempt: int = 1, wait: float = 0
) -> bool:
    """Queue a portal's crawl, `wait` seconds from now; False when one waits already.

    One that runs is waited for: no two jobs of one lock run at once.
    """
    how = {"lock": portal, "queueing_lock": portal, "priority": _NEWS_FIRST}
    given = {"portal": portal, "arguments": dict(arguments), "attempt": attempt}
    return await _queue(app, CRAWL, given, **how, schedule_at=_later(wait))


async def _queue(app: App, task: str, given: Mapping[str, Any], **how: Any) -> bool:
    """Queue a job; return False when one waits already."""
    try:
        await app.configure_task(task, **how).defer_async(**given)
    except AlreadyEnqueued:
        return False
    return True


def _later(wait: float) -> datetime | None:
    return datetime.now(UTC) + timedelta(seconds=wait) if wait else None


async def plan_parts(
    app: App, portal: str, parts: Sequence[Part], *, attempt: int = 1, wait: float = 0
) -> int:
    """Queue the re-extraction of parts of a portal's captures; return how many were new.

    They read side by side, and wait for each other to write. Where a crawl has the portal, the
    command says so, and is tried again.
    """
    new = 0
    for part in parts:
        given = {"portal": portal, "part": asdict(part), "attempt": attempt}
        lock = f"{portal} {part.first}-{part.last} {part.store}"
        how = {"queueing_lock": lock, "queue": queue_of(part.store)}
        new += await _queue(app, REEXTRACT, given, **how, schedule_at=_later(wait))
    return new


async def plan_night(app: App, portal: str, at: str, arguments: Mapping[str, str]) -> datetime:
    """Queue a portal's next night, `at` HH:MM on its clock, unless one waits; return when."""
    due = next_night(time.fromisoformat(at), ZoneInfo(portal_named(portal).zone))
    given = {"portal": portal, "at": at, "arguments": dict(arguments)}
    await _queue(app, NIGHT, given, queueing_lock=f"night {portal}", schedule_at=due)
    return due


def next_night(at: time, zone: ZoneInfo, now: datetime | None = None) -> datetime:
    """Return the next moment at which the clock of a zone shows a time."""
    here = (now or datetime.now(UTC)).astimezone(zone)
    due = datetime.combine(here.date(), at, zone)
    return due if due > here else due + timedelta(days=1)


async def cancel(app: App, task: str, portal: str, *, running: bool = True) -> int:
    """Take a portal's waiting jobs of a task from the queue, and stop what runs; how many."""
    found = [
        job.id
        for status in (Status.TODO, Status.DOING)[: 1 + running]
        for job in await app.job_manager.list_jobs_async(task=task, status=status.value)
        if job.task_kwargs["portal"] == portal
    ]
    for key in filter(None, found):
        await app.job_manager.cancel_job_by_id_async(key, abort=True, delete_job=True)
    return len(found)


# No retry strategy on any of these: with a queueing lock it would leave a job 'doing' for ever
# when another one waits (procrastinate #1446). A job plans the next one itself.


@tasks.task(name="crawl", queue=CRAWLS, pass_context=True)
async def crawl(
    context: JobContext, portal: str, arguments: dict[str, str], attempt: int = 1
) -> None:
    """Crawl a portal in a process of its own, and plan what its end asks for."""
    app, machine = context.app, machine_of(context)
    if not await is_paused(app, portal):
        run = machine.crawl(portal, arguments)
        await _to_its_end(
            context, portal, attempt, run, partial(plan_crawl, app, portal, arguments)
        )


@tasks.task(name="reextract", queue=CRAWLS, pass_context=True)
async def reextract(
    context: JobContext, portal: str, part: dict[str, Any], attempt: int = 1
) -> None:
    """Read a part of a portal's captures again, likewise."""
    app, machine, which = context.app, machine_of(context), Part(**part)
    run = machine.reextract(portal, which)
    await _to_its_end(context, portal, attempt, run, partial(plan_parts, app, portal, [which]))


async def _to_its_end(
    context: JobContext,
    portal: str,
    attempt: int,
    run: Coroutine[Any, Any, Ended],
    plan: Callable[..., Awaitable[object]],
) -> None:
    app, machine = context.app, machine_of(context)
    with machine.at_work_on(context.job.id):
        try:
            ended = await run
        except asyncio.CancelledError:
            if context.abort_reason() is not AbortReason.USER_REQUEST:  # the worker is to stop
                await plan(attempt=attempt)
            raise
        verdict = judge(ended.status, ended.stopped, attempt, machine.pause, machine.dead_after)
        if context.job.task_name == CRAWL or not ended.done:
            await app.connector.execute_query_async(
                QUERIES["ended"],
                portal=portal,
                machine=machine.name,
                status=ended.status,
                why=ended.why,
            )
        if verdict.again is not None:
            await plan(attempt=verdict.attempt, wait=verdict.again)
    what = ended.in_words
    crawled = f"{portal}: {what}"
    reread = sentence(f"{portal}: re-extraction: {what}")
    machine.say(crawled if context.job.task_name == CRAWL else reread)
    if verdict.stops_machine:
        machine.stop(ended.status, crawled)


@tasks.task(name="night", queue=CARE, pass_context=True)
async def night(context: JobContext, portal: str, at: str, arguments: dict[str, str]) -> None:
    """Queue a portal's crawl of this night, then its next night."""
    if not await is_paused(context.app, portal):
        await plan_crawl(context.app, portal, arguments)
    await plan_night(context.app, portal, at, arguments)


@tasks.periodic(cron="* * * * * */10")
@tasks.task(name="put_back", queue=CARE, queueing_lock="put_back", pass_context=True)
async def put_back(context: JobContext, timestamp: int) -> None:
    """Put back the jobs of workers that are dead; one that waits already takes their place."""
    machine = machine_of(context)
    dead = await context.app.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=machine.dead_after
    )
    for job in dead:
        await give_back(context.app, job, machine.say)


def machine_of(context: JobContext) -> Machine:
    """Return the machine that a job runs on."""
    machine = context.additional_context["machine"]
    assert isinstance(machine, Machine)
    return machine
