"""When the next request may go out: one turn at a time, none before its time."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from antara_crawler.crawl.shutdown import Shutdown
from antara_crawler.unanswered import Deferred


class RateLimit:
    """Gives each request of the run its turn, whatever scheme or host of the portal it is for.

    Scrapy counts a request as under way only after it has let others of its queue go as well:
    where no pause lies between them its own limit for a host does not hold. And it forgets a
    host's pause once nothing was asked of it for a minute.
    """

    def __init__(self, at_once: int, shutdown: Shutdown) -> None:
        self._free = asyncio.Semaphore(max(1, at_once))
        self._shutdown = shutdown
        self._delay = 0.0
        self._next_at = 0.0

    def slow_down(self, delay: float) -> None:
        """Let at least `delay` seconds lie between the beginnings of two requests from now on."""
        self._delay = max(self._delay, delay)
        self.hold(self._delay)

    def hold(self, seconds: float) -> None:
        """Let nothing go out for so many seconds."""
        self._next_at = max(self._next_at, time.monotonic() + seconds)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and hold it; raise Deferred when the run ends before it comes."""
        async with self._free:
            while not self._shutdown.begun and (left := self._next_at - time.monotonic()) > 0:
                await self._shutdown.pause(left)
            if self._shutdown.begun:
                raise Deferred
            self.hold(self._delay)
            yield
