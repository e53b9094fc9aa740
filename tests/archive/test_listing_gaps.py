"""A listing that does not reach down to what is known of it says so, and no gap stays untold."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from antara_crawler.archive import Archive, ListingCursors, Writer
from antara_crawler.errors import Cause
from antara_crawler.items import Leaf, Outcome, Page
from tests.archive.listings import TITLE, TOP, Crawl, Listing, known
from tests.archive.samples import START, page, start_run

SHORT = "the listing ends above what an earlier run saw on it"
FOTO = "https://kalsel.antaranews.com/foto"
NIGHT = timedelta(days=1)


@dataclass
class Cached(Listing):
    """A listing of which a cache keeps old pages, or that shows so many pages only."""

    kept: dict[str, tuple[list[Page], Leaf]] = field(default_factory=dict)
    most: int = 99

    def keep(self, *places: int) -> None:
        urls = [f"{TOP}/{place}" if place > 1 else TOP for place in places]
        self.kept = {url: self.page(url) for url in urls}

    def page(self, url: str) -> tuple[list[Page], Leaf]:
        cards, leaf = self.kept.get(url) or super().page(url)
        place = int(url.rpartition("/")[2]) if url != TOP else 1
        if place > self.most:
            return [], Leaf(is_missing=True)
        if place == self.most and self.paged:
            return cards, Leaf(paged=True, title=TITLE)
        return cards, leaf


@pytest.fixture
def listing() -> Cached:
    made = Cached()
    made.publish(*range(1, 13))
    return made


@pytest.mark.parametrize("paged", [True, False])
def test_more_new_articles_than_a_listing_shows_are_told(
    archive: Archive, listing: Cached, paged: bool
) -> None:
    listing.paged = paged
    listing.most = 4
    assert Crawl(archive, listing).run().gaps == []
    listing.publish(*range(13, 18))
    assert Crawl(archive, listing, now=START + NIGHT).run().gaps == []
    listing.publish(*range(18, 60))
    [gap] = Crawl(archive, listing, now=START + 2 * NIGHT).run().gaps
    assert gap.startswith(SHORT)
    assert Crawl(archive, listing, now=START + 9 * NIGHT).run().owed == []


@pytest.mark.parametrize("places", [(2,), (2, 3, 4, 5)])
def test_an_old_page_behind_a_new_one_leaves_no_gap_for_good(
    archive: Archive, listing: Cached, places: tuple[int, ...]
) -> None:
    Crawl(archive, listing).run()
    listing.publish(13, 14, 15)
    Crawl(archive, listing, now=START + NIGHT).run()
    listing.keep(*places)
    listing.publish(*range(16, 28))
    assert Crawl(archive, listing, now=START + 2 * NIGHT).run().owed == [Cause.DAMAGED]
    listing.kept.clear()
    listing.publish(28, 29, 30)
    assert Crawl(archive, listing, now=START + 3 * NIGHT).run().owed == []
    assert known(archive) == set(listing.numbers)


def test_what_is_withdrawn_at_the_top_is_not_missed_for_ever(
    archive: Archive, listing: Cached
) -> None:
    Crawl(archive, listing).run()
    listing.delete(*range(5, 13))
    nights = [Crawl(archive, listing, now=START + n * NIGHT).run().owed for n in range(1, 6)]
    assert nights == [*[[Cause.DAMAGED]] * 3, [], []]


def test_pictures_with_the_national_sites_numbers_are_not_missed_at_the_top(
    archive: Archive,
) -> None:
    class Mixed(Listing):
        def page(self, url: str) -> tuple[list[Page], Leaf]:
            cards, leaf = super().page(url)
            numbers = [each.number or 0 for each in cards]
            mixed = zip(cards, numbers, strict=True)
            return [
                replace(card, kind="foto", number=n + 4_000_000, url=f"{FOTO}/{n + 4_000_000}/x")
                if n <= 6
                else card
                for card, n in mixed
            ], leaf

    listing = Mixed()
    listing.publish(*range(1, 13))
    Crawl(archive, listing).run()
    assert Crawl(archive, listing, now=START + NIGHT).run().owed == []


def test_a_page_of_the_menu_is_a_listing_once_articles_were_seen_on_it(archive: Archive) -> None:
    cursors = ListingCursors(archive, run=start_run(archive))
    section = f"{TOP.rpartition('/')[0]}/hukum"
    [cursor] = cursors.open("kalsel", section, START)
    assert not cursor.is_listing
    cursors.page(cursor, section, [page(20), page(19)], Leaf(paged=True), START)
    [cursor] = cursors.open("kalsel", section, START)
    assert cursor.is_listing


def test_what_robots_txt_has_forbidden_for_days_is_no_listing_that_we_miss(
    archive: Archive, writer: Writer
) -> None:
    run = start_run(archive)
    cursors = ListingCursors(archive, run=run)
    section = f"{TOP.rpartition('/')[0]}/khusus"
    [cursor] = cursors.open("kalsel", section, START)
    cursors.page(cursor, section, [page(20), page(19)], Leaf(paged=True), START)
    said = []
    for night in range(1, 6):
        now = START + night * NIGHT
        said += [each.is_listing for each in cursors.open("kalsel", section, now)]
        shut = Outcome(Page("kalsel", "listing", section), "failed", "Forbidden by robots.txt")
        writer.write([replace(shut, cause=Cause.FORBIDDEN, seen_at=now)], run)
    assert said == [True, True, True, False, False]


@pytest.mark.parametrize(("path", "days"), [("hukum", 3), ("terkini", 6)])
def test_a_section_with_links_of_other_hosts_alone_is_owed_for_some_days_the_main_listing_always(
    archive: Archive, path: str, days: int
) -> None:
    url = f"{TOP.rpartition('/')[0]}/{path}"
    owed = []
    for night in range(7):
        now = START + night * NIGHT
        cursors = ListingCursors(archive, run=start_run(archive, now))
        cursor = cursors.open("kalsel", url, now)[0]
        cards, leaf = ([], Leaf(strays=3, title=TITLE)) if night else ([page(20)], Leaf(paged=True))
        owed.append(cursors.page(cursor, url, cards, leaf, now).cause is not None)
    assert owed == [False] + [True] * days + [False] * (6 - days)


def test_of_pages_below_the_first_those_with_nothing_new_are_known(
    archive: Archive, listing: Cached
) -> None:
    cursors = ListingCursors(archive, run=start_run(archive))
    [cursor] = cursors.open("kalsel", TOP, START)
    urls = (TOP, f"{TOP}/2", f"{TOP}/2", TOP)
    steps = [cursors.page(cursor, url, *listing.page(url), START) for url in urls]
    assert [step.known for step in steps] == [False, False, True, False]


@pytest.mark.parametrize(
    ("after", "end"),
    [
        (([], Leaf(is_missing=True)), "end of the listing"),
        (([], Leaf(elsewhere="https://kalsel.antaranews.com/")), "end of the listing"),
        (([], Leaf(title=TITLE)), "end of the listing"),
        (([], Leaf(title="Sebentar")), "no page of a listing: no articles on it"),
    ],
)
def test_an_end_is_borne_out_by_the_page_after_it(
    archive: Archive, listing: Cached, after: tuple[list[Page], Leaf], end: str
) -> None:
    cards, _ = listing.page(f"{TOP}/4")
    last = Leaf(next_url=f"{TOP}/5", named=False, ends=True, paged=True, title=TITLE)
    listing.kept = {f"{TOP}/4": (cards, last), f"{TOP}/5": after}
    assert Crawl(archive, listing).run().ends == [end]
    if end != "end of the listing":
        listing.kept = {}
        assert Crawl(archive, listing).run().ends == ["known from here on", "end of the listing"]


def test_an_old_page_before_the_end_is_looked_at_again(archive: Archive, listing: Cached) -> None:
    """Its pager names no next one, and what it shows stands on the page after it as well."""
    cards, _ = listing.page(f"{TOP}/4")
    for place in (3, 4):
        last = Leaf(next_url=f"{TOP}/{place + 1}", named=False, ends=True, paged=True, title=TITLE)
        listing.kept[f"{TOP}/{place}"] = (cards, last)
    assert Crawl(archive, listing).run().doubts == 1
    del listing.kept[f"{TOP}/3"]
    listing.kept[f"{TOP}/5"] = ([], Leaf(is_missing=True))
    assert Crawl(archive, listing).run().ends[-1] == "end of the listing"
    assert known(archive) == set(listing.numbers)


@pytest.mark.parametrize(("following", "told"), [(2, False), (3, True), (8, False)])
def test_a_pager_that_leaves_out_a_page_is_told_and_one_that_counts_articles_is_not(
    archive: Archive, listing: Cached, following: int, told: bool
) -> None:
    first, leaf = listing.page(TOP)
    ahead = replace(leaf, next_url=f"{TOP}/{following}")
    listing.kept = {TOP: (first, ahead)}
    gaps = Crawl(archive, listing).run().gaps
    assert gaps == ([f"its pager leads from page 1 to page {following}"] if told else [])
    listing.publish(13)  # what follows is known
    assert Crawl(archive, listing, now=START + NIGHT).run().gaps == []
