"""Every command meets every trouble with the documented status and one line, and no traceback."""

import argparse
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from antara_crawler.archive import Archive
from antara_crawler.cli.command import ArchiveCommand, one_portal
from antara_crawler.cli.mistyped import refuse_unknown_options
from antara_crawler.commands import crawl, export, search, show, stats
from antara_crawler.errors import UsageError
from tests.commands.library import Library
from tests.postgres import PostgresServer
from tests.scrapy_runs import ROOT, Workplace

Output = pytest.CaptureFixture[str]
ONE_LINE = re.compile(r"scrapy \w+: [^\n]+\n")

COMMANDS = {
    "search": ("search", "jembatan"),
    "show": ("show", "kalsel/berita/1"),
    "stats": ("stats",),
    "export": ("export",),
    "import": ("import", "{dump}"),
    "reextract": ("reextract", "--workers", "1"),
    "verify": ("verify",),
    "verify --repair": ("verify", "--repair"),
    "serve": ("serve", "--port", "0"),
    "health": ("health",),
    "forget": ("forget", "kalsel/berita/1", "--yes"),
}


def command_of(verb: str) -> ArchiveCommand:
    made: ArchiveCommand = import_module(f"antara_crawler.commands.{verb}").Command()
    return made


def not_a_database(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def without_tables(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE articles")
        connection.execute("DROP TABLE pages")
        connection.execute("DROP TABLE captures")


def garbled(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA writable_schema = 1")
        connection.execute("UPDATE sqlite_master SET sql = 'CREATE TABLE (' WHERE name = 'pages'")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def gone(path: Path) -> None:
    path.unlink()


@dataclass(frozen=True)
class Spoilt:
    """What was done to the archive's file, and the statuses that fit it."""

    spoil: Callable[[Path], None]
    statuses: tuple[int, ...]


FILES = {
    "not a database": Spoilt(not_a_database, (2,)),
    "cut short": Spoilt(cut_short, (5,)),
    "without tables": Spoilt(without_tables, (5,)),
    "garbled schema": Spoilt(garbled, (5,)),
    "a folder": Spoilt(a_folder, (2,)),
    "gone": Spoilt(gone, (2,)),
}


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.txt"
    path.write_text(
        "Judul\nIsi artikel yang cukup panjang.\nCOPYRIGHT © ANTARA News Kalimantan Selatan"
    )
    return path


def call(place: Workplace, words: tuple[str, ...], dump: Path) -> int:
    verb, *rest = (word.format(dump=dump) for word in words)
    return Library(place).call(command_of(verb), *rest)


@pytest.mark.parametrize("trouble", FILES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_spoilt_archive_is_told_in_one_line(
    library: Library, tmp_path: Path, dump: Path, command: str, trouble: str, capsys: Output
) -> None:
    if command == "import" and trouble == "gone":
        return  # it makes one
    path = tmp_path / "archive.db"
    shutil.copy(library.place.folder / "archive.db", path)
    FILES[trouble].spoil(path)
    place = Workplace(tmp_path, f"sqlite:///{path}")
    status = call(place, COMMANDS[command], dump)
    told = capsys.readouterr()
    assert status in FILES[trouble].statuses
    assert ONE_LINE.fullmatch(told.err), told.err


@pytest.fixture(scope="module")
def refusing(postgres_server: PostgresServer) -> dict[str, str]:
    """Addresses of PostgreSQL databases that cannot be used, by what is wrong with them."""
    whole, bare, torn = (postgres_server.new_database() for _ in range(3))
    for url in (whole, torn):
        with Archive.open(url, create=True) as archive, archive.writing() as connection:
            connection.exec_driver_sql("DROP ROLE IF EXISTS nobody_here")
            if url == torn:
                for table in ("articles", "pages", "captures"):
                    connection.exec_driver_sql(f"DROP TABLE {table} CASCADE")
            else:
                connection.exec_driver_sql("CREATE ROLE stranger LOGIN")
    return {
        "refused": "postgresql://antara@127.0.0.1:1/news",
        "no such database": whole.replace("/archive_", "/missing_"),
        "no such user": whole.replace("//antara@", "//unknown@"),
        "no rights": whole.replace("//antara@", "//stranger@"),
        "no tables": bare,
        "some tables": torn,
    }


@pytest.mark.parametrize(
    "trouble",
    ["refused", "no such database", "no such user", "no rights", "no tables", "some tables"],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_server_that_cannot_be_used_is_told_in_one_line(
    refusing: dict[str, str],
    tmp_path: Path,
    dump: Path,
    command: str,
    trouble: str,
    capsys: Output,
) -> None:
    if command == "import" and trouble == "no tables":
        return  # it makes them
    status = call(Workplace(tmp_path, refusing[trouble]), COMMANDS[command], dump)
    told = capsys.readouterr()
    assert status in ((5,) if trouble == "some tables" else (2, 5))
    assert ONE_LINE.fullmatch(told.err), told.err


@pytest.mark.parametrize("command", [search.Command, show.Command, stats.Command, export.Command])
@pytest.mark.parametrize("trouble", ["full", "closed"])
def test_output_that_cannot_be_written_is_status_5(
    library: Library,
    command: type[ArchiveCommand],
    trouble: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Output,
) -> None:
    path, how = ("/dev/full", os.O_WRONLY) if trouble == "full" else (os.devnull, os.O_RDONLY)
    monkeypatch.setattr(sys, "stdout", os.fdopen(os.open(path, how), "w"))
    words = {search.Command: ("jembatan",), show.Command: ("1",)}.get(command, ())
    assert library.call(command(), *words) == 5
    told = capsys.readouterr().err
    why = "No space left on device" if trouble == "full" else "it is closed"
    assert why in told.splitlines()[-1]


def shell(place: Workplace, line: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", f"exec {sys.executable} -m scrapy {line}"],
        cwd=ROOT,
        env=place.environment,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("show 1 >&- 2>&-", 5),
        ("search x --section tiada 2>/dev/full", 2),
        ("crawl kalsel -a captures={sample} >&- 2>/dev/full", 0),
        ("crawl kalsel -s DOWNLOAD_DELAY=abc 2>&-", 2),
    ],
)
def test_streams_that_nobody_takes_change_no_status(
    library: Library, tmp_path: Path, line: str, status: int
) -> None:
    crawls = "captures" in line
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/a.db") if crawls else library.place
    ended = shell(place, line.format(sample=ROOT / "data" / "sample.warc.gz"))
    assert ended.returncode == status, ended.stderr
    assert b"Traceback" not in ended.stdout + ended.stderr


def test_a_narrow_terminal_gets_what_is_nearest_and_a_word_of_it(library: Library) -> None:
    place = Workplace(library.place.folder, library.place.archive_url)
    ended = subprocess.run(
        [sys.executable, "-m", "scrapy", "show", "--removed", "1"],
        cwd=ROOT,
        env={**place.environment, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0
    assert b'"Kami memakai bambu dari kebun sendiri," kata ...' in ended.stdout
    assert b"set PYTHONIOENCODING=utf-8" in ended.stderr


def test_an_unwritable_log_file_is_told_before_any_work(library: Library) -> None:
    ended = library.place.run("crawl", "kalsel", "--logfile", "/nowhere/kalsel.log")
    assert ended.status == 2
    assert ONE_LINE.fullmatch(ended.err)


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (("--limit", "5"), "say -a limit=…"),
        (("--since=2026-01-01",), "say -a since=…"),
        (("since=2026-01-01",), "-a since=2026-01-01"),
        (("--logfiel", "x"), "did you mean --logfile?"),
    ],
)
def test_an_argument_of_a_crawl_is_given_as_one(words: tuple[str, ...], mend: str) -> None:
    with pytest.raises(UsageError, match=re.escape(mend)):
        command = crawl.Command()
        command.settings = get_project_settings()
        parser = argparse.ArgumentParser(conflict_handler="resolve")
        command.add_options(parser)
        _, given = parser.parse_known_args(["kalsel", *words])
        one_portal(refuse_unknown_options(given, command._known, command.arguments))


def test_a_device_stays_what_it_is(library: Library, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert library.call(export.Command(), "-o", str(pipe), "--limit", "1") == 0
    assert os.read(reader, 1_000_000).startswith(b'{"portal"')
    os.close(reader)
    assert pipe.is_fifo()
