"""Which of a page's rooms and columns are the article: tables, corrections, a second article."""

import pytest

from tests.pages.building import (
    BODY,
    DATELINE,
    FOOT,
    LEAD,
    LINK,
    ONE,
    OTHER,
    PARAGRAPHS,
    SECOND,
    SECOND_LINK,
    THIRD,
    TITLE,
    URL,
    page,
    paragraphs,
    read,
    titles,
)


def test_a_table_within_a_layout_table_keeps_its_rows() -> None:
    rows = "<tr><td>Muara Tapus</td><td>12 rumah</td></tr><tr><td>Pinang</td><td>3 rumah</td></tr>"
    table = f"<table><tr><td><table>{rows}</table></td></tr></table>"
    article = read(page(f"{BODY}{table}"))
    assert article.paragraphs == (*PARAGRAPHS, "Muara Tapus | 12 rumah", "Pinang | 3 rumah")


@pytest.mark.parametrize("tag", ["span hidden", "ins class='adsbygoogle' style='display:block'"])
def test_what_is_hidden_or_an_advert_within_a_sentence_does_not_end_it(tag: str) -> None:
    text = SECOND.replace("mengatakan", f"<{tag}></{tag.split(maxsplit=1)[0]}>mengatakan")
    assert read(page(paragraphs(DATELINE + LEAD, text, THIRD))).paragraphs == PARAGRAPHS


CORRECTION = "Ralat: panjang tanggul 35 meter"


@pytest.mark.parametrize(
    "box",
    ["<div class='alert'>{}</div>", "<aside>{}</aside>", "<p><i>{}</i></p>", "<h4>{}</h4>"],
)
def test_a_correction_beside_the_body_is_text(box: str) -> None:
    html = box.format(CORRECTION)
    assert read(page(head=html)).paragraphs == (CORRECTION, *PARAGRAPHS)
    assert read(page(after=html)).paragraphs == (*PARAGRAPHS, CORRECTION)


def test_columns_of_a_layout_table_are_no_rows() -> None:
    table = f"<table><tr><td>{BODY}</td><td>Baca juga:<br>{LINK}</td></tr></table>"
    article = read(page(table))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE])


def test_a_br_parts_words_of_a_sub_head_and_paragraphs_of_an_article_in_one() -> None:
    first, last = paragraphs(DATELINE + LEAD, SECOND), paragraphs(THIRD)
    article = read(page(f"{first}<h3>Penyebab<br>banjir</h3>{last}"))
    assert article.paragraphs == (LEAD, SECOND, "Penyebab banjir", THIRD)
    whole = f"<h4>{DATELINE}{'<br><br>'.join(PARAGRAPHS)}</h4>"
    assert read(page(whole)).paragraphs == PARAGRAPHS


HEADLINE = "<{0} class='post-title'>Harga cabai naik</{0}>"


@pytest.mark.parametrize(
    "headline",
    [HEADLINE.format("h1"), HEADLINE.format("h2"), f"<h2>{LINK}</h2>"],
    ids=["h1", "h2", "linked"],
)
@pytest.mark.parametrize("times", [1, 9])
def test_of_a_page_that_goes_on_with_another_article_the_first_is_read(
    headline: str, times: int
) -> None:
    text = "Harga cabai naik di pasar kota sejak awal pekan ini, kata para pedagang di sana. "
    second = (
        f"<article class='post-wrap'><header class='post-header'>{headline}"
        "<time>Rabu, 18 Oktober 2023 10:00 WITA</time></header><div"
        f" class='post-content'><p>{text * times}</p></div><footer class='post-meta'>Pewarta:"
        " Rina Wati</footer></article>"
    )
    article = read(page().replace("</article></div>", f"</article>{second}</div>"))
    assert (article.title, article.paragraphs) == (TITLE, PARAGRAPHS)
    assert (article.reporters, article.published_at) == (
        ("Siti Aminah",),
        read(page()).published_at,
    )


@pytest.mark.parametrize(
    "rest",
    [
        "<div class='lanjut'><p>{0}</p><p>{1}</p></div>",
        "<div id='b'>{0}<br><br>{1}</div>",
        "<section class='post-content x'><p>{0}</p><p>{1}</p></section>",
        "<p>{0}</p><blockquote><p>{1}</p></blockquote>",
    ],
)
def test_what_stands_in_a_box_between_the_body_and_its_foot_is_text(rest: str) -> None:
    row = "<div class='tags'><a href='/tag/a'>abu</a></div>"
    others = "<div class='k'><h4><a href='/berita/9/x'>Judul lain</a></h4><div><p>Ringkasan "
    others += "berita lain yang panjang itu.</p></div></div>"
    behind = rest.format(SECOND, THIRD) + row + others
    html = page(paragraphs(DATELINE + LEAD), after=behind)
    assert read(html).paragraphs == PARAGRAPHS


def test_sentences_with_links_above_a_body_are_text_where_others_like_them_are() -> None:
    linked = "Warga <a href='https://bps.go.id/x'>dicatat</a> petugas di balai desa itu."
    head = f"<div class='awal'><p>{DATELINE}{LEAD}</p><h3>Data warga</h3><p>{linked}</p>"
    html = page(paragraphs(THIRD), head=f"{head}<p>{SECOND}</p></div>")
    said = (LEAD, "Data warga", "Warga dicatat petugas di balai desa itu.", SECOND, THIRD)
    assert read(html).paragraphs == said


def unknown(before: str, body: str) -> str:
    """A page of no known layout, which says that it is an article."""
    head = f"<title>{TITLE}</title><meta property='og:type' content='article'>"
    main = f"<h1>{TITLE}</h1><div class='isi'>{body}</div>"
    return f"<html><head>{head}</head><body>{before}{main}</body></html>"


def test_a_card_that_calls_itself_a_body_is_none_beside_the_article() -> None:
    said = "<p itemprop='articleBody'>Ringkasan berita lain dari desa itu.</p>"
    assert read(unknown(f"<div class='kartu'>{said}</div>", BODY)).paragraphs == PARAGRAPHS


def test_a_table_below_the_first_sentence_is_text_though_that_stands_apart() -> None:
    rows = "<tr><td>Beras</td><td>Rp14.000</td></tr><tr><td>Gula</td><td>Rp17.000</td></tr>"
    first = f"<div class='awal'><b>{LEAD}</b></div><table class='t'>{rows}</table>"
    article = read(unknown("", f"{first}<div class='teks'>{paragraphs(SECOND, THIRD)}</div>"))
    assert article.paragraphs == (LEAD, "Beras | Rp14.000", "Gula | Rp17.000", SECOND, THIRD)


def test_what_stands_above_a_body_directly_in_the_page_is_accounted_for() -> None:
    head = (
        f"<header><h1>{TITLE}</h1><p>Pewarta: Ani Wijaya</p><p>Catatan redaksi kecil</p></header>"
    )
    html = (
        f"<html><body><header>{head}</header><div class='post-content'>{BODY}</div></body></html>"
    )
    article = read(html)
    assert article.reporters == ("Ani Wijaya",)
    assert any("Catatan redaksi kecil" in one.text for one in article.left_out)


def test_a_page_of_nested_tables_has_its_picture_above_and_no_text_of_the_column_beside() -> None:
    words = f"<i>{ONE}. ANTARA/Siti A</i>"
    photo = f"<table><tr><td><img src='/a.jpg'></td></tr><tr><td>{words}</td></tr></table>"
    story = f"<h4>{LINK}</h4><p>{DATELINE}{SECOND.replace('warga', 'orang')}</p>"
    head = (
        f"<tr><td><h1>{TITLE}</h1></td></tr><tr><td class='tgl'>2 Maret 2015 10:00 WITA</td></tr>"
    )
    text = f"<div class='isi'>{BODY}<p>Pewarta: Siti Aminah</p></div>"
    own = f"<table>{head}<tr><td>{photo}{text}</td></tr></table>"
    beside = f"<div class='w'><h3>Terpopuler</h3>{story * 3}</div>"
    article = read(
        f"<html><head><title>{TITLE} - ANTARA News</title></head><body>"
        f"<table><tr><td>{own}</td><td>{beside}</td></tr></table></body></html>"
    )
    assert article.paragraphs == PARAGRAPHS
    shown = [(each.caption, each.credit) for each in article.images]
    assert shown == [(f"{ONE}.", "ANTARA/Siti A")]


def test_how_long_ago_a_page_was_put_up_is_a_date_and_no_text() -> None:
    when = "<div class='d'><time datetime='2015-03-02T10:00:00+08:00'>3 jam lalu</time></div>"
    top = f"<div class='h'><h1><a href='{URL}'>{TITLE}</a></h1>{when}</div>"
    text = f"<div class='b'>{BODY}<p>Pewarta: Siti Aminah</p></div>"
    article = read(
        f"<html><head><title>{TITLE}</title></head><body><article class='a'>{top}{text}</article>"
        "</body></html>"
    )
    assert (article.title, article.paragraphs) == (TITLE, PARAGRAPHS)
    assert str(article.published_at) == "2015-03-02 10:00:00+08:00"


VERSES = ("Di tepi sungai aku menunggu", "perahumu belum juga tiba")


@pytest.mark.parametrize("ends", ["</div>", "</div></div>"])
@pytest.mark.parametrize(
    ("last", "shown"),
    [
        ("<blockquote>{}<br>{}</blockquote>".format(*VERSES), VERSES),
        ("<table border=1><tr><td>Barito</td><td>2</td></tr></table>", ("Barito | 2",)),
        ("<ol><li>Susun karung pasir<li>Lapor ke posko</ol>",
         ("1. Susun karung pasir", "2. Lapor ke posko")),
        (f"<b>Baca juga:</b><br>{LINK}<br>{SECOND_LINK}<p>Layanan aduan 112</p>",
         ("Layanan aduan 112",)),
    ],
)  # fmt: skip
def test_the_short_lines_that_a_stray_end_tag_threw_out_come_back_too(
    ends: str, last: str, shown: tuple[str, ...]
) -> None:
    body = f"<p>{DATELINE}{LEAD}</p><p>{SECOND}</p>{ends}<p>{THIRD}</p>{last}"
    article = read(page(body))
    assert article.paragraphs == (*PARAGRAPHS, *shown)
    assert titles(article) == ([ONE, OTHER] if "Baca" in last else [])


def test_the_notice_in_a_box_of_its_own_behind_a_room_that_closed_early_is_the_articles() -> None:
    rest = f"</div></div></div>{paragraphs(THIRD)}<p>Pewarta: Siti Aminah</p>"
    notice = "Dilarang keras mengambil konten situs ini tanpa izin tertulis dari ANTARA."
    html = page(f"{DATELINE}{LEAD}<br>{SECOND}{rest}<div class='c'>{notice}</div>", foot="")
    assert (read(html).paragraphs, read(html).rights) == (PARAGRAPHS, notice)


NAMES, SIGN = "<p>Pewarta: Siti Aminah</p><p>Editor: Budi Santoso</p>", "COPYRIGHT © ANTARA 2023"
SHARE = "<div class='b'><a href='https://twitter.com/share'>Twitter</a></div>"


@pytest.mark.parametrize(
    "foot",
    [
        f"<div class='k'>{NAMES}<p>{SIGN}</p></div>",
        f"<div class='n'>{NAMES}</div>{SHARE}<div class='c'>{SIGN}</div>",
        f"<ul class='r'><li>Baca juga:</li><li>{LINK}</li></ul><div class='k'>Pewarta: Siti Aminah"
        f"Editor: Budi Santoso{SIGN}</div>",
        "<section class='k'><dl><dt>Pewarta</dt><dd>Siti Aminah</dd><dt>Editor</dt>"
        f"<dd>Budi Santoso</dd></dl></section><div class='c'>{SIGN}</div>",
    ],
)
def test_the_foot_in_boxes_behind_a_room_that_closed_early_is_the_articles(foot: str) -> None:
    body = f"{DATELINE}{LEAD}<br>{SECOND}</div></div></div></div>{paragraphs(THIRD)}"
    article = read(page(body, after=foot, foot=""))
    assert article.paragraphs == PARAGRAPHS
    assert (*article.reporters, *article.editors) == ("Siti Aminah", "Budi Santoso")
    assert article.copyright == SIGN


def test_what_fell_out_of_a_body_that_stands_in_the_page_itself_is_the_articles() -> None:
    head = f"<html><head><title>{TITLE}</title></head><body><header><h1>{TITLE}</h1></header>"
    date = "<div class='post-content'><time>17 Oktober 2023 15:47 WITA</time>"
    text = f"{date}<p>{DATELINE}{LEAD}</p><p>{SECOND}</p></div></div><p>{THIRD}</p>"
    article = read(f"{head}{text}<div class='k'>{NAMES}</div></body></html>")
    assert (article.paragraphs, article.editors) == (PARAGRAPHS, ("Budi Santoso",))


@pytest.mark.parametrize(
    "story",
    [
        f"<h3>{LINK}</h3>",
        f"<div class='c'>{LINK}</div>",
        f"<div class='n'><h2>{ONE}</h2><p>Amuntai (ANTARA) - {THIRD}</p></div>",
    ],
)
def test_the_names_in_a_box_below_a_next_story_are_not_the_articles(story: str) -> None:
    rest = f"</div></div></div></div>{story}<div class='k'><p>Oleh: Rina Wati</p></div>"
    article = read(page(f"{DATELINE}{LEAD}<br>{SECOND}{rest}", foot=""))
    assert (article.paragraphs, article.reporters) == ((LEAD, SECOND), ())


@pytest.mark.parametrize(
    "box",
    [
        "<h4>Redaksi</h4><p>Pemimpin Redaksi: Hadi Salim</p><p>Editor: Agus</p>",
        "<img src='/a.jpg'><h5>Menjaga sungai kita</h5><span>Oleh: Rina Wati</span>",
        "<img src='/b.jpg'><p>Fotografer: Rina Wati</p>",
    ],
)
def test_names_in_another_box_behind_a_room_are_not_the_articles(box: str) -> None:
    article = read(page(f"{BODY}</div></div></div></div><div class='k'>{box}</div>", foot=""))
    assert (article.paragraphs, article.reporters, article.editors) == (PARAGRAPHS, (), ())


@pytest.mark.parametrize("title", [f"<h2>{ONE}</h2>", f"<h3>{LINK}</h3>", ""])
@pytest.mark.parametrize(
    "foot", ["<p>Oleh: Rina Wati</p><p>Editor: Agus</p><p>© ANTARA 2022</p>", "<p>Editor: Agus</p>"]
)
def test_a_whole_next_story_above_the_articles_foot_is_none_of_it(title: str, foot: str) -> None:
    text = paragraphs(f"Amuntai (ANTARA) - {ONE} sejak Senin malam setelah hujan lebat.", OTHER)
    story = f"<div class='next'>{title}{text}{foot}</div>"
    for own in (FOOT, FOOT.replace("footer", "div")):
        article = read(page(after=story, foot=own))
        assert (article.paragraphs, article.reporters) == (PARAGRAPHS, ("Siti Aminah",))
        assert article.editors == ("Budi Santoso",)
        assert article.copyright == "COPYRIGHT © ANTARA News Kalimantan Selatan 2023"


@pytest.mark.parametrize("end", ["</figcaption>", ""])
def test_short_lines_that_end_in_brackets_in_an_unclosed_figure_are_no_captions(end: str) -> None:
    opened = f"<figure><img src='/a.jpg'><figcaption>Warga. (ANTARA/Siti){end}"
    winner = "Juara I: Gusti Rahayu (Teluk Dalam)"
    article = read(page(f"<p>{DATELINE}{LEAD}</p>{opened}{paragraphs(SECOND, THIRD, winner)}"))
    assert (article.paragraphs, len(article.images)) == ((*PARAGRAPHS, winner), 1)


def test_a_short_last_line_that_fell_out_with_the_foot_alone_is_text() -> None:
    last, names = "Posko aduan: 0517-2211", "<p class='s'>Pewarta: Siti Aminah<br>Editor: Budi</p>"
    assert read(page(f"{BODY}</div><p>{last}</p>{names}", foot="")).paragraphs == (
        *PARAGRAPHS,
        last,
    )
    assert read(page(after=f"<p>{last}</p>")).paragraphs == PARAGRAPHS
