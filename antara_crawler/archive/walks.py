"""Walks back through a listing so that no kill, pause or date limit leaves a gap in it.

A listing shows its articles newest first. Each run walks from its first page (the *head*) down
to ground that is already known. What is known is kept for each listing by itself, as sightings:
which walk first saw which article there. An article that a feed or another listing named is not
known ground here, since nobody has walked what lies below it.

- A walk answers for all that lies below what it has sighted, down to what older walks (lower ids)
  have sighted. It ends at the first page that holds nothing but sightings of older walks. Known
  ground of newer walks, or its own, does not end it.
- So a killed walk stays open, and the next run opens a new head above it: that one ends at the
  dead one's sightings, and the dead one is resumed at the page it had reached. Should this page
  show nothing that was ever sighted there (too much was deleted), it starts at the top again.
- The first walk of a listing has nothing below it. It ends at the listing's end, or at its
  `since`; a run with an earlier `since` opens it again from where it ended (a backfill).
- A run's `since` never ends any other walk, it only pauses it: the gap down to known ground is
  closed by a later run that may go there.
- The listing's end is a page without a next one. A page that is empty or repeats an earlier one
  can be a slip of the portal: the walk stops there, and is only closed when that is met in
  a second run.

A page's capture, the queueing of its articles, the sightings and the walk's progress are one
transaction: `Walks.page`. What lies between two pages moves while articles are published, which
makes pages overlap; an article deleted between two requests can hide another one, which only
a walk from the top with the same `since` would find.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, insert, select

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.crawl_models import Sightings
from antara_crawler.archive.crawl_models import Walks as WalkRows
from antara_crawler.archive.ledger_rows import CHUNK, Entered, Named, enter, enter_source
from antara_crawler.archive.policy import Span
from antara_crawler.archive.statements import by_id, change
from antara_crawler.archive.types import AnyRow
from antara_crawler.items import Capture, Page

_BY_ID = select(WalkRows.__table__).where(WalkRows.id == bindparam("walk"))
_OLDER = (
    select(WalkRows.id)
    .where(WalkRows.listing == bindparam("listing"), WalkRows.id < bindparam("walk"))
    .limit(1)
)
_SEEN = select(Sightings.page, Sightings.walk).where(
    Sightings.listing == bindparam("listing"),
    Sightings.page.in_(bindparam("pages", expanding=True)),
)
_NEW_SIGHTING = insert(Sightings)
_CHANGE = by_id(WalkRows)

Sense = Literal["on", "known", "end", "odd", "floor", "past", "lost"]
"""What a page means for its walk."""

_WORDS: dict[Sense, str | None] = {
    "on": None,
    "known": "known from here on",
    "end": "end of the listing",
    "odd": "an empty or repeated page",
    "floor": "older than wanted",
    "past": "older than wanted, the gap below is left for later",
    "lost": None,
}

DOUBTS = 2
"""Runs that must meet an odd end of a listing before it is believed."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk to go on with: request `url`, and give what it shows to Walks.page()."""

    id: int
    portal: str
    listing: str
    url: str
    resumed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What to do after a page of a listing.

    `named` are the articles on it, those to request now with the standing 'due'. `next_url` is
    the page to go on with, None when the walk has come to its end for this run; `end` says why,
    in words. `fresh` is how many of the `found` articles no walk had seen on this listing before.
    """

    named: tuple[Named, ...]
    next_url: str | None
    end: str | None
    found: int
    fresh: int


class Walks:
    """The walks of one run; `wanted` are the publication times that the run wants."""

    def __init__(self, archive: Archive, *, run: int, wanted: Span = Span()) -> None:  # noqa: B008
        self.archive = archive
        self.run = run
        self.wanted = wanted
        self._shown: defaultdict[int, set[int]] = defaultdict(set)
        self._doubted: set[int] = set()

    def open(self, portal: str, listing: str, now: datetime) -> tuple[Walk, ...]:
        """Open a listing by the URL of its first page: its head walk, then those to resume."""
        since = self.wanted.since
        with self.archive.writing() as connection:
            [entered] = enter(connection, [Page(portal, "listing", listing)], self.run, now)
            known = _walks(connection, entered.id)
            first = known[-1] if known else None
            if first and first.since and since and since < first.since:
                _set(connection, first.id, since=since, closed_at=None)
                known = _walks(connection, entered.id)
            if known and known[0].closed_at is None and known[0].reached_url is None:
                head = known.pop(0).id  # it has seen nothing yet: this run's head as well
                if since is None:
                    _set(connection, head, since=None)
            else:
                row = {"listing": entered.id, "run": self.run, "started_at": now}
                row |= {"since": None if known else since, "pages": 0, "doubts": 0}
                key = connection.execute(insert(WalkRows), row).inserted_primary_key
                assert key is not None
                head = int(key[0])
        return (
            Walk(head, portal, listing, listing, False),
            *(
                Walk(row.id, portal, listing, row.reached_url, True)
                for row in known
                if row.closed_at is None and row.reached_url is not None
                # Where it stands, all is older than what this run wants.
                if not (since and row.reached_at and row.reached_at < since)
            ),
        )

    def page(
        self,
        walk: Walk,
        url: str,
        pages: Sequence[Page],
        next_url: str | None,
        now: datetime,
        captures: Sequence[Capture] = (),
    ) -> Step:
        """Take a page of the listing: `pages` are the articles on it, in order.

        Keeps its capture, queues its articles and notes how far the walk has come, all in one
        transaction. Give `pages=()` for a page that is empty or that the portal does not have;
        do not call it for one that could not be fetched: the walk is then resumed by a later run.
        """
        # A power cut may take the page back: then the walk has not come so far, nor what follows.
        with self.archive.writing(lasting=False) as connection:
            source = Page(walk.portal, "listing", url)
            enter_source(connection, source, captures, self.run, now)
            found = enter(connection, pages, self.run, now, self.wanted)
            row = connection.execute(_BY_ID, {"walk": walk.id}).one()
            seen = _seen(connection, row.listing, found)
            fresh = [each.id for each in found if each.id not in seen]
            if fresh:
                sightings = [
                    {"listing": row.listing, "page": each, "walk": row.id} for each in fresh
                ]
                connection.execute(_NEW_SIGHTING, sightings)
            first = not _has_older(connection, row)
            sense = self._judge(row, walk, url, found, seen, next_url, first)
            self._note(connection, row, walk, url, found, first, sense, bool(fresh), now)
        return Step(
            tuple(each.named for each in found),
            walk.listing if sense == "lost" else next_url if sense == "on" else None,
            _WORDS[sense],
            len(found),
            len(fresh),
        )

    def _judge(
        self,
        row: AnyRow,
        walk: Walk,
        url: str,
        found: list[Entered],
        seen: dict[int, int],
        next_url: str | None,
        first: bool,
    ) -> Sense:
        """Say what the page means for the walk."""
        begins = walk.id not in self._shown
        shown = hash(frozenset(each.id for each in found))
        repeated = shown in self._shown[walk.id] or next_url == url
        self._shown[walk.id].add(shown)
        if walk.resumed and begins and not seen and url != walk.listing:
            self._shown[walk.id].clear()
            return "lost"
        if found and all(seen.get(each.id, row.id) < row.id for each in found):
            return "known"
        if not found or repeated:
            return "odd"
        if next_url is None:
            return "end"
        dates = [each.published_at for each in found if each.published_at]
        limits = [limit for limit in (self.wanted.since, row.since if first else None) if limit]
        if not limits or 2 * len(dates) < len(found) or max(dates) >= max(limits):
            return "on"
        return "floor" if first and row.since == max(limits) else "past"

    def _note(
        self,
        connection: Connection,
        row: AnyRow,
        walk: Walk,
        url: str,
        found: list[Entered],
        first: bool,
        sense: Sense,
        fresh: bool,
        now: datetime,
    ) -> None:
        """Write down how far the walk has come, and whether it is over for good."""
        values: dict[str, Any] = {"run": self.run, "pages": row.pages + 1}
        if sense == "lost":
            values |= {"reached_url": walk.listing, "reached_at": None}
        elif found:
            dates = [each.published_at for each in found if each.published_at]
            values |= {"reached_url": url, "reached_at": max(dates, default=None)}
        if fresh:
            values["doubts"] = 0
        if sense == "odd" and walk.id not in self._doubted:
            self._doubted.add(walk.id)
            values["doubts"] = (0 if fresh else row.doubts) + 1
        ended = sense == "end" or values.get("doubts", 0) >= DOUBTS
        if ended or sense in ("known", "floor"):
            values["closed_at"] = now
        if ended and first:
            values["since"] = None  # there is nothing older to come back for
        _set(connection, row.id, **values)


def _walks(connection: Connection, listing: int) -> list[AnyRow]:
    """Return the walks of a listing, the newest first."""
    query = select(WalkRows.__table__).where(WalkRows.listing == listing)
    return list(connection.execute(query.order_by(WalkRows.id.desc())))


def _has_older(connection: Connection, row: AnyRow) -> bool:
    return connection.execute(_OLDER, {"listing": row.listing, "walk": row.id}).first() is not None


def _seen(connection: Connection, listing: int, found: list[Entered]) -> dict[int, int]:
    """Return which walk first saw each of the pages on the listing, of those that were seen."""
    seen: dict[int, int] = {}
    for start in range(0, len(found), CHUNK):
        keys = [each.id for each in found[start : start + CHUNK]]
        rows = connection.execute(_SEEN, {"listing": listing, "pages": keys})
        seen |= {row.page: row.walk for row in rows}
    return seen


def _set(connection: Connection, walk: int, **values: Any) -> None:
    change(connection, _CHANGE, walk, **values)
