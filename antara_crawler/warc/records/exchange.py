"""What was asked and answered over HTTP: the value that goes into a capture file and comes out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote

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


def header_pairs(headers: Iterable[tuple[str | bytes, str | bytes]]) -> Headers:
    """Header pairs of text or bytes as the bytes pairs that an Exchange holds (text: Latin-1)."""
    return tuple((_bytes(name), _bytes(value)) for name, value in headers)


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1", "replace")
