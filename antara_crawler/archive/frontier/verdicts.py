"""What a fetch means for the row of its page in the frontier: rules, no database."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from antara_crawler.archive.frontier import schedule
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.errors import Cause
from antara_crawler.items import Capture, Outcome, State

UNREAD = ("failed", "unreadable", "given_up")
"""The states of a page that was asked for and not had."""
MAX_REASON = 1000
"""Longest reason kept, in characters."""
_LIKELY: dict[str, Cause] = {"gone": Cause.NOT_FOUND, "unreadable": Cause.UNKNOWN_FORM}


@dataclass(frozen=True, slots=True)
class Sight:
    """When a page was fetched, what our clock says now, and what the run knows of the portal."""

    at: datetime
    now: datetime
    answers: bool = True
    """Whether the portal gave any page at all in this run: else nothing is said to be gone."""
    ages: schedule.Ages = schedule.RECHECK_AGES
    """At which ages an article is looked at again."""


def verdict(page: AnyRow, outcome: Outcome, sight: Sight, archived: bool) -> dict[str, Any]:
    """Return the columns that say what became of the page, its new state among them."""
    reason = outcome.reason[:MAX_REASON]
    first = outcome.captures[0] if outcome.captures else None
    published_at = page.published_at or outcome.page.published_at
    told = {"last_error": reason, "cause": None}
    match outcome.state:
        case "stored" if archived:
            kept = succeeded(first, sight.at, keep_validators=True)
            return {**kept, **looked_at_again(published_at, sight)}
        case "stored":
            # 'Not modified' says nothing of a page we do not hold: ask without validators.
            values = _failed(page, outcome, sight, "failed", "not modified, but not archived")
            return {**values, "etag": None, "last_modified": None}
        case "gone" if page.guessed and not archived:
            values = {"state": "absent", "attempts": 0, "failing_since": None}
            # The portal may have been at fault just then: once more, on a day far from this one.
            is_first = page.number is not None and page.state != "absent"
            again = sight.at + schedule.GUESS_PAUSE if is_first else None
            return {**values, **told, "next_attempt_at": again}
        case "gone" if page.number is not None and not archived:
            if _is_withdrawn(page, outcome, sight):
                return _gone(page, sight, told)
            # It was named and never read: it is owed until it is there, or named no more.
            return _failed(page, outcome, sight, "failed", reason)
        case "gone" if page.number is not None and page.state != "gone":
            return _missed(page, sight, reason)
        case "gone":
            return _gone(page, sight, told)
        case "not_captured" | "forgotten" | "absent":
            return {"state": page.state}
        case "queued" | "out_of_range":
            values = {"state": outcome.state, "attempts": 0, "last_error": reason or None}
            again = sight.at if page.number else None
            return {**values, "cause": None, "next_attempt_at": again}
        case "given_up":
            values = _failed(page, outcome, sight, "given_up", reason)
            return {**values, "state": "given_up", "next_attempt_at": None}
        case "failed" | "unreadable":
            return _failed(page, outcome, sight, outcome.state, reason)


def succeeded(
    capture: Capture | None, seen: datetime, keep_validators: bool = False
) -> dict[str, Any]:
    """Return the columns of a page that gave what was asked for."""
    values: dict[str, Any] = {
        "state": "stored",
        "attempts": 0,
        "deaths": 0,
        **dict.fromkeys(("failing_since", "missed_at", "last_error", "cause")),
        "last_attempt_at": seen,
        "stored_at": seen,
    }
    if capture is not None:
        values["last_status"] = capture.status
    for name in ("etag", "last_modified"):
        value = getattr(capture, name, None)
        if value or not keep_validators:  # a 304 may leave out what it confirms
            values[name] = value
    if _is_ahead(values.get("last_modified") or "", seen):
        values["last_modified"] = None
    return values


def looked_at_again(published_at: datetime | None, sight: Sight) -> dict[str, Any]:
    """Return the columns that say when an article is looked at again, and whether in full.

    It is the last time: what a server says by an ETag may be the same for ever.
    """
    again = schedule.next_recheck(published_at, sight.at, sight.ages)
    values: dict[str, Any] = {"next_attempt_at": again}
    if again and schedule.next_recheck(published_at, again, sight.ages) is None:
        values |= {"etag": None, "last_modified": None}
    return values


def _is_ahead(last_modified: str, seen: datetime) -> bool:
    """Tell whether a page was changed after it was seen, by a clock to which nothing is new."""
    try:
        at = parsedate_to_datetime(last_modified)
        return at.replace(tzinfo=at.tzinfo or UTC) > seen + schedule.CLOCK_SLACK
    except (ValueError, TypeError, OverflowError):
        return False


def _failed(
    page: AnyRow, outcome: Outcome, sight: Sight, state: State, reason: str
) -> dict[str, Any]:
    since = min(page.failing_since or sight.at, sight.at)
    failures = page.attempts + 1 if page.failing_since else 1
    again = schedule.next_retry(failures, since, sight.at)
    # Feeds and listings are asked for by every run: they are listed, never given up.
    article = page.number is not None
    no_page = Cause.NO_ANSWER if outcome.status is None else Cause.REFUSED
    if again is not None and outcome.retry_at is not None:
        again = max(again, min(outcome.retry_at, sight.at + schedule.LONGEST_PAUSE))
    return {
        "state": "given_up" if article and again is None else state,
        "attempts": failures,
        "failing_since": since,
        "last_error": reason,
        "cause": outcome.cause or _LIKELY.get(outcome.state, no_page),
        "next_attempt_at": again if article else None,
    }


def _gone(page: AnyRow, sight: Sight, told: dict[str, Any]) -> dict[str, Any]:
    times = page.attempts + 1 if page.state == "gone" else 1
    again = schedule.next_look_at_gone(times, sight.at) if page.number else None
    values = {"state": "gone", "attempts": times, "failing_since": None}
    return {**values, **told, "next_attempt_at": again}


def _is_withdrawn(page: AnyRow, outcome: Outcome, sight: Sight) -> bool:
    """Tell whether a page that we never had was taken off: named no more, not there on two days."""
    if not (outcome.page.left_over and sight.answers):
        return False
    on_two_days = (schedule.GONE_AFTER, Cause.NOT_FOUND, sight.at)
    return page.state == "gone" or schedule.has_failed_for(page, *on_two_days)


def _missed(page: AnyRow, sight: Sight, reason: str) -> dict[str, Any]:
    """Return what is known of an article that we hold and that is not there: gone, or not yet."""
    since = min(page.missed_at or sight.at, sight.at)
    is_gone = sight.answers and sight.at >= since + schedule.GONE_AFTER
    return {
        "state": "gone" if is_gone else "stored",
        "attempts": 1 if is_gone else 0,
        "failing_since": None,
        "missed_at": since,
        "last_error": reason,
        "cause": None,
        "next_attempt_at": schedule.next_look_at_gone(1, sight.at)
        if is_gone
        else max(since + schedule.GONE_AFTER, sight.at),
    }
