"""Dates that feeds, sitemaps and cards give for an article: hints, each with how far it may be off.

The page alone says when an article was published. A hint without a time, or on a clock that it
does not name, may be off by a day.
"""

import re
from datetime import datetime, timedelta

from antara_crawler.pages.fields.dates import find_date, is_date

EARLIEST_YEAR = 1990
"""ANTARA had no pages before: such a date is a clock's zero or a slip."""
_DAY = timedelta(days=1)
_AGO = re.compile(
    r"\b(\d{1,4}|se|satu|a|an|one)[\s-]*"
    r"(detik|menit|jam|hari|minggu|pekan|bulan|tahun|seconds?|minutes?|hours?|days?|weeks?|months?|years?)"
    r"\s+(?:yang\s+)?(?:lalu|ago)\b",
    re.I | re.A,
)
_YESTERDAY = re.compile(r"\b(?:kemarin|yesterday)\b")
_NOW = re.compile(r"\b(?:baru saja|just now)\b")
_SPANS = {
    "detik": timedelta(seconds=1), "second": timedelta(seconds=1),
    "menit": timedelta(minutes=1), "minute": timedelta(minutes=1),
    "jam": timedelta(hours=1), "hour": timedelta(hours=1),
    "hari": timedelta(days=1), "day": timedelta(days=1),
    "minggu": timedelta(weeks=1), "pekan": timedelta(weeks=1), "week": timedelta(weeks=1),
    "bulan": timedelta(days=30), "month": timedelta(days=30),
    "tahun": timedelta(days=365), "year": timedelta(days=365),
}  # fmt: skip
_LONGEST = 300
_MOST_OF_AGE = 3


def read_hint(text: str, zone: str) -> tuple[datetime, timedelta] | None:
    """Return the date in a text and how far it may be off; None where it is none or absurd."""
    found = find_date(text, zone)
    if found is None or found.moment.year < EARLIEST_YEAR:
        return None
    return found.moment, _DAY if found.timed else 2 * _DAY


def margin_of_age(age: timedelta) -> timedelta:
    """Return how far the date may be off that follows from an age: '2 minggu lalu' is a week."""
    for unit in (timedelta(days=365), timedelta(days=30), timedelta(days=7)):
        if age >= unit:
            return unit + _DAY
    return _DAY


def read_age(text: str) -> timedelta | None:
    """Return how long ago '5 jam lalu', 'kemarin' or 'baru saja' is, None for anything else."""
    text = text[:_LONGEST].casefold()
    match = _AGO.search(text)
    if match:
        count = int(match[1]) if match[1].isdecimal() else 1
        return count * _SPANS[match[2] if match[2] in _SPANS else match[2].removesuffix("s")]
    if _YESTERDAY.search(text):
        return timedelta(days=1)
    return timedelta(0) if _NOW.search(text) else None


def is_time_of_story(text: str) -> bool:
    """Whether a line beside a title says no more than when that story came: '5 jam lalu'."""
    most = _MOST_OF_AGE if text[:1].isdigit() else 1
    is_short = text.count(" ") <= most and text[-1:].isalnum()
    return is_date(text) or (is_short and read_age(text) is not None)
