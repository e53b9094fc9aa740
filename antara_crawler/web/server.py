"""How the reader is served: uvicorn, told what it may not say or trust."""

import socket

import uvicorn
from starlette.types import ASGIApp

HOST = "127.0.0.1"
_LONGEST_ADDRESS = 256 * 1024
"""Bytes: a query of 10,000 characters, each of them written as %F0%9F%98%80."""


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
