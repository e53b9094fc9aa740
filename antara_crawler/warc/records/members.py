"""Where each record of a capture file lies: gzip members or plain records, damage told apart."""

import os
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from antara_crawler.errors import BrokenCapture

ENDINGS = (".warc.gz", ".warc")
"""How the names of capture files end."""

MAX_BODY = 64 << 20
"""Default bound on the bytes of one record that are held in memory."""
_CHUNK = 1 << 18
_STEP = 1 << 20
_MAGIC = b"\x1f\x8b\x08"
_MAX_FIELDS = 1 << 16
_MAGIC_SIGN = re.compile(re.escape(_MAGIC))
_VERSION_LINE = re.compile(rb"(?<=\n)WARC/\d\.\d\r?\n")
_LENGTH = re.compile(rb"\d{1,15}")


@dataclass(frozen=True, slots=True)
class Member:
    """One record's place: `length` raw bytes at `offset`, and what they hold.

    `data` is decompressed and cut at the caller's bound; `size` is its whole length.
    """

    offset: int
    length: int
    sha256: str
    data: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are no whole record.

    `torn`: an unfinished gzip member at the end of the file, as a kill leaves it (the file
    ends inside it) or a power loss (it ends in zeros).
    """

    offset: int
    length: int
    torn: bool
    reason: str = "no whole record"


def walk(file: BinaryIO, start: int = 0, keep: int = MAX_BODY) -> Iterator[Member | Damage]:
    """Every member of a seekable WARC file from `start` on, gzip or plain, in one pass.

    Holds at most about `keep` bytes of one record. After damage it goes on at the next record
    that can be found.
    """
    walker = _walk_plain if _is_plain(file) else _walk_gzip
    yield from walker(file, start, keep)


def inflate(raw: bytes, keep: int = MAX_BODY) -> bytes:
    """A whole record's raw bytes decompressed (plain ones as they are).

    Raises BrokenCapture when they are no whole gzip member or hold more than `keep` bytes.
    """
    if not raw.startswith(_MAGIC[:2]):
        return raw
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        data = stream.decompress(raw, keep + 1)
    except zlib.error as error:
        raise BrokenCapture("the record cannot be decompressed") from error
    if len(data) > keep:
        raise BrokenCapture(f"the record holds more than {keep} bytes")
    if not stream.eof or stream.unused_data:
        raise BrokenCapture("the record is no whole gzip member")
    return data


def warc_files(path: Path) -> list[Path]:
    """The file itself, or the .warc and .warc.gz files of a folder and its folders, by name.

    Raises OSError for a folder that may not be read: what lies in it would be missing in silence.
    """
    if not path.is_dir():
        return [path]

    def refuse(error: OSError) -> None:
        raise error

    return sorted(
        file
        for folder, _, names in os.walk(path, onerror=refuse)
        for name in names
        if name.endswith(ENDINGS) and (file := Path(folder, name)).is_file()
    )


def _is_plain(file: BinaryIO) -> bool:
    """Whether a file's records are not compressed; where its start is damaged, its first one."""
    file.seek(0)
    start = file.read(5)
    if start == b"WARC/" or start.startswith(_MAGIC):
        return start == b"WARC/"
    plain, packed = _next_plain(file, 0), _next_packed(file, 0)
    return plain is not None and (packed is None or plain < packed)


def _walk_gzip(file: BinaryIO, start: int, keep: int) -> Iterator[Member | Damage]:
    offset, rest = start, b""
    file.seek(start)
    while rest or (rest := file.read(_CHUNK)):
        try:
            member, rest = _gzip_member(file, offset, rest, keep)
        except (zlib.error, EOFError) as error:
            found = _next_packed(file, offset + 1)
            end = file.seek(0, 2) if found is None else found
            unfinished = isinstance(error, EOFError) or _ends_in_zeros(file, offset)
            yield Damage(offset, end - offset, torn=found is None and unfinished)
            file.seek(end)
            offset, rest = end, b""
        else:
            yield member
            offset += member.length


def _gzip_member(file: BinaryIO, offset: int, rest: bytes, keep: int) -> tuple[Member, bytes]:
    """The member at `offset`, whose first bytes are `rest`, and what was read beyond it."""
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    digest = sha256()
    parts: list[bytes] = []
    length = size = kept = 0
    while not stream.eof:
        if not rest:
            rest = file.read(_CHUNK)
        out = stream.decompress(rest, _STEP)
        left = stream.unused_data if stream.eof else stream.unconsumed_tail
        used = len(rest) - len(left)
        if not used and not out and not stream.eof:
            raise EOFError
        digest.update(rest[:used] if left else rest)
        length += used
        size += len(out)
        if kept < keep:
            parts.append(out[: keep - kept])
            kept += len(parts[-1])
        rest = left
    return Member(offset, length, digest.hexdigest(), b"".join(parts), size), rest


def _next_packed(file: BinaryIO, start: int) -> int | None:
    """Where the next gzip member that begins a WARC record begins, if there is one."""
    return _next_record(file, start, _MAGIC_SIGN, _begins_record)


def _next_plain(file: BinaryIO, start: int) -> int | None:
    """Where the next record that is not compressed begins, if there is one."""
    return _next_record(file, start, _VERSION_LINE, _begins_plain)


def _next_record(
    file: BinaryIO, start: int, sign: re.Pattern[bytes], begins: Callable[[BinaryIO, int], bool]
) -> int | None:
    base = start - 1
    file.seek(max(0, base))
    window = b"" if start else b"\n"
    while chunk := file.read(_CHUNK):
        window += chunk
        for found in sign.finditer(window):
            if (place := base + found.start()) >= start and begins(file, place):
                return place
        base += max(0, len(window) - 16)
        window = window[-16:]
        file.seek(base + len(window))
    return None


def _ends_in_zeros(file: BinaryIO, offset: int) -> bool:
    """Blocks that were allocated, but never written; no whole member ends in eight zeros."""
    end = file.seek(0, 2)
    file.seek(max(offset, end - 8))
    return not file.read(8).strip(b"\0")


def _begins_record(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(file.read(512), 5) == b"WARC/"
    except zlib.error:
        return False


def _walk_plain(file: BinaryIO, start: int, keep: int) -> Iterator[Member | Damage]:
    end = file.seek(0, 2)
    offset = start
    while (offset := _skip_blank(file, offset)) < end:
        fields = _plain_fields(file)
        length = _plain_length(fields)
        size = len(fields) + (length or 0)
        if length is None or not _ends_there(file, offset + size, end):
            found = _next_plain(file, offset + 1)
            stop = end if found is None else found
            yield Damage(offset, stop - offset, torn=False, reason=_plain_fault(fields, length))
            offset = stop
            continue
        file.seek(offset)
        digest = sha256()
        data = file.read(min(size, keep))
        digest.update(data)
        left = size - len(data)
        while left and (chunk := file.read(min(left, _STEP))):
            digest.update(chunk)
            left -= len(chunk)
        yield Member(offset, size, digest.hexdigest(), data, size)
        offset += size


def _skip_blank(file: BinaryIO, offset: int) -> int:
    file.seek(offset)
    while (ahead := file.read(64)) and not ahead.strip(b"\r\n"):
        offset += len(ahead)
    offset += len(ahead) - len(ahead.lstrip(b"\r\n"))
    file.seek(offset)
    return offset


def _ends_there(file: BinaryIO, offset: int, end: int) -> bool:
    """Whether a record ends at `offset`, as it says: its end, the next or nothing follows."""
    if offset > end:
        return False
    file.seek(offset)
    follows = file.read(4)
    if follows == b"\n\r\nW":  # half a line end: it is a byte shorter
        return False
    if follows == b"\r\n\r\n":
        return True
    return _skip_blank(file, offset) >= end or file.read(5) == b"WARC/"


def _begins_plain(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    return _plain_length(_plain_fields(file)) is not None


def _plain_fields(file: BinaryIO) -> bytes:
    lines = b""
    while len(lines) < _MAX_FIELDS and (line := file.readline(_MAX_FIELDS)):
        lines += line
        if not line.strip(b"\r\n"):
            break
    return lines


def _plain_length(fields: bytes) -> int | None:
    if not fields.startswith(b"WARC/"):
        return None
    length = _plain_field(fields, b"content-length")
    return int(length) if _LENGTH.fullmatch(length) else None


def _plain_field(fields: bytes, wanted: bytes) -> bytes:
    for line in fields.splitlines()[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == wanted:
            return value.strip()
    return b""


def _plain_fault(fields: bytes, length: int | None) -> str:
    """Why there is no whole record, and what it would have been of, for a person."""
    if not fields.startswith(b"WARC/"):
        return "no whole record"
    url = _plain_field(fields, b"warc-target-uri")[:200].decode("utf-8", "replace")
    why = "it does not say how long it is" if length is None else "its Content-Length is wrong"
    return f"no whole record: {why}" + (f" ({url})" if url.isprintable() and url else "")
