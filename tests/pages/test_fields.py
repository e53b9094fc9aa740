"""Title, section and tags, each from the places in which pages were seen to have them."""

import json

import pytest

from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Article
from antara_crawler.pages import read_article
from antara_crawler.portals import portal
from tests.pages import building

URL = "https://kalsel.antaranews.com/berita/420001/judul"
LEAD = "Barabai (ANTARA) - Petani memanen padi unggul di dua puluh desa pada pekan ini."
OG = "<meta property='og:title' content='{}'>"


def read(heading: str = "<h1>Panen raya</h1>", *, head: str = "", foot: str = "") -> Article:
    html = (
        f"<html><head>{head}</head><body><div class='room'>{heading}"
        f"<div class='post-content'><p>{LEAD}</p></div>{foot}</div></body></html>"
    )
    return read_article(html, URL, portal("kalsel"))


def linked(**values: object) -> str:
    data = {"@type": "NewsArticle", **values}
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("<h1>Panen raya<br>di Barabai</h1>", ""),
        ("<h1>Panen raya<br/>\n di <b>Barabai</b></h1>", "Lain sama sekali"),
        ("<h1>Panen raya di Barabai</h1>", "Panen raya"),
        ("<h1><span>Video</span> Panen raya di Barabai</h1>", "Panen raya di Barabai"),
        ("<h1>Panen raya di Barabai<small>Warga senang</small></h1>", "Panen raya di Barabai"),
        ("<h1>Panen raya di Barabai<p>Senang</p></h1>", "Panen raya di Barabai - ANTARA News"),
        ("<h1>Antara News kalsel</h1><h1>Panen raya di Barabai</h1>", ""),
        ("<h1>ANTARA News Kalimantan Selatan</h1><h1>Panen raya di Barabai</h1>", ""),
        ("<h1>ANTARA News Sulsel</h1><h1>Panen raya di Barabai</h1>", ""),
        ("<article class=k><h1><a href=/berita/1/x>Pasar Rantau ramai lagi</a></h1></article>"
         "<h1>Panen raya di Barabai</h1>", "Panen raya di Barabai"),
        ("", "Panen raya di Barabai"),
        ("", "Panen raya di Barabai - ANTARA News Kalimantan Selatan"),
        ("<h1>Video</h1>", "Panen raya di Barabai | ANTARA News"),
    ],
)  # fmt: skip
def test_the_headline_is_what_a_reader_reads(heading: str, told: str) -> None:
    article = read(heading, head=OG.format(told) if told else "")
    assert article.title == "Panen raya di Barabai"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Jukung - antara tradisi dan zaman", "Jukung - antara tradisi dan zaman"),
        ("Jukung - antara tradisi - ANTARA News Kalimantan Selatan", "Jukung - antara tradisi"),
        ("Jukung - antara tradisi :: ANTARA News", "Jukung - antara tradisi"),
        ("Jukung - antara tradisi - kalsel.antaranews.com", "Jukung - antara tradisi"),
        ("Dua desa - Antara bukit dan sungai", "Dua desa - Antara bukit dan sungai"),
        ("Panen - ANTARA News kalsel", "Panen"),
        ("Panen - ANTARA News Mataram - Berita NTB Terkini", "Panen"),
        ("Panen – ANTARA", "Panen"),
        ("Panen - Antara News", "Panen"),
        ("Panen - Antaranews.com", "Panen"),
        ("Pesta - ANTARA News Award dibuka - ANTARA News Aceh", "Pesta - ANTARA News Award dibuka"),
        ("Pesta - ANTARA Foto dibuka", "Pesta - ANTARA Foto dibuka"),
    ],
)
def test_only_the_sites_own_name_is_cut_from_a_title(said: str, title: str) -> None:
    assert read("", head=f"<title>{said}</title>").title == title


def test_a_name_that_the_page_gives_its_site_is_cut_too() -> None:
    head = (
        "<meta property='og:site_name' content='Berita Banua'><title>Panen - Berita Banua</title>"
    )
    assert read("", head=head).title == "Panen"


def test_a_page_with_its_sites_name_alone_has_no_title() -> None:
    with pytest.raises(UnreadablePage, match="no title"):
        read("<h1>ANTARA News</h1>", head="<title>Video - ANTARA News kalsel</title>")


def crumbs(*texts: str) -> str:
    items = "".join(f"<li class='breadcrumbs__item'>{text}</li>" for text in texts)
    return f"<ul class='breadcrumbs'>{items}</ul><h1>Panen raya di Barabai</h1>"


@pytest.mark.parametrize(
    ("texts", "section"),
    [
        (("<a href='/'>Depan</a> •", "– Ekonomi ▸", "Panen raya di Barabai"), "Ekonomi"),
        (("Home", "Kabar Daerah", "Panen raya di Barabai"), "Kabar Daerah"),
        (("Home", "Panen raya di Barabai"), None),
        (("Beranda", "Panen raya di Bar..."), None),
        (("Beranda", "Panen raya …"), None),
        (("Antara News kalsel", "Kabar Daerah", "Tapin"), "Kabar Daerah"),
        (("Home /", "Kabar Daerah /"), "Kabar Daerah"),
        (("Anda di sini:", "Home", "Kabar Daerah"), "Kabar Daerah"),
    ],
)
def test_a_crumb_that_is_the_headline_is_no_section(
    texts: tuple[str, ...], section: str | None
) -> None:
    assert read(crumbs(*texts)).section == section
    told = "<meta property='article:section' content='Ekonomi'>"
    assert read(crumbs(*texts), head=told).section == (section or "Ekonomi")


def test_microdata_name_the_section() -> None:
    head = "<meta itemprop='articleSection' content='Ekonomi'>"
    assert read(head=head).section == "Ekonomi"


@pytest.mark.parametrize(
    "line",
    [
        "<p><span itemprop='articleSection'>Ekonomi</span></p>",
        "<p>Ditulis dalam <a href='/k' rel='category tag'>Ekonomi</a></p>",
        "<p id='jejak'><a href='/'>Depan</a> <a href='/k'>Ekonomi</a></p>",
    ],
)
def test_a_page_shows_the_section_where_it_says_that_it_is_one(line: str) -> None:
    other = "<aside><a href='/x' rel='category tag'>Olahraga</a></aside>"
    assert read(foot=f"{other}{line}").section == "Ekonomi"


TAGS = ("banjir", "sungai barito")


@pytest.mark.parametrize(
    "foot",
    [
        "<ul class='tags-widget clearfix'><li class='trending'>TAGS:</li>"
        "<li><a href='/tag/banjir'>banjir</a></li><li><a href='/x'>sungai  barito</a></li></ul>",
        "<ul><li><a href='/blog/tema/banjir'>banjir</a></li>"
        "<li><a href='/isu/s'>sungai barito</a></li></ul>",
        "<ul class='tags-widget'><li class='trending'>TAGS:</li><li>banjir</li>"
        "<li>sungai barito</li></ul>",
        "<ul class='blog-tags'><li><a href='/x'>#banjir</a></li>"
        "<li><a href='/y'>#sungai barito,</a></ul>",
        "<div><b>Topik:</b> <a href='https://kalsel.antaranews.com/tag/banjir'>banjir</a>"
        " <a href='/tag/sungai-barito'>sungai barito</a></div>",
        "<div>Tag: <a href='/tag/a'>banjir</a> | <a href='/tag/b'>sungai barito</a></div>",
        "<p itemprop='keywords'><a href='/a'>banjir</a>, <a href='/b'>sungai barito</a></p>",
        "<nav><a href='/tag/banjir'>banjir</a> <a href='/tag/b'>sungai barito</a></nav>",
    ],
)
def test_tags_are_those_shown_around_the_body(foot: str) -> None:
    card = "<div class='card__post'><a href='/tag/lain'>lain</a></div>"
    assert read(foot=card + foot).tags == TAGS
    assert read(foot=foot, head="<meta name='keywords' content='x, y'>").tags == TAGS


@pytest.mark.parametrize(
    "more",
    [
        "<li style='display:none'><a href='/tag/rahasia'>rahasia</a></li>",
        "<li hidden><a href='/tag/rahasia'>rahasia</a></li>",
        "<li><a href='#'>+2 lainnya</a></li>",
        "<li><a href='/topik/banjir'>+ Ikuti topik ini</a></li>",
        "<li><a href='/tag/semua'>Semua tag</a></li>",
        "<li><a href='/tag/banjir'>Lihat semua</a></li>",
    ],
)
@pytest.mark.parametrize("list_class", ["blog-tags", "t"])
def test_what_is_hidden_or_leads_to_more_tags_is_none(list_class: str, more: str) -> None:
    own = "<li><a href='/tag/banjir'>banjir</a></li><li><a href='/tag/b'>sungai barito</a></li>"
    assert read(foot=f"<ul class='{list_class}'>{own}{more}</ul>").tags == TAGS
    assert read(foot=f"<ul class='{list_class}'>{more}</ul>").tags == ()


@pytest.mark.parametrize(
    "more",
    [
        "<div class='w'><h4>Topik hangat</h4><a href='/tag/mudik'>#mudik</a></div>",
        "<div class='w'><h4>Sedang tren</h4><a href='/tag/mudik'>mudik</a></div>",
        "<div><b>Terpopuler:</b> <ul><li><a href='/topik/haji'>haji</a></ul></div>",
        "<p>Warga <b>yang <a href='/tag/x'>antre air</a></b> pulang lagi setelah siang</p>",
        "<p>Tag: begitu nama cat di dinding kota ini, kata warga.</p>",
    ],
)
def test_links_to_tags_of_all_stories_or_in_a_sentence_are_no_tags(more: str) -> None:
    assert read(foot=more).tags == ()
    own = "<div><a href='/tag/banjir'>banjir</a> <a href='/tag/b'>sungai barito</a></div>"
    assert read(foot=own + more).tags == TAGS


@pytest.mark.parametrize(
    "link",
    [
        "Rubrik: <a href='/ekonomi/bisnis'>Bisnis</a>",
        "<a href='https://t.me/share/url?url=x'>Telegram</a> <a href='#'>Cetak</a>",
        "Pewarta: <a href='/penulis/12/siti'>Siti Aminah</a>",
        "Sumber: <a href='https://www.antaranews.com/'>ANTARA</a>",
    ],
)
def test_other_links_of_a_foot_are_no_tags(link: str) -> None:
    assert read(foot=f"<footer><div class='tags-wrapper'>{link}</div></footer>").tags == ()
    tags = "Tags: <a href='/tag/banjir'>banjir</a>, <a href='/tag/gempa'>gempa</a><br>"
    foot = f"<footer><div class='tags-wrapper'>{tags}{link}</div></footer>"
    assert read(foot=foot).tags == ("banjir", "gempa")


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='keywords' content='banjir, sungai barito'>",
        "<meta name='news_keywords' content='banjir; sungai barito'>",
        "<meta itemprop='keywords' content='banjir,sungai barito,'>",
        linked(keywords="banjir, sungai barito"),
        linked(keywords=["banjir", "sungai barito"]),
        linked(keywords=["banjir, sungai barito"]),
        linked(keywords=["humaniora:cuaca", "banjir", "sungai barito"]),
        linked(keywords=[["humaniora:cuaca"], ["banjir", "sungai barito"]]),
        linked(keywords=[["humaniora:cuaca", "banjir", "sungai barito"]]),
        linked(keywords=[{"@type": "DefinedTerm", "name": "banjir"}, "#sungai barito"]),
    ],
)
def test_tags_are_told_in_every_form_of_metadata(head: str) -> None:
    assert read(head=head).tags == TAGS


def test_a_link_to_a_tag_within_the_body_is_no_tag() -> None:
    html = (
        "<h1>Panen raya</h1><div class='post-content'>"
        f"<p>{LEAD} <a href='/tag/padi'>Padi</a> itu unggul.</p></div>"
    )
    assert read_article(html, URL, portal("kalsel")).tags == ()


def test_links_and_pictures_of_a_page_with_a_base_begin_there() -> None:
    body = (
        '<p><img src="gambar/banjir.jpg"></p>'
        + building.BODY
        + '<p>Baca juga: <a href="berita/380011/sungai">Sungai meluap di tiga desa</a></p>'
    )
    html = building.page(body).replace(
        "<head>", '<head><base href="https://kalsel.antaranews.com/">'
    )
    article = building.read(html)
    [link] = article.related
    assert link.url == "https://kalsel.antaranews.com/berita/380011/sungai"
    assert [picture.url for picture in article.images] == [
        "https://kalsel.antaranews.com/gambar/banjir.jpg"
    ]
