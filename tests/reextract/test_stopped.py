"""A second reading that is killed, stopped, or refused to begin."""

import os
import signal
import time
from pathlib import Path

import pytest

from antara_crawler.archive import Archive, portal_lock, runs
from antara_crawler.archive.tables.articles import Articles, Extractions
from tests.crawl.truth import assert_exact
from tests.portal import Site
from tests.scrapy_runs import Workplace, wait_for
from tests.stored import count, store_unread, whole_article

IN_SMALL_BATCHES = """
import time
from pathlib import Path
from scrapy.cmdline import execute
from antara_crawler.reextract import job

class Held(job.Writer):
    def write(self, *batch):
        written = super().write(*batch)
        until = time.monotonic() + 120
        while not Path({go!r}).exists() and time.monotonic() < until:
            time.sleep(0.02)
        return written

job.BULK, job.Writer = 30, Held
execute(["scrapy", "reextract", "--workers", "2"])
"""
"""After each batch it waits till it may go on."""


def test_killed_while_it_writes_it_ends_what_is_left_when_started_again(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    site = Site(seed=25, articles=120)
    store_unread(place, [whole_article(site, article) for article in site.present])
    script = IN_SMALL_BATCHES.format(go=f"{tmp_path}/go")
    killed = place.start("-c", script, start_new_session=True)
    with Archive.open(place.archive_url, read_only=True) as archive:
        wait_for(lambda: count(archive, Articles.id) or killed.poll() is not None)
        assert killed.poll() is None, killed.communicate()
        written = count(archive, Articles.id)
    killed.kill()
    killed.wait()
    assert 0 < written < 120
    assert_all_end(killed.pid)
    ended = place.run("reextract")
    assert ended.status == 0
    assert_exact(site.truth, place.records())
    with Archive.open(place.archive_url) as archive:
        assert count(archive, Extractions.id) == 120
        assert [run.status for run in runs.last(archive, limit=2)] == ["finished", "interrupted"]


def assert_all_end(group: int) -> None:
    """The processes of a killed command do not outlive it."""
    for _ in range(600):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.killpg(group, signal.SIGKILL)
    raise AssertionError("processes of a killed command are still there")


def test_asked_to_stop_it_ends_in_order_and_does_the_rest_later(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    site = Site(seed=25, articles=120)
    store_unread(place, [whole_article(site, article) for article in site.present])
    go = tmp_path / "go"
    script = IN_SMALL_BATCHES.format(go=str(go))
    stopped = place.start("-c", script, start_new_session=True)
    with Archive.open(place.archive_url, read_only=True) as archive:
        wait_for(lambda: count(archive, Articles.id) or stopped.poll() is not None)
        os.killpg(stopped.pid, signal.SIGTERM)
        go.touch()
        _, err = stopped.communicate(timeout=180)
        assert stopped.returncode == 4, err
        assert "stopped: the same command does what is left" in err
        assert "Traceback" not in err
        assert runs.last(archive)[0].status == "stopped"
        assert count(archive, Articles.id) < 120
    assert place.run("reextract").status == 0
    assert_exact(site.truth, place.records())


def test_asked_to_stop_while_it_reads_it_changes_nothing(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    site = Site(seed=25, articles=200)
    store_unread(place, [whole_article(site, article) for article in site.present])
    stopped = place.start("reextract", "--workers", "2", start_new_session=True)
    children = Path(f"/proc/{stopped.pid}/task/{stopped.pid}/children")
    wait_for(children.read_text)
    os.killpg(stopped.pid, signal.SIGINT)
    out, err = stopped.communicate(timeout=180)
    assert stopped.returncode == 4, err
    assert (out, err) == ("", "stopped before all was read: nothing was changed\n")
    assert_all_end(stopped.pid)
    with Archive.open(place.archive_url, read_only=True) as archive:
        assert runs.last(archive)[0].status == "stopped"
        assert count(archive, Articles.id) == 0


def test_while_the_portal_is_crawled_nothing_is_begun(place: Workplace, archive: Archive) -> None:
    with portal_lock(archive, "kalsel"):
        ended = place.run("reextract")
        dry = place.run("reextract", "--dry-run")
    assert ended.status == 6
    assert len(ended.err.splitlines()) == 1
    assert "kalsel is being crawled by process" in ended.err
    assert dry.status == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--workers", "0"], "--workers 0"),
        (["--portal", "kalsle"], "kalsel"),
        (["--dryrun"], "--dryrun"),
        (["kalsel"], "'kalsel'"),
    ],
)
def test_wrong_usage_of_reextract_ends_with_status_2(
    tmp_path: Path, words: list[str], said: str
) -> None:
    ended = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db").run("reextract", *words)
    assert ended.status == 2
    assert said in ended.err
    assert len(ended.err.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_without_an_archive_none_is_made(tmp_path: Path) -> None:
    ended = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db").run("reextract")
    assert ended.status == 2
    assert "there is no archive" in ended.err
    assert not list(tmp_path.iterdir())
