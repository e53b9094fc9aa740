"""`scrapy export`: the same records as JSON Lines, CSV and Parquet."""

import csv
import json
import subprocess
import sys
import time
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from antara_crawler.archive import Archive
from antara_crawler.commands.export import Command
from antara_crawler.commands.search import Command as Search
from antara_crawler.export import formats
from antara_crawler.export.columns import CUT, LONGEST, TIMES, safe_cell
from antara_crawler.export.formats import FORMATS, format_of
from tests.commands.library import Library
from tests.scrapy_runs import ROOT

Output = pytest.CaptureFixture[str]


def export(library: Library, target: Path, *words: str) -> Path:
    assert library.call(Command(), "-o", str(target), *words) == 0
    return target


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_json_lines_are_the_records_of_the_archive(library: Library, tmp_path: Path) -> None:
    lines = export(library, tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    with Archive.open(library.place.archive_url, read_only=True) as archive:
        assert [json.loads(line) for line in lines] == list(archive.records())
    assert "Jembatan" in lines[0]


def test_standard_output_gets_the_same_bytes(library: Library, tmp_path: Path) -> None:
    for form in ("jsonl", "csv"):
        target = export(library, tmp_path / "out", "--format", form)
        ended = library.place.run("export", "--format", form)
        assert (ended.status, ended.err) == (0, "")
        assert ended.out.encode() == target.read_bytes().replace(b"\r\n", b"\n")


def test_parquet_holds_the_same_records_with_times_as_times(
    library: Library, tmp_path: Path
) -> None:
    rows = pq.read_table(export(library, tmp_path / "a.parquet")).to_pylist()
    with Archive.open(library.place.archive_url, read_only=True) as archive:
        records = list(archive.records())
    clocks = [(row.pop("published_local"), row.pop("modified_local")) for row in rows]
    assert clocks[0] == (datetime(2026, 2, 27, 23, 30), datetime(2026, 2, 28, 6, 15))  # noqa: DTZ001
    for row, record in zip(rows, records, strict=True):
        for name in TIMES:
            record[name] = record[name] and datetime.fromisoformat(record[name])
        assert row == record
    assert rows[0]["published_at"].utcoffset() == timedelta(0)


def test_a_workbook_holds_real_dates_and_text_as_text(library: Library, tmp_path: Path) -> None:
    target = export(library, tmp_path / "a.xlsx")
    header, *rows = load_workbook(target).active.values  # type: ignore[union-attr]
    found = [dict(zip(header, row, strict=True)) for row in rows]
    first = next(row for row in found if row["article_id"] == 1)
    assert first["published_at"] == datetime(2026, 2, 27, 23, 30)  # noqa: DTZ001
    assert first["first_seen_at"] == datetime(2026, 3, 1, 9, 0)  # noqa: DTZ001
    assert first["zone"] == "WITA"
    assert first["paragraphs"] == "Warga membangun jembatan.\n\nSelesai."
    odd = next(row for row in found if row["article_id"] == 3)
    assert odd["title"] == '=HYPERLINK("x")'
    assert "_x001B_[31m <b>tebal</b>" in odd["paragraphs"]  # as the format writes a control sign
    with zipfile.ZipFile(target) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet.lower().replace(b"hyperlink(&quot;x&quot;)", b"").replace(
        b'hyperlink("x")', b""
    )


def test_a_table_for_excel_opens_by_double_click_in_indonesia(
    library: Library, tmp_path: Path
) -> None:
    data = export(library, tmp_path / "a.csv", "--excel").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfportal;article_id;")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    first = next(row for row in rows if row["article_id"] == "1")
    assert first["published_at"] == "2026-02-27 23:30:00"
    assert first["zone"] == "WITA"
    assert [row["title"] for row in rows if row["article_id"] == "3"] == ['\'=HYPERLINK("x")']


@pytest.mark.parametrize("sign", ["x", "\U0001f30a"])
def test_a_text_longer_than_a_cell_is_cut_and_that_is_said(
    library: Library, tmp_path: Path, sign: str
) -> None:
    with Archive.open(library.place.archive_url, read_only=True) as archive:
        record = next(archive.records())
    whole = sign * (2 * LONGEST // len(sign.encode("utf-16-le")))
    target = tmp_path / "a.xlsx"
    with target.open("wb") as stream:
        told = FORMATS["xlsx"].write([record | {"paragraphs": [whole + sign]}], stream)
        assert told.startswith("1 texts were longer")
    shown = load_workbook(target).active["G2"].value  # type: ignore[index]
    assert shown.endswith(CUT)
    assert whole.startswith(shown.removesuffix(CUT))
    assert len(shown.encode("utf-16-le")) // 2 <= LONGEST
    with target.open("wb") as stream:
        assert FORMATS["xlsx"].write([record | {"paragraphs": [whole]}], stream) == ""
    assert load_workbook(target).active["G2"].value == whole  # type: ignore[index]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.xlsx", "a.parquet"])
def test_the_same_archive_gives_the_same_bytes(
    library: Library, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = export(library, tmp_path / name, "jembatan").read_bytes()
    monkeypatch.setenv("TZ", "Asia/Jayapura")
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    assert export(library, tmp_path / name, "jembatan").read_bytes() == first


@pytest.mark.parametrize("order", ["relevance", "date", "oldest"])
@pytest.mark.parametrize("query", ["jembatan", "warga OR karet", "-banjir", "author:budi"])
def test_a_query_gives_what_the_search_gives_in_its_order(
    library: Library, tmp_path: Path, capsys: Output, query: str, order: str
) -> None:
    target = export(library, tmp_path / "a.jsonl", "--sort", order, "--", query)
    capsys.readouterr()
    found = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert library.call(Search(), "--json", "--sort", order, "--", query) == 0
    hits = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["article_id"] for each in found] == [each["article_id"] for each in hits]
    assert found


def test_nothing_found_is_said_with_what_may_have_been_meant(
    library: Library, tmp_path: Path, capsys: Output
) -> None:
    assert export(library, tmp_path / "a.jsonl", "jembatam").read_bytes() == b""
    told = capsys.readouterr().err
    assert "nothing found for: jembatam" in told
    assert "did you mean: jembatan" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["hasil.xlsx"], "name it with -o hasil.xlsx"),
        (["-o", "hasil.xls"], "use .xlsx"),
        (["-o", "hasil.xlsx", "--format", "csv"], "no csv by its ending"),
        (["-o", "hasil.jsonl", "--excel"], "--excel is for csv"),
        (["-o", "hasil.xlsx", "--excel"], "--excel is for csv"),
        (["banjir", "--article", "1"], "leave query and filters out"),
    ],
)
def test_a_plausible_mistake_is_one_line_and_leaves_nothing(
    library: Library, capsys: Output, words: list[str], said: str
) -> None:
    assert library.call(Command(), *words) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not list(Path().glob("hasil*"))


def test_the_ending_of_a_file_says_the_format() -> None:
    assert format_of("Banjir.XLSX", None) == "xlsx"
    assert format_of("-", None) == format_of("a.txt", None) == "jsonl"
    assert format_of("a.xls", "csv") == "csv"


def test_csv_is_one_row_an_article_for_a_spreadsheet(library: Library, tmp_path: Path) -> None:
    rows = rows_of(export(library, tmp_path / "a.csv", "--format", "csv"))
    first = next(row for row in rows if row["article_id"] == "1")
    assert first["paragraphs"] == "Warga membangun jembatan.\n\nSelesai."
    assert first["reporters"] == "Siti Rahmah; Budi"
    assert first["tags"] == "jembatan; Gotong Royong"
    assert first["images"] == "Jembatan baru | ANTARA/Budi | https://img.example/1.jpg"
    assert first["related"].splitlines() == [
        "Desa tetangga perbaiki irigasi | https://kalsel.antaranews.com/berita/1/x",
        "Tanpa tautan",
    ]
    assert first["published_at"] == "2026-02-27T23:30:00+08:00"
    assert first["gone_at"] == ""
    with Archive.open(library.place.archive_url, read_only=True) as archive:
        record = next(archive.records())
        assert list(rows[0]) == list(record)
        assert len(rows) == archive.count()


def test_csv_runs_no_formula(library: Library, tmp_path: Path) -> None:
    rows = rows_of(export(library, tmp_path / "a.csv", "--format", "csv", "--section", "banjar"))
    assert rows[0]["title"] == '\'=HYPERLINK("x")'
    assert rows[0]["paragraphs"].startswith("'+62")
    assert rows[0]["reporters"] == "'@rina; Budi"
    assert rows[0]["tags"] == "'-minus"
    for text in ("=1", "+1", "-1", "@x", "\tx", "\rx"):
        assert safe_cell(text) == f"'{text}"
    assert safe_cell("a=1") == "a=1"


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_filters_choose_in_every_format(library: Library, tmp_path: Path, form: str) -> None:
    target = export(library, tmp_path / "a", "--format", form, "--limit", "2", "--portal", "kalsel")
    if form == "parquet":
        assert pq.read_table(target).num_rows == 2
    else:
        lines = target.read_text("utf-8").splitlines() if form == "jsonl" else rows_of(target)
        assert len(lines) == 2


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_nothing_to_export_is_an_empty_file_of_its_kind(
    library: Library, tmp_path: Path, form: str
) -> None:
    target = export(library, tmp_path / "a", "--format", form, "--since", "2030-01-01")
    if form == "parquet":
        assert pq.read_table(target).num_rows == 0
    elif form == "csv":
        assert rows_of(target) == []
        assert target.read_text("utf-8").startswith("portal,article_id,kind,url,title,")
    else:
        assert target.read_bytes() == b""


def test_a_file_appears_only_when_it_is_whole(
    library: Library, tmp_path: Path, capsys: Output
) -> None:
    target = tmp_path / "there" / "a.jsonl"
    assert library.call(Command(), "-o", str(target)) == 5
    assert capsys.readouterr().err.startswith(f"scrapy export: {target} could not be written")
    full = library.place.run("export", "-o", "/dev/full/a.jsonl")
    assert full.status == 5
    kept = tmp_path / "kept.jsonl"
    kept.write_text("before")
    assert library.call(Command(), "-o", str(kept), "--portal", "nowhere") == 2
    assert kept.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.jsonl"]


def test_output_that_finds_no_room_is_status_5(library: Library) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "scrapy", "export"],
            cwd=ROOT,
            env=library.place.environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 5
    told = "scrapy export: the output could not be written (No space left on device)\n"
    assert ended.stderr == told


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_reader_that_has_seen_enough_is_no_error(library: Library, form: str) -> None:
    process = library.place.start("export", "--format", form)
    assert process.stdout
    process.stdout.close()
    assert process.wait(180) == 0
    assert process.stderr
    assert process.stderr.read() == ""


@pytest.mark.parametrize(("form", "needs"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_without_its_library_the_mend_is_named(
    library: Library, capsys: Output, monkeypatch: pytest.MonkeyPatch, form: str, needs: str
) -> None:
    monkeypatch.setitem(sys.modules, needs, None)
    # What is installed is asked once in a process; here other tests may have asked.
    monkeypatch.setattr(formats, "_is_installed", formats._is_installed.__wrapped__)
    assert library.call(Command(), "--format", form) == 2
    told = capsys.readouterr().err
    mend = f"{sys.executable} -m pip install 'antara-crawler["
    assert told.startswith(f"scrapy export: {form} needs {needs}: {mend}")


def test_parquet_is_not_thrown_at_a_terminal(library: Library) -> None:
    status, seen = library.place.on_terminal("export", "--format", "parquet")
    assert status == 2
    assert "name a file with -o" in seen
