"""Reads extractions back as the items that they were made from."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, select

from antara_crawler.archive.tables.articles import (
    Articles,
    Authors,
    Bylines,
    Extractions,
    ExtractionTags,
    Revisions,
    Tags,
)
from antara_crawler.archive.tables.fields import (
    IDENTITY,
    PARTS,
    ROLES,
    fields_of,
    held_by,
    names_of,
    part_type,
)
from antara_crawler.archive.tables.types import AnyRow, AnySelect
from antara_crawler.items import Article


def extracted(
    connection: Connection, keys: Sequence[int], *, without: Collection[str] = ()
) -> dict[int, Article]:
    """Return the extractions with these ids as items, without their captures.

    Those of the lists of objects that nobody asks for may be left out by name.
    """
    found = extracted_fields(connection, keys, without=without)
    return {key: Article(**fields) for key, fields in found.items()}


def extracted_fields(
    connection: Connection, keys: Sequence[int], *, without: Collection[str] = ()
) -> dict[int, dict[str, Any]]:
    """Return the same as the fields of items."""
    rows = connection.execute(_rows().where(Extractions.id.in_(keys))).all()
    people = _names(connection, Bylines, Bylines.author_id, Authors, keys, Bylines.role)
    tags = _names(connection, ExtractionTags, ExtractionTags.tag_id, Tags, keys)
    lists = {field: _parts(connection, field, keys) for field in PARTS if field not in without}
    return {
        row.id: {
            **{name: getattr(row, name) for name in IDENTITY},
            **fields_of(row, Extractions),
            **{field: tuple(people.get((row.id, role), ())) for field, role in ROLES.items()},
            **{field: tuple(found.get(row.id, ())) for field, found in lists.items()},
            "tags": tuple(tags.get((row.id,), ())),
        }
        for row in rows
    }


@cache
def _rows() -> AnySelect:
    columns = (getattr(Extractions, column) for column in held_by(Article, Extractions))
    identity = (getattr(Articles, name) for name in IDENTITY)
    return (
        select(Extractions.id, *columns, *identity)
        .join(Revisions, Revisions.id == Extractions.revision_id)
        .join(Articles, Articles.id == Revisions.article_id)
    )


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
    return _grouped((row[1:], row[0]) for row in connection.execute(query).all())


def _parts(connection: Connection, field: str, keys: Sequence[int]) -> dict[int, list[Any]]:
    """Return the objects of one of the articles' lists in their order, by extraction."""
    table, kind = PARTS[field], part_type(field)
    columns = [getattr(table, column) for column in names_of(kind, "column").values()]
    query = (
        select(table.extraction_id, *columns)
        .where(table.extraction_id.in_(keys))
        .order_by(table.extraction_id, table.position)
    )
    return _grouped((row[0], kind(*row[1:])) for row in connection.execute(query).all())


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def label(row: AnyRow | Article) -> str:
    """Return what to call an article in a report: 'kalsel/berita/496552'."""
    return f"{row.portal}/{row.kind}/{row.article_id}"
