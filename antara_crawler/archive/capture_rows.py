"""Enters captures, within a caller's transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from antara_crawler.archive.crawl_models import Captures
from antara_crawler.archive.statements import add, by_id, change
from antara_crawler.archive.types import AnyRow
from antara_crawler.items import Capture

_AT = select(
    Captures.id,
    Captures.length,
    Captures.sha256,
    Captures.page_id,
    Captures.revision_id,
    Captures.extraction_id,
).where(Captures.file == bindparam("in_file"), Captures.offset == bindparam("at_offset"))
_NEW = insert(Captures)
_CHANGE = by_id(Captures)


def recorded(connection: Connection, capture: Capture) -> AnyRow | None:
    """Return the row of a fetch, None when it is not on record."""
    place = {"in_file": capture.file, "at_offset": capture.offset}
    return connection.execute(_AT, place).first()


def find_captures(connection: Connection, captures: Sequence[Capture]) -> list[AnyRow | None]:
    """Return the row of each fetch, None for those that are not on record."""
    return [recorded(connection, capture) for capture in captures]


def record_captures(
    connection: Connection,
    captures: Sequence[Capture],
    on_record: Sequence[AnyRow | None] | None = None,
    *,
    run: int | None,
    portal: str | None,
    role: str,
    page_id: int | None,
    revision_id: int | None = None,
) -> list[int]:
    """Record fetches, the parts of one article in order, and return their ids.

    One that is on record already (found after a kill, or given again) is filled in, not doubled;
    `on_record` saves looking, where find_captures() was asked before. Raises ValueError for
    another record at the same place.
    """
    if on_record is None:
        on_record = find_captures(connection, captures)
    ids: list[int] = []
    for part, (capture, known) in enumerate(zip(captures, on_record, strict=True)):
        row: dict[str, Any] = {
            "run": run,
            "portal": portal,
            "role": role,
            "url": capture.url,
            "page_id": page_id,
            "revision_id": revision_id,
            "part": part,
            "first_part_id": ids[0] if ids else None,
            "status": capture.status,
            "captured_at": capture.captured_at,
            "file": capture.file,
            "offset": capture.offset,
            "length": capture.length,
            "sha256": capture.sha256,
            "payload_sha256": capture.payload_sha256,
            "etag": capture.etag,
            "last_modified": capture.last_modified,
        }
        if known is None:
            ids.append(add(connection, _NEW, row))
            continue
        if (known.length, known.sha256) != (capture.length, capture.sha256):
            raise ValueError(f"another record is on file at {capture.file}, {capture.offset}")
        if known.page_id is None or (revision_id is not None and known.revision_id is None):
            del row["run"]  # it was fetched by the run that is on record
            change(connection, _CHANGE, known.id, **row)
        ids.append(known.id)
    return ids


def point_capture(connection: Connection, capture: int, extraction: int) -> None:
    """Say which reading a fetch gives today."""
    change(connection, _CHANGE, capture, extraction_id=extraction)
