"""Articles per day laid out as calendars: months of weeks, and years of months."""

from calendar import Calendar
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

    @property
    def before(self) -> int | None:
        """The year before, None when nothing is older."""
        return self._beside(-1)

    @property
    def after(self) -> int | None:
        """The year after, None when nothing is newer."""
        return self._beside(1)

    def _beside(self, step: int) -> int | None:
        held = [year.number for year in self.years]
        return self.year + step if self.year and self.year + step in held else None


def calendar_of(held: Coverage, year: int | None) -> YearCalendar:
    """Lay out a coverage; without a year, the last one that has an article."""
    if year is None and held.last is not None:
        year = held.last.year
    gaps = [gap for gap in held.gaps() if year and gap.first.year <= year <= gap.last.year]
    months = months_of(year, held) if year else ()
    return YearCalendar(
        held,
        years_of(held),
        year,
        months,
        sum(month.total for month in months),
        tuple(sorted(gaps, key=lambda gap: -gap.days)),
        thresholds(held.days),
    )


def months_of(year: int, coverage: Coverage) -> tuple[Month, ...]:
    """Return a year's months from the first article on to the last.

    Days before that article's day, and after the last one's, are no gaps.
    """
    if coverage.first is None or coverage.last is None:
        return ()
    steps = thresholds(coverage.days)
    first = (coverage.first.year, coverage.first.month)
    last = (coverage.last.year, coverage.last.month)
    found = []
    for number in range(1, 13):
        if not first <= (year, number) <= last:
            continue
        weeks = Calendar().monthdayscalendar(year, number)
        rows = tuple(
            tuple(_day(date(year, number, n), coverage, steps) if n else None for n in week)
            for week in weeks
        )
        total = sum(day.count for row in rows for day in row if day)
        found.append(Month(number, total, rows))
    return tuple(found)


def years_of(coverage: Coverage) -> tuple[Year, ...]:
    """Return all years from the first to the last article, newest first."""
    if coverage.first is None or coverage.last is None:
        return ()
    sums: dict[tuple[int, int], int] = {}
    for on, count in coverage.days.items():
        sums[on.year, on.month] = sums.get((on.year, on.month), 0) + count
    steps = thresholds(sums)
    first = (coverage.first.year, coverage.first.month)
    last = (coverage.last.year, coverage.last.month)
    found = []
    for year in range(last[0], first[0] - 1, -1):
        months = tuple(
            (
                sums.get((year, month), 0),
                level(sums.get((year, month), 0), steps)
                if first <= (year, month) <= last
                else None,
            )
            for month in range(1, 13)
        )
        found.append(Year(year, sum(count for count, _ in months), months))
    return tuple(found)


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


def _day(on: date, coverage: Coverage, steps: tuple[int, ...]) -> Day:
    count = coverage.days.get(on, 0)
    inside = (
        coverage.first is not None
        and coverage.last is not None
        and coverage.first <= on <= coverage.last
    )
    return Day(on, count, level(count, steps) if inside else None)
