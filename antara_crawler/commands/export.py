"""`scrapy export`: the archive's articles, or those of a search, in files for other programs."""

import argparse
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

from antara_crawler.archive import Archive
from antara_crawler.archive.runs import half_rebuilt
from antara_crawler.archive.search.conditions import ORDERS
from antara_crawler.cli.command import (
    ArchiveCommand,
    add_filter_options,
    filters_from,
    flag,
    report,
    value,
)
from antara_crawler.commands.search import announce, doubt
from antara_crawler.errors import DONE, SOME_FAILED, UsageError, require
from antara_crawler.export.dataset import export_dataset
from antara_crawler.export.formats import FORMATS, format_of
from antara_crawler.export.output import whole_file
from antara_crawler.export.packages import export_bag, export_wacz, lacking
from antara_crawler.export.selection import Selection
from antara_crawler.locations import capture_files
from antara_crawler.terminal import plain
from antara_crawler.wording import counted, told, tr

_BINARY = {"xlsx", "parquet"}


class Command(ArchiveCommand):
    """Writes one record an article."""

    def _options(self, parser: argparse.ArgumentParser) -> None:
        about = tr("the file to write; - (default) is standard output")
        parser.add_argument("-o", "--output", metavar="FILE", default="-", help=about)
        forms = ("jsonl", "csv", "xlsx", "parquet", "wacz", "bag")
        about = tr("default: that of the file's ending, else jsonl")
        parser.add_argument("--format", choices=forms, help=about)
        value(parser, "--dataset", "DIR", tr("a folder of Parquet by portal and year, described"))
        flag(parser, "--excel", tr("csv for Indonesian Excel: ';' between columns"))
        about = tr("order, as in scrapy search; without it and a query: oldest first")
        parser.add_argument("--sort", choices=ORDERS, help=about)
        value(parser, "--article", "ARTICLE", tr("only this one, by number, name or address"))
        add_filter_options(parser)

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Write what the query and the filters choose."""
        form = _format(args, opts)
        selection = Selection(" ".join(args), filters_from(opts), opts.sort, opts.article)
        if opts.article is not None and selection != Selection(article=opts.article):
            raise UsageError("--article names one article: leave query and filters out")
        with self.archive_for(selection.filters) as archive:
            if (query := selection.query).strip():
                announce(archive.search(query, selection.filters, limit=0, facets=False), query)
                doubt(archive, query)
            if opts.dataset or opts.output != "-":
                target = Path(opts.dataset or opts.output).resolve()
                _refuse_own(archive, capture_files(self.settings).folder, target)
            for note in filter(None, self._write(archive, selection, form, opts)):
                report(told(note))
            return SOME_FAILED if half_rebuilt(archive) else DONE

    def _write(
        self, archive: Archive, selection: Selection, form: str, opts: argparse.Namespace
    ) -> Iterator[str]:
        """Write in a format; yield how many articles went where, and what else to know of it."""
        captures, target = capture_files(self.settings), Path(opts.output)
        if opts.dataset is not None:
            count = export_dataset(archive, selection, Path(opts.dataset))
            of = {"articles": counted(count, "article"), "name": opts.dataset}
            yield tr("{articles} in {name}: its README.md says what it is", **of)
            return
        tally = itertools.count()
        if form in ("bag", "wacz"):
            rows = selection.rows(archive)
            tally = itertools.count(len(rows))
            if form == "bag":
                yield export_bag(archive, captures, rows, target)
            else:
                found = export_wacz(archive, captures, rows, target)
                tally = itertools.count(found)
                yield lacking(rows, found)
        else:
            records = (each for each, _ in zip(selection.records(archive), tally, strict=False))
            with whole_file(opts.output) as stream:
                note = FORMATS[form].write(records, stream)
            yield note
        if opts.output != "-":
            of = {"articles": counted(next(tally), "article"), "name": plain(opts.output)}
            yield tr("{articles} in {name}", **of)


def _refuse_own(archive: Archive, captures: Path, target: Path) -> None:
    """Raise UsageError for a file or folder of the archive itself: it would be replaced."""
    own, kept = archive.path, captures.resolve()
    is_own = own is not None and target.parent == own.resolve().parent
    if kept in (target, *target.parents) or (own and is_own and target.name.startswith(own.name)):
        raise UsageError(f"{target} is a part of the archive itself: name another file")


def _format(args: list[str], opts: argparse.Namespace) -> str:
    """Return the format; raise UsageError for what cannot be written there."""
    for word in args:
        if word.rpartition(".")[2] in FORMATS:
            raise UsageError(f"'{plain(word)}' is a file: name it with -o {plain(word)}")
    if opts.dataset is not None:
        if opts.output != "-" or opts.format or opts.excel:
            raise UsageError("--dataset names the folder itself: leave -o, --format and --excel")
        FORMATS["parquet"].require()
        return "parquet"
    form = format_of(opts.output, opts.format, "csv" if opts.excel else "jsonl")
    if opts.excel and form != "csv":
        raise UsageError("--excel is for csv: name a file that ends in .csv, or leave it out")
    if form == "wacz" and opts.output == "-":
        raise UsageError("a WACZ package is a file: name it with -o, for example bukti.wacz")
    if form == "bag" and opts.output == "-":
        raise UsageError("a bag is a folder: name it with -o, for example bag-2026")
    if form == "bag":
        require("bag", "bag", "bagit")
    if form in FORMATS:
        FORMATS[form].require()
    if form in _BINARY and opts.output == "-" and sys.stdout.isatty():
        raise UsageError(f"{form} is not for a terminal: name a file with -o")
    return "excel.csv" if opts.excel else form
