"""Pages of themes that no template knows: one `article` around all, or boxes and no more."""

import pytest

from antara_crawler.items import Article
from tests.pages.building import (
    BODY,
    DATELINE,
    LEAD,
    LINK,
    ONE,
    OTHER,
    PARAGRAPHS,
    SECOND,
    SECOND_LINK,
    THIRD,
    TITLE,
    page,
    paragraphs,
    read,
    titles,
)

HOST = "https://kalsel.antaranews.com"
LONG = "Warga berharap jalan menuju desa itu ikut diperbaiki sebelum akhir tahun."
CAPTION = "Warga menambal tanggul, Senin (16/10/2023)"
DATE = "Selasa, 17 Oktober 2023 15:47 WITA"
HEAD = (
    f'<title>{TITLE}</title><meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2023-10-17T15:47:00+08:00">'
)
NOTICE = "Dilarang keras mengambil konten di situs web ini tanpa izin tertulis dari ANTARA."
FOOT = f"<div>Pewarta: Siti Aminah</div><div>Copyright © ANTARA 2023</div><div>{NOTICE}</div>"
CRUMBS = f'<ul class="breadcrumb"><li>Daerah</li><li>{TITLE[:-3]}...</li></ul>'
HERO = '<div class="hero"><img src="/a.jpg"><div>{}</div></div>'


def in_article(html: str) -> Article:
    return read(f"<html><head>{HEAD}</head><body><article>{html}{FOOT}</article></body></html>")


def in_boxes(html: str) -> Article:
    boxes = f"<div id='wrap'><div class='a'>{html}{FOOT}</div></div>"
    return read(f"<html><head>{HEAD}</head><body>{boxes}</body></html>")


@pytest.mark.parametrize(
    "line",
    [
        f"<time>{DATE}</time><span>Waktu baca 3 menit</span>",
        f"{DATE} • 1.234 Views",
        f'<a href="/daerah">Daerah</a> <span>{DATE}</span>',
        f"Daerah | {DATE}",
        f"Daerah Tayang: {DATE}",
        f"120 tampilan · {DATE} • 3 menit baca • 120 kali dibaca",
        f"<span>{DATE}</span><span>Komentar (3)</span>",
        f"<ul><li>Daerah</li><li>{DATE}</li></ul>",
        f"Pewarta: Siti Aminah | {DATE}",
        f"{DATE} oleh Siti Aminah",
        f"{DATE} | Update: Rabu, 18 Oktober 2023 07:05 WITA",
        f"{DATE}<br>Diperbarui: Rabu, 18 Oktober 2023 07:05 WITA",
    ],
)
def test_a_date_with_a_counter_or_a_section_beside_it_is_no_text(line: str) -> None:
    article = in_article(f"<h1>{TITLE}</h1><div>{line}</div>{BODY}")
    assert (article.paragraphs, article.published_text) == (PARAGRAPHS, None)


@pytest.mark.parametrize(
    "line",
    [
        "Selasa, 17/10/2023 15:47 WITA | Update: Rabu, 18 Oktober 2023 07:05 WITA",
        f"<a href='/x'>Daerah</a> {DATE}<br>Diperbarui: Rabu, 18 Oktober 2023 07:05 WITA",
    ],
)
def test_a_date_alone_beside_the_headline_is_that_of_publication(line: str) -> None:
    head = HEAD.partition('<meta property="article')[0]
    for top in (f"<h1>{TITLE}</h1><p>{line}</p>", f"<p>{line}</p><h1>{TITLE}</h1>"):
        nav = f"<nav>Beranda</nav><p>Minggu, 29 November 2026 10:00 WIB</p><ul><li>{TITLE[:20]} ..."
        boxes = (
            f"<div id='wrap'><div class='a'>{CRUMBS}{top}<div class='b'>{BODY}</div></div></div>"
        )
        html = f"<html><head>{head}</head><body>{nav}</ul>{boxes}{FOOT}</body></html>"
        published = read(html).published_at
        assert published is not None
        assert published.isoformat() == "2023-10-17T15:47:00+08:00"


def test_short_lines_above_the_headline_are_no_text() -> None:
    article = in_article(f"<ul><li>Beranda</li><li>Daerah</li></ul><h1>{TITLE}</h1>{BODY}")
    assert article.paragraphs == PARAGRAPHS


def test_sentences_above_the_headline_stay_text() -> None:
    article = in_article(f"<p>{SECOND}</p><p>Daerah</p><h1>{TITLE}</h1>{paragraphs(DATELINE)}")
    assert article.paragraphs[:2] == (SECOND, "Daerah")


@pytest.mark.parametrize("credit", ["(Istimewa)", "ANTARA FOTO/Siti Aminah/nym/aww."])
def test_a_short_text_is_found_beside_a_longer_caption_and_foot(credit: str) -> None:
    boxes = f"{CRUMBS}<h1>{TITLE}</h1>{HERO.format(f'{CAPTION} {credit}')}"
    article = in_boxes(f"{boxes}<div class='b'>{SECOND}</div>")
    assert article.paragraphs == (SECOND,)
    assert [picture.caption for picture in article.images] == [CAPTION]


def test_bare_boxes_around_paragraphs_are_no_body_of_their_own() -> None:
    article = in_boxes(f"<div class='b'><div>{SECOND}</div><ol><li>Batang</li></ol></div>")
    assert article.paragraphs == (SECOND, "1. Batang")


@pytest.mark.parametrize(
    "credit", ["ANTARA FOTO/Siti/nym/aww.", "Antara/Siti Aminah", "(Humas Polres Tapin)."]
)
@pytest.mark.parametrize("words", [CAPTION, "Warga menambal tanggul yang jebol."])
def test_behind_a_picture_a_credit_makes_a_caption_in_the_body_too(words: str, credit: str) -> None:
    picture = f'<div><img src="/a.jpg"><span class="ket">{words} {credit}</span></div>'
    article = read(page(BODY + picture))
    assert article.paragraphs == PARAGRAPHS
    assert [(p.caption, p.credit) for p in article.images] == [(words, credit.strip("()."))]


def test_the_small_picture_of_a_story_below_a_label_is_none_of_the_article() -> None:
    box = f"<aside><b>Baca Juga</b>{LINK.replace(ONE, f'<img src=/t.jpg><h4>{ONE}</h4>')}</aside>"
    article = read(page(BODY + box))
    assert (article.paragraphs, titles(article), article.images) == (PARAGRAPHS, [ONE], ())


@pytest.mark.parametrize(
    "box",
    [
        "<div class='widget__inline'><h5>Baca juga</h5>{}</div>",
        f"<a href='/berita/380011/sungai'><span>Baca Juga:</span> <h4>{ONE}</h4></a>",
        "(Baca juga: {})",
    ],
)
@pytest.mark.parametrize("title", [ONE, f"{ONE} (bagian 2)"])
def test_a_box_with_a_label_is_related_whatever_its_name(box: str, title: str) -> None:
    box = box.format(LINK).replace(ONE, title)
    article = read(page(f"{BODY}{box}<p>Jalan panjang</p>{paragraphs(LONG)}"))
    assert article.paragraphs == (*PARAGRAPHS, "Jalan panjang", LONG)
    assert [link.url for link in article.related] == [f"{HOST}/berita/380011/sungai"]
    assert titles(article) == [title]


def test_what_is_left_out_below_a_label_makes_no_text_a_title() -> None:
    box = f"<p>Baca juga:</p><p style='display:none'>x</p><p>Jalan panjang</p>{paragraphs(LONG)}"
    assert read(page(BODY + box)).paragraphs == (*PARAGRAPHS, "Jalan panjang", LONG)


def test_a_copyright_line_below_the_notice_is_read() -> None:
    foot = f"<div class='law'><p>{NOTICE}</p><p>COPYRIGHT © ANTARA 2023</p></div>"
    assert read(page(foot=foot)).copyright == "COPYRIGHT © ANTARA 2023"


def test_a_label_over_tags_is_no_text() -> None:
    tags = '<h4>Topik Terkait</h4><a href="/tag/banjir">banjir</a>'
    article = in_article(f"<h1>{TITLE}</h1>{BODY}{tags}")
    assert (article.paragraphs, article.tags) == (PARAGRAPHS, ("banjir",))


def test_a_source_within_speech_behind_a_picture_is_no_credit() -> None:
    said = f"{SECOND} Sumber: data desa menunjukkan tren menurun, tutur dia."
    assert read(page(f"{BODY}<img src='/a.jpg'><p>{said}</p>")).paragraphs[-1] == said


def test_a_photo_page_of_one_room_has_captions_where_text_is_left() -> None:
    photos = f"<img src='/a.jpg'><p>{CAPTION} (Istimewa)</p>"
    address = f"{HOST}/foto/375001/tanggul"
    both, alone = (read(page(body), address) for body in (photos + BODY, photos))
    assert (both.paragraphs, both.images[0].caption) == (PARAGRAPHS, CAPTION)
    assert alone.paragraphs == (f"{CAPTION} (Istimewa)",)


def test_a_photo_storys_caption_above_its_text_is_a_caption() -> None:

    head = HERO.format(f"{CAPTION} (Istimewa)")

    article = read(page(head=head), f"{HOST}/foto/375001/tanggul")
    assert (article.paragraphs, article.images[0].caption) == (PARAGRAPHS, CAPTION)


META = f"<title>{TITLE}</title><meta property='og:type' content='article'>"
DATED = "<p class='tgl'>Selasa, 17 Oktober 2023 15:47 WITA</p>"


def theme(head: str, body: str, *, meta: str = META) -> str:
    return f"<html><head>{meta}</head><body><main><h1>{TITLE}</h1>{head}{body}</main></body></html>"


def test_a_standfirst_with_a_link_is_the_first_paragraph_and_its_link_no_tag() -> None:
    said = "Warga <a href='/tag/desa'>desa</a> itu bekerja sejak pagi hari di tepi sungai."
    article = read(theme(f"{DATED}<p class='awal'>{said}</p>", f"<div class='t'>{BODY}</div>"))
    assert article.paragraphs[0] == "Warga desa itu bekerja sejak pagi hari di tepi sungai."
    assert article.tags == ()


def test_labels_of_adverts_and_of_several_writers_are_no_text() -> None:
    label = "<div class='a'><span>Iklan:</span></div>"
    names = "<p>Reporters: Ani Wijaya, Budi Santoso</p><p>Editors: Cici Lestari</p>"
    body = paragraphs(DATELINE + LEAD) + label + paragraphs(SECOND, THIRD)
    article = read(theme(DATED + names, f"<div class='t'>{body}</div>"))
    assert article.paragraphs == PARAGRAPHS
    assert article.reporters == ("Ani Wijaya", "Budi Santoso")
    assert article.editors == ("Cici Lestari",)


def test_all_authors_that_are_linked_are_named_where_metadata_name_one() -> None:
    names = "<a rel='author' href='/author/a'>Ani Wijaya</a>, "
    names += "<a rel='author' href='/author/b'>Budi Santoso</a>"
    meta = f"{META}<meta name='author' content='Ani Wijaya'>"
    article = read(theme(f"<div>{names}</div>{DATED}", f"<div class='t'>{BODY}</div>", meta=meta))
    assert article.reporters == ("Ani Wijaya", "Budi Santoso")


def test_pictures_behind_the_copyright_line_are_other_stories() -> None:
    foot = "<p>Copyright © ANTARA 2023</p><div class='lain'><img src='/img/lain.jpg'></div>"
    shown = "<img src='/img/tanggul.jpg'>"
    article = read(theme(DATED, f"<div class='t'>{shown}{BODY}{foot}</div>"))
    assert [picture.url for picture in article.images] == [
        "https://kalsel.antaranews.com/img/tanggul.jpg"
    ]


def test_names_before_the_label_of_the_editor_are_the_writers() -> None:
    said = "<p class='s'><a href='/u/1'>Ani Wijaya</a>, <b>Budi Santoso, Kota Batu</b> "
    said += "Editor: Cici Lestari</p>"
    article = read(theme(said + DATED, f"<div class='t'>{BODY}</div>"))
    assert article.reporters == ("Ani Wijaya", "Budi Santoso")
    assert article.editors == ("Cici Lestari",)


def test_bylines_in_a_footer_beside_the_room_are_the_articles() -> None:
    foot = "<footer><p>Pewarta: Ani Wijaya</p><p>Copyright © ANTARA 2023</p></footer>"
    html = f"<article><h1>{TITLE}</h1>{DATED}<div class='t'>{BODY}</div></article>{foot}"
    article = read(f"<html><head>{META}</head><body>{html}</body></html>")
    assert article.reporters == ("Ani Wijaya",)
    assert article.copyright == "Copyright © ANTARA 2023"


def test_a_date_below_the_text_counts_where_it_says_so_and_none_is_above() -> None:
    facts = "<ul class='data'><li>Tanggal 17.10.2023 15.47 WITA</li></ul>"
    article = read(theme("", f"<div class='t'>{BODY}</div>{facts}"))
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2023-10-17T15:47:00+08:00"


def test_a_page_whose_article_stands_in_an_aside_is_read() -> None:
    html = theme(DATED, f"<div class='t'>{BODY}</div>")
    html = html.replace("<main>", "<main><aside>").replace("</main>", "</aside></main>")
    assert (read(html).title, read(html).paragraphs) == (TITLE, PARAGRAPHS)


def test_a_heading_right_above_a_list_of_links_is_their_label() -> None:
    items = "".join(f"<li>{link}</li>" for link in (LINK, SECOND_LINK))
    listed = f"<h2 class='k'><span>Terkait</span></h2><ul class='l'>{items}</ul>"
    parts = paragraphs(DATELINE + LEAD), listed, "<h2>Harapan warga</h2>", paragraphs(SECOND, THIRD)
    article = read(theme(DATED, f"<div class='t'>{''.join(parts)}</div>"))
    assert article.paragraphs == (LEAD, "Harapan warga", SECOND, THIRD)
    assert titles(article) == [ONE, OTHER]


def test_the_picture_for_sharing_is_that_of_a_lone_caption() -> None:
    shown = "<div data-image='/x.jpg'></div><p class='caption-text'>Tanggul. (ANTARA/Rina)</p>"
    meta = f"{META}<meta property='og:image' content='https://img.antaranews.com/tanggul.jpg'>"
    article = read(theme(DATED + shown, f"<div class='t'>{BODY}</div>", meta=meta))
    assert [(picture.url, picture.caption) for picture in article.images] == [
        ("https://img.antaranews.com/tanggul.jpg", "Tanggul.")
    ]


def test_bare_lines_above_a_sentence_that_fell_out_of_the_body_are_text() -> None:
    lines = ("Ketua: Rina", "Sekretaris: Ayu Lestari", "Bendahara: Nur Aini")
    middle = f"</div><p dir=ltr>{lines[0]}</p>{lines[1]}<br><div>{lines[2]}</div>"
    rest = "Ia pulang ke desa itu pada malam hari."
    article = in_boxes(
        f"<h1>{TITLE}</h1><div class='e'>{BODY}{middle}<p>{LONG}</p><div>{rest}</div>"
    )
    assert article.paragraphs == (*PARAGRAPHS, *lines, LONG, rest)


@pytest.mark.parametrize("name, words", [("x", ["Suara petani", "Kerja"]), ("subjudul", ["Data"])])
def test_sub_heads_in_boxes_are_text_by_their_class_or_where_several_are_alike(
    name: str, words: list[str]
) -> None:
    body = f"<div class='par'>{DATELINE}{LEAD}</div><div class='par'>{SECOND}</div>"
    for word in words:
        body += f"<div class='{name}'>Data {word}</div><div class='par'>{THIRD} {word}.</div>"
    html = f"<div><h1>{TITLE}</h1><div class='isi'>{body}</div>{FOOT}</div>"
    texts = read(f"<html><head>{HEAD}</head><body>{html}</body></html>").paragraphs
    assert texts[2::2] == tuple(f"Data {word}" for word in words)


@pytest.mark.parametrize("box", ["<table><tr><td>Beras<tr><td>Gula</table>", "<li>Beras<li>Gula"])
def test_words_between_the_one_paragraph_in_a_box_and_the_foot_are_text(box: str) -> None:
    for rest in (box, f"<div class='kartu'>{box}</div>", f"<div class='kolom'>{box}</div>"):
        text = f"<div class='kolom'><p>{DATELINE}{LEAD}</p></div>{rest}"
        html = f"<div><h1>{TITLE}</h1><p>{DATE}</p><div class='isi'>{text}</div>{FOOT}</div>"
        article = read(f"<html><head>{HEAD}</head><body>{html}</body></html>")
        assert article.paragraphs == (LEAD, "Beras", "Gula")
