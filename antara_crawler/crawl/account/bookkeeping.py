"""Writes the side of the books that Scrapy's own ways show: what is asked, and what never came.

What an answer held is said by those who read it (frontier.py), what was stored by those who
store it (store_article.py).
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from antara_crawler.archive import ListingCursor
from antara_crawler.crawl.account.account import Fate, Verdict, key_of
from antara_crawler.crawl.crawler import Part
from antara_crawler.items import Article, Outcome, Page
from antara_crawler.unanswered import Deferred, Forbidden, LeadsElsewhere, NotCaptured


class Bookkeeping(Part):
    """Downloader middleware that stands before all others: each document passes it once."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.account = self.run.account
        self._again: set[int] = set()
        self._robots: set[int] = set()
        crawler.signals.connect(self.scheduled, signals.request_scheduled)
        crawler.signals.connect(self.spider_failed, signals.spider_error)
        crawler.signals.connect(self.item_failed, signals.item_error)
        self.run.before_closing(self.leave_the_rest)

    def process_request(self, request: Request) -> None:
        """Count a document that is asked for; one that is asked again is the same document."""
        document: int | None = request.meta.get("document")
        if document is None:
            page: Page | None = request.meta.get("page")
            role = page.role if page is not None else "robots"
            request.meta["document"] = document = self.account.ask(role, request.url)
            if page is None:
                self._robots.add(document)
            if request.errback is not None:
                # What fails on the way back never comes to process_exception().
                request.errback = partial(self.missed, request.errback)
        else:
            self._again.discard(document)

    def process_response(self, request: Request, response: Response) -> Response:
        """Count robots.txt, which no spider reads."""
        if "page" not in request.meta:
            self.account.answer(request.meta["document"], verdict_of_robots(response.status))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a robots.txt to which no answer came."""
        if "page" not in request.meta:
            self._miss(request, exception)

    def missed(self, errback: Callable[[Failure], Any], failure: Failure) -> Any:
        """Count a page to which no answer came, and let the spider say so."""
        self._miss(failure.request, failure.value)  # type: ignore[attr-defined]
        return errback(failure)

    def _miss(self, request: Request, error: BaseException | None) -> None:
        page: Page | None = request.meta.get("page")
        elsewhere = page is not None and page.guessed and isinstance(error, LeadsElsewhere)
        # A road that is only tried owes us nothing, nor does a number that nothing named.
        absent = elsewhere or "probe" in request.meta
        verdict = Verdict.ABSENT if absent else Verdict.FAILED
        if isinstance(error, Deferred):
            verdict = Verdict.DEFERRED
        elif isinstance(error, NotCaptured):
            verdict = Verdict.NOT_CAPTURED
        elif isinstance(error, Forbidden):
            verdict = Verdict.FORBIDDEN
            self.account.roads_forbidden += self._is_road(page, request.meta.get("cursor"))
        self.account.answer(request.meta["document"], verdict)

    def scheduled(self, request: Request) -> None:
        """Note a document that waits to be asked again: retried, or at its new address."""
        document: int | None = request.meta.get("document")
        if document is not None:
            self._again.add(document)

    def leave_the_rest(self) -> None:
        """Count what still waited to be asked again when the run was ended.

        And a robots.txt that led on and on: of that no middleware hears.
        """
        for document in self._again:
            self.account.answer(document, Verdict.DEFERRED)
        for document in self._robots:
            self.account.answer(document, Verdict.FAILED)

    def spider_failed(self, response: Response | Failure) -> None:
        """Count a page that met a bug of ours while it was read."""
        request: Request | None = getattr(response, "request", None)
        if request is None:
            return
        self.account.answer(request.meta["document"], Verdict.FAILED)
        self._lose(request.meta.get("page"))

    def item_failed(self, item: Any) -> None:
        """Count an item that met a bug of ours on its way."""
        if isinstance(item, Article | Outcome):
            self._lose(item)

    def _is_road(self, page: Page | None, cursor: ListingCursor | None) -> bool:
        """Tell whether a page is owed to us: what the portal's menu names may be no listing."""
        if page is None or page.role in ("article", "feed"):
            return page is not None
        is_listing = cursor is not None and cursor.is_listing
        return is_listing or page.url in self.run.portal.listing_urls

    def _lose(self, item: Article | Outcome | Page | None) -> None:
        if item is not None and (key := key_of(item)) is not None:
            self.account.settle(key, Fate.FAILED)


def verdict_of_robots(status: int) -> Verdict:
    """Return what an answer to robots.txt is by its status: only 200 shows the portal's rules."""
    if status == 200:
        return Verdict.READ
    return Verdict.ABSENT if 400 <= status < 500 and status != 429 else Verdict.FAILED
