"""What is usual, learnt from counts, and how unlikely another count is beside it."""

import random
from datetime import date, timedelta

import pytest

from antara_crawler.archive.read.bands import band_of, odd_share, quiet_days, silence_of

FIRST = date(2025, 1, 6)


def days(count, level=20.0, seed=1, weekend=0.5):
    chance = random.Random(seed)
    found = {}
    for number in range(count):
        day = FIRST + timedelta(days=number)
        mean = level * (weekend if day.weekday() > 4 else 1)
        found[day] = sum(chance.random() < mean / 1000 for _ in range(1000))
    return found


def test_a_band_knows_the_weekend():
    counts = days(180)
    band = band_of(counts, max(counts))
    saturday, monday = FIRST + timedelta(days=5), FIRST
    assert band.expected(saturday) == pytest.approx(10, rel=0.15)
    assert band.expected(monday) == pytest.approx(20, rel=0.15)


def test_too_few_days_have_no_band():
    counts = days(20)
    assert band_of(counts, max(counts)) is None
    assert band_of({}, FIRST) is None
    assert silence_of(counts, FIRST + timedelta(days=40)) is None


def test_two_silent_days_of_a_busy_portal_are_no_chance():
    counts = days(180)
    last = max(counts) + timedelta(days=2)
    silence = silence_of(counts, last)
    assert (silence.days, silence.first) == (2, last - timedelta(days=1))
    assert silence.chance < 1e-6
    assert silence.longest == 0


def test_silence_of_a_section_with_an_article_a_week_is_chance():
    counts = {FIRST + timedelta(days=each): 1 for each in range(0, 180, 7)}
    silence = silence_of(counts, FIRST + timedelta(days=181))
    assert silence.chance > 0.01
    assert silence.longest == 6


def test_a_day_in_the_midst_with_too_few_is_quiet_and_others_are_not():
    counts = days(300)
    hole = FIRST + timedelta(days=150)
    counts[hole] = 1
    quiet = quiet_days(counts, FIRST, max(counts))
    assert hole in quiet
    assert len(quiet) <= 2
    assert quiet[hole][0] == 1 < quiet[hole][1]


def test_a_share_that_falls_is_odd_and_one_that_stays_is_not():
    chance = random.Random(2)
    past = [(sum(chance.random() < 0.97 for _ in range(30)), 30) for _ in range(60)]
    assert odd_share(past, (20, 30)) < 1e-5
    assert odd_share(past, (29, 30)) > 0.05
    assert odd_share(past, (30, 30), more=True) > 0.05
    assert odd_share([(1, 30)] * 60, (9, 30), more=True) < 1e-4


def test_nights_that_always_differ_make_a_bad_one_likelier():
    calm = [(15, 30)] * 60
    wild = [(5, 30), (25, 30)] * 30
    assert odd_share(wild, (5, 30)) > 100 * odd_share(calm, (5, 30))


def test_a_week_of_failure_in_the_past_does_not_become_what_is_usual():
    past = [(29, 30)] * 50 + [(0, 30)] * 7
    assert odd_share(past, (10, 30)) < 1e-4


def test_little_past_says_nothing():
    assert odd_share([(9, 9)], (0, 30)) == 1.0
    assert odd_share([(30, 30)] * 9, (0, 0)) == 1.0
