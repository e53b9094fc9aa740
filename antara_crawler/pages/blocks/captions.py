"""Which lines are captions: those that the page marks so, are signed, or stand by a picture."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from antara_crawler.items import Picture
from antara_crawler.pages.blocks.block import BODY, Block
from antara_crawler.pages.blocks.buttons import is_button
from antara_crawler.pages.blocks.credits import (
    LONGEST,
    is_told,
    known_caption,
    read_caption,
    split_caption,
)
from antara_crawler.pages.fields.datelines import is_lead
from antara_crawler.pages.fields.dates import parted_at_date
from antara_crawler.pages.lines.lines import Line, tag_of
from antara_crawler.pages.stories.links import is_all_link
from antara_crawler.text import is_prose

_COUNTER = re.compile(
    r"[0-9]{1,3}\s*(?:/|dari|of)\s*[0-9]{1,3}|\+\s?[0-9]{1,3}|[0-9][0-9.,]{0,8}\s?(?:k|rb|jt)?"
)
_OF_ALL = re.compile(r"[0-9]{1,3}\s*/\s*([0-9]{1,3})")
_BADGE = re.compile(r"foto|photos?|video|gale?r[iy]|infografi[sk]|infographic", re.I)
"""What kind of a thing is shown, set upon a picture by the page; no caption says no more."""
_LONGEST_BUTTON = 30
_FEWEST_SPACES = 2
_MARKED = frozenset({"caption", "figure"})
_SAID = frozenset({"text", "quote", "foot"})
_SET_OFF = frozenset({"heading", "item", "quote"})


class Around(NamedTuple):
    """What a line stands among that may be a caption."""

    picture: Line | None
    """The picture right above it."""
    before: Picture | None
    """The caption right above it, where that is no bare picture."""
    above: bool
    """Whether it stands above the body."""
    by_form: bool
    """Whether a line may be one that the page marks as none."""


def reason_upon(line: Line, picture: Line | None, before: Sequence[Block]) -> str:
    """Return why a line upon a picture is no caption: it is the number of one of several ('1/9',
    '+3'), also right behind all of those, a badge ('Foto'), or the word of a button ('Perbesar');
    empty for another one.
    """
    if picture is None and line.mark not in _MARKED:
        counted = _OF_ALL.fullmatch(line.text)
        held = takewhile(lambda block: block.picture, reversed(before)) if counted else ()
        return "counter" if counted and 1 < len(list(held)) == int(counted[1]) else ""
    if _COUNTER.fullmatch(line.text):
        return "counter"
    is_word = picture is not None and len(line.text) <= _LONGEST_BUTTON and is_button(line.text)
    is_word = is_word or (line.mark in _MARKED and _BADGE.fullmatch(line.text) is not None)
    return "advert or button" if is_word else ""


def caption_of(line: Line, around: Around) -> tuple[Picture | None, bool]:
    """Return the caption that a line is, or None; and whether it is one with that before it."""
    is_marked = line.mark == "caption" or (line.mark == "figure" and around.picture is not None)
    picture = known_caption(line.text, around.before) if is_marked else _unmarked(line, around)
    joins = around.by_form or line.mark == "caption"
    whole = _joined(around.before, picture, line.text) if around.before and joins else None
    if whole and (line.mark in _MARKED or not (picture and picture.caption)):
        return whole, True
    return picture, False


def _unmarked(line: Line, around: Around) -> Picture | None:
    """Return the caption that a line is by what it says and where it stands."""
    is_apart, is_beside = _is_apart(line, around), around.picture is not None
    if line.mark != "figure" and not (around.by_form and (is_apart or line.mark in _SAID)):
        return None
    is_beside = line.mark == "figure" or (is_beside and (around.above or not is_apart))
    found = read_caption(line.text, beside_picture=is_beside)
    if found or not (around.above and is_beside) or line.mark in _SET_OFF:
        return found
    is_other = is_all_link(line) or is_lead(line) or bool(parted_at_date(line.text)[1])
    return None if is_other else known_caption(line.text)


def _is_apart(line: Line, around: Around) -> bool:
    """Whether a line in an element of its own may be a caption: a heading, an item beside one."""
    if line.mark == "heading":
        return (around.above or around.picture is not None) and tag_of(line.place) != "h1"
    return line.mark == "item" and around.picture is not None and around.picture.mark == "item"


def _joined(before: Picture, end: Picture | None, text: str) -> Picture | None:
    """Return the caption of which two lines are parts: the second one, whose `text` may be nothing
    else, has the credit.
    """
    if before.credit or not before.caption:
        return None
    alone = None if end else read_caption(text, beside_picture=True)
    end = alone if alone and not alone.caption else end
    if end is None or not end.credit:
        return None
    words = " ".join(part for part in (before.caption, end.caption) if part)
    return Picture(before.url, words, end.credit)


def is_none(lines: Sequence[Line], place: int, before: Sequence[Block], *, is_beside: bool) -> bool:
    """Whether a line is no caption: a word or two between a picture and the headline, as a kicker
    is, or, with no picture beside it, what nothing but its class says to be one.
    """
    if not is_beside:
        return _is_by_class(lines, place, before)
    is_over = any(tag_of(line.place) == "h1" for line in lines[place + 1 : place + 2])
    is_short = lines[place].mark == "text" and lines[place].text.count(" ") < _FEWEST_SPACES
    return is_over and is_short and split_caption(lines[place].text).credit is None


def _is_by_class(lines: Sequence[Line], place: int, before: Sequence[Block]) -> bool:
    """Whether nothing but its class says that a sentence is a caption: it names no source, text
    stands between it and the picture above, and none is right below, or one with its own caption.
    """
    line, text = lines[place], lines[place].text
    if (
        line.mark != "caption"
        or tag_of(line.place) == "figcaption"
        or not is_prose(text)
        or split_caption(text).credit
    ):
        return False
    below = lines[place + 1 : place + 3]
    if below and below[0].image and not any(line.mark in _MARKED for line in below[1:]):
        return False
    near = next((block for block in reversed(before) if block.picture or block.kind in BODY), None)
    return near is not None and near.picture is None


def with_credits_below(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, of a picture, a line and a credit alone one caption, where text goes on.

    At a text's end the line may be its last, and who signed it below.
    """
    found = list(blocks)
    said = [n for n, block in enumerate(found) if block.kind in BODY and is_prose(block.text)]
    for n in reversed(range(1, min(len(found), said[-1] if said else 0))):
        (above, line, below), words = found[n - 1 : n + 2], found[n].text
        shown, credit = above.picture, below.picture
        if shown is None or credit is None or above.text or credit.url or credit.caption:
            continue
        if line.kind == "paragraph" and len(words) <= LONGEST and not is_told(words):
            whole = Picture(shown.url, words, credit.credit)
            found[n - 1 : n + 2] = [Block("caption", f"{words} {below.text}", picture=whole)]
    return found
