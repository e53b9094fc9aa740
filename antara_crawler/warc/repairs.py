"""Cuts the torn tail that a kill or a power loss leaves behind a capture file's last record."""

import fcntl
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from antara_crawler.warc.naming import name_of
from antara_crawler.warc.records.disk import writing
from antara_crawler.warc.records.members import Damage, walk


@dataclass(frozen=True, slots=True)
class Repair:
    """What was cut: `file` (within the folder) now ends at `end`, `cut` bytes shorter."""

    file: str
    end: int
    cut: int


def repair(
    folder: Path, known_end: Mapping[str, int] | None = None, files: Collection[str] | None = None
) -> list[Repair]:
    """Finds a torn tail in each .warc.gz of the folder and cuts it after the last whole record.

    `files` names those that may be cut (None: all).

    `known_end` says up to where a file is known to be whole (the end of the last record that
    the archive cites); only what lies behind is read, and a file that ends there is not read.
    Never cuts a whole record, nor damage with readable records behind it (`verify` finds
    that), nor a file that is shorter than what is known of it, nor one that a running process
    writes, be it us or someone who copies it in. Raises NotWritable.
    """
    known, repairs = known_end or {}, list[Repair]()
    for path in sorted(path for path in folder.rglob("*.warc.gz") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if files is None or name in files:
            with writing(path):
                done = _repair_file(path, name, known.get(name, 0))
            repairs += [done] if done else []
    return repairs


def _repair_file(path: Path, name: str, known: int) -> Repair | None:
    size = path.stat().st_size
    if size == 0 or size <= known or _is_being_written(path):
        return None
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        torn = _torn_tail(file, known)
        if torn is None or (torn.offset == 0 and name_of(path.name) is None):
            return None
        file.truncate(torn.offset)
        os.fsync(file.fileno())
    return Repair(name, torn.offset, torn.length)


def _is_being_written(path: Path) -> bool:
    """Whether a process holds the file open to write to it, as one that copies it does.

    A file of another user, or on a file system without leases, cannot be asked.
    """
    with path.open("rb") as file:
        try:
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except (BlockingIOError, OSError) as error:
            return isinstance(error, BlockingIOError)
    return False


def _torn_tail(file: BinaryIO, start: int) -> Damage | None:
    """The torn bytes at the end, if any. A start that is no record's end is not trusted."""
    last: Damage | None = None
    for found in walk(file, start, keep=0):
        last = found if isinstance(found, Damage) and found.torn else None
    if last is not None and last.offset == start and start:
        return _torn_tail(file, 0)
    return last
