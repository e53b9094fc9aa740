"""A batch is one transaction; what the archive cannot hold is refused alone, and noted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from antara_crawler.archive import Archive, Frontier, Writer, export_records
from antara_crawler.archive.index import search_index, told
from antara_crawler.archive.index.analysis import Analysed
from antara_crawler.archive.index.told import terms_of
from antara_crawler.archive.tables.articles import Base
from antara_crawler.archive.tables.crawl import Captures, Pages
from antara_crawler.errors import NotWritable
from antara_crawler.items import Article, Link, Outcome, Picture
from tests.archive.samples import article, at, capture, page, start_run
from tests.examples import examples
from tests.postgres import cut_all_connections


@pytest.mark.parametrize(
    ("unfit", "reason"),
    [
        ({"title": "Judul\x00"}, "NUL"),
        ({"tags": ("x" * 600,)}, "600 characters"),
        ({"reporters": ("x" * 600,)}, "600 characters"),
        ({"section": "x" * 600}, "600 characters"),
        ({"url": "https://kalsel.antaranews.com/" + "x" * 3000}, "2000 characters"),
        ({"paragraphs": ("x" * 5_000_000,)}, "4000000 characters"),
        ({"published_at": at(0).replace(tzinfo=None)}, "without a zone"),
        ({"published_at": datetime.min.replace(tzinfo=timezone(timedelta(hours=8)))}, "range"),
        ({"paragraphs": ("setengah \ud800 huruf",)}, "surrogates"),
        ({"images": (Picture(None, "\x00", None),)}, "NUL"),
        ({"related": (Link("\x00", None),)}, "NUL"),
    ],
)
def test_what_cannot_be_held_is_refused_alone_and_noted(
    archive: Archive,
    writer: Writer,
    frontier: Frontier,
    run: int,
    unfit: dict[str, Any],
    reason: str,
) -> None:
    good = {"tags": ("hanya di sini",)}
    batch = [article(1, **good), article(2, tags=("ditolak",)), article(3, **good)]
    batch[1] = replace(batch[1], **unfit)
    stored = writer.write(batch, run)
    assert [each.outcome for each in stored] == ["new", "unreadable", "new"]
    assert reason in (stored[1].reason or "")
    assert [record["article_id"] for record in export_records(archive)] == [1, 3]
    if "url" not in unfit:
        [failure] = frontier.failures()
        assert (failure.url, failure.state) == (page(2).url, "unreadable")
        assert reason in (failure.reason or "")
    [stored_now] = writer.write([article(2, at(1), tags=("ditolak",))], run)
    assert stored_now.outcome == "new"


def test_a_server_lost_while_words_are_sent_to_it_leaves_nothing_and_may_be_asked_again(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(postgres_url, create=True) as archive:
        writer, run = Writer(archive, "test"), start_run(archive)

        def cut(words: Analysed) -> str:
            cut_all_connections(postgres_url)
            return terms_of(words)

        with monkeypatch.context() as patch:
            patch.setattr(told, "terms_of", cut)
            with pytest.raises(NotWritable) as raised:
                writer.write([article(1), article(2)], run)
        assert raised.value.transient
        assert archive.count() == 0
        assert [each.outcome for each in writer.write([article(1)], run)] == ["new"]


def test_an_article_number_beyond_all_measure_is_refused(writer: Writer, run: int) -> None:
    [stored] = writer.write([article(10**30, captures=())], run)
    assert stored.outcome == "unreadable"
    assert "out of range" in (stored.reason or "")


def test_two_records_at_one_place_are_refused(archive: Archive, writer: Writer, run: int) -> None:
    clash = replace(capture(2), file=capture(1).file, offset=capture(1).offset)
    stored = writer.write([article(1), article(2, captures=(clash,))], run)
    assert [each.outcome for each in stored] == ["new", "unreadable"]
    with archive.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM captures")) == 1


def test_an_unfit_import_is_reported_without_a_page(writer: Writer, run: int) -> None:
    bad = article(1, article_id=None, url=None, title="\x00", captures=())
    [stored] = writer.write([bad], run)
    assert (stored.outcome, stored.article_pk) == ("unreadable", None)


def test_an_outcome_with_an_impossible_address_is_only_reported(writer: Writer, run: int) -> None:
    odd = Outcome(page(10**30), "failed", "503", seen_at=at(0))
    stored = writer.write([odd, article(1)], run)
    assert [each.outcome for each in stored] == ["unreadable", "new"]


def test_a_bug_in_a_batch_leaves_nothing_behind(archive: Archive, writer: Writer, run: int) -> None:
    with pytest.raises(AttributeError):
        writer.write([article(1), object()], run)  # type: ignore[list-item]
    assert list(export_records(archive)) == []
    assert [each.outcome for each in writer.write([article(1)], run)] == ["new"]


def test_an_article_without_times_or_captures_is_seen_now(archive: Archive, run: int) -> None:
    before = datetime.now(UTC)
    Writer(archive, "test 1").write([article(1, captures=(), seen_at=None)], run)
    [record] = export_records(archive)
    assert before <= datetime.fromisoformat(record["first_seen_at"]) <= datetime.now(UTC)
    assert record["capture"] is None


def test_times_are_kept_in_utc_and_in_one_form(archive: Archive, writer: Writer, run: int) -> None:
    morning = datetime(2024, 3, 1, 6, tzinfo=timezone(timedelta(hours=8)))
    writer.write([article(1, published_at=morning)], run)
    with archive.reading() as connection:
        kept = connection.scalar(text("SELECT published_at FROM articles"))
    in_utc = datetime(2024, 2, 29, 22, tzinfo=UTC)
    # SQLite keeps texts, and sorts and compares them as such.
    assert kept == (f"{in_utc:%Y-%m-%d %H:%M:%S.%f}" if archive.path else in_utc)


def test_the_time_of_its_capture_is_the_time_an_article_was_seen(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([article(1, at(3), seen_at=None)], run)
    [record] = export_records(archive)
    assert record["first_seen_at"] == at(3).isoformat()


def test_a_capture_found_after_a_kill_is_filled_in_when_it_is_cited(
    archive: Archive, writer: Writer, run: int
) -> None:
    with archive.writing() as connection:
        values = {"run_id": run, "role": "orphan", "part": 0, "status": 200, "url": "x"}
        item = capture(1)
        values |= {"file": item.file, "offset": item.offset, "length": item.length}
        values |= {"sha256": item.sha256, "payload_sha256": item.payload_sha256}
        connection.execute(Captures.__table__.insert(), {**values, "captured_at": at(0)})
    writer.write([article(1)], run)
    with archive.reading() as connection:
        [(role, page_id, revision)] = connection.execute(
            select(Captures.role, Captures.page_id, Captures.revision_id)
        ).all()
    assert role == "article"
    assert page_id is not None
    assert revision is not None


def test_of_two_texts_of_one_instant_the_first_given_is_shown(
    archive: Archive, writer: Writer, run: int
) -> None:
    first, second = article(1, captures=()), article(1, captures=(), title="Judul lain")
    writer.write([first, second, first, second], run)
    [record] = export_records(archive)
    assert (record["title"], record["revision"]) == (first.title, 1)


CONTENTS = {
    "A": {},
    "B": {"title": "Judul lain"},
    "C": {"tags": ("lain",)},
    "D": {"paragraphs": ("Satu kalimat saja.",)},
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from([1, 2]),
        st.sampled_from([*CONTENTS, "failed", "gone", "unreadable", "stored"]),
    ),
    min_size=1,
    max_size=8,
)


def member(place: int, number: int, what: str) -> Article | Outcome:
    """One thing that happened; the later its place in the list, the later."""
    seen = at(place * 15)  # so that a second look may be on the same day, or another
    if what in CONTENTS:
        return article(number, seen, **CONTENTS[what])
    return Outcome(
        page(number),
        what,  # type: ignore[arg-type]
        "reason",
        503,
        (capture(number, seen, status=503),),
        seen,
    )


def contents(archive: Archive) -> list[Any]:
    """All that the archive holds, but for its own ids and clocks."""
    skipped = {"id", "extracted_at", "extraction_id", "capture_id", "discovered_at"}
    skipped |= {"article_id", "slot"}  # a row of articles, and what is made of its id
    found: list[Any] = list(export_records(archive))
    with archive.reading() as connection:
        for table in Base.metadata.sorted_tables:
            columns = [each for each in table.c if each.name not in skipped]
            columns = [each for each in columns if not each.foreign_keys]
            if table.name not in ("runs", "search_changes") and columns:
                rows = connection.execute(select(*columns)).all()
                found.append((table.name, sorted(map(repr, rows))))
        shown = select(Captures.file, Captures.revision_id.is_(None)).order_by(Captures.file)
        found.append([tuple(row) for row in connection.execute(shown)])
        due = select(Pages.number, Pages.next_attempt_at).order_by(Pages.number)
        found.append([tuple(row) for row in connection.execute(due)])
    return found


@settings(
    max_examples=examples(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, data=st.data())
def test_any_sequence_with_replays_ends_as_each_given_once(
    archive: Archive, steps: list[tuple[int, str]], data: st.DataObject
) -> None:
    members = [member(place, *step) for place, step in enumerate(steps)]
    replayed: list[Article | Outcome] = []
    for place, each in enumerate(members):
        replayed.append(each)
        again = data.draw(st.lists(st.integers(0, place), max_size=3))
        replayed.extend(members[earlier] for earlier in again)
    ends = []
    for sequence in (members, replayed):
        with archive.writing() as connection:
            connection.execute(text("UPDATE articles SET extraction_id = NULL, capture_id = NULL"))
            connection.execute(text("UPDATE extractions SET capture_id = NULL"))
            connection.execute(text("UPDATE captures SET first_part_id = NULL"))
            connection.execute(text("UPDATE captures SET extraction_id = NULL"))
            connection.execute(text("DROP TABLE search_index"))
            for table in reversed(Base.metadata.sorted_tables):
                if table.name != "search_state":
                    connection.execute(table.delete())
            search_index.make(connection)
        run = start_run(archive)
        writer = Writer(archive, "test 1")
        size = data.draw(st.integers(1, 4))
        for start in range(0, len(sequence), size):
            writer.write(sequence[start : start + size], run)
        ends.append(contents(archive))
    assert ends[0] == ends[1]
