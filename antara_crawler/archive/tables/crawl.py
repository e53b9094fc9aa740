"""The tables of how it was got: runs, the frontier of pages, captures, cursors through listings."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from antara_crawler.archive.tables.articles import Base
from antara_crawler.archive.tables.types import Code

FORGOTTEN = "forgotten"
"""The state of a page, and the role of a raw record that is still to be overwritten."""


class Runs(Base):
    """One crawl, import or other writing command; `status` is running until it ends."""

    __tablename__ = "runs"
    id: Mapped[int] = mapped_column(primary_key=True)
    portal: Mapped[str | None] = mapped_column(Code)
    command: Mapped[str] = mapped_column(Code)
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(Code)
    exit_status: Mapped[int | None]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    why: Mapped[str | None] = mapped_column(Text)
    what_next: Mapped[str | None] = mapped_column(Text)
    pid: Mapped[int]
    host: Mapped[str] = mapped_column(Text)
    software: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index(None, "portal", "started_at"),)


class Pages(Base):
    """The frontier: every page known, in what state, and when it is to be asked for next.

    `next_attempt_at` decides alone whether a page is due; null means never again. `missed_at` is
    when an article that we hold was first answered with 404 or 410, and not otherwise since;
    `deaths` is how often in a row the program did not survive reading it; `guessed` is a number
    that nothing named: it is 'absent' where there is no article, and owed to nobody; `hints` are
    what feeds and cards said of it (frontier/schedule.py).
    """

    __tablename__ = "pages"
    id: Mapped[int] = mapped_column(primary_key=True)
    portal: Mapped[str] = mapped_column(Code)
    role: Mapped[str] = mapped_column(Code)
    url: Mapped[str] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Code)
    number: Mapped[int | None]
    state: Mapped[str] = mapped_column(Code)
    discovered_at: Mapped[datetime]
    discovered_run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))
    published_at: Mapped[datetime | None]
    earliest_at: Mapped[datetime | None]
    latest_at: Mapped[datetime | None]
    attempts: Mapped[int]
    failing_since: Mapped[datetime | None]
    last_status: Mapped[int | None]
    last_error: Mapped[str | None] = mapped_column(Text)
    cause: Mapped[str | None] = mapped_column(Code)
    missed_at: Mapped[datetime | None]
    deaths: Mapped[int] = mapped_column(server_default="0")
    guessed: Mapped[bool] = mapped_column(server_default=false())
    last_attempt_at: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime | None]
    stored_at: Mapped[datetime | None]
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)
    hints: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (
        UniqueConstraint("portal", "kind", "number"),
        Index(
            "uq_pages_portal_role_url",
            *("portal", "role", "url"),
            unique=True,
            sqlite_where=text("number IS NULL"),
            postgresql_where=text("number IS NULL"),
        ),
        Index(None, "portal", "next_attempt_at"),
        Index(None, "state"),
    )


class Captures(Base):
    """One fetch: where its raw record lies, and what it shows when read with today's code.

    Records that a killed run left uncited have the role 'orphan'. `source` names the program that
    made one that is not of our own crawls, `store` the machine in whose folder it lies.
    """

    __tablename__ = "captures"
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))
    portal: Mapped[str | None] = mapped_column(Code)
    role: Mapped[str] = mapped_column(Code)
    url: Mapped[str] = mapped_column(Text)
    page_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"), index=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id"), index=True)
    extraction_id: Mapped[int | None] = mapped_column(ForeignKey("extractions.id"))
    part: Mapped[int]
    first_part_id: Mapped[int | None] = mapped_column(ForeignKey("captures.id"), index=True)
    status: Mapped[int]
    captured_at: Mapped[datetime]
    file: Mapped[str] = mapped_column(Code)
    offset: Mapped[int]
    length: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    payload_sha256: Mapped[str] = mapped_column(String(64))
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    store: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (UniqueConstraint("file", "offset"),)


class Origin(Base):
    """What the articles of this archive are: one row, whose id is 1; see runs.py."""

    __tablename__ = "origin"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    articles: Mapped[str] = mapped_column(Code)


class Takedowns(Base):
    """What was removed on request and is not taken in again; see forgetting.py.

    Without kind and number it is a whole portal, or with an `import_key` an imported article.
    `done_at` is set when the text is nowhere any more.
    """

    __tablename__ = "takedowns"
    id: Mapped[int] = mapped_column(primary_key=True)
    portal: Mapped[str] = mapped_column(Code)
    kind: Mapped[str | None] = mapped_column(Code)
    number: Mapped[int | None]
    import_key: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(Text)
    requested_by: Mapped[str] = mapped_column(Text)
    requested_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "portal", "kind", "number"),)


class ListingCursors(Base):
    """One cursor back through a listing, and the page it has reached; see listing_cursors.py."""

    __tablename__ = "listing_cursors"
    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))
    started_at: Mapped[datetime]
    since: Mapped[datetime | None]
    reached_url: Mapped[str | None] = mapped_column(Text)
    reached_at: Mapped[datetime | None]
    pages: Mapped[int]
    doubts: Mapped[int]
    doubted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Waits(Base):
    """A portal that has asked to be left alone for a while."""

    __tablename__ = "waits"
    portal: Mapped[str] = mapped_column(Code, primary_key=True)
    until: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)


class Sightings(Base):
    """Which cursor first saw a page on a listing: the ground that cursor answers for."""

    __tablename__ = "sightings"
    listing_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), primary_key=True)
    cursor_id: Mapped[int] = mapped_column(ForeignKey("listing_cursors.id"))


class Roads(Base):
    """Whether a road into a portal's past works, asked once: a day index, the article numbers."""

    __tablename__ = "roads"
    portal: Mapped[str] = mapped_column(Code, primary_key=True)
    name: Mapped[str] = mapped_column(Code, primary_key=True)
    works: Mapped[bool]
    why: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]


class IndexDays(Base):
    """A day whose index was read to its end, and how many articles it named."""

    __tablename__ = "index_days"
    portal: Mapped[str] = mapped_column(Code, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    articles: Mapped[int]
    read_at: Mapped[datetime]
