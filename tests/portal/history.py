"""A portal with a long past, to which only some roads lead."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.portal import listings
from tests.portal.model import Article
from tests.portal.site import TODAY, Reply, Site

_DAY = re.compile(r"/indeks/(\d\d-\d\d-\d{4})(?:/(\d+))?|/search/ /(\d\d-\d\d-\d{4})/\3/(\d+)")


class LongSite(Site):
    """A `Site` of three years, `missing` of whose numbers are no article's.

    `most_pages` is the last page that a listing has (0: there are none), `index` the day index
    that works ('indeks', 'search' or None), `by_number` whether /berita/NUMBER leads to the
    article. `absent` is what a number without an article gives: '404', 'home' or 'soft'.
    """

    def __init__(
        self, seed: int, articles: int, *, days: int = 1096, missing: float = 0.03,
        most_pages: int = 10**6, index: str | None = None, by_number: bool = True,
        absent: str = "404", today: datetime = TODAY, **more: Any,
    ) -> None:  # fmt: skip
        self.most_pages, self.index, self.by_number = most_pages, index, by_number
        self.absent = absent
        self.hidden: set[int] = set()
        """Numbers of articles that no feed or listing names."""
        start = today - timedelta(days=days)
        super().__init__(seed, articles, missing=missing, start=start, today=today, **more)

    @property
    def missing(self) -> list[int]:
        """The numbers between the first and the last that are no article's."""
        held = {article.number for article in self.articles}
        return [n for n in range(min(held), max(held)) if n not in held]

    def listed(self, path: str) -> list[Article] | None:
        found = super().listed(path)
        if found is None or not self.most_pages:
            return None
        shown = [article for article in found if article.number not in self.hidden]
        return shown[: self.most_pages * self.per_page]

    def respond(
        self, path: str, query: str = "", headers: Mapping[str, str] | None = None
    ) -> Reply:
        day = _DAY.fullmatch(path.replace("%20", " "))
        if day:
            return self._of_day(path.split("/")[1], day[1] or day[3], int(day[2] or day[4] or 1))
        bare = re.fullmatch(r"/berita/(\d+)", path)
        if bare and not self.by_number:
            return self.not_found()
        if bare and ("berita", int(bare[1])) not in self._by_key and self.absent != "404":
            if self.absent == "home":
                return Reply(302, [("Location", "/")])
            return replace(self.not_found(), status=200)
        return super().respond(path, query, headers)

    def _robots(self) -> str:
        return super()._robots().replace("Disallow: /search\n", "")

    def _of_day(self, form: str, day: str, number: int) -> Reply:
        if form != self.index:
            return self.not_found()
        on = date(*map(int, reversed(day.split("-"))))  # type: ignore[arg-type]
        zone = self.today.tzinfo
        of_day = [a for a in self.newest if a.published.astimezone(zone).date() == on]
        pages = max(1, -(-len(of_day) // self.per_page))
        pattern = f"/indeks/{day}/{{}}" if form == "indeks" else f"/search/%20/{day}/{day}/{{}}"
        here = of_day[(number - 1) * self.per_page : number * self.per_page]
        html = listings.listing_html(here, self._chrome(), "Indeks", number, pages, pattern)
        return self._html(html)
