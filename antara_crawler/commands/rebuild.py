"""`scrapy rebuild`: the archive made anew from the captures, when it was lost and they were not."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from scrapy.settings import Settings

from antara_crawler import SOFTWARE
from antara_crawler.archive import Archive, Filters, runs
from antara_crawler.cli import ArchiveCommand
from antara_crawler.errors import ArchiveBusy, UsageError
from antara_crawler.locations import archive_url, captures_folder
from antara_crawler.portals import portal
from antara_crawler.rebuild import Rebuilder
from antara_crawler.reextract import asked_to_stop
from antara_crawler.spiders.templates import catalogue_of
from antara_crawler.warc.history import PastRun, past_runs
from antara_crawler.wording import told, tr


class Command(ArchiveCommand):
    """Reads all captures in the order in which they were made, into an archive of their own."""

    def syntax(self) -> str:
        """Return the line of usage."""
        return "[--portal NAME] [--add]"

    def short_desc(self) -> str:
        """Return the line of the command list."""
        return tr("Make a lost archive anew from its captures")

    def long_desc(self) -> str:
        """Return the help text."""
        return tr(
            "Make an archive anew from the captures: every article with its revisions, when it was"
            " seen and whether it is gone, and the runs. The captures stay where they are. Stopped"
            " or killed, the same command goes on. Imported texts and pages that were only queued"
            " are not in captures. Example: scrapy rebuild -s ARCHIVE_URL=sqlite:///data/new.db"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --portal and --add."""
        super().add_options(parser)
        parser.add_argument("--portal", metavar="NAME", help=tr("only this portal"))
        parser.add_argument(
            "--add",
            action="store_true",
            help=tr("also into an archive that holds articles already"),
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Rebuild every run; say what came of it."""
        if args:
            raise UsageError(f"'{args[0]}' is not asked for: see -h")
        if opts.portal:
            portal(opts.portal)
        assert isinstance(self.settings, Settings)
        folder = captures_folder(self.settings)
        found = _runs_in(folder, opts.portal)
        catalogue_of(self.settings)  # better to know now that the user's templates are wrong
        url = archive_url(self.settings)
        with Archive.open(url, create=True) as archive, asked_to_stop() as stop:
            if not opts.add:
                _refuse_to_mix(archive)
            rebuilder = Rebuilder(archive, folder, self.settings, SOFTWARE)
            return _rebuild(rebuilder, found, opts.portal, stop)


def _runs_in(folder: Path, name: str | None) -> list[PastRun]:
    try:
        found, others = past_runs(folder) if folder.is_dir() else ([], [])
    except OSError as error:
        raise UsageError(f"cannot read {error.filename}: {error.strerror}") from error
    for file in others:
        line = tr("{file} was written by another program: read it with scrapy import", file=file)
        print(line, file=sys.stderr)
    found = [run for run in found if name in (None, run.portal)]
    if not found:
        raise UsageError(f"there are no captures of ours in {folder}: see CAPTURES_DIR")
    return found


def _refuse_to_mix(archive: Archive) -> None:
    """Raise UsageError for an archive that holds articles, unless a rebuilding left them."""
    before = runs.last_of(archive, "rebuild")
    begun = before is not None and before.status != "finished"
    if not begun and next(iter(archive.records(Filters(limit=1))), None) is not None:
        raise UsageError(
            f"{archive.name} holds articles already: name a new archive, as in"
            " -s ARCHIVE_URL=sqlite:///data/new.db, or say --add"
        )


def _rebuild(
    rebuilder: Rebuilder, found: list[PastRun], name: str | None, stop: Callable[[], bool]
) -> int:
    archive = rebuilder.archive
    own = runs.start(
        archive,
        portal=None,
        command="rebuild",
        arguments={"portal": name} if name else {},
        software=SOFTWARE,
        now=datetime.now(UTC),
    )
    whole = 0
    busy: list[str] = []
    for past in found:
        if stop():
            break
        try:
            whole += rebuilder.rebuild(past, stop)
        except ArchiveBusy as error:
            busy.append(str(error))
    done = rebuilder.done
    for line in [*rebuilder.faults, *busy]:
        print(told(line), file=sys.stderr)
    print(
        tr(
            "rebuilt   {whole} of {runs} runs, {records} raw records\n"
            "articles  {new} new, {revised} revised, {unchanged} seen unchanged, {gone} gone,"
            " {known} known before\n"
            "pages     {failed} failed, {unreadable} unreadable, {damaged} places of damage",
            whole=whole,
            runs=len(found),
            records=done["records"],
            new=done["new"],
            revised=done["revised"] + done["returned"],
            unchanged=done["unchanged"] + done["amended"],
            gone=done["gone"],
            known=done["known"] + done["reread"],
            failed=done["failed"],
            unreadable=done["unreadable"],
            damaged=rebuilder.damaged,
        )
    )
    if whole < len(found):
        print(tr("not all was rebuilt: run the same command again"), file=sys.stderr)
    status = 4 if whole < len(found) or rebuilder.damaged else 0
    runs.finish(
        archive,
        own,
        status="finished" if whole == len(found) else "stopped",
        exit_status=status,
        counts=dict(done),
        now=datetime.now(UTC),
    )
    return status
