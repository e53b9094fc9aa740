"""Rows say what was read and hang together; what does not is found, named and mended."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from antara_crawler.archive import Archive, portal_lock
from antara_crawler.commands.verify import remedies
from tests.portal import Site
from tests.scrapy_runs import Workplace
from tests.stored import crawl_twice, read_otherwise
from tests.verify.archives import check, found, kinds, records, sound


@pytest.fixture
def place(crawled_twice: Workplace) -> Workplace:
    return crawled_twice


@pytest.fixture
def database(place: Workplace) -> Iterator[sqlite3.Connection]:
    """The archive as a careless hand may change it."""
    connection = sqlite3.connect(place.folder / "archive.db", isolation_level=None)
    yield connection
    connection.close()


FLIPS = {
    "title of an article": "UPDATE articles SET title = title || 'x' WHERE id = 7",
    "body of an article": "UPDATE articles SET body = replace(body, 'a', 'e') WHERE id = 7",
    "date of an article": "UPDATE articles SET published_at = '2001-01-01 00:00:00' WHERE id = 7",
    "no text at all": "UPDATE articles SET body = CAST(x'ff41' AS TEXT) WHERE id = 7",
    "no date at all": "UPDATE articles SET published_at = 'x' WHERE id = 7",
    "title of a reading": "UPDATE extractions SET title = title || 'x' WHERE id = 7",
    "text of a reading":
        "UPDATE extractions SET paragraphs = replace(paragraphs, 'a', 'e') WHERE id = 7",
    "no JSON": "UPDATE extractions SET paragraphs = substr(paragraphs, 3) WHERE id = 7",
    "no UTF-8": "UPDATE extractions SET section = CAST(x'41c3' AS TEXT) WHERE id = 7",
    "fingerprint": "UPDATE extractions SET fingerprint = '00' WHERE id = 7",
    "name of a tag":
        "UPDATE tags SET name = name || 'x' WHERE id IN"
        " (SELECT tag_id FROM extraction_tags LIMIT 1)",
    "name of an author":
        "UPDATE authors SET name = name || 'x' WHERE id IN (SELECT author_id FROM bylines LIMIT 1)",
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
    "a change of wording lost": "DELETE FROM changes WHERE event = 'revised'",
    "the kinds of a change": """UPDATE changes SET kinds = '["number", "typo"]'""",
    "a change that was none":
        "INSERT INTO changes (article_id, event, happened_at, kinds)"
        " SELECT min(id), 'revised', '2026-01-01 00:00:00', '[]' FROM articles",
    "a story of one": "INSERT INTO stories (article_id, story_id) VALUES (7, 9)",
    "words in the index": "UPDATE search_index_words SET words = x'00' WHERE article_id = 7",
    "words lost in the index": "DELETE FROM search_index_words WHERE article_id = 7",
    "a term in the index":
        "INSERT INTO search_index (rowid, title, body, title_roots, body_roots)"
        " VALUES (7, 'x', '', '', '')",
    "the index of older software": "UPDATE search_state SET software = 'x'",
}  # fmt: skip
BROKEN = {
    "a file's place": "UPDATE captures SET offset = offset + 1 WHERE id = 9",
    "digest of a fetch": "UPDATE captures SET sha256 = '00' WHERE id = 9",
    "no address": "UPDATE captures SET url = CAST(x'ff' AS TEXT) WHERE id = 9",
    "a revision's number": "UPDATE revisions SET number = 5 WHERE id = 7",
    "another revision": "UPDATE articles SET revision = revision + 1 WHERE id = 7",
    "a page without its article": "UPDATE pages SET article_id = NULL WHERE state = 'stored'",
    "a page with another's article":
        "UPDATE pages SET article_id = 7 WHERE article_id = (SELECT max(article_id) FROM pages)",
    "a state that is none": "UPDATE pages SET state = 'storeb' WHERE id = 5",
    "an author lost": "DELETE FROM authors WHERE id IN (SELECT author_id FROM bylines LIMIT 1)",
    "an article lost": "DELETE FROM articles WHERE id = 7",
    "a reading lost": "DELETE FROM extractions WHERE id = 7",
    "a fetch tied to another reading": "UPDATE captures SET extraction_id = 3 WHERE"
        " extraction_id = 7",
}  # fmt: skip


@pytest.mark.parametrize("flip", FLIPS.values(), ids=FLIPS.keys())
def test_a_damaged_row_is_found_and_named(
    place: Workplace, database: sqlite3.Connection, flip: str
) -> None:
    assert database.execute(flip).rowcount >= 1
    findings = check(place).findings
    assert findings
    for finding, _ in findings:
        assert finding.article or finding.kind in ("capture", "record", "search", "stories")
        assert "connection" not in finding.message


def test_after_every_damage_at_once_a_repair_leaves_nothing_to_find(
    place: Workplace, database: sqlite3.Connection
) -> None:
    before = records(place)
    for flip in FLIPS.values():
        database.execute(flip)
    assert check(place).found
    assert not check(place, repair=True).left
    assert not check(place).found
    assert records(place) == before


@pytest.mark.parametrize("harm", BROKEN.values(), ids=BROKEN.keys())
def test_what_does_not_hang_together_is_found(
    place: Workplace, database: sqlite3.Connection, harm: str
) -> None:
    assert database.execute(harm).rowcount >= 1
    assert check(place).found


def test_the_command_names_the_article_and_mends_it(
    place: Workplace, database: sqlite3.Connection
) -> None:
    hit = records(place)[7]
    name = f"kalsel/{hit['kind']}/{hit['article_id']}"
    database.execute("UPDATE articles SET title = 'x' WHERE url = ?", [hit["url"]])
    finding = found(place)[0]
    assert (finding["kind"], finding["article"]) == ("article", name)
    assert "its title differ from its current reading" in finding["message"]
    said = sound(place, "--repair").out
    assert f"({name}): its title differ" in said
    assert "[mended: put back to what its reading says]" in said
    assert records(place)[7] == hit


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
    before = records(place)
    with Archive.open(place.archive_url) as archive:
        read_otherwise(archive, before[7]["article_id"], section="Rubrik lama")
    assert records(place) != before
    assert not check(place).found
    database.execute("UPDATE extractions SET title = 'x' WHERE section = 'Rubrik lama'")
    [(_, how), *_] = check(place, repair=True).findings
    assert how == "read again from its raw record, with today's code"
    assert not check(place).found
    assert records(place) == before


def test_what_is_being_crawled_is_not_mended(
    place: Workplace, database: sqlite3.Connection
) -> None:
    database.execute("UPDATE articles SET title = 'x' WHERE id = 7")
    with Archive.open(place.archive_url) as archive, portal_lock(archive, "kalsel"):
        assert check(place, repair=True).left


def test_a_damaged_page_of_the_database_file_is_found(place: Workplace) -> None:
    path = place.folder / "archive.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(root,)] = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_articles_published_at'"
        )
        [(size,)] = connection.execute("PRAGMA page_size")
    connection.close()
    with path.open("r+b") as file:
        file.seek(root * size - 60)
        file.write(bytes(40))
    assert "database" in {each["kind"] for each in found(place)}


@pytest.mark.parametrize(
    ("left", "repair", "named"),
    [
        ({"reading"}, False, ["scrapy verify --repair"]),
        ({"reading"}, True, ["from a copy, or make it anew"]),
        ({"link"}, False, ["from a copy, or make it anew"]),
        ({"frontier", "search"}, False, ["--repair", "from a copy, or make it anew"]),
        ({"record"}, False, ["put files"]),
        ({"record"}, True, ["put files"]),
        ({"torn tail"}, False, ["put files", "--repair"]),
        ({"uncited"}, False, ["scrapy rebuild --add", "--repair"]),
        ({"uncited"}, True, ["scrapy rebuild --add"]),
        (set(), True, []),
    ],
)
def test_no_remedy_is_named_that_mends_nothing(
    left: set[str], repair: bool, named: list[str]
) -> None:
    told = list(remedies(left, repair))
    assert len(told) == len(named)
    assert all(each in line for each, line in zip(named, told, strict=True))


def test_a_person_is_shown_some_of_many(place: Workplace, database: sqlite3.Connection) -> None:
    database.execute("UPDATE articles SET language = 'x'")
    ended = place.run("verify")
    assert ended.status == 4
    assert len(ended.out.splitlines()) < 30
    assert "and 4 more of these kinds" in ended.out
    assert "24 things are wrong" in ended.out
    assert "next      scrapy verify --repair mends" in ended.out


def test_on_postgresql_damaged_rows_are_found_and_mended(tmp_path: Path, postgres_url: str) -> None:
    place = Workplace(tmp_path, postgres_url)
    crawl_twice(place, Site(seed=22, articles=8))
    before = records(place)
    with Archive.open(postgres_url) as archive, archive.writing() as connection:
        connection.execute(text("UPDATE articles SET title = 'x' WHERE id = 3"))
        connection.execute(text("UPDATE extractions SET paragraphs = '[]' WHERE id = 4"))
        connection.execute(text("UPDATE tags SET name = name || 'x'"))
        connection.execute(text("UPDATE search_index SET length = 3 WHERE article_id = 5"))
    assert kinds(check(place)) == {"article", "reading", "search"}
    assert "not mended" not in sound(place, "--repair").out
    assert not check(place).found
    assert records(place) == before
