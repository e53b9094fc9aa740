"""How the reader is served: uvicorn, told what it may not say or trust."""

import socket

import uvicorn
from starlette.types import ASGIApp

HOST = "127.0.0.1"
_LONGEST_ADDRESS = 256 * 1024
"""Bytes: a query of 10,000 characters, each of them written as %F0%9F%98%80."""


def server_of(app: ASGIApp) -> uvicorn.Server:
    """Return a server; `run(sockets=[…])` serves until a signal or `should_exit`."""
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=_LONGEST_ADDRESS,
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)


def listen(port: int) -> socket.socket:
    """Return a socket that only this computer can reach; port 0 is any free one.

    Raises OSError where the port cannot be had.
    """
    # Named TCP: else asyncio leaves Nagle's algorithm on, and each answer waits 40 ms for it.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((HOST, port))
        sock.listen()
    except BaseException:
        sock.close()
        raise
    return sock
