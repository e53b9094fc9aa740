"""Articles come back whole, with their history, however they are asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from itemadapter import ItemAdapter

from antara_crawler.addresses import identity_of
from antara_crawler.archive import Archive, Filters, Writer, export_records
from antara_crawler.errors import UsageError
from antara_crawler.items import Capture, Link, Outcome, Picture, Removed
from tests.archive.samples import START, WITA, address, article, at, capture, page


@pytest.fixture
def written(archive: Archive, writer: Writer, run: int) -> Archive:
    """Article 496552 in two wordings, fetched three times, and two others."""
    link = Link("Sesama", f"{address(2).replace('https://', 'https://m.')}?utm=1")
    writer.write([article(496552), article(2), article(3, published_at=None, section="Lain")], run)
    changed = article(496552, at(1), title="Judul baru", related=(link,), captures=())
    writer.write([replace(changed, captures=(capture(496552, at(1)),))], run)
    writer.write([replace(changed, captures=(capture(496552, at(2)),), seen_at=at(2))], run)
    return archive


def test_an_article_has_the_fields_of_its_record(written: Archive) -> None:
    found = written.article("kalsel/berita/2")
    assert found is not None
    assert (found.portal, found.kind, found.article_id, found.url) == (
        "kalsel",
        "berita",
        2,
        address(2),
    )
    assert found.published_at == datetime(2026, 2, 27, 23, 30, tzinfo=WITA)
    assert found.published_at.isoformat() == "2026-02-27T23:30:00+08:00"
    assert found.images == (Picture("https://img.example/1.jpg", "Jembatan baru", "ANTARA/Budi"),)
    assert found.removed_paragraphs == (
        Removed(3, 1, "“Kami memakai bambu dari kebun sendiri,” kata …", "single"),
    )
    assert found.first_seen_at == START
    [record] = [each for each in export_records(written) if each["article_id"] == 2]
    assert found.record() == record
    assert list(found.paragraphs) == record["paragraphs"]


def test_its_revisions_and_fetches_come_with_it(written: Archive) -> None:
    found = written.article("496552")
    assert found is not None
    assert found.revision == 2
    assert [view.number for view in found.revisions] == [1, 2]
    assert [view.title for view in found.revisions] == [
        "Warga desa 496552 bangun jembatan bambu",
        "Judul baru",
    ]
    assert found.revisions[1].last_seen_at == at(2)
    assert [view.revision for view in found.captures] == [1, 2, 2]
    assert [view.captured_at for view in found.captures] == [START, at(1), at(2)]
    assert found.capture is not None
    shown = {name: getattr(found.capture, name) for name in ItemAdapter(capture(1)).field_names()}
    assert Capture(**shown) == capture(496552, at(1))
    place = (found.capture.file, found.capture.offset, found.capture.length, found.capture.sha256)
    assert place == tuple(found.record()["capture"].values())
    assert (found.capture.status, found.capture.url) == (200, address(496552))


def test_related_articles_are_linked_where_the_archive_has_them(written: Archive) -> None:
    found, other = written.article("496552"), written.article("2")
    assert found is not None
    assert other is not None
    assert [link.id for link in found.related] == [other.id]
    assert [link.id for link in other.related] == [None, None]


NAMES = (
    "496552",
    "kalsel/berita/496552",
    address(496552),
    "http://m.kalsel.antaranews.com/amp/berita/496552/slug-lain?page=all#x",
    "https://www.kalsel.antaranews.com/berita/496552",
    " https://kalsel.antaranews.com/print/berita/0496552/x/ ",
)
NO_NAMES = (
    *("", "0", "999", "kalsel/foto/496552", "jatim/berita/496552", "https://[", "kalsel/berita/"),
    *("x" * 5000, "😀/😀/😀", "9" * 30),
)


def test_any_name_of_an_article_finds_it_and_no_other(written: Archive) -> None:
    for name in NAMES:
        found = written.article(name)
        assert found is not None, name
        assert written.article(found.id) == found
        assert found.article_id == 496552, name
    for name in NO_NAMES:
        assert written.article(name) is None, name


def test_a_number_that_several_have_is_not_guessed(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([article(7), replace(article(7), kind="foto", captures=())], run)
    with pytest.raises(UsageError, match="kalsel/berita/7, kalsel/foto/7"):
        archive.article("7")
    assert archive.article("kalsel/foto/7")


def test_national_articles_are_named_by_their_addresses() -> None:
    url = "https://kalsel.antaranews.com/nasional/berita/500/judul"
    assert identity_of(url) == identity_of("kalsel/nasional/500") == ("kalsel", "nasional", 500)


def test_articles_come_in_the_order_of_records_and_with_the_same_filters(written: Archive) -> None:
    for filters in (
        None,
        Filters(section="lain"),
        Filters(limit=2),
        Filters(since=date(2026, 1, 1)),
    ):
        whole = list(written.articles(filters))
        assert [each.record() for each in whole] == list(written.records(filters))
        assert written.count(filters) == len(whole)
    assert [each.article_id for each in written.articles()] == [2, 496552, 3]


def test_the_overview_counts_what_is_there(written: Archive, writer: Writer, run: int) -> None:
    writer.write([Outcome(page(9), "failed", "no answer", seen_at=at(3))], run)
    held = written.overview()
    assert (held.articles, held.revisions, held.captures, held.failed) == (3, 4, 5, 1)
    assert held.by_portal == (("kalsel", 3),)
    assert held.by_section == (("Hulu Sungai Tengah", 2), ("Lain", 1))
    assert held.by_year == ((2026, 2), (None, 1))
    assert held.first_published_on == held.last_published_on == date(2026, 2, 27)
    assert held.size_bytes > 0
    narrow = written.overview(Filters(section="lain", portal="kalsel"))
    assert (narrow.articles, narrow.revisions, narrow.by_year) == (1, 1, ((None, 1),))
    assert written.overview(Filters(portal="jatim")).captures == 0


def test_coverage_tells_the_days_and_the_gaps_between(
    archive: Archive, writer: Writer, run: int
) -> None:
    days = (1, 1, 2, 5, 20)
    stories = [
        article(number, published_at=datetime(2024, 3, day, 23, 30, tzinfo=WITA))
        for number, day in enumerate(days, 1)
    ]
    writer.write([*stories, article(9, published_at=None)], run)
    held = archive.coverage("kalsel")
    assert held.days == {
        date(2024, 3, 1): 2,
        date(2024, 3, 2): 1,
        date(2024, 3, 5): 1,
        date(2024, 3, 20): 1,
    }
    assert (held.first, held.last) == (date(2024, 3, 1), date(2024, 3, 20))
    assert (held.total, held.undated) == (6, 1)
    assert [(gap.first.day, gap.last.day, gap.days) for gap in held.gaps()] == [
        (3, 4, 2),
        (6, 19, 14),
    ]
    assert len(held.gaps(least=3)) == 1
    assert archive.coverage(year=2023).total == archive.coverage("jatim").total == 0
    assert archive.coverage(section="hulu sungai tengah", year=2024).total == 5


def test_failures_and_runs_are_told(written: Archive, writer: Writer, run: int) -> None:
    writer.write([Outcome(page(9), "failed", "no answer", seen_at=at(3))], run)
    [failure] = written.failures("kalsel")
    assert (failure.url, failure.reason) == (address(9), "no answer")
    [told] = written.runs()
    assert (told.id, told.portal, told.started_at) == (run, "kalsel", START.astimezone(UTC))
    assert written.runs("jatim") == ()
