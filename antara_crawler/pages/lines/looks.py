"""What an element looks like to a reader before its text is walked: a title, a label, bold type."""

from collections.abc import Iterable

from lxml.etree import _Element

from antara_crawler.addresses import absolute
from antara_crawler.pages.blocks.labels import label_at_begin
from antara_crawler.pages.blocks.related import is_story
from antara_crawler.pages.lines.lines import NOWHERE
from antara_crawler.pages.lines.writing import Open
from antara_crawler.pages.tree import text_of
from antara_crawler.text import is_prose

_NO_PAGE = ("#", "javascript:", "mailto:?", "whatsapp://send?text", "fb-messenger:", "tg://msg_url")
_LONGEST_TITLE = 200
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LABEL_DEPTH = 4


def link_of(href: str, base: str) -> str | None:
    """Return where a link leads: an address, NOWHERE for a button, None when it is none."""
    return NOWHERE if href.startswith(_NO_PAGE) else absolute(href, base)


def is_title(opened: Open) -> bool:
    """Whether an element is a heading or a link to a story, and closed: it holds one title."""
    tag = opened.element.tag
    if tag not in _HEADINGS and not (tag == "a" and is_story(opened.href)):
        return False
    text = text_of(opened.element, _LONGEST_TITLE + 1)
    return len(text) <= _LONGEST_TITLE and not is_prose(text)


def begins_with_label(element: _Element) -> bool:
    """Whether the words within an element begin with 'Baca juga:' or the like."""
    for _ in range(_LABEL_DEPTH):
        text = element.text
        if text and not text.isspace():
            match = label_at_begin(text)
            return match is not None and bool(match["colon"])
        if not len(element):
            return False
        element = element[0]
    return False


def is_term(element: _Element, before: Iterable[tuple[str, str | None]]) -> bool:
    """Whether a button is a word of a sentence that it explains: words stand before and behind."""
    said = "".join(text for text, _ in before).strip() if element.tag == "button" else ""
    behind = (element.tail or "").strip()
    is_between = said.count(" ") > 0 and behind.count(" ") > 0 and not said.endswith(":")
    return is_between and is_prose(f"{said} {element.text} {behind}")
