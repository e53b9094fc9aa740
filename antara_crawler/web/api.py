"""The archive's reads as JSON, described at /api/openapi.json.

What an address asks for and cannot have been meant is refused as FastAPI refuses values: 422.
"""

import difflib
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from fastapi.exceptions import RequestValidationError

from antara_crawler.archive import (
    Archive,
    Coverage,
    Failure,
    Filters,
    Order,
    Overview,
    Results,
    Run,
    StoredArticle,
)
from antara_crawler.archive.search.query import LONGEST
from antara_crawler.errors import UsageError
from antara_crawler.web import schemas
from antara_crawler.web.reader import Reader, reader_of
from antara_crawler.web.schemas import LARGEST, MOST_TEXT

MOST_OFFSET = 10_000
BUSY: dict[int | str, dict[str, Any]] = {
    503: {"model": schemas.Problem, "description": "The archive cannot be read just now"}
}
MISSING: dict[int | str, dict[str, Any]] = {
    404: {"model": schemas.Problem, "description": "The archive holds no such article"}
}

Name = Annotated[str | None, Query(max_length=MOST_TEXT, pattern=r"^[^\x00]+$")]
Day = Annotated[date | None, Query(description="A local date of the portal, as 2024-09-30")]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=MOST_OFFSET)]

Ask = Annotated[Reader, Depends(reader_of)]


def _wrong(kind: str, name: str, message: str, value: object) -> RequestValidationError:
    """Return the error to raise for a parameter of the query."""
    fault = {"type": kind, "loc": ("query", name), "msg": message, "input": value}
    return RequestValidationError([fault])


def _known_only(request: Request) -> None:
    """Refuse parameters that the route does not have: misspelt, they would change nothing."""
    described = request.app.openapi()["paths"][request.scope["route"].path]["get"]
    known = [each["name"] for each in described.get("parameters", ()) if each["in"] == "query"]
    for name, value in request.query_params.items():
        if name not in known:
            meant = f"use one of {', '.join(known)}" if known else "it takes no parameters"
            for near in difflib.get_close_matches(name, known, 1):
                meant = f"did you mean {near}?"
            raise _wrong("unknown_parameter", name, f"not known here: {meant}", value)


def _refuse_strangers(archive: Archive, filters: Filters) -> None:
    """Refuse a name that nothing in the archive has, with those that may have been meant."""
    for each in archive.strangers(filters):
        near = f": did you mean {' or '.join(each.near)}?" if each.near else ""
        raise _wrong("unknown_name", each.what, f"nowhere in the archive{near}", each.name)


def _filters(
    ask: Ask,
    portal: Name = None,
    section: Name = None,
    since: Day = None,
    until: Day = None,
    tag: Name = None,
    author: Name = None,
) -> Filters:
    try:
        filters = Filters(portal, section, since, until, tag, author)
    except UsageError as error:
        raise _wrong("reversed", "since", str(error), since) from error
    _refuse_strangers(ask.archive, filters)
    return filters


def _portal(ask: Ask, portal: Name = None) -> str | None:
    _refuse_strangers(ask.archive, Filters(portal=portal))
    return portal


OnePortal = Annotated[str | None, Depends(_portal)]
Chosen = Annotated[Filters, Depends(_filters)]

router = APIRouter(prefix="/api", responses=BUSY, dependencies=[Depends(_known_only)])


@router.get("/search", response_model=schemas.Found)
def search(
    ask: Ask,
    filters: Chosen,
    q: Annotated[str, Query(max_length=LONGEST, description="As in the search box")] = "",
    order: Order = "relevance",
    limit: Limit = 20,
    offset: Offset = 0,
) -> Results:
    """Search the titles and texts; without a query, list what fits the filters by date."""
    return ask.archive.search(q, filters, order=order, limit=limit, offset=offset)


@router.get("/articles", response_model=schemas.ArticleList)
def articles(
    ask: Ask,
    filters: Chosen,
    order: Annotated[Order, Query(description="'relevance' is 'date' here")] = "oldest",
    limit: Limit = 20,
    offset: Offset = 0,
) -> dict[str, Any]:
    """List the export records of the articles that fit."""
    found = ask.archive.search("", filters, order=order, limit=limit, offset=offset, facets=False)
    held = ask.archive.articles_of([hit.id for hit in found.hits])
    return {"total": found.total, "articles": list(held)}


@router.get("/articles/{id}", responses=MISSING, response_model=schemas.WholeArticle)
def article(
    ask: Ask, id: Annotated[int, Path(ge=1, le=LARGEST, description="The row in this archive")]
) -> StoredArticle:
    """Return one article with its revisions and captures."""
    return _whole(ask.archive.article(id))


@router.get(
    "/articles/{portal}/{kind}/{number}", responses=MISSING, response_model=schemas.WholeArticle
)
def article_by_identity(
    ask: Ask,
    portal: Annotated[str, Path(max_length=MOST_TEXT, pattern="^[a-z0-9-]+$")],
    kind: Annotated[str, Path(max_length=MOST_TEXT, pattern="^[a-z0-9-]+$")],
    number: Annotated[int, Path(ge=1, le=LARGEST)],
) -> StoredArticle:
    """Return one article by what identifies it everywhere: kalsel/berita/123."""
    return _whole(ask.archive.article(f"{portal}/{kind}/{number}"))


@router.get("/overview", response_model=schemas.Held)
def overview(ask: Ask) -> Overview:
    """Tell how many articles there are, per portal, section and year."""
    return ask.overview()


@router.get("/coverage", response_model=schemas.DailyCounts)
def coverage(
    ask: Ask,
    portal: OnePortal,
    section: Name = None,
    year: Annotated[int | None, Query(ge=1, le=9999)] = None,
) -> Coverage:
    """Count the articles of each day, and name the gaps."""
    _refuse_strangers(ask.archive, Filters(section=section))
    return ask.archive.coverage(portal, section, year)


@router.get("/runs")
def runs(ask: Ask, portal: OnePortal, limit: Limit = 20) -> tuple[Run, ...]:
    """List the last runs, newest first."""
    return tuple(ask.archive.runs(portal, limit=limit))


@router.get("/failures")
def failures(ask: Ask, portal: OnePortal, limit: Limit = 20) -> tuple[Failure, ...]:
    """List the pages that failed, the latest first."""
    return tuple(ask.archive.failures(portal, limit=limit))


def _whole(article: StoredArticle | None) -> StoredArticle:
    if article is None:
        raise HTTPException(404, "the archive holds no such article")
    return article
