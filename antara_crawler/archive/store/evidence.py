"""Writes how readings compare with what else says the same; reads it back for comparing."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, delete

from antara_crawler.archive.tables.evidence import Evidence, evidence_row
from antara_crawler.archive.tables.statements import put
from antara_crawler.items import Article

_FORGET = delete(Evidence).where(Evidence.extraction_id.in_(bindparam("keys", expanding=True)))


def write_evidence(connection: Connection, readings: Mapping[int, Article]) -> None:
    """Write the evidence of readings, by the ids of their extractions."""
    rows = [
        {"extraction_id": key, **row}
        for key, article in readings.items()
        if (row := evidence_row(article)) is not None
    ]
    put(connection, Evidence, rows)


def remake_evidence(connection: Connection, readings: Mapping[int, Article]) -> None:
    """Write the evidence of readings anew, in place of what there was."""
    if readings:
        connection.execute(_FORGET, {"keys": list(readings)})
        write_evidence(connection, readings)
