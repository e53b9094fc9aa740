"""A bounded visit to a portal: one request after the other, at most twenty, nothing archived.

With a crawl's own machinery: its network, robots.txt, pauses and raw records.
"""

from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any, Self
from zoneinfo import ZoneInfo

from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.settings import Settings
from twisted.python.failure import Failure

from antara_crawler.archive import Archive, portal_lock
from antara_crawler.archive.frontier.frontier import wait_in_force
from antara_crawler.crawl.account.account import Verdict
from antara_crawler.crawl.account.bookkeeping import verdict_of_robots
from antara_crawler.crawl.account.summary import REQUESTS
from antara_crawler.crawl.crawler import StoppableCrawler
from antara_crawler.errors import ArchiveMissing, UnreadablePage
from antara_crawler.items import Page
from antara_crawler.locations import archive_url
from antara_crawler.pages import Shown, canonical_listing, read_feed, read_listing, read_sitemap
from antara_crawler.spiders.answers import html_of, miss_of, seen_at
from antara_crawler.spiders.finding import found_on
from antara_crawler.spiders.portal import PortalSpider
from antara_crawler.spiders.roads import DAY_INDEXES
from antara_crawler.wording import sentence

MOST_REQUESTS = 20
ARTICLES = 10
_SPARE = 2
"""Requests kept for what an answer leads on to."""
_PART = 5_000
_SLOTS = (
    *("newest", "oldest", "foto", "video", "newest", "oldest"),
    *("foto", "video", "newest", "oldest", "middle", "other"),
)
_KINDS = ("foto", "video")

Visit = Generator[Page, "Look", None]


@dataclass(frozen=True, slots=True)
class Look:
    """One page that was asked for, as it was answered; `trouble` where there was no page."""

    page: Page
    road: str
    """What was asked for: feed, listing, section, sitemap, day index or article."""
    url: str
    status: int | None = None
    html: str = ""
    trouble: str | None = None
    named: tuple[Page, ...] = ()
    """The articles that it names."""
    further: tuple[str, ...] = ()
    """The sections that a listing names, the parts that a sitemap names."""


@dataclass(slots=True)
class Seen:
    """All that a visit saw."""

    looks: list[Look] = field(default_factory=list)
    robots: str | None = None
    """What robots.txt came to: 'read', 'none there', or None when it was not answered."""
    sitemaps: tuple[str, ...] = ()

    @property
    def articles(self) -> list[Look]:
        """The articles that were asked for."""
        return [look for look in self.looks if look.road == "article"]


class Checkup(PortalSpider):
    """Visits one portal as `visit` says, or the one page that it is given."""

    silent = True

    def __init__(self, name: str | None = None, *, only: Page | None = None, **given: Any) -> None:
        super().__init__(name, **given)
        self.seen = Seen()
        self._road = ""
        self._visit = _one(only) if only else self.visit()
        self._requests: Callable[[], int] = lambda: 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider; it counts what the crawler asks for, redirects included."""
        spider = super().from_crawler(crawler, *args, **kwargs)

        def requests() -> int:
            assert crawler.stats is not None
            return int(crawler.stats.get_value(REQUESTS, 0))

        spider._requests = requests
        crawler.signals.connect(spider.answered, signals.response_received)
        return spider

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Note the sitemaps that robots.txt names."""
        named = getattr(getattr(robotparser, "rp", None), "sitemaps", ())
        self.seen.sitemaps = tuple(named)[:_PART]

    def answered(self, response: Response) -> None:
        """Note whether there is a robots.txt, as a crawl would take the answer."""
        if response.url.endswith("/robots.txt") and self.seen.robots is None:
            came_to = {Verdict.READ: sentence("read"), Verdict.ABSENT: sentence("none there")}
            self.seen.robots = came_to.get(verdict_of_robots(response.status))

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the first page of the visit."""
        for request in self._go_on(None):
            yield request

    def visit(self) -> Visit:
        """Ask for a feed, two listings, a sitemap, a day's index, then ten articles."""
        pool: dict[str, Page] = {}
        base = self.portal.base_url
        for path in self.portal.feeds[:1]:
            yield from self._road_to(pool, "feed", Page(self.name, "feed", base + path))
        for path in self.portal.listings[:1]:
            url = canonical_listing(base + path, self.portal)
            look = yield from self._road_to(pool, "listing", Page(self.name, "listing", url))
            for section in [other for other in look.further if other != url][:1]:
                page = Page(self.name, "listing", section)
                yield from self._road_to(pool, "section", page)
        for url in self.seen.sitemaps[:1]:
            page = Page(self.name, "sitemap", url)
            look = yield from self._road_to(pool, "sitemap", page)
            for part in look.further[-1:]:
                page = Page(self.name, "sitemap", part)
                yield from self._road_to(pool, "sitemap", page)
        past = datetime.now(ZoneInfo(self.portal.zone)).date() - timedelta(days=400)
        url = base + DAY_INDEXES["indeks"].format(day=past)
        yield from self._road_to(pool, "day index", Page(self.name, "listing", url))
        done: set[str] = set()
        for slot in _SLOTS:
            chosen = choose(pool.values(), slot, done)
            if len(done) >= ARTICLES or chosen is None:
                return
            done.add(chosen.url)
            self._road = "article"
            yield chosen

    def _road_to(self, pool: dict[str, Page], road: str, page: Page) -> Generator[Page, Look, Look]:
        self._road = road
        look = yield page
        for each in look.named:
            known = pool.get(each.url)
            pool[each.url] = replace(known, hints=(*known.hints, *each.hints)) if known else each
        return look

    def _go_on(self, look: Look | None) -> Iterator[Request]:
        """Yield the request for the next page of the visit, if there is to be one."""
        if look is not None:
            self.seen.looks.append(look)
        if self._requests() > MOST_REQUESTS - _SPARE:
            return
        try:
            page = next(self._visit) if look is None else self._visit.send(look)
        except StopIteration:
            return
        request = self.request(page)
        request.callback, request.errback = self.looked, self.missed
        yield request

    def looked(self, response: Response) -> Iterator[Request]:
        """Note an answer, with what it names, and go on."""
        page: Page = response.meta["page"]
        look = Look(page, self._road, response.url, response.status)
        if response.status != 200:
            yield from self._go_on(replace(look, trouble=f"HTTP {response.status}"))
            return
        try:
            look = self._read(replace(look, html=html_of(response)), response)
        except UnreadablePage as error:
            look = replace(look, trouble=str(error))
        yield from self._go_on(look)

    def missed(self, failure: Failure) -> Iterator[Request]:
        """Note that no answer came, and go on."""
        request: Request = failure.request  # type: ignore[attr-defined]
        miss = miss_of(failure)
        page: Page = request.meta["page"]
        yield from self._go_on(Look(page, self._road, page.url, miss.status, trouble=miss.reason))

    def _read(self, look: Look, response: Response) -> Look:
        """Return the look with what its page names. Raises UnreadablePage."""
        page, place = look.page, self.place(response)
        if page.role == "article":
            return look
        shown: list[Shown]
        further: list[str] = []
        if page.role == "feed":
            shown = [read_feed(response.body, *place)]
        elif page.role == "sitemap":
            parts = list(read_sitemap(response.body, *place))
            shown = [*parts]
            further = [child for part in parts for child in part.children]
        else:
            listing = read_listing(look.html, *place)
            shown, further = [listing], [each.url for each in listing.sections if each.url]
        section = page.url.rpartition("/")[2] if look.road == "section" else None
        entries = tuple(entry for part in shown for entry in part.entries)[:_PART]
        found = found_on(page, Shown(entries=entries), seen_at(response), section)
        return replace(look, named=found.articles, further=tuple(further[:_PART]))


def choose(pool: Iterable[Page], slot: str, done: set[str]) -> Page | None:
    """Return the page that fills a slot of the ten, else the newest that is left."""
    left = [page for page in pool if page.url not in done and page.number is not None]
    texts = sorted((p for p in left if p.kind == "berita"), key=lambda p: p.number or 0)
    fitting = {
        "newest": texts[-1:],
        "oldest": texts[:1],
        "middle": texts[len(texts) // 2 :],
        "other": [p for p in left if p.kind not in ("berita", *_KINDS)],
    }.get(slot, [p for p in left if p.kind == slot])
    return next(iter((*fitting, *reversed(texts), *left)), None)


def _one(page: Page) -> Visit:
    yield page


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
        given = {
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
        }
        own.setdict(given, priority="cmdline")
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
        if wait := wait_in_force(archive, portal, datetime.now(UTC)):
            raise UnreadablePage(
                f"{portal} asks not to be asked before {wait.until:%Y-%m-%d %H:%M} UTC"
                f" ({wait.reason}): wait until then"
            )
        with portal_lock(archive, portal):
            yield
