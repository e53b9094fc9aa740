"""A portal's whole past is walked over several runs, by the roads that it has, the news first."""

import itertools
import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from antara_crawler.archive import Archive
from tests.crawl.truth import assert_exact
from tests.portal import PortalServer
from tests.portal.history import LongSite
from tests.portal.places import clock
from tests.portal.site import Reply
from tests.scrapy_runs import Ended, Workplace, wait_for

SINCE = ("-a", "since=2012-01-01")


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str) -> Workplace:
    return Workplace(tmp_path, sqlite_url)


def asked_for(portal: PortalServer, since: int = 0) -> Counter[int]:
    """How often each number was asked for; further pages of an article are not counted."""
    numbers = (re.match(r"/berita/(\d+)(?:/[^?]*)?$", path) for path in portal.paths[since:])
    return Counter(int(number[1]) for number in numbers if number)


def coverage(place: Workplace) -> dict[str, int]:
    ended = place.run("coverage", "--portal", "kalsel", "--json")
    assert ended.status == 0, ended.err
    figures: dict[str, int] = json.loads(ended.out)
    return figures


def last_run(place: Workplace) -> dict[str, object]:
    with Archive.open(place.archive_url, read_only=True) as archive:
        return dict(archive.runs(limit=1)[0].counts)


def kill_after(place: Workplace, portal: PortalServer, requests: int) -> None:
    words = ("-a", f"base_url={portal.url}", "-s", "DOWNLOAD_DELAY=0.01", *SINCE)
    process = place.start("crawl", "kalsel", *words)
    begun = len(portal.requests)
    try:
        wait_for(lambda: len(portal.requests) > begun + requests)
    finally:
        process.kill()
        process.wait()


def test_what_no_listing_shows_is_found_by_its_number_over_runs_and_kills(place: Workplace) -> None:
    site = LongSite(seed=31, articles=50, most_pages=1, feed_items=15)
    site.hidden = {article.number for article in site.articles[:-15]}
    with PortalServer(site) as portal:
        first = place.crawl(portal.url, *SINCE, "-a", "limit=20")
        assert first.status == 0, first.err
        assert re.search(r"history +\d+ of about \d+ articles .* more runs?", first.err)
        begun = len(portal.requests)
        kill_after(place, portal, 25)
        cut_off = set(asked_for(portal, begun))
        news = {article.number for article in site.add(2)}
        begun = len(portal.requests)
        nightly = place.crawl(portal.url, *SINCE, "-a", "limit=6")
        assert nightly.status == 0, nightly.err
        order = [path for path in portal.paths[begun:] if path.startswith("/berita/")]
        assert {int(path.split("/")[2]) for path in order[:2]} == news
        done = place.crawl(portal.url, *SINCE)
        assert done.status == 0, done.err
        begun = len(portal.requests)
        again = place.crawl(portal.url, *SINCE)
    assert_exact(site.truth, place.records())
    assert "no road leads to more" in done.err
    assert not [path for path in portal.paths[begun:] if path.startswith("/berita/")]
    assert last_run(place)["history"]["left"] == 0, again.err  # type: ignore[index]
    asked = asked_for(portal)
    # One that we hold shows each run whether numbers lead anywhere, and that the portal has not
    # lost all; what the killed run had not stored yet is asked for again.
    shown = {article.number for article in site.articles[-17:]}
    assert {number for number, times in asked.items() if times > 1} <= cut_off | shown
    assert max(times for number, times in asked.items() if number not in shown) <= 2
    figures, missing = coverage(place), set(site.missing)
    assert missing <= set(asked)
    assert (figures["held"], figures["seen"], figures["never_asked"]) == (52, 52, 0)
    assert figures["absent"] == len(set(asked) - {article.number for article in site.articles})
    assert (figures["share"], figures["rests_on"]) == (1.0, "numbers")


@pytest.mark.parametrize("index", ["indeks", "search"])
def test_where_only_a_day_index_works_each_day_is_read_once(place: Workplace, index: str) -> None:
    today = datetime.now(clock("WITA"))
    if today.hour == 0:  # its day has begun, Jakarta's has not
        today -= timedelta(hours=2)
    site = LongSite(
        seed=32, articles=16, days=8, today=today, index=index, per_page=2, by_number=False,
        most_pages=1, feed_items=3,
    )  # fmt: skip
    site.hidden = {article.number for article in site.articles[:-3]}
    # A page may show another zone's clock: `since` is a day of the portal's.
    oldest = min(article.published for article in site.articles).astimezone(clock("WITA"))
    since = ("-a", f"since={oldest:%Y-%m-%d}")
    with PortalServer(site) as portal:
        assert place.crawl(portal.url, *since, "-a", "limit=5").status == 0
        ended = place.crawl(portal.url, *since)
        assert ended.status == 0, ended.err
        once = len(portal.requests)
        assert place.crawl(portal.url, *since).status == 0
    days = Counter(path for path in portal.paths if path.startswith((f"/{index}/",)))
    assert len(days) >= 8
    assert sum(times - 1 for times in days.values()) <= 2
    assert not [path for path in portal.paths[once:] if f"/{index}/" in path]
    assert_exact(site.truth, place.records())


def test_numbers_that_lead_home_or_to_a_soft_404_are_absent_and_owed_to_nobody(
    place: Workplace,
) -> None:
    for seed, absent in ((33, "home"), (34, "soft")):
        site = LongSite(seed=seed, articles=12, missing=0.3, most_pages=3, absent=absent)
        own = Workplace(place.folder / absent, f"sqlite:///{place.folder}/{absent}.db")
        own.folder.mkdir()
        with PortalServer(site) as portal:
            ended = own.crawl(portal.url, *SINCE)
        assert ended.status == 0, ended.err
        assert_exact(site.truth, own.records())
        assert set(site.missing) <= set(asked_for(portal))
        counts = last_run(own)
        assert counts["entries"]["absent"] >= len(site.missing) > 0  # type: ignore[index]
        assert "/berita/" not in own.run("stats", "--failures").out
        assert own.run("verify").status == 0


@pytest.mark.parametrize(("articles", "missing"), [(24, 0.75), (26, 0.4)], ids=["many", "few"])
def test_a_portal_that_loses_all_its_articles_for_a_night_has_no_absent_numbers(
    place: Workplace, articles: int, missing: float
) -> None:
    site = LongSite(seed=35, articles=articles, missing=missing, most_pages=9)
    with PortalServer(site) as portal:
        assert place.crawl(portal.url, *SINCE, "-a", "limit=26").status == 0
        site.by_number = False
        bad = place.crawl(portal.url, *SINCE)
        assert bad.status == 4
        assert "numbers are asked for again" in bad.err
        site.by_number = True
        good = place.crawl(portal.url, *SINCE)
    assert good.status == 0, good.err
    assert coverage(place)["absent"] >= len(site.missing)
    assert_exact(site.truth, place.records())


def test_a_portal_that_loses_articles_for_some_minutes_of_a_run_has_no_absent_numbers(
    place: Workplace,
) -> None:
    site = LongSite(seed=35, articles=44, most_pages=1, feed_items=5)
    asked, respond = itertools.count(), site.respond

    def deploying(path: str, *more: Any) -> Reply:
        if re.fullmatch(r"/berita/[0-9]+", path):
            site.by_number = not 5 < next(asked) < 26
        return respond(path, *more)

    site.respond = deploying  # type: ignore[assignment]
    with PortalServer(site) as portal:
        assert place.crawl(portal.url, *SINCE).status == 4
        done = place.crawl(portal.url, *SINCE)
    assert done.status == 0, done.err
    assert_exact(site.truth, place.records())


def test_what_the_minutes_leave_waits_and_is_no_failure(place: Workplace) -> None:
    site = LongSite(seed=36, articles=16)
    with PortalServer(site) as portal:
        ended = place.crawl(portal.url, *SINCE, "-a", "minutes=0.05", "-s", "DOWNLOAD_DELAY=0.3")
        assert ended.status == 0, ended.err
        assert "stopped as asked" in ended.err
        assert 0 < len(place.records()) < 16
        outside = (datetime.now(UTC).hour + 8 + 12) % 24
        shut: Ended = place.crawl(portal.url, "-a", f"hours={outside}-{(outside + 1) % 24}")
        assert shut.status == 0, shut.err
        assert "documents 0 asked" in shut.err
