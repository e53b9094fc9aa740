"""What a page says, and what became of it: frozen dataclasses, no behaviour.

The fields of Article are the list of fields: rows, digests, records, Parquet and API follow it
(archive/tables/fields.py): `record` is a field's name in the export record, `column` in its table;
None for `record` or `digest` says that it is no part of them.
Every datetime is aware: a page's claims keep its own offset, times of ours are UTC.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from antara_crawler.errors import Cause

Field = Literal["title", "lead", "time", "section", "body"]
Role = Literal["article", "listing", "feed", "sitemap", "robots"]
ROADS: tuple[Role, ...] = ("feed", "sitemap", "listing")
"""The pages that name articles."""
State = Literal[
    "queued", "stored", "failed", "unreadable", "gone", "out_of_range", "given_up", "forgotten",
    "absent",
]  # fmt: skip
UNNAMED = frozenset({"above the text", "below the text"})  # left out for where it stood
SHOWN_AGAIN = "a further page showed only this again"  # left out, in place of that page's own text
OutcomeState = State | Literal["not_captured"]
GENERIC = "generic"  # the template of a reading that the plain rule made
UNTOLD = {"record": None}
BESIDE = {"record": None, "digest": None}


@dataclass(frozen=True, slots=True)
class Address:
    """An article's identity, read from any form of its URL.

    `url` is the canonical https URL on the portal's own host (no query, fragment, amp or
    trailing slash; the slug is kept, but is not part of the identity).
    """

    portal: str
    kind: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What a feed's item or a listing's card says of an article; `section` where it stood."""

    source: Literal["feed", "card"]
    title: str | None = None
    teaser: str | None = None
    section: str | None = None
    published_at: datetime | None = None
    within: timedelta = timedelta(0)  # how far the time may be off and still be the page's


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a field that was read compares with what a source beside its template says of it."""

    field: Field
    source: str
    """og, meta, ld (JSON-LD), feed, card, listing, shown, number, amp or generic."""
    agrees: bool
    read: str
    said: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page to fetch, as discovery named it. `kind` and `number` are set for articles only."""

    portal: str
    role: Role
    url: str
    kind: str | None = None
    number: int | None = None
    published_at: datetime | None = None
    """The date a card or feed gave for it; a hint, never archived."""
    margin: timedelta = field(default=timedelta(0), kw_only=True)
    """How far the hint may be off."""
    etag: str | None = None
    last_modified: str | None = None
    """Validators of the last fetch, sent back in a conditional request."""
    is_new: bool = field(default=False, compare=False)
    """Whether no fetch of it is on record."""
    held: bool = field(default=False, compare=False, kw_only=True)
    """Whether its article is archived: then it stays so, whatever date it has now."""
    guessed: bool = field(default=False, compare=False, kw_only=True)
    left_over: bool = field(default=False, compare=False, kw_only=True)
    """Whether nothing names it: a number beside known ones, or what was named in earlier runs."""
    hints: tuple[Hint, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetch: what it is and where its raw record lies (`file` within the captures folder)."""

    url: str = field(metadata=UNTOLD)
    status: int = field(metadata=UNTOLD)
    captured_at: datetime = field(metadata=UNTOLD)
    file: str
    offset: int
    length: int
    sha256: str
    """Hex SHA-256 of the `length` raw bytes at `offset` of `file`."""
    payload_sha256: str = field(metadata=UNTOLD)
    """Hex SHA-256 of the response body as received."""
    etag: str | None = field(default=None, metadata=UNTOLD)
    last_modified: str | None = field(default=None, metadata=UNTOLD)
    source: str | None = field(default=None, metadata=UNTOLD)
    store: str | None = field(default=None, metadata=UNTOLD)
    """The program that made it (None: a crawl of ours), the machine it lies on (if named)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article, or a caption whose picture the page does not show."""

    url: str | None
    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A related article, as its title was shown."""

    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Removed:
    """A body paragraph taken out as repeated; places count the body's from 0, repeats included."""

    position: int
    repeats: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text of the page that is neither body text nor in a field of its own, and why it is not.

    `position` says where it stood: behind so many of the page's body paragraphs, the repeats
    included. Lines that stood together are one text, a line each.
    """

    position: int = field(metadata={"column": "behind"})
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as one page showed it. Fields as in the export record, in its order."""

    portal: str = field(metadata={"digest": None})
    article_id: int | None = field(metadata={"digest": None})
    kind: str = field(metadata={"digest": None})
    url: str | None
    title: str | None
    dateline: str | None = None
    paragraphs: tuple[str, ...]
    dateline_text: str | None = field(default=None, metadata=UNTOLD)
    """The dateline as it stood before the lead, e.g. 'Barabai (ANTARA) - '."""
    published_at: datetime | None = None
    published_text: str | None = None
    """The date as shown, where `published_note` has more to say of it than `published_at`."""
    published_note: str | None = None
    """Why another date, or another zone, was decided on than the page, or the portal, says."""
    modified_at: datetime | None = None
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    uploaders: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    images: tuple[Picture, ...] = ()
    related: tuple[Link, ...] = ()
    copyright: str | None = None
    rights: str | None = None
    """The notice 'Dilarang keras …' as shown."""
    language: str = "id"
    template: str = field(default="", metadata=BESIDE)
    removed: tuple[Removed, ...] = field(default=(), metadata={"record": "removed_paragraphs"})
    left_out: tuple[LeftOut, ...] = field(default=(), metadata=BESIDE)
    """What nobody reads as the article, with reasons; beside the record, no part of it."""
    agreements: tuple[Agreement, ...] = field(default=(), compare=False, metadata=BESIDE)
    captures: tuple[Capture, ...] = field(default=(), metadata=BESIDE)
    """The raw records it was read from, in reading order: one for each page of the article."""
    seen_at: datetime | None = field(default=None, metadata=BESIDE)
    """When it was fetched (UTC); for a replayed capture, when that was made."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A page that gave no article: what became of it, and why, in words for a person.

    `state` is 'stored' when a known article was found unchanged (304), 'failed' when it is
    worth trying again, 'unreadable' when no template reads it, 'gone' for 404 and 410, 'queued'
    when it was only left for the next run and 'not_captured' when the captures that are replayed
    do not hold it: nothing is noted then.
    """

    page: Page
    state: OutcomeState
    reason: str
    status: int | None = None
    captures: tuple[Capture, ...] = ()
    seen_at: datetime | None = None
    cause: Cause | None = None
    """Which of the eight kinds of failure it is; None for a state that is none."""
    retry_at: datetime | None = None
    """When the portal wants this page to be asked for again, at the earliest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What one page of a listing says of the listing, beside the articles on it."""

    next_url: str | None = None
    """The page that follows back in time; None where the pager names none, or one `elsewhere`."""
    named: bool = True
    """Whether the portal names that page; else it is only the number after this page's."""
    ends: bool = False
    """Whether, by its pager, none follows, and the next number is asked for to make sure."""
    elsewhere: str | None = None
    """Where the page itself, or its next one, led away to."""
    is_missing: bool = False
    listed: bool = True
    """Whether its articles are a list of its own, not only links of menus and side columns."""
    paged: bool = False
    cut: bool = False
    """Whether it breaks off before it names the page that follows."""
    title: str | None = None
    strays: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadPage:
    """What one page says of a road into the past: a day index, or the article numbers.

    `works` is the answer to a probe, None where none was asked or the archive is to judge.
    """

    road: str
    works: bool | None = None
    why: str = ""
    day: date | None = None
    probes: bool = False
    next_url: str | None = None
    """The next page of the same day."""
    met: frozenset[tuple[str, int]] = frozenset()
    """The articles of the day so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What stood on a page that names articles, beside those that were taken from it.

    `shown` is counted where things are found, the others where each has been read, so that
    nothing went by in silence where these are all that was not taken.
    """

    shown: int = 0
    repeats: int = 0
    """What names an article that stood before."""
    strays: int = 0
    """What names something else: another host, a page that is no article; `stray` is one."""
    stray: str | None = None
    damaged: int = 0
    """What cannot be read; `damage` says why the first cannot."""
    damage: str | None = None
    cut_short: str | None = None
    """Why what follows was not read, None when all was: then nothing is owed."""


@dataclass(frozen=True, slots=True)
class Found(Counts):
    """What one feed, sitemap or listing page names, in its order; the page itself was read.

    `articles` are each once, `listings` sections to walk, `sitemaps` the parts of an index,
    `leaf` what a listing's page says of the listing.
    """

    page: Page
    articles: tuple[Page, ...] = ()
    listings: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    leaf: Leaf | None = None
    road: RoadPage | None = None
    """What the page says of a road into the past, where it was asked for as one."""
    unchanged: bool = False
    """Whether the portal said, asked conditionally, that nothing is new."""
    more: bool = False
    """Whether another part of the same page follows."""
    note: str | None = None
    """What a person should know of it."""
