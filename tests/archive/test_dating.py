"""Dates of feeds and cards are hints; the page's own date counts, on the portal's own clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from antara_crawler.archive import Archive, Filters, Frontier, Span, Writer
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.items import Page
from tests.archive.samples import START, article, at, columns, due, numbers, outcome, page

DAY = timedelta(days=1)
RECENT = Span(since=at(-48), until=at(0))


def asked(frontier: Frontier, run: int, *pages: Page, hours: float = 0) -> list[int | None]:
    return numbers(due(frontier.queue(pages, run=run, now=at(hours), wanted=RECENT)))


def hinted(hours: float, margin: timedelta = DAY) -> Page:
    return page(1, published_at=at(hours), margin=margin)


@pytest.mark.parametrize(
    ("hours", "is_asked"), [(-73, False), (-71, True), (-24, True), (23, True), (24, False)]
)
def test_a_hint_near_the_border_is_left_to_the_page(
    frontier: Frontier, run: int, hours: float, is_asked: bool
) -> None:
    assert asked(frontier, run, hinted(hours)) == ([1] if is_asked else [])
    found = numbers(list(frontier.pending("kalsel", START, wanted=RECENT)))
    assert found == ([1] if is_asked else [])


def test_what_a_hint_leaves_out_stays_queued(
    archive: Archive, frontier: Frontier, run: int
) -> None:
    asked(frontier, run, hinted(-500))
    assert columns(archive, 1, Pages.state) == ("queued",)
    assert numbers(list(frontier.pending("kalsel", START))) == [1]


@pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(days=27_000)])
def test_a_hint_ahead_of_the_clock_is_none(frontier: Frontier, run: int, ahead: timedelta) -> None:
    assert asked(frontier, run, page(1, published_at=START + ahead, margin=DAY)) == [1]


def test_a_better_hint_takes_the_place_of_a_worse_one(
    archive: Archive, frontier: Frontier, run: int
) -> None:
    assert asked(frontier, run, hinted(-500, 8 * DAY)) == []
    assert asked(frontier, run, hinted(-30)) == [1]
    assert columns(archive, 1, Pages.published_at) == (at(-30),)
    assert asked(frontier, run, hinted(-500, 8 * DAY)) == [1]
    assert columns(archive, 1, Pages.published_at) == (at(-30),)


def test_a_worse_hint_that_says_otherwise_is_heeded_till_the_page_itself_is_read(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    assert asked(frontier, run, hinted(-500)) == []
    assert asked(frontier, run, hinted(-24, 8 * DAY)) == [1]
    read = replace(hinted(-24), published_at=at(-500))
    writer.write([outcome(1, "out_of_range", 0, page=read)], run)
    assert asked(frontier, run, hinted(-24), hours=1) == []
    assert list(frontier.pending("kalsel", at(1), wanted=RECENT)) == []
    assert numbers(list(frontier.pending("kalsel", at(1), wanted=Span(until=at(-400))))) == [1]


WIB, WITA, WIT = (timezone(timedelta(hours=hours)) for hours in (7, 8, 9))


@pytest.mark.parametrize(
    ("portal", "shown", "day"),
    [
        ("kalsel", datetime(2026, 2, 27, 23, 30, tzinfo=WIB), "2026-02-28"),
        ("kalsel", datetime(2026, 2, 27, 23, 30, tzinfo=WITA), "2026-02-27"),
        ("kalsel", datetime(2026, 2, 27, 16, 30, tzinfo=UTC), "2026-02-28"),
        ("jatim", datetime(2026, 2, 28, 0, 30, tzinfo=WITA), "2026-02-27"),
        ("papua", datetime(2026, 2, 27, 22, 30, tzinfo=WIB), "2026-02-28"),
    ],
)
def test_the_day_is_that_of_the_portals_clock(
    archive: Archive, writer: Writer, run: int, portal: str, shown: datetime, day: str
) -> None:
    made = article(1, published_at=shown, portal=portal)
    url = f"https://{portal}.antaranews.com/berita/1/judul-1"
    writer.write([replace(made, url=url, captures=())], run)
    with archive.reading() as connection:
        [(found,)] = connection.execute(
            Articles.__table__.select().with_only_columns(Articles.published_on)
        ).all()
    assert str(found) == day
    assert len(list(archive.articles(Filters(since=found, until=found)))) == 1
