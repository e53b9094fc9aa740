"""What stands among paragraphs and is none: told by place and by what it holds, in any words."""

import pytest

from antara_crawler.items import Article
from antara_crawler.pages.fields.dates import parted_at_date
from tests.pages.building import (
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
    page,
    paragraphs,
    read,
    reasons,
    titles,
)

STORY = LINK.replace("/berita", "https://kalsel.antaranews.com/berita")
MORE = SECOND_LINK.replace("/berita", "https://kalsel.antaranews.com/berita")
FIRST, REST = paragraphs(DATELINE + LEAD), paragraphs(SECOND, THIRD)


def unknown(head: str, body: str) -> Article:
    """A page without metadata, its `head` beside the body."""
    return read(
        f"<html><head><title>{TITLE} - Portal</title></head><body><div class='q'><h1>{TITLE}</h1>"
        f"{head}<div class='z'>{body}</div></div></body></html>"
    )


@pytest.mark.parametrize(
    "box",
    [
        "<div class='zq1'><span>Geser</span></div>",
        "<div class='zq1'><span>Putar</span><span>02:15</span></div>",
        "<div class='zq1'><p>Lanjutkan membaca di bawah</p></div>",
        "<div class='zq1'><span>Gulir ke bawah untuk lanjut membaca</span></div>",
        "<div class='zq1'>Post Views: 312</div>",
        "<div class='zq1'><span>210</span><span>views</span></div>",
        "<datalist class='zq1'><option>Satu dua tiga kota</option></datalist>",
        "<div class='zq1'><div>Anda mungkin suka</div><a href='https://x.co/1'>Cara cepat kaya raya"
        "</a><a href='https://x.co/2'>Obat nyamuk ampuh</a></div>",
        "<div class='zq1'><a href='/en/berita/1'>Read in English</a></div>",
        "<div class='zq1' role='status'>Menunggu data dari server</div>",
        "<div class='zq1'><input type='checkbox' id='m'><label for='m'>Buka</label></div>",
        "<aside class='zq1'><h4>Pesta desa</h4><a href='/acara/1'>Beli tiket</a></aside>",
        "<div class='zq1'>Teruskan <b>67</b> kali</div>",
        "<div class='zq1'><p>Kabar minggu ini.</p><input><button>Mau</button></div>",
        "<section class='zq1'><h5>Tebak</h5><p>Naik apa?</p><button>A</button><button>B</button>"
        "</section>",
        "<div class='zq1'>Jangan sampai tertinggal, <a href='https://wa.me/1'>masuk</a> grup kami."
        "</div>",
        "<div class='zq1'><a href='#'>Satu</a><a href='#'>Dua</a></div>",
    ],
)
@pytest.mark.parametrize("place", ["above", "between", "behind"])
def test_a_box_unlike_the_paragraphs_with_no_word_of_the_text_is_left_out(
    box: str, place: str
) -> None:
    bodies = {
        "above": box + FIRST + REST,
        "between": FIRST + box + REST,
        "behind": FIRST + REST + box,
    }
    article = read(page(bodies[place]))
    assert article.paragraphs == PARAGRAPHS
    assert len(reasons(article)) > 2


@pytest.mark.parametrize(
    ("box", "texts"),
    [
        ("<h2 class='x'>Dukungan warga</h2>", ("Dukungan warga",)),
        ("<h4 class='text-muted'>Kerugian</h4>", ("Kerugian",)),
        ("<div class='x'><b>Dukungan warga</b></div>", ("Dukungan warga",)),
        ("<div role='heading' class='x'>Dukungan warga</div>", ("Dukungan warga",)),
        ("<p class='x'>Sah</p>", ("Sah",)),
        ("<div class='alert'>Dukungan warga</div>", ("Dukungan warga",)),
        ("<div class='x'>Sungai tenang<br>Angin datang</div>", ("Sungai tenang", "Angin datang")),
        ("<div class='x'>إِنَّ مَعَ الْعُسْرِ يُسْرًا</div>", ("إِنَّ مَعَ الْعُسْرِ يُسْرًا",)),
        ("<ul class='x'><li>Beras</li></ul>", ("Beras",)),
        ("<div class='x'>Ralat: tanggul 35 meter</div>", ("Ralat: tanggul 35 meter",)),
        (f"<div class='x'><p>{LEAD[:-1]} lagi.</p></div>", (f"{LEAD[:-1]} lagi.",)),
        ("<figure class='x'><table><caption>Daftar</caption><tr><td>A</td><td>1</td></tr></table>"
         "</figure>", ("Daftar", "A | 1")),
    ],
)  # fmt: skip
def test_what_is_of_the_text_stays_whatever_its_box(box: str, texts: tuple[str, ...]) -> None:
    assert read(page(FIRST + box + REST)).paragraphs == (LEAD, *texts, SECOND, THIRD)


@pytest.mark.parametrize("label", ["Sorotan lain", "Mungkin Anda suka", "Dari penulis", "Zrk"])
@pytest.mark.parametrize(
    "form",
    ["<aside class='x'><h3>{}</h3><ul><li>{}</li><li>{}</li></ul></aside>",
     "<div class='x'><span>{}</span>{}{}</div>",
     "<div class='x'><p>{}</p><div>{}</div><div>{}</div></div>"],
)  # fmt: skip
def test_titles_below_a_label_in_any_words_are_related(label: str, form: str) -> None:
    article = read(page(FIRST + form.format(label, STORY, MORE) + REST))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE, OTHER])


def test_a_numbered_list_of_links_in_the_text_is_text() -> None:
    box = f"<p>Kabar hari ini:</p><ol><li>{STORY}</li><li>{MORE}</li></ol>"
    article = read(page(FIRST + box + REST))
    numbered = ("Kabar hari ini:", f"1. {ONE}", f"2. {OTHER}")
    assert (article.paragraphs, titles(article)) == ((LEAD, *numbered, SECOND, THIRD), [])


def test_a_list_and_its_heading_behind_a_byline_stay_where_they_stand_among_paragraphs() -> None:
    box = "<p>Pewarta: Siti Aminah</p><h3>Sekilas buku</h3><ul><li>Tebal 200 halaman</li></ul>"
    article = read(page(FIRST + REST + box, foot=""))
    assert article.paragraphs == (*PARAGRAPHS, "Sekilas buku", "Tebal 200 halaman")


@pytest.mark.parametrize("around", ["{}", "<table><tr><td>{}</td></tr></table>"])
def test_a_card_of_another_story_is_no_text_with_how_that_begins(around: str) -> None:
    words = (
        f"<h5>Pilihan kami</h5><img src='/b.jpg'><h2>{STORY}</h2><p class='y'>{DATELINE}{SECOND}"
    )
    card = f"<div class='x'>{words} Petugas ...</p></div>"
    article = read(page(around.format(FIRST + card + REST)))
    assert (article.paragraphs, titles(article), article.images) == (PARAGRAPHS, [ONE], ())


def test_stories_below_the_foot_are_related_where_a_label_names_them_and_kept_where_none_does() -> (
    None
):
    lists = f"<p>Berita terkait:</p><ul><li>{STORY}</li></ul><div><h4>Populer</h4>{MORE}</div>"
    article = read(page(foot=FOOT.replace("</footer>", f"{lists}</footer>")))
    assert titles(article) == [ONE]
    assert OTHER in "".join(each.text for each in article.left_out)


@pytest.mark.parametrize("box", ["<div class='x'>{}</div>", "<div class='x'><div>{}</div></div>"])
def test_all_words_in_the_box_of_a_picture_between_paragraphs_are_its_caption(box: str) -> None:
    words = "Warga menambal tanggul pada Senin siang bersama petugas."
    article = read(page(FIRST + box.format(f"<img src='/a.jpg'><span>{words}</span>") + REST))
    assert article.paragraphs == PARAGRAPHS
    assert [picture.caption for picture in article.images] == [words]


@pytest.mark.parametrize(
    ("words", "caption"),
    [("Warga menambal. (ANTARA/Siti)", "Warga menambal."), ("Juara pertama (Siti Aminah)", None)],
)
@pytest.mark.parametrize(
    "items", ["<ul><li><img src='/a.jpg'><p>{}</p></li></ul>",
              "<dl><dt><img src='/a.jpg'></dt><dd>{}</dd></dl>"],
)  # fmt: skip
def test_only_a_credit_makes_the_words_of_a_list_the_caption_of_the_picture_there(
    items: str, words: str, caption: str | None
) -> None:
    article = read(page(FIRST + items.format(words) + REST))
    assert [picture.caption for picture in article.images] == [caption]
    assert (words in article.paragraphs) == (caption is None)


@pytest.mark.parametrize(
    "line",
    [
        "<span>Daerah</span><span>Selasa, 17 Oktober 2023 15:47 WITA</span><span>Oleh Siti Aminah"
        "</span><span>Disunting oleh Budi Santoso</span><span>± 3 mnt</span>",
        "Pewarta Siti Aminah • Editor Budi Santoso • Selasa, 17 Oktober 2023 | 15:47 WITA • 12 zrk",
        "<dl><dt>Pewarta</dt><dd>Siti Aminah</dd><dt>Editor</dt><dd>Budi Santoso</dd></dl>"
        "<i>17/10/2023 15.47 WITA</i>",
    ],
)
@pytest.mark.parametrize(
    "deck", ["", "<p class='deck'>Tanggul itu dibangun warga sejak Senin pagi.</p>"]
)
def test_date_and_names_are_found_among_any_words_of_the_head(line: str, deck: str) -> None:
    article = unknown(f"{deck}<div class='m'>{line}</div>", FIRST + REST)
    assert article.paragraphs[-3:] == PARAGRAPHS
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Santoso",))
    assert str(article.published_at) == "2023-10-17 15:47:00+08:00"


def test_paragraphs_in_boxes_of_their_own_are_one_body_though_nothing_ends_it() -> None:
    boxes = "".join(f"<div class='b'>{each}</div>" for each in (FIRST, REST))
    article = unknown("<p>Selasa, 17 Oktober 2023 15:47 WITA</p>", boxes)
    assert article.paragraphs == PARAGRAPHS


def test_sentences_behind_the_foot_in_other_boxes_are_left_out_and_kept() -> None:
    said = "Semoga tanggul itu lekas selesai, kami menunggu sejak lama."
    foot = f"<p>Pewarta: Siti Aminah</p><div class='k'><b>Rina</b><p>{said}</p></div>"
    article = read(page(FIRST + REST + foot, foot=""))
    assert article.paragraphs == PARAGRAPHS
    assert reasons(article)[said] == "below the text"


def test_a_date_is_parted_from_the_words_beside_it() -> None:
    line = "Daerah | Selasa, 17 Oktober 2023 | 15:47 WITA 3 komentar"
    assert parted_at_date(line) == (
        "Daerah | ",
        "Selasa, 17 Oktober 2023 | 15:47 WITA",
        " 3 komentar",
    )
    assert parted_at_date("17 Oktober 2023 di Barabai") == ("17 Oktober 2023 di Barabai", "", "")


@pytest.mark.parametrize(
    "box",
    [
        "<div class='x'><a href='https://wa.me/1'>Gabung yuk</a></div>",
        "<div class='x'><button>Suka</button><button>Tidak</button></div>",
    ],
)
def test_half_a_body_with_a_call_or_buttons_in_it_keeps_its_sentences(box: str) -> None:
    article = read(page(FIRST + paragraphs(SECOND) + f"<div class='y'>{box}<p>{THIRD}</p></div>"))
    assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("label", ["IKLAN", "Advertisement", "- Konten promosi -"])
@pytest.mark.parametrize("box", ["p", "div"])
def test_an_advert_goes_with_its_label(label: str, box: str) -> None:
    told = "Kasur empuk hanya pekan ini. <a href='https://iklan.example/1'>Lihat harga</a>"
    advert = f"<{box}><small>{label}</small><br>{told}</{box}>"
    article = read(
        page(f"<{box}>{PARAGRAPHS[0]}</{box}>" + advert + f"<{box}>{PARAGRAPHS[1]}</{box}>")
    )
    assert article.paragraphs == PARAGRAPHS[:2]
    assert any(label in text for text in reasons(article))


def test_comments_that_an_unclosed_box_took_in_are_no_text_above_the_sites_own_copyright() -> None:
    said = "<div class='c'>Udin <p>Semoga lekas selesai jembatannya ya pak.</p></div>"
    foot = "<div class='kaki'>© 2026 ANTARA</div>"
    signed = "<p>Pewarta: Siti Aminah</p><p>COPYRIGHT © ANTARA 2023</p>"
    article = read(page(FIRST + REST + signed + said * 2 + foot, foot=""))
    assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    ("url", "stays"),
    [
        ("https://news.google.com/publications/CAAq", False),
        ("https://www.instagram.com/antarakalsel/", False),
        ("https://www.youtube.com/watch?v=1", True),
        ("https://www.instagram.com/p/xyz", True),
    ],
)
def test_a_call_to_the_agencys_own_channels_is_left_out_in_any_words(url: str, stays: bool) -> None:
    line = f"<p>Kabar lain menanti di <a href='{url}'>sebelah</a></p>"
    article = read(page(FIRST + line + REST))
    assert ("Kabar lain menanti di sebelah" in article.paragraphs) is stays


def test_a_typed_number_makes_a_linked_line_an_item_of_the_text() -> None:
    items = [
        f"<p><b><a href='/berita/{n}/x'>{n}. Pasar {n} dibuka lagi</a></b></p>" for n in (1, 2)
    ]
    article = read(page(FIRST + items[0] + paragraphs(SECOND) + items[1] + paragraphs(THIRD)))
    assert "1. Pasar 1 dibuka lagi" in article.paragraphs
    assert "2. Pasar 2 dibuka lagi" in article.paragraphs


def test_a_picture_right_below_the_text_keeps_its_caption_and_no_other_is_lost() -> None:
    photo = "<figure><img src='/f/tanggul.jpg'><figcaption>{}</figcaption></figure>"
    own, other = "Warga di tanggul. (ANTARA/Rina)", "Iklan kasur. (Foto/Joko)"
    foot = (
        photo.format(own)
        + "<h4>Baca juga</h4><ul><li><a href='/berita/99/x'>Kebun karet dibuka lagi</a></li></ul>"
        + photo.format(other)
    )
    article = read(page(FIRST + REST, after=foot))
    assert [(each.caption, each.credit) for each in article.images] == [
        ("Warga di tanggul.", "ANTARA/Rina")
    ]
    assert reasons(article)[other] == "below the text"


@pytest.mark.parametrize(
    "line",
    [
        "<div>Selamat jalan Guru</div>",
        "<center><b>Selamat jalan Guru</b></center>",
        "<p><strong>Selamat jalan Guru</strong></p>",
        "<h4>Selamat jalan Guru</h4>",
        "<address>Selamat jalan Guru</address>",
        "<div class='MsoNormal'>Selamat jalan Guru</div>",
        "<div class='kotak'><p>Selamat jalan Guru</p></div>",
    ],
)
def test_words_without_a_stop_stay_where_writers_put_them(line: str) -> None:
    """A guess keeps the text: that they stand unlike the paragraphs is no sign of furniture."""
    for body in (FIRST + line + REST, FIRST + REST + line):
        assert "Selamat jalan Guru" in read(page(body)).paragraphs
