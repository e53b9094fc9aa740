"""What a refusal asks of a guest is done: shorter waits in the run, longer ones after it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego
from scrapy.http import Response

from antara_crawler.archive.frontier.schedule import LONGEST_WAIT
from antara_crawler.crawl.fetch import rate_limit
from antara_crawler.crawl.fetch.rate_limit import RateLimit
from antara_crawler.crawl.fetch.refusals import Demand, Refusals, age_of, seconds_of
from antara_crawler.crawl.fetch.robots import delay_of
from antara_crawler.crawl.shutdown import Shutdown
from antara_crawler.unanswered import Deferred

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
LONGEST = LONGEST_WAIT.total_seconds()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0), ("120", 120), (" 120 ", 120), ("86400", 86400),
        ("Wed, 25 Nov 2026 08:02:00 GMT", 120),
        ("Wednesday, 25-Nov-26 08:02:00 GMT", 120),
        ("Wed Nov 25 08:02:00 2026", 120),
        ("Tue, 24 Nov 2026 08:02:00 GMT", 0),
        ("Fri, 25 Nov 2095 08:02:00 GMT", LONGEST),
        ("9" * 6000, LONGEST), ("-5", 0), ("1.5", 0), ("soon", 0), ("", 0), ("\u0663", 0),
        ("Wed, 25 Nov 99999 08:02:00 GMT", 0), ("Wed, 99 Nov 2026 08:02:00 GMT", 0),
    ],
)  # fmt: skip
def test_a_wait_is_understood_in_all_its_forms(text: str, seconds: float) -> None:
    assert seconds_of(text, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0), ({"Age": "7200"}, 7200), ({"Age": "-5"}, 0), ({"Age": "9" * 5000}, 999_999_999),
        ({"Date": "Wed, 25 Nov 2026 07:59:00 GMT"}, 60), ({"Date": "soon", "Age": "\u0663"}, 0),
        ({"Date": "Wed, 25 Nov 2026 07:59:00 GMT", "Age": "90"}, 90),
        ({"Date": "Thu, 26 Nov 2026 08:00:00 GMT"}, 0),
    ],
)  # fmt: skip
def test_an_answer_is_as_old_as_its_age_and_its_date_say(
    headers: dict[str, str], seconds: int
) -> None:
    answer = Response("https://kalsel.antaranews.com/terkini", headers=headers)
    assert age_of(answer, NOW) == timedelta(seconds=seconds)


@given(st.text(max_size=60))
def test_any_header_is_a_wait_within_bounds(text: str) -> None:
    assert 0 <= seconds_of(text, NOW) <= LONGEST


def answer(number: int, status: int, wait: str | None = None) -> Response:
    headers = {} if wait is None else {"Retry-After": wait}
    return Response(f"https://kalsel.antaranews.com/berita/{number}/a", status, headers)


@pytest.fixture
def refusals() -> Refusals:
    return Refusals(most=8, first_pause=1.0, longest=20.0)


@pytest.mark.parametrize("status", [403, 429, 503, 202])
def test_pauses_grow_from_page_to_page_and_then_it_is_over(refusals: Refusals, status: int) -> None:
    demands = [refusals.heed(answer(n, status), "article", NOW) for n in range(8)]
    assert [demand.pause for demand in demands] == [0, 1, 2, 4, 8, 16, 20, 0]
    assert [demand.again for demand in demands] == [True] + [False] * 7
    assert demands[-1].ends == f"HTTP {status} for 8 pages in a row"
    assert not any(demand.ends for demand in demands[:-1])


def test_one_page_that_is_refused_again_and_again_is_one_page(refusals: Refusals) -> None:
    demands = [refusals.heed(answer(7, 503), "article", NOW) for _ in range(30)]
    assert demands == [Demand()] * 30


@pytest.mark.parametrize("status", [200, 304, 404, 410, 301])
def test_an_answer_in_between_ends_the_row(refusals: Refusals, status: int) -> None:
    for n in range(7):
        refusals.heed(answer(n, 403), "article", NOW)
    assert refusals.heed(answer(50, status), "article", NOW) == Demand()
    assert refusals.heed(answer(51, 403), "article", NOW) == Demand()


def test_a_short_wait_is_waited_for(refusals: Refusals) -> None:
    assert refusals.heed(answer(1, 503, "15"), "article", NOW).pause == 15


def test_a_long_wait_of_an_article_is_its_own_till_others_ask_for_it_too(
    refusals: Refusals,
) -> None:
    refusals.heed(answer(0, 200), "listing", NOW)
    first, second, third = (
        refusals.heed(answer(n, 503, "86400"), "article", NOW) for n in range(1, 4)
    )
    for demand in (first, second):
        assert (demand.of_portal, demand.again) == (False, False)
        assert demand.not_before == NOW + timedelta(days=1)
    assert third.of_portal


def test_where_nothing_was_answered_yet_two_pages_speak_for_the_portal(
    refusals: Refusals,
) -> None:
    assert not refusals.heed(answer(1, 503, "86400"), "feed", NOW).of_portal
    assert refusals.heed(answer(2, 503, "86400"), "listing", NOW).of_portal


def test_too_many_requests_and_robots_txt_speak_for_the_portal(refusals: Refusals) -> None:
    assert refusals.heed(answer(1, 429, "3600"), "article", NOW).of_portal
    assert refusals.heed(answer(2, 503, "3600"), None, NOW).of_portal


def test_an_absurd_wait_is_bounded(refusals: Refusals) -> None:
    demand = refusals.heed(answer(1, 429, "9" * 5000), "article", NOW)
    assert demand.not_before == NOW + LONGEST_WAIT


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ("Crawl-delay: 2.5", 2.5),
        ("Request-rate: 1/10s", 10),
        ("Request-rate: 30/1m 0600-0845", 2),
        ("Crawl-delay: 5\nRequest-rate: 1/2s", 5),
        ("Crawl-delay: soon\nRequest-rate: 0/0", 0),
        ("Disallow: /x", 0),
    ],
)
def test_the_pace_that_robots_txt_asks_for(lines: str, seconds: float) -> None:
    rules = Protego.parse(f"User-agent: *\n{lines}\n")
    assert delay_of(rules, "antara-crawler") == seconds


class Waiting:
    """Notes the pauses that are asked of it; `begun` once `ends_after` of them are over.

    Its clock moves by them alone, so that a busy machine changes nothing.
    """

    def __init__(self, ends_after: int = 1000) -> None:
        self.pauses: list[float] = []
        self.ends_after = ends_after

    def monotonic(self) -> float:
        return sum(self.pauses)

    @property
    def begun(self) -> bool:
        return len(self.pauses) >= self.ends_after

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Waiting:
    waiting = Waiting()
    monkeypatch.setattr(rate_limit, "time", waiting)
    return waiting


def limit_with(waiting: Waiting, at_once: int = 1) -> RateLimit:
    return RateLimit(at_once, cast("Shutdown", waiting))


async def take_turns(limit: RateLimit, count: int) -> None:
    for _ in range(count):
        async with limit.turn():
            pass


def test_the_pause_of_robots_txt_lies_before_every_request_of_the_run(waiting: Waiting) -> None:
    limit = limit_with(waiting, at_once=4)
    limit.slow_down(2)
    asyncio.run(take_turns(limit, 5))
    assert waiting.pauses == [2] * 5


def test_without_a_pause_nobody_waits(waiting: Waiting) -> None:
    asyncio.run(take_turns(limit_with(waiting), 5))
    assert waiting.pauses == []


def test_a_run_that_ends_in_a_pause_asks_no_more(waiting: Waiting) -> None:
    waiting.ends_after = 1
    limit = limit_with(waiting)
    limit.hold(60)
    with pytest.raises(Deferred):
        asyncio.run(take_turns(limit, 1))
