"""Tells a database that cannot be written now from data that it refuses."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, PendingRollbackError, SQLAlchemyError, StatementError

from antara_crawler.errors import NotWritable
from antara_crawler.wording import words

MAX_DETAIL = 300
"""Longest detail in a message, in characters."""
_FULL = re.compile("too many (clients|connections)|connection slots|no more connections")
"""What a server, or a pooler before it, says that has no place left: psycopg tells no code then."""


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
    if known := _meaning_of(error):
        meaning, transient = known
        return NotWritable(f"{meaning} ({detail_of(error)})", transient=transient)
    return None


def detail_of(error: BaseException) -> str:
    """Return the driver's own words on one line, without the rows that it may quote below them."""
    said = error.orig if isinstance(error, StatementError) and error.orig else error
    first = next(iter(str(said).strip().splitlines()), "")
    return " ".join(first.split())[:MAX_DETAIL] or type(said).__name__


def wrong_file(error: DBAPIError) -> bool:
    """Tell whether SQLite was given a file that it may not open, or that is none of its own."""
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in (8, 14, 26)


def no_place(why: str) -> NotWritable | None:
    """Return the error to raise where a server says that it takes no more connections."""
    if not _FULL.search(why):
        return None
    meaning, transient = words("postgresql")["53300"]
    return NotWritable(f"{meaning} ({why})", transient=transient)


def let_in(error: DBAPIError) -> bool:
    """Tell whether a server had let us in before the error; it is psycopg that says 'failed'."""
    return not str(error.orig).startswith("connection failed")


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
    meaning, transient = words("postgresql")["08"]
    return NotWritable(meaning, transient=transient)


def _meaning_of(error: DBAPIError) -> tuple[str, bool] | None:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None and str(error.orig).startswith(("no such table", "no such column")):
        return words("postgresql").get("42P01")
    if code is not None:
        return words("sqlite").get(str(code & 0xFF))
    if state := getattr(error.orig, "sqlstate", None):
        return words("postgresql").get(state) or words("postgresql").get(state[:2])
    # An error of the driver itself, not of the server: there is no server to talk to.
    lost = error.connection_invalidated or type(error.orig).__name__ in (
        "OperationalError",
        "InterfaceError",
        "ConnectionTimeout",
    )
    if not lost or isinstance(error.orig, sqlite3.Error):
        return None
    return words("postgresql").get("53300" if _FULL.search(str(error.orig)) else "08")
