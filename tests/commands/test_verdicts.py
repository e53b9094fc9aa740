"""What a command comes to stands, whatever becomes of its output; what is asked wrongly is told."""

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from antara_crawler.archive import Archive, Filters
from antara_crawler.commands import export, reextract
from antara_crawler.export.columns import LONGEST
from antara_crawler.export.formats import FORMATS
from tests.commands.library import Library
from tests.commands.test_troubles import ONE_LINE, Output, command_of
from tests.scrapy_runs import ROOT, Workplace

TEXT = "Judul\nIsi artikel yang cukup panjang.\nCOPYRIGHT © ANTARA News {}\n"


def closed_pipe() -> IO[str]:
    """Return the end of a pipe that nobody reads any more; each line goes there at once."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w", buffering=1)


def test_a_reader_that_went_away_stops_no_work_and_changes_no_verdict(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Library(Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db"))
    shutil.copy(library.place.folder / "archive.db", tmp_path)
    dumps = [tmp_path / name for name in ("Aceh", "Bali")]
    for path in dumps:
        path.write_text(TEXT.format(path.name))
    for command, words, status in (
        ("import", tuple(map(str, dumps)), 0),
        ("verify", (), 4),  # the captures are not there
        ("health", (), 4),  # and that was found
    ):
        monkeypatch.setattr(sys, "stdout", closed_pipe())
        assert own.call(command_of(command), *words) == status, command
    monkeypatch.undo()
    with Archive.open(own.place.archive_url, read_only=True) as archive:
        assert {"aceh", "bali"} <= {record["portal"] for record in archive.records(Filters())}


def test_a_bag_that_finds_no_room_is_told_in_one_line(
    library: Library, tmp_path: Path, capsys: Output
) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, before[1]))
    try:
        status = library.call(export.Command(), "--format", "bag", "-o", str(tmp_path / "bag"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert status == 5
    assert ONE_LINE.fullmatch(capsys.readouterr().err)
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    "words", [("--store", "x"), ("--captures", "9-3"), ("--captures", "x"), ("--captures", "")]
)
def test_stored_pages_that_are_named_wrongly_are_not_read(
    library: Library, words: tuple[str, ...], capsys: Output
) -> None:
    assert library.call(reextract.Command(), *words) == 2
    assert ONE_LINE.fullmatch(capsys.readouterr().err)


def test_an_interrupt_while_commands_are_imported_prints_no_traceback() -> None:
    code = "import antara_crawler.commands; raise {}"
    for error, is_silent in (("KeyboardInterrupt", True), ("ValueError", False)):
        ended = subprocess.run(
            [sys.executable, "-c", code.format(error)], cwd=ROOT, capture_output=True, check=False
        )
        assert ended.returncode != 0
        assert (ended.stderr == b"") == is_silent


def test_a_table_for_excel_says_which_texts_were_cut(library: Library, tmp_path: Path) -> None:
    with Archive.open(library.place.archive_url, read_only=True) as archive:
        records = [dict(each) for each in archive.records(Filters())]
    records[0] = {**records[0], "title": "a" * (LONGEST + 1)}
    for name in ("excel.csv", "xlsx"):
        with (tmp_path / name).open("wb") as target:
            note = FORMATS[name].write(records, target)
        assert note == "1 texts were longer than a cell takes, and end with ' […]'"
