"""`scrapy health`: what goes wrong, by the archive's own past, and notices of it."""

import argparse
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from antara_crawler.archive import Archive
from antara_crawler.archive.frontier.schedule import CLOCK_SLACK
from antara_crawler.archive.read.bands import LOOK_BACK
from antara_crawler.cli.command import ArchiveCommand, flag, note, portal_name, value
from antara_crawler.errors import DONE, SOME_FAILED
from antara_crawler.fleet.state import state_of
from antara_crawler.health import history, judge, record
from antara_crawler.health.history import Finding
from antara_crawler.locations import captures_folder
from antara_crawler.terminal import Screen, plain
from antara_crawler.wording import counted, sentence, tr


class Command(ArchiveCommand):
    """Looks at the last nights, notes what goes wrong, and tells whom it is to tell."""

    bare = True

    def _options(self, parser: argparse.ArgumentParser) -> None:
        value(parser, "--portal", "NAME", tr("only this portal"), portal_name)
        flag(parser, "--json", tr("one JSON object, for programs"))
        flag(parser, "--notify", tr("send what is new, and what ended"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Judge the night, note it, print it, and send what nobody was told of yet."""
        senders = record.senders(self.settings.getlist("NOTIFY_URLS")) if opts.notify else []
        if opts.notify and not senders:
            note("scrapy health: nothing is sent: no address is in NOTIFY_URLS")
        now = datetime.now(UTC)
        folder = captures_folder(self.settings)
        free = shutil.disk_usage(folder).free if folder.is_dir() else None
        with self.archive() as reading:
            since = history.night_of(now) - timedelta(days=LOOK_BACK)
            past = history.load(reading, since, opts.portal, now + CLOCK_SLACK)
            found = judge.judge(past, now, record.known(reading, opts.portal), free)
            if fleet := state_of(reading, self.settings.getfloat("FLEET_DEAD_AFTER")):
                found += judge.fleet_faults(fleet, now)
        if opts.portal:  # the disk, verify and machines are of no portal
            found = [each for each in found if each.portal == opts.portal]
            if opts.portal not in past.begun:
                what = sentence(f"{opts.portal}: no crawl of it began here since {since}")
                found.append(Finding(f"no run {opts.portal}", "no run", opts.portal, what))
        with self.archive(write=True) as archive:
            record.keep(archive, found, now, opts.portal)
            failed = self._send(archive, senders, now) if senders else []
        self.exitcode = SOME_FAILED if found or failed else DONE  # whoever reads on
        if opts.json:
            Screen(sys.stdout).say_json(
                [asdict(each) | {"what_next": each.remedy} for each in found]
            )
            return self.exitcode
        for each in found:
            print(f"{plain(each.in_words)}: {tr(each.remedy)}")
        well = tr("nothing goes wrong that the archive's past would not have")
        print(counted(len(found), "finding") if found else well)
        return self.exitcode

    def _send(self, archive: Archive, senders: Sequence[Any], now: datetime) -> list[int]:
        told = record.to_tell(archive)
        if not told.rows:
            return []
        failed = record.send(senders, told)
        for place in failed:
            note(
                "scrapy health: no notice went to address {place} of NOTIFY_URLS: try it with"
                " apprise's own command",
                place=place,
            )
        if len(failed) < len(senders):
            record.was_told(archive, told.rows, now)
        return failed
