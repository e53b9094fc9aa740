"""`scrapy copy`: from SQLite to PostgreSQL and back, the same row by row."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select, text, update

from antara_crawler.archive import Archive, Frontier, Writer, schema
from antara_crawler.archive.copying import TABLES, copy
from antara_crawler.archive.index import search_index
from antara_crawler.archive.tables.articles import Articles, Bylines, SearchState
from antara_crawler.commands.copy import Command
from antara_crawler.errors import ArchiveBusy, UsageError
from tests.archive.samples import START, article, page, start_run
from tests.commands.library import Library

Output = pytest.CaptureFixture[str]


def rows_of(url: str) -> dict[str, list[tuple[Any, ...]]]:
    with Archive.open(url, read_only=True) as archive, archive.reading() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in TABLES
        }


def keys_of(connection: Connection) -> list[str]:
    """The keys to other tables, and the indexes."""
    about = inspect(connection)
    return sorted(
        f"{table} {key['name']} {key.get('referred_table', '')}"
        for table in about.get_table_names()
        for key in (*about.get_foreign_keys(table), *about.get_indexes(table))
    )


class Cut(Exception):
    """Ends a copy on its way, as a kill would."""


def copy_until(source: str, target: str, end: str) -> None:
    """Copy, and stop where `end` is first told."""

    def told(what: str, rows: int) -> None:
        if what == end:
            raise Cut

    with (
        Archive.open(source, read_only=True) as here,
        Archive.open(target, create=True, unfinished=True) as there,
        pytest.raises(Cut),
    ):
        copy(here, there, told)


def half_of_index(target: str) -> str:
    """What is told when the index of a copy of an SQLite archive is half there."""
    return "search_index_data" if target.startswith("sqlite") else "search index"


def test_there_and_back_every_row_is_the_same_and_work_goes_on(
    library: Library, tmp_path: Path, postgres_server: Any, capsys: Output
) -> None:
    url, back = library.place.archive_url, f"sqlite:///{tmp_path}/back.db"
    postgres_url, second = postgres_server.new_database(), postgres_server.new_database()
    assert library.call(Command(), url, postgres_url) == 0
    assert "each row was compared and is the same" in capsys.readouterr().err
    assert library.call(Command(), postgres_url, back) == 0
    assert library.call(Command(), postgres_url, second) == 0
    whole = rows_of(url)
    assert rows_of(postgres_url) == whole
    assert rows_of(back) == whole
    assert rows_of(second) == whole
    assert whole["articles"]
    for copied in (postgres_url, back, second):
        with Archive.open(copied) as archive:
            found = archive.search("jembatan")
            assert [hit.article_id for hit in found.hits]
            other = article(77, section="Rubrik baru")
            Writer(archive, "test").write([other], start_run(archive))
            assert archive.article("kalsel/berita/77") is not None
            assert archive.search("rubrik:'Rubrik baru'").total == 1
            assert Frontier(archive).queue([page(78)], run=start_run(archive), now=START)


def test_a_copy_has_the_keys_and_indexes_of_an_archive_made_there(
    library: Library, archive_url: str, tmp_path: Path, postgres_server: Any
) -> None:
    sqlite = archive_url.startswith("sqlite")
    fresh = f"sqlite:///{tmp_path}/fresh.db" if sqlite else postgres_server.new_database()
    assert library.call(Command(), library.place.archive_url, archive_url) == 0
    with (
        Archive.open(fresh, create=True) as made,
        Archive.open(archive_url, read_only=True) as copied,
        made.reading() as one,
        copied.reading() as other,
    ):
        assert keys_of(other) == keys_of(one) != []


def test_a_copy_takes_the_words_of_the_index_along_and_makes_anew_what_is_damaged(
    library: Library, tmp_path: Path, postgres_url: str
) -> None:
    url = f"sqlite:///{tmp_path}/source.db"
    assert library.call(Command(), library.place.archive_url, url) == 0
    with Archive.open(url) as archive, archive.writing() as connection:
        connection.execute(text("UPDATE search_index_words SET words = x'00' WHERE article_id = 2"))
    assert library.call(Command(), url, postgres_url) == 0
    with Archive.open(postgres_url, read_only=True) as copied, copied.reading() as connection:
        differing = search_index.differing(connection, [*connection.scalars(select(Articles.id))])
        assert differing[2] is False
        assert not any(differing.values())


def test_postgresql_has_looked_over_the_rows_of_a_copy_and_of_an_index_made_anew(
    library: Library, postgres_url: str
) -> None:
    seen = text("SELECT relname, relallvisible FROM pg_class WHERE relname = ANY(:names)")
    names = {"names": ["articles", "search_index"]}
    assert library.call(Command(), library.place.archive_url, postgres_url) == 0
    with Archive.open(postgres_url) as archive:
        for again in (False, True):
            if again:
                archive.rebuild_index()
            with archive.reading() as connection:
                pages = {row.relname: row.relallvisible for row in connection.execute(seen, names)}
            assert set(pages) == set(names["names"])
            assert min(pages.values()) > 0


@pytest.mark.parametrize("end", ["captures", "index"])
def test_a_copy_cut_off_is_no_archive_until_the_same_command_ends_it(
    library: Library, archive_url: str, end: str
) -> None:
    url = library.place.archive_url
    copy_until(url, archive_url, end if end != "index" else half_of_index(archive_url))
    with pytest.raises(UsageError, match="a copy that was not finished"):
        Archive.open(archive_url, read_only=True)
    assert library.call(Command(), url, archive_url) == 0
    assert rows_of(archive_url) == rows_of(url)
    with Archive.open(archive_url, read_only=True) as archive:
        assert len(archive.search("jembatan").hits) == 3


def test_what_changed_in_between_is_taken_along(
    library: Library, tmp_path: Path, archive_url: str
) -> None:
    url = f"sqlite:///{tmp_path}/source.db"
    assert library.call(Command(), library.place.archive_url, url) == 0
    copy_until(url, archive_url, half_of_index(archive_url))
    with Archive.open(url) as archive, archive.writing() as connection:
        changed = update(Articles).where(Articles.article_id == 2)
        connection.execute(changed.values(title="Terowongan kereta"))
        search_index.index_articles(connection, list(connection.scalars(select(Articles.id))))
        one = connection.execute(select(Bylines)).first()
        assert one is not None
        connection.execute(
            Bylines.__table__.delete().where(  # type: ignore[attr-defined]
                Bylines.extraction_id == one.extraction_id,
                Bylines.role == one.role,
                Bylines.position == one.position,
            )
        )
    assert library.call(Command(), url, archive_url) == 0
    assert rows_of(archive_url) == rows_of(url)
    with Archive.open(archive_url, read_only=True) as archive:
        assert [hit.article_id for hit in archive.search("terowongan").hits] == [2]
        assert not archive.search("karet").hits


def test_an_index_of_other_software_is_made_anew(library: Library, tmp_path: Path) -> None:
    source, target = (f"sqlite:///{tmp_path}/{name}.db" for name in ("source", "target"))
    assert library.call(Command(), library.place.archive_url, source) == 0
    # What is there of the index is of a call that copied it as it was.
    copy_until(source, target, "search_index_data")
    with Archive.open(source) as archive, archive.writing() as connection:
        connection.execute(update(SearchState).values(software="older"))
    assert library.call(Command(), source, target) == 0
    with Archive.open(target, read_only=True) as archive:
        found = archive.search("jembatan")
        assert len(found.hits) == 3
        assert not found.outdated


def test_nothing_is_copied_over_an_archive_or_from_none(
    library: Library, tmp_path: Path, capsys: Output
) -> None:
    url = library.place.archive_url
    held = f"sqlite:///{tmp_path}/held.db"
    with Archive.open(held, create=True) as archive:
        start_run(archive)
    before = rows_of(held)
    for words, said in (
        ([url, held], "holds an archive already"),
        ([url, url], "name the same archive"),
        ([url], "name two archives"),
        ([f"sqlite:///{tmp_path}/none.db", held], "there is no archive"),
        ([url, "mysql://x/y"], "TO_URL asks for mysql"),
    ):
        assert library.call(Command(), *words) == 2
        told = capsys.readouterr().err
        assert said in told
        assert told.count("\n") == 1
    assert rows_of(held) == before


def test_two_copies_into_one_place_do_not_mix(library: Library, archive_url: str) -> None:
    url = library.place.archive_url

    def told(what: str, rows: int) -> None:
        with (
            Archive.open(url, read_only=True) as here,
            Archive.open(archive_url, unfinished=True) as there,
        ):
            copy(here, there, lambda what, rows: None)

    with (
        Archive.open(url, read_only=True) as here,
        Archive.open(archive_url, create=True, unfinished=True) as there,
        pytest.raises(ArchiveBusy, match="another process copies"),
    ):
        copy(here, there, told)


def test_a_copy_that_another_process_began_just_now_is_waited_for(
    library: Library, sqlite_url: str
) -> None:
    copy_until(library.place.archive_url, sqlite_url, "articles")
    with (
        Archive.open(sqlite_url, unfinished=True) as there,
        there.writing() as connection,
        pytest.raises(ArchiveBusy, match="another process copies into"),
    ):
        schema.bring_up(connection, there.name)
