"""Reads the answers of a past crawl as that crawl did, and writes what they give."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from scrapy import Request

from antara_crawler.archive import Archive, Writer
from antara_crawler.archive.store import captured
from antara_crawler.archive.store.writer import BULK, REMOVED
from antara_crawler.errors import Cause, DamagedBody
from antara_crawler.items import Article, Capture, Outcome, Page, Role
from antara_crawler.pages import address_of
from antara_crawler.portals import Portal
from antara_crawler.reextract.extract import Rules, answer_of
from antara_crawler.spiders.answers import cause_of_status
from antara_crawler.spiders.portal import PortalSpider
from antara_crawler.spiders.roads import STEPS
from antara_crawler.warc import Exchange, Scanned
from antara_crawler.warc.history import PastRun
from antara_crawler.warc.writer import GUESSED

_LEADS_ON = frozenset({301, 302, 303, 307, 308})
_DATES = ("since", "until")

Key = tuple[str, int]


class RunReader:
    """Gives the items of one past crawl, and the records that belong to no item.

    An article of several pages is one item; its pages wait here for the ones that follow.
    """

    def __init__(self, run: PastRun, rules: Rules) -> None:
        # What lay outside of the dates that were wanted is no article of the archive.
        dates = {name: run.arguments[name] for name in _DATES if name in run.arguments}
        self.spider = PortalSpider(run.portal, **dates)
        self.spider.templates = rules.templates
        self.loose: list[tuple[Capture, str]] = []
        self._rules = rules
        self._waiting: dict[Key, tuple[Request, tuple[Capture, ...]]] = {}

    def read(self, kept: Scanned, exchange: Exchange | None) -> Iterator[Article | Outcome]:
        """Yield the item that an answer completes; `exchange` has the payload of a revisit."""
        role, page = page_of(kept, self.spider.portal)
        if page is None or page.kind is None or page.number is None:
            self.loose.append((kept.capture, role))
            return
        key = (page.kind, page.number)
        request, earlier = self._request(key, page, kept.capture)
        if exchange is None:
            yield self._outcome(kept, page, earlier, Cause.DAMAGED, kept.note or "damaged")
        elif exchange.status in _LEADS_ON:
            target = urljoin(exchange.url, exchange.header("Location") or "")
            try:
                meta = {**request.meta, STEPS: [*request.meta.get(STEPS, ()), exchange.status]}
                self._waiting[key] = (request.replace(url=target, meta=meta), earlier)
            except ValueError:  # no address at all
                self.loose.extend((each, "article") for each in earlier)
            self.loose.append((kept.capture, role))
        elif exchange.status not in (200, 304, 404, 410):
            why = f"HTTP {exchange.status}"
            yield self._outcome(kept, page, earlier, cause_of_status(exchange.status), why)
        else:
            yield from self._parsed(key, request, (*earlier, kept.capture), exchange)

    def end(self) -> None:
        """Let go of articles whose further pages were never got: they are asked for again."""
        for _, earlier in self._waiting.values():
            self.loose.extend((capture, "article") for capture in earlier)
        self._waiting.clear()

    def _request(
        self, key: Key, page: Page, capture: Capture
    ) -> tuple[Request, tuple[Capture, ...]]:
        """Return what an answer was asked by: for a further page, or anew."""
        request, earlier = self._waiting.pop(key, (None, ()))
        if request is not None and request.url == capture.url:
            return request, earlier
        self.loose.extend((each, "article") for each in earlier)
        if capture.status == 304:
            page = replace(page, etag=capture.etag or '"asked by"')
        return self.spider.request(page).replace(url=capture.url), ()

    def _parsed(
        self, key: Key, request: Request, captures: tuple[Capture, ...], exchange: Exchange
    ) -> Iterator[Article | Outcome]:
        page: Page = request.meta["page"]
        seen_at = request.meta["fetched_at"] = captures[-1].captured_at
        try:
            answer = answer_of(request, exchange, self._rules.largest)
        except DamagedBody as error:
            yield Outcome(page, "failed", str(error), 200, captures, seen_at, Cause.DAMAGED)
            return
        output: Any = next(iter(self.spider.parse_article(answer)))
        if isinstance(output, Request):
            parts = "parts" in output.meta
            self._waiting[key] = (output, captures if parts else ())
            if not parts:
                self.loose.extend((each, "article") for each in captures)
            return
        item = replace(output, captures=captures, seen_at=seen_at)
        yield self._rules.clean(item) if isinstance(item, Article) else item

    def _outcome(
        self, kept: Scanned, page: Page, earlier: tuple[Capture, ...], cause: Cause, why: str
    ) -> Outcome:
        at = kept.capture
        return Outcome(page, "failed", why, at.status, (*earlier, at), at.captured_at, cause)


class Intake:
    """What is read of one run, on its way into the archive; `done` counts what became of it."""

    def __init__(self, archive: Archive, run: int, reader: RunReader, writer: Writer) -> None:
        self.reader = reader
        self.batch: list[Article | Outcome] = []
        self.done: Counter[str] = Counter()
        self._archive, self._run, self._writer = archive, run, writer

    def take(self, kept: Scanned, exchange: Exchange | None) -> None:
        """Read an answer, and write when much has come together."""
        self.batch.extend(self.reader.read(kept, exchange))
        if len(self.batch) >= BULK or len(self.reader.loose) >= BULK:
            self._write()

    def end(self) -> None:
        """Write what is left."""
        self.reader.end()
        self._write()

    def _write(self) -> None:
        stored = self._writer.write(self.batch, self._run) if self.batch else []
        self.done.update("removed" if each.reason == REMOVED else each.outcome for each in stored)
        self.batch.clear()
        loose, portal = self.reader.loose, self.reader.spider.portal.name
        captured.account(self._archive, loose, run=self._run, portal=portal)
        loose.clear()


def outcomes(done: Counter[str]) -> dict[str, int]:
    """Return the counts of an Intake by the words that a person is told."""
    alike = {"revised": "returned", "unchanged": "amended", "known": "reread"}
    names = ("new", "revised", "unchanged", "known", "gone", "failed", "unreadable")
    return {name: done[name] + done[alike.get(name, "")] for name in names}


def page_of(kept: Scanned, portal: Portal) -> tuple[Role, Page | None]:
    """Return what an answer was asked for as, and its page; by its address where it is not said."""
    url = kept.page[1] if kept.page else kept.capture.url
    at = address_of(url, portal)
    if at is not None:
        guessed = kept.page is not None and kept.page[0] == GUESSED
        return "article", Page(at.portal, "article", at.url, at.kind, at.number, guessed=guessed)
    path = url.removeprefix(portal.base_url)
    if path == "/robots.txt":
        return "robots", None
    if path in portal.feeds:
        return "feed", None
    return ("sitemap" if path.endswith(".xml") or "sitemap" in path else "listing"), None
