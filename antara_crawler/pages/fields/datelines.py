"""The dateline before a lead: 'Barabai (ANTARA) - ', in every form that pages were seen with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

from antara_crawler.pages.fields.words import is_town
from antara_crawler.pages.found.hints import is_time_of_story
from antara_crawler.pages.lines.lines import Line
from antara_crawler.text import is_prose
from antara_crawler.text.quick import remembered

_WORD = r"[^\W\d_][^\W\d_.'’`]*(?:[.'’`-][^\W\d_]+)*\.?"
_PLACE = rf"(?P<place>{_WORD}(?:(?:[ /]| / ){_WORD}){{0,5}})"
_REGION = rf"(?:\s*[,(]\s*{_WORD}(?:[ ./]{_WORD}){{0,4}}\)?){{0,2}}"
_DAY = r"(?:[\s,]*\(?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)?)"
_MONTH = r"(?:jan|[fp]eb|mar|apr|mei|may|jun|jul|a[gu]|sep|o[kc]t|no[vp]|de[sc])[a-z]{0,7}\.?"
_WORDED_DAY = rf"(?:[\s,]*(?:\d{{1,2}}\s{_MONTH}|{_MONTH}\s\d{{1,2}})(?:,?\s\d{{4}})?)"
_DASH = r"[-‐‑‒–—―−~]+"
_BETWEEN = r"(?-i:[Aa]ntara)\s+(?!news\b|foto\s*[/)\]])[^()\[\]]*?(?-i:(?<![^\W\d_])[a-z]|[0-9])"
_AGENCY = (
    rf"[(\[]\s*(?:lkbn\s+|foto\s+)?(?!{_BETWEEN})antara\s*(?:news|foto)?[^()\[\]]{{0,40}}[)\]]"
)
"""'Antara' is an everyday word ('between'): behind it stand names alone, unless in upper case."""
_WITH_AGENCY = re.compile(
    rf"{_PLACE}{_REGION}\s*[,;]?(?:{_DAY}|{_WORDED_DAY})?\s*,?\s*(?:{_DASH}\s*)?{_AGENCY}\s*(?:[.,;]?\s*{_DASH}\s*|:\s+)",
    re.I,
)
_BEHIND_TOWN = re.compile(
    rf"{_PLACE}{_REGION}(?:\s*\((?:LKBN )?ANTARA\)\s+(?=[A-Z\"“])"
    rf"|\s*,\s*(?:ANTARA|Antara)\s*{_DASH}\s+)"
)
"""Without a dash or brackets it is a dateline only behind the name of a known town."""
_WITH_DAY = re.compile(rf"{_PLACE}{_REGION}{_DAY}\s*{_DASH}\s+", re.I)
_AGENCY_ALONE = re.compile(rf"(?:(?i:{_AGENCY})\s*[.,;]?\s*{_DASH}\s*|ANTARA\s*{_DASH}\s+)")
_A_DAY = re.compile(r"\d[/.-]\d")
_WINDOW = 160
_MOST_SEARCHED = 12
_MOST_BEFORE = 3
MOST_BEFORE_LEAD = 8


@dataclass(frozen=True, slots=True)
class Dateline:
    """The town (None when only the agency is named), the text taken off, and where it stood."""

    town: str | None
    text: str
    position: int


def find_dateline(paragraphs: tuple[str, ...], title: str | None) -> Dateline | None:
    """Return the dateline of the first of the leading paragraphs that has one.

    Behind a pull-quote the second paragraph carries it, behind a summary one farther down, if no
    other has another town. A photo page repeats the title in it: 'BANJARMASIN, 10/9 - TITLE - '
    (kalsel /foto/53353).
    """
    found: Dateline | None = None
    for position, paragraph in enumerate(paragraphs[:_MOST_SEARCHED]):
        window = paragraph[:_WINDOW]
        is_of_agency = "antara" in window.casefold()
        match = _with_agency(window) if is_of_agency else None
        if match and _is_place(match["place"]):
            if found and found.town != match["place"]:
                return None
            found = found or Dateline(match["place"], match[0], position)
            if position < _MOST_BEFORE:
                return found
        if position:
            continue
        may_be = is_of_agency and ("ANTARA" in window or "Antara" in window)
        match = _BEHIND_TOWN.match(window) if may_be else None
        if match and is_town(match["place"]):
            return Dateline(match["place"], match[0], position)
        match = _WITH_DAY.match(window) if _A_DAY.search(window) else None
        if match and _is_place(match["place"]):
            text = match[0] + _repeated_title(paragraph[match.end() :], title)
            return Dateline(match["place"], text, position)
        match = _AGENCY_ALONE.match(window) if is_of_agency else None
        if match and not is_time_of_story(paragraph[match.end() :] or "-"):
            return Dateline(None, match[0], position)
    return found


@remembered
def _with_agency(window: str) -> re.Match[str] | None:
    return _WITH_AGENCY.match(window) if "(" in window or "[" in window else None


@remembered
def has_dateline(text: str) -> bool:
    """Whether a text begins with a dateline."""
    return find_dateline((text,), None) is not None


def lead_among(lines: Sequence[Line]) -> int:
    """Return the place of the first paragraph: the one with a dateline among the first sentences,
    else the first that no mark says is above the text; 0 for none.
    """
    all_said = (
        n for n, each in enumerate(lines) if each.mark != "left out" and is_prose(each.text)
    )
    said = list(islice(all_said, MOST_BEFORE_LEAD))
    plain = (n for n in chain(said, all_said) if lines[n].mark not in {"lead", "heading"})
    dated = dated_among(lines, said)
    return next(plain, 0) if dated < 0 else dated


def dated_among(lines: Sequence[Line], said: Sequence[int]) -> int:
    """Return the place of the first line with a dateline, up to the first few that are `said`; -1
    for none.
    """
    near = range(said[:MOST_BEFORE_LEAD][-1] + 1) if said else ()
    return next((n for n in near if has_dateline(lines[n].text)), -1)


def is_lead(line: Line) -> bool:
    """Whether a line above the body is its first paragraph: so marked, or with a dateline."""
    return line.mark == "lead" or has_dateline(line.text)


def _is_place(text: str) -> bool:
    return all(word[0].isupper() for word in re.split("[ /]+", text))


def _repeated_title(rest: str, title: str | None) -> str:
    """Return the 'TITLE - ' that stands before a photo page's caption, or nothing."""
    if not title or rest[: len(title)].casefold() != title.casefold():
        return ""
    match = re.compile(rf"\s*{_DASH}\s+").match(rest, len(title))
    return rest[: match.end()] if match else ""
