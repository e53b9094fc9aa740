"""Which page of a listing comes next. Where a cursor ends otherwise, the frontier says."""

import re

from antara_crawler.items import Leaf
from antara_crawler.pages import Listing, canonical_listing
from antara_crawler.portals import Portal


def leaf_of(page: Listing, url: str, listing: str, portal: Portal) -> Leaf:
    """Return what the page at `url` says of its listing.

    Where a page has articles and no pager, its number is counted up: /terkini/2 follows
    /terkini, though nobody names it.
    """
    following, named = page.next_url, True
    if following is None and page.entries and page.listed and not page.paged:
        following, named = _counted_up(url, listing), False
    return Leaf(
        next_url=following,
        named=named,
        elsewhere=page.next_elsewhere,
        listed=page.listed,
        paged=page.paged,
        title=page.title,
        strays=page.strays,
    )


def leads_away(asked: str, answered: str, portal: Portal) -> bool:
    """Tell whether a listing's page was answered with another: by a redirect to the home page."""
    return _place(canonical_listing(asked, portal)) != _place(canonical_listing(answered, portal))


def _place(url: str) -> tuple[str, int]:
    """Return a page's listing and number: /terkini, /terkini/1 and /terkini?page=1 are one."""
    match = re.search(r"(?:/|[?&]page=)(\d{1,9})$", url)
    return (url[: match.start()], int(match[1])) if match else (url, 1)


def _counted_up(url: str, listing: str) -> str:
    if by_query := re.fullmatch(r"(.*[?&]page=)(\d{1,9})", url):
        return f"{by_query[1]}{int(by_query[2]) + 1}"
    number = re.fullmatch(re.escape(listing) + r"/(\d{1,9})", url)
    return f"{listing}/{int(number[1]) + 1 if number else 2}"
