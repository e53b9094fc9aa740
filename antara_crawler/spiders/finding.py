"""What a page named, in the frontier's terms: pages to ask for, and where a listing goes on."""

import re
from dataclasses import fields, replace
from datetime import datetime, timedelta

from antara_crawler.addresses import place_in_listing
from antara_crawler.items import Counts, Found, Hint, Leaf, Page
from antara_crawler.pages import Listing, Shown, canonical_listing
from antara_crawler.pages.found.evidence import SAME_TIME
from antara_crawler.pages.found.shown import Entry
from antara_crawler.portals import Portal
from antara_crawler.unanswered import LONGEST_KEPT
from antara_crawler.wording import sentence

DAY = timedelta(days=1)
LONGEST_HINT = 300
WITH_NEWEST = timedelta(hours=1)
LONGEST_AGE = timedelta(days=20_000)
"""A card's '9999 tahun lalu' is no date."""


def found_on(page: Page, shown: Shown, seen_at: datetime, section: str | None = None) -> Found:
    """Return what stood on a page that was seen at a time, its articles by their own pages.

    `section` is the one whose listing it is of.
    """
    articles = tuple(_page_of(entry, page, seen_at, section) for entry in shown.entries)
    counts = {each.name: getattr(shown, each.name) for each in fields(Counts)}
    return Found(page, articles, **counts, note=_old(shown, seen_at, page.url))


def _old(shown: Shown, seen_at: datetime, url: str) -> str | None:
    """Return what a feed's own date says against it.

    One that is the date of its newest article says no more than that.
    """
    newest = max(filter(None, (each.published_at for each in shown.entries)), default=seen_at)
    built = shown.built_at
    if built is None or seen_at - built < LONGEST_KEPT or built - newest < WITH_NEWEST:
        return None
    return sentence(
        f"{url} says that it was made on {built:%Y-%m-%d %H:%M}: it may be an old copy, which names"
        " nothing newer"
    )


def section_of(listing: str) -> str:
    """Return the section that a listing is of, as its address has it."""
    return listing.rstrip("/").rpartition("/")[2]


def _page_of(entry: Entry, on: Page, seen_at: datetime, section: str | None) -> Page:
    at, published_at = entry.address, entry.published_at
    if published_at is None and entry.age is not None and entry.age < LONGEST_AGE:
        published_at = seen_at - entry.age
    page = Page(at.portal, "article", at.url, at.kind, at.number, published_at, margin=entry.margin)
    if on.role not in ("feed", "listing"):
        return page
    within = SAME_TIME if entry.margin <= DAY else DAY
    if entry.age is not None:
        within = max(entry.margin - DAY, timedelta(hours=1))
    hint = Hint(
        "feed" if on.role == "feed" else "card",
        (entry.title or "")[:LONGEST_HINT] or None,
        (entry.teaser or "")[:LONGEST_HINT] or None,
        section,
        published_at,
        within,
    )
    return replace(page, hints=(hint,))


def leaf_of(page: Listing, url: str, listing: str, last: int = 0) -> Leaf:
    """Return what the page at `url` says of its listing.

    Where a page has articles and no pager, its number is counted up: /terkini/2 follows
    /terkini, though nobody names it. So it is where its pager says that it is the last and that
    of another page named more, up to `last`: a cache may have kept one from when it was. Where no
    pager named more than the page after its own, `last` is 0, and the next number is to bear the
    end out.
    """
    following, named = page.next_url, True
    by_path = re.fullmatch(re.escape(listing) + r"/(\d{1,9})", url)
    by_query = re.fullmatch(r"(.*[?&]page=)(\d{1,9})", url)
    number = int(by_query[2] if by_query else by_path[1] if by_path else 1)
    may_follow = not page.paged or (page.next_elsewhere is None and (number < last or not last))
    if following is None and page.entries and page.listed and may_follow:
        named = False
        following = f"{by_query[1] if by_query else f'{listing}/'}{number + 1}"
    return Leaf(
        next_url=following,
        named=named,
        ends=not named and page.paged and not last,
        elsewhere=page.next_elsewhere,
        listed=page.listed,
        paged=page.paged,
        cut=page.cut,
        title=page.title,
        strays=page.strays,
    )


def leads_away(asked: str, answered: str, portal: Portal) -> bool:
    """Tell whether a listing's page was answered with another: by a redirect to the home page."""
    places = (place_in_listing(canonical_listing(url, portal)) for url in (asked, answered))
    return len(set(places)) > 1
