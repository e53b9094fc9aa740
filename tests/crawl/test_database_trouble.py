"""A database that is locked, restarted or gone: the crawl waits and goes on, or stops with 5."""

import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from scrapy.crawler import Crawler
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.project import get_project_settings
from sqlalchemy import event
from sqlalchemy.engine import make_url

from antara_crawler.archive import Archive
from antara_crawler.archive.store import captured
from antara_crawler.crawl.run import Run
from tests.crawl.truth import assert_exact
from tests.faults.evidence import assert_all_is_accounted_for, assert_cited_is_there, assert_sound
from tests.portal import PortalServer, Site
from tests.postgres import PostgresServer, cut_all_connections
from tests.scrapy_runs import Workplace, wait_for


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Hold the archive as another program that writes would."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        other = sqlite3.connect(str(address.database), timeout=30, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.close()
        return
    with psycopg.connect(
        host=address.query["host"], user=address.username, dbname=address.database
    ) as connection:
        connection.execute("LOCK TABLE pages, captures, runs IN ACCESS EXCLUSIVE MODE")
        yield


def start(place: Workplace, portal: PortalServer, *words: str) -> subprocess.Popen[str]:
    """Start a crawl and return when it is well under way."""
    process = place.start(
        *("crawl", "kalsel", "-a", f"base_url={portal.url}", "-s", "DOWNLOAD_DELAY=0.03"), *words
    )
    wait_for(lambda: len(portal.requests) >= 12)
    return process


def read_until(process: subprocess.Popen[str], said: str) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if said in line:
            return
    raise AssertionError(f"it never said {said!r}")


def assert_whole(place: Workplace, portal: PortalServer) -> None:
    assert_exact(portal.site.truth, place.records())
    captures = place.folder / "captures"
    assert_cited_is_there(place.archive_url, captures)
    assert_all_is_accounted_for(place.archive_url, captures)
    assert_sound(place.archive_url)


def assert_stops_and_completes(
    place: Workplace, process: subprocess.Popen[str], portal: PortalServer
) -> None:
    _, err = process.communicate(timeout=120)
    assert process.returncode == 5, err
    assert "Traceback" not in err
    assert len(re.findall(r"ERROR", err)) == 1
    assert "STOPPED: could not write" in err
    assert place.crawl(portal.url).status == 0
    assert_whole(place, portal)


def test_an_archive_locked_for_a_while_is_waited_for(tmp_path: Path, archive_url: str) -> None:
    place = Workplace(tmp_path, archive_url)
    with PortalServer(Site(seed=51, articles=16)) as portal:
        process = start(place, portal)
        with locked(archive_url):
            read_until(process, "locked by another program")
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert_whole(place, portal)


def test_an_archive_locked_for_too_long_or_damaged_stops_the_crawl(
    tmp_path: Path, sqlite_url: str
) -> None:
    place = Workplace(tmp_path, sqlite_url)
    with PortalServer(Site(seed=52, articles=16)) as portal:
        process = start(place, portal, "-s", "WRITE_PATIENCE=0.5")
        with locked(sqlite_url):
            process.wait(180)
        assert_stops_and_completes(place, process, portal)
        with sqlite3.connect(str(make_url(sqlite_url).database)) as connection:
            connection.execute("UPDATE pages SET discovered_at = 'x'")
        ended = place.crawl(portal.url)
    assert (ended.status, "please report it" in ended.err) == (5, False), ended.err
    assert "why       a row of the archive is damaged" in ended.err


def test_an_archive_locked_from_the_start_is_said_in_one_line(
    tmp_path: Path, sqlite_url: str
) -> None:
    place = Workplace(tmp_path, sqlite_url)
    with PortalServer(Site(seed=53, articles=10)) as portal:
        assert place.crawl(portal.url).status == 0
        before = len(portal.requests)
        with locked(sqlite_url):
            ended = place.crawl(portal.url, "-s", "WRITE_PATIENCE=0.5")
        assert ended.status == 5, ended.err
        assert len(portal.requests) == before
        [line] = [line for line in ended.err.splitlines() if "scrapy crawl:" in line]
        assert "locked by another program" in line
        assert "Traceback" not in ended.err


def test_an_archive_locked_at_the_start_is_waited_for(tmp_path: Path, archive_url: str) -> None:
    place = Workplace(tmp_path, archive_url)
    with PortalServer(Site(seed=56, articles=10)) as portal:
        Archive.open(archive_url, create=True).close()
        with locked(archive_url):
            words = ("-a", f"base_url={portal.url}", "-s", "DOWNLOAD_DELAY=0")
            process = place.start("crawl", "kalsel", *words)
            read_until(process, "waiting for it")
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err


def test_a_connection_cut_amid_the_opening_of_a_run_is_made_anew(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = get_project_settings()
    settings.setdict({"ARCHIVE_URL": postgres_url, "CAPTURES_DIR": tmp_path}, "cmdline")
    crawler = Crawler(get_spider_loader(settings).load("kalsel"), settings)
    crawler.spider = crawler.spidercls.from_crawler(crawler)
    ask, cuts = captured.last_file, []

    def cut(*_: object) -> None:
        if not cuts:
            cuts.append(cut_all_connections(postgres_url))

    def asked(archive: Archive, portal: str) -> str | None:
        event.listen(archive.engine, "before_cursor_execute", cut)
        return ask(archive, portal)

    monkeypatch.setattr(captured, "last_file", asked)
    opened = Run(crawler)
    opened._resources.close()
    assert cuts


def test_a_server_restarted_in_mid_crawl_is_waited_for(
    tmp_path: Path, postgres_server: PostgresServer, postgres_url: str
) -> None:
    place = Workplace(tmp_path, postgres_url)
    with PortalServer(Site(seed=54, articles=16)) as portal:
        process = start(place, portal)
        postgres_server.stop()
        try:
            read_until(process, "waiting for it")
        finally:
            postgres_server.start()
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert_whole(place, portal)


def test_a_server_that_stays_away_stops_the_crawl(
    tmp_path: Path, postgres_server: PostgresServer, postgres_url: str
) -> None:
    place = Workplace(tmp_path, postgres_url)
    with PortalServer(Site(seed=55, articles=16)) as portal:
        process = start(place, portal, "-s", "WRITE_PATIENCE=0.5")
        postgres_server.stop()
        try:
            process.wait(180)
        finally:
            postgres_server.start()
        assert_stops_and_completes(place, process, portal)
