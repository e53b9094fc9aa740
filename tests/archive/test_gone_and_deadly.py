"""Pages that are not there, and pages that no run survives: looked at again, then left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from antara_crawler.archive import Archive, Frontier, Writer, export_records
from antara_crawler.archive.frontier.schedule import GIVEN_UP_AFTER, RETRY_PAUSES
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.errors import Cause
from antara_crawler.items import Article, Outcome, Page, State
from tests.archive.samples import START, article, at, capture, columns, due, numbers, outcome, page


def test_an_article_is_gone_after_a_second_look_on_another_day(
    archive: Archive, frontier: Frontier, writer: Writer, run: int
) -> None:
    writer.write([article(1)], run)
    for hours, said, state in ((10, "missed", "stored"), (12, "missed", "stored")):
        [stored] = writer.write([outcome(1, "gone", hours, status=404)], run)
        assert (stored.outcome, stored.revision) == (said, 1)
        assert columns(archive, 1, Pages.state, Pages.next_attempt_at) == (state, at(30))
        assert next(export_records(archive))["gone_at"] is None
    for hours in (30, 200, 1000):
        [stored] = writer.write([outcome(1, "gone", hours, status=410)], run)
        assert (stored.outcome, stored.revision) == ("gone", 1)
    [record] = export_records(archive)
    assert record["gone_at"] == at(10).isoformat()
    assert record["last_seen_at"] == at(0).isoformat()
    assert frontier.failures() == []


def test_a_night_on_which_the_portal_gave_no_page_makes_nothing_gone(
    archive: Archive, frontier: Frontier, writer: Writer, run: int
) -> None:
    writer.write([article(1)], run)
    for hours in (10, 40, 70):
        [stored] = writer.write([outcome(1, "gone", hours)], run, portal_answers=False)
        assert stored.outcome == "missed"
        assert numbers(list(frontier.pending("kalsel", at(hours + 20)))) == [1]
    assert [each.outcome for each in writer.write([outcome(1, "gone", 90)], run)] == ["gone"]
    assert next(export_records(archive))["gone_at"] == at(10).isoformat()


def test_an_article_that_is_there_between_two_looks_is_not_gone(
    archive: Archive, writer: Writer, run: int
) -> None:
    looks = [outcome(1, "gone", 10), article(1, at(20)), outcome(1, "gone", 40)]
    said = [each.outcome for each in writer.write([article(1), *looks], run)]
    assert said == ["new", "missed", "unchanged", "missed"]
    assert columns(archive, 1, Pages.missed_at) == (at(40),)


def test_what_the_portal_names_and_never_gave_is_owed_and_asked_for_by_the_next_run(
    archive: Archive, frontier: Frontier, writer: Writer, run: int
) -> None:
    frontier.queue([page(1)], run=run, now=START)
    [stored] = writer.write([outcome(1, "gone", 0, status=404)], run)
    assert stored.outcome == "failed"
    assert numbers(list(frontier.pending("kalsel", at(1)))) == [1]
    [failure] = frontier.failures()
    assert (failure.state, failure.cause) == ("failed", Cause.NOT_FOUND)
    writer.write([outcome(1, "gone", 30, status=404)], run)
    assert [each.state for each in frontier.failures()] == ["failed"]
    writer.write([article(1, at(31))], run)
    assert frontier.failures() == []
    assert columns(archive, 1, Pages.cause) == (None,)


def test_what_was_withdrawn_before_it_was_read_is_owed_till_it_is_named_no_more(
    archive: Archive, frontier: Frontier, writer: Writer, run: int
) -> None:
    frontier.queue([page(1)], run=run, now=START)
    states = []
    for hours, left_over in ((0, False), (1, True), (30, False), (54, True)):
        missed = outcome(1, "gone", hours, page=replace(page(1), left_over=left_over))
        states += [each.outcome for each in writer.write([missed], run)]
    assert states == ["failed", "failed", "failed", "gone"]
    assert frontier.failures() == []
    assert columns(archive, 1, Pages.next_attempt_at) == (at(54 + 7 * 24),)
    # named again: it is owed again
    assert due(frontier.queue([page(1)], run=run, now=at(60))) == []
    assert due(frontier.queue([page(1)], run=run, now=at(78))) == [page(1)]
    assert [each.outcome for each in writer.write([outcome(1, "gone", 78)], run)] == ["failed"]


def test_a_failure_of_another_kind_or_a_silent_portal_withdraws_nothing(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    frontier.queue([page(1)], run=run, now=START)
    left = replace(page(1), left_over=True)
    writer.write([outcome(1, "failed", 0, cause=Cause.NO_ANSWER)], run)
    [stored] = writer.write([outcome(1, "gone", 30, page=left)], run)
    assert stored.outcome == "failed"
    [stored] = writer.write([outcome(1, "gone", 60, page=left)], run, portal_answers=False)
    assert stored.outcome == "failed"


def test_an_article_that_is_gone_and_named_again_is_asked_for_soon(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    writer.write([article(1), outcome(1, "gone", 10), outcome(1, "gone", 30)], run)
    for hours, asked in ((49, 0), (50, 1)):
        assert len(due(frontier.queue([page(1)], run=run, now=at(hours)))) == asked


def test_a_page_that_is_gone_is_looked_at_ever_more_rarely_and_then_never(
    archive: Archive, frontier: Frontier, writer: Writer, run: int
) -> None:
    writer.write([article(1), outcome(1, "gone", 1)], run)
    now, pauses = at(21), []
    for _ in range(3):
        writer.write([outcome(1, "gone", (now - START) / timedelta(hours=1))], run)
        (again,) = columns(archive, 1, Pages.next_attempt_at)
        pauses.append((again - now).days)
        now = again
    assert pauses == [7, 30, 180]
    writer.write([outcome(1, "gone", (now - START) / timedelta(hours=1))], run)
    assert columns(archive, 1, Pages.next_attempt_at) == (None,)


def test_a_feed_that_was_not_there_for_a_week_is_owed_no_more_till_it_is_back(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    feed = Page("kalsel", "feed", "https://kalsel.antaranews.com/rss/terkini.xml")
    frontier.queue([], run=run, now=START, found_on=feed, captures=[capture(1)])
    said = []
    for day in (1, 2, 8, 9, 10):
        asked = frontier.with_validators(feed, at(day * 24))
        said.append(asked.guessed)
        state: State = "gone" if asked.guessed else "unreadable"
        missing = Outcome(asked, state, "HTTP 404", cause=Cause.NOT_FOUND, seen_at=at(day * 24))
        writer.write([missing], run)
    assert said == [False, False, True, True, True]
    frontier.queue([], run=run, now=at(264), found_on=feed, captures=[capture(1, at(264))])
    assert not frontier.with_validators(feed, at(288)).guessed


@pytest.mark.parametrize("back", [article(1, at(200)), outcome(1, "stored", 200, status=304)])
def test_an_article_that_comes_back_is_gone_no_more(
    archive: Archive, writer: Writer, run: int, back: Article | Outcome
) -> None:
    writer.write([article(1), outcome(1, "gone", 10), outcome(1, "gone", 30)], run)
    [stored] = writer.write([back], run)
    assert stored.outcome == "unchanged"
    kept = columns(archive, 1, Pages.state, Pages.attempts, Pages.missed_at)
    assert kept == ("stored", 0, None)
    [record] = export_records(archive)
    assert (record["gone_at"], record["last_seen_at"]) == (None, at(200).isoformat())


def test_a_page_that_a_run_died_on_once_stays_as_it_was(
    archive: Archive, frontier: Frontier, writer: Writer, run: int
) -> None:
    frontier.queue([page(1)], run=run, now=START)
    assert frontier.note_death("kalsel", "berita", 1, at(0), at(1)) == 1
    assert frontier.failures() == []
    assert numbers(list(frontier.pending("kalsel", at(1)))) == [1]
    writer.write([article(1, at(2))], run)
    assert columns(archive, 1, Pages.deaths, Pages.state) == (0, "stored")


def test_a_page_that_runs_die_on_is_paused_and_listed_and_then_given_up(
    archive: Archive, frontier: Frontier, run: int
) -> None:
    frontier.queue([page(1)], run=run, now=START)
    now, pauses = START, []
    for times in range(1, GIVEN_UP_AFTER):
        assert frontier.note_death("kalsel", "berita", 1, now, now) == times
        (again,) = columns(archive, 1, Pages.next_attempt_at)
        pauses.append(again - now)
        now = again + timedelta(minutes=1)
    assert pauses == [*RETRY_PAUSES, RETRY_PAUSES[-1], RETRY_PAUSES[-1]]
    [failure] = frontier.failures()
    assert (failure.state, failure.cause) == ("unreadable", Cause.UNKNOWN_FORM)
    assert failure.reason is not None
    assert "did not survive" in failure.reason
    frontier.note_death("kalsel", "berita", 1, now, now)
    assert [each.state for each in frontier.failures()] == ["given_up"]
    assert columns(archive, 1, Pages.next_attempt_at) == (None,)


def test_a_death_after_the_page_was_stored_is_not_its_fault(
    frontier: Frontier, writer: Writer, run: int
) -> None:
    writer.write([article(1, at(1))], run)
    assert frontier.note_death("kalsel", "berita", 1, at(1), at(2)) == 0
    assert frontier.note_death("kalsel", "berita", 99, at(1), at(2)) == 0
