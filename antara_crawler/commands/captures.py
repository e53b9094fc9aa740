"""`scrapy captures move`: finished capture files into the store that machines share."""

import argparse

from antara_crawler.cli.command import ArchiveCommand, note, portal_name, report, tell, value
from antara_crawler.errors import DONE, SOME_FAILED, UsageError
from antara_crawler.holdings.moving import move
from antara_crawler.locations import capture_files
from antara_crawler.terminal import asked_to_stop
from antara_crawler.verify.repair import Repairer
from antara_crawler.wording import counted, told, tr


class Command(ArchiveCommand):
    """Moves files; killed at any instant, the same command does what is left."""

    def _options(self, parser: argparse.ArgumentParser) -> None:
        value(parser, "--portal", "NAME", tr("only this portal"), portal_name)

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Move what is finished, and say what stays and why."""
        if args != ["move"]:
            raise UsageError("say what to do: scrapy captures move")
        files = capture_files(self.settings)
        with self.archive(write=True) as archive, asked_to_stop() as stop:
            repairer = Repairer(archive, files, self.settings, None)
            moved = move(archive, files, repairer, opts.portal, stop)
        for file, why in moved.left.items():
            report(f"{file}: {told(why)}")
        if moved.stopped:
            note("stopped: the same command does what is left")
        tell("moved {files}, {size:.1f} MB", files=counted(moved.files, "file"),
                 size=moved.size / 1e6)  # fmt: skip
        if moved.unfinished:
            tell("{n} are still written to", n=counted(moved.unfinished, "file"))
        return SOME_FAILED if moved.left or moved.stopped else DONE
