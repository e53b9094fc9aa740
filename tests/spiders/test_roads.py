"""A road into the past is closed by what says that nothing is there, never by a notice."""

from collections.abc import Callable
from datetime import date

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from antara_crawler.errors import Cause
from antara_crawler.items import Found, Outcome
from antara_crawler.portals import portal
from antara_crawler.spiders.roads import Roads

KALSEL = portal("kalsel")
ROADS = Roads(KALSEL, failed=lambda _: iter(()))
NOTICES = [
    "<html><head><title>Just a moment...</title></head><body><h1>Checking</h1></body></html>",
    "<html><body><h1>Situs sedang dalam pemeliharaan</h1></body></html>",
    "<html><body><main><article class='simple-post'><a href='/berita/1/a'>Kabar",
    "",
]
LOGIN = "<html><body><h1>Masuk</h1><form><input name=sandi></form></body></html>"
SOFT_404 = "<html><body><h1>Halaman tidak ditemukan</h1></body></html>"


def probe_of_numbers() -> Request:
    return ROADS.probe_of_numbers(700001)


def probe_of_days() -> Request:
    return ROADS.day_index("indeks", date(2026, 11, 20), probes=True)


def day() -> Request:
    return ROADS.day_index("indeks", date(2026, 11, 20))


def said(request: Request, html: str, status: int = 200, url: str = "") -> Found | Outcome:
    response = HtmlResponse(
        url or request.url, status, body=html.encode(), encoding="utf-8", request=request
    )
    [found] = ROADS.parse(response)
    return found


@pytest.mark.parametrize("probe", [probe_of_numbers, probe_of_days])
def test_a_probe_that_meets_a_notice_is_asked_again(probe: Callable[[], Request]) -> None:
    login = (LOGIN, 200, f"{KALSEL.base_url}/login")
    for answer in (*((html, 200, "") for html in NOTICES), ("", 304, ""), ("", 403, ""), login):
        found = said(probe(), *answer)
        assert isinstance(found, Outcome), answer
        assert found.state == "queued"


@pytest.mark.parametrize("request_for", [probe_of_numbers, probe_of_days, day])
def test_where_the_portal_says_that_nothing_is_there_nothing_is(
    request_for: Callable[[], Request],
) -> None:
    home = ("<html><body>Beranda</body></html>", 200, KALSEL.base_url)
    for answer in ((SOFT_404, 200, ""), ("", 404, ""), ("", 410, ""), home):
        found = said(request_for(), *answer)
        assert isinstance(found, Found), answer
        assert found.road is not None
        assert found.road.works is False


def test_a_day_behind_a_notice_is_owed_and_not_taken_for_one_without_news() -> None:
    causes = {}
    for name, answer in {
        "notice": (NOTICES[0], 200, ""),
        "cut": (NOTICES[2], 200, ""),
        "unasked": ("", 304, ""),
        "login": (LOGIN, 200, f"{KALSEL.base_url}/login"),
    }.items():
        found = said(day(), *answer)
        assert isinstance(found, Outcome), name
        assert found.state == "unreadable"
        causes[name] = found.cause
    assert causes == {
        "notice": Cause.UNKNOWN_FORM,
        "cut": Cause.DAMAGED,
        "unasked": Cause.REFUSED,
        "login": Cause.FOREIGN,
    }
