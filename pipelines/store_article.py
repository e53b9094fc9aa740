"""Stores what passed: several items in one transaction, their raw records on disk before it."""

import asyncio
from contextlib import suppress
from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from antara_crawler.archive import Stored
from antara_crawler.causes import Cause
from antara_crawler.extensions.run import Run
from antara_crawler.items import Article, Outcome

# One sync and one commit serve so many items, or so many seconds of a slow crawl.
BATCH = 50
SECONDS = 0.2


class StoreArticle:
    """Hands items to the archive's writer; returns each once it is committed."""

    def __init__(self, run: Run, stats: StatsCollector) -> None:
        self.run = run
        self.stats = stats
        self._batch: list[Article | Outcome] = []
        self._full = asyncio.Event()
        self._storing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the run's archive and the statistics."""
        run = crawler.get_extension(Run)
        assert run is not None
        assert crawler.stats is not None
        return cls(run, crawler.stats)

    async def process_item(self, item: Article | Outcome) -> Article | Outcome:
        """Return the item when it is stored, or when the crawl had to give up storing."""
        if isinstance(item, Outcome) and item.state in ("queued", "not_captured"):
            if item.state == "not_captured":
                self.stats.inc_value("stored/not_captured")
            return item
        if self._storing is None:
            self._full.clear()
            self._storing = asyncio.ensure_future(self._store_together())
        self._batch.append(item)
        if len(self._batch) >= BATCH:
            self._full.set()
        await self._storing
        return item

    async def _store_together(self) -> None:
        """Store what has come in until the batch is full or its time is over."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._full.wait(), SECONDS)
        batch, self._batch, self._storing = self._batch, [], None
        if await self.run.persist(lambda: self._write(batch)):
            self.run.cited(capture for item in batch for capture in item.captures)

    def _write(self, batch: list[Article | Outcome]) -> None:
        self.run.captures.sync()
        answers = self.stats.get_value("pages/answered", 0) > 0
        written = self.run.writer.write(batch, self.run.id, portal_answers=answers)
        for item, stored in zip(batch, written, strict=True):
            self._count(item, stored)

    def _count(self, item: Article | Outcome, stored: Stored) -> None:
        if isinstance(item, Outcome) and item.page.role == "article" and item.state != "stored":
            self.stats.inc_value("articles/missed")
        if isinstance(item, Outcome) and item.cause is Cause.FORBIDDEN:
            self.stats.inc_value("pages/forbidden")
        elif isinstance(item, Outcome) and item.page.role != "article" and item.state == "gone":
            self.stats.inc_value("pages/absent")  # a sitemap that was only asked for on a guess
        else:
            self.stats.inc_value(f"stored/{stored.outcome}")
