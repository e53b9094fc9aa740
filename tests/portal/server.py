"""Serves a site on loopback over HTTP/1.1, with its faults, and notes what was asked."""

from __future__ import annotations

import gzip
import ssl
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from types import TracebackType
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.portal.faults import Faults
from tests.portal.misbehave import Misbehaviour
from tests.portal.site import Reply, Site


class Seen(NamedTuple):
    """A request: path with query, the status it got (0: no answer), when, and its headers."""

    path: str
    status: int
    at: float
    headers: dict[str, str]


class PortalServer:
    """A running portal: `with PortalServer(Site()) as portal: portal.url`.

    Listens on 127.0.0.1 at `port` (0: any that is free). After `stop` it may be started again
    on the same port, with its notes kept; `most_at_once` is how many requests it answered at
    once. `compress` answers with gzip where it is accepted.
    """

    def __init__(
        self, site: Site, faults: Faults | None = None, *, port: int = 0, compress: bool = False,
        log: Callable[[str], None] | None = None,
    ) -> None:  # fmt: skip
        self.site, self.faults, self.port, self.compress = site, faults or Faults(), port, compress
        self.requests: list[Seen] = []
        self.log = log
        self.stopping = Event()
        self.misbehaviour = Misbehaviour(site, self.faults, self.stopping)
        self.lock = Lock()
        self.struck: Counter[str] = Counter()
        self.answering = 0
        self.most_at_once = 0
        self._server: _Server | None = None
        self._thread: Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [seen.path for seen in list(self.requests)]

    def count(self, path: str) -> int:
        """How often a path was asked for, whatever its query."""
        return sum(urlsplit(asked).path == path for asked in self.paths)

    def start(self) -> PortalServer:
        self.stopping.clear()
        self._server = _Server(("127.0.0.1", self.port), _Handler)
        self._server.portal = self
        self.port = self._server.server_address[1]
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening and let go of every request under way."""
        if self._server is None or self._thread is None:
            return
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._server = self._thread = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def __enter__(self) -> PortalServer:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()

    def note(self, seen: Seen) -> None:
        self.requests.append(seen)
        if self.log:
            self.log(f"{seen.status} {seen.path}")

    def fault_of(self, path: str) -> str | None:
        """The fault that strikes this request; those that pass strike a path a few times only."""
        fault = self.misbehaviour.fault_of(path)
        if fault is None and self.faults.strikes_first(path):
            fault = "e503"
        if fault not in {"e503", "e429", "reset_once"}:
            return fault
        with self.lock:
            self.struck[path] += 1
            return fault if self.struck[path] <= self.faults.times else None


def secured(portal: PortalServer, context: ssl.SSLContext) -> str:
    """Let a running portal speak TLS from now on; return its address."""
    assert portal._server is not None
    portal._server.socket = context.wrap_socket(portal._server.socket, server_side=True)
    return portal.url.replace("http:", "https:")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    portal: PortalServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        portal = self.server.portal
        with portal.lock:
            portal.answering += 1
            portal.most_at_once = max(portal.most_at_once, portal.answering)
        try:
            self.answer()
        finally:
            with portal.lock:
                portal.answering -= 1

    def answer(self) -> None:
        portal = self.server.portal
        if portal.stopping.is_set():  # a connection kept open from before
            self.close_connection = True
            return
        split = urlsplit(self.path)
        fault = portal.fault_of(split.path)
        if fault:
            # Noted before the answer, so that whoever has the answer finds the note.
            portal.note(self._seen(portal.misbehaviour.status(fault)))
            if portal.misbehaviour.answer(fault, self, split.path, split.query):
                return
        reply = portal.misbehaviour.listing(split.path, split.query) or portal.site.respond(
            split.path, split.query, dict(self.headers.items())
        )
        if not fault:
            portal.note(self._seen(reply.status))
        self.send(reply)

    def do_HEAD(self) -> None:
        self.do_GET()

    def send(self, reply: Reply) -> None:
        body, headers = reply.body, list(reply.headers)
        if (
            self.server.portal.compress
            and body
            and "gzip" in self.headers.get("Accept-Encoding", "")
        ):
            body = gzip.compress(body, 3, mtime=0)
            headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        self.send_response(reply.status)
        for name, value in headers:
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _seen(self, status: int) -> Seen:
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Seen(self.path, status, time.time(), headers)

    def log_message(self, format: str, *args: object) -> None:
        """The portal keeps its own notes."""
