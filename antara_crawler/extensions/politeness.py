"""What a guest owes a portal beyond a delay: robots.txt in doubt is a no, and 'wait' is obeyed."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from antara_crawler.extensions.run import Run
from antara_crawler.unanswered import Deferred, Forbidden, in_words

logger = logging.getLogger(__name__)

LONGEST_ROBOTS = 512 * 1024
"""Characters of a robots.txt that are kept as in force; RFC 9309 has parsers read 500 KiB."""
LONGEST_DELAY = 60.0
"""Seconds: a portal that asks for more would need days for a night's news."""


class ObeyRobots(RobotsTxtMiddleware):
    """Scrapy's robots.txt middleware, save that no answer means no permission (RFC 9309, 2.3.1.4).

    Scrapy takes an unreachable robots.txt, or one answered with 5xx, for a yes.
    """

    _refused = False

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the portal's own rules: no other site's robots.txt is asked for or obeyed."""
        run = self.crawler.get_extension(Run)
        assert run is not None
        return await super().robot_parser(Request(f"{run.portal.base_url}/"))

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise Forbidden for what robots.txt forbids, Deferred when it could not be read."""
        if self._refused:
            raise Deferred
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise Forbidden from None

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            self._refuse(f"HTTP {response.status}")
        elif response.status >= 400:
            # no robots.txt: everything is allowed, whatever words the error page holds
            response = response.replace(body=b"")
        else:
            run = self.crawler.get_extension(Run)
            assert run is not None
            run.captures.set_robots(response.body.decode("utf-8", "replace")[:LONGEST_ROBOTS])
        await super()._parse_robots(response, netloc, request)
        self._slow_down(netloc)

    def _slow_down(self, netloc: str) -> None:
        """Keep the pause that robots.txt asks for (Crawl-delay), where it is the longer one."""
        parser = getattr(self._parsers[netloc], "rp", None)
        asked = parser.crawl_delay(self._robotstxt_useragent or "") if parser is not None else None
        run, engine = self.crawler.get_extension(Run), self.crawler.engine
        if not asked or run is None or run.replay is not None or engine is None:
            return
        slot = engine.downloader.slots.get(netloc)
        if slot is not None and asked > slot.delay:
            logger.info("robots.txt asks for %g s between requests", asked)
            slot.delay, slot.jitter = min(float(asked), LONGEST_DELAY), 0.0

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._refuse(in_words(exc))
        super()._robots_error(exc, netloc)

    def _refuse(self, why: str) -> None:
        """Ask for nothing more in this run; what is known stays queued as it was."""
        self._refused = True
        run = self.crawler.get_extension(Run)
        if run is not None and not run.stopping.begun:
            run.close_early("unreachable", f"robots.txt could not be read ({why})")


class Turns:
    """Gives each request its turn: so many at once, none before the portal's Retry-After is over.

    Scrapy counts a request as under way only after it has let others of its queue go as well:
    where no pause lies between them its own limit for a host does not hold.
    """

    def __init__(self, at_once: int, longest: float) -> None:
        self.longest = longest
        self._free = asyncio.Semaphore(max(1, at_once))
        self._shut_until = 0.0

    @asynccontextmanager
    async def next(self) -> AsyncIterator[None]:
        """Wait for a turn, and hold it."""
        async with self._free:
            while (left := self._shut_until - time.monotonic()) > 0:
                await asyncio.sleep(left)
            yield

    def heed(self, answer: Response) -> float:
        """Let nothing go out until the Retry-After of a 429 or 503 has passed, `longest` at most.

        Returns the seconds that were asked for. To be called while the turn is still held.
        """
        asked = answer.headers.get("Retry-After")
        if answer.status not in (429, 503) or not asked:
            return 0.0
        seconds = seconds_of(asked.decode("latin-1"), datetime.now(UTC))
        if seconds > 0:
            logger.info("%s asks to wait %.0f s", answer.url, seconds)
            pause = min(seconds, self.longest)
            self._shut_until = max(self._shut_until, time.monotonic() + pause)
        return seconds


def seconds_of(retry_after: str, now: datetime) -> float:
    """Return the seconds that a Retry-After header asks for: a number, or a date; else 0."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0
