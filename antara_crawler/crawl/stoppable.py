"""Scrapy's crawler, ended in order by SIGTERM and Ctrl-C."""

import asyncio

from scrapy.crawler import Crawler

from antara_crawler.crawl.run import Run


class StoppableCrawler(Crawler):
    """Scrapy's crawler, which tells our run when SIGTERM or Ctrl-C asks for its end."""

    async def stop_async(self) -> None:
        """End the crawl in order; one that is still about to start, too."""
        while self.crawling and not self.engine.running and self.engine.spider is not None:
            await asyncio.sleep(0.01)  # Scrapy would not stop it, and leave it where it is
        if self.crawling and (run := self.get_extension(Run)):
            run.shutdown.begin()
        await super().stop_async()
