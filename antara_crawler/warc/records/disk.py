"""A file that only grows by whole, synced batches: what is not on disk is still in memory."""

import contextlib
import fcntl
import glob
import os
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from antara_crawler.errors import NotWritable

_MOST_DIGITS = 10
"""Of a process id."""


class BatchFile:
    """A new file, locked for this process, to which batches are appended durably.

    `add` keeps bytes in memory; `commit` puts them on disk. When that fails the file is cut
    back to the last whole batch and the bytes stay in memory, so that a later commit goes on
    as if nothing had happened. Raises FileExistsError when the file is there already, and
    NotWritable for whatever else the disk refuses. Not for use from several threads.
    """

    def __init__(self, path: Path):
        self.path = path
        self._durable = 0
        self._pending = bytearray()
        self._in_folder = False
        try:
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileExistsError:
            raise
        except OSError as error:
            raise not_writable(path, error) from error

    @property
    def end(self) -> int:
        """Where the next added byte will lie."""
        return self._durable + len(self._pending)

    @property
    def waiting(self) -> int:
        """How many bytes are added, but not yet committed."""
        return len(self._pending)

    def add(self, data: bytes | bytearray) -> int:
        """Takes `data` as next and tells its offset."""
        offset = self.end
        self._pending += data
        return offset

    def commit(self) -> None:
        """Everything added is on disk, under the file's name, when this returns.

        Raises NotWritable, also when the file was moved, deleted or cut meanwhile.
        """
        if not self._pending:
            return
        self._refuse_if_lost()
        try:
            with memoryview(self._pending) as view:
                done = 0
                while done < len(view):
                    done += os.pwrite(self._fd, view[done:], self._durable + done)
            os.fsync(self._fd)
            if not self._in_folder:
                sync_folder(self.path.parent)
                self._in_folder = True
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._fd, self._durable)
            raise not_writable(self.path, error) from error
        self._refuse_if_lost(len(self._pending))
        self._durable += len(self._pending)
        self._pending.clear()

    def close(self) -> None:
        """Commits and lets go of the file, also when the commit raises NotWritable.

        A file that never held a whole batch is removed.
        """
        try:
            self.commit()
        finally:
            if self._durable == 0 and self._is_there():
                with contextlib.suppress(OSError):
                    self.path.unlink()
            os.close(self._fd)

    def _refuse_if_lost(self, more: int = 0) -> None:
        """Raise NotWritable when what is written would not be found under the file's name."""
        if not self._is_there():
            raise NotWritable(
                f"cannot write {self.path}: it was moved or deleted while it was written to; put"
                " its folder back, then run the same command again"
            )
        if os.fstat(self._fd).st_size < self._durable + more:
            raise NotWritable(
                f"cannot write {self.path}: another program cut it while it was written to; see"
                " what did, run scrapy verify, then the same command again"
            )

    def _is_there(self) -> bool:
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self._fd))
        except OSError:
            return False


@contextlib.contextmanager
def appearing(target: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that appears as `target` only when it is whole and on disk.

    Until then it lies beside it under a name that is this process's alone.
    """
    part = part_of(target)
    try:
        with part.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def part_of(target: Path) -> Path:
    """Return what a target is called until it is whole; what a kill left of it is removed."""
    host = re.sub(r"[^\w-]", "_", socket.gethostname())
    for left in target.parent.glob(f".{glob.escape(target.name)}.{host}.*.part"):
        pid = left.name.split(".")[-2]
        if (
            pid.isdecimal()
            and len(pid) < _MOST_DIGITS
            and (int(pid) == os.getpid() or not _runs(int(pid)))
        ):
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
    return target.with_name(f".{target.name}.{host}.{os.getpid()}.part")


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError as error:
        return not isinstance(error, ProcessLookupError)
    return True


def sync_folder(folder: Path) -> None:
    """Makes a new or removed name in `folder` durable."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raise NotWritable for what the system refuses while a file or folder is written."""
    try:
        yield
    except OSError as error:
        raise not_writable(path, error) from error


def not_writable(path: Path, error: OSError) -> NotWritable:
    """The one line a person reads when captures cannot be kept."""
    why = os.strerror(error.errno) if error.errno else str(error)
    return NotWritable(
        f"cannot write {path}: {why}; make it writable or make room there, "
        "then run the same command again"
    )
