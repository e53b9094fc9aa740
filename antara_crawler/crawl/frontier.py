"""Keeps the frontier beside the spider: what it finds is a row before it is a request.

The spider knows nothing of it. Pages left over from earlier runs are asked for again, known ones
are not asked for before their recheck is due, and a cursor ends where the frontier or the user's
limit says so.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from antara_crawler.archive import ListingCursor, Named, Step
from antara_crawler.crawl.account.account import Fate, Marks, Verdict, key_of, verdict_of
from antara_crawler.crawl.crawler import Part
from antara_crawler.crawl.past import Past, all_answered
from antara_crawler.errors import NotWritable
from antara_crawler.items import Article, Capture, Found, Leaf, Outcome, Page


class FrontierMiddleware(Part):
    """Spider middleware between what the spider yields and the archive's frontier."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.account = self.run.account
        self.limit: int | None = self.run.arguments.limit
        self._issued = 0
        # How many known pages the news named that are due; None when it is in.
        self._again: int | None = 0
        self._asked = Marks()
        self._resumed: list[Request] = []
        self.past = Past(crawler, self.ask_for, lambda: self.limit_reached)
        self._began = datetime.now(UTC)
        if self.run.replay is None:
            self.run.before_closing(self._look_back)
        if self.run.replay is None and self.run.portal.name in self.run.archive.last_done():
            self.run.before_closing(self.account.look_for_gaps)

    @property
    def limit_reached(self) -> bool:
        """Tell whether as many articles were asked for as the user wants."""
        return self.limit is not None and self._issued >= self.limit

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Yield the spider's first requests; then, the news being in, what lies further back.

        That is what earlier runs left over, listings where they were left, and other roads.
        """
        async for request in start:
            for walked in await self._walked(request):
                yield walked
        await all_answered(self.crawler)
        async for request in self._back():
            engine = self.crawler.engine
            if engine is not None and engine.needs_backout():
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            yield request

    async def _back(self) -> AsyncIterator[Request]:
        """Yield requests for what is no news, up to the limit."""
        self._again = None
        async for page in self._left_over():
            if self.limit_reached:
                break
            self.account.show(filter(None, [key_of(page)]))
            for request in self.ask_for([Named(page, "due")]):
                yield request
        for request in self._resumed:  # at the limit, too: see _found
            yield request
        async for request in self.past.requests():
            yield request

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Yield the items with their captures, and requests for what the frontier lets pass."""
        verdict: Verdict | None = None
        page: Page | None = response.meta.get("page")
        async for output in self.run.underway.watched(page, result):
            if isinstance(output, Found):
                verdict = verdict_of(output)
                requests = await self._found(output, response)
                if requests is None:
                    verdict, requests = Verdict.DEFERRED, []
                for request in requests:
                    if isinstance(request, Outcome):
                        verdict = verdict_of(request)
                        yield self._witnessed(request, response)
                    else:
                        yield request
            elif isinstance(output, Article | Outcome):
                verdict = verdict_of(output)
                self.past.heed(page, verdict)
                yield self._witnessed(output, response)
            elif _role(output) == "article":
                # a further page of the article, or its AMP form
                verdict = Verdict.READ if response.status == 200 else Verdict.ABSENT
                if "parts" in output.meta:
                    output.meta["captures"] = self._captures(response)
                yield output
            else:
                for walked in await self._walked(output):
                    yield walked
        if verdict is not None:
            self.account.answer(response.meta["document"], verdict)

    async def _found(self, found: Found, response: Response) -> list[Request | Outcome] | None:
        """Queue what was found and return what to ask for now; None when it cannot be written.

        A page that is not the listing's page that it should be comes to an outcome beside that.
        """
        if found.unchanged:
            return []
        cursor: ListingCursor | None = response.meta.get("cursor")
        further = [Page(found.page.portal, "sitemap", url) for url in found.sitemaps]

        def take() -> Sequence[Named] | Step:
            self.run.captures.sync()
            now, captures = datetime.now(UTC), self._captures(response)
            if found.road is not None:
                return self.past.take(found, now, captures)
            if cursor is not None:
                url, leaf = found.page.url, found.leaf or Leaf()
                return self.run.cursors.page(cursor, url, found.articles, leaf, now, captures)
            return self.run.queue(
                # With the sitemaps that it names: till they are read, it is asked for in full.
                [*found.articles, *further],
                now,
                # A kill between two parts: then the page is not noted as read.
                found_on=None if found.more else found.page,
                captures=() if found.more else captures,
                whole=found.cut_short is None
                and not found.damaged
                and found.page.url not in self.spider.sitemaps.indexes,
            )

        if (taken := await self.run.persist(take)) is None:
            return None
        step = taken[0] if isinstance(taken[0], Step) else None
        if cursor is not None and step and step.doubt:
            self.account.doubts[cursor.listing] = found.page.url
        if step and step.known:
            self.account.old_copies.pop(found.page.url, None)
        if step and step.gap:
            self.account.cut_short.append(f"{found.page.url}: {step.gap}")
        if found.page.role == "feed" and not isinstance(taken[0], Step):
            news = [each.page for each in taken[0]]
            if all(page.is_new for page in news):
                self.account.news[found.page.url] = [*filter(None, map(key_of, news))]
        owed: list[Outcome] = []
        if step and step.cause is not None:
            why = step.end or ""
            owed = [Outcome(found.page, "unreadable", why, response.status, cause=step.cause)]
        # A probe is no page of the frontier: its record gets a row of its own at the end.
        probed = found.road is not None and (not found.road.day or found.road.works is False)
        if not (found.more or owed or probed):
            self.run.uncited.cited(self._captures(response))
        self.account.take(found)
        named = taken[0].named if isinstance(taken[0], Step) else taken[0]
        requests = self.ask_for(named)
        if not self.limit_reached:
            requests += self.past.following(found.road)
        # At the limit a cursor goes on to what is new here: else it would rest where it is.
        if not self.limit_reached or (step and not any(each.page.is_new for each in named)):
            requests += await self._further(found, step, cursor)
        return [*requests, *owed]

    def ask_for(self, named: Iterable[Named]) -> list[Request]:
        """Return requests for what is due, once in a run and up to the limit; settle the rest."""
        requests: list[Request] = []
        for each in named:
            key = key_of(each.page)
            if key is None or self._asked.get(key):
                continue
            if each.standing != "due":
                self.account.settle(key, Fate(each.standing))
            elif self.limit_reached or self._waits_its_turn(each.page):
                self.account.settle(key, Fate.LIMIT)
            else:
                self._asked.set(key, 1)
                self._issued += 1
                requests.append(self.spider.request(each.page))
        return requests

    def _waits_its_turn(self, page: Page) -> bool:
        """Tell whether a page is looked at again in its turn: with the news at most half are."""
        if self.limit is None or self._again is None or page.is_new:
            return False
        self._again += 1
        return 2 * self._again > self.limit

    async def _further(
        self, found: Found, step: Step | None, cursor: ListingCursor | None
    ) -> list[Request]:
        """Return requests for what lies behind a page: sections, sitemaps, the next page back."""
        spider = self.spider
        asked = [*spider.sitemap_requests(found.sitemaps)]
        asked += [spider.listing_page(url, url) for url in found.listings]
        requests = [request for each in asked for request in await self._walked(each)]
        if step and step.next_url is not None and cursor is not None:
            requests.append(spider.listing_page(step.next_url, cursor.listing, cursor))
        return requests

    async def _walked(self, request: Request) -> list[Request]:
        """Return a request as the frontier has it.

        A feed or sitemap is asked for only if it changed. For a listing these are its cursors: from
        the top, and where earlier ones rest; none when the frontier can no longer be written.
        """
        if _role(request) in ("feed", "sitemap"):

            def ask() -> list[Request]:
                page: Page = request.meta["page"]
                tried, now = page.guessed and not self.run.arguments.reopen, datetime.now(UTC)
                if tried and self.run.frontier.is_absent(page, now):
                    return []
                return [self.spider.request(self.run.frontier.with_validators(page, now))]

            known = await self.run.persist(ask)
            return known[0] if known else []
        if _role(request) != "listing" or "cursor" in request.meta:
            return [request]
        listing: str = request.meta["listing"]
        cursors = await self.run.persist(
            lambda: self.run.cursors.open(self.run.portal.name, listing, datetime.now(UTC))
        )
        if floor := self.run.cursors.floor:
            self.account.floor = str(self.run.portal.local_date(floor))
        of_listing = [(each.url, listing, each) for each in (cursors[0] if cursors else ())]
        asked = [self.spider.listing_page(*each) for each in of_listing]
        self._resumed += asked[1:]
        return asked[:1]

    async def _left_over(self) -> AsyncIterator[Page]:
        """Yield the articles that are due; from the start again after the archive was away."""

        def begun() -> Iterator[Page]:
            frontier, portal = self.run.frontier, self.run.portal.name
            return frontier.pending(portal, datetime.now(UTC), wanted=self.run.wanted)

        pending = begun()

        def step() -> Page | None:
            nonlocal pending
            try:
                return next(pending, None)
            except NotWritable:
                pending = begun()
                raise

        while (read := await self.run.persist(step)) and (page := read[0]) is not None:
            yield page

    def _look_back(self) -> None:
        """Say in the account what is owed from earlier runs, though nothing named it in this."""
        owed, name = self.run.frontier.waiting_for_retry, self.run.portal.name
        with suppress(NotWritable):  # said by now
            self.account.waiting_for_retry = owed(name, self.run.wanted, self._began)

    def _captures(self, response: Response) -> tuple[Capture, ...]:
        earlier: tuple[Capture, ...] = response.meta.get("captures", ())
        own: Capture | None = response.meta.get("capture")
        return (*earlier, own) if own is not None else earlier

    def _witnessed(self, item: Article | Outcome, response: Response) -> Article | Outcome:
        """Say when an item was seen, and in which raw records."""
        seen_at = response.meta.get("fetched_at") or datetime.now(UTC)
        return replace(item, captures=self._captures(response), seen_at=seen_at)


def _role(request: Request) -> str | None:
    page: Page | None = request.meta.get("page")
    return page.role if page is not None else None
