"""The rows of cursors and of what they sighted, within a caller's transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from antara_crawler.archive.frontier.rows import Entered
from antara_crawler.archive.tables.crawl import ListingCursors as CursorRows
from antara_crawler.archive.tables.crawl import Sightings
from antara_crawler.archive.tables.statements import CHUNK, add, among, put
from antara_crawler.archive.tables.types import AnyRow

_BY_ID = select(CursorRows.__table__).where(CursorRows.id == bindparam("cursor"))
_OLDER = (
    select(CursorRows.id)
    .where(CursorRows.listing_id == bindparam("listing"), CursorRows.id < bindparam("cursor"))
    .limit(1)
)
_SEEN = select(Sightings.page_id, Sightings.cursor_id).where(
    Sightings.listing_id == bindparam("listing"),
    among(Sightings.page_id, "pages"),
)
_SIGHTED = select(Sightings.page_id).where(Sightings.listing_id == bindparam("listing")).limit(1)


def cursors_of(connection: Connection, listing: int) -> list[AnyRow]:
    """Return the cursors of a listing, the newest first."""
    query = select(CursorRows.__table__).where(CursorRows.listing_id == listing)
    return list(connection.execute(query.order_by(CursorRows.id.desc())))


def cursor_row(connection: Connection, cursor: int) -> AnyRow:
    """Return a cursor's row."""
    return connection.execute(_BY_ID, {"cursor": cursor}).one()


def new_cursor(connection: Connection, **values: Any) -> int:
    """Enter a cursor and return its id."""
    (key,) = add(connection, CursorRows, [values])
    return key


def has_older(connection: Connection, row: AnyRow) -> bool:
    """Tell whether the listing was walked before this cursor."""
    found = connection.execute(_OLDER, {"listing": row.listing_id, "cursor": row.id})
    return found.first() is not None


def has_sightings(connection: Connection, listing: int) -> bool:
    """Tell whether an article was ever seen on a listing."""
    return connection.execute(_SIGHTED, {"listing": listing}).first() is not None


def seen_by(connection: Connection, listing: int, found: list[Entered]) -> dict[int, int]:
    """Return which cursor first saw each of the pages on the listing, of those that were seen."""
    seen: dict[int, int] = {}
    for start in range(0, len(found), CHUNK):
        keys = [each.id for each in found[start : start + CHUNK]]
        rows = connection.execute(_SEEN, {"listing": listing, "pages": keys})
        seen |= {row.page_id: row.cursor_id for row in rows}
    return seen


def sight(connection: Connection, row: AnyRow, pages: Sequence[int]) -> None:
    """Note that a cursor saw these pages first on its listing."""
    sighted = {"listing_id": row.listing_id, "cursor_id": row.id}
    put(connection, Sightings, [{**sighted, "page_id": each} for each in pages])
