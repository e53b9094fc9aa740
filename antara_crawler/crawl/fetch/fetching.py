"""The one place where the network is touched: or a mirror, or captures, in the portal's stead.

Everything above it, the robots.txt middleware, the frontier and the captures, sees the portal's
own addresses only.
"""

import logging
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urljoin, urlsplit, urlunsplit

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from service_identity import VerificationError
from twisted.internet.error import ConnectError

from antara_crawler.archive import Wait
from antara_crawler.crawl.account.summary import REQUESTS
from antara_crawler.crawl.crawler import run_of
from antara_crawler.crawl.fetch.network import Head, Network
from antara_crawler.crawl.fetch.refusals import Refusals, age_of
from antara_crawler.errors import Cause
from antara_crawler.items import Page
from antara_crawler.unanswered import (
    LONGEST_KEPT,
    LeadsElsewhere,
    NotCaptured,
    Untrusted,
    in_words,
    reasons_of,
)
from antara_crawler.warc import Replay
from antara_crawler.wording import sentence

logger = logging.getLogger(__name__)

NO_ANSWER: tuple[type[Exception], ...] = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ConnectError,  # no route to the host, say: Scrapy hands on Twisted's
)


class Fetching(BaseDownloadHandler):
    """Answers a request from the portal, from `-a base_url=`, or from `-a captures=`."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.run = run = run_of(crawler)
        self.replay = run.replay
        self.portal_url: str = run.portal.base_url
        self.mirror_url: str | None = run.arguments.base_url
        self.network = Network(crawler)
        self.unreachable_after = crawler.settings.getint("UNREACHABLE_AFTER")
        self._missed = 0
        assert crawler.stats is not None
        self.count = partial(crawler.stats.inc_value, REQUESTS)
        self.refusals = Refusals(
            most=crawler.settings.getint("REFUSED_AFTER"),
            first_pause=crawler.settings.getfloat("REFUSED_PAUSE"),
            longest=crawler.settings.getfloat("RETRY_AFTER_MAX"),
        )

    async def download_request(self, request: Request) -> Response:
        """Return the answer to a request, under the request's own address.

        Raises LeadsElsewhere for any other site: nothing but the portal is ever asked, whatever
        a page, a feed or a redirect names.
        """
        if not self.run.portal.owns(request.url):
            raise LeadsElsewhere(f"leads to another site: {request.url[:200]}")
        if self.replay is not None:
            self.count()
            return _replayed(request, self.replay)
        try:
            answer = await self.run.shutdown.unless_over(self._in_turn(request))
        except NO_ANSWER as error:
            _refuse_untrusted(error)
            await self._miss(error)
            raise
        self._missed = 0
        return answer

    async def close(self) -> None:
        """Close the network's connections."""
        await self.network.close()

    async def _in_turn(self, request: Request) -> Response:
        async with self.run.rate_limit.turn():
            request.meta["fetched_at"] = datetime.now(UTC)
            answer = await self._ask(request)
            await self._heed(request, answer)
            return answer

    async def _heed(self, request: Request, answer: Response) -> None:
        """Do as an answer asks: wait, leave the page or the portal alone, or end the run."""
        page: Page | None = request.meta.get("page")
        if page and page.role in ("feed", "listing"):
            age = age_of(answer, request.meta["fetched_at"])
            if answer.status in (200, 304) and age > LONGEST_KEPT:
                self.run.account.old_copies[request.url] = age
        demand = self.refusals.heed(answer, page.role if page else None, datetime.now(UTC))
        request.meta["retry_at"] = demand.not_before
        if not demand.again:
            request.meta["dont_retry"] = True
        if demand.not_before is not None and demand.of_portal:
            await self.run.stay_away(Wait(demand.not_before, f"HTTP {answer.status}"))
        elif demand.ends is not None:
            self.run.close_early("refused", demand.ends, Cause.REFUSED)
        elif demand.pause:
            logger.info("%s: HTTP %d, waiting %g s", answer.url, answer.status, demand.pause)
            self.run.rate_limit.hold(demand.pause)

    async def _ask(self, request: Request) -> Response:
        self.count()
        if self.mirror_url is None:
            answer = await self.network.download_request(request)
            request.meta["head"] = self.network.head(request.url)
            return answer
        mirrored = self.mirror_url + urlunsplit(("", "", *urlsplit(request.url)[2:]))
        headers = request.headers.copy()
        headers["Host"] = urlsplit(self.mirror_url).netloc
        asked = request.replace(url=mirrored, headers=headers)
        answer = await self.network.download_request(asked)
        head = self.network.head(asked.url)
        if location := answer.headers.get("Location"):
            leads_to = urljoin(mirrored, location.decode("latin-1"))
            if leads_to == self.mirror_url or leads_to.startswith(f"{self.mirror_url}/"):
                own = self.portal_url + leads_to[len(self.mirror_url) :]
                answer.headers["Location"] = own
                if head:
                    pairs = [
                        (n, own.encode() if n.lower() == b"location" else v)
                        for n, v in head.headers
                    ]
                    head = Head(head.reason, tuple(pairs))
        request.meta["head"] = head
        return answer.replace(url=request.url)

    async def _miss(self, error: Exception) -> None:
        """Count what gave no answer; after some in a row, see whether the host is there at all.

        Without this, each of thousands of pages would be waited for; with no look at robots.txt,
        a few broken pages in a row would be taken for a host that is gone.
        """
        self._missed += 1
        if self._missed < self.unreachable_after or self.run.shutdown.begun:
            return
        self._missed = 0
        host = urlsplit(self.mirror_url or self.portal_url).netloc
        try:
            await self.run.shutdown.unless_over(self._ask(Request(f"{self.portal_url}/robots.txt")))
        except NO_ANSWER:
            why = sentence(f"{host} does not answer any more ({in_words(error)})")
            self.run.close_early("unreachable", why, Cause.NO_ANSWER)


def _refuse_untrusted(error: Exception) -> None:
    """Raise Untrusted in place of an error that is about the host's certificate."""
    for reason in reasons_of(error):
        if isinstance(reason.value, SSL.Error | VerificationError):
            raise Untrusted(
                f"its TLS certificate is not valid ({reason.getErrorMessage()}): see what a browser"
                " says of it; for a test host: -s DOWNLOAD_VERIFY_CERTIFICATES=False"
            ) from error


def _replayed(request: Request, replay: Replay) -> Response:
    """Return the answer that the captures hold; raise NotCaptured or BrokenCapture for none."""
    exchange = replay.find(request.url)
    if exchange is None and "page" in request.meta:
        raise NotCaptured()
    if exchange is None:  # a robots.txt: what was captured was allowed
        return Response(request.url, 404, request=request, flags=["not captured"])
    request.meta["fetched_at"] = exchange.fetched_at
    request.meta["head"] = Head(exchange.reason, exchange.response_headers)
    headers = Headers(exchange.response_headers)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=exchange.body)
    return kind(request.url, exchange.status, headers, exchange.body, request=request)
