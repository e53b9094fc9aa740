"""The article's room: the element that holds headline and body, and what stands in it around them.

Every text node of the room is accounted for: body, named block, or left out with its reason. What
stands above or below the body joins it only when it is
plainly the article's: a lead in an element of its own, or paragraphs that fell out of the body
because an element was closed once too often. The rest is left out, and said so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from lxml.etree import _Element

from antara_crawler.items import Picture
from antara_crawler.pages.blocks.block import BODY, Block
from antara_crawler.pages.blocks.buttons import is_call
from antara_crawler.pages.blocks.footer import apart, is_correction, is_foot_text, is_notice
from antara_crawler.pages.fields.bylines import read_byline
from antara_crawler.pages.fields.datelines import find_dateline, is_lead
from antara_crawler.pages.fields.dates import is_date_among_words, is_line_of_dates
from antara_crawler.pages.fields.fields import same_text, unlike
from antara_crawler.pages.fields.metadata import is_photo
from antara_crawler.pages.lines.inserts import name_insert
from antara_crawler.pages.lines.lines import Box, Line, plain_lines
from antara_crawler.pages.lines.rest import (
    fallen_lines,
    is_foot,
    is_missing_foot,
    is_signed,
    tied,
    with_rest,
)
from antara_crawler.pages.lines.run import name_inserts, without_inserts
from antara_crawler.pages.lines.walk import Walk
from antara_crawler.pages.stories.links import is_all_link
from antara_crawler.pages.style.element_style import CELLS, PICTURES, Mark, sets_apart, style_of
from antara_crawler.pages.templates import Generic, Template
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.text import LEAST_WORDS, is_prose, paragraph_key

_ENDS = frozenset({"article", "aside", "footer", "header", "nav"})
_OF_DAYS = frozenset({"h2", "h3", "h4"})
_MOST_FEET = 50
_MOST_LEVELS = 3
_MOST_HEADLINES = 20
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Room:
    """The lines above, in, and below a body, in the page's order."""

    above: list[Line]
    body: list[Line]
    below: list[Line]


def room_around(tree: Tree, bodies: Sequence[_Element]) -> _Element | None:
    """Return the smallest element, but no page, that holds the body and a headline beside it."""
    within = set(bodies)
    holding: set[_Element] = set()
    for headline in tree.tagged("h1")[:_MOST_HEADLINES]:
        around = (headline, *headline.iterancestors())
        if within.isdisjoint(around):
            holding.update(around)
    room = next((each for each in bodies[0].iterancestors() if each in holding), None)
    return None if room is None or room.tag in {"body", "html"} else room


def room_of(tree: Tree, template: type[Template], bodies: Sequence[_Element], base: str) -> Room:
    """Return the lines of the article's room."""
    body = [line for element in bodies for line in _body(element, base, template)]
    parts = _parts(tree, template, bodies)
    walk = _outside(tree, template, bodies, base)
    for part in parts:
        walk.run(part)
    place = walk.passed[0] if walk.passed else len(walk.lines)
    name_inserts(walk.lines, walk.boxes, place)
    above = [*_box_above((parts or bodies)[0], base), *walk.lines[:place]]
    inside = [*body, *walk.lines[place:]]
    behind = _overflow((parts or bodies)[-1], base, inside)
    behind = tied(behind) if is_signed(inside) else behind
    below = [*with_rest(body, walk.lines[place:], walk.around, behind), *behind]
    if not any(is_foot_text(line.text) for line in below):
        for element in _feet(tree, template, [*parts, *bodies]):
            below += tied(Walk(base=base).run(element))
    below = apart(below)
    fallen = fallen_lines(below)
    moved = set(map(id, fallen))
    fallen += [line for line in below if id(line) not in moved and is_correction(line)]
    moved.update(map(id, fallen))
    below = [line for line in below if id(line) not in moved]
    return Room(apart(above, above=True), apart([*body, *fallen]), below)


def shows_article(tree: Tree, body: _Element) -> bool:
    """Whether a page without metadata shows an article: its title above a text that has a dateline,
    or a byline; or a headline and a date above one with a dateline.
    """
    titles = [paragraph_key(text_of(each)) for each in tree.tagged("title")]
    keys = [key for each in tree.tagged("h1") if (key := paragraph_key(text_of(each)))]
    room = room_around(tree, [body]) if keys else None
    lines = apart(Walk(base="").run(body if room is None else room), above=True) if keys else []
    texts = [line.text for line in lines if line.mark != "left out"]
    leads = sum(map(is_lead, lines))
    if any(key in title for key in keys for title in titles):
        own = tuple(line.text for line in Walk(base="").run(body))
        if find_dateline(own, None) is not None:
            return True
        return any(is_foot_text(text) or read_byline(text, uncoloned=True) for text in texts)
    above = takewhile(lambda line: not is_lead(line), lines)
    return leads == 1 and any(is_date_among_words(line.text) for line in above)


def _body(element: _Element, base: str, template: type[Template]) -> list[Line]:
    walk = Walk(base=base)
    return without_inserts(walk.run(element), walk.boxes, is_known=template is not Generic)


def leads_in(blocks: Sequence[Block], title: str | None, body: Sequence[Block]) -> list[Block]:
    """Return the blocks above a body that are its first paragraphs: no label, no pull-quote.

    A lead stands below the headline or has a dateline; it is marked as one, or is a sentence or
    sub-headline without links; what stands between two in places like theirs is one, too, and so
    are a table's rows below one, and a list of some words, with its heading. What the body says,
    too, is no lead.
    """
    said: str | None = None
    found: list[int] = []
    below_title = False
    for n, block in enumerate(blocks):
        if block.kind not in BODY or block.line is None:
            continue
        begin = block.text.rstrip(" .…")
        if same_text(block.text, title):
            below_title = True
        elif begin != block.text and title is not None and title.startswith(begin):
            continue  # as a crumb
        elif _may_be_lead(block.line, below_title=below_title):
            if said is None:
                said = " ".join(paragraph_key(text.text) for text in body if text.kind in BODY)
            if paragraph_key(block.text).rstrip(" .…") not in said:
                found.append(n)
    if not found:
        return []
    homes = {_home(blocks[n]) for n in found if is_prose(blocks[n].text)}
    return [
        block
        for n, block in enumerate(blocks)
        if n in found
        or (found[0] < n < found[-1] and block.kind in BODY and _home(block) in homes)
        or (n > found[0] and block.kind == "row")
        or (block.kind == "heading" and n + 1 in found and blocks[n + 1].kind == "item")
    ]


def _home(block: Block) -> str:
    """Return the place around the one that a block stands in."""
    return block.line.place.rpartition(">")[0] if block.line else ""


def photos_in(blocks: Sequence[Block]) -> list[Picture]:
    """Return the pictures of blocks, with their captions; logos and the like are none."""
    return [block.picture for block in blocks if block.picture and is_photo(block.picture)]


def pictures_below(blocks: Sequence[Block]) -> list[Picture]:
    """Return the pictures right below the body, above any other story, that have a credit."""
    own = takewhile(lambda block: block.kind != "related", blocks)
    return [b.picture for b in own if b.picture and b.picture.url and b.picture.credit]


def with_shared(pictures: Sequence[Picture], shared: Sequence[Picture]) -> tuple[Picture, ...]:
    """Return the pictures; where none has an address the one for sharing is one, or has the caption
    that stands alone.
    """
    if any(picture.url for picture in pictures):
        return tuple(pictures)
    if len(shared) == len(pictures) == 1:
        return (replace(pictures[0], url=shared[0].url),)
    return unlike([*shared, *pictures])


def _may_be_lead(line: Line, *, below_title: bool) -> bool:
    words = line.text.count(" ") + 1
    if is_lead(line) or is_correction(line):
        return words >= _FEWEST_WORDS
    if below_title and line.mark == "item" and not line.links:
        return words >= LEAST_WORDS
    if not below_title or line.mark not in {"text", "heading"}:
        return False
    if line.links:
        return is_prose(line.text) and not (is_all_link(line) or is_call(line))
    return is_prose(line.text) or (line.mark == "heading" and words >= LEAST_WORDS)


def _parts(tree: Tree, template: type[Template], bodies: Sequence[_Element]) -> list[_Element]:
    """Return the element that holds headline and body; else what stands between the two.

    Nothing when the headline stands within the body, or nowhere.
    """
    title = next((e for e in tree.all(*template.title) if e.text or len(e)), None)
    if title is None:
        return []
    around_title = [title, *title.iterancestors()]
    if not set(bodies).isdisjoint(around_title):
        return []
    known = set(around_title)
    branch = bodies[0]
    for common in bodies[0].iterancestors():
        if common in known:
            break
        branch = common
    else:
        return []
    if common.tag not in {"body", "html"}:
        return [common]
    first = next(child for child in around_title if child.getparent() is common)
    between = takewhile(lambda child: child is not branch, first.itersiblings())
    return [first, *between, branch] if branch in set(first.itersiblings()) else []


def _outside(tree: Tree, template: type[Template], bodies: Sequence[_Element], base: str) -> Walk:
    marked: dict[_Element, Mark] = dict.fromkeys(tree.inside(*template.picture), "caption")
    holders = {holder for body in bodies for holder in body.iterancestors()}
    return Walk(base=base, bodies=set(bodies), holders=holders, marked=marked)


def _box_above(room: _Element, base: str) -> list[Line]:
    """Return the lines right above the room that are a picture with its words, or a day."""
    for level in (room, *islice(room.iterancestors(), _MOST_LEVELS)):
        if level.tag in {"body", "html"}:
            break
        box = level.getprevious()
        if box is None or not (box.tag in _OF_DAYS or box.tag == "figure" or sets_apart(box)):
            continue
        if box.tag in _OF_DAYS and is_line_of_dates(text_of(box)):
            return Walk(base=base).run(box)
        walk = Walk(base=base)
        lines = walk.run(box) if len(list(islice(box.iter(*PICTURES, "h1"), 2))) == 1 else []
        name_insert(lines, Box(0, len(lines), 0))
        are_of_one = all(line.image or line.mark in {"figure", "caption"} for line in lines)
        if are_of_one and any(line.image for line in lines):
            return lines
    return []


def _overflow(room: _Element, base: str, inside: Sequence[Line]) -> list[Line]:
    """Return the lines right behind the room that stand in no box: a stray end tag put them there.

    Text behind a closed room is nobody's else; a box with a sentence is, unless that is the notice,
    and ends the search. One with a foot is the article's where what is `inside` needs it.
    """
    lines: list[Line] = []
    for level in (room, *room.iterancestors()):
        if level.tag in {"body", "html", *CELLS}:
            break
        lines += plain_lines(level.tail or "")
        for element in level.itersiblings():
            if element.tag in _ENDS:
                return lines + _own_feet(element, base)
            found = [] if style_of(element).unseen else Walk(base=base).run(element)
            is_apart = sets_apart(element)
            if is_apart or element.tag == "table":
                said = [line for line in found if is_prose(line.text) or is_foot(line)]
                if said and not is_missing_foot(found, inside, lines):
                    return lines + (said if all(is_notice(line.text) for line in said) else [])
            if is_apart:
                found = tied(found)
            lines += found
            lines += plain_lines(element.tail or "")
    return lines


def _own_feet(element: _Element, base: str) -> list[Line]:
    """Return the foot lines of a footer beside the room, which is the article's if it has names, or
    is not the last of its page.
    """
    found = Walk(base=base).run(element) if element.tag == "footer" else []
    feet = [line for line in found if is_foot(line) and line.mark != "quote"]
    is_named = any(read_byline(line.text) for line in feet)
    return feet if is_named or (feet and element.xpath("following::footer")) else []


def _feet(tree: Tree, template: type[Template], walked: Sequence[_Element]) -> Iterator[_Element]:
    """The elements elsewhere in which the article's bylines stand, outermost ones only.

    Not those in another `article`, as cards are, nor in another body.
    """
    taken = set(walked)
    own = next(walked[-1].iterancestors("article"), None)
    for element in islice(tree.anywhere(*template.byline), _MOST_FEET):
        around = {element, *element.iterancestors()}
        if not taken.isdisjoint(around):
            continue
        others = around.intersection(tree.anywhere(*template.body))
        if not others and next(element.iterancestors("article"), own) is own:
            taken.add(element)
            yield element
