"""A fleet with much to do: pages read again by one and two workers, all portals on one machine."""

import asyncio
import json
import os
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random
from threading import Event, Thread

from sqlalchemy.engine import make_url

from antara_crawler.archive import Archive
from antara_crawler.archive.read.fetches import parts_of
from antara_crawler.fleet import jobs
from antara_crawler.fleet.queue import opened
from antara_crawler.locations import database_url
from antara_crawler.portals import portals
from tests.faults.evidence import Held, assert_alike, assert_sound, held
from tests.fleet.fleets import Fleet, fleet
from tests.portal import PortalServer, Site
from tests.postgres import PostgresServer
from tests.scrapy_runs import Workplace, wait_for
from tests.stored import store_unread, whole_article

LONGEST = 3 * 3600.0
DEAD_AFTER = 20.0
"""On a busy machine a worker may be silent for some seconds, and its part is then read twice."""


def reread(server: PostgresServer, folder: Path, rng: Random, *, pages: int, part: int) -> None:
    """Read stored pages again, by one worker and by two, one killed in each; compare."""
    place = Workplace(folder / "maker", server.new_database())
    place.folder.mkdir()
    site = Site(seed=77, articles=pages)
    store_unread(place, (whole_article(site, each) for each in site.newest))
    shared = folder / "shared"
    shared.mkdir()
    share = f"CAPTURES_SHARED={shared}"
    moved = place.run("captures", "move", "-s", share)
    print(f"{pages} pages stored; {moved.out.strip()}; load {os.getloadavg()[0]:.1f}", flush=True)
    assert moved.status == 0, moved.err
    found: list[Held] = []
    for workers in (1, 2):
        url = server.new_database(like=str(make_url(place.archive_url).database))
        home = folder / f"{workers}-workers"
        home.mkdir()
        with fleet(home, url, {}) as machines:
            machines.settings = ("STOP_GRACE=0.2", share)
            machines.dead_after = DEAD_AFTER
            took = _read(machines, workers, part, victim=rng.randrange(workers), rng=rng)
            print(f"{workers} workers, all new, one killed: {took}", flush=True)
            took = _read(machines, workers, part, victim=None, rng=rng)
            print(f"{workers} workers, nothing new, none killed: {took}", flush=True)
            assert_sound(url)
        found.append(held(url))
    assert len(found[0].records) > 0.9 * pages
    assert_alike(found[1], found[0])
    print(f"{len(found[0].records)} articles, the same by both")


def _read(machines: Fleet, workers: int, part: int, victim: int | None, rng: Random) -> str:
    """Read all again and return how long it took; kill one of the workers on its way."""
    parts = asyncio.run(_plan_parts(machines.archive_url, part))
    names = [f"machine-{number}" for number in range(workers)]
    began, spent, begun = time.monotonic(), _spent(), machines.logs().count("reextract begun")
    for name in names:
        machines.start(name)
    if victim is not None:
        wait_for(lambda: machines.state().machines and _left(machines) < parts, LONGEST)
        time.sleep(rng.uniform(0, 5))
        machines.kill(names[victim])
        machines.start(names[victim])
    wait_for(lambda: _left(machines) == 0, LONGEST)
    took = time.monotonic() - began
    for name in names:
        assert machines.stop(name) == 0, machines.logs()
    busy = _spent() - spent
    begun = machines.logs().count("reextract begun") - begun
    load = os.getloadavg()[0]
    return f"{took:.0f} s, processor {busy:.0f} s, {parts} parts, {begun} begun, load {load:.1f}"


def _left(machines: Fleet) -> int:
    return sum(each.parts for each in machines.state().portals)


def _spent() -> float:
    """Return the seconds of processor that ended children have used."""
    times = os.times()
    return times.children_user + times.children_system


async def _plan_parts(url: str, size: int) -> int:
    async with opened(database_url(url), create=True) as app:
        with Archive.open(url, read_only=True) as archive:
            return await jobs.plan_parts(app, "kalsel", parts_of(archive, "kalsel", size))


def all_portals(server: PostgresServer, folder: Path, *, articles: int, at_once: int) -> None:
    """Plan, crawl and show all portals on one machine; say how much memory that took."""
    with ExitStack() as stack:
        sites = {name: Site(seed=50, articles=articles, portal=name) for name in portals()}
        served = {name: stack.enter_context(PortalServer(site)) for name, site in sites.items()}
        url = server.new_database()
        machines = stack.enter_context(fleet(folder, url, served))
        machines.at_once = at_once
        desk = machines.place("desk")
        assert desk.run("fleet", "plan", "--every", "night", "--at", "03:15").status == 0
        asyncio.run(_plan_crawls(url, served))
        memory = Memory(stack)
        began = time.monotonic()
        machines.start("one", fresh=True)
        memory.watch(machines.workers["one"].pid)
        wait_for(lambda: machines.all_done(len(served)), LONGEST)
        took, most = time.monotonic() - began, memory.most
        told = desk.run("fleet", "status", "--json")
        shown = json.loads(told.out)
        assert len(shown["portals"]) == len(served)
        assert all(each["last_success"] and each["next_night"] for each in shown["portals"])
        print(desk.run("fleet", "status").out)
        assert machines.stop("one") == 0, machines.logs()
        for name, portal in served.items():
            records = held(url, name).records
            assert len(records) == len(sites[name].truth), f"{name}: {len(records)}"
            assert portal.most_at_once == 1, f"{name} saw {portal.most_at_once} requests at once"
    print(
        f"{len(served)} portals of {articles} articles, {at_once} at once, in {took:.0f} s;"
        f" worker and crawls together at most {most / 1e6:.0f} MB; load {os.getloadavg()[0]:.1f}"
    )


async def _plan_crawls(url: str, served: dict[str, PortalServer]) -> None:
    async with opened(database_url(url), create=True) as app:
        for name, portal in served.items():
            await jobs.plan_crawl(app, name, {"base_url": portal.url})


class Memory:
    """The most memory that a process and all its children held at once, shared pages shared out."""

    def __init__(self, stack: ExitStack) -> None:
        self.most = 0
        self._ended = Event()
        stack.callback(self._ended.set)

    def watch(self, pid: int) -> None:
        """Look at it a few times a second from now on."""
        Thread(target=self._watch, args=(pid,), daemon=True).start()

    def _watch(self, pid: int) -> None:
        while not self._ended.wait(0.3):
            self.most = max(self.most, sum(map(_held_by, [pid, *_children(pid)])))


def _children(pid: int) -> list[int]:
    """Return the processes that a process began."""
    found = Path("/proc", str(pid), "task").glob("*/children")
    own = [int(word) for file in found for word in _text(file).split()]
    return [each for child in own for each in (child, *_children(child))]


def _held_by(pid: int) -> int:
    lines = _text(Path("/proc", str(pid), "smaps_rollup")).splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended
        return ""
