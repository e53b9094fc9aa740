"""What a fetch means for its row in the ledger, within a caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from antara_crawler.archive.capture_rows import record_captures
from antara_crawler.archive.ledger_rows import change_page
from antara_crawler.archive.models import Articles, Revisions
from antara_crawler.archive.policy import next_look_at_gone, next_recheck, next_retry
from antara_crawler.archive.statements import by_id
from antara_crawler.archive.types import AnyRow
from antara_crawler.items import Article, Capture, Outcome, State

MAX_REASON = 1000
"""Longest reason kept, in characters."""


_SHOWN = (
    select(Articles.id, Articles.revision, Revisions.id.label("revision_id"))
    .join(Revisions, Revisions.article == Articles.id)
    .where(Articles.id == bindparam("article"), Revisions.number == Articles.revision)
)
_GONE = update(Articles).where(Articles.id == bindparam("article"), Articles.gone_at.is_(None))
_ARTICLE_SEEN = by_id(Articles).where(Articles.last_seen_at < bindparam("seen"))
_REVISION_SEEN = by_id(Revisions).where(Revisions.last_seen_at < bindparam("seen"))


@dataclass(frozen=True, slots=True)
class Noted:
    """The state a page is in after an outcome, and the article it belongs to."""

    state: State
    article: int | None
    revision: int | None
    fresh: bool
    """False when a later or the same attempt is on record already."""


def note_article(
    connection: Connection, page: AnyRow, article: Article, pk: int, seen: datetime
) -> None:
    """Note in the ledger that a page gave an article."""
    last = page.last_attempt_at
    # The last fetch read again may give an article at last; an earlier one is not news.
    if last is not None and (seen < last or (seen == last and page.state == "stored")):
        if page.article is None:
            change_page(connection, page.id, article=pk)
        return
    first = article.captures[0] if article.captures else None
    change_page(
        connection,
        page.id,
        **_succeeded(first, seen),
        article=pk,
        published_at=article.published_at or page.published_at,
        next_attempt_at=next_recheck(article.published_at or page.published_at, seen),
    )


def note_outcome(
    connection: Connection, page: AnyRow, outcome: Outcome, run: int, seen: datetime
) -> Noted:
    """Note an outcome other than an article; `page` is its row, `seen` the time of the fetch."""
    shown = _shown(connection, page.article)
    unchanged = outcome.state == "stored" and shown is not None
    # This fetch again (a replay), or one made before the last that is on record.
    fresh = page.last_attempt_at is None or seen > page.last_attempt_at
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
    state, values = _verdict(page, outcome, seen, shown is not None)
    attempt = {"last_attempt_at": seen, "last_status": outcome.status}
    if outcome.page.published_at is not None:
        attempt["published_at"] = outcome.page.published_at
    change_page(connection, page.id, **{**attempt, **values})
    if shown and unchanged:
        _seen_again(connection, shown, seen)
    if shown and state == "gone":
        connection.execute(_GONE, {"article": page.article, "gone_at": seen})
    return Noted(state, page.article, revision, True)


def _verdict(
    page: AnyRow, outcome: Outcome, seen: datetime, archived: bool
) -> tuple[State, dict[str, Any]]:
    """Return the page's new state and the columns that say so."""
    reason = outcome.reason.replace("\x00", "")[:MAX_REASON]
    first = outcome.captures[0] if outcome.captures else None
    published_at = page.published_at or outcome.page.published_at
    match outcome.state:
        case "stored" if archived:
            values = _succeeded(first, seen, keep_validators=True)
            return "stored", {**values, "next_attempt_at": next_recheck(published_at, seen)}
        case "stored":
            # 'Not modified' says nothing of a page we do not hold: ask without validators.
            values = _failed(page, seen, "failed", "not modified, but not archived")
            return values["state"], {**values, "etag": None, "last_modified": None}
        case "gone":
            times = page.attempts + 1 if page.state == "gone" else 1
            return "gone", {
                "state": "gone",
                "attempts": times,
                "last_error": reason,
                "next_attempt_at": next_look_at_gone(times, seen) if page.number else None,
            }
        case "not_captured":
            return page.state, {}
        case "queued" | "out_of_range":
            values = {"state": outcome.state, "attempts": 0, "last_error": reason or None}
            return outcome.state, {**values, "next_attempt_at": seen if page.number else None}
        case "given_up":
            values = {"state": "given_up", "attempts": page.attempts + 1, "last_error": reason}
            return "given_up", {**values, "next_attempt_at": None}
        case "failed" | "unreadable":
            values = _failed(page, seen, outcome.state, reason)
            return values["state"], values


def _succeeded(
    capture: Capture | None, seen: datetime, keep_validators: bool = False
) -> dict[str, Any]:
    values: dict[str, Any] = {
        "state": "stored",
        "attempts": 0,
        "failing_since": None,
        "last_error": None,
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


def _failed(page: AnyRow, seen: datetime, state: State, reason: str) -> dict[str, Any]:
    since = page.failing_since or seen
    failures = page.attempts + 1 if page.failing_since else 1
    again = next_retry(failures, since, seen)
    # Feeds and listings are asked for by every run: they are listed, never given up.
    article = page.number is not None
    return {
        "state": "given_up" if article and again is None else state,
        "attempts": failures,
        "failing_since": since,
        "last_error": reason,
        "next_attempt_at": again if article else None,
    }


def _shown(connection: Connection, article: int | None) -> AnyRow | None:
    """Return the revision that an article shows."""
    if article is None:
        return None
    return connection.execute(_SHOWN, {"article": article}).one()


def _seen_again(connection: Connection, shown: AnyRow, seen: datetime) -> None:
    for statement, key in ((_ARTICLE_SEEN, shown.id), (_REVISION_SEEN, shown.revision_id)):
        connection.execute(statement, {"which_id": key, "seen": seen, "last_seen_at": seen})
