"""When a page was published, as far as the frontier knows: by hints, until the page itself says so.

A hint of a feed, sitemap or card chooses what is asked for now, never what is left out for good.
It is kept with how far it may be off; a better one takes its place, and the page's own date is the
best.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import Page

AHEAD = timedelta(days=2)
"""A hint further ahead of the clock than this is a slip."""


@dataclass(frozen=True, slots=True)
class Dated:
    """About when a page was published, and the moments between which that surely was.

    All are None where nothing is known; `earliest` alone where only the end is.
    """

    at: datetime | None = None
    earliest: datetime | None = None
    latest: datetime | None = None

    @classmethod
    def by_page(cls, at: datetime | None) -> Self:
        """Return what a page says itself."""
        return cls(at, at, at)

    @classmethod
    def by_hint(cls, page: Page, now: datetime) -> Self:
        """Return what a feed, sitemap or card says; nothing where that lies in the future."""
        at = page.published_at
        if at is None or at > now + AHEAD:
            return cls()
        return cls(at, at - page.margin, at + page.margin)

    @classmethod
    def of(cls, row: AnyRow) -> Self:
        """Return what a row of the frontier holds."""
        return cls(row.published_at, row.earliest_at, row.latest_at)

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a row that hold it."""
        return {"published_at": self.at, "earliest_at": self.earliest, "latest_at": self.latest}

    @property
    def is_final(self) -> bool:
        """Whether the page said it itself."""
        return self.at is not None and self.earliest == self.latest

    def is_better_than(self, other: "Dated") -> bool:
        """Tell whether this is to take the other's place."""
        if self.earliest is None or self.latest is None:
            return False
        if other.earliest is None or other.latest is None:
            return True
        return self.latest - self.earliest < other.latest - other.earliest
