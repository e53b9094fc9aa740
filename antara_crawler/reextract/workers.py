"""Reads many fetches in several processes, in their order, never holding more than a few."""

import logging
import os
import signal
import sys
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread

from scrapy.settings import Settings

from antara_crawler.archive.read.fetches import Fetch
from antara_crawler.errors import WorkerKilled
from antara_crawler.reextract.extract import Reader, Reading
from antara_crawler.warc import CaptureFiles

TASK = 25
"""Fetches that a process is given at once: some 50 ms of work."""
AHEAD = 3
"""Tasks that wait for each process."""

_reader: Reader | None = None


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
    # Forked, they need not import for a second what is imported here; on other systems than
    # Linux, libraries of the system do not bear it.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(files, settings))
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
    """Make a process ready to read; it ends with its parent, however that ends."""
    global _reader  # noqa: PLW0603  (what an initializer is for)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends in order, and ends them
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    logging.getLogger().addHandler(logging.NullHandler())
    Thread(target=_end_with_parent, daemon=True).start()
    _reader = Reader(files, settings)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(task: list[Fetch]) -> list[Reading]:
    assert _reader is not None
    return [_reader(fetch) for fetch in task]
