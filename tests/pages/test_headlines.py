"""What stands in and right above the headline: kickers, and the names of sections."""

import json

import pytest

from tests.pages.building import BODY, LINK, PARAGRAPHS, TITLE, URL, page, paragraphs, read, reasons

HEAD = f'<title>{TITLE} - ANTARA News</title><meta property="og:type" content="article">'


@pytest.mark.parametrize("tag", ["h1", "h2"])
@pytest.mark.parametrize(
    "words",
    [
        f"<strong>Kabar kampung</strong> {TITLE}",
        f"<span>Kabar kampung</span><span>{TITLE}</span>",
        f"<a href='/x'><em>Desa</em>: {TITLE.replace('jebol', '<i>jebol</i>')}</a>",
        f"Lintas kabupaten<br>{TITLE}",
        f"<b>Warga desa</b> | {TITLE}",
    ],
)
def test_a_kicker_within_the_headline_is_no_part_of_it(tag: str, words: str) -> None:
    time = '<time datetime="2023-10-17 15:47:00">17 Oktober 2023, 15:47 WITA</time>'
    headline = f"<article><div>{time}<{tag}>{words}</{tag}></div>{BODY}</article>"
    html = f"<html><head>{HEAD}</head><body>{{}}{headline}</body></html>"
    for before in ("", f"<ul><li><h1>{TITLE}</h1></li></ul>"):
        article = read(html.format(before))
        assert (article.title, article.paragraphs) == (TITLE, PARAGRAPHS)
        assert article.published_at is not None
        assert "kicker" in reasons(article).values()


@pytest.mark.parametrize("tag", ["h1", "h2"])
@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("Tanggul: jebol diperbaiki warga desa - Kabar", "jebol diperbaiki warga desa"),
        (TITLE, TITLE),
    ],
)
def test_a_kicker_is_one_that_the_pages_title_parts_by_a_sign(
    tag: str, told: str, title: str
) -> None:
    words = f"<i>Tanggul</i> {TITLE.removeprefix('Tanggul ')}"
    time = '<time datetime="2023-10-17 15:47:00">17 Oktober 2023, 15:47 WITA</time>'
    head = HEAD.replace(f"<title>{TITLE}", f"<title>{told}")
    article = f"<article>{time}<{tag}>{words}</{tag}>{BODY}</article>"
    found = read(f"<html><head>{head}</head><body>{article}</body></html>")
    assert (found.title, found.paragraphs) == (title, PARAGRAPHS)
    assert found.published_at is not None


@pytest.mark.parametrize(
    "words", [f"{TITLE} <small>Seratus orang ikut</small>", "<b>Foto</b> lain"]
)
def test_words_of_a_heading_that_are_no_kicker_are_kept(words: str) -> None:
    article = read(page(head=f"<h3>{words}</h3>"))
    assert "kicker" not in reasons(article).values()


def test_a_headline_that_only_a_style_parts_is_one() -> None:
    first, rest = TITLE.split(" ", 1)
    headline = f"<h1><span style='display:block'>{first}</span><b style='display:block'>{rest}</b>"
    article = read(f"<html amp><head>{HEAD}</head><article>{headline}</h1>{BODY}</article></html>")
    assert (article.title, article.paragraphs) == (TITLE, PARAGRAPHS)


MENU = (
    '<nav><a href="/ekonomi">Ekonomi</a> <a href="/olahraga">Olahraga</a> <a href="/tag/banjir">'
    "Banjir</a></nav>"
)


def headed(over: str) -> str:
    """A page of no known layout with this right above its headline."""
    foot = "<div>Pewarta: Siti Aminah<br>Copyright © ANTARA 2023</div>"
    head = f"{over}<h1>{TITLE}</h1><p>17 Oktober 2023 15:47 WITA</p>"
    body = f"<div>{head}<div class='isi'>{BODY}</div>{foot}</div>"
    return f"<html><head>{HEAD}</head><body>{MENU}{body}</body></html>"


@pytest.mark.parametrize(
    ("over", "section"),
    [
        ('<a href="/arsip/berita/kabar-daerah">Kabar Daerah </a><br>3 menit', "Kabar Daerah"),
        ('<h4><a href="/hukum/">Hukum</a></h4>', "Hukum"),
        ('<p><a href="/hukum">Hukum</a> <a href="https://t.me/x">Telegram</a></p>', "Hukum"),
        ('<p>Rubrik: <a href="/hukum">Hukum</a> | 3 menit</p>', "Hukum"),
        ("<h4>Olahraga</h4>", "Olahraga"),
        ("<div class='rubrik'>Gizi</div><div><b>17 Oktober 2023</b></div>", "Gizi"),
        ("<div class='rubrik'>Gizi</div><!-- iklan --><script>iklan()</script>", "Gizi"),
        ("<div class='kategori'><a href='/gizi'>Ibu &amp; Anak</a></div>", "Ibu & Anak"),
        ("<div class='lencana'>Gizi</div>", None),
        ("<font size=1>Seni dan Budaya</font><br>", "Seni dan Budaya"),
        ("<b>Olahraga Nasional</b><br>", "Olahraga Nasional"),
        ("<div class='lencana'>Seni rupa</div>", None),
        ("<figure><img src='https://img.antaranews.com/a.jpg'><i>ANTARA/Gizi</i></figure>", None),
        ("<div>Beranda › Gizi › Tanggul jebol</div>", "Gizi"),
        ("<ul><li><a href='/'>Beranda</a><li>Gizi</ul>", "Gizi"),
        (f"<div>Beranda › {TITLE[:15]}...</div>", None),
        ("<p><b>Siti</b><i class='kategori'>Gizi</i><b>3 menit</b></p>", "Gizi"),
        ("<p><i class='kategori'>Gizi</i> <i class='kategori'>Desa</i></p>", None),
        ("<i>x</i> <a href='/'>Home</a> » <a href='/gizi'>Ibu &amp; Anak</a><br>", "Ibu & Anak"),
        ("<h2>Gizi</h2><p><a href='/'>Home</a><b>/</b><a href='/a'>Semua Berita</a></p>", "Gizi"),
        ("<h4>Dukungan kampung</h4>", None),
        ("<h4>Banjir</h4>", None),
    ],
)
def test_what_stands_right_above_the_headline_names_the_section(
    over: str, section: str | None
) -> None:
    assert read(headed(over)).section == section


def test_a_section_in_the_foot_or_in_a_path_told_to_machines_is_read() -> None:
    foot = headed("").replace("Pewarta:", "Kategori: <a href='/gizi'>Gizi</a><br>Pewarta:")
    assert read(foot).section == "Gizi"
    label = "<div><b>Baca dalam</b> <i class='kategori'>Gizi</i></div>Pewarta:"
    assert read(headed("").replace("Pewarta:", label)).section == "Gizi"
    deck = "</h1><p>Seratus orang ikut memperbaiki tanggul.</p><h3>Wisata</h3>"
    assert read(headed("").replace("</h1>", deck)).section == "Wisata"
    assert read(headed("").replace("<p>17 Okt", "<p>[Wisata] 17 Okt")).section == "Wisata"
    tags = "<div><a href='/gizi'>Gizi</a></div><div><a href='/desa'>Desa</a></div></body>"
    assert read(headed("").replace("</body>", tags)).section is None
    meta = "<meta name='category' content='{}'></head>"
    for said, section in (("Gizi", "Gizi"), ("news", None)):
        assert read(headed("").replace("</head>", meta.format(said))).section == section
    items = ["Beranda", {"name": "Gizi"}, TITLE]
    path = [{"name": each} if isinstance(each, str) else {"item": each} for each in items]
    told = {"@graph": [{"breadcrumb": {"@type": "BreadcrumbList", "itemListElement": path}}]}
    script = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    assert read(headed("").replace("</head>", f"{script}</head>")).section == "Gizi"


@pytest.mark.parametrize(
    "row",
    [
        '<a href="/tanggul-jebol-diperbaiki-warga"><span>Surel</span></a>',
        '<a href="/kirim">Kirim ke teman</a>',
        '<h4><a href="https://twitter.com/x">Twitter</a> / <a href="/kabar">Kabar kami</a></h4>',
        '<ul><li><a href="/buletin">Buletin</a></li><li><a href="/umpan">RSS</a></li></ul>',
        '<a href="/penulis/siti-aminah">Siti Aminah</a>',
        '<p>Sumber: <a href="/radio">Radio</a> | 3 menit</p>',
    ],
)
def test_buttons_and_links_to_follow_are_no_section(row: str) -> None:
    assert read(headed(f"<div>{row}</div>")).section is None


@pytest.mark.parametrize(
    "crumbs",
    [
        '<nav><ul class="crumbs"><li><a href="/">Depan</a></li><li class="s">&gt;</li><li><a'
        ' href="/wisata">Wisata</a></li><li>&gt;</li><li>Tanggul</li></ul></nav>',
        '<ul class="breadcrumb"><li><a href="/">Home</a></li><li>❯</li><li>Wisata</li></ul>',
        '<div aria-label="breadcrumb"><a href="/"><i></i></a> / <a href="/wisata">Wisata</a></div>',
        '<nav><ol><li><a href="/">Beranda</a><li><a href="/wisata">Wisata</a></ol></nav>',
    ],
)
def test_a_path_is_read_in_a_menu_and_with_its_signs_as_items(crumbs: str) -> None:
    other = "<ol class='breadcrumb'{}><li><a href='/'>Depan</a><li><a href='/kota'>Kota</a></ol>"
    hidden = other.format(" style='display:none'")
    for html in (headed(crumbs), headed(hidden + crumbs), headed(crumbs) + other.format("")):
        assert read(html).section == "Wisata"


@pytest.mark.parametrize(
    "words",
    [f"<a href='{URL}'>{TITLE}</a>", f"<a href='{URL}'><b>{TITLE.replace(' ', '<br>', 1)}</b></a>"],
)
def test_a_heading_that_is_a_link_to_its_own_page_is_the_headline(words: str) -> None:
    head = f"<title>{TITLE} - ANTARA News</title>"
    column = f"<h2>{words}</h2><div>17 Oktober 2023 15:47 WITA</div><div>{BODY}</div>"
    cards = f"<h3>Terpopuler</h3><h2>{LINK}</h2>"
    html = f"<head>{head}</head><table><tr><td>{cards}</td><td>{column}</td></tr></table>"
    assert (read(html).title, read(html).paragraphs) == (TITLE, PARAGRAPHS)


@pytest.mark.parametrize(
    ("above", "tag", "within"),
    [
        ("<h1><a href='/'>Suara Banua</a></h1>", "h2", ""),
        ("<h1>ANTARA NTB</h1>", "h2", ""),
        ("<h1 style='left:-9999px'>Suara Banua</h1>", "div", ""),
        ("<style>.situs{display:none}</style><h1 class=situs>Suara Banua</h1>", "div", ""),
        ("", "h2", "<h1>Harapan warga</h1>"),
    ],
)
def test_an_h1_that_the_pages_title_does_not_say_is_no_headline_where_another_is(
    above: str, tag: str, within: str
) -> None:
    body = f"{BODY}{within}<p>Penutup ditulis setelah pekerjaan itu selesai.</p>"
    head = f"<{tag}>{TITLE}</{tag}><p>17 Oktober 2023 15:47 WITA</p>"
    article = read(f"<html><head>{HEAD}</head><body>{above}<div>{head}{body}</div></body></html>")
    assert article.title == TITLE
    assert article.paragraphs[: len(PARAGRAPHS)] == PARAGRAPHS
    assert ("Harapan warga" in article.paragraphs) == bool(within)


def test_the_heading_of_a_day_above_the_article_is_its_date_where_it_shows_none() -> None:
    post = f"<div class='post'><h3>{TITLE}</h3><div class='isi'>{BODY}</div></div>"
    for tag, is_dated in (("h2", True), ("div", False)):
        day = f"<{tag}>Selasa, 17 Oktober 2023 15:47 WITA</{tag}>"
        html = f"<html><head>{HEAD}</head><body><div>{day}<div>{post}</div></div></body></html>"
        assert (read(html).published_at is not None) == is_dated


def test_a_word_between_a_picture_and_the_headline_is_no_caption_nor_is_a_role_below_a_name() -> (
    None
):
    photo = "<figure><img src='https://img.antaranews.com/a.jpg'></figure>"
    team = "<div class='o'><img src='/u.png'><div>Rina Lestari</div><div>Pewarta</div></div>"
    for over, found in ((f"{photo}<div class='l'>Hukum</div>", 1), ("", 0)):
        text = (
            f"<div>{over}<h1>{TITLE}</h1><p>17 Oktober 2023 15:47</p>{team}<div>{BODY}</div></div>"
        )
        article = read(f"<html><head>{HEAD}</head><body>{text}</body></html>")
        assert [picture.caption for picture in article.images] == [None] * found
        assert (article.reporters, article.paragraphs) == (("Rina Lestari",), PARAGRAPHS)


@pytest.mark.parametrize(
    "other",
    [
        "<hr><article><h1>{}</h1><p>2 Januari 2021</p>{}<p>Pewarta: Rudi Hartono</p></article>",
        "<section><h3>Berita Selanjutnya</h3><article><h2>{}</h2><div class='e'>{}</div></article>"
        "</section>",
    ],
)
def test_a_next_article_on_the_page_is_none_of_the_one_that_stands_in_no_article(
    other: str,
) -> None:
    said = paragraphs(*(f"Kapal nomor {n} menunggu gelombang reda di dermaga." for n in range(9)))
    text = f"<h1>{TITLE}</h1><div class='t'>{paragraphs(*PARAGRAPHS)}</div><p>Pewarta: Siti Aminah"
    text += "<br>Copyright © ANTARA 2023</p>" + other.format("Kapal feri berhenti", said)
    article = read(f"<html><head>{HEAD}</head><body><div class='s'>{text}</div></body></html>")
    beside = text.replace("2023</p>", "2023</p></div><div>")
    for found in (
        article,
        read(f"<html><head>{HEAD}</head><body><div>{beside}</div></body></html>"),
    ):
        assert (found.paragraphs, found.reporters) == (PARAGRAPHS, ("Siti Aminah",))
