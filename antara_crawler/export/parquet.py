"""Records in columns, for notebooks: times are times, in UTC and on the portal's own clock."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from importlib import import_module
from itertools import islice
from typing import IO, Any

from antara_crawler import dates
from antara_crawler.export.columns import COLUMNS, TIMES

ROWS = 1000
"""So many rows make a group of a file."""

LOCAL = {"published_at": "published_local", "modified_at": "modified_local"}


def write_parquet(records: Iterable[Mapping[str, Any]], target: IO[bytes]) -> str:
    """Write the records; the same ones give the same bytes."""
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    table_schema = schema(arrow)
    source = map(_typed, records)
    with parquet.ParquetWriter(target, table_schema, compression="zstd") as writer:
        while rows := list(islice(source, ROWS)):
            writer.write_table(arrow.Table.from_pylist(rows, schema=table_schema))
    return ""


def schema(arrow: Any) -> Any:
    """Return the types of the columns; what is not named here is text."""
    text, number = arrow.string(), arrow.int64()
    texts = arrow.list_(text)
    removed = {"position": number, "repeats": number, "text": text, "reason": text}
    types = dict.fromkeys(("paragraphs", "reporters", "editors", "uploaders", "tags"), texts)
    types |= dict.fromkeys(TIMES, arrow.timestamp("us", "UTC"))
    types |= dict.fromkeys(LOCAL.values(), arrow.timestamp("us"))
    types |= {
        "article_id": number,
        "revision": number,
        "images": arrow.list_(arrow.struct({"url": text, "caption": text, "credit": text})),
        "related": arrow.list_(arrow.struct({"title": text, "url": text})),
        "removed_paragraphs": arrow.list_(arrow.struct(removed)),
        "capture": arrow.struct({"file": text, "offset": number, "length": number, "sha256": text}),
    }
    return arrow.schema([(name, types.get(name, text)) for name in _names()])


def _names() -> Iterator[str]:
    for name in COLUMNS:
        yield name
        if name in LOCAL:
            yield LOCAL[name]


def _typed(record: Mapping[str, Any]) -> dict[str, Any]:
    row = dict(record)
    for name in TIMES:
        at = row[name] and datetime.fromisoformat(row[name])
        row[name] = at
        if name in LOCAL:
            row[LOCAL[name]] = at and dates.local(at, row["portal"]).replace(tzinfo=None)
    return row
