"""What was kept is there and says what it said; whatever does not is found, named and mended."""

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from antara_crawler.archive import Archive, captured
from antara_crawler.captures import CaptureWriter
from tests.captures.samples import exchange
from tests.portal import Site
from tests.scrapy_runs import Ended, Workplace
from tests.stored import crawl_twice, read_otherwise

LEAD = "Warga Desa Awang Landas memperbaiki jembatan gantung bersama relawan pada Selasa."


@pytest.fixture
def place(crawled_twice: Workplace) -> Workplace:
    return crawled_twice


@pytest.fixture
def database(place: Workplace) -> Iterator[sqlite3.Connection]:
    """The archive as a careless hand may change it."""
    connection = sqlite3.connect(place.folder / "archive.db", isolation_level=None)
    yield connection
    connection.close()


def found(place: Workplace, *words: str) -> list[dict[str, Any]]:
    """Return the findings of a check that ends with status 4."""
    ended = place.run("verify", "--json", *words)
    assert ended.status == 4, ended.out + ended.err
    told = json.loads(ended.out)
    assert not told["sound"]
    assert told["found"] == len(told["findings"])
    return list(told["findings"])


def sound(place: Workplace, *words: str) -> Ended:
    ended = place.run("verify", *words)
    assert ended.status == 0, ended.out + ended.err
    return ended


def path_of(place: Workplace, record: dict[str, Any]) -> Path:
    path: Path = place.folder / "captures" / record["capture"]["file"]
    return path


def test_a_sound_archive_takes_a_few_lines(place: Workplace) -> None:
    lines = sound(place).out.splitlines()
    assert len(lines) < 10
    assert lines[-1] == "all is well"
    assert "articles  60, 62 revisions of them" in lines
    told = json.loads(sound(place, "--json").out)
    assert told["sound"] is True
    assert told["findings"] == []
    assert told["checked"]["articles"] == 60
    assert told["checked"]["records"] == told["checked"]["cited"] > 120


def test_a_check_changes_nothing(place: Workplace) -> None:
    before = {path: path.read_bytes() for path in place.folder.rglob("*.warc.gz")}
    with sqlite3.connect(place.folder / "archive.db") as connection:
        dump = list(connection.iterdump())
    assert sound(place, "--repair").out.endswith("all is well\n")
    sound(place)
    with sqlite3.connect(place.folder / "archive.db") as connection:
        after = [line for line in connection.iterdump() if '"runs"' not in line]
    assert after == [line for line in dump if '"runs"' not in line]
    assert {path: path.read_bytes() for path in place.folder.rglob("*.warc.gz")} == before


def test_it_is_sound_on_either_database_after_readings_and_imports(
    tmp_path: Path, archive_url: str
) -> None:
    place = Workplace(tmp_path, archive_url)
    crawl_twice(place, Site(seed=22, articles=16))
    with Archive.open(archive_url) as archive:
        read_otherwise(archive, tags=("Tag lama",), dateline=None)
    assert "16 articles changed" in place.run("reextract").out
    dump = tmp_path / "dump.txt"
    dump.write_text(f"{LEAD}\nBaca juga: Warga menanam karet\n{LEAD}\n", "utf-8")
    assert place.run("import", str(dump), "--portal", "kalsel").status == 0
    ended = sound(place)
    assert "readings  35, " in ended.out  # 18 wordings, 16 read again, and the import


@pytest.mark.parametrize("seed", range(6))
def test_a_flipped_byte_in_a_raw_record_is_found_and_named(place: Workplace, seed: int) -> None:
    rng = Random(seed)
    with Archive.open(place.archive_url, read_only=True) as archive:
        hit = rng.choice(list(captured.cited(archive))).capture
    path = place.folder / "captures" / hit.file
    at = hit.offset + (4 if not seed else rng.randrange(hit.length))
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1 << rng.randrange(8)
    path.write_bytes(raw)
    findings = found(place)
    assert f"{hit.file}@{hit.offset}" in {each["place"] for each in findings}
    assert any(hit.url in each["message"] for each in findings)


def test_a_file_that_is_gone_is_found_with_what_it_held(place: Workplace) -> None:
    record = place.records()[0]
    path_of(place, record).unlink()
    [finding] = found(place)
    assert finding["kind"] == "missing file"
    assert finding["place"] == record["capture"]["file"]
    assert " more" in finding["message"]
    [left] = found(place, "--repair")
    assert left["mended"] is None


def test_a_file_that_was_cut_is_found_with_all_that_it_lost(place: Workplace) -> None:
    record = max(place.records(), key=lambda each: each["capture"]["offset"])
    os.truncate(path_of(place, record), record["capture"]["offset"] + 20)
    kinds = {each["kind"] for each in found(place)}
    assert kinds == {"torn tail", "record"}


def test_a_torn_tail_is_found_and_cut(place: Workplace) -> None:
    path = path_of(place, place.records()[0])
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:100])
    [finding] = found(place)
    assert (finding["kind"], finding["place"]) == ("torn tail", f"{path.name}@{len(whole)}")
    assert "[mended: cut off]" in sound(place, "--repair").out
    assert path.read_bytes() == whole
    sound(place)


def test_records_that_no_row_cites_are_found_and_adopted(place: Workplace) -> None:
    with CaptureWriter(place.folder / "captures", "kalsel", software="tests") as captures:
        kept = [captures.append(exchange(number)) for number in range(3)]
    findings = found(place)
    assert [each["kind"] for each in findings] == ["uncited"] * 3
    assert [each["place"] for each in findings] == [f"{c.file}@{c.offset}" for c in kept]
    assert sound(place, "--repair").out.count("[mended: adopted]") == 3
    sound(place)


def test_a_file_that_is_being_written_is_no_fault(place: Workplace) -> None:
    with CaptureWriter(place.folder / "captures", "kalteng", software="tests") as captures:
        captures.append(exchange(1))
        captures.sync()
        sound(place)
    assert [each["kind"] for each in found(place)] == ["uncited"]


FLIPS = {
    "title of an article": "UPDATE articles SET title = title || 'x' WHERE id = 7",
    "body of an article": "UPDATE articles SET body = replace(body, 'a', 'e') WHERE id = 7",
    "date of an article": "UPDATE articles SET published_at = '2001-01-01 00:00:00' WHERE id = 7",
    "no text at all": "UPDATE articles SET body = CAST(x'ff41' AS TEXT) WHERE id = 7",
    "title of a reading": "UPDATE extractions SET title = title || 'x' WHERE id = 7",
    "text of a reading":
        "UPDATE extractions SET paragraphs = replace(paragraphs, 'a', 'e') WHERE id = 7",
    "no JSON": "UPDATE extractions SET paragraphs = substr(paragraphs, 3) WHERE id = 7",
    "no UTF-8": "UPDATE extractions SET section = CAST(x'41c3' AS TEXT) WHERE id = 7",
    "fingerprint": "UPDATE extractions SET fingerprint = '00' WHERE id = 7",
    "name of a tag":
        "UPDATE tags SET name = name || 'x' WHERE id IN"
        " (SELECT tag FROM extraction_tags LIMIT 1)",
    "name of an author":
        "UPDATE authors SET name = name || 'x' WHERE id IN (SELECT author FROM bylines LIMIT 1)",
    "a removed paragraph":
        "UPDATE removed_paragraphs SET text = text || 'x' WHERE rowid IN"
        " (SELECT min(rowid) FROM removed_paragraphs)",
    "a removed paragraph's place":
        "UPDATE removed_paragraphs SET repeats = position WHERE rowid IN"
        " (SELECT min(rowid) FROM removed_paragraphs)",
    "a picture gone": "DELETE FROM pictures WHERE rowid IN (SELECT min(rowid) FROM pictures)",
    "a link": "UPDATE related_links SET url = NULL WHERE rowid IN"
        " (SELECT min(rowid) FROM related_links WHERE url IS NOT NULL)",
    "address of a fetch": "UPDATE captures SET url = url || 'x' WHERE role = 'listing'",
    "status of a fetch": "UPDATE captures SET status = 201 WHERE id = 9",
}  # fmt: skip


@pytest.mark.parametrize("flip", FLIPS.values(), ids=FLIPS.keys())
def test_a_damaged_row_is_found_named_and_mended(
    place: Workplace, database: sqlite3.Connection, flip: str
) -> None:
    before = place.run("export").out
    changed = database.execute(flip).rowcount
    assert changed >= 1
    findings = found(place)
    assert len(findings) >= changed
    for each in findings:
        assert each["article"] or each["kind"] in ("capture", "record")
    assert "not mended" not in sound(place, "--repair").out
    sound(place)
    assert place.run("export").out == before


BROKEN = {
    "a file's place": "UPDATE captures SET offset = offset + 1 WHERE id = 9",
    "digest of a fetch": "UPDATE captures SET sha256 = '00' WHERE id = 9",
    "no address": "UPDATE captures SET url = CAST(x'ff' AS TEXT) WHERE id = 9",
    "a revision's number": "UPDATE revisions SET number = 5 WHERE id = 7",
    "another revision": "UPDATE articles SET revision = 2 WHERE id = 7",
    "a page without its article": "UPDATE pages SET article = NULL WHERE state = 'stored'",
    "a page with another's article":
        "UPDATE pages SET article = 7 WHERE article = (SELECT max(article) FROM pages)",
    "a state that is none": "UPDATE pages SET state = 'storeb' WHERE id = 5",
    "an author lost": "DELETE FROM authors WHERE id IN (SELECT author FROM bylines LIMIT 1)",
    "an article lost": "DELETE FROM articles WHERE id = 7",
    "a reading lost": "DELETE FROM extractions WHERE id = 7",
    "a fetch tied to another reading": "UPDATE captures SET extraction_id = 3 WHERE"
        " extraction_id = 7",
}  # fmt: skip


@pytest.mark.parametrize("harm", BROKEN.values(), ids=BROKEN.keys())
def test_what_does_not_hang_together_is_found(
    place: Workplace, database: sqlite3.Connection, harm: str
) -> None:
    assert database.execute(harm).rowcount >= 1
    assert found(place)


def test_a_reading_whose_record_is_lost_cannot_be_mended(
    place: Workplace, database: sqlite3.Connection
) -> None:
    [(extraction, file)] = database.execute(
        "SELECT extractions.id, file FROM extractions JOIN captures ON captures.id = capture_id"
        " WHERE extractions.id = 7"
    )
    (place.folder / "captures" / file).unlink()
    database.execute("UPDATE extractions SET title = 'x' WHERE id = ?", [extraction])
    ended = place.run("verify", "--repair")
    assert ended.status == 4
    assert "it does not say what was read (its digest differs) [not mended]" in ended.out
    assert f"missing file: {file}: " in ended.out


def test_what_today_s_code_reads_otherwise_is_mended_as_today_s_reading(
    place: Workplace, database: sqlite3.Connection
) -> None:
    before = place.run("export").out
    with Archive.open(place.archive_url) as archive:
        read_otherwise(archive, place.records()[7]["article_id"], section="Rubrik lama")
    assert place.run("export").out != before
    sound(place)
    database.execute("UPDATE extractions SET title = 'x' WHERE section = 'Rubrik lama'")
    ended = sound(place, "--repair")
    assert "[mended: read again from its raw record, with today's code]" in ended.out
    assert place.run("export").out == before
