"""The spider arguments of a crawl, checked before anything is started."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from antara_crawler.errors import UsageError

_FIRST_CLOCK = timedelta(hours=14)
"""How far the clock is ahead where a day begins first."""

_YEARS = range(1900, 2200)
"""A clock can be put forward or back around each of their days."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of each day on the portal's clock, from one full hour to another: 22 to 5, say."""

    first: int
    end: int

    def __str__(self) -> str:
        """Return it as it is written."""
        return f"{self.first:02d}-{self.end:02d}"

    def seconds_left(self, now: time) -> float:
        """Return how long it still lasts; 0 outside of it."""
        length = (self.end - self.first) % 24 or 24
        past = (now.hour - self.first) % 24 * 3600 + now.minute * 60 + now.second
        return float(max(0, length * 3600 - past))


@dataclass(frozen=True, slots=True)
class Arguments:
    """What `-a NAME=value` may say; dates are the portal's local dates, both ends included."""

    base_url: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int | None = None
    captures: Path | None = None
    reopen: bool | None = None
    """Whether to walk each listing again from its first page to its end, and try each road."""
    minutes: float | None = None
    """After how many minutes the run ends; what is left waits for the next."""
    hours: Hours | None = None
    """The hours of the day, on the portal's clock, outside of which nothing is asked for."""

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> Self:
        """Return the arguments, or raise UsageError naming the one that is wrong.

        Those that begin with _ are a job server's own (`_job` of scrapyd and Scrapy Cloud).
        """
        known = ", ".join(_READ)
        for name in given:
            if name not in _READ and not name.startswith("_"):
                raise UsageError(f"-a {name}=… is not known: use one of {known}")
        found = {name: _READ[name](text) for name, text in given.items() if name in _READ}
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            raise UsageError(f"since={since} is after until={until}: exchange them")
        if since and since > (datetime.now(UTC) + _FIRST_CLOCK).date():
            raise UsageError(f"since={since} is in the future: name a day from which on to fetch")
        return cls(**found)

    def times(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """Return the moments from which on, and before which, a publication is wanted."""
        midnight = time(tzinfo=zone)
        after = self.until + timedelta(days=1) if self.until else None
        return (
            datetime.combine(self.since, midnight) if self.since else None,
            datetime.combine(after, midnight) if after else None,
        )

    def wants(self, day: date) -> bool:
        """Tell whether a publication date lies within since and until."""
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )


def _date(name: str, text: str) -> date:
    with suppress(ValueError):
        day = date.fromisoformat(text)
        if day.year in _YEARS:
            return day
    raise UsageError(f"{name}={text} is not a date: write it like 2024-09-30")


def _captures(text: str) -> Path:
    if not text or not Path(text).exists():
        raise UsageError(f"captures={text} is not there: name a WARC file or a folder")
    return Path(text)


def _reopen(text: str) -> bool:
    if text not in ("yes", "no"):
        raise UsageError(f"reopen={text} is not understood: write reopen=yes or reopen=no")
    return text == "yes"


def _limit(text: str) -> int:
    if not re.fullmatch(r"0{0,9}[1-9][0-9]{0,8}", text):
        raise UsageError(f"limit={text} is not a number of articles: write it like 100")
    return int(text)


def _minutes(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,3})?", text) or not float(text):
        raise UsageError(f"minutes={text} is not a number of minutes: write it like 240")
    return float(text)


def _hours(text: str) -> Hours:
    match = re.fullmatch(r"([01]?[0-9]|2[0-3])-([01]?[0-9]|2[0-4])", text)
    if match is None:
        raise UsageError(f"hours={text} is no part of a day: write it like 22-5")
    return Hours(int(match[1]), int(match[2]) % 24)


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"base_url={text} is not a web address: write it like http://host:8000")
    return text.rstrip("/")


_READ: dict[str, Callable[[str], Any]] = {
    "base_url": _base_url,
    "since": partial(_date, "since"),
    "until": partial(_date, "until"),
    "limit": _limit,
    "captures": _captures,
    "reopen": _reopen,
    "minutes": _minutes,
    "hours": _hours,
}
