"""A batch leaves what its members leave one by one, and takes few statements for many of them."""

import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, event, insert, select

from antara_crawler.archive import Archive, Writer
from antara_crawler.archive.index import search_index, told
from antara_crawler.archive.store.writer import Stored
from antara_crawler.archive.tables.articles import Articles, Base
from antara_crawler.archive.tables.crawl import Captures, Pages, Takedowns
from antara_crawler.archive.tables.rows import import_key
from antara_crawler.items import Article, Capture, Outcome, State
from tests.archive.samples import FEED, START, article, at, capture, outcome, page, start_run
from tests.examples import examples

Member = Article | Outcome
Batches = Sequence[Sequence[Member]]

LONG = "Kalimat ini cukup panjang untuk disebut teks sendiri oleh arsip, bukan keterangan {}."
TEXTS: tuple[dict[str, Any], ...] = (
    {},
    {"title": "Judul lain", "paragraphs": ("Pendek saja.",)},
    {"title": "Sama di mana-mana", "paragraphs": (LONG.format("foto"), LONG.format("gambar"))},
    {"paragraphs": (LONG.format("peta"),)},
)
FORGOTTEN = 6


def imported(text: int) -> Article:
    made = article(1, article_id=None, url=None, captures=(), **TEXTS[text])
    return replace(made, seen_at=at(1))


def records(number: int, hours: int, shape: str) -> tuple[Capture, ...]:
    """The raw records of one fetch, in one of the shapes that they may have."""
    first = capture(number, at(hours))
    match shape:
        case "none":
            return ()
        case "two parts":
            return first, capture(number + 100, at(hours))
        case "one page for all":
            return (replace(first, payload_sha256="ab" * 32),)
        case "the place of another":
            return (replace(first, file=capture(1, at(hours)).file, offset=1000),)
    return (first,)


SHAPES = st.sampled_from(
    ["one", "one", "one", "none", "two parts", "one page for all", "the place of another"]
)
STATES: tuple[State, ...] = (
    *("stored", "stored", "gone", "gone", "failed", "unreadable", "out_of_range", "queued"),
)
HOURS = st.integers(0, 5)
NUMBERS = st.integers(1, FORGOTTEN)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    number, hours = draw(NUMBERS), draw(HOURS)
    fields: dict[str, Any] = dict(draw(st.sampled_from(TEXTS)))
    fields["tags"] = draw(st.sampled_from([("jembatan",), ("baru", "jembatan"), ()]))
    fields["copyright"] = draw(st.sampled_from(["ANTARA 2025", "ANTARA 2026", None]))
    fields["published_at"] = draw(st.sampled_from([at(-48), at(0), None]))
    fields |= draw(st.sampled_from([{}] * 8 + [{"title": "\x00"}, {"section": "\ud800"}]))
    fields["left_out"] = draw(st.sampled_from([(), article().left_out]))
    captures = records(number, hours, draw(SHAPES))
    return article(number, at(hours), captures=captures, **fields)


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    number, hours = draw(NUMBERS), draw(HOURS)
    state = draw(st.sampled_from(STATES))
    made = outcome(number, state, hours, status=304, captures=records(number, hours, draw(SHAPES)))
    where = draw(
        st.sampled_from([made.page, page(number, published_at=at(-24)), FEED, page(2**60)])
    )
    return replace(made, page=where)


MEMBERS = st.one_of(articles(), articles(), outcomes(), st.builds(imported, st.integers(0, 2)))
BATCHES = st.lists(st.lists(MEMBERS, max_size=8), min_size=1, max_size=4)


def prepare(archive: Archive) -> int:
    """Have one article and one imported text forgotten before anything is written."""
    run = start_run(archive)
    with archive.writing() as connection:
        row = {"portal": "kalsel", "role": "article", "url": page(FORGOTTEN).url, "attempts": 0}
        named = {"kind": "berita", "number": FORGOTTEN, "state": "forgotten"}
        connection.execute(insert(Pages), {**row, **named, "discovered_at": START})
        asked = {"portal": "kalsel", "requested_by": "test", "requested_at": START}
        key = import_key(imported(2))
        connection.execute(insert(Takedowns), {**asked, "import_key": key})
    return run


def write(archive: Archive, run: int, batches: Batches, clock: datetime) -> list[Stored]:
    writer = Writer(archive, "test 1", clock=lambda: clock)
    return [each for batch in batches for each in writer.write(batch, run)]


def names_of_rows(archive: Archive) -> dict[str, dict[Any, Any]]:
    """Return for each table what to call a row, by its id, whatever its id is.

    Fetches are called by their place: those of articles are numbered before those of outcomes.
    """
    names: dict[str, dict[Any, Any]] = {}
    with archive.reading() as connection:
        for table in Base.metadata.sorted_tables:
            if "id" in table.c:
                ids = connection.scalars(select(table.c.id).order_by(table.c.id)).all()
                names[table.name] = {key: place for place, key in enumerate(ids)}
        query = select(Captures.id, Captures.file, Captures.offset)
        names["captures"] = {row.id: (row.file, row.offset) for row in connection.execute(query)}
    return names


def rows(archive: Archive, table: Table, names: dict[str, dict[Any, Any]]) -> list[Any]:
    targets = {
        column.name: key.column.table.name for column in table.c for key in column.foreign_keys
    }
    if "id" in table.c:
        targets["id"] = table.name
    with archive.reading() as connection:
        found = connection.execute(select(table)).mappings().all()
    called = [
        {
            name: names[targets[name]].get(value) if name in targets else value
            for name, value in row.items()
            if name != "extracted_at"
        }
        for row in found
    ]
    return sorted(called, key=repr)


def all_rows(archive: Archive) -> dict[str, list[Any]]:
    """Return all that is in an archive, but its groups of the search index, which may outlive."""
    names = names_of_rows(archive)
    return {
        table.name: rows(archive, table, names)
        for table in Base.metadata.sorted_tables
        if table.name not in ("search_groups", "search_changes", "runs")
    }


def same_but_for_rows(stored: Stored) -> Stored:
    return replace(stored, article_pk=None)


def compare(one: Archive, other: Archive, batches: Batches, clock: datetime) -> None:
    by_batch = write(one, prepare(one), batches, clock)
    alone = [[member] for batch in batches for member in batch]
    by_one = write(other, prepare(other), alone, clock)
    assert list(map(same_but_for_rows, by_batch)) == list(map(same_but_for_rows, by_one))
    assert all_rows(one) == all_rows(other)
    with one.reading() as connection:
        keys = list(connection.scalars(select(Articles.id)))
        assert not any(search_index.differing(connection, keys).values())


@pytest.fixture(autouse=True, scope="module")
def told_ahead() -> Iterator[None]:
    """Let all but single members be told the index ahead of their rows, as large batches are."""
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as pool:
        patch.setattr(told, "_MANY", 2)
        patch.setattr(os, "cpu_count", lambda: 2)
        patch.setattr(told, "_beside", lambda _: pool)
        yield


@pytest.fixture(scope="module")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("batches") / "empty.db"
    Archive.open(f"sqlite:///{path}", create=True).close()
    return path


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BATCHES, st.sampled_from([at(2), at(100)]))
def test_a_batch_leaves_what_its_members_leave_one_by_one(
    empty_archive: Path, tmp_path: Path, batches: Batches, clock: datetime
) -> None:
    urls = []
    for name in ("one", "other"):
        shutil.copy(empty_archive, tmp_path / name)
        urls.append(f"sqlite:///{tmp_path / name}")
    with Archive.open(urls[0]) as one, Archive.open(urls[1]) as other:
        compare(one, other, batches, clock)


def test_a_batch_leaves_the_same_on_a_server(postgres_server: Any) -> None:
    there_and_back: Batches = [
        [article(1), article(2), outcome(3, "gone", 0), imported(0), imported(0)],
        [
            *(article(1, at(1), **TEXTS[1]), article(1, at(2)), outcome(2, "gone", 1)),
            *(article(3, at(1), title="\x00"), article(4, at(1), section="\ud800"), imported(2)),
            *(outcome(2, "stored", 2), article(FORGOTTEN), article(1, at(1), **TEXTS[3])),
        ],
        [article(number, at(4), **TEXTS[2]) for number in range(1, 6)],
    ]
    urls = [postgres_server.new_database() for _ in range(2)]
    with Archive.open(urls[0], create=True) as one, Archive.open(urls[1], create=True) as other:
        compare(one, other, there_and_back, at(100))


@pytest.mark.parametrize("seen", [at(0), at(6)])
def test_a_batch_takes_as_many_statements_for_many_as_for_few(
    archive: Archive, writer: Writer, run: int, seen: datetime
) -> None:
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    def batch(start: int, size: int, text: str) -> list[Member]:
        return [
            member
            for number in range(start, start + size)
            for member in (
                article(number, seen, title=f"{text} {number}", section="Ekonomi"),
                outcome(number + 50_000, "failed", 0),
            )
        ]

    if seen != at(0):  # then they are on record, and have another text
        for start in (1000, 2000):
            writer.write([article(n, section="Ekonomi") for n in range(start, start + 90)], run)
    writer.write(batch(10, 1, "Judul"), run)  # the names are known
    event.listen(archive.engine, "before_cursor_execute", count)
    taken = []
    for start, size in ((1000, 5), (2000, 90)):
        statements = 0
        writer.write(batch(start, size, "Judul"), run)
        taken.append(statements)
    assert taken[0] == taken[1]


def test_no_statement_of_a_batch_reads_a_whole_table(tmp_path: Path) -> None:
    asked: dict[str, Any] = {}

    def keep(_: object, __: object, statement: str, parameters: Any, *more: Any) -> None:
        asked[statement] = parameters[0] if more[-1] else parameters

    batches: Batches = [
        [article(number, at(hours), title=f"{title} {number}") for number in range(1, 9)]
        for hours, title in ((0, "Judul"), (6, "Lain"), (9, "Judul"))
    ]
    seen_again: list[Member] = [outcome(number, "stored", 12) for number in range(1, 9)]
    with Archive.open(f"sqlite:///{tmp_path}/archive.db", create=True) as archive:
        run = start_run(archive)
        event.listen(archive.engine, "before_cursor_execute", keep)
        write(archive, run, [*batches, seen_again], at(100))
        event.remove(archive.engine, "before_cursor_execute", keep)
        with archive.reading() as connection:
            plans = {
                statement: connection.exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {statement}", parameters
                ).all()
                for statement, parameters in asked.items()
                if statement.startswith(("SELECT", "UPDATE", "DELETE"))
            }
    tables = {f"SCAN {name}" for name in Base.metadata.tables}
    whole = [each for each, plan in plans.items() if tables & {row.detail for row in plan}]
    assert len(plans) > 20
    assert not whole
