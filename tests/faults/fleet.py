"""Kills the workers of a fleet at random, restarts its database, and compares with calm crawls."""

import time
from contextlib import ExitStack
from pathlib import Path
from random import Random

from tests.faults.evidence import assert_alike, assert_sound, held
from tests.fleet.fleets import asked_twice, fleet
from tests.portal import PortalServer, Site
from tests.postgres import PostgresServer
from tests.scrapy_runs import Workplace, wait_for

PORTALS = ("kalsel", "kalteng", "kaltim", "jatim")
MACHINES = ("east", "middle", "west")
PAUSE = 0.2
"""Seconds between two requests to a portal: long enough for kills to fall into the crawls."""


def disturb(server: PostgresServer, folder: Path, rng: Random, *, kills: int, pages: int) -> None:
    """Play it; an AssertionError says what was lost, asked twice, or is stuck."""
    with ExitStack() as stack:
        portals = {
            name: stack.enter_context(PortalServer(Site(seed=seed, articles=pages, portal=name)))
            for seed, name in enumerate(PORTALS, 40)
        }
        calm = {name: _crawled_in_peace(folder, name, portal) for name, portal in portals.items()}
        for portal in portals.values():
            portal.requests.clear()
            portal.most_at_once = 0
        url, began = server.new_database(), time.monotonic()
        machines = stack.enter_context(fleet(folder, url, portals))
        machines.settings = (f"DOWNLOAD_DELAY={PAUSE}", "STOP_GRACE=0.5")
        for name in PORTALS:
            machines.do("run", name)
        for name in MACHINES:
            machines.start(name)
        for number in range(kills):
            time.sleep(rng.uniform(4, 12))
            victim = rng.choice(MACHINES)
            machines.kill(victim)
            print(f"killed {victim}; {machines.states()}", flush=True)
            if number == kills // 2:
                server.restart()
                print("PostgreSQL restarted", flush=True)
            machines.start(victim)
        wait_for(lambda: machines.all_done(len(PORTALS)), 900)
        took = time.monotonic() - began
        for name in MACHINES:
            assert machines.stop(name) == 0, machines.logs()
        print(machines.logs())
        assert_sound(url)
        for name, portal in portals.items():
            assert_alike(held(url, name), held(calm[name], name))
            assert portal.most_at_once == 1, f"{name} saw {portal.most_at_once} requests at once"
            print(f"{name}: alike; {len(portal.requests)} requests, twice: {asked_twice(portal)}")
    print(f"{kills} kills and a restart in {took:.0f} s: nothing lost, twice or stuck")


def _crawled_in_peace(folder: Path, name: str, portal: PortalServer) -> str:
    """Crawl a portal into an archive of its own, and return its URL."""
    home = folder / f"calm-{name}"
    home.mkdir()
    place = Workplace(home, f"sqlite:///{home}/archive.db")
    ended = place.run("crawl", name, "-a", f"base_url={portal.url}", "-s", "DOWNLOAD_DELAY=0")
    assert ended.status == 0, ended.err
    return place.archive_url
