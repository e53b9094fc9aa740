"""What became of a page decides when, and whether, it is asked for again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from antara_crawler.archive import Archive, Frontier, Writer, export_records
from antara_crawler.archive.frontier.schedule import GIVEN_UP_AFTER, RETRY_PAUSES, next_retry
from antara_crawler.archive.tables.crawl import Captures, Pages
from antara_crawler.errors import Cause
from antara_crawler.items import Outcome
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
)


def test_a_failing_page_is_tried_with_growing_pauses_and_then_given_up(
    archive: Archive, frontier: Frontier, writer: Writer, run: int
) -> None:
    frontier.queue([page(1)], run=run, now=START)
    now, pauses = START, []
    for _ in range(GIVEN_UP_AFTER - 1):
        [stored] = writer.write([outcome(1, "failed", 0, seen_at=now, status=503)], run)
        assert stored.outcome == "failed"
        (again,) = columns(archive, 1, Pages.next_attempt_at)
        pauses.append(again - now)
        assert list(frontier.pending("kalsel", again - timedelta(microseconds=1))) == []
        assert numbers(list(frontier.pending("kalsel", again))) == [1]
        now = again + timedelta(minutes=1)
    assert pauses == [*RETRY_PAUSES, RETRY_PAUSES[-1], RETRY_PAUSES[-1]]
    [stored] = writer.write([outcome(1, "failed", 0, seen_at=now, status=503)], run)
    assert stored.outcome == "given_up"
    assert due(frontier.queue([page(1)], run=run, now=at(24 * 900))) == []
    [failure] = frontier.failures("kalsel")
    assert (failure.state, failure.attempts, failure.status) == ("given_up", GIVEN_UP_AFTER, 503)
    assert failure.reason == "because of failed"


def test_a_page_that_failed_for_a_month_is_given_up() -> None:
    assert next_retry(2, START, at(24 * 30)) is None
    assert next_retry(2, START, at(24 * 29)) == at(24 * 29 + 6)


def test_a_success_ends_the_row_of_failures(
    archive: Archive, frontier: Frontier, writer: Writer, run: int
) -> None:
    writer.write([outcome(1, "failed", 0), outcome(1, "failed", 1)], run)
    writer.write([article(1, at(2))], run)
    assert frontier.failures() == []
    writer.write([outcome(1, "failed", 3)], run)
    assert columns(archive, 1, Pages.attempts, Pages.failing_since) == (1, at(3))


def test_an_unreadable_page_is_listed_and_tried_again(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    [stored] = writer.write([outcome(1, "unreadable", 0, status=200)], run)
    assert (stored.outcome, stored.reason) == ("unreadable", "because of unreadable")
    [failure] = frontier.failures("kalsel")
    assert (failure.state, failure.next_attempt_at) == ("unreadable", at(0) + RETRY_PAUSES[0])
    assert frontier.failures("bali") == []
    assert numbers(list(frontier.pending("kalsel", at(1)))) == [1]


def test_the_latest_failures_come_first(frontier: Frontier, writer: Writer, run: int) -> None:
    writer.write([outcome(number, "failed", number) for number in (1, 3, 2)], run)
    assert [each.last_attempt_at for each in frontier.failures()] == [at(3), at(2), at(1)]
    assert [each.last_attempt_at for each in frontier.failures(limit=1)] == [at(3)]


def test_not_modified_moves_the_last_sight_and_keeps_the_validators(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([article(1)], run)
    revisit = capture(1, at(6), status=304, etag=None, last_modified=None)
    [stored] = writer.write([outcome(1, "stored", 6, status=304, captures=(revisit,))], run)
    assert (stored.outcome, stored.revision) == ("unchanged", 1)
    [record] = export_records(archive)
    assert record["last_seen_at"] == at(6).isoformat()
    assert record["capture"]["file"] == capture(1).file
    assert columns(archive, 1, Pages.etag, Pages.state) == (capture(1).etag, "stored")
    with archive.reading() as connection:
        revisions = connection.scalars(select(Captures.revision_id)).all()
    assert len(revisions) == 2
    assert len(set(revisions)) == 1


def test_an_article_is_asked_for_in_full_when_it_is_looked_at_for_the_last_time(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([article(1, published_at=START)], run)
    kept = []
    for days in (1, 3, 7):
        writer.write([outcome(1, "stored", 24 * days, status=304)], run)
        kept.append(columns(archive, 1, Pages.etag)[0])
    assert kept == [capture(1).etag, capture(1).etag, None]


def test_a_page_that_says_it_was_changed_after_now_is_not_asked_for_by_that(
    archive: Archive, writer: Writer, run: int
) -> None:
    for number, year in ((1, 2025), (2, 2038)):
        seen = capture(number, last_modified=f"Fri, 01 Jan {year} 00:00:00 GMT")
        writer.write([article(number, captures=(seen,))], run)
    kept = [columns(archive, number, Pages.last_modified)[0] for number in (1, 2)]
    assert kept == ["Fri, 01 Jan 2025 00:00:00 GMT", None]


def test_not_modified_for_an_article_never_stored_is_asked_for_without_validators(
    archive: Archive, frontier: Frontier, writer: Writer, run: int
) -> None:
    frontier.queue([page(1)], run=run, now=START)
    with archive.writing() as connection:
        connection.execute(text("UPDATE pages SET etag = 'x', last_modified = 'y'"))
    [stored] = writer.write([outcome(1, "stored", 0, status=304)], run)
    assert stored.outcome == "failed"
    [due] = frontier.pending("kalsel", at(1))
    assert (due.etag, due.last_modified) == (None, None)


def test_a_sitemap_that_was_asked_for_on_a_guess_is_no_failure(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    guess = replace(FEED, role="sitemap", url="https://kalsel.antaranews.com/sitemap.xml")
    [stored] = writer.write([Outcome(guess, "gone", "HTTP 404", 404, seen_at=START)], run)
    assert stored.outcome == "gone"
    assert frontier.failures() == []


def test_a_failure_keeps_its_cause_or_the_likely_one(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    batch = [
        outcome(1, "failed", 0, cause=Cause.DAMAGED),
        outcome(2, "failed", 0),
        outcome(3, "failed", 0, status=503),
        outcome(4, "unreadable", 0, status=200),
        outcome(5, "given_up", 0, cause=Cause.FORBIDDEN),
    ]
    writer.write(batch, run)
    found = {each.url: each.cause for each in frontier.failures()}
    assert [found[each.page.url] for each in batch] == [
        Cause.DAMAGED,
        Cause.NO_ANSWER,
        Cause.REFUSED,
        Cause.UNKNOWN_FORM,
        Cause.FORBIDDEN,
    ]


@pytest.mark.parametrize(("asked", "kept"), [(24, 24), (24 * 9000, 24 * 180)])
def test_the_wait_that_a_page_asks_for_is_kept_within_reason(
    archive: Archive, writer: Writer, run: int, asked: float, kept: float
) -> None:
    writer.write([outcome(1, "failed", 0, status=503, retry_at=at(asked))], run)
    assert columns(archive, 1, Pages.next_attempt_at) == (at(kept),)


AHEAD = 24 * 365 * 14


def test_what_a_clock_ahead_has_noted_binds_no_later_run(archive: Archive, run: int) -> None:
    writer = Writer(archive, "test 1", clock=lambda: at(100))
    writer.write([article(1, at(AHEAD)), outcome(2, "failed", AHEAD)], run)
    changed = article(1, at(2), title="Judul lain")
    said = [each.outcome for each in writer.write([changed, outcome(2, "gone", 2)], run)]
    assert said == ["revised", "failed"]
    assert columns(archive, 1, Pages.last_attempt_at) == (at(2),)
    assert columns(archive, 2, Pages.last_attempt_at, Pages.failing_since) == (at(2), at(2))
    [record] = export_records(archive)
    assert (record["title"], record["revision"]) == ("Judul lain", 2)
    assert (record["first_seen_at"], record["last_seen_at"]) == (at(2).isoformat(),) * 2


def test_an_article_first_seen_by_a_clock_ahead_is_unchanged_in_the_next_run(
    archive: Archive, run: int
) -> None:
    writer = Writer(archive, "test 1", clock=lambda: at(100))
    writer.write([article(1, at(AHEAD))], run)
    for hours, again in ((2, outcome(1, "stored", 2, status=304)), (3, article(1, at(3)))):
        assert [each.outcome for each in writer.write([again], run)] == ["unchanged"]
        assert next(export_records(archive))["last_seen_at"] == at(hours).isoformat()


def test_an_outcome_given_again_is_counted_once(archive: Archive, writer: Writer, run: int) -> None:
    batch = [outcome(1, "failed", 0, captures=(capture(1, status=503),))] * 2
    assert [each.outcome for each in writer.write(batch, run)] == ["failed", "known"]
    assert columns(archive, 1, Pages.attempts) == (1,)
    with archive.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM captures")) == 1


def test_a_feed_that_failed_is_listed_until_it_succeeds_and_is_never_pending(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    batch = [Outcome(FEED, "failed", "503", 503, seen_at=at(hours)) for hours in range(20)]
    writer.write(batch, run)
    [failure] = frontier.failures("kalsel")
    assert (failure.role, failure.state, failure.attempts) == ("feed", "failed", 20)
    assert list(frontier.pending("kalsel", at(9999))) == []
    frontier.queue([], run=run, now=at(21), found_on=FEED)
    assert frontier.failures("kalsel") == []


def test_an_article_read_from_an_earlier_fetch_does_not_undo_a_later_failure(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([outcome(1, "failed", 5)], run)
    [stored] = writer.write([article(1, at(1))], run)
    assert stored.outcome == "new"
    state, kept = columns(archive, 1, Pages.state, Pages.article_id)
    assert (state, kept) == ("failed", stored.article_pk)


def test_a_page_given_up_by_the_crawl_is_not_asked_for_again(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    [stored] = writer.write([outcome(1, "given_up", 0)], run)
    assert stored.outcome == "given_up"
    assert list(frontier.pending("kalsel", at(99_999))) == []
    assert [each.state for each in frontier.failures()] == ["given_up"]
