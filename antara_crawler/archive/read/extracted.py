"""Reads extractions back as the items that they were made from."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from antara_crawler.archive.tables.articles import (
    Articles,
    Authors,
    Bylines,
    Extractions,
    ExtractionTags,
    LeftOutTexts,
    Pictures,
    RelatedLinks,
    RemovedParagraphs,
    Revisions,
    Tags,
)
from antara_crawler.archive.tables.types import AnyRow, local_time
from antara_crawler.items import Article, LeftOut, Link, Picture, Removed

_ROWS = (
    select(Extractions.__table__, Articles.portal, Articles.kind, Articles.article_id)
    .join(Revisions, Revisions.id == Extractions.revision_id)
    .join(Articles, Articles.id == Revisions.article_id)
)


def extracted(connection: Connection, keys: Sequence[int]) -> dict[int, Article]:
    """Return the extractions with these ids as items, without their captures."""
    rows = connection.execute(_ROWS.where(Extractions.id.in_(keys))).all()
    people = _names(connection, Bylines, Bylines.author_id, Authors, keys, Bylines.role)
    tags = _names(connection, ExtractionTags, ExtractionTags.tag_id, Tags, keys)
    images = _parts(connection, Pictures, ("url", "caption", "credit"), keys)
    related = _parts(connection, RelatedLinks, ("title", "url"), keys)
    left_out = _parts(connection, LeftOutTexts, ("behind", "text", "reason"), keys)
    removed = _parts(connection, RemovedParagraphs, ("position", "repeats", "text", "reason"), keys)
    return {
        row.id: Article(
            portal=row.portal,
            kind=row.kind,
            article_id=row.article_id,
            url=row.url,
            title=row.title,
            paragraphs=tuple(row.paragraphs),
            dateline=row.dateline,
            dateline_text=row.dateline_text,
            published_at=local_time(row.published_at, row.published_offset),
            published_text=row.published_text,
            published_note=row.published_note,
            modified_at=local_time(row.modified_at, row.modified_offset),
            reporters=tuple(people.get((row.id, "reporter"), ())),
            editors=tuple(people.get((row.id, "editor"), ())),
            uploaders=tuple(people.get((row.id, "uploader"), ())),
            section=row.section,
            tags=tuple(tags.get((row.id,), ())),
            images=tuple(Picture(*each) for each in images.get(row.id, ())),
            related=tuple(Link(*each) for each in related.get(row.id, ())),
            copyright=row.copyright,
            rights=row.rights,
            language=row.language,
            template=row.template,
            left_out=tuple(LeftOut(*each) for each in left_out.get(row.id, ())),
            removed=tuple(Removed(*each) for each in removed.get(row.id, ())),
        )
        for row in rows
    }


def _names(
    connection: Connection, table: type[Any], key: Any, names: type[Any], keys: Sequence[int],
    *groups: Any,
) -> dict[tuple[Any, ...], list[str]]:  # fmt: skip
    """Return names in their order, by extraction and what else they are grouped by."""
    query = (
        select(names.name, table.extraction_id, *groups)
        .join(names, names.id == key)
        .where(table.extraction_id.in_(keys))
        .order_by(table.extraction_id, table.position)
    )
    return _grouped((tuple(group), name) for name, *group in connection.execute(query))


def _parts(
    connection: Connection, table: type[Any], fields: Sequence[str], keys: Sequence[int]
) -> dict[int, list[tuple[Any, ...]]]:
    columns = [getattr(table, field) for field in fields]
    query = (
        select(table.extraction_id, *columns)
        .where(table.extraction_id.in_(keys))
        .order_by(table.extraction_id, table.position)
    )
    return _grouped((row[0], tuple(row[1:])) for row in connection.execute(query))


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def label(row: AnyRow | Article) -> str:
    """Return what to call an article in a report: 'kalsel/berita/496552'."""
    return f"{row.portal}/{row.kind}/{row.article_id}"
