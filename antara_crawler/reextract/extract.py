"""Reads one fetch again, off its record: by the spider's own callback and what cleans items."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector, StatsCollector
from scrapy.utils.misc import build_from_crawler, load_object

from antara_crawler.archive.read.fetches import Fetch
from antara_crawler.archive.store.revising import has_beside, says
from antara_crawler.archive.tables.rows import refuse_unfit
from antara_crawler.errors import BrokenCapture, DamagedBody, UsageError
from antara_crawler.items import GENERIC, Article, Capture, Outcome
from antara_crawler.spiders.portal import PortalSpider
from antara_crawler.spiders.templates import catalogue_of
from antara_crawler.warc import CaptureFiles, Exchange, body_of, read_capture
from antara_crawler.wording import sentence

# In ITEM_PIPELINES, what cleans stands below this order and what stores stands above it.
STORING = 900
What = Literal["same", "different", "unreadable", "incomplete", "damaged", "elsewhere"]


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


class Rules:
    """What a crawl with these settings reads by: what cleans, templates, the largest body."""

    def __init__(self, settings: Settings) -> None:
        self.clean = Cleaning(settings)
        self.templates = catalogue_of(settings)
        self.largest = settings.getint("DOWNLOAD_MAXSIZE")


@dataclass(frozen=True, slots=True)
class Reading:
    """What today's code makes of a fetch; `article` is set when it is `different`.

    Unreadable: no article can be read from it, `reason` says why. Incomplete: today's code
    wants a further page of the article that was never fetched. Damaged: a raw record is not
    what it was. Elsewhere: it lies on another machine.
    """

    what: What
    article: Article | None = None
    reason: str = ""


class Reader:
    """Reads fetches as a crawl with these settings would; for one thread."""

    def __init__(self, files: CaptureFiles, settings: Settings) -> None:
        self._files = files
        self._rules = Rules(settings)
        self._spiders: dict[str, PortalSpider] = {}

    def __call__(self, fetch: Fetch) -> Reading:
        """Return what a fetch says today, compared with what the archive has of it."""
        try:
            return self._compared(fetch)
        except (BrokenCapture, DamagedBody) as error:
            if others := self._elsewhere(fetch):
                return Reading(
                    "elsewhere", reason=sentence(f"its captures lie on {', '.join(others)}")
                )
            return Reading("damaged", reason=str(error))
        except UsageError as error:  # a portal that the registry no longer has
            return Reading("unreadable", reason=str(error))
        except Exception as error:
            first = fetch.captures[0]
            error.add_note(f"while reading {first.url} from {first.file}@{first.offset}")
            raise

    def _elsewhere(self, fetch: Fetch) -> list[str]:
        """Return the other machines on which captures of a fetch lie that are not here."""
        lie = [*fetch.captures, *filter(None, fetch.sources)]
        files = self._files
        unseen = (each for each in lie if not files.sees(each.store))
        return sorted({each.store or "" for each in unseen if not (files / each.file).is_file()})

    def item(self, fetch: Fetch) -> Article | Outcome | None:
        """Return what a fetch says today, with its evidence; None when a page of it is missing.

        Raises BrokenCapture or DamagedBody when a raw record is not what it was.
        """
        spider = self._spider(fetch.page.portal)
        left = list(zip(fetch.captures, fetch.sources, strict=True))
        request = _at(spider.request(fetch.page), left[0][0].url)
        while place := _taken(left, request):
            output = next(self._outputs(spider, request, *place))
            if isinstance(output, Request):
                request = output
                continue
            if not isinstance(output, Article):
                return output
            seen_at = fetch.captures[-1].captured_at
            return self._rules.clean(replace(output, captures=fetch.captures, seen_at=seen_at))
        return None

    def _compared(self, fetch: Fetch) -> Reading:
        item = self.item(fetch)
        if item is None:
            return Reading("incomplete", reason=sentence("a further page of it was never fetched"))
        if isinstance(item, Outcome):
            return Reading("unreadable", reason=item.reason)
        try:
            refuse_unfit(item)
            same = says(fetch, item)
        except ValueError as error:
            return Reading("unreadable", reason=sentence(f"cannot be archived: {error}"))
        if item.template == GENERIC and fetch.template not in (None, GENERIC):
            why = sentence(f"no template reads it any more; {fetch.template} read it before")
            return Reading("unreadable", reason=why)
        same = same and (not fetch.is_source or has_beside(fetch, fetch.evidence, item))
        return Reading("same") if same else Reading("different", item)

    def _outputs(
        self, spider: PortalSpider, request: Request, capture: Capture, source: Capture | None
    ) -> Iterator[Request | Article | Outcome]:
        """Yield what the spider makes of a stored answer, under the address that gave it."""
        exchange = read_capture(self._files, capture, lambda _: source)
        asked = _at(request, capture.url)
        asked.meta["fetched_at"] = capture.captured_at
        return spider.parse_article(answer_of(asked, exchange, self._rules.largest))

    def _spider(self, portal: str) -> PortalSpider:
        if portal not in self._spiders:
            self._spiders[portal] = PortalSpider(portal)
            self._spiders[portal].templates = self._rules.templates
        return self._spiders[portal]


def answer_of(request: Request, exchange: Exchange, most: int) -> Response:
    """Return a stored answer as the spider got it, unpacked to `most` bytes; raise DamagedBody."""
    headers = Headers(exchange.response_headers)
    body = body_of(exchange, most)
    return Response(request.url, exchange.status, headers, body, request=request)


def _at(request: Request, url: str) -> Request:
    """Return a request for an address; a new one only where it is another: that takes long."""
    return request if request.url == url else request.replace(url=url)


def _taken(
    left: list[tuple[Capture, Capture | None]], request: Request
) -> tuple[Capture, Capture | None] | None:
    """Take the answer to a request out of those left; None when it was never fetched.

    A redirect may have changed the address, but which page of the article it was stays in it.
    """
    wanted = urlsplit(request.url).query
    exact = (place for place in left if place[0].url == request.url)
    alike = (place for place in left if urlsplit(place[0].url).query == wanted)
    found = next(exact, None) or next(alike, None)
    if found is not None:
        left.remove(found)
    return found
