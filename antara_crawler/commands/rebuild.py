"""`scrapy rebuild`: the archive made anew from the captures, when it was lost and they were not."""

import argparse
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path

from antara_crawler.archive import Archive, Filters, runs
from antara_crawler.cli.command import ArchiveCommand, flag, note, portal_name, report, tell, value
from antara_crawler.errors import DONE, SOME_FAILED, ArchiveBusy, UsageError
from antara_crawler.locations import archive_url, captures_folder
from antara_crawler.rebuild.reader import outcomes
from antara_crawler.rebuild.rebuilder import Rebuilder
from antara_crawler.spiders.templates import catalogue_of
from antara_crawler.terminal import asked_to_stop
from antara_crawler.warc.history import PastRun, past_runs
from antara_crawler.wording import told, tr


class Command(ArchiveCommand):
    """Reads all captures in the order in which they were made, into an archive of their own."""

    bare = True

    def _options(self, parser: argparse.ArgumentParser) -> None:
        value(parser, "--portal", "NAME", tr("only this portal"), portal_name)
        flag(parser, "--add", tr("also into an archive that holds articles already"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Rebuild every run; say what came of it."""
        folder = captures_folder(self.settings)
        found, others = _runs_in(folder, opts.portal)
        catalogue_of(self.settings)  # better to know now that the user's templates are wrong
        url = archive_url(self.settings)
        patience = self.settings.getfloat("WRITE_PATIENCE")
        opened = Archive.open(url, create=True, patience=patience)
        with opened as archive, asked_to_stop() as stop:
            _say_whose(found, runs.begun(archive))
            if not opts.add:
                _refuse_to_mix(archive)
            # What a portal that is being crawled lacks, an archive of its own did not have before.
            is_own = opts.add and not runs.half_rebuilt(archive)
            given = {"portal": opts.portal} if opts.portal else {}
            with runs.recorded(archive, "rebuild", arguments=given) as run:
                rebuilder = Rebuilder(archive, folder, self.settings)
                return _rebuild(rebuilder, found, run, stop, unread=len(others), is_own=is_own)


def _runs_in(folder: Path, name: str | None) -> tuple[list[PastRun], list[str]]:
    try:
        found, others = past_runs(folder) if folder.is_dir() else ([], [])
    except OSError as error:
        raise UsageError(f"cannot read {error.filename}: {error.strerror}") from error
    for file in others:
        note(
            "{file} was not read, since its name is not one of ours: read it with scrapy import, or"
            " where it is ours give it its own name again",
            file=file,
        )
    found = [run for run in found if name in (None, run.portal)]
    if not found:
        raise UsageError(f"there are no captures of ours in {folder}: see CAPTURES_DIR")
    return found, others


def _say_whose(found: list[PastRun], begun: Collection[datetime]) -> None:
    """Say which runs were crawled for another archive than a new one's, the oldest, or ours."""
    firsts = sorted({run.archive for run in found if run.archive is not None} - set(begun))
    beside = firsts if begun else firsts[1:]
    if beside:
        note(
            "{n} of {runs} runs were crawled for another archive, whose first run began at {began}:"
            " they are taken in, too",
            n=sum(run.archive in beside for run in found),
            runs=len(found),
            began=", ".join(each.isoformat(timespec="seconds") for each in beside),
        )


def _refuse_to_mix(archive: Archive) -> None:
    """Raise UsageError for an archive that holds articles, unless a rebuilding left them."""
    if (
        not runs.half_rebuilt(archive)
        and next(iter(archive.records(Filters(limit=1))), None) is not None
    ):
        raise UsageError(
            f"{archive.name} holds articles already: name a new archive, as in"
            " -s ARCHIVE_URL=sqlite:///data/new.db, or say --add"
        )


def _rebuild(
    rebuilder: Rebuilder,
    found: list[PastRun],
    run: runs.Ending,
    stop: Callable[[], bool],
    *,
    unread: int,
    is_own: bool,
) -> int:
    whole = 0
    busy: list[str] = []
    refused: list[str] = []
    for past in found:
        if stop():
            break
        try:
            whole += rebuilder.rebuild(past, stop)
        except ArchiveBusy as error:
            busy.append(str(error))
        except UsageError as error:
            refused.append(f"{past.files[0]}: {error}")
            if len(refused) == len(found):
                raise
    done = rebuilder.done
    for line in [*rebuilder.faults, *busy, *refused]:
        report(told(line))
    tell(
        "rebuilt   {whole} of {runs} runs, {records} raw records\n"
        "articles  {new} new, {revised} revised, {unchanged} seen unchanged, {gone} gone,"
        " {known} known before\n"
        "pages     {failed} failed, {unreadable} unreadable, {damaged} places of damage",
        whole=whole,
        runs=len(found),
        records=done["records"],
        damaged=rebuilder.damaged,
        **outcomes(done),
    )
    if removed := done["removed"]:
        tell("removed   {n} answers of articles removed on request: not taken in", n=removed)
    if whole + len(refused) < len(found):
        note("not all was rebuilt: run the same command again")
    left = len(busy) if is_own else 0
    run.status = "finished" if whole + len(refused) + left == len(found) else "stopped"
    owed = whole < len(found) or rebuilder.damaged or unread
    run.exit_status = SOME_FAILED if owed else DONE
    run.counts = done
    return run.exit_status
