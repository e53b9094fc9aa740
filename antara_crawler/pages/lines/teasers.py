"""Boxes that are teasers of other stories: each has a title that leads on, and says a little of it.

One is told by what it holds: a title, one text that is cut short, labels; or by others of one form
right behind it.
"""

from collections.abc import Sequence
from itertools import groupby, pairwise

from antara_crawler.pages.blocks.buttons import is_elsewhere
from antara_crawler.pages.fields.datelines import is_lead
from antara_crawler.pages.found.hints import is_time_of_story
from antara_crawler.pages.lines.inserts import OF_PARAGRAPHS, is_headline, mark_as, may_be_label
from antara_crawler.pages.lines.lines import Box, Line, Node
from antara_crawler.pages.stories.links import OWN_PAGE, is_all_link, is_story, url_of
from antara_crawler.pages.stories.related import is_label_alone
from antara_crawler.text import is_prose

_MOST_OF_CARD = 4
_FEWEST_SPACES = 2
_FEWEST_SENTENCES = 2
_MOST_OF_TEASER = 8
_LONGEST_TEASER = 300
_ELSEWHERE = 1_000
"""So many sentences, or fewer, stand in a body that is not among the lines."""
_CUT = ("...", "…")


def name_teasers(lines: list[Line], root: Node, *, in_body: bool) -> None:
    """Mark boxes that are teasers of other stories: each has a title that leads to a page, and says
    a little of it, cut short; in a body also several of one form right behind each other.
    """
    waiting = [root] if any(line.links for line in lines) else []
    said = sum(is_prose(line.text) for line in lines) if waiting else 0
    left = sum(map(_is_said, lines)) if waiting else 0
    while waiting:
        within = waiting.pop().within
        for place, run in groupby(within, key=lambda one: _title_of_teaser(lines, one.box)):
            nodes = list(run)
            boxes = [one.box for one in nodes]
            is_row = place and _are_in_row(lines, boxes, left if in_body else _ELSEWHERE)
            for one in nodes:
                is_one = is_row or (place and _is_cut(lines, one.box, said))
                if not (is_one or (place and in_body and _is_named(lines, one.box, left))):
                    waiting.append(one)
                    continue
                for n in range(one.box.first, one.box.end):
                    is_title = lines[n].place == place and is_story(url_of(lines[n]))
                    left -= _is_said(lines[n])
                    mark_as(lines, n, "related" if is_title else "left out", "related")


def _title_of_teaser(lines: Sequence[Line], box: Box) -> str:
    """Return the place of the title in a box that may be a story's teaser; empty for no other."""
    held = lines[box.first : min(box.end, box.first + _MOST_OF_TEASER + 1)]
    if not 1 < len(held) <= _MOST_OF_TEASER or not any(line.links for line in held):
        return ""
    texts = _texts_in(lines, box)
    title = next(filter(_is_title, texts[:2]), None) if len(texts) > 1 else None
    if title is None or any(is_headline(line) for line in texts):
        return ""
    beside = (line for line in texts if line is not title and line.place == title.place)
    return title.place if all(is_time_of_story(line.text) for line in beside) else ""


def _texts_in(lines: Sequence[Line], box: Box) -> list[Line]:
    texts = (line for line in lines[box.first : box.end] if line.text)
    return [line for line in texts if line.mark != "left out"]


def _is_cut(lines: Sequence[Line], box: Box, said: int) -> bool:
    """Whether the words of a box, not all that is `said`, are a title, one cut text and labels."""
    others = [line for line in _texts_in(lines, box) if not _is_title(line)]
    rest = [line for line in others if not line.text.endswith(_CUT)]
    is_one = len(others) - len(rest) == 1 and all(map(may_be_label, rest))
    return is_one and sum(is_prose(line.text) for line in others) < said


def _is_named(lines: Sequence[Line], box: Box, left: int) -> bool:
    """Whether a box is a label such as 'Baca juga', a title and one text, which is its story's: the
    title is a heading, or more sentences, of those that are `left`, follow behind the box.
    """
    label, *others = _texts_in(lines, box)
    said = [line for line in others if is_prose(line.text) and not line.links]
    if len(said) != 1 or len(said[0].text) > _LONGEST_TEASER or not is_label_alone(label, others):
        return False
    if left <= _FEWEST_SENTENCES or any(map(is_lead, others)):
        return False
    is_card = any(line.mark == "heading" and is_all_link(line) for line in others)
    return is_card or any(map(_is_said, lines[box.end :]))


def _are_in_row(lines: Sequence[Line], boxes: Sequence[Box], left: int) -> bool:
    """Whether short boxes follow each other with nothing between, nothing announces them, and of
    the sentences that are `left` two stand elsewhere.
    """
    before = next((lines[n].text for n in reversed(range(boxes[0].first)) if lines[n].text), "")
    if len(boxes) < 2 or before.endswith(":"):
        return False
    between = (lines[one.end : other.first] for one, other in pairwise(boxes))
    if any(line.text for each in between for line in each):
        return False
    held = [_texts_in(lines, one) for one in boxes]
    if any(len(each) > _MOST_OF_CARD or any(map(is_lead, each)) for each in held):
        return False
    return left - sum(_is_said(line) for each in held for line in each) >= _FEWEST_SENTENCES


def _is_title(line: Line) -> bool:
    """Whether a line is a link of some words to a page of the agency, and no tag or button."""
    url = url_of(line) or ""
    is_linked = is_all_link(line) and OWN_PAGE.match(url) is not None and not is_elsewhere(line)
    return is_linked and not line.number and line.text.count(" ") >= _FEWEST_SPACES


def _is_said(line: Line) -> bool:
    return line.mark in OF_PARAGRAPHS and is_prose(line.text)
