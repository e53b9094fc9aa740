"""When a page was published, as far as the frontier knows: by hints, until the page itself says so.

A hint of a feed, sitemap or card chooses what is asked for now, never what is left out for good.
It is kept with how far it may be off; a better one takes its place, and the page's own date is the
best.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import Hint, Page

AHEAD = timedelta(days=2)
"""A hint further ahead of the clock than this is a slip."""
Kept = Mapping[str, Mapping[str, Any]]
"""By source, what it said."""


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


def hints_of(kept: Kept | None) -> tuple[Hint, ...]:
    """Return what a row keeps as hints."""
    return tuple(_hint(source, said) for source, said in (kept or {}).items())


def with_hints(kept: Kept | None, hints: tuple[Hint, ...]) -> Kept | None:
    """Return what a row is to keep; the same object where nothing new was said.

    A time that only says again about when it was, as '5 jam lalu' does each hour, is not new. The
    section is the first in whose listing the page stood.
    """
    new = {hint.source: hint for hint in hints if not _is_known(hint, kept)}
    if not new:
        return kept
    found: dict[str, Mapping[str, Any]] = dict(kept or {})
    for source, hint in new.items():
        section = found.get(source, {}).get("section") or hint.section
        said = {
            "title": hint.title,
            "teaser": hint.teaser,
            "section": section,
            "at": hint.published_at and hint.published_at.isoformat(),
            "within": round(hint.within.total_seconds()),
        }
        found[source] = {name: value for name, value in said.items() if value}
    return found


def _hint(source: Any, said: Mapping[str, Any]) -> Hint:
    at = said.get("at")
    within = timedelta(seconds=said.get("within", 0))
    moment = datetime.fromisoformat(at) if at else None
    return Hint(source, said.get("title"), said.get("teaser"), said.get("section"), moment, within)


def _is_known(hint: Hint, kept: Kept | None) -> bool:
    if not kept or hint.source not in kept:
        return False
    before = _hint(hint.source, kept[hint.source])
    if (before.title, before.teaser) != (hint.title, hint.teaser):
        return False
    if hint.section and not before.section:
        return False
    if hint.published_at is None or before.published_at is None:
        return hint.published_at is before.published_at
    return abs(hint.published_at - before.published_at) <= max(hint.within, before.within)
