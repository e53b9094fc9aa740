"""Lines of links that are no text: tags, sharing, printing, buttons that lead nowhere."""

import re

from antara_crawler.pages.blocks.footer import is_furniture, is_share_word
from antara_crawler.pages.blocks.related import beside_links
from antara_crawler.pages.lines.lines import NOWHERE, Line
from antara_crawler.text import is_prose

_TAG_LINK = re.compile(
    r"https?://(?:[\w-]+\.)*antaranews\.com/(?:(?:tag|search|slug)/|print/\d)", re.A
)
_SHARE_LINK = re.compile(
    r"https?://(?:[\w-]+\.)*(?:facebook\.com/(?:sharer|dialog)|(?:twitter|x)\.com/(?:intent|share)"
    r"|t\.me/share|api\.whatsapp\.com|wa\.me|social-plugins\.line\.me|linkedin\.com/share"
    r"|pinterest\.com/pin)",
    re.A,
)


def is_of_buttons(line: Line) -> bool:
    """Whether a line is links elsewhere and no more, but for a word such as 'Bagikan:'."""
    if not line.links or not is_elsewhere(line) or is_prose(line.text):
        return False
    beside = beside_links(line).strip(" ,|•·-/")
    return not beside or is_furniture(beside)


def is_elsewhere(line: Line) -> bool:
    """Whether all links of a line lead to tags, to sharing, or nowhere, or are called so."""
    return all(
        url == NOWHERE
        or (url and (_TAG_LINK.match(url) or _SHARE_LINK.match(url)))
        or is_share_word(text)
        for text, url in line.links
    )
