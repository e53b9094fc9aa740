"""What a fetch means for its row in the ledger, within a caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, or_, select, update

from antara_crawler.archive.capture_rows import record_captures
from antara_crawler.archive.dating import Dated
from antara_crawler.archive.ledger_rows import change_page
from antara_crawler.archive.models import Articles, Revisions
from antara_crawler.archive.policy import (
    GONE_AFTER,
    LONGEST_PAUSE,
    is_news,
    next_look_at_gone,
    next_recheck,
    next_retry,
)
from antara_crawler.archive.statements import by_id, change
from antara_crawler.archive.types import AnyRow
from antara_crawler.causes import Cause
from antara_crawler.items import Article, Capture, Outcome, State

MAX_REASON = 1000
"""Longest reason kept, in characters."""

_SHOWN = (
    select(Articles.id, Articles.revision, Revisions.id.label("revision_id"))
    .join(Revisions, Revisions.article == Articles.id)
    .where(Articles.id == bindparam("article"), Revisions.number == Articles.revision)
)
_GONE = update(Articles).where(Articles.id == bindparam("article"), Articles.gone_at.is_(None))
_BACK = by_id(Articles)
_SEEN_AGAIN = [
    by_id(table).where(
        or_(table.last_seen_at < bindparam("seen"), table.last_seen_at > bindparam("clock"))
    )
    for table in (Articles, Revisions)
]


@dataclass(frozen=True, slots=True)
class Sight:
    """When a page was fetched, what our clock says now, and what the run knows of the portal."""

    at: datetime
    now: datetime
    answers: bool = True
    """Whether the portal gave any page at all in this run: else nothing is said to be gone."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What an outcome came to, and the article that its page belongs to.

    The state that the page is in now, or 'missed' for an article of ours that is not there, and
    is looked for again on another day.
    """

    state: State | Literal["missed"]
    article: int | None
    revision: int | None
    fresh: bool
    """False when a later or the same attempt is on record already."""
    cause: Cause | None = None


def note_article(
    connection: Connection, page: AnyRow, article: Article, pk: int, sight: Sight
) -> None:
    """Note in the ledger that a page gave an article."""
    last = page.last_attempt_at
    # The last fetch read again may give an article at last; an earlier one is not news.
    if not is_news(sight.at, last, sight.now) and (sight.at != last or page.state == "stored"):
        if page.article is None:
            change_page(connection, page.id, article=pk)
        return
    first = article.captures[0] if article.captures else None
    dated = Dated.by_page(article.published_at) if article.published_at else Dated.of(page)
    change_page(
        connection,
        page.id,
        **_succeeded(first, sight.at),
        article=pk,
        **dated.columns,
        next_attempt_at=next_recheck(dated.at, sight.at),
    )
    _is_back(connection, page)


def note_outcome(
    connection: Connection, page: AnyRow, outcome: Outcome, run: int, sight: Sight
) -> Noted:
    """Note an outcome other than an article; `page` is its row.

    Of a page outside the dates, `outcome.page.published_at` is the date that it says itself.
    """
    shown = _shown(connection, page.article)
    unchanged = outcome.state == "stored" and shown is not None
    # This fetch again (a replay), or one made before the last that is on record.
    fresh = is_news(sight.at, page.last_attempt_at, sight.now)
    record_captures(
        connection,
        outcome.captures,
        run=run,
        portal=page.portal,
        role=page.role,
        page_id=page.id,
        revision_id=shown.revision_id if unchanged and shown and fresh else None,
    )
    revision = shown.revision if shown else None
    if not fresh or outcome.state == "not_captured":
        return Noted(page.state, page.article, revision, False)
    values = _verdict(page, outcome, sight, shown is not None)
    attempt = {"last_attempt_at": sight.at, "last_status": outcome.status, "deaths": 0}
    if outcome.state == "out_of_range" and outcome.page.published_at is not None:
        attempt |= Dated.by_page(outcome.page.published_at).columns
    change_page(connection, page.id, **{**attempt, **values})
    if shown and unchanged:
        _seen_again(connection, shown, sight)
        _is_back(connection, page)
    if shown and values["state"] == "gone":
        since = values.get("missed_at") or page.missed_at or sight.at
        connection.execute(_GONE, {"article": page.article, "gone_at": since})
    missed = outcome.state == "gone" and values["state"] == "stored"
    return Noted(
        "missed" if missed else values["state"],
        page.article,
        revision,
        True,
        values.get("cause"),
    )


def note_death(connection: Connection, page: AnyRow, began_at: datetime, now: datetime) -> int:
    """Note that a run was killed while it read the page; return how often in a row it was.

    Once may be chance, and the page stays as it was. From the second time on it is unreadable:
    paused, listed, given up in the end. 0 when an outcome of that attempt is on record.
    """
    if not is_news(began_at, page.last_attempt_at, now):
        return 0
    deaths: int = page.deaths + 1
    values: dict[str, Any] = {"deaths": deaths}
    if deaths > 1:
        since = min(page.failing_since or began_at, began_at)
        again = next_retry(deaths, since, now)
        values |= {
            "state": "unreadable" if again else "given_up",
            "attempts": deaths,
            "failing_since": since,
            "last_error": f"the program did not survive reading it, {deaths} times in a row",
            "cause": Cause.UNKNOWN_FORM,
            "last_attempt_at": began_at,
            "last_status": None,
            "next_attempt_at": again,
        }
    change_page(connection, page.id, **values)
    return deaths


def _verdict(page: AnyRow, outcome: Outcome, sight: Sight, archived: bool) -> dict[str, Any]:
    """Return the columns that say what became of the page, its new state among them."""
    reason = outcome.reason[:MAX_REASON]
    first = outcome.captures[0] if outcome.captures else None
    published_at = page.published_at or outcome.page.published_at
    match outcome.state:
        case "stored" if archived:
            values = _succeeded(first, sight.at, keep_validators=True)
            return {**values, "next_attempt_at": next_recheck(published_at, sight.at)}
        case "stored":
            # 'Not modified' says nothing of a page we do not hold: ask without validators.
            values = _failed(page, outcome, sight, "failed", "not modified, but not archived")
            return {**values, "etag": None, "last_modified": None}
        case "gone" if page.number is not None and not archived:
            # It was named and never read: it is owed until it is there, or given up.
            return _failed(page, outcome, sight, "failed", reason)
        case "gone" if page.number is not None and page.state != "gone":
            return _missed(page, sight, reason)
        case "gone":
            times = page.attempts + 1 if page.state == "gone" else 1
            again = next_look_at_gone(times, sight.at) if page.number else None
            return {
                "state": "gone",
                "attempts": times,
                "last_error": reason,
                "cause": None,
                "next_attempt_at": again,
            }
        case "not_captured" | "forgotten":
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


def _succeeded(
    capture: Capture | None, seen: datetime, keep_validators: bool = False
) -> dict[str, Any]:
    values: dict[str, Any] = {
        "state": "stored",
        "attempts": 0,
        "failing_since": None,
        "missed_at": None,
        "deaths": 0,
        "last_error": None,
        "cause": None,
        "last_attempt_at": seen,
        "stored_at": seen,
    }
    if capture is not None:
        values["last_status"] = capture.status
    validators = {
        "etag": capture.etag if capture else None,
        "last_modified": capture.last_modified if capture else None,
    }
    # A 304 may leave out what it confirms.
    return values | {
        name: value for name, value in validators.items() if value or not keep_validators
    }


def _failed(
    page: AnyRow, outcome: Outcome, sight: Sight, state: State, reason: str
) -> dict[str, Any]:
    since = min(page.failing_since or sight.at, sight.at)
    failures = page.attempts + 1 if page.failing_since else 1
    again = next_retry(failures, since, sight.at)
    # Feeds and listings are asked for by every run: they are listed, never given up.
    article = page.number is not None
    if again is not None and outcome.retry_at is not None:
        again = max(again, min(outcome.retry_at, sight.at + LONGEST_PAUSE))
    return {
        "state": "given_up" if article and again is None else state,
        "attempts": failures,
        "failing_since": since,
        "last_error": reason,
        "cause": outcome.cause or _likely_cause(outcome),
        "next_attempt_at": again if article else None,
    }


def _likely_cause(outcome: Outcome) -> Cause:
    match outcome.state:
        case "gone":
            return Cause.NOT_FOUND
        case "unreadable":
            return Cause.UNKNOWN_FORM
        case _:
            return Cause.NO_ANSWER if outcome.status is None else Cause.REFUSED


def _missed(page: AnyRow, sight: Sight, reason: str) -> dict[str, Any]:
    """Return what is known of an article that we hold and that is not there: gone, or not yet."""
    since = min(page.missed_at or sight.at, sight.at)
    is_gone = sight.answers and sight.at >= since + GONE_AFTER
    return {
        "state": "gone" if is_gone else "stored",
        "attempts": 1 if is_gone else 0,
        "failing_since": None,
        "missed_at": since,
        "last_error": reason,
        "cause": None,
        "next_attempt_at": next_look_at_gone(1, sight.at)
        if is_gone
        else max(since + GONE_AFTER, sight.at),
    }


def _shown(connection: Connection, article: int | None) -> AnyRow | None:
    """Return the revision that an article shows."""
    if article is None:
        return None
    return connection.execute(_SHOWN, {"article": article}).one()


def _seen_again(connection: Connection, shown: AnyRow, sight: Sight) -> None:
    keys = (shown.id, shown.revision_id)
    for statement, key in zip(_SEEN_AGAIN, keys, strict=True):
        values = {"seen": sight.at, "clock": sight.now, "last_seen_at": sight.at}
        connection.execute(statement, {"which_id": key, **values})


def _is_back(connection: Connection, page: AnyRow) -> None:
    """Say no more of an article that is there again that it is gone."""
    if page.state == "gone" and page.article is not None:
        change(connection, _BACK, page.article, gone_at=None)
