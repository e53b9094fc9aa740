"""Helpers for statements that are built once: building them costs more than running them.

Rows are looked up, added and changed by sets: a statement costs more than a row.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    any_,
    bindparam,
    delete,
    func,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from antara_crawler.archive.tables.types import AnyRow, AnySelect

Key = TypeVar("Key")
Value = TypeVar("Value")
CHUNK = 400
"""Rows in one statement: below the limits of parameters of both databases."""


def add(connection: Connection, table: type[Any], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows with the same columns; return their ids in order."""
    if not rows:
        return []
    # The one writer gives the ids, everywhere: a server's sequence knows nothing of these, nor of
    # the rows of a copy.
    first = (connection.scalar(select(func.max(table.id))) or 0) + 1
    ids = list(range(first, first + len(rows)))
    put(connection, table, [{"id": key, **row} for key, row in zip(ids, rows, strict=True)])
    return ids


def put(connection: Connection, table: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows with the same columns."""
    if rows:
        _run(connection, insertion, table, rows)


def put_instead(
    connection: Connection, table: type[Any], key: Mapping[str, Any], **row: Any
) -> None:
    """Insert a row in the place of the one with that key."""
    same = (getattr(table, name) == value for name, value in key.items())
    connection.execute(delete(table).where(*same))
    put(connection, table, [{**key, **row}])


@lru_cache(maxsize=500)
def insertion(table: Table, dialect: Dialect, names: tuple[str, ...]) -> str:
    """Return a statement of the driver's that inserts rows of these columns."""
    quote = dialect.identifier_preparer.quote
    into = f"{quote(table.name)} ({', '.join(map(quote, names))})"
    if dialect.name == "sqlite":
        return f"INSERT INTO {into} VALUES ({', '.join('?' * len(names))})"
    return f"COPY {into} FROM STDIN"


def change(connection: Connection, table: type[Any], row_id: int, **values: Any) -> None:
    """Set columns of a row."""
    change_all(connection, table, {row_id: values})


def change_all(
    connection: Connection, table: type[Any], changes: Mapping[int, Mapping[str, Any]]
) -> None:
    """Set columns of many rows: each id with the columns to set.

    It takes a statement for each choice of columns, however many the rows.
    """
    told = ((tuple(set_), {**set_, "id": key}) for key, set_ in changes.items() if set_)
    for rows in grouped(told).values():
        _run(connection, _change_of, table, rows)


@lru_cache(maxsize=500)
def _change_of(table: Table, dialect: Dialect, names: tuple[str, ...]) -> str:
    """Return a statement of the driver's that sets all of these columns but the last, an id."""
    mark = "?" if dialect.name == "sqlite" else "%s"
    sets = [f"{dialect.identifier_preparer.quote(name)} = {mark}" for name in names]
    return f"UPDATE {table.name} SET {', '.join(sets[:-1])} WHERE {sets[-1]}"


def _run(
    connection: Connection,
    statement: Callable[[Table, Dialect, tuple[str, ...]], str],
    table: type[Any],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Run a statement for rows that have the same columns.

    Values are turned into those of the database a column at a time: a row at a time, SQLAlchemy
    takes as long for it as the database for the rows.
    """
    dialect, names = connection.dialect, tuple(rows[0])
    columns = [
        [row[name] for row in rows] if way is None else [way(row[name]) for row in rows]
        for name, way in zip(names, _ways(table.__table__, dialect, names), strict=True)
    ]
    run = statement(table.__table__, dialect, names)
    connection.exec_driver_sql(run, list(zip(*columns, strict=True)))


@lru_cache(maxsize=500)
def _ways(
    table: Table, dialect: Dialect, names: tuple[str, ...]
) -> list[Callable[[Any], Any] | None]:
    """Return what makes a value of each column one of the database, None where it is one."""
    types = (table.c[name].type.dialect_impl(dialect) for name in names)
    return [each.bind_processor(dialect) for each in types]


def among(column: Any, keys: str = "keys") -> ColumnElement[bool]:
    """Return the condition that a column is one of the values given as the parameter `keys`."""
    return _Among(column, bindparam(keys, expanding=True))


class _Among(FunctionElement[bool]):
    """The condition of among(): PostgreSQL takes an array, one plan for any number of keys."""

    inherit_cache = True


@compiles(_Among)
def _in_list(condition: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, keys = condition.clauses
    return compiler.process(column.in_(keys), **how)


@compiles(_Among, "postgresql")
def _in_array(condition: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, keys = condition.clauses
    array = bindparam(keys.key, type_=ARRAY(column.type))
    return compiler.process(column == any_(array), **how)


def columns(table: type[Any], *names: str) -> Iterable[Column[Any]]:
    """Return columns of a table by name, for a query."""
    found: Iterable[Column[Any]] = table.__table__.c[names]
    return found


def only(column: Any, value: object) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a column has a value, none where the value is None."""
    return () if value is None else (column == value,)


def grouped(pairs: Iterable[tuple[Key, Value]]) -> defaultdict[Key, list[Value]]:
    """Return the values of pairs by their keys, in order; none where a key is not there."""
    found: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def rows_with(
    connection: Connection, query: AnySelect, keys: Iterable[Any], **more: Any
) -> Iterator[AnyRow]:
    """Yield the rows that a query finds for `keys`, its expanding parameter."""
    left = iter(dict.fromkeys(keys))
    while chunk := list(islice(left, CHUNK)):
        # All at once: one after the other they go through more hands.
        yield from connection.execute(query, {"keys": chunk, **more}).all()


def rows_within(
    connection: Connection, query: AnySelect, names: Sequence[str], keys: Iterable[tuple[Any, ...]]
) -> Iterator[AnyRow]:
    """Yield the rows that a query finds for tuples: the last of each is one of its `keys`.

    The others are its parameters of these names, a query for each choice of them: SQLite takes no
    index for a set of tuples, and reads the whole table.
    """
    for group, members in grouped((key[:-1], key[-1]) for key in keys).items():
        yield from rows_with(connection, query, members, **dict(zip(names, group, strict=True)))
