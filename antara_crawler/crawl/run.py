"""One crawl's ties to the world: the archive, the captures, the lock, and what came of it."""

import asyncio
import logging
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from antara_crawler import SOFTWARE
from antara_crawler.archive import (
    Archive,
    Frontier,
    ListingCursors,
    Named,
    Span,
    Wait,
    Writer,
    portal_lock,
    runs,
)
from antara_crawler.archive.archive import patiently
from antara_crawler.archive.frontier import schedule
from antara_crawler.archive.frontier.frontier import note_wait, wait_in_force
from antara_crawler.archive.runs import admit
from antara_crawler.archive.store import captured
from antara_crawler.crawl.account.account import Account, Fate
from antara_crawler.crawl.account.summary import Ending
from antara_crawler.crawl.fetch.rate_limit import RateLimit
from antara_crawler.crawl.recovery import Uncited, Underway, from_before, recover
from antara_crawler.crawl.shutdown import Shutdown
from antara_crawler.errors import NOTHING_FETCHED, Cause, DamagedRow, NotWritable
from antara_crawler.items import Capture, Page
from antara_crawler.locations import archive_url, captures_folder
from antara_crawler.warc import CaptureWriter, Exchange, Replay, is_sample, unpacked
from antara_crawler.wording import sentence

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
BATCH = 400


class Run:
    """Opens what a crawl writes to, and closes it with a summary and an exit status.

    Raises AntaraError when the archive cannot be opened or another run holds the portal.
    """

    def __init__(self, crawler: Crawler) -> None:
        spider = crawler.spider
        assert spider is not None
        self.crawler = crawler
        self.portal = spider.portal  # type: ignore[attr-defined]
        self.arguments = spider.arguments  # type: ignore[attr-defined]
        self.exit_status = 1
        self.account = Account()
        self._said = ""
        self._cause: Cause | None = None
        self._closers: list[Callable[[], None]] = []
        self.unwritable: NotWritable | None = None
        self.cut_short = False
        self.shutdown = Shutdown(crawler, crawler.settings.getfloat("STOP_GRACE"))
        at_once = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self.rate_limit = RateLimit(at_once, self.shutdown)
        self._bugs = self._queued = 0
        self._patience = crawler.settings.getfloat("WRITE_PATIENCE")
        self._writing = asyncio.Lock()
        self._started = time.monotonic()
        self._began = datetime.now(UTC)
        with ExitStack() as opening:
            self._open(crawler, opening)
            self._resources = opening.pop_all()
        crawler.signals.connect(self._heed_wait, signals.spider_opened)
        crawler.signals.connect(self.close, signals.spider_closed)
        crawler.signals.connect(self._note_bug, signals.spider_error)
        crawler.signals.connect(self._note_bug, signals.item_error)

    def _open(self, crawler: Crawler, opening: ExitStack) -> None:
        settings = crawler.settings
        ages = schedule.ages_of(str(settings["RECHECK_AFTER"]))
        self._folder = captures_folder(settings)
        self.uncited = Uncited(self._folder)
        given = self.arguments.captures
        path = opening.enter_context(unpacked(given)) if given else None
        self.replay = Replay(path, hosts=(self.portal.host, *self.portal.aliases)) if path else None
        url, store = archive_url(settings), settings["CAPTURES_STORE"]
        self.archive = opening.enter_context(
            self._when_free(lambda: Archive.open(url, create=True, lock_timeout=2.0))
        )
        self._when_free(lambda: opening.enter_context(portal_lock(self.archive, self.portal.name)))
        name = self.portal.name
        told = self._when_free(lambda: recover(self.archive, self._folder, name, store))
        self.account.missing += told if not given else []
        if not given:
            before = self._when_free(lambda: from_before(self.archive, self._folder, name))
            self.account.notes += before
        sample = path is not None and is_sample(path)
        self._when_free(lambda: admit(self.archive, self.portal.name, sample=sample))
        arguments = {k: str(v) for k, v in asdict(self.arguments).items() if v is not None}
        started_at = datetime.now(UTC)
        first = self._when_free(lambda: runs.first_begun(self.archive)) or started_at
        self.captures = CaptureWriter(
            self._folder,
            self.portal.name,
            sample=sample,
            store=store,
            software=SOFTWARE,
            operator=str(settings["CONTACT"] or "") or None,
            user_agent=str(settings["USER_AGENT"]),
            run={
                "archive": first,
                "arguments": arguments,
                "started_at": started_at,
                "after": self._when_free(lambda: captured.last_file(self.archive, name)),
            },
        )
        self.underway = Underway(self._folder, self.portal.name, first)
        opening.callback(self.underway.close)
        self._wait = self._when_free(lambda: wait_in_force(self.archive, name, started_at))
        self.frontier = Frontier(self.archive)
        self._when_free(lambda: self.frontier.reschedule(name, ages, started_at))
        self.writer = Writer(self.archive, SOFTWARE, ages=ages)
        begun: dict[str, Any] = {"portal": name, "command": "crawl", "arguments": arguments}
        self.id = self._when_free(
            lambda: runs.start(self.archive, **begun, software=SOFTWARE, now=started_at)
        )
        self.wanted = Span(*self.arguments.times(ZoneInfo(self.portal.zone)))
        self.cursors = ListingCursors(
            self.archive, run=self.id, wanted=self.wanted,
            reopen=bool(self.arguments.reopen), replays=self.replay is not None,
        )  # fmt: skip
        if not settings["CONTACT"] and self.replay is None:
            logger.warning(
                "No contact is set: name yourself with ANTARA_CONTACT=you@example.org, so that"
                " the portal knows whom to ask"
            )

    def _when_free(self, step: Callable[[], Result]) -> Result:
        """Do a step of the opening; wait while another program holds the archive."""
        return patiently(step, self._patience, partial(logger.warning, "%s; waiting for it"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open a run for the crawler's spider."""
        return cls(crawler)

    async def keep_raw(self, exchange: Exchange, page: Page | None) -> Capture | None:
        """Append an answer's raw record; None when the captures can no longer be written."""

        def append() -> Capture:
            previous = None
            if page is not None and page.number is not None and not page.is_new:
                previous = captured.last_fetch(self.archive, page, exchange.url)
            return self.captures.append(exchange, previous, page)

        if (kept := await self.persist(append)) is None:
            return None
        self.uncited.add(kept[0], page.role if page else "robots")
        return kept[0]

    async def persist(self, write: Callable[[], Result]) -> tuple[Result] | None:
        """Do a write; wait while the archive is busy; end the crawl when it stays unwritable.

        Returns what it returned, None when it was not done. What it cites is on disk before.
        """
        waited, pause = 0.0, 0.5
        async with self._writing:
            while self.unwritable is None:
                try:
                    return (write(),)
                except NotWritable as error:
                    patience = 0.0 if self.shutdown.begun else self._patience
                    if not error.transient or waited >= patience:
                        self.give_up(error)
                        return None
                    if not waited:
                        logger.warning("%s; waiting for it", error)
                    await self.shutdown.pause(pause)
                    waited, pause = waited + pause, min(pause * 2, 5.0)
        return None

    def queue(self, pages: Sequence[Page], now: datetime, **found: Any) -> list[Named]:
        """Enter pages of this run in the frontier; see Frontier.queue()."""
        return self.frontier.queue(pages, run=self.id, now=now, wanted=self.wanted, **found)

    def before_closing(self, call: Callable[[], None]) -> None:
        """Have something done when all that was under way is over, before the books are closed."""
        self._closers.append(call)

    def close_early(self, reason: str, why: str, cause: Cause) -> None:
        """End the crawl in order, for a reason that the summary tells; the rest stays queued."""
        if not self._said:
            self._said, self._cause = why, cause
        if self.cut_short:
            return
        self.cut_short = True
        self.shutdown.begin()
        engine = self.crawler.engine
        if engine is not None and engine.running:
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))

    async def stay_away(self, wait: Wait) -> None:
        """End the run and let no other one begin before the portal's wait is over."""
        await self.persist(lambda: note_wait(self.archive, self.portal.name, wait))
        self._leave_alone(wait)

    def _heed_wait(self) -> None:
        """Ask for nothing while a wait is in force that the portal asked an earlier run for."""
        if self._wait and self.replay is None:
            self._leave_alone(self._wait)

    def _leave_alone(self, wait: Wait) -> None:
        until = f"{wait.until:%Y-%m-%d %H:%M} UTC"
        why = sentence(f"the portal asks not to be asked before {until} ({wait.reason})")
        self.close_early("told_to_wait", why, Cause.REFUSED)

    def give_up(self, error: NotWritable) -> None:
        """End the crawl because what it gets cannot be kept."""
        if self.unwritable is None:
            self.unwritable = error
            logger.error("%s", error)
            self.close_early("not_writable", str(error), Cause.NOT_WRITTEN)

    async def close(self, reason: str) -> None:
        """Write the run's end and print the summary; release everything."""
        await self.persist(self.captures.sync)
        for call in self._closers:
            call()
        if self._ending(reason).early:
            await self.persist(self._settle_the_rest)
        with self._resources:
            with suppress(NotWritable):  # said by now; only whole batches are left in the file
                self.captures.close()
            await self.persist(lambda: self._finish(reason))
            if self.unwritable is not None:
                # It may be the captures alone that cannot be written. Else the next run does it.
                with suppress(NotWritable):
                    self._finish(reason)
        ending, seconds = self._ending(reason), time.monotonic() - self._started
        self.exit_status = ending.exit_status
        if not getattr(self.crawler.spider, "silent", False):
            print(ending.in_words(self.portal.name, seconds), file=sys.stderr, flush=True)

    def _settle_the_rest(self) -> None:
        """Find in the frontier that what a run that ended early did not come to is still queued."""
        left = self.account.unsettled()
        while batch := list(islice(left, BATCH)):
            for key in self.frontier.untouched(self.portal.name, batch, self._began):
                self.account.settle(key, Fate.STOPPED)

    def _finish(self, reason: str) -> None:
        """Give the captures that nothing cites a row of their own, and note how the run ended."""
        self.uncited.adopt(self.archive, self.id, self.portal.name)
        self._queued = self.frontier.queued(self.portal.name)
        ending = self._ending(reason)
        if ending.exit_status == NOTHING_FETCHED:
            self.frontier.excuse(self.portal.name, self._began)
        runs.finish(
            self.archive,
            self.id,
            status="finished" if reason == "finished" else "stopped",
            exit_status=ending.exit_status,
            counts={**ending.counts, "ended": reason},
            why="\n".join(ending.why()) or None,
            what_next="\n".join(ending.what_next()) or None,
            now=datetime.now(UTC),
        )

    def _ending(self, reason: str) -> Ending:
        assert self.crawler.stats is not None
        return Ending(
            self.account,
            self.crawler.stats.get_stats(),
            self.replay.account() if self.replay is not None else None,
            # By a signal, the clock, or a limit of Scrapy's own (CLOSESPIDER_ITEMCOUNT and so on).
            stopped=reason in ("shutdown", "time") or (reason != "finished" and not self.cut_short),
            cut_short=self.cut_short,
            unwritable=self.unwritable is not None,
            bugs=self._bugs,
            queued=self._queued,
            said=self._said,
            cause=self._cause,
        )

    def _note_bug(self, failure: Failure) -> None:
        if isinstance(failure.value, DamagedRow):
            self.give_up(NotWritable(str(failure.value)))
        else:
            self._bugs += 1
