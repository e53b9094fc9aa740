"""Whether a page can be parsed in time that grows with its length only."""

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


def bounded(html: bytes) -> bool:
    """Tell whether no tag has over MOST_ATTRIBUTES attributes, in one pass over the text."""
    return _BOUNDED.fullmatch(html) is not None
