"""The one spider: feeds, sitemaps, listings and articles of a portal, each in its own way."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.python.failure import Failure

from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Article, Entry, Outcome, OutcomeState, Page
from antara_crawler.pages import (
    Listing,
    address_of,
    canonical_listing,
    further_pages,
    join_pages,
    read_article,
    read_feed,
    read_listing,
    read_sitemap,
)
from antara_crawler.portals import portal as portal_named
from antara_crawler.spiders.answers import html_of, miss_of, seen_at
from antara_crawler.spiders.arguments import Arguments
from antara_crawler.spiders.paging import next_page
from antara_crawler.unanswered import NotCaptured

# Feeds first: they name today's articles for one request. Then what is found, and only when
# that is read the next step back through a listing, so that few requests are ever held.
PRIORITIES = {"robots": 100, "feed": 50, "sitemap": 0, "article": 10, "listing": -10}
# Answers with these are read, not failed: unchanged, and not there (any more).
READ_STATUSES = [304, 404, 410]


class PortalSpider(Spider):
    """Finds and reads the pages of one portal; yields `Article`s and `Outcome`s.

    Spider arguments (`-a`): see `antara_crawler.spiders.arguments`.
    """

    handle_httpstatus_list = READ_STATUSES

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name)
        self.portal = portal_named(self.name)
        self.arguments = Arguments.parse(arguments)
        self.sitemaps: tuple[str, ...] = ()
        self._sitemaps: set[str] = set()
        self._listings: set[str] = set()
        self._sections: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider; a replay from captures needs no pauses, since it asks nobody."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.robots_parsed, signals.robots_parsed)
        if spider.arguments.captures:
            crawler.settings.set("DOWNLOAD_DELAY", 0, priority="spider")
        return spider

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Note the sitemaps that the portal's robots.txt names."""
        named = getattr(getattr(robotparser, "rp", None), "sitemaps", ())
        own = [url for url in named if url.startswith(f"{self.portal.base_url}/")]
        self.sitemaps = tuple(own) or (f"{self.portal.base_url}/sitemap.xml",)

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the feeds and the first page of each listing that the registry names."""
        for path in self.portal.feeds:
            yield self.request(Page(self.name, "feed", self.portal.base_url + path))
        for path in self.portal.listings:
            listing = canonical_listing(self.portal.base_url + path, self.portal)
            self._listings.add(listing)
            yield self.listing_page(listing, listing)

    def request(self, page: Page, **meta: Any) -> Request:
        """Return the request for a page; conditional when its last validators are known."""
        headers = {}
        if page.etag:
            headers["If-None-Match"] = page.etag
        if page.last_modified:
            headers["If-Modified-Since"] = page.last_modified
        readers = {
            "article": self.parse_article,
            "feed": self.parse_feed,
            "sitemap": self.parse_sitemap,
            "listing": self.parse_listing,
        }
        return Request(
            page.url,
            callback=readers[page.role],
            errback=self.failed,
            headers=headers,
            priority=PRIORITIES[page.role],
            dont_filter=True,  # the ledger knows what was asked, for longer than a run
            meta={"page": page, **meta},
        )

    def listing_page(self, url: str, listing: str, walk: object = None) -> Request:
        """Return the request for one page of a listing, and of the walk that it belongs to."""
        walked = {} if walk is None else {"walk": walk}
        return self.request(Page(self.name, "listing", url), listing=listing, **walked)

    def parse_feed(self, response: Response) -> Iterator[Any]:
        """Yield a request for each wanted article that a feed names."""
        yield from self.ask_for_sitemaps()
        yield from self.read_index(
            response, lambda: read_feed(response.body, *self.place(response)).entries
        )

    def parse_sitemap(self, response: Response) -> Iterator[Any]:
        """Yield a request for each wanted article, and for each further sitemap it names."""

        def entries() -> tuple[Entry, ...]:
            parts = list(read_sitemap(response.body, *self.place(response)))
            children.extend(child for part in parts for child in part.children)
            return tuple(entry for part in parts for entry in part.entries)

        children: list[str] = []
        yield from self.read_index(response, entries)
        yield from self.sitemap_requests(children)

    def parse_listing(self, response: Response) -> Iterator[Any]:
        """Yield the articles of a listing page, its sections, and the next page back."""
        yield from self.ask_for_sitemaps()
        if response.status != 200:
            return
        listing: str = response.meta["listing"]
        url: str = response.meta["page"].url
        try:
            page = read_listing(html_of(response), *self.place(response))
        except UnreadablePage as error:
            yield self.outcome(response, "unreadable", str(error))
            return
        yield from (self.article_request(entry, response) for entry in page.entries)
        if url == listing and listing in self._listings:
            yield from self.ask_for_sections(page)
        if following := next_page(url, listing, page, self.portal):
            yield self.listing_page(following, listing, response.meta["walk"])

    def parse_article(self, response: Response) -> Iterator[Any]:
        """Yield the article, or what became of it; or ask for its further pages first."""
        page: Page = response.meta["page"]
        if response.status == 304:
            yield self.outcome(response, "stored", "unchanged")
            return
        if response.status in (404, 410):
            if response.meta.get("parts") is not None:
                yield self.outcome(response, "unreadable", f"a further page: {response.url}")
            else:
                why = f"HTTP {response.status}"
                yield self.as_amp(response) or self.outcome(response, "gone", why)
            return
        reached = address_of(response.url, self.portal)
        if reached is None or (reached.kind, reached.number) != (page.kind, page.number):
            yield self.outcome(response, "unreadable", f"leads to {response.url}")
            return
        html = html_of(response)
        try:
            part = read_article(html, *self.place(response))
            parts = (*response.meta.get("parts", ()), part)
            rest = response.meta.get("rest")
            if rest is None:
                rest = further_pages(html, *self.place(response))
                parts = () if len(rest) == 1 and "page=all" in rest[0] else parts
            if rest:
                plain = replace(page, etag=None, last_modified=None)
                yield self.request(plain, parts=parts, rest=rest[1:]).replace(url=rest[0])
                return
            article = join_pages(parts)
        except UnreadablePage as error:
            yield replace(self.outcome(response, "unreadable", str(error)), cause=error.cause)
            return
        yield self.dated(article, response)

    def failed(self, failure: Failure) -> Iterator[Any]:
        """Yield what became of a page that gave no answer."""
        yield from self.ask_for_sitemaps()
        request: Request = failure.request  # type: ignore[attr-defined]
        miss = miss_of(failure)
        state: OutcomeState = "failed" if miss.cause else "queued"
        if isinstance(failure.value, NotCaptured):
            if amp := self.as_amp(request):
                yield amp
                return
            state = "not_captured"
        yield Outcome(
            request.meta["page"],
            state,
            miss.reason,
            miss.status,
            cause=miss.cause,
            retry_at=request.meta.get("retry_at"),
        )

    def read_index(self, response: Response, entries: Any) -> Iterator[Any]:
        """Yield article requests of a feed or sitemap; one that is not there is no failure."""
        if response.status in (404, 410):
            yield self.outcome(response, "gone", f"HTTP {response.status}")
        if response.status != 200:
            return
        try:
            found = entries()
        except UnreadablePage as error:
            yield self.outcome(response, "unreadable", str(error))
            return
        yield from (self.article_request(entry, response) for entry in found)

    def article_request(self, entry: Entry, response: Response) -> Request:
        """Return the request for the ordinary page of a card's or feed item's article."""
        at, published_at = entry.address, entry.published_at
        if published_at is None and entry.age is not None:
            published_at = seen_at(response) - entry.age
        page = Page(at.portal, "article", at.url, at.kind, at.number, published_at)
        return self.request(page)

    def ask_for_sections(self, page: Listing) -> Iterator[Request]:
        """Yield a request for each section of the portal's menu, once."""
        for section in page.sections:
            if section.url and section.url not in self._sections | self._listings:
                self._sections.add(section.url)
                yield self.listing_page(section.url, section.url)

    def dated(self, article: Article, response: Response) -> Article | Outcome:
        """Return the article, or an outcome when its date lies outside since and until."""
        at = article.published_at
        if at is None or self.arguments.wants(at.date()):
            return article
        return self.outcome(response, "out_of_range", f"published {at.date()}")

    def as_amp(self, asked: Response | Request) -> Request | None:
        """Return a request for the AMP form where the ordinary page is not there, once."""
        page: Page = asked.meta["page"]
        if page.kind != "berita" or asked.meta.get("amp") or asked.meta.get("parts"):
            return None
        path = page.url.removeprefix(self.portal.base_url)
        plain = replace(page, etag=None, last_modified=None)
        return self.request(plain, amp=True).replace(url=f"{self.portal.base_url}/amp{path}")

    def outcome(self, response: Response, state: Any, reason: str) -> Outcome:
        """Return what became of the page that a response answers."""
        return Outcome(response.meta["page"], state, reason, response.status)

    def ask_for_sitemaps(self) -> Iterator[Request]:
        """Yield requests for the sitemaps, once, as soon as robots.txt has been read."""
        named, self.sitemaps = self.sitemaps, ()
        yield from self.sitemap_requests(named)

    def sitemap_requests(self, urls: Iterable[str]) -> Iterator[Request]:
        """Yield a request for each sitemap of the portal's own that was not asked for yet."""
        for url in urls:
            if url.startswith(f"{self.portal.base_url}/") and url not in self._sitemaps:
                self._sitemaps.add(url)
                yield self.request(Page(self.name, "sitemap", url))

    def place(self, response: Response) -> tuple[str, Any]:
        """Return what every reader wants beside the text: the address and the portal."""
        return response.url, self.portal
