"""A whole crawl of the loopback portal, run as a user runs it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from antara_crawler.warc import scan
from tests.crawl.truth import assert_exact
from tests.portal import Faults, PortalServer, Site
from tests.portal.places import FORBIDDEN
from tests.scrapy_runs import ROOT, Ended, Workplace, wait_for


@dataclass
class Crawled:
    """A portal and the archive of one crawl of it."""

    site: Site
    portal: PortalServer
    place: Workplace
    ended: Ended


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("crawled")
    place = Workplace(folder, f"sqlite:///{folder}/archive.db")
    site = Site(seed=11, articles=220)
    with PortalServer(site) as portal:
        yield Crawled(site, portal, place, place.crawl(portal.url))


def test_every_article_of_the_portal_is_archived_exactly(crawled: Crawled) -> None:
    assert crawled.ended.status == 0, crawled.ended.err
    assert_exact(crawled.site.truth, crawled.place.records())


def test_the_summary_counts_what_is_in_the_archive(crawled: Crawled) -> None:
    removed = sum(len(r["removed_paragraphs"]) for r in crawled.place.records())
    assert f"articles  {len(crawled.site.truth)} new, 0 revised" in crawled.ended.err
    assert f"{removed} repeated paragraphs removed" in crawled.ended.err


def test_every_record_cites_the_capture_that_it_was_read_from(crawled: Crawled) -> None:
    captures = crawled.place.folder / "captures"
    on_disk = {(c.capture.file, c.capture.offset): c.capture.sha256 for c in scan(captures)}
    for record in crawled.place.records():
        cited = record["capture"]
        assert on_disk[cited["file"], cited["offset"]] == cited["sha256"]


def test_robots_txt_is_obeyed(crawled: Crawled) -> None:
    forbidden, _ = FORBIDDEN
    assert not [path for path in crawled.portal.paths if path.startswith(forbidden)]
    agents = {seen.headers["user-agent"] for seen in crawled.portal.requests}
    assert len(agents) == 1
    assert "antara-crawler" in agents.pop()


def test_a_second_run_asks_for_feeds_and_first_listing_pages_only(crawled: Crawled) -> None:
    before = len(crawled.portal.requests)
    again = crawled.place.crawl(crawled.portal.url)
    asked = crawled.portal.paths[before:]
    assert again.status == 0
    assert "articles  0 new, 0 revised" in again.err
    assert len(asked) == len(set(asked))
    assert not [path for path in asked if path.rpartition("/")[2].isdecimal()]
    assert not [path for path in asked if path.startswith(("/berita/", "/nasional/berita/"))]


def test_with_every_fault_of_the_portal_all_readable_articles_are_there(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    site, faults = Site(seed=8, articles=45), Faults.all()
    with PortalServer(site, faults) as portal:
        ended = place.crawl(portal.url, "-s", "DOWNLOAD_TIMEOUT=4", "-s", "RETRY_TIMES=2")
    assert ended.status == 4, ended.err
    truth = site.readable(faults)
    assert_exact(truth, place.records())
    assert f"{len(site.truth) - len(truth)}" in ended.err


def test_an_index_that_cannot_be_read_is_a_failure_and_is_asked_for_again(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    site = Site(seed=9, articles=15)
    with PortalServer(site, Faults(on={"/rss/terkini.xml": "binary"})) as portal:
        ended = place.crawl(portal.url)
    assert ended.status == 4
    assert "1 unreadable" in ended.err
    assert_exact(site.truth, place.records())
    with PortalServer(site) as portal:
        assert place.crawl(portal.url).status == 0
        assert [s.status for s in portal.requests if s.path == "/rss/terkini.xml"] == [200]


def test_a_bomb_and_a_huge_page_do_not_fill_the_memory(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    faults = Faults(huge=1, gzip_bomb=1)
    with PortalServer(Site(seed=8, articles=20), faults) as portal:
        words = ("crawl", "kalsel", "-a", f"base_url={portal.url}", "-s", "DOWNLOAD_DELAY=0")
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", *words], cwd=ROOT, env=place.environment
        )
        _, status, used = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 4
    assert used.ru_maxrss / 1024 < 400


def test_on_a_terminal_one_line_shows_how_it_goes(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    with PortalServer(Site(seed=9, articles=15)) as portal:
        status, shown = place.on_terminal(
            *("crawl", "kalsel", "-a", f"base_url={portal.url}", "-s", "DOWNLOAD_DELAY=0.05")
        )
    assert status == 0
    assert re.search(r"\r\x1b\[Kfound \d+  new \d+  known \d+  failed 0 ", shown)
    assert "kalsel: done in" in shown


def test_a_second_run_of_the_same_portal_stops_with_one_line(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    with PortalServer(Site(seed=9, articles=15)) as portal:
        words = ("crawl", "kalsel", "-a", f"base_url={portal.url}", "-s", "DOWNLOAD_DELAY=0.2")
        first = place.start(*words)
        wait_for(lambda: portal.requests)
        second = place.run(*words)
        first.terminate()
        first.communicate(timeout=180)
    assert second.status == 6
    assert f"kalsel is being crawled by process {first.pid}" in second.err


def test_captures_answer_instead_of_the_network(crawled: Crawled, tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    asked = len(crawled.portal.requests)
    captures = crawled.place.folder / "captures"
    feed = tmp_path / "articles.jsonl"
    ended = place.run("crawl", "kalsel", "-a", f"captures={captures}", "-o", str(feed))
    assert ended.status == 0, ended.err
    written = sorted(json.loads(line)["url"] for line in feed.read_text().splitlines())
    assert written == sorted(record["url"] for record in place.records())
    assert len(crawled.portal.requests) == asked
    assert_exact(crawled.site.truth, place.records())
    seen = {r["article_id"]: r["first_seen_at"] for r in crawled.place.records()}
    assert {r["article_id"]: r["first_seen_at"] for r in place.records()} == seen
    full = place.run("crawl", "kalsel", "-a", f"captures={captures}", "-o", "/dev/full:json")
    assert (full.status, "the file of -o is not whole" in full.err) == (5, True), full.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["crawl", "kalsle"], "kalsel"),
        (["crawl"], "name one portal"),
        (["crawl", "kalsel", "-a", "since=kemarin"], "since=kemarin is not a date"),
        (["crawl", "kalsel", "-a", "sinse=2024-01-01"], "sinse"),
        (["crawl", "kalsel", "-a", "limit=0"], "limit=0"),
        (["crawl", "kalsel", "-a", "captures="], "captures= is not there"),
        (["crawl", "kalsel", "-s", "RECHECK_AFTER=soon"], "RECHECK_AFTER"),
        (["crawl", "kalsel", "-s", "ITEM_PIPELINES={}"], "ITEM_PIPELINES must keep pipelines."),
        (["crawl", "kalsel.antaranews.com"], "did you mean kalsel?"),
        (["crawl", "kalsel", "-a", "captures=/nowhere.warc.gz"], "/nowhere.warc.gz"),
        (["crawl", "kalsel", "-a", "base_url=kalsel"], "base_url=kalsel"),
        (["crawl", "kalsel", "-a", "since=2024-02-01", "-a", "until=2024-01-01"], "since"),
        (["crawl", "kalsel", "-s", "ARCHIVE_URL=oracle://x/y"], "oracle"),
        (["crawl", "kalsel", "-s", "ARCHIVE_URL=nonsense"], "ARCHIVE_URL"),
        (["crawl", "kalsel", "--sinse", "2024"], "--sinse"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_one_line(
    tmp_path: Path, words: list[str], said: str
) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    ended = place.run(*words)
    assert ended.status == 2, ended.err
    lines = [line for line in ended.err.splitlines() if "INFO" not in line]
    assert len(lines) == 1
    assert said in lines[0]
    assert not list(tmp_path.iterdir())
