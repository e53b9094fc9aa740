"""`scrapy reextract`: every stored capture read again with today's code, without fetching."""

import argparse
import os
from collections import Counter
from collections.abc import Callable

from antara_crawler.archive import Archive, portal_lock, runs
from antara_crawler.archive.read.fetches import Part, crawled_portals
from antara_crawler.cli.command import (
    ArchiveCommand,
    flag,
    note,
    portal_name,
    report,
    tell,
    value,
    whole_number,
)
from antara_crawler.errors import BUSY, DONE, SOME_FAILED, UsageError
from antara_crawler.locations import archive_url, capture_files
from antara_crawler.reextract.job import Rounds
from antara_crawler.reextract.report import Report
from antara_crawler.spiders.templates import catalogue_of
from antara_crawler.terminal import asked_to_stop, show
from antara_crawler.wording import told, tr


class Command(ArchiveCommand):
    """Reads what is stored again; shows what that changes, then writes it."""

    bare = True

    def _options(self, parser: argparse.ArgumentParser) -> None:
        flag(parser, "--dry-run", tr("only show the report"))
        value(parser, "--portal", "NAME", tr("only this portal"), portal_name)
        value(parser, "--captures", "A-B", tr("only fetches with these row ids"), _rows)
        value(parser, "--store", "NAME", tr("with --captures: of this machine"))
        value(parser, "--workers", "N", tr("processes (default: one a processor)"), whole_number)

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Read all, show the report, and write what differs unless --dry-run."""
        if opts.store and not opts.captures:
            raise UsageError("--store goes with --captures: give both, or leave it out")
        part = Part(opts.captures[0], opts.captures[1], opts.store) if opts.captures else None
        workers = opts.workers or os.cpu_count() or 1
        files = capture_files(self.settings)
        catalogue_of(self.settings)  # better to know now that the user's templates are wrong
        url, patience = archive_url(self.settings), self.settings.getfloat("WRITE_PATIENCE")
        with (
            Archive.open(url, read_only=opts.dry_run, patience=patience) as archive,
            asked_to_stop() as stop,
            Rounds(archive, files, self.settings, portal=opts.portal, part=part) as rounds,
        ):
            if opts.dry_run:
                return _told(rounds.report, rounds.read(workers, stop))
            for each in [opts.portal] if opts.portal else crawled_portals(archive):
                with portal_lock(archive, each, rounds.patience):
                    pass  # better to know now that a crawl is under way than after the reading
            return _do(rounds, opts.portal, workers, stop)


def _rows(option: str, text: str) -> tuple[int, int]:
    """Return the row ids that --captures names."""
    first, _, last = text.partition("-")
    rows = whole_number(option, first), whole_number(option, last or first)
    if rows[0] > rows[1]:
        raise UsageError(f"{option} {text} names no rows: write the smaller number first")
    return rows


def _do(rounds: Rounds, name: str | None, workers: int, stop: Callable[[], bool]) -> int:
    done: Counter[str] = Counter()
    given = {"workers": workers}
    with runs.recorded(rounds.archive, "reextract", name, given) as run:
        whole = rounds.read(workers, stop)
        run.exit_status = _told(rounds.report, whole)
        if whole:
            done = rounds.write(run.run, stop)
            of = {"readings": done["reread"], "articles": done["new"]}
            tell("written: {readings} new readings, {articles} new articles", **of)
        for line in rounds.left:
            report(told(line))
        if rounds.stopped or rounds.left or done["unreadable"]:
            run.exit_status = BUSY if rounds.part and rounds.busy else SOME_FAILED
        run.status = "stopped" if rounds.stopped else "finished"
        run.counts = {"pages": rounds.report.pages, **done}
    return run.exit_status


def _told(report: Report, whole: bool) -> int:
    """Print the report and return the exit status that it asks for."""
    if not whole:
        note("stopped before all was read: nothing was changed")
        return SOME_FAILED
    for line in report.in_words():
        show(line)
    return SOME_FAILED if report.troubled else DONE
