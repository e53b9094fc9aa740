"""The registry of ANTARA's regional portals, read from portals.toml: data, no code per portal."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from antara_crawler.errors import UsageError
from antara_crawler.wording import tables

_USUAL_PORTS = {"http": 80, "https": 443}
_LABELS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
    "Asia/Kuala_Lumpur": "MYT",
}


@dataclass(frozen=True)
class Portal:
    """One regional site: where it is, whose clock it shows, how it signs its texts.

    `feeds` and `listings` are paths on its host; `aliases` are older hosts of the same portal.
    `mirror` is the address that a crawl reads it from in its stead, if any: never in the registry.
    """

    name: str
    host: str
    province: str
    zone: str
    copyright_name: str
    feeds: tuple[str, ...] = ("/rss/terkini.xml",)
    listings: tuple[str, ...] = ("/terkini",)
    aliases: tuple[str, ...] = ()
    mirror: str | None = None

    @property
    def zone_label(self) -> str:
        """The zone as the portal prints it: WIB, WITA, WIT (Kuala Lumpur: MYT)."""
        return _LABELS[self.zone]

    @property
    def base_url(self) -> str:
        """`https://` and the host, without a slash at the end."""
        return f"https://{self.host}"

    @property
    def listing_urls(self) -> tuple[str, ...]:
        """The first pages of the listings that show all articles, the newest first."""
        return tuple(f"{self.base_url}{path}" for path in self.listings)

    def has_host(self, host: str) -> bool:
        """Tell whether a host is this portal's: its own, an older one, or its m. or www. form."""
        bare = host.lower().removesuffix(".").removeprefix("m.").removeprefix("www.")
        return bare == self.host or bare in self.aliases

    def owns(self, url: str) -> bool:
        """Tell whether an absolute URL is on one of this portal's hosts, at the usual port."""
        try:
            parts = urlsplit(url)
            usual = parts.port in (None, _USUAL_PORTS.get(parts.scheme))
        except ValueError:
            return False
        return parts.scheme in _USUAL_PORTS and usual and self.has_host(parts.hostname or "")

    def local_date(self, at: datetime) -> date:
        """Return the date of a moment on this portal's own clock."""
        return at.astimezone(ZoneInfo(self.zone)).date()


@cache
def portals() -> Mapping[str, Portal]:
    """All portals by name, in the order of portals.toml."""
    table = tables("portals.toml").items()
    return MappingProxyType({name: _portal(name, entry) for name, entry in table})


def portal(name: str) -> Portal:
    """Return the portal of that name; raise UsageError, naming near ones, when there is none."""
    known = portals()
    if name in known:
        return known[name]
    meant = name.strip().casefold()
    host = urlsplit(meant).hostname if "//" in meant else meant.partition("/")[0]
    alike = [
        each.name
        for each in known.values()
        if meant in (each.name, each.province.casefold()) or each.has_host(host or "")
    ]
    near = alike or difflib.get_close_matches(meant, known, n=3) or list(known)
    raise UsageError(f"unknown portal {name!r}: did you mean {', '.join(near)}?")


def _portal(name: str, entry: dict[str, str | list[str]]) -> Portal:
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return Portal(name=name, **values)  # type: ignore[arg-type]
