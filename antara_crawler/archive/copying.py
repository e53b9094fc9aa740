"""Copies an archive into another database: every row of every table, compared at the end.

Rows go as SQLite keeps them. The tables of the search index are copied, too, where both databases
are of one kind and today's analysis made them; else they are made anew, of the words that SQLite
keeps where there are any. Until all is there the copy is marked by its version, so that nobody
takes it for an archive; the same call goes on where it was left.
"""

import marshal
from collections.abc import Callable, Iterator
from hashlib import blake2b
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlalchemy.schema import AddConstraint, CreateIndex, DropIndex
from sqlalchemy.types import NullType

from antara_crawler.archive import schema
from antara_crawler.archive.archive import Archive
from antara_crawler.archive.index import index_tables, search_index
from antara_crawler.archive.index.helpers import ahead
from antara_crawler.archive.locks import portal_lock
from antara_crawler.archive.tables import Base
from antara_crawler.archive.tables.articles import (
    Articles,
    SearchChanges,
    SearchGroups,
    SearchState,
)
from antara_crawler.archive.tables.crawl import Pages, Runs
from antara_crawler.archive.tables.statements import insertion
from antara_crawler.archive.tables.types import UtcDateTime
from antara_crawler.errors import ArchiveBusy, NotWritable, UsageError
from antara_crawler.wording import sentence

BATCH = 5000
INDEXED = 500

Told = Callable[[str, int], None]
"""Called with the name of a table (or of the work) and how many rows are done."""

_DERIVED: tuple[Any, ...] = tuple(
    table.__table__ for table in (SearchGroups, SearchChanges, SearchState)
)
TABLES: tuple[sa.Table, ...] = tuple(t for t in Base.metadata.tables.values() if t not in _DERIVED)
_ONE_MOMENT = sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
_VERSION = sa.text(f"UPDATE {schema.VERSION_TABLE} SET version_num = :version")

_WHOLE = itemgetter(slice(None))
"""Gives the tuple that a row is made of, without making another."""

Key = tuple[Any, ...]
Rows = list[tuple[Any, ...]]


def copy(source: Archive, target: Archive, told: Told) -> dict[str, int]:
    """Make `target` (opened with `unfinished`) the same as `source`; return rows by table.

    What is copied is the source as it stands when this begins. Raises UsageError where the
    target holds an archive of its own, ArchiveBusy while another copies into it, NotWritable
    when either cannot be used, or the target differs at the end.
    """
    try:
        with portal_lock(target, "copy"), source.reading() as reading:
            if reading.dialect.name == "postgresql":
                reading.execute(_ONE_MOMENT)
            _begin(target)
            tables = [_Copied(table, reading, target) for table in TABLES]
            for table in tables:
                table.make_same(told)
            of_index = [_Copied(each, reading, target) for each in _of_index(reading, target)]
            for table in of_index:
                table.make_same(told)
            counts = {table.name: table.compared(told) for table in (*tables, *of_index)}
            with target.writing(lasting=False) as connection:
                _check_keys(connection, target)
            if not of_index:
                _make_index(reading, target, told)
            target.look_over()
            with target.writing() as connection:
                index_tables.index_tables(connection)
                stored = (schema.version(connection) or "").removeprefix(schema.UNFINISHED)
                connection.execute(_VERSION, {"version": stored})
            return {table.name: counts[table.name] for table in TABLES}
    except ArchiveBusy as error:
        raise ArchiveBusy(f"another process copies into {target.name}: wait for it") from error


def _begin(target: Archive) -> None:
    """Mark the target as unfinished, and let rows come in any order."""
    with target.writing() as connection:
        stored = schema.version(connection) or ""
        if not stored.startswith(schema.UNFINISHED):
            if any(connection.scalar(sa.select(sa.exists(t.id))) for t in (Articles, Runs, Pages)):
                raise UsageError(
                    f"{target.name} holds an archive already: copy into a new file or database"
                )
            connection.execute(_VERSION, {"version": schema.UNFINISHED + stored})
        index_tables.drop_index(connection)
        for table in TABLES:
            for index in table.indexes:
                connection.execute(DropIndex(index, if_exists=True))
        if connection.dialect.name == "postgresql":
            for table in TABLES:
                for key in sa.inspect(connection).get_foreign_keys(table.name):
                    name = connection.dialect.identifier_preparer.quote(str(key["name"]))
                    connection.execute(sa.text(f"ALTER TABLE {table.name} DROP CONSTRAINT {name}"))
    if target.path is not None:
        target.engine.dispose()  # connections that were made before check keys
        keys_be = "PRAGMA foreign_keys = OFF"
        sa.event.listen(target.engine, "connect", lambda made, record: made.execute(keys_be))


def _of_index(source: sa.Connection, target: Archive) -> list[sa.Table]:
    """Return the tables of the search index that can be copied; none where it is made anew."""
    kind = source.dialect.name
    as_it_is = kind == target.engine.dialect.name and index_tables.is_current(source)
    with target.writing() as connection:
        if as_it_is:
            for table in (SearchState, SearchChanges):  # until it is whole
                connection.execute(sa.delete(table))
        elif not index_tables.is_current(connection):
            index_tables.make_tables(connection)
    names = index_tables.TABLES[kind] if as_it_is else ()
    made = [
        sa.Table(name, sa.MetaData(), autoload_with=source, resolve_fks=False) for name in names
    ]
    return [*made, *_DERIVED] if as_it_is else []


def _make_index(source: sa.Connection, target: Archive, told: Told) -> None:
    """Index what is not, by the words that the source has where today's software made them."""
    of_words = source.dialect.name == "sqlite" and index_tables.is_current(source)
    number, ids = 0, [0]
    while ids:
        with target.writing(lasting=False) as connection:
            ids = search_index.not_indexed(connection, ids[-1], INDEXED)
            if of_words:
                search_index.index_as_told(source, connection, ids)
            else:
                search_index.index_articles(connection, ids)
            if number and not ids:
                index_tables.merge(connection)
        told(sentence("search index"), number := number + len(ids))


def _check_keys(connection: sa.Connection, target: Archive) -> None:
    """Check the keys between tables: PostgreSQL's are added again, numbering goes on behind.

    The indexes are made of all rows at once: sooner than row by row.
    """
    for table in TABLES:
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
    if connection.dialect.name == "sqlite":
        if lost := connection.execute(sa.text("PRAGMA foreign_key_check")).first():
            raise NotWritable(f"the copy {target.name} is damaged: {lost.table} cites no row")
        return
    for table in TABLES:
        if not sa.inspect(connection).get_foreign_keys(table.name):
            for key in table.foreign_key_constraints:
                connection.execute(AddConstraint(key, isolate_from_table=False))
        if (column := table.autoincrement_column) is not None:
            of = sa.func.pg_get_serial_sequence(table.name, column.name)
            sequence, last = connection.execute(
                sa.select(of, sa.select(sa.func.max(column)).scalar_subquery())
            ).one()
            if sequence and last:
                connection.execute(sa.select(sa.func.setval(sa.cast(sequence, REGCLASS), last)))


def _kept(column: sa.Column[Any], database: str) -> sa.ColumnElement[Any]:
    """Return a column as SQLite would keep it; the database's clock is UTC."""
    kind = column.type
    if isinstance(kind, sa.JSON):
        return sa.cast(column, sa.Text)
    if database == "sqlite":
        return column
    if isinstance(kind, UtcDateTime | sa.Date):
        in_day = " HH24:MI:SS.US" if isinstance(kind, UtcDateTime) else ""
        return sa.func.to_char(column, f"YYYY-MM-DD{in_day}")
    return sa.cast(column, sa.Integer) if isinstance(kind, sa.Boolean) else column


def _digest(rows: Rows) -> bytes:
    """Return a digest of rows: equal where each value is, and of the same type."""
    return blake2b(marshal.dumps(rows, 2)).digest()


class _Copied:
    """A table on its way."""

    def __init__(self, table: sa.Table, source: sa.Connection, target: Archive) -> None:
        self.table, self.source, self.target = table, source, target
        self.name = table.name
        self._key = [sa.type_coerce(each, NullType()) for each in table.primary_key.columns]
        self._places = [place for place, each in enumerate(table.columns) if each.primary_key]
        self._digests: list[tuple[Key | None, Key | None, int, bytes]] = []
        """Of each batch of the source: the keys it lies between, how many rows, their digest."""
        self._insert = insertion(table, target.engine.dialect, tuple(table.columns.keys()))

    def make_same(self, told: Told) -> None:
        """Copy the rows that the target has not, or has otherwise."""
        done = 0
        for first, last, rows, digest in ahead(self._batches()):
            with self.target.writing(lasting=False) as connection:
                held = self._between(connection, first, last)
                if held != rows:
                    if held:
                        self._remove(connection, first, last)
                    if rows:
                        connection.exec_driver_sql(self._insert, rows)
            self._digests.append((first, last, len(rows), digest))
            done += len(rows)
            told(self.name, done)

    def compared(self, told: Told) -> int:
        """Compare every row, return how many; raise NotWritable where one differs."""
        done = 0
        for held, (*_, count, digest) in zip(ahead(self._held()), self._digests, strict=True):
            if _digest(held) != digest:
                raise NotWritable(f"the copy {self.target.name} differs in {self.name}: copy again")
            done += count
            told(sentence(f"{self.name} compared"), done)
        return done

    def _held(self) -> Iterator[Rows]:
        """Yield the rows of the target for each batch of the source."""
        for first, last, *_ in self._digests:
            with self.target.reading() as connection:
                rows = self._between(connection, first, last)
            yield rows

    def _batches(self) -> Iterator[tuple[Key | None, Key | None, Rows, bytes]]:
        """Yield rows by key, each batch with the key before it, its own last key and its digest.

        The last batch is empty and has no last key: what lies behind all rows belongs to it.
        """
        after: Key | None = None
        while rows := self._between(self.source, after, None, BATCH):
            last = tuple(rows[-1][place] for place in self._places)
            yield after, last, rows, _digest(rows)
            after = last
        yield after, None, [], _digest([])

    def _between(
        self,
        connection: sa.Connection,
        first: Key | None,
        last: Key | None,
        most: int | None = None,
    ) -> Rows:
        """Return rows as SQLite keeps them, JSON as the text that it is."""
        kept = (_kept(each, connection.dialect.name) for each in self.table.columns)
        query = sa.select(*(sa.type_coerce(each, NullType()) for each in kept)).order_by(*self._key)
        within = query.where(self._range(first, last)).limit(most)
        return list(map(_WHOLE, connection.execute(within).all()))

    def _range(self, first: Key | None, last: Key | None) -> sa.ColumnElement[bool]:
        """Return the condition that a row's key lies behind `first` and not behind `last`."""
        key: Any = sa.tuple_(*self._key)
        found = [sa.true()]
        for bound, inside in ((first, key.__gt__), (last, key.__le__)):
            if bound is not None:
                found.append(inside(sa.tuple_(*(sa.literal(each, NullType()) for each in bound))))
        return sa.and_(*found)

    def _remove(self, connection: sa.Connection, first: Key | None, last: Key | None) -> None:
        condition = self._range(first, last)
        # SQLite's tables of the index are not to be used when half of them are there.
        is_sqlite = connection.dialect.name == "sqlite"
        is_whole = not is_sqlite or index_tables.is_current(connection)
        if self.table is Articles.__table__ and is_whole:
            ids = list(connection.scalars(sa.select(Articles.id).where(condition)))
            search_index.forget_articles(connection, ids)
        connection.execute(sa.delete(self.table).where(condition))
