"""What the archive knows of its nights, counted by day, night and run; and what a finding is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, case, func, select

from antara_crawler.archive import Archive
from antara_crawler.archive.read.bands import LOOK_BACK
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.crawl import Captures, Runs
from antara_crawler.archive.tables.evidence import FIELDS, FILLED, MIDDAY, Evidence
from antara_crawler.archive.tables.statements import only
from antara_crawler.errors import GOOD
from antara_crawler.portals import portals
from antara_crawler.wording import told, tr, words

Kind = Literal[
    "silent", "no run", "differs", "empty", "left out", "failing", "unreadable", "changing",
    "disk", "verify", "machine", "fleet",
]  # fmt: skip
FRESH = 30
"""Days: older articles are of the past that a crawl goes back to, and look otherwise."""
_CODE = re.compile(r"([a-z]+)([+-])")
_LETTERS = {**FILLED, "c": "captions"}
_CRAWL = "crawl"
LAST = datetime.max.replace(tzinfo=UTC)

Tally = dict[date, tuple[int, int]]
"""By night how many, and of how many."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What goes wrong: `key` is the same each night for the same thing, `what` says it today."""

    key: str
    kind: Kind
    portal: str | None
    what: str

    @property
    def remedy(self) -> str:
        """What to do about it, in one sentence."""
        return str(words("health")[self.kind]["remedy"])

    @property
    def in_words(self) -> str:
        """Kind and finding in the reader's language."""
        return f"{tr(self.kind)}: {told(self.what)}"


class Measure(NamedTuple):
    """One share that is watched: of which articles, of what, and which way is bad."""

    kind: Kind
    portal: str
    of: str
    """The template and the kind of article; empty for all."""
    name: str
    more: bool = False

    @property
    def key(self) -> str:
        """What it is called in the table of findings."""
        return " ".join(filter(None, (self.kind, self.portal, self.of, self.name)))


class Ended(NamedTuple):
    """A crawl that came to its end: when it began (UTC), and whether it was of use."""

    started_at: datetime
    good: bool


@dataclass
class History:
    """Counts by day and by night; the days are the portals' own."""

    days: dict[tuple[str, str | None], dict[date, int]] = field(default_factory=dict)
    shares: dict[Measure, Tally] = field(default_factory=dict)
    sizes: dict[Measure, Tally] = field(default_factory=dict)
    runs: dict[str, list[Ended]] = field(default_factory=dict)
    begun: dict[str, list[datetime]] = field(default_factory=dict)
    """When crawls of each portal began, those that never ended among them."""
    written: dict[date, int] = field(default_factory=dict)
    """Bytes of captures by night."""
    began_at: datetime | None = None
    verified_at: datetime | None = None
    wrong: int = 0
    """Things that were wrong after the last check, and not mended."""


def night_of(moment: datetime) -> date:
    """Return the night that a moment belongs to: from noon to noon in Jakarta."""
    return (moment + MIDDAY).date()


def load(
    archive: Archive, since: date, portal: str | None = None, until: datetime = LAST
) -> History:
    """Return what is known of the nights since a day, of one portal or of all.

    Runs after `until` were noted by a clock that was ahead: they would hide that none came since.
    """
    history = History()
    with archive.reading() as connection:
        _days(connection, history, since - timedelta(days=LOOK_BACK), portal)
        _evidence(connection, history, since, portal)
        _numbers(connection, history, since, portal)
        _runs(connection, history, since, portal, until)
        _written(connection, history, since)
    for tallies in (history.shares, history.sizes):
        tallies.update({of: dict(sorted(nights.items())) for of, nights in tallies.items()})
    return history


def _days(connection: Connection, history: History, since: date, portal: str | None) -> None:
    columns = (Articles.portal, Articles.section_key, Articles.published_on)
    query = select(*columns, func.count()).where(Articles.published_on >= since).group_by(*columns)
    for name, section, day, count in connection.execute(
        query.where(*only(Articles.portal, portal))
    ):
        assert day is not None
        for key in {(name, None), (name, section)}:
            days = history.days.setdefault(key, {})
            days[day] = days.get(day, 0) + count


def _evidence(connection: Connection, history: History, since: date, portal: str | None) -> None:
    codes = [getattr(Evidence, name) for name in FIELDS]
    columns = (Evidence.night, Evidence.portal, Evidence.template, Evidence.kind, Evidence.filled)
    sums = (
        func.sum(each)
        for each in (Evidence.text_size, Evidence.left_out_size, Evidence.unnamed_size)
    )
    query = (
        select(*columns, *codes, func.count().label("count"), *sums)
        .where(Evidence.night >= since, Evidence.age <= FRESH, *only(Evidence.portal, portal))
        .group_by(*columns, *codes)
    )
    for night, name, template, kind, filled, *said in connection.execute(query):
        *found, count, text, left, unnamed = said
        of = f"{template}/{kind}"
        for measure, holds in _measures(name, of, filled, dict(zip(FIELDS, found, strict=True))):
            _add(history.shares, measure, night, count * holds, count)
        amounts = {"of the page": int(left), "without a name": int(unnamed)}
        for what, amount in amounts.items():
            measure = Measure("left out", name, of, what, more=True)
            _add(history.sizes, measure, night, amount, amount + int(text))


def _numbers(connection: Connection, history: History, since: date, portal: str | None) -> None:
    """Count the articles by day that were published after that of the next lower number."""
    before = func.lag(Articles.published_at).over(
        partition_by=(Articles.portal, Articles.kind), order_by=Articles.article_id
    )
    in_order = case((Articles.published_at >= before, 1), else_=0)
    each = (
        select(Articles.portal, Articles.published_on, in_order.label("hits"))
        .where(Articles.published_on >= since, Articles.kind == "berita")
        .where(*only(Articles.portal, portal))
        .subquery()
    )
    sums = (func.sum(each.c.hits), func.count())
    query = select(each.c.portal, each.c.published_on, *sums)
    for name, day, hits, total in connection.execute(
        query.group_by(each.c.portal, each.c.published_on)
    ):
        measure = Measure("differs", name, "", "time grows with the number")
        _add(history.shares, measure, day, int(hits), total)


def _measures(
    portal: str, of: str, filled: str, found: Mapping[str, str]
) -> Iterator[tuple[Measure, bool]]:
    """Yield what such readings say of each share: whether they are among those that hold."""
    for letter, name in _LETTERS.items():
        yield Measure("empty", portal, of, name), letter in filled
    yield Measure("differs", portal, of, "date in doubt", more=True), "n" in filled
    said = {name: dict(_CODE.findall(code)) for name, code in found.items()}
    for name, sources in said.items():
        for source, sign in sources.items():
            yield Measure("differs", portal, of, f"{name} as {source}"), sign == "+"
    for source in said["title"]:  # whoever says the headline may say how the text begins, too
        yield Measure("empty", portal, of, f"teaser of {source}"), source in said["lead"]


def _runs(
    connection: Connection, history: History, since: date, portal: str | None, until: datetime
) -> None:
    first = select(func.min(Runs.started_at))
    history.began_at = connection.scalar(first)
    verified = select(Runs.finished_at, Runs.counts).where(Runs.command == "verify")
    verified = verified.where(Runs.finished_at <= until, Runs.status == "finished")
    if last := connection.execute(verified.order_by(Runs.finished_at.desc()).limit(1)).first():
        history.verified_at, counts = last
        history.wrong = counts.get("found", 0) - counts.get("mended", 0)
    query = select(Runs.portal, Runs.started_at, Runs.finished_at, Runs.exit_status, Runs.counts)
    query = query.where(
        Runs.command == _CRAWL, func.coalesce(Runs.finished_at, Runs.started_at) <= until
    )
    query = query.where(*only(Runs.portal, portal)).order_by(Runs.started_at)
    for name, started_at, finished_at, status, counts in connection.execute(query):
        night = night_of(started_at)
        if night < since or name not in portals():
            continue
        history.begun.setdefault(name, []).append(started_at)
        if finished_at is None:
            continue
        history.runs.setdefault(name, []).append(Ended(started_at, status in GOOD))
        for measure, hits, total in _of_run(name, counts):
            _add(history.shares, measure, night, hits, total)


def _of_run(portal: str, counts: Mapping[str, Any]) -> Iterator[tuple[Measure, int, int]]:
    entries = counts.get("entries")
    if not entries:
        return
    read = entries["new"] + entries["revised"] + entries["unchanged"]
    asked = read + entries["failed"] + entries["unreadable"]
    seen_again = entries["revised"] + entries["unchanged"]
    yield Measure("failing", portal, "", "", more=True), entries["failed"], asked
    yield Measure("unreadable", portal, "", "", more=True), entries["unreadable"], asked
    yield Measure("changing", portal, "", "", more=True), entries["revised"], seen_again


def _written(connection: Connection, history: History, since: date) -> None:
    """Count the bytes of captures by run: a sum for each keeps the rows few."""
    query = (
        select(func.min(Captures.captured_at), func.sum(Captures.length))
        .join(Runs, Runs.id == Captures.run_id)
        .where(Runs.command == _CRAWL)
        .group_by(Captures.run_id)
    )
    for moment, size in connection.execute(query):
        if (night := night_of(moment)) >= since:
            history.written[night] = history.written.get(night, 0) + int(size)


def _add(tallies: dict[Measure, Tally], of: Measure, night: date, hits: int, total: int) -> None:
    nights = tallies.setdefault(of, {})
    before = nights.get(night, (0, 0))
    nights[night] = (before[0] + hits, before[1] + total)
