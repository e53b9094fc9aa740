"""Which page of a listing comes next. Where a walk ends otherwise, the ledger says."""

import re

from antara_crawler.pages import Listing
from antara_crawler.portals import Portal


def next_page(url: str, listing: str, page: Listing, portal: Portal) -> str | None:
    """Return the URL of the page that follows `url` back in time, or None at the end.

    Where a page has articles and no pager, its number is counted up: /terkini/2 follows
    /terkini. A pager that leads to another host ends the walk.
    """
    following = page.next_url
    if following is None and page.entries and not page.paged:
        following = _counted_up(url, listing)
    return following if following and following.startswith(f"{portal.base_url}/") else None


def _counted_up(url: str, listing: str) -> str:
    if by_query := re.fullmatch(r"(.*[?&]page=)(\d{1,9})", url):
        return f"{by_query[1]}{int(by_query[2]) + 1}"
    number = re.fullmatch(re.escape(listing) + r"/(\d{1,9})", url)
    return f"{listing}/{int(number[1]) + 1 if number else 2}"
