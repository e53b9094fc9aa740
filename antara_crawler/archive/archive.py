"""An open archive: by its URL, read and written in transactions."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, Executable, Select, func, select, tuple_
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute

from antara_crawler.archive import database, schema
from antara_crawler.archive.database_errors import (
    detail_of,
    let_in,
    not_writable,
    undone,
    usable,
    wrong_file,
)
from antara_crawler.archive.tables.types import AnyRow, AnySelect
from antara_crawler.errors import ArchiveMissing, NotWritable, UsageError
from antara_crawler.wording import sentence

T = TypeVar("T")
_PAUSE = 0.5
"""Seconds between two tries."""


def patiently(
    step: Callable[[], T], patience: float, told: Callable[[NotWritable], None] | None = None
) -> T:
    """Do a step that may be done again; wait while the database is away or busy.

    After `patience` seconds its NotWritable is raised; the first before that may be `told`.
    """
    until = time.monotonic() + patience
    while True:
        try:
            return step()
        except NotWritable as error:
            if not error.transient or time.monotonic() >= until:
                raise
            if told:
                told(error)
                told = None
        time.sleep(_PAUSE)


class Archive:
    """An open archive. Use it as a context manager, or close() it.

    Connections are made when needed, so that after an error the next call connects anew.
    """

    def __init__(
        self, url: str | URL, *, read_only: bool, lock_timeout: float = database.LOCK_TIMEOUT
    ) -> None:
        self.url = database.parse_url(url)
        is_file = self.url.get_backend_name() == "sqlite"
        self.path = Path(str(self.url.database)) if is_file else None
        """The file of an SQLite archive; None on PostgreSQL."""
        self.read_only = read_only
        self.conditions: list[Callable[[], None]] = []
        """Called before each write; one that raises prevents it."""
        self.patience = 0.0
        """How many seconds to wait for a database that is away or busy."""
        self._opened: os.stat_result | None = None
        self.finder: Any = None
        """Where searches are looked for instead, while that is there and not far behind."""
        self.engine = database.make_engine(self.url, read_only=read_only, lock_timeout=lock_timeout)
        self.unbound = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        """Gives PostgreSQL's connections for what cannot be done, or kept, within a transaction."""
        self._writers = {
            lasting: self.engine.execution_options(antara_writer=name)
            for lasting, name in ((True, "lasting"), (False, "passing"))
        }

    @classmethod
    def open(
        cls,
        url: str | URL,
        *,
        create: bool = False,
        read_only: bool = False,
        lock_timeout: float = database.LOCK_TIMEOUT,
        unfinished: bool = False,
        patience: float = 0.0,
    ) -> Self:
        """Open the archive at an absolute SQLAlchemy URL and bring its tables up to date.

        `create` makes it where there is none; `read_only` opens it so that the database itself
        refuses to write, and changes no table; `lock_timeout` is how many seconds a writer waits
        for another; `unfinished` opens one, too, that was not copied to its end; `patience` is
        how many seconds to wait for a server that is away, now and later.
        Raises UsageError for a wrong URL, a server that refuses us, or tables of an older
        version that may only be read, ArchiveMissing when there is none and `create` is not
        given, ArchiveTooNew when newer software wrote it,
        NotWritable when it must be written and cannot be, or no server is there.
        """
        archive = cls(url, read_only=read_only, lock_timeout=lock_timeout)
        try:
            archive.patience = patience
            archive.patiently(lambda: archive._prepare(create, unfinished))
        except BaseException:
            archive.close()
            raise
        return archive

    @property
    def name(self) -> str:
        """What to call it in messages: the file, or the URL without its password."""
        return str(self.path or self.url.render_as_string(hide_password=True))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that only reads; NotWritable when the database cannot be used now."""
        with usable(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self, *, lasting: bool = True) -> Iterator[Connection]:
        """Give a connection in a transaction that holds the one writer's lock.

        All is committed at the end, or nothing. With `lasting` false it survives the end of this
        program at once, a power cut only when a later lasting one is committed. Raises
        NotWritable when the database cannot be written now; `.transient` tells whether trying
        again may help.
        """
        for still_may in self.conditions:
            still_may()
        self._refuse_if_lost()
        with usable(), self._writers[lasting].begin() as connection:
            yield connection
            if lost := undone(connection):
                raise lost

    def patiently(self, step: Callable[[], T]) -> T:
        """Do a step that may be done again; wait while the database is away or busy."""
        return patiently(step, self.patience)

    def read(self, ask: Callable[[Connection], T]) -> T:
        """Return what is asked of a connection that only reads; raises the same."""

        def asked() -> T:
            with self.reading() as connection:
                return ask(connection)

        return self.patiently(asked)

    def rows(self, query: Executable) -> Sequence[AnyRow]:
        """Return what a query finds; NotWritable when the database cannot be used now."""
        return self.read(lambda connection: connection.execute(query).all())

    def row(self, query: Executable) -> AnyRow | None:
        """Return the first row that a query finds, None where it finds none; raises the same."""
        return next(iter(self.rows(query)), None)

    def value(self, query: Select[T]) -> T | None:
        """Return the first value that a query finds, None where it finds none; raises the same."""
        return self.read(lambda connection: connection.scalar(query))

    def values(self, query: Select[T]) -> list[T]:
        """Return the value of each row that a query finds; raises the same."""
        return self.read(lambda connection: list(connection.scalars(query)))

    def in_batches(
        self, query: AnySelect, size: int, *order: InstrumentedAttribute[Any]
    ) -> Iterator[Sequence[AnyRow]]:
        """Yield what a query finds in an order of columns, a batch and a transaction at a time."""
        query = query.order_by(*order)
        step = query.limit(size)
        while rows := self.rows(step):
            yield rows
            last = tuple(getattr(rows[-1], each.key) for each in order)
            step = query.where(tuple_(*order) > last).limit(size)

    def look_over(self) -> None:
        """Have PostgreSQL look over its tables after very many rows; SQLite need not.

        It plans by what it saw last, and may count from an index alone only what it has looked
        over: searches take half the time. Its own daemon comes later, if it runs.
        """
        if self.path is None:
            with usable(), self.unbound.connect() as connection:
                connection.exec_driver_sql("VACUUM (ANALYZE)")

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _prepare(self, create: bool, unfinished: bool) -> None:
        if self.path and not self.path.exists():
            if not create or self.read_only:
                raise ArchiveMissing(f"there is no archive at {self.path}: run a crawl first")
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise NotWritable(
                    f"cannot make the archive's folder: {error}; name another place with"
                    " ARCHIVE_URL"
                ) from error
        if self.path and self.path.is_dir():
            raise UsageError(f"the archive {self.path} is a folder: name a file in it")
        stored = self._stored_version()
        if stored is None and (not create or self.read_only):
            raise ArchiveMissing(f"{self.name} holds no archive yet: run a crawl first")
        newest = schema.newest()
        if stored == schema.UNFINISHED + newest and unfinished:
            return
        if stored is not None and stored.startswith(schema.UNFINISHED):
            raise UsageError(
                f"{self.name} is a copy that was not finished: run the same scrapy copy again, or"
                " remove it"
            )
        if stored is not None:
            schema.refuse_unknown(stored, self.name)
        if stored != newest and self.read_only:
            raise UsageError(
                f"the archive {self.name} is of an older version ({stored}, now {newest}): bring it"
                " up to date with scrapy search --rebuild-index, or with any other command that"
                " writes, as the next scrapy crawl PORTAL does"
            )
        if stored is None and self.path is None:
            encoding = self.value(select(func.current_setting("server_encoding")))
            if encoding != "UTF8":
                raise UsageError(
                    f"{self.name} keeps texts as {encoding}, which has not all letters: make a"
                    " database with ENCODING 'UTF8'"
                )
        if stored != newest:
            with self.writing() as connection:
                schema.bring_up(connection, self.name)
        with self.reading() as connection:
            schema.refuse_torn(connection, self.name)
        self._opened = self.path.stat() if self.path else None

    def _refuse_if_lost(self) -> None:
        """Raise NotWritable when what is written would not be found under the archive's name."""
        if self.path is None or self._opened is None:
            return
        with suppress(OSError):
            if os.path.samestat(self.path.stat(), self._opened):
                return
        raise NotWritable(
            f"{self.path} was moved, replaced or deleted while it was written to: put it back, then"
            " run the same command again"
        )

    def _stored_version(self) -> str | None:
        """Return the version of the tables, or say why the database does not answer."""
        try:
            with self.engine.begin() as connection:
                return schema.version(connection)
        except DBAPIError as error:
            cause = not_writable(error)
            if self.path and cause and not wrong_file(error):
                raise cause from error
            if away := database.out_of_reach(self.url, detail_of(error)):
                raise away from error
            if cause and cause.transient and not self.path and let_in(error):
                raise cause from error
            if self.path and not self.read_only and not os.access(self.path.parent, os.W_OK):
                raise NotWritable(
                    f"the archive {self.name} cannot be written, its folder is read-only for you:"
                    " make it writable, or name another with ARCHIVE_URL"
                ) from error
            why = self._hint(detail_of(error))
            raise UsageError(f"cannot open the archive {self.name}: {why}") from error

    def _hint(self, error: str) -> str:
        """Return an error with what may be its mend where an archive cannot be opened."""
        if self.path is None:
            return sentence(f"{error}: check ARCHIVE_URL")
        if self.path and not os.access(self.path.parent, os.W_OK):
            return sentence(
                f"{error} (SQLite must write in {self.path.parent} even to read, while no one has"
                " the archive open: copy the archive to a folder of yours)"
            )
        return sentence(f"{error}: name another file with ARCHIVE_URL, or restore it from a copy")
