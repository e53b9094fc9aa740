"""Tells whether an archive was written to since it was last asked, without reading it."""

from collections.abc import Hashable
from threading import Lock

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.database_errors import not_writable

_STATE = {
    # Of one connection: it changes whenever another one commits.
    "sqlite": text("PRAGMA data_version"),
    "postgresql": text("SELECT CAST(pg_current_snapshot() AS text)"),
}


class Watch:
    """Watches an archive that this process only reads; any thread may ask."""

    def __init__(self, archive: Archive) -> None:
        self._engine = archive.engine
        self._lock = Lock()
        self._connection: Connection | None = None
        self._connections = 0

    def state(self) -> Hashable:
        """Return what is another one after each commit, as soon as that can be read.

        Raises NotWritable when the database cannot be used now.
        """
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._engine.connect()
                    self._connections += 1
                with self._connection.begin():
                    state = self._connection.scalar(_STATE[self._engine.dialect.name])
            except SQLAlchemyError as error:
                self._connection = None
                if cause := not_writable(error):
                    raise cause from error
                raise
            return self._connections, state

    def close(self) -> None:
        """Give the connection back."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
