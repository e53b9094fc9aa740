"""Reads articles back as export records: streaming, in batches, in one fixed order."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, tuple_

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.read.filters import Filters
from antara_crawler.archive.store.parts import ROLES
from antara_crawler.archive.tables.articles import (
    Articles,
    Authors,
    Bylines,
    Extractions,
    ExtractionTags,
    Pictures,
    RelatedLinks,
    RemovedParagraphs,
    Tags,
)
from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.archive.tables.types import AnyRow, AnySelect, local_time

BATCH = 500

_NUMBER = func.coalesce(Articles.article_id, -1)
_ORDER = (Articles.portal, Articles.kind, _NUMBER, Articles.id)
_COLUMNS = (
    Articles.id,
    Articles.portal,
    Articles.kind,
    Articles.article_id,
    Articles.url,
    Articles.title,
    Articles.dateline,
    Articles.published_at,
    Articles.published_offset,
    Articles.modified_at,
    Articles.modified_offset,
    Articles.section,
    Articles.copyright,
    Articles.rights,
    Articles.language,
    Articles.first_seen_at,
    Articles.last_seen_at,
    Articles.gone_at,
    Articles.revision,
    Articles.extraction_id,
    _NUMBER.label("order_number"),
    Extractions.paragraphs,
    Extractions.published_text,
    Extractions.published_note,
    Captures.file,
    Captures.offset,
    Captures.length,
    Captures.sha256,
)
_RECORDS: AnySelect = (
    select(*_COLUMNS)
    .outerjoin(Extractions, Extractions.id == Articles.extraction_id)
    .outerjoin(Captures, Captures.id == Articles.capture_id)
)


def export_records(archive: Archive, filters: Filters = Filters()) -> Iterator[dict[str, Any]]:  # noqa: B008
    """Yield the export record of each article that fits, as the contract has it.

    Ordered by publication time, portal, kind and number; those without a date come last. Each
    batch is a transaction of its own, so that a slow reader does not hold the archive.
    """
    for batch in numbered_records(archive, filters):
        yield from batch.values()


def numbered_records(archive: Archive, filters: Filters) -> Iterator[dict[int, dict[str, Any]]]:
    """Yield the same in batches, each record by the id of its row in `articles`."""
    left = filters.limit
    for dated in (True, False):
        for batch in _batches(archive, filters, dated, left):
            yield batch
            left = None if left is None else left - len(batch)


def records_of(archive: Archive, articles: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield the export records of these rows of `articles`, in order; those gone are left out."""
    for start in range(0, len(articles), BATCH):
        wanted = articles[start : start + BATCH]
        with archive.reading() as connection:
            rows = connection.execute(_RECORDS.where(Articles.id.in_(wanted))).all()
            found = _records(connection, rows)
        yield from (found[row] for row in wanted if row in found)


def record_of(connection: Connection, article: int) -> dict[str, Any] | None:
    """Return the export record of one row of `articles`."""
    rows = connection.execute(_RECORDS.where(Articles.id == article)).all()
    return _records(connection, rows).get(article)


def _batches(
    archive: Archive, filters: Filters, dated: bool, limit: int | None
) -> Iterator[dict[int, dict[str, Any]]]:
    """Yield batches of records by keyset, of the articles with or without a date."""
    order = (Articles.published_at, *_ORDER) if dated else _ORDER
    query = (
        _RECORDS.where(
            Articles.published_at.is_not(None) if dated else Articles.published_at.is_(None)
        )
        .where(*filters.conditions())
        .order_by(*order)
    )
    after: tuple[Any, ...] | None = None
    left = limit
    while left is None or left > 0:
        step = query.limit(BATCH if left is None else min(BATCH, left))
        if after is not None:
            step = step.where(tuple_(*order) > after)
        with archive.reading() as connection:
            rows = connection.execute(step).all()
            records = _records(connection, rows)
        if not rows:
            return
        yield records
        last = rows[-1]
        after = (last.portal, last.kind, last.order_number, last.id)
        after = (last.published_at, *after) if dated else after
        left = None if left is None else left - len(rows)


def _records(connection: Connection, rows: Sequence[AnyRow]) -> dict[int, dict[str, Any]]:
    keys = [row.extraction_id for row in rows]
    reporters, editors, uploaders = _bylines(connection, keys)
    tags = _tags(connection, keys)
    images = _objects(connection, Pictures, ("url", "caption", "credit"), keys)
    related = _objects(connection, RelatedLinks, ("title", "url"), keys)
    removed = _objects(
        connection, RemovedParagraphs, ("position", "repeats", "text", "reason"), keys
    )
    return {
        row.id: {
            "portal": row.portal,
            "article_id": row.article_id,
            "kind": row.kind,
            "url": row.url,
            "title": row.title,
            "dateline": row.dateline,
            "paragraphs": row.paragraphs,
            "published_at": local_iso(row.published_at, row.published_offset),
            "published_text": row.published_text,
            "published_note": row.published_note,
            "modified_at": local_iso(row.modified_at, row.modified_offset),
            "reporters": reporters.get(row.extraction_id, []),
            "editors": editors.get(row.extraction_id, []),
            "uploaders": uploaders.get(row.extraction_id, []),
            "section": row.section,
            "tags": tags.get(row.extraction_id, []),
            "images": images.get(row.extraction_id, []),
            "related": related.get(row.extraction_id, []),
            "copyright": row.copyright,
            "rights": row.rights,
            "language": row.language,
            "removed_paragraphs": removed.get(row.extraction_id, []),
            "first_seen_at": row.first_seen_at.isoformat(),
            "last_seen_at": row.last_seen_at.isoformat(),
            "revision": row.revision,
            "gone_at": row.gone_at.isoformat() if row.gone_at else None,
            "capture": _capture(row),
        }
        for row in rows
    }


def local_iso(time: datetime | None, offset: int | None) -> str | None:
    """Return a time in ISO 8601 with the offset (in minutes) that the page gave it."""
    local = local_time(time, offset)
    return local.isoformat() if local else None


def _capture(row: AnyRow) -> dict[str, Any] | None:
    if row.file is None:
        return None
    return {
        "file": row.file,
        "offset": row.offset,
        "length": row.length,
        "sha256": row.sha256,
    }


def _bylines(connection: Connection, keys: list[int]) -> tuple[dict[int, list[str]], ...]:
    """Return the names by extraction, one mapping for each role."""
    query = (
        select(Bylines.extraction_id, Bylines.role, Authors.name)
        .join(Authors, Authors.id == Bylines.author_id)
        .where(Bylines.extraction_id.in_(keys))
        .order_by(Bylines.extraction_id, Bylines.role, Bylines.position)
    )
    found: dict[str, defaultdict[int, list[str]]] = {role: defaultdict(list) for role in ROLES}
    for extraction, role, name in connection.execute(query):
        found[role][extraction].append(name)
    return tuple(found.values())


def _tags(connection: Connection, keys: list[int]) -> dict[int, list[str]]:
    query = (
        select(ExtractionTags.extraction_id, Tags.name)
        .join(Tags, Tags.id == ExtractionTags.tag_id)
        .where(ExtractionTags.extraction_id.in_(keys))
        .order_by(ExtractionTags.extraction_id, ExtractionTags.position)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for extraction, name in connection.execute(query):
        found[extraction].append(name)
    return found


def _objects(
    connection: Connection, table: type[Any], fields: tuple[str, ...], keys: list[int]
) -> dict[int, list[dict[str, Any]]]:
    """Return the rows of a table of parts by extraction, as objects with these fields."""
    columns = [getattr(table, field) for field in fields]
    query = (
        select(table.extraction_id, *columns)
        .where(table.extraction_id.in_(keys))
        .order_by(table.extraction_id, table.position)
    )
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for extraction, *values in connection.execute(query):
        found[extraction].append(dict(zip(fields, values, strict=True)))
    return found
