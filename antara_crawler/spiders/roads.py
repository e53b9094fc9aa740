"""The roads into a portal's past: the index of a day, and an article's number without its title."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from antara_crawler.errors import Cause, UnreadablePage
from antara_crawler.items import Found, Outcome, OutcomeState, Page, RoadPage
from antara_crawler.pages import Listing, address_of, canonical_listing, read_listing, says_missing
from antara_crawler.portals import Portal
from antara_crawler.spiders.answers import html_of, miss_of, seen_at
from antara_crawler.spiders.finding import found_on, leads_away
from antara_crawler.spiders.templates import BUILT_IN, read_with
from antara_crawler.wording import sentence

NUMBERS = "numbers"
STEPS = "redirect_reasons"
"""Under this name Scrapy keeps with a request by which statuses it was led on."""
DAY_INDEXES = {
    "indeks": "/indeks/{day:%d-%m-%Y}",
    "search": "/search/%20/{day:%d-%m-%Y}/{day:%d-%m-%Y}/1",
}
"""Where the articles of a day may be listed (SITE.md, Listings): the first that works is used."""
MOST_PAGES = 200
"""Pages of one day's index that are followed."""


class Roads:
    """Asks along the roads of one portal, and reads what stands there."""

    def __init__(self, portal: Portal, failed: Callable[[Failure], Iterator[Any]]) -> None:
        self.portal = portal
        self.templates = BUILT_IN
        self._failed = failed

    def number_page(self, number: int) -> Page:
        """Return the page of an article of which only the number is known."""
        url = f"{self.portal.base_url}/berita/{number}"
        return Page(self.portal.name, "article", url, "berita", number, guessed=True)

    def probe_of_numbers(self, number: int) -> Request:
        """Return the request that shows whether the number of a held article leads to it."""
        url = f"{self.portal.base_url}/berita/{number}"
        return self._request(url, RoadPage(road=NUMBERS, probes=True))

    def day_index(self, road: str, day: date, *, probes: bool = False) -> Request:
        """Return the request for the first page of a day's index."""
        url = f"{self.portal.base_url}{DAY_INDEXES[road].format(day=day)}"
        return self._request(url, RoadPage(road=road, day=day, probes=probes))

    def next_of_day(self, road: RoadPage) -> Request | None:
        """Return the request for the next page of a day's index, None where it was the last."""
        if road.next_url is None:
            return None
        return self._request(road.next_url, replace(road, next_url=None, probes=False))

    def parse(self, response: Response) -> Iterator[Found | Outcome]:
        """Yield what an answer says of its road."""
        road: RoadPage = response.meta["road"]
        if road.road == NUMBERS and response.status in (200, 404, 410):
            yield self._number(response, road)
        elif response.status == 200:
            yield self._index(response, road)
        elif response.status in (404, 410):
            # Of a road that works: a day on which nothing was published.
            yield self._none(response, road, f"HTTP {response.status}")
        else:
            yield self._no_answer(response, road, f"HTTP {response.status}", Cause.REFUSED)

    def unanswered(self, failure: Failure) -> Iterator[Outcome]:
        """Yield that a probe got no answer: the road is asked again by a later run."""
        page: Page = failure.request.meta["page"]  # type: ignore[attr-defined]
        yield Outcome(page, "queued", miss_of(failure).reason)

    def _request(self, url: str, road: RoadPage) -> Request:
        probing = {"probe": True, "handle_httpstatus_all": True} if road.probes else {}
        page = Page(self.portal.name, "listing", url)
        return Request(
            url,
            callback=self.parse,
            errback=self.unanswered if road.probes else self._failed,
            dont_filter=True,
            meta={"page": page, "road": road, **probing},
        )

    def _number(self, response: Response, road: RoadPage) -> Found | Outcome:
        page: Page = response.meta["page"]
        asked, reached = (address_of(url, self.portal) for url in (page.url, response.url))
        works, why = False, f"HTTP {response.status}"
        if response.status == 200 and asked and reached and asked.number == reached.number:
            try:
                read_with(self.templates, html_of(response), response, self.portal)
                works = True
            except UnreadablePage as error:
                why = str(error)
        elif response.status == 200:
            why = sentence(f"leads to {response.url}")
        if not works and response.status == 200:
            return self._no_answer(response, road, why, Cause.UNKNOWN_FORM)
        return Found(page, road=replace(road, works=works, why=why))

    def _index(self, response: Response, road: RoadPage) -> Found | Outcome:
        page: Page = response.meta["page"]
        if leads_away(page.url, response.url, self.portal):
            return self._no_answer(response, road, f"leads to {response.url}", Cause.FOREIGN)
        try:
            read = read_listing(html_of(response), response.url, self.portal)
        except UnreadablePage as error:
            return self._no_answer(response, road, str(error), error.cause)
        if read.cut:
            why = sentence(f"{page.url}: it breaks off: its last tags are not there")
            return self._no_answer(response, road, why, Cause.DAMAGED)
        if not read.entries and not read.sections:
            why = "no page of the portal: it has no menu"
            return self._no_answer(response, road, why, Cause.UNKNOWN_FORM)
        found = found_on(page, read, seen_at(response))
        if not read.listed or not read.entries:
            none = replace(road, works=False, why=sentence("it lists no article"))
            return replace(found, road=none)
        met = road.met | {(each.address.kind, each.address.number) for each in read.entries}
        following = self._following(read, page.url, road) if met != road.met else None
        return replace(found, road=replace(road, met=met, next_url=following))

    def _following(self, read: Listing, url: str, road: RoadPage) -> str | None:
        """Return the next page of the same day: what the pager names, else the next number."""
        number = re.search(r"/(\d{1,3})$", url)
        if number and int(number[1]) >= MOST_PAGES:
            return None
        if read.next_url is not None or read.paged:
            # A day's 'next' may be the next day.
            mine = read.next_url is not None and f"{road.day:%d-%m-%Y}" in read.next_url
            return read.next_url if mine else None
        return f"{url[: number.start(1)]}{int(number[1]) + 1}" if number else None

    def _none(self, response: Response, road: RoadPage, why: str) -> Found:
        return Found(response.meta["page"], road=replace(road, works=False, why=why))

    def _no_answer(
        self, response: Response, road: RoadPage, why: str, cause: Cause
    ) -> Found | Outcome:
        """Return that nothing is there, where the answer says so; else a later run asks again.

        A notice, a wall or a login says nothing of a road: it was closed for good by one.
        """
        page: Page = response.meta["page"]
        if response.status == 200 and _is_missing(response, self.portal):
            return self._none(response, road, why)
        if road.probes:
            return Outcome(page, "queued", why, response.status)
        return Outcome(page, "unreadable", why, response.status, cause=cause)


def _is_missing(response: Response, portal: Portal) -> bool:
    """Tell whether an answer says, by where it leads or in words, that there is no such article."""
    reached = canonical_listing(response.url, portal).rstrip("/")
    page: Page = response.meta["page"]
    at = address_of(reached, portal)
    if "parts" in response.meta:
        return False  # it is a further page of an article that is there
    if at and page.number and (at.kind, at.number) != (page.kind, page.number):
        steps = response.meta.get(STEPS, ())
        return page.guessed or (bool(steps) and {*steps} <= {301, 308})  # it has another number
    if reached == portal.base_url:
        return True
    try:
        return says_missing(html_of(response), response.url)
    except UnreadablePage:
        return False


def unread(response: Response, portal: Portal, why: str, cause: Cause) -> Outcome:
    """Return what a page comes to that shows no article: it may be that there is none.

    Who tells of it names its address; `why` is kept without.
    """
    why = why.removeprefix(f"{response.url}: ")
    state: OutcomeState = "unreadable"
    if _is_missing(response, portal):
        state, cause = "gone", Cause.NOT_FOUND
    return Outcome(response.meta["page"], state, why, response.status, cause=cause)
