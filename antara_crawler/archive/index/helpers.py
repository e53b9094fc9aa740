"""Work beside: by processes, which end with this one however it ends, and by a thread."""

import gc
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Iterator[T]:
    """Yield items, each of them made while the one before is used: a database works meanwhile."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = thread.submit(next, items, None)
            yield item


def may_begin() -> bool:
    """Tell whether processes may be begun: forked from one of several threads, one may hang."""
    return sys.platform != "linux" or len([*Path("/proc/self/task").iterdir()]) == 1


def helpers(
    count: int, begin: Callable[..., None] | None = None, *given: object
) -> ProcessPoolExecutor:
    """Return a pool of so many processes; each first calls `begin` with what is given.

    Forked, they need not import for a second what is imported here; on other systems than Linux,
    libraries of the system do not bear it.
    """
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(count, context, initializer=_begin, initargs=(begin, given))


def _begin(begin: Callable[..., None] | None, given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends in order, and ends them
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # what is the parent's stays its own: connections are not for us to close
    logging.getLogger().addHandler(logging.NullHandler())
    Thread(target=_end_with_parent, daemon=True).start()
    if begin is not None:
        begin(*given)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
