"""Puts the reader together: pages, JSON, what goes wrong, and the guard before it all."""

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from importlib.resources import files

from anyio.to_thread import current_default_thread_limiter, run_sync
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from antara_crawler import __version__
from antara_crawler.archive import Archive
from antara_crawler.errors import AntaraError
from antara_crawler.warc import Folder
from antara_crawler.web import api, articles, feeds, metrics, pages, rendering
from antara_crawler.web.guard import THIS_MACHINE, Guard, Kept
from antara_crawler.web.password import Door, Password
from antara_crawler.web.reader import Reader

_THREADS = 10
"""Requests answered at once: fewer than the connections that the archive keeps at most."""

_FILES = {"reader.css": "text/css", "icon.svg": "image/svg+xml"}


def create_app(
    archive: Archive,
    captures: Folder,
    hosts: Collection[str] = THIS_MACHINE,
    password: Password | None = None,
) -> Guard:
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
            Route("/metrics", metrics.metrics),
            *(Route(f"/{name}", _file(name, kind)) for name, kind in _FILES.items()),
        ],
        lifespan=_starting,
    )
    app.include_router(api.router)
    app.router.routes.extend(articles.routes())
    app.state.reader = reader = Reader(archive, captures)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(
        AntaraError, lambda request, error: _problem(request, 503, str(error), {"Retry-After": "5"})
    )
    bug = "an error of this program; see the terminal"
    app.add_exception_handler(Exception, lambda request, error: _problem(request, 500, bug))
    kept = Kept(app, reader)
    return Guard(kept if password is None else Door(kept, password), hosts)


@asynccontextmanager
async def _starting(app: FastAPI) -> AsyncIterator[None]:
    """Bound the threads; count the archive before the first reader would wait for it; tidy up."""
    current_default_thread_limiter().total_tokens = _THREADS
    with suppress(AntaraError):  # busy: the first page tries again, and can say so
        await run_sync(app.state.reader.overview)
    yield
    app.state.reader.close()


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
