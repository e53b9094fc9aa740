"""Boxes amid a text, and what stands upon a picture or beside boxes: told by what they hold."""

import re

import pytest

from antara_crawler.items import Article
from tests.pages.building import (
    DATELINE,
    FOOT,
    LEAD,
    LINK,
    ONE,
    OTHER,
    PARAGRAPHS,
    SECOND,
    THIRD,
    TITLE,
    page,
    paragraphs,
    read,
    reasons,
    titles,
)

TEASED = "Sungai meluap sejak malam dan warga mengungsi ke balai desa."
FIRST, REST = paragraphs(DATELINE + LEAD), paragraphs(SECOND, THIRD)


def unknown(body: str, *, head: str = "", foot: str = FOOT) -> Article:
    """A page that no template knows."""
    return read(
        f"<html><head><title>{TITLE} - Portal</title></head><body><div class='q'><h1>{TITLE}</h1>"
        f"{head}<div class='z'>{body}</div>{foot}</div></body></html>"
    )


@pytest.mark.parametrize("word", ["Perbesar", "Klik untuk memperbesar", "Lihat Foto", "+3", "1/9"])
@pytest.mark.parametrize(
    "photo",
    [
        "<figure><a href='#'><img src='/a.jpg'><i>{}</i></a><figcaption>{}</figcaption></figure>",
        "<div class='f'><img src='/a.jpg'><span>{}</span><div class='k'>{}</div></div>",
    ],
)
def test_a_word_or_number_upon_a_picture_is_none_of_its_caption(word: str, photo: str) -> None:
    (image,) = unknown(FIRST + REST, head=photo.format(word, "Tanggul. (ANTARA/Siti)")).images
    assert (image.caption, image.credit) == ("Tanggul.", "ANTARA/Siti")
    assert image.url == "https://kalsel.antaranews.com/a.jpg"


@pytest.mark.parametrize("badge", ["Foto", "VIDEO"])
@pytest.mark.parametrize("head", [True, False])
def test_a_badge_over_a_picture_is_no_picture(badge: str, head: bool) -> None:
    caption = "<figcaption>Tanggul. (ANTARA/Siti)</figcaption>"
    photo = f"<figure><span class='b'>{badge}</span><img src='/a.jpg'>{caption}</figure>"
    article = read(page(FIRST + REST, head=photo) if head else page(FIRST + photo + REST))
    assert [(image.caption, image.credit) for image in article.images] == [
        ("Tanggul.", "ANTARA/Siti")
    ]
    assert (article.paragraphs, reasons(article)[badge]) == (PARAGRAPHS, "advert or button")


@pytest.mark.parametrize(
    "age",
    ["ANTARA - 5 bulan lalu", "Tayang 3 jam lalu | 2 menit baca", "2 hari lalu | • 3 min baca"],
)
def test_how_long_ago_a_page_came_is_no_lead(age: str) -> None:
    article = unknown(FIRST + REST, head=f"<div class='w'>{age}</div>")
    assert (article.dateline, article.paragraphs) == ("Barabai", PARAGRAPHS)


def test_a_style_that_ends_amid_a_word_parts_no_words() -> None:
    item = "<li><span style='color:red'>Perbaikan tang</span><span>gul desa</span></li>"
    chips = "<li><span class='c'>banjir</span><span class='c'>tapin</span></li>"
    article = unknown(f"{FIRST}<ul>{item}{chips}</ul>{REST}")
    assert article.paragraphs[1:3] == ("Perbaikan tanggul desa", "banjir | tapin")


def test_a_line_beside_boxes_of_a_paragraph_each_is_text() -> None:
    boxes = [f"<section class='s'>{each}</section>" for each in (FIRST, paragraphs(SECOND), THIRD)]
    line = "Pendaftaran: Telepon (0511) 555012"
    assert unknown("".join(boxes[:2]) + f"<p>{line}</p>{boxes[2]}").paragraphs[2] == line
    beside = unknown(FIRST + REST, foot=f"<p>{line}</p>{FOOT}")
    assert (line in beside.paragraphs, reasons(beside).get(line)) == (False, "below the text")


def test_a_link_alone_right_behind_a_text_names_its_section() -> None:
    teaser = f"<div class='r'><h4>Baca Juga</h4><h5>{LINK}</h5><p>{TEASED}</p></div>"
    link = "<div class='k'><a href='/{}'>Kabar Desa</a></div>"
    sections = [
        unknown(FIRST + REST + teaser, foot=link.format(at) + FOOT).section
        for at in ("kabar-desa", "x")
    ]
    assert sections == ["Kabar Desa", None]


FIGURES = "<tr><td>USD</td><td>15.820</td></tr><tr><td>SGD</td><td>11.740</td></tr>"


@pytest.mark.parametrize(
    "box",
    [
        f"<h4>Kurs</h4><table>{FIGURES}</table><a href='/kurs'>Semua kurs</a>",
        "<h4><a href='/kurs'>Kurs</a></h4><dl><dt>USD</dt><dd>15.820</dd>"
        "<dt>SGD</dt><dd>11.740</dd></dl>",
        "<div>Skor</div><ul><li>Barito <b>2</b></li><li>Arema <b>1</b></li></ul>"
        "<a href='/skor'>Semua</a>",
        "<p>Dukung kabar daerah ini.</p><a href='/langganan'>Langganan sekarang</a>",
        "<p>Isi kabar kami di surel Anda.</p><button>Berlangganan</button>",
        "<p>Sudah menjadi pelanggan?</p><p><a href='/masuk'>Masuk</a></p>",
        "<h5>Prakiraan cuaca</h5><div>Kandangan 30°C</div><div>Berawan</div>",
        "<b>Kurs</b><span>USD 15.820</span>",
        "<p>Bantu jurnalisme desa. Tekan <a href='/donasi'>di sini</a> untuk memberi.</p>",
        "<p>Daftar untuk membaca sisa artikel ini.</p><a href='/daftar'>Daftar</a>",
        "<p>Masuk untuk menyimpan berita ini.</p>",
        "<span>Ikuti isu ini</span><a href='/topik/tanggul'>+ Ikuti</a>",
        "<div>Suka <b>4</b></div><div>Marah <b>0</b></div>",
        "<p>Tahu kabar lain? Kirimkan ke redaksi@desa.example atau WhatsApp kami 0811-20-30.</p>",
        "<a href='/foto/381/tanggul'>Lihat 3 foto lainnya</a>",
    ],
)
def test_figures_and_offers_of_the_site_are_no_text(box: str) -> None:
    beside = read(page(f"{FIRST}<aside>{box}</aside>{REST}"))
    for html in (unknown(f"{FIRST}<div class='b'>{box}</div>{REST}"), beside):
        assert (html.paragraphs, html.related) == (PARAGRAPHS, ())


@pytest.mark.parametrize(
    "box",
    [
        f"<h4>Kurs</h4><table>{FIGURES}</table>",
        f"<h4>Kurs</h4><table>{FIGURES}</table><a href='https://bi.go.id/kurs'>Bank</a>",
        f"<p>Kurs naik lagi kemarin pagi.</p><table>{FIGURES}</table><a href='/kurs'>Kurs</a>",
        "<p>Ralat: panjang tanggul itu 35 meter.</p><button>Tutup</button>",
        "<p>Warga bisa memeriksa nama mereka.</p><a href='/daftar'>Daftar</a>",
        "<p>Anda bisa memeriksa nama sendiri.</p><a href='https://kpu.go.id/'>Daftar</a>",
        "<p>“Dukung petani kami,” kata Rahmat.</p><button>Daftar</button>",
        "<p>Suhu udara</p><p>Kandangan 30°C</p>",
        "<b>Kurs</b><br>USD 15.820<br>SGD 11.740",
        "<p>Tahu di mana anak itu? Hubungi Polres 0811-20-30-40.</p>",
        "<p>Surat ke redaksi@majalah.example dibalas sejak 1987, kata Rahmat.</p>",
        "<p>Masuk untuk melihat pusaka itu gratis.</p><a href='https://museum.go.id/'>Masuk</a>",
    ],
)
def test_figures_and_sentences_of_the_text_stay_in_their_box(box: str) -> None:
    found = unknown(f"{FIRST}<div class='b'>{box}</div>{REST}").paragraphs
    said = "15.820" if "15.820" in box else box[3 : box.index("</p>")]
    assert any(said in paragraph for paragraph in found)


@pytest.mark.parametrize("tag", ["h5", "div"])
def test_a_text_below_a_labelled_title_in_one_box_is_its_storys(tag: str) -> None:
    title = f"<{tag} class='j'>{LINK}</{tag}>"
    box = f"<div class='r'><h4>Baca Juga</h4>{title}<p>{TEASED}</p></div>"
    article = unknown(FIRST + box + REST)
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE])
    last = unknown(FIRST + REST + box).paragraphs
    assert last == ((*PARAGRAPHS, TEASED) if tag == "div" else PARAGRAPHS)


def test_paragraphs_in_a_labelled_box_that_nobody_closed_are_text() -> None:
    box = f"<div class='r'><p>Baca juga:</p><p>{LINK}</p>"
    assert unknown(FIRST + paragraphs(SECOND) + box + paragraphs(THIRD)).paragraphs == PARAGRAPHS


def test_names_in_a_table_below_the_text_make_no_label_above_it_text() -> None:
    label = "<div class='field'><div>Rubrik:</div><div><a href='/olahraga'>Olahraga</a></div></div>"
    text = f"<div class='field'><div class='item'>{FIRST}{paragraphs(SECOND)}</div></div>"
    names = "<table><tr><td>Penulis<td>:<td>Rina Wati<tr><td>Editor<td>:<td>Ayu Lestari</table>"
    article = unknown(f"{label}{text}{names}", foot="<div>Copyright © ANTARA 2023</div>")
    assert article.paragraphs == (LEAD, SECOND)
    assert (article.reporters, article.editors) == (("Rina Wati",), ("Ayu Lestari",))


@pytest.mark.parametrize(
    ("amid", "related"),
    [
        (f"<p><b>Baca juga:</b><br>{LINK}</p>", [ONE]),
        (f"<h4>Berita terkait</h4><ul><li>{LINK}</li></ul>", [ONE]),
        ("<ul><li><a href='https://x.com/share'>X</a><li><a href='#'>Cetak</a></ul>", []),
    ],
)
def test_a_box_with_more_sentences_than_stories_goes_on_with_the_text(
    amid: str, related: list[str]
) -> None:
    rest = f"<div class='lanjut'>{paragraphs(SECOND)}{amid}{paragraphs(THIRD)}</div>"
    article = read(page(FIRST, after=rest))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, related)
    card = f"<div class='lanjut'><h4>{LINK}</h4>{paragraphs(SECOND, THIRD)}</div>"
    assert read(page(FIRST, after=card)).paragraphs == (LEAD,)


@pytest.mark.parametrize(
    "box",
    [
        "<p>To view this video please enable JavaScript, and consider upgrading to a web browser"
        " that <a href='https://videojs.com/html5'>supports HTML5 video</a></p>",
        "<p><a href='/langganan'>Berlangganan nawala kami</a></p>",
        "<p>Unduh aplikasi kami di <a href='https://play.google.com/store/apps/details?id=id.x'>sini"
        "</a>.</p>",
        "<div id='t'><span>Konten Sponsor</span></div>",
        "<p>Sponsored content</p>",
        "<div><span>Promosi</span><a href='https://x.example/h'>Hotel murah malam ini</a></div>",
        "<div><h3>Disponsori</h3><ul><li><a href='https://x.example/1'>Trik hemat listrik di rumah"
        "</a></li><li><a href='https://x.example/2'>Obat laris di kota besar</a></li></ul></div>",
        "<ul class='r'><li>👍 12</li><li>❤️ 3</li><li>😮 1</li></ul>",
        "<p>😂 1,2 rb 😡 4</p>",
        "<div><span>Beri nilai:</span> <span>★★★★☆</span></div>",
        "<div>Rate this article ☆☆☆☆☆</div>",
        "<div class='n'>4,5/5 - (12 suara)</div>",
        "<p>Artikel ini telah dibaca 1.024 kali</p>",
        "<div><h4>Apa reaksi Anda?</h4><ul><li>Suka 0</li><li>Marah (2)</li></ul></div>",
        "<h3>Bagikan ini:</h3>",
        "<p>Silakan <a href='/login'>masuk</a> untuk berkomentar.</p>",
        "<p>Belum punya akun? <a href='/daftar'>Daftar sekarang</a></p>",
        "<p>You must be <a href='/login'>logged in</a> to post a comment.</p>",
        "<div><a href='/'>Beranda</a> » <a href='/desa'>Kabar Desa</a></div>",
    ],
)
@pytest.mark.parametrize("place", [FIRST, FIRST + REST])
def test_what_a_page_says_of_itself_is_no_text(box: str, place: str) -> None:
    html = place + box + REST.removeprefix(place.removeprefix(FIRST))
    assert (unknown(html).paragraphs, read(page(html)).paragraphs) == (PARAGRAPHS, PARAGRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        "To view this video enable JavaScript. Rahmat said so to the visitors of the site.",
        "Unduh aplikasi kami di <a href='https://play.google.com/x'>sini</a>, kata Rahmat.",
        "Berlangganan nawala kami",
        "Sponsor",
        "Promosi",
        "Promosi <a href='https://x.example/h'>Hotel Barito</a>",
        "🏆 2022",
        "👍👍",
        "Rating: ★★★★☆",
        "Apa reaksi Anda?",
        "Suka 0",
        "1 / 2",
        "Silakan masuk untuk berkomentar.",
        "Beranda » Kabar Desa",
    ],
)
def test_words_like_those_of_a_page_stay_in_a_text(text: str) -> None:
    found = unknown(f"{FIRST}<p>{text}</p>{REST}").paragraphs
    assert found == (LEAD, re.sub("<.*?>", "", text), SECOND, THIRD)


def test_a_subhead_called_as_an_advert_stays_with_what_it_heads() -> None:
    said = f"{TEASED[:-1]}, kata <a href='https://x.example/h'>dinas itu</a>."
    article = unknown(f"{FIRST}<div><h3>Promosi</h3><p>{said}</p></div>{REST}")
    assert article.paragraphs[1:3] == ("Promosi", f"{TEASED[:-1]}, kata dinas itu.")


SAID = "Warga desa tetangga ikut menyumbang papan kayu."
STORY_HEAD = "<h3><a href='/berita/38001{}/x'>{}</a></h3><p>{}</p>"


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        (f"<div class='r'><div><img src='/a.jpg'></div><div><p>{SAID}</p></div></div>", [SAID]),
        (f"<table><tr><td><img src='/a.jpg'></td><td>Namun, {SAID}</td></tr></table>",
         [f"Namun, {SAID}"]),
        (f"<footer class='f'><p>{SAID}</p></footer>", [SAID]),
        (f"<p><b><a href='/berita/380011/x'>{SAID}</a></b></p>", [SAID]),
        (STORY_HEAD.format(1, ONE, SAID) + STORY_HEAD.format(2, OTHER, SAID[:-1] + " ulin."),
         [ONE, SAID, OTHER, SAID[:-1] + " ulin."]),
    ],
)  # fmt: skip
def test_sentences_beside_a_picture_in_a_footer_or_a_link_and_heads_of_a_roundup_are_text(
    html: str, texts: list[str]
) -> None:
    article = read(page(FIRST + REST + html))
    assert article.paragraphs == (*PARAGRAPHS, *texts)
    assert not article.related


def test_the_number_behind_all_pictures_of_a_row_is_no_text() -> None:
    photo = "<div><img src='/{}.jpg'><div class='caption'>Tanggul. (ANTARA/Siti)</div></div>"
    row = f"<div>{photo.format(1)}{photo.format(2)}<div class='p'>1 / {{}}</div></div>"
    assert read(page(FIRST + row.format(2) + REST)).paragraphs == PARAGRAPHS
    assert "1 / 3" in read(page(FIRST + row.format(3) + REST)).paragraphs


@pytest.mark.parametrize(
    "card",
    [
        "<article><h3><a href='/berita/38{}/x'>Kabar lain nomor {}</a></h3><p>{}</p></article>",
        "<div class='k'><a href='/berita/38{}/x'>Kabar lain nomor {}</a><p>{}</p>5 Mei 2023</div>",
    ],
)
def test_stories_with_their_texts_between_headline_and_text_are_none_of_it(card: str) -> None:
    cards = "".join(card.format(n, n, f"{TEASED[:-1]} {n}.") for n in range(3))
    head = f"<div class='l'><h3>Terkini</h3>{cards}</div>"
    assert read(page(FIRST + REST, head=head)).paragraphs == PARAGRAPHS
    assert unknown(FIRST + REST, head=head).paragraphs == PARAGRAPHS
