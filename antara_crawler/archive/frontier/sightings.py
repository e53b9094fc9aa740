"""Which cursor first saw an article on a listing, within a caller's transaction."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, select

from antara_crawler.addresses import OWN
from antara_crawler.archive.tables.crawl import Pages, Sightings
from antara_crawler.archive.tables.statements import among, put, rows_with
from antara_crawler.archive.tables.types import AnyRow

_SEEN = select(Sightings.page_id, Sightings.cursor_id).where(
    Sightings.listing_id == bindparam("listing"), among(Sightings.page_id)
)


def first_seen(connection: Connection, cursor: AnyRow, pages: Sequence[int]) -> dict[int, int]:
    """Return those of the articles that were sighted on a cursor's listing, and by which cursor."""
    seen = rows_with(connection, _SEEN, pages, listing=cursor.listing_id)
    return {each.page_id: each.cursor_id for each in seen}


def are_on(connection: Connection, listing: int) -> bool:
    """Tell whether any article was seen on a page: a page of the menu need not be a listing."""
    query = select(Sightings.page_id).where(Sightings.listing_id == listing).limit(1)
    return connection.execute(query).first() is not None


def note(connection: Connection, cursor: AnyRow, pages: Iterable[int]) -> None:
    """Note that a cursor is the first to see articles."""
    sighted = {"listing_id": cursor.listing_id, "cursor_id": cursor.id}
    put(connection, Sightings, [{**sighted, "page_id": each} for each in pages])


def latest(connection: Connection, cursor: AnyRow, most: int) -> frozenset[int]:
    """Return the articles with the highest of the portal's own numbers that older cursors sighted,
    so many at most.
    """
    older = (Sightings.listing_id == cursor.listing_id, Sightings.cursor_id < cursor.id)
    query = select(Sightings.page_id).join(Pages, Pages.id == Sightings.page_id)
    query = query.where(*older, Pages.kind == OWN)
    return frozenset(connection.scalars(query.order_by(Pages.number.desc()).limit(most)))


def forget_above(connection: Connection, cursor: AnyRow, number: int) -> None:
    """Forget what older cursors sighted above a number: it stands on the listing no more."""
    own = (Pages.id == Sightings.page_id, Pages.kind == OWN)
    above = select(Pages.id).where(*own, Pages.number > number)
    older = (Sightings.listing_id == cursor.listing_id, Sightings.cursor_id < cursor.id)
    connection.execute(delete(Sightings).where(*older, above.exists()))
