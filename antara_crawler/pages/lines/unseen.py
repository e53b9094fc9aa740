"""Which elements that are controls, menus or hidden are read for what they hold, and as what."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, islice

from lxml.etree import _Element

from antara_crawler.pages.blocks.buttons import is_button, is_furniture
from antara_crawler.pages.stories.labels import label_at_begin
from antara_crawler.pages.stories.links import STORY_PATH
from antara_crawler.pages.style.element_style import (
    BY_TEMPLATE,
    COMMENTS,
    FILLED,
    SUBHEAD,
    Style,
    style_of,
)
from antara_crawler.pages.tree import text_of
from antara_crawler.text import is_prose

_LONGEST_TITLE = 200
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_SENTENCE = re.compile(r"\S+(?:\s+\S+){5,60}?[.!?…]", re.A)
_LONGEST_FALLBACK = {
    **dict.fromkeys(("hidden", BY_TEMPLATE, COMMENTS, "code"), -1),
    **{"advert": 0, "menu": 0},
}
_LONGEST_OTHER = 200
_CHOICES = frozenset({"optgroup", "option"})
_OF_PANEL = re.compile("accordion|aria-expanded|collapse|faq", re.I)
_MOST_AROUND = 2
_ENDS_BEFORE = (".", "!", "?", ":", "|")
_MOST_BEHIND = 20


def as_read(element: _Element, style: Style) -> Style:
    """Return the style with which an unseen element is read, its own where it is not."""
    if element.tag == "button" and _heads_panel(element):
        return SUBHEAD
    return replace(style, unseen="") if _holds_text(element, style.unseen) else style


def _heads_panel(button: _Element) -> bool:
    """Whether a button is a question or sub-head of a text that is shown right below it."""
    text = text_of(button, _LONGEST_TITLE)
    head, tags = button, [button.tag]
    for around in islice(button.iterancestors(), _MOST_AROUND):
        if len(around) > 1 or (around.text or "").strip() or (head.tail or "").strip():
            break
        head = around
        tags.append(head.tag)
    panel, box = head.getnext(), head.getparent()
    is_head = not _HEADINGS.isdisjoint(tags)
    if panel is None or box is None or is_button(text) or is_furniture(text):
        return False
    names = " ".join(chain(*button.items(), box.values()))
    is_one = is_head or (" " in text and (text[-1] == "?" or _OF_PANEL.search(names)))
    style = style_of(panel)
    is_shown = style.own_line and not (style.unseen or (head.tail or "").strip())
    return bool(is_one) and is_shown and _SENTENCE.search(text_of(panel)) is not None


def _holds_text(element: _Element, reason: str) -> bool:
    """Whether an unseen element is one to read: it holds sentences that cannot be its own, since
    nobody closed it, or a menu has a label and links to related stories.
    """
    longest = _LONGEST_FALLBACK.get(reason, _LONGEST_OTHER)
    if element.tag == "button" or (element.tag in FILLED and _holds_page(element)):
        longest = 0
    if longest < 0 or not (len(element) or element.text):
        return False
    text = text_of(element)
    if element.tag == "nav" and label_at_begin(text):
        return any(STORY_PATH.search(link.get("href") or "") for link in element.iter("a"))
    return len(text) > longest and _SENTENCE.search(text) is not None


def _holds_page(control: _Element) -> bool:
    """Whether elements stand within that no such control holds, be they parsed or not."""
    is_raw = "</" in (control.text or "")
    return is_raw or any(each.tag not in _CHOICES for each in control.iterdescendants())


def is_term(element: _Element, before: Iterable[tuple[str, str | None]]) -> bool:
    """Whether a button is a word of a sentence that it explains: the sentence has begun before it
    and goes on behind it, and its own words stand apart from those before it.
    """
    said = "".join(text for text, _ in before) if element.tag == "button" else ""
    if f"{said[-1:]}{(element.text or '')[:1]}".isalnum():
        return False
    said = said.rstrip()
    if not said or said.endswith(_ENDS_BEFORE):
        return False
    behind = element.tail or ""
    for beside in islice(element.itersiblings(), _MOST_BEHIND):
        style = style_of(beside)
        if style.own_line:
            break
        behind += f"{'' if style.unseen else text_of(beside, _LONGEST_TITLE)}{beside.tail or ''}"
    return bool(behind.strip()) and is_prose(f"{said} {element.text} {behind}".rstrip())
