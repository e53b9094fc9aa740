"""A full disk stops the crawl with one clear line; with room again, the same command ends it."""

import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from antara_crawler.errors import ArchiveMissing
from tests.crawl.truth import assert_exact
from tests.faults.evidence import (
    assert_all_is_accounted_for,
    assert_cited_is_there,
    assert_sound,
    held,
)
from tests.portal import PortalServer, Site
from tests.scrapy_runs import Ended, Workplace

SIZE = 64 << 20


class Disk:
    """A small disk of its own, all of it taken but a little."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def leave(self, free: int) -> None:
        """Leave so many bytes free."""
        taken = self.folder / "taken"
        taken.unlink(missing_ok=True)
        room = os.statvfs(self.folder)
        with taken.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_frsize - free)

    def make_room(self) -> None:
        (self.folder / "taken").unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def assert_stopped_clearly(ended: Ended, *said: str) -> None:
    assert ended.status == 5, ended.err
    assert "Traceback" not in ended.err
    lines = [line for line in ended.err.splitlines() if "ERROR" in line or "scrapy crawl:" in line]
    assert len(lines) == 1
    for words in said:
        assert words in lines[0]


def stored(place: Workplace) -> int:
    try:
        return len(held(place.archive_url).records)
    except ArchiveMissing:
        return 0


def assert_completes(place: Workplace, portal: PortalServer, before: int) -> None:
    """The same command ends the crawl, and what was stored before is still there."""
    assert stored(place) == before
    ended = place.crawl(portal.url)
    assert ended.status == 0, ended.err
    assert_exact(portal.site.truth, place.records())
    captures = place.folder / "captures"
    assert_cited_is_there(place.archive_url, captures)
    assert_all_is_accounted_for(place.archive_url, captures)
    assert_sound(place.archive_url)


def test_a_disk_of_captures_that_fills_up(tmp_path: Path, disk: Disk) -> None:
    place = Workplace(disk.folder, f"sqlite:///{tmp_path}/archive.db")
    disk.leave(350_000)
    with PortalServer(Site(seed=31, articles=40)) as portal:
        assert_stopped_clearly(place.crawl(portal.url), str(disk.folder), "No space left on device")
        before = stored(place)
        assert before > 0
        assert_cited_is_there(place.archive_url, disk.folder / "captures")
        disk.make_room()
        assert_completes(place, portal, before)


def test_a_disk_of_the_archive_that_fills_up(tmp_path: Path, disk: Disk) -> None:
    place = Workplace(tmp_path, f"sqlite:///{disk.folder}/archive.db")
    disk.leave(2_000_000)
    with PortalServer(Site(seed=32, articles=40)) as portal:
        assert_stopped_clearly(place.crawl(portal.url), "full")
        before = stored(place)
        assert before > 0
        assert_cited_is_there(place.archive_url, tmp_path / "captures")
        disk.make_room()
        assert_completes(place, portal, before)


def test_disks_that_are_full_from_the_start(tmp_path: Path, disk: Disk) -> None:
    captures = Workplace(disk.folder, f"sqlite:///{tmp_path}/archive.db")
    archive = Workplace(tmp_path, f"sqlite:///{disk.folder}/archive.db")
    with PortalServer(Site(seed=33, articles=10)) as portal:
        disk.leave(0)
        assert_stopped_clearly(captures.crawl(portal.url), str(disk.folder))
        assert_stopped_clearly(archive.crawl(portal.url), "full")
        disk.make_room()
        assert archive.crawl(portal.url, "-a", "limit=4").status == 0
        disk.leave(0)
        assert_stopped_clearly(archive.crawl(portal.url), "full")
        disk.make_room()
        assert_completes(archive, portal, 4)


def test_files_that_may_not_grow(tmp_path: Path) -> None:
    """The same where no small disk can be mounted; it meets the captures or the archive first."""
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    most = 1_000_000
    with PortalServer(Site(seed=34, articles=40)) as portal:
        refused = place.run(
            *("crawl", "kalsel", "-a", f"base_url={portal.url}", "-s", "DOWNLOAD_DELAY=0"),
            fresh=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        )
        assert_stopped_clearly(refused)
        assert_completes(place, portal, stored(place))
