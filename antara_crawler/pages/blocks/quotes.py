"""Pull-quotes: words of an article that its page shows a second time, set apart from the text."""

from collections.abc import Sequence

from antara_crawler.pages.blocks.blocks import BODY, Block
from antara_crawler.text import paragraph_key

_FEWEST_SPACES = 2
_MARKS = "\"' .,;…-"


def without_pull_quotes(body: Sequence[Block]) -> list[Block]:
    """Return the blocks, those quotations left out that a paragraph holds word for word.

    Whose words they are may stand in a line behind them. Nothing is lost: the text has it all.
    """
    found = list(body)
    quotes = [place for place, block in enumerate(body) if block.kind == "quote"]
    if not quotes:
        return found
    texts = [paragraph_key(b.text) for b in body if b.kind in BODY and b.kind != "quote"]
    for place in quotes:
        block = body[place]
        words = paragraph_key(block.text).strip(_MARKS)
        is_behind = place > 0 and found[place - 1].reason == "pull-quote"
        fewest = 0 if is_behind else _FEWEST_SPACES
        if words.count(" ") >= fewest and any(words in t and len(words) < len(t) for t in texts):
            found[place] = Block("left out", block.text, reason="pull-quote", line=block.line)
    return found
