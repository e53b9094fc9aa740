"""How pages are found: sitemaps within bounds, the next page of a listing, the dates of cards."""

from datetime import UTC, datetime, timedelta

import pytest

from antara_crawler.items import Address, Page
from antara_crawler.pages import Listing, Shown, read_feed
from antara_crawler.pages.found.shown import Entry
from antara_crawler.portals import portal
from antara_crawler.spiders import sitemaps
from antara_crawler.spiders.finding import found_on, leads_away, leaf_of
from antara_crawler.spiders.sitemaps import DEEPEST, Sitemaps

KALSEL = portal("kalsel")
HOST = KALSEL.base_url
URL = f"{HOST}/terkini"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
ENTRY = Entry(Address("kalsel", "berita", 1, f"{HOST}/berita/1"))


@pytest.mark.parametrize(
    "line",
    [
        "/peta.xml",
        "http://kalsel.antaranews.com/peta.xml",
        "//kalsel.antaranews.com/peta.xml",
        "HTTPS://KALSEL.ANTARANEWS.COM/peta.xml",
        "https://www.kalsel.antaranews.com/peta.xml",
    ],
)
def test_robots_may_name_a_sitemap_in_any_form(line: str) -> None:
    met = Sitemaps(KALSEL)
    met.name([line, "https://www.antaranews.com/peta.xml"])
    assert met.take_named() == (f"{HOST}/peta.xml",)
    assert met.take_named() == ()


def test_the_usual_place_is_looked_at_where_robots_names_none_of_the_portal() -> None:
    met = Sitemaps(KALSEL)
    met.name(["https://www.antaranews.com/peta.xml"])
    assert met.take_named() == (f"{HOST}/sitemap.xml",)


def test_indexes_that_name_ever_new_ones_are_followed_to_a_depth() -> None:
    met = Sitemaps(KALSEL)
    met.name(["/0.xml"])
    [url] = met.take_named()
    for depth in range(1, DEEPEST + 1):
        assert met.follow(url, [f"{HOST}/{depth}.xml"]) == ((f"{HOST}/{depth}.xml",), None)
        url = f"{HOST}/{depth}.xml"
    assert met.follow(url, [f"{HOST}/more.xml"]) == (
        (),
        f"a sitemap index {DEEPEST + 1} deep: its parts are not followed",
    )
    assert met.follow(url, [f"{HOST}/1.xml"]) == ((), None)  # met before


def test_no_more_sitemaps_than_a_bound_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST", 3)
    met = Sitemaps(KALSEL)
    met.name(["/0.xml"])
    [url] = met.take_named()
    followed, why = met.follow(url, [f"{HOST}/{n}.xml" for n in range(1, 6)])
    assert followed == (f"{HOST}/1.xml", f"{HOST}/2.xml")
    assert why == "over 3 sitemaps: 3 are not followed"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (URL, f"{URL}/2"),
        (f"{URL}/2", f"{URL}/3"),
        (f"{URL}?page=4", f"{URL}?page=5"),
    ],
)
def test_a_page_without_pager_is_followed_by_the_next_number(url: str, wanted: str) -> None:
    leaf = leaf_of(Listing(entries=(ENTRY,)), url, URL)
    assert (leaf.next_url, leaf.named) == (wanted, False)


@pytest.mark.parametrize(
    "page",
    [
        Listing(entries=(ENTRY,), paged=True, last=0),
        Listing(),
        Listing(entries=(ENTRY,), listed=False),
    ],
)
def test_nothing_follows_a_last_page_or_one_without_articles(page: Listing) -> None:
    assert leaf_of(page, f"{URL}/3", URL, last=3).next_url is None


def test_an_end_is_made_sure_of_where_no_pager_named_more_than_its_next_page() -> None:
    leaf = leaf_of(Listing(entries=(ENTRY,), paged=True), f"{URL}/3", URL)
    assert (leaf.next_url, leaf.named, leaf.ends) == (f"{URL}/4", False, True)


@pytest.mark.parametrize(
    ("url", "elsewhere", "wanted"),
    [
        (f"{URL}/2", None, f"{URL}/3"),
        (f"{URL}?page=4", None, f"{URL}?page=5"),
        (f"{URL}/5", None, None),
        (f"{URL}/2", "https://other.example/3", None),
    ],
)
def test_a_pager_that_knows_less_than_an_earlier_one_is_not_believed(
    url: str, elsewhere: str | None, wanted: str | None
) -> None:
    page = Listing(entries=(ENTRY,), paged=True, last=2, next_elsewhere=elsewhere)
    leaf = leaf_of(page, url, URL, last=5)
    assert (leaf.next_url, leaf.named) == (wanted, wanted is None)


def test_a_listing_whose_own_address_ends_in_a_number_begins_at_its_first_page() -> None:
    page = Listing(entries=(ENTRY,), paged=True, last=1)
    leaf = leaf_of(page, f"{HOST}/tag/2026", f"{HOST}/tag/2026", last=3)
    assert (leaf.next_url, leaf.named) == (f"{HOST}/tag/2026/2", False)


@pytest.mark.parametrize(
    ("answered", "is_away"),
    [
        (f"{URL}/2", False),
        ("http://m.kalsel.antaranews.com/terkini/2/", False),
        (f"{URL}?page=2", False),
        (URL, True),
        (HOST, True),
        (f"{HOST}/ekonomi/2", True),
        ("https://www.antaranews.com/terkini/2", True),
    ],
)  # fmt: skip
def test_a_page_that_is_answered_with_another_leads_away(answered: str, is_away: bool) -> None:
    assert leads_away(f"{URL}/2", answered, KALSEL) is is_away


@pytest.mark.parametrize(
    ("age", "published_at"),
    [
        (timedelta(hours=5), NOW - timedelta(hours=5)),
        (timedelta(days=365 * 9999), None),
        (None, None),
    ],
)
def test_an_age_is_counted_from_when_the_page_was_seen(
    age: timedelta | None, published_at: datetime | None
) -> None:
    entry = Entry(ENTRY.address, age=age, margin=timedelta(days=1))
    found = found_on(Page("kalsel", "listing", URL), Shown(entries=(entry,), shown=1), NOW)
    [page] = found.articles
    assert (page.published_at, page.margin) == (published_at, timedelta(days=1))


@pytest.mark.parametrize(
    ("built", "days", "is_told"),
    [
        ("Fri, 29 May 2026 09:00:00 +0700", 3, True),
        ("Fri, 29 May 2026 09:00:00 +0700", 1, False),
        ("Thu, 28 May 2026 13:30:00 +0700", 3, False),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 3, False),
        ("Jumat", 3, False),
    ],
)
def test_a_feed_that_says_it_was_made_days_ago_is_told_of(
    built: str, days: int, is_told: bool
) -> None:
    body = (
        f"<rss><channel><lastBuildDate>{built}</lastBuildDate><item><link>{HOST}/berita/7/x</link>"
        "<pubDate>Thu, 28 May 2026 13:27:46 +0700</pubDate></item></channel></rss>"
    )
    url, seen_at = f"{HOST}/rss/terkini.xml", datetime(2026, 5, 29, 3, tzinfo=UTC)
    shown = read_feed(body.encode(), url, KALSEL)
    found = found_on(Page("kalsel", "feed", url), shown, seen_at + timedelta(days=days))
    assert (len(found.articles), bool(found.note)) == (1, is_told)
