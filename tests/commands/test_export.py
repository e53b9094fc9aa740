"""`scrapy export`: the same records as JSON Lines, CSV and Parquet."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from antara_crawler.archive import Archive
from antara_crawler.commands.export import Command, safe_cell
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


def test_parquet_holds_the_same_records(library: Library, tmp_path: Path) -> None:
    target = export(library, tmp_path / "a.parquet", "--format", "parquet")
    with Archive.open(library.place.archive_url, read_only=True) as archive:
        assert pq.read_table(target).to_pylist() == list(archive.records())


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
    assert process.wait(60) == 0
    assert process.stderr
    assert process.stderr.read() == ""


def test_without_pyarrow_the_mend_is_named(library: Library) -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None; from scrapy.cmdline import execute; execute()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "export", "--format", "parquet"],
        cwd=ROOT,
        env=library.place.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("scrapy export: parquet needs pyarrow: pip install")


def test_parquet_is_not_thrown_at_a_terminal(library: Library) -> None:
    status, seen = library.place.on_terminal("export", "--format", "parquet")
    assert status == 2
    assert "name a file with -o" in seen
