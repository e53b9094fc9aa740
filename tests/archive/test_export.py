"""What was stored comes back as the contract's records, in order, filtered, streaming."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import event

from antara_crawler.archive import Archive, Filters, Writer, export_records
from antara_crawler.items import Article
from tests.archive.samples import START, WITA, article, at

FIELDS = [
    "portal",
    "article_id",
    "kind",
    "url",
    "title",
    "dateline",
    "paragraphs",
    "published_at",
    "published_text",
    "published_note",
    "modified_at",
    "reporters",
    "editors",
    "uploaders",
    "section",
    "tags",
    "images",
    "related",
    "copyright",
    "rights",
    "language",
    "removed_paragraphs",
    "first_seen_at",
    "last_seen_at",
    "revision",
    "gone_at",
    "capture",
]


def numbers(archive: Archive, **filters: Any) -> list[int | None]:
    return [record["article_id"] for record in export_records(archive, Filters(**filters))]


def test_a_record_has_the_contracts_fields_and_says_what_the_page_said(
    archive: Archive, writer: Writer, run: int
) -> None:
    item = article(7)
    writer.write([item], run)
    [record] = export_records(archive)
    assert list(record) == FIELDS
    capture = item.captures[0]
    assert record == {
        "portal": "kalsel",
        "article_id": 7,
        "kind": "berita",
        "url": item.url,
        "title": item.title,
        "dateline": "Barabai",
        "paragraphs": list(item.paragraphs),
        "published_at": "2026-02-27T23:30:00+08:00",
        "published_text": None,
        "published_note": None,
        "modified_at": "2026-02-28T06:15:00+08:00",
        "reporters": ["Siti Rahmah", "Budi"],
        "editors": ["Hasan Z"],
        "uploaders": ["Rina"],
        "section": "Hulu Sungai Tengah",
        "tags": ["jembatan", "Gotong Royong"],
        "images": [
            {
                "url": "https://img.example/1.jpg",
                "caption": "Jembatan baru",
                "credit": "ANTARA/Budi",
            }
        ],
        "related": [
            {
                "title": "Desa tetangga perbaiki irigasi",
                "url": "https://kalsel.antaranews.com/berita/1/x",
            },
            {"title": "Tanpa tautan", "url": None},
        ],
        "copyright": item.copyright,
        "rights": item.rights,
        "language": "id",
        "removed_paragraphs": [
            {"position": 3, "repeats": 1, "text": item.removed[0].text, "reason": "single"}
        ],
        "first_seen_at": "2026-03-01T01:00:00+00:00",
        "last_seen_at": "2026-03-01T01:00:00+00:00",
        "revision": 1,
        "gone_at": None,
        "capture": {
            "file": capture.file,
            "offset": capture.offset,
            "length": capture.length,
            "sha256": capture.sha256,
        },
    }


def test_an_article_with_next_to_nothing_leaves_no_field_out(
    archive: Archive, writer: Writer, run: int
) -> None:
    known = {"portal": "kalsel", "kind": "berita", "article_id": None, "url": None, "title": None}
    writer.write([Article(**known, paragraphs=("Satu.",), seen_at=START)], run)
    [record] = export_records(archive)
    assert list(record) == FIELDS
    empty = {name for name, value in record.items() if value is None}
    assert empty == {
        "article_id",
        "url",
        "title",
        "dateline",
        "published_at",
        "published_text",
        "published_note",
        "modified_at",
        "section",
        "copyright",
        "rights",
        "gone_at",
        "capture",
    }
    assert record["removed_paragraphs"] == record["tags"] == record["reporters"] == []


@pytest.mark.parametrize("minutes", [420, 480, 540, 0, -210, 345])
def test_a_date_keeps_the_offset_that_the_page_gave(
    archive: Archive, writer: Writer, run: int, minutes: int
) -> None:
    zone = timezone(timedelta(minutes=minutes))
    published = datetime(2023, 10, 17, 15, 47, 3, 500, tzinfo=zone)
    writer.write([article(7, published_at=published)], run)
    [record] = export_records(archive)
    assert record["published_at"] == published.isoformat()


def test_records_come_in_order_of_date_portal_kind_and_number_those_without_date_last(
    archive: Archive, writer: Writer, run: int
) -> None:
    early, late = at(-100), at(-50)
    batch = [
        article(5, published_at=None, captures=()),
        article(3, published_at=late, captures=()),
        article(2, published_at=early, captures=()),
        article(1, published_at=early, captures=(), kind="rilis-pers"),
        article(9, published_at=early, captures=(), portal="bali"),
        article(10, published_at=early, captures=(), kind="berita"),
        article(4, published_at=None, captures=(), portal="bali"),
        article(6, published_at=early, captures=(), article_id=None),
    ]
    writer.write(batch, run)
    assert numbers(archive) == [9, None, 2, 10, 1, 3, 4, 5]


def test_the_order_holds_across_batches(archive: Archive, writer: Writer, run: int) -> None:
    same = at(-100)
    batch = [article(number, published_at=same, captures=()) for number in range(701, 0, -1)]
    undated = [article(n, published_at=None, captures=()) for n in range(1301, 701, -1)]
    writer.write(batch + undated, run)
    assert numbers(archive) == list(range(1, 1302))
    assert numbers(archive, limit=900) == list(range(1, 901))
    assert numbers(archive, limit=500) == list(range(1, 501))
    assert numbers(archive, limit=0) == []


@pytest.fixture
def filtered(archive: Archive, writer: Writer, run: int) -> Archive:
    """Articles about midnight in Banjarmasin, of different portals, sections, names."""
    night = datetime(2026, 2, 10, 0, 30, tzinfo=WITA)
    writer.write(
        [
            article(1, published_at=night - timedelta(hours=1), tags=("Banjir",), section="HUKUM"),
            article(2, published_at=night, reporters=("Ulul  Ázmi",), section="Hukum"),
            article(3, published_at=night + timedelta(days=1), tags=("banjir", "hst"), editors=()),
            article(4, published_at=night + timedelta(days=2), portal="bali", captures=()),
            article(5, published_at=None, section="Hukum"),
        ],
        run,
    )
    return archive


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"portal": "bali"}, [4]),
        ({"portal": "jatim"}, []),
        ({"section": "hukum"}, [1, 2, 5]),
        ({"since": date(2026, 2, 10)}, [2, 3, 4]),
        ({"until": date(2026, 2, 9)}, [1]),
        ({"since": date(2026, 2, 10), "until": date(2026, 2, 11)}, [2, 3]),
        ({"tag": "BANJIR"}, [1, 3]),
        ({"author": "ulul ázmi"}, [2]),
        ({"author": "HASAN Z"}, [1, 2, 4, 5]),
        ({"tag": "banjir", "section": "hukum"}, [1]),
        ({"section": "hukum", "limit": 2}, [1, 2]),
        ({"section": "'; DROP TABLE articles; --"}, []),
    ],
)
def test_filters_choose_by_name_and_by_the_portals_own_dates(
    filtered: Archive, filters: dict[str, Any], found: list[int]
) -> None:
    assert numbers(filtered, **filters) == found


def test_filters_look_at_the_reading_that_is_shown(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([article(1, tags=("lama",)), article(1, at(1), tags=("baru",))], run)
    assert numbers(archive, tag="lama") == []
    assert numbers(archive, tag="baru") == [1]


def test_the_number_of_queries_does_not_grow_with_the_articles(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([article(number) for number in range(1, 301)], run)
    asked = []
    event.listen(archive.engine, "after_cursor_execute", lambda *_: asked.append(1))
    assert len(numbers(archive)) == 300
    assert len(asked) < 25


def test_articles_written_while_exporting_do_not_disturb_it(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([article(number, captures=()) for number in range(1, 602)], run)
    stream = export_records(archive)
    first = next(stream)
    writer.write([article(601, at(1), title="Judul baru")], run)
    rest = list(stream)
    assert first["article_id"] == 1
    assert [record["article_id"] for record in rest] == list(range(2, 602))
    assert rest[-1]["title"] == "Judul baru"


def test_records_are_json_as_they_are(archive: Archive, writer: Writer, run: int) -> None:
    writer.write([replace(article(7), paragraphs=("“Sah!” 👍 \u2028 </script>",))], run)
    [record] = export_records(archive)
    assert json.loads(json.dumps(record, ensure_ascii=False)) == record
    assert record["paragraphs"] == ["“Sah!” 👍 \u2028 </script>"]


def test_times_of_ours_are_in_utc(archive: Archive, writer: Writer, run: int) -> None:
    seen = datetime(2026, 3, 1, 9, 0, tzinfo=WITA)
    writer.write([article(7, seen_at=seen)], run)
    [record] = export_records(archive)
    assert record["first_seen_at"] == seen.astimezone(UTC).isoformat()
