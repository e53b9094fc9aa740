"""Lines told by those beside them: of a header above a text, or of a list that it opens with."""

import re
from collections.abc import Callable, Sequence
from itertools import islice, pairwise, takewhile

from antara_crawler.pages.blocks.buttons import is_button, is_date_line, is_furniture
from antara_crawler.pages.blocks.footer import ends_article, is_foot_text
from antara_crawler.pages.fields.words import is_function_word
from antara_crawler.pages.lines.inserts import is_sentence
from antara_crawler.pages.lines.lines import Line, Node, is_free, stands_bare, tag_of
from antara_crawler.pages.stories.links import is_all_link
from antara_crawler.text import LEAST_WORDS

_MOST_OF_LIST = 30
_FEWEST_ITEMS = 2
_FEWEST_OF_ITEM = 4
_NEAR = 6
_FEWEST_SPACES = 2
_MOST_OF_NAME = 3
_SIGNS = frozenset("-–—|/•·")
_ENDS = (".", "!", "?", "…", ":", ",", ";", '"', "”")

_OF_PAIRS = frozenset({"dt", "dd"})
_LABELLED = re.compile(r"([^\W\d][^:.!?]{1,30}?)\s?:\s\S")
_OF_PAGE = re.compile(
    r"(?:rubrik|kanal|kategori|category|section|topi[ck]|tema|edisi|halaman|tags?|label|sumber|source"
    r"|dilihat|dibaca|views?|hits|komentar|bagikan|share|terbit|published|updated)\b.*",
    re.I,
)


def end_of_header(lines: Sequence[Line], root: Node, headline: int, first: int) -> int:
    """Return where the header ends: behind the outermost box of the headline that holds no
    paragraph, and behind the last line above the `first` one that is a date.
    """
    node: Node | None = root
    end = dated = headline + 1
    while node and node.box.end > first:
        node = next((n for n in node.within if n.box.first <= headline < n.box.end), None)
        end = node.box.end if node and node.box.end <= first else end
    for n in range(headline + 1, first):
        dated = n + 1 if is_date_line(lines[n], "") else dated
    return max(end, dated)


def is_label(line: Line) -> bool:
    """Whether a line of a header is one of its labels: words that all begin in upper case, two or
    three as the name of a section, or a few on both sides of a sign, as a name and a site.

    More words without a sign may be a sub-headline: a portal may set its words so.
    """
    words = [word for word in line.text.split() if not is_function_word(word)]
    names = sum(word[0].isalnum() for word in words)
    most = LEAST_WORDS if not _SIGNS.isdisjoint(words) else _MOST_OF_NAME
    if names > most or line.text.endswith(_ENDS) or ":" in line.text:
        return False
    return all(not word[0].islower() for word in words)


def is_badge(lines: Sequence[Line], place: int) -> bool:
    """Whether a line stands on the picture right below it, as the name of a section does."""
    line = lines[place]
    if line.mark != "figure" or not any(below.image for below in lines[place + 1 : place + 2]):
        return False
    return is_all_link(line) or (line.text.count(" ") <= _FEWEST_SPACES and is_label(line))


def is_of_own_list(lines: Sequence[Line], place: int, *, has_lead: bool) -> bool:
    """Whether a line is of a list or a table of a text: several of its items are words, and none
    says that it is a header's, as a date, a byline, a counter or a link; or it has some words, and
    is one of several. Where there is no lead, which may stand above a table, every row is.
    """
    line = lines[place]
    if line.mark == "row" and not has_lead:
        return True
    if line.text.count(" ") >= _FEWEST_OF_ITEM - 1 and is_of_several(lines, place):
        return True
    held = _list_around(lines, place)
    is_worded = any(each.text.count(" ") >= _FEWEST_SPACES for each in held)
    return len(held) >= _FEWEST_ITEMS and is_worded and not _is_of_header(held)


def is_of_headers_list(lines: Sequence[Line], place: int) -> bool:
    """Whether an item of the list in which a line stands says that it is a header's."""
    return _is_of_header(_list_around(lines, place))


def is_of_facts(lines: Sequence[Line], place: int, home: str) -> bool:
    """Whether a line is one of several facts with labels, in a `home`: 'Lokasi: Muara', or a term
    and what is said of it. None of them is a header's, as a section or a byline.
    """
    line = lines[place]
    is_pair = tag_of(line.place) in _OF_PAIRS
    if not line.place.startswith(home) or not (is_pair or _LABELLED.match(line.text)):
        return False
    around = _around(line)

    def is_one(other: Line) -> bool:
        if is_pair:
            return tag_of(other.place) in _OF_PAIRS and _around(other) == around
        alike = (other.place, other.mark) == (line.place, line.mark)
        return alike and _LABELLED.match(other.text) is not None

    held = _beside(lines, place, is_one)
    facts = [each.text for each in held]
    if is_pair:
        tags = [tag_of(each.place) for each in held]
        pairs = zip(pairwise(facts), pairwise(tags), strict=True)
        facts = [f"{a.rstrip(' :')}: {b}" for (a, b), said in pairs if said == ("dt", "dd")]
    is_pages = any(map(_OF_PAGE.match, facts)) or any(map(is_foot_text, facts))
    return len(facts) >= _FEWEST_ITEMS and not is_pages and not _is_of_header(held)


def is_of_several(lines: Sequence[Line], place: int) -> bool:
    """Whether the text beside a line is another one of its kind: a verse, an address."""
    line = lines[place]
    near = lines[place + 1 : place + 1 + _NEAR]
    above = reversed(lines[max(0, place - _NEAR) : place])
    beside = (next(filter(is_free, some), None) for some in (above, near))
    alike = (one for one in beside if one and (one.place, one.mark) == (line.place, line.mark))
    return not line.links and any(not one.links for one in alike)


def is_above_sentence(lines: Sequence[Line], place: int) -> bool:
    """Whether a line stands bare where the next sentence does: both fell out of the body."""
    near = lines[place + 1 : place + 1 + _NEAR]
    for line in takewhile(lambda each: not ends_article(each), near):
        if is_sentence(line):
            return stands_bare(lines[place], line.place.rpartition(">")[0])
    return False


def _is_of_header(items: Sequence[Line]) -> bool:
    return any(
        is_all_link(line)
        or is_foot_text(line.text)
        or is_date_line(line, "")
        or is_furniture(line.text)
        or (" " not in line.text and is_button(line.text))
        or not any(map(str.isalpha, line.text))
        for line in items
    )


def _list_around(lines: Sequence[Line], place: int) -> Sequence[Line]:
    line = lines[place]

    def is_one(other: Line) -> bool:
        return other.mark == line.mark and (line.mark == "row" or other.place == line.place)

    return _beside(lines, place, is_one)


def _around(line: Line) -> str:
    return line.place.removesuffix(">b").rpartition(">")[0]


def _beside(lines: Sequence[Line], place: int, is_one: Callable[[Line], bool]) -> Sequence[Line]:
    above = islice(reversed(lines[max(0, place - _MOST_OF_LIST) : place]), _MOST_OF_LIST)
    below = lines[place : place + _MOST_OF_LIST]
    return [*[*takewhile(is_one, above)][::-1], *takewhile(is_one, below)]
