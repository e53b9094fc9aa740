"""An article's page that leads home, or says that there is nothing, is as one answered with 404."""

from collections.abc import Iterator

import pytest
from scrapy.http import HtmlResponse

from antara_crawler.errors import Cause
from antara_crawler.items import Outcome, Page
from antara_crawler.spiders.portal import PortalSpider
from tests.pages import building

URL = building.URL.replace("/berita/", "/foto/")  # that has no AMP form
SAYING = (
    "Halaman tidak ditemukan",
    "Maaf, halaman yang Anda cari tidak ditemukan!",
    "404 - Halaman Tidak Ditemukan - ANTARA News Kalimantan Selatan",
    "Berita tidak tersedia",
    "Page not found",
    "404 Not Found",
    "Error 404",
)
NOT_SAYING = (
    "Korban tidak ditemukan",
    "Warga desa 404 bangun jembatan",
    "Berita hoaks tentang vaksin yang tidak ditemukan buktinya di lapangan menyebar",
    "Artikel",
)


def parsed(url: str, html: str, **meta: object) -> list[object]:
    spider = PortalSpider("kalsel")
    page = Page("kalsel", "article", URL, "foto", 375001)
    request = spider.request(page, **meta)
    response = HtmlResponse(url, body=html.encode(), encoding="utf-8", request=request)
    found: Iterator[object] = spider.parse_article(response)
    return list(found)


@pytest.mark.parametrize("text", SAYING)
def test_a_page_that_says_so_is_absent(text: str) -> None:
    html = (
        f"<html><title>{text}</title><body><h1>{text}</h1><p>Kembali ke beranda</p></body></html>"
    )
    [outcome] = parsed(URL, html)
    assert isinstance(outcome, Outcome)
    assert (outcome.state, outcome.cause) == ("gone", Cause.NOT_FOUND)


@pytest.mark.parametrize("text", NOT_SAYING)
def test_a_headline_that_only_sounds_like_it_is_none(text: str) -> None:
    html = f"<html><title>{text}</title><body><h1>{text}</h1></body></html>"
    [outcome] = parsed(URL, html)
    assert isinstance(outcome, Outcome)
    assert outcome.state == "unreadable"


@pytest.mark.parametrize(
    "url", ["https://kalsel.antaranews.com", "http://www.kalsel.antaranews.com/"]
)
def test_an_article_that_leads_to_the_first_page_is_absent(url: str) -> None:
    [outcome] = parsed(url, building.page())
    assert isinstance(outcome, Outcome)
    assert outcome.state == "gone"


def test_an_article_that_leads_elsewhere_or_is_read_is_not(url: str = building.URL) -> None:
    [outcome] = parsed("https://kalsel.antaranews.com/terkini", building.page())
    assert isinstance(outcome, Outcome)
    assert outcome.state == "unreadable"
