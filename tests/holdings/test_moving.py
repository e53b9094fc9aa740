"""Capture files in the store that machines share: moved, read from there, and never lost."""

import os
import pickle
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from scrapy.utils.project import get_project_settings

from antara_crawler.archive import Archive, Writer
from antara_crawler.archive.forgetting import subject_of
from antara_crawler.archive.store import captured
from antara_crawler.errors import NotWritable, UsageError
from antara_crawler.holdings import moving
from antara_crawler.holdings.moving import Moved, move
from antara_crawler.holdings.takedown import forget, nobody_crawls
from antara_crawler.verify.files import ELSEWHERE
from antara_crawler.verify.repair import Repairer
from antara_crawler.verify.report import verify
from antara_crawler.warc import SHARED, CaptureFiles, CaptureWriter, Exchange, read_capture
from antara_crawler.warc.shared import FolderStore, RemoteStore, Store, names_in
from tests.archive.samples import address, article, at, start_run

KILLED = 9


@dataclass
class Machine:
    """A machine with an archive and captures of three articles, two files, and a shared store."""

    url: str
    files: CaptureFiles

    def write(self, number: int, body: bytes = b"isi berita") -> None:
        """Store an article in a capture file of its own."""
        with Archive.open(self.url, create=True) as archive:
            folder = self.files.folder
            with CaptureWriter(folder, "kalsel", software="tests", store=self.files.name) as writer:
                kept = writer.append(Exchange(address(number), 200, at(number), body * 50))
            stored = article(number, at(number), captures=(kept,))
            Writer(archive, "tests").write([stored], start_run(archive))
            with archive.writing() as connection:
                connection.exec_driver_sql("UPDATE runs SET status = 'finished'")

    def move(self) -> Moved:
        """Move what is finished."""
        with Archive.open(self.url) as archive:
            repairer = Repairer(archive, self.files, get_project_settings(), None)
            return move(archive, self.files, repairer, None, lambda: False)

    def stores(self) -> set[str]:
        """Return where the rows say that the files lie."""
        with Archive.open(self.url, read_only=True) as archive:
            return set(captured.stores(archive).values())

    def read_all(self, files: CaptureFiles) -> int:
        """Read each record that is cited, its digest checked; return how many there are."""
        with Archive.open(self.url, read_only=True) as archive:
            rows = list(captured.cited(archive))
        for row in rows:
            assert read_capture(files, row.capture).body
        return len(rows)

    def findings(self, files: CaptureFiles) -> tuple[list[str], dict[str, int]]:
        """Return what verify finds, and what it does not see."""
        with Archive.open(self.url, read_only=True) as archive:
            checked = verify(archive, files, lambda finding: None, lambda: False)
        unseen = {name: n for name, n in checked.counts.items() if name.startswith(ELSEWHERE)}
        return [f"{each.kind} {each.place}" for each, _ in checked.findings], unseen


@pytest.fixture(params=["folder", "fsspec"])
def machine(request: pytest.FixtureRequest, tmp_path: Path, sqlite_url: str) -> Iterator[Machine]:
    if request.param == "fsspec":
        pytest.importorskip("fsspec")
        store: Store = RemoteStore(f"file://{tmp_path}/remote")
    else:
        (tmp_path / "shared").mkdir()
        store = FolderStore(tmp_path / "shared")
    made = Machine(sqlite_url, CaptureFiles(tmp_path / "captures", "east", store))
    for number in (1, 2):
        made.write(number)
    yield made


def test_files_are_moved_and_read_where_they_are(machine: Machine) -> None:
    moved = machine.move()
    assert (moved.files, moved.left) == (2, {})
    assert names_in(machine.files.folder) == set()
    assert machine.stores() == {SHARED}
    assert machine.read_all(machine.files) == 2
    assert machine.findings(machine.files) == ([], {})
    shared = pickle.loads(pickle.dumps(machine.files.shared))  # as for a process that is spawned
    west = CaptureFiles(machine.files.folder.with_name("of-west"), "west", shared)
    assert machine.read_all(west) == 2
    assert machine.findings(west) == ([], {})


def test_who_does_not_see_the_store_is_told_so_and_a_loss_in_it_is_one(machine: Machine) -> None:
    machine.move()
    blind = CaptureFiles(machine.files.folder, "east")
    assert machine.findings(blind) == ([], {f"{ELSEWHERE}{SHARED}": 2})
    assert machine.files.shared is not None
    lost = sorted(machine.files.names())[0]
    machine.files.shared.remove(lost)
    assert machine.findings(machine.files) == ([f"missing file {lost}"], {})


@pytest.mark.parametrize("machine", ["fsspec"], indirect=True)
def test_a_store_that_does_not_answer_is_no_empty_one(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = pytest.importorskip("fsspec").implementations.local.LocalFileSystem
    machine.move()

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("no route to host")  # as a driver's own error, which is no OSError

    for name in ("info", "find", "cat_file"):
        monkeypatch.setattr(system, name, refuse)
    store = RemoteStore(f"file://{machine.files.folder.with_name('remote')}")
    away = CaptureFiles(machine.files.folder, "east", store)
    assert [each.partition(" ")[0] for each in machine.findings(away)[0]] == ["database"]
    for ask in (machine.read_all, lambda files: files.places("x.warc.gz")):
        with pytest.raises(NotWritable, match="no route to host"):
            ask(away)


def test_a_file_in_which_something_is_wrong_stays_and_is_named(machine: Machine) -> None:
    spoilt, _ = sorted(machine.files.folder.iterdir())
    data = bytearray(spoilt.read_bytes())
    data[len(data) // 2] ^= 0xFF
    spoilt.write_bytes(data)
    moved = machine.move()
    assert moved.files == 1
    assert moved.left.keys() == {spoilt.name}
    assert names_in(machine.files.folder) == {spoilt.name}
    assert machine.stores() == {"east", SHARED}


def test_a_copy_that_a_kill_cut_short_is_made_anew_and_another_file_is_left_alone(
    machine: Machine,
) -> None:
    first, _ = sorted(machine.files.folder.iterdir())
    assert machine.files.shared is not None
    half = first.with_name("half")
    half.write_bytes(first.read_bytes()[:100])
    machine.files.shared.take(half, first.name)
    half.unlink()
    kept = first.read_bytes()
    assert machine.move().files == 2
    unpacked = zlib.decompressobj(31)
    unpacked.decompress(kept)
    again = kept[: len(kept) - len(unpacked.unused_data)]
    first.write_bytes(kept + again)  # it came back, and has a record more than what rows cite
    moved = machine.move()
    assert (moved.files, first.exists()) == (0, True)
    assert "is another file of this name" in moved.left[first.name]
    assert machine.read_all(CaptureFiles(first.with_name("x"), "x", machine.files.shared)) == 2


def test_a_file_that_is_written_to_waits(machine: Machine) -> None:
    with CaptureWriter(machine.files.folder, "kalsel", software="tests") as writer:
        writer.append(Exchange(address(9), 200, at(9), b"baru"))
        writer.sync()
        moved = machine.move()
        assert (moved.files, moved.unfinished, moved.left) == (2, 1, {})


def test_what_is_forgotten_goes_from_the_shared_store_too(machine: Machine) -> None:
    machine.write(3, b"rahasia yang harus hilang")
    machine.move()
    with Archive.open(machine.url) as archive, nobody_crawls(archive, "kalsel"):
        subject = subject_of(archive, "kalsel/berita/3")
        away = CaptureFiles(machine.files.folder, "west")
        told = forget(archive, away, subject, reason=None, by="r").left
        assert [SHARED in line for line in told] == [True]
        assert forget(archive, machine.files, subject, reason=None, by="r").left == ()
    assert machine.read_all(machine.files) == 2
    assert len(machine.files.names()) == 2


@pytest.mark.parametrize("machine", ["folder"], indirect=True)
def test_killed_at_any_instant_nothing_is_lost(machine: Machine) -> None:
    """Each line of the move of the first file is the last one once, until both are moved."""
    line, status = 0, KILLED
    while status == KILLED:
        line += 1
        status = _move_until(machine, line)
        assert machine.read_all(machine.files) == 2, f"lost at step {line}"
    assert status == 0
    assert line > 15
    assert names_in(machine.files.folder) == set()
    assert machine.stores() == {SHARED}


def _move_until(machine: Machine, steps: int) -> int:
    """Move in a process that dies after so many lines; return how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = [steps]
    own = {each.__code__ for each in (moving._move, moving._cite, FolderStore.take)}

    def count(frame: FrameType, event: str, given: Any) -> Any:
        if frame.f_code not in own:
            return None
        if event == "line":
            left[0] -= 1
            if left[0] < 0:
                os._exit(KILLED)
        return count

    try:
        sys.settrace(count)
        machine.move()
    finally:
        os._exit(0 if sys.exc_info()[0] is None else 1)


@pytest.mark.parametrize("url", ["", "file://"])
def test_no_file_is_moved_onto_itself(machine: Machine, tmp_path: Path, url: str) -> None:
    files, before = machine.files, names_in(machine.files.folder)
    (tmp_path / "link").symlink_to(files.folder)
    linked = tmp_path / "link"
    files.shared = RemoteStore(f"{url}{linked}") if url else FolderStore(linked)
    with pytest.raises(UsageError, match="is the captures folder itself"):
        machine.move()
    (files.folder / "within").mkdir()
    for store in (files.folder / "within", files.folder.parent):
        files.shared = FolderStore(store)
        with pytest.raises(UsageError, match="lie within each other"):
            machine.move()
    (tmp_path / "links").mkdir()
    for name in before:
        (tmp_path / "links" / name).symlink_to(files.folder / name)
    files.shared = FolderStore(tmp_path / "links")
    assert set(machine.move().left) == before
    assert names_in(files.folder) == before
    assert machine.read_all(CaptureFiles(files.folder, "east")) == 2
