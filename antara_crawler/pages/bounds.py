"""Whether a page can be parsed in time that grows with its length only."""

import re

MOST_ATTRIBUTES = 1000
"""Attributes of one tag: the parser compares each with all before it, and pages have a dozen."""

_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_ATTRIBUTES = rf"(?:{_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+(?!{_ATTRIBUTE})"
_COMMENT = r"<!--(?:[^-]++|-(?!->))*+"
_RAW = r"<{0}(?=[\s/>]){1}[\s/]*+>?+(?:[^<]++|<(?!/{0}))*+"
_BOUNDED = re.compile(
    "(?:"
    + "|".join(
        [
            "[^<]++",
            _COMMENT,
            # what stands in these is no markup
            *(_RAW.format(name, _ATTRIBUTES) for name in ("script", "style")),
            rf"<[a-z][^\s/>]*+{_ATTRIBUTES}",
            "<(?![a-z])",
        ]
    )
    + ")*+",
    re.I,
)


def bounded(html: str) -> bool:
    """Tell whether no tag has over MOST_ATTRIBUTES attributes, in one pass over the text."""
    return _BOUNDED.fullmatch(html) is not None
