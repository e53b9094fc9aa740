"""What a page named, in the frontier's terms: entries become pages to ask for."""

from dataclasses import replace
from datetime import datetime, timedelta

from antara_crawler.items import Entry, Found, Hint, Page
from antara_crawler.pages import Shown
from antara_crawler.pages.evidence import SAME_TIME

DAY = timedelta(days=1)
LONGEST_HINT = 300
LONGEST_AGE = timedelta(days=20_000)
"""A card's '9999 tahun lalu' is no date."""


def found_on(page: Page, shown: Shown, seen_at: datetime, section: str | None = None) -> Found:
    """Return what stood on a page that was seen at a time, its articles by their own pages.

    `section` is the one whose listing it is of.
    """
    return Found(
        page,
        tuple(_page_of(entry, page, seen_at, section) for entry in shown.entries),
        shown=shown.shown,
        repeats=shown.repeats,
        strays=shown.strays,
        stray=next(iter(shown.stray_urls), None),
        damaged=shown.damaged,
        damage=shown.damage,
        cut_short=shown.cut_short,
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
    hint = Hint(
        "feed" if on.role == "feed" else "card",
        (entry.title or "")[:LONGEST_HINT] or None,
        (entry.teaser or "")[:LONGEST_HINT] or None,
        section,
        published_at,
        _within(entry),
    )
    return replace(page, hints=(hint,))


def _within(entry: Entry) -> timedelta:
    """Return how far from the page's own time the one that is said may be, and still be it."""
    if entry.age is not None:
        return max(entry.margin - DAY, timedelta(hours=1))
    return SAME_TIME if entry.margin <= DAY else DAY
