"""What a page of a listing means for the cursor that came to it; no database.

Only what a page with articles says itself closes a cursor: that nothing follows, or that all below
is known. Where its pager is not to be trusted to know the last page, the page after it is to bear
that out. A page that is empty, missing, leads elsewhere or shows an earlier page again is doubt:
it may be a notice, a wall, a redesign or a slip, and the cursor stays open where it is. Whether it
is owed is another question: where no pager named the page, a listing may well end before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from antara_crawler.addresses import place_in_listing
from antara_crawler.archive.frontier.rows import Entered
from antara_crawler.archive.frontier.schedule import Span, has_failed_for
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.errors import Cause
from antara_crawler.items import Leaf
from antara_crawler.wording import sentence, words

Sense = Literal[
    "on", "known", "end", "short", "floor", "past", "lost", "stale",
    "cut", "beyond", "missing", "empty", "blank", "foreign", "astray", "repeats",
]  # fmt: skip
"""What a page means for its cursor."""

CAUSES: dict[Sense, Cause] = {
    "missing": Cause.NOT_FOUND,
    "empty": Cause.UNKNOWN_FORM,
    "blank": Cause.UNKNOWN_FORM,
    "foreign": Cause.FOREIGN,
    "astray": Cause.FOREIGN,
    "cut": Cause.DAMAGED,
    "repeats": Cause.UNKNOWN_FORM,
    "stale": Cause.DAMAGED,
}
CLOSING: frozenset[Sense] = frozenset({"known", "end", "short", "floor"})
DOUBTFUL: frozenset[Sense] = frozenset({"missing", "empty", "repeats", "beyond", "stale"})
"""What a listing's end may look like where its pager names one page too many, or none."""

DOUBTS = 3
"""Days on which such an end is met before it is no longer owed. The cursor stays open all the same,
and each run looks again."""
MOST_IDLE = 200
"""Pages in a row with nothing new after which a listing shows its articles in circles."""
MOST_SKIPPED = 3
"""Pages by which a pager's next one may be ahead, if it is one of pages."""
DOUBT_PAUSE = timedelta(hours=20)


@dataclass(slots=True)
class Path:
    """What one run has seen so far of one cursor."""

    begun: bool = False
    met: set[str] = field(default_factory=set)
    named: bool = True
    """Whether the portal named the page that is asked for next."""
    ended: bool = False
    """Whether that is asked for only to see that nothing follows, as the pager says."""
    touched: bool = False
    """Whether it met an article that an older cursor had sighted."""
    idle: int = 0
    """How many pages in a row showed nothing that is new here."""
    restarted: bool = False
    """Whether it began at the top again: until it sees what is new, its place is kept."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that a cursor came to: the articles of its list, and which cursor first saw each.

    `row` is the cursor's, from before the page.
    """

    row: AnyRow
    url: str
    found: Sequence[Entered]
    seen: dict[int, int]
    leaf: Leaf
    path: Path
    is_repeated: bool
    """Whether this run met the same articles on another page of the listing."""
    is_first: bool
    """Whether it is the first page of the listing."""
    is_resumed: bool
    """Whether an earlier run had come so far."""
    is_familiar: bool
    """Whether it shows that it belongs to the listing, if not by articles."""
    oldest: bool
    """Whether no cursor of the listing is older."""
    replays: bool
    """Whether it comes from captures, which may be older than what is known."""
    tops: frozenset[int]
    """The latest articles that older cursors sighted on a listing that shows the newest first."""

    @property
    def meets(self) -> bool:
        """Whether its cursor has met known ground, where there is any."""
        return self.oldest or self.replays or self.touches

    @property
    def touches(self) -> bool:
        """Whether it, or a page above it, has an article that an older cursor sighted."""
        return self.path.touched or any(cursor < self.row.id for cursor in self.seen.values())

    @property
    def skips(self) -> bool:
        """Whether the latest of what older cursors sighted are neither here nor above."""
        may = not (self.path.touched or self.replays)
        return may and bool(self.tops) and self.tops.isdisjoint(self.seen)

    def gap(self, sense: Sense) -> str | None:
        """Say what of the listing the page leaves out, None for nothing.

        It ends above known ground, or seems to, then not for long; or there its pager leaves out
        pages: a few only, since there are pagers that count articles.
        """
        seems = sense == "beyond" and self.row.doubts < DOUBTS and not self.meets
        if seems or sense == "short":
            return str(words("cursors")["short"])
        listing, number = place_in_listing(self.url)
        following, further = place_in_listing(self.leaf.next_url or self.url)
        skips = following == listing and 1 < further - number <= MOST_SKIPPED
        if sense == "on" and skips and not self.touches:
            return sentence(f"its pager leads from page {number} to page {further}")
        return None

    @property
    def fresh(self) -> list[int]:
        """The articles that no cursor had seen on this listing before."""
        return [each.id for each in self.found if each.id not in self.seen]


def is_left_alone(listing: AnyRow, now: datetime) -> bool:
    """Tell whether robots.txt has forbidden a listing for days: it was open by mistake, or is shut.

    `listing` is its row in the frontier.
    """
    return has_failed_for(listing, DOUBTS * DOUBT_PAUSE, Cause.FORBIDDEN, now)


def in_words(sense: Sense, leaf: Leaf) -> str | None:
    """Return why the cursor ends at such a page, None when it goes on."""
    if sense == "astray":
        return f"leads to {leaf.elsewhere}"
    return words("cursors").get(sense)


def sense_of(page: Seen, wanted: Span) -> Sense:
    """Say what the page means for its cursor."""
    path, row = page.path, page.row
    resumes = page.is_resumed and not path.begun and not page.is_first
    if page.leaf.cut:
        return "cut"
    if not page.found:
        sense = _without_articles(page, resumes)
        return "short" if sense == "end" and not page.meets else sense
    if resumes and not page.seen:
        return "lost"
    if all(page.seen.get(each.id, row.id) < row.id for each in page.found):
        # Above them lies what no page of this listing showed.
        return "stale" if page.skips and row.doubts < DOUBTS else "known"
    if page.is_repeated or path.idle >= MOST_IDLE:
        return "repeats" if path.named else "beyond"
    limits = [limit for limit in (wanted.since, row.since if page.oldest else None) if limit]
    # By hints at their latest, where most have one.
    dates = [each.latest_at for each in page.found if each.latest_at]
    if limits and 2 * len(dates) >= len(page.found) and max(dates) < max(limits):
        return "floor" if page.oldest and row.since == max(limits) else "past"
    if page.leaf.next_url is None:
        return "astray" if page.leaf.elsewhere else "end" if page.meets else "short"
    return "on"


def _without_articles(page: Seen, resumes: bool) -> Sense:
    leaf, path = page.leaf, page.path
    if path.ended and (leaf.is_missing or page.is_familiar or leaf.elsewhere):
        return "end"
    if leaf.is_missing or page.is_familiar:
        if resumes:
            return "lost"
        if not path.named:
            return "beyond"
        return "missing" if leaf.is_missing else "foreign" if leaf.strays else "empty"
    if leaf.elsewhere is not None:
        return "astray" if path.named else "beyond"
    return "foreign" if leaf.strays else "blank"


def may_be_the_end(sense: Sense, path: Path) -> bool:
    """Tell whether a listing may end at such a page, though no pager says so."""
    return sense in DOUBTFUL or (sense == "blank" and not path.named)
