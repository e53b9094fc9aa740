"""Dates as pages write them."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.pages.fields.dates import beside_change, find_date, is_date, read_date
from antara_crawler.pages.found.hints import read_age

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
        ("Selasa (17/10/2023) 15:47 WITA", "2023-10-17T15:47:00+08:00"),
        ("17 Oktober 2023 9:5 WITA", "2023-10-17T09:05:00+08:00"),
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
        ("2023-10-17 • 15.47 WIB", "2023-10-17T15:47:00+07:00"),
        ("17 Oktober 2023 15 :47 WITA", "2023-10-17T15:47:00+08:00"),
        ("Selasa, 17 Oktober 202315.47 WIT", "2023-10-17T15:47:00+09:00"),
        ("17/10/20239:05 WIB", "2023-10-17T09:05:00+07:00"),
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


EVENING = (
    "13 Agustus 2024 18.08", "Selasa 13 Agustus 2024 18:08", "13 Agust 2024 18:08",
    "13 Agt 2024 18:08", "13 Agt. 2024 18:08", "13 Agu 2024 18:08", "13 Ags 2024 18:08",
    "13 Ag. 2024 18:08", "13-Agt-2024 18:08", "13/Agu/2024 18:08", "13 Agustus, 2024 18:08",
    "Selasa, 13 Agustus 2024 jam 18:08", "SELASA, 13 AGUSTUS 2024 18:08",
    "Selasa, 13 Agustus 2024 pukul 18.08 WITA", "Selasa, 13 Agustus 2024 Pukul: 18.08 WITA",
    "Selasa, 13 Agustus 2024 Pkl. 18.08 Wita", "Selasa, 13 Agustus 2024 pkl 18.08wita",
    "Selasa, 13 Agustus 2024, 18.08wita", "Selasa, 13 Agustus 2024 - 18.08 WITA",
    "Selasa, 13 Agustus 2024 (18:08 WITA)", "Selasa, 13 Agustus 2024 18:08 (WITA)",
    "Selasa, 13 Agustus 2024 18 : 08 WITA", "13 Agustus 2024 / 18:08 WITA",
    "13 Agustus 2024 18:08 waktu Indonesia tengah", "13 Agt 24 18:08", "13 Agt '24 18:08",
    "13/08/24 18.08 WITA", "13-08-2024 18:08", "13.08.2024 18.08", "13 / 08 / 2024 | 18:08",
    "2024-08-13 18.08 WITA", "2024/08/13 18:08", "2024-08-13T18:08 Asia/Makassar",
    "2024-08-13WITA18:08:00+08:00", "2024-08-13WITA18:08:00", "2024-08-13T18:08:00+08",
    "2024-08-13 18:08:00 +08", "2024-08-13T18:08:00.000000+0800", "13 Agustus 2024 18:08 GMT+8",
    "13 Agustus 2024 18:08 UTC+8", "13 Agustus 2024 18:08 GMT +8", "13 Agustus 2024 18:08 (GMT+8)",
    "13 Agustus 2024 18:08 WITA (UTC+8)", "13 Agustus 2024 18:08 WITA (GMT+08:00)",
    "13 Agustus 2024 6:08 PM", "13 Agustus 2024 6:08 p.m. WITA", "August 13, 2024 6:08 pm WITA",
    "Aug. 13, 2024, 6:08 PM", "Tuesday, August 13th, 2024 at 6:08 PM", "13th August 2024 18:08",
    "Tue Aug 13 2024 18:08:00 GMT+0800 (Central Indonesia Time)", "Agustus 13, 2024 18:08",
    "Tue, 13 Aug 24 18:08:00 +0800", "18:08 WITA, 13 Agustus 2024", "18:08 - 13/08/2024",
    "18.08 WITA | Selasa, 13 Agustus 2024", "Terbit: Selasa, 13 Agustus 2024 18:08 WITA",
    "Dipublikasikan pada Selasa, 13 Agustus 2024 18:08", "13 Agustus 2024 18:08 WITAwaktu baca",
    "20240813T180800+0800", "2024-08-13CST18:08:00+08:00", "13 Agustus 2024 18:08 WITADibaca",
    "13 Agustus 2024 18:08 WITA 2 menit", "13 Agustus 2024 18:08 - 20 views",
)  # fmt: skip


@pytest.mark.parametrize("text", EVENING)
def test_an_evening_on_the_clock_of_makassar_is_the_same_in_every_form(text: str) -> None:
    found = read_date(text, WITA)
    assert found is not None
    assert found.isoformat() == "2024-08-13T18:08:00+08:00"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("13 Agustus 2024 18:08 WIBwaktu baca 2 menit", "2024-08-13T18:08:00+07:00"),
        ("2024-08-13T18:08:33 WIB", "2024-08-13T18:08:33+07:00"),
        ("2024-08-13T18:08:33WIB", "2024-08-13T18:08:33+07:00"),
        ("2024-08-13WIB18:08:33+07:00", "2024-08-13T18:08:33+07:00"),
        ("2024-08-13 18:08:33 Asia/Jakarta", "2024-08-13T18:08:33+07:00"),
        ("2024-08-13T18:08:33+07:00[Asia/Jakarta]", "2024-08-13T18:08:33+07:00"),
        ("13 Agustus 2024 18:08 GMT-5", "2024-08-13T18:08:00-05:00"),
        ("13 Agustus 2024 24.00 WIB", "2024-08-14T00:00:00+07:00"),
        ("13 Agustus 2024 12:05 AM", "2024-08-13T00:05:00+08:00"),
        ("13 Agustus 2024 12:05 pm", "2024-08-13T12:05:00+08:00"),
        ("13 Agustus 2024 - 10.000 warga", "2024-08-13T00:00:00+08:00"),
        ("13 Agustus 2024 18:08-20", "2024-08-13T18:08:00+08:00"),
        ("13 Mrt 2024 18:08", "2024-03-13T18:08:00+08:00"),
        ("13 Sept 2024 18:08", "2024-09-13T18:08:00+08:00"),
        ("13 Peb 2024 18:08", "2024-02-13T18:08:00+08:00"),
    ],
)
def test_what_stands_beside_a_date_does_not_spoil_it(text: str, wanted: str) -> None:
    found = read_date(text, WITA)
    assert found is not None
    assert found.isoformat() == wanted


@pytest.mark.parametrize(
    "text",
    ["13 Agustus 18:08", "13 Agustus 18 orang", "2 Mei 18.30 WIB", "16.08.24", "pukul 18.08.33",
     "08/13/2024", "13 Agustus 2024 25:61", "31/2/2024 10:00", "13 Agustus 202", "Ag. 2024"],
)  # fmt: skip
def test_part_of_a_date_is_none(text: str) -> None:
    assert read_date(text, WITA) is None


ZONES = (("WIB", 7), ("WITA", 8), ("wit", 9), ("GMT+7", 7), ("(UTC+9)", 9), ("+0700", 7), ("", 8))
HOURS = ("{h:02d}:{m:02d}", "{h}:{m:02d}", "{h:02d}.{m:02d}", "pukul {h:02d}.{m:02d}",
         "| {h:02d}:{m:02d}", "- Pkl. {h:02d}.{m:02d}")  # fmt: skip


@given(
    moment=st.datetimes(datetime(1996, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001
    form=st.integers(0, 2),
    zone=st.sampled_from(ZONES),
    hour=st.sampled_from(HOURS),
    weekday=st.booleans(),
)
def test_every_way_of_wording_a_date_is_read_back(
    moment: datetime, form: int, zone: tuple[str, int], hour: str, weekday: bool
) -> None:
    day = f"{DAYS[moment.weekday()]}, " if weekday else ""
    time = hour.format(h=moment.hour, m=moment.minute)
    month = MONTHS[moment.month - 1][form]
    text = f"{day}{moment.day} {month} {moment.year} {time} {zone[0]}".strip()
    found = find_date(text, WITA)
    assert found is not None
    assert found.moment.replace(tzinfo=None) == moment.replace(second=0, microsecond=0)
    assert found.moment.utcoffset() == timedelta(hours=zone[1])
    assert bool(found.zone) == bool(zone[0])
    assert found.timed
    assert is_date(text)


def test_a_mere_day_has_no_time() -> None:
    day, time = find_date("17 Oktober 2023", WITA), find_date("2023-10-17T15:47", WITA)
    assert day is not None and time is not None
    assert (day.timed, time.timed) == (False, True)


@pytest.mark.parametrize(
    "text",
    [
        "Diperbarui: 17 Oktober 2023",
        "Diperbaharui: 17 Oktober 2023",
        "Terakhir diubah Selasa, 17/10/2023",
        "Updated 10:12",
    ],
)
def test_what_tells_of_a_change_is_no_publication(text: str) -> None:
    date = "Selasa, 17/10/2023 15:47 WIB"
    assert beside_change(text) == ""
    assert beside_change(date) == date
    assert beside_change(f"{date} | {text}").strip(" |") == date
    assert beside_change(f"{text}, terbit: {date}") == date


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
    assert is_date("Terbit: Kamis, 5 Juni 2025 | 10:11 WIB")
    assert not is_date("Kamis, 5 Juni 2025 hujan turun lagi")
    assert not is_date("Jakarta, 5 Juni 2025")
    assert not is_date("Antara 5 Juni 2025")


@pytest.mark.parametrize(
    "filling", ["-", " ", ": ", "sen ", "pada hari ", "18:08 ", "1/1/", "(gmt "]
)
def test_no_text_takes_long_to_be_no_date(filling: str) -> None:
    text = (filling * 300)[:280]
    for end in ("", "x 5 Juni 2025 10:11", " 5 Juni 2025 x"):
        find_date(text + end, WITA)
        assert not is_date(text + end)
