"""Plain-text dumps of earlier scrapers, a paragraph a line, read like a page without markup."""

import re

from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Article
from antara_crawler.pages.article import assemble
from antara_crawler.pages.blocks.block import BODY, FOOT, Block
from antara_crawler.pages.blocks.blocks import blocks_of
from antara_crawler.pages.blocks.footer import apart
from antara_crawler.pages.fields.datelines import find_dateline, has_dateline
from antara_crawler.pages.lines.lines import Line, plain_lines
from antara_crawler.portals import Portal
from antara_crawler.text import is_prose, without_repeats

LARGEST = 10_000_000
_LONGEST_TITLE = 160
_MARKUP = re.compile(r"\s*(?:<[!?a-z]|%PDF|\{\\|[\[{]\s*[\[{\"])", re.I)
"""HTML, XML, PDF, RTF, JSON."""
_SENTENCE_ENDS = (".", "!", "?", '"', "”", ",", ";", ":", ")")


def read_dump(text: str, portal: Portal) -> Article:
    """Return the article in a dump: body, foot and related as typed as a page's.

    It has no address and no date. Its first line is a title only when it is clearly one: no
    sentence, and the next line begins with a dateline or is a keyword row. Raises
    UnreadablePage when no body text is in it, more than one article, or no plain text.
    """
    if len(text) > LARGEST:
        raise UnreadablePage(f"dump of {len(text):,} characters, over {LARGEST:,}: split it")
    if _MARKUP.match(text):
        raise UnreadablePage("it is markup or data for programs, and no plain text")
    lines = apart(plain_lines(text.lstrip("\ufeff")))
    title = _title(lines)
    blocks = blocks_of(lines[1:] if title else lines)
    if _holds_another(blocks):
        raise UnreadablePage("it holds more than one article: split it, one article a file")
    article = assemble(blocks, portal, title)
    if not article.paragraphs:
        raise UnreadablePage("no body text in the dump: is it a dump of an article?")
    return article


def _holds_another(blocks: list[Block]) -> bool:
    """Whether behind an article's foot stands another one, and not the same text once more.

    None of its sentences stood before; it begins with a dateline, or has a copyright line, as well
    as the first.
    """
    said = [n for n, block in enumerate(blocks) if block.kind in BODY]
    bare = {n: _bare(blocks[n].text) for n in said}
    _, removed = without_repeats(list(bare.values()))
    repeats = {said[each.position]: said[each.repeats] for each in removed}
    begin = None  # of this part, the text since the last foot
    is_behind = is_dated = is_signed = is_other = False
    for number, block in enumerate(blocks):
        if block.kind in FOOT:
            is_behind = is_behind or begin is not None
            begin = None
            if block.kind == "copyright":
                if is_signed and is_other:
                    return True
                is_signed, is_other = is_behind, False
        elif number in repeats or is_prose(bare.get(number, "")):
            is_first = begin is None
            begin = number if begin is None else begin
            is_known = repeats.get(number, number) < begin
            is_lead = len(bare[number]) < len(block.text)
            if is_behind and is_lead and is_dated and is_first and not is_known:
                return True
            is_dated = is_dated or is_lead
            is_other = is_behind and not is_known and (is_other or is_first)
    return False


def _bare(text: str) -> str:
    found = find_dateline((text,), None)
    return text[len(found.text) :] if found else text


def _title(lines: list[Line]) -> str | None:
    if len(lines) < 3:
        return None
    first, second = lines[0].text, lines[1].text
    if len(first) > _LONGEST_TITLE or first.endswith(_SENTENCE_ENDS):
        return None
    if has_dateline(first):
        return None
    follows = has_dateline(second) or re.match(r"id \S+.*,", second)
    return first if follows else None
