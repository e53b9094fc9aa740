"""The figures of the archive, its last crawls and what goes wrong, as Prometheus reads them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from antara_crawler.archive import Run
from antara_crawler.health.record import known_findings
from antara_crawler.web.reader import Reader, reader_of

MOST_RUNS = 500


def metrics(request: Request) -> Response:
    """The figures in Prometheus' text format."""
    lines = _lines(reader_of(request))
    return Response("".join(lines), media_type="text/plain; version=0.0.4")


def _lines(reader: Reader) -> Iterator[str]:
    held, findings = reader.overview(), known_findings(reader.archive)
    ended: dict[str, Run] = {}
    for run in reader.archive.runs(limit=MOST_RUNS):  # the newest first
        if run.command == "crawl" and run.finished_at is not None:
            ended.setdefault(run.portal or "", run)
    times = {
        (n,): round(run.finished_at.timestamp()) for n, run in ended.items() if run.finished_at
    }
    exits = {(name,): run.exit_status or 0 for name, run in ended.items()}
    families: tuple[tuple[str, str, str, Mapping[Any, int]], ...] = (
        ("articles", "Articles held", "portal", {(n or "",): c for n, c in held.by_portal}),
        ("pages_queued", "Pages that wait to be asked for", "", {(): held.queued}),
        ("pages_failed", "Pages that failed or are unreadable", "", {(): held.failed}),
        ("database_bytes", "Size of the database", "", {(): held.size_bytes}),
        ("last_crawl_timestamp_seconds", "When the last crawl of a portal ended", "portal", times),
        ("last_crawl_exit_status", "How it ended", "portal", exits),
        (
            "health_findings",
            "What goes wrong, by scrapy health",
            "kind portal",
            Counter((each.kind, each.portal or "") for each in findings),
        ),
    )
    for name, what, labels, values in families:
        yield f"# HELP antara_{name} {what}.\n# TYPE antara_{name} gauge\n"
        for of, value in values.items():
            told = ",".join(f'{k}="{_escaped(v)}"' for k, v in zip(labels.split(), of, strict=True))
            yield f"antara_{name}{f'{{{told}}}' if told else ''} {value}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
