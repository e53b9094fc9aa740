"""Keeps what is left out of an article, with its reason and its place; which quotes are, too."""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from antara_crawler.items import LeftOut, Picture
from antara_crawler.pages.blocks.block import BODY, Block
from antara_crawler.pages.blocks.buttons import is_button
from antara_crawler.text import LEAST_WORDS, LONG_WORDS, is_prose, paragraph_key

MOST = 200
LONGEST = 2_000
BEHIND = "behind the copyright line"
PROFILE = "profile of the writer"
_LONGEST_PROFILE = 600
_FEWEST_WORDS = 3
_OPENS, _CLOSES = ("“", '"'), ("”", '"')
_MARKS = "\"' .,;…-"


def left_out(
    above: Iterable[Block],
    body: Sequence[Block],
    below: Iterable[Block],
    ignored: Iterable[Block],
    pictures: Sequence[Picture],
) -> tuple[LeftOut, ...]:
    """Return what none of the article's fields has of these blocks.

    `above` and `below` are the blocks around the body, without those that joined it; `ignored`
    are blocks of the body that only repeat the headline, `pictures` are the article's.
    """
    headlines = set(map(id, ignored))
    position = 0
    found: list[LeftOut] = []
    for block in above:
        _keep(found, block, 0, "pull-quote" if block.kind == "quote" else "above the text")
    seen: set[str] = set()
    for block in body:
        if block.kind in BODY and id(block) not in headlines:
            position += 1
        elif block.kind not in {"copyright", "notice"} or block.kind in seen:
            _keep(found, block, position, "headline")
        seen.add(block.kind)
    for block in below:
        is_free = block.kind == "caption" and block.picture not in pictures
        if block.kind not in {"copyright", "notice"} or block.kind in seen:
            kept = block._replace(kind="left out", reason="below the text") if is_free else block
            _keep(found, kept, position, "below the text")
        seen.add(block.kind)
    return tuple(found[:MOST])


def _keep(found: list[LeftOut], block: Block, position: int, otherwise: str) -> None:
    """Add what is kept of a block; what stood together and left for one reason is one text.

    Captions and titles of other stories have fields of their own.
    """
    if not block.text or block.kind in {"caption", "related"}:
        return
    reason = block.reason if block.kind == "left out" else ""
    if not reason:
        reason = otherwise if block.kind in BODY else block.kind
    text = block.text[:LONGEST]
    last = found[-1] if found else None
    is_more = last is not None and (last.position, last.reason) == (position, reason)
    if last is not None and is_more and len(last.text) + len(text) < LONGEST:
        found[-1] = LeftOut(position, f"{last.text}\n{text}", reason)
    else:
        found.append(LeftOut(position, text, reason))


def leave_out_the_end(blocks: list[Block], closed_at: int) -> None:
    """Leave out what ends a page behind its copyright line, at `closed_at`, and is no sentence.

    A page may show its body twice: what a sentence follows, or what stood before, stays; the end
    of the body's last text, too, where lines are broken otherwise than before.
    """
    said = [block.text for block in blocks[:closed_at] if block.kind in BODY]
    texts, last = set(said), said[-1] if said else ""
    for place in reversed(range(closed_at, len(blocks))):
        block = blocks[place]
        if block.kind in BODY and block.line is not None:
            is_long = block.text.count(" ") >= LONG_WORDS and not block.line.links
            is_said = block.text in texts or last.endswith(f" {block.text}")
            if is_long or is_said or is_prose(block.text):
                return
            blocks[place] = block._replace(kind="left out", reason=BEHIND)


def without_profiles(body: Sequence[Block], around: Sequence[Block]) -> list[Block]:
    """Return the blocks, those left out that stand in a small box of their own, none of which holds
    other text, before or behind the text, and tell of somebody whom a byline names: it begins with
    that name. So is a bare picture right before one that ends a text.
    """
    found = list(body)
    bylines = (each for block in (*body, *around) for each in block.bylines)
    names = tuple({name for each in bylines for name in each.names if " " in name})
    for block in body:
        if block.line is None or not block.text.startswith(names):
            continue
        box = block.line.place.rpartition(">")[0] + ">"
        runs = groupby(enumerate(body), key=lambda each: _stands_in(each[1], box))
        held = [list(run) for is_held, run in runs if is_held]
        if held and all(_is_profile([b for _, b in run], names) for run in held):
            first, last = held[0][0][0], held[-1][-1][0]
            is_last = not _has_text(body[last + 1 :])
            if is_last != _has_text(body[:first]):
                continue  # amid the text, or all of it: the writer may be one of whom it tells
            for n, b in (each for run in held for each in run if each[1].kind in BODY):
                found[n] = b._replace(kind="left out", reason=PROFILE)
            photo = body[first - 1].picture if first else None
            if photo and photo.url and is_last and not body[first - 1].text:
                found[first - 1] = Block("left out", photo.url, reason=PROFILE)
    return found


def without_last_label(body: Sequence[Block]) -> list[Block]:
    """Return the blocks, a heading left out that ends a text and is a word of buttons: 'Komentar'.

    What it heads was never loaded; above a text it is a sub-head.
    """
    found = list(body)
    texts = [n for n, block in enumerate(found) if block.kind in BODY]
    last = found[texts[-1]] if texts else None
    if last and last.kind == "heading" and " " not in last.text and is_button(last.text):
        found[texts[-1]] = last._replace(kind="left out", reason="tags or buttons")
    return found


def _stands_in(block: Block, box: str) -> bool:
    return block.line is not None and block.line.place.startswith(box)


def _has_text(blocks: Sequence[Block]) -> bool:
    return any(block.kind in BODY and is_prose(block.text) for block in blocks)


def _is_profile(blocks: Sequence[Block], names: tuple[str, ...]) -> bool:
    size = sum(len(block.text) for block in blocks)
    return blocks[0].text.startswith(names) and size <= _LONGEST_PROFILE


def without_pull_quotes(body: Sequence[Block]) -> list[Block]:
    """Return the blocks, those quotations left out that a paragraph holds word for word.

    One is marked so, or a line in quotation marks of some length. Whose words they are may stand
    in a line behind them. Nothing is lost: the text has it all. What stands beside such a line in
    that paragraph, too, makes both a part of a copy that is divided otherwise.
    """
    found = list(body)
    may_be = [n for n, b in enumerate(body) if b.kind == "quote" or b.text.startswith(_OPENS)]
    quotes = [place for place in may_be if _fewest_words(body[place])]
    if not quotes:
        return found
    numbers = {place: n for n, place in enumerate(n for n, b in enumerate(body) if b.kind in BODY)}
    texts = [paragraph_key(body[place].text) for place in numbers]
    for place in quotes:
        block, number = body[place], numbers[place]
        words = texts[number].strip(_MARKS)
        is_behind = place > 0 and found[place - 1].reason == "pull-quote"
        fewest = 1 if is_behind and block.kind == "quote" else _fewest_words(block)
        held = [text for text in texts if words in text and text != texts[number]]
        is_part = block.kind != "quote" and _is_part(texts, number, held)
        if held and words.count(" ") >= fewest - 1 and not is_part:
            found[place] = Block("left out", block.text, reason="pull-quote", line=block.line)
    return found


def _is_part(texts: Sequence[str], number: int, held: Iterable[str]) -> bool:
    """Whether a text stands beside another as it does in one of those that hold it."""
    pairs = [" ".join(pair) for pair in pairwise(texts[max(number - 1, 0) : number + 2])]
    return any(pair in text for text in held for pair in pairs)


def _fewest_words(block: Block) -> int:
    """Return how many words a quotation must have to be a pull-quote; 0 for what is none."""
    if block.kind == "quote":
        return _FEWEST_WORDS
    is_quoted = block.kind == "paragraph" and block.text.endswith(_CLOSES)
    return LEAST_WORDS if is_quoted else 0
