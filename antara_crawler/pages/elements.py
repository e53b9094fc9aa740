"""What HTML elements mean to a reader: which end a line, which are not seen, which mark text."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Mark = Literal["text", "heading", "item", "row", "quote", "figure", "caption", "related", "foot"]

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd",
    "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
CELLS = frozenset({"td", "th"})
PICTURES = frozenset({"img", "amp-img"})
STRONG: frozenset[Mark] = frozenset({"related", "caption", "foot"})
"""Marks that hold for everything within, whatever the elements there are."""

_UNSEEN = frozenset({
    "amp-ad", "amp-analytics", "amp-iframe", "amp-social-share", "audio", "button", "canvas",
    "embed", "form", "head", "iframe", "input", "ins", "link", "meta", "nav", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
_FURNITURE = re.compile(
    r"(?:adsbygoogle|ads?|adv|advert\w*|iklan|banner|sponsor\w*|share|sharing|share-?this|add-?this"
    r"|social|sosmed|blog-tags|tags-wrapper|pagination|paging|pager|comments?|sr-only)"
    r"(?:[-_].*)?|.*[-_](?:ads?|iklan|share|banner)",
    re.I | re.A,
)
_MARKS: dict[str, Mark] = {
    "li": "item", "dd": "item", "dt": "item", "blockquote": "quote", "figcaption": "caption",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
}  # fmt: skip
_CLASS_MARKS: dict[str, Mark] = {
    "baca-juga": "related", "bacajuga": "related", "baca_juga": "related",
    "caption": "caption", "wp-caption-text": "caption", "wp-caption": "caption",
    "image-caption": "caption", "photo-caption": "caption", "img-caption": "caption",
    "text-muted": "foot", "copyright": "foot", "alert": "foot",
}  # fmt: skip
_LONGEST_CLASS = 300


@dataclass(frozen=True, slots=True)
class Look:
    """How an element looks to a reader; `own_line` when its begin and end are a line's."""

    unseen: bool
    mark: Mark | None
    own_line: bool


def look_of(tag: str, classes: str | None, keep: frozenset[str]) -> Look:
    """Return the look of an element by its tag and class attribute.

    Classes in `keep` do not make it furniture (adverts, share widgets, tag lists).
    """
    return _look(tag, classes[:_LONGEST_CLASS] if classes else "", keep)


@lru_cache(maxsize=2000)
def _look(tag: str, classes: str, keep: frozenset[str]) -> Look:
    tokens = classes.split()
    furniture = any(_FURNITURE.fullmatch(token) for token in tokens if token not in keep)
    mark = next((_CLASS_MARKS[token] for token in tokens if token in _CLASS_MARKS), None)
    if mark is None and tag == "figure":
        mark = None if "table" in tokens else "figure"
    mark = mark or _MARKS.get(tag)
    own_line = tag in BLOCKS or tag in CELLS or mark == "related"
    return Look(tag in _UNSEEN or furniture, mark, own_line)
