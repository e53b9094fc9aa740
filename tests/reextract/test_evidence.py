"""How readings compare with what else says the same: kept by a crawl, noted anew by reextract."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import delete, func, select

from antara_crawler.archive import Archive
from antara_crawler.archive.tables.articles import Articles, Extractions
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.archive.tables.evidence import Evidence
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.commands.show import Command
from tests.commands.library import Library
from tests.scrapy_runs import Workplace


@pytest.fixture
def archive(crawled_twice: Workplace) -> Iterator[Archive]:
    with Archive.open(crawled_twice.archive_url) as opened:
        yield opened


def evidence(archive: Archive) -> list[AnyRow]:
    with archive.reading() as connection:
        return list(connection.execute(select(Evidence.__table__)))


def test_each_reading_has_its_evidence(archive: Archive) -> None:
    rows = evidence(archive)
    with archive.reading() as connection:
        assert len(rows) == connection.scalar(select(func.count(Extractions.id)))
        assert (connection.scalar(select(func.count(Pages.hints))) or 0) >= 24
    assert all("og+" in row.title for row in rows)
    assert any("feed+" in row.title for row in rows)
    assert sum("-" in row.title for row in rows) == 2  # the two that were edited since
    assert all(row.text_size > row.unnamed_size >= 0 for row in rows)


def test_reextract_notes_it_where_it_is_lacking(crawled_twice: Workplace, archive: Archive) -> None:
    rows = evidence(archive)
    with archive.writing() as connection:
        connection.execute(delete(Evidence))
    told = crawled_twice.run("reextract", "--dry-run").out.splitlines()
    assert f"{len(rows) - 2} articles as before, their evidence noted anew" in told
    assert crawled_twice.run("reextract").status == 0
    assert [row[:5] for row in evidence(archive)] == [row[:5] for row in rows]


def test_it_is_shown_with_both_values(
    crawled_twice: Workplace, archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    differs = select(Articles.portal, Articles.kind, Articles.article_id).join(
        Evidence, Evidence.extraction_id == Articles.extraction_id
    )
    with archive.writing() as connection:
        portal, kind, number = connection.execute(differs.limit(1)).one()
        said = {"feed": {"title": "Judul lain sama sekali"}}
        page = (Pages.kind == kind, Pages.number == number)
        connection.execute(Pages.__table__.update().where(*page).values(hints=said))
    library, name = Library(crawled_twice), f"{portal}/{kind}/{number}"
    assert library.call(Command(), "--evidence", name) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "title    og       agrees" in lines
    place = lines.index("title    feed     DIFFERS")
    assert lines[place + 2].strip() == "said Judul lain sama sekali"
    assert library.call(Command(), "--evidence", "--json", name) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"title", "agrees", "read"} <= {*(each["field"] for each in told), *told[0]}
