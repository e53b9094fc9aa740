"""Lines that name other stories: the labels before them, and the titles behind the labels.

Body text leaves a line here on a label with links (or with a colon, at the beginning of a line),
or when a list is made of nothing but links to stories. A label in a sentence is a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from antara_crawler.addresses import site_of
from antara_crawler.pages.blocks.labels import WITHIN, label_at_begin
from antara_crawler.pages.found.hints import is_time_of_story
from antara_crawler.pages.lines.lines import Line
from antara_crawler.text import is_prose

_JOINTS = re.compile(r"[\s•*\-–—,;|»«›‹<>→←►◄]+")
_BETWEEN = re.compile(r"[\s•*\-–—,;|»«<>“”\"'‘’]*(?:dan\s+|and\s+|serta\s+)?")
OWN_PAGE = re.compile(r"(?:https?://(?:[\w-]+\.)*antaranews\.com)?/[^/]", re.A)
"""Addresses on the agency's hosts."""
_STORY = re.compile(
    r"https?://(?:[\w-]+\.)*antaranews\.com/(?:[\w-]+/){0,2}"
    r"(?:berita|foto|video|rilis-pers|infografik|news|slide)/\d+",
    re.A,
)
_LONGEST_TITLE, _LONGEST_TITLE_BELOW = 300, 200
_HEADLINE_WORDS = 4
_LONGEST_LABEL, _MOST_OF_LABEL = 60, 5
_FEWEST_SPACES = 2
_ENDS = (".", "!", '."', ".”", "!”", "?”", ",", ";", ":")
_SENTENCE_ENDS = (".", "!", "?", '"', "”", "’", ")", "*", "…")

Awaited = Literal["no", "first", "more", "links"]
"""What may follow a 'Baca juga:' alone on its line; a link shows that all are links."""
Title = tuple[str, str | None]
"""A title and, where it was a link, its address."""


class Part(NamedTuple):
    """Some text of a line, and the titles that are named behind it; either may be empty."""

    text: str
    titles: tuple[Title, ...]


class _Link(NamedTuple):
    begin: int
    end: int
    title: str
    url: str | None


def may_relate(line: Line) -> bool:
    """Whether a look is worth while: a label begins the line, or a link stands in it."""
    if line.links or line.mark == "related" or label_at_begin(line.text) is not None:
        return True
    return line.text.endswith((":", "："))


def begins_related(line: Line) -> bool:
    """Whether the line begins with 'Baca juga' or the like."""
    return label_at_begin(line.text) is not None


def is_label_alone(line: Line, behind: Sequence[Line]) -> bool:
    """Whether the line is 'Baca juga:' and no more, and what it names is `behind` it.

    Without a colon ('Berita Terkait', over a box) the line below must be a link.
    """
    below = next((each for each in behind if each.text), None)
    match = label_at_begin(line.text[:_LONGEST_LABEL]) if len(line.text) <= _LONGEST_LABEL else None
    if match is None:
        lone = WITHIN.fullmatch(line.text) if below is not None and is_story_link(below) else None
        return lone is not None and not line.links
    if line.text[match.end() :].strip(" )]"):
        return False
    if match["colon"] or line.mark == "related" or line.links:
        return True
    return below is not None and is_all_link(below)


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


def is_all_link(line: Line) -> bool:
    """Whether the line is a link, or several, and nothing more than when that story came."""
    if not line.links:
        return False
    titles = "".join(title for title, _ in line.links)
    if titles == line.text or _solid(titles) == _solid(line.text):
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


def is_story_link(line: Line) -> bool:
    """Whether the line is a link to another story and nothing more, and no sentence."""
    return (
        len(line.links) == 1
        and not line.number
        and not begins_related(line)
        and WITHIN.match(line.text) is None
        and not is_prose(line.text)
        and is_all_link(line)
        and is_story(line.links[0][1])
    )


def stories_in(line: Line) -> tuple[Title, ...]:
    """Return the stories that a line links to when it is no more than a label, in any words, and
    their titles.
    """
    line = line._replace(links=_behind_section(line))
    title = line.links[-1][0] if line.links else ""
    if title.count(" ") < _FEWEST_SPACES or not all(is_story(url) for _, url in line.links):
        return ()
    if begins_related(line) or is_prose(line.text):
        return ()
    if len(line.links) > 1:
        return line.links if beside_links(line).count(" ") <= _MOST_OF_LABEL else ()
    label, bar, name = line.text.rpartition(" | ")
    if line.text == title:
        is_card = bar and label.count(" ") < _MOST_OF_LABEL <= name.count(" ") + 3
        return ((name, url_of(line)),) if is_card else ()
    before, _, behind = line.text.rpartition(title)
    if behind and not is_time_of_story(behind.strip(" ()|•·-–")):
        return ()
    # 'Pukul 10.00: lomba Baca juga: …' has words of its own before the label.
    is_label = before.count(" ") <= _MOST_OF_LABEL and WITHIN.search(before, 1) is None
    return line.links if is_label else ()


def _behind_section(line: Line) -> tuple[Title, ...]:
    """Return the links of a line, without that of a section before those of stories."""
    (name, url), *stories = line.links or (("", None),)
    is_page = OWN_PAGE.match(url or "") and name.count(" ") < _FEWEST_SPACES and not is_story(url)
    is_one = is_page and stories and all(is_story(link[1]) for link in stories)
    return tuple(stories) if is_one else line.links


def stands_in_list(lines: Sequence[Line], place: int) -> bool:
    """Whether the line beside one is a mere link to another story, too."""
    beside = (*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2])
    return any(line.links and is_story_link(line) for line in beside)


def titles_below(line: Line, awaited: Awaited, before: str | None) -> tuple[Title, ...]:
    """Return the titles that a line below a lone label is, for it is no sentence and no sub-head.

    What is linked leads to a story, or to any page of the site that the one `before` is on; the
    first may lead anywhere. What is not needs a headline's length behind the first one, since
    sub-heads are short.
    """
    if line.links:
        may_be = awaited == "first" or {site_of(url) for _, url in line.links} == {site_of(before)}
        may_be_said = awaited != "first" and line.mark == "text" and line.text.endswith(".")
        are_stories = all(is_story(url) for _, url in line.links) and not may_be_said
        is_one = (are_stories or not is_prose(line.text)) and _behind_section(line) == line.links
        return line.links if may_be and is_one and is_all_link(line) else ()
    if awaited == "links" or line.mark not in {"text", "item"} or line.text.endswith(_ENDS):
        return ()
    is_long = awaited == "first" or len(line.text.split()) >= _HEADLINE_WORDS
    return ((line.text, None),) if is_long and len(line.text) <= _LONGEST_TITLE_BELOW else ()


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
    if not links or not _solid(line.text).endswith(_solid(links[-1].title)):
        return False
    return _solid(rest) in _solid("".join(link.title for link in links))


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
        if match["linked"] and (_solid(text[end:]).strip(".)]") or not _are_stories(titles)):
            continue
        before = text[at : match.start()].strip()
        before = before if any(map(str.isalnum, before)) else ""  # signs alone are none
        if titles and (before.endswith(_SENTENCE_ENDS) or not before or not _solid(text[end:])):
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


def _solid(text: str) -> str:
    return _JOINTS.sub("", text)
