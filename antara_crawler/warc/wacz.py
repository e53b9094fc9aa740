"""Packs chosen captures as a WACZ 1.1.1 file for archive readers, with its index in CDXJ."""

import json
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from antara_crawler.errors import BrokenCapture
from antara_crawler.items import Capture
from antara_crawler.warc.reading import Resolve, stored_record, to_exchange
from antara_crawler.warc.records import records
from antara_crawler.warc.records.disk import appearing, writing
from antara_crawler.warc.records.exchange import Exchange
from antara_crawler.warc.records.members import Damage, walk
from antara_crawler.warc.shared import Folder, Stored

VERSION = "1.1.1"
_WARC = "data.warc.gz"
_INDEX = "index.cdx.gz"
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""The first moment that a ZIP file can name."""

Page = tuple[str, str | None, datetime]
"""An entry of the package's list of pages: URL, title, and when it was captured (aware)."""


def write_wacz(
    target: Path,
    folder: Folder,
    captures: Iterable[Capture],
    pages: Iterable[Page],
    *,
    software: str,
    title: str | None = None,
    resolve: Resolve | None = None,
) -> int:
    """Writes the package and returns how many captures it holds, each once.

    Records (responses with their requests, and the warcinfo of each file they come from) are
    copied byte for byte, digests checked; what a revisit refers to is added when `resolve`
    finds it. Bodies are streamed; index lines are held, about half a kilobyte a capture.
    The same captures give the same bytes: the package counts as created when the newest of
    them was made. `target` (its name should end in .wacz) appears only when complete, and
    replaces what was there. Raises BrokenCapture, and NotWritable when the disk refuses.
    """
    with writing(target), appearing(target) as out, zipfile.ZipFile(out, "w") as package:
        wacz = _Package(package)
        lines, created = wacz.add_records(_records(folder, captures, resolve))
        index = list(compressed_index(lines, _INDEX))
        wacz.add(f"indexes/{_INDEX}", (block for block, _ in index), packed=True)
        wacz.add("indexes/index.idx", (line.encode() for _, line in index))
        wacz.add("pages/pages.jsonl", _listed(pages))
        manifest = {
            "profile": "data-package",
            "wacz_version": VERSION,
            **({"title": title} if title else {}),
            "created": _rfc3339(created),
            "software": software,
            "resources": list(wacz.resources),
        }
        data = json.dumps(manifest, indent=2).encode()
        wacz.add("datapackage.json", [data])
        digest = {"path": "datapackage.json", "hash": records.digest_label(data)}
        wacz.add("datapackage-digest.json", [_json(digest)])
    return len(lines)


class _Package:
    """The parts of a package in the order in which they are written, each with its digest."""

    def __init__(self, package: zipfile.ZipFile):
        self._zip = package
        self.resources: list[dict[str, str | int]] = []

    def add_records(
        self, found: Iterable[tuple[bytes, tuple[records.Record, Exchange] | None]]
    ) -> tuple[list[str], datetime]:
        """Copy the records; return the sorted index lines, and when the newest was made."""
        lines, newest = [], _EARLIEST
        with self._part(f"archive/{_WARC}", packed=True) as out:
            for raw, indexed in found:
                if indexed is not None:
                    record, exchange = indexed
                    mime = (exchange.header("Content-Type") or "").partition(";")[0].strip()
                    digest = record.field("WARC-Payload-Digest")
                    fields = {
                        "mime": "warc/revisit" if exchange.revisit is not None else mime or "unk",
                        "status": str(exchange.status),
                        "digest": digest or records.digest_label(exchange.body),
                        "length": str(len(raw)),
                        "offset": str(out.size),
                        "filename": _WARC,
                    }
                    lines.append(index_line(exchange.url, exchange.fetched_at, fields))
                    newest = max(newest, exchange.fetched_at)
                out.write(raw)
        return sorted(lines), newest

    def add(self, path: str, pieces: Iterable[bytes], *, packed: bool = False) -> None:
        """Add a file; one that is compressed already is stored as it is."""
        with self._part(path, packed=packed) as out:
            for piece in pieces:
                out.write(piece)

    @contextmanager
    def _part(self, path: str, *, packed: bool) -> Iterator["_Part"]:
        info = zipfile.ZipInfo(path, _EARLIEST.timetuple()[:6])
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self._zip.open(info, "w", force_zip64=True) as stream:
            part = _Part(stream)
            yield part
        name, digest = path.rpartition("/")[2], f"sha256:{part.sha256.hexdigest()}"
        self.resources.append({"name": name, "path": path, "hash": digest, "bytes": part.size})


class _Part:
    """A stream that counts and digests what is written to it."""

    def __init__(self, stream: IO[bytes]):
        self._stream = stream
        self.sha256 = sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        self._stream.write(data)
        self.sha256.update(data)
        self.size += len(data)


def _listed(pages: Iterable[Page]) -> Iterator[bytes]:
    """Yield the list of pages that a reader of the package is shown."""
    yield _json({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"})
    for url, title, moment in pages:
        stamp = _rfc3339(moment)
        page_id = sha256(f"{url} {stamp}".encode()).hexdigest()[:20]
        yield _json({"id": page_id, "url": url, "ts": stamp, "title": title or url})


def _records(
    folder: Folder, captures: Iterable[Capture], resolve: Resolve | None
) -> Iterator[tuple[bytes, tuple[records.Record, Exchange] | None]]:
    """The raw records that the package needs; those of captures with what they say."""
    wanted = {(capture.file, capture.offset): capture for capture in captures}
    queue = deque(wanted[place] for place in sorted(wanted))
    described = set()
    while queue:
        capture = queue.popleft()
        path = folder / capture.file
        try:
            raw, record = stored_record(folder, capture)
            exchange = to_exchange(record)
            source = resolve(exchange.revisit) if resolve and exchange.revisit else None
            if source is not None and (source.file, source.offset) not in wanted:
                wanted[source.file, source.offset] = source
                queue.append(source)
            if capture.file not in described:
                described.add(capture.file)
                for head, _ in _following(path, 0, ("warcinfo", "metadata")):
                    yield head, None
            yield raw, (record, exchange)
            for request, other in _following(path, capture.offset + capture.length, ("request",)):
                if other.field("WARC-Concurrent-To") == record.field("WARC-Record-ID"):
                    yield request, None
        except BrokenCapture as error:
            raise BrokenCapture(f"capture {capture.file}@{capture.offset}: {error}") from error


def _following(
    path: Stored, offset: int, kinds: tuple[str, ...]
) -> Iterator[tuple[bytes, records.Record]]:
    """The raw records of these kinds that follow one another from `offset` on."""
    with path.open("rb") as file, path.open("rb") as again:
        for found in walk(file, offset):
            if isinstance(found, Damage):
                return
            record = records.parse(found.data, size=found.size)
            if record.kind not in kinds:
                return
            again.seek(found.offset)
            yield again.read(found.length), record


def _json(value: dict[str, str]) -> bytes:
    return json.dumps(value).encode() + b"\n"


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


BLOCK_LINES = 300
_DEFAULT_PORTS = {"http": 80, "https": 443}


def search_key(url: str) -> str:
    """A URL in the form in which indexes are sorted: host reversed, all in lower case.

    `https://Www.example.com/A/?b=2&a=1` gives `com,example)/a?a=1&b=2`. A URL that cannot be
    taken apart is its own key.
    """
    try:
        parts = urlsplit(url.lower())
        port = parts.port
    except ValueError:
        return url
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    key = ",".join(reversed(host.split(".")))
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme):
        key += f":{port}"
    path = parts.path or "/"
    key += ")" + (path.rstrip("/") or "/")
    return key + ("?" + "&".join(sorted(parts.query.split("&"))) if parts.query else "")


def index_line(url: str, moment: datetime, fields: dict[str, str]) -> str:
    """One line: key, UTC timestamp to the second, and the rest as JSON."""
    stamp = moment.strftime("%Y%m%d%H%M%S")
    return f"{search_key(url)} {stamp} {json.dumps({'url': url, **fields})}\n"


def compressed_index(lines: Sequence[str], data_name: str) -> Iterator[tuple[bytes, str]]:
    """Sorted lines as gzip blocks, each with its line of the secondary index (`index.idx`)."""
    offset = 0
    meta = json.dumps({"format": "cdxj-gzip-1.0", "filename": data_name})
    yield b"", f"!meta 0 {meta}\n"
    for start in range(0, len(lines), BLOCK_LINES):
        block = lines[start : start + BLOCK_LINES]
        deflate = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        data = deflate.compress("".join(block).encode()) + deflate.flush()
        place = {
            "offset": offset,
            "length": len(data),
            "digest": f"sha256:{sha256(data).hexdigest()}",
        }
        yield data, f"{block[0].partition(' {')[0]} {json.dumps(place)}\n"
        offset += len(data)
