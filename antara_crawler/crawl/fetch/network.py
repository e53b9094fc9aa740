"""Scrapy's HTTP client, with a bound on the head of an answer, which it keeps as it was sent.

Scrapy keeps no reason phrase, Twisted no own spelling of a header.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, ParseError, Request
from twisted.web.iweb import IResponse

LARGEST_HEAD = 256 * 1024
"""Bytes of status line and headers, those of 1xx answers before it included; 8 kB are usual."""
_MOST_HEADS = 64

_END = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(rb"\r?\n(?![ \t])")


@dataclass(frozen=True, slots=True)
class Head:
    """The reason phrase and the headers of an answer, as they were sent."""

    reason: str
    headers: tuple[tuple[bytes, bytes], ...]


def head_of(begun: bytes) -> Head | None:
    """Return the head received so far, those of 1xx passed over; None while it goes on."""
    start = 0
    while end := _END.search(begun, start):
        status, *lines = _LINE.split(begun[start : end.start()])
        words = status.split(None, 2)
        if len(words) < 2 or not words[1].startswith(b"1") or words[1] == b"101":
            pairs = (line.partition(b":") for line in lines)
            headers = tuple((name, value.strip()) for name, colon, value in pairs if colon)
            return Head(words[2].decode("latin-1") if len(words) > 2 else "", headers)
        start = end.end()
    return None


class Network(HTTP11DownloadHandler):
    """Fetches over HTTP/1.1; breaks a connection off whose headers do not end.

    Twisted bounds the length of a header, not their number: they filled gigabytes.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._heads: dict[bytes, Head] = {}
        self._pool._factory = partial(_Factory, self._heads)  # type: ignore[assignment]

    def head(self, url: str) -> Head | None:
        """Return the head of the last answer to a URL as it was sent, once."""
        return self._heads.pop(url.partition("#")[0].encode(), None)


class _Protocol(_LenientHTTP11ClientProtocol):
    def __init__(self, heads: dict[bytes, Head], when_quiet: Callable[..., object]) -> None:
        super().__init__(when_quiet)  # type: ignore[no-untyped-call]
        self._heads = heads
        self._begun = bytearray()

    def request(self, request: Request) -> Deferred[IResponse]:
        self._begun.clear()
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  (Twisted's name)
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            if len(self._begun) > LARGEST_HEAD:
                why = f"headers of over {LARGEST_HEAD} bytes"
                self._giveUp(Failure(ParseError(why, b"")))  # type: ignore[no-untyped-call]
                return
            fresh = self._begun[-3:] + data
            self._begun += data
            whole = b"\n\r\n" in fresh or b"\n\n" in fresh
            head = head_of(bytes(self._begun)) if whole else None
            if head is not None and self._currentRequest is not None:
                self._heads[self._currentRequest.absoluteURI] = head
                if len(self._heads) > _MOST_HEADS:  # of answers that nobody takes
                    del self._heads[next(iter(self._heads))]
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _Factory(_LenientHTTP11ClientFactory):
    def __init__(self, heads: dict[bytes, Head], *words: Any) -> None:
        super().__init__(*words)  # type: ignore[no-untyped-call]
        self._heads = heads

    def buildProtocol(self, addr: IAddress | None) -> _Protocol:  # noqa: N802  (Twisted's name)
        return _Protocol(self._heads, self._quiescentCallback)
