"""Keeps what is left out of an article, with its reason and its place, within bounds."""

from collections.abc import Iterable, Iterator, Sequence

from antara_crawler.items import LeftOut
from antara_crawler.pages.blocks.blocks import BODY, Block

MOST = 200
LONGEST = 2_000


def left_out(
    above: Iterable[Block], body: Sequence[Block], below: Iterable[Block], ignored: Iterable[Block]
) -> tuple[LeftOut, ...]:
    """Return what none of the article's fields has of these blocks.

    `above` and `below` are the blocks around the body, without those that joined it; `ignored`
    are blocks of the body that only repeat the headline.
    """
    headlines = set(map(id, ignored))
    position = 0
    found: list[LeftOut] = []
    for block in above:
        found += _entry(block, 0, "above the text")
    seen: set[str] = set()
    for block in body:
        if block.kind in BODY and id(block) not in headlines:
            position += 1
        elif block.kind not in {"copyright", "notice"} or block.kind in seen:
            found += _entry(block, position, "headline")
        seen.add(block.kind)
    for block in below:
        if block.kind not in {"copyright", "notice"} or block.kind in seen:
            found += _entry(block, position, "below the text")
        seen.add(block.kind)
    return tuple(_together(found))[:MOST]


def _entry(block: Block, position: int, otherwise: str) -> Iterator[LeftOut]:
    """What is kept of a block; captions and titles of other stories have fields of their own."""
    if not block.text or block.kind in {"caption", "related"}:
        return
    reason = block.reason if block.kind == "left out" else ""
    if not reason:
        reason = otherwise if block.kind in BODY else block.kind
    yield LeftOut(position, block.text[:LONGEST], reason)


def _together(entries: Iterable[LeftOut]) -> Iterator[LeftOut]:
    """Join what stood together and left for the same reason."""
    last: LeftOut | None = None
    for entry in entries:
        if last is None:
            last = entry
        elif (last.position, last.reason) == (entry.position, entry.reason) and len(
            last.text
        ) + len(entry.text) < LONGEST:
            last = LeftOut(last.position, f"{last.text}\n{entry.text}", last.reason)
        else:
            yield last
            last = entry
    if last is not None:
        yield last
