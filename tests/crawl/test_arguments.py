"""The arguments of a spider: ours are checked, a job server's own are let through."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace as Namespace
from typing import Any

import pytest

from antara_crawler.crawl import clock
from antara_crawler.errors import UsageError
from antara_crawler.portals import portal
from antara_crawler.spiders.arguments import Arguments


def test_what_a_job_server_adds_to_the_arguments_is_let_through() -> None:
    given = {"_job": "6487ec79947edab326d6db28a2d86511e8247444", "_version": "1", "limit": "5"}
    assert Arguments.parse(given) == Arguments(limit=5)


def test_a_misspelt_argument_is_refused_beside_a_job_servers_own() -> None:
    with pytest.raises(UsageError, match="-a limt=… is not known"):
        Arguments.parse({"_job": "1", "limt": "5"})


@pytest.mark.parametrize(
    ("text", "now", "left"),
    [
        ("22-5", time(22, 0), 7 * 3600),
        ("22-5", time(4, 59, 59), 1),
        ("22-5", time(5, 0), 0),
        ("0-24", time(12, 0), 12 * 3600),
        ("8-12", time(7, 59), 0),
    ],
)
def test_a_part_of_the_day_says_how_long_it_lasts(text: str, now: time, left: float) -> None:
    hours = Arguments.parse({"hours": text}).hours
    assert hours is not None
    assert hours.seconds_left(now) == left


@pytest.mark.parametrize(
    "given", [{"minutes": "0"}, {"minutes": "-3"}, {"minutes": "vier"}, {"hours": "22"},
              {"hours": "25-3"}, {"hours": "22-25"}, {"limit": "9" * 20}, {"limit": "9" * 5000},
              {"since": "0001-01-01"}, {"until": "9999-12-31"}],
)  # fmt: skip
def test_a_budget_or_day_that_is_none_is_wrong_usage(given: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="write it like"):
        Arguments.parse(given)


def test_a_day_that_is_to_come_is_wrong_usage() -> None:
    day = datetime.now(UTC).date()
    assert Arguments.parse({"since": str(day)}).since == day
    with pytest.raises(UsageError, match="is in the future"):
        Arguments.parse({"since": str(day + timedelta(days=2))})


def test_a_run_ends_when_the_clock_leaves_its_hours_however_it_came_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A machine that slept, or whose clock was set, says so by no timer."""

    async def run() -> str:
        ended = asyncio.get_running_loop().create_future()

        async def close(reason: str) -> None:
            ended.set_result(reason)

        lefts = iter([7200.0, 7195.0, 0.0])
        hours = Namespace(seconds_left=lambda now: next(lefts))
        ties = Namespace(
            arguments=Namespace(minutes=None, hours=hours),
            portal=portal("kalsel"),
            shutdown=Namespace(begun=False, begin=lambda: None),
        )
        monkeypatch.setattr(clock, "run_of", lambda crawler: ties)
        monkeypatch.setattr(clock, "LOOK_EVERY", 0.0)
        signals = Namespace(connect=lambda *to: None)
        crawler: Any = Namespace(signals=signals, engine=Namespace(close_spider_async=close))
        clock.Budget(crawler).opened()
        return str(await asyncio.wait_for(ended, 60))

    assert asyncio.run(run()) == "time"
