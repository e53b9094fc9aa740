"""A line parted at the labels in it: its text, and the titles of stories that they name.

Body text leaves a line here on a label with links (or with a colon, at the beginning of a line).
A label in a sentence is a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from antara_crawler.pages.lines.lines import Line
from antara_crawler.pages.stories.labels import WITHIN, label_at_begin
from antara_crawler.pages.stories.links import Title, is_all_link, is_story, solid, url_of
from antara_crawler.text import is_prose

_BETWEEN = re.compile(r"[\s•*\-–—,;|»«<>“”\"'‘’]*(?:dan\s+|and\s+|serta\s+)?")
_SENTENCE_ENDS = (".", "!", "?", '"', "”", "’", ")", "*", "…")
_LONGEST_TITLE = 300


class Part(NamedTuple):
    """Some text of a line, and the titles that are named behind it; either may be empty."""

    text: str
    titles: tuple[Title, ...]


class _Link(NamedTuple):
    begin: int
    end: int
    title: str
    url: str | None


def parts_of(line: Line) -> list[Part]:
    """Return the line as text and the titles named in it, in turn; one part without titles for an
    ordinary line.

    A label counts at the beginning of the line with a colon or when all behind it is a link;
    elsewhere, behind a sentence or at the line's end, when it has a colon and a link follows.
    """
    begin = label_at_begin(line.text)
    if begin is None and line.mark != "related" and not line.links:
        return [Part(line.text, ())]
    links = list(_located(line))
    is_marked = line.mark == "related" and not is_prose(line.text)
    if begin is None and is_marked and WITHIN.match(line.text) is None:
        return [Part("", line.links if is_all_link(line) else ((line.text, url_of(line)),))]
    if begin is not None and not _counts(line, begin, links):
        begin = None
    return list(_split(line, begin, links))


def _located(line: Line) -> Iterator[_Link]:
    """The links of a line with their places in its text, in order."""
    at = 0
    for title, url in line.links:
        begin = line.text.find(title, at)
        if begin >= 0:
            at = begin + len(title)
            yield _Link(begin, at, title, url)


def _counts(line: Line, begin: re.Match[str], links: Sequence[_Link]) -> bool:
    """Whether a label at the beginning of a line is one: 'Baca juga tulisan saya' is a sentence."""
    if (begin["colon"] and not begin["quoted"]) or line.mark == "related":
        return True
    rest = line.text[begin.end() :]
    if not links or not solid(line.text).endswith(solid(links[-1].title)):
        return False
    return solid(rest) in solid("".join(link.title for link in links))


def _split(line: Line, begin: re.Match[str] | None, links: Sequence[_Link]) -> Iterator[Part]:
    text, at = line.text, 0
    if begin is not None:
        titles, end = _titles_at_begin(line, begin, links)
        if titles:
            yield Part("", titles)
            at = end
    for match in _labels(text, at, links):
        if match.start() < at:
            continue
        titles, end = _titles_behind(text, match.end(), links)
        if match["linked"] and (solid(text[end:]).strip(".)]") or not _are_stories(titles)):
            continue
        before = text[at : match.start()].strip()
        before = before if any(map(str.isalnum, before)) else ""  # signs alone are none
        if titles and (before.endswith(_SENTENCE_ENDS) or not before or not solid(text[end:])):
            yield Part(before, titles)
            at = end
    rest = text[at:].strip()
    if any(map(str.isalnum, rest)) or at == 0:
        yield Part(rest, ())


def _labels(text: str, at: int, links: Sequence[_Link]) -> Iterator[re.Match[str]]:
    """Yield the labels in a text from `at` on; one within a word counts where a link has ended."""
    ends = {link.end for link in links}
    for match in WITHIN.finditer(text, at):
        place = match.start()
        if not (text[place - 1 : place + 1].isalnum() and place) or place in ends:
            yield match


def _are_stories(titles: Sequence[Title]) -> bool:
    return bool(titles) and all(is_story(url) for _, url in titles)


def _titles_at_begin(
    line: Line, begin: re.Match[str], links: Sequence[_Link]
) -> tuple[tuple[Title, ...], int]:
    """Return what a label at the beginning of a line names, and where that ends."""
    text = line.text
    titles, end = _titles_behind(text, begin.end(), links)
    if titles:
        if "(" in begin[0] or "[" in begin[0]:
            last, url = titles[-1]
            unclosed = last.count("(") >= last.count(")") and not last.endswith("]")
            titles = (*titles[:-1], (last if unclosed else last.rstrip(")] "), url))
        return titles, end
    others = _labels(text, begin.end(), links)
    following = next((match for match in others if not match["linked"]), None)
    stop = following.start() if following else len(text)
    link = next((link for link in links if begin.end() <= link.begin < stop), None)
    if link is not None:
        words = text[begin.end() : link.end].strip()
        more, end = _titles_behind(text, link.end, links)
        return ((words, link.url), *more), end
    plain = text[begin.end() : stop].strip()
    plain = plain.removesuffix(")") if text.startswith("(") else plain
    if plain and len(plain) <= _LONGEST_TITLE:
        return ((plain, None),), stop
    return (), 0


def _titles_behind(text: str, at: int, links: Sequence[_Link]) -> tuple[tuple[Title, ...], int]:
    """Return the titles of the links that stand from `at` on with nothing between, and the end."""
    titles: list[Title] = []
    for link in links:
        if link.end <= at:
            continue
        if link.begin > at and _BETWEEN.fullmatch(text, at, link.begin) is None:
            break
        title = text[max(at, link.begin) : link.end].strip(" •*-–—,;|»>")
        if title:
            titles.append((title, link.url))
        at = link.end
    return tuple(titles), at
