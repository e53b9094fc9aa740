"""Tells a database that cannot be written now from data that it refuses."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, PendingRollbackError, SQLAlchemyError, StatementError

from antara_crawler.errors import NotWritable
from antara_crawler.wording import sentence

MAX_DETAIL = 300
"""Longest detail in a message, in characters."""

_LOCKED = (
    sentence("the archive is locked by another program: run the same command when that has ended"),
    True,
)
# https://www.sqlite.org/rescode.html (primary codes): what it means, and whether waiting helps.
_SQLITE = {
    5: _LOCKED,
    6: _LOCKED,
    8: (sentence("the archive is read-only"), False),
    10: (sentence("the disk of the archive gives errors: see whether it is full"), False),
    11: (sentence("the archive is damaged: restore it from a copy"), False),
    13: (sentence("the disk of the archive is full: make room"), False),
    14: (sentence("the archive cannot be opened: check its folder and permissions"), False),
    26: (sentence("the file is no SQLite database"), False),
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html: full code or class.
_POSTGRESQL = {
    "08": (sentence("the connection to the database server was lost"), True),
    "25006": (sentence("the archive is read-only"), False),
    "40": (sentence("the database asks to try again"), True),
    "42P01": (sentence("the archive's tables are not whole: restore it from a copy"), False),
    "42703": (sentence("the archive's tables are not whole: restore it from a copy"), False),
    "42501": (sentence("the database user may not write the archive"), False),
    "53": (sentence("the database server is short of resources"), True),
    "53100": (sentence("the disk of the database server is full: make room"), False),
    "55P03": _LOCKED,
    "57": (sentence("the database server is stopping or starting"), True),
    "58": (sentence("the database server's disk gives errors"), False),
    "XX": (sentence("the database server reports damage"), False),
}


@contextmanager
def usable() -> Iterator[None]:
    """Raise NotWritable in place of an error which says that the database cannot be used now."""
    try:
        yield
    except SQLAlchemyError as error:
        if cause := not_writable(error):
            raise cause from error
        raise


def not_writable(error: SQLAlchemyError) -> NotWritable | None:
    """Return the error to raise when the database cannot be used now, None for refused data."""
    if isinstance(error, PendingRollbackError):  # the connection broke before, in this transaction
        return _lost()
    if not isinstance(error, DBAPIError):
        return None
    known = _of_sqlite(error) if hasattr(error.orig, "sqlite_errorcode") else _of_server(error)
    if known is None:
        return None
    meaning, transient = known
    return NotWritable(f"{meaning} ({detail_of(error)})", transient=transient)


def detail_of(error: BaseException) -> str:
    """Return the driver's own words on one line, without the rows that it may quote below them."""
    said = error.orig if isinstance(error, StatementError) and error.orig else error
    first = next(iter(str(said).strip().splitlines()), "")
    return " ".join(first.split())[:MAX_DETAIL] or type(said).__name__


def wrong_file(error: DBAPIError) -> bool:
    """Tell whether SQLite was given a file that it may not open, or that is none of its own."""
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in (8, 14, 26)


def undone(connection: Connection, error: BaseException | None = None) -> NotWritable | None:
    """Return the error to raise when the transaction is no more, None when it stands.

    A server's connection may be cut. SQLite undoes the whole by itself on a full disk, and then
    takes further statements one by one. `error` is
    the one that followed; the cause may lie below it.
    """
    if connection.invalidated:
        return _lost()
    if getattr(connection.connection.driver_connection, "in_transaction", True):
        return None
    while error is not None:
        if isinstance(error, DBAPIError) and (cause := not_writable(error)):
            return cause
        error = error.__context__
    return NotWritable("the database undid the transaction")


def _lost() -> NotWritable:
    meaning, transient = _POSTGRESQL["08"]
    return NotWritable(meaning, transient=transient)


def _of_sqlite(error: DBAPIError) -> tuple[str, bool] | None:
    if str(error.orig).startswith(("no such table", "no such column")):
        return _POSTGRESQL["42P01"]
    return _SQLITE.get(getattr(error.orig, "sqlite_errorcode", 0) & 0xFF)


def _of_server(error: DBAPIError) -> tuple[str, bool] | None:
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    # An error of the driver itself, not of the server: there is no server to talk to.
    lost = error.connection_invalidated or type(error.orig).__name__ in (
        "OperationalError",
        "InterfaceError",
        "ConnectionTimeout",
    )
    return _POSTGRESQL["08"] if lost and not isinstance(error.orig, sqlite3.Error) else None
