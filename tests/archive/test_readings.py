"""What makes a reading of an article another reading: the line of its copyright, its date."""

from sqlalchemy import select

from antara_crawler.archive import Archive, Writer
from antara_crawler.archive.tables.articles import Extractions
from antara_crawler.archive.tables.rows import digest, digest_beside
from tests.archive.samples import article, at


def test_the_year_of_viewing_in_the_copyright_line_is_no_change(
    archive: Archive, writer: Writer, run: int
) -> None:
    line = "COPYRIGHT © ANTARA 2026"
    writer.write([article(7, at(0), copyright=line)], run)
    [stored] = writer.write([article(7, at(5), copyright="COPYRIGHT © ANTARA 2027")], run)
    assert (stored.outcome, stored.revision) == ("unchanged", 1)
    with archive.reading() as connection:
        assert list(connection.scalars(select(Extractions.copyright))) == [line]
    [stored] = writer.write([article(7, at(6), copyright="COPYRIGHT © ANTARA News Bali 2027")], run)
    assert stored.outcome == "amended"


def test_the_date_as_shown_is_kept_beside_what_was_decided(
    archive: Archive, writer: Writer, run: int
) -> None:
    said = {"published_text": "1 Maret 2026 15:47 WIB", "published_note": "the page says WIB"}
    writer.write([article(7, at(0))], run)
    [stored] = writer.write([article(7, at(1), **said)], run)
    assert stored.outcome == "amended"
    columns = Extractions.published_text, Extractions.published_note
    with archive.reading() as connection:
        read = connection.execute(select(*columns).order_by(Extractions.id)).all()
    assert [tuple(row) for row in read] == [(None, None), tuple(said.values())]


def test_a_line_is_the_same_in_another_year_only() -> None:
    before = article(copyright="COPYRIGHT © ANTARA 2026")
    later = article(copyright="COPYRIGHT © ANTARA 2031")
    other = article(copyright="COPYRIGHT © ANTARA News Bali 2026")
    assert digest_beside(later, before.copyright) == digest(before) != digest(later)
    assert digest_beside(other, before.copyright) == digest(other)
    assert digest_beside(later, None) == digest(later)
