"""One run of a portal at a time: a lock that the system releases when its holder dies."""

import fcntl
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.database_errors import usable
from antara_crawler.errors import ArchiveBusy, NotWritable
from antara_crawler.wording import sentence

_PAUSE = 0.1
_NAMESPACE = 0x616E7462
_NAME = text("SELECT set_config('application_name', :name, false)")
_TAKE = text("SELECT pg_try_advisory_lock(:space, :portal)")
_STILL_THERE = text("SELECT 1")
_RELEASE = text("SELECT pg_advisory_unlock(:space, :portal)")
_HOLDER = text(
    "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE locktype = 'advisory' AND classid = :space AND objid = :portal"
    " AND objsubid = 2 AND granted"
)


@contextmanager
def portal_lock(archive: Archive, portal: str, patience: float = 0.0) -> Iterator[None]:
    """Hold a portal of an archive; raise ArchiveBusy when another process does.

    `patience` is how many seconds to wait for that one to end.

    On SQLite a lock on a file beside the archive, on PostgreSQL an advisory lock of the session;
    a killed process lets go of both. A session that is lost, or a file that is deleted, takes its
    lock with it: it is taken again before the next write, which raises NotWritable when another
    process was faster.
    """
    until = time.monotonic() + patience
    with ExitStack() as stack:
        while True:
            try:
                if archive.path is None:
                    stack.enter_context(_SessionLock(archive, portal))
                else:
                    file = archive.path.with_name(f"{archive.path.name}.{portal}.lock")
                    stack.enter_context(_file_lock(archive, file, portal))
                break
            except ArchiveBusy:
                if time.monotonic() >= until:
                    raise
            time.sleep(_PAUSE)
        yield


@contextmanager
def _file_lock(archive: Archive, path: Path, portal: str) -> Iterator[None]:
    with ExitStack() as stack:
        file = stack.enter_context(_locked(path, portal))

        def hold() -> None:
            """Lock the file anew where another program deleted it: a second run could lock one."""
            nonlocal file
            with suppress(OSError):
                if os.path.samestat(path.stat(), os.fstat(file.fileno())):
                    return
            try:
                file = stack.enter_context(_locked(path, portal))
            except ArchiveBusy as error:
                raise NotWritable(f"the lock was lost: {error}") from error

        archive.conditions.append(hold)
        stack.callback(archive.conditions.remove, hold)
        yield


@contextmanager
def _locked(path: Path, portal: str) -> Iterator[IO[str]]:
    try:
        file = path.open("a+")
    except OSError as error:
        raise NotWritable(f"cannot make the lock file {path}: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise _busy(portal, file.read(100).strip()) from None
        with suppress(OSError):  # a full disk: the number is for the other run's message only
            os.ftruncate(file.fileno(), 0)
            os.write(file.fileno(), str(os.getpid()).encode())
        # The file stays: to delete it would let two runs lock two files of one name.
        try:
            yield file
        finally:
            # A process that helps this one was begun with the file open, and would keep the lock.
            fcntl.flock(file, fcntl.LOCK_UN)


class _SessionLock:
    """A lock that a session of the server holds; it goes with the session."""

    def __init__(self, archive: Archive, portal: str) -> None:
        self.archive = archive
        self.portal = portal
        self.keys = {"space": _NAMESPACE, "portal": zlib.crc32(portal.encode()) - 2**31}
        self.connection: Connection | None = None

    def take(self) -> None:
        """Take the lock in a session of its own; raise ArchiveBusy when another has it."""
        with usable():
            connection = self.archive.unbound.connect()
            try:
                name = f"antara-crawler {self.portal} pid {os.getpid()}"
                connection.execute(_NAME, {"name": name})
                if not connection.scalar(_TAKE, self.keys):
                    # The number of the process is in the name that its session gave itself.
                    asked = self.keys | {"portal": self.keys["portal"] % 2**32}
                    holder = str(connection.scalar(_HOLDER, asked) or "")
                    raise _busy(self.portal, holder.rpartition(" ")[2])
            except BaseException:
                connection.close()
                raise
        self.connection = connection

    def hold(self) -> None:
        """Take the lock again where its session was lost; raise NotWritable when that fails."""
        if self.connection is not None:
            try:
                self.connection.scalar(_STILL_THERE)
                return
            except SQLAlchemyError:
                self.connection.invalidate()
                self.connection.close()
                self.connection = None
        try:
            self.take()
        except ArchiveBusy as error:
            # The server may not have seen yet that our own session is no more.
            raise NotWritable(
                f"the lock was lost: {error}", transient=error.pid == os.getpid()
            ) from error

    def __enter__(self) -> None:
        self.archive.patiently(self.take)
        self.archive.conditions.append(self.hold)

    def __exit__(self, *error: object) -> None:
        self.archive.conditions.remove(self.hold)
        if self.connection is None:
            return
        with suppress(SQLAlchemyError):  # where the server went away the lock went with it
            self.connection.execute(_RELEASE, self.keys)
        # The session's end would let go of it too, but the server sees that a moment later.
        self.connection.invalidate()
        self.connection.close()


def _busy(portal: str, pid: str) -> ArchiveBusy:
    holder = sentence(f"process {pid}") if pid.isdigit() else sentence("another process")
    return ArchiveBusy(
        f"{portal} is being crawled by {holder}: wait for it to end",
        pid=int(pid) if pid.isdigit() else None,
    )
