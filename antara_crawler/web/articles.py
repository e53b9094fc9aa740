"""The pages of one article: its text, what changed between its revisions, its raw captures."""

import re
from collections.abc import Callable, Iterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from antara_crawler.archive import RevisionView, StoredArticle
from antara_crawler.citing import DATA, STYLES, Source, meta_tags, news_article
from antara_crawler.errors import BrokenCapture
from antara_crawler.text import differences
from antara_crawler.text.changes import kinds_of_change
from antara_crawler.warc.reading import stored_record
from antara_crawler.web import as_it_was, asking, rendering
from antara_crawler.web.reader import reader_of

Answer = Callable[[Request, StoredArticle], Response]

_GZIP = b"\x1f\x8b"
_BASES = ("/articles/{row}", "/articles/{portal}/{kind}/{n}", "/{portal}/{kind}/{n}")


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
            ("/captures/{capture}/page", as_it_was.page),
            ("/captures/{capture}/frame", as_it_was.frame),
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
    view = as_it_was.capture_of(request, found)
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
        row = int(number) if int(number) <= asking.LARGEST else 0
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
