"""Reads extractions back as the items that they were made from."""

from collections.abc import Collection, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, select

from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.fields import (
    IDENTITY,
    PARTS,
    ROLES,
    fields_of,
    held_by,
    names_of,
    part_type,
)
from antara_crawler.archive.tables.lookup import BYLINES, TAGS
from antara_crawler.archive.tables.statements import among, grouped
from antara_crawler.archive.tables.types import AnyRow, AnySelect
from antara_crawler.items import Article

_identity = attrgetter(*IDENTITY)


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
    rows = connection.execute(_rows(), {"keys": keys}).all()
    bylines = connection.execute(BYLINES, {"keys": keys}).all()
    people = grouped((row[:2], row[2]) for row in bylines)
    tags = grouped((row[0], row[1]) for row in connection.execute(TAGS, {"keys": keys}).all())
    lists = {field: _parts(connection, field, keys) for field in PARTS if field not in without}
    read = {}
    for row in rows:
        key = row.id
        read[key] = fields = fields_of(row, Extractions)
        fields["portal"], fields["kind"], fields["article_id"] = _identity(row)
        for field, role in ROLES.items():
            fields[field] = tuple(people.get((key, role), ()))
        for field, found in lists.items():
            fields[field] = tuple(found.get(key, ()))
        fields["tags"] = tuple(tags.get(key, ()))
    return read


@cache
def _rows() -> AnySelect:
    columns = (getattr(Extractions, column) for column in held_by(Article, Extractions))
    identity = (getattr(Articles, name) for name in IDENTITY)
    return (
        select(Extractions.id, *columns, *identity)
        .join(Revisions, Revisions.id == Extractions.revision_id)
        .join(Articles, Articles.id == Revisions.article_id)
        .where(among(Extractions.id))
    )


def _parts(connection: Connection, field: str, keys: Sequence[int]) -> dict[int, list[Any]]:
    """Return the objects of one of the articles' lists in their order, by extraction."""
    kind = part_type(field)
    rows = connection.execute(_part_rows(field), {"keys": keys}).all()
    return grouped((row[0], kind(*row[1:])) for row in rows)


@cache
def _part_rows(field: str) -> AnySelect:
    table = PARTS[field]
    columns = [getattr(table, each) for each in names_of(part_type(field), "column").values()]
    return (
        select(table.extraction_id, *columns)
        .where(among(table.extraction_id))
        .order_by(table.extraction_id, table.position)
    )


def label(row: AnyRow | Article) -> str:
    """Return what to call an article in a report: 'kalsel/berita/496552'."""
    return f"{row.portal}/{row.kind}/{row.article_id}"
