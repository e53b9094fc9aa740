"""What reading an archive gives: frozen dataclasses, no behaviour beyond forms of the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Literal

from antara_crawler.archive.read.changes import Telling, name_of
from antara_crawler.archive.tables.fields import record_of
from antara_crawler.items import UNTOLD, Article, Capture, Link, Removed

Counted = tuple[tuple[str | None, int], ...]
"""Names and how many articles they have; None is for articles without one."""

Years = tuple[tuple[int | None, int], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of plain text (no markup, nothing escaped), and whether it fits the query."""

    text: str
    hit: bool


Place = Literal["dateline", "caption", "tag", "editor", "uploader"]


@dataclass(frozen=True, slots=True)
class Beside:
    """Why an article is a hit, where neither its title nor its text says so."""

    place: Place
    text: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that fits a query. `published_at` has the page's own offset.

    `beside` has the words of the query that stand in neither title nor text, where they stand.
    """

    id: int
    portal: str
    kind: str
    article_id: int | None
    url: str | None
    title: str | None
    title_spans: tuple[Marked, ...]
    section: str | None
    published_at: datetime | None
    reporters: tuple[str, ...]
    snippet: tuple[Marked, ...]
    beside: tuple[Beside, ...] = ()
    story: tuple[Telling, ...] = ()
    """All that tell the same story, itself too, the first one first; () where it stands alone."""

    @property
    def name(self) -> str:
        """What `scrapy show` takes for it."""
        return name_of(self.id, self.portal, self.kind, self.article_id)


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what a search found. `understood` is the query as it was searched.

    `outdated` tells that the index was made by other software: rebuild it. Where nothing fits,
    `suggestion` is a query that something may fit, '' where there is none. `behind` counts the
    articles whose last change the index beside the archive, where that was asked, has not yet.
    """

    total: int
    hits: tuple[Hit, ...]
    by_section: Counted
    by_year: Years
    understood: str
    outdated: bool = False
    suggestion: str = ""
    behind: int = 0


@dataclass(frozen=True, slots=True)
class RelatedView(Link):
    """A 'Baca juga' link; `id` is the row of that article where the archive has it."""

    id: int | None = field(metadata=UNTOLD)


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One wording of an article, as last read; `extraction` is the number of that reading."""

    number: int
    first_seen_at: datetime
    last_seen_at: datetime
    title: str | None
    paragraphs: tuple[str, ...]
    extraction: int
    published_text: str | None = None
    """The date as shown, where there is a note on it."""
    published_note: str | None = None
    """Why another date, or another zone, was decided on than the page, or the portal, says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureView(Capture):
    """One fetch of an article page; `part` counts the pages of one article from 0."""

    id: int = field(metadata=UNTOLD)
    part: int = field(metadata=UNTOLD)
    revision: int | None = field(metadata=UNTOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle(Article):
    """An article with its history: what its page said, and beside that what the archive adds.

    `published_at` and `modified_at` have the page's own offset, all other times are UTC.
    `capture` is the fetch that it shows, `captures` are all of its pages.
    """

    id: int = field(metadata=UNTOLD)
    related: tuple[RelatedView, ...] = ()
    first_seen_at: datetime
    last_seen_at: datetime
    revision: int
    gone_at: datetime | None
    capture: CaptureView | None
    captures: tuple[CaptureView, ...] = field(default=(), metadata=UNTOLD)
    revisions: tuple[RevisionView, ...] = field(default=(), metadata=UNTOLD)

    @property
    def removed_paragraphs(self) -> tuple[Removed, ...]:
        """What was taken out as repeated, as the record names it."""
        return self.removed

    def record(self) -> dict[str, Any]:
        """Return the export record."""
        return record_of(self)


@dataclass(frozen=True, slots=True)
class Overview:
    """What an archive holds. Dates are the portals' local ones."""

    articles: int
    revisions: int
    captures: int
    by_portal: Counted
    by_section: Counted
    by_year: Years
    first_published_on: date | None
    last_published_on: date | None
    size_bytes: int
    queued: int
    failed: int
    without_template: int
    """Articles that the plain rule read, since no template recognised their page."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a row without an article, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many articles there are of each day that has any, by the portal's local dates."""

    days: Mapping[date, int]
    undated: int

    @property
    def first(self) -> date | None:
        """The first day that has an article."""
        return min(self.days, default=None)

    @property
    def last(self) -> date | None:
        """The last day that has an article."""
        return max(self.days, default=None)

    @property
    def total(self) -> int:
        """How many articles, those without a date included."""
        return sum(self.days.values()) + self.undated

    def gaps(self, least: int = 1) -> tuple[Gap, ...]:
        """Return the stretches of at least so many days between the first and last without any."""
        day = timedelta(days=1)
        gaps = (Gap(a + day, b - day) for a, b in pairwise(sorted(self.days)) if b - a > day)
        return tuple(gap for gap in gaps if gap.days >= least)
