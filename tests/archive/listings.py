"""A model of a listing, and of runs through it that can be killed at any transaction."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, text

from antara_crawler.archive import Archive, ListingCursor, ListingCursors, Span, Step
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.errors import Cause
from antara_crawler.items import Leaf, Page
from tests.archive.samples import START, at, page, start_run

TOP = "https://kalsel.antaranews.com/terkini"
TITLE = "Terkini ANTARA News Kalimantan Selatan"


@dataclass
class Listing:
    """A portal's listing: article numbers, the newest first; number n appears at hour n."""

    size: int = 3
    numbers: list[int] = field(default_factory=list)
    dated: bool = True
    paged: bool = True
    """Whether a pager names the next page. If not, it is counted up till there is none."""

    cut: str | None = None
    """The page that breaks off behind its first article."""

    def publish(self, *numbers: int) -> None:
        self.numbers[:0] = sorted(numbers, reverse=True)

    def delete(self, *numbers: int) -> None:
        self.numbers = [each for each in self.numbers if each not in numbers]

    def page(self, url: str) -> tuple[list[Page], Leaf]:
        place = int(url.rpartition("/")[2]) if url != TOP else 1
        shown = self.numbers[(place - 1) * self.size : place * self.size]
        more = len(self.numbers) > place * self.size
        cards = [page(each, published_at=at(each) if self.dated else None) for each in shown]
        if url == self.cut:
            return cards[:1], Leaf(cut=True, title=TITLE)
        following = f"{TOP}/{place + 1}"
        if self.paged:
            return cards, Leaf(next_url=following if more else None, paged=bool(cards), title=TITLE)
        return cards, Leaf(next_url=following if cards else None, named=False, title=TITLE)


class Killed(Exception):
    """The process is dead: nothing more happens in this run."""


@dataclass
class Crawl:
    """One run through a listing, which may be killed before any of its transactions."""

    archive: Archive
    listing: Listing
    wanted: Span = Span()  # noqa: RUF009  (frozen)
    lives: int | None = None
    """So many transactions, then it is killed."""
    fetched: list[str] = field(default_factory=list)
    ends: list[str | None] = field(default_factory=list)
    owed: list[Cause] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    doubts: int = 0
    floor: datetime | None = None
    now: datetime = START
    reopen: bool = False

    def run(self) -> "Crawl":
        with suppress(Killed):
            self._run()
        return self

    def _run(self) -> None:
        run = start_run(self.archive)
        cursors = ListingCursors(self.archive, run=run, wanted=self.wanted, reopen=self.reopen)
        self._live()
        opened = cursors.open("kalsel", TOP, self.now)
        self.floor = cursors.floor
        for cursor in opened:
            self._walk(cursors, cursor)

    def _walk(self, cursors: ListingCursors, cursor: ListingCursor) -> None:
        url: str | None = cursor.url
        while url is not None:
            assert len(self.fetched) < 300, "the cursor does not end"
            cards, leaf = self.listing.page(url)
            self.fetched.append(url)
            self._live()
            step: Step = cursors.page(cursor, url, cards, leaf, self.now)
            self.gaps += [step.gap] if step.gap else []
            url = step.next_url
            if url is None:
                self.ends.append(step.end)
                self.owed += [step.cause] if step.cause else []
                self.doubts += step.doubt

    def _live(self) -> None:
        if self.lives is not None:
            if self.lives == 0:
                raise Killed
            self.lives -= 1


def known(archive: Archive) -> set[int]:
    with archive.reading() as connection:
        return set(connection.scalars(select(Pages.number).where(Pages.number.is_not(None))))


def wipe(archive: Archive) -> None:
    with archive.writing() as connection:
        for table in ("sightings", "listing_cursors", "captures", "pages", "runs"):
            connection.execute(text(f"DELETE FROM {table}"))
