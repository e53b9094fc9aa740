"""`scrapy fleet`: crawls of many portals on many machines, planned, run and shown."""

import argparse
import asyncio
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import time
from typing import TYPE_CHECKING, Any

from scrapy.utils.conf import arglist_to_dict
from sqlalchemy import URL

from antara_crawler.archive import Archive
from antara_crawler.archive.read.fetches import parts_of
from antara_crawler.cli.command import ArchiveCommand, flag, note, report, value, whole_number
from antara_crawler.errors import UsageError, require
from antara_crawler.fleet.state import CRAWL, NIGHT, REEXTRACT, FleetState, PortalState, state_of
from antara_crawler.locations import archive_url, captures_folder, store_of
from antara_crawler.portals import portal, portals
from antara_crawler.spiders.arguments import Arguments
from antara_crawler.terminal import Screen, plain, show, utc
from antara_crawler.warc import SHARED
from antara_crawler.wording import counted, sentence, told, tr

if TYPE_CHECKING:
    from procrastinate import App


ACTIONS = ("worker", "plan", "run", "cancel", "pause", "resume", "reextract", "status")
PART = 5000
"""Captures that one job reads again: some 15 s of work, a process of its own."""
_PATIENCE = 600.0
"""Seconds that a worker waits for a database that went away."""


class Command(ArchiveCommand):
    """Works at a fleet's jobs, plans them, and shows how they stand."""

    def _options(self, parser: argparse.ArgumentParser) -> None:
        add = parser.add_argument
        value(parser, "--portals", "A,B", tr("the portals, as names (all)"))
        add("--every", choices=("night", "never"), default="night", help=tr("plan: how often"))
        value(parser, "--at", "HH:MM", tr("plan: when, on the portal's clock"), default="03:15")
        about = tr("plan, run: an argument of scrapy crawl (may be repeated)")
        several: dict[str, Any] = {"dest": "arguments", "action": "append", "default": []}
        value(parser, "-a", "NAME=VALUE", about, **several)
        about = tr("worker: at most so many crawls at once (2)")
        value(parser, "--at-once", "N", about, whole_number)
        value(parser, "--name", "NAME", tr("worker: what this machine is called (its host name)"))
        flag(parser, "--json", tr("status: print JSON"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do what the first word says."""
        if args[:1] != ["status"]:  # which reads the archive's tables only
            require(sentence("a fleet"), "fleet", "procrastinate", "psycopg_pool")
        if not args or args[0] not in ACTIONS:
            raise UsageError(f"say what to do: {', '.join(ACTIONS)}")
        action, *names = args
        names += filter(None, (opts.portals or "").split(","))
        for name in names:
            portal(name)
        if action == "worker":
            return asyncio.run(self._worker(opts))
        if action == "status":
            return self._status(names, opts.json)
        return asyncio.run(self._arrange(action, names, opts))

    async def _worker(self, opts: argparse.Namespace) -> int:
        from antara_crawler.fleet.machine import Machine  # noqa: PLC0415
        from antara_crawler.fleet.queue import opened  # noqa: PLC0415

        url = archive_url(self.settings)
        name = opts.name or store_of(self.settings)
        store = self.settings["CAPTURES_STORE"] or name
        machine = Machine(
            name=name,
            stores=[store, SHARED] if self.settings["CAPTURES_SHARED"] else [store],
            at_once=opts.at_once or 2,
            url=url,
            logs=captures_folder(self.settings).with_name("logs"),
            words=[w for given in (*opts.set, f"CAPTURES_STORE={store}") for w in ("-s", given)],
            dead_after=self.settings.getfloat("FLEET_DEAD_AFTER"),
            pause=self.settings.getfloat("FLEET_PAUSE"),
            say=lambda line: report(told(line)),
        )
        async with opened(url, create=True, patience=_PATIENCE) as app:
            with Archive.open(url, create=True):
                pass  # its tables are up to date before any crawl begins
            of = {"name": machine.name, "crawls": counted(machine.at_once, "crawl")}
            note("{name}: at work, {crawls} at once", **of)
            return await machine.work(app)

    async def _arrange(self, action: str, names: list[str], opts: argparse.Namespace) -> int:
        from antara_crawler.fleet.queue import opened  # noqa: PLC0415

        try:
            arguments: dict[str, str] = arglist_to_dict(opts.arguments)
        except ValueError:
            raise UsageError("-a takes NAME=VALUE, such as -a since=2024-09-01") from None
        Arguments.parse(arguments)
        try:
            time.fromisoformat(opts.at)
        except ValueError:
            raise UsageError(f"--at {opts.at} is not a time: write it like 03:15") from None
        if not names and action not in ("plan", "reextract"):
            raise UsageError(f"name the portals: scrapy fleet {action} kalsel")
        url = archive_url(self.settings)
        create = action in ("plan", "run", "reextract")
        async with opened(url, create=create) as app:
            with Archive.open(url, create=create):
                pass  # its tables are there for whoever asks for the state
            for name in names or portals():
                show(f"{name}: {await _do(app, url, action, name, arguments, opts)}")
        return 0

    def _status(self, names: list[str], as_json: bool) -> int:
        with self.archive() as archive:
            state = state_of(archive, self.settings.getfloat("FLEET_DEAD_AFTER"))
        if state is None:
            raise UsageError("no fleet has been planned in this archive: see scrapy fleet -h")
        if names:
            state.portals[:] = [each for each in state.portals if each.portal in names]
        screen = Screen(sys.stdout)
        if as_json:
            screen.say_json(asdict(state))
        else:
            _show(screen, state)
        return 0


async def _do(
    app: "App",
    url: URL,
    action: str,
    name: str,
    arguments: Mapping[str, str],
    opts: argparse.Namespace,
) -> str:
    """Do what a person asks for one portal; return what was done."""
    from antara_crawler.fleet import jobs  # noqa: PLC0415

    if action == "plan":
        await jobs.cancel(app, NIGHT, name)
        if opts.every == "never":
            return tr("planned no more")
        due = await jobs.plan_night(app, name, opts.at, arguments)
        first = f"{due:%Y-%m-%d %H:%M %Z}"
        return tr("every night at {time}, first {first}", time=opts.at, first=first)
    if action == "reextract":
        with Archive.open(url, read_only=True) as archive:
            parts = parts_of(archive, name, PART)
        return tr("{n} parts queued", n=await jobs.plan_parts(app, name, parts))
    if action == "run":
        if await jobs.is_paused(app, name):
            raise UsageError(f"{name} is paused: scrapy fleet resume {name}")
        await jobs.cancel(app, CRAWL, name, running=False)
        await jobs.plan_crawl(app, name, arguments)
        return tr("queued")
    if action != "cancel":
        await jobs.pause(app, name, action == "pause")
    if action == "resume":
        return tr("may be crawled again")
    ended = await jobs.cancel(app, CRAWL, name) + await jobs.cancel(app, REEXTRACT, name)
    cancelled = tr("{jobs} cancelled", jobs=counted(ended, "job"))
    return f"{tr('paused')}; {cancelled}" if action == "pause" else cancelled


def _show(screen: Screen, state: FleetState) -> None:
    rate = {"alive": state.alive, "rate": state.articles_a_minute}
    screen.say(screen.bold(tr("machines: {alive} alive, {rate:.1f} articles a minute", **rate)))
    for machine in state.machines:
        silent = machine.state == "silent"
        since = utc(machine.seen_at)
        lives = tr("silent since {when}", when=since) if silent else tr(machine.state)
        why = f" ({told(plain(machine.why))})" if machine.why else ""
        crawls = counted(machine.at_once, "crawl")
        running = tr("{n} of {crawls}", n=machine.running, crawls=crawls)
        screen.say(f"  {plain(machine.name)}: {lives}{why} {running}")
    screen.say(screen.bold(tr("portals")))
    for each in state.portals:
        screen.say(f"  {each.portal}: {_standing(each)}")


def _standing(state: PortalState) -> str:
    of = {"machine": plain(state.machine), "since": utc(state.since)}
    words = {
        "running": tr("running on {machine} since {since}", **of),
        "queued": tr("queued, to begin from {when}", when=utc(state.queued_at)),
        "failed": tr("failed on {machine} at {since}: {why}", why=told(plain(state.why)), **of),
    }
    said = [
        words.get(state.state) or tr(state.state),
        tr("last done {when}", when=utc(state.last_success)),
    ]
    if state.parts:
        said.append(tr("{parts} of its re-extraction left", parts=counted(state.parts, "part")))
    if state.next_night:
        said.append(tr("next night {when}", when=utc(state.next_night)))
    return "; ".join(said)
