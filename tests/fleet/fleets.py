"""Fleets of the tests: machines that are processes with homes of their own, on one PostgreSQL."""

import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from antara_crawler.archive import Archive
from antara_crawler.fleet.state import FleetState, state_of
from tests.portal import PortalServer
from tests.scrapy_runs import Workplace

DEAD_AFTER = 4.0


@dataclass
class Fleet:
    """Workers by the name of their machine, the portals that they crawl, and one archive."""

    folder: Path
    archive_url: str
    portals: dict[str, PortalServer]
    at_once: int = 1
    dead_after: float = DEAD_AFTER
    settings: tuple[str, ...] = ("DOWNLOAD_DELAY=0", "STOP_GRACE=0.2")
    workers: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    def place(self, machine: str) -> Workplace:
        """The home of a machine."""
        (self.folder / machine).mkdir(exist_ok=True)
        return Workplace(self.folder / machine, self.archive_url)

    def start(self, machine: str, *, fresh: bool = False) -> None:
        """Start a machine's worker, in a process group of its own."""
        given = (*self.settings, f"FLEET_DEAD_AFTER={self.dead_after}", "FLEET_PAUSE=1")
        with (self.folder / f"{machine}.log").open("a") as log:
            self.workers[machine] = self.place(machine).start(
                *("fleet", "worker", "--name", machine, "--at-once", str(self.at_once)),
                *(word for each in given for word in ("-s", each)),
                fresh=fresh,
                stdout=log,
                stderr=log,
            )

    def kill(self, machine: str) -> None:
        """Kill a worker as the system does when memory ends: its crawls are not asked."""
        self.workers[machine].kill()
        self.workers.pop(machine).wait(120)

    def stop(self, machine: str) -> int:
        """Ask a worker to stop and return its exit status."""
        worker = self.workers.pop(machine)
        worker.send_signal(signal.SIGTERM)
        return worker.wait(180)

    def do(self, action: str, portal: str) -> None:
        """Do what a person asks for one portal."""
        url = ("-a", f"base_url={self.portals[portal].url}") if action in ("run", "plan") else ()
        ended = self.place("desk").run("fleet", action, portal, *url)
        assert ended.status == 0, ended.err

    def state(self) -> FleetState:
        """Return what the fleet does now; to ask costs a connection, so not too often."""
        time.sleep(0.3)

        with Archive.open(self.archive_url, read_only=True) as archive:
            found = state_of(archive, self.dead_after)
        assert found is not None
        return found

    def states(self) -> dict[str, str]:
        """Return the state of each portal."""
        return {each.portal: each.state for each in self.state().portals}

    def who_runs(self, portal: str) -> str | None:
        """Return the machine on which a portal's crawl runs."""
        running = (each for each in self.state().portals if each.state == "running")
        return next((each.machine for each in running if each.portal == portal), None)

    def all_done(self, portals: int) -> bool:
        """Tell whether so many portals were crawled to their end, and nothing is left to do."""
        state = self.state().portals
        done = [each for each in state if each.last_success and each.state == "waiting"]
        return len(done) == len(state) == portals

    def logs(self) -> str:
        """Return what the workers said."""
        return "\n".join(log.read_text("utf-8") for log in sorted(self.folder.glob("*.log")))


@contextmanager
def fleet(folder: Path, url: str, portals: dict[str, PortalServer]) -> Iterator[Fleet]:
    """Yield a fleet without workers; at the end none is left."""
    made = Fleet(folder, url, portals)
    try:
        yield made
    finally:
        for worker in made.workers.values():
            worker.kill()
            worker.wait(120)


def asked_twice(portal: PortalServer) -> dict[str, int]:
    """Return the articles that a portal gave more than once, with how often."""
    given = Counter(seen.path for seen in portal.requests if seen.status == 200)
    articles = ("/berita/", "/foto/", "/video/", "/rilis-pers/")
    return {path: n for path, n in given.items() if n > 1 and path.startswith(articles)}
