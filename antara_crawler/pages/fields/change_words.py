"""The word of a change beside a date: 'Diperbarui: 5 Juni 2025'."""

import re

from antara_crawler.text.quick import remembered

_OF_CHANGE = re.compile(
    r"\W*(?P<word>(?P<last>terakhir\s+|last\s+)?(?:(?:di)?(?:perba(?:r|har)ui|ubah|perbaiki|mutakhirkan|update)"
    r"|revisi|pemutakhiran|pembaruan|(?:up-?dated?|modified|edited)\b)(?P<at_last>\s+terakhir\b)?)",
    re.I,
)
_TELLS_WHEN = re.compile(r"\s*(?:[:：(]|(?:pada|tanggal|on|at)\b)", re.I)
_SETS_OFF = re.compile(r"\W*[|•·(–—-]")
_GOES_ON = re.compile(r"\s*[^\W_]")
_LIKE_A_DATE = re.compile(r"\d[:.]\d\d|\b(?:19|20)\d\d\b", re.A)


@remembered
def change_in(text: str) -> re.Match[str] | None:
    """Return the word of a change that speaks of a date, with the signs before it.

    'Diperbaiki' also ends headlines, and 'Pembaruan' is a section, as the crumbs beside a date
    may say: it must be a label, or begin its part of the line and go on without a sign.
    """
    for match in _OF_CHANGE.finditer(text):
        before, end = text[: match.start()], match.end()
        if match["last"] or match["at_last"] or _TELLS_WHEN.match(text, end):
            return match
        begins = not before or _SETS_OFF.match(match[0]) or _LIKE_A_DATE.search(before)
        if begins and _GOES_ON.match(text, end):
            return match
    return None
