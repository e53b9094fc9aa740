"""When a page is asked for again, and when it was published as far as is known: rules, no database.

A hint of a feed, sitemap or card chooses what is asked for now, never what is left out for good.
It is kept with how far it may be off; a better one takes its place, and the page's own date is the
best.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.errors import Cause, UsageError
from antara_crawler.items import Hint, Page

Ages = tuple[timedelta, ...]
RECHECK_AGES: Ages = tuple(timedelta(hours=hours) for hours in (6, 24, 3 * 24, 7 * 24, 30 * 24))
"""Ages of an article at which it is looked at again, where the user names no others."""

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

GUESS_PAUSE = timedelta(days=30)
"""A place that nothing names, and that was empty, is looked at again after this."""

FULL_AFTER = {"feed": timedelta(hours=20), "sitemap": timedelta(days=7)}
"""So long a feed's or sitemap's word is taken that nothing is new; then it is asked for in full:
there are servers that give this answer for ever."""

LONGEST_WAIT = timedelta(days=7)
"""The longest wait that a portal is granted: a longer Retry-After is a mistake."""

CLOCK_SLACK = timedelta(days=1)
"""What was noted so far ahead of the clock was noted by another that was ahead."""

LONGEST_PAUSE = max(*RECHECK_AGES, *RETRY_PAUSES, *GONE_PAUSES)
"""Nothing waits longer: a later time was set by a clock that was ahead."""

_AGE = re.compile(r"([0-9]{1,4})([hd])", re.ASCII)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1)}
AHEAD = timedelta(days=2)
"""A hint further ahead of the clock than this is a slip."""
Kept = Mapping[str, Mapping[str, Any]]
"""By source, what it said."""


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


def is_within(moment: datetime | None, span: timedelta, now: datetime) -> bool:
    """Tell whether a moment is less than `span` ago; one of a clock that was ahead is not."""
    return moment is not None and now - span < moment <= now + CLOCK_SLACK


def lately(column: Any, span: timedelta, now: datetime) -> Any:
    """Return the condition that a column's moment `is_within` a span."""
    return column.between(now - span, now + CLOCK_SLACK)


def is_news(seen: datetime, last: datetime | None, now: datetime) -> bool:
    """Tell whether a fetch made at `seen` is later than the last one on record.

    A last one that lies ahead of the clock was noted by a clock that was ahead: it binds nobody.
    """
    return last is None or seen > last or (last > now and seen != last)


def ages_of(text: str) -> Ages:
    """Return the ages that a setting names, such as '6h 1d 30d', the least first; '' is none.

    Raises UsageError for what is none, or lies beyond the longest pause.
    """
    found = []
    for word in text.replace(",", " ").split():
        match = _AGE.fullmatch(word)
        age = int(match[1]) * _UNITS[match[2]] if match else timedelta(0)
        if not RECHECK_PAUSE <= age <= LONGEST_PAUSE:
            raise UsageError(
                f"RECHECK_AFTER: {word} is no age from 3h to {LONGEST_PAUSE.days}d: write it like"
                " '6h 1d 3d 7d 30d'"
            )
        found.append(age)
    return tuple(sorted(set(found)))


def next_recheck(
    published_at: datetime | None, fetched_at: datetime, ages: Ages = RECHECK_AGES
) -> datetime | None:
    """Return when an article fetched at `fetched_at` is due for a recheck, None for never.

    It is due at the first of the ages that lies at least RECHECK_PAUSE after the fetch;
    an article without a date is not looked at again. A date ahead of the fetch counts as the
    fetch's own time.
    """
    if published_at is None:
        return None
    times = (min(published_at, fetched_at) + age for age in ages)
    return next((due for due in times if due >= fetched_at + RECHECK_PAUSE), None)


def has_failed_for(row: AnyRow, span: timedelta, cause: Cause, now: datetime) -> bool:
    """Tell whether a page, by its row in the frontier, fails of this cause, and for so long."""
    since = row.failing_since if row.cause == cause else None
    return since is not None and now - since >= span


def next_retry(failures: int, failing_since: datetime, now: datetime) -> datetime | None:
    """Return when to try again after `failures` failures in a row, None when it is given up."""
    if failures >= GIVEN_UP_AFTER or now - failing_since >= GIVEN_UP_AGE:
        return None
    return now + RETRY_PAUSES[min(failures, len(RETRY_PAUSES)) - 1]


def next_look_at_gone(times: int, now: datetime) -> datetime | None:
    """Return when to ask again for a page found gone `times` times in a row."""
    return now + GONE_PAUSES[times - 1] if times <= len(GONE_PAUSES) else None


@dataclass(frozen=True, slots=True)
class Dated:
    """About when a page was published, and the moments between which that surely was.

    All are None where nothing is known; `earliest` alone where only the end is.
    """

    at: datetime | None = None
    earliest: datetime | None = None
    latest: datetime | None = None

    @classmethod
    def by_page(cls, at: datetime | None) -> Self:
        """Return what a page says itself."""
        return cls(at, at, at)

    @classmethod
    def by_hint(cls, page: Page, now: datetime) -> Self:
        """Return what a feed, sitemap or card says; nothing where that lies in the future."""
        at = page.published_at
        if at is None or at > now + AHEAD:
            return cls()
        return cls(at, at - page.margin, at + page.margin)

    @classmethod
    def of(cls, row: AnyRow) -> Self:
        """Return what a row of the frontier holds."""
        return cls(row.published_at, row.earliest_at, row.latest_at)

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a row that hold it."""
        return {"published_at": self.at, "earliest_at": self.earliest, "latest_at": self.latest}

    @property
    def is_final(self) -> bool:
        """Whether the page said it itself."""
        return self.at is not None and self.earliest == self.latest

    def is_better_than(self, other: "Dated") -> bool:
        """Tell whether this is to take the other's place."""
        if self.earliest is None or self.latest is None:
            return False
        if other.earliest is None or other.latest is None:
            return True
        return self.latest - self.earliest < other.latest - other.earliest


def hints_of(kept: Kept | None) -> tuple[Hint, ...]:
    """Return what a row keeps as hints."""
    return tuple(_hint(source, said) for source, said in (kept or {}).items())


def with_hints(kept: Kept | None, hints: tuple[Hint, ...]) -> Kept | None:
    """Return what a row is to keep; the same object where nothing new was said.

    A time that only says again about when it was, as '5 jam lalu' does each hour, is not new. The
    section is the first in whose listing the page stood.
    """
    new = {hint.source: hint for hint in hints if not _is_known(hint, kept)}
    if not new:
        return kept
    found: dict[str, Mapping[str, Any]] = dict(kept or {})
    for source, hint in new.items():
        section = found.get(source, {}).get("section") or hint.section
        said = {
            "title": hint.title,
            "teaser": hint.teaser,
            "section": section,
            "at": hint.published_at and hint.published_at.isoformat(),
            "within": round(hint.within.total_seconds()),
        }
        found[source] = {name: value for name, value in said.items() if value}
    return found


def _hint(source: Any, said: Mapping[str, Any]) -> Hint:
    at = said.get("at")
    within = timedelta(seconds=said.get("within", 0))
    moment = datetime.fromisoformat(at) if at else None
    return Hint(source, said.get("title"), said.get("teaser"), said.get("section"), moment, within)


def _is_known(hint: Hint, kept: Kept | None) -> bool:
    if not kept or hint.source not in kept:
        return False
    before = _hint(hint.source, kept[hint.source])
    if (before.title, before.teaser) != (hint.title, hint.teaser):
        return False
    if hint.section and not before.section:
        return False
    if hint.published_at is None or before.published_at is None:
        return hint.published_at is before.published_at
    return abs(hint.published_at - before.published_at) <= max(hint.within, before.within)
