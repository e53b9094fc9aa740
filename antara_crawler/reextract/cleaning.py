"""The cleaning pipelines outside a crawl: an import and a second reading go the same way."""

from collections.abc import Callable
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector, StatsCollector
from scrapy.utils.misc import build_from_crawler, load_object

from antara_crawler.items import Article, Outcome

# In ITEM_PIPELINES, what cleans stands below this order and what stores stands above it.
STORING = 900


class Cleaning:
    """The item pipelines that clean, in the order of `ITEM_PIPELINES`, with their counters."""

    def __init__(self, settings: Settings) -> None:
        crawler = Crawler(Spider, settings.copy())
        self.stats: StatsCollector = MemoryStatsCollector(crawler)
        crawler.stats = self.stats
        orders: dict[str, int] = settings.getdict("ITEM_PIPELINES")
        paths = sorted((order, path) for path, order in orders.items() if order is not None)
        self._steps: list[Callable[[Any], Any]] = [
            build_from_crawler(load_object(path), crawler).process_item
            for order, path in paths
            if order < STORING
        ]

    def __call__(self, article: Article) -> Article | Outcome:
        """Return the article tidied, without repeats and checked; or why it is none."""
        item: Any = article
        for step in self._steps:
            item = step(item)
        assert isinstance(item, Article | Outcome)
        return item
