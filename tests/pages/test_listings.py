"""Listing pages: entries, next page, sections."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from antara_crawler.errors import UnreadablePage
from antara_crawler.pages import read_listing
from antara_crawler.portals import portal

KALSEL = portal("kalsel")
HOST = "https://kalsel.antaranews.com"
URL = f"{HOST}/terkini"
WITA = timezone(timedelta(hours=8))

MENU = """
<header><nav class="navbar"><ul>
<li><a href="/">Home</a></li><li><a href="/terkini">Terkini</a></li>
<li><a href="#">Nusantara</a></li><li><a href="https://aceh.antaranews.com">Aceh</a></li>
<li><a href="https://kalsel.antaranews.com/kabar-daerah/banjar/">Banjar</a>
<ul><li><article class="simple-post"><h3><a href="/berita/800001/menu">Di menu</a></h3>
</article></li></ul></li>
<li><a href="/ekonomi?utm_source=menu">Ekonomi &amp; Bisnis</a></li>
<li><a href="/tentang-kami">Tentang Kami</a></li><li><a href="/rss/terkini.xml">RSS</a></li>
<li><a href="/search?q=banjir">Cari</a></li><li><a href="@antara_kalsel">Twitter</a></li>
<li><a href="/foto">Foto</a></li><li><a href="/ekonomi"><img></a></li>
</ul></nav></header>"""
ASIDE = """<aside><article class="simple-post"><h3><a href="/berita/800002/samping">Samping</a></h3>
</article></aside>"""


def simple(number: int, date: str = "5 jam lalu", link: str = "") -> str:
    href = link or f"{HOST}/berita/{number}/judul-{number}"
    return (
        '<article class="simple-post simple-big clearfix"><div class="simple-thumb">'
        f'<a href="{href}"><img></a></div>'
        f'<header><h3><a title="T" href="{href}">Judul {number}</a></h3>'
        '<p class="simple-share"><a href="/ekonomi">Ekonomi</a> '
        f"<span>{date}</span></p></header></article>"
    )


def card(number: int, date: str) -> str:
    return (
        f'<div class="card__post card__post-list"><a href="/berita/{number}/a"><img></a>'
        '<div class="card__post__content"><div class="card__post__author-info mb-2">'
        f'<span>{date}</span></div><div class="card__post__title">'
        f'<h2><a href="/berita/{number}/a">Judul {number}</a></h2></div></div></div>'
    )


def page(main: str, pager: str = "") -> str:
    return f"<html><body>{MENU}<div class='col-md-8'>{main}{pager}</div>{ASIDE}</body></html>"


def numbers(html: str) -> list[int]:
    return [entry.address.number for entry in read_listing(html, URL, KALSEL).entries]


def test_entries_are_the_main_lists_cards_in_order_each_once() -> None:
    html = page(simple(500003) + simple(500001) + simple(500003) + card(500002, "kemarin"))
    assert numbers(html) == [500003, 500001, 500002]


def test_a_card_gives_title_and_age_or_date() -> None:
    html = page(simple(500003, "2 menit lalu") + card(500002, "Kamis, 18 Desember 2025 6:50"))
    young, old = read_listing(html, URL, KALSEL).entries
    assert (young.title, young.age, young.published_at) == (
        "Judul 500003", timedelta(minutes=2), None,
    )  # fmt: skip
    assert (old.title, old.age) == ("Judul 500002", None)
    assert old.published_at == datetime(2025, 12, 18, 6, 50, tzinfo=WITA)


def test_links_elsewhere_and_share_links_are_no_entries() -> None:
    stray = simple(1, link="https://otomotif.antaranews.com/berita/1/x")
    share = simple(2, link="/amp/berita/407622/@antara_kalsel")
    assert numbers(page(stray + share + simple(500001))) == [500001]


def test_menus_and_side_columns_count_only_where_nothing_else_does() -> None:
    assert numbers(page(simple(500001))) == [500001]
    empty = read_listing(page("<p>Tidak ada.</p>"), URL, KALSEL)
    assert [entry.address.number for entry in empty.entries] == [800001, 800002]
    assert not empty.listed  # they say nothing of the listing


def test_loose_links_count_where_there_are_no_cards() -> None:
    assert numbers(page('<ul><li><a href="/berita/500009/x">Judul</a></li></ul>')) == [500009]


def test_the_oldest_layout_is_read() -> None:
    html = page(
        '<ul class="ul_rubrik"><li><div class="bxpd"><h3><a href="/berita/500008/x">Lama</a></h3>'
        "<span>3 hari lalu</span></div></li></ul>"
    )
    (entry,) = read_listing(html, URL, KALSEL).entries
    assert (entry.title, entry.age) == ("Lama", timedelta(days=3))


@pytest.mark.parametrize(
    ("url", "pager", "wanted"),
    [
        (URL, '<a href="/terkini/2">2</a><a href="/terkini/9">9</a>', "/terkini/2"),
        (URL, '<a href="/terkini/3">3</a><a href="/terkini/2">Next</a>', "/terkini/2"),
        (
            f"{URL}/2",
            '<a href="/terkini">1</a><a href="/terkini/3">Selanjutnya »</a>',
            "/terkini/3",
        ),
        (f"{URL}?page=4", '<a href="?page=3">3</a><a href="?page=5">5</a>', "/terkini?page=5"),
        (f"{URL}/9", '<a href="/terkini/8">8</a>', None),
        (f"{URL}/9", '<a href="/terkini/1">Next</a>', None),
        (URL, '<a href="https://www.antaranews.com/terkini/2">Next</a>', None),
        (URL, '<a href="/terkini">Next</a><a href="#">2</a>', None),
        (URL, '<a rel="next" href="/terkini/2?utm_source=x"><i></i></a>', "/terkini/2"),
        (URL, "", None),
        (f"{URL}/4", '<a href="/terkini/5">5</a><a href="/terkini/6">»</a>', "/terkini/5"),
        (URL, '<a href="/terkini?page=1">Selanjutnya</a>', "/terkini?page=1"),
        (URL, '<a href="/terkini">1</a><a href="/terkini?page=1">Next</a>', "/terkini?page=1"),
        (URL, '<a href="/terkini?page=1">2</a><a href="?page=2">3</a>', "/terkini?page=1"),
        (f"{URL}?page=1", '<a href="?page=0">1</a><a href="?page=2">3</a>', "/terkini?page=2"),
        (f"{URL}?page=2", '<a href="?page=0">1</a><a href="?page=2">3</a>', None),
    ],
)
def test_next_page(url: str, pager: str, wanted: str | None) -> None:
    html = page(simple(500001), f'<ul class="pagination pagination-sm"><li>{pager}</li></ul>')
    found = read_listing(html, url, KALSEL).next_url
    assert found == (HOST + wanted if wanted else None)


def test_a_link_element_names_the_next_page() -> None:
    html = f'<html><head><link rel="next" href="/terkini/2"></head><body>{simple(1)}</body></html>'
    assert read_listing(html, URL, KALSEL).next_url == f"{HOST}/terkini/2"


def test_sections_are_the_menus_listings_and_nothing_else() -> None:
    found = read_listing(page(simple(500001)), URL, KALSEL).sections
    assert [(link.title, link.url) for link in found] == [
        ("Terkini", f"{HOST}/terkini"),
        ("Banjar", f"{HOST}/kabar-daerah/banjar"),
        ("Ekonomi & Bisnis", f"{HOST}/ekonomi"),
        ("Foto", f"{HOST}/foto"),
    ]


def test_a_mirrors_links_are_read_as_the_portals_own() -> None:
    html = page(simple(500001, link="/berita/500001/a"))
    listing = read_listing(html, "http://127.0.0.1:8000/terkini", KALSEL)
    assert listing.entries[0].address.url == f"{HOST}/berita/500001/a"


def test_what_is_no_html_is_unreadable() -> None:
    with pytest.raises(UnreadablePage, match="no HTML"):
        read_listing('{"a": 1}', URL, KALSEL)


def test_cards_of_other_hosts_are_counted_and_named() -> None:
    stray = simple(1, link="https://otomotif.antaranews.com/berita/1/x")
    listing = read_listing(page(stray + simple(500001) + simple(500001)), URL, KALSEL)
    assert (listing.shown, listing.repeats, listing.strays) == (3, 1, 1)
    assert listing.stray == "https://otomotif.antaranews.com/berita/1/x"


@pytest.mark.parametrize("cards", [True, False])
def test_a_listing_whose_articles_are_all_elsewhere_shows_strays(cards: bool) -> None:
    place = "https://cermin.example/berita/1/x"
    html = page(simple(1, link=place) if cards else f'<ul><li><a href="{place}">J</a></li></ul>')
    listing = read_listing(html, URL, KALSEL)
    assert (listing.entries, listing.strays) == ((), 1)


def test_a_link_too_long_is_told_by_the_number_in_front() -> None:
    html = page(simple(380011, link=f"/berita/380011/{'banjir-' * 900}"))
    [entry] = read_listing(html, URL, KALSEL).entries
    assert entry.address.number == 380011


def test_links_that_name_the_mirror_are_the_portals() -> None:
    mirrored = replace(KALSEL, mirror="http://127.0.0.1:8000/kalsel")
    html = page(
        simple(1, link="http://127.0.0.1:8000/kalsel/berita/500001/a")
        + simple(2, link="/kalsel/berita/500002/b")
        + simple(3, link=f"{HOST}/berita/500003/c"),
        '<ul class="pagination"><li><a href="http://127.0.0.1:8000/kalsel/terkini/2">2</a></li></ul>',
    )
    listing = read_listing(html, URL, mirrored)
    assert [entry.address.url for entry in listing.entries] == [
        f"{HOST}/berita/500001/a", f"{HOST}/berita/500002/b", f"{HOST}/berita/500003/c",
    ]  # fmt: skip
    assert listing.next_url == f"{HOST}/terkini/2"


def test_a_pager_that_skips_pages_still_leads_to_the_next() -> None:
    pager = (
        '<ul class="pagination"><li><a href="/terkini">1</a><a href="/terkini/80">80</a></li></ul>'
    )
    read = read_listing(page(simple(1), pager), f"{URL}/5", KALSEL)
    assert (read.next_url, read.last) == (f"{URL}/6", 80)


def test_a_pager_that_says_next_names_the_last_page_as_well() -> None:
    pager = (
        '<ul class="pagination"><li><a href="/terkini/2">Selanjutnya</a>'
        '<a href="/terkini/9">Terakhir</a></li></ul>'
    )
    read = read_listing(page(simple(1), pager), URL, KALSEL)
    assert (read.next_url, read.last) == (f"{URL}/2", 9)


def test_a_next_page_on_another_host_is_no_end() -> None:
    pager = '<ul class="pagination"><li><a href="https://x.example/terkini/2">Next</a></li></ul>'
    listing = read_listing(page(simple(1), pager), URL, KALSEL)
    assert (listing.next_url, listing.next_elsewhere) == (None, "https://x.example/terkini/2")


@pytest.mark.parametrize("text", ["Selanjutnya", "2"])
def test_a_pager_that_counts_in_a_way_that_is_not_ours_is_no_end(text: str) -> None:
    pager = f'<ul class="pagination"><li><a href="/terkini?offset=8">{text}</a></li></ul>'
    listing = read_listing(page(simple(1), pager), URL, KALSEL)
    assert (listing.next_url, listing.next_elsewhere) == (None, f"{URL}?offset=8")


def test_a_pager_whose_first_page_has_a_query_is_at_its_end_there() -> None:
    pager = '<ul class="pagination"><li><a href="/terkini?ref=pager">1</a></li></ul>'
    assert read_listing(page(simple(1), pager), URL, KALSEL).next_elsewhere is None


@pytest.mark.parametrize(("linked", "damaged"), [(2, 2), (3, 0)])
def test_half_a_list_without_links_is_damaged(linked: int, damaged: int) -> None:
    scripted = '<article class="simple-post"><h3 onclick="buka(1)">Judul</h3></article>'
    cards = "".join(simple(number) for number in range(1, linked + 1))
    listing = read_listing(page(cards + 2 * scripted), URL, KALSEL)
    assert (len(listing.entries), listing.damaged) == (linked, damaged)


def test_all_pages_of_a_listing_have_one_title() -> None:
    titles = {
        read_listing(
            f"<html><title>Terkini {n} - ANTARA</title>{simple(1)}</html>", URL, KALSEL
        ).title
        for n in ("", "2", "13")
    }
    assert titles == {"Terkini ANTARA"}


@pytest.mark.parametrize(
    ("age", "days"), [("5 jam lalu", 1), ("2 minggu lalu", 8), ("3 bulan lalu", 31)]
)
def test_an_age_says_how_far_it_may_be_off(age: str, days: int) -> None:
    (entry,) = read_listing(page(simple(1, age)), URL, KALSEL).entries
    assert entry.margin == timedelta(days=days)


@pytest.mark.parametrize("base", [f"{HOST}/", "/", "https://KALSEL.antaranews.com:443/x"])
def test_relative_links_begin_where_the_page_says_that_they_do(base: str) -> None:
    pager = (
        '<ul class="pagination"><li><a href="terkini/3">3</a></li><li><a href="#">…</a></li></ul>'
    )
    html = page(simple(7, link="berita/7/judul-7"), pager).replace(
        "<html>", f"<html><head><base target='_top'><base href='{base}'></head>"
    )
    read = read_listing(html, f"{URL}/2", KALSEL)
    assert [entry.address.number for entry in read.entries] == [7]
    assert read.next_url == f"{URL}/3"
    assert read.next_elsewhere is None
