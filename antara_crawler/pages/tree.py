"""A page parsed once and indexed once, so that any number of look-ups is linear."""

import re
from collections.abc import Iterator
from functools import cache

from lxml.etree import HTMLParser, _Element, iterwalk
from parsel.selector import create_root_node

from antara_crawler.errors import UnreadablePage

LARGEST = 10_000_000
"""Characters of HTML beyond which a page is refused."""
_FEW = 20
_MENUS = frozenset({"nav", "aside"})
_P_BEGINS = re.compile(r"<p[\s>]")
_STEP = re.compile(r"(?P<tag>[a-z][a-z0-9-]*)?(?P<rest>(?:[.#][\w-]+|\[[\w:-]+=[\w:./-]+\])*)")
_REST = re.compile(r"[.#][\w-]+|\[[\w:-]+=[\w:./-]+\]")

_WHOLE = frozenset({"id", "itemprop", "rel"})

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
            raise UnreadablePage(f"{url}: page of {len(html):,} characters, over {LARGEST:,}")
        if "<" not in html[:100_000]:
            raise UnreadablePage(f"{url}: no HTML element in the answer: is it a page at all?")
        self._menus = menus
        self._parse(html)
        ends = html.count("</p>")
        if ends > len(self._elements("tag", "p")) and ends > len(_P_BEGINS.findall(html)):
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
        self.root: _Element = create_root_node(html, HTMLParser, huge_tree=True)
        tags: dict[str, list[_Element]] = {}
        classes: dict[str, list[_Element]] = {}
        self._index = {"tag": tags, "class": classes, "id": {}, "itemprop": {}, "rel": {}}
        walk = iterwalk(self.root, events=("start",))
        for _, element in walk:
            if element.tag in _MENUS and not self._menus and not _is_breadcrumb(element):
                walk.skip_subtree()
                continue
            tags.setdefault(element.tag, []).append(element)  # type: ignore[arg-type]
            for name, value in element.items():
                if name == "class":
                    for token in value.split():
                        classes.setdefault(token, []).append(element)
                elif name in _WHOLE:
                    self._index[name].setdefault(value, []).append(element)

    def _elements(self, name: str, value: str) -> list[_Element]:
        return self._index[name].get(value, [])

    def _fitting(self, step: Step) -> list[_Element]:
        if len(step) == 1:
            return self._elements(*step[0])
        rarest = min((self._elements(*test) for test in step), key=len)
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
    """Return the text within `element`, white space made one; no more than about `most`."""
    parts: list[str] = []
    size = 0
    for text in map(str, element.itertext()):
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
