"""What a fetch shows becomes a revision, an extraction, or nothing; nothing is overwritten."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, text

from antara_crawler.archive import Archive, Writer, export_records
from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.items import Article, LeftOut
from tests.archive.samples import article, at, capture

A = article(7).paragraphs
B = (*A[:-1], "Jembatan itu selesai dalam empat hari.")


def rows(archive: Archive, *columns: Any) -> list[tuple[Any, ...]]:
    with archive.reading() as connection:
        table = columns[0].class_
        return [tuple(row) for row in connection.execute(select(*columns).order_by(table.id))]


def fetched(hours: float, paragraphs: tuple[str, ...] = A, **more: Any) -> Article:
    return article(7, at(hours), paragraphs=paragraphs, **more)


def captured_revisions(archive: Archive) -> list[int]:
    with archive.reading() as connection:
        query = select(Revisions.number).join(Captures, Captures.revision_id == Revisions.id)
        return list(connection.scalars(query.order_by(Captures.id)))


def test_an_article_is_stored_with_all_that_it_says(
    archive: Archive, writer: Writer, run: int
) -> None:
    [stored] = writer.write([article(7)], run)
    assert (stored.outcome, stored.revision) == ("new", 1)
    [record] = export_records(archive)
    item = article(7)
    assert record["paragraphs"] == list(item.paragraphs)
    assert record["reporters"] == ["Siti Rahmah", "Budi"]
    [(body, rights, published_on)] = rows(
        archive, Articles.body, Articles.rights, Articles.published_on
    )
    assert body == "\n\n".join(item.paragraphs)
    assert rights == item.rights
    assert str(published_on) == "2026-02-27"
    assert rows(archive, Extractions.software, Extractions.template, Extractions.number) == [
        ("test 1", "regional", 1)
    ]


def test_an_unchanged_fetch_only_moves_the_last_sight(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([fetched(0)], run)
    [stored] = writer.write([fetched(5)], run)
    assert (stored.outcome, stored.revision) == ("unchanged", 1)
    assert rows(archive, Articles.first_seen_at, Articles.last_seen_at) == [(at(0), at(5))]
    assert rows(archive, Revisions.first_seen_at, Revisions.last_seen_at) == [(at(0), at(5))]
    assert len(rows(archive, Extractions.id)) == 1
    assert captured_revisions(archive) == [1, 1]


@pytest.mark.parametrize("change", [{"paragraphs": B}, {"title": "Judul lain"}])
def test_a_change_of_text_or_title_is_a_new_revision(
    archive: Archive, writer: Writer, run: int, change: dict[str, Any]
) -> None:
    writer.write([fetched(0)], run)
    [stored] = writer.write([replace(fetched(1), **change)], run)
    assert (stored.outcome, stored.revision) == ("revised", 2)
    assert rows(archive, Revisions.number, Revisions.first_seen_at) == [(1, at(0)), (2, at(1))]
    [(title, body, revision)] = rows(archive, Articles.title, Articles.body, Articles.revision)
    shown = replace(fetched(1), **change)
    assert (title, body, revision) == (shown.title, "\n\n".join(shown.paragraphs), 2)
    assert next(title for (title,) in rows(archive, Extractions.title)) == fetched(0).title


def test_a_text_that_comes_back_shows_the_earlier_revision_again(
    archive: Archive, writer: Writer, run: int
) -> None:
    batch = [fetched(0), fetched(1, B), fetched(2, A)]
    assert [each.outcome for each in writer.write(batch, run)] == ["new", "revised", "returned"]
    assert captured_revisions(archive) == [1, 2, 1]
    assert rows(archive, Articles.revision, Articles.body) == [(1, "\n\n".join(A))]
    assert rows(archive, Revisions.number, Revisions.last_seen_at) == [(1, at(2)), (2, at(1))]


OTHER_FIELDS: list[dict[str, Any]] = [
    {"tags": ("jembatan",)},
    {"section": "Nasional"},
    {"editors": ()},
    {"images": ()},
    {"related": ()},
    {"removed": ()},
    {"dateline": "Kandangan"},
    {"url": "https://kalsel.antaranews.com/berita/7/judul-baru"},
    {"modified_at": None},
    {"language": "en"},
]


def test_a_change_of_another_field_is_a_new_extraction_of_the_same_revision(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([fetched(0)], run)
    for number, change in enumerate(OTHER_FIELDS, start=1):
        [stored] = writer.write([replace(fetched(number), **change)], run)
        assert (stored.outcome, stored.revision) == ("amended", 1), change
        assert rows(archive, Revisions.number) == [(1,)]
        assert len(rows(archive, Extractions.number)) == number + 1
        _shows(archive, replace(fetched(number), **change))


def _shows(archive: Archive, after: Article) -> None:
    [record] = list(export_records(archive))
    assert record["tags"] == list(after.tags)
    assert record["section"] == after.section
    assert record["editors"] == list(after.editors)
    assert len(record["images"]) == len(after.images)
    assert len(record["related"]) == len(after.related)
    assert len(record["removed_paragraphs"]) == len(after.removed)
    assert record["dateline"] == after.dateline
    assert record["url"] == after.url
    assert record["language"] == after.language


def test_what_is_left_out_makes_no_new_extraction(writer: Writer, run: int) -> None:
    otherwise = (LeftOut(0, "15.000 views", "share"),)
    batch = [fetched(0), fetched(1, left_out=otherwise)]
    assert [each.outcome for each in writer.write(batch, run)] == ["new", "unchanged"]


def test_the_template_alone_makes_no_new_extraction(writer: Writer, run: int) -> None:
    batch = [fetched(0), fetched(1, template="newer")]
    assert [each.outcome for each in writer.write(batch, run)] == ["new", "unchanged"]


def test_giving_an_article_again_changes_nothing(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([fetched(0), fetched(1, B)], run)
    before = list(export_records(archive))
    again = writer.write([fetched(0), fetched(1, B), fetched(0)], run)
    assert [each.outcome for each in again] == ["known"] * 3
    assert [each.revision for each in again] == [2, 2, 2]
    assert list(export_records(archive)) == before
    assert len(rows(archive, Captures.id)) == 2


def test_a_capture_read_with_other_code_is_a_new_extraction_and_no_revision(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([fetched(0)], run)
    [stored] = Writer(archive, "test 2").write([fetched(0, B)], run)
    assert (stored.outcome, stored.revision) == ("reread", 1)
    assert rows(archive, Revisions.number) == [(1,)]
    assert rows(archive, Extractions.number, Extractions.software) == [(1, "test 1"), (2, "test 2")]
    assert rows(archive, Articles.body, Articles.last_seen_at) == [("\n\n".join(B), at(0))]


def test_only_the_capture_that_is_shown_changes_what_is_shown(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([fetched(0), fetched(1, B)], run)
    [stored] = writer.write([fetched(0, A, section="Nasional")], run)
    assert (stored.outcome, stored.revision) == ("reread", 2)
    assert rows(archive, Articles.section) == [("Hulu Sungai Tengah",)]
    [stored] = writer.write([fetched(1, B, section="Nasional")], run)
    assert stored.outcome == "reread"
    assert rows(archive, Articles.section, Articles.revision) == [("Nasional", 2)]


def test_captures_of_one_revision_read_again_in_any_order_end_alike(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([fetched(0), fetched(1)], run)
    first, second = fetched(0, section="Nasional"), fetched(1, section="Nasional")
    outcomes = [each.outcome for each in writer.write([second, first], run)]
    assert outcomes == ["reread", "reread"]
    assert rows(archive, Articles.section) == [("Nasional",)]
    assert len(rows(archive, Extractions.id)) == 2
    assert [each.outcome for each in writer.write([second, first], run)] == ["known", "known"]


def test_a_page_refetched_after_rereading_is_unchanged(writer: Writer, run: int) -> None:
    writer.write([fetched(0, A)], run)
    writer.write([fetched(0, B)], run)  # other code reads the same page so
    [stored] = writer.write([fetched(1, B)], run)
    assert (stored.outcome, stored.revision) == ("unchanged", 1)


def test_the_same_bytes_read_with_other_code_are_no_new_revision(
    archive: Archive, writer: Writer, run: int
) -> None:
    payload = capture(7).payload_sha256
    writer.write([fetched(0)], run)
    same = replace(capture(7, at(1)), payload_sha256=payload)
    [stored] = writer.write([fetched(1, B, captures=(same,))], run)
    assert (stored.outcome, stored.revision) == ("amended", 1)
    assert rows(archive, Articles.body) == [("\n\n".join(B),)]


def test_an_older_fetch_read_late_is_kept_but_not_shown(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([fetched(5, B)], run)
    [stored] = writer.write([fetched(1, A)], run)
    assert (stored.outcome, stored.revision) == ("revised", 1)
    assert rows(archive, Articles.body, Articles.first_seen_at, Articles.last_seen_at) == [
        ("\n\n".join(B), at(1), at(5))
    ]
    assert rows(archive, Revisions.number, Revisions.first_seen_at) == [(1, at(5)), (2, at(1))]


def test_all_pages_of_an_article_are_kept_as_parts_of_one_fetch(
    archive: Archive, writer: Writer, run: int
) -> None:
    parts = tuple(capture(7, at(hours)) for hours in (0, 0.1, 0.2))
    writer.write([article(7, captures=parts)], run)
    found = rows(archive, Captures.part, Captures.first_part_id, Captures.revision_id)
    [(first,)] = rows(archive, Captures.id)[:1]
    assert [(part, parent) for part, parent, _ in found] == [(0, None), (1, first), (2, first)]
    assert len({revision for _, _, revision in found}) == 1
    [record] = export_records(archive)
    assert record["capture"] == {
        "file": parts[0].file,
        "offset": parts[0].offset,
        "length": parts[0].length,
        "sha256": parts[0].sha256,
    }


def test_the_same_number_under_another_portal_or_kind_is_another_article(
    archive: Archive, writer: Writer, run: int
) -> None:
    batch = [
        article(7, captures=()),
        article(7, captures=(), portal="bali"),
        article(7, captures=(), kind="foto"),
    ]
    assert [each.outcome for each in writer.write(batch, run)] == ["new"] * 3
    assert len(rows(archive, Articles.id)) == 3


def imported(**more: Any) -> Article:
    plain = article(7, article_id=None, url=None, title=None, published_at=None, captures=())
    return replace(plain, modified_at=None, template="dump", **more)


def test_an_import_given_twice_is_one_article(archive: Archive, writer: Writer, run: int) -> None:
    [stored] = writer.write([imported()], run)
    assert (stored.outcome, stored.revision) == ("imported", 1)
    before = list(export_records(archive))
    [stored] = writer.write([imported(seen_at=at(9))], run)
    assert stored.outcome == "known"
    assert list(export_records(archive)) == before
    assert before[0]["article_id"] is None
    assert before[0]["published_at"] is None
    with archive.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM pages")) == 0


def test_imports_with_other_text_are_other_articles(writer: Writer, run: int) -> None:
    batch = [imported(), imported(paragraphs=B)]
    assert [each.outcome for each in writer.write(batch, run)] == ["imported", "imported"]


def test_names_are_kept_once_however_often_they_stand(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([article(number) for number in range(1, 6)], run)
    Writer(archive, "test 1").write([article(number) for number in range(6, 9)], run)
    with archive.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM authors")) == 4
        assert connection.scalar(text("SELECT count(*) FROM tags")) == 2


def test_one_person_in_two_roles_stands_in_both(archive: Archive, writer: Writer, run: int) -> None:
    writer.write([article(7, reporters=("Budi", "Budi"), editors=("Budi",))], run)
    [record] = export_records(archive)
    assert (record["reporters"], record["editors"]) == (["Budi", "Budi"], ["Budi"])


def test_an_older_fetch_of_the_same_text_only_widens_when_it_was_seen(
    archive: Archive, writer: Writer, run: int
) -> None:
    outcomes = [each.outcome for each in writer.write([fetched(5), fetched(1)], run)]
    assert outcomes == ["new", "known"]
    assert rows(archive, Revisions.first_seen_at, Revisions.last_seen_at) == [(at(1), at(5))]
    assert captured_revisions(archive) == [1, 1]


def test_an_article_of_several_pages_is_revised_like_any_other(writer: Writer, run: int) -> None:
    parts = [(capture(7, at(h)), capture(7, at(h + 0.1))) for h in (0, 1)]
    batch = [fetched(0, captures=parts[0]), fetched(1, B, captures=parts[1])]
    assert [each.outcome for each in writer.write(batch, run)] == ["new", "revised"]
