"""Makes a visit with a crawl's own machinery: its network, robots.txt, pauses and raw records."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from antara_crawler.archive import Archive, portal_lock
from antara_crawler.archive.frontier import waits
from antara_crawler.crawl.crawler import StoppableCrawler
from antara_crawler.doctor.checkup import Checkup, Seen
from antara_crawler.errors import ArchiveMissing, UnreadablePage
from antara_crawler.items import Page
from antara_crawler.locations import archive_url

_FRONTIER = "antara_crawler.crawl.frontier.FrontierMiddleware"
_RUN = "antara_crawler.crawl.run.Run"


def visit(
    process: AsyncCrawlerProcess,
    settings: Settings,
    portal: str,
    arguments: Mapping[str, str],
    only: Page | None = None,
) -> Seen:
    """Return what a bounded visit to a portal saw, or to the one page `only`.

    Its raw records and its books are thrown away: the archive that the settings name is not
    written. Raises UsageError for wrong arguments, ArchiveBusy when the portal is being crawled,
    UnreadablePage when it asked not to be asked now.
    """
    with TemporaryDirectory(prefix="antara-") as folder, _alone(settings, portal, arguments):
        own = settings.copy()
        for name, value in {
            "ARCHIVE_URL": f"sqlite:///{folder}/visit.db",
            "CAPTURES_DIR": f"{folder}/captures",
            "SPIDER_MIDDLEWARES": {**settings.getdict("SPIDER_MIDDLEWARES"), _FRONTIER: None},
            "EXTENSIONS": {
                name: order if name == _RUN else None
                for name, order in settings.getdict("EXTENSIONS").items()
            },
            "ITEM_PIPELINES": {},
            "RETRY_ENABLED": False,
            "REDIRECT_MAX_TIMES": 1,
        }.items():
            own.set(name, value, priority="cmdline")
        kind = type(f"{portal.title()}Checkup", (Checkup,), {"name": portal})
        crawler = StoppableCrawler(kind, own)
        crawler.to_its_end(process, only=only, **arguments)
        spider: Any = crawler.spider
        seen: Seen = spider.seen
        return seen


@contextmanager
def _alone(settings: Settings, portal: str, arguments: Mapping[str, str]) -> Iterator[None]:
    """Ask a portal only while no crawl does, and not while it wants to be left alone."""
    if "captures" in arguments:
        yield
        return
    try:
        archive = Archive.open(archive_url(settings), read_only=True)
    except ArchiveMissing:
        yield
        return
    with archive:
        if wait := waits.in_force(archive, portal, datetime.now(UTC)):
            raise UnreadablePage(
                f"{portal} asks not to be asked before {wait.until:%Y-%m-%d %H:%M} UTC"
                f" ({wait.reason}): wait until then"
            )
        with portal_lock(archive, portal):
            yield
