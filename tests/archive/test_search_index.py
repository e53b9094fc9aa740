"""The index is part of the archive: it changes with the article, or not at all."""

import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy import text

from antara_crawler.archive import Archive, Filters, Writer
from antara_crawler.archive.index import search_index
from antara_crawler.archive.index.groups import BITS
from antara_crawler.errors import NotWritable
from antara_crawler.items import Article
from tests.archive.samples import article, at, capture, start_run


def edition(title: str, *paragraphs: str, hours: float = 0) -> Article:
    """The same article, fetched later with another text."""
    seen = at(hours)
    made = article(1, seen, title=title, paragraphs=paragraphs)
    return replace(made, captures=(capture(1, seen),))


def found(archive: Archive, query: str) -> int:
    return archive.search(query).total


def test_an_article_is_found_by_what_it_says_now(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([edition("Awal", "Tanggul jebol.")], run)
    assert (found(archive, "tanggul"), found(archive, "dermaga")) == (1, 0)
    writer.write([edition("Awal", "Dermaga jebol.", hours=1)], run)
    assert (found(archive, "tanggul"), found(archive, "dermaga")) == (0, 1)
    writer.write([edition("Awal", "Tanggul jebol.", hours=2)], run)
    assert (found(archive, "tanggul"), found(archive, "dermaga")) == (1, 0)
    assert found(archive, "jebol") == 1


def test_other_fields_are_indexed_when_they_change(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([edition("Awal", "Isi.")], run)
    later = replace(edition("Awal", "Isi.", hours=1), tags=("irigasi",))
    [stored] = writer.write([later], run)
    assert stored.outcome == "amended"
    assert (found(archive, "irigasi"), found(archive, '"gotong royong"')) == (1, 0)


def test_counts_follow_an_article_to_another_section_and_year(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([edition("Awal", "Isi."), replace(article(2), section=None)], run)
    later = edition("Awal", "Isi.", hours=1)
    moved = replace(later, section="Banjar", published_at=at(-24 * 400))
    [stored] = writer.write([moved], run)
    assert stored.outcome == "amended"
    counted = archive.search("awal")
    assert (counted.by_section, counted.by_year) == ((("Banjar", 1),), ((2025, 1),))
    narrowed = archive.search("awal OR desa", Filters(portal="kalsel"))
    assert dict(narrowed.by_section) == {"Banjar": 1, None: 1}
    assert not archive.search("awal section:'hulu sungai tengah'").total


def test_the_sums_that_articles_are_ranked_by_are_those_of_the_index(postgres_url: str) -> None:
    with Archive.open(postgres_url, create=True) as archive:
        writer, run = Writer(archive, "test"), start_run(archive)
        writer.write([edition("Awal", "Satu dua tiga."), article(2), article(3)], run)
        writer.write([edition("Awal", "Satu.", hours=1)], run)
        with archive.writing() as connection:
            [row] = connection.execute(text("SELECT id FROM articles WHERE article_id = 2"))
            search_index.forget_articles(connection, [row.id])
        with archive.reading() as connection:
            state = connection.execute(text("SELECT articles, length FROM search_state")).one()
            held = connection.execute(text("SELECT count(*), sum(length) FROM search_index")).one()
        assert tuple(state) == tuple(held)
        assert state.articles == 2


def test_an_older_text_read_late_does_not_hide_the_newer(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([edition("Baru", "Dermaga.", hours=5)], run)
    writer.write([edition("Lama", "Tanggul.", hours=1)], run)
    assert (found(archive, "dermaga"), found(archive, "tanggul")) == (1, 0)


def test_a_batch_that_fails_leaves_the_index_as_it_was(archive: Archive, run: int) -> None:
    Writer(archive, "test").write([edition("Awal", "Tanggul.")], run)
    with pytest.raises(RuntimeError), archive.writing() as connection:
        connection.execute(text("UPDATE articles SET title = 'Dermaga'"))
        search_index.index_articles(connection, [archive.search("").hits[0].id])
        raise RuntimeError
    assert (found(archive, "awal"), found(archive, "dermaga")) == (1, 0)


def test_a_member_that_is_refused_is_not_indexed(
    archive: Archive, writer: Writer, run: int
) -> None:
    bad = replace(article(2), title="Dermaga \x00")
    writer.write([edition("Tanggul", "Isi."), bad], run)
    assert (found(archive, "tanggul"), found(archive, "dermaga")) == (1, 0)


def test_it_can_be_made_anew(archive: Archive, writer: Writer, run: int) -> None:
    writer.write([edition("Awal", "Tanggul."), article(2), article(3)], run)
    writer.write([edition("Awal", "Dermaga.", hours=1)], run)
    before = archive.search("desa")
    with archive.writing() as connection:
        connection.execute(text("UPDATE search_state SET software = 'older'"))
    assert archive.search("desa").outdated
    archive.rebuild_index()
    assert archive.search("desa") == before
    assert (found(archive, "tanggul"), found(archive, "dermaga")) == (0, 1)


def test_an_archive_opened_for_reading_cannot_be_indexed(archive_url: str) -> None:
    with Archive.open(archive_url, create=True) as archive:
        start_run(archive)
    with (
        Archive.open(archive_url, read_only=True) as archive,
        pytest.raises(NotWritable, match="read-only"),
    ):
        archive.rebuild_index()


def test_the_index_of_words_stays_sound(sqlite_url: str) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        writer, run = Writer(archive, "test"), start_run(archive)
        for hours in range(6):
            writer.write([edition(f"Judul {hours}", f"Isi ke-{hours}.", hours=hours)], run)
        assert archive.path
        with sqlite3.connect(archive.path) as connection:
            connection.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
            words = connection.execute(
                "SELECT count(*) FROM search_index WHERE search_index MATCH 'isi'"
            )
            assert words.fetchone() == (1,)


def test_the_index_is_asked_before_the_articles(sqlite_url: str) -> None:
    """A filter beside words must not make SQLite ask the index once for each article."""
    with Archive.open(sqlite_url, create=True) as archive:
        Writer(archive, "test").write([article(1)], start_run(archive))
        with archive.reading() as connection:
            plan = connection.exec_driver_sql(
                "EXPLAIN QUERY PLAN SELECT a.id FROM search_index CROSS JOIN articles AS a"
                " INDEXED BY ix_articles_search WHERE search_index MATCH 'desa'"
                f" AND a.id = search_index.rowid >> {BITS}"
                " AND a.section_key = 'x' AND a.portal = 'kalsel'"
            ).all()
    assert [step[-1].split()[0] for step in plan] == ["SCAN", "SEARCH"]
    assert "COVERING INDEX ix_articles_search" in plan[1][-1]
