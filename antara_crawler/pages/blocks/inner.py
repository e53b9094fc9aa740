"""Bylines within the text that are no bylines: the writer of a book, the speaker of a line."""

import re
from collections.abc import Iterable, Sequence

from antara_crawler.pages.blocks.block import BODY, Block
from antara_crawler.text import is_prose

_LABELLED = re.compile(r"[^\W\d_][^:.!?]{1,30}:\s*\S")
_ENDS = frozenset({"copyright", "notice"})


def with_inner_lines(body: Sequence[Block], around: Iterable[Block]) -> list[Block]:
    """Return the blocks of a body, those that only look like bylines as text.

    A byline stands at an article's edge. One with text before and behind it, sentences or lines
    such as 'Penerbit: Balai Pustaka', is text where the article has bylines at its edges, in the
    body or `around` it, that name others.
    """
    end = next((place for place, block in enumerate(body) if block.kind in _ENDS), len(body))
    inner = [place for place in range(end) if body[place].bylines]
    if not inner:
        return list(body)
    texts = [place for place in range(end) if _is_text(body[place])]
    first, last = (texts[0], texts[-1]) if texts else (0, 0)
    outer = [block for place, block in enumerate(body) if not first < place < last]
    own = {name for block in (*outer, *around) for each in block.bylines for name in each.names}
    found = list(body)
    for place in inner if own else ():
        names = {name for each in body[place].bylines for name in each.names}
        if first < place < last and not names <= own:
            found[place] = Block("paragraph", body[place].text)
    return found


def _is_text(block: Block) -> bool:
    if block.kind not in BODY or block.kind == "heading":
        return False
    return is_prose(block.text) or _LABELLED.match(block.text) is not None
