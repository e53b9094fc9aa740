"""The views by which other programs read the archive."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text

from antara_crawler.archive import Archive, Writer
from antara_crawler.portals import portals
from tests.archive.samples import article, start_run


def test_a_row_has_the_names_in_the_pages_order_and_the_portals_time(
    archive: Archive, writer: Writer, run: int
) -> None:
    names = tuple(f"Nama {letter}" for letter in "ZYXWVUTSRQA")
    writer.write([article(1, reporters=names, tags=("b", "a")), article(2, reporters=())], run)
    with archive.reading() as connection:
        one, two = connection.execute(text("SELECT * FROM articles_flat ORDER BY id")).all()
    assert one.reporters == "; ".join(names)
    assert one.tags == "b; a"
    assert two.reporters is None
    local = one.published_local
    local = datetime.fromisoformat(local) if isinstance(local, str) else local
    assert local == datetime(2026, 2, 27, 23, 30)  # noqa: DTZ001
    assert str(one.published_on) == "2026-02-27"


def test_each_portals_clock_is_that_of_the_registry(
    archive: Archive, writer: Writer, run: int
) -> None:
    # A page may print the time on another clock than its portal's.
    noon = datetime(2026, 2, 27, 12, tzinfo=UTC)
    writer.write([article(1, portal=name, published_at=noon) for name in portals()], run)
    with archive.reading() as connection:
        found = connection.execute(text("SELECT portal, published_local FROM articles_flat")).all()
    assert {portal: datetime.fromisoformat(str(local)) for portal, local in found} == {
        name: noon.astimezone(ZoneInfo(each.zone)).replace(tzinfo=None)
        for name, each in portals().items()
    }


def test_the_search_is_a_table_to_sqlite(sqlite_url: str) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        Writer(archive, "test").write(
            [article(1), article(2, title="Harga karet", paragraphs=("Penyadap senang.",))],
            start_run(archive),
        )
        archive.rebuild_index()
        query = text(
            "SELECT article_id FROM articles_flat WHERE id IN"
            " (SELECT rowid FROM articles_search WHERE articles_search MATCH :words)"
        )
        with archive.reading() as connection:
            assert connection.scalars(query, {"words": '"karet"'}).all() == [2]
            assert connection.scalars(query, {"words": "rusmini"}).all() == [1]
