"""Ends a run in order when its time is over: after so many minutes, or at the end of its hours."""

import asyncio
import logging
from datetime import UTC, datetime
from typing import Self
from zoneinfo import ZoneInfo

from scrapy import signals
from scrapy.crawler import Crawler

from antara_crawler.crawl.crawler import run_of

logger = logging.getLogger(__name__)


class Budget:
    """Keeps `-a minutes` and `-a hours`; what a run does not come to waits, and is no failure."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._timer: asyncio.TimerHandle | None = None
        crawler.signals.connect(self.opened, signals.spider_opened)
        crawler.signals.connect(self.closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the budget of a crawler's run."""
        return cls(crawler)

    def opened(self) -> None:
        """Begin to count; outside of its hours a run asks for nothing."""
        run = run_of(self.crawler)
        minutes, hours = run.arguments.minutes, run.arguments.hours
        left = [minutes * 60.0] if minutes is not None else []
        if hours is not None:
            now = datetime.now(UTC).astimezone(ZoneInfo(run.portal.zone))
            left.append(hours.seconds_left(now.time()))
        if left:
            self._timer = asyncio.get_running_loop().call_later(min(left), self._end)
            if not min(left):
                self._end()

    def closed(self) -> None:
        """Count no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _end(self) -> None:
        engine, run = self.crawler.engine, run_of(self.crawler)
        if run.shutdown.begun or engine is None:
            return
        logger.info("The time of this run is over: what is left waits for the next")
        run.shutdown.begin()
        self._ending = asyncio.ensure_future(engine.close_spider_async(reason="time"))
