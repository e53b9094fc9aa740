"""A portal that asked to be left alone is left alone by every run, until the time is over."""

from datetime import UTC, datetime, timedelta

from antara_crawler.archive import Archive, Wait
from antara_crawler.archive.frontier.frontier import note_wait, wait_in_force
from antara_crawler.archive.frontier.schedule import LONGEST_WAIT

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_wait_is_kept_until_it_is_over(archive: Archive) -> None:
    assert wait_in_force(archive, "kalsel", NOW) is None
    wait = Wait(NOW + HOUR, "HTTP 429")
    note_wait(archive, "kalsel", wait)
    assert wait_in_force(archive, "kalsel", NOW) == wait
    assert wait_in_force(archive, "jatim", NOW) is None
    assert wait_in_force(archive, "kalsel", NOW + HOUR) is None


def test_the_last_wait_counts(archive: Archive) -> None:
    for hours in (1, 3, 2):
        note_wait(archive, "kalsel", Wait(NOW + hours * HOUR, f"{hours}"))
    assert wait_in_force(archive, "kalsel", NOW) == Wait(NOW + 2 * HOUR, "2")


def test_a_wait_set_by_a_clock_that_was_ahead_holds_nobody(archive: Archive) -> None:
    note_wait(archive, "kalsel", Wait(NOW + LONGEST_WAIT + HOUR, "HTTP 503"))
    assert wait_in_force(archive, "kalsel", NOW) is None
