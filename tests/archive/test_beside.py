"""An index beside the archive finds the same articles, and is its last commit after a kill."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from shutil import copyfile

import pytest

pytest.importorskip("tantivy")

from hypothesis import given, settings
from hypothesis import strategies as st

from antara_crawler.archive import Archive, Filters, Writer, forgetting
from antara_crawler.archive.beside.finding import MOST_BEHIND, Beside
from antara_crawler.archive.beside.following import Follower
from antara_crawler.archive.forgetting import subject_of
from antara_crawler.archive.index.changes import last_number
from antara_crawler.errors import ArchiveBusy, UsageError
from tests.archive.retrieval.queries import QUERIES
from tests.archive.retrieval.scoring import fill
from tests.archive.samples import START, article, start_run
from tests.bench.corpus import articles
from tests.examples import examples
from tests.forking import python

WORDS = (
    *("banjir", "harga", "jembatan", "bambu", "desa", "10 miliar", "2.500", "covid19", "e-KTP"),
    *("yang", "rumah", "kebakaran", "warga", "senin", "barabai", "karet", "naik", "dan", "1,2"),
)


@st.composite
def queries(draw: st.DrawFn) -> str:
    """Queries of every kind of piece that the language has."""
    word = st.sampled_from(WORDS)
    piece = st.one_of(
        word,
        st.tuples(word, word).map(lambda two: f'"{two[0]} {two[1]}"'),
        st.just('"warga desa"'),
        word.map(lambda each: f"{each.split()[0][:4]}*"),
        word.map(lambda each: f"-{each.split()[0]}"),
        st.just('-"harga karet"'),
        st.tuples(word, word).map(lambda two: f"{two[0]} OR {two[1]}"),
        st.sampled_from(
            [
                *("section:Ekonomi", "-section:ekonomi", 'section:"Hulu Sungai Tengah"'),
                *("since:2015", "until:2017-06", "portal:kalsel", "-portal:kalsel", "tag:jembatan"),
                *(
                    'author:"Siti Rahmah"',
                    "-author:budi",
                    "section:Banjar",
                    "-tag:x",
                    "-since:2016",
                ),
            ]
        ),
    )
    return " ".join(draw(st.lists(piece, min_size=1, max_size=4)))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Archive, Archive]]:
    """One archive twice: asked in the database, and in an index beside it."""
    folder = tmp_path_factory.mktemp("beside")
    if request.param == "sqlite":
        url = f"sqlite:///{folder}/archive.db"
    else:
        url = request.getfixturevalue("postgres_server").new_database()
    with Archive.open(url, create=True) as archive:
        fill(archive)
        full = [article(number) for number in range(9000, 9004)]
        dated = [
            replace(full[0], article_id=9100, published_at=None, section=None, dateline=None),
            replace(full[1], article_id=9101, section="EKONOMI", template="own@12"),
            replace(full[2], article_id=9102, portal="jatim", tags=(), reporters=("Rina",)),
        ]
        made = [replace(each, article_id=20_000 + each.article_id) for each in articles(60)]
        Writer(archive, "test").write([*full, *dated, *made], start_run(archive))
    with (
        Archive.open(url, read_only=True) as archive,
        Archive.open(url, read_only=True) as other,
    ):
        with Follower(archive, folder / "index") as follower:
            follower.catch_up()
        other.finder = Beside(folder / "index", other.name)
        yield archive, other


def compare(both: tuple[Archive, Archive], query: str, filters: Filters) -> int:
    """Compare what both find; return how many there are."""
    database, beside = (each.search(query, filters, limit=1000) for each in both)
    assert sorted(hit.id for hit in beside.hits) == sorted(hit.id for hit in database.hits), query
    assert replace(beside, hits=()) == replace(database, hits=()), query
    for order in ("date", "oldest"):
        rows = [each.found(query, filters, order=order) for each in both]
        assert rows[0] == rows[1], (query, order)
    return database.total


# That PostgreSQL finds the same as SQLite is shown where they are scored.
@pytest.mark.parametrize("both", ["sqlite"], indirect=True)
def test_the_queries_of_the_retrieval_set_find_the_same(both) -> None:
    assert sum(compare(both, query, Filters()) for query, _ in QUERIES) > 100


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(portal="jatim"),
        Filters(section="ekonomi"),
        Filters(tag="JEMBATAN"),
        Filters(author="siti rahmah"),
        Filters(template="own"),
        Filters(template="own@12"),
        Filters(template="ow"),
        Filters(since=date(2015, 3, 1), until=date(2020, 1, 1)),
        Filters(until=date(2016, 1, 1)),
        Filters(portal="kalsel", section="Berita A", since=date(2014, 1, 1)),
    ],
)
def test_filters_find_the_same(both, filters: Filters) -> None:
    found = [compare(both, query, filters) for query in ("", "jembatan", "-jembatan", '"')]
    assert found[0] > 0 or filters.template == "ow"


@settings(max_examples=examples(40), deadline=None)
@given(query=queries())
def test_any_query_finds_the_same(both, query: str) -> None:
    compare(both, query, Filters())


def test_pages_follow_one_another(both) -> None:
    _, beside = both
    whole = beside.found("", order="date")
    parts = [beside.search("", order="date", limit=7, offset=at).hits for at in range(0, 200, 7)]
    assert [hit.id for part in parts for hit in part] == whole[:200][: sum(map(len, parts))]
    assert beside.search("", limit=5, offset=10**8).hits == ()


def test_what_changes_is_taken_in_and_till_then_told(archive, writer, run, tmp_path) -> None:
    writer.write([article(number) for number in (1, 2, 3)], run)
    archive.finder = Beside(tmp_path, archive.name)
    assert archive.search("jembatan").behind == 0, "without an index the database is asked"
    with Follower(archive, tmp_path) as follower:
        assert follower.catch_up() == 3
        writer.write([article(4), article(1, title="Perahu", seen=START + timedelta(days=1))], run)
        behind = archive.search("perahu")
        assert (behind.total, behind.behind) == (0, 2)
        assert follower.catch_up() == 2
        current = archive.search("perahu")
        assert (current.total, current.behind, archive.search("jembatan").total) == (1, 0, 4)
        assert follower.catch_up() == 0


def test_no_file_stays_that_held_words_of_a_forgotten_article(archive, writer, run, tmp_path):
    writer.write([article(number) for number in (1, 2, 3)], run)
    folder = tmp_path / "index"
    with Follower(archive, folder) as follower:
        follower.catch_up()
        before = {path.name for path in folder.glob("*.idx")}
        subject = subject_of(archive, "kalsel/berita/2")
        forgetting.begin(archive, subject, [], reason=None, by="r", now=START)
        follower.catch_up()
        assert before
        assert before & {path.name for path in folder.glob("*.idx")} == set()
        archive.finder = Beside(folder, archive.name)
        found = archive.search("jembatan")
        assert (found.total, len(found.hits), found.behind) == (2, 2, 0)
        assert follower.catch_up() == 0, "what is gone is gone once"
        writer.write([article(5)], run)
        assert follower.catch_up() == 1


def test_of_a_large_lag_the_database_is_asked(archive, writer, run, tmp_path, monkeypatch) -> None:
    writer.write([article(1)], run)
    with Follower(archive, tmp_path) as follower:
        follower.catch_up()
    archive.finder = Beside(tmp_path, archive.name)
    monkeypatch.setattr("antara_crawler.archive.beside.finding.MOST_BEHIND", 1)
    assert MOST_BEHIND > 1
    writer.write([article(2)], run)
    assert archive.search("jembatan").total == 1
    writer.write([article(3)], run)
    assert archive.search("jembatan").total == 3


def test_an_index_of_another_archive_is_not_used(archive, writer, run, tmp_path) -> None:
    writer.write([article(1)], run)
    with Archive.open(f"sqlite:///{tmp_path}/other.db", create=True) as other:
        with Follower(other, tmp_path / "index") as follower:
            Writer(other, "test").write([article(7, title="Perahu")], start_run(other))
            follower.catch_up()
        archive.finder = Beside(tmp_path / "index", archive.name)
        assert archive.search("jembatan").total == 1
        assert archive.search("perahu").total == 0
    with Follower(archive, tmp_path / "index") as follower:
        assert follower.catch_up() == 1
    assert archive.search("jembatan").total == 1


def test_of_an_archive_put_back_from_a_backup_the_index_is_made_anew(tmp_path) -> None:
    file, backup, folder = (tmp_path / name for name in ("archive.db", "backup.db", "index"))
    for numbers in ((1, 2), (3,)):
        with Archive.open(f"sqlite:///{file}", create=True) as archive:
            Writer(archive, "test").write([*map(article, numbers)], start_run(archive))
            with Follower(archive, folder) as follower:
                follower.catch_up()
        if not backup.exists():
            copyfile(file, backup)
    copyfile(backup, file)
    with Archive.open(f"sqlite:///{file}", read_only=True) as archive:
        archive.finder = Beside(folder, archive.name)
        for taken in (2, 0):
            found = archive.search("jembatan")
            assert ({hit.article_id for hit in found.hits}, found.total) == ({1, 2}, 2)
            with Follower(archive, folder) as follower:
                assert follower.catch_up() == taken


def test_one_process_writes_and_a_strange_folder_is_left_alone(archive, tmp_path) -> None:
    with Follower(archive, tmp_path / "index"), pytest.raises(ArchiveBusy, match="one is enough"):
        Follower(archive, tmp_path / "index")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "meta.json").write_text("{}")
    with pytest.raises(UsageError, match="INDEX_DIR"):
        Follower(archive, tmp_path / "other")
    with pytest.raises(UsageError, match="index build"):
        Beside(tmp_path / "other", "").last()


KILLED = """
import os, signal, sys
from pathlib import Path
from antara_crawler.archive import Archive
from antara_crawler.archive.beside import following
following.BATCH, following.COMMIT = 7, 20
commits = []
def done(number):
    commits.append(number)
    print(number, flush=True)
taken = following.Follower._take
def take(self, connection, ids):
    taken(self, connection, ids)
    if len(commits) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
following.Follower._take = take
with Archive.open(sys.argv[1], read_only=True) as archive:
    following.Follower(archive, Path(sys.argv[2])).catch_up(done)
"""


def test_after_a_kill_the_index_is_its_last_commit_and_goes_on(tmp_path) -> None:
    url, folder = f"sqlite:///{tmp_path}/archive.db", tmp_path / "index"
    with Archive.open(url, create=True) as archive:
        made = [*articles(100)]
        Random(1).shuffle(made)
        Writer(archive, "test").write(made, start_run(archive))
        killed = python(KILLED, url, folder)
        out, err = killed.communicate(timeout=60)
        assert killed.returncode == -9, err
        last = int(out.split()[-1])
        commit = Beside(folder, "").last()
        assert commit is not None
        assert (commit.state.number, commit.searcher.num_docs - 1) == (last, 42)
        with Follower(archive, folder) as follower:
            assert follower.catch_up() == 100 - 42
        archive.finder = Beside(folder, archive.name)
        assert archive.search("").total == 100
        with archive.reading() as connection:
            assert follower.state.number == last_number(connection)
