"""A page's bytes as text, UTF-8 when they are; parsed in bounded time; whether all is there."""

import codecs
import re
from itertools import dropwhile

from lxml.etree import SubElement, _Element

_META = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?([\w-]+)", re.I
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEEN = re.compile(
    r"utf-?8|utf-?16|(cp|windows-?)125\d|iso-?8859-\d+|latin-?1|us-ascii|ascii", re.I
)
_AS_BROWSERS_DO = frozenset({"iso8859-1", "ascii"})
_LONGEST_SEQUENCE = 4
_LETTERS = re.compile(
    rb"((?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}"
    rb"|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+)"
)
"""Letters beyond ASCII, as UTF-8 writes them: hardly by chance in any other charset."""
_OF_HEAD = frozenset({"base", "link", "meta", "noscript", "script", "style", "template", "title"})
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


def decode(body: bytes, declared: str | None) -> str:
    """Return the text of `body`; `declared` is the charset of the Content-Type, if any.

    A byte order mark wins, then strict UTF-8 (a sequence cut off at the very end is allowed
    for), then the declared charset, then the page's own. Latin-1 is read as Windows-1252, as
    browsers do. A stray byte does not make another charset of UTF-8: what is UTF-8 is read so,
    the rest as declared. Bytes that fit nothing become U+FFFD; nothing is raised.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").lstrip("\ufeff")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(body) - _LONGEST_SEQUENCE and "end of data" in error.reason:
            return body.decode("utf-8", "replace")
    match = _META.search(body[:4096])
    names = (declared, match[1].decode("ascii") if match else None)
    encoding = next((known for name in names if name and (known := _known(name))), "cp1252")
    if encoding.startswith("utf"):
        return body.decode(encoding, "replace")
    pieces = enumerate(_LETTERS.split(body))  # every second one is UTF-8
    return "".join(piece.decode("utf-8" if at % 2 else encoding, "replace") for at, piece in pieces)


def _known(name: str) -> str | None:
    """Return the codec to use for a charset seen on the web, None for any other."""
    name = name.strip("\"' \t").lower()
    if not _SEEN.fullmatch(name):
        return None
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return "cp1252" if codec in _AS_BROWSERS_DO else codec


def bounded(html: bytes) -> bool:
    """Tell whether no tag has over MOST_ATTRIBUTES attributes, in one pass over the text."""
    return _BOUNDED.fullmatch(html) is not None


def breaks_off(html: str) -> bool:
    """Tell whether a page ends before its end: a server that died, or a cache that kept a part.

    No length says so then. Its last tags are not there, and what they stand around is left open:
    `</body>` and `</html>` alone may be left out.
    """
    # It nearly always stands in the last lines: a whole page is not searched from its start.
    if html.rfind("</html>", -500) >= 0 or _LAST.search(html) or not _FIRST.search(html):
        return False
    return html.rfind("<") > html.rfind(">") or any(
        _count(f"<{tag}", html) > _count(f"</{tag}", html) for tag in _PAIRS
    )


def close_head(root: _Element) -> None:
    """Move what a head that nobody closed has swallowed into the body."""
    parts = {each.tag: each for each in reversed(root)}
    head, body = parts.get("head"), parts.get("body")
    swallowed = [*dropwhile(_is_of_head, head)] if head is not None else []
    if swallowed:
        body = SubElement(root, "body") if body is None else body
        text, body.text = body.text, None
        swallowed[-1].tail = f"{swallowed[-1].tail or ''}{text or ''}"
        body[:0] = swallowed


def _is_of_head(element: _Element) -> bool:
    return element.tag in _OF_HEAD


def _count(tag: str, html: str) -> int:
    return len(re.findall(f"{tag}(?![a-z0-9-])", html, re.I))
