"""The one spider: feeds, sitemaps, listings and articles of a portal, each in its own way."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.python.failure import Failure

from antara_crawler import pages
from antara_crawler.errors import Cause, UnreadablePage
from antara_crawler.items import Article, Found, Leaf, Outcome, OutcomeState, Page
from antara_crawler.portals import portal as portal_named
from antara_crawler.spiders.answers import html_of, miss_of, seen_at
from antara_crawler.spiders.arguments import Arguments
from antara_crawler.spiders.finding import found_on, leads_away, leaf_of, section_of
from antara_crawler.spiders.roads import Roads, unread
from antara_crawler.spiders.sitemaps import Sitemaps
from antara_crawler.spiders.templates import BUILT_IN, catalogue_of, read_with
from antara_crawler.unanswered import LeadsElsewhere, NotCaptured
from antara_crawler.wording import sentence

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
        self.arguments = Arguments.parse(arguments)
        self.portal = replace(portal_named(self.name), mirror=self.arguments.base_url)
        self.sitemaps = Sitemaps(self.portal)
        self.roads = Roads(self.portal, self.failed)
        self.templates = BUILT_IN
        self._listings: set[str] = set()
        self._sections: set[str] = set()
        self._last: defaultdict[str, int] = defaultdict(int)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider; a replay from captures needs no pauses, since it asks nobody."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.robots_parsed, signals.robots_parsed)
        spider.templates = spider.roads.templates = catalogue_of(crawler.settings)
        if spider.arguments.captures:
            crawler.settings.set("DOWNLOAD_DELAY", 0, priority="spider")
        return spider

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Note the sitemaps that the portal's robots.txt names."""
        self.sitemaps.name(getattr(getattr(robotparser, "rp", None), "sitemaps", ()))

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the feeds and the first page of each listing that the registry names."""
        for path in self.portal.feeds:
            yield self.request(Page(self.name, "feed", self.portal.base_url + path))
        for path in self.portal.listings:
            listing = pages.canonical_listing(self.portal.base_url + path, self.portal)
            self._listings.add(listing)
            yield self.listing_page(listing, listing)

    def request(self, page: Page, **meta: Any) -> Request:
        """Return the request for a page; conditional when its last validators are known."""
        headers = {}
        if page.etag:
            headers["If-None-Match"] = page.etag
        if page.last_modified:
            headers["If-Modified-Since"] = page.last_modified
        return Request(
            page.url,
            callback=self.parse_article if page.role == "article" else self.parse,
            errback=self.failed,
            headers=headers,
            priority=PRIORITIES[page.role],
            dont_filter=True,  # the frontier knows what was asked, for longer than a run
            meta={"page": page, **meta},
        )

    def listing_page(self, url: str, listing: str, cursor: object = None) -> Request:
        """Return the request for one page of a listing, and of the cursor that it belongs to."""
        walked = {} if cursor is None else {"cursor": cursor}
        return self.request(Page(self.name, "listing", url), listing=listing, **walked)

    def parse(self, response: Response) -> Iterator[Any]:
        """Yield what a feed, sitemap or listing page names, or why it cannot be read."""
        yield from self.ask_for_sitemaps()
        page: Page = response.meta["page"]
        why = f"HTTP {response.status}"
        if response.status == 200:
            read = {"feed": self.feed_found, "sitemap": self.sitemap_found}
            try:
                yield from read.get(page.role, self.listing_found)(response)
            except UnreadablePage as error:
                yield self.outcome(response, "unreadable", str(error), error.cause)
        elif response.status in (404, 410) and page.role == "listing":
            yield Found(page, leaf=Leaf(is_missing=True))
        elif response.status in (404, 410):
            # What was read before, or is named, is missed; others may never have been there.
            is_guess = page.guessed or page.role == "feed"
            state: OutcomeState = "gone" if page.is_new and is_guess else "unreadable"
            yield self.outcome(response, state, why, Cause.NOT_FOUND)
        elif response.status == 304 and (page.etag or page.last_modified):
            yield Found(page, unchanged=True)
        else:
            why = sentence(f"{why}, without a page")
            yield self.outcome(response, "unreadable", why, Cause.REFUSED)

    def feed_found(self, response: Response) -> Iterator[Found | Outcome]:
        """Yield what a feed names; one that names no article of the portal is not one to trust."""
        feed = pages.read_feed(response.body, *self.place(response))
        if feed.entries:
            yield found_on(response.meta["page"], feed, seen_at(response))
        elif feed.strays:
            why = sentence(f"all its links lead elsewhere, such as {feed.stray}")
            yield self.outcome(response, "unreadable", why, Cause.FOREIGN)
        else:
            why = feed.damage or feed.cut_short or sentence("it names no article")
            yield self.outcome(response, "unreadable", why, Cause.UNKNOWN_FORM)

    def sitemap_found(self, response: Response) -> Iterator[Found | Outcome]:
        """Yield the parts of a sitemap."""
        page: Page = response.meta["page"]
        left: str | None = None
        of_use = page.guessed
        for part in pages.read_sitemap(response.body, *self.place(response)):
            followed, why = self.sitemaps.follow(page.url, part.children)
            is_own = not part.stray or self.portal.owns(part.stray)
            of_use = of_use or is_own or bool(part.entries or part.children)
            elsewhere = sentence(f"all its links lead elsewhere, such as {part.stray}")
            left = left or part.cut_short or why or (None if of_use or part.more else elsewhere)
            known = len(part.children) - len(followed)
            found = found_on(page, part, seen_at(response))
            yield replace(
                found,
                sitemaps=followed,
                more=part.more,
                repeats=found.repeats + known,
                # Said by the last part, which is what the frontier notes as read.
                cut_short=None if part.more else left,
            )

    def listing_found(self, response: Response) -> Iterator[Found | Outcome]:
        """Yield what a page of a listing names."""
        listing: str = response.meta["listing"]
        page: Page = response.meta["page"]
        if leads_away(page.url, response.url, self.portal):
            yield Found(page, leaf=Leaf(elsewhere=response.url))
            return
        read = pages.read_listing(html_of(response), *self.place(response))
        section = None if listing in self._listings else section_of(listing)
        self._last[listing] = max(self._last[listing], read.last)
        yield replace(
            found_on(page, read, seen_at(response), section),
            listings=self.new_sections(read) if page.url == listing in self._listings else (),
            leaf=leaf_of(read, page.url, listing, self._last[listing]),
        )

    def parse_article(self, response: Response) -> Iterator[Any]:
        """Yield the article, or what became of it; or ask for its further pages first."""
        page: Page = response.meta["page"]
        if response.status != 200:
            yield self.no_article(response)
            return
        reached = pages.address_of(response.url, self.portal)
        if reached is None or (reached.kind, reached.number) != (page.kind, page.number):
            yield unread(response, self.portal, f"leads to {response.url}", Cause.FOREIGN)
            return
        html = html_of(response)
        try:
            part = read_with(self.templates, html, response, self.portal)
            parts, further = self.pages_of(part, html, response)
            if further is not None:
                yield further
                return
            article = pages.join_pages(parts)
        except UnreadablePage as error:
            yield unread(response, self.portal, str(error), error.cause)
            return
        yield self.dated(article, response)

    def pages_of(
        self, part: Article, html: str, response: Response
    ) -> tuple[tuple[Article, ...], Request | None]:
        """Return the pages of an article so far, and the request for the next, None for none."""
        meta = response.meta
        parts, rest = (*meta.get("parts", ()), part), meta.get("rest", ())
        first: Article | None = meta.get("first")
        if first is not None:  # it answers ?page=all; where that is not known, the first again
            if part.paragraphs != first.paragraphs or not rest:
                return (part,), None
            parts = (first,)
        asked: tuple[str, ...] = meta.get("asked", (response.url,))
        named = (*rest, *pages.further_pages(html, *self.place(response)))
        if not (rest := tuple(url for url in dict.fromkeys(named) if url not in asked)):
            return parts, None
        is_whole = rest[0].endswith("page=all")
        more = {"parts": () if is_whole else parts, "first": part if is_whole else None}
        plain = replace(meta["page"], etag=None, last_modified=None)
        request = self.request(plain, **more, asked=(*asked, rest[0]), rest=rest[1:])
        return parts, request.replace(url=rest[0])

    def no_article(self, response: Response) -> Outcome | Request:
        """Return what an article page without a page in its answer comes to."""
        page: Page = response.meta["page"]
        why = f"HTTP {response.status}"
        if response.status == 304 and (page.etag or page.last_modified):
            return self.outcome(response, "stored", "unchanged")
        if response.status not in (404, 410):
            return self.outcome(response, "failed", f"{why}, without a page", Cause.REFUSED)
        if response.meta.get("parts") is not None:
            gap = f"a further page is not there: {response.url}"
            return self.outcome(response, "unreadable", gap, Cause.NOT_FOUND)
        return self.as_amp(response) or self.outcome(response, "gone", why, Cause.NOT_FOUND)

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
        elif request.meta["page"].guessed and isinstance(failure.value, LeadsElsewhere):
            state = "gone"  # the national site's, say: no article of this portal
        yield Outcome(
            request.meta["page"],
            state,
            miss.reason,
            miss.status,
            cause=miss.cause,
            retry_at=request.meta.get("retry_at"),
        )

    def new_sections(self, read: pages.Listing) -> tuple[str, ...]:
        """Return the sections of the portal's menu that were not met yet in this run."""
        urls = (section.url for section in read.sections if section.url)
        new = dict.fromkeys(url for url in urls if url not in self._sections | self._listings)
        self._sections.update(new)
        return tuple(new)

    def dated(self, article: Article, response: Response) -> Article | Outcome:
        """Return the article, or an outcome when it is new, and dated outside since and until."""
        at, page = article.published_at, response.meta["page"]
        if at is None or page.held or self.arguments.wants(day := self.portal.local_date(at)):
            return article
        outcome = self.outcome(response, "out_of_range", f"published {day}")
        return replace(outcome, page=replace(outcome.page, published_at=at))

    def as_amp(self, asked: Response | Request) -> Request | None:
        """Return a request for the AMP form where the ordinary page is not there, once."""
        page: Page = asked.meta["page"]
        has_none = page.guessed or asked.meta.get("amp") or asked.meta.get("parts")
        if page.kind != "berita" or has_none:
            return None
        path = page.url.removeprefix(self.portal.base_url)
        plain = replace(page, etag=None, last_modified=None)
        return self.request(plain, amp=True).replace(url=f"{self.portal.base_url}/amp{path}")

    def outcome(
        self, response: Response, state: OutcomeState, reason: str, cause: Cause | None = None
    ) -> Outcome:
        """Return what became of the page that a response answers."""
        reason = reason.removeprefix(f"{response.url}: ")
        return Outcome(response.meta["page"], state, reason, response.status, cause=cause)

    def ask_for_sitemaps(self) -> Iterator[Request]:
        """Yield requests for the sitemaps, once, as soon as robots.txt has been read."""
        for url in self.sitemaps.take_named():
            yield self.request(Page(self.name, "sitemap", url, guessed=self.sitemaps.is_guessed))

    def sitemap_requests(self, urls: Iterable[str]) -> Iterator[Request]:
        """Yield a request for each sitemap."""
        return (self.request(Page(self.name, "sitemap", url)) for url in urls)

    def place(self, response: Response) -> tuple[str, Any]:
        """Return what every reader wants beside the text: the address and the portal."""
        return response.url, self.portal
