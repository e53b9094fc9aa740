"""What the links of a line are: all of it or some words, to a story or to a page of the agency."""

import re
from collections.abc import Sequence
from functools import lru_cache

from antara_crawler.pages.found.hints import is_time_of_story
from antara_crawler.pages.lines.lines import Line

_JOINTS = re.compile(r"[\s•*\-–—,;|»«›‹<>→←►◄]+")
OWN_PAGE = re.compile(r"(?:https?://(?:[\w-]+\.)*antaranews\.com)?/[^/]", re.A)
"""Addresses on the agency's hosts."""
_OF_STORY = r"(?:berita|foto|video|rilis-pers|infografik|news|slide)/\d+"
_STORY = re.compile(rf"https?://(?:[\w-]+\.)*antaranews\.com/(?:[\w-]+/){{0,2}}{_OF_STORY}", re.A)
STORY_PATH = re.compile(rf"/{_OF_STORY}", re.A)
"""In an address as written: it may be one of an article."""
_HOME = re.compile(r"https?://[^/]{1,200}/?")
_PATH = re.compile(r"(?:beranda|home|halaman (?:depan|utama))\s*[/›»→>|]", re.I)
Title = tuple[str, str | None]
"""A title and, where it was a link, its address."""
_PREFIXES = frozenset({"category", "kategori", "kanal", "rubrik", "section", "c"})
_MOST_PARTS = 2
_WORDS = re.compile(r"\w+")
_TITLE_WORDS = 4
"""So many words has the address of an article, and not that of a section."""


def is_all_link(line: Line) -> bool:
    """Whether the line is a link, or several, and nothing more than when that story came."""
    if not line.links:
        return False
    titles = "".join(title for title, _ in line.links)
    if titles == line.text or solid(titles) == solid(line.text):
        return True
    return is_time_of_story(beside_links(line).strip(" ()|•·-–"))


def url_of(line: Line) -> str | None:
    """Return where the first link of a line leads."""
    return line.links[0][1] if line.links else None


def beside_links(line: Line, links: Sequence[Title] = ()) -> str:
    """Return what a line says beside its links, or beside some of them."""
    text = line.text
    for title, _ in links or line.links:
        text = text.replace(title, " ", 1)
    return " ".join(text.split())


@lru_cache(maxsize=2000)
def is_story(url: str | None) -> bool:
    """Whether an address is one of an article of any of the agency's hosts."""
    return _STORY.match(url or "") is not None


def solid(text: str) -> str:
    """Return a text without what may stand between links: spaces, commas, bars, arrows."""
    return _JOINTS.sub("", text)


def is_path(line: Line) -> bool:
    """Whether a line leads to a section by its path: it begins with a link home, and a sign."""
    return _PATH.match(line.text) is not None and bool(_HOME.fullmatch(url_of(line) or ""))


def is_named(name: str, path: str) -> bool:
    """Whether the last part of an address is the name: 'Kabar Daerah', '/kanal/kabar-daerah'."""
    return _WORDS.findall(name.casefold()) == _WORDS.findall(path.rpartition("/")[2].casefold())


def may_be_section(path: str) -> bool:
    """Whether an address has no more parts and words than that of a section."""
    parts = path.strip("/").split("/")
    parts = parts[1:] if len(parts) > 1 and parts[0] in _PREFIXES else parts
    return len(parts) <= _MOST_PARTS and parts[-1].count("-") < _TITLE_WORDS - 1
