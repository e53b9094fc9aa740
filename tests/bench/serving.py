"""How long many readers at once wait for pages of the reader, and what a page costs.

`PYTHONPATH=. python tests/bench/serving.py [articles] [archive] [clients] [processes] [index]`.
Each client asks for the next page two seconds after it has one, as a quick reader would; then, for
other pages, at once: searches of one and two words, articles, now and then a feed. `index` is the
folder of an index beside the archive, to be asked instead. The server is a process of its own;
`cost` is its CPU for one page, which is what remains to be said when the machine has other work.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import quantiles

import uvicorn

from antara_crawler.archive import Archive
from antara_crawler.archive.beside.finding import Beside
from antara_crawler.errors import ArchiveMissing
from antara_crawler.items import Article
from antara_crawler.web.app import create_app, listen, server_of, workers
from tests.bench.corpus import articles, fill
from tests.bench.search import words_of

EACH = 8
"""Pages that each client asks for."""
SAMPLE = 1000
"""The words asked for are those of so many articles."""


def serve(
    url: str,
    index: Path | None,
    count: int,
    port: "multiprocessing.Queue[int]",
    cost: "multiprocessing.Queue[float]",
) -> None:
    """Serve until the parent ends this process; tell the CPU used when a signal comes."""
    listener = listen(0)

    def answer(started: Callable[[uvicorn.Server], None]) -> None:
        with Archive.open(url, read_only=True) as archive:
            if index is not None:
                archive.finder = Beside(index, archive.name)
            server = server_of(create_app(archive, Path("/")))
            # uvicorn raises the signal again once it has ended
            signal.signal(signal.SIGTERM, lambda *_: setattr(server, "should_exit", True))
            started(server)
            server.run(sockets=[listener])

    with workers(count - 1, answer):
        answer(lambda _: port.put(listener.getsockname()[1]))
    cost.put(sum(os.times()[:4]))


def ask(port: int, paths: list[str], took: list[float], rest: float = 0) -> None:
    """Ask for pages, one after the other, with so many seconds between, at first by chance.

    With little work of its own: readers have computers of theirs.
    """
    time.sleep(Random(paths[0]).random() * rest)
    web = HTTPConnection("127.0.0.1", port, timeout=120)
    for path in paths:
        began = time.perf_counter()
        place: str | None = path
        while place:
            web.request("GET", place)
            answer = web.getresponse()
            answer.read()
            place = answer.getheader("Location")
        assert answer.status == HTTPStatus.OK, path
        took.append(time.perf_counter() - began)
        time.sleep(rest)
    web.close()


def paths_for(rng: Random, sample: list[Article]) -> list[str]:
    """Return what one reader asks for: words that the archive has."""
    found = []
    for number, article in enumerate(rng.sample(sample, EACH)):
        words = words_of(rng, article, 1 + number % 2).replace(" ", "+")
        found.append(f"/{'atom' if number % 8 == 7 else ''}?q={words}")
        if number % 4 == 2:
            found[-1] = f"/articles/{1 + rng.randrange(len(sample))}"
    return found


def main() -> None:
    """Make the archive where it is not there, measure, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    clients = int(sys.argv[3]) if len(sys.argv) > 3 else 50
    processes = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    index = Path(sys.argv[5]) if len(sys.argv) > 5 else None
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/archive.db"
        try:
            Archive.open(url, read_only=True).close()
        except ArchiveMissing:
            with Archive.open(url, create=True) as archive:
                fill(archive, count)
        measure(url, index, clients, processes)


def measure(url: str, index: Path | None, clients: int, processes: int) -> None:
    """Ask with so many clients at once, and print how long they waited."""
    port: multiprocessing.Queue[int] = multiprocessing.Queue()
    cost: multiprocessing.Queue[float] = multiprocessing.Queue()
    process = multiprocessing.Process(target=serve, args=(url, index, processes, port, cost))
    process.start()
    place, rng = port.get(timeout=60), Random(3)
    sample = list(articles(SAMPLE))
    ask(place, ["/"], [])
    pages = 0
    for rest in (2.0, 0.0):
        took: list[float] = []
        readers = [(place, paths_for(rng, sample), took, rest) for _ in range(clients)]
        waiting = [threading.Thread(target=ask, args=each) for each in readers]
        began = time.perf_counter()
        for thread in waiting:
            thread.start()
        for thread in waiting:
            thread.join()
        rate = len(took) / (time.perf_counter() - began)
        p50, p95 = (quantiles(took, n=100)[at - 1] * 1000 for at in (50, 95))
        print(f"{clients} clients, {rest:.0f} s between pages: {rate:.0f} pages/s,", end=" ")
        print(f"p50 {p50:.0f} ms, p95 {p95:.0f} ms")
        pages += len(took)
    process.terminate()
    print(f"cost {cost.get(timeout=60) / pages * 1000:.1f} ms a page")
    process.join(60)


if __name__ == "__main__":
    main()
