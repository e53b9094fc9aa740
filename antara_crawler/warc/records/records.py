"""WARC records as bytes and back: the one place that knows the WARC library (warcio)."""

import hashlib
import re
import zlib
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from antara_crawler.errors import BrokenCapture

VERSION = "WARC/1.1"
_HTTP = "application/http; msgtype="
_LEVEL = 4
"""Of zlib: four times as fast as the usual 6 on articles, for files 7 % larger."""
_TRAILER = 8
"""Bytes of line ends that may follow a record; the standard has four."""
_LOADER = ArcWarcRecordLoader()


@dataclass(frozen=True, slots=True)
class Record:
    """A WARC record: its type, its named fields, and its block: `data` from `start` to `end`.

    The block is not sliced out, since it may be large; it is incomplete when `cut`.
    """

    kind: str
    fields: tuple[tuple[str, str], ...]
    data: bytes
    start: int
    end: int

    @property
    def cut(self) -> bool:
        """Whether the block goes on behind what was kept."""
        return self.end > len(self.data)

    def field(self, name: str) -> str | None:
        """The first field of that name, in any case."""
        return next(iter(self.all(name)), None)

    def all(self, name: str) -> list[str]:
        """Every field of that name, in any case."""
        wanted = name.lower()
        return [value for key, value in self.fields if key.lower() == wanted]

    @property
    def date(self) -> datetime:
        """WARC-Date in UTC. Raises BrokenCapture when it is missing or no date."""
        return parse_date(self.field("WARC-Date"))


def compressed(
    kind: str,
    fields: Iterable[tuple[str, str]],
    block: bytes,
    *,
    content_type: str | None = None,
    record_id: str | None = None,
) -> bytes:
    """One record as one gzip member: `fields` in their order, id and digests added.

    A response's or revisit's payload digest is the caller's; a request has no payload.
    """
    named = [("WARC-Type", kind), ("WARC-Record-ID", record_id or new_id()), *fields]
    named.append(("WARC-Block-Digest", digest_label(block)))
    if kind == "request":
        named.append(("WARC-Payload-Digest", digest_label(b"")))
    elif kind == "metadata":
        named.append(("WARC-Payload-Digest", digest_label(block)))
    content_type = content_type or _HTTP + ("request" if kind == "request" else "response")
    named.append(("Content-Type", content_type))
    headers = StatusAndHeaders("", named, protocol=VERSION)
    # The library's writer takes a revisit's HTTP headers apart and writes them anew, which changes
    # bytes; told that the record is a response, it copies the block as it is.
    written_as = "response" if kind == "revisit" else kind
    record = ArcWarcRecord(
        "warc", written_as, headers, BytesIO(block), None, content_type, len(block)
    )
    plain = BytesIO()
    WARCWriter(plain, gzip=False, warc_version=VERSION).write_record(record)
    return zlib.compress(plain.getbuffer(), _LEVEL, zlib.MAX_WBITS | 16)


def parse(data: bytes, *, size: int | None = None) -> Record:
    """The record at the start of `data`; `size` is the whole's when `data` was cut short.

    Raises BrokenCapture when there is no WARC record, or more than one.
    """
    stream = BytesIO(data)
    try:
        loaded: Any = _LOADER.parse_record_stream(stream, None, "warc", True)
    except (ArchiveLoadFailed, EOFError) as error:
        raise BrokenCapture("there is no WARC record") from error
    start = stream.tell()
    length = loaded.rec_headers.get_header("Content-Length") or ""
    if not re.fullmatch(r"[0-9]{1,15}", length):
        raise BrokenCapture("the record does not say how long it is")
    end = start + int(length)
    size = len(data) if size is None else size
    if end > size:
        raise BrokenCapture("the record is shorter than it says")
    rest = data[end:].strip(b"\r\n")
    if rest.startswith(b"WARC/"):
        raise BrokenCapture(
            "several records lie in one gzip member; mend the file with `warcio recompress`"
        )
    if rest or size > end + _TRAILER:
        raise BrokenCapture("the record is longer than it says")
    fields = tuple(loaded.rec_headers.headers)
    return Record(loaded.rec_type or "", fields, data, start, end)


def new_id() -> str:
    """A fresh WARC-Record-ID."""
    return f"<urn:uuid:{uuid4()}>"


def digest_label(data: bytes) -> str:
    """The labelled digest that our records carry: SHA-256 in hex."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def digest_fits(label: str, payload: bytes | memoryview) -> bool:
    """Whether a labelled digest, hex or base32, is that of `payload`.

    True also for algorithms that are not known here: nothing can be held against them.
    """
    algorithm, _, value = label.partition(":")
    if algorithm.lower() not in ("md5", "sha1", "sha256", "sha512"):
        return True
    digest = hashlib.new(algorithm.lower(), payload, usedforsecurity=False)
    base32 = b32encode(digest.digest()).decode().rstrip("=")
    return value.lower() == digest.hexdigest() or value.upper().rstrip("=") == base32


def warc_date(moment: datetime) -> str:
    """A WARC-Date in UTC with microseconds. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a capture's time must be aware")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_date(text: str | None) -> datetime:
    """The UTC time of a WARC-Date of any precision. Raises BrokenCapture."""
    text = (text or "").strip()
    if text.isdigit() and len(text) == 4:
        text += "-01"
    if len(text) == 7:
        text += "-01"
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BrokenCapture("the record has no date") from error
