"""The forms in which records are written, each with the endings of its files."""

import csv
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from io import StringIO
from pathlib import PurePath
from typing import IO, Any

from antara_crawler.errors import UsageError, require
from antara_crawler.export.columns import (
    COLUMNS,
    HEADER,
    cell,
    cut_in,
    note_of,
    row,
    safe_cell,
    write_parquet,
    write_xlsx,
)

Record = Mapping[str, Any]
Lines = Generator[bytes, None, str]
"""Pieces of a file, and at the end what a user must know of it, or ''."""

_ENDINGS = {f".{name}": name for name in ("jsonl", "csv", "xlsx", "parquet", "wacz")}
_ENDINGS |= {".ndjson": "jsonl", ".json": "jsonl"}
_OTHERS = {".xls", ".xlsm", ".ods", ".tsv", ".doc", ".docx", ".pdf", ".db", ".zip", ".gz", ".warc"}


@dataclass(frozen=True, slots=True)
class Format:
    """How records are written: into a binary stream, returning what a user must know, or ''.

    `needs` is the library it cannot do without, of the extra with the name `extra`; `lines` make
    it piece by piece, where it can be sent while it is made.
    """

    name: str
    media_type: str
    ending: str
    write: Callable[[Iterable[Record], IO[bytes]], str]
    needs: str = ""
    extra: str = ""
    lines: Callable[[Iterable[Record]], Lines] | None = None

    @property
    def there(self) -> bool:
        """Whether the library that it needs is installed."""
        return not self.needs or _is_installed(self.needs)

    def require(self) -> None:
        """Raise UsageError, which names the mend, where a library is missing."""
        if self.needs:
            require(self.name, self.extra, self.needs)


@cache
def _is_installed(library: str) -> bool:
    return find_spec(library) is not None


def jsonl_lines(records: Iterable[Record]) -> Lines:
    """Yield one JSON object a line, in UTF-8."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for record in records:
        yield f"{encode(record)}\n".encode()
    return ""


def csv_lines(records: Iterable[Record]) -> Lines:
    """Yield a header and one row an article, in UTF-8; no text is taken for a formula."""
    yield _row(COLUMNS)
    for record in records:
        yield _row(cell(name, record[name]) for name in COLUMNS)
    return ""


def excel_csv_lines(records: Iterable[Record]) -> Lines:
    """Yield a table that Excel opens by double click where ';' parts columns, as in Indonesia."""
    yield b"\xef\xbb\xbf" + _row(HEADER, ";")
    cut = 0
    for record in records:
        cells = row(record)
        cut += cut_in(cells)
        yield _row(cells, ";")
    return note_of(cut)


def _row(values: Iterable[Any], between: str = ",") -> bytes:
    line = StringIO()
    safe = (safe_cell(value) if isinstance(value, str) else value for value in values)
    csv.writer(line, delimiter=between).writerow(safe)
    return line.getvalue().encode()


def _of_lines(
    name: str, media_type: str, ending: str, lines: Callable[[Iterable[Record]], Lines]
) -> Format:
    def write(records: Iterable[Record], target: IO[bytes]) -> str:
        note = ""

        def pieces() -> Iterator[bytes]:
            nonlocal note
            note = yield from lines(records)

        target.writelines(pieces())
        return note

    return Format(name, media_type, ending, write, lines=lines)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARQUET = "application/vnd.apache.parquet"
FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        _of_lines("jsonl", "application/jsonl", "jsonl", jsonl_lines),
        _of_lines("csv", "text/csv", "csv", csv_lines),
        _of_lines("excel.csv", "text/csv", "csv", excel_csv_lines),
        Format("xlsx", _XLSX, "xlsx", write_xlsx, "xlsxwriter", "excel"),
        Format("parquet", _PARQUET, "parquet", write_parquet, "pyarrow", "parquet"),
    )
}


def format_of(file: str, asked: str | None, otherwise: str = "jsonl") -> str:
    """Return the format that is asked for, else that of a file's ending.

    Raises UsageError where both disagree, or the ending is that of a format we do not write.
    """
    ending = PurePath(file).suffix.lower()
    told = _ENDINGS.get(ending)
    if asked and told and asked != told:
        raise UsageError(
            f"{file} is no {asked} by its ending: name it otherwise, or leave --format"
        )
    if ending in _OTHERS and not asked:
        raise UsageError(f"{ending} is no format of ours: use .xlsx .csv .jsonl .parquet or .wacz")
    return asked or told or otherwise
