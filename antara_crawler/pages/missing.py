"""Whether an answer with status 200 says, for a reader, that there is no such page."""

import re

from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.text import paragraph_key

_SAYS_SO = re.compile(
    r"(?:(?:error|galat)? ?[(:]? ?404 ?[):]?[ :|-]*)?"
    r"(?:(?:maaf|ups|oops|mohon maaf)[,!. ]*)?"
    r"(?:(?:halaman|berita|artikel|konten|laman|page|content|article)\b.{0,40}?"
    r"(?:tidak|belum|tak) (?:dapat |bisa )?(?:di ?temukan|tersedia|ada)"
    r"|(?:the )?(?:page|content|article)?.{0,30}?\bnot found|(?:error )?404)"
    r"[.! ]*(?: ?[-|–].{0,60})?"
)
_LONGEST = 120


def says_missing(html: str, url: str) -> bool:
    """Tell whether the page's title or a headline says so: 'Halaman tidak ditemukan'.

    To be asked only of a page on which no article is found. Raises UnreadablePage for no HTML.
    """
    tree = Tree(html, url)
    texts = (text_of(each, most=_LONGEST) for each in tree.all("title", "h1", "h2"))
    return any(_SAYS_SO.fullmatch(paragraph_key(text)) for text in texts)
