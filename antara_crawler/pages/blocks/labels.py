"""The labels before links to other stories ('Baca juga:'), as a pattern that all rules share."""

import re

WORDS = (
    r"(?:baca|lihat|simak|tonton)\s+(?:(?:juga|pula)(?:\s+berita\s+(?:lain(?:nya)?|terkait))?"
    r"|selengkapnya|berita\s+(?:lain(?:nya)?|terkait))"
    r"|(?:berita|artikel)\s+(?:terkait|lain(?:nya)?)"
    r"|related\s+(?:news|stor(?:y|ies)|articles?)|(?:read|see|watch)\s+(?:also|more)"
    r"|also\s+read"
)
COLON = r"(?:[:：]|[-–—](?=\s))"
BEGIN = re.compile(rf"[\s(\[*•\-–—>»]*(?:{WORDS})\s*(?P<colon>{COLON})?\s*", re.I)
"""A label at the beginning of a text, with what may stand around it."""
WITHIN = re.compile(rf"(?<!\w)[(\[*•>»]?\s*(?=[A-Z])(?i:{WORDS})\s*{COLON}\s*")
"""A label anywhere in a text: it begins in upper case and has its colon."""
