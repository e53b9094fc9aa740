"""Elements that nobody closed: they would take with them the sentences that stand behind."""

import re
from collections.abc import Sequence

from lxml.etree import _Element

from antara_crawler.pages.blocks.credits import split_caption
from antara_crawler.pages.lines.lines import Line
from antara_crawler.pages.tree import text_of
from antara_crawler.text import is_prose

_SENTENCE = re.compile(r"\S+(?:\s+\S+){5,60}?[.!?…]", re.A)
_LONGEST_FALLBACK = {"hidden": -1, "code": -1, "advert": 0, "menu": 0}
_LONGEST_OTHER = 200


def swallows_text(element: _Element, reason: str) -> bool:
    """Whether an unseen element holds sentences that cannot be its own: nobody closed it."""
    longest = _LONGEST_FALLBACK.get(reason, _LONGEST_OTHER)
    if element.tag == "button":
        longest = 0
    if longest < 0 or not (len(element) or element.text):
        return False
    text = text_of(element)
    return len(text) > longest and _SENTENCE.search(text) is not None


def with_one_caption(lines: Sequence[Line]) -> list[Line]:
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
