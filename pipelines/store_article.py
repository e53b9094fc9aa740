"""Stores what passed: several items in one transaction, their raw records on disk before it."""

import asyncio
import logging
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from scrapy.crawler import Crawler

from antara_crawler.addresses import OWN
from antara_crawler.archive import Stored
from antara_crawler.crawl.account.account import Fate, Key, key_of
from antara_crawler.crawl.account.doubts import (
    ALIKE,
    ASKED,
    CHANGED,
    SAME_TEXT,
    UNENDED,
    is_unended,
    is_walled,
    oddity,
)
from antara_crawler.crawl.account.summary import HERE, WITHOUT_TEMPLATE
from antara_crawler.crawl.crawler import Part
from antara_crawler.errors import Cause
from antara_crawler.items import GENERIC, SHOWN_AGAIN, Article, Outcome
from antara_crawler.wording import sentence

log = logging.getLogger(__name__)

FATES: dict[str, Fate] = {
    **{fate.value: fate for fate in Fate},
    **dict.fromkeys(("amended", "reread", "known", "stored"), Fate.UNCHANGED),
    "imported": Fate.NEW,
    "returned": Fate.REVISED,
    "queued": Fate.STOPPED,
    "given_up": Fate.FAILED,
    "missed": Fate.GONE,
}
"""What an entry comes to, by what the archive says of its page."""

CHANGES = frozenset({"revised", "returned"})
TAKEN = CHANGES | {"new"}
RECHECKED = CHANGES | {"unchanged", "amended"}

# One sync and one commit serve so many items, or so many seconds of a slow crawl.
BATCH = 50
SECONDS = 0.2
LOOKED_AT_FOR = timedelta(hours=60)
"""So long what asks for a login is told and looked at again; then it is taken for the article."""
LATELY = 200
"""Articles, new or changed, with whose texts those of the next are compared."""


class StoreArticle(Part):
    """Hands items to the archive's writer; returns each once it is committed."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        assert crawler.stats is not None
        self.stats = crawler.stats
        self.unreadable_after = crawler.settings.getint("UNREADABLE_AFTER")
        self._unread_in_a_row = 0
        self._texts = deque[tuple[Key, tuple[str, ...]]](maxlen=LATELY)
        self._doubted = set[Key]()
        self.account = self.run.account
        self._batch: list[Article | Outcome] = []
        self._full = asyncio.Event()
        self._storing: asyncio.Task[None] | None = None

    async def process_item(self, item: Article | Outcome) -> Article | Outcome:
        """Return the item when it is stored, or when the crawl had to give up storing."""
        if isinstance(item, Outcome) and item.state in ("queued", "not_captured"):
            # Nothing is noted: the frontier has it as it was.
            if (key := key_of(item)) is not None:
                self.account.settle(key, FATES[item.state])
            return item
        if self._storing is None:
            self._full.clear()
            self._storing = asyncio.ensure_future(self._store_together())
        self._batch.append(item)
        if len(self._batch) >= BATCH:
            self._full.set()
        await self._storing
        return item

    async def _store_together(self) -> None:
        """Store what has come in until the batch is full or its time is over."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._full.wait(), SECONDS)
        batch, self._batch, self._storing = self._batch, [], None
        if await self.run.persist(lambda: self._write(batch)):
            self.run.uncited.cited(capture for item in batch for capture in item.captures)
        if doubted := self._doubted:  # a cache may have given one page for another
            self._doubted, portal, now = set(), self.run.portal.name, datetime.now(UTC)
            await self.run.persist(lambda: self.run.frontier.doubt(portal, doubted, now))

    def _write(self, batch: list[Article | Outcome]) -> None:
        self.run.captures.sync()
        answers = self.account.read("feed", "sitemap", "listing", "article") > 0
        written = self.run.writer.write(batch, self.run.id, portal_answers=answers)
        for item, stored in zip(batch, written, strict=True):
            self._count(item, stored)

    def _count(self, item: Article | Outcome, stored: Stored) -> None:
        self.stats.inc_value(f"stored/{stored.outcome}")
        fate = FATES[stored.outcome]
        if _is_generic(item) and fate in HERE:
            self.stats.inc_value(WITHOUT_TEMPLATE)
        key = key_of(item)
        if key is not None:
            self.account.settle(key, fate)
            self._heed(item, fate)
        if stored.outcome in RECHECKED:
            self.stats.inc_value(ASKED)
        if stored.outcome in CHANGES:
            self.stats.inc_value(CHANGED)
        if key and isinstance(item, Article):
            if stored.outcome in TAKEN:
                self._doubt(item, stored, key)
            elif is_walled(item) and _is_young(item, stored):
                self._tell(item, oddity(item), key)
        if isinstance(item, Article) and any(x.reason == SHOWN_AGAIN for x in item.left_out):
            why = sentence("its further pages show only what stands on the first")
            self.account.cut_short.append(f"{item.url}: {why}")
            self._doubted |= {key} if key and stored.outcome == "new" else set()
        if stored.same_text:
            self.stats.inc_value(SAME_TEXT)
        if fate in (Fate.FAILED, Fate.UNREADABLE):
            url = item.page.url if isinstance(item, Outcome) else item.url
            cause = stored.cause or Cause.UNKNOWN_FORM
            self.account.explain(cause, url or "", stored.reason or "")

    def _doubt(self, item: Article, stored: Stored, key: Key) -> None:
        """Tell of an article whose text, new or changed, may not be its own."""
        twins = set[Key]()
        if key[0] == OWN:
            twins = {other for other, text in self._texts if text == item.paragraphs}
            self._texts.append((key, item.paragraphs))
            self.account.recurring.add(item.paragraphs)
        if twins:
            self.stats.inc_value(ALIKE)
            self._doubted |= {key, *twins}
        self.stats.inc_value(UNENDED, int(is_unended(item)))
        self._tell(item, oddity(item, stored.before, is_alone=not twins), key)

    def _tell(self, item: Article, why: str | None, key: Key) -> None:
        """Name an article in doubt; one behind a wall is asked for again."""
        if why:
            self.account.odd.append(f"{item.url}: {why}")
            log.warning("%s is in doubt: %s", item.url, why)
        if is_walled(item):
            self.account.walled += 1
            self._doubted.add(key)

    def _heed(self, item: Article | Outcome, fate: Fate) -> None:
        """End the run when page after page, each met for the first time, no template reads."""
        if _is_generic(item) and fate is Fate.NEW:
            self._unread_in_a_row += 1
        elif fate is not Fate.UNREADABLE:
            self._unread_in_a_row = 0
        elif isinstance(item, Outcome) and item.page.is_new:
            self._unread_in_a_row += 1
        if 0 < self.unreadable_after <= self._unread_in_a_row:
            why = f"{self._unread_in_a_row} article pages in a row were read by no template"
            self.run.close_early("unreadable", why, Cause.UNKNOWN_FORM)


def _is_young(item: Article, stored: Stored) -> bool:
    """Tell whether an article shows a wording that was first seen a few days ago."""
    since, seen = stored.since, item.seen_at
    return since is not None and seen is not None and seen - since < LOOKED_AT_FOR


def _is_generic(item: Article | Outcome) -> bool:
    return isinstance(item, Article) and item.template == GENERIC
