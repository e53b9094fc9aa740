"""The Atom feed of a search: what fits it, the newest first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from antara_crawler.archive import Hit
from antara_crawler.web import asking, atom, pages, rendering
from antara_crawler.web.reader import reader_of
from antara_crawler.wording import said

MOST_ENTRIES = 50
_NAMES = ("portal", "kind", "article_id", "url", "title")
_SUMMARY = 600
"""Characters of a first paragraph."""


def search(request: Request) -> Response:
    """The newest articles that fit a search; where it has faults, the page that names them."""
    reader, lang = reader_of(request), rendering.language(request.query_params)
    asked = asking.checked(asking.read(request.query_params), reader.archive)
    if asked.faults:
        return pages.search(request)
    found = reader.archive.search(
        asked.query, asked.filters, order="date", limit=MOST_ENTRIES, facets=False
    )
    records = reader.archive.records_of([hit.id for hit in found.hits])
    held = {tuple(record[name] for name in _NAMES): record for record in records}
    entries = [
        _entry(hit, held[key], lang)
        for hit in found.hits
        if (key := tuple(getattr(hit, name) for name in _NAMES)) in held
    ]
    params = {name: value for name, value in asked.params.items() if name != "order"}
    words = [asked.query, *(value for name, value in params.items() if name != "q")]
    return atom.feed(
        request,
        name="search?" + urlencode(sorted(params.items()), errors="replace"),
        title=" · ".join([said(lang, "ANTARA Regional Archive"), *filter(None, words)]),
        page=rendering.link(lang, "/", params),
        lang=lang,
        entries=entries,
    )


def _entry(hit: Hit, record: Mapping[str, Any], lang: str) -> atom.Entry:
    changed = record["modified_at"] or record["published_at"] or record["first_seen_at"]
    path = rendering.address(hit)
    first = "".join(record["paragraphs"][:1])
    return atom.Entry(
        name=path[1:],
        title=hit.title or said(lang, "(no title)"),
        path=rendering.link(lang, path),
        updated=datetime.fromisoformat(changed),
        published=hit.published_at,
        summary="".join(piece.text for piece in hit.snippet) or first[:_SUMMARY],
        authors=hit.reporters,
        categories=tuple(filter(None, (hit.section, *record["tags"]))),
        source=rendering.web_url(hit.url),
    )
