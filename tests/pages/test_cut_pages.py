"""A page that breaks off is not taken for a whole one, though no length betrays it."""

import pytest

from antara_crawler.errors import CutPage
from antara_crawler.pages import read_article, read_listing
from antara_crawler.pages.decoding import breaks_off
from antara_crawler.portals import portal
from tests.portal import Site
from tests.portal.model import Article

KALSEL = portal("kalsel")
SITE = Site(seed=21, articles=24)


def shown(path: str) -> str:
    return SITE.respond(path, "").body.decode()


@pytest.mark.parametrize("article", SITE.newest[:6], ids=lambda article: article.template)
def test_an_article_that_breaks_off_anywhere_in_its_text_is_refused(article: Article) -> None:
    html = shown(article.path)
    url = f"{KALSEL.base_url}{article.path}"
    text = read_article(html, url, KALSEL).paragraphs
    places = [html.find(paragraph[-12:]) for paragraph in text]
    for place in (each for each in places if each >= 0):
        with pytest.raises(CutPage, match="its last tags are not there"):
            read_article(html[:place], url, KALSEL)


def test_a_listing_that_breaks_off_before_its_pager_says_so() -> None:
    html, url = shown("/terkini"), f"{KALSEL.base_url}/terkini"
    whole = read_listing(html, url, KALSEL)
    assert whole.next_url
    assert not whole.cut
    cut = read_listing(html[: html.index('class="pagination')], url, KALSEL)
    assert cut.cut
    assert cut.entries == whole.entries


@pytest.mark.parametrize(
    ("html", "is_cut"),
    [
        ("<html><body><div><p>Satu</div></body></html>", False),
        ("<html><body><div><div><p>Satu</div></BODY>", False),
        ("<html lang=id><body><div><p>Satu<p>Dua</div>", False),  # what a minifier leaves
        ("<div><p>Satu", False),  # a piece of a page
        ("<html><body><p>Satu<p>Dua", False),
        ("<html><body><div><p>Satu", True),
        ("<html><body><DIV><p>Satu<br><b>Fatal error</b>", True),
        ("<html><body><p>Satu<a hre", True),
        ("<html><body><p>Satu<script>let a = 1", True),
        ("<html><bodyguard>", False),
    ],
)
def test_open_elements_without_an_end_of_the_page_are_a_cut(html: str, is_cut: bool) -> None:
    assert breaks_off(html) is is_cut
