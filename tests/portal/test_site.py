"""The site answers as the portals do: listings, feeds, addresses, validators, edits, faults."""

import gzip
import re
import xml.etree.ElementTree as ET

import pytest

from tests.portal.faults import FATAL, NAMES, Faults
from tests.portal.oracle import planted
from tests.portal.places import MONTHS, WEEKDAYS
from tests.portal.plain import html_of, shown, spoken, whole
from tests.portal.seen import SITE
from tests.portal.site import Site

BASE = "https://kalsel.antaranews.com"


def test_todays_date_and_menus_stand_before_the_articles_own_date() -> None:
    article = SITE.articles[10]
    html = html_of(SITE, article.path)
    today = html.index("Selasa, 30 Desember 2025</span>")
    menu = html.index('<div class="mega-menu">')
    own = html.index("<h1")
    assert today < menu < own
    assert html[:own].count("<h3>") > 10


def test_cards_say_how_long_ago_within_a_day() -> None:
    first = html_of(SITE, "/terkini")
    assert re.search(r"<span>\d+ menit lalu</span>", first)
    assert re.search(r"<span>\d+ jam lalu</span>", first)
    assert re.search(
        rf"<span>({'|'.join(WEEKDAYS)}), \d+ ({'|'.join(MONTHS)}) \d{{4}} \d+:\d\d<", first
    )


def test_cards_hold_links_that_are_no_articles_of_this_portal() -> None:
    first = html_of(SITE, "/terkini")
    for href in (
        "@antara_kalsel",
        "https://otomotif.antaranews.com/berita/1234567/",
        "iklan.example",
    ):
        assert href in first
    assert "utm_source=antaranews" in "".join(html_of(SITE, f"/terkini/{n}") for n in range(1, 9))


def locations(xml: str) -> list[str]:
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    return [element.text or "" for element in ET.fromstring(xml).iter(name)]


@pytest.mark.parametrize("paging", ["path", "query"])
def test_the_listing_names_every_article_once_and_ends(paging: str) -> None:
    site = Site(1, 47, paging=paging)
    forms = {"path": ("/terkini/{}", ""), "query": ("/terkini", "page={}")}
    path, query = forms[paging]
    found: list[str] = []
    for number in range(1, 6):
        html = html_of(site, path.format(number), query.format(number))
        main = html.split('<div class="col-md-8">')[1].split("<aside")[0]
        found += re.findall(r"<h[23][^>]*><a [^>]*?href=\"[^\"]*?/(\d{4,})/", main)
        assert (">Next<" in main) == (number < 5)
    assert len([number for number in found if number != "1234567"]) == 47
    assert "Tidak ada berita" in html_of(site, path.format(6), query.format(6))


def test_sections_of_the_menu_answer_with_their_own_articles() -> None:
    for path in ("/hukum", "/kabar-daerah/banjar", "/foto", "/nasional"):
        assert f'href="https://kalsel.antaranews.com{path}"' in html_of(SITE, "/")
        listed = SITE.listed(path)
        assert listed
        assert all(article.section and article.section[0] == path for article in listed)


def test_the_feed_may_have_a_mark_and_be_compressed() -> None:
    plain, marked = Site(1, 12).respond("/rss/terkini.xml").body, Site(1, 12, feed_bom=True)
    assert marked.respond("/rss/terkini.xml").body == b"\xef\xbb\xbf" + plain
    packed = Site(1, 12, feed_gzip=True).respond("/rss/terkini.xml").body
    assert gzip.decompress(packed) == plain
    items = ET.fromstring(plain).findall("./channel/item")
    assert len(items) == 12
    assert (items[0].findtext("description") or "").endswith(" ...")


def test_sitemaps_name_every_article_when_switched_on() -> None:
    site = Site(1, 120, sitemap=True)
    assert "Sitemap: https://kalsel.antaranews.com/sitemap.xml" in html_of(site, "/robots.txt")
    parts = locations(html_of(site, "/sitemap.xml"))
    found = [url for part in parts for url in locations(html_of(site, part.removeprefix(BASE)))]
    assert sorted(found) == sorted(truth["url"] for truth in site.truth)
    assert SITE.respond("/sitemap.xml").status == 404


def test_any_slug_and_any_form_of_address_serves_the_article() -> None:
    article = SITE.article(*reversed(SITE.traps["kind:berita"][5]))
    true = SITE.respond(article.path).body
    number = article.number
    for path in (f"/berita/{number}", f"/berita/{number}/@antara_kalsel", f"{article.path}/"):
        assert SITE.respond(path).body == true
    assert SITE.respond(article.path, "fullsite=false").body == true
    assert "<html ⚡" in html_of(SITE, f"/amp/berita/{number}/@antara_kalsel")
    assert SITE.respond("/berita/99999999/tak-ada").status == 404


def test_validators_are_answered_with_304_until_an_edit() -> None:
    site = Site(1, 20)
    article = site.articles[3]
    headers = dict(site.respond(article.path).headers)
    etag = {"If-None-Match": headers["ETag"]}
    since = {"If-Modified-Since": headers["Last-Modified"]}
    assert site.respond(article.path, "", etag).status == 304
    assert site.respond(article.path, "", since).status == 304
    site.edit(article.number, article.kind)
    assert site.respond(article.path, "", etag).status == 200
    assert site.respond(article.path, "", since).status == 200


def test_an_edit_changes_page_and_truth_alike() -> None:
    site = Site(1, 60)
    for article in site.articles:
        before = article.truth
        site.edit(article.number, article.kind)
        after = article.truth
        assert after["paragraphs"] != before["paragraphs"]
        assert planted(after) == planted(before)
        text = shown(whole(site, article))
        assert all(expected in text for expected in spoken(after))
    site.edit(site.articles[0].number, site.articles[0].kind, title="Judul <baru> & lain")
    assert site.truth[0]["title"] == "Judul <baru> & lain"
    assert "Judul &lt;baru&gt; &amp; lain" in html_of(site, site.articles[0].path)


def test_new_articles_stand_on_top_and_removed_ones_are_gone() -> None:
    site = Site(1, 30)
    first, second = site.add(2)
    assert [article.key for article in site.newest[:2]] == [second.key, first.key]
    assert first.url in html_of(site, "/rss/terkini.xml")
    site.remove(first.number, first.kind)
    assert site.respond(first.path).status == 410
    assert first.truth not in site.truth
    assert first.path not in html_of(site, "/terkini")


def test_all_faults_have_articles_of_their_own_and_the_rest_is_readable() -> None:
    faults = Faults.all(each=2)
    plan = faults.plan(SITE)
    assert sorted(plan.values()) == sorted(NAMES * 2)
    assert len(SITE.readable(faults)) == 300 - 2 * len(FATAL)


def test_a_faulty_article_stays_the_same_when_others_are_added() -> None:
    site, faults = Site(1, 60), Faults.all()
    before = faults.plan(site)
    site.add(5)
    assert faults.plan(site) == before
