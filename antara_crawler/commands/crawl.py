"""`scrapy crawl PORTAL`: Scrapy's own command, with exit statuses that say what happened."""

import argparse
import logging
import sys
from dataclasses import fields

from scrapy.commands.crawl import Command as ScrapyCrawl

from antara_crawler.cli.command import CarefulCommand, note, one_portal
from antara_crawler.crawl.crawler import StoppableCrawler
from antara_crawler.crawl.run import Run
from antara_crawler.errors import BUG, GOOD, NOT_WRITTEN
from antara_crawler.items import Article
from antara_crawler.spiders.arguments import Arguments

NOTES = "antara_crawler.pages.article"
"""Logs a line for each date that the page leaves open; the archive keeps them."""


class Command(CarefulCommand, ScrapyCrawl):
    """Crawls one portal into the archive."""

    arguments = tuple(each.name for each in fields(Arguments))

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options; Scrapy's lists of its own components are for debugging only."""
        super().process_options(args, opts)
        if self.settings["LOG_LEVEL"] != "DEBUG":
            quiet = [f"scrapy.{name}" for name in ("addons", "crawler", "middleware", "utils.log")]
            if sys.stderr.isatty() and not self.settings["LOG_FILE"]:
                quiet.append(NOTES)
            for name in quiet:
                # a filter, since Scrapy sets the levels of its loggers anew after this
                logger = logging.getLogger(name)
                logger.addFilter(lambda record: record.levelno >= logging.WARNING)

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Run the crawl and return the exit status that the contract names."""
        spider_class = self.crawler_process.spider_loader.load(one_portal(args).name)
        feeds = self.settings.getdict("FEEDS")
        for feed in feeds.values():
            feed.setdefault("item_classes", [Article])  # other items are what pages came to
        crawler = StoppableCrawler(spider_class, self.settings)
        try:
            crawler.to_its_end(self.crawler_process, **opts.spargs)
        except KeyboardInterrupt:
            note("scrapy crawl: ended at once: what is stored is safe, run the same command again")
            raise
        run = crawler.get_extension(Run)
        if run is None:
            return BUG
        if run.exit_status in GOOD and _written(crawler) < len(feeds):
            note("the file of -o is not whole: make room, then run scrapy export -o FILE")
            return NOT_WRITTEN
        return run.exit_status


def _written(crawler: StoppableCrawler) -> int:
    """Return how many files of -o Scrapy could write: it says so in the log only."""
    assert crawler.stats is not None
    counts = crawler.stats.get_stats()
    return sum(counts[name] for name in counts if name.startswith("feedexport/success_count/"))
