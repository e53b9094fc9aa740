"""Pull-quotes: words of an article that its page shows a second time, set apart from the text."""

from collections.abc import Sequence

from antara_crawler.pages.blocks.block import BODY, Block
from antara_crawler.text import LEAST_WORDS, paragraph_key

_FEWEST_WORDS = 3
_OPENS, _CLOSES = ("“", '"'), ("”", '"')
_MARKS = "\"' .,;…-"


def without_pull_quotes(body: Sequence[Block]) -> list[Block]:
    """Return the blocks, those quotations left out that a paragraph holds word for word.

    One is marked so, or a line in quotation marks of some length. Whose words they are may stand
    in a line behind them. Nothing is lost: the text has it all.
    """
    found = list(body)
    may_be = [n for n, b in enumerate(body) if b.kind == "quote" or b.text.startswith(_OPENS)]
    quotes = [place for place in may_be if _fewest_words(body[place])]
    if not quotes:
        return found
    texts = [paragraph_key(block.text) for block in body if block.kind in BODY]
    for place in quotes:
        block = body[place]
        words = paragraph_key(block.text).strip(_MARKS)
        is_behind = place > 0 and found[place - 1].reason == "pull-quote"
        fewest = 1 if is_behind and block.kind == "quote" else _fewest_words(block)
        own = paragraph_key(block.text)
        is_held = any(words in text and text != own for text in texts)
        if is_held and words.count(" ") >= fewest - 1:
            found[place] = Block("left out", block.text, reason="pull-quote", line=block.line)
    return found


def _fewest_words(block: Block) -> int:
    """Return how many words a quotation must have to be a pull-quote; 0 for what is none."""
    if block.kind == "quote":
        return _FEWEST_WORDS
    is_quoted = block.kind == "paragraph" and block.text.endswith(_CLOSES)
    return LEAST_WORDS if is_quoted else 0
