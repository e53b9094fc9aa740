"""A page parsed once, as parsel does, and where in it selectors look."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any

from lxml.etree import HTMLParser, _Element, iterwalk
from parsel.selector import create_root_node

from antara_crawler.addresses import absolute
from antara_crawler.errors import UnparsablePage, UnreadablePage
from antara_crawler.pages.decoding import MOST_ATTRIBUTES, bounded, close_head
from antara_crawler.pages.selectors import Step, classes_of, lookup
from antara_crawler.pages.style.element_style import BLOCKS, CODE, COMMENTS, KICKER, style_of
from antara_crawler.pages.style.style_sheets import heed
from antara_crawler.pages.style.visitors import set_apart

LARGEST = 5_000_000
"""Characters of HTML beyond which a page is refused."""
_GAVE_UP = "ERR_RESOURCE_LIMIT"
_MISMATCH = "ERR_TAG_NAME_MISMATCH"
_STRAY_P = "Unexpected end tag : p"
_MENUS = frozenset({"nav", "aside", COMMENTS})
_TAGS = ("a", "base", "h1", "link", "meta", "script", "style", "title")
_FEW = 50
_parser: Any = partial(HTMLParser, remove_comments=True, remove_pis=True, collect_ids=False)
_TAG_BEGINS = re.compile(rb"<[a-z]", re.I)
_BR_ENDS = re.compile(rb"</br\s{0,9}>", re.I)
_PAGE_ENDS = re.compile(rb"</(?:body|html)\s{0,9}>", re.I)


class Tree:
    """The elements of one page, found by selectors as in Scrapy, in document order.

    Look-ups take CSS or XPath (see `selectors`). Once the article's room is known they look there
    first, and elsewhere on the page only for what is not in it.
    """

    def __init__(self, html: str, url: str, *, menus: bool = True) -> None:
        """Parse `html`; raise UnreadablePage when it is empty, too large, or no HTML at all.

        With `menus` false nothing is found in menus and side columns (`nav`, `aside`), which
        hold dates and whole titles of other articles; breadcrumbs are no menu.
        """
        if len(html) > LARGEST:
            raise UnparsablePage(f"{url}: page of {len(html):,} characters, over {LARGEST:,}")
        if html.find("<", 0, 100_000) < 0:
            raise UnreadablePage(f"{url}: no HTML element in the answer: is it a page at all?")
        body = html.lstrip().encode().replace(b"\0", b"")
        if not bounded(body):
            raise UnparsablePage(f"{url}: a tag with over {MOST_ATTRIBUTES:,} attributes")
        self._url = url
        self.look_in(None)
        self._found: dict[tuple[str, bool], list[_Element]] = {}
        strays = self._parse(body)
        if strays and (shown := _as_shown(body, strays)) != body:
            self._parse(shown)
        self._list(menus=menus)
        if not menus and set_apart(self.root, self._signed):
            self._list(menus=menus)
        if self._tagged["style"]:
            heed(self._tagged["style"], self.root, self._signed, self.anywhere)

    def tagged(self, tag: str) -> list[_Element]:
        """Return the elements of one of `_TAGS`, those in menus left out."""
        return self._tagged[tag]

    def make_headline(self, element: _Element, *, whole: bool = False) -> None:
        """Make an h1 of the `whole` of an element, else of the words that it begins with."""
        if whole:
            element.tag = "h1"
            self._tagged["h1"].append(element)
            return
        headline = element.makeelement("h1")
        headline.text, element.text = element.text, None
        element.insert(0, headline)
        self._tagged["h1"].append(headline)
        self._show(headline, element)

    def part_kicker(self, holder: _Element, place: int, signs: str) -> None:
        """Put what stands in `holder` before its words at `place` into an element of its own, with
        the `signs` between.

        The places are those of its text (0), its first child (1), the tail of that (2), and so on.
        """
        kicker = holder.makeelement(KICKER)
        kicker.text, holder.text = holder.text, None
        kicker.extend(holder[: place // 2])
        if place % 2 == 0:
            last = kicker[-1]
            words = last.tail or ""
            kicker.tail = words.lstrip(f"{signs}\n\r\t")
            last.tail = words[: len(words) - len(kicker.tail)]
        holder.insert(0, kicker)
        self._show(kicker, holder)

    def _show(self, made: _Element, holder: _Element) -> None:
        if holder in self._shown:
            self._shown.add(made)

    def base(self, page: str) -> str:
        """Return what relative links resolve against: the address of the page, or its `<base>`."""
        named = (each.get("href") for each in self.tagged("base"))
        href = next(filter(None, named), None)
        return (absolute(href, page) if href else None) or page

    def look_in(self, room: _Element | None, body: _Element | None = None) -> None:
        """From now on, look in the article's room first, in which its `body` stands."""
        self._room, self.body = room, body
        self._within = set() if room is None else set(room.iter())

    def all(self, *selectors: str) -> Iterator[_Element]:
        """Yield the elements that fit the first selector, then those of the next.

        Those in the article's room; where none of the selectors finds any there, those of the
        page.
        """
        found = False
        for element in self.inside(*selectors):
            found = True
            yield element
        if self._room is not None and not found:
            yield from self.anywhere(*selectors)

    def inside(self, *selectors: str) -> Iterator[_Element]:
        """Yield the elements in the article's room only, where that is known."""
        for selector in selectors:
            yield from self._fitting(selector, self._room)

    def anywhere(self, *selectors: str) -> Iterator[_Element]:
        """Yield the elements of the page, wherever the article's room is."""
        for selector in selectors:
            yield from self._fitting(selector, None)

    def called(self, name: re.Pattern[str]) -> Iterator[_Element]:
        """Yield the elements with a class in which a name is found, class by class."""
        signs = filter(name.search, self._signed) if name.search(" ".join(self._signed)) else ()
        return chain.from_iterable(map(self._signed.__getitem__, signs))

    def first(self, *selectors: str) -> _Element | None:
        """Return the first element that fits the first selector that any fits, or None."""
        return next(self.all(*selectors), None)

    def sets(self, selectors: Iterable[str]) -> Iterator[list[_Element]]:
        """Yield what each selector finds, where it finds any: in the room, then on the page."""
        places = (self._room, None) if self._room is not None else (None,)
        for place in places:
            for selector in selectors:
                found = self._fitting(selector, place)
                if found:
                    yield found

    def _parse(self, body: bytes) -> set[str]:
        """Parse the page; return what is said of end tags on it that end nothing."""
        self.root: _Element = create_root_node("", _parser, huge_tree=True, body=body)
        parser = self.root.getroottree().parser
        log = parser.error_log if parser is not None else ()
        if any(each.type_name == _GAVE_UP for each in log):
            # What follows is not in the tree: the page would lose its end in silence.
            raise UnparsablePage(f"{self._url}: elements within each other, too deep to be read")
        close_head(self.root)
        return {each.message for each in log if each.type_name == _MISMATCH}

    def _list(self, *, menus: bool) -> None:
        """List the elements of some tags, and of each class and itemprop, in one pass."""
        tagged: dict[str, list[_Element]] = {tag: [] for tag in _TAGS}
        signed: defaultdict[str, list[_Element]] = defaultdict(list)
        self._tagged, self._signed = tagged, signed
        in_menus: set[_Element] = set()
        for menu in () if menus else self.root.iter(*_MENUS):
            if not (menu in in_menus or _is_breadcrumb(menu) or _holds_page(menu)):
                in_menus.update(menu.iter())
        # Those in no menu are held: one that nobody holds is made anew by each look.
        shown = [each for each in self.root.iter() if each not in in_menus]
        self._shown = set(shown)
        for element in shown:
            if (tag := element.tag) in tagged:
                tagged[tag].append(element)
            if names := element.get("class"):
                for name in classes_of(names):
                    signed[name].append(element)
            if of := element.get("itemprop"):
                signed[f"itemprop={of}"].append(element)

    def _fitting(self, selector: str, room: _Element | None) -> list[_Element]:
        path = lookup(selector)
        if path.first and path.first.sign not in self._signed:
            return []
        key = selector, room is None
        found = self._found.get(key)
        if found is None:
            whole = self.root if room is None else room
            holders = self._holders(path.first, room) if path.first else None
            if holders is None:
                found = [each for each in path(whole) if self._is_shown(each)]
            elif path.rest is None:
                fitting = chain.from_iterable(map(path, _outermost(holders)))
                found = [each for each in fitting if self._is_shown(each)]
            else:
                found = holders
                for step in path.rest if found else ():
                    found = self._below(found, step)
            self._found[key] = found
        return found

    def _holders(self, step: Step, room: _Element | None) -> list[_Element] | None:
        """Return the elements that a selector begins with; None where they are too many."""
        signed = self._signed.get(step.sign, [])
        if len(signed) > _FEW:
            return None
        return [
            each for each in signed if (room is None or each in self._within) and step.fits(each)
        ]

    def _below(self, holders: list[_Element], step: Step) -> list[_Element]:
        """Return the elements of a selector's step that stand within these."""
        known = set(holders)
        signed = self._signed.get(step.sign, []) if step.sign else None
        if signed is not None and len(signed) <= _FEW:
            within = (each for each in signed if not known.isdisjoint(each.iterancestors()))
            return [each for each in within if step.fits(each)]
        return [
            each
            for holder in _outermost(holders)
            for each in holder.iter(step.tag)
            if each is not holder and step.fits(each) and self._is_shown(each)
        ]

    def _is_shown(self, element: _Element) -> bool:
        return element in self._shown or element.getparent() is None


def _as_shown(body: bytes, strays: Collection[str]) -> bytes:
    """Return the page with what browsers make of end tags that have no begin.

    A </br> or stray </p> ends a line, and a page goes on behind </body> and </html>: the parser
    drops the former, and all that stands behind the latter.
    """
    end = _PAGE_ENDS.search(body)
    if end is not None and _TAG_BEGINS.search(body, end.end()):
        body = _PAGE_ENDS.sub(b"", body)
    body = _BR_ENDS.sub(b"<br>", body)
    return body.replace(b"</p>", b"</p><br>") if _STRAY_P in strays else body


def _outermost(elements: list[_Element]) -> list[_Element]:
    known = set(elements)
    return [each for each in elements if known.isdisjoint(each.iterancestors())]


def _is_breadcrumb(element: _Element) -> bool:
    return any("breadcrumb" in value.lower() for value in element.attrib.values())


def _holds_page(element: _Element) -> bool:
    """Whether an `aside` holds the only headlines of a page, and with them its article."""
    if element.tag != "aside" or next(element.iter("h1"), None) is None:
        return False
    headlines = element.getroottree().iter("h1")
    return all(next(each.iterancestors("aside"), None) is not None for each in headlines)


def text_of(element: _Element, most: int = 2000) -> str:
    """Return the text within `element` as it is shown, no more than about `most` characters.

    White space is made one; where a line ends for a reader (`<br>`, blocks) stands a space.
    """
    if not len(element):
        return " ".join((element.text or "")[:most].split())
    parts: list[str] = []
    size = 0
    walk = iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "start":
            unseen = style_of(one).unseen
            if unseen == CODE or (unseen == KICKER and one is not element):
                walk.skip_subtree()
            text = f" {one.text or ''}" if one.tag in BLOCKS else one.text
        elif one is element:
            break
        else:
            text = f" {one.tail or ''}" if one.tag in BLOCKS else one.tail
        if text:
            parts.append(text[:most])
            size += len(text)
            if size > most:
                break
    return " ".join("".join(parts).split())
