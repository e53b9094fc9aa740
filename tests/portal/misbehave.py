"""The faults themselves: wrong answers written to a client's connection, big ones streamed."""

import os
import socket
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import cached_property
from http.server import BaseHTTPRequestHandler
from random import Random
from threading import Event
from urllib.parse import parse_qs

from tests.portal.faults import Faults
from tests.portal.site import Reply, Site, article_in

_STATUS = {
    "e503": 503, "e503_for_ever": 503, "e429": 429, "redirect_home": 302, "redirect_loop": 302,
    "redirect_away": 302, "e503_wait": 503,
    "reset": 0, "reset_once": 0, "hang": 0,
}  # fmt: skip
_PIECE = 65_536
_MAINTENANCE = (
    b"<!DOCTYPE html><html><head><title>Pemeliharaan</title></head><body><h1>Situs sedang dalam"
    b" pemeliharaan</h1><p>Kami segera kembali. Silakan mencoba lagi nanti.</p></body></html>"
)
_CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Sebentar...</title><script>check()</script></head><body>"
    b"<noscript>Aktifkan JavaScript untuk melanjutkan.</noscript></body></html>"
)
_HTML = ("Content-Type", "text/html; charset=UTF-8")


class Misbehaviour:
    """Knows which path has which fault, and how each fault answers."""

    def __init__(self, site: Site, faults: Faults, stopping: Event) -> None:
        self.site, self.faults, self.stopping = site, faults, stopping
        self.plan = faults.plan(site)

    def fault_of(self, path: str) -> str | None:
        """The fault laid on a path, or on the article that it names in any form."""
        if self.faults.everywhere is not None:
            return self.faults.everywhere
        if path in self.faults.on:
            return self.faults.on[path]
        if path == "/robots.txt":
            return {"5xx": "e503_for_ever", "disallow all": "robots"}.get(self.faults.robots)
        found = article_in(path)
        return self.plan.get(found) if found else None

    def status(self, fault: str) -> int:
        """The status line that the fault sends; 0 for none."""
        return _STATUS.get(fault, 200)

    def listing(self, path: str, query: str) -> Reply | None:
        """The answer of a listing that never ends, or that repeats itself."""
        for name, on in (
            ("/sorotan", self.faults.endless_listing),
            ("/khas", self.faults.repeating_listing),
        ):
            if on and (path == name or path.startswith(f"{name}/")):
                tail = path.removeprefix(name).strip("/") or parse_qs(query).get("page", ["1"])[0]
                number = int(tail) if tail.isdecimal() else 1
                return self.site.wild_listing(name, number, repeating=name == "/khas")
        return None

    def answer(self, fault: str, to: BaseHTTPRequestHandler, path: str, query: str) -> bool:
        """Misbehave; False when the true answer is to follow (it was only delayed)."""
        ways: dict[str, Callable[[], None]] = {
            "e503": lambda: _send(to, 503, b"<h1>Service Unavailable</h1>"),
            "e503_for_ever": lambda: _send(to, 503, b"<h1>Service Unavailable</h1>"),
            "e503_wait": lambda: _send(to, 503, b"<h1>Later</h1>", ("Retry-After", "86400")),
            "e429": lambda: self._too_many(to),
            "reset": lambda: _reset(to),
            "reset_once": lambda: _reset(to),
            "maintenance": lambda: _send(to, 200, _MAINTENANCE),
            "challenge": lambda: _send(to, 200, _CHALLENGE),
            "soft_404": lambda: _send(to, 200, self.site.not_found().body),
            "redirect_home": lambda: _send(to, 302, b"", ("Location", "/")),
            "redirect_loop": lambda: _send(to, 302, b"", ("Location", f"{path}?putar=1")),
            "redirect_away": lambda: _send(to, 302, b"", ("Location", "http://127.0.0.1:1/x")),
            "huge": lambda: self._stream(to, self.faults.huge_bytes, _huge(self.faults.huge_bytes)),
            "gzip_bomb": lambda: self._bomb(to),
            "binary": lambda: _send(to, 200, Random(path).randbytes(200_000)),
            "hang": lambda: self._hang(to),
            "robots": lambda: _send(to, 200, b"User-agent: *\nDisallow: /\n"),
            "cut_body": lambda: self._cut(to, path, query),
            "half": lambda: self._half(to, path, query),
            "slow": lambda: self._slow(to, path, query),
            "wrong_charset": lambda: self._wrong_charset(to, path, query),
        }
        ways[fault]()
        return True

    def _too_many(self, to: BaseHTTPRequestHandler) -> None:
        wait = ("Retry-After", str(self.faults.retry_after))
        _send(to, 429, b"<h1>Too Many Requests</h1>", wait)

    def _true(self, path: str, query: str) -> bytes:
        return self.site.respond(path, query).body

    def _cut(self, to: BaseHTTPRequestHandler, path: str, query: str) -> None:
        body = self._true(path, query)
        _head(to, 200, len(body), _HTML)
        to.wfile.write(body[: len(body) // 2])
        to.close_connection = True

    def _half(self, to: BaseHTTPRequestHandler, path: str, query: str) -> None:
        """Answer as a cache does that kept a part for the whole: no length betrays it."""
        body = self._true(path, query)
        _send(to, 200, body[: len(body) // 2])

    def _slow(self, to: BaseHTTPRequestHandler, path: str, query: str) -> None:
        body = self._true(path, query)
        _head(to, 200, len(body), _HTML)
        step = len(body) // 20 + 1
        for start in range(0, len(body), step):
            self.stopping.wait(self.faults.slow_seconds / 20)
            to.wfile.write(body[start : start + step])

    def _wrong_charset(self, to: BaseHTTPRequestHandler, path: str, query: str) -> None:
        body = self._true(path, query)
        _head(to, 200, len(body), ("Content-Type", "text/html; charset=ISO-8859-1"))
        to.wfile.write(body)

    def _hang(self, to: BaseHTTPRequestHandler) -> None:
        """Keep the line open without a word, until the client or the server goes."""
        to.connection.settimeout(0.2)
        while not self.stopping.is_set():
            try:
                if not to.connection.recv(1):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        to.close_connection = True

    def _stream(self, to: BaseHTTPRequestHandler, size: int, pieces: Iterator[bytes]) -> None:
        _head(to, 200, size, _HTML)
        for piece in pieces:
            if self.stopping.is_set():
                break
            to.wfile.write(piece)
        to.close_connection = True

    def _bomb(self, to: BaseHTTPRequestHandler) -> None:
        _head(to, 200, len(self._bomb_body), _HTML, ("Content-Encoding", "gzip"))
        to.wfile.write(self._bomb_body)

    @cached_property
    def _bomb_body(self) -> bytes:
        """A gzip member of `bomb_bytes` spaces in about a thousandth of the room."""
        piece = b" " * 1_000_000
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        # After a full flush the packer owes nothing to what came before: blocks can be repeated.
        block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
        count = max(1, self.faults.bomb_bytes // len(piece))
        check = 0
        for _ in range(count):
            check = zlib.crc32(piece, check)
        head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
        tail = struct.pack("<II", check, (count * len(piece)) & 0xFFFFFFFF)
        return head + block * count + b"\x03\x00" + tail


def _head(to: BaseHTTPRequestHandler, status: int, length: int, *headers: tuple[str, str]) -> None:
    to.send_response(status)
    for name, value in headers:
        to.send_header(name, value)
    to.send_header("Content-Length", str(length))
    to.end_headers()


def _send(to: BaseHTTPRequestHandler, status: int, body: bytes, *headers: tuple[str, str]) -> None:
    _head(to, status, len(body), _HTML, *headers)
    to.wfile.write(body)


def _reset(to: BaseHTTPRequestHandler) -> None:
    """Break the connection off with a TCP reset."""
    to.close_connection = True
    to.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(to.connection.detach())


def _huge(size: int) -> Iterator[bytes]:
    """An HTML page of so many bytes, a piece at a time, from one piece of text."""
    head = b'<!DOCTYPE html><html><body><div class="post-content clearfix font17">'
    line = b"<p>Paragraf yang sama sekali tidak berakhir di halaman yang terlalu besar ini.</p>\n"
    piece = line * (_PIECE // len(line))
    yield head
    left = size - len(head)
    while left > 0:
        yield piece[:left]
        left -= len(piece)
