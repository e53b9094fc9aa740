"""The pages of one article: its text, its changes, its raw captures, its stored page as it was.

A stored page runs, loads and leads away nothing: its Content-Security-Policy sees to that,
whatever the page holds; what would be forbidden is taken out as well.
"""

import re
from collections.abc import Callable, Iterator

from lxml.etree import strip_elements, tostring
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from antara_crawler.archive import CaptureView, RevisionView, StoredArticle
from antara_crawler.archive.read.fetches import sources
from antara_crawler.citing.data import DATA, meta_tags, news_article
from antara_crawler.citing.source import STYLES, Source
from antara_crawler.dates import local
from antara_crawler.errors import BrokenCapture, DamagedBody, UnreadablePage
from antara_crawler.pages.decoding import decode
from antara_crawler.pages.tree import LARGEST, Tree
from antara_crawler.text import differences
from antara_crawler.text.changes import kinds_of_change
from antara_crawler.warc.reading import read_capture, stored_record
from antara_crawler.warc.records.codings import body_of
from antara_crawler.web import rendering, schemas, security
from antara_crawler.web.reader import reader_of

Answer = Callable[[Request, StoredArticle], Response]

_GZIP = b"\x1f\x8b"
_BASES = ("/articles/{row}", "/articles/{portal}/{kind}/{n}", "/{portal}/{kind}/{n}")
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


def routes() -> Iterator[Route]:
    """Yield the routes of an article's pages; put them last, since the last ones fit much.

    An article's address is its identity, as /kalsel/berita/40692, and other forms lead there. A
    row number is the address only of what was imported without one of the portal.
    """
    for base in _BASES:
        for rest, answer in (
            ("", article),
            ("/diff", difference),
            ("/captures/{capture}", capture),
            ("/captures/{capture}/page", page),
            ("/captures/{capture}/frame", frame),
            ("/cite/{form}", citation),
            ("/{revision}", article),
        ):
            yield Route(base + rest, _at_its_address(answer, base.count("/") + 1))


def _at_its_address(answer: Answer, depth: int) -> Callable[[Request], Response]:
    """Return what answers for an article, named by the first `depth` parts of the path."""

    def answered(request: Request) -> Response:
        found, params = _article(request), dict(request.query_params)
        rest = request.url.path.split("/")[depth:] or [params.pop("revision", "")]
        place = "/".join([rendering.address(found), *filter(None, rest)])
        if place != request.url.path:
            lang = rendering.language(params)
            return RedirectResponse(rendering.link(lang, place, params), 301)
        return answer(request, found)

    return answered


def article(request: Request, found: StoredArticle) -> Response:
    """One article: the revision asked for, or the one it shows."""
    shown = _revision(found, request.path_params.get("revision"), found.revision)
    cited = _cited(request, found, shown)
    return rendering.page(
        request,
        "article.html",
        article=found,
        shown=shown,
        current=shown.number == found.revision,
        styles={name: write(cited) for name, write in STYLES.items()},
        meta_tags=tuple(meta_tags(cited)),
        news_article=news_article(cited, found),
    )


def difference(request: Request, found: StoredArticle) -> Response:
    """What changed from one revision of an article to another."""
    new = _revision(found, request.query_params.get("to"), found.revision)
    old = _revision(found, request.query_params.get("from"), max(1, new.number - 1))
    return rendering.page(
        request,
        "difference.html",
        article=found,
        old=old,
        new=new,
        title=differences.compare_words(old.title or "", new.title or ""),
        changes=differences.compare(old.paragraphs, new.paragraphs),
        kinds=kinds_of_change(old.title, old.paragraphs, new.title, new.paragraphs),
    )


def citation(request: Request, found: StoredArticle) -> Response:
    """The citation of an article as data for a program; always a download."""
    form = DATA.get(request.path_params["form"])
    if form is None:
        raise HTTPException(404)
    wanted = _revision(found, request.query_params.get("revision"), found.revision)
    cited = _cited(request, found, wanted)
    return _file(form.write(cited), form.media_type, f"{_stem(found)}.{form.ending}")


def _file(content: str | bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def _cited(request: Request, article: StoredArticle, shown: RevisionView) -> Source:
    earlier = shown if shown.number != article.revision else None
    return Source.of(article, reader_of(request).now(), earlier)


def capture(request: Request, found: StoredArticle) -> Response:
    """The raw record of one fetch, as it lies in the capture file; always a download."""
    view = capture_of(request, found)
    try:
        raw, _ = stored_record(reader_of(request).captures, view)
    except BrokenCapture as error:
        return rendering.page(request, "error.html", 404, name="capture", detail=str(error))
    ending = "warc.gz" if raw[:2] == _GZIP else "warc"
    name = f"{_stem(found)}-{view.captured_at:%Y%m%dT%H%M%SZ}.{ending}"
    return _file(raw, "application/warc", name)


def _article(request: Request) -> StoredArticle:
    place, archive = request.path_params, reader_of(request).archive
    number = place.get("row") or place["n"]
    if number.isascii() and number.isdecimal() and len(number) <= 19:
        row = int(number) if int(number) <= schemas.LARGEST else 0
        found = archive.article(row if "row" in place else "{portal}/{kind}/{n}".format(**place))
        if found is not None:
            return found
    raise HTTPException(404)


def _revision(article: StoredArticle, wanted: str | None, otherwise: int) -> RevisionView:
    for revision in article.revisions:
        if str(revision.number) == (wanted or str(otherwise)):
            return revision
    raise HTTPException(404)


def _stem(article: StoredArticle) -> str:
    """Return a name of letters, digits, '-' and '_', whatever the archive's values hold."""
    number = article.article_id or article.id
    return re.sub(r"[^A-Za-z0-9-]", "_", f"{article.portal}-{article.kind}-{number}")


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
    answer.headers[policy] = f"{security.HEADERS[policy]}; frame-src 'self'"
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
