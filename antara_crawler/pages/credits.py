"""Captions that stand among the lines of a body, known by the credit at their end."""

import re
from collections.abc import Container

from antara_crawler.items import Picture

_AGENCY = r"(?:lkbn\s+)?antara(?:\s?foto|\s?news)?(?:\.com)?(?:\s+[\w.]+){0,3}"
_HOST = r"[\w.]*antara\s?\w*\.com"
_SIGNED = re.compile(
    rf"(?:(?:foto|photo|image|ilustrasi|sumber|dok(?:umentasi)?\.?)\s*:?\s*)?"
    rf"(?:(?:{_AGENCY}|{_HOST})\s*/\s*\S.*"
    rf"|antara\s+foto(?:\s+\S.*)?|{_HOST}|ho\s*[-/–]\s*\S.*|ho)"
    rf"|(?:foto|photo|ilustrasi)\s*:\s*\S.*"
    rf"|istimewa|ist\.?|dok(?:umentasi)?\.?(?:\s+(?:pribadi|istimewa|antara|humas\b.*))?"
    rf"|(?:foto\s+)?ilustrasi|pexels.*|pixabay.*|reuters/.*|xinhua/.*|afp/.*",
    re.I,
)
_AT_END = re.compile(r"\(\s*([^()]{2,160}?)\s*\)\s*\.?$")
_BARE = re.compile(r"\b(?:Foto\s+)?(ANTARA(?:\s+FOTO)?/\S.{1,80}?)\.?$", re.I)
_PERSON = re.compile(r"[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){1,3}")
_SLASHED = re.compile(r"[^\W\d_][^\d/]*(?:/[^\d/]+)+")
_DAY = re.compile(r"\(\d{1,2}[/)]\d{1,2}(?:/\d{2,4})?\)\.?$", re.A)
_LONGEST = 700
_LONGEST_SIGNED_BY_NAME = 300


def read_caption(text: str, *, beside_picture: bool, names: Container[str] = ()) -> Picture | None:
    """Return the caption and credit in a line, or None when the line is an ordinary paragraph.

    The credit must be the agency's ('ANTARA/HO-…', 'Antaranews Kalsel/Name', 'Istimewa'); a
    mere name in parentheses counts only at the end of a short line, beside a picture, behind
    the day of the photo ('… (15/4/2021). (Name)'), or when it is one of `names` (the case
    folded bylines). An ordinary remark in parentheses is never a credit.
    """
    match = _AT_END.search(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    inside = match[1]
    signed = _SIGNED.fullmatch(inside) is not None
    words = text[: match.start()].rstrip()
    if not signed and _PERSON.fullmatch(inside):
        set_off = len(text) <= _LONGEST_SIGNED_BY_NAME and text.endswith(")")
        known = beside_picture or inside.casefold() in names or _DAY.search(words) is not None
        signed = set_off and known
    return Picture(None, _words(words), inside) if signed else None


def split_caption(text: str) -> Picture:
    """Return what is known to be a caption, its credit apart when it ends in one."""
    match = _AT_END.search(text)
    if match and any(form.fullmatch(match[1]) for form in (_SIGNED, _PERSON, _SLASHED)):
        return Picture(None, _words(text[: match.start()]), match[1])
    match = _BARE.search(text)
    if match:
        return Picture(None, _words(text[: match.start()]), match[1])
    return Picture(None, _words(text), None)


def _words(text: str) -> str | None:
    """Return the caption, or None when nothing but punctuation is left of it."""
    text = text.strip()
    return text if any(character.isalnum() for character in text) else None
