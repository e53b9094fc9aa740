"""The page of changes and its Atom feed: what became of articles after they were published."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import Response

from antara_crawler.archive import ChangeView
from antara_crawler.archive.read.changes import KIND_NAMES, Wanted
from antara_crawler.citing import source_of
from antara_crawler.text.differences import Change
from antara_crawler.web import asking, rendering
from antara_crawler.web.messages import say
from antara_crawler.web.reader import reader_of

PER_PAGE = 20
IN_FEED = 50
_KINDS = (*KIND_NAMES, "gone")
_ATOM = "http://www.w3.org/2005/Atom"
_AROUND = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
_TAG = "tag:antara-crawler,2026:"
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)


def changes(request: Request) -> Response:
    """A page of changes, the latest first."""
    reader = reader_of(request)
    wanted, params, faults = _asked(request)
    number = asking.number(request.query_params, "page", 1, asking.MOST_PAGES, faults) or 1
    total = 0 if faults else reader.archive.count_changes(wanted)
    offset = (number - 1) * PER_PAGE
    found = [] if faults else reader.archive.changes(wanted, limit=PER_PAGE, offset=offset)
    feed = rendering.link(rendering.language(request.query_params), "/changes.atom", params)
    return rendering.page(
        request,
        "changes.html",
        422 if faults else 200,
        changes=found,
        total=total,
        number_of_page=number,
        pages=min(-(-total // PER_PAGE), asking.MOST_PAGES),
        params=params,
        faults=faults,
        kinds=_KINDS,
        feed=feed,
        overview=reader.overview(),
        source_of=source_of,
    )


def feed(request: Request) -> Response:
    """The latest changes as an Atom feed; an entry keeps its id for good."""
    wanted, params, faults = _asked(request)
    if faults:
        return Response("400: see /changes for what may be asked\n", 400, media_type="text/plain")
    found = reader_of(request).archive.changes(wanted, limit=IN_FEED)
    lang = rendering.language(request.query_params)
    body = tostring(_feed(request, lang, params, found), encoding="utf-8", xml_declaration=True)
    return Response(body, media_type="application/atom+xml")


def _asked(request: Request) -> tuple[Wanted, dict[str, str], list[asking.Fault]]:
    """Return the changes that an address asks for, the parameters that are set, and its faults."""
    given = request.query_params
    names = ("portal", "since", "until")
    asked = asking.read({name: given.get(name, "") for name in names})
    asked = asking.checked(asked, reader_of(request).archive)
    faults = list(asked.faults)
    kind = given.get("kind", "").strip() or None
    if kind is not None and kind not in _KINDS:
        faults.append(asking.Fault("bad_choice", "kind"))
        kind = None
    filters = asked.filters
    gone = kind == "gone"
    wanted = Wanted(filters.since, filters.until, filters.portal, None if gone else kind, gone)
    return wanted, {**asked.params, **({"kind": kind} if kind else {})}, faults


def _feed(
    request: Request, lang: str, params: dict[str, str], found: Sequence[ChangeView]
) -> Element:
    base = str(request.base_url).rstrip("/")
    root = Element("feed", xmlns=_ATOM)
    root.set("xml:lang", lang)
    asked = urlencode(sorted(params.items()))
    _text(root, "id", f"{_TAG}changes?{asked}" if asked else f"{_TAG}changes")
    _text(root, "title", f"{say(lang, 'changes')} · {say(lang, 'name')}")
    latest = max((each.confirmed_at or each.happened_at for each in found), default=_NEVER)
    _text(root, "updated", _rfc3339(latest))
    SubElement(root, "link", rel="self", href=base + rendering.link(lang, request.url.path, params))
    SubElement(root, "link", rel="alternate", href=base + rendering.link(lang, "/changes", params))
    for change in found:
        _entry(SubElement(root, "entry"), lang, base, change)
    return root


def _entry(entry: Element, lang: str, base: str, change: ChangeView) -> None:
    moment = _rfc3339(change.happened_at)
    _text(entry, "id", f"{_TAG}{change.name}/{change.event}/{change.happened_at.isoformat()}")
    what = ", ".join(say(lang, f"kind_{kind}") for kind in change.kinds)
    what = what or say(lang, f"event_{change.event}")
    _text(entry, "title", f"[{what}] {change.title or '–'}")
    _text(entry, "updated", _rfc3339(change.confirmed_at) if change.confirmed_at else moment)
    _text(entry, "published", moment)
    _text(SubElement(entry, "author"), "name", f"ANTARA ({change.portal})")
    place = f"/articles/{change.id}"
    if change.from_revision and change.to_revision:
        revisions = {"from": change.from_revision, "to": change.to_revision}
        href = rendering.link(lang, f"{place}/diff", revisions)
    else:
        href = rendering.link(lang, place)
    SubElement(entry, "link", rel="alternate", href=base + href)
    if url := rendering.web_url(change.url):
        SubElement(entry, "link", rel="via", href=url)
    for kind in change.kinds or (change.event,):
        SubElement(entry, "category", term=kind)
    _text(entry, "content", "\n".join(map(_line, change.difference)) or what)


def _line(change: Change) -> str:
    return " ".join(_AROUND[piece.side].format(piece.text) for piece in change.pieces)


def _text(parent: Element, name: str, text: str) -> None:
    """Add an element with text, without what XML cannot hold."""
    SubElement(parent, name).text = "".join(
        sign for sign in text if sign in "\n\t" or (sign >= " " and sign not in "\ufffe\uffff")
    )


def _rfc3339(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
