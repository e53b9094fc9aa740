"""Second on an item's way: paragraphs that say again what stood before are taken out."""

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from antara_crawler.items import Article
from antara_crawler.text import without_repeats


class DropRepeats:
    """Keeps the first of each paragraph; the rest go to `article.removed`."""

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it with the crawler's statistics."""
        return cls(crawler.stats)

    def process_item(self, item: object) -> object:
        """Return the article without repeats; anything else as it came."""
        if not isinstance(item, Article):
            return item
        kept, removed = without_repeats(item.paragraphs, item.dateline_text)
        self.stats.inc_value("paragraphs/repeated", len(removed))
        if not removed:
            return item
        return replace(item, paragraphs=kept, removed=removed)
