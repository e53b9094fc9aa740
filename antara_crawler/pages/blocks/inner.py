"""Which lines that look like foot lines are some: not the writer of a book, officers, a poet."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from antara_crawler.pages.blocks.block import BODY, FOOT, Block
from antara_crawler.pages.blocks.footer import (
    TAG_PAGE,
    ends_article,
    is_copyright,
    is_notice,
    is_terms,
    may_be_foot,
)
from antara_crawler.pages.blocks.sources import SOURCE
from antara_crawler.pages.fields.bylines import Role, read_byline
from antara_crawler.pages.fields.datelines import has_dateline
from antara_crawler.pages.fields.dates import is_date
from antara_crawler.pages.lines.lines import Line
from antara_crawler.text import is_prose

_LABELLED = re.compile(r"[^\W\d_][^:.!?]{1,30}:\s*\S")
_COLON = re.compile("[:：]")
_ENDS = frozenset({"copyright", "notice"})
_OWN = re.compile("antara", re.I)
_FEWEST_LINES = 2
_MOST_NAMED = 5
_MOST_LISTED = 30


def stands_at_end(lines: Sequence[Line], place: int) -> bool:
    """Whether nothing but an article's end is behind a line: there names need no colon.

    An item of a list, or a row of a table, is one where all above it are names, too, or a date, and
    either that or a foot line behind it says what the list is.
    """
    at, mark = lines[place].place, lines[place].mark
    is_free = mark in {"text", "foot"}
    if not is_free:
        above = takewhile(lambda line: line.place == at, reversed(lines[:place]))
        others = [line for line in islice(above, _MOST_NAMED) if not _is_names(line)]
        if mark not in {"item", "row"} or others:
            return mark == "item" and all(is_date(line.text) for line in others)
    for line in lines[place + 1 : place + 1 + _MOST_NAMED]:
        if ends_article(line):
            return True
        if line.text and line.mark != "left out" and not _is_names(line):
            return False
    return is_free


def is_announced(lines: Sequence[Line], place: int, before: Sequence[Block]) -> bool:
    """Whether an item is a link to a tag, and of a list that a line of the text announces, the last
    of the blocks `before` it: text goes on below.
    """
    line, above = lines[place], before[-1] if before else None
    if line.mark != "item" or above is None or above.kind not in BODY:
        return False
    if above.kind != "item" and not above.text.endswith(":"):
        return False
    below = (one for one in lines[place + 1 : place + _MOST_LISTED] if one.place != line.place)
    is_of_text = any(
        is_prose(one.text) for one in takewhile(lambda one: not ends_article(one), below)
    )
    return is_of_text and all(TAG_PAGE.match(url or "") for _, url in line.links)


def is_late(line: Line, blocks: Sequence[Block]) -> bool:
    """Whether a line behind the copyright line or notice is of a kind, or has a role, that none of
    the blocks before it is of.
    """
    text = line.text
    is_notice_line = is_notice(text) or (blocks[-1].kind in FOOT and is_terms(text))
    if is_notice_line or is_copyright(text):
        kind = "copyright" if is_copyright(text) else "notice"
        return all(block.kind != kind for block in blocks)
    known = {each.role for block in blocks for each in block.bylines}
    found = read_byline(text) if may_be_foot(text) else ()
    return any(each.role not in known for each in found)


def _is_names(line: Line) -> bool:
    return bool(read_byline(line.text, uncoloned=True))


def with_inner_lines(
    body: Sequence[Block], above: Sequence[Block], below: Sequence[Block]
) -> list[Block]:
    """Return the blocks of a body, those that only look like foot lines as text.

    A byline stands at an article's edge, as before its dateline. It is text where the article has
    another behind it, in the body or `below`, or names others in its header, `above`, and it has
    text before and behind it, sentences or lines such as 'Penerbit: Balai Pustaka'; or stands in a
    list of such lines; or has some lines of any kind, as of a poem, below it; or has no
    colon, and one of its role with a colon stands elsewhere. So is a copyright of others than
    ANTARA where hers stands below.
    """
    kinds = {block.kind for block in body}
    if "byline" not in kinds and "copyright" not in kinds:
        return list(body)
    found = [*_without_quoted_rights(body, below)] if "copyright" in kinds else list(body)
    end = next((place for place, block in enumerate(found) if block.kind in _ENDS), len(found))
    _free_seconds(found, end, below)
    inner = [place for place in range(end) if found[place].bylines]
    if not inner:
        return found
    texts = [place for place in range(end) if _is_text(found[place])]
    first, last = (texts[0], texts[-1]) if texts else (0, 0)
    if any(first < place < last for place in inner):
        first = _lead(found, texts)
    outer = [block for place, block in enumerate(found) if not first < place < last]
    own = _names(*above, *outer, *below)
    for place in inner:
        block, rest = found[place], (*found[place + 1 :], *below)
        is_within = first < place < last
        is_new = not _names(block) <= (own if is_within and own else _names(*rest))
        is_listed = place > 0 and _is_labelled(found[place - 1])
        goes_on = is_listed and place + 1 < end and found[place + 1].kind in BODY
        behind = next((n for n in range(place + 1, end) if not found[n].bylines), place)
        is_of_list = is_listed and _is_labelled(found[behind])
        if is_of_list and not block.text.startswith("Pewarta"):
            others = _names(*found[behind:], *below)
            is_of_text = is_within or (bool(others) and not _names(block) <= others)
        else:
            is_of_text = is_within and bool(own) and (is_new or goes_on)
        if not is_of_text and is_new and place > first and _has_other(block, rest, below):
            is_fact = is_listed and not block.text.startswith("Pewarta")
            is_of_text = is_fact or _lines_behind(found, place) >= _FEWEST_LINES
        if is_of_text:
            found[place] = Block("paragraph", block.text)
            if place + 1 < end and found[place + 1].reason == SOURCE:
                found[place + 1] = Block("paragraph", found[place + 1].text)
    return found


def _lead(body: Sequence[Block], texts: Sequence[int]) -> int:
    """Return which of the texts is the lead: the one with a dateline, else the first that stands
    where most do.
    """
    places = [line.place if (line := body[n].line) else "" for n in texts]
    most = Counter(places).most_common(1)[0][0]
    dated = (n for n in texts[:_MOST_NAMED] if has_dateline(body[n].text))
    return next(dated, texts[places.index(most)])


def _free_seconds(body: list[Block], end: int, below: Sequence[Block]) -> None:
    """Make text of bylines without a colon behind a text, where others of their role have one."""
    named = [n for n in range(end) if body[n].bylines and not _COLON.search(body[n].text)]
    bare = [n for n in named if not n or body[n - 1].kind != "byline" or body[n - 1].bylines]
    first = next((n for n in range(end) if _is_text(body[n])), end) if bare else end
    others = [b for b in (*body, *below) if b.bylines and _COLON.search(b.text)] if bare else []
    for n in (n for n in bare if n > first):
        alike = [block for block in others if _roles(block) & _roles(body[n])]
        if alike and not _names(body[n]) <= _names(*others):
            body[n] = Block("paragraph", body[n].text)


def _without_quoted_rights(body: Sequence[Block], below: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, a copyright line of others as text where ANTARA's own stands below."""
    is_below = any(block.kind == "copyright" and _OWN.search(block.text) for block in below)
    for block in body:
        is_quoted = is_below and block.kind == "copyright" and not _OWN.search(block.text)
        yield Block("paragraph", block.text) if is_quoted else block


def _has_other(block: Block, rest: Sequence[Block], below: Sequence[Block]) -> bool:
    """Whether the article's own byline stands behind one: of its role, or below the body."""
    roles = _roles(block)
    alike = any(roles & _roles(other) for other in rest if other.bylines)
    return alike or any(other.bylines for other in below)


def _lines_behind(body: Sequence[Block], place: int) -> int:
    """Return how many lines of text stand right behind a block."""
    count = 0
    for block in body[place + 1 :]:
        if block.kind not in BODY:
            break
        count += 1
    return count


def _names(*blocks: Block) -> set[str]:
    return {name for block in blocks for each in block.bylines for name in each.names}


def _roles(block: Block) -> set[Role]:
    return {each.role for each in block.bylines}


def _is_labelled(block: Block) -> bool:
    """Whether a line is one of a list of labelled ones, or announces a list."""
    is_announcing = block.text.endswith(":")
    return block.kind in BODY and (is_announcing or _LABELLED.match(block.text) is not None)


def _is_text(block: Block) -> bool:
    if block.kind not in BODY or block.kind == "heading":
        return False
    return is_prose(block.text) or _LABELLED.match(block.text) is not None
