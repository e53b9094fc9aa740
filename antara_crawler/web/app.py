"""Puts the reader together, and serves it by uvicorn, told what it may not say or trust."""

import multiprocessing
import os
import socket
import threading
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from importlib.resources import files

import uvicorn
from anyio.to_thread import current_default_thread_limiter, run_sync
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from antara_crawler import __version__
from antara_crawler.archive import Archive
from antara_crawler.errors import AntaraError, DamagedRow
from antara_crawler.warc import Folder
from antara_crawler.web import api, articles, feeds, pages, rendering
from antara_crawler.web.reader import Reader
from antara_crawler.web.security import THIS_MACHINE, BasicAuth, HostGuard, Password

_THREADS = 10
"""Requests answered at once: fewer than the connections that the archive keeps at most."""

_FILES = {"reader.css": "text/css", "icon.svg": "image/svg+xml"}
HOST = "127.0.0.1"
_LONGEST_ADDRESS = 256 * 1024
"""Bytes: a query of 10,000 characters, each of them written as %F0%9F%98%80."""

Serve = Callable[[Callable[[uvicorn.Server], None]], None]
"""Makes a server, tells it to the function that it is given, and runs it."""


def create_app(
    archive: Archive,
    captures: Folder,
    hosts: Collection[str] = THIS_MACHINE,
    password: Password | None = None,
) -> HostGuard:
    """Return the reader as an ASGI application over an archive opened read-only.

    `captures` gives the raw records, for downloads; `hosts` are the names that it answers
    to. With a `password` nothing is answered without it.
    """
    app = FastAPI(
        title="ANTARA Regional Archive",
        version=__version__,
        description="Read-only. Times are ISO 8601; texts belong to ANTARA.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # these load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        routes=[
            Route("/", pages.search),
            Route("/atom", feeds.search),
            Route("/download/{form}", pages.download),
            Route("/coverage", pages.coverage),
            Route("/changes", pages.changes),
            Route("/changes.atom", feeds.changes),
            Route("/runs", pages.runs),
            Route("/health", pages.health),
            Route("/fleet", pages.fleet),
            Route("/metrics", feeds.metrics),
            *(Route(f"/{name}", _file(name, kind)) for name, kind in _FILES.items()),
        ],
        lifespan=_starting,
    )
    app.include_router(api.router)
    app.router.routes.extend(articles.routes())
    app.state.reader = Reader(archive, captures)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(
        AntaraError, lambda request, error: _problem(request, 503, str(error), {"Retry-After": "5"})
    )
    bug = "an error of this program; see the terminal"
    app.add_exception_handler(DamagedRow, lambda request, error: _problem(request, 500, str(error)))
    app.add_exception_handler(Exception, lambda request, error: _problem(request, 500, bug))
    return HostGuard(app if password is None else BasicAuth(app, password), hosts)


@asynccontextmanager
async def _starting(app: FastAPI) -> AsyncIterator[None]:
    """Bound the threads; count the archive before the first reader would wait for it."""
    current_default_thread_limiter().total_tokens = _THREADS
    with suppress(AntaraError):  # busy: the first page tries again, and can say so
        await run_sync(app.state.reader.overview)
    yield


def _file(name: str, media_type: str) -> Callable[[Request], Response]:
    content = files("antara_crawler.web").joinpath("static", name).read_bytes()

    def answer(request: Request) -> Response:
        return Response(content, media_type=media_type)

    return answer


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _problem(request, error.status_code, str(error.detail), error.headers)


def _problem(
    request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": detail}, status, headers)
    known = status if status in (404, 405, 503) else 500
    answer = rendering.page(request, "error.html", status, name=str(known), detail=detail)
    answer.headers.update(headers or {})
    return answer


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
