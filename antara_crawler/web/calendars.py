"""Articles per day laid out as calendars: months of weeks, and years of months."""

from calendar import Calendar
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from antara_crawler.archive import Coverage, Gap

LEVELS = 4


@dataclass(frozen=True, slots=True)
class Day:
    """A day and its articles. `level` is 1 (few) to 4 (most); 0 is a gap, None outside all."""

    on: date
    count: int
    level: int | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month of weeks from Monday to Sunday; days of other months are None."""

    number: int
    total: int
    weeks: tuple[tuple[Day | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year's articles by month, January first, each with its level among all months."""

    number: int
    total: int
    months: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One year day by day, beside all years by month. `gaps` are this year's, longest first.

    `steps` are the least counts of the levels of days.
    """

    held: Coverage
    years: tuple[Year, ...]
    year: int | None
    months: tuple[Month, ...]
    total: int
    gaps: tuple[Gap, ...]
    steps: tuple[int, ...]
    before: int | None = None
    """The year before, None when nothing is older."""
    after: int | None = None
    """The year after, None when nothing is newer."""


def calendar_of(held: Coverage, year: int | None) -> YearCalendar:
    """Lay out a coverage; without a year, the last one that has an article.

    Days before the first article's day, and after the last one's, are no gaps.
    """
    steps = thresholds(held.days)
    if held.first is None or held.last is None:
        return YearCalendar(held, (), year, (), 0, (), steps)
    begin, end, year = held.first, held.last, year or held.last.year

    def is_within(month: tuple[int, int]) -> bool:
        return (begin.year, begin.month) <= month <= (end.year, end.month)

    def day(on: date) -> Day:
        count = held.days.get(on, 0)
        return Day(on, count, level(count, steps) if begin <= on <= end else None)

    months = []
    for number in (n for n in range(1, 13) if is_within((year, n))):
        weeks = tuple(
            tuple(day(date(year, number, n)) if n else None for n in week)
            for week in Calendar().monthdayscalendar(year, number)
        )
        total = sum(each.count for week in weeks for each in week if each)
        months.append(Month(number, total, weeks))
    sums: Counter[tuple[int, int]] = Counter()
    for on, count in held.days.items():
        sums[on.year, on.month] += count
    by_month, years = thresholds(sums), []
    for each in range(end.year, begin.year - 1, -1):
        counts = [(sums[each, n], is_within((each, n))) for n in range(1, 13)]
        row = tuple((count, level(count, by_month) if inside else None) for count, inside in counts)
        years.append(Year(each, sum(count for count, _ in counts), row))
    gaps = [gap for gap in held.gaps() if gap.first.year <= year <= gap.last.year]
    return YearCalendar(
        held,
        tuple(years),
        year,
        tuple(months),
        sum(month.total for month in months),
        tuple(sorted(gaps, key=lambda gap: -gap.days)),
        steps,
        before=year - 1 if begin.year < year <= end.year + 1 else None,
        after=year + 1 if begin.year - 1 <= year < end.year else None,
    )


def thresholds(counts: Mapping[Any, int]) -> tuple[int, ...]:
    """Return the least count of each level, rising evenly up to what nine tenths stay below.

    So alike counts look alike, and one extraordinary day does not make all others pale.
    """
    ranked = sorted(count for count in counts.values() if count > 0)
    top = ranked[len(ranked) * 9 // 10] if ranked else 0
    steps = [1]
    for n in range(1, LEVELS):
        steps.append(max(steps[-1] + 1, top * n // LEVELS + 1))
    return tuple(steps)


def level(count: int, steps: tuple[int, ...]) -> int:
    """Return the level of a count: 0 for none, then the highest whose threshold it reaches."""
    return max((n for n, least in enumerate(steps, 1) if count >= least), default=0) if count else 0
