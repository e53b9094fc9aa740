"""Reads rows of which some may be damaged: a batch at a time, then one by one where it fails."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from antara_crawler.archive.archive import Archive
from antara_crawler.errors import NotWritable

BATCH = 200
DAMAGE = (DBAPIError, NotWritable, ValueError, TypeError, OverflowError)
"""How drivers and column types refuse what no row of ours can hold."""

Read = TypeVar("Read")


def each_row(
    archive: Archive, key: Any, read: Callable[[Connection, Sequence[int]], Mapping[int, Read]]
) -> Iterator[tuple[int, Read | str]]:
    """Yield every row of the table of the column `key` with what `read` makes of it.

    A row that cannot be read comes with the reason instead. Raises NotWritable when the
    database itself does not answer any more.
    """
    for rows in archive.in_batches(select(key), BATCH, key):
        yield from _read(archive, [row[0] for row in rows], read)


def _read(
    archive: Archive,
    ids: Sequence[int],
    read: Callable[[Connection, Sequence[int]], Mapping[int, Read]],
) -> Iterator[tuple[int, Read | str]]:
    try:
        with archive.reading() as connection:
            found = read(connection, ids)
    except DAMAGE as error:
        archive.rows(select(1))  # raises where it is not the row's fault
        if len(ids) == 1:
            cause = error.orig if isinstance(error, DBAPIError) else error
            yield ids[0], " ".join(str(cause).split())[:200]
            return
        middle = len(ids) // 2
        yield from _read(archive, ids[:middle], read)
        yield from _read(archive, ids[middle:], read)
        return
    yield from found.items()
