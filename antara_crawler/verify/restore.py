"""Puts damaged rows back to what was read: from the reading itself, or from a second one."""

from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, select

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.index.search_index import index_articles, make
from antara_crawler.archive.index.stories import link_all
from antara_crawler.archive.read.extracted import extracted
from antara_crawler.archive.store.parts import Names, write_parts
from antara_crawler.archive.store.wordings import wordings_of
from antara_crawler.archive.tables.articles import Articles, Authors, Extractions, Tags
from antara_crawler.archive.tables.change_rows import remake_revised
from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.archive.tables.fields import PART_TABLES
from antara_crawler.archive.tables.rows import (
    article_row,
    digest,
    extraction_row,
    fingerprint,
    import_key,
    refuse_unfit,
)
from antara_crawler.archive.tables.statements import change
from antara_crawler.items import Article, Capture

_PARTS = tuple(delete(table).where(table.extraction_id == bindparam("of")) for table in PART_TABLES)


def restore_extraction(archive: Archive, key: int, article: Article, software: str) -> bool:
    """Let an extraction say again what was read; return whether it is what it said before.

    `article` is what its capture gives today; where the code has changed since, the extraction
    is of this `software` from now on. The article that shows it is put right, too.
    """
    refuse_unfit(article)
    whole = digest(article)
    with archive.writing() as connection:
        before = connection.scalar(select(Extractions.digest).where(Extractions.id == key))
        values = {**extraction_row(article), "digest": whole, "fingerprint": fingerprint(article)}
        if whole != before:
            values |= {"software": software, "extracted_at": datetime.now(UTC)}
        change(connection, Extractions, key, **values)
        for statement in _PARTS:
            connection.execute(statement, {"of": key})
        write_parts(connection, {key: article}, Names(Authors), Names(Tags))
        shown = list(connection.scalars(select(Articles.id).where(Articles.extraction_id == key)))
        for each in shown:
            change(connection, Articles, each, **article_row(article))
        index_articles(connection, shown)
    return whole == before


def restore_article(archive: Archive, key: int) -> bool:
    """Let an article show its current extraction again; False when it has none."""
    with archive.writing() as connection:
        query = select(Articles.extraction_id).where(Articles.id == key)
        extraction = connection.scalar(query)
        found = extracted(connection, [extraction] if extraction is not None else [])
        for item in found.values():
            values = article_row(item)
            if item.article_id is None:
                values["import_key"] = import_key(item)
            change(connection, Articles, key, **values)
            index_articles(connection, [key])
    return bool(found)


def restore_capture(archive: Archive, key: int, capture: Capture) -> None:
    """Let the row of a fetch say again what its raw record says."""
    values = {
        "status": capture.status,
        "captured_at": capture.captured_at,
        "length": capture.length,
        "sha256": capture.sha256,
        "payload_sha256": capture.payload_sha256,
        "url": capture.url,
    }
    with archive.writing() as connection:
        change(connection, Captures, key, **values)


def restore_changes(archive: Archive, key: int) -> None:
    """Let the changes of wording of an article be again those that its fetches show."""
    with archive.writing() as connection:
        remake_revised(connection, [key], wordings_of(connection, [key]).get(key, []))


def remake_stories(archive: Archive) -> None:
    """Link all articles to their stories anew; other writers wait."""
    with archive.writing() as connection:
        link_all(connection)


def remake_index(archive: Archive) -> None:
    """Make the search index anew, of all articles; other writers wait."""
    with archive.writing() as connection:
        make(connection)
