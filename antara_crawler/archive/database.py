"""Connects to SQLite or PostgreSQL so that both keep the same promises."""

import json
import sqlite3
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from antara_crawler.archive.database_errors import no_place
from antara_crawler.errors import DamagedRow, NotWritable, UsageError

LOCK_TIMEOUT = 30.0
"""Seconds a writer waits for another one before it says that the archive is locked."""

WRITER_LOCK = (0x616E7461, 1)
"""PostgreSQL advisory lock that makes writers queue, as SQLite's own lock does."""

_HOLDS_OTHERS = frozenset({list, tuple, dict})
_SQLITE_SYNC = {"lasting": "FULL", "passing": "NORMAL"}


def parse_url(text: str | URL, name: str = "the archive's address") -> URL:
    """Return the URL of an archive on SQLite or PostgreSQL.

    Raises UsageError, which calls it by `name`, for anything else.
    """
    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except ArgumentError:
        raise UsageError(
            f"{name} is not a database URL: write it like sqlite:///data/archive.db"
            " or postgresql+psycopg://user@host/name"
        ) from None
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise UsageError(f"{name} asks for {backend}: only sqlite and postgresql are supported")
    if not url.database or url.database == ":memory:":
        raise UsageError(f"{name} names no file: write it like sqlite:///data/archive.db")
    if url.query:
        raise UsageError(
            f"{name} has a ? in it, and nothing can be asked of an SQLite file: leave out"
            " what follows, or give the file a name without ?"
        )
    return url.set(drivername="sqlite+pysqlite")


def out_of_reach(url: URL, why: str) -> NotWritable | None:
    """Return the error to raise where no server has place for us, None where one refused us."""
    if url.get_backend_name() != "postgresql":
        return None
    if full := no_place(why):
        return full
    from psycopg import ProgrammingError  # noqa: PLC0415  (only here, and not for SQLite)
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415
    from psycopg.pq import PGconn, Ping  # noqa: PLC0415

    try:
        place = make_conninfo("", **url.get_dialect()().create_connect_args(url)[1])
    except ProgrammingError:  # nothing is asked for so
        return None
    away = [Ping.REJECT, Ping.NO_RESPONSE]
    if why.startswith("connection is bad"):  # psycopg's own words: none answered. It may by now
        away.append(Ping.OK)
    if PGconn.ping(place.encode()) not in away:
        return None
    name = url.render_as_string(hide_password=True)
    return NotWritable(
        f"{name} cannot be reached ({why}): look whether the database server runs, and whether"
        " ARCHIVE_URL names it",
        transient=True,
    )


def make_engine(url: URL, *, read_only: bool, lock_timeout: float = LOCK_TIMEOUT) -> Engine:
    """Return an engine; nothing is connected yet. `lock_timeout` is in seconds.

    With the execution option `antara_writer` its transactions take the one writer's lock at once.
    On SQLite a 'passing' one is on disk with the next that is 'lasting', not at its own commit: a
    power cut may take it back, and never without all that came after it. A server can be cut
    alone, while the crawl that counts on the transaction goes on: there each one lasts.
    """
    make = _sqlite_engine if url.get_backend_name() == "sqlite" else _postgresql_engine
    engine = make(url, read_only, lock_timeout)
    event.listen(engine, "before_cursor_execute", _escape_nul, retval=True)
    return engine


def _escape_nul(
    connection: object, cursor: object, statement: str, parameters: Any, *_: object
) -> tuple[str, Any]:
    """Write U+FFFD for NUL, which PostgreSQL refuses in a text and SQLite cuts it at."""
    return statement, _without_nul(parameters) if _holds_nul(parameters) else parameters


def _holds_nul(value: Any) -> bool:
    """Tell whether a NUL is somewhere in it; asked of every parameter, so in a hurry."""
    if value and value.__class__ is list and value[0].__class__ is tuple:
        value = chain.from_iterable(value)
    for each in value.values() if isinstance(value, dict) else value:
        if each.__class__ is str:
            if "\x00" in each:
                return True
        elif each.__class__ in _HOLDS_OTHERS and _holds_nul(each):
            return True
    return False


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    if isinstance(value, dict):
        return {name: _without_nul(each) for name, each in value.items()}
    return type(value)(map(_without_nul, value)) if type(value) in (list, tuple) else value


def _to_json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\\u0000", "\ufffd") if "\\u0000" in text else text


def _of_json(kept: str) -> object:
    try:
        return json.loads(kept)
    except ValueError:
        raise DamagedRow(kept) from None


_ENGINE: dict[str, Any] = {
    **{"json_serializer": _to_json, "json_deserializer": _of_json, "hide_parameters": True},
    "pool_size": 10,  # kept for who asks next: the reader has as many threads
}


def _sqlite_engine(url: URL, read_only: bool, lock_timeout: float) -> Engine:
    path = Path(str(url.database)).absolute()
    mode = "ro" if read_only else "rwc"
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=path.as_uri(), query={"mode": mode, "uri": "true"}),
        connect_args={"timeout": lock_timeout},
        **_ENGINE,
    )

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy begins, see below
        if not read_only:
            _use_wal(connection, lock_timeout)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -16000")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writer = connection.get_execution_options().get("antara_writer")
        if writer:
            connection.exec_driver_sql(f"PRAGMA synchronous = {_SQLITE_SYNC[writer]}")
        # A writer that first reads and then asks for the lock can fail without waiting.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine


def _use_wal(connection: sqlite3.Connection, lock_timeout: float) -> None:
    """Switch to WAL; two first users at once collide here without SQLite waiting for them."""
    deadline = time.monotonic() + lock_timeout
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(0.02)


def _postgresql_engine(url: URL, read_only: bool, lock_timeout: float) -> Engine:
    wanted = url.query.get("options", "")
    options = [
        *([wanted] if isinstance(wanted, str) else wanted),
        "-c timezone=UTC",
        "-c datestyle=ISO",
        # Whatever its administrator prefers for others: what a writer reads once it has the lock is
        # what the one before it wrote, a commit lasts, and a copy may read for long.
        r"-c default_transaction_isolation=read\ committed",
        "-c synchronous_commit=on",
        "-c idle_in_transaction_session_timeout=0",
        f"-c lock_timeout={int(lock_timeout * 1000)}",
        f"-c default_transaction_read_only={'on' if read_only else 'off'}",
    ]
    settings: dict[str, Any] = {
        "application_name": "antara-crawler",
        "client_encoding": "utf8",
        "connect_timeout": 10,
        "keepalives_idle": 60,
        "options": " ".join(options).strip(),
    }
    engine = create_engine(url, connect_args=settings, pool_pre_ping=True, **_ENGINE)

    for way in ("do_execute", "do_executemany"):
        event.listen(engine, way, _copy_in)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("antara_writer"):
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s, %s)", WRITER_LOCK)

    return engine


def _copy_in(cursor: Any, statement: str, parameters: Any, context: object) -> bool:
    """Send the server the rows of a COPY, which SQLAlchemy does not know.

    Where an iterator of rows is the only value, the next are made while the server takes in those
    before.
    """
    if not statement.startswith("COPY "):
        return False
    rows: Any = parameters if isinstance(parameters, list) else [parameters]
    if isinstance(rows[0][0], Iterator):
        rows = rows[0][0]
    with cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)
    return True
