"""What in and below a body is of other stories: pagers, boxes, thumbnails, a story that follows."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import takewhile

from antara_crawler.pages.blocks.block import BODY, FOOT, Block
from antara_crawler.pages.fields.bylines import Role
from antara_crawler.pages.fields.datelines import has_dateline
from antara_crawler.pages.found.hints import is_time_of_story
from antara_crawler.pages.lines.lines import Line
from antara_crawler.pages.stories.labels import label_at_begin
from antara_crawler.pages.style.element_style import COMMENTS
from antara_crawler.text import is_prose, paragraph_key

_NEXT = re.compile(r"(?:berikutnya|selanjutnya|next)\b", re.I)
"""How a link to the story that follows this one begins; the one before stands above it."""
_WHAT = r"(?:artikel|berita|tulisan|pos(?:t(?:ingan)?)?|article|story)"
_STEP = (
    rf"(?:{_WHAT}\s+)?(?:sebelum(?:nya)?|berikut(?:nya)?|selanjutnya|prev(?:ious)?|next|older|newer)"
    rf"(?:\s+{_WHAT})?"
)
_LABELLED_STEP = re.compile(rf"\W*{_STEP}\s*[:：]", re.I)
"""How both titles begin that stand side by side in one line of a pager."""
_PAGER = re.compile(rf"[^\w:]*(?:{_STEP}[^\w:]*|[«‹←⟵◀].+)", re.I)
"""What stands for the stories before and behind this one, or above their titles."""


def own_blocks(
    above: Sequence[Block], body: Sequence[Block], below: Sequence[Block], title: str
) -> tuple[list[Block], list[Block]]:
    """Return the blocks in and below a body, those of other stories left out: stories above its
    headline, stories below that no label names, and the foot of a story that follows.
    """
    key = paragraph_key(title)
    head = takewhile(lambda block: not _is_said(block), body)
    headline = next((n for n, b in enumerate(head) if paragraph_key(b.text) == key), 0)
    blocks = _without_pagers([*body, *_with_named_stories(below)], len(body))
    for n in range(headline):
        if blocks[n].related:
            blocks[n] = _left_out(blocks[n])
    last = next((n for n in reversed(range(len(body))) if _is_said(body[n])), 0)
    _leave_out_next(blocks, last, above)
    return blocks[: len(body)], blocks[len(body) :]


def _leave_out_next(blocks: list[Block], last: int, above: Sequence[Block]) -> None:
    """Leave out dates and bylines of a story that begins behind the `last` sentence of the text.

    It has a title or a dateline, and text. Its dates go where it stands behind the article's own
    foot, its bylines where it names others than that does. Below links to other stories the
    article's own date may stand.
    """
    begin, is_linked = 0, False
    for n, block in enumerate(blocks[last + 1 :], start=last + 1):
        is_headed = block.line is not None and block.line.mark in {"heading", "related"}
        if is_headed or "related" in {block.kind, block.reason}:
            begin, is_linked = n, not is_headed
        elif _is_text(block) and (begin or has_dateline(block.text)):
            begin = begin or n
            break
    else:
        return
    own, others = (_names((*above, *blocks[:begin])), _names(blocks[begin:]))
    foot = {block.kind for block in blocks[last:begin]} & FOOT
    gone: set[str] = set()
    if any(own[role].isdisjoint(others[role]) for role in own.keys() & others.keys()):
        gone = {"byline", "date", "left out"}
    elif foot and not is_linked:
        gone = {"date", "left out"} | ({"byline"} if not own and "copyright" in foot else set())
    for n, block in enumerate(blocks[begin:], start=begin):
        if block.kind in gone:
            blocks[n] = block._replace(kind="left out", reason="related", bylines=())


def _left_out(block: Block) -> Block:
    return block._replace(kind="left out", reason="related", related=())


def _names(blocks: Iterable[Block]) -> dict[Role, set[str]]:
    found: dict[Role, set[str]] = {}
    for byline in (each for block in blocks for each in block.bylines):
        found.setdefault(byline.role, set()).update(byline.names)
    return found


def _is_text(block: Block) -> bool:
    is_one = block.kind in {*BODY, "left out"} and block.reason not in {COMMENTS, "hidden"}
    return is_one and is_prose(block.text)


def _is_said(block: Block) -> bool:
    return block.kind in BODY and is_prose(block.text)


def _with_named_stories(below: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks below a text, stories that no label such as 'Baca juga' names left out.

    What a label names goes on to the end of its box, whatever is told of each story there.
    """
    is_named, box = False, ""
    for block in below:
        place = block.line.place if block.line else ""
        if block.kind != "related":
            is_label = block.reason == "label" and label_at_begin(block.text) is not None
            box = place.rpartition(">")[0] if is_label else box
            is_beside = block.reason == "related" or not block.text  # a title's small picture
            is_told = block.kind in {"paragraph", "date"} and place.startswith(f"{box}>")
            is_beside = is_beside or is_time_of_story(block.text) or (box > "." and is_told)
            is_named = is_label or (is_named and is_beside)
        elif block.reason:
            is_named = True
        elif not is_named:
            yield _left_out(block)
            continue
        yield block


def _without_pagers(blocks: list[Block], end: int) -> list[Block]:
    """Return the blocks, the stories left out that come before and behind this one on the portal,
    whatever they tell. A title below the text, which ends at `end`, may begin with the word.
    """
    found = list(blocks)
    for n, block in enumerate(blocks):
        if not block.related:
            continue
        label = blocks[n - 1].text if n and blocks[n - 1].reason == "label" else ""
        pair = [each.text for each in blocks[max(n, end) : n + 2] if each.related]
        names = [link.title for link in block.related]
        are_steps = len(names) > 1 and all(map(_LABELLED_STEP.match, names))
        is_one = are_steps or any(map(_PAGER.fullmatch, (label, *names)))
        if is_one or any(map(_NEXT.match, pair)):
            found[n] = _left_out(block)
    return found


def without_thumbnails(blocks: list[Block]) -> list[Block]:
    """Return the blocks, bare pictures left out that lead to a story which is named, too."""
    stories = {link.url for block in blocks if block.related for link in block.related}
    if not stories:
        return blocks
    return [
        Block("left out", block.line.image or "", reason="related")
        if block.kind == "caption" and block.line and _leads_to(stories, block.line)
        else block
        for block in blocks
    ]


def _leads_to(stories: Collection[str | None], line: Line) -> bool:
    return any(url in stories for _, url in line.links)
