"""A container's own nodes in document order, as the lines that a reader sees."""

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element

from antara_crawler.addresses import absolute
from antara_crawler.pages.lines.lines import OF_LINK, Box, Line, tag_of
from antara_crawler.pages.lines.looks import (
    PUT_RIGHT,
    as_teaser,
    icon_text,
    is_amid_word,
    is_bold,
    is_icon,
    is_title,
    leads_on,
    link_of,
    put_right,
    source_of,
)
from antara_crawler.pages.lines.unseen import as_read, is_term
from antara_crawler.pages.lines.writing import LineWriter, Open
from antara_crawler.pages.stories.links import is_story
from antara_crawler.pages.style import numbering
from antara_crawler.pages.style.element_style import (
    ADVERT,
    CELLS,
    CODE,
    CONTROL,
    PICTURES,
    WITH_RULES,
    Mark,
    Style,
    sets_apart,
    style_of,
)
from antara_crawler.pages.tree import text_of
from antara_crawler.text import tidy

_MOST_UNSEEN = 500
_ITEMS = frozenset({"a", "b", "label", "small", "span", "strong", "time"})
_ROWS = frozenset({"a", "aside", "dd", "div", "footer", "header", "li", "p", "section"})
_FIELDS = {"input": 100, "label": 100, "select": 100, "textarea": 100, "button": 1}
"""How much each says that a box is a form: one button alone says nothing."""
_NO_TEXT: frozenset[Mark] = frozenset({"left out", "caption", "figure"})
_NO_ELEMENTS: frozenset[_Element] = frozenset()


def lines_of(container: _Element, base: str) -> list[Line]:
    """Return the lines within `container` that a reader sees; see `Walk.run`."""
    return [line for line in Walk(base=base).run(container) if line.mark != "left out"]


@dataclass(slots=True, kw_only=True)
class Walk(LineWriter):
    """One way through an element. `bodies` within it are passed over: the walk is of the rest."""

    base: str
    bodies: Collection[_Element] = _NO_ELEMENTS
    holders: Collection[_Element] = _NO_ELEMENTS
    """The elements around the bodies: what stands in them alone stands beside a body."""
    marked: dict[_Element, Mark] = field(default_factory=dict)
    """Elements whose mark the template knows."""
    passed: list[int] = field(default_factory=list)
    """How many lines stood before each of the bodies passed over."""
    around: str = ""
    """The place in which the last of them stands."""
    numbers: list[numbering.Numbers] = field(default_factory=list)
    fields: int = 0
    row: _Element | None = None
    is_row: bool = False
    """Whether the element `row` holds elements alone, and no words beside them."""
    boxes: list[Box] = field(default_factory=list)

    def run(self, container: _Element) -> list[Line]:
        """Return all lines within `container`; URLs are made absolute on the base.

        `<br>`, paragraphs and other block elements end a line, inline tags and line ends in the
        source do not. Every text is in a line: one that a reader does not see, or that is no
        part of an article, in a line that says why (`Line.reason`). Takes time linear in the
        container and no recursion.
        """
        if container in self.bodies:
            self.passed.append(len(self.lines))
            return self.lines
        style = style_of(container)
        self.open.append(Open(container, "text", None, True, style.keeps_lines, place="."))
        if container.tag in numbering.LISTS:
            self.numbers.append(numbering.Numbers(container))
        if container.text:
            self.say(container.text, None)
        children = [iter(container)]
        while children:
            for element in children[-1]:
                if element.tag == "br":
                    if self.pieces or self.images:
                        self.break_line()
                elif self.enter(element):
                    children.append(iter(element))
                    break
                tail = element.tail
                if tail and (self.pieces or not tail.isspace()):
                    self.say(tail, self.open[-1].href)
            else:
                children.pop()
                if children:
                    tail = self.leave().tail
                    if tail and (self.pieces or not tail.isspace()):
                        self.say(tail, self.open[-1].href)
        self.end_line()
        return self.lines

    def enter(self, element: _Element) -> bool:
        """Open an element; whether what is within it is still to be walked."""
        if self.bodies and element in self.bodies:
            self.end_line()
            self.passed.append(self.count())
            self.layout = len(self.rows)
            self.around = self.open[-1].place
            return False
        style = style_of(element)
        if self.pieces and not style.own_line and element.tag in _ITEMS and self.abuts(element):
            self.joints.append(len(self.pieces))
        is_leaf = not len(element)
        if is_leaf and style.is_plain and element not in self.marked:
            self.add_leaf(element, style)
            return False
        if style.unseen and (style := as_read(element, style)).unseen:
            if is_leaf and is_term(element, self.pieces):
                self.say(element.text or "", self.open[-1].href)
            else:
                self.pass_over(element, style)
            return False
        if style.own_line and (self.pieces or self.images):
            self.end_line()
        if element.tag in WITH_RULES:
            self.begin(element)
        opened = self.opened(element, style)
        self.open.append(opened)
        if element.tag == "q":
            self.say("“", opened.href)
        text = element.text
        if text and (self.pieces or not text.isspace()):
            self.say(text, opened.href)
        if is_leaf:
            self.leave()
        return not is_leaf

    def begin(self, element: _Element) -> None:
        """Take a picture, or begin a row, a cell, a list or an item of one."""
        tag = element.tag
        if tag in PICTURES:
            self.picture(element)
        elif tag == "tr":
            self.rows.append((element, self.cells))
            self.cells = []
        elif tag in CELLS and self.cells is not None and element.getparent() is self.rows[-1][0]:
            self.cells.append([])
        elif tag in numbering.LISTS:
            self.numbers.append(numbering.Numbers(element))
        elif tag == "li" and self.numbers:
            self.number = self.numbers[-1].next(element)

    def abuts(self, element: _Element) -> bool:
        """Whether an element is an item of a row of elements, right behind another one."""
        before, row = element.getprevious(), element.getparent()
        if before is None or before.tail or row is None or row.tag not in _ROWS:
            return False
        if row is not self.row:
            texts = (row.text, *(each.tail for each in row))
            self.row, self.is_row = row, not any(text and not text.isspace() for text in texts)
        return self.is_row and not is_amid_word(before, element, self.pieces[-1][0])

    def add_leaf(self, element: _Element, style: Style) -> None:
        """Say the text of an element that is nothing but a line, or some words of one."""
        around = self.open[-1]
        text = element.text
        if style.own_line:
            if self.pieces or self.images:
                self.end_line()
            if text and not text.isspace():
                is_apart = bool(self.holders) and sets_apart(element)
                self.apart += is_apart
                self.say(text, around.href)
                self.end_line(self.mark_of(style), self.place_of(style))
                self.apart -= is_apart
        elif text:
            self.say(text, around.href)

    def opened(self, element: _Element, style: Style) -> Open:
        """Return what an element makes of the text within."""
        around = self.open[-1]
        mark = self.mark_of(style)
        if self.marked:
            mark = self.marked.get(element, mark)
        is_caption = mark in {"caption", "figure"} and mark != around.mark
        place = self.place_of(style) if style.own_line else around.place
        if style.own_line and is_bold(element):
            place += ">b"
        found = Open(
            element, mark, around.href, style.own_line,
            style.keeps_lines or around.keeps_lines, False, is_caption,
            len(self.lines) if self.cells is None else self.count(), self.fields, place,
        )  # fmt: skip
        if element.tag == "a":
            found.href = link_of((element.get("href") or "").strip(), self.base) or around.href
            self.linked += 1
        is_beside = self.holders and element not in self.holders and sets_apart(element)
        if element.tag == "aside" or is_beside:
            found.is_apart = True
            self.apart += 1
        return found

    def leave(self) -> _Element:
        """Close the element opened last, and return it."""
        opened = self.open[-1]
        element = opened.element
        if element.tag == "q":
            self.say("”", opened.href)
        if opened.ends_line and (self.pieces or self.images):
            self.end_line()
        self.open.pop()
        if element.tag in WITH_RULES:
            self.end(opened)
        held = len(self.lines) - opened.first
        if self.cells is None and (opened.is_caption or held < PUT_RIGHT.get(str(element.tag), 0)):
            self.lines[opened.first :] = put_right(self.lines[opened.first :], opened)
        self.apart -= opened.is_apart
        if opened.ends_line:
            end = len(self.lines) if self.cells is None else self.count()
            fields = self.fields - opened.fields
            if end > opened.first and (fields or end > opened.first + 1 or self.ends_linked()):
                self.boxes.append(Box(opened.first, end, fields))
        return element

    def end(self, opened: Open) -> None:
        """End a row, a link, a list or an item of one."""
        tag = opened.element.tag
        if tag == "tr":
            is_layout = self.end_row()
            while not is_layout and self.boxes and self.boxes[-1].first >= opened.first:
                self.boxes.pop()  # its lines are one
        elif tag == "a":
            self.linked -= 1
            if len(self.lines) > opened.first and self.cells is None:
                self.end_teaser(opened)
        elif tag in numbering.LISTS:
            self.numbers.pop()
        elif tag == "li":
            self.number = ""

    def end_teaser(self, opened: Open) -> None:
        """Name the lines of a link that holds some, where they are another story's teaser."""
        url = link_of((opened.element.get("href") or "").strip(), self.base)
        first = next((line for line in self.lines[opened.first :] if line.text), None)
        if first is None or not (is_story(url) and first.place.startswith(f"{opened.place}>")):
            return  # one that nobody closed begins with words
        self.end_line()
        self.lines[opened.first :] = as_teaser(self.lines[opened.first :], url)

    def break_line(self) -> None:
        """A `<br>`: within a caption, a heading or a story's title it is a space: one text."""
        opened = self.open[-1]
        if opened.mark == "caption" or tag_of(opened.place) == "h1" or is_title(opened):
            self.say(" ", opened.href)
        else:
            self.end_line()

    def pass_over(self, element: _Element, style: Style) -> None:
        """Keep the text of an element that is not read, but for code."""
        if style.own_line and (style.unseen != ADVERT or self.stands_behind_sentence()):
            self.end_line()
        if element.get("disabled") is None:
            self.fields += _FIELDS.get(str(element.tag), style.unseen == CONTROL)
        if style.unseen == CONTROL and self.open[-1].mark in {"caption", "figure"}:
            for photo in islice(element.iter(*PICTURES), 1):  # it opens in large
                self.picture(photo)
        text = tidy(text_of(element, _MOST_UNSEEN)) if style.unseen != CODE else ""
        if text:
            self.add_apart(Line(text[:_MOST_UNSEEN], "left out", reason=style.unseen))

    def picture(self, element: _Element) -> None:
        """Add a picture; one within a sentence does not end it, an icon is a sign in it."""
        if is_icon(element):
            self.say(icon_text(element), self.open[-1].href)
            return
        if (url := absolute(source_of(element), self.base)) is None:
            return
        if leads_on(self.open[-1].href) and self.open[-1].mark not in _NO_TEXT:
            led = ((url[:_MOST_UNSEEN], self.open[-1].href),)
            self.add_apart(Line(led[0][0], "left out", led, reason=OF_LINK))
            return
        if self.stands_behind_sentence():
            self.end_line()
        links = (("", self.open[-1].href),) if is_story(self.open[-1].href) else ()
        self.add_apart(Line("", self.open[-1].mark, links, url))
