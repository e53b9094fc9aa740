"""What is usual, learnt from counts of the past: bands of articles a day, shares of a night.

Pure arithmetic: who has rows gives counts, and gets how likely today's would be by chance.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import exp, lgamma, log, log1p
from statistics import quantiles
from typing import NamedTuple

LOOK_BACK = 182
"""Days of the past that are compared with: half a year, so that slow change is not news."""
LEAST_DAYS = 28
"""Fewer days than that say nothing of what is usual."""
WEEKS = 8
"""Weeks before a day, and after it, whose same weekday says what is usual on it."""
_MOST = 0.5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Band:
    """How many a day are usual: a level, each weekday's share of it, and how far days differ.

    `spread` is the variance beyond chance, as a share of the level squared: 0 where days differ
    by chance alone.
    """

    level: float
    weekdays: tuple[float, ...]
    spread: float

    def expected(self, day: date) -> float:
        """Return how many are usual on a day."""
        return self.level * self.weekdays[day.weekday()]


class Quiet(NamedTuple):
    """A day with fewer than usual: half of the days like it have `low` to `high`."""

    number: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Silence:
    """Days in a row without anything, up to the last: since when, and how likely by chance.

    `longest` is the longest silence of the past that is compared with.
    """

    first: date
    days: int
    chance: float
    longest: int


def band_of(counts: Mapping[date, int], last: date) -> Band | None:
    """Return what is usual in the days up to `last`; None while too little is known.

    Days before the first that has any are not counted.
    """
    first = max(min(counts, default=last), last - timedelta(days=LOOK_BACK - 1))
    span = [(day, counts.get(day, 0)) for day in _each_day(first, last)]
    level = sum(count for _, count in span) / max(1, len(span))
    if len(span) < LEAST_DAYS or not level:
        return None
    weekdays = []
    for weekday in range(7):
        of_day = sorted(count for day, count in span if day.weekday() == weekday)
        cut = len(of_day) // 8
        middle = of_day[cut : len(of_day) - cut]
        weekdays.append(max(sum(middle) / len(middle) / level, 0.01))
    band = Band(level, tuple(weekdays), 0.0)
    means = [band.expected(day) for day, _ in span]
    beyond = sum((n - mean) ** 2 - mean for (_, n), mean in zip(span, means, strict=True))
    return Band(level, band.weekdays, max(0.0, beyond / sum(mean * mean for mean in means)))


def silence_of(counts: Mapping[date, int], last: date) -> Silence | None:
    """Return the silence that lasts until `last`; None where there is none, or too little known.

    How likely it is, is judged by the half year before it.
    """
    before = [day for day, count in counts.items() if count and day <= last]
    spoke = max(before, default=None)
    if spoke is None or spoke == last:
        return None
    band = band_of(counts, spoke)
    if band is None:
        return None
    first = spoke + _DAY
    each = (_log_of_none(band.expected(day), band.spread) for day in _each_day(first, last))
    past = sorted(day for day in before if day > spoke - timedelta(days=2 * LOOK_BACK))
    gaps = [(later - earlier).days - 1 for earlier, later in pairwise(past)]
    return Silence(first, (last - spoke).days, exp(sum(each)), max(gaps, default=0))


def quiet_days(counts: Mapping[date, int], first: date, last: date) -> dict[date, Quiet]:
    """Return the days with fewer than is usual on the same weekday, learnt from the weeks around.

    A day is quiet that lies far below the middle half of the days like it (by twice its width, and
    by more than chance does), or that has fewer than any of them and less than a quarter of what
    is usual. Of a day that has too few others like it nothing is said.
    """
    found = {}
    begin, end = min(counts, default=first), max(counts, default=last)
    every = [counts.get(day, 0) for day in _each_day(begin, end)]
    for day in _each_day(first, last):
        at = (day - begin).days
        before = every[max(at - 7 * WEEKS, at % 7) : max(at, 0) : 7]
        others = before + every[max(at + 7, at % 7) : max(at + 7 * WEEKS + 1, 0) : 7]
        if len(others) < LEAST_DAYS // 7:
            continue
        low, middle, high = quantiles(others, n=4, method="inclusive")
        count, width = counts.get(day, 0), max(high - low, middle**0.5, 1.0)
        if count < low - 2 * width or (4 * count < low and count < min(others)):
            found[day] = Quiet(count, round(low), round(high))
    return found


def odd_share(
    past: Sequence[tuple[int, int]], now: tuple[int, int], *, more: bool = False
) -> float:
    """Return how likely so small a share (with `more`: so large) is after those of the past.

    Each is (hits, all). Nights that always differ more than by chance make it likelier.
    1 where too little is known.
    """
    nights = [(hits, total) for hits, total in past if total]
    hits, total = now
    if not total or sum(each[1] for each in nights) < LEAST_DAYS:
        return 1.0
    share, alike = _usual(nights)
    extra = 1 + (total - 1) * alike
    weight = total / extra
    if more:
        return _at_most((total - hits) / extra, weight, 1 - share)
    return _at_most(hits / extra, weight, share)


def _usual(nights: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """Return the share of all nights together, and how much alike those of one night are.

    The second is 0 where nights differ by chance alone, 1 where each night is all or nothing.

    Nights in which most were otherwise, a quarter at most, are left out: they went wrong.
    """
    share = _share(nights)
    kept = [(hits, total) for hits, total in nights if abs(hits / total - share) < _MOST]
    if len(kept) < len(nights) and 4 * len(kept) >= 3 * len(nights):
        share = _share(kept)
    else:
        kept = list(nights)
    chance = share * (1 - share)
    beyond = sum((hits - total * share) ** 2 / (total * chance) - 1 for hits, total in kept)
    return share, min(1.0, max(0.0, beyond / max(1, sum(total - 1 for _, total in kept))))


def _share(nights: Sequence[tuple[int, int]]) -> float:
    hits, total = sum(each[0] for each in nights), sum(each[1] for each in nights)
    return (hits + 0.5) / (total + 1)  # never 0 or 1: what was never seen can be


def _at_most(hits: float, total: float, share: float) -> float:
    """Return the chance of so few of a total; both may be broken numbers."""
    count, found = hits, 0.0
    while count >= 0:
        way = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
        found += exp(way + count * log(share) + (total - count) * log1p(-share))
        count -= 1
    return min(1.0, found)


def _log_of_none(mean: float, spread: float) -> float:
    """Return the logarithm of the chance of none at all: negative binomial, or Poisson."""
    return -mean if spread < 1e-9 else -log1p(spread * mean) / spread


def _each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=each) for each in range((last - first).days + 1))
