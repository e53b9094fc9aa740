"""Plain-text dumps of earlier scrapers, a paragraph a line, read like a page without markup."""

import re

from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Article
from antara_crawler.pages.article import assemble
from antara_crawler.pages.blocks.blocks import blocks_of
from antara_crawler.pages.blocks.footer import apart
from antara_crawler.pages.fields.datelines import find_dateline
from antara_crawler.pages.lines.lines import Line, plain_lines
from antara_crawler.portals import Portal

LARGEST = 10_000_000
_LONGEST_TITLE = 160
_SENTENCE_ENDS = (".", "!", "?", '"', "”", ",", ";", ":", ")")


def read_dump(text: str, portal: Portal) -> Article:
    """Return the article in a dump: body, foot and related as typed as a page's.

    It has no address and no date. Its first line is a title only when it is clearly one: no
    sentence, and the next line begins with a dateline or is a keyword row. Raises
    UnreadablePage when no body text is in it.
    """
    if len(text) > LARGEST:
        raise UnreadablePage(f"dump of {len(text):,} characters, over {LARGEST:,}: split it")
    lines = apart(plain_lines(text.lstrip("\ufeff")))
    title = _title(lines)
    blocks = blocks_of(lines[1:] if title else lines)
    article = assemble(blocks, portal, title)
    if not article.paragraphs:
        raise UnreadablePage("no body text in the dump: is it a dump of an article?")
    return article


def _title(lines: list[Line]) -> str | None:
    if len(lines) < 3:
        return None
    first, second = lines[0].text, lines[1].text
    if len(first) > _LONGEST_TITLE or first.endswith(_SENTENCE_ENDS):
        return None
    if find_dateline((first,), None):
        return None
    follows = find_dateline((second,), None) or re.match(r"id \S+.*,", second)
    return first if follows else None
