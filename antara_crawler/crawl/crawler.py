"""Scrapy's crawler with our run: ended in order by SIGTERM and Ctrl-C, its parts know the run."""

import asyncio
from typing import Any, Self

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from antara_crawler.crawl.run import Run


class StoppableCrawler(Crawler):
    """Scrapy's crawler, which tells our run when SIGTERM or Ctrl-C asks for its end."""

    def to_its_end(self, process: AsyncCrawlerProcess, **arguments: Any) -> None:
        """Crawl in a process; raise what the crawl could not begin for.

        Raises KeyboardInterrupt when a second signal ended it at once, without its end written.
        """
        crawling = process.crawl(self, **arguments)
        process.start()
        if crawling.cancelled() or not crawling.done():
            raise KeyboardInterrupt
        if error := crawling.exception():
            raise error

    async def stop_async(self) -> None:
        """End the crawl in order; one that is still about to start, too."""
        while self.crawling and not self.engine.running and self.engine.spider is not None:
            await asyncio.sleep(0.01)  # Scrapy would not stop it, and leave it where it is
        if self.crawling and (run := self.get_extension(Run)):
            run.shutdown.begin()
        await super().stop_async()


def run_of(crawler: Crawler) -> Run:
    """Return a crawler's run, which is open before all other parts are made."""
    run = crawler.get_extension(Run)
    assert run is not None
    return run


class Part:
    """A part of Scrapy's that knows the run that it is of."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler, self.run = crawler, run_of(crawler)

    @property
    def spider(self) -> Any:
        """The spider of the run."""
        return self.crawler.spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the part of a crawler's run."""
        return cls(crawler)
