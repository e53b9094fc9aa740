"""Ends a crawl a few seconds after it was asked to, whatever the portal is still busy with.

Scrapy waits for all that it has asked for and all that waits for its turn, pauses included.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from scrapy.crawler import Crawler

from antara_crawler.unanswered import Deferred

Answer = TypeVar("Answer")


class Shutdown:
    """Gives what is under way `grace` seconds, and turns away what has not begun."""

    def __init__(self, crawler: Crawler, grace: float) -> None:
        self.crawler = crawler
        self.grace = grace
        self._begun = asyncio.Event()
        self._over = False
        self._under_way: set[asyncio.Task[Any]] = set()

    @property
    def begun(self) -> bool:
        """Tell whether the crawl is about to end."""
        return self._begun.is_set()

    def begin(self) -> None:
        """Let nothing begin from now on, and end the rest when the grace is over."""
        if self.begun:
            return
        self._begun.set()
        asyncio.get_running_loop().call_later(self.grace, self._end)
        downloader = self.crawler.engine.downloader
        for slot in downloader.slots.values():
            # What waits there for its turn is turned away now, and not after its pause.
            slot.delay = 0.0
            slot.close()
            downloader._process_queue(slot)

    async def unless_over(self, answer: Coroutine[Any, Any, Answer]) -> Answer:
        """Return an answer; raise Deferred when the crawl ends before it is there."""
        if self.begun:
            answer.close()
            raise Deferred()
        waiting = asyncio.ensure_future(answer)
        self._under_way.add(waiting)
        try:
            return await waiting
        except asyncio.CancelledError:
            if self._over:
                raise Deferred() from None
            raise
        finally:
            self._under_way.discard(waiting)

    async def pause(self, seconds: float) -> None:
        """Wait for so long, or until the crawl is about to end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._begun.wait(), seconds)

    def _end(self) -> None:
        self._over = True
        for waiting in self._under_way:
            waiting.cancel()
