"""Scrapy's HTTP client, with a bound on what a server may send before the body begins."""

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


class Network(HTTP11DownloadHandler):
    """Fetches over HTTP/1.1; breaks a connection off whose headers do not end.

    Twisted bounds the length of a header, not their number: they filled gigabytes.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory


class _Protocol(_LenientHTTP11ClientProtocol):
    _head = 0

    def request(self, request: Request) -> Deferred[IResponse]:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  (Twisted's name)
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            if self._head > LARGEST_HEAD:
                why = f"headers of over {LARGEST_HEAD} bytes"
                self._giveUp(Failure(ParseError(why, b"")))  # type: ignore[no-untyped-call]
                return
            self._head += len(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _Protocol:  # noqa: N802  (Twisted's name)
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
