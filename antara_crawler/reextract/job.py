"""The two rounds of a second reading: the first reads and compares, the second one writes.

What differs waits in a temporary file between them, so that memory stays flat. Killed at any
instant, the same command does what is left: what was written reads the same from then on.
"""

import pickle
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from itertools import islice
from typing import IO, Self

from scrapy.settings import Settings

from antara_crawler import SOFTWARE
from antara_crawler.archive import Archive, Writer, portal_lock
from antara_crawler.archive.index.helpers import helpers
from antara_crawler.archive.read.extracted import extracted
from antara_crawler.archive.read.fetches import Fetch, Part, article_fetches
from antara_crawler.archive.store.writer import BULK
from antara_crawler.errors import ArchiveBusy, WorkerKilled
from antara_crawler.items import Article
from antara_crawler.reextract.extract import Reader, Reading
from antara_crawler.reextract.report import Report
from antara_crawler.warc import CaptureFiles
from antara_crawler.wording import sentence

COMPARED = 100
TASK = 25
"""Fetches that a process is given at once: some 50 ms of work."""
AHEAD = 3
"""Tasks that wait for each process."""
_reader: Reader | None = None


class Rounds:
    """Reads every fetch again, of all portals or (a part) of one; use it as a context manager."""

    def __init__(
        self,
        archive: Archive,
        files: CaptureFiles,
        settings: Settings,
        *,
        portal: str | None = None,
        part: Part | None = None,
    ) -> None:
        self.archive = archive
        self.portal = portal
        self.part = part
        self.report = Report()
        self.left: list[str] = []
        self.busy = False
        """Whether a portal could not be written, since another process has it."""
        self.stopped = False
        # Another part of the portal may be writing: it does not for long.
        self.patience = settings.getfloat("WRITE_PATIENCE") if part else 0.0
        self._captures = files
        self._settings = settings
        self._files = ExitStack()
        self._waiting: dict[str, IO[bytes]] = {}

    def read(self, workers: int, stop: Callable[[], bool]) -> bool:
        """Read and compare; return whether it came to the end before it was asked to stop."""
        try:
            self.stopped = not self._read(workers, stop)
        except WorkerKilled:
            if not stop():
                raise
            # The signal went to all processes of the command, as systemd's does.
            self.stopped = True
        return not self.stopped

    def _read(self, workers: int, stop: Callable[[], bool]) -> bool:
        fetches = article_fetches(self.archive, self.portal, self.part)
        different: list[tuple[Fetch, Article]] = []
        with closing(read_all(fetches, self._captures, self._settings, workers)) as read:
            for fetch, reading in read:
                if stop():
                    return False
                self.report.count(fetch, reading)
                if reading.article is not None:
                    file = self._waiting.get(reading.article.portal)
                    if file is None:
                        file = tempfile.TemporaryFile()  # noqa: SIM115  (entered)
                        self._files.enter_context(file)
                        self._waiting[reading.article.portal] = file
                    pickle.dump(reading.article, file, pickle.HIGHEST_PROTOCOL)
                    different.append((fetch, reading.article))
                if len(different) >= COMPARED:
                    self._compare(different)
                    different.clear()
        self._compare(different)
        return not stop()

    def write(self, run: int, stop: Callable[[], bool]) -> Counter[str]:
        """Write what differs, each portal under its lock; return what became of each.

        `left` tells what was not written, since its portal is being crawled or the user asked
        to stop. Raises NotWritable when the archive cannot be written.
        """
        done: Counter[str] = Counter()
        writer = Writer(self.archive, SOFTWARE)
        for portal, file in self._waiting.items():
            file.seek(0)
            articles = _articles(file)
            try:
                with self._lock(portal, whole=True):
                    while batch := list(islice(articles, BULK)):
                        if stop():
                            self.stopped = True
                            break
                        with self._lock(portal, whole=False):
                            done.update(stored.outcome for stored in writer.write(batch, run))
            except ArchiveBusy as error:
                self.busy = True
                self.left.append(sentence(f"{error}, then run the same command again"))
        if self.stopped:
            self.left.append(sentence("stopped: the same command does what is left"))
        return done

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._files.close()

    def _lock(self, portal: str, *, whole: bool) -> AbstractContextManager[None]:
        """Lock a portal: for all that is written, or of a part for each batch, in turn."""
        if whole == (self.part is not None):
            return nullcontext()
        return portal_lock(self.archive, portal, self.patience)

    def _compare(self, different: list[tuple[Fetch, Article]]) -> None:
        known = [(fetch, article) for fetch, article in different if fetch.extraction_id]
        keys = [fetch.extraction_id for fetch, _ in known if fetch.extraction_id]
        before = self.archive.read(lambda connection: extracted(connection, keys))
        for fetch, article in known:
            self.report.compare(before[fetch.extraction_id or 0], article, shown=fetch.shown)


def _articles(file: IO[bytes]) -> Iterator[Article]:
    """Yield what was put aside in a file without a name, which no one else can open."""
    while True:
        try:
            article = pickle.load(file)  # noqa: S301
        except EOFError:
            return
        assert isinstance(article, Article)
        yield article


def read_all(
    fetches: Iterator[Fetch], files: CaptureFiles, settings: Settings, workers: int
) -> Generator[tuple[Fetch, Reading]]:
    """Yield each fetch with what it says today, in order; one worker reads in this process.

    Raises WorkerKilled when one of them was.
    """
    if workers == 1:
        reader = Reader(files, settings)
        yield from ((fetch, reader(fetch)) for fetch in fetches)
        return
    pool = helpers(workers, _begin, files, settings)
    try:
        yield from _in_order(pool, fetches, workers * AHEAD)
    except BrokenProcessPool as error:
        raise WorkerKilled(
            "a process that read captures was killed (out of memory?): run the same command"
            " again with --workers 1"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, fetches: Iterator[Fetch], ahead: int
) -> Iterator[tuple[Fetch, Reading]]:
    under_way: deque[tuple[list[Fetch], Future[list[Reading]]]] = deque()
    while task := list(islice(fetches, TASK)):
        under_way.append((task, pool.submit(_read, task)))
        if len(under_way) >= ahead:
            done, readings = under_way.popleft()
            yield from zip(done, readings.result(), strict=True)
    for done, readings in under_way:
        yield from zip(done, readings.result(), strict=True)


def _begin(files: CaptureFiles, settings: Settings) -> None:
    global _reader  # noqa: PLW0603  (what is called as a process begins)
    _reader = Reader(files, settings)


def _read(task: list[Fetch]) -> list[Reading]:
    assert _reader is not None
    return [_reader(fetch) for fetch in task]
