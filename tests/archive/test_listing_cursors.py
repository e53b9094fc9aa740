"""A cursor through a listing leaves no gap, wherever it is killed, paused or limited."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from antara_crawler.archive import Archive, Frontier, ListingCursors, Span
from antara_crawler.archive.tables.crawl import Sightings
from antara_crawler.errors import Cause
from antara_crawler.items import Leaf
from tests.archive.listings import TOP, Crawl, Listing, known, wipe
from tests.archive.samples import START, address, at, capture, due, numbers, page, start_run
from tests.examples import examples


@pytest.fixture
def listing() -> Listing:
    made = Listing()
    made.publish(*range(1, 21))
    return made


def test_the_first_run_walks_to_the_end(archive: Archive, listing: Listing) -> None:
    crawl = Crawl(archive, listing).run()
    assert crawl.fetched == [TOP, *(f"{TOP}/{place}" for place in range(2, 8))]
    assert crawl.ends == ["end of the listing"]
    assert known(archive) == set(listing.numbers)


def test_a_second_run_fetches_the_first_page_only(archive: Archive, listing: Listing) -> None:
    Crawl(archive, listing).run()
    crawl = Crawl(archive, listing).run()
    assert (crawl.fetched, crawl.ends) == ([TOP], ["known from here on"])


def test_a_later_run_walks_down_to_what_is_known(archive: Archive, listing: Listing) -> None:
    Crawl(archive, listing).run()
    listing.publish(*range(21, 27))
    crawl = Crawl(archive, listing).run()
    assert crawl.fetched == [TOP, f"{TOP}/2", f"{TOP}/3"]
    assert known(archive) == set(listing.numbers)


def test_what_a_feed_named_is_no_known_ground(archive: Archive, listing: Listing) -> None:
    Crawl(archive, listing).run()
    listing.publish(*range(21, 31))
    Frontier(archive).queue([page(each) for each in range(26, 31)], run=None, now=START)
    Crawl(archive, listing).run()
    assert known(archive) == set(listing.numbers)


def test_each_listing_knows_its_own_ground(archive: Archive, listing: Listing) -> None:
    Crawl(archive, listing).run()
    cursors = ListingCursors(archive, run=start_run(archive))
    section = f"{TOP.rpartition('/')[0]}/hulu-sungai"
    [cursor] = cursors.open("kalsel", section, START)
    leaf = Leaf(next_url=f"{section}/2")
    step = cursors.page(cursor, section, [page(20), page(19)], leaf, START)
    assert (step.next_url, step.found, step.fresh) == (f"{section}/2", 2, 2)


def test_a_killed_run_is_resumed_where_it_stood(archive: Archive, listing: Listing) -> None:
    Crawl(archive, listing, lives=5).run()
    crawl = Crawl(archive, listing).run()
    assert crawl.fetched == [TOP, *(f"{TOP}/{place}" for place in range(4, 8))]
    assert known(archive) == set(listing.numbers)


def every_kill() -> Iterator[tuple[int, int]]:
    return ((first, second) for first in range(12) for second in range(7))


def test_two_kills_at_any_steps_lose_nothing(sqlite_url: str) -> None:
    with Archive.open(sqlite_url, create=True) as archive:
        for first, second in every_kill():
            wipe(archive)
            listing = Listing()
            listing.publish(*range(1, 14))
            Crawl(archive, listing).run()
            listing.publish(*range(14, 26))
            Crawl(archive, listing, lives=first).run()
            listing.publish(26, 27, 28, 29)
            Crawl(archive, listing, lives=second).run()
            listing.publish(30)
            Crawl(archive, listing).run()
            assert known(archive) == set(listing.numbers), (first, second)
            assert Crawl(archive, listing).run().fetched == [TOP], (first, second)


RUNS = st.lists(
    st.tuples(
        st.integers(0, 9),  # articles published before it
        st.one_of(st.none(), st.integers(0, 9)),  # transactions until it is killed
        st.one_of(st.none(), st.integers(-5, 60)),  # since, as an article's number
    ),
    max_size=7,
)


@settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(size=st.integers(1, 4), before=st.integers(0, 12), history=RUNS, dated=st.booleans())
def test_no_history_of_runs_leaves_a_gap(
    model_archive: Archive,
    size: int,
    before: int,
    history: list[tuple[int, int | None, int | None]],
    dated: bool,
) -> None:
    wipe(model_archive)
    listing = Listing(size, dated=dated)
    listing.publish(*range(1, before + 1))
    promised: list[int] = []
    opened = False
    for published, lives, since in history:
        top = len(listing.numbers)
        listing.publish(*range(top + 1, top + published + 1))
        wanted = Span(since=None if since is None else at(since))
        crawl = Crawl(model_archive, listing, wanted, lives).run()
        if since is not None and (crawl.lives is None or crawl.lives > 0):
            promised.append(since)
        if not opened and since is None and lives != 0:
            promised.append(0)  # the first cursor goes to the end
        opened = opened or lives != 0
    for _ in range(2):  # the second confirms where the listing is empty
        last = Crawl(model_archive, listing).run()
    found = known(model_archive)
    assert found == set(range(min(found, default=1), len(listing.numbers) + 1))
    if dated and promised:
        assert {each for each in listing.numbers if each >= min(promised)} <= found
    if listing.numbers:
        assert Crawl(model_archive, listing).run().fetched == [TOP]
    assert len(last.fetched) <= 300


def test_a_page_that_breaks_off_gives_its_articles_and_is_asked_for_again(
    archive: Archive, listing: Listing
) -> None:
    listing.cut = f"{TOP}/3"
    crawl = Crawl(archive, listing).run()
    assert crawl.fetched == [TOP, f"{TOP}/2", f"{TOP}/3"]
    assert (crawl.ends, crawl.owed) == (
        ["it breaks off: its last tags are not there"],
        [Cause.DAMAGED],
    )
    assert known(archive) == set(range(14, 21))
    listing.cut = None
    Crawl(archive, listing).run()
    assert known(archive) == set(listing.numbers)


def test_a_date_limit_ends_the_first_walk(archive: Archive, listing: Listing) -> None:
    crawl = Crawl(archive, listing, Span(since=at(15))).run()
    assert crawl.ends == ["older than wanted"]
    assert min(known(archive)) == 12
    assert crawl.floor is None
    later = Crawl(archive, listing).run()
    assert (later.fetched, later.floor) == ([TOP], at(15))
    assert Crawl(archive, listing, Span(since=at(15))).run().floor is None
    assert Crawl(archive, listing, reopen=True).run().floor is None
    assert Crawl(archive, listing).run().floor is None
    assert known(archive) == set(listing.numbers)


def test_an_earlier_date_limit_goes_on_where_the_first_walk_ended(
    archive: Archive, listing: Listing
) -> None:
    Crawl(archive, listing, Span(since=at(15))).run()
    crawl = Crawl(archive, listing, Span(since=at(6))).run()
    assert crawl.fetched == [TOP, f"{TOP}/3", f"{TOP}/4", f"{TOP}/5", f"{TOP}/6"]
    assert min(known(archive)) <= 6
    assert Crawl(archive, listing, Span(since=at(6))).run().fetched == [TOP]


def test_a_later_date_limit_leaves_a_gap_that_the_next_run_closes(
    archive: Archive, listing: Listing
) -> None:
    Crawl(archive, listing).run()
    listing.publish(*range(21, 51))
    recent = Span(since=at(45))
    crawl = Crawl(archive, listing, recent).run()
    assert crawl.ends == ["older than wanted, the gap below is left for later"]
    assert Crawl(archive, listing, recent).run().fetched == [TOP]
    assert 30 not in known(archive)
    Crawl(archive, listing).run()
    assert known(archive) == set(listing.numbers)


def test_dates_that_pages_gave_stand_in_for_cards_without_any(
    archive: Archive, listing: Listing
) -> None:
    listing.dated = False
    everything = [page(each, published_at=at(each)) for each in listing.numbers]
    Frontier(archive).queue(everything, run=None, now=START)
    crawl = Crawl(archive, listing, Span(since=at(15))).run()
    assert crawl.ends == ["older than wanted"]


def test_when_too_much_was_deleted_the_walk_starts_at_the_top_again(
    archive: Archive, listing: Listing
) -> None:
    Crawl(archive, listing, lives=4).run()  # has seen 20 to 12 on three pages
    listing.delete(17, 16, 15, 14, 13, 12)
    crawl = Crawl(archive, listing).run()
    assert crawl.fetched[:4] == [TOP, f"{TOP}/3", TOP, f"{TOP}/2"]
    assert set(listing.numbers) <= known(archive)
    assert Crawl(archive, listing).run().fetched == [TOP]


def test_a_walk_whose_place_no_longer_exists_starts_at_the_top_again(
    archive: Archive, listing: Listing
) -> None:
    Crawl(archive, listing, lives=6).run()
    listing.delete(*range(9, 21))
    Crawl(archive, listing).run()
    assert set(listing.numbers) <= known(archive)
    assert Crawl(archive, listing).run().fetched == [TOP]


def endless(archive: Archive, cycle: int) -> list[str]:
    """Go through a listing of two pages that follow each other for ever; return the URLs."""
    cursors = ListingCursors(archive, run=start_run(archive))
    fetched = []
    for cursor in cursors.open("kalsel", TOP, START):
        place = int(cursor.url.rpartition("/")[2]) - 1 if cursor.url != TOP else 0
        url: str | None = cursor.url
        while url is not None:
            assert len(fetched) < 20
            fetched.append(url)
            cards = [page(place % cycle * 2), page(place % cycle * 2 + 1)]
            step = cursors.page(cursor, url, cards, Leaf(next_url=f"{TOP}/{place + 2}"), START)
            url, place = step.next_url, place + 1
    assert step.cause is Cause.UNKNOWN_FORM
    return fetched


@pytest.mark.parametrize("cycle", [1, 2, 3])
def test_a_listing_that_repeats_itself_stops_the_walk_and_is_owed(
    archive: Archive, cycle: int
) -> None:
    assert len(endless(archive, cycle)) == cycle + 1
    assert len(endless(archive, cycle)) <= 1 + 2 * cycle


def test_a_page_that_names_itself_as_the_next_stops_the_walk(archive: Archive) -> None:
    cursors = ListingCursors(archive, run=start_run(archive))
    [cursor] = cursors.open("kalsel", TOP, START)
    itself = Leaf(next_url=TOP)
    assert cursors.page(cursor, TOP, [page(1)], itself, START).next_url == TOP
    step = cursors.page(cursor, TOP, [page(1)], itself, START)
    assert (step.next_url, step.cause) == (None, Cause.UNKNOWN_FORM)


def test_a_page_is_one_transaction_with_its_record_and_its_articles(
    archive: Archive, listing: Listing
) -> None:
    cursors = ListingCursors(archive, run=start_run(archive))
    [cursor] = cursors.open("kalsel", TOP, START)
    cards, leaf = listing.page(TOP)
    clash = capture(1, length=1, sha256="0" * 64)
    cursors.page(cursor, TOP, cards[:1], leaf, START, [capture(1)])
    with pytest.raises(ValueError, match="another record"):
        cursors.page(cursor, f"{TOP}/2", cards[1:], Leaf(), START, [clash])
    assert known(archive) == {20}
    with archive.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(Sightings)) == 1
        roles = connection.execute(text("SELECT role, url FROM captures")).all()
    assert [tuple(row) for row in roles] == [("listing", address(1))]


def test_only_articles_that_are_due_are_asked_for(archive: Archive, listing: Listing) -> None:
    recent = Span(since=at(19))
    cursors = ListingCursors(archive, run=start_run(archive), wanted=recent)
    [cursor] = cursors.open("kalsel", TOP, START)
    cards, leaf = listing.page(TOP)
    step = cursors.page(cursor, TOP, cards, leaf, START + timedelta(1))
    assert numbers(due(step.named)) == [20, 19]


def test_walks_to_resume_come_after_the_head_the_newest_first(
    archive: Archive, listing: Listing
) -> None:
    for published in (range(21, 41), range(41, 61)):
        Crawl(archive, listing, lives=3).run()
        listing.publish(*published)
    cursors = ListingCursors(archive, run=start_run(archive)).open("kalsel", TOP, START)
    assert [cursor.resumed for cursor in cursors] == [False, True, True]
    assert all(newer.id > older.id for newer, older in pairwise(cursors))
