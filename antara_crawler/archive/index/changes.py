"""Notes whose words changed, in the order of the changes, for an index beside the archive."""

import time
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, select, text

from antara_crawler.archive.tables.articles import SearchChanges

_LAST = select(func.coalesce(func.max(SearchChanges.number), 0))
_NOTE = text(
    "INSERT INTO search_changes (article_id, number) VALUES (:article_id, :number)"
    " ON CONFLICT (article_id) DO UPDATE SET number = excluded.number"
)
_SINCE = (
    select(SearchChanges.article_id, SearchChanges.number)
    .where(SearchChanges.number > bindparam("after"))
    .order_by(SearchChanges.number)
    .limit(bindparam("most"))
)
_BEHIND = select(func.count()).select_from(
    select(SearchChanges.number)
    .where(SearchChanges.number > bindparam("after"))
    .limit(bindparam("most"))
    .subquery()
)


def note(connection: Connection, ids: Sequence[int]) -> None:
    """Note articles whose words changed or went, within the transaction in which they did.

    Writers take turns, so that who reads one number has been able to read all before it. A number
    is a time (microseconds) where it can be: an archive put back from a backup gives none again.
    """
    if not ids:
        return
    last = max(last_number(connection), time.time_ns() // 1000)
    rows = [{"article_id": each, "number": last + at} for at, each in enumerate(ids, 1)]
    connection.execute(_NOTE, rows)


def last_number(connection: Connection) -> int:
    """Return the number of the last change, 0 where there is none."""
    return connection.scalar(_LAST) or 0


def changed_since(connection: Connection, number: int, most: int) -> list[tuple[int, int]]:
    """Return the articles changed since, the first ones first, each with its number."""
    rows = connection.execute(_SINCE, {"after": number, "most": most}).all()
    return [(row.article_id, row.number) for row in rows]


def behind(connection: Connection, number: int, most: int) -> int:
    """Return how many articles changed since; counted up to `most`."""
    return connection.scalar(_BEHIND, {"after": number, "most": most}) or 0
