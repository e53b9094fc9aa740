"""Requests a second of a crawl on loopback, whole and with parts of it switched off.

`PYTHONPATH=. python tests/bench/crawling.py [articles]`. The portal answers from another
process, from memory. Every way of crawling asks for the same pages, each time into a fresh
archive, round after round in turn. A rate is requests a second from the spider's begin to the
engine's end, all written; beside it stand the milliseconds of processor time that a request
took, which do not depend on who else uses the machine. Both are medians of the rounds.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import Process, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from antara_crawler.archive import ListingCursor
from antara_crawler.items import Article, Outcome
from tests.portal import PortalServer, Reply, Site
from tests.scrapy_runs import Workplace

MUST = 0.70
OURS = ("antara_crawler.", "pipelines.")
KEEP_RAW = "antara_crawler.crawl.fetch.bodies.KeepRaw"
FRONTIER = "antara_crawler.crawl.frontier.FrontierMiddleware"
STORE = "pipelines.store_article.StoreArticle"
CLOCK = "tests.bench.crawling.Clock"
IN_MEMORY = "tests.bench.crawling.InMemory"


class InMemory:
    """The frontier in a set, as a crawler without a frontier has it; captures nothing."""

    def __init__(self) -> None:
        self._asked: set[tuple[Any, Any]] = set()
        self._shown: defaultdict[str, set[str]] = defaultdict(set)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Yield the spider's first requests."""
        async for request in start:
            yield _walking(request)

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Yield the items, and the requests for what was not asked for yet."""
        outputs = [output async for output in result]
        cursor = response.meta.get("cursor")
        shown = {output.url for output in outputs if _role(output) == "article"}
        is_past_end = cursor and shown <= self._shown[cursor.listing]
        self._shown[cursor.listing if cursor else ""] |= shown
        for output in outputs:
            if isinstance(output, Request):
                page = output.meta["page"]
                if is_past_end and output.meta.get("cursor") == cursor:
                    continue
                key = (page.kind, page.number) if page.number else (page.role, page.url)
                if key not in self._asked or "parts" in output.meta:
                    self._asked.add(key)
                    yield _walking(output)
            elif isinstance(output, Article | Outcome):
                yield output


def _role(output: object) -> str | None:
    return output.meta["page"].role if isinstance(output, Request) else None


def _walking(request: Request) -> Request:
    """Give a listing's request the cursor that the spider hands on from page to page."""
    if "listing" in request.meta and "cursor" not in request.meta:
        listing = request.meta["listing"]
        request.meta["cursor"] = ListingCursor(
            1, request.meta["page"].portal, listing, request.url, False
        )
    return request


class Clock:
    """Prints the seconds, and the seconds of processor time, between a crawl's begin and end."""

    def __init__(self, crawler: Crawler) -> None:
        crawler.signals.connect(self.opened, signals.spider_opened)
        crawler.signals.connect(self.stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Watch a crawler."""
        return cls(crawler)

    def opened(self) -> None:
        """Note the begin."""
        self._begun = time.perf_counter(), time.process_time()

    def stopped(self) -> None:
        """Print what has passed."""
        wall, cpu = self._begun
        print("CLOCK", time.perf_counter() - wall, time.process_time() - cpu, file=sys.stderr)


class Asking(Spider):
    """Asks for a list of addresses and reads nothing."""

    name = "asking"

    async def start(self) -> AsyncIterator[Request]:
        """Ask for each address of the file `urls`."""
        for url in Path(self.urls).read_text().split():  # type: ignore[attr-defined]
            yield Request(url, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Leave the answer."""


class Remembered(Site):
    """A site that makes each page once, so that the portal is not what is measured."""

    @lru_cache(maxsize=100_000)  # noqa: B019  (one site a process)
    def _made(self, path: str, query: str) -> Reply:
        return super().respond(path, query)

    def respond(self, path: str, query: str = "", headers: Any = None) -> Reply:
        """Return the answer to a request; nothing here is conditional."""
        return self._made(path, query)


def _serve(articles: int, pipe: Connection) -> None:
    with PortalServer(Remembered(7, articles)) as portal:
        pipe.send(portal.url)
        while pipe.recv():
            pipe.send(portal.paths)
            portal.requests.clear()


@dataclass
class Portal:
    """The portal in its process: where it is, and what was asked of it."""

    url: str
    pipe: Connection

    def asked(self) -> list[str]:
        """Return the paths that were asked for since the last call."""
        self.pipe.send(True)
        paths: list[str] = self.pipe.recv()
        return paths


@contextmanager
def portal_of(articles: int) -> Iterator[Portal]:
    """Run a portal of so many articles in another process."""
    context = get_context("spawn")
    near, far = context.Pipe()
    process: Process = context.Process(target=_serve, args=(articles, far), daemon=True)
    process.start()
    yield Portal(near.recv(), near)
    near.send(False)
    process.join()


@dataclass
class Way:
    """A way of crawling: its words on the command line, and the rates of its rounds."""

    name: str
    words: list[str]
    rounds: list[tuple[int, float, float]] = field(default_factory=list)
    """Requests, seconds and seconds of processor time of each round."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return median(count / seconds for count, seconds, _ in self.rounds)

    @property
    def cost(self) -> float:
        """Milliseconds of processor time for a request."""
        return median(cpu * 1000 / count for count, _, cpu in self.rounds)

    def run(self, portal: Portal, common: list[str]) -> list[str]:
        """Crawl once; return the paths that were asked for."""
        with tempfile.TemporaryDirectory() as folder:
            place = Workplace(Path(folder), f"sqlite:///{folder}/archive.db")
            words = [word.replace("BASE", portal.url) for word in self.words]
            ended = subprocess.run(
                [sys.executable, "-m", *words, *common],
                env=place.environment,
                capture_output=True,
                text=True,
                check=False,  # without a frontier a crawl says that nothing was fetched
            )
        clock = re.search(r"CLOCK ([\d.]+) ([\d.]+)", ended.stderr)
        assert clock, ended.stderr[-3000:]
        asked = portal.asked()
        self.rounds.append((len(asked), float(clock[1]), float(clock[2])))
        return asked


def ways(urls: Path) -> list[Way]:
    """Return the ways of crawling, the whole one first."""
    settings = get_project_settings()
    crawl = ["scrapy", "crawl", "kalsel", "-a", "base_url=BASE"]
    loose = [
        *_switched(settings, "DOWNLOADER_MIDDLEWARES", {KEEP_RAW: None}),
        *_switched(settings, "SPIDER_MIDDLEWARES", {FRONTIER: None, IN_MEMORY: 950}),
    ]
    return [
        Way("whole: captures, frontier, articles", crawl),
        Way("captures and frontier off", [*crawl, *loose]),
        Way(
            "captures, frontier and archive off",
            [*crawl, *loose, *_switched(settings, "ITEM_PIPELINES", {STORE: None})],
        ),
        Way("no reading, no pipelines (bare Scrapy)", ["tests.bench.crawling", f"--ask={urls}"]),
    ]


def _switched(settings: Settings, name: str, changes: dict[str, int | None]) -> list[str]:
    return ["-s", f"{name}={json.dumps({**settings.getdict(name), **changes})}"]


def ask(urls: str, given: list[str]) -> None:
    """Crawl a list of addresses with the project's settings and none of its components."""
    settings = get_project_settings()
    settings.setdict(dict(word.split("=", 1) for word in given), "cmdline")
    for name in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES"):
        kept = {k: v for k, v in settings.getdict(name).items() if not k.startswith(OURS)}
        kept.pop("scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware", None)
        settings.set(name, kept, "cmdline")
    settings.set("DOWNLOAD_HANDLERS", {}, "cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(Asking, urls=urls)
    process.start()


def main() -> None:
    """Measure and print; end with status 1 when captures and frontier cost too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--concurrency", type=int, default=8)
    parser.add_argument("--ask", help=argparse.SUPPRESS)
    parser.add_argument("-s", action="append", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ask:
        ask(given.ask, given.s)
        return
    common = [
        *_switched(get_project_settings(), "EXTENSIONS", {CLOCK: 0}),
        *("-s", "DOWNLOAD_DELAY=0"),
        *("-s", f"CONCURRENT_REQUESTS_PER_DOMAIN={given.concurrency}"),
    ]
    with portal_of(given.articles) as portal, tempfile.NamedTemporaryFile() as list_file:
        urls = Path(list_file.name)
        crawls = ways(urls)
        paths = crawls[0].run(portal, common)  # a first round that fills the portal's memory
        crawls[0].rounds.clear()
        urls.write_text("\n".join(portal.url + path for path in paths if path != "/robots.txt"))
        for _ in range(given.rounds):
            for way in crawls:
                way.run(portal, common)
    whole = crawls[0].rate
    print(f"{given.articles} articles, {given.concurrency} requests at once\n")
    print(f"{'':42}{'requests':>10}{'a second':>10}{'CPU ms':>10}{'whole: rate':>13}{'CPU':>7}")
    for way in crawls:
        shares = f"{whole / way.rate:13.0%}{way.cost / crawls[0].cost:7.0%}"
        print(f"{way.name:42}{way.rounds[-1][0]:10}{way.rate:10.0f}{way.cost:10.1f}{shares}")
    if whole < MUST * crawls[1].rate:
        sys.exit(f"too little: {MUST:.0%} of the crawl with captures and frontier off is wanted")


if __name__ == "__main__":
    main()
