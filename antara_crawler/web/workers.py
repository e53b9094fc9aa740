"""Several processes that answer at one socket; none outlives the first, however that ends."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

Serve = Callable[[Callable[[uvicorn.Server], None]], None]
"""Makes a server, tells it to the function that it is given, and runs it."""


@contextmanager
def workers(count: int, serve: Serve) -> Iterator[None]:
    """Fork `count` processes that serve, too, until the end of the block.

    Python runs on one core at a time; this uses the others. They hear of the end by a pipe that
    only this process holds open, so that its death ends them as well.
    """
    reading, writing = os.pipe()
    fork = multiprocessing.get_context("fork")
    helpers = [fork.Process(target=_work, args=(serve, reading, writing)) for _ in range(count)]
    for each in helpers:
        each.start()
    os.close(reading)
    try:
        yield
    finally:
        os.close(writing)
        for each in helpers:
            each.join()


def _work(serve: Serve, reading: int, writing: int) -> None:
    os.close(writing)

    def watch(server: uvicorn.Server) -> None:
        def wait() -> None:
            os.read(reading, 1)
            server.should_exit = True

        threading.Thread(target=wait, daemon=True).start()

    serve(watch)
