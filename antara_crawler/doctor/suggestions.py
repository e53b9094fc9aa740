"""Selectors that would find a page's fields, from what the page itself says that they are."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from itertools import islice

from lxml.etree import _Element

from antara_crawler.addresses import address_of
from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Hint
from antara_crawler.pages.containers import densest
from antara_crawler.pages.fields.bylines import label_of, read_byline
from antara_crawler.pages.fields.dates import find_date, is_date
from antara_crawler.pages.fields.metadata import Metadata
from antara_crawler.pages.fields.titles import bare_title
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.portals import Portal
from antara_crawler.text import paragraph_key

_MOST_ELEMENTS = 5_000
_MOST_SELECTORS = 3
_LONGEST_LINE = 200
_NEAR = timedelta(minutes=10)
_HOME = frozenset({"home", "beranda"})
_KEYWORDS = re.compile(r"id [^.!?]+")
_TAG_PAGE = re.compile(r"^(?:https?://[\w.-]+)?/tags?/[^/]", re.I)
_NAME = re.compile(r"[A-Za-z_][\w-]*")


@dataclass(frozen=True, slots=True)
class Sample:
    """One article's page, with what feeds and cards say of it."""

    html: str
    url: str
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Selectors for one place of a template, and of how many pages the first fitting one holds."""

    place: str
    selectors: tuple[str, ...]
    fits: int
    of: int


class Page:
    """A sample, parsed once; answers which elements hold each field."""

    def __init__(self, sample: Sample, portal: Portal) -> None:
        """Parse it; raises UnreadablePage."""
        self.tree = Tree(sample.html, sample.url, menus=False)
        self.metadata = Metadata(self.tree, sample.url, portal)
        self.hints = sample.hints
        self.portal = portal
        self.body = densest(self.tree.root)
        holders = () if self.body is None else (self.body, *self.body.iterancestors())
        self.around = set(holders)
        self._near = set(holders[1:3])
        """The elements that hold the body and little beside it."""
        self._lines = {
            element: text
            for element in islice(self.tree.root.iter("*"), _MOST_ELEMENTS)
            if element not in self.around
            and not _in_menu(element)
            and (text := text_of(element, _LONGEST_LINE + 1))
            and len(text) <= _LONGEST_LINE
        }

    def bodies(self) -> list[_Element]:
        """The densest room."""
        return [] if self.body is None else [self.body]

    def titles(self) -> list[_Element]:
        """The elements that show the title, the innermost first and headings before all."""
        said = [
            *self.metadata.meta("og:title"),
            *self.metadata.linked("headline"),
            *(hint.title for hint in self.hints if hint.title),
        ]
        keys = {paragraph_key(bare_title(text, self.metadata)) for text in said}
        found = [e for e, text in self._lines.items() if paragraph_key(text) in keys]
        found = [e for e in found if next(e.iter("a"), None) is None and not _in_link(e)]
        return sorted(found, key=lambda e: (e.tag not in ("h1", "h2"), len(list(e.iter()))))

    def dates(self) -> list[_Element]:
        """The elements that show the time of publication, the innermost first."""
        told = [
            *self.metadata.linked("datePublished"),
            *self.metadata.meta("article:published_time", "datepublished"),
        ]
        stamps = [find_date(text, self.portal.zone) for text in told]
        moments = [stamp.moment for stamp in stamps if stamp]
        moments += [hint.published_at for hint in self.hints if hint.published_at]
        found = []
        for element, text in self._lines.items():
            stamp = find_date(text, self.portal.zone)
            if stamp is None or not stamp.timed or _in_link(element):
                continue
            clock = stamp.moment.replace(tzinfo=UTC)
            # One moment, or one hour on two clocks; a feed may be minutes late.
            near = any(
                min(abs(stamp.moment - each), abs(clock - each.replace(tzinfo=UTC))) < _NEAR
                for each in moments
            )
            above = not self._near.isdisjoint(element.iterancestors())
            if near or (not moments and is_date(text) and above):
                found.append(element)
        return sorted(found, key=lambda e: len(list(e.iter())))

    def crumbs(self) -> list[_Element]:
        """The list of links that begins with 'Home' and leads to the section."""
        found = []
        for element in self._lines:
            links = [text_of(link) for link in element.iter("a")]
            if links and links[0].strip(" /›»>").casefold() in _HOME and len(links) > 1:
                found.append(element)
        return sorted(found, key=lambda e: len(list(e.iter())))

    def keywords(self) -> list[_Element]:
        """The elements outside the body that hold the row 'id kata, kata' of older pages."""
        found = [e for e, text in self._lines.items() if _KEYWORDS.match(text)]
        return sorted(found, key=lambda e: len(list(e.iter())))

    def tags(self) -> list[_Element]:
        """The lists of links to pages of tags."""
        links = islice(self.tree.all("a"), _MOST_ELEMENTS)
        parents = [
            parent.getparent() if parent.tag == "li" else parent
            for link in links
            if _TAG_PAGE.search(link.get("href") or "") and (parent := link.getparent()) is not None
        ]
        return [each for each in dict.fromkeys(parents) if each is not None]

    def bylines(self) -> list[_Element]:
        """The elements outside the body whose lines are bylines, the outermost first."""
        found = [
            element for element, text in self._lines.items() if label_of(text) or read_byline(text)
        ]
        known = set(found)
        return [e for e in found if known.isdisjoint(e.iterancestors())]

    def byline_texts(self) -> Iterator[str]:
        """Yield the texts of the page, outside of menus, that are bylines."""
        for element in islice(self.tree.root.iter("*"), _MOST_ELEMENTS):
            for piece in (element.text, element.tail):
                text = " ".join((piece or "")[:_LONGEST_LINE].split())
                if text and read_byline(text) and not _in_menu(element):
                    yield text

    def pictures(self) -> list[_Element]:
        """The figure, or else the box, of the picture that the page offers for sharing."""
        said = {text.rpartition("/")[2] for text in self.metadata.meta("og:image")}
        said.discard("")
        for image in islice(self.tree.root.iter("img"), _MOST_ELEMENTS):
            name = (image.get("src") or image.get("data-src") or "").rpartition("/")[2]
            if name in said and not _in_link(image):
                holders = [h for h in image.iterancestors() if h not in self.around]
                return [h for h in holders if h.tag == "figure"] or holders[-1:]
        return []

    def shown(self, place: str) -> str:
        """Return what stands where a place of a template was found, '' where none was."""
        return next((text_of(element, _LONGEST_LINE) for element in _PLACES[place](self)), "")


_PLACES: dict[str, Callable[[Page], list[_Element]]] = {
    "body": Page.bodies,
    "title": Page.titles,
    "date": Page.dates,
    "crumbs": Page.crumbs,
    "picture": Page.pictures,
    "keywords": Page.keywords,
    "tags": Page.tags,
    "byline": Page.bylines,
}


def suggest(samples: Iterable[Sample], portal: Portal) -> list[Suggestion]:
    """Return selectors for the places of a template that pages of one portal show.

    Pages that are no articles of the portal, or cannot be parsed, are left out.
    """
    pages = []
    for sample in samples:
        if address_of(sample.url, portal) is None:
            continue
        try:
            pages.append(Page(sample, portal))
        except UnreadablePage:
            continue
    found = []
    for place, holders in _PLACES.items():
        wanted = [(page.tree, elements) for page in pages if (elements := holders(page))]
        if wanted and (selectors := _covering(wanted)):
            fits = sum(any(_finds(t, s, e) for s in selectors) for t, e in wanted)
            is_list = place in ("crumbs", "tags")
            shown = tuple(f"{each} a" for each in selectors) if is_list else selectors
            found.append(Suggestion(place, shown, fits, len(wanted)))
    return found


def _covering(wanted: Sequence[tuple[Tree, list[_Element]]]) -> tuple[str, ...]:
    """Return few selectors, each of which finds what is wanted first on as many pages as can be."""
    left = list(wanted)
    chosen: list[str] = []
    while left and len(chosen) < _MOST_SELECTORS:
        offered = Counter(
            selector
            for tree, elements in left
            for selector in dict.fromkeys(s for e in elements[:2] for s in _selectors(e))
            if _finds(tree, selector, elements)
        )
        for selector in offered:
            firsts = ((tree.first(selector), elements) for tree, elements in wanted)
            wrong = sum(first is not None and first not in others for first, others in firsts)
            offered[selector] -= 2 * wrong
        best = min(offered, key=lambda s: (-offered[s], len(s)), default=None)
        if best is None or offered[best] <= 0:
            break
        chosen.append(best)
        left = [(tree, elements) for tree, elements in left if not _finds(tree, best, elements)]
    return tuple(chosen)


def _selectors(element: _Element) -> Iterator[str]:
    """Yield selectors for an element: by its classes and id, else by those of its parent."""
    own = [*_marks(element)]
    yield from own
    tag = str(element.tag)
    if tag == "h1":
        yield tag
    parent = element.getparent()
    for mark in () if parent is None else _marks(parent):
        yield f"{mark} {tag}"


def _marks(element: _Element) -> Iterator[str]:
    tag = str(element.tag)
    classes = [name for name in (element.get("class") or "").split() if _NAME.fullmatch(name)]
    yield from (f"{tag}.{name}" for name in classes)
    if len(classes) > 1:
        yield f"{tag}.{'.'.join(classes)}"
    if (name := element.get("id")) and _NAME.fullmatch(name):
        yield f"{tag}#{name}"
    if (name := element.get("itemprop")) and _NAME.fullmatch(name):
        yield f"{tag}[itemprop={name}]"


def _finds(tree: Tree, selector: str, elements: Sequence[_Element]) -> bool:
    return tree.first(selector) in elements


def _in_menu(element: _Element) -> bool:
    return (
        element.tag in ("nav", "aside")
        or next(element.iterancestors("nav", "aside"), None) is not None
    )


def _in_link(element: _Element) -> bool:
    return element.tag == "a" or next(element.iterancestors("a"), None) is not None
