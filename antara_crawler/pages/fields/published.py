"""When an article was published: which place of its page is believed, and why."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from lxml.etree import _Element

from antara_crawler.pages.blocks.block import Block
from antara_crawler.pages.fields.dates import (
    Stamp,
    beside_change,
    find_date,
    is_date,
    of_change,
    read_date,
    with_clock,
)
from antara_crawler.pages.fields.metadata import Metadata
from antara_crawler.pages.found.hints import read_age
from antara_crawler.pages.found.marked import is_its_own, is_publication, marked_dates
from antara_crawler.pages.lines.walk import lines_of
from antara_crawler.pages.style.cards import is_in_caption
from antara_crawler.pages.templates import Template
from antara_crawler.pages.tree import Tree
from antara_crawler.portals import Portal
from antara_crawler.text import tidy
from antara_crawler.wording import sentence

_MOST_PLACES = 20
_MOST_PIECES = 200
_OLDEST = datetime(1996, 1, 1, tzinfo=UTC)
_FARTHEST = timedelta(days=366)
_COUNTRY = frozenset(timedelta(hours=hours) for hours in (7, 8, 9))
_LIKE_A_DATE = re.compile(r"\b(?:19|20)\d\d\b|\d[/.-]\d|\b\d{1,2}\s+[^\W\d]{3,9}\b|\d:\d\d")
_READING_TIME = re.compile(r"\b(?:baca|read(?:ing)?|views?|dilihat|kali)\b", re.I)
_SAYS_PUBLISHED = re.compile(
    r"(?:tanggal|(?:di)?(?:terbit|publikasi|posting|tayang|unggah)(?:kan)?|published|posted|date)"
    r"(?: (?:pada|terbit|on))?\s*[:|]?\s*(?=[^:]{0,15}\d)",
    re.I,
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "title"})
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Published:
    """The date decided on; where that is not simply what was shown, the text shown, and why."""

    at: datetime | None
    text: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Shown:
    text: str
    stamp: Stamp | None


def published(
    tree: Tree,
    template: type[Template],
    metadata: Metadata,
    body: _Element,
    portal: Portal,
    lines: Sequence[str] = (),
) -> Published:
    """Return when the page says that it was published, with its own offset.

    Believed are, in this order, the page's metadata and the date in its own place: never
    another date of the page, since that is today's, a caption's or another article's. A date
    without a zone is on the portal's clock. Where the two differ metadata win, with these
    exceptions: of another article, or over a year off, they cannot be meant; at the same hour in
    two zones the one that the portal's own clock confirms is right; and no page of this country
    shows the hour of UTC, so there an offset of zero is a program's and no zone.

    `lines` are those of the article's head that are a date and nothing else; one with a time
    of day is the date shown where no other place shows one.
    """
    shown = _shown(tree, template, body, portal.zone)
    if shown is None or (shown.stamp is not None and not shown.stamp.timed):
        shown = _first_timed(lines, portal.zone, shown) or shown
    told = (
        stamp
        for text in _told(tree, template, metadata, body)
        if (stamp := find_date(text, portal.zone)) and stamp.moment >= _OLDEST
    )
    if shown is None or shown.stamp is None:
        return _by_metadata(next(told, None), shown, template)
    first: Stamp | None = None
    for stamp in told:
        first = first or stamp
        if agreed := _agreed(stamp, shown.stamp, portal):
            return _with_label(agreed, shown.stamp, shown.text, portal)
    differs = first is not None and first.moment.date() != shown.stamp.moment.date()
    if (metadata.is_doubtful and differs) or (metadata.is_anothers and first is None):
        anothers = sentence("metadata are those of another article: not followed")
        return Published(shown.stamp.moment, shown.text, anothers)
    if first is None:
        found = Published(shown.stamp.moment, None, _untimed(shown.stamp))
        return _with_label(found, shown.stamp, shown.text, portal)
    moment = first.moment
    says = f"metadata say {moment.isoformat()}"
    if abs(moment - shown.stamp.moment) > _FARTHEST:
        return Published(shown.stamp.moment, shown.text, f"{says}, over a year off: not followed")
    return Published(moment, shown.text, f"{says}: followed")


def dates_shown(
    over: Sequence[Block], head: Sequence[Block], below: Sequence[Block], zone: str
) -> list[str]:
    """Return the lines that may be the date of publication: of the `head`, from the headline on,
    and behind its foot of the same day; else, or where these tell of a change alone, right `over`
    it, as today's stands farther off, and those behind its foot that say so.
    """
    near = [block for block in over if block.kind != "caption"][-2:]
    own = [*takewhile(lambda block: block.kind not in {"copyright", "notice"}, head)]
    rest = [block for block in (*head[len(own) :], *below) if block.reason != "related"]
    found = dates_in(own)
    days = {_day(text, zone) for text in found}
    found += [text for text in dates_in(rest) if _day(text, zone) in days]
    if not any(map(beside_change, found)):
        found = [*dates_in(near), *found, *(b.text for b in rest if _SAYS_PUBLISHED.match(b.text))]
    return found


def _day(text: str, zone: str) -> date | None:
    stamp = find_date(text, zone)
    return stamp.moment.date() if stamp else None


def modified_at(
    metadata: Metadata, lines: Iterable[str], zone: str, published: datetime | None
) -> datetime | None:
    """Return when the page's metadata, else one of the `lines` of its head, say that it was last
    changed, or None.

    Nothing changes a day before it is published.
    """
    first = published - timedelta(days=1) if published else _OLDEST
    texts = (*metadata.modified, *filter(None, map(of_change, lines)))
    dates = (read_date(text, zone) for text in texts)
    return next((date for date in dates if date and date >= first), None)


def _by_metadata(told: Stamp | None, shown: _Shown | None, template: type[Template]) -> Published:
    at = told.moment if told else None
    if shown and read_age(shown.text) is None:
        return Published(at, shown.text, f"{shown.text!r} is no date that can be read")
    if at is None and shown:
        return Published(None, shown.text, f"{shown.text!r} says no day")
    if at is None:
        places = ", ".join((*template.date, *template.date_room)) or "the page"
        return Published(None, None, f"none at {places}, none in the metadata")
    return Published(at, None, _untimed(told) if told else None)


def _agreed(told: Stamp, shown: Stamp, portal: Portal) -> Published | None:
    """Return what metadata and the date shown say together; None when they differ."""
    a, b = told.moment, shown.moment
    if a.replace(second=0) == b.replace(second=0):
        return Published(a if a.utcoffset() in _COUNTRY else b.replace(second=a.second))
    if not told.timed and a.date() == b.date():
        return Published(b, None, _untimed(shown))
    if not shown.timed and a.date() == b.date():
        return Published(a)
    if a.replace(tzinfo=None, second=0) != b.replace(tzinfo=None, second=0):
        return None
    as_shown = b.replace(second=a.second)
    if told.zone is None:
        return Published(as_shown)
    believes_shown = a.utcoffset() not in _COUNTRY or (
        shown.zone is not None and b.utcoffset() == _offset(portal, b)
    )
    if believes_shown:
        note = sentence(
            f"metadata say {told.zone} at the same hour: the portal's {portal.zone_label} was"
            " followed"
        )
        return Published(as_shown, None, note)
    note = sentence(f"metadata say {told.zone} at the same hour: they were followed")
    return Published(a, None, note)


def _untimed(stamp: Stamp) -> str | None:
    return None if stamp.timed else sentence("no time of day is said: midnight was taken")


def _with_label(found: Published, shown: Stamp, text: str, portal: Portal) -> Published:
    """Add what was shown where there is a note, or where its zone is not the portal's."""
    if found.note:
        return Published(found.at, text, found.note)
    if shown.zone is None or shown.moment.utcoffset() == _offset(portal, shown.moment):
        return found
    if found.at is None or found.at != shown.moment.replace(second=found.at.second):
        return found
    note = sentence(
        f"the page says {shown.zone}, the portal keeps {portal.zone_label}: the page was followed"
    )
    return Published(found.at, text, note)


def _offset(portal: Portal, moment: datetime) -> timedelta | None:
    return ZoneInfo(portal.zone).utcoffset(moment.replace(tzinfo=None))


def _told(
    tree: Tree, template: type[Template], metadata: Metadata, body: _Element
) -> Iterator[str]:
    yield from metadata.published
    marked = tree.all("time[itemprop=datePublished]", *template.date)
    for element in islice(marked, _MOST_PLACES):
        said = [t.get("datetime") or "" for t in filter(is_publication, element.iter("time"))]
        if any(said) and is_its_own(element, body):
            yield from filter(None, map(tidy, said))
    yield from marked_dates(tree, body)


def _shown(tree: Tree, template: type[Template], body: _Element, zone: str) -> _Shown | None:
    """Return the date in its own place; without a stamp when what stands there is none.

    The first place that shows what is meant as a date decides, readable or not.
    """
    age: _Shown | None = None
    for element in islice(tree.all(*template.date), _MOST_PLACES):
        if not (is_its_own(element, body) and is_publication(element)):
            continue
        texts = list(map(beside_change, _texts(element)))
        texts = [with_clock(texts, place) for place in range(len(texts))]
        for text in texts:
            if stamp := find_date(text, zone):
                return _Shown(text[:_LONGEST], stamp)
        for text in texts:
            if read_age(text) is not None:
                age = age or _Shown(text[:_LONGEST], None)
            elif _LIKE_A_DATE.search(text) and not _READING_TIME.search(text):
                return _Shown(text[:_LONGEST], None)
    for text in _date_lines(tree, template):
        return _Shown(text, find_date(text, zone))
    return age


def _first_timed(lines: Sequence[str], zone: str, of: _Shown | None) -> _Shown | None:
    """Return the first of the lines with a time of day; where a day is shown, `of` that day."""
    day = of.stamp.moment.date() if of and of.stamp else None
    for text in lines:
        stamp = find_date(beside_change(text), zone)
        if stamp and stamp.timed and day in {None, stamp.moment.date()}:
            return _Shown(text[:_LONGEST], stamp)
    return None


def dates_in(blocks: Sequence[Block]) -> list[str]:
    """Return the blocks' lines that are dates, each with the time of day that stands beside it."""
    texts = [block.text for block in blocks]
    return [with_clock(texts, n) for n, block in enumerate(blocks) if block.kind == "date"]


def _texts(element: _Element) -> list[str]:
    """Return the lines in an element; most hold one text and nothing else."""
    while len(element) == 1 and isinstance(element[0].tag, str):
        if (element.text or "").strip() or (element[0].tail or "").strip():
            break
        element = element[0]
    if len(element) == 0:
        return [text] if (text := tidy(element.text or "")) else []
    return [line.text for line in lines_of(element, "") if line.text]


def _date_lines(tree: Tree, template: type[Template]) -> Iterator[str]:
    """Yield the lines, and the pieces of lines, of the header that are dates and nothing else."""
    for element in islice(tree.all(*template.date_room), _MOST_PLACES):
        lines = lines_of(element, "")
        yield from (line.text for line in lines if line.mark == "text" and is_date(line.text))
        for each in islice(element.iter("*"), _MOST_PIECES):
            if each.tag in _HEADINGS or is_in_caption(each):
                continue
            pieces = (each.text, *(child.tail for child in each))
            yield from (text for text in map(tidy, filter(None, pieces)) if is_date(text))
