"""Dates as pages write them."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.pages.dates import has_time, has_zone, is_date, read_age, read_date

WITA = "Asia/Makassar"
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    ("Januari", "Jan", "January"), ("Februari", "Feb", "February"), ("Maret", "Mar", "March"),
    ("April", "Apr", "April"), ("Mei", "Mei", "May"), ("Juni", "Jun", "June"),
    ("Juli", "Jul", "July"), ("Agustus", "Agu", "August"), ("September", "Sep", "September"),
    ("Oktober", "Okt", "October"), ("November", "Nov", "November"),
    ("Desember", "Des", "December"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Selasa, 17 Oktober 2023 15:47 WIB", "2023-10-17T15:47:00+07:00"),
        ("Kamis, 18 Desember 2025 16:50", "2025-12-18T16:50:00+08:00"),
        ("6 Januari 2026 5:45", "2026-01-06T05:45:00+08:00"),
        ("Sabtu, 1 Agu 2020 7:05 WIT", "2020-08-01T07:05:00+09:00"),
        ("Jum'at, 3 Nopember 2017 19.55 Wita", "2017-11-03T19:55:00+08:00"),
        ("17 Oktober 2023 pukul 15.47 WIB", "2023-10-17T15:47:00+07:00"),
        ("Selasa, 17 Oktober 2023 | 15:47 WIB", "2023-10-17T15:47:00+07:00"),
        ("Diterbitkan: Selasa, 17 Okt 2023 15:47:09 WIB", "2023-10-17T15:47:09+07:00"),
        ("17 Oktober 2023", "2023-10-17T00:00:00+08:00"),
        ("17/10/2023 15:47", "2023-10-17T15:47:00+08:00"),
        ("October 17, 2023 3:47 PM", "2023-10-17T15:47:00+08:00"),
        ("October 17th, 2023 12:05 am GMT+0800", "2023-10-17T00:05:00+08:00"),
        ("Tuesday, 17 October 2023 15:47 (WIB)", "2023-10-17T15:47:00+07:00"),
        ("Thu, 28 May 2026 13:27:46 +0700", "2026-05-28T13:27:46+07:00"),
        ("Thu, 28 May 2026 13:27:46 GMT", "2026-05-28T13:27:46+00:00"),
        ("Thu, 28 May 2026", "2026-05-28T00:00:00+08:00"),
        ("2023-10-17T15:47:00+07:00", "2023-10-17T15:47:00+07:00"),
        ("2023-10-17T15:47:00.123+0700", "2023-10-17T15:47:00+07:00"),
        ("2023-10-17T15:47Z", "2023-10-17T15:47:00+00:00"),
        ("2023-10-17 15:47", "2023-10-17T15:47:00+08:00"),
        ("2023-10-17 15:47 WIB", "2023-10-17T15:47:00+07:00"),
        ("2023-10-17 15:47:00 -0330", "2023-10-17T15:47:00-03:30"),
    ],
)
def test_a_date_is_read_with_its_own_offset_or_on_the_portals_clock(text: str, wanted: str) -> None:
    found = read_date(text, WITA)
    assert found is not None
    assert found.isoformat() == wanted


@pytest.mark.parametrize(
    "text",
    ["", "5 jam lalu", "31 Februari 2023", "17 Oktobar 2023", "Selasa", "15:47", "2023",
     "berita 2023-13-45", "17/13/2023", "25:61", "0 Januari 2020", "1 Januari 0000"],
)  # fmt: skip
def test_what_is_no_date_is_none_and_never_today(text: str) -> None:
    assert read_date(text, WITA) is None


@given(st.text(max_size=400))
def test_any_text_gives_an_aware_date_or_none(text: str) -> None:
    found = read_date(text, WITA)
    assert found is None or found.utcoffset() is not None
    read_age(text)
    is_date(text)


@given(
    moment=st.datetimes(datetime(1996, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001
    form=st.integers(0, 2),
    zone=st.sampled_from([("WIB", 7), ("WITA", 8), ("WIT", 9), ("", 8)]),
    padded=st.booleans(),
    weekday=st.booleans(),
)
def test_every_way_of_wording_a_date_is_read_back(
    moment: datetime, form: int, zone: tuple[str, int], padded: bool, weekday: bool
) -> None:
    day = f"{DAYS[moment.weekday()]}, " if weekday else ""
    hour = f"{moment.hour:02d}" if padded else f"{moment.hour}"
    month = MONTHS[moment.month - 1][form]
    text = f"{day}{moment.day} {month} {moment.year} {hour}:{moment.minute:02d} {zone[0]}".strip()
    found = read_date(text, WITA)
    assert found is not None
    assert found.replace(tzinfo=None) == moment.replace(second=0, microsecond=0)
    assert found.utcoffset() == timedelta(hours=zone[1])
    assert has_zone(text) == bool(zone[0])
    assert has_time(text)
    assert is_date(text)


def test_a_mere_day_has_no_time() -> None:
    assert not has_time("17 Oktober 2023")
    assert has_time("2023-10-17T15:47:00+07:00")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5 jam lalu", timedelta(hours=5)),
        ("2 menit lalu", timedelta(minutes=2)),
        ("30 detik yang lalu", timedelta(seconds=30)),
        ("3 hari lalu", timedelta(days=3)),
        ("1 minggu lalu", timedelta(weeks=1)),
        ("sejam lalu", timedelta(hours=1)),
        ("Kemarin", timedelta(days=1)),
        ("baru saja", timedelta(0)),
        ("3 hours ago", timedelta(hours=3)),
        ("an hour ago", timedelta(hours=1)),
        ("yesterday", timedelta(days=1)),
    ],
)
def test_relative_times_are_ages(text: str, wanted: timedelta) -> None:
    assert read_age(text) == wanted


@pytest.mark.parametrize("text", ["", "jam 5", "17 Oktober 2023", "5 jam lagi", "masa lalu"])
def test_what_is_no_relative_time_is_none(text: str) -> None:
    assert read_age(text) is None


def test_a_sentence_with_a_date_is_no_date_line() -> None:
    assert is_date("Kamis, 5 Juni 2025 10:11 WIB")
    assert not is_date("Kamis, 5 Juni 2025 hujan turun lagi")
