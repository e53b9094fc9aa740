"""What a feed, sitemap or listing showed: its entries, and what else stood there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from antara_crawler.addresses import is_misread
from antara_crawler.items import Address, Counts
from antara_crawler.portals import Portal
from antara_crawler.wording import sentence

_COUNTED = ("shown", "repeats", "strays", "stray", "damaged", "damage")
Kind = TypeVar("Kind", bound="Shown")


@dataclass(frozen=True, slots=True)
class Entry:
    """One card of a listing, or one item of a feed or sitemap.

    `published_at` where a date is given; `age` where the card says '5 jam lalu'.
    """

    address: Address
    title: str | None = None
    published_at: datetime | None = None
    age: timedelta | None = None
    margin: timedelta = timedelta(0)
    """How far the date may be off: it is a hint."""
    teaser: str | None = None
    """How its text begins, as a feed says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Counts):
    """What stood there: `shown == len(entries) + repeats + strays + damaged`."""

    entries: tuple[Entry, ...] = ()
    """The articles, in order, each once."""
    built_at: datetime | None = None
    """When a feed says that it was made."""


@dataclass(slots=True)
class Tally:
    """Counts what becomes of each thing shown, and keeps each article once."""

    shown: int = 0
    repeats: int = 0
    strays: int = 0
    stray: str | None = None
    damaged: int = 0
    damage: str | None = None
    _entries: dict[tuple[str, int], Entry] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """Keep an entry, or count it as a repeat."""
        key = entry.address.kind, entry.address.number
        self.repeats += key in self._entries
        self._entries.setdefault(key, entry)

    def leave(self, urls: Sequence[str], portal: Portal) -> None:
        """Count one that is no article of the portal, by the addresses that it names."""
        if misread := next((url for url in urls if is_misread(url, portal)), None):
            self.spoil(sentence(f"its address is of no known form: {misread}"))
            return
        self.strays += 1
        self.stray = self.stray or next(iter(urls), None)

    def spoil(self, why: str) -> None:
        """Count one that cannot be read."""
        self.damaged += 1
        self.damage = self.damage or why

    def sum(self, kind: type[Kind], **more: Any) -> Kind:
        """Return what was counted, with what else this kind of page tells."""
        counts: dict[str, Any] = {name: getattr(self, name) for name in _COUNTED}
        return kind(entries=tuple(self._entries.values()), **counts, **more)
