"""Judges simulated nights one after the other, as `scrapy health` does after each crawl."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from antara_crawler.archive import Archive
from antara_crawler.archive.read.bands import LOOK_BACK
from antara_crawler.health.history import Finding, History, load
from antara_crawler.health.judge import judge
from tests.health.simulated import FIRST, Fault, Night, World, ended_at, write

MORNING = timedelta(minutes=30)


def years_archive(path: Path, world: World, days: int) -> None:
    """Make an archive of so many quiet nights."""
    with Archive.open(f"sqlite:///{path}", create=True) as archive:
        write(archive, world, world.nights(0, days))


def false_alarms(path: Path, first: int, last: int) -> list[str]:
    """Return the findings of quiet nights, each once while it goes on."""
    with Archive.open(f"sqlite:///{path}", read_only=True) as archive:
        whole = load(archive, FIRST)
    known: dict[str, date] = {}
    found = []
    for number in range(first, last):
        day = FIRST + timedelta(days=number)
        tonight = {each.key: each for each in judge(_upto(whole, day), ended_at(day), known)}
        found += [f"{day} {each.what}" for key, each in tonight.items() if key not in known]
        known = {key: known.get(key, day) for key in tonight}
    return found


def faulty_nights(
    path: Path, world: World, fault: Fault, first: int, most: int
) -> Iterator[list[Finding]]:
    """Yield what is found in each of the nights after quiet ones, with a fault in all of them."""
    copy = path.with_name("fault.db")
    shutil.copyfile(path, copy)
    world.numbers = count(10**6)
    with Archive.open(f"sqlite:///{copy}") as archive:
        for number in range(first, first + most):
            day = FIRST + timedelta(days=number)
            night: Night = world.night(day, number)
            fault(night)
            write(archive, world, iter([night]))
            history = load(archive, day - timedelta(days=LOOK_BACK))
            yield judge(history, ended_at(day) + MORNING, {})


def _upto(history: History, day: date) -> History:
    """Return the history as of the night of a day: of counts, nights to come are not looked at."""
    runs = {
        name: [run for run in ended if run.started_at <= ended_at(day)]
        for name, ended in history.runs.items()
    }
    return replace(history, runs=runs, verified_at=ended_at(day))
