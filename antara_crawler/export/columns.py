"""Records as rows of tables: what the columns mean, and tables for Excel and notebooks.

For Excel real dates on the portal's clock, text as text, cells as long as it takes; for notebooks
times in UTC and on that clock.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from itertools import islice
from typing import IO, Any, get_args, get_origin

from typing_extensions import get_type_hints, is_typeddict

from antara_crawler import dates
from antara_crawler.archive import StoredArticle
from antara_crawler.archive.tables.fields import record_type, times_of
from antara_crawler.errors import UsageError
from antara_crawler.wording import sentence, tables

TYPES: dict[str, Any] = get_type_hints(record_type(StoredArticle))
COLUMNS = tuple(TYPES)
TIMES = times_of(StoredArticle)

MEANING: dict[str, str] = tables("export/columns.toml")
"""What each column means, for those who did not make it."""

_BETWEEN = {"paragraphs": "\n\n", "images": "\n", "related": "\n", "removed_paragraphs": "\n"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(name: str, value: Any) -> str | int | None:
    """Return a field of a record as one value: text, a number, or nothing."""
    if isinstance(value, list):
        return _BETWEEN.get(name, "; ").join(_item(item) for item in value)
    if isinstance(value, dict):
        return f"{value['file']}@{value['offset']}"
    assert value is None or isinstance(value, str | int)
    return value


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _item(item: Any) -> str:
    """Return one of a list: a text, a picture, a related article or a removed paragraph."""
    if isinstance(item, str):
        return item
    names = ("caption", "credit", "title", "text", "url")
    return " | ".join(item[name] for name in names if item.get(name))


LONGEST = 32_767
"""So many UTF-16 units a cell takes."""

MOST_ROWS = 1_048_576

CUT = " […]"
"""Ends a text that was longer."""

HEADER = (*COLUMNS, "zone")
_WIDTHS = {"title": 60, "url": 30, "paragraphs": 60, **dict.fromkeys(TIMES, 17)}
_FIRST_YEAR = 1900
UNKNOWN = datetime(1980, 1, 1, tzinfo=UTC)
"""When a file counts as made that has no article."""


def row(record: Mapping[str, Any]) -> list[str | int | datetime | None]:
    """Return a record as cells: times are naive, on the clock that the last cell names."""
    values: list[str | int | datetime | None] = []
    for name in COLUMNS:
        value = record[name]
        if name in TIMES:
            at = value and dates.local(datetime.fromisoformat(value), record["portal"])
            values.append(at and at.replace(tzinfo=None, microsecond=0))
        else:
            text = cell(name, value)
            values.append(_fitting(text) if isinstance(text, str) else text)
    seen = dates.local(datetime.fromisoformat(record["last_seen_at"]), record["portal"])
    return [*values, dates.zone(seen, record["portal"])]


def write_xlsx(records: Iterable[Mapping[str, Any]], target: IO[bytes]) -> str:
    """Write a workbook; the same records give the same bytes. Raises UsageError for too many."""
    module = import_module("xlsxwriter")
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}
    book = module.Workbook(target, options)
    sheet = book.add_worksheet("articles")
    sheet.freeze_panes(1, 1)
    bold = book.add_format({"bold": True})
    for column, name in enumerate(HEADER):
        sheet.set_column(column, column, _WIDTHS.get(name, 14))
        sheet.write_string(0, column, name, bold)
    newest, cut, number = UNKNOWN, 0, 0
    for number, record in enumerate(records, 1):
        if number == MOST_ROWS:
            raise UsageError(f"Excel takes {MOST_ROWS - 1:,} articles: use filters, or csv")
        newest = max(newest, datetime.fromisoformat(record["last_seen_at"]))
        cells = row(record)
        cut += cut_in(cells)
        for column, value in enumerate(cells):
            _write(sheet, number, column, value)
    sheet.autofilter(0, 0, number, len(HEADER) - 1)
    book.set_properties({"title": "ANTARA", "created": newest.replace(tzinfo=None)})
    try:
        book.close()
    except import_module("xlsxwriter.exceptions").FileCreateError as error:
        raise error.args[0] from error  # the system's own
    return note_of(cut)


def cut_in(cells: Iterable[object]) -> int:
    """Return how many texts of a row were cut."""
    return sum(isinstance(value, str) and value.endswith(CUT) for value in cells)


def note_of(cut: int) -> str:
    """Return what a user must know where texts were cut, or ''."""
    note = sentence(f"{cut} texts were longer than a cell takes, and end with '{CUT}'")
    return note if cut else ""


def _write(sheet: Any, line: int, column: int, value: str | int | datetime | None) -> None:
    if isinstance(value, datetime) and value.year >= _FIRST_YEAR:
        sheet.write_datetime(line, column, value)
    elif isinstance(value, int):
        sheet.write_number(line, column, value)
    elif value is not None:
        sheet.write_string(line, column, str(value))


def _fitting(text: str) -> str:
    """Return a text that a cell takes: Excel would refuse the file, or lose the whole text."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT) - 1)].decode("utf-16-le", "ignore") + CUT


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
