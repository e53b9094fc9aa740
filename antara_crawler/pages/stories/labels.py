"""The labels before links to other stories ('Baca juga:') and of adverts, for all rules alike."""

import re

from antara_crawler.text.quick import beginning, remembered

WORDS = (
    r"(?:baca|lihat|simak|tonton)\s*(?:(?:juga|jg|pula)(?:\s+(?:berita|artikel)(?:\s+(?:lain(?:nya)?|terkait))?)?"
    r"|selengkapnya|berita\s+(?:lain(?:nya)?|terkait))"
    r"|(?:berita|artikel)\s+(?:terkait(?:\s+lain(?:nya)?)?|lain(?:nya)?)"
    r"|related\s+(?:news|stor(?:y|ies)|articles?)|(?:read|see|watch)\s+(?:also|more)"
    r"|also\s+read"
)
COLON = r"(?:[:：]|[-–—](?=\s))"
_LINKED = (
    r"(?:baca(?:an)?|simak|lihat|tonton|saksikan|cek|klik|video|foto|infografi[sk]|terkait|berita"
    r"|artikel|selengkapnya|sebelumnya|jangan\s+lewatkan|related|read|watch|previous(?:ly)?|further)"
    r"(?:\s+[\w-]+){0,2}"
)
"""Words that are a label only right before a link to a story, with a colon, at a line's end; there
the usual ones need none.
"""
_BEGIN = re.compile(
    rf"[^\w\"'“”‘’«‹]*(?P<quoted>[«‹]\s*)?(?:{WORDS})\s*(?:[)\]]\s*)?(?P<colon>{COLON})?\s*(?:[.,;=|…]+(?=\s|$)\s*)?(?:[>»→►]+\s*)?",
    re.I,
)
_may_begin = beginning("bac", "lih", "sim", "ton", "ber", "art", "rel", "rea", "see", "wat", "als")
WITHIN = re.compile(
    rf"(?:[(\[]\s*(?i:{WORDS})\s*(?:{COLON})?|[^\w\s\"'“”‘’«‹.!?]?\s*(?=[A-Z])"
    rf"(?i:(?:{WORDS})\s*{COLON}|(?P<linked>{_LINKED}\s*[:：]|(?:{WORDS})\s*[>»→►|]*)))\s*"
)
"""A label anywhere in a text: it begins in upper case and has its colon, or opens a bracket."""
ADVERT_LABEL = re.compile(
    r"\W*(?:advertisements?|advertorial|iklan|sponsor(?:ed)?(?: content)?|promoted"
    r"|(?:konten|pesan) (?:ber)?sponsor|konten promosi)\W*",
    re.I,
)
PROMOTED = re.compile(r"\W*(?:promosi|promotion|disponsori|dipromosikan)\W*", re.I)
"""What labels an advert where all beside it leads to other sites; else it may head a text."""


@remembered
def label_at_begin(text: str) -> re.Match[str] | None:
    """Return the label at the beginning of a text, with what may stand around it.

    Its group 'colon' is the colon, if there is one; 'quoted' a mark that may open a quotation.
    """
    return _BEGIN.match(text) if _may_begin(text[:3]) else None


def is_advert_label(text: str) -> bool:
    """Whether a line is the label of an advert, or may be one: see `PROMOTED`."""
    return any(form.fullmatch(text) for form in (ADVERT_LABEL, PROMOTED))
