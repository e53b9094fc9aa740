"""One thing on a page, and what kind of thing it is."""

from typing import Literal, NamedTuple

from antara_crawler.items import Link, Picture
from antara_crawler.pages.fields.bylines import Byline
from antara_crawler.pages.lines.lines import Line

Kind = Literal[
    "paragraph", "heading", "item", "row", "quote",
    "caption", "related", "byline", "copyright", "notice", "keywords", "date", "left out",
]  # fmt: skip
BODY: frozenset[Kind] = frozenset({"paragraph", "heading", "item", "row", "quote"})
"""The kinds that a reader reads as the article's text."""
FOOT: frozenset[Kind] = frozenset({"byline", "copyright", "notice"})
"""The kinds that stand at an article's foot."""


class Block(NamedTuple):
    """One thing on the page, and what it is; the others as its kind has them."""

    kind: Kind
    text: str
    related: tuple[Link, ...] = ()
    bylines: tuple[Byline, ...] = ()
    picture: Picture | None = None
    reason: str = ""
    """Why a block 'left out' is no part of the article; 'label' of a story that one names."""
    line: Line | None = None
    """The line that a body block was."""
