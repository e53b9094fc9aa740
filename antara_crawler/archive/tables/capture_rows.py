"""Enters captures, within a caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.archive.tables.fields import part_of
from antara_crawler.archive.tables.statements import among, change_all, columns, put, rows_within
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import Capture

Place = tuple[str, int]
"""File and offset: what a raw record is known by."""

_AT = select(
    *columns(Captures, "id", "file", "offset", "length", "sha256"),
    *columns(Captures, "page_id", "revision_id", "extraction_id"),
).where(Captures.file == bindparam("file"), among(Captures.offset))

_OF_PAGE = ("portal", "role", "page_id", "revision_id")


@dataclass(frozen=True, slots=True)
class Fetched:
    """The raw records of one page, in order, and what they belong to."""

    captures: Sequence[Capture]
    portal: str | None
    role: str
    page_id: int | None
    revision_id: int | None = None


def place_of(capture: Capture) -> Place:
    """Return what a fetch is known by."""
    return capture.file, capture.offset


def find_captures(connection: Connection, captures: Iterable[Capture]) -> dict[Place, AnyRow]:
    """Return the rows of those fetches that are on record, by their places."""
    found = rows_within(connection, _AT, ("file",), map(place_of, captures))
    return {(row.file, row.offset): row for row in found}


def record_all(
    connection: Connection,
    fetched: Sequence[Fetched],
    on_record: Mapping[Place, AnyRow],
    run: int | None,
) -> list[list[int]]:
    """Record the fetches of many pages, none of them twice, and return the ids for each page.

    One that is on record already (found after a kill, or given again) is filled in, not doubled;
    `on_record` is what find_captures() said of them all. Raises ValueError for another record at
    the same place.
    """
    if not any(page.captures for page in fetched):
        return [[] for _ in fetched]
    # The one writer may give the ids.
    first = (connection.scalar(select(func.max(Captures.id))) or 0) + 1
    ids: list[list[int]] = []
    new: list[dict[str, Any]] = []
    changes: dict[int, dict[str, Any]] = {}
    for page in fetched:
        own: list[int] = []
        for part, capture in enumerate(page.captures):
            known = on_record.get(place_of(capture))
            if known and (known.length, known.sha256) != (capture.length, capture.sha256):
                raise ValueError(f"another record is on file at {capture.file}, {capture.offset}")
            key = known.id if known else first + len(new)
            row = {name: getattr(page, name) for name in _OF_PAGE}
            row |= part_of(capture)
            row |= {"part": part, "first_part_id": own[0] if part else None}
            if known is None:
                new.append({"id": key, "run_id": run, **row})
            elif known.page_id is None or (page.revision_id and known.revision_id is None):
                changes[key] = row  # it was fetched by the run that is on record
            own.append(key)
        ids.append(own)
    put(connection, Captures, new)
    change_all(connection, Captures, changes)
    return ids
