"""Which article numbers nobody named are worth asking for: a rule over those known, no database.

A portal numbers its articles upwards. Between two numbers that are known lies a gap:

- One of at most WHOLE numbers is asked for whole. Where such gaps make up most of a block of
  BLOCK numbers, some of them are tried first, and the rest only if one of these is an article.
- A wider gap is sampled: next to its two ends, ever further from them, and evenly. Each article
  found divides it into two, which are looked at in the next round. Where none is found the rest is
  never asked for, and told as such.

What is known is all that the rule needs: a run that was killed has nothing to remember.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from random import Random

WHOLE = 64
STEP = 8
"""Samples lie 1, 8, 64 … numbers away from either end of a gap."""
EVENLY = 3
BLOCK = 1000
MOST = BLOCK // 4
"""Numbers in small gaps of a block that are asked for without trying some first."""
TRIED = 25


@dataclass(frozen=True, slots=True)
class Known:
    """Numbers, each ascending: of articles; those asked for or waiting for it that are none.

    `found` are the blocks in which a number that nothing named was an article; `dates` says of
    each article when it was published, as far as that is known.
    """

    articles: Sequence[int]
    answered: Sequence[int]
    found: frozenset[int] = frozenset()
    dates: Sequence[datetime | None] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask for in this round, what may be asked for in later ones, what never.

    `below` of those for later lie below all that is known: where they end is not known.
    """

    ask: Sequence[int]
    later: int
    never: int
    below: int = 0


def bounds(known: Known, since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """Return the numbers between which the articles of a time lie, both known or 0.

    Dates do not rise with each number, and some are wrong: the ends are where the fewest articles
    stand on the wrong side.
    """
    if not known.articles:
        return 0, 0
    first = _cut(known.dates, since) if since else 0
    last = _cut(known.dates, until) if until else len(known.articles)
    low = known.articles[first - 1] if first else 0
    return low, known.articles[min(last, len(known.articles) - 1)]


def _cut(dates: Sequence[datetime | None], at: datetime) -> int:
    """Return how many of the dates are best taken for earlier than `at`."""
    best, balance, place = 0, 0, 0
    for index, date in enumerate(dates, 1):
        if date is not None:
            balance += 1 if date < at else -1
        if balance > best:
            best, place = balance, index
    return place


def plan(known: Known, low: int, high: int) -> Plan:
    """Return which numbers between two to ask for, the newest first."""
    inside = known.articles[bisect_right(known.articles, low) : bisect_left(known.articles, high)]
    fences = [high, *reversed(inside), low]
    gaps = [(lower, upper) for upper, lower in pairwise(fences) if upper - lower > 1]
    ask, later, never = _small(known, [gap for gap in gaps if gap[1] - gap[0] <= WHOLE + 1])
    below = 0
    for lower, upper in gaps:
        if upper - lower <= WHOLE + 1:
            continue
        due = [each for each in _samples(lower, upper) if not _has(known.answered, each)]
        unknown = upper - lower - 1 - _between(known.answered, lower, upper) - len(due)
        ask.extend(due)
        later, never = (later + unknown, never) if due else (later, never + unknown)
        below = unknown if due and not lower else below
    return Plan(ask, later, never, below)


def pace(known: Known) -> float:
    """Return how many numbers a day a portal has given, by the first and last dates known."""
    dated = [(at, n) for at, n in zip(known.dates, known.articles, strict=True) if at]
    if len(dated) < 2:
        return 0.0
    (first, lowest), (last, highest) = min(dated), max(dated)
    return abs(highest - lowest) / max(1.0, (last - first).total_seconds() / 86400)


def _small(known: Known, gaps: Iterable[tuple[int, int]]) -> tuple[list[int], int, int]:
    """Return what to ask for in small gaps, and how many are left for later and for ever."""
    ask, later, never = list[int](), 0, 0
    numbers = (each for lower, upper in gaps for each in range(upper - 1, lower, -1))
    for block, group in groupby(numbers, key=lambda each: each // BLOCK):
        members = list(group)
        unknown = [each for each in members if not _has(known.answered, each)]
        tried = len(members) - len(unknown)
        if len(members) <= MOST or block in known.found:
            ask.extend(unknown)
        elif tried >= TRIED:
            never += len(unknown)
        else:
            # By chance, since what is missing may well come at even distances.
            chance = Random(block)  # noqa: S311
            picked = chance.sample(unknown, min(len(unknown), TRIED - tried))
            ask.extend(picked)
            later += len(unknown) - len(picked)
    return ask, later, never


def _samples(lower: int, upper: int) -> Iterator[int]:
    """Yield numbers within a gap, each once."""
    size = upper - lower - 1
    steps = []
    step = 1
    while step <= size:
        steps.append(step)
        step *= STEP
    evenly = (lower + size * n // (EVENLY + 1) for n in range(1, EVENLY + 1))
    above = (lower + step for step in steps) if lower else ()
    yield from dict.fromkeys([*(upper - step for step in steps), *above, *evenly])


def _has(ascending: Sequence[int], number: int) -> bool:
    place = bisect_left(ascending, number)
    return place < len(ascending) and ascending[place] == number


def _between(ascending: Sequence[int], lower: int, upper: int) -> int:
    return bisect_left(ascending, upper) - bisect_right(ascending, lower)
