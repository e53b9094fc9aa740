"""The one place where the network is touched: or a mirror, or captures, in the portal's stead.

Everything above it, the robots.txt middleware, the ledger and the captures, sees the portal's
own addresses only.
"""

from datetime import UTC, datetime
from math import ceil
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from antara_crawler.captures import Exchange
from antara_crawler.extensions.politeness import Turns
from antara_crawler.extensions.run import Run

NO_ANSWER = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)


class Fetching(BaseDownloadHandler):
    """Answers a request from the portal, from `-a base_url=`, or from `-a captures=`."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        run = crawler.get_extension(Run)
        assert run is not None
        self.run = run
        self.replay = run.replay
        self.portal_url: str = run.portal.base_url
        self.mirror_url: str | None = run.arguments.base_url
        self.network = HTTP11DownloadHandler(crawler)
        self.unreachable_after = crawler.settings.getint("UNREACHABLE_AFTER", 9)
        self._missed = 0
        self.turns = Turns(
            crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
            crawler.settings.getfloat("RETRY_AFTER_MAX", 120.0),
        )

    async def download_request(self, request: Request) -> Response:
        """Return the answer to a request, under the request's own address."""
        if self.replay is not None:
            exchange = self.replay.find(request.url)
            return _replayed(request, exchange) if exchange else _not_captured(request)
        try:
            answer = await self.run.stopping.unless_over(self._in_turn(request))
        except NO_ANSWER as error:
            await self._miss(error)
            raise
        self._missed = 0
        return answer

    async def close(self) -> None:
        """Close the network's connections."""
        await self.network.close()

    async def _in_turn(self, request: Request) -> Response:
        async with self.turns.next():
            request.meta["fetched_at"] = datetime.now(UTC)
            answer = await self._ask(request)
            wait = self.turns.heed(answer)
            if wait > self.turns.longest:
                why = f"HTTP {answer.status}: the portal asks to wait {ceil(wait / 60)} min"
                self.run.close_early("told_to_wait", why)
            return answer

    async def _ask(self, request: Request) -> Response:
        if self.mirror_url is None or not request.url.startswith(f"{self.portal_url}/"):
            return await self.network.download_request(request)
        mirrored = self.mirror_url + request.url.removeprefix(self.portal_url)
        headers = request.headers.copy()
        headers["Host"] = urlsplit(self.mirror_url).netloc
        answer = await self.network.download_request(request.replace(url=mirrored, headers=headers))
        if location := answer.headers.get("Location"):
            own = self.portal_url.encode()
            answer.headers["Location"] = location.replace(self.mirror_url.encode(), own, 1)
        return answer.replace(url=request.url)

    async def _miss(self, error: Exception) -> None:
        """Count what gave no answer; after some in a row, see whether the host is there at all.

        Without this, each of thousands of pages would be waited for; with no look at robots.txt,
        a few broken pages in a row would be taken for a host that is gone.
        """
        self._missed += 1
        if self._missed < self.unreachable_after or self.run.stopping.begun:
            return
        self._missed = 0
        host = urlsplit(self.mirror_url or self.portal_url).netloc
        try:
            await self.run.stopping.unless_over(self._ask(Request(f"{self.portal_url}/robots.txt")))
        except NO_ANSWER:
            why = " ".join(f"{type(error).__name__} {error}".split())[:200]
            self.run.close_early("unreachable", f"{host} does not answer any more ({why})")


def _replayed(request: Request, exchange: Exchange) -> Response:
    request.meta["fetched_at"] = exchange.fetched_at
    headers = Headers()
    for name, value in exchange.response_headers:
        headers.appendlist(name, value)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=exchange.body)
    return kind(request.url, exchange.status, headers, exchange.body, request=request)


def _not_captured(request: Request) -> Response:
    return Response(request.url, 404, request=request, flags=["not captured"])
