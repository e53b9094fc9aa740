"""What a box is whose name makes it suspect: an advert, share buttons, other stories, a form.

The name alone decides nothing: a paragraph of class 'social-assistance' or 'comment' is text.
A box goes, with its reason, when it holds no sentence and is made of links, pictures and
controls; what in it is a byline, a caption or a label with links is read as that.
"""

import re
from collections.abc import Sequence

from lxml.etree import _Element

from antara_crawler.pages.blocks.credits import read_caption, split_caption
from antara_crawler.pages.blocks.footer import is_foot_text, is_furniture
from antara_crawler.pages.blocks.related import begins_related, is_all_link, is_story_link
from antara_crawler.pages.fields.datelines import is_lead
from antara_crawler.pages.fields.dates import is_date
from antara_crawler.pages.lines.element_style import CONTROL
from antara_crawler.pages.lines.lines import Line
from antara_crawler.pages.tree import text_of
from antara_crawler.text import is_prose

_MOST_SENTENCES_OF_A_FORM = 2
_MOST_LINES_OF_A_FORM = 12
_MOST_TITLES = 2
_SENTENCE = re.compile(r"\S+(?:\s+\S+){5,60}?[.!?…]", re.A)
_LONGEST_FALLBACK = {"hidden": -1, "code": -1, "advert": 0, "menu": 0}
_LONGEST_OTHER = 200
_LONGEST_CAPTION = 300
_ENDS = (".", "!", "?", ":", "”", '"')
_FIGURES = re.compile(r"[0-9]{4}|:.*[^0-9 :]")


def judged(box: str, lines: Sequence[Line], *, has_controls: bool) -> list[Line]:
    """Return the lines of a box that has ended, those that leave the article marked so.

    `box` is what its element says it may be (see `element_style.Style`): also 'caption', which
    must not take a whole article when nobody closed it.
    """
    if box == "caption":
        return _with_one_caption(lines)
    if box == "picture":
        return [
            lines[0],
            lines[1]._replace(mark="figure") if _may_be_caption(lines[1]) else lines[1],
        ]
    if any(begins_related(line) for line in lines):
        box = "related"
    if not _is_no_text(box, lines, has_controls=has_controls):
        return list(lines)
    return [kept for line in lines if (kept := _leaving(box, line))]


def swallows_text(element: _Element, reason: str) -> bool:
    """Whether an unseen element holds sentences that cannot be its own: nobody closed it."""
    longest = _LONGEST_FALLBACK.get(reason, _LONGEST_OTHER)
    if element.tag == "button":
        longest = 0
    if longest < 0 or not (len(element) or element.text):
        return False
    text = text_of(element)
    return len(text) > longest and _SENTENCE.search(text) is not None


def _is_no_text(box: str, lines: Sequence[Line], *, has_controls: bool) -> bool:
    if box == CONTROL:
        return all(line.mark == "left out" or _is_label(line) for line in lines)
    if box == "card" and not any(is_story_link(line) for line in lines):
        return False
    sentences = plain = links = 0
    for line in lines:
        if line.image or is_all_link(line):
            links += 1
        elif line.mark != "left out" and not is_furniture(line.text):
            if read_caption(line.text, beside_picture=False):
                return False
            plain += 1
            sentences += is_prose(line.text)
    if box == "form" and has_controls:
        return sentences <= _MOST_SENTENCES_OF_A_FORM and plain <= _MOST_LINES_OF_A_FORM
    if sentences:
        return False
    return plain <= _MOST_TITLES if links or has_controls else not plain


def _may_be_caption(line: Line) -> bool:
    """Whether all words of a box with one picture above the text are its caption: no lead."""
    is_bare = line.mark == "text" and not line.links and len(line.text) <= _LONGEST_CAPTION
    return is_bare and not (is_lead(line) or is_date(line.text) or is_foot_text(line.text))


def _is_label(line: Line) -> bool:
    """Whether a line beside a control can be its label: no sentence, link, date or picture."""
    is_bare = line.mark == "text" and not (line.links or line.image)
    return is_bare and not (line.text.endswith(_ENDS) or _FIGURES.search(line.text))


def _leaving(box: str, line: Line) -> Line | None:
    if line.image:
        return None
    if line.mark in {"left out", "related"} or begins_related(line) or is_foot_text(line.text):
        return line
    if box in {"related", "card"} and is_all_link(line):
        return line._replace(mark="related")
    return line._replace(mark="left out", reason=box)


def _with_one_caption(lines: Sequence[Line]) -> list[Line]:
    """Free the sentences behind a caption that is whole: they fell into an unclosed element."""
    texts = [line for line in lines if line.text]
    if len(texts) < 2 or (len(texts) == 2 and split_caption(texts[0].text).credit is None):
        return list(lines)
    return [
        line._replace(mark="text")
        if line.text and line is not texts[0] and is_prose(line.text) and not _credited(line)
        else line
        for line in lines
    ]


def _credited(line: Line) -> bool:
    return split_caption(line.text).credit is not None
