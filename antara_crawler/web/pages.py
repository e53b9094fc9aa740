"""The pages over the whole archive: search, coverage, runs and failures."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import partial
from tempfile import TemporaryFile

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from antara_crawler import books
from antara_crawler.archive import Filters, Results, Run
from antara_crawler.citing import source_of
from antara_crawler.errors import UsageError
from antara_crawler.export.formats import FORMATS, LINES
from antara_crawler.fleet.state import has_fleet
from antara_crawler.web import asking, calendars, rendering
from antara_crawler.web.reader import Reader, reader_of

MOST_RUNS = 50
MOST_FAILURES = 200
MOST_GAPS = 12


def search(request: Request) -> Response:
    """The front page: the search, or the newest articles when nothing is asked for.

    An article's own address in the search box leads to that article.
    """
    reader = reader_of(request)
    asked = asking.checked(asking.read(request.query_params), reader.archive)
    if asked.query.startswith(("http://", "https://")):
        article = reader.archive.article(asked.query)
        if article is not None:
            lang = rendering.language(request.query_params)
            return RedirectResponse(rendering.link(lang, rendering.address(article)), 303)
    results = None if asked.faults else _found(reader, asked)
    total = results.total if results else 0
    return rendering.page(
        request,
        "search.html",
        422 if asked.faults else 200,
        asked=asked,
        results=results,
        pages=min(-(-total // asking.PER_PAGE), asking.MOST_PAGES),
        overview=reader.overview(),
        source_of=source_of,
        downloads=[name for name, form in FORMATS.items() if form.there],
    )


def download(request: Request) -> Response:
    """What the search page finds, all of it, as a file: in the same order."""
    reader, name = reader_of(request), request.path_params["form"]
    asked = asking.checked(asking.read(request.query_params), reader.archive)
    if name not in FORMATS or not FORMATS[name].there:
        raise HTTPException(404)
    if asked.faults:
        return search(request)
    form = FORMATS[name]
    records = reader.archive.records_of(
        reader.archive.found(asked.query, asked.filters, order=asked.order)
    )
    headers = {"Content-Disposition": f'attachment; filename="{_file_name(asked)}.{form.ending}"'}
    if name in LINES:
        return StreamingResponse(LINES[name](records), 200, headers, form.media_type)
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


def _file_name(asked: asking.Asked) -> str:
    """Return a name of letters, digits and '-', whatever was asked for."""
    words = re.findall(r"[A-Za-z0-9]+", asked.query)
    return "-".join(["antara", *words])[:60].rstrip("-")


def _found(reader: Reader, asked: asking.Asked) -> Results:
    """Search; where nothing is asked for, the counts of the whole archive are at hand."""
    everything = asked.query == "" and asked.filters == Filters()
    results = reader.archive.search(
        asked.query,
        asked.filters,
        order=asked.order,
        limit=asking.PER_PAGE,
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
    asked = asking.read({name: given.get(name, "") for name in ("portal", "section")})
    asked = asking.checked(asked, reader.archive)
    faults = list(asked.faults)
    year = asking.number(given, "year", 1, 9999, faults)
    calendar = None
    if not faults:
        held = reader.archive.coverage(asked.filters.portal, asked.filters.section)
        calendar = calendars.calendar_of(held, year)
    portals = [asked.filters.portal] if asked.filters.portal else reader.portals()
    # Of a section, or of several portals at once, there are no numbers one after the other.
    one = portals[0] if len(portals) == 1 and not (faults or asked.filters.section) else None
    return rendering.page(
        request,
        "coverage.html",
        422 if faults else 200,
        faults=faults,
        params=asked.params,
        calendar=calendar,
        most_gaps=MOST_GAPS,
        complete=reader.completeness(one) if one else (),
        overview=reader.overview(),
        source_of=source_of,
    )


def runs(request: Request) -> Response:
    """What the archive holds, the last runs, and the pages that failed."""
    reader = reader_of(request)
    asked = asking.read({"portal": request.query_params.get("portal", "")})
    asked = asking.checked(asked, reader.archive)
    portal = asked.filters.portal
    return rendering.page(
        request,
        "runs.html",
        422 if asked.faults else 200,
        faults=asked.faults,
        params=asked.params,
        fleet=has_fleet(reader.archive),
        runs=() if asked.faults else reader.archive.runs(portal, limit=MOST_RUNS),
        failures=() if asked.faults else reader.archive.failures(portal, limit=MOST_FAILURES),
        lasted=lasted,
        counted=books.figures,
        exits=books.EXITS,
        overview=reader.overview(),
        source_of=source_of,
    )


def lasted(run: Run) -> timedelta | None:
    """Return how long a run took, None while it is running or when it was killed."""
    return run.finished_at - run.started_at if run.finished_at else None
