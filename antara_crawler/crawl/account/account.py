"""Keeps the books of a run: what was asked and shown, and what became of it, counted apart.

Each sum has two sides that different places write: who asks or finds writes the one, who reads or
stores the other. Where they differ at the end, something went by in silence: a bug of ours.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from itertools import islice
from typing import Any

from antara_crawler.crawl.account.doubts import Recurring
from antara_crawler.errors import Cause
from antara_crawler.items import Article, Found, Outcome, OutcomeState, Page
from antara_crawler.wording import sentence

CHUNK = 256
"""Numbers that lie side by side share a chunk: half a million of them take some megabytes."""
NAMED = 5
"""Entries or documents that are named where the books do not balance."""


class Verdict(StrEnum):
    """What became of a document: a robots.txt, feed, sitemap, listing or article page."""

    READ = "read"
    UNCHANGED = "unchanged"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    FAILED = "failed"
    FORBIDDEN = "forbidden"
    NOT_CAPTURED = "not_captured"
    DEFERRED = "deferred"


class Fate(StrEnum):
    """What became of an entry: an article that a feed, sitemap, listing or earlier run named."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    NOT_DUE = "not_due"
    LIMIT = "limit"
    DATES = "dates"
    STOPPED = "stopped"
    NOT_CAPTURED = "not_captured"
    FAILED = "failed"
    UNREADABLE = "unreadable"
    GONE = "gone"
    GIVEN_UP = "given_up"
    OUT_OF_RANGE = "out_of_range"
    ABSENT = "absent"


Key = tuple[str, int]
"""An entry: the kind and number of an article of the run's portal."""
_VERDICTS: dict[OutcomeState, Verdict] = {
    "stored": Verdict.UNCHANGED,
    "gone": Verdict.ABSENT,
    "absent": Verdict.ABSENT,
    "unreadable": Verdict.UNREADABLE,
    "out_of_range": Verdict.READ,
    "queued": Verdict.DEFERRED,
    "not_captured": Verdict.NOT_CAPTURED,
    "failed": Verdict.FAILED,
    "given_up": Verdict.FAILED,
    "forgotten": Verdict.FAILED,
}
"""What the state of an outcome says of its document."""
_CODES = {fate: code for code, fate in enumerate(Fate, 1)}
_FATES = {code: fate for fate, code in _CODES.items()}


class Marks:
    """A mark from 1 to 255 for each of many numbers, in little room."""

    def __init__(self) -> None:
        self._chunks: dict[tuple[str, int], bytearray] = {}

    def get(self, key: Key) -> int:
        """Return an entry's mark, 0 for none."""
        kind, number = key
        chunk = self._chunks.get((kind, number // CHUNK))
        return chunk[number % CHUNK] if chunk is not None else 0

    def set(self, key: Key, mark: int) -> int:
        """Set an entry's mark and return the one it had."""
        kind, number = key
        chunk = self._chunks.setdefault((kind, number // CHUNK), bytearray(CHUNK))
        before, chunk[number % CHUNK] = chunk[number % CHUNK], mark
        return before

    def __iter__(self) -> Iterator[Key]:
        """Yield all entries that have a mark."""
        for (kind, start), chunk in self._chunks.items():
            yield from ((kind, start * CHUNK + at) for at, mark in enumerate(chunk) if mark)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some pages went unread: the cause, how many pages, and one of them as an example."""

    cause: Cause
    pages: int
    example: str
    technical: str


class Account:
    """The two sums of a run: documents asked, entries shown."""

    def __init__(self) -> None:
        self.asked = 0
        self.verdicts: Counter[tuple[str, Verdict]] = Counter()
        """What became of documents, by role."""
        self.roads_forbidden = 0
        """Articles, feeds and listings that robots.txt forbids."""
        self.shown = 0
        self.fates: Counter[Fate] = Counter()
        self.strays = 0
        self.stray: str | None = None
        self.damaged = 0
        """Items of feeds and sitemaps that cannot be read."""
        self.waiting_for_retry: tuple[int, str] | None = None
        """How many articles failed in an earlier run and are not due yet, with an example."""
        self.cut_short: list[str] = []
        """Pages that were left in the middle, and items that were damaged, with the reason."""
        self.missing: list[str] = []
        """How the archive and the captures folder do not belong together."""
        self.news: dict[str, list[Key]] = {}
        """What feeds name of which no earlier run knew anything, by feed."""
        self.odd: list[str] = []
        """Articles, new or changed, whose text may not be their own or not whole, and why."""
        self.walled = 0
        """How many of them ask for something before they let one read on."""
        self.recurring = Recurring()
        """What stands in the texts of many articles, new or changed."""
        self.doubts: dict[str, str] = {}
        """Listings that seem to end where no pager says so: the page, by its listing."""
        self.notes: list[str] = []
        """What a person should know, though nothing is owed for it."""
        self.old_copies: dict[str, timedelta] = {}
        """Feeds and listings whose answers were copies that long ago made, by their headers."""
        self.floor: str | None = None
        """The day at which listings ended in an earlier run, and end in this one, too."""
        self.history: dict[str, Any] = {}
        """How much of the past is held, where the run was to fetch it."""
        self.silent_days: list[str] = []
        """Days with fewer articles than usual, the latest first."""
        self._miscounted: list[str] = []
        self._shown, self._became, self._listed = Marks(), Marks(), Marks()
        self._open: dict[int, tuple[str, str]] = {}
        self._reasons: dict[Cause, Reason] = {}

    def ask(self, role: str, url: str) -> int:
        """Count a document that is asked for; return what it is known by."""
        self.asked += 1
        self._open[self.asked] = (role, url)
        return self.asked

    def answer(self, document: int, verdict: Verdict) -> None:
        """Count what became of a document; it is counted once."""
        asked = self._open.pop(document, None)
        if asked is not None:
            self.verdicts[asked[0], verdict] += 1

    def documents(self, verdict: Verdict, *, but: str | None = None) -> int:
        """Return of how many documents that became; without those of the role `but`."""
        of = (n for (role, found), n in self.verdicts.items() if found is verdict and role != but)
        return sum(of)

    def read(self, *roles: str) -> int:
        """Return how many documents of these roles were read, or found unchanged."""
        good = (Verdict.READ, Verdict.UNCHANGED)
        return sum(self.verdicts[role, verdict] for role in roles for verdict in good)

    def take(self, found: Found) -> None:
        """Count what a feed, sitemap or listing page shows."""
        keys = [*filter(None, map(key_of, found.articles))]
        self.show(keys)
        if found.leaf is not None:
            for key in keys:
                self._listed.set(key, 1)
        self.notes += filter(None, [found.note])
        self.strays += found.strays
        self.stray = self.stray or found.stray
        self.damaged += found.damaged
        if left := found.cut_short or found.damage:
            self.cut_short.append(f"{found.page.url}: {left}")
        read = len(found.articles) + len(found.sitemaps)
        if found.shown != read + found.repeats + found.strays + found.damaged:
            self._miscounted.append(found.page.url)

    def look_for_gaps(self) -> None:
        """Say of which feed nothing was known, nor stands in a listing: it may have named more."""
        for url, keys in self.news.items() if self.read("listing") else ():
            if keys and not any(map(self._listed.get, keys)):
                why = sentence(
                    "none of its articles was known, nor is one on a listing: what came before them"
                    " may be named nowhere; ask for it with an earlier since"
                )
                self.cut_short.append(f"{url}: {why}")

    def show(self, keys: Iterable[Key]) -> None:
        """Count entries that are named, each once in a run."""
        self.shown += sum(not self._shown.set(key, 1) for key in keys)

    def settle(self, key: Key, fate: Fate) -> None:
        """Say what became of an entry; what is said last holds."""
        before = self._became.set(key, _CODES[fate])
        if before:
            self.fates[_FATES[before]] -= 1
        self.fates[fate] += 1

    def unsettled(self) -> Iterator[Key]:
        """Yield the entries of which nothing is known yet."""
        return (key for key in self._shown if not self._became.get(key))

    def explain(self, cause: Cause, url: str, technical: str) -> None:
        """Note why a page went unread."""
        known = self._reasons.get(cause) or Reason(cause, 0, url, technical)
        self._reasons[cause] = replace(known, pages=known.pages + 1)

    @property
    def reasons(self) -> list[Reason]:
        """Why pages went unread, what befell most of them first."""
        return sorted(self._reasons.values(), key=lambda reason: -reason.pages)

    def imbalance(self) -> list[str]:
        """Return one line for each sum whose sides differ, naming some of what makes them so."""
        unasked = (url for _, url in self._open.values())
        lost = (f"{kind}/{number}" for kind, number in self.unsettled())
        unshown = (f"{kind}/{n}" for kind, n in self._became if not self._shown.get((kind, n)))
        return [
            *_differ(sentence("pages whose entries were miscounted"), self._miscounted),
            *_differ(sentence("documents asked without an outcome"), unasked),
            *_differ(sentence("entries shown without an outcome"), lost),
            *_differ(sentence("entries with an outcome that nothing showed"), unshown),
        ]


def key_of(item: Article | Outcome | Page) -> Key | None:
    """Return the entry that a page or item is of; None for feeds, sitemaps and listings."""
    if isinstance(item, Article):
        return None if item.article_id is None else (item.kind, item.article_id)
    page = item.page if isinstance(item, Outcome) else item
    return None if page.kind is None or page.number is None else (page.kind, page.number)


def _differ(what: str, names: Iterable[str]) -> list[str]:
    rest = iter(names)
    first = list(islice(rest, NAMED))
    if not first:
        return []
    more = sum(1 for _ in rest)
    listed = ", ".join(first) + (f" and {more} more" if more else "")
    return [sentence(f"{what}: {listed}")]


def verdict_of(item: Article | Outcome | Found) -> Verdict:
    """Return what an item says of the document that it was read from."""
    if isinstance(item, Article):
        return Verdict.READ
    if isinstance(item, Found):
        if item.road is not None and item.road.works is False:
            return Verdict.ABSENT
        return Verdict.UNCHANGED if item.unchanged else Verdict.READ
    return _VERDICTS[item.state]
