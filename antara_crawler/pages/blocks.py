"""Lines to typed blocks: body text is what remains when everything else has been named."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from antara_crawler.items import Link, Picture
from antara_crawler.pages.bylines import Byline, Role, label_of, read_byline, split_names
from antara_crawler.pages.credits import read_caption, split_caption
from antara_crawler.pages.dates import is_date
from antara_crawler.pages.footlines import is_copyright, is_foot_text, is_notice
from antara_crawler.pages.related import (
    Title,
    begins_related,
    is_all_link,
    is_label_alone,
    is_like_title,
    titles_of,
)
from antara_crawler.pages.walk import Line

Kind = Literal[
    "paragraph", "heading", "item", "row", "quote",
    "caption", "related", "byline", "copyright", "notice", "keywords", "date", "advert",
]  # fmt: skip
BODY: frozenset[Kind] = frozenset({"paragraph", "heading", "item", "row", "quote"})
"""The kinds that a reader reads as the article's text."""

_KEYWORDS = re.compile(r"id\s+(?:(?![.!?]\s)[^,]){1,60}(?:,(?:(?![.!?]\s)[^,]){1,60}){1,50}")
_ADVERT = re.compile(
    r"advertisement|iklan|scroll (?:untuk|to) .{0,40}|halaman(?:\s+\d+){1,20}"
    r"|share(?:\s+this)?:?|bagikan:?",
    re.I,
)
_SENTENCE_WORDS = 8


class Block(NamedTuple):
    """One thing on the page, and what it is; the last three as its kind has them."""

    kind: Kind
    text: str
    related: tuple[Link, ...] = ()
    bylines: tuple[Byline, ...] = ()
    picture: Picture | None = None


def blocks_of(
    lines: Iterable[Line], *, names: frozenset[str] = frozenset(), captions: bool = True
) -> list[Block]:
    """Return the blocks that the lines (see `footlines.apart`) are, in order.

    `names` are the case-folded names of the article's writers: a photo credited to one of
    them is known as such. With `captions` false (video texts, which end in credits of their
    own), only what the page marks as a caption is one.
    """
    return _Sorter(names, captions).run(lines)


@dataclass
class _Sorter:
    names: frozenset[str]
    captions: bool
    blocks: list[Block] = field(default_factory=list)
    awaits_titles: Literal["no", "first", "more", "links"] = "no"
    """What may follow a 'Baca juga:' alone on its line; a link shows that all are links."""
    awaits_names: Role | None = None
    has_body: bool = False
    picture: str | None = None
    """The address of a picture whose caption may be the next line."""

    def run(self, lines: Iterable[Line]) -> list[Block]:
        for line in lines:
            self.sort(line)
        self.end_picture()
        return self.blocks

    def sort(self, line: Line) -> None:
        if line.image:
            self.end_picture()
            self.picture = line.image
            return
        if self.is_awaited(line) or self.is_foot(line) or self.is_related(line):
            self.end_picture()
        elif not self.is_caption(line):
            self.end_picture()
            self.has_body = self.has_body or line.mark != "heading"
            self.blocks.append(Block(self.body_kind(line), line.text))

    def end_picture(self) -> None:
        if self.picture:
            self.blocks.append(Block("caption", "", picture=Picture(self.picture, None, None)))
            self.picture = None

    def is_awaited(self, line: Line) -> bool:
        """Titles behind a 'Baca juga:' alone on its line; names behind a 'Pewarta:' alone."""
        if self.awaits_titles != "no":
            if not is_foot_text(line.text) and not begins_related(line):
                if is_all_link(line):
                    self.awaits_titles = "links"
                    return self.relate(line.links)
                first = self.awaits_titles == "first"
                if self.awaits_titles != "links" and is_like_title(line, first=first):
                    self.awaits_titles = "more"
                    return self.relate(((line.text, None),))
            self.awaits_titles = "no"
        if self.awaits_names:
            role, self.awaits_names = self.awaits_names, None
            names = split_names(line.text)
            if names:
                self.blocks.append(Block("byline", line.text, bylines=(Byline(role, names),)))
                return True
        return False

    def is_foot(self, line: Line) -> bool:
        text = line.text
        if label_of(text):
            self.awaits_names = label_of(text)
        elif bylines := read_byline(text):
            self.blocks.append(Block("byline", text, bylines=bylines))
        elif is_copyright(text):
            self.blocks.append(Block("copyright", text))
        elif is_notice(text):
            self.blocks.append(Block("notice", text))
        elif not self.has_body and _KEYWORDS.fullmatch(text):
            self.blocks.append(Block("keywords", text))
        elif not self.has_body and is_date(text):
            self.blocks.append(Block("date", text))
        elif _ADVERT.fullmatch(text) or (line.mark == "foot" and not _is_sentence(text)):
            self.blocks.append(Block("advert", text))
        else:
            return False
        return True

    def is_related(self, line: Line) -> bool:
        if is_label_alone(line):
            self.awaits_titles = "first"
            return True
        titles, tail = titles_of(line)
        if not titles:
            return False
        self.relate(titles)
        if tail:
            self.has_body = True
            self.blocks.append(Block("paragraph", tail))
        return True

    def relate(self, titles: Iterable[Title]) -> bool:
        found = tuple(Link(title, url) for title, url in titles)
        self.blocks.append(Block("related", " ".join(link.title for link in found), related=found))
        return True

    def is_caption(self, line: Line) -> bool:
        beside = self.picture is not None
        picture: Picture | None = None
        if line.mark == "caption" or (line.mark == "figure" and beside):
            picture = split_caption(line.text)
        elif line.mark == "figure" or (self.captions and line.mark in {"text", "quote"}):
            beside = beside or line.mark == "figure"
            picture = read_caption(line.text, beside_picture=beside, names=self.names)
        if picture is None:
            return False
        url, self.picture = self.picture, None
        if url is None and line.mark in {"caption", "figure"}:
            url, picture = self.whole_caption(picture)
        found = Picture(url, picture.caption, picture.credit)
        self.blocks.append(Block("caption", line.text, picture=found))
        return True

    def whole_caption(self, end: Picture) -> tuple[str | None, Picture]:
        """Take back the line before when it begins the caption whose credit this one brings."""
        before = self.blocks[-1].picture if self.blocks else None
        if before is None or before.credit or not (end.credit and before.caption):
            return None, end
        self.blocks.pop()
        words = " ".join(part for part in (before.caption, end.caption) if part)
        return before.url, Picture(None, words, end.credit)

    @staticmethod
    def body_kind(line: Line) -> Kind:
        return line.mark if line.mark in {"heading", "item", "row", "quote"} else "paragraph"


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _SENTENCE_WORDS and text.endswith((".", '"', "”", "!", "?"))
