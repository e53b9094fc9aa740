"""Pictures and icons: where a picture comes from, and which are signs within a text."""

import re

from lxml.etree import _Element

from antara_crawler.pages.blocks.related import is_story
from antara_crawler.pages.lines.lines import NOWHERE

_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_LARGEST_ICON = 32
_ICON = re.compile(r"(?:\b|_)(?:emoji\w*|twemoji|wp-smiley|smiley|icon|ikon)(?:\b|_)", re.I)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)\b|//(?:img|cdn)\.", re.I)
_LONGEST_SIGN = 12


def source_of(element: _Element) -> str:
    """Return the address of a picture as written; empty for one that is data, or has none."""
    source = next((s for s in map(element.get, _SOURCES) if s), "")
    return "" if source.startswith("data:") else source


def is_icon(element: _Element) -> bool:
    """Whether an image is a sign in the text or nothing at all to see, and no photo.

    In a responsive layout of AMP its sizes are a ratio.
    """
    is_ratio = element.get("layout") == "responsive"
    sizes = () if is_ratio else (element.get("width", ""), element.get("height", ""))
    if any(size.isdecimal() and int(size[:6]) <= _LARGEST_ICON for size in sizes):
        return True
    return _ICON.search(element.get("class", "")) is not None or _is_sign(element.get("alt", ""))


def leads_on(url: str | None) -> bool:
    """Whether a picture in a link to this address is a sign of that page: no picture, no story."""
    if url is None or url == NOWHERE:
        return False
    return _PICTURE.search(url) is None and not is_story(url)


def icon_text(element: _Element) -> str:
    """Return the emoji that an image stands for, or nothing."""
    alt = element.get("alt", "")
    return alt if _is_sign(alt) else ""


def _is_sign(alt: str) -> bool:
    """Whether a text is an emoji or the like: short, no letters, not of ASCII alone."""
    alt = alt.strip()
    return (
        0 < len(alt) <= _LONGEST_SIGN
        and not alt.isascii()
        and not any(character.isalpha() for character in alt)
    )
