"""The way of an item: tidy, drop repeats, check, store (one file each, thin)."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector


class Counting:
    """A step that counts what it does in the statistics of a crawl."""

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it with the crawler's statistics."""
        return cls(crawler.stats)
