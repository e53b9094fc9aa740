"""What a page named, in the frontier's terms: entries become pages to ask for."""

from datetime import datetime, timedelta

from antara_crawler.items import Entry, Found, Page
from antara_crawler.pages import Shown

LONGEST_AGE = timedelta(days=20_000)
"""A card's '9999 tahun lalu' is no date."""


def found_on(page: Page, shown: Shown, seen_at: datetime) -> Found:
    """Return what stood on a page that was seen at a time, its articles by their own pages."""
    return Found(
        page,
        tuple(_page_of(entry, seen_at) for entry in shown.entries),
        shown=shown.shown,
        repeats=shown.repeats,
        strays=shown.strays,
        stray=next(iter(shown.stray_urls), None),
        damaged=shown.damaged,
        damage=shown.damage,
        cut_short=shown.cut_short,
    )


def _page_of(entry: Entry, seen_at: datetime) -> Page:
    at, published_at = entry.address, entry.published_at
    if published_at is None and entry.age is not None and entry.age < LONGEST_AGE:
        published_at = seen_at - entry.age
    return Page(at.portal, "article", at.url, at.kind, at.number, published_at, margin=entry.margin)
