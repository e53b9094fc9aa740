"""What was asked to be removed: an article or a portal, and whether it was removed before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.crawl import Takedowns
from antara_crawler.archive.tables.lookup import find_article, identity_of
from antara_crawler.archive.tables.statements import among, rows_with
from antara_crawler.errors import UsageError
from antara_crawler.portals import portals

_REMOVED = select(Takedowns.import_key).where(among(Takedowns.import_key))

FORGOTTEN = "forgotten"
"""The state of a page, and the role of a raw record that is still to be overwritten."""


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
        or_(
            Takedowns.kind.is_(None),
            and_(Takedowns.kind == kind, Takedowns.number == number),
        ),
    )
    return archive.value(query)


def removed_imports(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Return those of imported texts, by their keys, that were removed on request."""
    return {row.import_key for row in rows_with(connection, _REMOVED, keys)}
