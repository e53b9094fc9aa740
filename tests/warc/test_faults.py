"""Full disks and kills: what was acknowledged is there, and nothing half-written stays."""

import json
import os
import random
import resource
import signal
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from antara_crawler.errors import NotWritable
from antara_crawler.items import Capture
from antara_crawler.warc import read_capture, repair, scan
from tests.forking import python

from .samples import START, exchange, passes_warcio_check, writer

ROOT = Path(__file__).parents[2]


def page(number):
    """A page that does not compress: 3 kB on disk."""
    return exchange(number, body=random.Random(number).randbytes(3000))


@contextmanager
def files_no_larger_than(size):
    """The kernel refuses writes beyond `size`, as a full disk does: a part, then none."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 64 kB."""
    folder = tmp_path / "kecil"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command for a small disk")
    if done.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted: {done.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_one_clear_line_and_later_syncs_lose_nothing(small_disk):
    ballast = small_disk / "isi"
    ballast.write_bytes(bytes(40_000))
    kept, refused = [], 0
    with writer(small_disk) as captures:
        for number in range(12):
            kept.append(captures.append(page(number)))
            try:
                captures.sync()
            except NotWritable as error:
                refused += 1
                assert str(error) == (
                    f"cannot write {small_disk / kept[0].file}: No space left on device; make it "
                    "writable or make room there, then run the same command again"
                )
                assert passes_warcio_check(small_disk / kept[0].file)
        assert refused > 2
        ballast.unlink()
        captures.sync()
        for number, capture in enumerate(kept):
            assert read_capture(small_disk, capture).body == page(number).body
    assert [met.capture for met in scan(small_disk)] == kept
    assert repair(small_disk) == []


def test_a_torn_file_on_a_disk_that_cannot_be_written_is_named(small_disk):
    with writer(small_disk) as captures:
        path = small_disk / captures.append(page(1)).file
    path.write_bytes(path.read_bytes()[:-1])
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(NotWritable, match=f"cannot write {path}: Read-only file system; make it"):
        repair(small_disk)


def test_a_failed_write_leaves_no_half_record_behind(tmp_path):
    captures = writer(tmp_path)
    first = captures.append(page(1))
    captures.sync()
    path = tmp_path / first.file
    whole = path.read_bytes()
    captures.append(page(2))
    with files_no_larger_than(len(whole) + 1500):
        with pytest.raises(NotWritable, match="File too large"):
            captures.sync()
        assert path.read_bytes() == whole
        with pytest.raises(NotWritable):
            captures.close()
    assert path.read_bytes() == whole
    assert [met.capture for met in scan(tmp_path)] == [first]


def test_an_append_that_raises_takes_nothing_and_the_next_goes_on(tmp_path):
    with writer(tmp_path, max_bytes=1) as captures:
        first = captures.append(page(1))
        with files_no_larger_than(1000), pytest.raises(NotWritable):
            captures.append(page(2))
        third = captures.append(page(3))
    assert [met.capture for met in scan(tmp_path)] == [first, third]


def test_a_file_that_never_held_a_record_does_not_stay(tmp_path):
    captures = writer(tmp_path)
    captures.append(page(1))
    with files_no_larger_than(100), pytest.raises(NotWritable):
        captures.close()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritable, match="file/captures: Not a directory; make it writable"):
        writer(tmp_path / "file" / "captures").append(page(1))


def test_a_file_that_cannot_be_opened_is_named(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    captures = writer(tmp_path)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, before[1]))
    try:
        with pytest.raises(NotWritable, match=r"kalsel-.*: Too many open files; make it"):
            captures.append(page(1))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    captures.append(page(2))
    captures.close()
    assert [met.capture.url for met in scan(tmp_path)] == [page(2).url]


WRITES = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from tests.warc.test_faults import page
from tests.warc.samples import writer

captures = writer(Path(sys.argv[1]), max_bytes=100_000)
number = 0
while True:
    batch = [captures.append(page(number + i)) for i in range(7)]
    number += 7
    captures.sync()
    print(json.dumps([asdict(c) for c in batch], default=str), flush=True)
"""


@pytest.mark.parametrize("seed", range(4))
def test_what_a_killed_process_acknowledged_is_there(tmp_path, seed):
    batches = random.Random(seed).randrange(1, 40)
    process = python(WRITES, tmp_path)
    acknowledged = [json.loads(process.stdout.readline()) for _ in range(batches)]
    os.kill(process.pid, signal.SIGKILL)
    acknowledged += [json.loads(line) for line in process.stdout if line.endswith("\n")]
    process.communicate()
    repair(tmp_path)
    wanted = [
        Capture(**(fields | {"captured_at": START})) for batch in acknowledged for fields in batch
    ]
    for number, capture in enumerate(wanted):
        assert read_capture(tmp_path, capture).body == page(number).body
    assert all(passes_warcio_check(path) for path in tmp_path.iterdir())
    there = [(met.capture.file, met.capture.offset) for met in scan(tmp_path)]
    assert there[: len(wanted)] == [(c.file, c.offset) for c in wanted]
    assert repair(tmp_path) == []


@pytest.mark.parametrize("how", ["file deleted", "folder moved", "another in its place"])
def test_a_file_that_is_moved_or_deleted_is_noticed_at_the_next_sync(tmp_path, how):
    folder = tmp_path / "captures"
    captures = writer(folder)
    path = folder / captures.append(page(1)).file
    captures.sync()
    if how == "file deleted":
        path.unlink()
    else:
        folder.rename(tmp_path / "lain")
    if how == "another in its place":
        folder.mkdir()
        path.write_bytes(b"milik orang lain")
    captures.append(page(2))
    for attempt in (captures.sync, captures.close):
        with pytest.raises(NotWritable, match="was moved or deleted while it was written to"):
            attempt()
    if how != "file deleted":
        assert len(list(scan(tmp_path / "lain"))) == 1
    if how == "another in its place":
        assert path.read_bytes() == b"milik orang lain"


def test_a_file_that_another_program_cuts_is_not_written_on(tmp_path):
    with pytest.raises(NotWritable, match="cut it"), writer(tmp_path) as captures:
        file = captures.append(exchange(1)).file
        captures.sync()
        os.truncate(tmp_path / file, 100)
        captures.append(exchange(2))
        captures.sync()
