"""What a run does by the clock: it shows how it goes, and ends in order when its time is over."""

import asyncio
import logging
import sys
import time
from datetime import UTC, datetime
from typing import Self, TextIO
from zoneinfo import ZoneInfo

from scrapy import signals
from scrapy.crawler import Crawler

from antara_crawler.crawl.account.account import Fate
from antara_crawler.crawl.crawler import run_of
from antara_crawler.wording import sentence, told

logger = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds between two looks at the clock."""


class Budget:
    """Keeps `-a minutes` and `-a hours`; what a run does not come to waits, and is no failure."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._timers: dict[str, asyncio.TimerHandle] = {}
        crawler.signals.connect(self.opened, signals.spider_opened)
        crawler.signals.connect(self.closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the budget of a crawler's run."""
        return cls(crawler)

    def opened(self) -> None:
        """Begin to count; outside of its hours a run asks for nothing."""
        minutes = run_of(self.crawler).arguments.minutes
        if minutes is not None:
            self._timers["minutes"] = asyncio.get_running_loop().call_later(minutes * 60, self._end)
        self._look()

    def _look(self) -> None:
        """End outside of the hours; else look again soon: a machine may sleep, a clock be set."""
        run = run_of(self.crawler)
        if (hours := run.arguments.hours) is None:
            return
        left = hours.seconds_left(datetime.now(UTC).astimezone(ZoneInfo(run.portal.zone)).time())
        if not left:
            self._end()
            return
        soon = min(left, LOOK_EVERY)
        self._timers["hours"] = asyncio.get_running_loop().call_later(soon, self._look)

    def closed(self) -> None:
        """Count no more."""
        for timer in self._timers.values():
            timer.cancel()

    def _end(self) -> None:
        engine, run = self.crawler.engine, run_of(self.crawler)
        if run.shutdown.begun or engine is None:
            return
        logger.info("The time of this run is over: what is left waits for the next")
        run.shutdown.begin()
        self._ending = asyncio.ensure_future(engine.close_spider_async(reason="time"))


class Progress:
    """Logs how it goes every `interval` seconds; on a terminal a line is printed over itself."""

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
        return cls(crawler, sys.stderr, crawler.settings.getfloat("PROGRESS_INTERVAL"))

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
        repeats_removed = self.crawler.stats.get_value("paragraphs/repeated", 0)
        account, seconds = run_of(self.crawler).account, time.monotonic() - self._started
        fates, new = account.fates, account.fates[Fate.NEW]
        known = fates[Fate.NOT_DUE] + fates[Fate.UNCHANGED]
        failed = fates[Fate.FAILED] + fates[Fate.UNREADABLE]
        done = new + fates[Fate.REVISED] + fates[Fate.UNCHANGED] + failed + fates[Fate.GONE]
        pace = done * 60 / seconds if seconds > 0 else 0.0
        line = sentence(
            f"found {account.shown}  new {new}  known {known}  failed {failed}"
            f"  repeats removed {repeats_removed}  {pace:.0f} pages/min"
        )
        if self.live:
            self.stream.write(f"\r\x1b[K{told(line)}")
            self.stream.flush()
        else:
            logger.info("%s", line)
