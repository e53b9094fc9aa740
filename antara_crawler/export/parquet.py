"""Records in columns, for notebooks: times are times, in UTC and on the portal's own clock."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib import import_module
from itertools import islice
from typing import IO, Any, get_args, get_origin

from typing_extensions import get_type_hints, is_typeddict

from antara_crawler import dates
from antara_crawler.export.columns import TIMES, TYPES

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
    """Return the columns with their types, as the fields of the record have them."""
    columns = []
    for name, hint in TYPES.items():
        is_time = name in TIMES
        columns.append((name, arrow.timestamp("us", "UTC") if is_time else _type(arrow, hint)))
        if name in LOCAL:
            columns.append((LOCAL[name], arrow.timestamp("us")))
    return arrow.schema(columns)


def _type(arrow: Any, hint: Any) -> Any:
    if is_typeddict(hint):
        fields = get_type_hints(hint).items()
        return arrow.struct({name: _type(arrow, each) for name, each in fields})
    if get_origin(hint) is list:
        return arrow.list_(_type(arrow, get_args(hint)[0]))
    ways = [way for way in get_args(hint) if way is not type(None)]
    if ways:
        return _type(arrow, ways[0])
    return arrow.int64() if hint is int else arrow.string()


def _typed(record: Mapping[str, Any]) -> dict[str, Any]:
    row = dict(record)
    for name in TIMES:
        at = row[name] and datetime.fromisoformat(row[name])
        row[name] = at
        if name in LOCAL:
            row[LOCAL[name]] = at and dates.local(at, row["portal"]).replace(tzinfo=None)
    return row
