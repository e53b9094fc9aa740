"""An article's page that leads home, or says that there is nothing, is as one answered with 404."""

from collections.abc import Iterator

import pytest
from scrapy.http import HtmlResponse

from antara_crawler.errors import Cause
from antara_crawler.items import Article, Found, Outcome, Page, Role
from antara_crawler.spiders.portal import PortalSpider
from tests.pages import building

HOST = "https://kalsel.antaranews.com"
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


def answered(page: Page, body: bytes, status: int) -> list[object]:
    spider = PortalSpider("kalsel")
    response = HtmlResponse(page.url, status, body=body, request=spider.request(page))
    return [*spider.parse(response)]


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


@pytest.mark.parametrize(
    ("steps", "state"), [([301], "gone"), ([308, 301], "gone"), ([302], "unreadable")]
)
def test_an_article_that_has_another_number_for_good_is_there_no_more(
    steps: list[int], state: str
) -> None:
    moved = URL.replace("375001", "375002")
    [outcome] = parsed(moved, building.page(), redirect_reasons=steps)
    assert isinstance(outcome, Outcome)
    assert outcome.state == state


@pytest.mark.parametrize(
    ("role", "is_new", "guessed", "state"),
    [
        ("feed", True, False, "gone"),
        ("feed", False, False, "unreadable"),
        ("sitemap", True, True, "gone"),
        ("sitemap", False, True, "unreadable"),
        ("sitemap", True, False, "unreadable"),
    ],
)
def test_a_feed_or_sitemap_that_is_named_or_was_read_before_is_missed(
    role: Role, is_new: bool, guessed: bool, state: str
) -> None:
    page = Page("kalsel", role, f"{HOST}/rss/terkini.xml", is_new=is_new, guessed=guessed)
    [outcome] = [each for each in answered(page, b"", 404) if isinstance(each, Outcome)]
    assert (outcome.state, outcome.cause) == (state, Cause.NOT_FOUND)


@pytest.mark.parametrize(
    ("place", "guessed", "is_told"),
    [
        ("https://cdn.example/sitemap-1.xml", False, True),
        ("https://cdn.example/sitemap-1.xml", True, False),
        (f"{HOST}/ekonomi", False, False),
    ],
)
@pytest.mark.parametrize("form", ["<sitemapindex><sitemap><loc>{}</loc></sitemap></sitemapindex>",
                                  "<urlset><url><loc>{}</loc></url></urlset>"])  # fmt: skip
def test_a_sitemap_all_of_whose_links_lead_elsewhere_is_told(
    form: str, place: str, guessed: bool, is_told: bool
) -> None:
    page = Page("kalsel", "sitemap", f"{HOST}/sitemap.xml", guessed=guessed)
    said = answered(page, form.format(place).encode(), 200)
    [found] = [each for each in said if isinstance(each, Found)]
    assert bool(found.cut_short) is is_told


@pytest.mark.parametrize("held", [True, False])
def test_an_article_that_is_held_stays_so_whatever_date_it_has_now(held: bool) -> None:
    spider = PortalSpider("kalsel", since="2026-11-01")
    request = spider.request(Page("kalsel", "article", building.URL, "berita", 375001, held=held))
    body = building.page().encode()
    [found] = spider.parse_article(
        HtmlResponse(building.URL, body=body, encoding="utf-8", request=request)
    )
    assert isinstance(found, Article if held else Outcome)
