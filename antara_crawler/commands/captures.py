"""`scrapy captures move`: finished capture files into the store that machines share."""

import argparse

from scrapy.settings import Settings

from antara_crawler import SOFTWARE
from antara_crawler.cli import ArchiveCommand, report
from antara_crawler.errors import UsageError
from antara_crawler.locations import capture_files
from antara_crawler.moving import move
from antara_crawler.portals import portal
from antara_crawler.reextract import asked_to_stop
from antara_crawler.verify import Mender
from antara_crawler.wording import counted, told, tr


class Command(ArchiveCommand):
    """Moves files; killed at any instant, the same command does what is left."""

    def syntax(self) -> str:
        """Return the line of usage."""
        return "move [--portal NAME]"

    def short_desc(self) -> str:
        """Return the line of the command list."""
        return tr("Move finished capture files into the store that machines share")

    def long_desc(self) -> str:
        """Return the help text."""
        return tr(
            "Move the capture files of crawls that ended into the shared store: CAPTURES_SHARED,"
            " a folder or a URL that fsspec knows, such as s3://bucket/captures (extra 'store')."
            " Each file is checked against the archive's rows, copied, and compared with its"
            " copy; then the rows say that it lies there, and only then it goes here. A file in"
            " which something is wrong stays (status 4)."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --portal."""
        super().add_options(parser)
        parser.add_argument("--portal", metavar="NAME", help=tr("only this portal"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Move what is finished, and say what stays and why."""
        if args != ["move"]:
            raise UsageError("say what to do: scrapy captures move")
        if opts.portal:
            portal(opts.portal)
        assert isinstance(self.settings, Settings)
        files = capture_files(self.settings)
        with self.archive(write=True) as archive, asked_to_stop() as stop:
            mender = Mender(archive, files, self.settings, SOFTWARE, None)
            moved = move(archive, files, mender, opts.portal, stop)
        for file, why in moved.left.items():
            report(f"{file}: {told(why)}")
        if moved.stopped:
            report(tr("stopped: the same command does what is left"))
        print(tr("moved {files}, {size:.1f} MB", files=counted(moved.files, "file"),
                 size=moved.size / 1e6))  # fmt: skip
        if moved.unfinished:
            print(tr("{n} are still written to", n=counted(moved.unfinished, "file")))
        return 4 if moved.left or moved.stopped else 0
