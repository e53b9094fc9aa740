"""A page parsed once and indexed once, so that any number of look-ups is linear."""

import re
from collections.abc import Iterator
from functools import cache, partial
from itertools import chain
from operator import itemgetter
from typing import Any

from lxml.etree import HTMLParser, XPath, _Element, iterwalk
from parsel.selector import create_root_node

from antara_crawler.errors import UnparsablePage, UnreadablePage
from antara_crawler.pages.bounds import MOST_ATTRIBUTES, bounded
from antara_crawler.pages.lines.element_style import BLOCKS, CODE, style_of

LARGEST = 5_000_000
"""Characters of HTML beyond which a page is refused."""
_GAVE_UP = "ERR_RESOURCE_LIMIT"
_FEW = 20
_MENUS = frozenset({"nav", "aside"})
_parser: Any = partial(HTMLParser, remove_comments=True, remove_pis=True, collect_ids=False)
_P_BEGINS = re.compile(r"<p[\s>]")
_STEP = re.compile(r"(?P<tag>[a-z][a-z0-9-]*)?(?P<rest>(?:[.#][\w-]+|\[[\w:-]+=[\w:./-]+\])*)")
_REST = re.compile(r"[.#][\w-]+|\[[\w:-]+=[\w:./-]+\]")

_WITH = {name: XPath(f"descendant::*[@{name}]") for name in ("id", "rel")}
_NONE: list[_Element] = []

Step = tuple[tuple[str, str], ...]
"""What an element must have: its tag, a class, or a whole attribute, each by name and value."""


class Tree:
    """The elements of one page, looked up by tag, class or attribute, in document order.

    `all` and `first` take a selector as in CSS: compounds of `tag`, `.class`, `#id`,
    `[itemprop=…]` and `[rel=…]`, with blanks between for 'somewhere within'. CSS by XPath is
    not used: on hostile nesting its steps multiply, and each costs a pass over the page.
    """

    def __init__(self, html: str, url: str, *, menus: bool = True) -> None:
        """Parse `html`; raise UnreadablePage when it is empty, too large, or no HTML at all.

        With `menus` false nothing is found in menus and side columns (`nav`, `aside`), which
        hold dates and whole titles of other articles; breadcrumbs are no menu.
        """
        if len(html) > LARGEST:
            raise UnparsablePage(f"{url}: page of {len(html):,} characters, over {LARGEST:,}")
        if not bounded(html):
            raise UnparsablePage(f"{url}: a tag with over {MOST_ATTRIBUTES:,} attributes")
        if "<" not in html[:100_000]:
            raise UnreadablePage(f"{url}: no HTML element in the answer: is it a page at all?")
        self._menus = menus
        self._url = url
        self._parse(html)
        ends = html.count("</p>")
        if (
            ends > html.count("<p>")
            and ends > len(_P_BEGINS.findall(html))
            and ends > sum(1 for _ in self.root.iter("p"))
        ):
            # A stray </p> ends a line for a reader, but the parser drops it; a <br> it keeps.
            self._parse(html.replace("</p>", "</p><br>"))

    def all(self, *selectors: str, within: _Element | None = None) -> Iterator[_Element]:
        """Yield the elements that fit the first selector, then those of the next."""
        for selector in selectors:
            first, *below = _steps(selector)
            found = self._fitting(first)
            if within is not None and len(found) > _FEW:
                found = _under([within], first)
            elif within is not None:
                found = [element for element in found if within in element.iterancestors()]
            for step in below:
                found = _under(found, step)
            yield from found

    def first(self, *selectors: str, within: _Element | None = None) -> _Element | None:
        """Return the first element that fits the first selector that any fits, or None."""
        return next(self.all(*selectors, within=within), None)

    def _parse(self, html: str) -> None:
        self.root: _Element = create_root_node(html, _parser, huge_tree=True)
        parser = self.root.getroottree().parser
        if parser is not None and any(each.type_name == _GAVE_UP for each in parser.error_log):
            # What follows is not in the tree: the page would lose its end in silence.
            raise UnparsablePage(f"{self._url}: elements within each other, too deep to be read")
        self._tags: dict[str, list[_Element]] = {}
        self._classes: dict[str, list[tuple[int, _Element]]] = {}
        self._found: dict[tuple[str, str], list[_Element]] = {}
        tags, classes = self._tags, self._classes
        place = 0
        walk = iterwalk(self.root, events=("start",))
        for _, element in walk:
            tag: str = element.tag  # type: ignore[assignment]
            if tag in _MENUS and not self._menus and not _is_breadcrumb(element):
                walk.skip_subtree()
                continue
            if tag in tags:
                tags[tag].append(element)
            else:
                tags[tag] = [element]
            names = element.get("class")
            if names:
                place += 1
                classes.setdefault(names, []).append((place, element))
            of = element.get("itemprop")
            if of:
                self._found.setdefault(("itemprop", of), []).append(element)

    def _elements(self, name: str, value: str) -> list[_Element]:
        if name == "tag":
            return self._tags.get(value, _NONE)
        found = self._found.get((name, value))
        if found is None and name == "itemprop":
            return _NONE
        if found is None:
            found = self._with_class(value) if name == "class" else self._with(name, value)
            self._found[name, value] = found
        return found

    def _with_class(self, name: str) -> list[_Element]:
        """The elements of a class: class attributes are few, and most are looked up once."""
        lists = [
            elements
            for names, elements in self._classes.items()
            if name in names and name in names.split()
        ]
        if len(lists) == 1:
            return [element for _, element in lists[0]]
        return [element for _, element in sorted(chain(*lists), key=itemgetter(0))]

    def _with(self, name: str, value: str) -> list[_Element]:
        return [
            element
            for element in _WITH[name](self.root)
            if element.get(name) == value and self._is_shown(element)
        ]

    def _is_shown(self, element: _Element) -> bool:
        return self._menus or not any(
            holder.tag in _MENUS and not _is_breadcrumb(holder)
            for holder in (element, *element.iterancestors())
        )

    def _fitting(self, step: Step) -> list[_Element]:
        if len(step) == 1:
            return self._elements(*step[0])
        indexed = [test for test in step if test[0] in {"tag", "class"}] or step[:1]
        rarest = min((self._elements(*test) for test in indexed), key=len)
        return [element for element in rarest if _fits(element, step)]


def _is_breadcrumb(element: _Element) -> bool:
    return any("breadcrumb" in value.lower() for value in element.attrib.values())


def _under(holders: list[_Element], step: Step) -> list[_Element]:
    """Return the descendants of any of the holders that fit, each once."""
    if len(holders) == 1 and len(step) == 1 and step[0][0] == "tag":
        return list(holders[0].iterdescendants(step[0][1]))
    outermost = set(holders)
    found = []
    for holder in holders:
        if holder not in outermost:
            continue
        for element in holder.iterdescendants("*"):
            outermost.discard(element)
            if _fits(element, step):
                found.append(element)
    return found


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
            if style_of(one).unseen == CODE:
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


@cache
def _steps(selector: str) -> tuple[Step, ...]:
    return tuple(_step(part) for part in selector.split())


def _step(part: str) -> Step:
    match = _STEP.fullmatch(part)
    if match is None:
        raise ValueError(f"not a selector: {part!r}")
    tests = [("tag", match["tag"])] if match["tag"] else []
    for token in _REST.findall(match["rest"]):
        name, _, value = token.strip(".#[]").partition("=")
        tests.append(({".": "class", "#": "id"}.get(token[0], name), value or name))
    return tuple(tests)


def _fits(element: _Element, step: Step) -> bool:
    for name, value in step:
        if name == "tag":
            if element.tag != value:
                return False
        elif name == "class":
            if value not in element.get("class", "").split():
                return False
        elif element.get(name) != value:
            return False
    return True
