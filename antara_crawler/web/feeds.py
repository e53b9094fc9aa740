"""What programs ask for now and then: Atom feeds (RFC 4287), and the figures for Prometheus."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from antara_crawler.archive import ChangeView, Hit, Run, StoredArticle
from antara_crawler.health.record import known_findings
from antara_crawler.text.differences import IN_BRACKETS
from antara_crawler.web import pages, rendering, schemas
from antara_crawler.web.reader import Reader, reader_of
from antara_crawler.web.rendering import named
from antara_crawler.wording import said

MOST_ENTRIES = 50
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)
_SUMMARY = 600
"""Characters of a first paragraph."""
MOST_RUNS = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `name` identifies it in every archive, `path` is where the reader shows it.

    Texts are plain; times are aware; `source` is an address on the web, or None. `content` is
    all that there is to say, `summary` a part.
    """

    name: str
    title: str
    path: str
    updated: datetime
    published: datetime | None
    summary: str = ""
    content: str = ""
    authors: Sequence[str] = ()
    categories: Sequence[str] = ()
    source: str | None = None


def search(request: Request) -> Response:
    """The newest articles that fit a search; where it has faults, the page that names them."""
    archive, lang = reader_of(request).archive, rendering.language(request.query_params)
    asked = schemas.read(request.query_params, archive)
    if asked.faults:
        return pages.search(request)
    found = archive.search(
        asked.query, asked.filters, order="date", limit=MOST_ENTRIES, facets=False, suggest=False
    )
    held = {each.id: each for each in archive.articles_of([hit.id for hit in found.hits])}
    entries = [_article(hit, held[hit.id], lang) for hit in found.hits if hit.id in held]
    params = {name: value for name, value in asked.params.items() if name != "order"}
    words = [asked.query, *(value for name, value in params.items() if name != "q")]
    title = " · ".join([said(lang, "ANTARA Regional Archive"), *filter(None, words)])
    return _feed(request, "search?", title, "/", params, entries)


def changes(request: Request) -> Response:
    """The latest changes as an Atom feed; an entry keeps its id for good."""
    archive, lang = reader_of(request).archive, rendering.language(request.query_params)
    asked, wanted = schemas.read_changes(request.query_params, archive)
    if asked.faults:
        return Response("400: see /changes for what may be asked\n", 400, media_type="text/plain")
    entries = [_change(each, lang) for each in archive.changes(wanted, limit=MOST_ENTRIES)]
    title = f"{said(lang, 'Changes')} · {said(lang, 'ANTARA Regional Archive')}"
    name = "changes?" if asked.params else "changes"
    return _feed(request, name, title, "/changes", asked.params, entries)


def _feed(
    request: Request,
    name: str,
    title: str,
    page: str,
    params: Mapping[str, str],
    entries: Sequence[Entry],
) -> Response:
    """Return a feed, identified at every address by its name; `page` shows the same."""
    lang = rendering.language(request.query_params)
    text = rendering.rendered(
        "feed.xml",
        name=name + urlencode(sorted(params.items()), errors="replace"),
        title=title,
        base=str(request.base_url).rstrip("/"),
        address=str(request.url),
        page=rendering.link(lang, page, params),
        lang=lang,
        updated=max((each.updated for each in entries), default=_NEVER),
        entries=entries,
    )
    return Response(_NO_XML.sub("\ufffd", text), media_type="application/atom+xml")


def _article(hit: Hit, article: StoredArticle, lang: str) -> Entry:
    path = rendering.address(hit)
    return Entry(
        name=path[1:],
        title=hit.title or said(lang, "(no title)"),
        path=rendering.link(lang, path),
        updated=article.modified_at or article.published_at or article.first_seen_at,
        published=hit.published_at,
        summary="".join(piece.text for piece in hit.snippet)
        or "".join(article.paragraphs[:1])[:_SUMMARY],
        authors=hit.reporters,
        categories=tuple(filter(None, (hit.section, *article.tags))),
        source=rendering.web_url(hit.url),
    )


def _change(change: ChangeView, lang: str) -> Entry:
    what = ", ".join(named(lang, "kind", kind) for kind in change.kinds)
    what = what or named(lang, "event", change.event)
    path, revisions = rendering.address(change), {}
    if change.from_revision and change.to_revision:
        path, revisions = f"{path}/diff", {"from": change.from_revision, "to": change.to_revision}
    lines = (
        " ".join(IN_BRACKETS[piece.side].format(piece.text) for piece in each.pieces)
        for each in change.difference
    )
    return Entry(
        name=f"{change.name}/{change.event}/{change.happened_at.isoformat()}",
        title=f"[{what}] {change.title or '–'}",
        path=rendering.link(lang, path, revisions),
        updated=change.confirmed_at or change.happened_at,
        published=change.happened_at,
        content="\n".join(lines) or what,
        authors=(f"ANTARA ({change.portal})",),
        categories=change.kinds or (change.event,),
        source=rendering.web_url(change.url),
    )


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
    wrong = Counter((each.kind, each.portal or "") for each in findings)
    families: tuple[tuple[str, str, str, Mapping[Any, int]], ...] = (
        ("articles", "Articles held", "portal", {(n or "",): c for n, c in held.by_portal}),
        ("pages_queued", "Pages that wait to be asked for", "", {(): held.queued}),
        ("pages_failed", "Pages that failed or are unreadable", "", {(): held.failed}),
        ("database_bytes", "Size of the database", "", {(): held.size_bytes}),
        ("last_crawl_timestamp_seconds", "When the last crawl of a portal ended", "portal", times),
        ("last_crawl_exit_status", "How it ended", "portal", exits),
        ("health_findings", "What goes wrong, by scrapy health", "kind portal", wrong),
    )
    for name, what, labels, values in families:
        yield f"# HELP antara_{name} {what}.\n# TYPE antara_{name} gauge\n"
        for of, value in values.items():
            told = ",".join(f'{k}="{_escaped(v)}"' for k, v in zip(labels.split(), of, strict=True))
            yield f"antara_{name}{f'{{{told}}}' if told else ''} {value}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
