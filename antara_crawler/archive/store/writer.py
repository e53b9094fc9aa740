"""The one writer: articles and outcomes of pages, a batch in one transaction with the frontier."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError, StatementError

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.database_errors import detail_of, not_writable, undone
from antara_crawler.archive.frontier.results import Met, note_articles, note_outcomes
from antara_crawler.archive.frontier.rows import enter_rows, is_address, key_of
from antara_crawler.archive.frontier.schedule import RECHECK_AGES, Ages
from antara_crawler.archive.frontier.verdicts import Sight
from antara_crawler.archive.index.search_index import index_articles
from antara_crawler.archive.index.told import Ahead
from antara_crawler.archive.store.cases import Case, What
from antara_crawler.archive.store.refusals import NoTemplate, SameText
from antara_crawler.archive.store.revising import keep
from antara_crawler.archive.store.wordings import note_wordings
from antara_crawler.archive.tables.capture_rows import place_of
from antara_crawler.archive.tables.crawl import FORGOTTEN, Takedowns
from antara_crawler.archive.tables.rows import import_key, refuse_unfit
from antara_crawler.archive.tables.statements import among, rows_with
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.errors import Cause
from antara_crawler.items import Article, Outcome, Page, State
from antara_crawler.wording import sentence

Verdict = What | State | Literal["missed"]
_INDEXED = frozenset({"new", "imported", "revised", "returned", "amended", "reread"})
"""What may change the text that an article shows, and so its words in the search index."""

BULK = 500
"""Members that long work writes in one transaction: each costs less than of a smaller batch."""

REMOVED = sentence("removed on request")
"""Why an article that is 'known' is not taken in."""

_REMOVED = select(Takedowns.import_key).where(among(Takedowns.import_key))

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
    """Why it went unread, as the frontier has it; None where nothing did."""
    same_text: bool = False
    """Whether an article was refused since its text is that of others."""
    is_shown: bool = False
    """Whether the article shows this very reading now, and did not before."""
    before: Sequence[str] = ()
    """The paragraphs that it had, where it was revised."""
    since: datetime | None = None
    """When its wording was first seen, where it was before."""


@dataclass(frozen=True, slots=True)
class _Member:
    item: Article | Outcome
    sight: Sight

    @property
    def page(self) -> Page | None:
        """The page that it is of; None for a text from a file."""
        item = self.item
        if isinstance(item, Outcome):
            return item.page
        if item.article_id is None:
            return None
        return Page(
            item.portal, "article", item.url or "", item.kind, item.article_id, item.published_at
        )


@dataclass
class Writer:
    """Writes batches. For one thread at a time; `software` is our name and version.

    `ages` are those at which an article is looked at again.
    """

    archive: Archive
    software: str
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ages: Ages = RECHECK_AGES

    def __post_init__(self) -> None:
        self._ahead = Ahead()

    def write(
        self, batch: Sequence[Article | Outcome], run: int, *, portal_answers: bool = True
    ) -> list[Stored]:
        """Write a batch in one transaction and return what became of each member, in order.

        `portal_answers` tells whether the portal gave any page in this run: where it gave none,
        nothing is said to be gone.

        A member that the archive cannot hold is refused alone and noted in the frontier as
        unreadable; the others stand. Giving a member again changes nothing (a fetch is known by
        its capture, else by its time). When this returns, all of it is committed; when it
        raises NotWritable, nothing is, and the batch may be given again.
        """
        return self.archive.patiently(lambda: self._in_one(batch, run, portal_answers))

    def _in_one(
        self, batch: Sequence[Article | Outcome], run: int, portal_answers: bool
    ) -> list[Stored]:
        now = self.clock()
        members = [
            _Member(each, Sight(_seen_at(each, now), now, portal_answers, self.ages))
            for each in batch
        ]
        kind = self.archive.engine.dialect.name
        telling = self._ahead.begin(kind, batch)
        with self.archive.writing() as connection:
            stored: list[Stored] = []
            for part in _independent(batch):
                written = self._write(connection, members[part], run)
                told = zip(written, telling()[part], strict=False)
                ready = {each.article_pk: words for each, words in told if each.is_shown}
                changed = [each.article_pk for each in written if each.outcome in _INDEXED]
                index_articles(connection, changed, link=True, ready=ready)
                stored += written
            known = [each.article_pk for each in stored if each.outcome != "new"]
            note_wordings(connection, filter(None, known))
        return stored

    def _write(self, connection: Connection, members: Sequence[_Member], run: int) -> list[Stored]:
        """Write members that have nothing to do with each other.

        Where one is refused, all are taken back and written by halves, down to that one alone.
        """
        try:
            with connection.begin_nested():
                return self._write_set(connection, members, run)
        except REFUSALS as error:
            _raise_if_lost(connection, error)
            if len(members) == 1:
                return self._refuse(connection, members[0], run, error)
        middle = len(members) // 2
        halves = (members[:middle], members[middle:])
        return [each for half in halves for each in self._write(connection, half, run)]

    def _write_set(
        self, connection: Connection, members: Sequence[_Member], run: int
    ) -> list[Stored]:
        for member in members:
            if isinstance(member.item, Article):
                refuse_unfit(member.item)
        rows = _enter(connection, members, run)
        forgotten = _forgotten(connection, members, rows)
        stored = dict.fromkeys(forgotten, Stored("known", reason=REMOVED))
        cases: dict[int, Case] = {}
        met: dict[int, Met] = {}
        for place, (member, row) in enumerate(zip(members, rows, strict=True)):
            if place in stored:
                continue
            if isinstance(member.item, Article):
                cases[place] = Case(member.item, row, member.sight)
            elif row is not None:
                met[place] = Met(row, member.item, member.sight)
        keep(connection, [*cases.values()], run, self.software)
        note_articles(connection, [*cases.values()])
        note_outcomes(connection, [*met.values()], run)
        stored |= {
            at: Stored(
                *(case.what, case.pk, case.shown),
                is_shown=case.is_shown,
                before=case.before,
                since=case.since,
            )
            for at, case in cases.items()
        }
        for place, each in met.items():
            state: Verdict = "unchanged" if each.state == "stored" else each.state
            told = (state, each.article, each.revision, each.outcome.reason, each.cause)
            known = Stored("known", each.article, each.revision)
            stored[place] = Stored(*told) if each.is_fresh else known
        return [stored[place] for place in range(len(members))]

    def _refuse(
        self, connection: Connection, member: _Member, run: int, error: Exception
    ) -> list[Stored]:
        """Note that a member cannot be held; where even that fails, only report it."""
        same_text = isinstance(error, SameText)
        told = same_text or isinstance(error, NoTemplate)
        reason = str(error) if told else sentence(f"cannot be archived: {detail_of(error)}")
        if (page := member.page) is not None:
            noted = Outcome(
                replace(page, published_at=None),
                "unreadable",
                reason,
                captures=member.item.captures,
                seen_at=member.item.seen_at,
                cause=Cause.UNKNOWN_FORM,
            )
            try:
                with connection.begin_nested():
                    written = self._write_set(connection, [_Member(noted, member.sight)], run)
                return [replace(each, same_text=same_text) for each in written]
            except REFUSALS as second:
                _raise_if_lost(connection, second)
        cause = Cause.UNKNOWN_FORM
        return [Stored("unreadable", reason=reason, cause=cause, same_text=same_text)]


def _enter(connection: Connection, members: Sequence[_Member], run: int) -> list[AnyRow | None]:
    """Return the row in the frontier of each member's page, None for what has no page."""
    pages = [(member.page, member.sight.at) for member in members]
    found = [(page, at) for page, at in pages if page is not None]
    for page, _ in found:
        if not is_address(page):
            raise ValueError(f"no address of a page: {page.url[:100]}")
    rows = iter(enter_rows(connection, found, run))
    return [None if page is None else next(rows) for page, _ in pages]


def _forgotten(
    connection: Connection, members: Sequence[_Member], rows: Sequence[AnyRow | None]
) -> list[int]:
    """Return the places of those that were removed on request, and are not taken in again."""
    keys = {
        place: import_key(each.item)
        for place, each in enumerate(members)
        if isinstance(each.item, Article) and each.item.article_id is None
    }
    removed = {row.import_key for row in rows_with(connection, _REMOVED, keys.values())}
    pages = [place for place, row in enumerate(rows) if row and row.state == FORGOTTEN]
    return [*pages, *(place for place, key in keys.items() if key in removed)]


def _raise_if_lost(connection: Connection, error: Exception) -> None:
    """Raise when the transaction is no more, or cannot be: then it was not about the data."""
    lost = undone(connection, error)
    if lost is None and isinstance(error, DBAPIError):
        lost = not_writable(error)
    if lost is not None:
        raise lost from error


def _seen_at(member: Article | Outcome, now: datetime) -> datetime:
    if member.seen_at is not None:
        return member.seen_at
    return member.captures[0].captured_at if member.captures else now


def _independent(batch: Sequence[Article | Outcome]) -> Iterator[slice]:
    """Yield the sets, in their order, as slices of the batch.

    What is on record tells what becomes of a member, and those before it in the batch are on
    record by then. So a set ends before the second member of one page, text or raw record: all of
    a set is looked up before any of it is written.
    """
    start = 0
    taken: set[tuple[object, ...]] = set()
    for place, member in enumerate(batch):
        names = _names_of(member)
        if place - start == BULK or not taken.isdisjoint(names):
            yield slice(start, place)
            start, taken = place, set()
        taken |= names
    if batch:
        yield slice(start, len(batch))


def _names_of(member: Article | Outcome) -> set[tuple[object, ...]]:
    """Return what the archive may know a member by, or hold against another."""
    names: set[tuple[object, ...]] = {("record", *place_of(capture)) for capture in member.captures}
    if isinstance(member, Outcome):
        return names | {("page", *key_of(member.page))}
    if member.article_id is not None:
        names.add(("page", member.portal, member.kind, member.article_id))
    return names | {("text", member.portal, member.title, *member.paragraphs)}
