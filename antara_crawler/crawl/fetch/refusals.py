"""What a refusal asks of a guest: to wait, to ask for less, or to come back another day."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.http import Response

from antara_crawler.archive.frontier.schedule import LONGEST_WAIT
from antara_crawler.items import Role
from antara_crawler.wording import sentence

_ANSWERS = frozenset({200, 304, 404, 410})
_TOO_MANY = 429
_MOST_DIGITS = 9
_IN_A_ROW = 3
"""Documents in a row that ask for a long wait: then the portal asks, not a page of it."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What one answer asks: a pause in this run; to come back later; to ask no more.

    `not_before` is for that page alone unless `of_portal`. `again` says whether the page may be
    tried once more in this run; `ends` why the run is to end.
    """

    pause: float = 0.0
    not_before: datetime | None = None
    of_portal: bool = False
    again: bool = True
    ends: str | None = None


class Refusals:
    """Counts what a portal refuses page after page, since it last answered.

    The pauses double with each page that is refused, beginning with `first_pause` seconds after
    the second; the run ends with page number `most`. A Retry-After over `longest` seconds is not
    waited for, but kept for a later run.
    """

    def __init__(self, most: int, first_pause: float, longest: float) -> None:
        self._most = most
        self._first_pause = first_pause
        self._longest = longest
        self._refused: set[str] = set()
        self._sent_away: set[str] = set()
        self._answered = False

    def heed(self, answer: Response, role: Role | None, now: datetime) -> Demand:
        """Return what an answer asks for; `role` is its page's, None for robots.txt."""
        if answer.status in _ANSWERS or 300 <= answer.status < 400:
            self._answered = self._answered or role is not None
            self._refused.clear()
            self._sent_away.clear()
            return Demand()
        self._refused.add(answer.url)
        after = answer.headers.get("Retry-After")
        asked = seconds_of(after.decode("latin-1"), now) if after else 0.0
        if asked > self._longest:
            self._sent_away.add(answer.url)
            wait = min(timedelta(seconds=asked), LONGEST_WAIT)
            all_are = len(self._sent_away) >= (_IN_A_ROW if self._answered else 2)
            of_portal = answer.status == _TOO_MANY or role is None or all_are
            return Demand(not_before=now + wait, of_portal=of_portal, again=False)
        pages = len(self._refused)
        if pages >= self._most:
            why = sentence(f"HTTP {answer.status} for {pages} pages in a row")
            return Demand(again=False, ends=why)
        growing = self._first_pause * 2.0 ** (pages - 2) if pages > 1 else 0.0
        return Demand(pause=max(asked, min(growing, self._longest)), again=pages == 1)


def seconds_of(retry_after: str, now: datetime) -> float:
    """Return the seconds that a Retry-After header asks for, LONGEST_WAIT at most; else 0.

    It is a number of seconds or a date in any of the three forms of HTTP, all of them in GMT.
    """
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return min(float(text[:18]), LONGEST_WAIT.total_seconds())
    seconds = _until(text, now).total_seconds()
    return min(max(0.0, seconds), LONGEST_WAIT.total_seconds())


def age_of(answer: Response, now: datetime) -> timedelta:
    """Return how long ago an answer was made, by its Age and its Date; 0 where neither tells."""
    age, date = (
        (answer.headers.get(name) or b"").decode("latin-1").strip() for name in ("Age", "Date")
    )
    seconds = int(age[:_MOST_DIGITS]) if age.isascii() and age.isdecimal() else 0
    return max(timedelta(seconds=seconds), -_until(date, now))


def _until(date: str, now: datetime) -> timedelta:
    """Return how far a date of HTTP is off, 0 for what is none."""
    try:
        at = parsedate_to_datetime(date)
        return at.replace(tzinfo=at.tzinfo or UTC) - now
    except (ValueError, TypeError, OverflowError):
        return timedelta()
