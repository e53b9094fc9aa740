"""Locked, full, killed: what was acknowledged is there, the rest is not, and it says so."""

import multiprocessing
import os
import signal
import sqlite3
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from antara_crawler.archive import Archive, Frontier, Writer, export_records, runs
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.errors import AntaraError, DamagedRow, NotWritable
from tests.archive.samples import START, article, capture, columns, due, outcome, page, start_run
from tests.forking import python
from tests.postgres import cut_all_connections


def test_an_archive_locked_by_another_program_is_waited_for_and_then_reported(
    sqlite_url: str, tmp_path: Path
) -> None:
    with Archive.open(sqlite_url, create=True, lock_timeout=0.3) as archive:
        run = start_run(archive)
        writer = Writer(archive, "test 1")
        other = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotWritable, match="locked by another program: run the same") as caught:
            writer.write([article(1)], run)
        assert caught.value.transient
        assert list(export_records(archive)) == []  # reading goes on
        other.execute("COMMIT")
        other.close()
        assert [each.outcome for each in writer.write([article(1)], run)] == ["new"]


def test_writers_of_a_server_queue_up_too(postgres_url: str) -> None:
    with (
        Archive.open(postgres_url, create=True) as first,
        Archive.open(postgres_url, lock_timeout=0.3) as second,
    ):
        with first.writing():
            with pytest.raises(NotWritable, match="locked by another program") as caught:
                start_run(second)
            assert caught.value.transient
            assert runs.last(second) == []
        start_run(second)


WRITER = """
import sys
from antara_crawler.archive import Archive, Writer
from tests.archive.samples import article, start_run
with Archive.open(sys.argv[1], create=True) as archive:
    run = start_run(archive)
    writer = Writer(archive, "test 1")
    first = int(sys.argv[2])
    for number in range(first, first + 40):
        [stored] = writer.write([article(number)], run)
        assert stored.outcome == "new", stored
"""


def test_two_processes_write_at_once_and_nothing_is_lost(archive_url: str) -> None:
    with Archive.open(archive_url, create=True) as archive:
        processes = [python(WRITER, archive_url, first) for first in (1000, 2000, 3000)]
        said = [process.communicate(timeout=120)[1] for process in processes]
        assert [process.returncode for process in processes] == [0, 0, 0], said
        found = [record["article_id"] for record in export_records(archive)]
    assert sorted(found) == [first + n for first in (1000, 2000, 3000) for n in range(40)]


def test_a_full_disk_is_reported_and_nothing_half_done_is_left(sqlite_url: str) -> None:
    full = False

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        if full:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 3}")

    with Archive.open(sqlite_url, create=True) as archive:
        event.listen(archive.engine, "connect", limit)
        run = start_run(archive)
        writer = Writer(archive, "test 1")
        writer.write([article(1)], run)
        full = True
        archive.engine.dispose()
        many = [article(number, tags=(f"tag {number}",)) for number in range(2, 300)]
        with pytest.raises(NotWritable, match="disk of the archive is full") as caught:
            writer.write(many, run)
        assert not caught.value.transient
        assert len(list(export_records(archive))) == 1
        full = False
        archive.engine.dispose()  # room was made
        assert {each.outcome for each in writer.write(many, run)} == {"new"}
        assert len(list(export_records(archive))) == 299
        [record] = [each for each in export_records(archive) if each["article_id"] == 250]
        assert record["tags"] == ["tag 250"]


KILLED = """
import os, signal, sys
from sqlalchemy import event
from antara_crawler.archive import Archive, Frontier, Writer
from tests.archive.samples import START, article, page, start_run
left = int(sys.argv[2])
with Archive.open(sys.argv[1]) as archive:
    run = start_run(archive)
    Frontier(archive).queue([page(n) for n in range(1, 5)], run=run, now=START)
    def count(*_):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(archive.engine, "before_cursor_execute", count)
    Writer(archive, "test 1").write([article(n) for n in range(1, 5)], run)
    print("acknowledged", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("statements", [1, 2, 7, 13, 20, 27, 0])
def test_a_kill_at_any_statement_leaves_all_of_a_batch_or_nothing(
    archive_url: str, statements: int
) -> None:
    Archive.open(archive_url, create=True).close()
    process = python(KILLED, archive_url, statements)
    out, err = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL, err
    acknowledged = "acknowledged" in out
    assert acknowledged == (statements == 0)
    with Archive.open(archive_url) as archive:
        assert len(list(export_records(archive))) == (4 if acknowledged else 0)
        pending = list(Frontier(archive).pending("kalsel", START))
        assert len(pending) == (0 if acknowledged else 4)
        with archive.reading() as connection:
            for table in ("revisions", "extractions", "captures"):
                count = connection.scalar(text(f"SELECT count(*) FROM {table}"))
                assert count == (4 if acknowledged else 0)
            if archive.path:
                assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
                assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        run = start_run(archive)
        again = Writer(archive, "test 1").write([article(n) for n in range(1, 5)], run)
        assert {each.outcome for each in again} == {"known" if acknowledged else "new"}
        assert [run.status for run in runs.last(archive)] == ["running", "interrupted"]


def test_foreign_keys_are_enforced(archive: Archive, writer: Writer, run: int) -> None:
    writer.write([article(1)], run)
    with pytest.raises(Exception, match=r"(?i)foreign key"), archive.writing() as connection:
        connection.execute(text("DELETE FROM revisions"))
    assert len(list(export_records(archive))) == 1


def test_a_file_taken_away_in_mid_run_is_reported(sqlite_url: str) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        run = start_run(archive)
        assert archive.path is not None
        archive.engine.dispose()
        archive.path.write_bytes(b"no database any more" * 1000)
        with pytest.raises(NotWritable, match=r"no SQLite database|damaged"):
            Writer(archive, "test 1").write([article(1)], run)


def _as_nobody(path: Path, answers: "multiprocessing.Queue[object]") -> None:
    os.setuid(65534)
    try:
        with Archive.open(f"sqlite:///{path}", read_only=True) as archive:
            answers.put(len(list(export_records(archive))))
        with Archive.open(f"sqlite:///{path}") as archive:
            start_run(archive)
    except AntaraError as error:
        answers.put(str(error))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_archive_of_someone_else_can_be_read_and_not_written() -> None:
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[object] = context.Queue()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "archive.db"
        with Archive.open(f"sqlite:///{path}", create=True) as archive:
            Writer(archive, "test 1").write([article(1)], start_run(archive))
            process = context.Process(target=_as_nobody, args=(path, answers))
            process.start()
            assert answers.get(timeout=120) == 1
            assert "read-only" in str(answers.get(timeout=120))
            process.join(30)
        process = context.Process(target=_as_nobody, args=(path, answers))
        process.start()
        assert "copy the archive to a folder of yours" in str(answers.get(timeout=120))
        process.join(30)


def test_pages_queued_are_there_before_any_request_is_made(
    archive: Archive, frontier: Frontier, run: int
) -> None:
    [asked] = due(frontier.queue([page(1)], run=run, now=START))
    with Archive.open(archive.url.render_as_string(False), read_only=True) as other:
        assert list(Frontier(other).pending("kalsel", START)) == [asked]


def test_a_transaction_that_the_database_undid_is_never_taken_for_written(
    sqlite_url: str,
) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        with pytest.raises(NotWritable, match="undid"), archive.writing() as connection:
            connection.exec_driver_sql("ROLLBACK")
        start_run(archive)


def test_a_new_archive_that_another_program_holds_is_waited_for(
    sqlite_url: str, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(NotWritable, match="locked by another program") as caught:
        Archive.open(sqlite_url, create=True, lock_timeout=0.2)
    assert caught.value.transient
    other.close()
    Archive.open(sqlite_url, create=True).close()


def test_a_connection_cut_anywhere_inside_a_batch_is_told_and_the_batch_given_again(
    postgres_url: str,
) -> None:
    cut, left, cuts = 0, 0, 0

    def before(_: object, __: object, statement: str, *___: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            cut_all_connections(postgres_url)

    with Archive.open(postgres_url, create=True) as archive:
        run, writer = start_run(archive), Writer(archive, "test 1")
        event.listen(archive.engine, "before_cursor_execute", before)
        while cuts == cut // 2:
            assert cut < 1000, "a batch does not take so many statements"
            cut += 2
            first = cut * 10
            batch = [article(first), outcome(first + 1, "failed", 0), article(first + 2)]
            left = cut
            try:
                writer.write(batch, run)
            except NotWritable as error:
                assert error.transient
                assert "jembatan" not in str(error)
                cuts += 1
                stored = [each.outcome for each in writer.write(batch, run)]
                assert stored == ["new", "failed", "new"]
        left = 0
        assert cuts > 10
        assert len(list(export_records(archive))) == 2 * (cuts + 1)


def test_an_error_of_the_database_tells_no_text(archive: Archive) -> None:
    for statement in (
        "SELECT nothing FROM runs WHERE host = :it",
        "INSERT INTO no_table VALUES (:it)",
    ):
        with pytest.raises((DBAPIError, NotWritable)) as caught, archive.writing() as connection:
            connection.execute(text(statement), {"it": "rahasia"})
        assert "rahasia" not in str(caught.value)


def test_a_nul_in_anything_that_is_kept_stops_nothing(
    archive: Archive, writer: Writer, run: int
) -> None:
    odd = capture(1, etag='"a\x00b"', last_modified="\x00", url="https://kalsel.example/\x00")
    named = outcome(2, "failed", 0, reason="a\x00b", captures=(capture(2, etag="\x00"),))
    stored = writer.write([article(1, captures=(odd,)), named], run)
    assert [each.outcome for each in stored] == ["new", "failed"]
    assert columns(archive, 1, Pages.etag) == ('"a\ufffdb"',)
    counts = {"why": "\x00", "in": ["\x00"]}
    runs.finish(archive, run, status="finished", exit_status=0, counts=counts, now=START)
    assert runs.last(archive)[0].counts == {"why": "\ufffd", "in": ["\ufffd"]}


@pytest.mark.parametrize("damage", ["articles SET first_seen_at = '0'", "runs SET counts = '?'"])
def test_a_row_that_no_one_can_read_is_told_with_the_mend(sqlite_url: str, damage: str) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        Writer(archive, "test 1").write([article(1, START)], start_run(archive))
        with archive.writing() as connection:
            connection.exec_driver_sql(f"UPDATE {damage}")
        with pytest.raises(DamagedRow, match="scrapy verify says which"):
            list(archive.records())
            runs.last(archive)
