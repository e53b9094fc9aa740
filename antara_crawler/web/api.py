"""The archive's reads as JSON, described at /api/openapi.json."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request

from antara_crawler.archive import Failure, Filters, Order, Run, StoredArticle
from antara_crawler.archive.search.query import LONGEST
from antara_crawler.errors import UsageError
from antara_crawler.web import answers, refusing
from antara_crawler.web.asking import LARGEST, MOST_TEXT
from antara_crawler.web.reader import Reader, reader_of

MOST_OFFSET = 10_000
BUSY: dict[int | str, dict[str, Any]] = {
    503: {"model": answers.Problem, "description": "The archive cannot be read just now"}
}
MISSING: dict[int | str, dict[str, Any]] = {
    404: {"model": answers.Problem, "description": "The archive holds no such article"}
}

Name = Annotated[str | None, Query(max_length=MOST_TEXT, pattern=r"^[^\x00]+$")]
Day = Annotated[date | None, Query(description="A local date of the portal, as 2024-09-30")]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=MOST_OFFSET)]


def _reader(request: Request) -> Reader:
    return reader_of(request)


Ask = Annotated[Reader, Depends(_reader)]


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
        raise refusing.wrong("reversed", "since", str(error), since) from error
    refusing.refuse_strangers(ask.archive, filters)
    return filters


def _portal(ask: Ask, portal: Name = None) -> str | None:
    refusing.refuse_strangers(ask.archive, Filters(portal=portal))
    return portal


OnePortal = Annotated[str | None, Depends(_portal)]
Chosen = Annotated[Filters, Depends(_filters)]

router = APIRouter(prefix="/api", responses=BUSY, dependencies=[Depends(refusing.known_only)])


@router.get("/search")
def search(
    ask: Ask,
    filters: Chosen,
    q: Annotated[str, Query(max_length=LONGEST, description="As in the search box")] = "",
    order: Order = "relevance",
    limit: Limit = 20,
    offset: Offset = 0,
) -> answers.Found:
    """Search the titles and texts; without a query, list what fits the filters by date."""
    found = ask.archive.search(q, filters, order=order, limit=limit, offset=offset)
    return answers.Found.of(found)


@router.get("/articles")
def articles(
    ask: Ask,
    filters: Chosen,
    order: Annotated[Order, Query(description="'relevance' is 'date' here")] = "oldest",
    limit: Limit = 20,
    offset: Offset = 0,
) -> answers.ArticleList:
    """List the export records of the articles that fit."""
    found = ask.archive.search("", filters, order=order, limit=limit, offset=offset, facets=False)
    held = (ask.archive.article(hit.id) for hit in found.hits)
    listed = tuple(answers.Listed(each.id, each.record()) for each in held if each)
    return answers.ArticleList(found.total, listed)


@router.get("/articles/{id}", responses=MISSING)
def article(
    ask: Ask, id: Annotated[int, Path(ge=1, le=LARGEST, description="The row in this archive")]
) -> answers.WholeArticle:
    """Return one article with its revisions and captures."""
    return _whole(ask.archive.article(id))


@router.get("/articles/{portal}/{kind}/{number}", responses=MISSING)
def article_by_identity(
    ask: Ask,
    portal: Annotated[str, Path(max_length=MOST_TEXT, pattern="^[a-z0-9-]+$")],
    kind: Annotated[str, Path(max_length=MOST_TEXT, pattern="^[a-z0-9-]+$")],
    number: Annotated[int, Path(ge=1, le=LARGEST)],
) -> answers.WholeArticle:
    """Return one article by what identifies it everywhere: kalsel/berita/123."""
    return _whole(ask.archive.article(f"{portal}/{kind}/{number}"))


@router.get("/overview")
def overview(ask: Ask) -> answers.Held:
    """Tell how many articles there are, per portal, section and year."""
    return answers.Held.of(ask.overview())


@router.get("/coverage")
def coverage(
    ask: Ask,
    portal: OnePortal,
    section: Name = None,
    year: Annotated[int | None, Query(ge=1, le=9999)] = None,
) -> answers.DailyCounts:
    """Count the articles of each day, and name the gaps."""
    refusing.refuse_strangers(ask.archive, Filters(section=section))
    return answers.DailyCounts.of(ask.archive.coverage(portal, section, year))


@router.get("/runs")
def runs(ask: Ask, portal: OnePortal, limit: Limit = 20) -> tuple[Run, ...]:
    """List the last runs, newest first."""
    return tuple(ask.archive.runs(portal, limit=limit))


@router.get("/failures")
def failures(ask: Ask, portal: OnePortal, limit: Limit = 20) -> tuple[Failure, ...]:
    """List the pages that failed, the latest first."""
    return tuple(ask.archive.failures(portal, limit=limit))


def _whole(article: StoredArticle | None) -> answers.WholeArticle:
    if article is None:
        raise HTTPException(404, "the archive holds no such article")
    return answers.WholeArticle.of(article)
