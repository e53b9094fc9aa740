"""The lines at an article's foot: copyright, notice, and how they stand glued together."""

import re
from collections.abc import Iterable

from antara_crawler.pages.bylines import label_of, read_byline
from antara_crawler.pages.walk import Line

_COPYRIGHT = re.compile(
    r"(?:copyright|hak cipta)?\s*(?:©|\(c\))\s*(?:lkbn\s+)?antara\b(?:\s+[^\W\d_]+){0,5}?"
    r"(?:\s*(?:19|20)\d\d(?!\d))",
    re.I,
)
_COPYRIGHT_ALONE = re.compile(r"(?:(?:copyright|hak cipta)\s*(?:©|\(c\))|©)\s*.{0,100}", re.I)
_NOTICE = re.compile(
    r"dilarang keras\s+(?:mengambil konten\b|(?=.*\bizin\b)(?=.*(?:\bkonten\b|(?-i:\bANTARA\b))))",
    re.I,
)
_GLUED = re.compile(
    r"(?<=\S)\s*(?=(?:copyright|hak cipta)\s*(?:©|\(c\)))|(?<=\d{4})\s*(?=dilarang keras\b)",
    re.I,
)
_LONGEST_COPYRIGHT = 200
_LONGEST_BYLINE = 300


def is_copyright(text: str) -> bool:
    """Whether a line is 'COPYRIGHT © ANTARA News Kalimantan Selatan 2023' or the like."""
    if not _is_signed(text):
        return False
    match = _COPYRIGHT.match(text)
    if match is not None and match.end() >= len(text.rstrip(" .")):
        return True
    return len(text) <= _LONGEST_COPYRIGHT and _COPYRIGHT_ALONE.fullmatch(text) is not None


def _is_signed(text: str) -> bool:
    return "©" in text or "(c)" in text or "(C)" in text


def is_notice(text: str) -> bool:
    """Whether a line is the notice 'Dilarang keras mengambil konten …'.

    A sentence may begin with 'Dilarang keras', too: the notice speaks of content, or of the
    agency and its permission.
    """
    return _NOTICE.match(text) is not None


def is_foot_text(text: str) -> bool:
    """Whether a byline, a copyright line or the notice is in the text."""
    return bool(
        read_byline(text[:_LONGEST_BYLINE])
        or label_of(text)
        or (_is_signed(text) and _COPYRIGHT.search(text))
        or is_notice(text)
    )


def apart(lines: Iterable[Line]) -> list[Line]:
    """Return the lines; those in which foot lines stand glued together, as the lines they are."""
    return [part for line in lines for part in _parts(line)]


def _parts(line: Line) -> Iterable[Line]:
    if line.image or not is_foot_text(line.text):
        return (line,)
    parts: list[str] = []
    for part in _GLUED.split(line.text):
        match = _COPYRIGHT.match(part)
        if match and match.end() < len(part.rstrip(" .")):
            parts += [part[: match.end()], part[match.end() :]]
        else:
            parts.append(part)
    stripped = [part.strip() for part in parts if part.strip()]
    return (line,) if len(stripped) == 1 else tuple(Line(part, line.mark) for part in stripped)
