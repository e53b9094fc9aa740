"""How the reader is served: uvicorn, told what it may not say or trust, by several processes."""

import multiprocessing
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

HOST = "127.0.0.1"
_LONGEST_ADDRESS = 256 * 1024
"""Bytes: a query of 10,000 characters, each of them written as %F0%9F%98%80."""

Serve = Callable[[Callable[[uvicorn.Server], None]], None]
"""Makes a server, tells it to the function that it is given, and runs it."""


def server_of(app: ASGIApp, *, behind_proxy: bool = False) -> uvicorn.Server:
    """Return a server; `run(sockets=[…])` serves until a signal or `should_exit`.

    `behind_proxy` lets a proxy on this machine say that readers came by https.
    """
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips="127.0.0.1,::1",
        h11_max_incomplete_event_size=_LONGEST_ADDRESS,
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)


def listen(port: int, host: str = HOST) -> socket.socket:
    """Return a socket at an address of this computer; port 0 is any free one.

    Raises OSError where it cannot be had.
    """
    family, kind, protocol, _, place = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
    )[0]
    # Named TCP: else asyncio leaves Nagle's algorithm on, and each answer waits 40 ms for it.
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(place)
        sock.listen()
    except BaseException:
        sock.close()
        raise
    return sock


@contextmanager
def workers(count: int, serve: Serve) -> Iterator[None]:
    """Fork `count` processes that serve, too, until the end of the block.

    Python runs on one core at a time; this uses the others. They hear of the end by a pipe that
    only this process holds open, so that its death ends them as well.
    """
    reading, writing = os.pipe()
    fork = multiprocessing.get_context("fork")
    helpers = [fork.Process(target=_work, args=(serve, reading, writing)) for _ in range(count)]
    for each in helpers:
        each.start()
    os.close(reading)
    try:
        yield
    finally:
        os.close(writing)
        for each in helpers:
            each.join()


def _work(serve: Serve, reading: int, writing: int) -> None:
    os.close(writing)

    def watch(server: uvicorn.Server) -> None:
        def wait() -> None:
            os.read(reading, 1)
            server.should_exit = True

        threading.Thread(target=wait, daemon=True).start()

    serve(watch)
