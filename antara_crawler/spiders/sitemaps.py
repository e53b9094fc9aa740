"""Which sitemaps are asked for: the portal's own, each once, and a bounded number of them."""

import logging
from collections.abc import Iterable

from antara_crawler.pages import absolute, own_url
from antara_crawler.portals import Portal
from antara_crawler.wording import sentence

DEEPEST = 3
"""An index of indexes of indexes is followed, and no further."""
MOST = 5_000
"""Sitemaps that are asked for in a run: of 50,000 addresses each, as they may have."""

logger = logging.getLogger(__name__)


class Sitemaps:
    """The sitemaps of a portal that one run has met, and how deep below robots.txt each is."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self._depths: dict[str, int] = {}
        self.indexes: set[str] = set()
        """Those that name others: that one is as it was says nothing of the others."""
        self._named: tuple[str, ...] = ()
        self.is_guessed = False
        """Whether robots.txt names none: then the usual place is asked once."""

    def name(self, urls: Iterable[str]) -> None:
        """Note those that robots.txt names; the usual place where it names none of the portal."""
        own: dict[str, None] = {}
        for url in urls:
            place = absolute(url, f"{self.portal.base_url}/robots.txt")
            found = own_url(place, self.portal) if place else None
            if found is None:
                logger.warning("robots.txt names a sitemap of another host: %.200s", url)
            else:
                own[found] = None
        self._named = tuple(own) or (f"{self.portal.base_url}/sitemap.xml",)
        self.is_guessed = not own

    def take_named(self) -> tuple[str, ...]:
        """Return, once, those to begin with."""
        named, self._named = self._named, ()
        new = tuple(url for url in named if url not in self._depths)
        self._depths |= dict.fromkeys(new, 0)
        return new

    def follow(self, index: str, parts: Iterable[str]) -> tuple[tuple[str, ...], str | None]:
        """Return which parts of an index to ask for, and why not all new ones, None if all."""
        depth = self._depths.get(index, 0) + 1
        named = list(parts)
        if named:
            self.indexes.add(index)
        new = [url for url in named if url not in self._depths]
        if new and depth > DEEPEST:
            return (), sentence(f"a sitemap index {depth} deep: its parts are not followed")
        room = MOST - len(self._depths)
        followed = tuple(new[:room])
        self._depths |= dict.fromkeys(followed, depth)
        left = len(new) - len(followed)
        why = sentence(f"over {MOST:,} sitemaps: {left:,} are not followed")
        return followed, why if left else None
