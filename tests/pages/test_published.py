"""Which of the dates on a page is the article's, and what is said where they differ."""

import json

import pytest

from antara_crawler.items import Article
from antara_crawler.pages import join_pages, read_article
from antara_crawler.portals import portal

URL = "https://kalsel.antaranews.com/berita/410001/judul"
LEAD = "Barabai (ANTARA) - Petani memanen padi unggul di dua puluh desa pada pekan ini."


def regional(header: str, *, head: str = "", foot: str = "") -> Article:
    html = (
        f"<html><head>{head}</head><body><span class='article-date'>Rabu, 7 Januari 2026</span>"
        f"<header class='post-header'><h1 class='post-title'>Panen raya</h1>{header}</header>"
        f"<div class='post-content clearfix'><p>{LEAD}</p></div>{foot}</body></html>"
    )
    return read_article(html, URL, portal("kalsel"))


def dated(text: str) -> str:
    return f"<p class='simple-here'><span class='article-date'><time>{text}</time></span></p>"


def linked(**values: object) -> str:
    data = {"@type": "NewsArticle", "headline": "x", **values}
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def iso(article: Article) -> str | None:
    return article.published_at.isoformat() if article.published_at else None


@pytest.mark.parametrize(
    ("told", "shown", "wanted", "is_noted"),
    [
        ("2023-10-17T15:47:09+08:00", "17 Oktober 2023 15:47 WITA", "15:47:09+08:00", False),
        ("2023-10-17T07:47:09Z", "17 Oktober 2023 15:47 WITA", "15:47:09+08:00", False),
        ("2023-10-17T14:47:09+07:00", "17 Oktober 2023 15:47", "14:47:09+07:00", False),
        ("2023-10-17", "17 Oktober 2023 15:47 WITA", "15:47:00+08:00", False),
        ("2023-10-17 15:47:09", "17 Oktober 2023 15:47 WITA", "15:47:09+08:00", False),
        ("2023-10-17T15:47:09+08:00", "17 Oktober 2023", "15:47:09+08:00", False),
        ("2023-10-17 15:47:09", "17 Oktober 2023 15:47 WIB", "15:47:09+07:00", True),
        ("2023-10-17T15:47:09+07:00", "17 Oktober 2023 15:47 WIB", "15:47:09+07:00", True),
        # The same hour in two zones: what the portal's own clock confirms.
        ("2023-10-17T15:47:09+07:00", "17 Oktober 2023 15:47 WITA", "15:47:09+08:00", True),
        ("2023-10-17T15:47:09+08:00", "17 Oktober 2023 15:47 WIB", "15:47:09+08:00", True),
        ("2023-10-17T15:47:09+07:00", "17 Oktober 2023 15:47", "15:47:09+07:00", True),
        ("2023-10-17T15:47:09Z", "17 Oktober 2023 15:47", "15:47:09+08:00", True),
        ("2023-10-17T10:00:00+08:00", "17 Oktober 2023 15:47 WITA", "10:00:00+08:00", True),
    ],
)
def test_metadata_and_the_date_shown_are_held_against_each_other(
    told: str, shown: str, wanted: str, is_noted: bool
) -> None:
    article = regional(dated(shown), head=linked(datePublished=told))
    assert iso(article) == f"2023-10-17T{wanted}"
    assert (article.published_note is not None) == is_noted
    assert article.published_text == (shown if is_noted else None)


def test_metadata_over_a_year_off_are_not_followed() -> None:
    head = linked(datePublished="2026-01-06T00:00:00+08:00")
    article = regional(dated("17 Oktober 2023 15:47 WITA"), head=head)
    assert iso(article) == "2023-10-17T15:47:00+08:00"
    assert article.published_note is not None and "over a year" in article.published_note


def test_a_label_of_another_zone_than_the_portals_is_followed_and_noted() -> None:
    article = regional(dated("Selasa, 17 Oktober 2023 15:47 WIB"))
    assert iso(article) == "2023-10-17T15:47:00+07:00"
    assert article.published_text == "Selasa, 17 Oktober 2023 15:47 WIB"
    assert article.published_note == (
        "the page says WIB, the portal keeps WITA: the page was followed"
    )


CAPTION = "<figure><img src='a.jpg'><figcaption>Arsip, Senin (2/3/2015).</figcaption></figure>"
CARD = (
    "<article class='simple-post'><h3><a href='/berita/1/x'>x</a></h3>"
    "<time itemprop='datePublished' datetime='2020-01-01T00:00:00+08:00'>1 Januari 2020</time>"
    "<meta itemprop='datePublished' content='2020-01-01T00:00:00+08:00'></article>"
)


@pytest.mark.parametrize(
    ("header", "foot"),
    [
        (dated("17 Oktobar 2023 15:47") + CAPTION, ""),
        (dated("17 Oktobar 2023 15:47"), CARD),
        (dated("3 jam lalu") + CAPTION, CARD),
        (CAPTION, CARD),
        ("<h2>Refleksi 17 Agustus 2020</h2>", ""),
        ("<div class='wp-caption'><p>2 Maret 2015</p></div>", ""),
        (dated("Diperbarui: 2 Maret 2015 10:00"), ""),
        ("", "<footer class='post-meta'>Pewarta: Siti<br>COPYRIGHT © ANTARA 2023</footer>"),
        ("", "<footer><p>17 Oktober 2020</p></footer>"),
    ],
)
def test_no_other_date_of_the_page_stands_in_for_the_articles_own(header: str, foot: str) -> None:
    article = regional(header, foot=foot)
    assert article.published_at is None
    assert article.published_note


@pytest.mark.parametrize("shown", ["17 Oktobar 2023 15:47", "3 jam lalu", "99/99/2023"])
def test_metadata_have_the_date_where_what_is_shown_cannot_be_read(shown: str) -> None:
    head = linked(datePublished="2023-10-17T15:47:00+08:00")
    article = regional(dated(shown) + CAPTION, head=head)
    assert iso(article) == "2023-10-17T15:47:00+08:00"
    assert (article.published_note is None) == (shown == "3 jam lalu")


def test_an_unreadable_date_is_named() -> None:
    article = regional(dated("17 Oktobar 2023 15:47"))
    assert article.published_note == "'17 Oktobar 2023 15:47' is no date that can be read"


@pytest.mark.parametrize(
    "header",
    [
        "<p>Selasa, 17 Oktober 2023 15:47 WITA</p>",
        "<p><a href='/'>Home</a> <a href='/a'>Daerah</a> Selasa, 17 Oktober 2023 15:47 WITA</p>",
        "<div>Oleh Siti<br>17 Oktober 2023 | 15:47</div>",
        "<ul><li>Diperbarui: 18 Oktober 2023 09:00</li><li>17/10/2023 15:47 WITA</li></ul>",
        "<p class='simple-here'><time datetime='2023-10-17T15:47+08:00'>3 jam lalu</time></p>",
        dated("Selasa, 17 Oktober 2023 15:47 WITA") + CAPTION,
        dated("Diperbarui: 18 Oktober 2023 09:00 WITA | Diterbitkan: 17 Oktober 2023 15:47 WITA"),
    ],
)
def test_a_date_in_the_header_is_read_whatever_its_element(header: str) -> None:
    assert iso(regional(header)) == "2023-10-17T15:47:00+08:00"


@pytest.mark.parametrize("word", ["Pembaruan", "Info Update", "Jalan Barabai diperbaiki"])
def test_a_word_of_change_in_a_crumb_beside_the_date_is_no_change(word: str) -> None:
    date = "Selasa, 17 Oktober 2023 15:47 WITA"
    for crumbs in (f"<a href='/'>Home</a> <a href='/a'>{word}</a>", f"Home | {word} |"):
        article = regional(f"<p class='simple-here'>{crumbs} {date}</p>")
        assert iso(article) == "2023-10-17T15:47:00+08:00"
        assert article.modified_at is None


CANONICAL = f"<link rel='canonical' href='{URL}'>"


def test_json_ld_of_another_article_is_not_this_ones() -> None:
    other = "https://kalsel.antaranews.com/berita/399999/lain"
    own = linked(url=URL, datePublished="2023-10-17T15:47:00+08:00")
    for name in ("url", "mainEntityOfPage", "@id"):
        strange = linked(**{name: other, "datePublished": "2023-10-01T00:00:00+08:00"})
        assert iso(regional("", head=CANONICAL + strange)) is None
        assert iso(regional("", head=CANONICAL + strange + own)) == "2023-10-17T15:47:00+08:00"


@pytest.mark.parametrize(
    "script",
    ["<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "<![CDATA[{}]]>", '{{"@graph": [{}]}}',
     "/*<![CDATA[*/{}/*]]>*/", "[{},]"],
)  # fmt: skip
def test_json_ld_is_read_within_its_wrappings(script: str) -> None:
    data = '{"@type": "http://schema.org/NewsArticle", "datePublished": "2023-10-17T15:47+08:00"}'
    head = f"<script type='application/ld+json'>{script.format(data)}</script>"
    assert iso(regional("", head=head)) == "2023-10-17T15:47:00+08:00"


def test_items_without_white_space_between_are_read_one_by_one() -> None:
    html = (
        "<div class='wrap__article-detail'><h1>Panen raya</h1>"
        "<ul class='wrap__article-detail-info'><li>Siti</li><li>17 Oktober 2023 15:47 WIB</li>"
        "<li>waktu baca 2 menit</li></ul><div class='card__post'>"
        "<span class='text-secondary font-weight-normal'>1 Mei 2020</span></div>"
        f"<div class='wrap__article-detail-content'><p>{LEAD}</p></div></div>"
    )
    assert iso(read_article(html, URL, portal("kalsel"))) == "2023-10-17T15:47:00+07:00"


def test_a_comment_beside_the_date_is_not_read() -> None:
    article = regional(dated("<!-- 1 Mei 2020 10:00 WIB -->17 Oktober 2023 15:47 WITA"))
    assert iso(article) == "2023-10-17T15:47:00+08:00"
    assert iso(regional(dated("<!-- 1 Mei 2020 10:00 WIB -->"))) is None


def test_what_is_said_of_the_date_goes_with_it_when_pages_are_joined() -> None:
    undated = regional("")
    labelled = regional(dated("17 Oktober 2023 15:47 WIB"))
    joined = join_pages([undated, labelled])
    assert joined.published_at == labelled.published_at
    assert joined.published_note == labelled.published_note


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Selasa, 17 Oktober 2023 15:47 WITA", "2023-10-17T15:47:00+08:00"),
        ("17 Oktober 2023", None),
        ("Pada 17 Oktober 2023 15:47 WITA desa itu sepi sekali, kata warga.", None),
    ],
)
def test_a_line_above_the_first_sentence_is_the_date_when_it_is_one_with_its_time(
    line: str, wanted: str | None
) -> None:
    html = f"<html amp><body><article><h1>Panen raya</h1><p>{line}</p><p>{LEAD}</p></article>"
    assert iso(read_article(html, URL, portal("kalsel"))) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [("17 Oktober 2023 15:47 WITA", "2023-10-17T15:47:00+08:00"), ("17 Oktober 2023", None)],
)
def test_a_line_between_headline_and_body_is_the_date_and_one_above_the_headline_none(
    line: str, wanted: str | None
) -> None:
    html = (
        "<html><body><div><p>Rabu, 7 Januari 2026 10:00 WITA</p><h1>Panen raya</h1>"
        f"<span>{line}</span><div class='post-content'><p>{LEAD}</p></div></div>"
    )
    assert iso(read_article(html, URL, portal("kalsel"))) == wanted


@pytest.mark.parametrize(
    "shown",
    [
        "<div class='article-date'><p>Rabu, 3 Mei 2023</p><p>Jam 16.05 WITA</p></div>",
        "<dl><dt><time class='article-date'>3 Mei 2023</time></dt><dd>16:05</dd></dl>",
        "<div class='article-date'>16:05 WITA |<br>Rabu, 3 Mei 2023</div>",
        "<em class='article-date'><b>3 Mei 2023</b><br>16:05<br>WITA</em>",
        "<p class='tanggal'>Rabu, 3 Mei 2023</p><p class='jam'>16:05 WITA</p>",
        "<ul class='article-date'><li>3 Mei 2023</li><li>Siti</li><li>Waktu: 16.05 | 9 views</li>",
        "<table class='article-date'><tr><td>Terbit</td><td>3 Mei 2023</td></tr>"
        "<tr><td>Jam</td><td>16:05 WITA</td></tr></table>",
    ],
)
def test_a_time_of_day_that_stands_alone_beside_the_date_is_of_it(shown: str) -> None:
    html = (
        f"<html><body><article><header class='post-header'><h1>Panen raya</h1>{shown}</header>"
        f"<div class='post-content clearfix'><p>{LEAD}</p></div></article></body></html>"
    )
    found = read_article(html, URL, portal("kalsel"))
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2023-05-03T16:05:00+08:00"
    assert found.paragraphs == (LEAD.removeprefix("Barabai (ANTARA) - "),)


@pytest.mark.parametrize(
    ("shown", "at"),
    [
        ("<p>Rabu, 3 Mei 2023 16:05</p><p>23:59 WITA</p>", "16:05"),
        ("<p>Rabu, 3 Mei 2023</p><p>Diperbarui: 3 Mei 2023</p><p>23:59 WITA</p>", "00:00"),
        ("<p>Rabu, 3 Mei 2023</p><p>Buka 08.00 - 16.00</p>", "00:00"),
    ],
)
def test_another_time_of_day_is_not_of_the_date(shown: str, at: str) -> None:
    found = regional(f"<div class='article-date'>{shown}</div>")
    assert found.published_at is not None
    assert found.published_at.isoformat() == f"2023-05-03T{at}:00+08:00"


def test_a_date_without_a_time_of_day_is_midnight_and_says_so() -> None:
    article = regional(dated("17 Oktober 2023"))
    assert iso(article) == "2023-10-17T00:00:00+08:00"
    assert article.published_note == "no time of day is said: midnight was taken"
    assert regional(dated("17 Oktober 2023 00:00 WITA")).published_note is None


THEN = "2023-09-01T08:00:00+08:00"
OF_VIDEO = f'{{"@type": ["VideoObject", "MediaObject"], "uploadDate": "{THEN}"}}'
SCRIPT = "<script type='application/ld+json'>{}</script>"


@pytest.mark.parametrize(
    "beside",
    [
        SCRIPT.format(OF_VIDEO),
        SCRIPT.format(f'{{"@graph": [{OF_VIDEO}]}}'),
        f"<p itemtype='//schema.org/VideoObject'><meta itemprop=datePublished content={THEN}>",
        f"<p itemtype='/Comment'><time itemprop=datePublished datetime={THEN}>",
    ],
)
def test_the_date_of_another_thing_on_the_page_is_not_the_articles(beside: str) -> None:
    shown = dated("Selasa, 17 Oktober 2023 15:47 WITA")
    assert iso(regional(shown, foot=beside)) == "2023-10-17T15:47:00+08:00"


def test_on_the_page_of_a_video_its_own_date_counts() -> None:
    html = (
        f"{SCRIPT.format(OF_VIDEO)}<header class='post-header'><h1 class='post-title'>Panen</h1>"
        f"</header><div class='post-content'><p>{LEAD}</p></div>"
    )
    assert iso(read_article(html, URL.replace("berita", "video"), portal("kalsel"))) == THEN
