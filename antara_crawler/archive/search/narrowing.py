"""Reads what section: since: and the like ask for within a query."""

import re
from calendar import monthrange
from datetime import date

from antara_crawler.archive.read.filters import Filters

_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)


def filters_of(key: str, value: str) -> Filters | None:
    """Return what a key narrows the search to; None where its value means nothing."""
    if key in ("since", "until"):
        days = _days(value)
        if days is None:
            return None
        return Filters(since=days[0]) if key == "since" else Filters(until=days[1])
    if not value:
        return None
    named = {
        "author": Filters(author=value),
        "section": Filters(section=value),
        "tag": Filters(tag=value),
        "portal": Filters(portal=value.casefold()),
    }
    return named[key]


def _days(text: str) -> tuple[date, date] | None:
    """Return the first and last day of a year, a month or a day (2024-09-30 or 30-09-2024)."""
    match, day_first = _DAY.fullmatch(text), _DAY_FIRST.fullmatch(text)
    if day_first is not None:
        parts: list[int | None] = [int(part) for part in reversed(day_first.groups())]
    elif match is not None:
        parts = [int(part) if part else None for part in match.groups()]
    else:
        return None
    year, month, day = parts
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day is not None:
        return first, first
    last = month or 12
    return first, date(first.year, last, monthrange(first.year, last)[1])
