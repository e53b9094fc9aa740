"""Copies an archive into another database: every row of every table, compared at the end.

The tables of the search index are derived and made anew. Until all is there the copy is marked by
its version, so that nobody takes it for an archive; the same call goes on where it was left.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    event,
    exists,
    func,
    insert,
    inspect,
    select,
    text,
    tuple_,
)
from sqlalchemy.schema import AddConstraint

from antara_crawler.archive import schema
from antara_crawler.archive.archive import Archive
from antara_crawler.archive.index import search_index
from antara_crawler.archive.locks import portal_lock
from antara_crawler.archive.tables import Base
from antara_crawler.archive.tables.articles import (
    Articles,
    SearchChanges,
    SearchGroups,
    SearchState,
)
from antara_crawler.archive.tables.crawl import Pages, Runs
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.errors import ArchiveBusy, NotWritable, UsageError
from antara_crawler.wording import sentence

BATCH = 2000
INDEXED = 500

Told = Callable[[str, int], None]
"""Called with the name of a table (or of the work) and how many rows are done."""

_DERIVED = {table.__table__ for table in (SearchState, SearchGroups, SearchChanges)}
TABLES: tuple[Table, ...] = tuple(t for t in Base.metadata.tables.values() if t not in _DERIVED)
_ONE_MOMENT = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
_VERSION = text(f"UPDATE {schema.VERSION_TABLE} SET version_num = :version")

Rows = list[AnyRow]


def copy(source: Archive, target: Archive, told: Told) -> dict[str, int]:
    """Make `target` (opened with `unfinished`) the same as `source`; return rows by table.

    What is copied is the source as it stands when this begins. Raises UsageError where the
    target holds an archive of its own, ArchiveBusy while another copies into it, NotWritable
    when either cannot be used, or the target differs at the end.
    """
    try:
        with portal_lock(target, "copy"), _one_moment(source) as reading:
            _begin(target)
            for table in TABLES:
                for number in _make_same(reading, target, table):
                    told(table.name, number)
            counts = {table.name: _compared(reading, target, table, told) for table in TABLES}
            _finish(target, told)
            return counts
    except ArchiveBusy as error:
        raise ArchiveBusy(f"another process copies into {target.name}: wait for it") from error


@contextmanager
def _one_moment(source: Archive) -> Iterator[Connection]:
    """Give a connection that sees the source as it is now, whatever is written meanwhile."""
    with source.reading() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(_ONE_MOMENT)
        yield connection


def _begin(target: Archive) -> None:
    """Mark the target as unfinished, and let rows come in any order."""
    with target.writing() as connection:
        stored = schema.version(connection) or ""
        if not stored.startswith(schema.UNFINISHED):
            if any(connection.scalar(select(exists(t.id))) for t in (Articles, Runs, Pages)):
                raise UsageError(
                    f"{target.name} holds an archive already: copy into a new file or database"
                )
            connection.execute(_VERSION, {"version": schema.UNFINISHED + stored})
        if connection.dialect.name == "postgresql":
            for table in TABLES:
                for key in inspect(connection).get_foreign_keys(table.name):
                    name = connection.dialect.identifier_preparer.quote(str(key["name"]))
                    connection.execute(text(f"ALTER TABLE {table.name} DROP CONSTRAINT {name}"))
    if target.path is not None:
        target.engine.dispose()  # connections that were made before check keys
        event.listen(target.engine, "connect", _let_keys_be)


def _let_keys_be(connection: Any, record: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")


def _finish(target: Archive, told: Told) -> None:
    """Check the keys to other tables, make the search index, and call it an archive."""
    with target.writing(lasting=False) as connection:
        if connection.dialect.name == "postgresql":
            _restore_keys(connection)
        elif lost := connection.execute(text("PRAGMA foreign_key_check")).first():
            raise NotWritable(f"the copy {target.name} is damaged: {lost.table} cites no row")
    number = 0
    after: int | None = 0
    while after is not None:
        with target.writing(lasting=False) as connection:
            ids = _not_indexed(connection, after)
            search_index.index_articles(connection, ids)
        after = ids[-1] if ids else None
        told(sentence("search index"), number := number + len(ids))
    with target.writing() as connection:
        stored = (schema.version(connection) or "").removeprefix(schema.UNFINISHED)
        connection.execute(_VERSION, {"version": stored})


def _restore_keys(connection: Connection) -> None:
    """Add the keys between tables again, and let numbering go on behind the rows."""
    for table in TABLES:
        if not inspect(connection).get_foreign_keys(table.name):
            for key in table.foreign_key_constraints:
                connection.execute(AddConstraint(key))
        column = table.autoincrement_column
        if column is not None:
            name = {"table": table.name, "column": column.name}
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"), name
            )
            last = connection.scalar(select(func.max(column)))
            if sequence and last:
                connection.execute(
                    text("SELECT setval(CAST(:name AS regclass), :last)"),
                    {"name": sequence, "last": last},
                )


def _not_indexed(connection: Connection, after: int) -> list[int]:
    """Return the next articles whose words the index does not hold."""
    table = "search_index_words" if connection.dialect.name == "sqlite" else "search_index"
    query = text(
        f"SELECT id FROM articles WHERE id > :after AND NOT EXISTS (SELECT 1 FROM {table}"
        f" AS known WHERE known.article_id = articles.id) ORDER BY id LIMIT {INDEXED}"
    )
    return list(connection.scalars(query, {"after": after}))


def _make_same(source: Connection, target: Archive, table: Table) -> Iterator[int]:
    """Copy the rows that the target has not, or has otherwise; yield how many were looked at."""
    done = 0
    for first, last, rows in _batches(source, table):
        with target.writing(lasting=False) as connection:
            held = _between(connection, table, first, last)
            if held != rows:
                if held:
                    _remove(connection, table, first, last)
                if rows:
                    _insert(connection, table, rows)
        done += len(rows)
        yield done


def _compared(source: Connection, target: Archive, table: Table, told: Told) -> int:
    """Compare every row of a table, return how many; raise NotWritable where one differs."""
    done = 0
    for first, last, rows in _batches(source, table):
        with target.reading() as connection:
            if _between(connection, table, first, last) != rows:
                raise NotWritable(f"the copy {target.name} differs in {table.name}: copy again")
        done += len(rows)
        told(sentence(f"{table.name} compared"), done)
    return done


def _batches(
    source: Connection, table: Table
) -> Iterator[tuple[Sequence[Any] | None, Sequence[Any] | None, Rows]]:
    """Yield rows by key, each batch with the key before it and its own last key.

    The last batch is empty and has no last key: what lies behind all rows belongs to it.
    """
    after: Sequence[Any] | None = None
    while True:
        rows = _between(source, table, after, None, BATCH)
        if not rows:
            yield after, None, []
            return
        keys = [place for place, column in enumerate(table.columns) if column.primary_key]
        last = [rows[-1][place] for place in keys]
        yield after, last, rows
        after = last


def _between(
    connection: Connection,
    table: Table,
    first: Sequence[Any] | None,
    last: Sequence[Any] | None,
    most: int | None = None,
) -> Rows:
    key = list(table.primary_key.columns)
    query = select(*_as_kept(table)).where(_range(table, first, last))
    return list(connection.execute(query.order_by(*key).limit(most)))


@cache
def _as_kept(table: Table) -> list[ColumnElement[Any]]:
    """Return the columns of a table, JSON as the text that it is kept as."""
    return [
        cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column
        for column in table.columns
    ]


def _range(table: Table, first: Sequence[Any] | None, last: Sequence[Any] | None) -> Any:
    """Return the condition that a row's key lies behind `first` and not behind `last`."""
    columns = [column for column in table.columns if column.primary_key]
    key: Any = columns[0] if len(columns) == 1 else tuple_(*columns)
    found = []
    for bound, inside in ((first, key.__gt__), (last, key.__le__)):
        if bound is not None:
            found.append(inside(bound[0] if len(columns) == 1 else tuple(bound)))
    return and_(True, *found)


def _remove(
    connection: Connection, table: Table, first: Sequence[Any] | None, last: Sequence[Any] | None
) -> None:
    if table is Articles.__table__:
        ids = list(connection.scalars(select(Articles.id).where(_range(table, first, last))))
        search_index.forget_articles(connection, ids)
    connection.execute(delete(table).where(_range(table, first, last)))


def _insert(connection: Connection, table: Table, rows: Rows) -> None:
    names = [column.name for column in table.columns]
    if connection.dialect.name == "sqlite":
        kinds = [Text() if isinstance(c.type, JSON) else c.type for c in table.columns]
        values = [bindparam(name, type_=kind) for name, kind in zip(names, kinds, strict=True)]
        adding = insert(table).values(dict(zip(names, values, strict=True)))
        connection.execute(adding, [row._asdict() for row in rows])
        return
    quote = connection.dialect.identifier_preparer.quote
    into = f"COPY {quote(table.name)} ({', '.join(map(quote, names))}) FROM STDIN"
    cursor = connection.connection.cursor()
    with cursor.copy(into) as stream:
        for row in rows:
            stream.write_row(row)
