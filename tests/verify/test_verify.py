"""Raw records are there and are the ones that were stored; whatever is not is found and named."""

import json
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from antara_crawler.archive import Archive
from antara_crawler.archive.store import captured
from antara_crawler.errors import NotWritable
from antara_crawler.verify import report
from antara_crawler.verify.articles import Finding
from antara_crawler.warc import CaptureWriter
from tests.portal import Site
from tests.scrapy_runs import Workplace
from tests.stored import crawl_twice, read_otherwise
from tests.verify.archives import check, found, kinds, path_of, records, sound
from tests.warc.samples import exchange

LEAD = "Warga Desa Awang Landas memperbaiki jembatan gantung bersama relawan pada Selasa."


@pytest.fixture
def place(crawled_twice: Workplace) -> Workplace:
    return crawled_twice


def test_a_sound_archive_takes_a_few_lines(place: Workplace) -> None:
    lines = sound(place).out.splitlines()
    assert len(lines) < 10
    assert lines[-1] == "all is well"
    assert "articles  24, 26 revisions of them" in lines
    told = json.loads(sound(place, "--json").out)
    assert told["sound"] is True
    assert told["findings"] == []
    assert told["checked"]["articles"] == told["checked"]["indexed"] == 24
    assert told["checked"]["records"] == told["checked"]["cited"] > 100


def test_a_check_changes_nothing(place: Workplace) -> None:
    def kept() -> tuple[dict[Path, bytes], list[str]]:
        with sqlite3.connect(place.folder / "archive.db") as connection:
            lines = [line for line in connection.iterdump() if '"runs"' not in line]
        return {path: path.read_bytes() for path in place.folder.rglob("*.warc.gz")}, lines

    before = kept()
    assert sound(place, "--repair").out.endswith("all is well\n")
    sound(place)
    assert kept() == before


def test_it_is_sound_on_postgresql_too_after_readings_and_imports(
    tmp_path: Path, postgres_url: str
) -> None:
    place = Workplace(tmp_path, postgres_url)
    crawl_twice(place, Site(seed=22, articles=16))
    with Archive.open(postgres_url) as archive:
        read_otherwise(archive, tags=("Tag lama",), dateline=None)
    assert "16 articles changed" in place.run("reextract").out
    dump = tmp_path / "dump.txt"
    dump.write_text(f"{LEAD}\nBaca juga: Warga menanam karet\n{LEAD}\n", "utf-8")
    assert place.run("import", str(dump), "--portal", "kalsel").status == 0
    ended = sound(place)
    assert "readings  35, " in ended.out  # 18 wordings, 16 read again, and the import


@pytest.mark.parametrize("seed", range(12))
def test_a_flipped_byte_in_a_raw_record_is_found_and_named(place: Workplace, seed: int) -> None:
    rng = Random(seed)
    with Archive.open(place.archive_url, read_only=True) as archive:
        hit = rng.choice(list(captured.cited(archive))).capture
    path = place.folder / "captures" / hit.file
    at = hit.offset + (4 if not seed else rng.randrange(hit.length))  # 4: a date that none reads
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1 << rng.randrange(8)
    path.write_bytes(raw)
    findings = {finding.place: finding.message for finding, _ in check(place).findings}
    assert hit.url in findings[f"{hit.file}@{hit.offset}"]


def test_a_file_that_is_gone_is_found_with_what_it_held(place: Workplace) -> None:
    record = records(place)[0]
    path_of(place, record).unlink()
    [finding] = found(place)
    assert finding["kind"] == "missing file"
    assert finding["place"] == record["capture"]["file"]
    assert " more" in finding["message"]
    [left] = found(place, "--repair")
    assert left["mended"] is None


def test_a_file_that_was_cut_is_found_with_all_that_it_lost(place: Workplace) -> None:
    record = max(records(place), key=lambda each: each["capture"]["offset"])
    os.truncate(path_of(place, record), record["capture"]["offset"] + 20)
    assert kinds(check(place)) == {"torn tail", "record"}


def test_a_torn_tail_is_found_and_cut(place: Workplace) -> None:
    path = path_of(place, records(place)[0])
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:100])
    [finding] = found(place)
    assert (finding["kind"], finding["place"]) == ("torn tail", f"{path.name}@{len(whole)}")
    assert "[mended: cut off]" in sound(place, "--repair").out
    assert path.read_bytes() == whole
    assert not check(place).found


def test_a_file_that_no_row_cites_is_found_and_left_to_be_rebuilt(place: Workplace) -> None:
    with CaptureWriter(place.folder / "captures", "kalsel", software="tests") as captures:
        kept = [captures.append(exchange(number)) for number in range(3)]
    findings = found(place)
    assert [each["kind"] for each in findings] == ["uncited"] * 3
    assert [each["place"] for each in findings] == [f"{c.file}@{c.offset}" for c in kept]
    told = place.run("verify", "--repair")
    assert (told.status, told.out.count("[not mended]")) == (4, 3), "adopted, none would be read"
    assert "next      scrapy rebuild --add takes in" in told.out
    place.run("rebuild", "--add")
    assert not check(place).found


def test_a_record_whose_row_is_lost_is_adopted(place: Workplace) -> None:
    with sqlite3.connect(place.folder / "archive.db") as connection:
        connection.execute("DELETE FROM captures WHERE id = (SELECT max(id) FROM captures)")
    assert kinds(check(place)) == {"uncited"}
    assert not check(place, repair=True).left
    assert not check(place).found


def test_a_file_that_is_being_written_is_no_fault(place: Workplace) -> None:
    with CaptureWriter(place.folder / "captures", "kalteng", software="tests") as captures:
        captures.append(exchange(1))
        captures.sync()
        assert not check(place).found
    assert kinds(check(place)) == {"uncited"}


def test_without_captures_every_file_is_missed(place: Workplace) -> None:
    shutil.rmtree(place.folder / "captures")
    assert kinds(check(place)) == {"missing file"}


@pytest.mark.parametrize(("words", "said"), [(["--fix"], "--fix"), (["kalsel"], "'kalsel'")])
def test_wrong_usage_of_verify_ends_with_status_2(
    tmp_path: Path, words: list[str], said: str
) -> None:
    ended = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db").run("verify", *words)
    assert ended.status == 2
    assert said in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_database_that_goes_away_is_no_finding(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def went_away(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
        yield from ()
        raise NotWritable("the connection to the database server was lost", transient=True)

    monkeypatch.setattr(report, "CHECKS", (went_away,))
    with pytest.raises(NotWritable, match="was lost"):
        check(place)
