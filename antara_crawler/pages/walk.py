"""A container's own nodes in document order, as the lines that a reader sees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, NamedTuple

from lxml.etree import _Element, iterwalk

from antara_crawler.pages.addresses import absolute
from antara_crawler.pages.elements import CELLS, PICTURES, STRONG, Mark, look_of
from antara_crawler.text import tidy

_LABEL = re.compile(r"\s*baca juga\s*:", re.I)
_LABEL_DEPTH = 4
_GLANCE = 100
_FEWEST_PIXELS = 2
_SENTENCE_ENDS = (".", "!", "?", '"', "”", "’", ")", "*", ":", "…")
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")


class Line(NamedTuple):
    """One line of a page: its tidy text, what its element says it is, its links.

    A picture is a line without text whose `image` is the absolute URL.
    """

    text: str
    mark: Mark = "text"
    links: tuple[tuple[str, str | None], ...] = ()
    """The text and the absolute URL of each link in the line, in order."""
    image: str | None = None


class _Open(NamedTuple):
    """An element that is open: what it makes of the text within, and of the line at its end."""

    mark: Mark
    href: str | None
    ends_line: Literal["always", "with its title", "never"]


def lines_of(container: _Element, base: str, keep: frozenset[str] = frozenset()) -> list[Line]:
    """Return the lines within `container`; URLs are made absolute on `base`.

    `<br>`, paragraphs and other block elements end a line, inline tags and line ends in the
    source do not. Scripts, adverts and share widgets are left out, but for the classes in
    `keep`. Takes time linear in the container and no recursion.
    """
    return _Walk(base, keep).run(container)


def plain_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a plain text, tidy, the empty ones left out."""
    for line in text.splitlines():
        tidied = tidy(line)
        if tidied:
            yield Line(tidied)


@dataclass
class _Walk:
    base: str
    keep: frozenset[str]
    lines: list[Line] = field(default_factory=list)
    open: list[_Open] = field(default_factory=lambda: [_Open("text", None, "always")])
    pieces: list[tuple[str, str | None]] = field(default_factory=list)
    """The texts of the line under way, each with the link that it stands in."""
    cells: list[list[Line]] | None = None
    """The cells of the table row under way; rows within its cells are plain lines."""
    row: _Element | None = None

    def run(self, container: _Element) -> list[Line]:
        if container.text:
            self.pieces.append((container.text, None))
        walk = iterwalk(container, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if element is container:
                continue
            if event == "start":
                if self.enter(element):
                    walk.skip_subtree()
                continue
            if event == "end":
                self.leave(element)
            if element.tail:
                self.say(element.tail, self.open[-1].href)
        self.end_line()
        return self.lines

    def enter(self, element: _Element) -> bool:
        """Open an element; whether nothing within it is seen."""
        tag = str(element.tag)
        look = look_of(tag, element.get("class"), self.keep)
        around = self.open[-1]
        if look.own_line:
            self.end_line()
        if look.unseen:
            self.open.append(_Open(around.mark, around.href, "never"))
            return True
        is_label = not look.own_line and _begins_with_label(element)
        if is_label and self.stands_behind_sentence():
            self.end_line()
        if tag == "tr" and self.cells is None:
            self.row, self.cells = element, []
        elif tag in CELLS and self.cells is not None and element.getparent() is self.row:
            self.cells.append([])
        elif tag in PICTURES:
            self.picture(element)
        mark = look.mark if look.mark and around.mark not in STRONG else around.mark
        href = element.get("href") if tag == "a" else None
        url = absolute(href, self.base) if href else around.href
        ends_line: Literal["always", "with its title", "never"] = "never"
        if look.own_line or is_label:
            ends_line = "always" if look.own_line else "with its title"
        self.open.append(_Open(mark, url, ends_line))
        if element.text:
            self.say(element.text, url)
        return False

    def leave(self, element: _Element) -> None:
        ends_line = self.open[-1].ends_line
        if ends_line == "always" or (ends_line != "never" and self.holds_label_and_title()):
            self.end_line()
        self.open.pop()
        if element is self.row:
            self.end_row()

    def say(self, text: str, href: str | None) -> None:
        """Add to the line under way; no line begins with white space."""
        if self.pieces or not text.isspace():
            self.pieces.append((text, href))

    def stands_behind_sentence(self) -> bool:
        """Whether a sentence has ended here: 'Baca juga:' in an element is a line of its own."""
        before = "".join(text[-_GLANCE:] for text, _ in self.pieces[-3:]).rstrip()
        return not before or before.endswith(_SENTENCE_ENDS)

    def holds_label_and_title(self) -> bool:
        """Whether the line under way is 'Baca juga:' with a title, not the label alone."""
        text = "".join(text[:_GLANCE] for text, _ in self.pieces[:20])
        match = _LABEL.match(text)
        return match is not None and bool(text[match.end() :].strip())

    def end_line(self) -> None:
        if not self.pieces:
            return
        raw = "".join([piece for piece, _ in self.pieces])
        text = "" if raw.isspace() else tidy(raw)
        if text:
            self.add(Line(text, self.open[-1].mark, _links(self.pieces)))
        self.pieces.clear()

    def picture(self, element: _Element) -> None:
        source = next((s for s in map(element.get, _SOURCES) if s), "")
        if not source.startswith("data:") and not _is_pixel(element):
            url = absolute(source, self.base)
            if url:
                self.end_line()
                self.add(Line("", self.open[-1].mark, image=url))

    def add(self, line: Line) -> None:
        if self.cells:
            self.cells[-1].append(line)
        else:
            self.lines.append(line)

    def end_row(self) -> None:
        """A row of one cell is layout, its lines stand as they are; else cells are joined."""
        cells = [cell for cell in self.cells or () if any(line.text for line in cell)]
        self.lines += [line for cell in self.cells or () for line in cell if line.image]
        if len(cells) == 1:
            self.lines += [line for line in cells[0] if line.text]
        elif cells:
            texts = (" ".join(line.text for line in cell if line.text) for cell in self.cells or ())
            links = tuple(link for cell in cells for line in cell for link in line.links)
            self.lines.append(Line(tidy(" | ".join(texts)), "row", links))
        self.cells = self.row = None


def _begins_with_label(element: _Element) -> bool:
    for _ in range(_LABEL_DEPTH):
        text = element.text
        if text and not text.isspace():
            return _LABEL.match(text) is not None
        if not len(element):
            return False
        element = element[0]
    return False


def _is_pixel(element: _Element) -> bool:
    sizes = (element.get("width", ""), element.get("height", ""))
    return any(size.isdecimal() and int(size[:6]) < _FEWEST_PIXELS for size in sizes)


def _links(pieces: list[tuple[str, str | None]]) -> tuple[tuple[str, str | None], ...]:
    if not any(href for _, href in pieces):
        return ()
    found = []
    for href, run in groupby(pieces, key=lambda piece: piece[1]):
        title = tidy("".join(text for text, _ in run)) if href else ""
        if title:
            found.append((title, href))
    return tuple(found)
