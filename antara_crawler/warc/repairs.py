"""Changes capture files in their place: cuts the torn tail of a kill, overwrites what is forgotten.

A blank is as long as what it replaces, so that no row has to learn a new place, and writing it
again after a kill does no harm.
"""

import fcntl
import os
import struct
import zlib
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from antara_crawler.errors import BrokenCapture
from antara_crawler.items import Capture
from antara_crawler.warc.naming import name_of
from antara_crawler.warc.records import records
from antara_crawler.warc.records.disk import writing
from antara_crawler.warc.records.exchange import target_uri
from antara_crawler.warc.records.members import Damage, Member, inflate, walk

REMOVED = b"removed on request"
_GZIP = b"\x1f\x8b\x08"
_GZIP_HEAD = _GZIP + b"\x10" + bytes(5) + b"\xff"
"""With a comment, which may be of any length and means nothing."""


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


def blank(folder: Path, capture: Capture) -> bool:
    """Overwrite a capture's record and the request that follows it; durable when this returns.

    Returns False when there is no such file. Raises BrokenCapture when another record lies
    there, NotWritable when the file cannot be written.
    """
    path = folder / capture.file
    with writing(path), suppress(FileNotFoundError), path.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink == 0:
            return False  # it was moved away while we waited
        _overwrite(file, capture.offset, capture.length, capture.sha256)
        behind = next(walk(file, capture.offset + capture.length), None)
        if isinstance(behind, Member) and _is_request(behind, capture.url):
            _overwrite(file, behind.offset, behind.length, behind.sha256)
        file.flush()
        os.fsync(file.fileno())
        return True
    return False


def _overwrite(file: BinaryIO, offset: int, length: int, digest: str) -> None:
    file.seek(offset)
    raw = file.read(length)
    if _is_blank(raw):
        return
    if sha256(raw).hexdigest() != digest and not _is_slot(file, offset, raw, length):
        raise BrokenCapture(f"the record at {offset} is not the one that is to be removed")
    file.seek(offset)
    file.write(_blank_gzip(length) if raw[:2] != b"WA" else _blank_plain(length))


def _is_blank(raw: bytes) -> bool:
    try:
        return REMOVED in inflate(raw)[:1000]
    except BrokenCapture:
        return False


def _is_slot(file: BinaryIO, offset: int, raw: bytes, length: int) -> bool:
    """Tell whether a record, be it damaged, fills the place: the next one begins behind it."""
    file.seek(offset + length)
    behind = file.read(len(_GZIP))
    return len(raw) == length and raw.startswith(_GZIP) and behind in (b"", _GZIP)


def _is_request(found: Member, url: str) -> bool:
    try:
        record = records.parse(found.data, size=found.size)
    except BrokenCapture:
        return False
    return record.kind == "request" and record.field("WARC-Target-URI") == target_uri(url)


def _head(content: int) -> bytes:
    now = datetime.now(UTC)
    return (
        f"{records.VERSION}\r\nWARC-Type: metadata\r\nWARC-Record-ID: {records.new_id()}\r\n"
        f"WARC-Date: {now:%Y-%m-%dT%H:%M:%SZ}\r\nContent-Type: text/plain\r\n"
        f"Content-Length: {content}\r\n\r\n"
    ).encode()


def _blank_gzip(length: int) -> bytes:
    data = _head(len(REMOVED)) + REMOVED + b"\r\n\r\n"
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(data) + deflate.flush()
    tail = packed + struct.pack("<II", zlib.crc32(data), len(data))
    padding = length - len(_GZIP_HEAD) - 1 - len(tail)
    if padding < 0:
        raise BrokenCapture(f"a record of {length} bytes is too short to be a page's")
    return _GZIP_HEAD + b" " * padding + b"\0" + tail


def _blank_plain(length: int) -> bytes:
    content = length - len(_head(length))
    head = _head(content)
    # Where it has fewer digits than the whole, a byte is left: it may stand between records.
    rest = length - len(head) - content
    if content < len(REMOVED):
        raise BrokenCapture(f"a record of {length} bytes is too short to be a page's")
    return head + REMOVED.ljust(content) + b"\n" * rest
