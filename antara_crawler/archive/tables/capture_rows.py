"""Enters captures, within a caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.archive.tables.fields import names_of
from antara_crawler.archive.tables.statements import add, among, change_all, columns, rows_within
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import Capture

Place = tuple[str, int]
"""File and offset: what a raw record is known by."""

_AT = select(
    *columns(Captures, "id", "file", "offset", "length", "sha256"),
    *columns(Captures, "page_id", "revision_id", "extraction_id"),
).where(Captures.file == bindparam("file"), among(Captures.offset))


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
    found = [
        (page, part, capture, on_record.get(place_of(capture)))
        for page in fetched
        for part, capture in enumerate(page.captures)
    ]
    for _, _, capture, known in found:
        if known and (known.length, known.sha256) != (capture.length, capture.sha256):
            raise ValueError(f"another record is on file at {capture.file}, {capture.offset}")
    new = [
        {"run_id": run, **_row(page, part, capture)}
        for page, part, capture, known in found
        if known is None
    ]
    added = iter(add(connection, Captures, new))
    every = iter([known.id if known else next(added) for *_, known in found])
    ids = [[next(every) for _ in page.captures] for page in fetched]
    changes: dict[int, dict[str, Any]] = {}
    firsts = (own[0] for own in ids for _ in own)
    keys = (key for own in ids for key in own)
    for first, key, (page, part, capture, known) in zip(firsts, keys, found, strict=True):
        first_part = {"first_part_id": first if part else None}
        if known is None:
            if part:
                changes[key] = first_part
        elif known.page_id is None or (page.revision_id and known.revision_id is None):
            # It was fetched by the run that is on record.
            changes[key] = {**_row(page, part, capture), **first_part}
    change_all(connection, Captures, changes)
    return ids


def point_captures(connection: Connection, extractions: Mapping[int, int]) -> None:
    """Say which reading each fetch gives today."""
    changes = {capture: {"extraction_id": key} for capture, key in extractions.items()}
    change_all(connection, Captures, changes)


def _row(page: Fetched, part: int, capture: Capture) -> dict[str, Any]:
    return {
        "portal": page.portal,
        "role": page.role,
        "page_id": page.page_id,
        "revision_id": page.revision_id,
        "part": part,
        **{name: getattr(capture, name) for name in names_of(Capture, "column")},
    }
