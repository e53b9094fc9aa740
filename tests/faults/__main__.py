"""The long doses: many kills in one crawl against an undisturbed one; or, as `balance`, rounds of
random portals, faults, kills, limits and replays whose books must balance.
"""

import argparse
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from random import Random

from tests.faults.balance import Round
from tests.faults.evidence import (
    assert_alike,
    assert_all_is_accounted_for,
    assert_cited_is_there,
    assert_sound,
    held,
)
from tests.faults.fleet import disturb
from tests.faults.history import history
from tests.faults.killing import Killer
from tests.faults.machines import all_portals, reread
from tests.portal import PortalServer, Site
from tests.postgres import PostgresServer, binaries
from tests.scrapy_runs import Workplace


def main() -> None:
    """Run it; an AssertionError says what was lost, doubled or changed."""
    doses = {
        "balance": balance,
        "history": history,
        "fleet": fleet_of_machines,
        "rereading": rereading,
        "portals": portals_on_one,
    }
    dose = doses.get("".join(sys.argv[1:2]))
    if dose is None:
        kill(sys.argv[1:])
    else:
        dose(sys.argv[2:])


def fleet_of_machines(words: list[str]) -> None:
    """Kill workers of a fleet, restart its database, and compare with undisturbed crawls."""
    given = _numbers("fleet", words, kills=5, pages=60, seed=1)
    with ExitStack() as stack:
        server, folder = _server(stack), _folder(stack)
        disturb(server, folder, Random(given.seed), kills=given.kills, pages=given.pages)


def rereading(words: list[str]) -> None:
    """Read stored pages again by one and by two workers, kill one of each, and compare."""
    given = _numbers("rereading", words, pages=2000, part=1000, seed=1)
    with ExitStack() as stack:
        server, folder = _server(stack), _folder(stack)
        reread(server, folder, Random(given.seed), pages=given.pages, part=given.part)


def portals_on_one(words: list[str]) -> None:
    """Crawl all portals with one worker, and say how much memory that took."""
    given = _numbers("portals", words, articles=10, at_once=4)
    with ExitStack() as stack:
        server, folder = _server(stack), _folder(stack)
        all_portals(server, folder, articles=given.articles, at_once=given.at_once)


def balance(words: list[str]) -> None:
    """Play rounds of random portals, on both databases in turn."""
    given = _numbers("balance", words, rounds=200, seed=1)
    with ExitStack() as stack:
        server, folder = _server(stack), _folder(stack)
        for number in range(given.seed, given.seed + given.rounds):
            where = folder / str(number)
            urls = (lambda at=where: f"sqlite:///{at}/archive.db", server.new_database)
            print(f"round {number}", flush=True)
            Round(
                Random(number), where, urls[number % 2], said=lambda line: print(line, flush=True)
            ).play()
            shutil.rmtree(where)
    print(f"{given.rounds} rounds: books balanced, exit status true, nothing lost")


def kill(words: list[str]) -> None:
    """Kill a crawl many times, and compare it with an undisturbed one."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--pages", type=int, default=600, help="articles of the portal")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(words)
    with ExitStack() as stack:
        folder = _folder(stack)
        undisturbed = _place(folder / "undisturbed", given.database, stack)
        disturbed = _place(folder / "disturbed", given.database, stack)
        site = Site(given.seed, given.pages, sitemap=bool(given.seed % 2))
        portal = stack.enter_context(PortalServer(site))
        calm = undisturbed.crawl(portal.url)
        assert calm.status == 0, calm.err
        asked = len(portal.requests)
        print(f"undisturbed: {asked} requests, {len(held(undisturbed.archive_url).records)} kept")
        killer = Killer(
            disturbed,
            portal,
            Random(given.seed),
            longest=30 + 2 * asked // (given.kills + 1),
            said=lambda line: print(line, flush=True),
        )
        while len(killer.kills) < given.kills:
            killer.run_and_kill()
        ended = killer.finish()
        print(ended.err[-900:])
        assert ended.status == 0, ended.err
        judge(undisturbed, disturbed)
    print(f"{len(killer.kills)} kills, {given.database}: nothing lost, nothing twice")


def judge(undisturbed: Workplace, disturbed: Workplace) -> None:
    """Compare both archives, and check every row's capture and every capture's row."""
    captures = disturbed.folder / "captures"
    assert_alike(held(disturbed.archive_url), held(undisturbed.archive_url))
    assert_cited_is_there(disturbed.archive_url, captures)
    assert_all_is_accounted_for(disturbed.archive_url, captures)
    assert_sound(disturbed.archive_url)


def _place(folder: Path, database: str, stack: ExitStack) -> Workplace:
    folder.mkdir()
    if database == "sqlite":
        return Workplace(folder, f"sqlite:///{folder}/archive.db")
    return Workplace(folder, _server(stack).new_database())


def _numbers(dose: str, words: list[str], **usual: int) -> argparse.Namespace:
    """Return what the words of a command line say of these numbers."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.faults {dose}")
    for name, number in usual.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=number)
    return parser.parse_args(words)


def _folder(stack: ExitStack) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="antara-faults-"))
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _server(stack: ExitStack) -> PostgresServer:
    programs = binaries()
    if programs is None:
        raise SystemExit("PostgreSQL's server is not installed (apt-get install postgresql)")
    server = PostgresServer(programs)
    server.start()
    stack.callback(server.remove)
    return server


if __name__ == "__main__":
    main()
