"""Tables for Excel: real dates on the portal's clock, text as text, cells as long as it takes."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from typing import IO, Any

from antara_crawler import dates
from antara_crawler.errors import UsageError
from antara_crawler.export.columns import COLUMNS, TIMES, cell
from antara_crawler.wording import sentence

LONGEST = 32_767
"""So many UTF-16 units a cell takes."""

MOST_ROWS = 1_048_576

CUT = " […]"
"""Ends a text that was longer."""

HEADER = (*COLUMNS, "zone")
_WIDTHS = {"title": 60, "url": 30, "paragraphs": 60, **dict.fromkeys(TIMES, 17)}
_FIRST_YEAR = 1900
_UNKNOWN = datetime(1980, 1, 1, tzinfo=UTC)


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
    newest, cut, number = _UNKNOWN, 0, 0
    for number, record in enumerate(records, 1):
        if number == MOST_ROWS:
            raise UsageError(f"Excel takes {MOST_ROWS - 1:,} articles: use filters, or csv")
        newest = max(newest, datetime.fromisoformat(record["last_seen_at"]))
        cells = row(record)
        cut += sum(isinstance(value, str) and value.endswith(CUT) for value in cells)
        for column, value in enumerate(cells):
            _write(sheet, number, column, value)
    sheet.autofilter(0, 0, number, len(HEADER) - 1)
    book.set_properties({"title": "ANTARA", "created": newest.replace(tzinfo=None)})
    try:
        book.close()
    except import_module("xlsxwriter.exceptions").FileCreateError as error:
        raise error.args[0] from error  # the system's own
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
