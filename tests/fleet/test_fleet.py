"""Crawls on several machines: a dead one's are taken over, each portal is whole and asked once."""

import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from socket import gethostname
from zoneinfo import ZoneInfo

import pytest

pytest.importorskip("procrastinate")

from antara_crawler.archive import Archive, runs
from antara_crawler.archive.read.fetches import article_fetches, parts_of
from antara_crawler.fleet.jobs import next_night
from antara_crawler.fleet.machine import Machine
from antara_crawler.fleet.state import TRIES, Verdict, judge
from antara_crawler.locations import database_url
from tests.crawl.truth import assert_exact
from tests.fleet.fleets import fleet
from tests.portal import Faults, PortalServer, Site
from tests.portal.misbehave import Misbehaviour
from tests.scrapy_runs import Workplace, wait_for


def test_a_killed_workers_crawl_goes_on_on_another_machine(
    tmp_path: Path, postgres_url: str
) -> None:
    sites = {name: Site(seed=31, articles=12, portal=name) for name in ("kalsel", "kalteng")}
    hanging = Faults(on={"/terkini/2": "hang"})
    with (
        PortalServer(sites["kalsel"], hanging) as first,
        PortalServer(sites["kalteng"]) as second,
        fleet(tmp_path, postgres_url, {"kalsel": first, "kalteng": second}) as machines,
    ):
        machines.do("run", "kalsel")
        machines.start("east")
        wait_for(lambda: "/terkini/2" in first.paths)
        assert machines.states() == {"kalsel": "running"}
        assert machines.who_runs("kalsel") == "east"
        machines.do("run", "kalteng")
        machines.kill("east")
        first.faults = Faults()
        first.misbehaviour = Misbehaviour(first.site, first.faults, first.stopping)
        machines.start("west")
        wait_for(lambda: machines.all_done(2), 120)
        shown = machines.state()
        assert {each.machine for each in shown.portals} == {"west"}
        assert {each.name: each.state for each in shown.machines} == {
            "east": "silent",
            "west": "alive",
        }
        machines.do("reextract", "kalteng")
        wait_for(lambda: sum(each.parts for each in machines.state().portals) == 0, 120)
        machines.do("reextract", "kalsel")  # what lies on 'east' waits for that machine
        wait_for(lambda: sum(each.parts for each in machines.state().portals) == 1, 120)
        assert machines.stop("west") == 0, machines.logs()
        assert "put back" in machines.logs()
        machines.do("cancel", "kalsel")
        assert sum(each.parts for each in machines.state().portals) == 0
    with Archive.open(postgres_url, read_only=True) as archive:
        read = [run for run in archive.runs(limit=10) if run.command == "reextract"]
        assert {run.portal for run in read} == {"kalsel", "kalteng"}
        assert {(run.status, run.exit_status) for run in read} == {("finished", 0)}
        parts = parts_of(archive, "kalsel", 5)
        assert {part.store for part in parts} == {"east", "west"}
        cut = [fetch for part in parts for fetch in article_fetches(archive, "kalsel", part)]
        whole = list(article_fetches(archive, "kalsel"))
        assert sorted(cut, key=str) == sorted(whole, key=str)
        assert len(parts) > 2
    for name, site in sites.items():
        records = Workplace(tmp_path, postgres_url).records("--portal", name)
        assert_exact(site.truth, records)


def test_a_stopped_workers_crawl_waits_for_the_next_one_and_a_cancelled_one_does_not(
    tmp_path: Path, postgres_url: str
) -> None:
    hanging = Faults(on={"/terkini/2": "hang"})
    with (
        PortalServer(Site(seed=32, articles=12), hanging) as portal,
        fleet(tmp_path, postgres_url, {"kalsel": portal}) as machines,
    ):
        machines.do("run", "kalsel")
        machines.start("east")
        wait_for(lambda: "/terkini/2" in portal.paths)
        assert machines.stop("east") == 0, machines.logs()
        assert machines.states() == {"kalsel": "queued"}
        machines.start("east")
        wait_for(lambda: portal.count("/terkini/2") == 2)
        machines.do("pause", "kalsel")
        wait_for(lambda: machines.states() == {"kalsel": "paused"})
        wait_for(lambda: machines.who_runs("kalsel") is None)
        refused = machines.place("desk").run("fleet", "run", "kalsel")
        assert (refused.status, "is paused" in refused.err) == (2, True)
        machines.do("resume", "kalsel")
        assert machines.state().machines[-1].state == "alive"
        assert "queued" not in machines.states().values()


@pytest.mark.parametrize(
    ("status", "attempt", "then"),
    [
        (0, 1, Verdict()),
        (4, 2, Verdict(attempt=2)),
        (3, 1, Verdict(again=600, attempt=2)),
        (3, 3, Verdict(again=2400, attempt=4)),
        (3, TRIES, Verdict(attempt=TRIES + 1)),
        (-9, 1, Verdict(again=600, attempt=2)),
        (6, 2, Verdict(again=60, attempt=2)),
        (1, 1, Verdict(stops_machine=True)),
        (5, 1, Verdict(again=600, attempt=2, stops_machine=True)),
        (2, TRIES, Verdict(attempt=TRIES + 1, stops_machine=True)),
    ],
)
def test_an_exit_status_decides_what_follows(status: int, attempt: int, then: Verdict) -> None:
    assert judge(status, stopped=False, attempt=attempt, pause=600, busy=60) == then


def test_a_crawl_that_a_signal_stopped_is_not_taken_for_done() -> None:
    verdict = judge(0, stopped=True, attempt=1, pause=600, busy=60)
    assert verdict.again == 0


def test_a_part_that_ended_is_found_beside_one_that_was_begun_later(
    tmp_path: Path, sqlite_url: str
) -> None:
    """One that is not found is taken for stopped, and read again."""
    now = datetime.now(UTC)
    with Archive.open(sqlite_url, create=True) as archive:
        for pid in (11, 12):
            run = {"arguments": {}, "started_at": now, "software": "tests"}
            runs.restore(archive, portal="kalsel", pid=pid, host=gethostname(), **run)  # type: ignore[arg-type]
    machine = Machine(
        name="east",
        stores=["east"],
        at_once=2,
        url=database_url(sqlite_url),
        logs=tmp_path,
        words=(),
        dead_after=60,
        pause=600,
        say=print,
    )
    assert [getattr(machine._run_of("kalsel", pid), "pid", None) for pid in (11, 12, 13)] == [
        *(11, 12),
        None,
    ]


def test_a_night_is_the_next_one_on_the_portals_own_clock() -> None:
    evening = datetime(2026, 11, 29, 19, 30, tzinfo=UTC)  # 03:30 of the 30th in Banjarmasin
    banjarmasin, jakarta = ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jakarta")
    due = next_night(time(3, 15), banjarmasin, evening)
    assert due.isoformat() == "2026-12-01T03:15:00+08:00"
    due = next_night(time(3, 15), jakarta, evening)
    assert due.isoformat() == "2026-11-30T03:15:00+07:00"


def test_a_plan_waits_for_its_night_and_can_be_taken_back(
    tmp_path: Path, postgres_url: str
) -> None:
    place = Workplace(tmp_path, postgres_url)
    at = f"{datetime.now(ZoneInfo('Asia/Makassar')) + timedelta(hours=12):%H:%M}"
    planned = place.run("fleet", "plan", "--portals", "kalsel,jatim", "--at", at)
    assert planned.status == 0, planned.err
    assert f"kalsel: every night at {at}, first " in planned.out
    with fleet(tmp_path, postgres_url, {}) as machines:
        nights = {each.portal: each.next_night for each in machines.state().portals}
    assert nights.keys() == {"kalsel", "jatim"}
    assert all(night and night > datetime.now(UTC) for night in nights.values())
    assert place.run("fleet", "plan", "jatim", "--every", "never").status == 0
    shown = place.run("fleet", "status")
    assert "kalsel: waiting; last done never; next night" in shown.out
    assert "jatim" not in shown.out


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, sqlite_url: str) -> None:
    (tmp_path / "procrastinate.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'procrastinate'\", name='procrastinate')\n"
    )
    place = Workplace(tmp_path, sqlite_url)
    hidden = place.environment | {"PYTHONPATH": str(tmp_path)}
    refused = place.run("fleet", env=hidden, fresh=True)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err == (
        f"scrapy fleet: a fleet needs procrastinate: {sys.executable} -m pip install"
        " 'antara-crawler[fleet]'\n"
    )


def test_a_fleet_needs_postgresql_and_says_so(tmp_path: Path, sqlite_url: str) -> None:
    refused = Workplace(tmp_path, sqlite_url).run("fleet", "plan", "kalsel")
    assert refused.status == 2
    assert "needs an archive on PostgreSQL" in refused.err
