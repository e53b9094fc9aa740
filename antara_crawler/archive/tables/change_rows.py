"""Enters what became of articles, within a caller's transaction; nothing of it twice."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, delete, select

from antara_crawler.archive.tables.history import Changes
from antara_crawler.archive.tables.statements import among, put, rows_with

Event = Literal["revised", "gone", "returned"]

_ON_RECORD = select(Changes.article_id, Changes.event, Changes.happened_at).where(
    among(Changes.article_id)
)
_FORGET = delete(Changes).where(among(Changes.article_id), Changes.event == "revised")


def note_events(
    connection: Connection, event: Event, happened: Mapping[int, Mapping[str, datetime | None]]
) -> None:
    """Enter an event of articles, by their ids, each with its times."""
    if not happened:
        return
    on_record = {
        (row.article_id, row.event, row.happened_at)
        for row in rows_with(connection, _ON_RECORD, happened)
    }
    rows: list[dict[str, Any]] = [
        {"article_id": key, "event": event, "kinds": [], **times}
        for key, times in happened.items()
        if (key, event, times["happened_at"]) not in on_record
    ]
    put(connection, Changes, rows)


def remake_revised(
    connection: Connection, articles: Iterable[int], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Let these be all the changes of wording of the articles."""
    connection.execute(_FORGET, {"keys": list(articles)})
    put(connection, Changes, [{"event": "revised", **row} for row in rows])
