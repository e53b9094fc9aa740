"""The page of changes and its Atom feed: what became of articles after they were published."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from antara_crawler.archive import ChangeView
from antara_crawler.archive.read.changes import KIND_NAMES, Wanted
from antara_crawler.citing import source_of
from antara_crawler.text.differences import IN_BRACKETS, Change
from antara_crawler.web import asking, atom, rendering
from antara_crawler.web.messages import named
from antara_crawler.web.reader import reader_of
from antara_crawler.wording import said

PER_PAGE = 20
IN_FEED = 50
_KINDS = (*KIND_NAMES, "gone")


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
    asked = urlencode(sorted(params.items()))
    return atom.feed(
        request,
        name=f"changes?{asked}" if asked else "changes",
        title=f"{said(lang, 'Changes')} · {said(lang, 'ANTARA Regional Archive')}",
        page=rendering.link(lang, "/changes", params),
        lang=lang,
        entries=[_entry(lang, change) for change in found],
    )


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


def _entry(lang: str, change: ChangeView) -> atom.Entry:
    what = ", ".join(named(lang, "kind", kind) for kind in change.kinds)
    what = what or named(lang, "event", change.event)
    path = rendering.address(change)
    if change.from_revision and change.to_revision:
        revisions = {"from": change.from_revision, "to": change.to_revision}
        path = rendering.link(lang, f"{path}/diff", revisions)
    else:
        path = rendering.link(lang, path)
    return atom.Entry(
        name=f"{change.name}/{change.event}/{change.happened_at.isoformat()}",
        title=f"[{what}] {change.title or '–'}",
        path=path,
        updated=change.confirmed_at or change.happened_at,
        published=change.happened_at,
        content="\n".join(map(_line, change.difference)) or what,
        authors=(f"ANTARA ({change.portal})",),
        categories=change.kinds or (change.event,),
        source=rendering.web_url(change.url),
    )


def _line(change: Change) -> str:
    return " ".join(IN_BRACKETS[piece.side].format(piece.text) for piece in change.pieces)
