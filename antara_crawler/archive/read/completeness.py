"""Which share of a portal's articles is held, month by month, and what that is concluded from.

A portal numbers its articles one after the other, so that the numbers between those that are known
say how many there may be: each was seen, or asked for and is no article's, or was never asked for.
A number without a date counts for the month in which its neighbours let it fall.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, func, select

from antara_crawler.addresses import OWN
from antara_crawler.archive.archive import Archive
from antara_crawler.archive.frontier.backfill import UNANSWERED
from antara_crawler.archive.read.bands import Quiet, quiet_days
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.crawl import IndexDays, ListingCursors, Pages
from antara_crawler.portals import Portal, portals
from antara_crawler.wording import sentence

Basis = Literal["numbers", "day index", "listing"]
BASES: tuple[Basis, ...] = (sentence("numbers"), sentence("day index"), sentence("listing"))


@dataclass(slots=True)
class Month:
    """A month of one portal: `month` is its first day, None for what lies before all dates.

    `articles` and `sections` count all that is held; the rest only those with numbers of the
    portal's own: `held` of those `seen`, numbers `absent` (asked for, and no article's), and those
    `unasked`. `rests_on` is the best reason to think that `seen` is all, None where there is none.
    """

    month: date | None
    articles: int = 0
    held: int = 0
    seen: int = 0
    absent: int = 0
    unasked: int = 0
    rests_on: Basis | None = None
    sections: Counter[str | None] = field(default_factory=Counter)

    @property
    def share(self) -> float | None:
        """The share of the articles that is held; None where it is not known."""
        return self.held / self.seen if self.rests_on and self.seen else None

    @property
    def at_least(self) -> float | None:
        """The share that is held even if each number that was never asked for is an article's."""
        return self.held / (self.seen + self.unasked) if self.seen else None


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete the archive is of one portal."""

    portal: str
    months: tuple[Month, ...]
    silent: Mapping[date, Quiet]
    """Days with fewer articles than usual, the oldest first."""

    def rows(self, year: int) -> list[Month]:
        """Return the months of a year, and all together."""
        of_year = [each for each in self.months if each.month and each.month.year == year]
        return [*of_year, self.total]

    def silent_of(self, year: int) -> list[tuple[date, Quiet]]:
        """Return the silent days of a year."""
        return [(day, quiet) for day, quiet in self.silent.items() if day.year == year]

    @property
    def total(self) -> Month:
        """All months together; it rests on the weakest reason of any of them."""
        whole = Month(None)
        for each in self.months:
            for name in ("articles", "held", "seen", "absent", "unasked", "sections"):
                setattr(whole, name, getattr(whole, name) + getattr(each, name))
        reasons = [each.rests_on for each in self.months if each.seen]
        known = [each for each in reasons if each is not None]
        if known and len(known) == len(reasons):
            whole.rests_on = max(known, key=BASES.index)
        return whole


def completeness(archive: Archive, portal: str | None = None) -> tuple[Completeness, ...]:
    """Return how complete the archive is: of a portal, or of each that has articles."""
    now = datetime.now(UTC)
    query = select(Articles.portal).distinct().order_by(Articles.portal)
    with archive.reading() as connection:
        names = [portal] if portal else connection.scalars(query).all()
        known = [portals()[name] for name in names if name in portals()]
        return tuple(_complete(connection, each, each.local_date(now)) for each in known)


def _complete(connection: Connection, portal: Portal, today: date) -> Completeness:
    """Return what is held of a portal and what is not, the oldest month first."""
    months: defaultdict[date | None, Month] = defaultdict(lambda: Month(None))
    _count_numbers(connection, portal, months)
    days = _count_articles(connection, portal.name, months)
    for key, month in months.items():
        month.month = key
    before = [months.pop(None)] if None in months else []
    kept = [months[key] for key in sorted(filter(None, months))]
    _judge(connection, portal, kept, today)
    return Completeness(portal.name, (*before, *kept), silent_days(days))


def silent_days(days: Mapping[date, int]) -> Mapping[date, Quiet]:
    """Return the days with fewer articles than usual; the first and the last need not be whole."""
    day = timedelta(days=1)
    return quiet_days(days, min(days) + day, max(days) - day) if days else {}


def _count_articles(
    connection: Connection, portal: str, months: Mapping[date | None, Month]
) -> Mapping[date, int]:
    """Count the articles held by month and section; return how many each day has."""
    query = (
        select(Articles.published_on, Articles.section, func.count())
        .where(Articles.portal == portal)
        .group_by(Articles.published_on, Articles.section)
    )
    days = Counter[date]()
    # By name where they are as many: databases group, and sort names, each in its own way.
    found = sorted(connection.execute(query), key=lambda row: row.section or "")
    for day, section, count in found:
        month = months[day and day.replace(day=1)]
        month.articles += count
        month.sections[section] += count
        if day is not None:
            days[day] += count
    return days


def _count_numbers(
    connection: Connection, portal: Portal, months: Mapping[date | None, Month]
) -> None:
    """Count the numbers by month, in one pass over those that are known."""
    query = (
        select(Pages.number, Pages.state, Pages.guessed, Pages.published_at, Pages.article_id)
        .where(Pages.portal == portal.name, Pages.kind == OWN)
        .order_by(Pages.number)
    )
    last: tuple[int, date] | None = None
    between: list[tuple[int, bool, bool]] = []
    for number, state, guessed, at, article in connection.execute(query):
        assert number is not None
        if guessed and state in UNANSWERED:
            continue  # asked for, maybe, but not answered
        if state == "absent" or at is None:
            between.append((number, state == "absent", article is not None))
            continue
        here = (number, portal.local_date(at))
        _count_between(last, here, between, months)
        month = months[_first(here[1])]
        month.seen += 1
        month.held += article is not None
        last, between = here, []
    _count_between(last, None, between, months)


def _count_between(
    lower: tuple[int, date] | None,
    upper: tuple[int, date] | None,
    between: list[tuple[int, bool, bool]],
    months: Mapping[date | None, Month],
) -> None:
    """Count what lies between two numbers with dates, laid out evenly over the time between."""

    def month_of(number: int) -> date | None:
        if lower is None:
            return None  # before all dates
        if upper is None or upper[1] <= lower[1]:
            return _first(lower[1])
        share = (number - lower[0]) / (upper[0] - lower[0])
        return _first(lower[1] + (upper[1] - lower[1]) * share)

    for number, is_absent, is_held in between:
        month = months[month_of(number)]
        month.absent += is_absent
        month.seen += not is_absent
        month.held += is_held
    if lower is None or upper is None:
        return
    known = [number for number, *_ in between]
    left = range(lower[0] + 1, upper[0])
    while left:
        key = month_of(left[0])
        size = bisect_left(left, True, key=lambda number: month_of(number) != key)
        inside = bisect_left(known, left[0] + size) - bisect_left(known, left[0])
        months[key].unasked += size - inside
        left = left[size:]


def _judge(connection: Connection, portal: Portal, months: list[Month], today: date) -> None:
    """Say of each month what the number of its articles rests on."""
    query = select(IndexDays.day).where(IndexDays.portal == portal.name)
    read = set(connection.scalars(query))
    listed_from = _listed_from(connection, portal)
    for place, month in enumerate(months):
        assert month.month is not None
        following = _first(month.month + timedelta(days=31))
        end = min(following, today)
        days = [month.month + timedelta(days=n) for n in range((end - month.month).days)]
        whole = listed_from is not None and (
            month.month > listed_from or (place == 0 and following > listed_from)
        )
        if not month.unasked:
            month.rests_on = "numbers"
        elif days and read.issuperset(days):
            month.rests_on = "day index"
        elif whole:
            month.rests_on = "listing"


def _listed_from(connection: Connection, portal: Portal) -> date | None:
    """Return from which day on a listing of all articles was walked without a gap."""
    query = (
        select(ListingCursors.closed_at, ListingCursors.reached_at)
        .join(Pages, Pages.id == ListingCursors.listing_id)
        .where(
            Pages.portal == portal.name, Pages.role == "listing", Pages.url.in_(portal.listing_urls)
        )
        .order_by(ListingCursors.id)
    )
    cursors = connection.execute(query).all()
    if not cursors or any(row.closed_at is None for row in cursors):
        return None
    reached = cursors[0].reached_at
    return portal.local_date(reached) if reached else None


def _first(day: date) -> date:
    return day.replace(day=1)
