"""What a killed run left behind is mended by the next start: torn tails, uncited records."""

import os
import signal
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from antara_crawler.archive import Archive, runs
from antara_crawler.archive.store import captured
from antara_crawler.crawl.recovery import Underway, from_before, recover
from antara_crawler.holdings.moving import finished_files
from antara_crawler.items import Capture
from antara_crawler.verify.files import BESIDE
from antara_crawler.verify.repair import Repairer
from antara_crawler.verify.report import verify
from antara_crawler.warc import CaptureFiles, CaptureWriter, scan
from tests.archive.samples import start_run
from tests.portal import PortalServer, Site
from tests.scrapy_runs import Workplace, wait_for
from tests.warc.samples import exchange

LONG_AGO = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "captures"


def appended(folder: Path, count: int, portal: str = "kalsel") -> list[Capture]:
    with CaptureWriter(folder, portal, software="tests") as captures:
        captures.set_robots("User-agent: *\n")
        return [captures.append(exchange(number)) for number in range(count)]


def roles(archive: Archive) -> dict[str, str]:
    return {each.capture.url: each.role for each in captured.cited(archive)}


def test_records_that_a_killed_run_left_uncited_are_adopted_once(
    archive_url: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Archive.open(archive_url, create=True) as archive:
        run = start_run(archive, LONG_AGO)
        kept = appended(folder, 5)
        captured.account(
            archive, [(kept[1], "feed"), (kept[3], "listing")], run=run, portal="kalsel"
        )
        for _ in range(2):
            recover(archive, folder, "kalsel")
        assert [each.capture for each in captured.cited(archive)] == kept
        assert sorted(roles(archive).values()) == ["feed", "listing", "orphan", "orphan", "orphan"]
        said = [record.getMessage() for record in caplog.records]
        assert [line.split(",")[0] for line in said] == [
            "3 raw records that a killed run had not used yet are kept; their pages are asked for"
            " again"
        ]


def test_a_file_that_no_row_cites_belongs_to_the_run_that_it_is_named_after(
    sqlite_url: str, folder: Path
) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        appended(folder, 2)  # of a run that the archive knows nothing of
        recover(archive, folder, "kalsel")
        assert roles(archive) == {}
        start_run(archive, LONG_AGO)
        appended(folder, 1, "kalteng")
        recover(archive, folder, "kalsel")
        assert len(roles(archive)) == 2


def test_files_written_for_an_archive_that_it_does_not_know_are_told(
    sqlite_url: str, folder: Path
) -> None:
    def kept_for(begun: datetime) -> list[Capture]:
        run = {"archive": begun.isoformat()}
        with CaptureWriter(folder, "kalsel", software="tests", run=run) as captures:
            return [captures.append(exchange(1))]

    with Archive.open(sqlite_url, create=True) as archive:
        kept_for(LONG_AGO)
        assert recover(archive, folder, "kalsel") == []
        run = start_run(archive, LONG_AGO + timedelta(hours=1))
        ended = {"status": "finished", "exit_status": 0, "counts": {}}
        runs.finish(archive, run, now=LONG_AGO + timedelta(hours=2), **ended)
        assert recover(archive, folder, "kalsel") == []
        kept = kept_for(LONG_AGO + timedelta(hours=1))
        [said] = recover(archive, folder, "kalsel")
        assert said == (
            f"of the capture files written for this archive it does not know 1, such as"
            f" {kept[0].file}: where an older archive was put back, scrapy rebuild --add takes"
            " them in"
        )
        assert recover(archive, folder, "kalteng") == []
        captured.adopt_orphans(archive, kept, None)
        assert recover(archive, folder, "kalsel") == []


def test_the_last_file_is_missed_though_most_are_there(sqlite_url: str, folder: Path) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        run = start_run(archive, LONG_AGO)
        ended = {"status": "finished", "exit_status": 0, "counts": {}}
        runs.finish(archive, run, now=LONG_AGO, **ended)
        kept = [appended(folder, 1)[0] for _ in range(4)]
        captured.account(archive, [(each, "feed") for each in kept], run=run, portal="kalsel")
        (folder / kept[0].file).unlink()
        assert recover(archive, folder, "kalsel") == []
        (folder / kept[-1].file).unlink()
        [said] = recover(archive, folder, "kalsel")
        assert f"2 of 4 capture files of this archive are not in {folder}, such as " in said
        assert kept[-1].file in said


def test_what_another_archive_keeps_in_the_same_folder_is_left_alone(
    sqlite_url: str, folder: Path
) -> None:
    """Its process may have had the same number as a run of ours that was killed."""
    theirs = {"archive": LONG_AGO - timedelta(days=1)}
    with CaptureWriter(folder, "kalsel", software="tests", run=theirs) as captures:
        captures.append(exchange(1))
    files = CaptureFiles(folder, "here")
    with Archive.open(sqlite_url, create=True) as archive:
        start_run(archive, LONG_AGO)  # killed
        Underway(folder, "kalsel", theirs["archive"])
        assert recover(archive, folder, "kalsel") == []
        assert roles(archive) == {}
        repairer = Repairer(archive, files, get_project_settings(), None)
        checked = verify(archive, files, repairer, lambda: False)
        assert (checked.found, checked.waiting) == (0, 0)
        said = {name: n for name, n in checked.counts.items() if name.startswith(BESIDE)}
        assert said == {f"{BESIDE}{theirs['archive'].isoformat(timespec='seconds')}": 1}
        assert list(finished_files(archive, files, None)) == []
    assert len(list(folder.iterdir())) == 2  # the file, and the note of what is being read


def test_captures_from_before_an_archive_are_told_at_its_first_run_alone(
    sqlite_url: str, folder: Path
) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        assert from_before(archive, folder, "kalsel") == []
        appended(folder, 1)
        assert "scrapy rebuild --add takes" in from_before(archive, folder, "kalsel")[0]
        assert from_before(archive, folder, "kalteng") == []
        start_run(archive, LONG_AGO)
        assert from_before(archive, folder, "kalsel") == []


def test_a_folder_without_most_of_the_files_that_are_cited_is_told(
    archive_url: str, folder: Path
) -> None:
    with Archive.open(archive_url, create=True) as archive:
        if archive.path is None:  # of another machine, which names no store
            there = replace(appended(folder, 1)[0], file=f"{'kalsel-' * 3}1~there.warc.gz")
            captured.adopt_orphans(archive, [there], None)
        kept = [*appended(folder, 1), *appended(folder, 1), *appended(folder, 1)]
        moved = replace(appended(folder, 1)[0], store="elsewhere")
        captured.adopt_orphans(archive, [*kept, moved], None)
        (folder / moved.file).unlink()
        for file, told in ((kept[0].file, False), (kept[1].file, True)):
            (folder / file).unlink()
            said = recover(archive, folder, "kalsel")
            assert ["2 of 3 capture files of this archive are not in" in each for each in said] == (
                [True] if told else []
            )


def test_files_of_runs_that_ended_are_not_read_again(sqlite_url: str, folder: Path) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        run = start_run(archive, LONG_AGO)
        appended(folder, 2)
        runs.finish(
            archive, run, status="finished", exit_status=0, counts={}, now=datetime.now(UTC)
        )
        recover(archive, folder, "kalsel")
        assert roles(archive) == {}


def test_a_torn_tail_is_cut_and_the_record_before_it_adopted(
    sqlite_url: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        start_run(archive, LONG_AGO)
        first, second = appended(folder, 2)
        path = folder / first.file
        os.truncate(path, second.offset + second.length // 2)
        recover(archive, folder, "kalsel")
        assert [each.capture for each in captured.cited(archive)] == [first]
    assert [met.capture for met in scan(folder)] == [first]
    assert "was cut off" in caplog.records[0].getMessage()


def test_a_file_that_another_process_writes_is_left_alone(sqlite_url: str, folder: Path) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        start_run(archive, LONG_AGO)
        with CaptureWriter(folder, "kalteng", software="tests") as captures:
            capture = captures.append(exchange(1))
            captures.sync()
            path = folder / capture.file
            torn = path.read_bytes() + b"\x1f\x8b\x08torn"
            path.write_bytes(torn)
            recover(archive, folder, "kalsel")
            assert path.read_bytes() == torn
        assert roles(archive) == {}


def test_damage_is_told_and_what_is_whole_behind_it_adopted(
    sqlite_url: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        start_run(archive, LONG_AGO)
        first, second, third = appended(folder, 3)
        with (folder / first.file).open("r+b") as file:
            file.seek(second.offset + 50)
            file.write(bytes(8))
        recover(archive, folder, "kalsel")
        assert [each.capture for each in captured.cited(archive)] == [first, third]
    assert f"{first.file}@{second.offset}" in caplog.text


def test_without_captures_there_is_nothing_to_mend(sqlite_url: str, folder: Path) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        start_run(archive, LONG_AGO)
        recover(archive, folder, "kalsel")
        assert roles(archive) == {}
    assert not folder.exists()


def test_after_a_kill_and_another_crawl_all_is_sound(tmp_path: Path, sqlite_url: str) -> None:
    place = Workplace(tmp_path, sqlite_url)
    with PortalServer(Site(seed=31, articles=18)) as portal:
        words = ("crawl", "kalsel", "-a", f"base_url={portal.url}", "-s", "DOWNLOAD_DELAY=0.02")
        killed = place.start(*words, start_new_session=True)
        wait_for(lambda: len(portal.requests) >= 25 or killed.poll() is not None)
        assert killed.poll() is None, killed.communicate()
        os.killpg(killed.pid, signal.SIGKILL)
        killed.communicate()
        ended = place.crawl(portal.url)
    assert ended.status == 0, ended.err
    verified = place.run("verify")
    assert verified.status == 0, verified.out
    assert verified.out.endswith("all is well\n")
    assert len(place.records()) == 18
