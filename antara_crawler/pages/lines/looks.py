"""What an element is to a reader before its text is walked: a title, a label, an icon, a card."""

import re
from collections.abc import Sequence
from itertools import chain

from lxml.etree import _Element

from antara_crawler.addresses import absolute
from antara_crawler.pages.blocks.credits import split_caption
from antara_crawler.pages.blocks.footer import is_foot_text
from antara_crawler.pages.lines.lines import NOWHERE, Line, tag_of
from antara_crawler.pages.lines.writing import Open
from antara_crawler.pages.stories.labels import label_at_begin
from antara_crawler.pages.stories.links import is_story
from antara_crawler.pages.tree import text_of
from antara_crawler.text import is_prose

_NO_PAGE = ("#", "javascript:", "mailto:?", "whatsapp://send?text", "fb-messenger:", "tg://msg_url")
_LONGEST_TITLE = 200
_STYLES = frozenset({"b", "small", "span", "strong"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-srcset", "src", "srcset")
_SPACE = re.compile(
    r"data:|(?:[^?#]*/)?(?:blank|spacer|placeholder|loading|lazy|1x1)[\w-]{0,20}\.\w+", re.I
)
"""The address of what stands where a picture will."""
_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]{1,9})[wx])?\s*(?:,|$)", re.A)
_LARGEST_ICON = 32
_LARGEST_PORTRAIT = 64
_LONGEST_ATTRIBUTE = 300
_LONGEST_SET = 5000
_UNITS = {"": 1, "px": 1, "pt": 4 / 3, "em": 16, "rem": 16, "ex": 8}
_PIXELS = re.compile(r"\s*(\d{1,6})(px|)\s*", re.I | re.A)
_SIZE = re.compile(
    r"(?:^|[;\s-])(?:width|height)\s*:\s*(\d{0,6}\.?\d{1,6})(px|pt|r?em|ex)\b", re.I | re.A
)
_SMILEY = re.compile("emoji|emoticon|smiley|smilie", re.I)
_LONGEST_SMILEY = 5
_ICON = re.compile(
    r"(?:\b|_)(?:emoji\w*|emoticon|twemoji|wp-smiley|smiley|icon|ikon)(?:\b|_)", re.I
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)\b|//(?:img|cdn)\.", re.I)
_BUTTON = re.compile(
    r"\s*(?:cetak|print|e-?mail|surel|pdf|bagikan|share|kirim)"
    r"(?: (?:artikel|berita|halaman|page|article))?(?: ini)?\s*",
    re.I,
)
_LONGEST_SIGN = 12
_SENTENCE_ENDS = (".", '."', ".”")
_HEADING = re.compile(r">h[1-6](?:\.[^>]*)?$")
_LONGEST_TEASER = 500
PUT_RIGHT = {"h1": 10_000, "table": 10}
"""Elements, with fewer lines than that, that are put right at their end, as captions are."""


def link_of(href: str, base: str) -> str | None:
    """Return where a link leads: an address, NOWHERE for a button, None when it is none."""
    return NOWHERE if href.startswith(_NO_PAGE) else absolute(href, base)


def is_title(opened: Open) -> bool:
    """Whether an element is a heading or a link to a story, and closed: it holds one title."""
    tag = opened.element.tag
    if tag_of(opened.place) not in _HEADINGS and not (tag == "a" and is_story(opened.href)):
        return False
    text = text_of(opened.element, _LONGEST_TITLE + 1)
    if len(text) > _LONGEST_TITLE or is_prose(text):
        return False
    return tag != "a" or not _goes_on(opened.element)


def _goes_on(link: _Element) -> bool:
    """Whether more than a title stands in a link: a paragraph, or a sentence or a gap behind it."""
    if next(link.iter("p", "div"), None) is not None:
        return True
    parts = [""]
    for each in link.iter():
        if each.tag == "br":
            parts.append(each.tail or "")
        else:
            parts[-1] += f"{each.text or ''} {'' if each is link else each.tail or ''}"
    behind = [part.strip() for part in parts[1:]]
    while behind and not behind[-1]:
        behind.pop()
    if any(label_at_begin(part) for part in behind):
        return True  # of another story
    return not all(behind) or any(part.endswith(_SENTENCE_ENDS) for part in behind)


def is_bold(element: _Element) -> bool:
    """Whether all that an element holds stands in bold type, as sub-heads do."""
    if len(element) != 1 or element[0].tag not in {"b", "strong"}:
        return False
    return not ((element.text or "").strip() or (element[0].tail or "").strip())


def is_amid_word(before: _Element, element: _Element, said: str) -> bool:
    """Whether a style that a writer gave ends amid a word: of two elements without a class."""
    is_style = element.tag in _STYLES and before.get("class") is element.get("class") is None
    return is_style and said[-1:].islower() and (element.text or "")[:1].islower()


def source_of(element: _Element) -> str:
    """Return the address of a picture as written; empty for one that is data, or has none.

    It may stand where scripts take it from, and of a `<picture>` in a `<source>`; of a `srcset` the
    largest is taken.
    """
    if not (found := _source_in(element)) or _SPACE.match(found):
        # The parser puts a picture into the sources before it, which nothing ends.
        holder = next(element.iterancestors("picture"), None)
        sources = holder.iter("source") if holder is not None else ()
        found = next(filter(None, map(_source_in, sources)), found)
    return "" if found.startswith("data:") else found


def _source_in(element: _Element) -> str:
    given = [(name, text) for name in _SOURCES if (text := element.get(name))]
    name, source = next(
        (each for each in given if not _SPACE.match(each[1])), (given or [("", "")])[0]
    )
    if not name.endswith("srcset"):
        return source
    sizes = {match[1]: float(match[2] or 1) for match in _CANDIDATE.finditer(source[:_LONGEST_SET])}
    return max(sizes, key=sizes.__getitem__, default="")


def is_icon(element: _Element) -> bool:
    """Whether an image is a sign in the text or nothing at all to see, and no photo.

    In a responsive layout of AMP its sizes are a ratio; one that fills its box has none.
    """
    if element.get("layout") not in {"fill", "responsive"}:
        sizes = (element.get("width", ""), element.get("height", ""))
        given = [match for match in map(_PIXELS.fullmatch, sizes) if match]
        given += _SIZE.finditer(element.get("style", "")[:_LONGEST_ATTRIBUTE])
        pixels = [float(size[1]) * _UNITS[size[2].lower()] for size in given]
        is_portrait = len(pixels) > 1 and max(pixels) <= _LARGEST_PORTRAIT
        if is_portrait or any(each <= _LARGEST_ICON for each in pixels):
            return True
    alt = element.get("alt", "")
    is_named = _ICON.search(element.get("class", "")) or _BUTTON.fullmatch(alt)
    return is_named is not None or _is_sign(alt)


def leads_on(url: str | None) -> bool:
    """Whether a picture in a link to this address is a sign of that page: no picture, no story."""
    if url is None or url == NOWHERE:
        return False
    return _PICTURE.search(url) is None and not is_story(url)


def icon_text(element: _Element) -> str:
    """Return the emoji that an image stands for, or the signs of a smiley (':)'), or nothing."""
    alt = element.get("alt", "").strip()
    is_short = len(alt) <= _LONGEST_SMILEY and not alt.isalnum() and " " not in alt
    is_smiley = is_short and _SMILEY.search(element.get("class", "")) is not None
    return alt if is_smiley or _is_sign(alt) else ""


def _is_sign(alt: str) -> bool:
    """Whether a text is an emoji or the like: short, no letters, not of ASCII alone."""
    alt = alt.strip()
    return (
        0 < len(alt) <= _LONGEST_SIGN
        and not alt.isascii()
        and not any(character.isalpha() for character in alt)
    )


def put_right(lines: Sequence[Line], opened: Open) -> list[Line]:
    """Return the lines of a caption, a headline or a table as the element means them."""
    if opened.is_caption:
        return _with_one_caption(lines)
    if opened.element.tag == "h1":
        return _as_one(lines, opened.place)
    images = [line for line in lines if line.image]
    words = [line for line in lines if line not in images]
    if len(images) != 1 or any(tag_of(line.place) != "caption" for line in words if line.text):
        return list(lines)
    return [*images, *(line._replace(mark="caption") for line in words)]


def _with_one_caption(lines: Sequence[Line]) -> list[Line]:
    """Free what stands behind a caption that is whole, up to the next picture, from a sentence on:
    it fell into an element that nobody closed. A caption above its picture comes behind it.
    """
    if lines and lines[-1].image and all(line.mark == "caption" for line in lines[:-1]):
        lines = [lines[-1], *lines[:-1]]
    texts = [line for line in lines if line.text]
    if len(texts) < 2 or (len(texts) == 2 and split_caption(texts[0].text).credit is None):
        return list(lines)
    found: list[Line] = []
    is_free, is_caption = False, True
    for line in lines:
        if line.image:
            is_free, is_caption = False, True
        elif line.text:
            is_free = is_free or not (is_caption or _credited(line) or not is_prose(line.text))
            is_caption = False
        is_fallen = is_free and line.mark in {"caption", "figure"}
        found.append(line._replace(mark="text") if is_fallen else line)
    return found


def _as_one(lines: Sequence[Line], place: str) -> list[Line]:
    """Return the lines of a headline, those that stand right in its `place` as one: only a style
    parts them.
    """
    own = [line for line in lines if line.text and line.place == place]
    if len(own) < 2:
        return list(lines)
    links = tuple(chain.from_iterable(line.links for line in own))
    whole = own[0]._replace(text=" ".join(line.text for line in own), links=links)
    return [whole, *(line for line in lines if line not in own)]


def _credited(line: Line) -> bool:
    return split_caption(line.text).credit is not None


def as_teaser(lines: Sequence[Line], url: str | None) -> list[Line]:
    """Return the lines of a link to a story; of its teaser all but the title left out."""
    texts = [line for line in lines if line.text and line.mark != "left out"]
    if len(lines) < 2 or sum(map(_size, texts)) > _LONGEST_TEASER:
        return list(lines)
    headed = [line for line in texts if _HEADING.search(line.place)]
    titles = headed or [line for line in texts if line.mark == "text"]
    if not titles or any(map(_is_of_article, texts)):
        return list(lines)
    return [
        line._replace(mark="related", links=((line.text, url),))
        if line is titles[0]
        else line._replace(mark="left out", reason=line.reason or "related")
        for line in lines
    ]


def _is_of_article(line: Line) -> bool:
    return is_foot_text(line.text) or label_at_begin(line.text) is not None


def _size(line: Line) -> int:
    return len(line.text)
