"""`scrapy reextract`: every stored capture read again with today's code, without fetching."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from scrapy.settings import Settings

from antara_crawler import SOFTWARE
from antara_crawler.archive import Archive, portal_lock, runs
from antara_crawler.archive.read.fetches import Part, crawled_portals
from antara_crawler.cli import EXIT_STATUS, ArchiveCommand, whole_number
from antara_crawler.errors import ArchiveBusy, UsageError
from antara_crawler.locations import archive_url, capture_files
from antara_crawler.portals import portal
from antara_crawler.reextract import Report, Rounds, asked_to_stop
from antara_crawler.spiders.templates import catalogue_of
from antara_crawler.wording import told, tr


class Command(ArchiveCommand):
    """Reads what is stored again; shows what that changes, then writes it."""

    def syntax(self) -> str:
        """Return the line of usage."""
        return "[--dry-run] [--portal NAME] [--workers N]"

    def short_desc(self) -> str:
        """Return the line of the command list."""
        return tr("Read every stored page again with today's code")

    def long_desc(self) -> str:
        """Return the help text."""
        return tr(
            "Read every stored page again with today's templates and pipelines, without"
            " fetching. A report says which fields change, then the changes are written: each"
            " as a new reading of the same revision; pages that could not be read become"
            " articles. Example: scrapy reextract --dry-run --portal kalsel"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --dry-run, --portal and --workers."""
        super().add_options(parser)
        parser.add_argument("--dry-run", action="store_true", help=tr("only show the report"))
        parser.add_argument("--portal", metavar="NAME", help=tr("only this portal"))
        parser.add_argument("--captures", metavar="A-B", help=tr("only fetches with these row ids"))
        parser.add_argument("--store", metavar="NAME", help=tr("with --captures: of this machine"))
        parser.add_argument(
            "--workers", metavar="N", help=tr("processes (default: one a processor)")
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Read all, show the report, and write what differs unless --dry-run."""
        if args:
            raise UsageError(f"'{args[0]}' is not asked for: see -h")
        if opts.portal:
            portal(opts.portal)
        part = _part(opts.captures, opts.store)
        workers = whole_number("--workers", opts.workers) or os.cpu_count() or 1
        assert isinstance(self.settings, Settings)
        files = capture_files(self.settings)
        catalogue_of(self.settings)  # better to know now that the user's templates are wrong
        with (
            Archive.open(archive_url(self.settings), read_only=opts.dry_run) as archive,
            asked_to_stop() as stop,
            Rounds(archive, files, self.settings, portal=opts.portal, part=part) as rounds,
        ):
            if opts.dry_run:
                return _told(rounds.report, rounds.read(workers, stop))
            for each in [opts.portal] if opts.portal else crawled_portals(archive):
                with portal_lock(archive, each, rounds.patience):
                    pass  # better to know now that a crawl is under way than after the reading
            return _do(rounds, opts.portal, workers, stop)


def _part(text: str | None, store: str | None) -> Part | None:
    """Return the part of the fetches that --captures names."""
    if text is None:
        return None
    first, _, last = text.partition("-")
    numbers = [whole_number("--captures", number) for number in (first, last)]
    return Part(numbers[0] or 0, numbers[1] or 0, store)


def _do(rounds: Rounds, name: str | None, workers: int, stop: Callable[[], bool]) -> int:
    run = runs.start(
        rounds.archive,
        portal=name,
        command="reextract",
        arguments={"workers": workers},
        software=SOFTWARE,
        now=datetime.now(UTC),
    )
    done: Counter[str] = Counter()
    whole = rounds.read(workers, stop)
    status = _told(rounds.report, whole)
    if whole:
        done = rounds.write(SOFTWARE, run, stop)
        of = {"readings": done["reread"], "articles": done["new"]}
        print(tr("written: {readings} new readings, {articles} new articles", **of))
    for line in rounds.left:
        print(told(line), file=sys.stderr)
    if rounds.stopped or rounds.left or done["unreadable"]:
        status = EXIT_STATUS[ArchiveBusy] if rounds.part and rounds.busy else 4
    runs.finish(
        rounds.archive,
        run,
        status="stopped" if rounds.stopped else "finished",
        exit_status=status,
        counts={"pages": rounds.report.pages, **done},
        now=datetime.now(UTC),
    )
    return status


def _told(report: Report, whole: bool) -> int:
    """Print the report and return the exit status that it asks for."""
    if not whole:
        print(tr("stopped before all was read: nothing was changed"), file=sys.stderr)
        return 4
    for line in report.in_words():
        print(line)
    return 4 if report.troubled else 0
