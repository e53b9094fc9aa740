"""`scrapy export`: the archive's articles as JSON Lines, CSV, Parquet or WACZ, streaming."""

import argparse
import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import IO, Any

from antara_crawler.archive import Filters
from antara_crawler.cli import ArchiveCommand, add_filter_options, filters_from
from antara_crawler.errors import NotWritable, UsageError
from antara_crawler.locations import captures_folder
from antara_crawler.packaging import export_wacz
from antara_crawler.terminal import plain

Record = Mapping[str, Any]

ROWS = 1000
"""So many rows make a group of a Parquet file."""

_BETWEEN = {"paragraphs": "\n\n", "images": "\n", "related": "\n", "removed_paragraphs": "\n"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    *("portal", "article_id", "kind", "url", "title", "dateline", "paragraphs"),
    *("published_at", "published_text", "published_note", "modified_at"),
    *("reporters", "editors", "uploaders", "section", "tags"),
    *("images", "related", "copyright", "rights", "language", "removed_paragraphs"),
    *("first_seen_at", "last_seen_at", "revision", "gone_at", "capture"),
)


class Command(ArchiveCommand):
    """Writes one record an article."""

    def syntax(self) -> str:
        """Return the line of usage."""
        return "[-o FILE] [--format FORMAT] [filters]"

    def short_desc(self) -> str:
        """Return the line of the command list."""
        return "Write the archive's articles as JSON Lines, CSV, Parquet or WACZ"

    def long_desc(self) -> str:
        """Return the help text."""
        return (
            "Write the archive's articles, oldest first. jsonl (default): one JSON object a line,"
            " with everything. csv: one row an article for a spreadsheet (UTF-8), paragraphs with"
            " a blank line between, names and tags with '; ' between, pictures, related titles"
            " and removed paragraphs one a line; a text that a spreadsheet would take for a"
            " formula (it begins with = + - or @) gets an apostrophe before it. parquet: the same"
            " as jsonl in columns, for notebooks; it needs pip install 'antara-crawler[parquet]'."
            " wacz: all raw records of the articles, for a replay reader or as evidence."
            " A file appears under its name only when it is whole. Examples:"
            " scrapy export -o banjar.jsonl --section Banjar --since 2024-01-01 |"
            " scrapy export --format csv -o banjir.csv --tag banjir | scrapy export | wc -l |"
            " scrapy export --format wacz -o bukti.wacz --article kalsel/berita/496552"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add -o, --format and the filters."""
        super().add_options(parser)
        parser.add_argument(
            "-o",
            "--output",
            metavar="FILE",
            default="-",
            help="the file to write; - (default) is standard output",
        )
        parser.add_argument(
            "--format", choices=(*FORMATS, "wacz"), default="jsonl", help="default: jsonl"
        )
        parser.add_argument(
            "--article", metavar="ARTICLE", help="for wacz: this one, by number, name or address"
        )
        add_filter_options(parser)

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Write the records that the filters choose."""
        if args:
            raise UsageError(f"'{plain(args[0])}' is not asked for: name the file with -o")
        filters = filters_from(opts)
        if opts.format == "wacz":
            return self._pack(filters, opts.article, opts.output)
        if opts.article is not None:
            raise UsageError("--article is for --format wacz; scrapy show prints one article")
        write = FORMATS[opts.format]
        if opts.format == "parquet":
            _arrow()
            if opts.output == "-" and sys.stdout.isatty():
                raise UsageError("parquet is not for a terminal: name a file with -o")
        with self.archive_for(filters) as archive, opened(opts.output) as target:
            write(archive.records(filters), target)
        return 0

    def _pack(self, filters: Filters, article: str | None, output: str) -> int:
        assert self.settings is not None
        if output == "-":
            raise UsageError("a WACZ package is a file: name it with -o, for example bukti.wacz")
        if article is not None and filters != Filters():
            raise UsageError("--article names one article: leave the filters out")
        with self.archive_for(filters) as archive:
            export_wacz(archive, captures_folder(self.settings), filters, article, Path(output))
        return 0


def write_jsonl(records: Iterable[Record], target: IO[bytes]) -> None:
    """Write one JSON object a line, in UTF-8."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for record in records:
        target.write(f"{encode(record)}\n".encode())


def write_csv(records: Iterable[Record], target: IO[bytes]) -> None:
    """Write a header and one row an article, in UTF-8."""
    rows = csv.writer(_InUtf8(target))
    rows.writerow(_COLUMNS)
    for record in records:
        rows.writerow([_cell(name, record[name]) for name in _COLUMNS])


class _InUtf8:
    """Lets csv write text to a binary stream, which stays open whatever happens."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target

    def write(self, text: str) -> int:
        return self._target.write(text.encode())


def _cell(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return safe_cell(value)
    if isinstance(value, list):
        between = _BETWEEN.get(name, "; ")
        return safe_cell(between.join(_item(item) for item in value))
    if isinstance(value, dict):
        return f"{value['file']}@{value['offset']}"
    return value


def _item(item: Any) -> str:
    """Return one of a list: a text, a picture, a related article or a removed paragraph."""
    if isinstance(item, str):
        return item
    names = ("caption", "credit", "title", "text", "url")
    return " | ".join(item[name] for name in names if item.get(name))


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_parquet(records: Iterable[Record], target: IO[bytes]) -> None:
    """Write the records in columns; times are texts as in JSON, with the page's own offset."""
    arrow, parquet = _arrow()
    schema = _schema(arrow)
    source = iter(records)
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        while rows := list(islice(source, ROWS)):
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))


FORMATS: dict[str, Callable[[Iterable[Record], IO[bytes]], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
}


def _arrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise UsageError(
            "parquet needs pyarrow: pip install 'antara-crawler[parquet]', or use --format jsonl"
        ) from None


def _schema(arrow: Any) -> Any:
    """Return the types of the columns; what is not named here is text."""
    text, number = arrow.string(), arrow.int64()
    texts = arrow.list_(text)
    removed = {"position": number, "repeats": number, "text": text, "reason": text}
    types = dict.fromkeys(("paragraphs", "reporters", "editors", "uploaders", "tags"), texts)
    types |= {
        "article_id": number,
        "revision": number,
        "images": arrow.list_(arrow.struct({"url": text, "caption": text, "credit": text})),
        "related": arrow.list_(arrow.struct({"title": text, "url": text})),
        "removed_paragraphs": arrow.list_(arrow.struct(removed)),
        "capture": arrow.struct({"file": text, "offset": number, "length": number, "sha256": text}),
    }
    return arrow.schema([(name, types.get(name, text)) for name in _COLUMNS])


@contextmanager
def opened(name: str) -> Iterator[IO[bytes]]:
    """Open the output: a file appears under its name only when it is whole."""
    if name == "-":
        yield sys.stdout.buffer
        return
    target = Path(name)
    try:
        if target.exists() and not (target.is_file() or target.is_dir()):
            with target.open("wb") as stream:  # a device or a pipe, whose name must stay its own
                yield stream
            return
    except OSError as error:
        raise _not_written(target, error) from error
    target = target.resolve()  # a link stays one
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(target)
    except OSError as error:
        raise _not_written(target, error) from error
    finally:
        with suppress(OSError):  # it may never have been made
            part.unlink()


def _not_written(target: Path, error: OSError) -> NotWritable:
    return NotWritable(f"{target} could not be written ({error.strerror or error})")
