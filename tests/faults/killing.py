"""Kills a crawl at instants that a seed chooses, and starts it again with the same command."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import text

from antara_crawler.archive import Archive, portal_lock
from antara_crawler.archive.store import captured
from antara_crawler.errors import ArchiveBusy, ArchiveMissing
from tests.faults.evidence import assert_cited_is_there
from tests.portal import PortalServer
from tests.scrapy_runs import Ended, Workplace

WAYS = ("bytes", "requests", "commits", "seconds")
"""What an instant is counted in."""


@dataclass
class Killer:
    """Runs crawls of a portal that end with SIGKILL; `said` takes a line about each."""

    place: Workplace
    portal: PortalServer
    rng: Random
    longest: int = 60
    """The most requests that a run is let live for; other counts are in proportion."""
    said: Callable[[str], None] = lambda line: None
    kills: list[str] = field(default_factory=list)
    """What each run that was killed was killed by."""

    @property
    def captures(self) -> Path:
        return self.place.folder / "captures"

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start the crawl, always with the same command, in a process group of its own."""
        return self.place.start(
            *("crawl", "kalsel", "-a", f"base_url={self.portal.url}", "-s", "DOWNLOAD_DELAY=0"),
            *words,
            start_new_session=True,
        )

    def run_and_kill(self, way: str | None = None) -> bool:
        """Run the crawl until its instant and kill it; False when it ended by itself before.

        What lies in the capture files behind the last record that a row cites was never
        acknowledged: a part of it is cut off, as a power cut may do.
        """
        way = way or WAYS[len(self.kills) % len(WAYS)]
        rows = _Rows(self.place.archive_url)
        reached, instant = self._instant(way, rows)
        process = self.start()
        try:
            while process.poll() is None and not reached():
                time.sleep(0.001)
            rows.close()
            time.sleep(self.rng.random() * 0.02)
            killed = process.poll() is None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            _, err = process.communicate()
        if killed:
            self.kills.append(instant)
            self._wait_until_let_go()
            cut = self._cut_what_was_not_acknowledged()
            cited = self._assert_acknowledged_is_there()
            self.said(f"killed after {instant}; {cited} records cited, {cut} bytes cut")
        else:
            assert process.returncode == 0, err
            self.said(f"ended by itself before {instant}")
        return killed

    def finish(self) -> Ended:
        """Run the crawl once more, to its end."""
        return self.place.crawl(self.portal.url)

    def _instant(self, way: str, rows: Callable[[], int]) -> tuple[Callable[[], bool], str]:
        """Return a question whether the instant has come, and its name."""
        life = self.rng.uniform(1, self.longest)
        limit, count = {
            "bytes": (life * 8_000, lambda: _size(self.captures)),
            "requests": (life, lambda: len(self.portal.requests)),
            "commits": (2 * life, rows),
            "seconds": (0.3 + life / 30, time.monotonic),
        }[way]
        begin = count()
        return lambda: count() - begin >= limit, f"{limit:.1f} {way}"

    def _wait_until_let_go(self) -> None:
        """Wait for PostgreSQL to see that its client is dead; till then it may still commit."""
        for _ in range(200):
            try:
                with (
                    Archive.open(self.place.archive_url) as archive,
                    portal_lock(archive, "kalsel"),
                ):
                    return
            except ArchiveMissing:
                return
            except ArchiveBusy:
                time.sleep(0.05)
        raise AssertionError("the killed crawl's lock is still held")

    def _cut_what_was_not_acknowledged(self) -> int:
        cut = 0
        ends = self._cited_ends()
        for file in self.captures.glob("*.warc.gz"):
            size, end = file.stat().st_size, ends.get(file.name, 0)
            kept = self.rng.randint(end, max(end, size))
            if self.rng.random() < 0.7 and kept < size:
                os.truncate(file, kept)
                cut += size - kept
        return cut

    def _cited_ends(self) -> dict[str, int]:
        try:
            with Archive.open(self.place.archive_url, read_only=True) as archive:
                return captured.files(archive)
        except ArchiveMissing:  # killed before there was one
            return {}

    def _assert_acknowledged_is_there(self) -> int:
        if not self._cited_ends():
            return 0
        return assert_cited_is_there(self.place.archive_url, self.captures)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*.warc.gz"))


class _Rows:
    """Counts the fetches and readings committed, as another program sees them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.archive: Archive | None = None

    def __call__(self) -> int:
        query = text("SELECT (SELECT count(*) FROM captures) + (SELECT count(*) FROM extractions)")
        try:
            if self.archive is None:
                self.archive = Archive.open(self.url, read_only=True)
        except ArchiveMissing:  # not yet
            return 0
        with self.archive.reading() as connection:
            return int(connection.scalar(query) or 0)

    def close(self) -> None:
        """Let go of the archive: with SQLite, who holds it open keeps its view of the WAL."""
        if self.archive is not None:
            self.archive.close()
