"""Takes articles in from capture files of other programs, each with its own time and source."""

from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scrapy.settings import Settings

from antara_crawler.addresses import address_of
from antara_crawler.archive import Archive, Writer, portal_lock, runs
from antara_crawler.archive.store.admission import admit
from antara_crawler.cleaning import Cleaning
from antara_crawler.portals import Portal, portals
from antara_crawler.rebuild.reader import Intake, RunReader
from antara_crawler.spiders.templates import catalogue_of
from antara_crawler.warc import RecordsAccount, Replay
from antara_crawler.warc.history import Kept, PastRun, about_file


class ForeignFile:
    """Takes in one file; `done` counts what became of its articles, `account` of its records."""

    def __init__(
        self, archive: Archive, folder: Path, file: str, settings: Settings, software: str
    ) -> None:
        self.archive = archive
        self.done: Counter[str] = Counter()
        self._file = file
        self._settings = settings
        self._software = software
        self._largest = settings.getint("DOWNLOAD_MAXSIZE")
        self._source = about_file(folder / file).get("software", "another program")[:200]
        hosts = [host for each in portals().values() for host in (each.host, *each.aliases)]
        self._replay = Replay(folder / file, hosts=hosts)
        self._portals: dict[str, tuple[runs.Ending, Intake]] = {}

    @property
    def account(self) -> RecordsAccount:
        """What became of every record."""
        return self._replay.account()

    def take_in(self) -> None:
        """Read the answers in the order of their time, and write what they give.

        Raises ArchiveBusy when a portal is being crawled, UsageError when the archive takes none
        of its articles, NotWritable.
        """
        with ExitStack() as stack:
            for capture, exchange in self._replay.history():
                portal = next(
                    (each for each in portals().values() if address_of(exchange.url, each)), None
                )
                if portal is None or exchange.status != 200:
                    self._replay.pass_over()
                    self.done["other_pages"] += 1
                    continue
                if portal.name not in self._portals:
                    self._portals[portal.name] = self._open(portal, stack)
                own = replace(
                    capture, url=exchange.url, file=self._file, source=self._source,
                    etag=exchange.header("ETag"), last_modified=exchange.header("Last-Modified"),
                )  # fmt: skip
                self._portals[portal.name][1].take(Kept(own, exchange, None, None), exchange)
            for run, intake in self._portals.values():
                intake.end()
                run.counts = intake.done
                run.exit_status = 4 if intake.done["unreadable"] else 0
                self.done += intake.done

    def _open(self, portal: Portal, stack: ExitStack) -> tuple[runs.Ending, Intake]:
        stack.enter_context(portal_lock(self.archive, portal.name))
        admit(self.archive, portal.name)
        files = {"files": [self._file]}
        recorded = runs.recorded(self.archive, "import", self._software, portal.name, files)
        run = stack.enter_context(recorded)
        past = PastRun(portal.name, datetime.now(UTC), 0, "", (self._file,), self._source)
        reader = RunReader(
            past, Cleaning(self._settings), self._largest, catalogue_of(self._settings)
        )
        return run, Intake(self.archive, run.run, reader, Writer(self.archive, self._software))
