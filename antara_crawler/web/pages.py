"""The pages over the whole archive: search, coverage, changes, runs, health and the fleet."""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial
from tempfile import TemporaryFile
from typing import Any

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from antara_crawler.archive import Filters, Results
from antara_crawler.archive.read import books
from antara_crawler.archive.search.query import no_dates
from antara_crawler.errors import UsageError
from antara_crawler.export.formats import FORMATS
from antara_crawler.fleet.state import has_fleet, state_of
from antara_crawler.health.record import known_findings
from antara_crawler.web import calendars, rendering, schemas
from antara_crawler.web.reader import Reader, reader_of

MOST_RUNS = 50
MOST_FAILURES = 200
MOST_GAPS = 12
SHOWN_FOR = timedelta(days=30)
"""How long what is over stays on the page of what goes wrong."""


def search(request: Request) -> Response:
    """The front page: the search, or the newest articles when nothing is asked for.

    An article's own address in the search box leads to that article.
    """
    reader = reader_of(request)
    asked = schemas.read(request.query_params, reader.archive)
    if asked.query.startswith(("http://", "https://")):
        article = reader.archive.article(asked.query)
        if article is not None:
            lang = rendering.language(request.query_params)
            return RedirectResponse(rendering.link(lang, rendering.address(article)), 303)
    results = None if asked.faults else _found(reader, asked)
    return _page(
        request,
        "search.html",
        asked,
        results=results,
        no_dates=no_dates(asked.query),
        pages=_pages_of(results.total if results else 0),
        downloads=[name for name, form in FORMATS.items() if form.there],
    )


def _page(request: Request, template: str, asked: schemas.Asked, **values: Any) -> Response:
    """Return a page of what is asked for: with its faults, and what there is to choose from."""
    reader = reader_of(request)
    values |= {"overview": reader.overview(), "whole": reader.whole}
    return rendering.page(request, template, asked.status, asked=asked, **values)


def _pages_of(total: int) -> int:
    return min(-(-total // schemas.PER_PAGE), schemas.MOST_PAGES)


def download(request: Request) -> Response:
    """What the search page finds, all of it, as a file: in the same order."""
    reader, name = reader_of(request), request.path_params["form"]
    asked = schemas.read(request.query_params, reader.archive)
    if name not in FORMATS or not FORMATS[name].there:
        raise HTTPException(404)
    if asked.faults:
        return search(request)
    form = FORMATS[name]
    records = reader.archive.records_of(
        reader.archive.found(asked.query, asked.filters, order=asked.order)
    )
    words = re.findall(r"[A-Za-z0-9]+", asked.query)  # nothing else comes into a file's name
    stem = "-".join(["antara", *words])[:60].rstrip("-")
    headers = {"Content-Disposition": f'attachment; filename="{stem}.{form.ending}"'}
    if form.lines:
        return StreamingResponse(form.lines(records), 200, headers, form.media_type)
    kept = TemporaryFile()  # noqa: SIM115 (closed when it is sent)
    try:
        form.write(records, kept)
        headers["Content-Length"] = str(kept.tell())
        kept.seek(0)
    except UsageError as error:  # more rows than the format takes
        kept.close()
        raise HTTPException(422, str(error)) from error
    except BaseException:
        kept.close()
        raise
    sent = iter(partial(kept.read, 1 << 16), b"")
    return StreamingResponse(sent, 200, headers, form.media_type, BackgroundTask(kept.close))


def _found(reader: Reader, asked: schemas.Asked) -> Results:
    """Search; where nothing is asked for, the counts of the whole archive are at hand."""
    everything = asked.query == "" and asked.filters == Filters()
    results = reader.archive.search(
        asked.query,
        asked.filters,
        order=asked.order,
        limit=schemas.PER_PAGE,
        offset=asked.offset,
        facets=not everything,
    )
    if not everything:
        return results
    held = reader.overview()
    return replace(results, by_section=held.by_section, by_year=held.by_year)


def coverage(request: Request) -> Response:
    """Articles per day as a calendar of one year, the years by month, and the gaps."""
    reader, given = reader_of(request), request.query_params
    asked = schemas.read(given, reader.archive, ("portal", "section"))
    year = schemas.number(given, "year", 1, 9999, asked.faults)
    calendar = None
    if not asked.faults:
        held = reader.archive.coverage(asked.filters.portal, asked.filters.section)
        calendar = calendars.calendar_of(held, year)
    portals = [asked.filters.portal] if asked.filters.portal else reader.portals()
    # Of a section, or of several portals at once, there are no numbers one after the other.
    one = portals[0] if len(portals) == 1 and not (asked.faults or asked.filters.section) else None
    return _page(
        request,
        "coverage.html",
        asked,
        calendar=calendar,
        most_gaps=MOST_GAPS,
        complete=reader.completeness(one) if one else (),
    )


def changes(request: Request) -> Response:
    """A page of changes, the latest first."""
    archive = reader_of(request).archive
    asked, wanted = schemas.read_changes(request.query_params, archive)
    total = 0 if asked.faults else archive.count_changes(wanted)
    found = (
        [] if asked.faults else archive.changes(wanted, limit=schemas.PER_PAGE, offset=asked.offset)
    )
    return _page(
        request,
        "changes.html",
        asked,
        changes=found,
        total=total,
        pages=_pages_of(total),
        kinds=schemas.KINDS,
    )


def runs(request: Request) -> Response:
    """What the archive holds, the last runs, and the pages that failed."""
    archive = reader_of(request).archive
    asked = schemas.read(request.query_params, archive, ("portal",))
    portal = asked.filters.portal
    return _page(
        request,
        "runs.html",
        asked,
        fleet=archive.read(has_fleet),
        runs=() if asked.faults else archive.runs(portal, limit=MOST_RUNS),
        failures=() if asked.faults else archive.failures(portal, limit=MOST_FAILURES),
        counted=books.figures,
        ending=books.ending,
    )


def health(request: Request) -> Response:
    """What goes wrong by the last `scrapy health`, and what was over lately."""
    reader = reader_of(request)
    found = known_findings(reader.archive, reader.now() - SHOWN_FOR)
    return rendering.page(request, "health.html", findings=found)


def fleet(request: Request) -> Response:
    """Which portals run where since when, which wait or failed and why, which machines live."""
    state = state_of(reader_of(request).archive)
    if state is None:  # none was planned
        raise HTTPException(404)
    counts = Counter(each.state for each in state.portals)
    return rendering.page(request, "fleet.html", fleet=state, counts=counts)
