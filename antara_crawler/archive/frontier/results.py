"""What a fetch means for its row in the frontier, within a caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select

from antara_crawler.archive.frontier.schedule import Dated, is_news, next_retry
from antara_crawler.archive.frontier.verdicts import Sight, looked_at_again, succeeded, verdict
from antara_crawler.archive.tables.articles import Articles, Revisions
from antara_crawler.archive.tables.capture_rows import Fetched, find_captures, record_all
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.archive.tables.history import note_events
from antara_crawler.archive.tables.statements import among, change, change_all, columns, rows_with
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.errors import Cause
from antara_crawler.items import Article, Outcome, State

_SHOWN = (
    select(
        *columns(Articles, "id", "revision", "last_seen_at", "gone_at"),
        Revisions.id.label("revision_id"),
        Revisions.last_seen_at.label("revision_seen_at"),
    )
    .join(Revisions, Revisions.article_id == Articles.id)
    .where(among(Articles.id), Revisions.number == Articles.revision)
)
_ARE_GONE = select(Articles.id, Articles.gone_at).where(
    among(Articles.id), Articles.gone_at.is_not(None)
)


@dataclass(slots=True)
class Read:
    """A reading of an article: its page's row (None for a text from a file), its own, when."""

    article: Article
    page: Any
    sight: Sight
    pk: int = field(default=0, kw_only=True)


@dataclass(slots=True)
class Met:
    """A page that gave something other than an article: its row, what it gave, what that came to.

    `article` and `revision` are those that the page belongs to, and shows.
    """

    page: AnyRow
    outcome: Outcome
    sight: Sight
    article: int | None = None
    revision: int | None = None
    is_fresh: bool = False
    """False when a later or the same attempt is on record already."""
    state: State | Literal["missed"] = "queued"
    """The state that the page is in now, or 'missed' for an article of ours that is not there, and
    is looked for again on another day."""
    cause: Cause | None = None


def note_articles(connection: Connection, read: Sequence[Read]) -> None:
    """Note in the frontier that pages gave articles; what has no page is passed over."""
    read = [each for each in read if each.page]
    fresh = [each for each in read if _is_latest(each)]
    late = [each for each in read if each.page.article_id is None and not _is_latest(each)]
    change_all(connection, Pages, {each.page.id: {"article_id": each.pk} for each in late})
    change_all(connection, Pages, {each.page.id: _gave_article(each) for each in fresh})
    _are_back(connection, {each.pk: each.sight.at for each in fresh if each.page.article_id})


def note_outcomes(connection: Connection, met: Sequence[Met], run: int) -> None:
    """Note what pages gave other than articles, none of them twice, and what each came to.

    Of a page outside the dates, `outcome.page.published_at` is the date that it says itself.
    """
    articles = (each.page.article_id for each in met if each.page.article_id is not None)
    shown = {row.id: row for row in rows_with(connection, _SHOWN, articles)}
    changes: dict[int, dict[str, Any]] = {}
    again: list[tuple[Met, AnyRow]] = []
    gone: dict[int, dict[str, Any]] = {}
    fetched = []
    for each in met:
        page, outcome, sight = each.page, each.outcome, each.sight
        article = shown.get(page.article_id)
        # Neither on record already (a replay) nor before what is.
        is_news_of_it = is_news(sight.at, page.last_attempt_at, sight.now)
        seen = article if article and is_news_of_it and outcome.state == "stored" else None
        of = (page.portal, page.role, page.id, seen.revision_id if seen else None)
        fetched.append(Fetched(outcome.captures, *of))
        each.article, each.revision = page.article_id, article.revision if article else None
        each.state, each.is_fresh = page.state, is_news_of_it and outcome.state != "not_captured"
        if not each.is_fresh:
            continue
        values: dict[str, Any] = {"last_attempt_at": sight.at, "last_status": outcome.status}
        values["deaths"] = 0
        if outcome.state == "out_of_range" and outcome.page.published_at is not None:
            values |= Dated.by_page(outcome.page.published_at).columns
        values |= verdict(page, outcome, sight, article is not None)
        changes[page.id] = values
        if seen:
            again.append((each, seen))
        if article and values["state"] == "gone" and article.gone_at is None:
            gone[article.id] = {
                "happened_at": values.get("missed_at") or page.missed_at or sight.at,
                "before_at": article.last_seen_at,
                "confirmed_at": sight.at,
            }
        missed = outcome.state == "gone" and values["state"] == "stored"
        each.state, each.cause = "missed" if missed else values["state"], values.get("cause")
    captures = (capture for each in met for capture in each.outcome.captures)
    # One that found its article unchanged shows the article's revision.
    record_all(connection, fetched, find_captures(connection, captures), run)
    change_all(connection, Pages, changes)
    _seen_again(connection, again)
    _are_back(connection, {article.id: each.sight.at for each, article in again})
    left = {key: {"gone_at": at["happened_at"]} for key, at in gone.items()}
    change_all(connection, Articles, left)
    note_events(connection, "gone", gone)


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
    change(connection, Pages, page.id, **values)
    return deaths


def _is_latest(read: Read) -> bool:
    """Tell whether the fetch is what the frontier is to tell of the page.

    The last fetch read again may give an article at last; an earlier one is not news.
    """
    page, sight = read.page, read.sight
    if is_news(sight.at, page.last_attempt_at, sight.now):
        return True
    return bool(sight.at == page.last_attempt_at and page.state != "stored")


def _gave_article(read: Read) -> dict[str, Any]:
    article, at = read.article, read.sight.at
    first = article.captures[0] if article.captures else None
    dated = Dated.by_page(article.published_at) if article.published_at else Dated.of(read.page)
    values = succeeded(first, at)
    if len(article.captures) > 1:  # 'not modified' would say nothing of its further pages
        values |= {"etag": None, "last_modified": None}
    return {
        **values,
        "article_id": read.pk,
        **dated.columns,
        **looked_at_again(dated.at, read.sight),
    }


def _seen_again(connection: Connection, seen: Sequence[tuple[Met, AnyRow]]) -> None:
    """Widen the time in which articles, and the revisions that they show, were seen."""
    in_order = sorted(seen, key=lambda each: each[0].sight.at)
    for table, key, last in (
        (Articles, "id", "last_seen_at"),
        (Revisions, "revision_id", "revision_seen_at"),
    ):
        later = {
            getattr(shown, key): {"last_seen_at": each.sight.at}
            for each, shown in in_order
            if is_news(each.sight.at, getattr(shown, last), each.sight.now)
        }
        change_all(connection, table, later)


def _are_back(connection: Connection, seen: Mapping[int, datetime]) -> None:
    """Say no more of articles that were seen that they are gone, but that they are back."""
    gone = {row.id: row.gone_at for row in rows_with(connection, _ARE_GONE, seen)}
    change_all(connection, Articles, {key: {"gone_at": None} for key in gone})
    back = {key: {"happened_at": seen[key], "before_at": since} for key, since in gone.items()}
    note_events(connection, "returned", back)
