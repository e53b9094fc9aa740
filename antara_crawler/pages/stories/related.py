"""Whole lines that name other stories: labels alone, links in lists, titles below a label.

A label in a sentence is a sentence; a link without a label is a story's where others stand beside
it, or where nothing but a label is in its line.
"""

from collections.abc import Sequence
from typing import Literal

from antara_crawler.addresses import site_of
from antara_crawler.pages.found.hints import is_time_of_story
from antara_crawler.pages.lines.lines import Line
from antara_crawler.pages.stories.labels import WITHIN, label_at_begin
from antara_crawler.pages.stories.links import (
    OWN_PAGE,
    Title,
    beside_links,
    is_all_link,
    is_story,
    url_of,
)
from antara_crawler.text import is_prose

_LONGEST_TITLE = 200
_HEADLINE_WORDS = 4
_LONGEST_LABEL, _MOST_OF_LABEL = 60, 5
_FEWEST_SPACES = 2
_ENDS = (".", "!", '."', ".”", "!”", "?”", ",", ";", ":")
Awaited = Literal["no", "first", "more", "links"]
"""What may follow a 'Baca juga:' alone on its line; a link shows that all are links."""


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
    first, *stories = line.links or (("", None),)
    is_one = stories and _is_section(first) and all(is_story(link[1]) for link in stories)
    return tuple(stories) if is_one else line.links


def is_section_link(line: Line) -> bool:
    """Whether a line beside a title is no more than a link to the section of that story."""
    return len(line.links) == 1 and is_all_link(line) and _is_section(line.links[0])


def _is_section(link: Title) -> bool:
    name, url = link
    is_page = OWN_PAGE.match(url or "") is not None
    return is_page and name.count(" ") < _FEWEST_SPACES and not is_story(url)


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
    return ((line.text, None),) if is_long and len(line.text) <= _LONGEST_TITLE else ()
