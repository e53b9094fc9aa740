"""Runs are on record, also those that were killed; a portal is crawled by one at a time."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from antara_crawler.archive import Archive, Writer, portal_lock, runs
from antara_crawler.errors import ArchiveBusy, NotWritable
from tests.archive.samples import START, article, at, start_run
from tests.forking import python
from tests.postgres import PostgresServer, cut_all_connections


def test_a_run_is_on_record_from_start_to_end(archive: Archive) -> None:
    run = runs.start(
        archive,
        portal="kalsel",
        command="crawl",
        arguments={"since": "2026-01-01"},
        software="test 1",
        now=START,
    )
    [started] = runs.last(archive)
    assert (started.id, started.status, started.finished_at) == (run, "running", None)
    assert (started.pid, started.arguments) == (os.getpid(), {"since": "2026-01-01"})
    runs.finish(archive, run, status="finished", exit_status=4, counts={"failed": 2}, now=at(1))
    [ended] = runs.last(archive)
    assert (ended.status, ended.exit_status, ended.counts) == ("finished", 4, {"failed": 2})
    assert (ended.started_at, ended.finished_at) == (START, at(1))


def test_after_a_run_on_a_server_no_search_reads_a_list_of_its_articles(postgres_url: str) -> None:
    pending = text("SELECT gin_clean_pending_list('ix_search_index_terms')")
    with Archive.open(postgres_url, create=True) as archive:
        for is_ended in (False, True):
            run = start_run(archive)
            made = [article(number + 10 * is_ended) for number in range(9)]
            Writer(archive, "test 1").write(made, run)
            if is_ended:
                ended = {"status": "finished", "exit_status": 0, "counts": {}}
                runs.finish(archive, run, **ended, now=at(1))
            with archive.writing() as connection:
                assert (connection.scalar(pending) == 0) is is_ended


def test_a_run_that_never_ended_is_marked_when_the_next_one_starts(archive: Archive) -> None:
    start_run(archive)
    others = [
        runs.start(archive, portal=portal, command=command, arguments={}, software="x", now=START)
        for portal, command in (("bali", "crawl"), ("kalsel", "import"), (None, "reextract"))
    ]
    start_run(archive, at(1))
    statuses = {run.id: run.status for run in runs.last(archive)}
    assert [statuses[each] for each in others] == ["running"] * 3
    assert sorted(statuses.values()) == ["interrupted", *["running"] * 4]
    runs.start(archive, portal=None, command="reextract", arguments={}, software="x", now=at(2))
    assert [run.status for run in runs.last(archive)].count("interrupted") == 2


def test_the_last_runs_come_newest_first_and_by_portal(archive: Archive) -> None:
    ids = [start_run(archive, at(hours)) for hours in range(4)]
    assert [run.id for run in runs.last(archive, limit=2)] == [ids[3], ids[2]]
    assert [run.id for run in runs.last(archive, "kalsel")] == ids[::-1]
    assert runs.last(archive, "bali") == []


HOLDER = """
import sys, time
from antara_crawler.archive import Archive, portal_lock
with Archive.open(sys.argv[1], create=True) as archive, portal_lock(archive, "kalsel"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(archive_url: str) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the lock of kalsel."""
    process = python(HOLDER, archive_url)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_the_second_of_two_runs_is_told_who_holds_the_portal(
    archive_url: str, holder: "subprocess.Popen[str]"
) -> None:
    with Archive.open(archive_url) as archive:
        with (
            pytest.raises(ArchiveBusy, match=rf"^kalsel .* process {holder.pid}: "),
            portal_lock(archive, "kalsel"),
        ):
            pass
        with portal_lock(archive, "bali"):
            start_run(archive)


def test_a_killed_run_lets_go_of_its_portal(
    archive_url: str, holder: "subprocess.Popen[str]"
) -> None:
    with Archive.open(archive_url) as archive:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        for _ in range(200):  # a server takes a moment to see that its client is dead
            try:
                with portal_lock(archive, "kalsel"):
                    break
            except ArchiveBusy:
                time.sleep(0.05)
        else:
            pytest.fail("the lock of a killed process was never released")


def test_a_portal_is_free_again_at_once_after_the_run(archive: Archive) -> None:
    for _ in range(100):  # were it let go by the session's end alone, some would come too soon
        with (
            portal_lock(archive, "kalsel"),
            pytest.raises(ArchiveBusy),
            portal_lock(archive, "kalsel"),
        ):
            pass
    with pytest.raises(RuntimeError), portal_lock(archive, "kalsel"):
        raise RuntimeError
    with portal_lock(archive, "kalsel"):
        pass


def test_a_server_that_restarts_in_mid_run_does_not_break_the_end_of_it(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    with Archive.open(postgres_url, create=True) as archive:
        with portal_lock(archive, "kalsel"):
            postgres_server.restart()
            start_run(archive)
        with portal_lock(archive, "kalsel"):
            pass
        postgres_server.stop()
        try:
            with pytest.raises(NotWritable), portal_lock(archive, "kalsel"):
                pass
        finally:
            postgres_server.start()


def test_long_work_waits_for_a_server_that_restarts(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    with Archive.open(postgres_url, create=True) as archive, portal_lock(archive, "kalsel"):
        archive.patience = 60
        with runs.recorded(archive, "import", "kalsel") as run:
            postgres_server.stop()
            again = threading.Timer(0.3, postgres_server.start)
            again.start()
            try:
                assert [
                    each.outcome for each in Writer(archive, "test 1").write([article(1)], run.run)
                ] == ["new"]
            finally:
                again.join()
            cut_all_connections(postgres_url)
            assert archive.count() == 1


def test_the_lock_of_a_lost_session_is_taken_again_before_the_next_write(
    postgres_url: str,
) -> None:
    with (
        Archive.open(postgres_url, create=True) as archive,
        Archive.open(postgres_url) as other,
        portal_lock(archive, "kalsel"),
    ):
        cut_all_connections(postgres_url)
        start_run(archive)
        with pytest.raises(ArchiveBusy), portal_lock(other, "kalsel"):
            pass


def test_a_portal_that_another_took_while_the_session_was_lost_is_not_written(
    postgres_url: str,
) -> None:
    with Archive.open(postgres_url, create=True) as archive:
        lock = portal_lock(archive, "kalsel")
        lock.__enter__()
        cut_all_connections(postgres_url)
        with python(HOLDER, postgres_url) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            with pytest.raises(NotWritable, match=f"lost: kalsel .* {holder.pid}") as caught:
                start_run(archive)
            holder.kill()
        assert not caught.value.transient
        assert runs.last(archive) == []
        lock.__exit__(None, None, None)
        start_run(archive)


def test_a_lock_file_that_is_deleted_lets_no_second_run_write(sqlite_url: str) -> None:
    with (
        Archive.open(sqlite_url, create=True) as archive,
        Archive.open(sqlite_url) as other,
        portal_lock(archive, "kalsel"),
    ):
        assert archive.path is not None
        file = archive.path.with_name("archive.db.kalsel.lock")
        file.unlink()
        start_run(archive)
        with pytest.raises(ArchiveBusy), portal_lock(other, "kalsel"):
            pass
        file.unlink()
        with portal_lock(other, "kalsel"), pytest.raises(NotWritable, match="the lock was lost"):
            start_run(archive)


def test_a_lock_file_that_cannot_be_made_is_named(sqlite_url: str) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        assert archive.path is not None
        archive.path.with_name("archive.db.kalsel.lock").mkdir()
        with (
            pytest.raises(NotWritable, match=r"archive\.db\.kalsel\.lock"),
            portal_lock(archive, "kalsel"),
        ):
            pass


WITH_A_HELPER = """
import multiprocessing, os, signal, sys
from antara_crawler.archive import Archive, Writer, portal_lock
from antara_crawler.archive.index import told
from tests.archive.samples import article, start_run

def write(archive):
    writer, run = Writer(archive, "test"), start_run(archive)
    with portal_lock(archive, "kalsel"):
        writer.write([article(1), article(2)], run)
    [helper] = multiprocessing.active_children()
    with portal_lock(archive, "kalsel"):
        print("locked again", flush=True)
    os.kill(helper.pid, signal.SIGKILL)
    helper.join()
    for first in (3, 5):
        writer.write([article(first), article(first + 1)], run)
    return len(multiprocessing.active_children())

told._MANY, os.cpu_count = 2, lambda: 2
with Archive.open(sys.argv[1], create=True) as archive:
    print(write(archive), archive.search("jembatan").total)
"""
"""Writes batches that a process beside prepares for the index, and ends that process."""


def test_without_its_helper_a_writer_does_all_itself_and_locks_are_its_own(tmp_path: Path) -> None:
    process = python(WITH_A_HELPER, f"sqlite:///{tmp_path}/archive.db")
    out, err = process.communicate(timeout=60)
    assert (out, err) == ("locked again\n0 6\n", "")
