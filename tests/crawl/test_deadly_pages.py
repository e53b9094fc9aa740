"""A page that kills the program, whatever it is that kills it: met, paused, listed."""

import signal
from pathlib import Path

import pytest

from antara_crawler.archive import Archive, runs
from antara_crawler.crawl.recovery import left_behind
from tests.crawl.truth import assert_exact
from tests.portal import PortalServer, Site
from tests.scrapy_runs import Workplace

DEADLY = """
import os, signal, sys
from scrapy.cmdline import execute
from antara_crawler.spiders import templates

read, deadly = templates.read_article, sys.argv.pop(1)

def read_or_die(html, url, *more, **named):
    if f"/{deadly}/" in url:
        os.kill(os.getpid(), signal.SIGKILL)
    return read(html, url, *more, **named)

templates.read_article = read_or_die
execute(["scrapy", "crawl", "kalsel", "-s", "DOWNLOAD_DELAY=0", *sys.argv[1:]])
"""


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str) -> Workplace:
    return Workplace(tmp_path, sqlite_url)


def crawl_dying_of(place: Workplace, number: int, url: str) -> int:
    return place.run("-c", DEADLY, str(number), "-a", f"base_url={url}").status


def test_a_page_that_kills_two_runs_is_left_alone_by_the_third(place: Workplace) -> None:
    site = Site(seed=61, articles=14)
    deadly = next(article for article in site.newest if article.kind == "berita")
    with PortalServer(site) as portal:
        for _ in range(2):
            assert crawl_dying_of(place, deadly.number, portal.url) == -signal.SIGKILL
        assert crawl_dying_of(place, deadly.number, portal.url) in (0, 4)
        with Archive.open(place.archive_url, read_only=True) as archive:
            [failure] = [each for each in archive.failures() if each.role == "article"]
        assert str(deadly.number) in failure.url
        others = [truth for truth in site.truth if truth["article_id"] != deadly.number]
        assert_exact(others, place.records())


def test_a_page_that_a_kill_met_by_chance_is_stored_by_the_next_run(place: Workplace) -> None:
    site = Site(seed=62, articles=14)
    met = next(article for article in site.newest if article.kind == "berita")
    with PortalServer(site) as portal:
        assert crawl_dying_of(place, met.number, portal.url) == -signal.SIGKILL
        with Archive.open(place.archive_url, read_only=True) as archive:
            first = runs.first_begun(archive)
        assert first is not None
        left = left_behind(place.folder / "captures", "kalsel", first)
        assert left is not None
        assert left[:2] == (met.kind, met.number)
        assert place.crawl(portal.url).status == 0
        assert_exact(site.truth, place.records())
        assert list((place.folder / "captures").glob("*.reading")) == []
