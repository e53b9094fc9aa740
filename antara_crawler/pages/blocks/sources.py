"""Lines that say where else an article stood: 'Berita ini telah tayang di Antaranews.com …'."""

import re
from collections.abc import Callable

from antara_crawler.pages.lines.lines import Line
from antara_crawler.pages.stories.links import is_all_link
from antara_crawler.text.quick import beginning

SOURCE = "source line"
_SOURCE = re.compile(
    r"(?:(?:berita|artikel|tulisan|konten)\s+ini\s+)?(?:telah|sudah|pernah|juga)\s+(?:di)?"
    r"(?:tayang(?:kan)?|terbit(?:kan)?|muat|publikasikan)\s+(?:di|pada|oleh)\s+(?:situs\s+|laman\s+)?"
    r"(?:https?://)?(?:[\w-]+\.)?antara\s?news(?:\.com)?\b"
    r"(?-i:\s+[A-Z]\w+){0,3}\W{0,3}(?:dengan\s+judul\b.*)?",
    re.I,
)
_SOURCE_OF_NEWS = re.compile(
    r"(?:sumber(?:\s+(?:berita|foto))?|source)\s*[:：]\s*"
    r"(?:(?P<own>(?:https?://)?(?:[\w-]+\.)?(?:LKBN\s+)?antara\W{0,2}(?:news)?(?:\.com)?\W*)"
    r"|\w[^:：]{0,60}(?<![.!?]))",
    re.I,
)
_may_begin = beginning("ber", "art", "tul", "kon", "tel", "sud", "per", "jug")
_LONGEST = 500


def is_source_of_news(text: str, at_end: Callable[[], bool]) -> bool:
    """Whether a line behind a foot line says only what the source is: the agency; anybody `at_end`,
    where nothing but more of the foot is behind.
    """
    match = _SOURCE_OF_NEWS.fullmatch(text) if text[:1] in "Ss" else None
    return match is not None and (match["own"] is not None or at_end())


def is_source_line(line: Line, before: str) -> bool:
    """Whether a line says where else it stood, or is the link that the line `before` awaits."""
    text = line.text
    if _may_begin(text[:3]) and len(text) <= _LONGEST and _SOURCE.fullmatch(text):
        return True
    if not line.links or not before[:_LONGEST].endswith((":", "judul")):
        return False
    return is_all_link(line) and _SOURCE.fullmatch(before[:_LONGEST]) is not None
