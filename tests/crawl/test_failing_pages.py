"""A page that keeps failing: tried again with growing pauses, listed, and given up in the end."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from antara_crawler.archive import Archive, Failure, Frontier
from antara_crawler.archive.frontier import schedule
from antara_crawler.archive.tables.crawl import Pages
from tests.crawl.truth import assert_exact
from tests.portal import Faults, PortalServer, Site
from tests.scrapy_runs import Workplace

PATIENCE = ("-s", "RETRY_TIMES=0")


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str) -> Workplace:
    return Workplace(tmp_path, sqlite_url)


def the_failure(place: Workplace) -> Failure:
    with Archive.open(place.archive_url, read_only=True) as archive:
        failures = Frontier(archive).failures("kalsel")
    [failure] = [each for each in failures if each.role == "article"]
    return failure


def let_pass(place: Workplace, time: timedelta, **values: object) -> None:
    """Move the failing page's times back, as if so much time had passed."""
    failure = the_failure(place)
    assert failure.next_attempt_at is not None
    with Archive.open(place.archive_url) as archive, archive.writing() as connection:
        row = {"next_attempt_at": failure.next_attempt_at - time, **values}
        connection.execute(update(Pages).where(Pages.url == failure.url).values(row))


def test_a_page_that_failed_once_is_had_by_the_next_run(place: Workplace) -> None:
    site = Site(seed=61, articles=12)
    with PortalServer(site, Faults(e503=1)) as portal:
        first = place.crawl(portal.url, *PATIENCE)
        assert first.status == 4, first.err
        failure = the_failure(place)
        assert (failure.state, failure.reason, failure.attempts) == ("failed", "HTTP 503", 1)
        assert place.crawl(portal.url, *PATIENCE).status == 0
    assert_exact(site.truth, place.records())


def test_pages_that_a_cache_kept_by_half_are_told_and_had_by_the_next_run(place: Workplace) -> None:
    site = Site(seed=9, articles=14)
    cut = site.newest[0].path
    with PortalServer(site, Faults(on={cut: "half", "/terkini/2": "half"})) as portal:
        ended = place.crawl(portal.url)
    assert ended.status == 4
    assert "2 pages: damaged or cut short on its way" in ended.err
    assert all(record["url"].endswith(cut) is False for record in place.records())
    with PortalServer(site) as portal:
        assert place.crawl(portal.url).status == 0
    assert_exact(site.truth, place.records())


def test_a_connection_that_breaks_is_told_in_words(place: Workplace) -> None:
    with PortalServer(Site(seed=63, articles=6), Faults(reset=1)) as portal:
        assert place.crawl(portal.url, *PATIENCE).status == 4
    reason = the_failure(place).reason
    assert reason is not None and "onnection" in reason
    assert "<" not in reason and "[" not in reason, "an object was written where words belong"


def test_a_page_that_keeps_failing_is_tried_more_rarely_and_given_up(place: Workplace) -> None:
    site = Site(seed=62, articles=12)
    with PortalServer(site, Faults(e503_for_ever=1)) as portal:
        assert place.crawl(portal.url, *PATIENCE).status == 4
        path = the_failure(place).url.removeprefix("https://kalsel.antaranews.com")
        assert place.crawl(portal.url, *PATIENCE).status == 4
        failure = the_failure(place)
        assert failure.next_attempt_at is not None
        assert failure.next_attempt_at > datetime.now(UTC) + schedule.RETRY_PAUSES[1] / 2
        assert portal.count(path) == failure.attempts == 2

        place.crawl(portal.url, *PATIENCE)
        assert portal.count(path) == 2, "it was asked for before its pause was over"

        let_pass(place, schedule.RETRY_PAUSES[1], attempts=schedule.GIVEN_UP_AFTER - 1)
        assert place.crawl(portal.url, *PATIENCE).status == 4
        failure = the_failure(place)
        assert (failure.state, failure.next_attempt_at) == ("given_up", None)

        assert place.crawl(portal.url, *PATIENCE).status == 0
        assert portal.count(path) == 3
    assert_exact(site.readable(portal.faults), place.records())
