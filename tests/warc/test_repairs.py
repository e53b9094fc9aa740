"""A torn tail is cut after the last whole record; nothing else is ever touched."""

import bisect
from itertools import pairwise

import pytest

from antara_crawler.warc import Repair, repair, scan

from .samples import boundaries, exchange, passes_warcio_check, writer, written


@pytest.fixture
def kept(tmp_path):
    """A file of three captures, one of them a revisit: path, captures, bytes, boundaries."""
    with writer(tmp_path) as captures:
        captures.set_robots("User-agent: *\n")
        first = captures.append(exchange(1))
        made = [first, captures.append(exchange(1), first), captures.append(exchange(3))]
    path = tmp_path / first.file
    return path, made, path.read_bytes(), boundaries(path)


def test_a_file_cut_at_any_byte_keeps_exactly_its_whole_records(tmp_path, kept):
    path, made, whole, ends = kept
    assert len(ends) == 9
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        keep = ends[bisect.bisect_right(ends, size) - 1]
        expected = [] if keep == size else [Repair(path.name, keep, size - keep)]
        assert repair(tmp_path) == expected, size
        assert path.read_bytes() == whole[:keep]
        there = [each.capture for each in scan(tmp_path)]
        assert there == [c for c in made if c.offset + c.length <= keep]
        assert size % 31 or passes_warcio_check(path)


def test_a_tail_behind_a_known_end_is_cut_as_well(tmp_path, kept):
    path, made, whole, ends = kept
    known = {path.name: made[1].offset + made[1].length}
    for size in range(known[path.name], len(whole), 3):
        path.write_bytes(whole[:size])
        repair(tmp_path, known)
        assert path.read_bytes() == whole[: ends[bisect.bisect_right(ends, size) - 1]]


def test_a_tail_of_unwritten_blocks_is_cut(tmp_path, kept):
    path, _, whole, ends = kept
    for size in (ends[-1], ends[-2] + 10, ends[-3] + 1):
        path.write_bytes(whole[:size] + bytes(4096))
        keep = ends[bisect.bisect_right(ends, size) - 1]
        assert repair(tmp_path) == [Repair(path.name, keep, size + 4096 - keep)]
        assert path.read_bytes() == whole[:keep]


def test_a_whole_file_is_left_alone_and_a_second_repair_finds_nothing(tmp_path, kept):
    path, _, whole, _ = kept
    assert repair(tmp_path) == []
    path.write_bytes(whole[:-5])
    assert len(repair(tmp_path)) == 1
    assert repair(tmp_path) == []


def test_damage_before_the_end_is_not_cut(tmp_path, kept):
    path, _, whole, ends = kept
    for start, end in pairwise(ends[:-1]):
        for place in {start, start + 1, (start + end) // 2, end - 1}:
            damaged = bytearray(whole)
            damaged[place] ^= 0xFF
            path.write_bytes(damaged)
            assert repair(tmp_path) == []
            assert path.read_bytes() == damaged


def test_a_known_end_that_is_no_record_end_cuts_no_whole_record(tmp_path, kept):
    path, _, whole, ends = kept
    for wrong in (ends[-1] - 1, ends[-2] + 7, ends[3] + 1, 10**9):
        path.write_bytes(whole)
        assert repair(tmp_path, {path.name: wrong}) == []
        assert path.read_bytes() == whole


def test_a_file_that_is_being_written_is_not_touched(tmp_path):
    with writer(tmp_path) as captures:
        capture = captures.append(exchange(1))
        captures.sync()
        path = tmp_path / capture.file
        whole = path.read_bytes()
        torn = whole + whole[: capture.offset // 2]
        path.write_bytes(torn)
        assert repair(tmp_path) == []
        assert path.read_bytes() == torn
    assert repair(tmp_path) == [Repair(path.name, len(whole), len(torn) - len(whole))]
    assert passes_warcio_check(path)


def test_a_tail_that_is_no_torn_record_is_left_for_a_person(tmp_path, kept):
    path, _, whole, _ = kept
    path.write_bytes(whole + b"catatan seseorang")
    assert repair(tmp_path) == []
    assert path.read_bytes() == whole + b"catatan seseorang"


def test_a_file_of_someone_else_without_a_whole_record_is_not_emptied(tmp_path, kept):
    _path, _, whole, _ = kept
    strange = tmp_path / "catatan.warc.gz"
    for content in (b"bukan arsip", whole[:50], b"WARC/1.1\r\nbukan", b""):
        strange.write_bytes(content)
        assert repair(tmp_path) == []
        assert strange.read_bytes() == content
    strange.write_bytes(whole[:-3])
    assert [done.file for done in repair(tmp_path)] == ["catatan.warc.gz"]


def test_a_folder_that_is_not_there_needs_no_repair(tmp_path):
    assert repair(tmp_path / "tidak-ada") == []


def test_files_in_subfolders_are_named_from_the_folder(tmp_path):
    (capture,) = written(tmp_path / "2026", [exchange()])
    path = tmp_path / "2026" / capture.file
    path.write_bytes(path.read_bytes()[:-1])
    assert [done.file for done in repair(tmp_path)] == [f"2026/{capture.file}"]


def test_what_is_no_file_is_passed_over(tmp_path):
    (tmp_path / "map.warc.gz").mkdir()
    (tmp_path / "hilang.warc.gz").symlink_to(tmp_path / "tidak-ada")
    assert repair(tmp_path) == []
