"""Bytes to text: UTF-8 when they are UTF-8, whatever a header says."""

import codecs
import re

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
