"""Days on which a portal has fewer articles than is usual for it on that day of the week."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import quantiles

WEEKS = 8
"""Weeks before a day, and after it, from which is learnt what is usual."""
FEWEST = 6
"""Days of which nothing is learnt yet."""


@dataclass(frozen=True, slots=True)
class SilentDay:
    """A day with fewer articles than usual: half of the days like it have `low` to `high`."""

    day: date
    articles: int
    low: int
    high: int


def silent_days(days: Mapping[date, int]) -> tuple[SilentDay, ...]:
    """Return the silent ones of the days, by the articles of each, the oldest first.

    Neither the first nor the last day is one: they need not be whole. A day is silent that lies
    far below the middle half of the days like it (by one and a half times its width), or that has
    less than half of its lower end and fewer than any of them.
    """
    return tuple(_found(days)) if days else ()


def _found(days: Mapping[date, int]) -> Iterator[SilentDay]:
    first, last = min(days), max(days)
    for n in range(1, (last - first).days):
        day, count = first + timedelta(days=n), days.get(first + timedelta(days=n), 0)
        others = [
            days.get(other, 0)
            for week in range(-WEEKS, WEEKS + 1)
            if week and first < (other := day + timedelta(weeks=week)) < last
        ]
        if len(others) < FEWEST:
            continue
        low, _, high = quantiles(others, n=4, method="inclusive")
        far_below = count < low - 1.5 * max(high - low, 1.0)
        if far_below or (2 * count < low and count < min(others)):
            yield SilentDay(day, count, round(low), round(high))
