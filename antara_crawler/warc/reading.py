"""Reads captures back: one by its place, or all of a file or folder in one pass."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath

from antara_crawler.errors import BrokenCapture
from antara_crawler.items import Capture
from antara_crawler.warc.records import records
from antara_crawler.warc.records.exchange import (
    Exchange,
    Response,
    Revisit,
    parse_response,
    payload_of,
)
from antara_crawler.warc.records.members import MAX_BODY, Damage, Member, inflate, walk, warc_files
from antara_crawler.warc.shared import Folder, Stored
from antara_crawler.warc.writer import PAGE_FIELD

Resolve = Callable[[Revisit], Capture | None]
"""Finds the capture that holds a revisit's payload in full: the first one with its digest."""
OnDamage = Callable[[str, Damage], None]
"""Is told the file and the place of what is no whole record."""

_MAX_HOPS = 8
_OVERHEAD = 1 << 20
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Scanned:
    """One response or revisit record that a scan met.

    `exchange` is None when the record was passed over, and `note` says why; a note beside an
    exchange says what does not fit (a payload other than its digest). `page` is the role and the
    address of what was asked for, None where the record does not say.
    """

    capture: Capture
    exchange: Exchange | None
    note: str | None = None
    page: tuple[str, str] | None = None


def read_capture(
    folder: Folder, capture: Capture, resolve: Resolve | None = None, *, hops: int = _MAX_HOPS
) -> Exchange:
    """The exchange of one capture, its record's and its payload's digest checked.

    A revisit record has no body of its own: with `resolve` the body (and for a 304 also
    status, reason and headers) come from the capture that it refers to; without, the body is
    empty. `Exchange.revisit` is set either way; request headers are not read. Raises
    BrokenCapture, naming file and offset, when a record is missing, damaged, or larger than
    MAX_BODY bytes.
    """
    name = f"capture {capture.file}@{capture.offset}"
    try:
        exchange = to_exchange(stored_record(folder, capture)[1])
    except BrokenCapture as error:
        raise BrokenCapture(f"{name}: {error}") from error
    revisit = exchange.revisit
    if revisit is not None:
        if resolve is None:
            return exchange
        source = resolve(revisit)
        if source is None or source == capture or hops == 0:
            raise BrokenCapture(
                f"{name}: the capture of {revisit.url} that it refers to is not there"
            )
        held = read_capture(folder, source, resolve, hops=hops - 1)
        exchange = replace(exchange, body=held.body)
        if revisit.is_unmodified:  # then it shows the status and headers, too
            exchange = replace(
                exchange,
                status=held.status,
                reason=held.reason,
                response_headers=held.response_headers,
            )
    known = revisit is None or revisit.payload_sha256 is not None
    if known and sha256(exchange.body).hexdigest() != capture.payload_sha256:
        raise BrokenCapture(f"{name}: the payload is not the one that its digest names")
    return exchange


def scan(path: Path, *, on_damage: OnDamage | None = None) -> Iterator[Scanned]:
    """Every answer of an HTTP server (response, revisit) in a WARC file or a folder, in file order.

    Any producer's files, gzip per record or plain; at most one record is held in memory, and
    a record over MAX_BODY bytes is passed over with a note. `Capture.file` is relative to
    `path` (or the file's name). Damage is told to `on_damage(file, damage)`; without it, it
    raises BrokenCapture. Raises OSError for what may not be read.
    """
    for name, file in named_files(path):
        yield from scan_file(file, name, on_damage=on_damage)


def scan_file(file: Stored, name: str, *, on_damage: OnDamage | None = None) -> Iterator[Scanned]:
    """The same for one file, wherever it lies; `Capture.file` is `name`."""
    for found, record in records_of(file, name, on_damage):
        if is_answer(record):
            yield scanned(record, name, found)


def named_files(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield a WARC file, or those of a folder, by their names relative to the folder."""
    for file in warc_files(path):
        yield file.relative_to(path).as_posix() if path.is_dir() else file.name, file


def records_of(
    file: Stored, name: str, on_damage: OnDamage | None = None
) -> Iterator[tuple[Member, records.Record]]:
    """Yield every record of any kind of a file, with its place, as `scan` reads them."""
    with file.open("rb") as stream:
        for found in walk(stream, keep=MAX_BODY + _OVERHEAD):
            torn, why = False, ""
            if isinstance(found, Member):
                try:
                    record = records.parse(found.data, size=found.size)
                except BrokenCapture as error:
                    why = str(error)
                else:
                    yield found, record
                    continue
            else:
                torn, why = found.torn, f"{found.length} bytes are {found.reason}"
            if on_damage is None:
                raise BrokenCapture(f"capture {file}@{found.offset}: {why}")
            on_damage(name, Damage(found.offset, found.length, torn, why))


def is_answer(record: records.Record) -> bool:
    """Whether a record keeps what a web server answered: of a DNS server none, of a POST too."""
    url = (record.field("WARC-Target-URI") or "http:").lstrip("<").lower()
    return record.kind in ("response", "revisit") and url.startswith(("http:", "https:"))


def scanned(record: records.Record, name: str, found: Member) -> Scanned:
    """What a response or revisit record holds. Digests are computed, not believed."""
    exchange: Exchange | None = None
    note = None
    try:
        exchange = to_exchange(record)
    except BrokenCapture as error:
        note = str(error)
    capture = Capture(
        url=exchange.url if exchange else record.field("WARC-Target-URI") or "",
        status=exchange.status if exchange else 0,
        captured_at=exchange.fetched_at if exchange else _EPOCH,
        file=name,
        offset=found.offset,
        length=found.length,
        sha256=found.sha256,
        payload_sha256=exchange.payload_sha256 if exchange else sha256().hexdigest(),
        etag=exchange.header("ETag") if exchange else None,
        last_modified=exchange.header("Last-Modified") if exchange else None,
    )
    if exchange is not None and (record.cut or len(exchange.body) > MAX_BODY):
        exchange, note = None, f"passed over: the record holds more than {MAX_BODY} bytes"
    elif exchange is not None:
        note = _unlike_itself(record, capture, exchange)
    role, _, url = (record.field(PAGE_FIELD) or "").partition(" ")
    return Scanned(capture, exchange, note, (role, url) if url else None)


def _unlike_itself(record: records.Record, capture: Capture, exchange: Exchange) -> str | None:
    """What a record says of itself that is not so; None when it is whole."""
    if why := record.field("WARC-Truncated"):
        return f"cut short by the archiver (WARC-Truncated: {why[:40]})"
    digest = record.field("WARC-Payload-Digest")
    if exchange.revisit is None and digest and digest != f"sha256:{capture.payload_sha256}":
        stored = payload_of(record.data, record.start, record.end)
        if not (records.digest_fits(digest, stored) or records.digest_fits(digest, exchange.body)):
            return "the payload is not the one that its digest names"
    block = record.field("WARC-Block-Digest")
    if block and not records.digest_fits(block, memoryview(record.data)[record.start : record.end]):
        return "the record is not the one that its digest names"
    return None


def to_exchange(record: records.Record) -> Exchange:
    """A response or revisit record as the exchange it keeps. Raises BrokenCapture."""
    url = record.field("WARC-Target-URI")
    if record.kind not in ("response", "revisit") or not url:
        raise BrokenCapture("the record is no response")
    revisit = None
    if record.kind == "revisit":
        date = record.field("WARC-Refers-To-Date")
        revisit = Revisit(
            profile=record.field("WARC-Profile") or "",
            url=record.field("WARC-Refers-To-Target-URI") or url,
            captured_at=records.parse_date(date) if date else None,
            digest=record.field("WARC-Payload-Digest"),
        )
    if revisit is not None and record.start == record.end:
        status = 304 if revisit.is_unmodified else 200
        response = Response("HTTP/1.1", status, "", (), b"")
    else:
        response = parse_response(record.data, record.start, record.end)
    return Exchange(
        url=url.strip("<>"),
        status=response.status,
        fetched_at=record.date,
        body=b"" if revisit is not None else response.body,
        response_headers=response.headers,
        reason=response.reason,
        protocol=record.field("WARC-Protocol") or response.protocol,
        ip=record.field("WARC-IP-Address"),
        revisit=revisit,
    )


def stored_record(folder: Folder, capture: Capture) -> tuple[bytes, records.Record]:
    """A capture's raw bytes, checked, and the record; a BrokenCapture does not name it."""
    raw = _raw_bytes(folder, capture)
    if sha256(raw).hexdigest() != capture.sha256:
        raise BrokenCapture("the record is not the one that was stored (its SHA-256 differs)")
    return raw, records.parse(inflate(raw, MAX_BODY + _OVERHEAD))


def _raw_bytes(folder: Folder, capture: Capture) -> bytes:
    place = PurePosixPath(capture.file)
    if place.is_absolute() or ".." in place.parts:
        raise BrokenCapture("the file lies outside the captures folder")
    if capture.length > MAX_BODY + _OVERHEAD:
        raise BrokenCapture(f"the record is larger than {MAX_BODY} bytes")
    try:
        with (folder / str(place)).open("rb") as file:
            file.seek(capture.offset)
            raw = file.read(capture.length)
    except OSError as error:
        why = error.strerror or str(error)
        raise BrokenCapture(f"the file cannot be read: {why}") from error
    if len(raw) < capture.length:
        raise BrokenCapture("the file ends before the record does")
    return raw
