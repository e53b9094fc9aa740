"""The lines of a walk as they come to be: pieces of text, links, pictures, rows of tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from lxml.etree import _Element

from antara_crawler.pages.lines.lines import NOWHERE, Line
from antara_crawler.pages.stories.labels import label_at_begin
from antara_crawler.pages.style.element_style import STRONG, Mark, Style
from antara_crawler.text import is_prose, tidy

_GLANCE = 100
_SMALL = frozenset({"h4", "h5", "h6"})
_COLONS = (":", "：")
_SENTENCE_ENDS = (".", "!", "?", '"', "”", "’", ")", "*", ":", "…")

Cells = list[list[Line]]
Pieces = list[tuple[str, str | None]]


@dataclass(slots=True)
class Open:
    """An element that is open: what it makes of the text within, and of the line at its end."""

    element: _Element
    mark: Mark
    href: str | None
    ends_line: bool
    keeps_lines: bool = False
    is_apart: bool = False
    is_caption: bool = False
    first: int = 0
    """Where in the lines it begins, and how many fields stood before it."""
    fields: int = 0
    place: str = ""


@dataclass(slots=True)
class LineWriter:
    """Takes texts in document order and makes lines of them."""

    lines: list[Line] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    pieces: Pieces = field(default_factory=list)
    """The texts of the line under way, each with the link that it stands in."""
    joints: list[int] = field(default_factory=list)
    """Where in them an element ends and another begins, with nothing between."""
    images: list[Line] = field(default_factory=list)
    """Pictures within the sentence under way."""
    cells: Cells | None = None
    """The cells of the table row under way."""
    rows: list[tuple[_Element, Cells | None]] = field(default_factory=list)
    """The table rows that are open, each with the cells of the one around it."""
    waiting: int = 0
    """How many lines stand in cells yet."""
    layout: int = 0
    """How many of them a body that was passed over stands in."""
    number: str = ""
    """What stands before the list item under way."""
    apart: int = 0
    """How many open elements set the line apart from what it stands beside."""
    linked: int = 0
    """How many links are open."""
    has_links: bool = False
    """Whether a text of the line under way stands in a link."""
    places: dict[tuple[str, str], str] = field(default_factory=dict)

    def mark_of(self, style: Style) -> Mark:
        """Return what an element of this kind marks; a list or small heading may be a picture's."""
        around = self.open[-1].mark
        is_small = style.mark == "item" or style.name[:2] in _SMALL
        is_of_picture = around == "figure" and is_small
        return around if is_of_picture or around in STRONG else style.mark or around

    def place_of(self, style: Style) -> str:
        """Return the place that an element of this kind makes where the walk is."""
        around = self.open[-1].place
        if not style.name:
            return around
        around = around.removesuffix(">div")  # what a bare one holds stands in none
        key = around, style.name
        found = self.places.get(key)
        if found is None:
            found = self.places[key] = f"{around}>{style.name}"
        return found

    def say(self, text: str, href: str | None) -> None:
        """Add to the line under way; no line begins with white space."""
        if not self.pieces and text.isspace():
            return
        if href:
            self.has_links = True
        if self.open[-1].keeps_lines and "\n" in text:
            first, *others = text.split("\n")
            self.pieces.append((first, href))
            for line in others:
                self.end_line()
                self.pieces.append((line, href))
                self.has_links = bool(href)
        else:
            self.pieces.append((text, href))

    def end_line(self, mark: Mark | None = None, place: str | None = None) -> None:
        """End the line under way, if there is one, and the pictures in it behind it."""
        pieces = self.pieces
        if pieces:
            if self.joints:
                self.join()
            raw = pieces[0][0] if len(pieces) == 1 else "".join([piece for piece, _ in pieces])
            text = tidy(raw.strip())
            if text in _COLONS and self.lines and not self.cells and self.lines[-1].text:
                self.lines[-1] = self.lines[-1]._replace(text=f"{self.lines[-1].text}{text}")
            elif text:
                mark = mark or self.open[-1].mark
                links = _links(pieces, text) if self.has_links else ()
                at = self.open[-1].place if place is None else place
                line = Line(text, mark, links, None, self.number, "", not self.apart, at)
                self.add(line)
                self.number = ""
                if self.linked and self.has_links and not _is_label(text):
                    self.close_links()
            pieces.clear()
            self.has_links = False
        if self.images:
            for image in self.images:
                self.add(image)
            self.images.clear()

    def join(self) -> None:
        """Set apart the items of a row of short texts, which only a style sets apart: no space
        stands between them. A label and what stands behind its colon are one.
        """
        text = "".join([piece for piece, _ in self.pieces]).strip()
        if not (is_prose(text) or text.endswith(_SENTENCE_ENDS)):
            joints, pieces = set(self.joints), self.pieces.copy()
            self.pieces.clear()
            for place, (piece, href) in enumerate(pieces):
                before, url = pieces[place - 1]
                if place in joints and not (before[-1:].isspace() or piece[:1].isspace()):
                    is_labelled = before.rstrip().endswith(_COLONS) or piece.lstrip().startswith(
                        _COLONS
                    )
                    joint = " " if is_labelled else " | "
                    self.pieces.append((joint, href if href == url else None))
                self.pieces.append((piece, href))
        self.joints.clear()

    def close_links(self) -> None:
        """A link is of one line: one that was never closed would take the rest of the article."""
        for opened in self.open:
            opened.href = None

    def add(self, line: Line) -> None:
        """Add a line to the cell under way, or to the page."""
        if self.cells:
            self.cells[-1].append(line)
            self.waiting += 1
        else:
            self.lines.append(line)

    def add_apart(self, line: Line) -> None:
        """Add a line without ending the one under way."""
        if self.pieces and self.cells is None:
            self.images.append(line)
        else:
            self.add(line)

    def ends_linked(self) -> bool:
        """Whether the last line holds a link."""
        lines = (self.cells[-1] if self.cells else None) or self.lines
        return bool(lines and lines[-1].links)

    def count(self) -> int:
        """Return how many lines there will be, if the rows under way are layout."""
        return len(self.lines) + self.waiting

    def end_row(self) -> bool:
        """End the row opened last; whether it is layout: then its lines stand as they are.

        So it is with one cell, or one in which an article stands, or did where it was passed over.
        Else cells are joined.
        """
        is_layout = len(self.rows) <= self.layout
        self.layout -= is_layout
        cells, self.cells = self.cells or [], self.rows.pop()[1]
        self.waiting -= sum(map(len, cells))
        full = [cell for cell in cells if any(_is_shown(line) for line in cell)]
        found = [line for cell in cells for line in cell if not _is_shown(line)]
        if is_layout or len(full) < 2 or any(map(_is_column, full)):
            is_layout = True
            found = [line for cell in cells for line in cell]
        else:
            texts = (" ".join(line.text for line in cell if _is_shown(line)) for cell in cells)
            links = tuple(link for cell in full for line in cell for link in line.links)
            text = tidy(" | ".join(texts))
            found.append(Line(text, "row", links, loose=not self.apart))
        for line in found:
            self.add(line)
        return is_layout

    def stands_behind_sentence(self) -> bool:
        """Whether a sentence has ended here: 'Baca juga:' in an element is a line of its own."""
        before = "".join(text[-_GLANCE:] for text, _ in self.pieces[-3:]).rstrip()
        return not before or before.endswith(_SENTENCE_ENDS)


def _is_column(cell: list[Line]) -> bool:
    return sum(_is_shown(line) and is_prose(line.text) for line in cell) > 1


def _is_shown(line: Line) -> bool:
    return bool(line.text) and line.mark != "left out"


def _links(pieces: Pieces, text: str) -> tuple[tuple[str, str | None], ...]:
    """Return the links in the pieces of a line, whose whole text is `text`."""
    if len(pieces) == 1:
        return ((text, pieces[0][1]),)
    found = []
    for href, run in groupby(_joined(pieces), key=lambda piece: piece[1]):
        title = tidy("".join(text for text, _ in run)) if href else ""
        if title:
            found.append((title, href))
    return tuple(found)


def _joined(pieces: Pieces) -> Iterator[tuple[str, str | None]]:
    """Yield the pieces, the white space between two links to one page as a part of theirs."""
    hrefs = [href if href != NOWHERE else None for _, href in pieces]
    for n, (text, href) in enumerate(pieces):
        is_between = not href and 0 < n < len(pieces) - 1 and text.isspace()
        is_one = is_between and hrefs[n - 1] == hrefs[n + 1]
        yield text, hrefs[n - 1] if is_one else href


def _is_label(text: str) -> bool:
    match = label_at_begin(text)
    return match is not None and match.end() == len(text)
