"""The labels before links to other stories ('Baca juga:'), as a pattern that all rules share."""

import re

from antara_crawler.pages.heads import beginning

WORDS = (
    r"(?:baca|lihat|simak|tonton)\s+(?:(?:juga|pula)(?:\s+berita\s+(?:lain(?:nya)?|terkait))?"
    r"|selengkapnya|berita\s+(?:lain(?:nya)?|terkait))"
    r"|(?:berita|artikel)\s+(?:terkait|lain(?:nya)?)"
    r"|related\s+(?:news|stor(?:y|ies)|articles?)|(?:read|see|watch)\s+(?:also|more)"
    r"|also\s+read"
)
COLON = r"(?:[:：]|[-–—](?=\s))"
_BEGIN = re.compile(rf"[\s(\[*•\-–—>»]*(?:{WORDS})\s*(?P<colon>{COLON})?\s*", re.I)
_may_begin = beginning("ba", "li", "si", "to", "be", "ar", "re", "se", "wa", "al")
WITHIN = re.compile(rf"(?<!\w)[(\[*•>»]?\s*(?=[A-Z])(?i:{WORDS})\s*{COLON}\s*")
"""A label anywhere in a text: it begins in upper case and has its colon."""


def label_at_begin(text: str) -> re.Match[str] | None:
    """Return the label at the beginning of a text, with what may stand around it.

    Its group 'colon' is the colon, if there is one.
    """
    return _BEGIN.match(text) if _may_begin(text[:2]) else None
