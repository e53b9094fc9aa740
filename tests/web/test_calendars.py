"""Days laid out as calendars, in words of two languages."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from antara_crawler.archive import Coverage
from antara_crawler.dates import day, moment, stamp
from antara_crawler.terminal import size
from antara_crawler.web.calendars import calendar_of, thresholds
from antara_crawler.web.rendering import web_url
from antara_crawler.wording import figure


def test_a_month_begins_on_its_weekday_and_has_all_its_days() -> None:
    held = Coverage({date(2024, 2, 1): 3, date(2024, 2, 29): 1}, 0)
    [february] = calendar_of(held, None).months
    days = [day for week in february.weeks for day in week]
    assert [day.on.day for day in days if day] == list(range(1, 30))
    assert days[3] is not None
    assert days[3].on == date(2024, 2, 1)
    assert (february.number, february.total) == (2, 4)


def test_days_between_the_first_and_the_last_are_gaps_and_others_are_not() -> None:
    held = Coverage({date(2023, 12, 30): 1, date(2024, 1, 2): 1}, 0)
    levels = {
        day.on: day.level
        for month in calendar_of(held, 2024).months
        for week in month.weeks
        for day in week
        if day
    }
    assert levels[date(2024, 1, 1)] == 0
    assert levels[date(2024, 1, 2)] == 1
    assert levels[date(2024, 1, 3)] is None
    [gap] = calendar_of(held, 2024).gaps
    assert (gap.first, gap.last) == (date(2023, 12, 31), date(2024, 1, 1))
    assert (calendar_of(held, 2024).before, calendar_of(held, 2024).after) == (2023, None)


def test_an_archive_of_nothing_has_an_empty_calendar() -> None:
    for year in (None, 1, 9999):
        calendar = calendar_of(Coverage({}, 4), year)
        assert (calendar.months, calendar.years, calendar.gaps, calendar.total) == ((), (), (), 0)


@pytest.mark.parametrize("year", [1, 9999])
def test_the_first_and_the_last_year_of_all_can_be_laid_out(year: int) -> None:
    calendar = calendar_of(Coverage({date(year, 1, 1): 1, date(year, 12, 31): 2}, 0), None)
    assert sum(len([d for w in m.weeks for d in w if d]) for m in calendar.months) in (365, 366)


def test_alike_counts_look_alike_and_one_great_day_does_not_pale_the_rest() -> None:
    counts = dict.fromkeys(range(40), 40) | {"great": 4000}
    assert thresholds(counts) == (1, 11, 21, 31)
    assert thresholds({1: 1, 2: 2}) == (1, 2, 3, 4)
    assert thresholds({}) == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("at", "portal", "words"),
    [
        (
            datetime(2023, 10, 17, 15, 47, tzinfo=ZoneInfo("Asia/Makassar")),
            "kalsel",
            "Selasa, 17 Oktober 2023 pukul 15.47 WITA",
        ),
        (
            datetime(2024, 1, 5, 0, 3, tzinfo=timezone(timedelta(hours=7))),
            "kalbar",
            "Jumat, 5 Januari 2024 pukul 00.03 WIB",
        ),
        (
            datetime(2024, 3, 3, 9, 0, tzinfo=timezone(timedelta(hours=9))),
            None,
            "Minggu, 3 Maret 2024 pukul 09.00 WIT",
        ),
        (
            datetime(2024, 3, 3, 9, 0, tzinfo=timezone(timedelta(hours=5.5))),
            "kalsel",
            "Minggu, 3 Maret 2024 pukul 09.00 UTC+05:30",
        ),
        (
            datetime(2024, 3, 3, 9, 0, tzinfo=UTC),
            "tak-dikenal",
            "Minggu, 3 Maret 2024 pukul 09.00 UTC",
        ),
    ],
)
def test_a_moment_is_told_on_the_clock_of_the_page(
    at: datetime, portal: str | None, words: str
) -> None:
    assert moment(at, "id", portal) == words


def test_days_are_told_in_both_languages() -> None:
    assert day(date(2024, 8, 17), "id") == "17 Agustus 2024"
    assert day(date(2024, 8, 17), "en") == "17 August 2024"
    assert stamp(datetime(2026, 3, 1, 1, 0, tzinfo=UTC), "en") == "1 March 2026 01:00 UTC"


def test_numbers_and_sizes_are_written_as_each_language_does() -> None:
    assert (figure(1234567, lang="id"), figure(1234567, lang="en")) == ("1.234.567", "1,234,567")
    assert [size(n, "id") for n in (0, 999, 15200, 3_456_000_000)] == [
        "0 B",
        "999 B",
        "15,2 kB",
        "3,5 GB",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "/berita/1",
        "http:/x",
        "https://",
        "http://[",
        "http://a b",
        "",
        None,
    ],
)
def test_only_whole_web_addresses_become_links(url: str | None) -> None:
    assert web_url(url) is None
    assert web_url("https://kalsel.antaranews.com/berita/1/x?a=b") is not None
