"""No cursor is closed by doubt: what only looks like the end of a listing leaves it open."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations, islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antara_crawler.archive import Archive, ListingCursors, Span
from antara_crawler.archive.frontier.cursor_rules import DOUBTS, MOST_IDLE
from antara_crawler.errors import Cause
from antara_crawler.items import Leaf, Page
from tests.archive.listings import TITLE, TOP, Crawl, Listing, known, wipe
from tests.archive.samples import START, at, page, start_run
from tests.examples import examples

Fault = Callable[[list[Page], Leaf], tuple[list[Page], Leaf]]
FAULTS: dict[str, Fault] = {
    "a notice": lambda cards, leaf: ([], Leaf()),
    "a notice in the portal's frame": lambda cards, leaf: ([page(1)], Leaf(listed=False)),
    "an empty list": lambda cards, leaf: ([], Leaf(title=TITLE)),
    "an empty list with its pager": lambda cards, leaf: ([], replace(leaf, paged=True)),
    "not there": lambda cards, leaf: ([], Leaf(is_missing=True)),
    "the home page": lambda cards, leaf: ([], Leaf(elsewhere="https://kalsel.antaranews.com/")),
    "links of another host": lambda cards, leaf: ([], Leaf(strays=10)),
    "the first page again": lambda cards, leaf: (cards, leaf),
    "a pager that leads away": lambda cards, leaf: (cards, Leaf(elsewhere="https://x.example/2")),
}
OWED = {
    "not there": Cause.NOT_FOUND,
    "the home page": Cause.FOREIGN,
    "links of another host": Cause.FOREIGN,
    "a pager that leads away": Cause.FOREIGN,
}


@dataclass
class Sick(Listing):
    """A listing whose pages from `first` on have a fault, as long as it is not healthy."""

    fault: str = ""
    first: int = 2
    healthy: bool = False

    def page(self, url: str) -> tuple[list[Page], Leaf]:
        place = int(url.rpartition("/")[2]) if url != TOP else 1
        cards, leaf = super().page(url)
        if self.healthy or place < self.first:
            return cards, leaf
        if self.fault == "the first page again":
            cards = super().page(TOP)[0]
        return FAULTS[self.fault](cards, leaf)


def sick(fault: str, **more: object) -> Sick:
    made = Sick(fault=fault, **more)  # type: ignore[arg-type]
    made.publish(*range(1, 21))
    return made


# What is doubted is decided without SQL: one database shows it.
@pytest.mark.parametrize("archive_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("paged", [True, False])
@pytest.mark.parametrize("first", [1, 2, 4])
@pytest.mark.parametrize("fault", FAULTS)
def test_after_any_number_of_bad_runs_a_healthy_one_gives_all(
    archive: Archive, fault: str, first: int, paged: bool
) -> None:
    listing = sick(fault, first=first, paged=paged)
    for day in range(5):
        Crawl(archive, listing, now=START + timedelta(days=day)).run()
    listing.healthy = True
    Crawl(archive, listing, now=START + timedelta(days=6)).run()
    assert known(archive) == set(range(1, 21))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_the_portal_names_is_owed_when_it_is_not_read(
    archive: Archive, fault: str
) -> None:
    crawl = Crawl(archive, sick(fault)).run()
    assert crawl.owed == [OWED.get(fault, Cause.UNKNOWN_FORM)]
    assert crawl.doubts == 0


@pytest.mark.parametrize("fault", ["a notice", "an empty list", "not there", "the home page"])
def test_the_first_page_without_entries_is_owed(archive: Archive, fault: str) -> None:
    crawl = Crawl(archive, sick(fault, first=1)).run()
    assert crawl.owed == [OWED.get(fault, Cause.UNKNOWN_FORM)]


def test_a_listing_without_pager_may_end_where_no_page_follows(archive: Archive) -> None:
    listing = Listing(paged=False)
    listing.publish(*range(1, 8))
    crawl = Crawl(archive, listing).run()
    assert known(archive) == set(range(1, 8))
    assert (crawl.owed, crawl.doubts) == ([], 1)
    assert crawl.ends == ["seems to end here, though no pager says so: looked at again by the next"
                          " run"]  # fmt: skip
    again = Crawl(archive, listing).run()
    assert again.fetched == [TOP, f"{TOP}/3", f"{TOP}/4"]
    assert (again.owed, again.doubts) == ([], 1)


@pytest.mark.parametrize("fault", ["a notice", "links of another host"])
def test_a_page_of_another_form_is_owed_where_no_pager_names_it_either(
    archive: Archive, fault: str
) -> None:
    assert Crawl(archive, sick(fault, paged=False)).run().owed != []


def test_a_page_too_many_in_the_pager_is_no_longer_owed_after_some_days(archive: Archive) -> None:
    listing = sick("not there", first=5)
    for day in range(DOUBTS + 1):
        for hour in (0, 2):
            now = START + timedelta(days=day, hours=hour)
            crawl = Crawl(archive, listing, now=now).run()
            is_owed = (day, hour) < (DOUBTS - 1, 2)
            assert crawl.owed == ([Cause.NOT_FOUND] if is_owed else []), (day, hour)
            assert crawl.doubts == (0 if is_owed else 1)
    listing.healthy = True
    Crawl(archive, listing, now=START + timedelta(days=9)).run()
    assert known(archive) == set(range(1, 21))


def test_a_page_of_the_menu_that_never_had_articles_is_no_listing(archive: Archive) -> None:
    about = "https://kalsel.antaranews.com/jadwal-salat"
    cursors = ListingCursors(archive, run=start_run(archive))
    [cursor] = cursors.open("kalsel", about, START)
    step = cursors.page(cursor, about, [], Leaf(), START)
    assert (step.cause, step.doubt) == (None, True)


def test_a_listing_of_the_menu_that_had_articles_once_is_owed(archive: Archive) -> None:
    section = "https://kalsel.antaranews.com/ekonomi"
    for cards, cause in (([page(1)], None), ([], Cause.UNKNOWN_FORM)):
        cursors = ListingCursors(archive, run=start_run(archive))
        cursor = cursors.open("kalsel", section, START)[0]
        assert cursors.page(cursor, section, cards, Leaf(), START).cause is cause


def test_links_of_menus_close_no_walk(archive: Archive) -> None:
    listing = sick("a notice in the portal's frame", healthy=True)
    Crawl(archive, listing).run()
    listing.publish(*range(21, 40))
    listing.healthy = False
    Crawl(archive, listing).run()
    listing.healthy = True
    Crawl(archive, listing).run()
    assert known(archive) == set(range(1, 40))


def test_reopening_walks_a_listing_again_from_its_first_page_to_its_end(archive: Archive) -> None:
    listing = Listing()
    listing.publish(*range(1, 21))
    Crawl(archive, listing).run()
    assert Crawl(archive, listing).run().fetched == [TOP]
    crawl = Crawl(archive, listing, reopen=True).run()
    assert crawl.fetched == [TOP, TOP, *(f"{TOP}/{place}" for place in range(2, 8))]
    assert Crawl(archive, listing).run().fetched == [TOP]


@dataclass
class Circling(Listing):
    """A listing that shows any old articles where it has no more pages."""

    def page(self, url: str) -> tuple[list[Page], Leaf]:
        cards, leaf = super().page(url)
        place = int(url.rpartition("/")[2]) if url != TOP else 1
        if len(self.numbers) <= (place - 1) * self.size:
            some = islice(combinations(self.numbers, 2), place, place + 1)
            cards = [page(each) for each in next(some)]
        return cards, replace(leaf, next_url=f"{TOP}/{place + 1}", paged=True)


@pytest.mark.parametrize("archive_url", ["sqlite"], indirect=True)
def test_a_listing_that_shows_its_articles_in_circles_is_left_and_told(archive: Archive) -> None:
    listing = Circling()
    listing.publish(*range(1, 31))
    crawl = Crawl(archive, listing).run()
    assert (len(crawl.fetched), crawl.owed) == (10 + MOST_IDLE + 1, [Cause.UNKNOWN_FORM])


def test_a_hint_near_the_border_does_not_end_a_walk(archive: Archive) -> None:
    listing = Listing()
    listing.publish(*range(1, 21))
    day = timedelta(days=1)

    class Vague(Listing):
        def page(self, url: str) -> tuple[list[Page], Leaf]:
            cards, leaf = super().page(url)
            return [replace(card, margin=day) for card in cards], leaf

    Crawl(archive, Vague(numbers=listing.numbers), Span(since=at(21))).run()
    assert known(archive) == set(range(1, 21))


NIGHTS = st.lists(
    st.tuples(
        st.integers(0, 5),  # articles published before it
        st.sampled_from([None, *FAULTS]),
        st.integers(1, 6),  # the first page that has the fault
        st.one_of(st.none(), st.integers(0, 9)),  # transactions until it is killed
        st.booleans(),  # whether it is another day
    ),
    max_size=7,
)


@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(nights=NIGHTS, size=st.integers(1, 4), paged=st.booleans())
def test_no_history_of_faults_and_kills_loses_an_article(
    model_archive: Archive,
    nights: list[tuple[int, str | None, int, int | None, bool]],
    size: int,
    paged: bool,
) -> None:
    wipe(model_archive)
    listing = Sick(size, paged=paged)
    now = START
    listing.publish(*range(1, 8))
    for published, fault, first, lives, next_day in nights:
        top = len(listing.numbers)
        listing.publish(*range(top + 1, top + published + 1))
        listing.fault, listing.healthy = fault or "", fault is None
        listing.first = first
        now += timedelta(days=int(next_day))
        Crawl(model_archive, listing, lives=lives, now=now).run()
    listing.healthy = True
    Crawl(model_archive, listing, now=now).run()
    assert known(model_archive) == set(listing.numbers)
