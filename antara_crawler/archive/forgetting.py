"""Removes articles on request so that they stay away: text, search words, names, raw records.

In three steps, each of which may be done again after a kill. `begin` takes all text out in one
transaction, in which the request is noted and the page's state becomes 'forgotten'; the rows of
the raw records stay, with the role 'forgotten', until the caller has overwritten these. Then
`drop_captures` takes the rows away, and `wipe` has the database write its files anew.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)

from antara_crawler.addresses import identity_of, portal_of
from antara_crawler.archive.archive import Archive
from antara_crawler.archive.database_errors import usable
from antara_crawler.archive.index import search_index
from antara_crawler.archive.index.stories import forget_stories
from antara_crawler.archive.store.captured import capture_of
from antara_crawler.archive.tables.articles import (
    Articles,
    Authors,
    Bylines,
    Extractions,
    ExtractionTags,
    Revisions,
    Tags,
)
from antara_crawler.archive.tables.crawl import (
    FORGOTTEN,
    Captures,
    ListingCursors,
    Pages,
    Sightings,
    Takedowns,
)
from antara_crawler.archive.tables.fields import PART_TABLES
from antara_crawler.archive.tables.history import Changes
from antara_crawler.archive.tables.lookup import find_article
from antara_crawler.archive.tables.statements import add
from antara_crawler.errors import UsageError
from antara_crawler.items import Capture
from antara_crawler.portals import portals


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be forgotten: a portal, one of its articles, or an imported one (by its row).

    `article` is the row of the article, None where the archive has none (yet).
    """

    portal: str
    kind: str | None = None
    number: int | None = None
    article: int | None = None
    import_key: str | None = None
    title: str | None = None

    @property
    def whole_portal(self) -> bool:
        """Tell whether all of the portal is meant."""
        return self.kind is None

    @property
    def name(self) -> str:
        """What to call it."""
        if self.whole_portal:
            return self.portal
        return f"{self.portal}/{self.kind}/{self.number or f'imported {self.article}'}"

    def is_at(self, url: str) -> bool:
        """Tell whether an address is its own, or of its portal where that is meant."""
        if self.whole_portal:
            return self.portal == getattr(portal_of(url), "name", None)
        return identity_of(url) == (self.portal, self.kind, self.number)

    def articles(self) -> ColumnElement[bool]:
        """The condition on the rows of articles."""
        return Articles.portal == self.portal if self.whole_portal else Articles.id == self.article


def subject_of(archive: Archive, which: str) -> Subject:
    """Return what a number, a name or an address means.

    An article that the archive does not have can be named in full, so that it is never taken
    in. Raises UsageError for anything else.
    """
    with archive.reading() as connection:
        row = find_article(connection, which)
        if row is not None:
            query = select(Articles.__table__).where(Articles.id == row)
            found = connection.execute(query).one()
            return Subject(
                found.portal, found.kind, found.article_id, row, found.import_key, found.title
            )
    identity = identity_of(which)
    if identity is None or identity[0] not in portals():
        raise UsageError(
            f"the archive has no article {which[:200]}: name it like kalsel/berita/496552, or by"
            " its address"
        )
    return Subject(*identity)


def removed_on(archive: Archive, which: str) -> datetime | None:
    """Return when an article, by a name or address, or its whole portal was removed on request."""
    identity = identity_of(which)
    if identity is None:
        return None
    portal, kind, number = identity
    query = select(func.max(Takedowns.requested_at)).where(
        Takedowns.portal == portal,
        Takedowns.import_key.is_(None),
        or_(Takedowns.kind.is_(None), and_(Takedowns.kind == kind, Takedowns.number == number)),
    )
    return archive.value(query)


_TABLES = (
    *("articles", "revisions", "extractions", "captures", "pages", "authors", "tags"),
    *(table.__tablename__ for table in PART_TABLES),
    *("search_index", "changes", "stories", "story_keys"),
)


def begin(
    archive: Archive,
    subject: Subject,
    naming: Sequence[int],
    *,
    reason: str | None,
    by: str,
    now: datetime,
) -> None:
    """Take all text of a subject out of the tables, in one transaction, and note the request.

    `naming` are the captures of feeds and listings that show it.
    """
    with archive.writing() as connection:
        named = ("portal", "kind", "number", "import_key")
        request = {name: getattr(subject, name) for name in named}
        request |= {"reason": reason, "requested_by": by, "requested_at": now}
        add(connection, Takedowns, [request])
        articles = select(Articles.id).where(subject.articles()).scalar_subquery()
        keys = list(connection.scalars(select(Articles.id).where(subject.articles())))
        _mark_captures(connection, subject, articles, naming)
        _take_out(connection, articles, keys)
        if subject.whole_portal:
            own = Pages.portal == subject.portal
            pages = select(Pages.id).where(own).scalar_subquery()
            listed = Sightings.listing_id.in_(pages) | Sightings.page_id.in_(pages)
            connection.execute(delete(Sightings).where(listed))
            connection.execute(delete(ListingCursors).where(ListingCursors.listing_id.in_(pages)))
            connection.execute(delete(Pages).where(own))
        elif subject.number is not None:
            _note_page(connection, subject, now)
        connection.execute(delete(Articles).where(subject.articles()))
        for names, uses in ((Authors, Bylines.author_id), (Tags, ExtractionTags.tag_id)):
            connection.execute(delete(names).where(names.id.not_in(select(uses))))


def pending(archive: Archive) -> Iterator[Capture]:
    """Yield the raw records that are still to be overwritten."""
    query = select(Captures.__table__).where(Captures.role == FORGOTTEN).order_by(Captures.id)
    yield from map(capture_of, archive.rows(query))


def shared_files(archive: Archive) -> set[str]:
    """Return the capture files that hold records which stay."""
    return set(archive.values(select(Captures.file).where(Captures.role != FORGOTTEN).distinct()))


def drop_captures(archive: Archive, unseen: Collection[str]) -> int:
    """Take away the rows of overwritten records, but for unseen files; return how many."""
    gone = delete(Captures).where(Captures.role == FORGOTTEN, Captures.file.not_in(unseen))
    with archive.writing() as connection:
        return connection.execute(gone).rowcount


def wipe(archive: Archive, now: datetime | None) -> None:
    """Have the database write its files anew, without what was deleted; note when all is done.

    Raises NotWritable when it cannot, as while another program reads.
    """
    with usable():
        if archive.path is None:
            with archive.unbound.connect() as connection:
                for table in _TABLES:
                    connection.exec_driver_sql(f"VACUUM FULL {table}")
        else:
            with archive.engine.connect() as connection:
                # SQLite writes no file anew within a transaction, and ours begin one.
                for statement in ("COMMIT", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)", "BEGIN"):
                    connection.exec_driver_sql(statement)
    if now is not None:
        done = update(Takedowns).where(Takedowns.done_at.is_(None)).values(done_at=now)
        with archive.writing() as connection:
            connection.execute(done)


def _mark_captures(
    connection: Connection, subject: Subject, articles: ScalarSelect[int], naming: Sequence[int]
) -> None:
    """Give the subject's raw records the role that says what is to become of them."""
    revisions = select(Revisions.id).where(Revisions.article_id.in_(articles))
    pages = select(Pages.id).where(Pages.portal == subject.portal)
    if subject.whole_portal:
        own = Captures.portal == subject.portal
    else:
        pages = pages.where(Pages.kind == subject.kind, Pages.number == subject.number)
        own = Captures.id.in_(naming)
    strays = select(Captures.id, Captures.url).where(Captures.page_id.is_(None))
    alike = [row.id for row in connection.execute(strays) if subject.is_at(row.url)]
    of_pages = or_(Captures.page_id.in_(pages), Captures.revision_id.in_(revisions))
    away = {"page_id": None, "revision_id": None, "extraction_id": None, "first_part_id": None}
    for condition in (own, of_pages, Captures.id.in_(alike)):
        connection.execute(update(Captures).where(condition).values(role=FORGOTTEN, **away))


def _take_out(connection: Connection, articles: ScalarSelect[int], keys: Sequence[int]) -> None:
    """Delete all that hangs on articles, the search index included, but not their rows."""
    search_index.forget_articles(connection, keys)
    forget_stories(connection, keys)
    connection.execute(delete(Changes).where(Changes.article_id.in_(articles)))
    shown = Articles.id.in_(articles)
    connection.execute(update(Articles).where(shown).values(extraction_id=None, capture_id=None))
    connection.execute(update(Pages).where(Pages.article_id.in_(articles)).values(article_id=None))
    revisions = select(Revisions.id).where(Revisions.article_id.in_(articles)).scalar_subquery()
    extractions = select(Extractions.id).where(Extractions.revision_id.in_(revisions))
    for part in PART_TABLES:
        connection.execute(
            delete(part).where(part.extraction_id.in_(extractions.scalar_subquery()))
        )
    connection.execute(delete(Extractions).where(Extractions.revision_id.in_(revisions)))
    connection.execute(delete(Revisions).where(Revisions.article_id.in_(articles)))


def _note_page(connection: Connection, subject: Subject, now: datetime) -> None:
    """Let the frontier know the page without what it said: its address holds the title's words."""
    host = portals()[subject.portal].host if subject.portal in portals() else subject.portal
    same = (Pages.portal == subject.portal, Pages.kind == subject.kind)
    values: dict[str, Any] = {
        "url": f"https://{host}/{subject.kind}/{subject.number}",
        "state": FORGOTTEN,
        "attempts": 0,
        **dict.fromkeys(["failing_since", "last_error", "next_attempt_at", "stored_at", "etag"]),
        **dict.fromkeys(["last_modified", "published_at", "cause", "hints"]),
    }
    known = update(Pages).where(*same, Pages.number == subject.number).values(**values)
    if connection.execute(known).rowcount:
        return
    row = {"portal": subject.portal, "kind": subject.kind, "number": subject.number}
    add(connection, Pages, [{**row, **values, "role": "article", "discovered_at": now}])
