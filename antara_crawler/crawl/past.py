"""Turns what the roads into the past still lead to into requests, a few at a time.

They come when a run has taken the day's news and what earlier runs left over, and only for a run
that names a day from which on it wants all (`since`). What a budget leaves is asked by a later run.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from scrapy import Request, signals
from scrapy.crawler import Crawler

from antara_crawler.archive import Backfill, Named, silent_days
from antara_crawler.archive.frontier.backfill import NUMBERS
from antara_crawler.crawl.account.account import Verdict, key_of
from antara_crawler.crawl.crawler import Part
from antara_crawler.errors import NotWritable
from antara_crawler.items import Found, Page, RoadPage
from antara_crawler.wording import sentence

T = TypeVar("T")
DAY_INDEXES = ("indeks", "search")
BATCH = 20
"""Days, or numbers, asked for at once. Where the last of the numbers was no article's, one that we
hold is asked for: where it is not there either, the portal is at fault, and none is absent."""


class Past(Part):
    """The roads of one run; `ask_for` asks for what is due, till `is_over` says what limits it."""

    def __init__(
        self,
        crawler: Crawler,
        ask_for: Callable[[Iterable[Named]], list[Request]],
        is_over: Callable[[], bool],
    ) -> None:
        super().__init__(crawler)
        run = self.run
        self.ask_for, self.is_over = ask_for, is_over
        self.backfill = Backfill(run.archive, run.portal, run.wanted)
        self.is_wanted = run.arguments.since is not None and run.replay is None
        self._works: dict[str, bool | None] = {}
        self._absent = 0
        self._sound = True
        self._sound_at = datetime.now(UTC)
        self._days: set[date] = set()
        run.before_closing(self._sum_up)

    async def requests(self) -> AsyncIterator[Request]:
        """Yield what to ask for along the roads that the portal has, up to the limit."""
        if not self.is_wanted:
            return
        if self.run.arguments.reopen:
            await self._known(self.backfill.forget)
        await all_answered(self.crawler)
        for name in DAY_INDEXES:
            async for request in self._probe_day_index(name):
                yield request
            if await self._road(name):
                async for request in self._day_indexes(name):
                    yield request
                break
        await all_answered(self.crawler)
        if await self._road(NUMBERS) is None:
            async for request in self._probe_numbers():
                yield request
        if await self._road(NUMBERS):
            async for request in self._numbers():
                yield request
            if self._absent and self._sound:  # few in a row may be the portal's fault, too
                async for request in self._probe_numbers():
                    yield request

    def take(self, found: Found, now: datetime, captures: Sequence[Any]) -> list[Named]:
        """Take what a page of a road shows, in the archive; return the articles that it names."""
        road = found.road
        assert road is not None
        if road.road == NUMBERS:
            self._judge_numbers(road, found.page.url, now)
            return []
        is_index = road.works is not False
        of_index = {"found_on": found.page, "captures": captures} if is_index else {}
        named = self.run.queue(found.articles, now, **of_index)
        assert road.day is not None
        if road.probes:
            is_index = is_index and self.backfill.is_of_day(found.articles, road.day)
            why = road.why or (
                sentence("articles of the day") if is_index else sentence("articles of other days")
            )
            self.backfill.note_road(road.road, is_index, why, now)
            self._works[road.road] = is_index
        read = road.next_url is None and (is_index or not road.probes)
        if read and road.day < self._today():
            self.backfill.note_day(road.day, len(road.met), now)
        return named

    def following(self, road: RoadPage | None) -> list[Request]:
        """Return the request for the next page of a day's index, if there is one."""
        if road is None or road.day is None or not self._works.get(road.road):
            return []
        return list(filter(None, [self.spider.roads.next_of_day(road)]))

    def heed(self, page: Page | None, verdict: Verdict) -> None:
        """Count the numbers in a row that are no article's."""
        if page is not None and page.guessed and page.number is not None:
            self._absent = self._absent + 1 if verdict is Verdict.ABSENT else 0

    async def _probe_day_index(self, name: str) -> AsyncIterator[Request]:
        if await self._road(name) is not None:
            return
        if day := await self._known(lambda: self.backfill.a_known_day(self._today())):
            self._days.add(day)
            yield self.spider.roads.day_index(name, day, probes=True)
            await all_answered(self.crawler)

    async def _day_indexes(self, name: str) -> AsyncIterator[Request]:
        last = self._today() - timedelta(days=1)

        def due() -> list[date]:
            days = (each for each in self.backfill.days(last) if each not in self._days)
            return list(islice(days, BATCH))

        while not self.is_over() and (days := await self._known(due)):
            for day in days:
                if self.is_over():
                    return
                self._days.add(day)
                yield self.spider.roads.day_index(name, day)
                await all_answered(self.crawler)

    async def _probe_numbers(self) -> AsyncIterator[Request]:
        if number := await self._known(self.backfill.a_known_number):
            yield self.spider.roads.probe_of_numbers(number)
            await all_answered(self.crawler)

    async def _numbers(self) -> AsyncIterator[Request]:
        while (plan := await self._known(self.backfill.plan)) and plan.ask:
            for start in range(0, len(plan.ask), BATCH):
                if self._absent:
                    async for request in self._probe_numbers():
                        yield request
                if self.is_over() or not self._sound:
                    return
                pages = [self.spider.roads.number_page(n) for n in plan.ask[start : start + BATCH]]
                queued = await self._known(partial(self.run.queue, pages, datetime.now(UTC)))
                for each in queued or ():
                    self.run.account.show(filter(None, [key_of(each.page)]))
                    for request in self.ask_for([each]):
                        yield request
                await all_answered(self.crawler)

    def _judge_numbers(self, road: RoadPage, url: str, now: datetime) -> None:
        works = bool(road.works)
        if not self._works.get(NUMBERS):
            self.backfill.note_road(NUMBERS, works, road.why or f"{url} is its article", now)
            self._works[NUMBERS] = works
        elif not works:
            self._sound = False
            back = self.backfill.take_back(self._sound_at)
            why = sentence(f"{url} is not there, though its article is held ({road.why})")
            self.run.account.cut_short.append(
                sentence(f"{why}: {back:,} numbers are asked for again")
            )
        self._absent, self._sound_at = 0, now

    async def _road(self, name: str) -> bool | None:
        if self._works.get(name) is None:
            now = datetime.now(UTC)
            self._works[name] = await self._known(lambda: self.backfill.road(name, now))
        return self._works[name]

    async def _known(self, read: Callable[[], T]) -> T | None:
        """Return what the archive knows; None when it cannot be asked any more."""
        got = await self.run.persist(read)
        return got[0] if got else None

    def _sum_up(self) -> None:
        """Say in the account how far it has come, and on which days there is less than usual."""
        account = self.run.account
        with suppress(NotWritable):  # said by now
            days = silent_days(self.run.archive.coverage(self.run.portal.name).days)
            account.silent_days = [str(day) for day in reversed(list(days))]
            if not self.is_wanted:
                return
            history = self.backfill.history(self._today() - timedelta(days=1))
            account.history = {
                "since": str(self.run.arguments.since),
                "held": history.held,
                "about": history.about,
                "left": history.left,
                "runs": -(-history.left // account.asked) if account.asked else 0,
            }

    def _today(self) -> date:
        """Return the day that is not over in Jakarta, whose clock an index of days may go by."""
        return datetime.now(ZoneInfo("Asia/Jakarta")).date()


async def all_answered(crawler: Crawler) -> None:
    """Wait until all that was asked for is answered and read, and nothing more waits."""
    engine: Any = crawler.engine
    while (
        engine._slot.inprogress
        or engine._slot.scheduler.has_pending_requests()
        or not engine.scraper.slot.is_idle()
    ):
        await crawler.signals.wait_for(signals.scheduler_empty)
