"""Processes that work for this one, and end with it however it ends."""

import gc
import logging
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread


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
