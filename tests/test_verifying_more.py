"""What else a check finds: damaged files of the database, PostgreSQL, wrong usage."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from antara_crawler.archive import Archive
from tests.portal import Site
from tests.scrapy_runs import Ended, Workplace
from tests.stored import crawl_twice

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


def test_a_damaged_page_of_the_database_file_is_found(place: Workplace) -> None:
    path = place.folder / "archive.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(root,)] = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_articles_published_at'"
        )
        [(size,)] = connection.execute("PRAGMA page_size")
    with path.open("r+b") as file:
        file.seek((root - 1) * size + size // 2)
        file.write(bytes(40))
    findings = found(place)
    assert "database" in {each["kind"] for each in findings}


def test_a_person_is_shown_some_of_many(place: Workplace, database: sqlite3.Connection) -> None:
    database.execute("UPDATE articles SET title = 'x'")
    ended = place.run("verify")
    assert ended.status == 4
    assert len(ended.out.splitlines()) < 30
    assert "and 40 more of these kinds" in ended.out
    assert "60 things are wrong" in ended.out


def test_on_postgresql_damaged_rows_are_found_and_mended(tmp_path: Path, postgres_url: str) -> None:
    place = Workplace(tmp_path, postgres_url)
    crawl_twice(place, Site(seed=22, articles=16))
    before = place.run("export").out
    with Archive.open(postgres_url) as archive, archive.writing() as connection:
        connection.execute(text("UPDATE articles SET title = 'x' WHERE id = 3"))
        connection.execute(text("UPDATE extractions SET paragraphs = '[]' WHERE id = 4"))
        connection.execute(text("UPDATE tags SET name = name || 'x'"))
    kinds = {each["kind"] for each in found(place)}
    assert kinds == {"article", "reading"}
    assert "not mended" not in sound(place, "--repair").out
    sound(place)
    assert place.run("export").out == before


@pytest.mark.parametrize(("words", "said"), [(["--fix"], "--fix"), (["kalsel"], "'kalsel'")])
def test_wrong_usage_of_verify_ends_with_status_2(
    tmp_path: Path, words: list[str], said: str
) -> None:
    ended = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db").run("verify", *words)
    assert ended.status == 2
    assert said in ended.err
    assert len(ended.err.splitlines()) == 1


def test_without_captures_every_file_is_missed(place: Workplace) -> None:
    shutil.rmtree(place.folder / "captures")
    assert {each["kind"] for each in found(place)} == {"missing file"}
