"""Writes what past crawls got into an archive: their runs, articles, outcomes and records."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scrapy.settings import Settings

from antara_crawler import SOFTWARE
from antara_crawler.addresses import address_of, portal_of
from antara_crawler.archive import Archive, Writer, portal_lock, runs
from antara_crawler.archive.runs import admit
from antara_crawler.archive.store import captured
from antara_crawler.errors import DONE, SOME_FAILED, BrokenCapture
from antara_crawler.items import Capture
from antara_crawler.portals import Portal, portals
from antara_crawler.rebuild.reader import Intake, RunReader, page_of
from antara_crawler.reextract.extract import Rules
from antara_crawler.warc import (
    Damage,
    Exchange,
    RecordsAccount,
    Replay,
    Scanned,
    read_capture,
)
from antara_crawler.warc.history import PastRun, about_file, is_sample, kept_by
from antara_crawler.wording import sentence

FAULTS_NAMED = 20


class Rebuilder:
    """Rebuilds run by run, in their order; `done` counts what became of each answer.

    Given the same run again it changes nothing: killed at any instant, the same command goes on.
    """

    def __init__(self, archive: Archive, folder: Path, settings: Settings) -> None:
        self.archive = archive
        self.done: Counter[str] = Counter()
        self.faults: list[str] = []
        self.damaged = 0
        self._folder = folder
        self._known = captured.files(archive)
        self._rules = Rules(settings)
        self._writer = Writer(archive, SOFTWARE)

    def rebuild(self, past: PastRun, stop: Callable[[], bool]) -> bool:
        """Take in one run, under its portal's lock; return whether it came to its end.

        Raises ArchiveBusy when the portal is being crawled, UsageError when the archive is of
        other articles than the run, NotWritable.
        """
        with portal_lock(self.archive, past.portal):
            admit(self.archive, past.portal, sample=past.sample)
            names = ("portal", "arguments", "started_at", "pid", "host")
            known = {name: getattr(past, name) for name in names}
            if past.missing:
                why = sentence(
                    f"{past.missing} earlier files of its run are lost, or were forgotten whole"
                )
                self._fault(past.files[-1], 0, why)
            if past.lost is not None and past.lost not in self._known:
                why = sentence(
                    f"{past.lost}, which the crawl before it wrote, is lost, or was forgotten whole"
                )
                self._fault(past.files[0], 0, why)
            run = runs.restore(self.archive, **known, software=past.software or "unknown")
            intake = Intake(self.archive, run, RunReader(past, self._rules), self._writer)
            last = past.started_at
            for kept in kept_by(self._folder, past, self._note_damage):
                if stop():
                    self.done += intake.done
                    return False
                self.done["records"] += 1
                last = kept.capture.captured_at
                if kept.note is not None:
                    self._fault(kept.capture.file, kept.capture.offset, kept.note)
                intake.take(kept, self._whole(kept, intake))
            intake.end()
            self.done += intake.done
            runs.end_restored(self.archive, run, last)
        return True

    def _whole(self, kept: Scanned, intake: Intake) -> Exchange | None:
        """Return an answer that is whole, with the payload that a revisit refers to."""
        exchange = kept.exchange if kept.note is None else None
        if exchange is None or exchange.revisit is None or exchange.status == 304:
            return exchange
        source = self._source(kept, intake)
        try:
            return read_capture(self._folder, kept.capture, lambda _: source)
        except BrokenCapture as error:
            self._fault(kept.capture.file, kept.capture.offset, str(error))
            return None

    def _source(self, kept: Scanned, intake: Intake) -> Capture | None:
        """Return the record that holds a payload: one not yet written, or one on record."""
        payload = kept.capture.payload_sha256
        for item in reversed(intake.batch):
            for capture in item.captures:
                if capture.payload_sha256 == payload and capture.status == 200:
                    return capture
        _, page = page_of(kept, intake.reader.spider.portal)
        held = captured.payload_holder(self.archive, payload, page) if page else None
        return held or captured.payload_holder(self.archive, payload)

    def _note_damage(self, file: str, damage: Damage) -> None:
        self._fault(file, damage.offset, damage.reason)

    def _fault(self, file: str, offset: int, reason: str) -> None:
        self.damaged += 1
        if len(self.faults) < FAULTS_NAMED:
            self.faults.append(f"{file}@{offset}: {reason}")


class ForeignFile:
    """Takes in one file; `done` counts what became of its articles, `account` of its records."""

    def __init__(self, archive: Archive, folder: Path, file: str, settings: Settings) -> None:
        self.archive = archive
        self.done: Counter[str] = Counter()
        self._file = file
        self._rules = Rules(settings)
        self._source = about_file(folder / file).get("software", "another program")[:200]
        hosts = [host for each in portals().values() for host in (each.host, *each.aliases)]
        self._replay = Replay(folder / file, hosts=hosts)
        self._sample = is_sample(folder / file)
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
                portal = portal_of(exchange.url) if exchange.status == 200 else None
                if portal is None or address_of(exchange.url, portal) is None:
                    self._replay.pass_over()
                    self.done["other_pages"] += 1
                    continue
                if portal.name not in self._portals:
                    self._portals[portal.name] = self._open(portal, stack)
                own = replace(
                    capture, url=exchange.url, file=self._file, source=self._source,
                    etag=exchange.header("ETag"), last_modified=exchange.header("Last-Modified"),
                )  # fmt: skip
                self._portals[portal.name][1].take(Scanned(own, exchange), exchange)
            for run, intake in self._portals.values():
                intake.end()
                run.counts = intake.done
                run.exit_status = SOME_FAILED if intake.done["unreadable"] else DONE
                self.done += intake.done

    def _open(self, portal: Portal, stack: ExitStack) -> tuple[runs.Ending, Intake]:
        stack.enter_context(portal_lock(self.archive, portal.name))
        admit(self.archive, portal.name, sample=self._sample)
        files = {"files": [self._file]}
        recorded = runs.recorded(self.archive, "import", portal.name, files)
        run = stack.enter_context(recorded)
        past = PastRun(portal.name, datetime.now(UTC), 0, "", (self._file,), self._source)
        writer = Writer(self.archive, SOFTWARE)
        return run, Intake(self.archive, run.run, RunReader(past, self._rules), writer)
