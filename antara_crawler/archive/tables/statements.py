"""Helpers for statements that are built once: building them costs more than running them.

Rows are looked up, added and changed by sets: a statement costs more than a row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Update, bindparam, func, insert, select, update

from antara_crawler.archive.tables.types import AnyRow, AnySelect

CHUNK = 400
"""Rows in one statement: below the limits of parameters of both databases."""


class Adding:
    """An insert into a table; to be run by add()."""

    def __init__(self, table: type[Any]) -> None:
        self.plain = insert(table)
        self.returning = self.plain.returning(table.id, sort_by_parameter_order=True)
        self.last = select(func.max(table.id))


def add(connection: Connection, adding: Adding, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows with the same columns; return their ids in order."""
    if not rows:
        return []
    if connection.dialect.name != "sqlite":
        return list(connection.scalars(adding.returning, rows))
    # SQLite returns the ids of many rows in no promised order. The one writer may give them, and
    # gives those that SQLite would.
    first = (connection.scalar(adding.last) or 0) + 1
    numbered = [{"id": first + place, **row} for place, row in enumerate(rows)]
    connection.execute(adding.plain, numbered)
    return [row["id"] for row in numbered]


def by_id(table: type[Any]) -> Update:
    """Return an update of one row of a table; to be run by change() or change_all()."""
    return update(table).where(table.id == bindparam("which_id"))


def change(connection: Connection, statement: Update, row_id: int, **values: Any) -> None:
    """Run an update made by by_id()."""
    connection.execute(statement, {"which_id": row_id, **values})


def change_all(
    connection: Connection, statement: Update, changes: Mapping[int, Mapping[str, Any]]
) -> None:
    """Run an update made by by_id() for many rows: each id with the columns to set.

    It takes a statement for each choice of columns, however many the rows.
    """
    alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row_id, values in changes.items():
        if values:
            alike[tuple(values)].append({"which_id": row_id, **values})
    for rows in alike.values():
        connection.execute(statement, rows)


def rows_with(
    connection: Connection, query: AnySelect, keys: Iterable[Any], *, most: int = CHUNK, **more: Any
) -> Iterator[AnyRow]:
    """Yield the rows that a query finds for `keys`, its expanding parameter; `most` at a time."""
    left = iter(dict.fromkeys(keys))
    while chunk := list(islice(left, most)):
        # All at once: one after the other they go through more hands.
        yield from connection.execute(query, {"keys": chunk, **more}).all()


def rows_within(
    connection: Connection, query: AnySelect, names: Sequence[str], keys: Iterable[tuple[Any, ...]]
) -> Iterator[AnyRow]:
    """Yield the rows that a query finds for tuples: the last of each is one of its `keys`.

    The others are its parameters of these names, a query for each choice of them: SQLite takes no
    index for a set of tuples, and reads the whole table.
    """
    groups: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for key in keys:
        groups[key[:-1]].append(key[-1])
    for group, members in groups.items():
        yield from rows_with(connection, query, members, **dict(zip(names, group, strict=True)))
