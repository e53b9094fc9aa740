"""Writes Atom feeds (RFC 4287): whatever a text holds, a feed stays well-formed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from starlette.requests import Request
from starlette.responses import Response

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = "tag:antara-crawler,2026:"
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)
_AUTHOR = "ANTARA"

register_namespace("", _NAMESPACE)


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


def feed(
    request: Request, *, name: str, title: str, page: str, lang: str, entries: Sequence[Entry]
) -> Response:
    """Return a feed as an answer.

    `name` identifies it at every address; `page` is the path of the page that shows the same.
    """
    base = str(request.base_url).rstrip("/")
    root = Element(_of("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": lang})
    _text(root, "id", _TAG + name)
    _text(root, "title", title)
    _text(root, "updated", _moment(max((each.updated for each in entries), default=_NEVER)))
    _link(root, "self", _clean(str(request.url)), MEDIA_TYPE)
    _link(root, "alternate", base + page, "text/html")
    _text(SubElement(root, _of("author")), "name", _AUTHOR)
    for each in entries:
        _entry(SubElement(root, _of("entry")), each, base)
    return Response(tostring(root, "utf-8", xml_declaration=True), media_type=MEDIA_TYPE)


def _entry(element: Element, entry: Entry, base: str) -> None:
    _text(element, "id", _TAG + entry.name)
    _text(element, "title", entry.title)
    _text(element, "updated", _moment(entry.updated))
    if entry.published:
        _text(element, "published", _moment(entry.published))
    _link(element, "alternate", base + entry.path, "text/html")
    if entry.source:
        _link(element, "via", _clean(entry.source), "text/html")
    for name in entry.authors:
        _text(SubElement(element, _of("author")), "name", name)
    for term in entry.categories:
        SubElement(element, _of("category"), {"term": _clean(term)})
    for tag, text in (("summary", entry.summary), ("content", entry.content)):
        if text:
            _text(element, tag, text)


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, _of(tag)).text = _clean(text)


def _link(parent: Element, relation: str, address: str, media_type: str) -> None:
    SubElement(parent, _of("link"), {"rel": relation, "href": address, "type": media_type})


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _of(tag: str) -> str:
    return f"{{{_NAMESPACE}}}{tag}"


def _clean(text: str) -> str:
    """Return the text without characters that XML has no way to write."""
    return _NO_XML.sub("\ufffd", text)
