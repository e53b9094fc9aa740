"""`scrapy crawl PORTAL`: Scrapy's own command, with exit statuses that say what happened."""

import argparse
import logging
from asyncio import Task
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import AsyncCrawlerProcess

from antara_crawler.cli import CarefulCommand, one_line_for_trouble, refuse_unknown_options
from antara_crawler.crawl.run import Run
from antara_crawler.crawl.stoppable import StoppableCrawler
from antara_crawler.errors import UsageError
from antara_crawler.portals import portal
from antara_crawler.wording import tr


class Command(CarefulCommand, ScrapyCrawl):
    """Crawls one portal into the archive."""

    def syntax(self) -> str:
        """Return the line of usage."""
        return "[options] PORTAL"

    def short_desc(self) -> str:
        """Return the line of the command list."""
        return tr("Crawl a portal into the archive (scrapy list names the portals)")

    def long_desc(self) -> str:
        """Return the help text."""
        return tr(
            "Crawl a portal into the archive. Arguments: -a since=YYYY-MM-DD, -a until=YYYY-MM-DD,"
            " -a limit=N, -a minutes=N, -a hours=22-5 (what is left waits),"
            " -a captures=PATH (answer every request from WARC files), -a base_url=URL"
            " (a mirror). Example: scrapy crawl kalsel -a since=2024-09-01. Exit status: 0 done,"
            " 2 wrong usage, 3 nothing could be fetched, 4 some pages failed and stay queued,"
            " 5 the archive or the captures could not be written, 6 the portal is being crawled"
            " already."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the crawl and set the exit status that the contract names."""
        with one_line_for_trouble(self):
            names = refuse_unknown_options(args)
            if len(names) != 1:
                raise UsageError("name one portal: scrapy list shows them")
            portal(names[0])
            self._crawl(names[0], opts.spargs)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options; Scrapy's lists of its own components are for debugging only."""
        super().process_options(args, opts)
        assert self.settings is not None
        if self.settings["LOG_LEVEL"] != "DEBUG":
            for name in ("addons", "crawler", "middleware", "utils.log"):
                # a filter, since Scrapy sets the levels of its loggers anew after this
                logging.getLogger(f"scrapy.{name}").addFilter(_worth_a_line)
            logging.getLogger("scrapy.downloadermiddlewares.robotstxt").addFilter(_not_said_by_us)

    def _crawl(self, name: str, arguments: dict[str, Any]) -> None:
        assert isinstance(self.crawler_process, AsyncCrawlerProcess)
        spider_class = self.crawler_process.spider_loader.load(name)
        crawler = StoppableCrawler(spider_class, self.settings)
        crawling: Task[None] = self.crawler_process.crawl(crawler, **arguments)
        self.crawler_process.start()
        error = crawling.exception() if crawling.done() and not crawling.cancelled() else None
        if error is not None:
            raise error
        run = crawler.get_extension(Run)
        self.exitcode = run.exit_status if run is not None else 1


def _worth_a_line(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def _not_said_by_us(record: logging.LogRecord) -> bool:
    """Drop Scrapy's traceback of a robots.txt that was not to be had: the summary says why."""
    return not str(record.msg).startswith("Error downloading")
