"""`scrapy forget`: removes an article or a portal on request, text and raw records, for good."""

import argparse
import getpass
import sys

from antara_crawler.archive import Archive
from antara_crawler.archive.forgetting import Subject, subject_of
from antara_crawler.cli.command import ArchiveCommand, flag, note, tell, value
from antara_crawler.crawl.recovery import recover
from antara_crawler.errors import DONE, SOME_FAILED, UsageError
from antara_crawler.holdings.takedown import forget, nobody_crawls
from antara_crawler.locations import archive_url, capture_files, index_folder
from antara_crawler.portals import portal
from antara_crawler.terminal import answer, plain
from antara_crawler.wording import counted, told, tr

MOST_REASON = 1000


class Command(ArchiveCommand):
    """Forgets what it is told to, and sees to it that it stays away."""

    def _options(self, parser: argparse.ArgumentParser) -> None:
        value(parser, "--portal", "NAME", tr("remove all of this portal"))
        value(parser, "--reason", "TEXT", tr("why, for the table of takedowns"))
        flag(parser, "--lost", tr("capture files that are not there are lost for good"))
        flag(parser, "--yes", tr("do not ask before"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Remove what is named, after asking; finish what a killed run began."""
        if len(args) + (opts.portal is not None) != 1:
            raise UsageError("name one article (kalsel/berita/496552, its address), or --portal")
        files = capture_files(self.settings)
        with Archive.open(archive_url(self.settings)) as archive:
            subject = (
                Subject(portal(opts.portal).name)
                if opts.portal is not None
                else subject_of(archive, args[0])
            )
            if not opts.yes:
                _ask(archive, subject)
            with nobody_crawls(archive, subject.portal):
                recover(archive, files.folder, subject.portal)
                reason = plain(opts.reason)[:MOST_REASON] or None
                by = getpass.getuser()
                wiped = forget(archive, files, subject, reason=reason, by=by, lost=opts.lost)
        if ((index := index_folder(self.settings)) / "meta.json").exists():
            note(
                "the index in {folder} holds its words until scrapy index follow has taken this in,"
                " or scrapy index build",
                folder=index,
            )
        if subject.article is None and not wiped.records:
            note(
                "nothing of {name} was held here: is it the one that was meant? Crawls leave it out"
                " from now on",
                name=subject.name,
            )
        for line in wiped.left:
            note("not overwritten: {what}", what=told(line))
        records = counted(wiped.records, "raw record")
        tell("{name} is forgotten: {records} overwritten", name=subject.name, records=records)
        return SOME_FAILED if wiped.left else DONE


def _ask(archive: Archive, subject: Subject) -> None:
    """Ask on a terminal; raise UsageError where nobody can answer, or the answer is no."""
    title = f" ({plain(subject.title)})" if subject.title else ""
    name, place = f"{subject.name}{title}", plain(archive.name)
    if not sys.stdin.isatty():
        raise UsageError(f"this removes {name} in {place} for good: add --yes")
    asked = tr("Remove {name} in {place} for good? Type yes: ", name=name, place=place)
    if answer(asked).strip().lower() not in ("yes", "ya"):
        raise UsageError("nothing was removed")
