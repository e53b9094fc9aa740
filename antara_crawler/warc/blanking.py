"""Overwrites raw records in their place: their bytes are gone, all other records stay as they are.

A blank is as long as what it replaces, so that no row has to learn a new place, and writing it
again after a kill does no harm.
"""

import fcntl
import os
import struct
import zlib
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from antara_crawler.errors import BrokenCapture
from antara_crawler.items import Capture
from antara_crawler.warc.records import records
from antara_crawler.warc.records.disk import not_writable
from antara_crawler.warc.records.exchange import target_uri
from antara_crawler.warc.records.members import Member, inflate, walk

REMOVED = b"removed on request"
_GZIP = b"\x1f\x8b\x08"
_GZIP_HEAD = _GZIP + b"\x10" + bytes(5) + b"\xff"
"""With a comment, which may be of any length and means nothing."""


def blank(folder: Path, capture: Capture) -> bool:
    """Overwrite a capture's record and the request that follows it; durable when this returns.

    Returns False when there is no such file. Raises BrokenCapture when another record lies
    there, NotWritable when the file cannot be written.
    """
    path = folder / capture.file
    try:
        with path.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.fstat(file.fileno()).st_nlink == 0:
                return False  # it was moved away while we waited
            _overwrite(file, capture.offset, capture.length, capture.sha256)
            behind = next(walk(file, capture.offset + capture.length), None)
            if isinstance(behind, Member) and _is_request(behind, capture.url):
                _overwrite(file, behind.offset, behind.length, behind.sha256)
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return False
    except OSError as error:
        raise not_writable(path, error) from error
    return True


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
