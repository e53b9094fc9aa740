"""The frontier says what is to be asked for now, and remembers what became of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from antara_crawler.archive import Archive, Frontier, Span, Writer
from antara_crawler.archive.frontier.schedule import (
    LONGEST_PAUSE,
    RECHECK_AGES,
    RECHECK_PAUSE,
    ages_of,
    next_recheck,
)
from antara_crawler.archive.tables.crawl import Captures, Pages
from antara_crawler.errors import UsageError
from antara_crawler.items import Page
from tests.archive.samples import (
    FEED,
    START,
    article,
    at,
    capture,
    columns,
    due,
    numbers,
    outcome,
    page,
    start_run,
)


def test_new_articles_are_queued_and_returned_once_in_order(frontier: Frontier, run: int) -> None:
    found = [page(3), page(1), page(3), page(2)]
    assert numbers(due(frontier.queue(found, run=run, now=START))) == [3, 1, 2]
    assert numbers(list(frontier.pending("kalsel", START))) == [3, 1, 2]


def test_an_article_is_known_by_its_number_whatever_its_slug(
    archive: Archive, frontier: Frontier, run: int
) -> None:
    renamed = replace(page(1), url="https://kalsel.antaranews.com/berita/1/judul-baru")
    frontier.queue([page(1)], run=run, now=START)
    frontier.queue([renamed, page(1)], run=run, now=START)
    assert numbers(list(frontier.pending("kalsel", START))) == [1]


def test_a_queued_page_stays_due_until_something_became_of_it(frontier: Frontier, run: int) -> None:
    frontier.queue([page(1)], run=run, now=START)
    assert numbers(due(frontier.queue([page(1)], run=run, now=at(1)))) == [1]


def test_a_stored_article_is_not_due_before_its_recheck(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    published = at(-1)
    frontier.queue([page(1)], run=run, now=START)
    writer.write([article(1, published_at=published)], run)
    assert due(frontier.queue([page(1)], run=run, now=at(4.9))) == []
    assert list(frontier.pending("kalsel", at(4.9))) == []
    [asked] = due(frontier.queue([page(1)], run=run, now=at(5)))
    assert (asked.etag, asked.last_modified) == (capture(1).etag, capture(1).last_modified)
    assert numbers(list(frontier.pending("kalsel", at(5)))) == [1]


def test_an_old_article_is_never_due_again(frontier: Frontier, writer: Writer, run: int) -> None:
    writer.write([article(1, published_at=at(-24 * 40))], run)
    assert due(frontier.queue([page(1)], run=run, now=at(24 * 400))) == []


@given(
    st.integers(0, 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.timedeltas(timedelta(), timedelta(days=40)),
)
def test_a_recheck_falls_on_one_of_the_ages_and_not_at_once(
    published: datetime, age: timedelta
) -> None:
    fetched = published + age
    due = next_recheck(published, fetched)
    if due is None:
        assert age > RECHECK_AGES[-1] - RECHECK_PAUSE
        return
    assert due - published in RECHECK_AGES
    assert due >= fetched + RECHECK_PAUSE


def test_an_article_without_a_date_is_not_rechecked() -> None:
    assert next_recheck(None, START) is None
    assert next_recheck(None, START) is None


def test_articles_outside_of_the_dates_wanted_wait_for_a_run_that_wants_them(
    frontier: Frontier, run: int
) -> None:
    found = [page(1, published_at=at(-48)), page(2, published_at=at(-12)), page(3)]
    recent, older = Span(since=at(-24)), Span(until=at(-24))
    assert numbers(due(frontier.queue(found, run=run, now=START, wanted=recent))) == [2, 3]
    assert numbers(list(frontier.pending("kalsel", START, wanted=recent))) == [2, 3]
    assert numbers(list(frontier.pending("kalsel", START, wanted=older))) == [1, 3]
    assert numbers(due(frontier.queue(found, run=run, now=START))) == [1, 2, 3]


def test_an_article_read_to_be_out_of_range_is_not_asked_for_again_in_that_range(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    recent = Span(since=at(-24))
    frontier.queue([page(1)], run=run, now=START, wanted=recent)
    read = replace(page(1), published_at=at(-48))
    [stored] = writer.write([outcome(1, "out_of_range", 0, page=read)], run)
    assert stored.outcome == "out_of_range"
    assert due(frontier.queue([page(1)], run=run, now=at(1), wanted=recent)) == []
    assert list(frontier.pending("kalsel", at(1), wanted=recent)) == []
    assert numbers(list(frontier.pending("kalsel", at(1)))) == [1]


def test_what_is_named_is_given_back_with_where_it_stands(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    recent = Span(since=at(-24))
    old = page(2, published_at=at(-48))
    writer.write(
        [
            article(1, published_at=at(-1)),
            outcome(3, "out_of_range", 0, page=page(3, published_at=at(-48))),
            *(outcome(4, "failed", hours) for hours in (0, 1)),
            *(outcome(5, "unreadable", hours) for hours in (0, 1)),
            article(6, published_at=at(-1)),
            *(outcome(6, "gone", hours) for hours in (1, 24)),
            outcome(7, "given_up", 0),
        ],
        run,
    )
    named = [page(1), old, *map(page, range(3, 9))]
    standings = [each.standing for each in frontier.queue(named, run=run, now=at(2), wanted=recent)]
    assert standings == [
        *("not_due", "dates", "out_of_range", "failed", "unreadable", "gone", "given_up", "due")
    ]


def test_a_time_that_a_clock_ahead_has_set_counts_as_due(
    archive: Archive, frontier: Frontier, writer: Writer, run: int
) -> None:
    ahead, longest = at(24 * 5000), LONGEST_PAUSE
    for number in (1, 2, 3):
        writer.write([outcome(number, "failed", 0)], run)
    with archive.writing() as connection:
        for number, again in ((1, ahead), (2, START + longest), (3, START)):
            change = update(Pages).where(Pages.number == number).values(next_attempt_at=again)
            connection.execute(change)
    assert numbers(list(frontier.pending("kalsel", START))) == [3, 1]
    named = frontier.queue([page(1), page(2), page(3)], run=run, now=START)
    assert [each.standing for each in named] == ["due", "failed", "due"]


def test_a_date_ahead_of_the_fetch_delays_no_recheck() -> None:
    assert next_recheck(at(24 * 9000), START) == START + RECHECK_AGES[0]


def test_a_date_hint_fills_a_gap_and_is_replaced_by_what_the_page_says(
    archive: Archive, frontier: Frontier, writer: Writer, run: int
) -> None:
    frontier.queue([page(1)], run=run, now=START)
    frontier.queue([page(1, published_at=at(-3))], run=run, now=START)
    frontier.queue([page(1, published_at=at(-9))], run=run, now=START)
    assert columns(archive, 1, Pages.published_at) == (at(-3),)
    writer.write([article(1, published_at=at(-2))], run)
    assert columns(archive, 1, Pages.published_at) == (at(-2),)


def test_pending_reads_in_batches_while_pages_change_state(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    frontier.queue([page(number) for number in range(1200)], run=run, now=START)
    frontier.queue([page(5000)], run=run, now=at(1))
    found = []
    for each in frontier.pending("kalsel", at(1)):
        found.append(each.number)
        if each.number == 10:
            writer.write([article(11, at(1)), article(700, at(1))], run)
    assert found == [number for number in range(1200) if number != 700] + [5000]
    assert list(frontier.pending("bali", at(1))) == []


def test_a_feed_and_what_it_names_are_kept_together(
    archive: Archive, frontier: Frontier, run: int
) -> None:
    record = replace(capture(1), url=FEED.url)
    frontier.queue([page(1)], run=run, now=START, found_on=FEED, captures=[record])
    frontier.queue([page(1)], run=run, now=at(1), found_on=FEED, captures=[record])
    with archive.reading() as connection:
        rows = connection.execute(
            select(Captures.role, Captures.portal, Pages.url, Pages.state).join(
                Pages, Pages.id == Captures.page_id
            )
        ).all()
    assert [tuple(row) for row in rows] == [("feed", "kalsel", FEED.url, "stored")]


def test_addresses_that_no_archive_holds_are_left_out(
    frontier: Frontier, run: int, caplog: pytest.LogCaptureFixture
) -> None:
    odd = [
        replace(page(1), url="https://kalsel.antaranews.com/" + "x" * 3000),
        replace(page(2), url="https://kalsel.antaranews.com/\x00"),
        page(10**30),
        page(3),
    ]
    assert numbers(due(frontier.queue(odd, run=run, now=START))) == [3]
    assert caplog.text.count("Left out") == 3


def test_a_listing_of_thousands_is_queued_at_once(frontier: Frontier, run: int) -> None:
    many = [page(number) for number in range(3000)]
    assert len(due(frontier.queue(many, run=run, now=START))) == 3000
    assert len(due(frontier.queue(many, run=run, now=START))) == 3000


def test_stored_due_dates_follow_a_new_rule_but_a_second_look_keeps_its_time(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    writer.write([article(n, published_at=START) for n in (1, 2)], run)
    writer.write([outcome(2, "gone", 3)], run)
    second_look = columns(frontier.archive, 2, Pages.next_attempt_at)
    assert columns(frontier.archive, 1, Pages.next_attempt_at) == (START + RECHECK_AGES[0],)
    assert frontier.reschedule("kalsel", RECHECK_AGES, START) == 0
    assert frontier.reschedule("kalsel", ages_of("12h, 2d"), START) == 1
    assert columns(frontier.archive, 1, Pages.next_attempt_at) == (at(12),)
    assert columns(frontier.archive, 2, Pages.next_attempt_at) == second_look
    assert frontier.reschedule("kalsel", ages_of("2d 12h"), START) == 0
    assert frontier.reschedule("kalsel", ages_of(""), START) == 1
    assert columns(frontier.archive, 1, Pages.next_attempt_at) == (None,)


def test_young_articles_fetched_by_a_clock_that_was_ahead_are_due(archive: Archive) -> None:
    frontier, writer = Frontier(archive), Writer(archive, "test 1", clock=lambda: at(9000))
    published = {1: START, 2: at(-2000), 3: START}
    for hours, articles in ((0, (3,)), (9000, (1, 2))):
        found = [article(n, at(hours), published_at=published[n]) for n in articles]
        writer.write(found, start_run(archive, at(hours)))
    frontier.reschedule("kalsel", RECHECK_AGES, at(24))
    assert [each.number for each in frontier.pending("kalsel", at(24))] == [3, 1]


def test_an_article_of_several_pages_is_never_asked_for_by_its_first_alone(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    parts = (capture(1, etag='"a"'), replace(capture(1, etag='"b"'), offset=9000))
    writer.write([replace(article(1), captures=parts), article(2)], run)
    assert columns(frontier.archive, 1, Pages.etag, Pages.last_modified) == (None, None)
    assert columns(frontier.archive, 2, Pages.etag) != (None,)


def test_an_old_article_in_doubt_is_asked_for_once_more_and_in_full(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    old = at(-2000)
    writer.write([article(n, published_at=old) for n in (1, 2)], run)
    frontier.doubt("kalsel", [("berita", 1)], START)
    assert list(frontier.pending("kalsel", at(5))) == []
    [again] = frontier.pending("kalsel", at(7))
    assert (again.number, again.etag, again.last_modified) == (1, None, None)
    writer.write([article(1, at(7), published_at=old)], run)
    assert list(frontier.pending("kalsel", at(9000))) == []


def test_a_feed_is_asked_for_in_full_after_a_day_whatever_it_says(
    frontier: Frontier, run: int
) -> None:
    feed = Page("kalsel", "feed", "https://kalsel.antaranews.com/rss/terkini.xml")
    assert frontier.with_validators(feed, START).is_new
    frontier.queue([], run=run, now=START, found_on=feed, captures=[capture(1, etag='"a"')])
    again = [frontier.with_validators(feed, at(hours)) for hours in (6, 24, -9000)]
    assert [(each.etag, each.is_new) for each in again] == [('"a"', False), *[(None, False)] * 2]


@pytest.mark.parametrize("text", ["6", "1h", "1w", "-3d", "181d", "6h;1d"])
def test_an_age_that_cannot_be_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match="RECHECK_AFTER"):
        ages_of(text)


def test_what_failed_before_and_is_not_due_is_owed_still(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    frontier.queue([page(1), page(2)], run=run, now=START)
    writer.write([outcome(1, "failed", 1), outcome(2, "gone", 1)], run)
    writer.write([outcome(1, "failed", 2)], run)
    assert frontier.waiting_for_retry("kalsel", Span(), at(3)) == (1, page(1).url)
    assert frontier.waiting_for_retry("jatim", Span(), at(3)) is None
    assert frontier.waiting_for_retry("kalsel", Span(), at(24)) is None  # it is due
