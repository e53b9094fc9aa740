"""What a fleet does, asked of its tables: as a state, as a page, and what goes wrong in it."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

pytest.importorskip("procrastinate")

from antara_crawler.archive import Archive, Writer
from antara_crawler.fleet import jobs
from antara_crawler.fleet.queue import opened
from antara_crawler.fleet.state import SCHEMA, FleetState, state_of
from antara_crawler.health.judge import fleet_faults
from antara_crawler.locations import database_url
from tests.archive.samples import article, start_run
from tests.web.pages import see
from tests.web.serving import serving

MACHINES = f"""
INSERT INTO {SCHEMA}.machines (worker_id, name, at_once, seen_at, stopped_at, why) VALUES
 (1, 'east', 2, now(), NULL, NULL), (2, 'middle', 2, now() - interval '9 minutes', NULL, NULL),
 (3, 'west', 4, now(), now(), 'kalsel: <b>disk</b> full'), (4, 'north', 1, now(), now(), NULL)
"""
PORTALS = f"""
INSERT INTO {SCHEMA}.portals (portal, machine, exit_status, ended_at, why) VALUES
 ('jatim', 'west', 3, now(), '<b>refused</b>'), ('kalsel', 'east', 0, now(), NULL)
"""


async def _plan(url: str) -> None:
    async with opened(database_url(url), create=True) as app:
        await jobs.plan_crawl(app, "kalsel", {})
        await jobs.plan_night(app, "kalteng", "03:15", {})


def test_a_fleet_is_shown_with_what_waits_failed_and_fell_silent(
    tmp_path: Path, postgres_url: str
) -> None:
    with Archive.open(postgres_url, create=True) as archive:
        assert state_of(archive) is None
        lately = [article(n, datetime.now(UTC) - timedelta(minutes=n)) for n in (1, 2, 3)]
        Writer(archive, "tests").write(lately, start_run(archive))
        asyncio.run(_plan(postgres_url))
        with archive.writing() as connection:
            connection.exec_driver_sql(MACHINES)
            connection.exec_driver_sql(PORTALS)
        state = state_of(archive)
        assert state is not None
        assert {each.name: each.state for each in state.machines} == {
            "east": "alive",
            "middle": "silent",
            "north": "stopped",
            "west": "stopped",
        }
        assert {each.portal: each.state for each in state.portals} == {
            "jatim": "failed",
            "kalsel": "queued",
            "kalteng": "waiting",
        }
        assert state.articles_a_minute == 0.3
        _assert_faults(state)
    with (
        Archive.open(postgres_url, read_only=True) as archive,
        serving(archive, tmp_path) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as web,
    ):
        assert see(web, "/runs", lang="en").link("Machines & portals").endswith("/fleet?lang=en")
        shown = see(web, "/fleet", lang="en")
        assert shown.texts("dl.figures dd") == ["1", "0.3", "0", "1", "1"]
        failed, queued, waiting, *_ = shown.texts("tbody tr")
        assert "<b>refused</b>" in failed and "nothing could be fetched" in failed
        assert queued.startswith("kalsel queued east")
        assert waiting.startswith("kalteng waiting –")
        indonesian = see(web, "/fleet")
        assert "0,3" in indonesian.texts("dl.figures dd")
        assert "bekerja" in indonesian.texts(".state")


def _assert_faults(state: FleetState) -> None:
    now = datetime.now(UTC)
    found = {each.key: each.what for each in fleet_faults(state, now)}
    assert found.keys() == {"machine middle", "machine west", "fleet failed jatim"}
    assert "silent since" in found["machine middle"]
    assert "disk" in found["machine west"]
    late = {each.key for each in fleet_faults(state, now + timedelta(hours=25))}
    assert late - found.keys() == {"fleet queued kalsel"}


def test_where_no_fleet_is_there_is_no_page(tmp_path: Path, sqlite_url: str) -> None:
    with Archive.open(sqlite_url, create=True):
        pass
    with (
        Archive.open(sqlite_url, read_only=True) as archive,
        serving(archive, tmp_path) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as web,
    ):
        see(web, "/fleet", 404)
        assert 'href="/fleet' not in web.get("/runs").text
