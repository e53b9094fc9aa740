"""Writes what belongs to readings: bylines, tags, pictures, links, what was taken out."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, select

from antara_crawler.archive.tables.articles import (
    Authors,
    Bylines,
    Extractions,
    ExtractionTags,
    LeftOutTexts,
    Tags,
)
from antara_crawler.archive.tables.evidence import Evidence, evidence_row
from antara_crawler.archive.tables.fields import PARTS, ROLES, part_of
from antara_crawler.archive.tables.rows import folded, left_out_digest
from antara_crawler.archive.tables.statements import add, among, change_all, put, rows_with
from antara_crawler.items import Article


def write_parts(connection: Connection, readings: Mapping[int, Article]) -> None:
    """Write all parts of readings, by the ids of their extractions."""
    bylines = [
        (key, role, position, name)
        for key, article in readings.items()
        for field, role in ROLES.items()
        for position, name in enumerate(getattr(article, field))
    ]
    ids = _ids(connection, Authors, (name for *_, name in bylines))
    tags = (tag for article in readings.values() for tag in article.tags)
    tagged = _ids(connection, Tags, tags)
    named = [
        {"extraction_id": key, "role": role, "position": position, "author_id": ids[name]}
        for key, role, position, name in bylines
    ]
    put(connection, Bylines, named)
    tagging = [
        {"extraction_id": key, "position": place, "tag_id": tagged[tag]}
        for key, article in readings.items()
        for place, tag in enumerate(article.tags)
    ]
    put(connection, ExtractionTags, tagging)
    for field in PARTS:
        _write_part(connection, readings, field)
    _write_evidence(connection, readings)


def remake_beside(connection: Connection, readings: Mapping[int, Article]) -> None:
    """Let extractions say anew what is beside them: what was left out, and the evidence."""
    if not readings:
        return
    for table in (LeftOutTexts, Evidence):
        forgotten = delete(table).where(table.extraction_id.in_(list(readings)))
        connection.execute(forgotten)
    _write_part(connection, readings, "left_out")
    _write_evidence(connection, readings)
    digests = {key: {"left_out_digest": left_out_digest(each)} for key, each in readings.items()}
    change_all(connection, Extractions, digests)


def _ids(
    connection: Connection, table: type[Authors] | type[Tags], names: Iterable[str]
) -> dict[str, int]:
    """Return the id of each name, entering those that are new."""
    wanted = dict.fromkeys(names)
    query = select(table.name, table.id).where(among(table.name))
    known = {row.name: row.id for row in rows_with(connection, query, wanted)}
    new = [name for name in wanted if name not in known]
    rows = [{"name": name, "key": folded(name)} for name in new]
    return known | dict(zip(new, add(connection, table, rows), strict=True))


def _write_part(connection: Connection, readings: Mapping[int, Article], field: str) -> None:
    rows = [
        {"extraction_id": key, "position": place, **part_of(each)}
        for key, article in readings.items()
        for place, each in enumerate(getattr(article, field))
    ]
    put(connection, PARTS[field], rows)


def _write_evidence(connection: Connection, readings: Mapping[int, Article]) -> None:
    rows = [
        {"extraction_id": key, **row}
        for key, article in readings.items()
        if (row := evidence_row(article)) is not None
    ]
    put(connection, Evidence, rows)
