"""The heads of answers are kept raw as the portal sent them: names, order, repeats, the reason."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from antara_crawler.warc import Exchange, scan
from tests.scrapy_runs import Workplace

HEADERS = (
    (b"content-TYPE", b"text/html; charset=UTF-8"),
    (b"X-Cache", b"MISS from b"),
    (b"etag", b'"7"'),
    (b"X-Cache", b"HIT from a"),
    (b"WWW-authenticate", b"none"),
)


class Portal(socketserver.StreamRequestHandler):
    """Answers everything with one head, in its own spelling; articles with one that never ends."""

    def handle(self) -> None:
        path = self.rfile.readline().split()[1]
        while self.rfile.readline().strip():
            pass
        self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
        self.wfile.write(b"HTTP/1.1 200 Baik sekali\r\n")
        for name, value in HEADERS:
            self.wfile.write(name + b":" + value + b"\r\n")
        body = b"" if path == b"/robots.txt" else b"<html><p>Sedang dirawat."
        if path == b"/rss/terkini.xml":
            with contextlib.suppress(OSError):
                for _ in range(100_000):
                    self.wfile.write(b"X-Tanpa-Akhir: %s\r\n" % (b"a" * 1000))
            return
        self.wfile.write(b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)


@pytest.fixture
def portal_url() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Portal) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def kept(place: Workplace) -> dict[str, Exchange]:
    found = (met.exchange for met in scan(place.folder / "captures"))
    return {exchange.url: exchange for exchange in found if exchange is not None}


def test_heads_are_kept_as_they_were_sent_and_replayed(tmp_path: Path, portal_url: str) -> None:
    live = Workplace(tmp_path / "live", f"sqlite:///{tmp_path}/live.db")
    live.crawl(portal_url, "-s", "RETRY_ENABLED=False")
    listing = "https://kalsel.antaranews.com/terkini"
    assert listing in kept(live)
    assert not any("rss" in url for url in kept(live))
    for exchange in kept(live).values():
        assert exchange.reason == "Baik sekali"
        assert exchange.response_headers[: len(HEADERS)] == HEADERS
    again = Workplace(tmp_path / "again", f"sqlite:///{tmp_path}/again.db")
    again.run("crawl", "kalsel", "-a", f"captures={tmp_path}/live/captures")
    assert kept(again)[listing].response_headers == kept(live)[listing].response_headers
    assert kept(again)[listing].reason == "Baik sekali"
