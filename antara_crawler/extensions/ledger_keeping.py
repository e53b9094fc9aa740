"""Keeps the ledger beside the spider: what it wants to ask for is a row before it is a request.

The spider knows nothing of it. Pages left over from earlier runs are asked for again, known ones
are not asked for before their recheck is due, and a walk ends where the ledger says so.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from antara_crawler.archive import Named, Step, Walk
from antara_crawler.errors import NotWritable
from antara_crawler.extensions.run import Run
from antara_crawler.items import Article, Capture, Outcome, Page


class LedgerKeeping:
    """Spider middleware between the spider's requests and items and the archive's ledger."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        assert crawler.stats is not None
        self.crawler = crawler
        self.run = run
        self.stats = crawler.stats
        self.limit: int | None = run.arguments.limit
        self._asked: set[tuple[str, int]] = set()
        self._issued = 0
        self._found: set[tuple[str | None, int | None]] = set()
        self._known: set[tuple[str | None, int | None]] = set()
        crawler.signals.connect(self.idle, signals.spider_idle)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the run."""
        run = crawler.get_extension(Run)
        assert run is not None
        return cls(crawler, run)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Yield the spider's first requests, then those that earlier runs left over."""
        async for request in start:
            for walked in await self._walked(request):
                yield walked
        async for page in self._left_over():
            if self._may_ask(page):
                engine = self.crawler.engine
                if engine is not None and engine.needs_backout():
                    await self.crawler.signals.wait_for(signals.scheduler_empty)
                yield self._ask(page)

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Yield the items with their captures, and the requests that the ledger lets pass."""
        page: Page | None = response.meta.get("page")
        outputs = [output async for output in self.run.underway.watched(page, result)]
        if response.status in (200, 304):
            self.stats.inc_value("pages/answered")
        requests = [output for output in outputs if isinstance(output, Request)]
        # An index that could not be read is not noted as seen: the next run asks for it again.
        read = not any(isinstance(o, Outcome) and o.state == "unreadable" for o in outputs)
        if not read or page is None:
            pass
        elif page.role == "listing" and response.status in (200, 404, 410):
            requests = await self._listed(page, response, requests)
        elif page.role in ("feed", "sitemap") and response.status == 200:
            requests = await self._indexed(page, response, requests)
        for request in requests:
            for walked in await self._walked(request):
                yield self._with_captures(walked, response)
        for output in outputs:
            if isinstance(output, Article | Outcome):
                yield self._witnessed(output, response)

    async def _listed(
        self, page: Page, response: Response, requests: list[Request]
    ) -> list[Request]:
        """Queue what a listing page names; return what to ask for now, and the next page back."""
        walk: Walk = response.meta["walk"]
        following = [r for r in requests if r.meta.get("walk") == walk]
        further = [r for r in requests if _role(r) != "article" and r not in following]
        steps: list[Step] = []

        def take() -> None:
            self.run.captures.sync()
            steps.append(
                self.run.walks.page(
                    walk,
                    page.url,
                    _articles(requests),
                    following[0].url if following else None,
                    datetime.now(UTC),
                    self._captures(response),
                )
            )

        if not await self.run.persist(take):
            return []
        self.run.cited(self._captures(response))
        step = steps[-1]
        due = _due(step.named)
        self._count(_articles(requests), due)
        asked = [self._ask(each) for each in due if self._may_ask(each)]
        if step.next_url is not None:
            spider: Any = self.crawler.spider
            further.append(spider.listing_page(step.next_url, walk.listing, walk))
        return [*asked, *further]

    async def _indexed(
        self, page: Page, response: Response, requests: list[Request]
    ) -> list[Request]:
        """Queue what a feed or sitemap names, and return what to ask for now."""
        named = _articles(requests)
        further = [r for r in requests if _role(r) != "article"]
        entered: list[Named] = []

        def queue() -> None:
            self.run.captures.sync()
            entered[:] = self.run.ledger.queue(
                # With the sitemaps that it names: till they are read, it is asked for in full.
                [*named, *(r.meta["page"] for r in further)],
                run=self.run.id,
                now=datetime.now(UTC),
                wanted=self.run.wanted,
                found_on=page,
                captures=self._captures(response),
            )

        if not await self.run.persist(queue):
            return []
        self.run.cited(self._captures(response))
        due = _due(entered)
        self._count(named, due)
        asked = [self._ask(each) for each in due if self._may_ask(each)]
        return [*asked, *further]

    async def _walked(self, request: Request) -> list[Request]:
        """Return a request as the ledger has it.

        A feed or sitemap is asked for only if it changed. For a listing these are its walks: from
        the top, and where earlier ones rest; none when the ledger can no longer be written.
        """
        if _role(request) in ("feed", "sitemap"):
            asked: list[Request] = []

            def ask() -> None:
                page = self.run.ledger.with_validators(request.meta["page"])
                asked[:] = [self._ask(page)]

            await self.run.persist(ask)
            return asked
        if _role(request) != "listing" or "walk" in request.meta:
            return [request]
        listing: str = request.meta["listing"]
        walks: list[Walk] = []

        def open_walks() -> None:
            walks[:] = self.run.walks.open(self.run.portal.name, listing, datetime.now(UTC))

        await self.run.persist(open_walks)
        spider: Any = self.crawler.spider
        return [spider.listing_page(walk.url, listing, walk) for walk in walks]

    def _count(self, named: Iterable[Page], due: Iterable[Page]) -> None:
        """Count each article once: as found when it is asked for, else as known."""
        wanted = {(page.kind, page.number) for page in due}
        self._found |= wanted
        self._known |= {(page.kind, page.number) for page in named} - wanted
        self.stats.set_value("pages/found", len(self._found))
        self.stats.set_value("pages/known", len(self._known - self._found))

    async def _left_over(self) -> AsyncIterator[Page]:
        """Yield the articles that are due; from the start again after the archive was away."""
        pending = self._pending()
        read: list[Page | None] = []

        def step() -> None:
            nonlocal pending
            try:
                read[:] = [next(pending, None)]
            except NotWritable:
                pending = self._pending()
                raise

        while await self.run.persist(step) and (page := read[0]) is not None:
            yield page

    def _pending(self) -> Iterator[Page]:
        return self.run.ledger.pending(
            self.run.portal.name, datetime.now(UTC), wanted=self.run.wanted
        )

    def _may_ask(self, page: Page) -> bool:
        """Tell whether a page is to be asked for: not twice in a run, nor above the limit."""
        if page.kind is None or page.number is None or (page.kind, page.number) in self._asked:
            return False
        # a page that gave no article does not use up the limit
        missed: int = self.stats.get_value("articles/missed", 0)
        if self.limit is not None and self._issued - missed >= self.limit:
            return False
        self._asked.add((page.kind, page.number))
        self._issued += 1
        return True

    def _ask(self, page: Page) -> Request:
        spider: Any = self.crawler.spider
        request: Request = spider.request(page)
        return request

    def _with_captures(self, request: Request, response: Response) -> Request:
        """Carry an article's captures on to the request for its next page."""
        if "parts" in request.meta:
            request.meta["captures"] = self._captures(response)
        return request

    def _captures(self, response: Response) -> tuple[Capture, ...]:
        earlier: tuple[Capture, ...] = response.meta.get("captures", ())
        own: Capture | None = response.meta.get("capture")
        return (*earlier, own) if own is not None else earlier

    def _witnessed(self, item: Article | Outcome, response: Response) -> Article | Outcome:
        """Say when an item was seen, and in which raw records."""
        when = response.meta.get("fetched_at")
        seen_at = when if isinstance(when, datetime) else datetime.now(UTC)
        return replace(item, captures=self._captures(response), seen_at=seen_at)

    def idle(self) -> None:
        """Ask for what the limit held back, where pages that failed left room for it."""
        if self.limit is None or self.crawler.engine is None or self.run.unwritable is not None:
            return
        try:
            page = next(filter(self._may_ask, self._pending()), None)
        except NotWritable as error:
            self.run.give_up(error)
            return
        if page is not None:
            self.crawler.engine.crawl(self._ask(page))
            raise DontCloseSpider


def _role(request: Request) -> str | None:
    page: Page | None = request.meta.get("page")
    return page.role if page is not None else None


def _articles(requests: list[Request]) -> list[Page]:
    return [r.meta["page"] for r in requests if _role(r) == "article"]


def _due(named: Iterable[Named]) -> list[Page]:
    return [each.page for each in named if each.standing == "due"]
