"""The one writer: articles and outcomes of pages, a batch in one transaction with the ledger."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, StatementError

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.failures import detail_of, not_writable, undone
from antara_crawler.archive.ledger_rows import Entered, enter
from antara_crawler.archive.outcomes import Sight, note_article, note_outcome
from antara_crawler.archive.revising import Reviser, What
from antara_crawler.archive.rows import import_key, refuse_unfit
from antara_crawler.archive.same_text import SameText
from antara_crawler.archive.search_index import index_articles
from antara_crawler.archive.takedowns import FORGOTTEN, was_imported
from antara_crawler.causes import Cause
from antara_crawler.items import Article, Outcome, Page, State

Verdict = What | State | Literal["missed"]
_INDEXED = frozenset({"new", "imported", "revised", "returned", "amended", "reread"})
"""What may change the text that an article shows, and so its words in the search index."""

REFUSALS = (StatementError, ValueError, OverflowError)
"""How databases, their drivers and our own checks refuse data."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one member of a batch.

    `outcome` for articles: new, imported (no number), revised (text changed), returned (an
    earlier text again), amended (only other fields changed), unchanged, reread (a capture on
    record read differently), known (given before), unreadable (the archive cannot hold it; see
    `reason`). For outcomes: the state the page is in now ('stored' is reported as unchanged),
    missed (an article of ours was not there; it is gone after a second look on another day), or
    known when that attempt was on record. `revision` is the number the article shows now.
    """

    outcome: Verdict
    article_pk: int | None = None
    revision: int | None = None
    reason: str | None = None
    cause: Cause | None = None
    """Why it went unread, as the ledger has it; None where nothing did."""
    same_text: bool = False
    """Whether an article was refused since its text is that of others."""


class Writer:
    """Writes batches. For one thread at a time; `software` is our name and version."""

    def __init__(
        self,
        archive: Archive,
        software: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.archive = archive
        self.clock = clock
        self._reviser = Reviser(software)

    def write(
        self, batch: Sequence[Article | Outcome], run: int, *, portal_answers: bool = True
    ) -> list[Stored]:
        """Write a batch in one transaction and return what became of each member, in order.

        `portal_answers` tells whether the portal gave any page in this run: where it gave none,
        nothing is said to be gone.

        A member that the archive cannot hold is refused alone and noted in the ledger as
        unreadable; the others stand. Giving a member again changes nothing (a fetch is known by
        its capture, else by its time). When this returns, all of it is committed; when it
        raises NotWritable, nothing is, and the batch may be given again.
        """
        now = self.clock()
        try:
            with self.archive.writing() as connection:
                stored = [
                    self._write_one(
                        connection, each, run, Sight(_seen_at(each, now), now, portal_answers)
                    )
                    for each in batch
                ]
                changed = [each.article_pk for each in stored if each.outcome in _INDEXED]
                index_articles(connection, [key for key in changed if key is not None])
        except BaseException:
            self._reviser.rolled_back()
            raise
        self._reviser.committed()
        return stored

    def _write_one(
        self, connection: Connection, member: Article | Outcome, run: int, sight: Sight
    ) -> Stored:
        try:
            with connection.begin_nested():
                if isinstance(member, Article):
                    return self._write_article(connection, member, run, sight)
                return _write_outcome(connection, member, run, sight)
        except REFUSALS as error:
            _raise_if_lost(connection, error)
            self._reviser.rolled_back()
            return _refuse(connection, member, run, sight, error)

    def _write_article(
        self, connection: Connection, article: Article, run: int, sight: Sight
    ) -> Stored:
        refuse_unfit(article)
        page = _page_of(article)
        if page is None:
            if was_imported(connection, import_key(article)):
                return Stored("known")
            kept = self._reviser.keep(connection, article, None, run, sight.at, sight.now)
        else:
            entered = _enter(connection, page, run, sight.at)
            if entered.row.state == FORGOTTEN:
                return Stored("known")
            kept = self._reviser.keep(connection, article, entered.id, run, sight.at, sight.now)
            note_article(connection, entered.row, article, kept.article, sight)
        return Stored(kept.what, kept.article, kept.revision)


def _write_outcome(connection: Connection, outcome: Outcome, run: int, sight: Sight) -> Stored:
    entered = _enter(connection, outcome.page, run, sight.at)
    if entered.row.state == FORGOTTEN:
        return Stored("known")
    noted = note_outcome(connection, entered.row, outcome, run, sight)
    if not noted.fresh:
        return Stored("known", noted.article, noted.revision)
    state: Verdict = "unchanged" if noted.state == "stored" else noted.state
    return Stored(state, noted.article, noted.revision, outcome.reason, noted.cause)


def _refuse(
    connection: Connection, member: Article | Outcome, run: int, sight: Sight, error: Exception
) -> Stored:
    """Note that a member cannot be held; where even that fails, only report it."""
    same_text = isinstance(error, SameText)
    reason = str(error) if same_text else f"cannot be archived: {detail_of(error)}"
    page = _page_of(member) if isinstance(member, Article) else member.page
    if page is not None:
        noted = Outcome(
            replace(page, published_at=None),
            "unreadable",
            reason,
            captures=member.captures,
            seen_at=member.seen_at,
            cause=Cause.UNKNOWN_FORM,
        )
        try:
            with connection.begin_nested():
                written = _write_outcome(connection, noted, run, sight)
            return replace(written, same_text=same_text)
        except REFUSALS as second:
            _raise_if_lost(connection, second)
    return Stored("unreadable", reason=reason, cause=Cause.UNKNOWN_FORM, same_text=same_text)


def _raise_if_lost(connection: Connection, error: Exception) -> None:
    """Raise when the transaction is no more, or cannot be: then it was not about the data."""
    lost = undone(connection, error)
    if lost is None and isinstance(error, DBAPIError):
        lost = not_writable(error)
    if lost is not None:
        raise lost from error


def _page_of(article: Article) -> Page | None:
    if article.article_id is None:
        return None
    return Page(
        article.portal,
        "article",
        article.url or "",
        article.kind,
        article.article_id,
        article.published_at,
    )


def _enter(connection: Connection, page: Page, run: int, seen: datetime) -> Entered:
    for entered in enter(connection, [page], run, seen):
        return entered
    raise ValueError(f"no address of a page: {page.url[:100]}")


def _seen_at(member: Article | Outcome, now: datetime) -> datetime:
    if member.seen_at is not None:
        return member.seen_at
    return member.captures[0].captured_at if member.captures else now
