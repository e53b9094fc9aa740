"""An archive opens where it is, is made where asked for, and says plainly why it cannot be."""

import multiprocessing
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from antara_crawler.archive import Archive, Writer, export_records, runs, schema
from antara_crawler.archive.tables.articles import Base
from antara_crawler.errors import ArchiveMissing, ArchiveTooNew, NotWritable, UsageError
from tests.archive.samples import START, article, start_run

DERIVED = "search_index"
"""Tables of the search index have no model: each database makes them in its own way."""


def test_every_foreign_key_of_the_models_is_in_the_database(
    sqlite_url: str, postgres_url: str
) -> None:
    wanted = {
        (table.name, key.parent.name, key.column.table.name)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
    }
    # One after another: what is made on a server leaves the tables of others as they are.
    for url in (postgres_url, sqlite_url):
        with Archive.open(url, create=True) as archive, archive.reading() as connection:
            inspector = inspect(connection)
            found = {
                (table, key["constrained_columns"][0], key["referred_table"])
                for table in inspector.get_table_names()
                if not table.startswith(DERIVED)
                for key in inspector.get_foreign_keys(table)
            }
        assert found == wanted


def test_opening_again_keeps_what_is_there(archive_url: str) -> None:
    with Archive.open(archive_url, create=True) as archive:
        Writer(archive, "test 1").write([article()], start_run(archive))
    with Archive.open(archive_url, create=True) as archive:
        assert [record["article_id"] for record in export_records(archive)] == [496552]


def test_a_reading_command_never_makes_an_archive(archive_url: str) -> None:
    for options in ({}, {"read_only": True}, {"read_only": True, "create": True}):
        with pytest.raises(ArchiveMissing, match="run a crawl first"):
            Archive.open(archive_url, **options)


def test_a_missing_file_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match=r"no archive at .*nowhere\.db"):
        Archive.open(f"sqlite:///{tmp_path}/nowhere.db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with pytest.raises(ArchiveMissing, match="holds no archive yet"):
        Archive.open(f"sqlite:///{tmp_path}/empty.db", read_only=True)


def test_folders_are_made_for_a_new_archive(tmp_path: Path) -> None:
    with Archive.open(f"sqlite:///{tmp_path}/a/b c%/ü.db", create=True) as archive:
        assert archive.path == tmp_path / "a" / "b c%" / "ü.db"
        assert archive.path.exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotWritable, match="file"):
        Archive.open(f"sqlite:///{tmp_path}/file/archive.db", create=True)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("these are notes, and no database at all " * 100)
    with pytest.raises(UsageError, match=r"notes\.db"):
        Archive.open(f"sqlite:///{tmp_path}/notes.db", create=True)


@pytest.mark.parametrize("table", ["articles", "invoices"])
def test_a_database_of_another_program_is_left_alone(tmp_path: Path, table: str) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE {table} (name TEXT)")
    with pytest.raises(UsageError, match="tables of another program"):
        Archive.open(f"sqlite:///{path}", create=True)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)


@pytest.mark.parametrize(
    "url",
    [
        "data/archive.db",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://user:secret@host/db",
        "://",
        "",
    ],
)
def test_an_address_of_no_archive_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        Archive.open(url, create=True)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("version", ["9999", "v0008"])
def test_an_archive_of_versions_unknown_here_is_refused(archive_url: str, version: str) -> None:
    with Archive.open(archive_url, create=True) as archive, archive.writing() as connection:
        connection.execute(text(f"UPDATE archive_version SET version_num = '{version}'"))
    for options in ({"create": True}, {}, {"read_only": True}):
        with pytest.raises(ArchiveTooNew, match=r"newer version .* scrapy rebuild"):
            Archive.open(archive_url, **options)


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our migrations with one more: the software of tomorrow."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "v9999_more.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = 'v9999'\ndown_revision = {schema.newest()!r}\n"
        "def upgrade():\n    op.add_column('runs', sa.Column('note', sa.Text()))\n"
    )
    monkeypatch.setattr(schema, "MIGRATIONS", folder)


def test_an_older_archive_is_brought_up_to_date_by_who_may_write_it(
    archive_url: str, request: pytest.FixtureRequest
) -> None:
    with Archive.open(archive_url, create=True) as archive:
        start_run(archive)
    request.getfixturevalue("next_version")
    for _ in range(2):
        with pytest.raises(
            UsageError, match=r"older version .* --rebuild-index.* scrapy crawl PORTAL"
        ):
            Archive.open(archive_url, read_only=True)
    with Archive.open(archive_url) as archive, archive.reading() as connection:
        assert connection.execute(text("SELECT command, note FROM runs")).all() == [("crawl", None)]
    Archive.open(archive_url, read_only=True).close()


def test_a_read_only_archive_refuses_to_write(archive_url: str) -> None:
    with Archive.open(archive_url, create=True) as archive:
        start_run(archive)
    with Archive.open(archive_url, read_only=True) as archive:
        with pytest.raises(NotWritable, match="read-only") as caught:
            start_run(archive)
        assert not caught.value.transient
        with pytest.raises((NotWritable, DBAPIError)), archive.reading() as connection:
            connection.execute(text("DELETE FROM runs"))
        assert len(runs.last(archive)) == 1


def _open_and_start(url: str, gate: "multiprocessing.synchronize.Event") -> None:
    gate.wait(30)
    with Archive.open(url, create=True) as archive:
        start_run(archive)


def test_processes_that_open_a_new_archive_at_once_do_not_collide(archive_url: str) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    gate = context.Event()
    started = [context.Process(target=_open_and_start, args=(archive_url, gate)) for _ in range(4)]
    for process in started:
        process.start()
    gate.set()
    for process in started:
        process.join(60)
    assert [process.exitcode for process in started] == [0, 0, 0, 0]
    with Archive.open(archive_url, read_only=True) as archive:
        assert len(runs.last(archive)) == 4


def test_times_in_the_archive_are_aware_and_utc(archive: Archive) -> None:
    start_run(archive, START)
    [run] = runs.last(archive)
    assert run.started_at == START
    assert run.started_at.utcoffset() is not None
    assert str(run.started_at.tzinfo) == "UTC"


def test_an_archive_that_was_replaced_or_deleted_is_not_written_on(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive.open(f"sqlite:///{path}", create=True) as archive:
        for lose in (lambda: path.replace(tmp_path / "old.db"), lambda: path.write_bytes(b"")):
            lose()
            with (
                pytest.raises(NotWritable, match=r"archive\.db was moved, replaced or deleted"),
                archive.writing(),
            ):
                pass
        (tmp_path / "old.db").replace(path)
        with archive.writing() as connection:
            assert connection.closed is False
