"""`scrapy verify`: whether all that was kept is there and says what it said."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import URL

from antara_crawler.archive import Archive, runs
from antara_crawler.cli.command import ArchiveCommand, flag, note
from antara_crawler.errors import ANEW, DONE, SOME_FAILED, AntaraError
from antara_crawler.locations import archive_url, capture_files
from antara_crawler.terminal import Screen, asked_to_stop
from antara_crawler.verify.files import BESIDE, ELSEWHERE
from antara_crawler.verify.repair import Repairer
from antara_crawler.verify.report import Checked, verify
from antara_crawler.wording import told, tr

NOTE_PATIENCE = 5.0
TOTALS = "files records cited articles revisions readings changes stories indexed pages links"
"""The counts that are told."""
OF_FILES = {"damage", "missing file", "torn tail", "record"}
"""Kinds of findings that a whole copy of the captures would mend."""
OF_TABLES = {"database", "link", "revision", "frontier"}
"""Kinds that no repair mends: what the tables are to say is known where they were whole."""
SHOWN = 20
"""Lines of each kind of finding that a person is shown."""


class Command(ArchiveCommand):
    """Checks captures, rows and the links between them; without --repair it only notes the day."""

    bare = True

    def _options(self, parser: argparse.ArgumentParser) -> None:
        flag(parser, "--json", tr("one JSON object, for machines"))
        flag(parser, "--repair", tr("mend what can be mended"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Check all and print what was found."""
        files, url = capture_files(self.settings), archive_url(self.settings)
        begun = datetime.now(UTC)
        with Archive.open(url, read_only=not opts.repair) as archive, asked_to_stop() as stop:
            if not opts.repair:
                checked = verify(archive, files, lambda finding: None, stop)
            else:
                with _recorded(archive, begun, repair=True) as run:
                    repairer = Repairer(archive, files, self.settings, run.run)
                    checked = _ended(run, verify(archive, files, repairer, stop))
        if checked.whole and not opts.repair:
            _note(url, begun, checked)
        if not checked.whole:
            note("stopped before all was checked")
        self.exitcode = _status(checked)  # whoever reads on
        screen = Screen(sys.stdout)
        if opts.json:
            screen.say_json(_as_object(checked))
        else:
            screen.say("\n".join(_in_words(checked, opts.repair)))
        return self.exitcode


def _status(checked: Checked) -> int:
    return SOME_FAILED if checked.left or not checked.whole else DONE


def _note(url: URL, begun: datetime, checked: Checked) -> None:
    """Note among the runs that all was checked: `scrapy health` asks when it was last."""
    try:
        with (
            Archive.open(url, lock_timeout=NOTE_PATIENCE) as archive,
            _recorded(archive, begun, repair=False) as run,
        ):
            _ended(run, checked)
    except AntaraError as error:
        why = told(str(error))
        note("scrapy verify: that it was checked could not be noted: {why}", why=why)


def _recorded(
    archive: Archive, begun: datetime, *, repair: bool
) -> AbstractContextManager[runs.Ending]:
    return runs.recorded(archive, "verify", arguments={"repair": repair}, begun=begun)


def _ended(run: runs.Ending, checked: Checked) -> Checked:
    run.status = "finished" if checked.whole else "stopped"
    run.exit_status = _status(checked)
    run.counts = {"found": checked.found, "mended": checked.mended}
    return checked


def _in_words(checked: Checked, repair: bool) -> Iterator[str]:
    counts = checked.counts
    totals = {name: counts[name] for name in TOTALS.split()}
    shown: Counter[str] = Counter()
    for finding, mended in checked.findings:
        shown[finding.kind] += 1
        if shown[finding.kind] <= SHOWN:
            named = f" ({finding.article})" if finding.article else ""
            done = tr(" [mended: {how}]", how=tr(mended)) if mended else ""
            done = done or (tr(" [not mended]") if repair else "")
            what = told(finding.message)
            yield f"{tr(finding.kind)}: {finding.place}{named}: {what}{done}"
    more = checked.found - sum(min(number, SHOWN) for number in shown.values())
    if more:
        yield tr("and {n} more of these kinds", n=more)
    yield tr("captures  {files} files, {records} records, of which {cited} are cited", **totals)
    yield tr("articles  {articles}, {revisions} revisions of them", **totals)
    yield tr("readings  {readings}, digests computed anew, paragraphs added up", **totals)
    if others := counts["other_digests"]:
        yield tr(
            "          {n} have a digest of another version: scrapy reextract renews it", n=others
        )
    yield tr("history   {changes} changes of wording, {stories} stories", **totals)
    yield tr("search    {indexed} articles in the index, every term counted", **totals)
    yield tr("frontier  {pages} pages; {links} kinds of links followed", **totals)
    for name, number in sorted(counts.items()):
        if name.startswith(ELSEWHERE):
            of = {"n": number, "store": name.removeprefix(ELSEWHERE)}
            yield tr("elsewhere {n} files on {store}, not seen from here: verify them there", **of)
        if name.startswith(BESIDE):
            of = {"n": number, "began": name.removeprefix(BESIDE)}
            yield tr(
                "others    {n} files of another archive, whose first run began at {began}: left"
                " alone; where it was lost, scrapy rebuild --add takes them in",
                **of,
            )
    if checked.waiting:
        yield tr(
            "waiting   {n} raw records of a run that goes on or was killed: the next crawl of its"
            " portal, or --repair, takes them in",
            n=checked.waiting,
        )
    if not checked.found:
        unseen = any(name.startswith(ELSEWHERE) for name in counts)
        well = tr("all that is seen from here is well") if unseen else tr("all is well")
        yield well if checked.whole else tr("nothing wrong was found so far")
        return
    mended = tr(", {n} of them mended", n=checked.mended) if repair else ""
    yield tr("{n} things are wrong{mended}", n=checked.found, mended=mended)
    yield from remedies({finding.kind for finding, done in checked.findings if not done}, repair)


def remedies(left: set[str], repair: bool) -> Iterator[str]:
    """Yield what mends the kinds of findings that are left, a line each."""
    if "uncited" in left:
        yield tr("next      scrapy rebuild --add takes in the records that no row cites")
    if left & OF_FILES:
        yield tr(
            "next      put files that are missing or damaged back from a copy; CAPTURES_DIR names"
            " their folder"
        )
    if left - OF_TABLES - (OF_FILES - {"torn tail"}) and not repair:
        yield tr("next      scrapy verify --repair mends what the captures can rebuild")
    if left & OF_TABLES or (left - OF_FILES - {"uncited"} and repair):
        yield tr(
            "next      restore the archive from a copy, or make it anew from the captures:"
            " {command}",
            command=ANEW,
        )


def _as_object(checked: Checked) -> dict[str, Any]:
    names = ("kind", "place", "article", "message")
    return {
        "sound": not checked.left and checked.whole,
        **{name: getattr(checked, name) for name in ("whole", "waiting")},
        "checked": dict(checked.counts),
        **{name: getattr(checked, name) for name in ("found", "mended")},
        "findings": [
            {**{name: getattr(finding, name) for name in names}, "mended": mended}
            for finding, mended in checked.findings
        ],
    }
