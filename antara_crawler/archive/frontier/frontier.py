"""The frontier of pages, which is the crawl's: what is known, due, failed; and how long to wait."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, null, select, update

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.frontier import schedule
from antara_crawler.archive.frontier.results import note_death
from antara_crawler.archive.frontier.rows import Named, enter, enter_source, known_rows, page_of
from antara_crawler.archive.frontier.schedule import LONGEST_WAIT
from antara_crawler.archive.frontier.verdicts import UNREAD
from antara_crawler.archive.tables.crawl import Pages, Runs, Waits
from antara_crawler.archive.tables.history import RecheckRules
from antara_crawler.archive.tables.statements import change_all, columns, only, put_instead
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.errors import Cause
from antara_crawler.items import Capture, Page

BATCH = 500


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be archived, for people to read. Times are UTC.

    `cause` says in words what stood between us and it, and what to do; `reason` is the technical
    line behind that.
    """

    portal: str
    role: str
    url: str
    state: str
    cause: Cause | None
    reason: str | None
    status: int | None
    attempts: int
    last_attempt_at: datetime | None
    next_attempt_at: datetime | None


class Frontier:
    """Which pages are known and in what state; every call is one short transaction."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def queue(
        self,
        pages: Sequence[Page],
        *,
        run: int | None,
        now: datetime,
        wanted: schedule.Span = schedule.Span(),  # noqa: B008  (frozen)
        found_on: Page | None = None,
        captures: Sequence[Capture] = (),
        whole: bool = True,
    ) -> list[Named]:
        """Enter pages and return each once, in order, with where it stands.

        Those to request now are 'due': new articles, and known ones that are queued, failed, to
        be rechecked; each with the validators of its last fetch. `found_on` is the feed or
        sitemap that named them and `captures` its records, kept in the same transaction; one
        that was not read `whole`, or names others, is asked for in full by the next run.
        Articles dated outside of `wanted` stay queued for a run that wants them. Listings go
        through ListingCursors instead.
        """
        with self.archive.writing() as connection:
            if found_on is not None:
                enter_source(connection, found_on, captures, run, now, whole=whole)
            return [*enter(connection, pages, run, now, wanted)]

    def with_validators(self, page: Page, now: datetime) -> Page:
        """Return a feed's or sitemap's page with what its last answer gave to ask by, if it is new.

        While a sitemap of the portal is still to be read, as one that a killed run did not come
        to, none has anything: 'not modified' from an index would say nothing of its parts. The
        page is new if it was never read; a place that nothing names, if it was not when last asked.
        One that was not there for a week is as good as such a place: nothing is owed for it.
        """
        same = (Pages.portal == page.portal, Pages.role == page.role, Pages.number.is_(None))
        query = select(Pages.__table__).where(*same, Pages.url == page.url)
        unread = select(Pages.id).where(*same, Pages.state.in_(("queued", "failed"))).limit(1)
        with self.archive.reading() as connection:
            row = connection.execute(query).first()
            if row is not None and _is_missed(row, now):
                return replace(page, is_new=True, guessed=True)
            if row is None or row.stored_at is None:
                return replace(page, is_new=True)
            page = replace(page, is_new=page.guessed and row.state != "stored")
            if page.role == "sitemap" and connection.execute(unread).first():
                return page
        if not schedule.is_within(row.stored_at, schedule.FULL_AFTER[page.role], now):
            return page
        return replace(page, etag=row.etag, last_modified=row.last_modified)

    def is_absent(self, page: Page, now: datetime) -> bool:
        """Tell whether a page that nothing named, but was lately asked for, was not there."""
        same = (Pages.portal == page.portal, Pages.role == page.role, Pages.url == page.url)
        query = select(Pages.id).where(*same, Pages.state == "absent")
        query = query.where(
            schedule.lately(Pages.last_attempt_at, schedule.GUESS_PAUSE, now)
        ).limit(1)
        return self.archive.row(query) is not None

    def pending(
        self,
        portal: str,
        now: datetime,
        *,
        wanted: schedule.Span = schedule.Span(),  # noqa: B008  (frozen)
    ) -> Iterator[Page]:
        """Yield the articles of a portal that are due, the longest due first.

        Read in batches: memory stays flat, and pages may change state in between.
        """
        query = select(Pages.__table__).where(Pages.portal == portal, Pages.number.is_not(None))
        query = query.where(*_dated(wanted))
        # Two ranges of the index: 'or' would make it read all of it. See schedule.is_due().
        for due in (
            Pages.next_attempt_at <= now,
            Pages.next_attempt_at > now + schedule.LONGEST_PAUSE,
        ):
            order = (Pages.next_attempt_at, Pages.id)
            for rows in self.archive.in_batches(query.where(due), BATCH, *order):
                yield from (replace(page_of(row), left_over=True) for row in rows)

    def reschedule(self, portal: str, ages: schedule.Ages, now: datetime) -> int:
        """Let the due dates of a portal's articles follow a rule; return how many it touched.

        Nothing is done where they follow it already. A second look at what was not there keeps
        its time. Young articles fetched while the clock was ahead are due: by it they were old.
        """
        seconds = [int(age.total_seconds()) for age in ages]
        usual = [int(age.total_seconds()) for age in schedule.RECHECK_AGES]
        rule = select(RecheckRules.ages).where(RecheckRules.portal == portal)
        pages = select(Pages.id, Pages.published_at, Pages.stored_at).where(
            *(Pages.portal == portal, Pages.number.is_not(None), Pages.state == "stored"),
            *(Pages.missed_at.is_(None), Pages.stored_at.is_not(None)),
        )
        touched = after = 0
        late = now + schedule.CLOCK_SLACK
        last = func.coalesce(Runs.finished_at, Runs.started_at)
        ahead = select(Runs.id).where(Runs.portal == portal, last > late).limit(1)
        young = Pages.published_at.between(now - max(ages, default=timedelta(0)), now)
        of_it = (Pages.portal == portal, Pages.state == "stored", Pages.stored_at > late, young)
        with self.archive.writing() as connection:
            if connection.scalar(ahead) is not None:
                connection.execute(update(Pages).where(*of_it).values(next_attempt_at=now))
            before = connection.scalar(rule)
            if (usual if before is None else before) == seconds:
                return 0
            step = pages.order_by(Pages.id).limit(BATCH)
            while rows := connection.execute(step.where(Pages.id > after)).all():
                due = {
                    row.id: schedule.next_recheck(row.published_at, row.stored_at, ages)
                    for row in rows
                }
                again = {key: {"next_attempt_at": at} for key, at in due.items()}
                change_all(connection, Pages, again)
                touched, after = touched + len(rows), rows[-1].id
            put_instead(connection, RecheckRules, {"portal": portal}, ages=seconds)
        return touched

    def doubt(self, portal: str, keys: Iterable[tuple[str, int]], now: datetime) -> None:
        """Have articles asked for in full once more, some hours from now, whatever their age."""
        due = now + schedule.RECHECK_AGES[0]
        again = {"next_attempt_at": due, "etag": None, "last_modified": None}
        with self.archive.writing() as connection:
            rows = known_rows(connection, [(portal, *key) for key in keys])
            change_all(connection, Pages, {row.id: again for row in rows.values()})

    def note_death(
        self, portal: str, kind: str, number: int, began_at: datetime, now: datetime
    ) -> int:
        """Note that a run was killed while it read an article; return how often in a row."""
        found = (Pages.portal == portal, Pages.kind == kind, Pages.number == number)
        with self.archive.writing() as connection:
            page = connection.execute(select(Pages.__table__).where(*found)).first()
            return note_death(connection, page, began_at, now) if page is not None else 0

    def untouched(
        self, portal: str, keys: Sequence[tuple[str, int]], since: datetime
    ) -> list[tuple[str, int]]:
        """Return those of the articles, by kind and number, that no run tried since a moment."""
        with self.archive.reading() as connection:
            rows = known_rows(connection, [(portal, *key) for key in keys])
        return [
            (row.kind, row.number)
            for row in rows.values()
            if row.last_attempt_at is None or row.last_attempt_at < since
        ]

    def queued(self, portal: str) -> int:
        """Return how many articles of a portal wait to be asked for the first time."""
        waiting = (Pages.portal == portal, Pages.state == "queued", Pages.number.is_not(None))
        return self.archive.value(select(func.count()).select_from(Pages).where(*waiting)) or 0

    def waiting_for_retry(
        self, portal: str, wanted: schedule.Span, since: datetime
    ) -> tuple[int, str] | None:
        """Return how many wanted articles failed before a moment, and are due after it.

        With the address of one; None for none. What was given up is not among them.
        """
        failed = (
            Pages.next_attempt_at > since,
            Pages.state.in_(("failed", "unreadable")),
            Pages.last_attempt_at < since,
        )
        query = select(func.count(), func.min(Pages.url)).where(
            Pages.portal == portal, Pages.number.is_not(None), *failed, *_dated(wanted)
        )
        row = self.archive.row(query)
        return (row[0], row[1]) if row and row[0] else None

    def excuse(self, portal: str, since: datetime) -> None:
        """Take back the failures since a moment: the portal was at fault, and no page of it.

        The pages are due again at once, and are none the nearer to being given up.
        """
        failed = (Pages.portal == portal, Pages.number.is_not(None), Pages.last_attempt_at >= since)
        first = Pages.attempts <= 1
        with self.archive.writing() as connection:
            connection.execute(
                update(Pages)
                .where(*failed, Pages.state.in_(UNREAD))
                .values(
                    state=case((Pages.state == "given_up", "failed"), else_=Pages.state),
                    attempts=case((first, 0), else_=Pages.attempts - 1),
                    failing_since=case((first, null()), else_=Pages.failing_since),
                    next_attempt_at=Pages.last_attempt_at,
                )
            )

    def failures(self, portal: str | None = None, limit: int | None = None) -> list[Failure]:
        """Return the pages that failed, cannot be read or were given up; the latest first."""
        query = (
            select(
                *columns(Pages, "portal", "role", "url", "state", "cause", "attempts"),
                *columns(Pages, "last_attempt_at", "next_attempt_at"),
                Pages.last_error.label("reason"),
                Pages.last_status.label("status"),
            )
            .where(Pages.state.in_(UNREAD))
            .where(*only(Pages.portal, portal))
            .order_by(Pages.last_attempt_at.desc(), Pages.id)
            .limit(limit)
        )
        found = [row._asdict() for row in self.archive.rows(query)]
        return [Failure(**row | {"cause": row["cause"] and Cause(row["cause"])}) for row in found]


@dataclass(frozen=True, slots=True)
class Wait:
    """A portal is not to be asked for anything before `until` (UTC)."""

    until: datetime
    reason: str


def note_wait(archive: Archive, portal: str, wait: Wait) -> None:
    """Keep a portal's wait, in the place of an earlier one."""
    with archive.writing() as connection:
        put_instead(connection, Waits, {"portal": portal}, until=wait.until, reason=wait.reason)


def wait_in_force(archive: Archive, portal: str, now: datetime) -> Wait | None:
    """Return the wait that a portal has asked for, None when it is over or was never asked.

    One that lies further ahead than any that is kept was written by a clock that was ahead.
    """
    query = select(Waits.until, Waits.reason).where(
        Waits.portal == portal, Waits.until > now, Waits.until <= now + LONGEST_WAIT
    )
    row = archive.row(query)
    return Wait(row.until, row.reason) if row else None


def _is_missed(row: AnyRow, now: datetime) -> bool:
    """Tell whether a feed or sitemap was not there for a week, and is not yet."""
    week = schedule.GONE_PAUSES[0]
    return row.state == "gone" or schedule.has_failed_for(row, week, Cause.NOT_FOUND, now)


def _dated(wanted: schedule.Span) -> list[ColumnElement[bool]]:
    """Return the conditions on pages that may be of the days that are wanted."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        conditions.append(Pages.latest_at.is_(None) | (Pages.latest_at >= wanted.since))
    if wanted.until is not None:
        conditions.append(Pages.earliest_at.is_(None) | (Pages.earliest_at < wanted.until))
    return conditions
