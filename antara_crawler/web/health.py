"""What goes wrong, as a page, and the archive's figures as Prometheus reads them."""

from collections.abc import Iterator
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from antara_crawler.archive import Run
from antara_crawler.archive.read.health import known_findings
from antara_crawler.web import rendering
from antara_crawler.web.reader import Reader, reader_of

SHOWN_FOR = timedelta(days=30)
"""How long what is over stays on the page."""
MOST_RUNS = 500
METRICS = "text/plain; version=0.0.4"


def health(request: Request) -> Response:
    """What goes wrong by the last `scrapy health`, and what was over lately."""
    reader = reader_of(request)
    found = known_findings(reader.archive, reader.now() - SHOWN_FOR)
    return rendering.page(request, "health.html", findings=found)


def metrics(request: Request) -> Response:
    """The figures of the archive, its last crawls and what goes wrong, in Prometheus' format."""
    return Response("".join(_lines(reader_of(request))), media_type=METRICS)


def _lines(reader: Reader) -> Iterator[str]:
    held = reader.overview()
    yield from _family(
        "articles", "Articles held", {(("portal", n or ""),): c for n, c in held.by_portal}
    )
    yield from _family("pages_queued", "Pages that wait to be asked for", {(): held.queued})
    yield from _family("pages_failed", "Pages that failed or are unreadable", {(): held.failed})
    yield from _family("database_bytes", "Size of the database", {(): held.size_bytes})
    ended = _last_crawls(reader)
    yield from _family(
        "last_crawl_timestamp_seconds",
        "When the last crawl of a portal ended",
        {(("portal", run.portal or ""),): _seconds(run) for run in ended},
    )
    yield from _family(
        "last_crawl_exit_status",
        "How it ended",
        {(("portal", run.portal or ""),): run.exit_status or 0 for run in ended},
    )
    found: dict[tuple[tuple[str, str], ...], float] = {}
    for each in known_findings(reader.archive):
        labels = ("kind", each.kind), ("portal", each.portal or "")
        found[labels] = found.get(labels, 0) + 1
    yield from _family("health_findings", "What goes wrong, by scrapy health", found)


def _last_crawls(reader: Reader) -> list[Run]:
    """Return the last crawl of each portal that came to its end."""
    last: dict[str | None, Run] = {}
    for run in reader.archive.runs(limit=MOST_RUNS):
        if run.command == "crawl" and run.finished_at is not None:
            last.setdefault(run.portal, run)
    return list(last.values())


def _seconds(run: Run) -> float:
    assert run.finished_at is not None
    return round(run.finished_at.timestamp())


def _family(
    name: str, what: str, values: dict[tuple[tuple[str, str], ...], float]
) -> Iterator[str]:
    yield f"# HELP antara_{name} {what}.\n# TYPE antara_{name} gauge\n"
    for labels, value in values.items():
        told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels)
        yield f"antara_{name}{f'{{{told}}}' if told else ''} {value}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
