"""What is known of the roads into a portal's past, and what they still lead to.

A road is asked once whether it works: the index of a day, or an article's number without its
title. The days that were read and the pages of the frontier say how far each has been followed,
so that a run goes on where the last one stood, however that ended.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select, update

from antara_crawler.addresses import OWN
from antara_crawler.archive.archive import Archive
from antara_crawler.archive.frontier.numbers import BLOCK, Known, Plan, bounds, pace, plan
from antara_crawler.archive.frontier.schedule import GUESS_PAUSE, Span, lately
from antara_crawler.archive.frontier.verdicts import UNREAD
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.crawl import IndexDays, Pages, Roads
from antara_crawler.archive.tables.statements import put_instead
from antara_crawler.items import Page
from antara_crawler.portals import Portal

NUMBERS = "numbers"
EMPTY_DAYS = 90
"""So many days in a row without an article, and none known before them: the portal began later."""
FIT = 0.8
"""Share of a day's dated articles that must be of that day, for its index to be one."""
FEW = 20
"""Numbers asked for, by which alone nothing is estimated."""
UNANSWERED = ("queued", *UNREAD)


@dataclass(frozen=True, slots=True)
class History:
    """How much of a portal's past is held: `about` is an estimate, `left` what is to be asked."""

    held: int
    about: int
    left: int


@dataclass(frozen=True, slots=True)
class Backfill:
    """The roads of one portal; `wanted` are the publication times that the run wants."""

    archive: Archive
    portal: Portal
    wanted: Span

    def road(self, name: str, now: datetime | None = None) -> bool | None:
        """Tell whether a road works, None when it was never asked; or failed, but not lately."""
        mine = [Roads.portal == self.portal.name, Roads.name == name]
        if now is not None:
            mine.append(Roads.works.is_(True) | lately(Roads.asked_at, GUESS_PAUSE, now))
        return self.archive.value(select(Roads.works).where(*mine))

    def note_road(self, name: str, works: bool, why: str, now: datetime) -> None:
        """Remember whether a road works, and what was seen of it."""
        mine = {"portal": self.portal.name, "name": name}
        with self.archive.writing() as connection:
            put_instead(connection, Roads, mine, works=works, why=why, asked_at=now)

    def forget(self) -> None:
        """Forget what is known of the roads: each is asked and followed again."""
        with self.archive.writing() as connection:
            for table in (Roads, IndexDays):
                connection.execute(delete(table).where(table.portal == self.portal.name))

    def a_known_day(self, today: date) -> date | None:
        """Return the latest day before today of which an article is held; else today, if one is."""
        query = (
            select(Pages.published_at)
            .where(Pages.portal == self.portal.name, Pages.kind == OWN, Pages.state == "stored")
            .where(Pages.published_at.is_not(None))
            .order_by(Pages.published_at.desc())
            .limit(1)
        )
        midnight = datetime.combine(today, time(tzinfo=ZoneInfo(self.portal.zone)))
        before = self.archive.value(query.where(Pages.published_at < midnight))
        at = before or self.archive.value(query)
        return self.portal.local_date(at) if at else None

    def a_known_number(self) -> int | None:
        """Return the number of an article that is held and was there when last asked for."""
        held = (Pages.state == "stored", Pages.missed_at.is_(None), Pages.article_id.is_not(None))
        mine = (Pages.portal == self.portal.name, Pages.kind == OWN)
        return self.archive.value(select(func.max(Pages.number)).where(*mine, *held))

    def is_of_day(self, pages: Sequence[Page], day: date) -> bool:
        """Tell whether articles are a day's, by the dates that are known of them."""
        numbers = [page.number for page in pages if page.kind == OWN]
        query = select(Pages.earliest_at, Pages.latest_at).where(
            Pages.portal == self.portal.name, Pages.kind == OWN, Pages.number.in_(numbers)
        )
        # A card's '9 jam lalu' may mean either side of midnight.
        local = self.portal.local_date
        fits = [local(a) <= day <= local(b) for a, b in self.archive.rows(query) if a and b]
        return bool(fits) and sum(fits) >= FIT * len(fits)

    def note_day(self, day: date, articles: int, now: datetime) -> None:
        """Remember that a day's index was read to its end."""
        mine = {"portal": self.portal.name, "day": day}
        with self.archive.writing() as connection:
            put_instead(connection, IndexDays, mine, articles=articles, read_at=now)

    def days(self, last: date) -> Iterator[date]:
        """Yield the days whose index was not read, from `last` back to the first that is wanted."""
        until = self.wanted.until
        day = min(last, self.portal.local_date(until) - timedelta(days=1)) if until else last
        since = self.portal.local_date(self.wanted.since) if self.wanted.since else date.min
        days = select(IndexDays.day).where(IndexDays.portal == self.portal.name)
        first = select(func.min(Pages.published_at)).where(Pages.portal == self.portal.name)
        read, at = set(self.archive.values(days)), self.archive.value(first)
        oldest = self.portal.local_date(at) if at else None
        while day >= since:
            if day not in read:
                if oldest is not None and day < oldest and self._is_empty_before(day):
                    return
                yield day
            day -= timedelta(days=1)

    def plan(self) -> Plan:
        """Return which numbers to ask for now; a round is over when all of them are answered."""
        known = self._known()
        return plan(known, *bounds(known, self.wanted.since, self.wanted.until))

    def _left_by_number(self) -> tuple[int, float]:
        """Return how many numbers are still to be asked for, and which share may be articles.

        Where the first lies below all that is known, by how many there were a day since; the share
        by those asked for so far, at first by how closely the known ones lie.
        """
        known = self._known()
        unasked = plan(known, *bounds(known, self.wanted.since, self.wanted.until))
        first = min(filter(None, known.dates), default=None)
        likely = 0.0
        if unasked.below and first and self.wanted.since:
            likely = pace(known) * max(0.0, (first - self.wanted.since).total_seconds() / 86400)
        beyond = unasked.below - min(unasked.below, round(likely))
        return len(unasked.ask) + unasked.later - beyond, self._share_of_numbers(known)

    def take_back(self, since: datetime) -> int:
        """Queue the numbers again that were found absent since a moment; return how many."""
        absent = (Pages.portal == self.portal.name, Pages.state == "absent", Pages.guessed)
        query = update(Pages).where(*absent, Pages.last_attempt_at >= since)
        with self.archive.writing() as connection:
            back = query.values(state="queued", next_attempt_at=Pages.last_attempt_at)
            return connection.execute(back).rowcount

    def history(self, last: date) -> History:
        """Return how far it has come; `last` is the last day whose index can be whole."""
        numbered = (Pages.portal == self.portal.name, Pages.number.is_not(None))
        due = select(func.count()).where(*numbered, Pages.next_attempt_at.is_not(None))
        waiting = due.where(Pages.article_id.is_(None), Pages.state.in_(UNANSWERED))
        if self.wanted.since is not None:
            late = Pages.latest_at.is_(None) | (Pages.latest_at >= self.wanted.since)
            waiting = waiting.where(late)
        held = [Articles.portal == self.portal.name]
        if self.wanted.since is not None:
            held.append(Articles.published_at >= self.wanted.since)
        if self.wanted.until is not None:
            held.append(Articles.published_at < self.wanted.until)
        articles = self.archive.value(select(func.count()).where(*held)) or 0
        queued = self.archive.value(waiting) or 0
        more = left = 0
        if self.road(NUMBERS) is not False:
            left, share = self._left_by_number()
            more = round(left * share)
        elif any(self.road(name) for name in ("indeks", "search")):
            left = sum(1 for _ in self.days(last))
            mine = IndexDays.portal == self.portal.name
            a_day = self.archive.value(select(func.avg(IndexDays.articles)).where(mine)) or 0
            known = self._known()
            # How many articles may have numbers below all that are known.
            below = known.articles[0] * self._share_of_numbers(known) if known.articles else 0.0
            more = round(min(left * float(a_day), below))
        return History(articles, articles + queued + more, queued + left)

    def _known(self) -> Known:
        query = (
            select(Pages.number, Pages.state, Pages.guessed, Pages.published_at)
            .where(Pages.portal == self.portal.name, Pages.kind == OWN)
            .order_by(Pages.number)
        )
        articles, answered, found = array("q"), array("q"), set[int]()
        dates: list[datetime | None] = []
        with self.archive.reading() as connection:
            for number, state, guessed, at in connection.execute(query):
                assert number is not None
                if guessed and state in ("absent", *UNANSWERED):
                    answered.append(number)
                    continue
                articles.append(number)
                dates.append(at)
                if guessed:
                    found.add(number // BLOCK)
        return Known(articles, answered, frozenset(found), dates)

    def _share_of_numbers(self, known: Known) -> float:
        asked = (Pages.portal == self.portal.name, Pages.guessed)
        query = select(Pages.state, func.count()).where(*asked).group_by(Pages.state)
        states = dict[str, int](tuple(row) for row in self.archive.rows(query))
        absent = states.pop("absent", 0)
        found = sum(number for state, number in states.items() if state not in UNANSWERED)
        span = known.articles[-1] - known.articles[0] + 1 if known.articles else 1
        at_first = len(known.articles) / span
        return (found + FEW * at_first) / (found + absent + FEW)

    def _is_empty_before(self, day: date) -> bool:
        """Tell whether the index named nothing on many days that follow a day."""
        query = select(func.count(), func.sum(IndexDays.articles)).where(
            IndexDays.portal == self.portal.name,
            IndexDays.day > day,
            IndexDays.day <= day + timedelta(days=EMPTY_DAYS),
        )
        days, articles = self.archive.rows(query)[0]
        return bool(days == EMPTY_DAYS and not articles)
