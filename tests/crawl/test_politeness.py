"""What a guest owes: robots.txt, pauses, no more requests than needed."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import update

from antara_crawler.archive import Archive, Frontier
from antara_crawler.archive.tables.crawl import Pages, Waits
from antara_crawler.crawl.account.account import Verdict
from antara_crawler.crawl.account.bookkeeping import verdict_of_robots
from tests.crawl.truth import assert_exact
from tests.portal import Faults, PortalServer, Site
from tests.scrapy_runs import Workplace, wait_for


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str) -> Workplace:
    return Workplace(tmp_path, sqlite_url)


def test_a_portal_that_forbids_everything_ends_with_status_3(place: Workplace) -> None:
    with PortalServer(Site(seed=9, articles=5), Faults(robots="disallow all")) as portal:
        ended = place.crawl(portal.url)
    assert ended.status == 3
    assert set(portal.paths) == {"/robots.txt"}
    assert "NOTHING COULD BE FETCHED" in ended.err
    assert "forbidden by robots.txt" in ended.err


@pytest.mark.parametrize("fault", ["e503_for_ever", "redirect_loop", "binary"])
def test_a_robots_txt_that_cannot_be_read_is_no_permission(place: Workplace, fault: str) -> None:
    with PortalServer(Site(seed=9, articles=5), Faults(on={"/robots.txt": fault})) as portal:
        ended = place.crawl(portal.url)
    assert ended.status == 3
    assert {path.partition("?")[0] for path in portal.paths} == {"/robots.txt"}
    assert "robots.txt could not be read" in ended.err


@pytest.mark.parametrize(
    ("verdict", "statuses"),
    [
        (Verdict.READ, {200}),
        (Verdict.ABSENT, {401, 403, 404, 410, 451}),
        (Verdict.FAILED, {202, 204, 206, 300, 302, 304, 429, 500, 503, 520, 999}),
    ],
)
def test_rules_are_what_200_shows_and_none_what_4xx_says(
    verdict: Verdict, statuses: set[int]
) -> None:
    assert {verdict_of_robots(status) for status in statuses} == {verdict}


def test_the_pause_that_robots_txt_asks_for_is_kept(place: Workplace) -> None:
    with PortalServer(Site(seed=9, articles=3, crawl_delay=0.3)) as portal:
        place.crawl(portal.url, "-a", "limit=2")
    # the first gap is before robots.txt has been read
    paused = [request.at for request in portal.requests[2:]]
    assert len(paused) > 2
    # Of them all: a busy machine may hold one request up and let it meet the next.
    assert paused[-1] - paused[0] > 0.25 * (len(paused) - 2)


def test_a_wait_that_the_portal_asks_for_is_kept(place: Workplace) -> None:
    with PortalServer(Site(seed=9, articles=6), Faults(e429=1, retry_after=2)) as portal:
        assert place.crawl(portal.url).status == 0
    [refused] = [seen for seen in portal.requests if seen.status == 429]
    assert not [s for s in portal.requests if 0 < s.at - refused.at < 1.5]


def let_the_wait_pass(place: Workplace) -> None:
    """Move the times that the portal and its pages set back, as if they had passed."""
    past = datetime.now(UTC) - timedelta(minutes=1)
    with Archive.open(place.archive_url) as archive, archive.writing() as connection:
        connection.execute(update(Waits).values(until=past))
        failed = update(Pages).where(Pages.state == "failed")
        connection.execute(failed.values(next_attempt_at=past))


def test_a_wait_of_an_hour_ends_the_run_and_holds_for_the_next_ones(place: Workplace) -> None:
    site = Site(seed=9, articles=12)
    with PortalServer(site, Faults(e429=1, retry_after=3600)) as portal:
        first = place.crawl(portal.url)
        assert first.status == 4
        assert "the portal asks not to be asked before" in first.err
        assert "(HTTP 429)" in first.err
        asked = len(portal.requests)
        assert portal.requests[-1].status == 429, "asked again before the hour was over"
        assert len(place.records()) < 12

        second = place.crawl(portal.url)
        assert second.status == 3, second.err
        assert "the portal asks not to be asked before" in second.err
        assert len(portal.requests) == asked, "asked again before the hour was over"

        let_the_wait_pass(place)
        assert place.crawl(portal.url).status == 0
    assert_exact(site.truth, place.records())


def test_a_page_that_asks_for_a_long_wait_waits_alone(place: Workplace) -> None:
    site = Site(seed=9, articles=12)
    path = site.articles[4].path
    with PortalServer(site, Faults(on={path: "e503_wait"})) as portal:
        first = place.crawl(portal.url)
        assert first.status == 4, first.err
        assert "not to be asked before" not in first.err
        assert len(place.records()) == 11
        with Archive.open(place.archive_url, read_only=True) as archive:
            [failure] = [f for f in Frontier(archive).failures("kalsel") if f.role == "article"]
        assert failure.next_attempt_at is not None
        assert failure.next_attempt_at > datetime.now(UTC) + timedelta(hours=23)

        place.crawl(portal.url)
        assert portal.count(path) == 1, "it was asked for before its wait was over"


def test_refusals_page_after_page_end_the_run(place: Workplace) -> None:
    site = Site(seed=9, articles=14)
    with PortalServer(site, Faults(e503_for_ever=14)) as portal:
        ended = place.crawl(portal.url, "-s", "REFUSED_PAUSE=0", "-s", "REFUSED_AFTER=5")
    assert ended.status in (3, 4), ended.err
    assert "HTTP 503 for 5 pages in a row" in ended.err
    refused = [seen.path for seen in portal.requests if seen.status == 503]
    assert len(set(refused)) == 5
    assert len(refused) <= 7, "only the first one is asked for again at once"


def test_what_did_not_change_is_not_sent_again_but_for_an_index_whose_parts_may_have(
    place: Workplace,
) -> None:
    with PortalServer(Site(seed=9, articles=6, sitemap=True)) as portal:
        assert place.crawl(portal.url).status == 0
        before = len(portal.requests)
        assert place.crawl(portal.url).status == 0
    again = {seen.path: seen.status for seen in portal.requests[before:]}
    assert again["/rss/terkini.xml"] == again["/sitemap-1.xml"] == 304
    assert again["/sitemap.xml"] == 200


def test_one_request_is_under_way_at_a_time_and_pauses_lie_between(place: Workplace) -> None:
    with PortalServer(Site(seed=9, articles=3)) as portal:
        process = place.start("crawl", "kalsel", "-a", f"base_url={portal.url}")
        wait_for(lambda: len(portal.requests) >= 8)
        process.terminate()
        process.communicate(timeout=180)
        assert process.returncode == 0
    gaps = [after.at - before.at for before, after in list(pairwise(portal.requests[:8]))[1:]]
    assert min(gaps) > 0.4  # a second, give or take Scrapy's half
