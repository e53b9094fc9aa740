"""A page that says it is another article is no page of the one that was asked for."""

import pytest

from antara_crawler.errors import Cause, ForeignPage
from antara_crawler.pages import read_article
from antara_crawler.portals import portal

KALSEL = portal("kalsel")
HOST = "https://kalsel.antaranews.com"
WWW = "https://www.antaranews.com"
TEXT = "Warga desa bergotong royong membangun jembatan bambu sejak Senin pagi di hulu sungai."


def page(head: str) -> str:
    return (
        f"<html><head><title>Jembatan</title>{head}</head><body><article>"
        f'<h1 class="post-title">Jembatan bambu</h1><div class="post-content"><p>{TEXT}</p></div>'
        "</article></body></html>"
    )


def canonical(url: str) -> str:
    return f'<link rel="canonical" href="{url}">'


def og_url(url: str) -> str:
    return f'<meta property="og:url" content="{url}">'


def amp(url: str) -> str:
    return f'<link rel="amphtml" href="{url.replace(HOST, HOST + "/amp")}">'


def json_ld(url: str) -> str:
    return (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
        f'"mainEntityOfPage":{{"@id":"{url}"}}}}</script>'
    )


@pytest.mark.parametrize("claim", [canonical, og_url, amp, json_ld])
@pytest.mark.parametrize("kind", ["berita", "foto", "video", "nasional/berita", "rilis-pers"])
@pytest.mark.parametrize("other", ["/berita/500111/x", "/foto/500111/x", "/video/500111/x"])
def test_a_page_that_says_it_is_another_article_is_foreign(claim, kind, other):
    with pytest.raises(ForeignPage, match="another article") as caught:
        read_article(page(claim(HOST + other)), f"{HOST}/{kind}/482003/jembatan", KALSEL)
    assert caught.value.cause is Cause.FOREIGN


def test_a_page_of_the_same_number_and_another_kind_is_foreign():
    with pytest.raises(ForeignPage):
        read_article(page(canonical(f"{HOST}/berita/482003/x")), f"{HOST}/foto/482003/x", KALSEL)


@pytest.mark.parametrize("kind", ["nasional/berita", "video", "rilis-pers"])
def test_a_page_of_the_national_site_is_known_by_its_number_there(kind):
    path = kind.removeprefix("nasional/")
    url = f"{HOST}/{kind}/1391001/jembatan"
    own = page(canonical(f"{WWW}/{path}/1391001/jembatan-bambu"))
    assert read_article(own, url, KALSEL).article_id == 1391001
    with pytest.raises(ForeignPage):
        read_article(page(canonical(f"{WWW}/{path}/1391002/lain")), url, KALSEL)


@pytest.mark.parametrize(
    "head",
    [
        "",
        canonical(WWW + "/berita/77/x"),
        canonical(HOST),
        canonical(HOST + "/berita/482003/judul-baru") + og_url(HOST + "/berita/500111/x"),
        json_ld(HOST + "/berita/500111/x") + json_ld(HOST + "/berita/500112/x"),
        json_ld(HOST + "/berita/500111/x") + json_ld(HOST + "/berita/482003/x"),
    ],
)
def test_a_page_that_does_not_clearly_say_so_is_read(head):
    assert read_article(page(head), f"{HOST}/berita/482003/x", KALSEL).article_id == 482003


@pytest.mark.parametrize(
    ("foot", "is_read"),
    [
        ("ANTARA News Jawa Timur", False),
        ("ANTARA News Kalimantan Selatan", True),
        ("ANTARA News Jawa Timur, ANTARA News Kalimantan Selatan", True),
        ("ANTARA", True),
    ],
)
def test_a_page_that_another_portal_names_as_its_own_and_signs_is_foreign(foot, is_read):
    other = canonical("https://jatim.antaranews.com/berita/77/x")
    html = page(other).replace("</article>", f"<p>COPYRIGHT © {foot} 2026</p></article>")
    url = f"{HOST}/berita/482003/x"
    if is_read:
        assert read_article(html, url, KALSEL).article_id == 482003
        return
    with pytest.raises(ForeignPage, match="another article, https://jatim"):
        read_article(html, url, KALSEL)
