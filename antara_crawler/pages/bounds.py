"""Whether a page can be parsed in time that grows with its length only, and whether it is whole."""

import re

MOST_ATTRIBUTES = 1000
"""Attributes of one tag: the parser compares each with all before it, and pages have a dozen."""

_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_ATTRIBUTES = rf"(?:{_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+(?!{_ATTRIBUTE})"
_COMMENT = r"<!--(?:[^-]++|-(?!->))*+"
_RAW = r"<{0}(?=[\s/>]){1}[\s/]*+>?+(?:[^<]++|<(?!/{0}))*+"
_RAW_TAGS = ("[sS][cC][rR][iI][pP][tT]", "[sS][tT][yY][lL][eE]")
# nearly all tags: they end, or have a few attributes in quotes, so that it costs half the time
_USUAL = r'[^<]*+<(?:/|(?![sS][cCtT])[a-zA-Z][a-zA-Z0-9]*+(?: [a-z:-]++="[^"]*+"){0,5}+>)'
_TAGS = "|".join([
    _USUAL,
    _COMMENT,
    # what stands in these is no markup
    *(_RAW.format(name, _ATTRIBUTES) for name in _RAW_TAGS),
    rf"<[a-zA-Z][^\s/>]*+{_ATTRIBUTES}",
    "<(?![a-zA-Z])",
    "[^<]++",
])  # fmt: skip
_BOUNDED = re.compile(f"(?:{_TAGS})*+".encode())
_LAST = re.compile("</(?:html|body)(?![a-z])", re.I)
_FIRST = re.compile("<(?:html|body)(?![a-z])", re.I)
_PAIRS = ("div", "article", "main", "section", "table", "ul", "ol", "h1", "a", "script", "style")
"""Elements that authors close by hand, as HTML asks for."""


def bounded(html: bytes) -> bool:
    """Tell whether no tag has over MOST_ATTRIBUTES attributes, in one pass over the text."""
    return _BOUNDED.fullmatch(html) is not None


def breaks_off(html: str) -> bool:
    """Tell whether a page ends before its end: a server that died, or a cache that kept a part.

    No length says so then. Its last tags are not there, and what they stand around is left open:
    `</body>` and `</html>` alone may be left out.
    """
    # They nearly always stand in the last lines: a whole page is not searched from its start.
    if _LAST.search(html, len(html) - 500) or _LAST.search(html) or not _FIRST.search(html):
        return False
    return html.rfind("<") > html.rfind(">") or any(
        _count(f"<{tag}", html) > _count(f"</{tag}", html) for tag in _PAIRS
    )


def _count(tag: str, html: str) -> int:
    return len(re.findall(f"{tag}(?![a-z0-9-])", html, re.I))
