"""When a page is asked for again: rules of time, no database and no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

RECHECK_AGES = tuple(timedelta(hours=hours) for hours in (6, 24, 3 * 24, 7 * 24, 30 * 24))
"""Ages of an article at which it is looked at again; older ones only when asked for."""

RECHECK_PAUSE = timedelta(hours=3)
"""No recheck sooner than this after a fetch."""

RETRY_PAUSES = tuple(timedelta(hours=hours) for hours in (0, 6, 24, 3 * 24, 7 * 24))
"""Pauses after the first, second … failure in a row; the last one repeats. The next run tries once
more whatever its time: most failures are over by then."""

GIVEN_UP_AFTER = 8
"""Failures in a row after which a page is given up."""

GIVEN_UP_AGE = timedelta(days=30)
"""A page that has failed for so long is given up, too."""

GONE_PAUSES = tuple(timedelta(days=days) for days in (7, 30, 180))
"""A page that is gone is asked for again after these pauses, then never."""

GONE_AFTER = timedelta(hours=20)
"""A page that is not there is looked for again after this, on another day, before it is gone."""

LONGEST_WAIT = timedelta(days=7)
"""The longest wait that a portal is granted: a longer Retry-After is a mistake."""

LONGEST_PAUSE = max(*RECHECK_AGES, *RETRY_PAUSES, *GONE_PAUSES)
"""Nothing waits longer: a later time was set by a clock that was ahead."""


@dataclass(frozen=True, slots=True)
class Span:
    """Publication times wanted: from `since` on, before `until`; aware, None is open."""

    since: datetime | None = None
    until: datetime | None = None

    def may_hold(self, earliest: datetime | None, latest: datetime | None) -> bool:
        """Tell whether a time between these may lie in the span; None is open."""
        after = self.since is None or latest is None or latest >= self.since
        return after and (self.until is None or earliest is None or earliest < self.until)


def is_due(next_attempt_at: datetime | None, now: datetime) -> bool:
    """Tell whether a page with this time is to be asked for; None is never."""
    if next_attempt_at is None:
        return False
    return next_attempt_at <= now or next_attempt_at > now + LONGEST_PAUSE


def is_news(seen: datetime, last: datetime | None, now: datetime) -> bool:
    """Tell whether a fetch made at `seen` is later than the last one on record.

    A last one that lies ahead of the clock was noted by a clock that was ahead: it binds nobody.
    """
    return last is None or seen > last or (last > now and seen != last)


def next_recheck(published_at: datetime | None, fetched_at: datetime) -> datetime | None:
    """Return when an article fetched at `fetched_at` is due for a recheck, None for never.

    It is due at the first of RECHECK_AGES that lies at least RECHECK_PAUSE after the fetch;
    an article without a date is not looked at again. A date ahead of the fetch counts as the
    fetch's own time.
    """
    if published_at is None:
        return None
    ages = (min(published_at, fetched_at) + age for age in RECHECK_AGES)
    return next((due for due in ages if due >= fetched_at + RECHECK_PAUSE), None)


def recheck_due(published_at: datetime | None, fetched_at: datetime, now: datetime) -> bool:
    """Tell whether an article fetched at `fetched_at` is due for a recheck."""
    due = next_recheck(published_at, fetched_at)
    return due is not None and due <= now


def next_retry(failures: int, failing_since: datetime, now: datetime) -> datetime | None:
    """Return when to try again after `failures` failures in a row, None when it is given up."""
    if failures >= GIVEN_UP_AFTER or now - failing_since >= GIVEN_UP_AGE:
        return None
    return now + RETRY_PAUSES[min(failures, len(RETRY_PAUSES)) - 1]


def next_look_at_gone(times: int, now: datetime) -> datetime | None:
    """Return when to ask again for a page found gone `times` times in a row."""
    return now + GONE_PAUSES[times - 1] if times <= len(GONE_PAUSES) else None
