"""A server that never comes to the end of its headers is left, and fills no memory."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from tests.scrapy_runs import Workplace

LINES = b"".join(b"X-Isi-%d: %s\r\n" % (n, b"x" * 1000) for n in range(64))


class Chatterbox:
    """Answers each connection with headers, up to `most` bytes, and counts what went out."""

    def __init__(self, begin: bytes, most: int) -> None:
        self.begin, self.most, self.sent = begin, most, 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                client, _ = self.socket.accept()
                with client, contextlib.suppress(OSError):
                    client.recv(65536)
                    client.sendall(self.begin)
                    while self.sent < self.most:
                        client.sendall(LINES)
                        self.sent += len(LINES)


@pytest.fixture(
    params=[b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"]
)
def chatterbox(request: pytest.FixtureRequest) -> Iterator[Chatterbox]:
    server = Chatterbox(request.param, 400_000_000)
    yield server
    server.socket.close()


def test_headers_without_an_end_are_broken_off(chatterbox: Chatterbox, tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    ended = place.crawl(chatterbox.url, "-s", "RETRY_TIMES=0")
    assert ended.status == 3, ended.err
    assert "headers of over 262144 bytes" in ended.err
    assert chatterbox.sent < 100_000_000, "it was listened to for longer than it had to be"
