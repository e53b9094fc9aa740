"""A year of a portal's nights, written straight into the tables, and faults set off in it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from math import exp
from typing import Any

from sqlalchemy import insert

from antara_crawler.archive import Archive
from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.crawl import Runs
from antara_crawler.archive.tables.evidence import Evidence

FIRST = date(2025, 1, 1)
HOLIDAYS = range(88, 97)
"""Days of the year on which hardly anything happens, as at Lebaran."""
SECTIONS = {"tabalong": 15.0, "ekonomi": 17.0, "hukum": 11.0, "olahraga": 4.0, "budaya": 1.5}
SHARES = {
    "d": 0.9, "m": 0.7, "r": 0.97, "e": 0.98, "u": 0.3, "s": 1.0, "t": 0.9, "i": 0.95,
    "l": 0.6, "k": 1.0, "c": 0.85, "n": 0.02,
}  # fmt: skip
SOURCES = {
    "title": {"og": (1.0, 0.995), "feed": (0.8, 0.97)},
    "lead": {"feed": (0.98, 0.94)},
    "time": {"meta": (1.0, 0.998), "feed": (0.8, 0.97)},
    "section": {"listing": (0.3, 0.85)},
    "body": {"ld": (0.7, 0.97)},
}
"""Of each field which sources say it: how often, and how often they agree."""


@dataclass
class Night:
    """What the night finds: articles by section, and for each what evidence it has."""

    day: date
    articles: list[dict[str, Any]]
    counts: dict[str, int]


@dataclass
class World:
    """A portal whose nights go on and on, each drawn by chance alone."""

    seed: int = 1
    portal: str = "kalsel"
    chance: random.Random = field(init=False)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def nights(self, first: int, days: int) -> Iterator[Night]:
        """Yield nights as they come when nothing is wrong."""
        for number in range(first, first + days):
            yield self.night(FIRST + timedelta(days=number), number)

    def night(self, day: date, number: int) -> Night:
        busy = (0.6 if day.weekday() > 4 else 1.0) * (0.4 if number % 365 in HOLIDAYS else 1.0)
        busy *= self.chance.gammavariate(12, 1 / 12) * (1 + 0.2 * number / 365)
        articles = [
            self.article(day, section)
            for section, rate in SECTIONS.items()
            for _ in range(self.poisson(rate * busy * self.chance.gammavariate(20, 1 / 20)))
        ]
        self.chance.shuffle(articles)
        new = len(articles)
        bad = 0.08 if self.chance.random() < 0.05 else 0.01
        asked_again = self.poisson(2.5 * new)
        revised = sum(self.chance.random() < 0.06 for _ in range(asked_again))
        counts = {
            "new": new,
            "revised": revised,
            "unchanged": asked_again - revised,
            "failed": sum(self.chance.random() < bad for _ in range(new + asked_again)),
            "unreadable": sum(self.chance.random() < 0.002 for _ in range(new)),
        }
        return Night(day, articles, counts)

    def article(self, day: date, section: str) -> dict[str, Any]:
        is_photo = self.chance.random() < 0.12
        filled = "".join(each for each, share in SHARES.items() if self.chance.random() < share)
        size = int(2200 * exp(self.chance.gauss(0, 0.5)))
        left = int(size * 0.08 * exp(self.chance.gauss(0, 0.4)))
        return {
            "day": day,
            "section": section,
            "kind": "foto" if is_photo else "berita",
            "template": "mag",
            "filled": filled,
            **{name: self.code(name) for name in SOURCES if name != "section"},
            "section_code": self.code("section"),
            "text_size": size,
            "left_out_size": left,
            "unnamed_size": left // 9,
        }

    def code(self, name: str) -> str:
        found = ""
        for source, (said, agrees) in SOURCES[name].items():
            if self.chance.random() < said:
                found += f"{source}{'+' if self.chance.random() < agrees else '-'}"
        return found

    def poisson(self, mean: float) -> int:
        found, left = 0, self.chance.expovariate(1)
        while left < mean:
            found, left = found + 1, left + self.chance.expovariate(1)
        return found


def write(archive: Archive, world: World, nights: Iterator[Night], *, verify: bool = True) -> None:
    """Write nights into the tables as crawls and readings would have left them."""
    articles, revisions, extractions, evidence, runs = [], [], [], [], []
    for night in nights:
        at = ended_at(night.day)
        runs.append(_run(world.portal, night, at))
        if verify and night.day.weekday() == 6:
            runs.append(_run(None, night, at) | {"command": "verify", "counts": {}})
        for each in night.articles:
            key = next(world.numbers)
            articles.append(_article(key, world.portal, each, at))
            seen = {"first_seen_at": at, "last_seen_at": at}
            revisions.append(
                {"id": key, "article_id": key, "number": 1, "fingerprint": f"{key}", **seen}
            )
            extractions.append(_extraction(key, at))
            read = {name: each[name] for name in each if name not in ("day", "section_code")}
            told = {"night": night.day, "age": 0, "section": each["section_code"]}
            evidence.append({**read, **told, "extraction_id": key, "portal": world.portal})
    with archive.writing() as connection:
        for table, rows in (
            *((Runs, runs), (Articles, articles), (Revisions, revisions)),
            *((Extractions, extractions), (Evidence, evidence)),
        ):
            if rows:
                connection.execute(insert(table), rows)


def ended_at(day: date) -> datetime:
    """When the night's crawl began: 3:15 in Jakarta, which is still the evening before in UTC."""
    return datetime.combine(day, time(20, 15), UTC)


def _run(portal: str | None, night: Night, at: datetime) -> dict[str, Any]:
    return {
        "portal": portal,
        "command": "crawl",
        "arguments": {},
        "started_at": at,
        "finished_at": at + timedelta(minutes=20),
        "status": "finished",
        "exit_status": 0,
        "counts": {"entries": night.counts},
        "pid": 1,
        "host": "sim",
        "software": "sim",
    }


def _article(key: int, portal: str, each: dict[str, Any], at: datetime) -> dict[str, Any]:
    return {
        "id": key,
        "portal": portal,
        "kind": each["kind"],
        "article_id": key,
        "body": "",
        "language": "id",
        "section": each["section"],
        "section_key": each["section"],
        "published_on": each["day"],
        "revision": 1,
        "first_seen_at": at,
        "last_seen_at": at,
    }


def _extraction(key: int, at: datetime) -> dict[str, Any]:
    return {
        "id": key,
        "revision_id": key,
        "number": 1,
        "software": "sim",
        "template": "mag",
        "fingerprint": "",
        "digest": "",
        "extracted_at": at,
        "paragraphs": [],
        "language": "id",
    }


Fault = Callable[[Night], None]


def no_article(night: Night) -> None:
    night.articles.clear()
    night.counts["new"] = 0


def no_section(night: Night) -> None:
    night.articles[:] = [each for each in night.articles if each["section"] != "tabalong"]


def no_reporter(night: Night) -> None:
    for each in night.articles:
        if each["kind"] == "berita":
            each["filled"] = each["filled"].replace("r", "")


def an_hour_off(night: Night) -> None:
    _say(night, "time", "feed+", "feed-")


def captions_in_the_text(night: Night) -> None:
    _say(night, "body", "ld+", "ld-")
    for each in night.articles:
        each["filled"] = each["filled"].replace("c", "")


def a_third_of_teasers_gone(night: Night) -> None:
    for each in night.articles[::3]:
        each["lead"] = ""


def a_third_of_leads_lost(night: Night) -> None:
    for each in night.articles[::3]:
        each["lead"] = each["lead"].replace("+", "-")


def wrong_headlines(night: Night) -> None:
    for each in night.articles[::2]:
        each["title"] = each["title"].replace("+", "-")


def text_taken_for_adverts(night: Night) -> None:
    for each in night.articles:
        lost = each["text_size"] // 4
        each["text_size"] -= lost
        each["left_out_size"] += lost


def unread_pages(night: Night) -> None:
    night.counts["unreadable"] += night.counts["new"] // 5
    night.counts["new"] -= night.counts["new"] // 5


def failing_pages(night: Night) -> None:
    night.counts["failed"] += night.counts["new"]


def a_counter_in_the_text(night: Night) -> None:
    night.counts["revised"] += night.counts["unchanged"] * 2 // 3
    night.counts["unchanged"] -= night.counts["unchanged"] * 2 // 3


def dates_in_doubt(night: Night) -> None:
    for each in night.articles[::2]:
        each["filled"] = each["filled"].replace("n", "") + "n"


FAULTS: dict[Fault, str] = {
    no_article: "silent kalsel",
    no_section: "silent kalsel tabalong",
    no_reporter: "empty kalsel mag/berita reporters",
    an_hour_off: "differs kalsel mag/berita time as feed",
    captions_in_the_text: "differs kalsel mag/berita body as ld",
    a_third_of_teasers_gone: "empty kalsel mag/berita teaser of feed",
    a_third_of_leads_lost: "differs kalsel mag/berita lead as feed",
    wrong_headlines: "differs kalsel mag/berita title as og",
    text_taken_for_adverts: "left out kalsel mag/berita of the page",
    unread_pages: "unreadable kalsel",
    failing_pages: "failing kalsel",
    a_counter_in_the_text: "changing kalsel",
    dates_in_doubt: "differs kalsel mag/berita date in doubt",
}
"""What may go wrong in a night, and the key of the finding that names it."""


def _say(night: Night, name: str, old: str, new: str) -> None:
    for each in night.articles:
        each[name] = each[name].replace(old, new)
