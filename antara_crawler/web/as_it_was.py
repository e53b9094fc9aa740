"""Shows a stored page as it was, from its raw record: nothing in it runs, loads or leads away.

Its Content-Security-Policy sees to that, whatever the page holds; what would be forbidden is
taken out as well.
"""

import re

from lxml.etree import strip_elements, tostring
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from antara_crawler.archive import CaptureView, StoredArticle
from antara_crawler.archive.read.fetches import sources
from antara_crawler.dates import local
from antara_crawler.errors import BrokenCapture, DamagedBody, UnreadablePage
from antara_crawler.pages.decoding import decode
from antara_crawler.pages.tree import LARGEST, Tree
from antara_crawler.warc.reading import read_capture
from antara_crawler.warc.records.codings import body_of
from antara_crawler.web import guard, rendering
from antara_crawler.web.reader import reader_of

HARMLESS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none';"
        " base-uri 'none'; frame-ancestors 'self'; sandbox"
    ),
    "X-DNS-Prefetch-Control": "off",
}
UNREADABLE = (BrokenCapture, DamagedBody, UnreadablePage)
_MOST_BYTES = 4 * LARGEST
_TAKEN_OUT = (
    *("script", "noscript", "template", "base", "link", "meta", "title"),
    *("iframe", "frame", "object", "embed", "applet", "audio", "video"),
)
_KEPT = frozenset(
    (
        *("class", "id", "style", "lang", "dir", "title", "alt", "width", "height", "align"),
        *("valign", "colspan", "rowspan", "bgcolor", "border", "cellpadding", "cellspacing"),
        *("color", "face", "size", "type", "value", "datetime", "start", "hidden", "open"),
    )
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.I)


def capture_of(request: Request, article: StoredArticle) -> CaptureView:
    """Return the fetch that the path names; raise HTTPException where the article has none such."""
    for view in article.captures:
        if str(view.id) == request.path_params["capture"]:
            return view
    raise HTTPException(404)


def page(request: Request, found: StoredArticle) -> Response:
    """The stored page in a frame, under a banner that says when and whence it is."""
    view = capture_of(request, found)
    try:
        _document(request, view)
    except UNREADABLE as error:
        return rendering.page(request, "error.html", 404, name="capture", detail=str(error))
    at = local(view.captured_at, found.portal)
    answer = rendering.page(request, "as_it_was.html", article=found, view=view, captured_at=at)
    policy = "Content-Security-Policy"
    answer.headers[policy] = f"{guard.HEADERS[policy]}; frame-src 'self'"
    return answer


def frame(request: Request, found: StoredArticle) -> Response:
    """The stored page alone, as it stands in the frame."""
    try:
        document = _document(request, capture_of(request, found))
    except UNREADABLE as error:
        raise HTTPException(404) from error
    return HTMLResponse(document, headers=HARMLESS)


def _document(request: Request, view: CaptureView) -> str:
    reader = reader_of(request)
    source = sources(reader.archive, [view.id]).get(view.id)
    exchange = read_capture(reader.captures, view, lambda _: source)
    declared = _CHARSET.search(exchange.header("Content-Type") or "")
    text = decode(body_of(exchange, _MOST_BYTES), declared and declared[1])
    return harmless(text, view.url)


def harmless(html: str, url: str) -> str:
    """Return a page with its texts and its own styles, and without what acts, loads or leads away.

    The address of a link becomes its title. Raises UnreadablePage for what cannot be parsed.
    """
    root = Tree(html, url).root
    strip_elements(root, *_TAKEN_OUT, with_tail=False)
    for element in root.iter():
        kept = element.attrib
        if element.tag == "a" and "href" in kept and "title" not in kept:
            kept["title"] = kept["href"]
        for name in list(kept):
            is_data = element.tag == "img" and name == "src" and kept[name].startswith("data:")
            if name not in _KEPT and not is_data:
                del kept[name]
    return "<!doctype html>" + tostring(root, encoding="unicode", method="html")
