"""`scrapy export`: the archive's articles as records, streaming."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from antara_crawler.archive import export_records
from antara_crawler.commandline import ArchiveCommand, add_filter_options, filters_from
from antara_crawler.errors import NotWritable, UsageError


class Command(ArchiveCommand):
    """Writes one JSON object a line."""

    def syntax(self) -> str:
        """Return the line of usage."""
        return "[-o FILE] [filters]"

    def short_desc(self) -> str:
        """Return the line of the command list."""
        return "Write the archive's articles as JSON Lines"

    def long_desc(self) -> str:
        """Return the help text."""
        return (
            "Write the archive's articles, one JSON object a line, oldest first. Example:"
            " scrapy export -o banjar.jsonl --section Banjar --since 2024-01-01"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add -o and the filters."""
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="FILE", default="-", help="- for the screen")
        parser.add_argument("--format", metavar="FORMAT", default="jsonl", help="jsonl")
        add_filter_options(parser)

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Write the records that the filters choose."""
        if args:
            raise UsageError(f"'{args[0]}' is not asked for: name the file with -o")
        if opts.format != "jsonl":
            raise UsageError(f"--format {opts.format} is not known: use jsonl")
        filters = filters_from(opts)
        with self.archive() as archive, opened(opts.output) as target:
            for record in export_records(archive, filters):
                target.write(json.dumps(record, ensure_ascii=False) + "\n")
        return 0


@contextmanager
def opened(name: str) -> Iterator[TextIO]:
    """Open the output: a file appears under its name only when it is whole."""
    if name == "-":
        yield sys.stdout
        return
    target = Path(name)
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            yield stream
        part.replace(target)
    except OSError as error:
        raise NotWritable(f"{target} could not be written ({error.strerror})") from error
    finally:
        part.unlink(missing_ok=True)
