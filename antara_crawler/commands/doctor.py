"""`scrapy doctor PORTAL`: asks a portal for a few pages and judges how they are read."""

import argparse
import sys

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from antara_crawler.cli import VisitingCommand, one_line_for_trouble, refuse_unknown_options
from antara_crawler.doctor.diagnosis import diagnose
from antara_crawler.doctor.report import say_diagnosis
from antara_crawler.doctor.visiting import visit
from antara_crawler.errors import UsageError
from antara_crawler.portals import portal
from antara_crawler.spiders.templates import catalogue_of
from antara_crawler.terminal import Screen
from antara_crawler.wording import tr


class Command(VisitingCommand):
    """Visits a portal and says how well it is read."""

    def syntax(self) -> str:
        """Return the line of usage."""
        return "[options] PORTAL"

    def short_desc(self) -> str:
        """Return the line of the command list."""
        return tr("Ask a portal for a few pages and say how well they are read")

    def long_desc(self) -> str:
        """Return the help text."""
        return tr(
            "Ask a portal for robots.txt, a feed, two listings, the sitemap, the index of a day and"
            " ten articles: at most 20 requests, with a crawl's own pauses. Print what was found"
            " and, field by field, whether the page and the feed say the same: fine, look or wrong,"
            " and what to do. Nothing is archived. Arguments: -a base_url=URL (a mirror),"
            " -a captures=PATH (WARC files). Exit status: 0 all is fine, 4 something to look at,"
            " 3 nothing could be read. Example: scrapy doctor kalsel"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --json."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help=tr("print it as JSON"))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Visit, diagnose, print, and set the exit status."""
        with one_line_for_trouble(self):
            names = refuse_unknown_options(args)
            if len(names) != 1:
                raise UsageError("name one portal: scrapy list shows them")
            place = portal(names[0])
            assert isinstance(self.crawler_process, AsyncCrawlerProcess)
            assert isinstance(self.settings, Settings)
            templates = catalogue_of(self.settings).serving(place.name)
            seen = visit(self.crawler_process, self.settings, place.name, opts.spargs)
            diagnosis = diagnose(seen, place, templates)
            screen = Screen(sys.stdout)
            if opts.json:
                screen.say_json(diagnosis.as_data())
            else:
                say_diagnosis(screen, diagnosis)
            self.exitcode = diagnosis.status
