"""The lines of a page, and boxes of them: what a walk gives and all rules about text ask for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from antara_crawler.pages.style.element_style import Mark
from antara_crawler.text import tidy
from antara_crawler.text.quick import remembered

NOWHERE = "#"
"""The address of a link that is a button of the page."""


OF_LINK = "picture of a link"
"""Why a picture is left out that is a button of the page, or leads to another site."""
_BARE = re.compile("(?:>[a-z][a-z0-9]*)*")
"""Elements without a class."""
_FOOTER = re.compile(r"(?!.*>blockquote[.>]).*>footer(?:\.[^>]*|(?=>|$))")
_NAMED = frozenset({"left out", "caption", "figure", "related"})


class Line(NamedTuple):
    """One line of a page: its tidy text, what its element says it is, its links.

    A picture is a line without text whose `image` is the absolute URL. A line marked
    'left out' is no part of the article, and `reason` says why.
    """

    text: str
    mark: Mark = "text"
    links: tuple[tuple[str, str | None], ...] = ()
    """The text and the absolute URL (or NOWHERE) of each link in the line, in order."""
    image: str | None = None
    number: str = ""
    """What stands before an item of an ordered list: '1. '."""
    reason: str = ""
    loose: bool = True
    """Whether no element sets it apart from what it stands beside."""
    place: str = ""
    """The elements that it stands in, by their kinds: paragraphs of one body have the same."""
    aside: str = ""
    """Why it is left out when it turns out to be nothing that has a name."""


def plain_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a plain text, tidy, the empty ones left out."""
    for line in text.splitlines():
        tidied = tidy(line)
        if tidied:
            yield Line(tidied)


@remembered
def tag_of(place: str) -> str:
    """Return the tag of the innermost element of a place that ends lines."""
    return place.removesuffix(">b").rpartition(">")[2].partition(".")[0]


def footer_of(place: str) -> str:
    """Return the footer that a place is in, of no quotation; empty where there is none."""
    found = _FOOTER.match(place) if ">footer" in place else None
    return found[0] if found else ""


def is_free(line: Line) -> bool:
    """Whether a line is text, as far as its marks say."""
    return bool(line.text) and not line.image and line.mark not in _NAMED


def stands_bare(line: Line, home: str) -> bool:
    """Whether a line stands in a place, in elements without a class, as writers write."""
    return line.place.startswith(home) and _BARE.fullmatch(line.place, len(home)) is not None


class Box(NamedTuple):
    """An element with lines of its own: where they begin and end, and how much of a form it is."""

    first: int
    end: int
    fields: int


@dataclass(slots=True)
class Node:
    """A box, and those within it."""

    box: Box
    within: list["Node"] = field(default_factory=list)

    def home_of(self, lines: Sequence[Line], place: int) -> Box:
        """Return the smallest box in which one of the lines stands with others."""
        node, found = self, self.box
        while inner := next((n for n in node.within if n.box.first <= place < n.box.end), None):
            node = inner
            if sum(bool(line.text) for line in lines[node.box.first : node.box.end]) > 1:
                found = node.box
        return found


def nested(boxes: Sequence[Box], end: int) -> Node:
    """Return boxes, given in the order in which their elements closed, as they hold each other."""
    done: list[Node] = []
    for box in boxes:
        node = Node(box)
        at = len(done)
        while at and done[at - 1].box.first >= box.first:
            at -= 1
        node.within, done[at:] = done[at:], [node]
    return Node(Box(0, end, 0), done)
