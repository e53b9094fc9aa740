"""Keeps the log readable: a line names a page, never its whole text."""

import logging
from typing import Any

from scrapy.logformatter import LogFormatter, LogFormatterResult

from antara_crawler.items import Article, Outcome


def name_of(item: object) -> str:
    """Return an item's address and title, short enough for a log line."""
    if isinstance(item, Article):
        return f"{item.url or 'imported text'} ({(item.title or 'no title')[:80]})"
    if isinstance(item, Outcome):
        return f"{item.page.url} ({item.state}: {item.reason[:120]})"
    return type(item).__name__


class ShortLog(LogFormatter):
    """Scrapy prints every item whole at DEBUG; this prints its address."""

    def scraped(self, item: object, *beside: Any, **named: Any) -> LogFormatterResult:
        """Return the line for an item that passed all pipelines."""
        return {"level": logging.DEBUG, "msg": "Kept: %(item)s", "args": {"item": name_of(item)}}

    def item_error(self, item: object, *beside: Any, **named: Any) -> LogFormatterResult:
        """Return the line for an item on which a pipeline failed."""
        of = {"item": name_of(item)}
        return {"level": logging.ERROR, "msg": "Error processing %(item)s", "args": of}
