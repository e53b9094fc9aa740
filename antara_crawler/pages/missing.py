"""Whether an answer with status 200 says, for a reader, that there is no such page."""

import re

from antara_crawler.pages.tree import Tree, text_of

_SAYS_SO = re.compile(
    r"\b(?:tidak (?:dapat |bisa )?(?:ditemukan|tersedia|ada)|not found|404)\b", re.I
)
_LONGEST = 120


def says_missing(html: str, url: str) -> bool:
    """Tell whether the page's title or a headline says so: 'Halaman tidak ditemukan'.

    To be asked only of a page on which no article is found. Raises UnreadablePage for no HTML.
    """
    tree = Tree(html, url)
    texts = (text_of(each, most=_LONGEST) for each in tree.all("title", "h1", "h2"))
    return any(_SAYS_SO.search(text) for text in texts)
