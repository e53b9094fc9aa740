"""Shows how the crawl goes: a live line on a terminal, a plain log line a minute elsewhere."""

import asyncio
import logging
import sys
import time
from typing import Self, TextIO

from scrapy import signals
from scrapy.crawler import Crawler

from antara_crawler.crawl.account.account import Account, Fate
from antara_crawler.crawl.crawler import run_of
from antara_crawler.wording import sentence, told

logger = logging.getLogger(__name__)


def line_of(account: Account, repeats_removed: int, seconds: float) -> str:
    """Return the progress in one line."""
    fates = account.fates
    known = fates[Fate.NOT_DUE] + fates[Fate.UNCHANGED]
    failed = fates[Fate.FAILED] + fates[Fate.UNREADABLE]
    done = fates[Fate.NEW] + fates[Fate.REVISED] + fates[Fate.UNCHANGED] + failed + fates[Fate.GONE]
    pace = done * 60 / seconds if seconds > 0 else 0.0
    new = fates[Fate.NEW]
    return sentence(
        f"found {account.shown}  new {new}  known {known}  failed {failed}"
        f"  repeats removed {repeats_removed}  {pace:.0f} pages/min"
    )


class Progress:
    """Prints `line_of` every `interval` seconds; over itself when the stream is a terminal."""

    def __init__(self, crawler: Crawler, stream: TextIO, interval: float) -> None:
        self.crawler = crawler
        self.stream = stream
        self.live = stream.isatty() and not crawler.settings["LOG_FILE"]
        self.interval = min(interval, 1.0) if self.live else interval
        self._started = time.monotonic()
        self._ticking: asyncio.Task[None] | None = None
        crawler.signals.connect(self.opened, signals.spider_opened)
        crawler.signals.connect(self.closed, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the seconds between lines from `PROGRESS_INTERVAL` (default 60)."""
        return cls(crawler, sys.stderr, crawler.settings.getfloat("PROGRESS_INTERVAL", 60.0))

    def opened(self) -> None:
        """Start to tick."""
        self._ticking = asyncio.ensure_future(self._tick())

    def closed(self) -> None:
        """Stop to tick and leave the terminal's line."""
        if self._ticking is not None:
            self._ticking.cancel()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(self.interval)
            self.show()

    def show(self) -> None:
        """Print the progress once."""
        assert self.crawler.stats is not None
        removed = self.crawler.stats.get_value("paragraphs/repeated", 0)
        line = line_of(run_of(self.crawler).account, removed, time.monotonic() - self._started)
        if self.live:
            self.stream.write(f"\r\x1b[K{told(line)}")
            self.stream.flush()
        else:
            logger.info("%s", line)
