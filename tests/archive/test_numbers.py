"""Which numbers that nobody named are asked for: never one twice, and all near those known."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.archive.frontier.numbers import (
    BLOCK,
    TRIED,
    WHOLE,
    Known,
    bounds,
    pace,
    plan,
)

START = datetime(2022, 1, 1, tzinfo=UTC)


def explore(articles: set[int], known: set[int], low: int = 0) -> tuple[set[int], list[int], int]:
    """Ask as the rule says until it says nothing more: what is known then, what was asked."""
    asked: list[int] = []
    found: set[int] = set()
    while True:
        answered = sorted(set(asked) - articles)
        now = Known(sorted(known), answered, frozenset(found), [None] * len(known))
        round_ = plan(now, low, max(known))
        if not round_.ask:
            return known, asked, round_.never
        asked += round_.ask
        hits = set(round_.ask) & articles
        known = known | hits
        found |= {hit // BLOCK for hit in hits}


def numbered(count: int, missing: float, first: int = 1, seed: int = 1) -> set[int]:
    rng = Random(seed)
    numbers, number = set[int](), first
    while len(numbers) < count:
        if rng.random() >= missing:
            numbers.add(number)
        number += 1
    return numbers


def test_small_gaps_are_asked_for_whole_and_each_number_once() -> None:
    articles = numbered(3000, 0.03, first=200_000)
    hidden = set(Random(2).sample(sorted(articles), 40)) - {min(articles), max(articles)}
    known, asked, never = explore(articles, articles - hidden, low=min(articles))
    assert known == articles
    assert len(asked) == len(set(asked))
    assert set(asked) == set(range(min(articles), max(articles))) - (articles - hidden)
    assert never == 0


def test_a_past_of_which_only_the_newest_is_listed_is_found_to_its_beginning() -> None:
    articles = numbered(4000, 0.03, first=300_000)
    newest = set(sorted(articles)[-200:])
    known, asked, never = explore(articles, newest)
    assert known == articles
    assert len(asked) == len(set(asked))
    beyond = sum(number < min(articles) for number in asked)
    assert beyond < 200
    assert never == min(articles) - 1 - beyond


def test_a_wide_gap_without_articles_is_sampled_and_told() -> None:
    known, asked, never = explore({1, 5001}, {1, 5001}, low=1)
    assert known == {1, 5001}
    assert 5 < len(asked) < 30
    assert never == 4999 - len(asked)
    assert {2, 5000} <= set(asked)


def test_a_block_that_is_mostly_absent_is_tried_before_it_is_asked_whole() -> None:
    every_third = set(range(1000, 4000, 3))
    _, asked, never = explore(every_third, every_third, low=1000)
    assert len(asked) == 3 * TRIED
    assert never == 2 * len(every_third) - 2 - len(asked)
    hidden = {number + 1 for number in every_third}
    known, asked, never = explore(every_third | hidden, every_third, low=1000)
    assert known >= hidden - {max(hidden)}
    assert never == 0


@given(st.sets(st.integers(1, 3000), min_size=1, max_size=60))
def test_no_number_is_asked_for_twice_and_none_outside(articles: set[int]) -> None:
    known, asked, never = explore(articles, {max(articles)})
    assert len(asked) == len(set(asked))
    assert all(0 < number < max(articles) for number in asked)
    assert not set(asked) & {max(articles)}
    assert never + len(asked) + 1 == max(articles)
    assert {max(articles) - 1} - {0} <= known | set(asked)


def test_the_bounds_of_a_time_do_not_fall_for_a_single_wrong_date() -> None:
    numbers = list(range(100, 200))
    dates: list[datetime | None] = [START + timedelta(days=n) for n in range(100)]
    dates[90], dates[5], dates[40] = dates[0], dates[99], None
    known = Known(numbers, (), dates=dates)
    assert bounds(known, START + timedelta(days=50), None) == (149, 199)
    assert bounds(known, START - timedelta(days=1), START + timedelta(days=60)) == (0, 160)
    assert bounds(Known((), ()), START, None) == (0, 0)
    assert 0.5 < pace(known) <= 1.1
    assert WHOLE < BLOCK
