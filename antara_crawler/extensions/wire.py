"""Listens to what comes over the wire before Scrapy takes an answer's head apart.

Scrapy keeps no reason phrase, and Twisted no header's own spelling. What is kept raw is to be what
was sent. Where a newer Scrapy has no place to listen at, its own headers are kept instead.
"""

import re
from dataclasses import dataclass, replace
from typing import Any, Self

from scrapy.core.downloader.handlers.base import BaseDownloadHandler

_MOST_HEADS = 64
_END = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(rb"\r?\n(?![ \t])")


@dataclass(frozen=True, slots=True)
class Head:
    """The reason phrase and the headers of an answer, as they were sent."""

    reason: str
    headers: tuple[tuple[bytes, bytes], ...]

    def leading_to(self, url: str) -> Self:
        """Return the head of the same redirect, to another address."""
        headers = tuple(
            (name, url.encode() if name.lower() == b"location" else value)
            for name, value in self.headers
        )
        return replace(self, headers=headers)


class Wire:
    """Notes the head of each answer that a handler of Scrapy's receives, by its address."""

    def __init__(self, network: BaseDownloadHandler) -> None:
        self._heads: dict[bytes, Head] = {}
        pool = getattr(network, "_pool", None)
        make = getattr(pool, "_factory", None)
        if pool is None or make is None:
            return

        def listening(*words: Any) -> Any:
            factory = make(*words)
            build = factory.buildProtocol

            def build_listening(address: Any) -> Any:
                protocol = build(address)
                protocol.dataReceived = _Listener(self, protocol).take
                return protocol

            factory.buildProtocol = build_listening
            return factory

        pool._factory = listening

    def take(self, url: str) -> Head | None:
        """Return the head of the answer to a request, once; None when it was not heard."""
        return self._heads.pop(url.partition("#")[0].encode(), None)

    def note(self, url: bytes, head: Head) -> None:
        """Note the head of an answer; of answers that nobody takes only the last ones stay."""
        self._heads[url] = head
        if len(self._heads) > _MOST_HEADS:
            del self._heads[next(iter(self._heads))]


class _Listener:
    """Stands before one connection's protocol."""

    def __init__(self, wire: Wire, protocol: Any) -> None:
        self._wire = wire
        self._protocol = protocol
        self._receive = protocol.dataReceived
        self._request: Any = None
        self._begun = bytearray()
        self._is_over = False

    def take(self, data: bytes) -> None:
        """Look at what came, and hand it on; a head that does not end is broken off there."""
        request = self._protocol._currentRequest
        if request is not self._request:
            self._request, self._is_over = request, False
            self._begun.clear()
        if request is not None and not self._is_over:
            self._begun += data
            self._look()
        self._receive(data)

    def _look(self) -> None:
        while end := _END.search(self._begun):
            status, *lines = _LINE.split(bytes(self._begun[: end.start()]))
            words = status.split(None, 2)
            if len(words) > 1 and words[1].startswith(b"1") and words[1] != b"101":
                del self._begun[: end.end()]  # more is to come: the answer itself
                continue
            self._is_over = True
            self._begun.clear()
            pairs = (line.partition(b":") for line in lines)
            headers = tuple((name, value.strip()) for name, colon, value in pairs if colon)
            reason = words[2].decode("latin-1") if len(words) > 2 else ""
            self._wire.note(self._request.absoluteURI, Head(reason, headers))
            return
