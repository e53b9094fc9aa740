"""What a feed, sitemap or listing showed, beside the entries that were taken from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from antara_crawler.items import Entry

EXAMPLES = 5
Kind = TypeVar("Kind", bound="Shown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What stood there: each item, card or URL is an entry, a repeat, a stray or damaged.

    `shown` is counted where they are found, the four where each has been read, so that
    `shown == len(entries) + repeats + strays + damaged` says that nothing went by in silence.
    """

    entries: tuple[Entry, ...] = ()
    """The articles, in order, each once."""
    shown: int = 0
    repeats: int = 0
    """Those that name an article that stood before."""
    strays: int = 0
    """Those that name something else: another host, a page that is no article."""
    stray_urls: tuple[str, ...] = ()
    """Addresses of the first few strays."""
    damaged: int = 0
    """Those that cannot be read."""
    damage: str | None = None
    """Why the first of them cannot."""
    cut_short: str | None = None
    """Why what follows was not read, None when all was: then nothing is owed."""


@dataclass(slots=True)
class Tally:
    """Counts what becomes of each thing shown, and keeps each article once."""

    shown: int = 0
    repeats: int = 0
    strays: int = 0
    damaged: int = 0
    damage: str | None = None
    _entries: dict[tuple[str, int], Entry] = field(default_factory=dict)
    _stray_urls: list[str] = field(default_factory=list)

    def take(self, entry: Entry) -> None:
        """Keep an entry, or count it as a repeat."""
        key = entry.address.kind, entry.address.number
        self.repeats += key in self._entries
        self._entries.setdefault(key, entry)

    def stray(self, urls: Iterable[str]) -> None:
        """Count one that is no article of the portal, by the addresses that it names."""
        self.strays += 1
        if len(self._stray_urls) < EXAMPLES:
            self._stray_urls.extend(list(urls)[:1])

    def spoil(self, why: str) -> None:
        """Count one that cannot be read."""
        self.damaged += 1
        self.damage = self.damage or why

    def sum(self, kind: type[Kind], **more: Any) -> Kind:
        """Return what was counted, with what else this kind of page tells."""
        return kind(
            entries=tuple(self._entries.values()),
            shown=self.shown,
            repeats=self.repeats,
            strays=self.strays,
            stray_urls=tuple(self._stray_urls),
            damaged=self.damaged,
            damage=self.damage,
            **more,
        )
