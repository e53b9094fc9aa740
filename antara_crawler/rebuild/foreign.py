"""Takes articles in from capture files of other programs, each with its own time and source."""

from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scrapy.settings import Settings

from antara_crawler.addresses import address_of
from antara_crawler.archive import Archive, Writer, portal_lock, runs
from antara_crawler.archive.store import captured
from antara_crawler.archive.store.admission import admit
from antara_crawler.cleaning import Cleaning
from antara_crawler.items import Article, Capture, Outcome
from antara_crawler.portals import Portal, portals
from antara_crawler.rebuild.reader import RunReader
from antara_crawler.spiders.templates import catalogue_of
from antara_crawler.warc import Exchange, RecordsAccount, Replay
from antara_crawler.warc.history import Kept, PastRun, about_file

BATCH = 200


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
        self._portals: dict[str, _Portal] = {}

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
                self.done += self._portals[portal.name].read(own, exchange)
            for opened in self._portals.values():
                self.done += opened.end()

    def _open(self, portal: Portal, stack: ExitStack) -> "_Portal":
        stack.enter_context(portal_lock(self.archive, portal.name))
        admit(self.archive, portal.name)
        files = {"files": [self._file]}
        recorded = runs.recorded(self.archive, "import", self._software, portal.name, files)
        run = stack.enter_context(recorded)
        past = PastRun(portal.name, datetime.now(UTC), 0, "", (self._file,), self._source)
        reader = RunReader(
            past, Cleaning(self._settings), self._largest, catalogue_of(self._settings)
        )
        return _Portal(self.archive, run, reader, Writer(self.archive, self._software))


class _Portal:
    """What is read of one portal, on its way into the archive."""

    def __init__(
        self, archive: Archive, run: runs.Ending, reader: RunReader, writer: Writer
    ) -> None:
        self._archive = archive
        self._run = run
        self._reader = reader
        self._writer = writer
        self._batch: list[Article | Outcome] = []
        self._done: Counter[str] = Counter()
        run.counts = self._done

    def read(self, capture: Capture, exchange: Exchange) -> Counter[str]:
        """Read an answer; return what became of what was written meanwhile."""
        self._batch.extend(self._reader.read(Kept(capture, exchange, None, None), exchange))
        full = len(self._batch) >= BATCH or len(self._reader.loose) >= BATCH
        return self._write() if full else Counter()

    def end(self) -> Counter[str]:
        """Write what is left; the run ends with it."""
        self._reader.end()
        written = self._write()
        self._run.exit_status = 4 if self._done["unreadable"] else 0
        return written

    def _write(self) -> Counter[str]:
        stored = self._writer.write(self._batch, self._run.run) if self._batch else []
        self._batch.clear()
        loose, portal = self._reader.loose, self._reader.spider.portal.name
        captured.account(self._archive, loose, run=self._run.run, portal=portal)
        loose.clear()
        written = Counter[str](each.outcome for each in stored)
        self._done += written
        return written
