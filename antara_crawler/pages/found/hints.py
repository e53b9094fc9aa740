"""Dates that feeds, sitemaps and cards give for an article: hints, each with how far it may be off.

The page alone says when an article was published. A hint without a time, or on a clock that it
does not name, may be off by a day.
"""

from datetime import datetime, timedelta

from antara_crawler.pages.fields.dates import find_date

EARLIEST_YEAR = 1990
"""ANTARA had no pages before: such a date is a clock's zero or a slip."""
_DAY = timedelta(days=1)


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
