"""Goes back through a listing so that no kill, pause or date limit leaves a gap in it.

A listing shows its articles newest first. Each run goes from its first page (the *head*) down
to ground that is already known. What is known is kept for each listing by itself, as sightings:
which cursor first saw which article there. An article that a feed or another listing named is not
known ground here, since nobody has walked what lies below it.

- A cursor answers for all that lies below what it has sighted, down to what older cursors (lower
  ids) have sighted. It ends at the first page that holds nothing but sightings of older cursors.
  Known ground of newer cursors, or its own, does not end it.
- So a killed cursor stays open, and the next run opens a new head above it: that one ends at the
  dead one's sightings, and the dead one is resumed at the page it had reached. Should this page
  show nothing that was ever sighted there (too much was deleted), it starts at the top again.
  One that reached the first page only is the next run's head itself.
- The first cursor of a listing has nothing below it. It ends at the listing's end, or at its
  `since`; a run with an earlier `since` opens it again from where it ended (a backfill).
- A run's `since` never ends any other cursor, it only pauses it: the gap down to known ground is
  closed by a later run that may go there.
- The listing's end is a page with articles whose pager names no further one. Whatever else looks
  like an end leaves the cursor open, and each run looks again from the last page that had
  articles: see cursor_rules.py. An end above known ground, and known ground without its latest
  articles (a cache's old page), are told: what lies between was not shown.

A page's capture, the queueing of its articles, the sightings and the cursor's progress are one
transaction: `ListingCursors.page`. What lies between two pages moves while articles are
published, which makes pages overlap; an article deleted between two requests can hide another
one, which only a cursor from the top with the same `since` would find.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from antara_crawler.addresses import OWN
from antara_crawler.archive.archive import Archive
from antara_crawler.archive.frontier import cursor_rules as rules
from antara_crawler.archive.frontier import sightings
from antara_crawler.archive.frontier.rows import Entered, Named, enter, enter_source
from antara_crawler.archive.frontier.schedule import Span, is_within
from antara_crawler.archive.tables.crawl import ListingCursors as CursorRows
from antara_crawler.archive.tables.statements import add, change
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.errors import Cause
from antara_crawler.items import Capture, Leaf, Page
from antara_crawler.portals import portal

_BY_ID = select(CursorRows.__table__).where(CursorRows.id == bindparam("cursor"))
_OLDER = (
    select(CursorRows.id)
    .where(CursorRows.listing_id == bindparam("listing"), CursorRows.id < bindparam("cursor"))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class ListingCursor:
    """A cursor to go on with: request `url`, and give what it shows to ListingCursors.page()."""

    id: int
    portal: str
    listing: str
    url: str
    resumed: bool
    is_listing: bool = True
    """Whether articles were seen on it: of the first page of what the menu names."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do after a page of a listing.

    `named` are the articles on it, those to request now with the standing 'due'. `next_url` is
    the page to go on with, None when the cursor has come to its end for this run; `end` says why,
    in words. `fresh` is how many of the `found` articles no cursor had seen on this listing before.
    `cause` is set when the page is owed: it was not read as the listing's page that it should be.
    `doubt` says that the cursor stays open though nothing is owed: the listing seems to end here.
    `gap` says what of the listing the page leaves out, as where it ends above known ground.
    """

    named: tuple[Named, ...]
    next_url: str | None
    end: str | None
    found: int
    fresh: int
    cause: Cause | None = None
    doubt: bool = False
    gap: str | None = None
    known: bool = False
    """Whether it is below the first page and shows nothing new: an old copy of it hides nothing."""


@dataclass
class ListingCursors:
    """The cursors of one run; `wanted` are the publication times that the run wants.

    With `reopen`, each listing is walked from its first page to its end again, whatever is known;
    what `replays` captures may be older than what is known.
    """

    archive: Archive
    run: int = field(kw_only=True)
    wanted: Span = field(default=Span(), kw_only=True)
    reopen: bool = field(default=False, kw_only=True)
    replays: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        self.floor: datetime | None = None
        """The latest `since` of an earlier run below which this one, without any, does not go."""
        self._paths: defaultdict[int, rules.Path] = defaultdict(rules.Path)
        self._titles: defaultdict[str, set[str]] = defaultdict(set)
        self._shown: defaultdict[str, dict[int, str]] = defaultdict(dict)

    def open(self, portal: str, listing: str, now: datetime) -> tuple[ListingCursor, ...]:
        """Open a listing by the URL of its first page: its head cursor, then those to resume."""
        since = self.wanted.since
        with self.archive.writing() as connection:
            [entered] = enter(connection, [Page(portal, "listing", listing)], self.run, now)
            known = _cursors_of(connection, entered.id)
            first = known[-1] if known else None
            if first and first.since and since and since < first.since:
                change(connection, CursorRows, first.id, since=since, closed_at=None)
                known = _cursors_of(connection, entered.id)
            elif first and first.since and first.closed_at and not (since or self.reopen):
                self.floor = max(filter(None, (self.floor, first.since)))
            if first and self.reopen:
                again = {"reached_url": listing, "reached_at": None, "closed_at": None}
                change(connection, CursorRows, first.id, since=since, doubts=0, **again)
                known = _cursors_of(connection, entered.id)
            latest = known[0] if known else None
            if latest and latest.closed_at is None and latest.reached_url in (None, listing):
                head = known.pop(0).id  # it stands at the top: this run's head as well
                if since is None and latest.reached_url is None:
                    change(connection, CursorRows, head, since=None)
            else:
                row = {"listing_id": entered.id, "run_id": self.run, "started_at": now}
                row |= {"since": None if known else since, "pages": 0, "doubts": 0}
                [head] = add(connection, CursorRows, [row])
            is_listing = sightings.are_on(connection, entered.id)
            is_listing = is_listing and not rules.is_left_alone(entered.row, now)
        return (
            ListingCursor(head, portal, listing, listing, False, is_listing),
            *(
                ListingCursor(row.id, portal, listing, row.reached_url, True, is_listing)
                for row in known
                if row.closed_at is None and row.reached_url is not None
                # Where it stands, all is older than what this run wants.
                if not (since and row.reached_at and row.reached_at < since)
            ),
        )

    def page(
        self,
        cursor: ListingCursor,
        url: str,
        pages: Sequence[Page],
        leaf: Leaf,
        now: datetime,
        captures: Sequence[Capture] = (),
    ) -> Step:
        """Take a page of the listing: `pages` are the articles on it, in order.

        Keeps its capture (unless the page is owed), queues its articles and notes how far the
        cursor has come, all in one transaction. Do not call it for a page that could not be
        fetched: the cursor is then resumed by a later run.
        """
        path = self._paths[cursor.id]
        # A power cut may take the page back: then the cursor has not come so far, nor what follows.
        with self.archive.writing(lasting=False) as connection:
            entered = enter(connection, pages, self.run, now, self.wanted)
            row = connection.execute(_BY_ID, {"cursor": cursor.id}).one()
            found = entered if leaf.listed else []
            ids = [each.id for each in found]
            seen = sightings.first_seen(connection, row, ids)
            # The same articles on another page of the listing, or on this one, come back to.
            met = self._shown[cursor.listing].get(_shown(found), url)
            tops = frozenset[int]()
            own = [each.page.number or 0 for each in found if each.page.kind == OWN]
            if own and _is_main(cursor) and all(seen.get(each, row.id) < row.id for each in ids):
                tops = sightings.latest(connection, row, len(ids))
            older = connection.execute(_OLDER, {"listing": row.listing_id, "cursor": row.id})
            shown = rules.Seen(
                *(row, url, found, seen, leaf, path),
                is_first=url == cursor.listing,
                is_resumed=cursor.resumed,
                is_repeated=bool(found) and (met != url or url in path.met),
                is_familiar=leaf.paged or leaf.title in self._titles[cursor.listing],
                oldest=older.first() is None,
                replays=self.replays,
                tops=tops,
            )
            sightings.note(connection, row, shown.fresh)
            sense = rules.sense_of(shown, self.wanted)
            if sense == "foreign" and not _is_main(cursor):
                sense = "empty"  # what every page has of other hosts' is all that is left there
            owed = _owed(connection, cursor, shown, sense)
            if owed is None:  # else it comes to an outcome of its own, with its captures
                source = Page(cursor.portal, "listing", url)
                enter_source(connection, source, captures, self.run, now)
            if sense == "known" and shown.skips:  # for days: what stood above was withdrawn
                sightings.forget_above(connection, row, max(own))
            values = _progress(shown, sense, now)
            change(connection, CursorRows, row.id, run_id=self.run, pages=row.pages + 1, **values)
        self._remember(cursor, shown, sense)
        return Step(
            tuple(entered),
            cursor.listing if sense == "lost" else leaf.next_url if sense == "on" else None,
            rules.in_words(sense, leaf),
            len(found),
            len(shown.fresh),
            owed,
            doubt=owed is None and (sense == "beyond" or sense in rules.CAUSES),
            gap=shown.gap(sense) if _is_main(cursor) else None,
            known=not (shown.is_first or shown.fresh),
        )

    def _remember(self, cursor: ListingCursor, page: rules.Seen, sense: rules.Sense) -> None:
        """Keep in mind what was met; only once it is written, since a write may be tried again."""
        path = page.path
        path.begun = True
        path.idle = 0 if page.fresh or self.reopen else path.idle + 1
        path.named = page.leaf.named if sense == "on" else True
        path.ended = sense == "on" and page.leaf.ends
        path.touched = path.touched or any(first < cursor.id for first in page.seen.values())
        path.restarted = (path.restarted or sense == "lost") and not page.fresh
        if sense == "lost":
            path.met.clear()
        else:
            path.met.add(page.url)
        if page.found:
            self._shown[cursor.listing].setdefault(_shown(page.found), page.url)
            if page.leaf.title:
                self._titles[cursor.listing].add(page.leaf.title)


def _owed(
    connection: Connection, cursor: ListingCursor, page: rules.Seen, sense: rules.Sense
) -> Cause | None:
    """Return why a page is owed that does not show what it should, None when it is not."""
    is_listing = _is_main(cursor) or sightings.are_on(connection, page.row.listing_id)
    if page.is_first and not is_listing:
        return None
    if rules.may_be_the_end(sense, page.path) and page.row.doubts >= rules.DOUBTS:
        return None
    return rules.CAUSES.get(sense)


def _progress(page: rules.Seen, sense: rules.Sense, now: datetime) -> dict[str, Any]:
    """Return the columns that say how far the cursor has come, and whether it is over."""
    row = page.row
    values: dict[str, Any] = {}
    restarted = page.path.restarted and not page.fresh
    repeats = sense == "beyond" and page.is_repeated
    keeps_place = restarted or repeats or sense in ("lost", "repeats", "cut", "stale")
    if page.found and not keeps_place:
        dates = [each.latest_at for each in page.found if each.latest_at]
        values |= {"reached_url": page.url, "reached_at": max(dates, default=None)}
    may_end = rules.may_be_the_end(sense, page.path)
    if page.fresh:
        values |= {"doubts": 0, "doubted_at": None}
    elif may_end and not is_within(row.doubted_at, rules.DOUBT_PAUSE, now):
        values |= {"doubts": row.doubts + 1, "doubted_at": now}
    if sense in rules.CLOSING:
        values["closed_at"] = now
    if sense == "end" and page.oldest:
        values["since"] = None  # there is nothing older to come back for
    return values


def _is_main(cursor: ListingCursor) -> bool:
    """Tell whether a listing is one of the registry, with the newest first: of all sections."""
    return cursor.listing in portal(cursor.portal).listing_urls


def _cursors_of(connection: Connection, listing: int) -> list[AnyRow]:
    """Return the cursors of a listing, the newest first."""
    query = select(CursorRows.__table__).where(CursorRows.listing_id == listing)
    return list(connection.execute(query.order_by(CursorRows.id.desc())))


def _shown(found: Sequence[Entered]) -> int:
    return hash(frozenset(each.id for each in found))
