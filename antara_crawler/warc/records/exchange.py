"""What was asked and answered over HTTP: as a value, and as the bytes of a record's block."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote, urlsplit

from antara_crawler.errors import BrokenCapture

Headers = tuple[tuple[bytes, bytes], ...]

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


@dataclass(frozen=True, slots=True)
class Revisit:
    """What a revisit record says of the earlier capture that holds its payload.

    `digest` is the payload's labelled digest as the record has it, `captured_at` is aware UTC.
    """

    profile: str
    url: str
    captured_at: datetime | None
    digest: str | None

    @property
    def payload_sha256(self) -> str | None:
        """Hex SHA-256 of the payload, when the record names it by that algorithm."""
        label, _, value = (self.digest or "").partition(":")
        return value if label == "sha256" and len(value) == 64 else None

    @property
    def is_unmodified(self) -> bool:
        """Whether the server said that nothing is new (304)."""
        return self.profile.endswith("server-not-modified")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response. Headers are raw bytes, in order, repeated ones kept.

    `body` is as received: any transfer encoding is undone, the content encoding is kept.
    `fetched_at` must be aware. `revisit` is set only on exchanges read from a revisit record.
    """

    url: str
    status: int
    fetched_at: datetime
    body: bytes = b""
    response_headers: Headers = ()
    request_headers: Headers = ()
    method: str = "GET"
    reason: str = ""
    protocol: str = "HTTP/1.1"
    ip: str | None = None
    revisit: Revisit | None = None

    @property
    def payload_sha256(self) -> str:
        """Hex SHA-256 of the payload: of a revisit what the record says of it, else computed."""
        named = self.revisit and self.revisit.payload_sha256
        return named or sha256(self.body).hexdigest()

    def header(self, name: str) -> str | None:
        """The first response header of that name (any case), or None."""
        wanted = name.lower().encode("latin-1")
        for key, value in self.response_headers:
            if key.lower() == wanted:
                return value.decode("latin-1")
        return None


def target_uri(url: str) -> str:
    """The URL with whatever may not stand in a URI percent-encoded (UTF-8)."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~", errors="replace")


_KEPT = b"X-Archive-Orig-"
_FRAMING = re.compile(rb"((?:X-Archive-Orig-)*)(Transfer-Encoding|Content-Length)", re.IGNORECASE)
_STATUS_LINE = re.compile(rb"(HTTP/\d(?:\.\d)?)[ \t]+(\d{3})(?:[ \t]+([^\r\n]*))?[ \t]*\Z")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(rb"\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_MAX_HEAD = 1 << 20


@dataclass(frozen=True, slots=True)
class Response:
    """A response as its record's block has it; framing headers under their first names again."""

    protocol: str
    status: int
    reason: str
    headers: Headers
    body: bytes


def request_block(exchange: Exchange) -> bytes:
    """The request as sent, with a Host header when the client's list lacks it (it sends one)."""
    parts = urlsplit(target_uri(exchange.url))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = exchange.request_headers
    if not any(name.lower() == b"host" for name, _ in headers):
        host = parts.netloc.rpartition("@")[2].encode()
        headers = ((b"Host", host), *headers)
    first = f"{exchange.method} {target} {_wire_protocol(exchange.protocol)}"
    return _head(first.encode("utf-8", "replace"), headers)


def response_head(exchange: Exchange) -> bytes:
    """Status line and headers, up to and with the blank line.

    The body is stored without its transfer encoding, so a Transfer-Encoding header (and a
    Content-Length that does not fit the body) is stored under X-Archive-Orig-, as archivers do.
    """
    size = str(len(exchange.body)).encode()
    headers = tuple((_stored_name(n, v, size), v) for n, v in exchange.response_headers)
    first = f"{_wire_protocol(exchange.protocol)} {exchange.status:03d} ".encode()
    return _head(first + exchange.reason.encode("latin-1", "replace"), headers)


def parse_response(data: bytes, start: int = 0, end: int | None = None) -> Response:
    """A response from a record's block in `data`, of any producer; a chunked body is joined.

    Raises BrokenCapture when the block does not begin with an HTTP status line.
    """
    head_end, body_start = _split(data, start, len(data) if end is None else end)
    head, body = data[start:head_end], data[body_start:end]
    lines = _LINE_END.split(_FOLD.sub(b" ", head.rstrip(b"\r\n")))
    first = _STATUS_LINE.match(lines[0])
    if first is None:
        raise BrokenCapture("the record holds no HTTP response")
    pairs = (line.partition(b":") for line in lines[1:] if b":" in line)
    stored = tuple((name.strip(), value.strip(b" \t")) for name, _, value in pairs)
    if any(n.lower() == b"transfer-encoding" and b"chunked" in v.lower() for n, v in stored):
        body = _joined_chunks(body)
    headers = tuple((_first_name(name), value) for name, value in stored)
    protocol, status, reason = first.groups(b"")
    return Response(protocol.decode(), int(status), reason.strip().decode("latin-1"), headers, body)


def request_method(data: bytes, start: int, end: int) -> str:
    """The method of a request from its record's block, empty when there is none."""
    method = re.match(rb"[A-Z]{1,20}(?= )", data[start : min(end, start + 21)])
    return method[0].decode() if method else ""


def payload_of(data: bytes, start: int, end: int) -> bytes:
    """What follows the headers, as the record has it (chunks not joined)."""
    return data[_split(data, start, end)[1] : end]


def _split(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the headers end, and where the body begins."""
    blank = _HEAD_END.search(data, start, min(end, start + _MAX_HEAD))
    return (blank.start(), blank.end()) if blank else (min(end, start + _MAX_HEAD), end)


def _wire_protocol(protocol: str) -> str:
    return protocol if re.fullmatch(r"HTTP/1\.[01]", protocol) else "HTTP/1.1"


def _stored_name(name: bytes, value: bytes, size: bytes) -> bytes:
    framing = _FRAMING.fullmatch(name)
    if framing is None or (framing[1] == b"" and framing[2][:1] in b"Cc" and value.strip() == size):
        return name
    return _KEPT + name


def _first_name(name: bytes) -> bytes:
    framing = _FRAMING.fullmatch(name)
    return name[len(_KEPT) :] if framing is not None and framing[1] else name


def _head(first: bytes, headers: Headers) -> bytes:
    named = ((_one_line(name).replace(b":", b"").strip(), value) for name, value in headers)
    lines = [name + b": " + _one_line(value) for name, value in named if name]
    return b"\r\n".join([_one_line(first), *lines, b"", b""])


def _one_line(text: bytes) -> bytes:
    """A line break inside a name or value would forge further headers."""
    return text.replace(b"\r", b" ").replace(b"\n", b" ").strip(b" \t")


def _joined_chunks(body: bytes) -> bytes:
    """A chunked body joined; a body that is not chunked after all comes back as it is.

    Raises BrokenCapture when it is, and breaks off.
    """
    parts: list[bytes] = []
    at = 0
    while (size := _chunk_size(body, at)) is not None:
        begin = body.index(b"\r\n", at) + 2
        if size == 0:
            return b"".join(parts)
        parts.append(body[begin : begin + size])
        at = begin + size + 2
        if body[at - 2 : at] != b"\r\n":
            break
    if parts and (at >= len(body) or len(parts) > 1):
        raise BrokenCapture("its chunked body breaks off")
    return body


def _chunk_size(body: bytes, at: int) -> int | None:
    end = body.find(b"\r\n", at, at + 1024)
    text = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
    return int(text, 16) if re.fullmatch(rb"[0-9A-Fa-f]{1,15}", text) else None
