"""What declarations of CSS say, and which of them show an element nowhere."""

import re
from collections.abc import Mapping

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_DECLARED = re.compile(r"(?:^|[;{])\s*([\w-]+)\s*:\s*([^;]*)", re.A)
_FAR = re.compile(r"-\d{4,}.*|-\d{3}r?em")
_NO_SIZE = re.compile("1px|0[a-z%]*")
_HIDING = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "content-visibility": re.compile("hidden"),
    **dict.fromkeys(("left", "top", "text-indent", "margin-left"), _FAR),
    "clip": re.compile(r"rect\((?:[01](?:px)?[\s,]*){4}\)"),
    "clip-path": re.compile(r"inset\((?:50|100)%\)|circle\(0(?:px|%)?\)"),
    **dict.fromkeys(("height", "max-height"), _NO_SIZE),
}
"""The values with which a property shows an element nowhere."""
_SIZES = frozenset({"height", "max-height"})
KEEPS_LINES = ("pre", "break-spaces")
"""How `white-space` begins where the line ends of the source end a line."""
INLINE = frozenset({"inline", "inline-block", "inline-flex", "contents"})


def without_comments(css: str) -> str:
    """Return CSS with a space for each comment."""
    return _COMMENT.sub(" ", css) if "/*" in css else css


def declared(css: str) -> dict[str, str]:
    """Return what declarations of CSS say, the last of each property, in lower case."""
    said = _DECLARED.findall(css.lower())
    return {name: value.removesuffix("!important").strip() for name, value in said}


def hiding(said: Mapping[str, str]) -> dict[str, bool]:
    """Tell of each property that may show an element nowhere whether what is said does so."""
    holds = said.get("overflow", "").startswith(("hidden", "clip")) and "padding-bottom" not in said
    return {
        name: _HIDING[name].fullmatch(value) is not None and (holds or name not in _SIZES)
        for name, value in said.items()
        if name in _HIDING
    }
