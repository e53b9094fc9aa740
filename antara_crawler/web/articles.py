"""The pages of one article: its text, what changed between its revisions, its raw captures."""

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from antara_crawler.archive import CaptureView, RevisionView, StoredArticle
from antara_crawler.citing import DATA, STYLES, Source, meta_tags, news_article, source_of
from antara_crawler.errors import BrokenCapture
from antara_crawler.text import differences
from antara_crawler.text.changes import kinds_of_change
from antara_crawler.warc.reading import stored_record
from antara_crawler.web import asking, rendering
from antara_crawler.web.reader import reader_of

_GZIP = b"\x1f\x8b"


def article(request: Request) -> Response:
    """One article: the revision asked for, or the one it shows."""
    reader, found = reader_of(request), _article(request)
    shown = _revision(request, found, "revision", found.revision)
    cited = Source.of(found, reader.now())
    return rendering.page(
        request,
        "article.html",
        article=found,
        shown=shown,
        current=shown.number == found.revision,
        source=source_of(found.portal),
        styles={name: write(cited) for name, write in STYLES.items()},
        meta_tags=tuple(meta_tags(cited)),
        news_article=news_article(cited, found),
    )


def by_identity(request: Request) -> Response:
    """Lead from an article's identity (portal, kind, number) to its page in this archive."""
    place = request.path_params
    found = reader_of(request).archive.article(f"{place['portal']}/{place['kind']}/{place['n']}")
    if found is None:
        raise HTTPException(404)
    lang = rendering.language(request.query_params)
    return RedirectResponse(rendering.link(lang, f"/articles/{found.id}"), 303)


def difference(request: Request) -> Response:
    """What changed from one revision of an article to another."""
    found = _article(request)
    new = _revision(request, found, "to", found.revision)
    old = _revision(request, found, "from", max(1, new.number - 1))
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


def citation(request: Request) -> Response:
    """The citation of an article as data for a program; always a download."""
    found = _article(request)
    form = DATA.get(request.path_params["form"])
    if form is None:
        raise HTTPException(404)
    cited = Source.of(found, reader_of(request).now())
    name = f"{_stem(found)}.{form.ending}"
    return Response(
        form.write(cited),
        media_type=form.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def capture(request: Request) -> Response:
    """The raw record of one fetch, as it lies in the capture file; always a download."""
    found = _article(request)
    wanted = request.path_params["capture"]
    view = next((each for each in found.captures if str(each.id) == wanted), None)
    if view is None:
        raise HTTPException(404)
    try:
        raw, _ = stored_record(reader_of(request).captures, view)
    except BrokenCapture as error:
        return rendering.page(request, "error.html", 404, name="capture", detail=str(error))
    name = _file_name(found, view, raw)
    return Response(
        raw,
        media_type="application/warc",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _article(request: Request) -> StoredArticle:
    number = request.path_params["id"]
    if number.isascii() and number.isdecimal() and len(number) <= 19:
        row = int(number)
        found = reader_of(request).archive.article(row) if row <= asking.LARGEST else None
        if found is not None:
            return found
    raise HTTPException(404)


def _revision(request: Request, article: StoredArticle, name: str, otherwise: int) -> RevisionView:
    wanted = request.query_params.get(name) or str(otherwise)
    for revision in article.revisions:
        if str(revision.number) == wanted:
            return revision
    raise HTTPException(404)


def _file_name(article: StoredArticle, view: CaptureView, raw: bytes) -> str:
    """Return a name of letters, digits, '-' and '.', whatever the archive's values hold."""
    stem = f"{_stem(article)}-{view.captured_at:%Y%m%dT%H%M%SZ}"
    return stem + (".warc.gz" if raw[:2] == _GZIP else ".warc")


def _stem(article: StoredArticle) -> str:
    number = article.article_id or article.id
    return re.sub(r"[^A-Za-z0-9-]", "_", f"{article.portal}-{article.kind}-{number}")
