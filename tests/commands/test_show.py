"""`scrapy show`: one article for a reader, its wordings, what was taken out, the raw page."""

import json
import re

import pytest

from antara_crawler.commands.show import Command
from tests.archive.samples import address
from tests.commands.library import PAGE, Library

Output = pytest.CaptureFixture[str]


def shown(library: Library, capsys: Output, *words: str) -> str:
    assert library.call(Command(), *words) == 0
    return capsys.readouterr().out


def test_an_article_is_shown_as_a_reader_wants_it(library: Library, capsys: Output) -> None:
    assert shown(library, capsys, "1").splitlines()[:13] == [
        "Jembatan bambu",
        "2026-02-27 23:30 WITA · Hulu Sungai Tengah · jembatan, Gotong Royong",
        "Pewarta: Siti Rahmah, Budi · Editor: Hasan Z · Uploader: Rina",
        "",
        "Barabai - Warga membangun jembatan.",
        "",
        "Selesai.",
        "",
        "[foto] Jembatan baru ANTARA/Budi",
        "Baca juga: Desa tetangga perbaiki irigasi",
        "Baca juga: Tanpa tautan",
        "",
        "COPYRIGHT © ANTARA News Kalimantan Selatan 2026",
    ]


def test_it_says_where_all_comes_from(library: Library, capsys: Output) -> None:
    lines = shown(library, capsys, "kalsel/berita/2").splitlines()
    assert lines[-3] == address(2)
    assert lines[-2] == (
        "revision 2 of 2, first seen 2026-03-01 02:00 UTC, last 2026-03-01 03:00 UTC"
    )
    assert re.fullmatch(r"raw page: kalsel-\S+\.warc\.gz at \d+", lines[-1])


def test_a_date_that_was_not_plain_is_shown_as_the_page_has_it(
    library: Library, capsys: Output
) -> None:
    assert (
        "date shown as '27 Februari 2026 23:30 WIB': the page says WIB, the portal keeps WITA: "
        "the page was followed"
    ) in " ".join(shown(library, capsys, "3").split())
    assert "date shown as" not in shown(library, capsys, "1")


def test_an_article_with_hardly_anything_is_shown_too(library: Library, capsys: Output) -> None:
    lines = shown(library, capsys, address(4)).splitlines()
    assert lines[:2] == ["(no title)", "no date · jembatan, Gotong Royong"]
    assert lines[3:5] == ["", "Jembatan."]


def test_a_page_does_not_steer_the_terminal(library: Library) -> None:
    status, seen = library.place.on_terminal("show", "3")
    assert status == 0
    assert "\x1b[31m" not in seen
    assert "<b>tebal</b>" in seen


def test_on_a_terminal_lines_are_wrapped(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "44")
    _, seen = library.place.on_terminal("show", "1")
    lines = re.sub(r"\x1b\[[0-9;]*m", "", seen).splitlines()
    title, body = lines[0], lines[3:12]
    assert title.strip() == "Jembatan bambu"
    assert all(len(line.strip("\r")) <= 44 for line in body)


def test_revisions_are_listed_with_what_changed(library: Library, capsys: Output) -> None:
    assert shown(library, capsys, "--revisions", "2").splitlines() == [
        "revision 1  seen 2026-03-01 02:00 UTC to 2026-03-01 02:00 UTC",
        "revision 2  seen 2026-03-01 03:00 UTC to 2026-03-01 03:00 UTC, shown",
        "",
        "revision 1 to 2  headline",
        "  ~ Harga karet [-naik-] {+turun+}",
    ]


def test_what_was_taken_out_is_shown_with_its_reason(library: Library, capsys: Output) -> None:
    assert shown(library, capsys, "--removed", "1").splitlines() == [
        "paragraph 3, as paragraph 1: single",
        "  “Kami memakai bambu dari kebun sendiri,” kata …",
    ]


def test_what_was_left_out_is_shown_with_its_reason(library: Library, capsys: Output) -> None:
    assert shown(library, capsys, "--left-out", "1").splitlines() == [
        "behind 2 paragraphs: byline",
        "  Pewarta: Siti Rahmah",
        "  Editor : Hasan Z",
    ]
    assert json.loads(shown(library, capsys, "--left-out", "--json", "1")) == [
        {"position": 2, "text": "Pewarta: Siti Rahmah\nEditor : Hasan Z", "reason": "byline"}
    ]


def test_the_raw_page_comes_out_unpacked_and_byte_for_byte(library: Library) -> None:
    ended = library.place.run("show", "--raw", address(1))
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == PAGE
    assert library.place.run("show", "--raw", "3").out.startswith(PAGE)


def test_the_record_is_that_of_the_export(library: Library) -> None:
    record = json.loads(library.place.run("show", "--json", "1").out)
    assert record in library.place.records("--section", "hulu sungai tengah")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("1", "2"),
        ("99",),
        ("kalsel/foto/1",),
        ("--rwa", "1"),
        ("--raw", "--json", "1"),
        ("\x1b[2J",),
    ],
)
def test_wrong_usage_is_named_in_one_line(
    library: Library, words: tuple[str, ...], capsys: Output
) -> None:
    assert library.call(Command(), *words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert re.fullmatch(r"scrapy show: [^\n\x1b]+\n", told.err)


@pytest.mark.parametrize(
    ("style", "begins"),
    [
        ("indonesia", "Siti Rahmah dan Budi. 2026. “Jembatan bambu”. ANTARA News"),
        ("bibtex", "@misc{kalsel-berita-1,"),
        ("ris", "TY  - NEWS"),
        ("csl-json", "["),
    ],
)
def test_an_article_is_cited_in_the_style_asked_for(
    library: Library, capfdbinary: pytest.CaptureFixture[bytes], style: str, begins: str
) -> None:
    assert library.call(Command(), "--cite", style, "kalsel/berita/1") == 0
    assert capfdbinary.readouterr().out.decode().startswith(begins)
