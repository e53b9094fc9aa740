"""What stays in a text though it stands beside pictures, links and adverts; what does not."""

import pytest

from tests.pages.building import (
    BODY,
    DATELINE,
    FOOT,
    LEAD,
    LINK,
    ONE,
    PARAGRAPHS,
    SECOND,
    THIRD,
    page,
    paragraphs,
    read,
    titles,
)

FIRST, REST = paragraphs(DATELINE + LEAD), paragraphs(SECOND, THIRD)


@pytest.mark.parametrize("where", ["start", "middle", "end"])
@pytest.mark.parametrize(
    "text",
    [
        "Video itu diunggah warga ke <a href='https://www.youtube.com/@pemda'>YouTube</a> Senin.",
        "Akun itu bernama <a href='https://instagram.com/warga'>@warga</a> di sana.",
    ],
)
@pytest.mark.parametrize("box", ["p", "div", "div class='q'"])
def test_a_sentence_about_somebodys_channel_is_text(where: str, text: str, box: str) -> None:
    line = f"<{box}>{text}</{box.split(maxsplit=1)[0]}>"
    parts = {
        "start": line + FIRST + REST,
        "middle": FIRST + line + REST,
        "end": FIRST + REST + line,
    }
    assert len(read(page(parts[where])).paragraphs) == len(PARAGRAPHS) + 1


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ("<ul><li>Beras dua kilogram</li><li>Gula satu kilogram</li></ul>", "Gula satu kilogram"),
        ("<blockquote class='q'>Selamat jalan Guru</blockquote>", "Selamat jalan Guru"),
        ("<div>Unduh daftar di <a href='https://bkn.go.id/x'>laman BKN</a></div>", ""),
    ],
)
def test_lists_and_quotations_above_the_first_paragraph_of_a_body_are_text(
    box: str, said: str
) -> None:
    if said:
        assert said in read(page(box + FIRST + REST)).paragraphs
    assert len(read(page(FIRST + box + REST)).paragraphs) > len(PARAGRAPHS)


@pytest.mark.parametrize(
    "begin",
    [
        "<h3>Menanti kemarau</h3>",
        "<h3><a href='#kemarau'>Menanti kemarau</a></h3>",
        "<ul><li>Garam</li><li>Air</li></ul>",
    ],
)
def test_a_body_below_its_lead_may_begin_with_a_heading_or_a_short_list(begin: str) -> None:
    lead = f"<div class='post-lead'>{FIRST}</div>"
    article = read(page(begin + REST, head=lead))
    assert article.paragraphs[0] == LEAD
    assert article.paragraphs[-2:] == (SECOND, THIRD)
    assert len(article.paragraphs) == len(PARAGRAPHS) + begin.count("</h3>") + begin.count("</li>")


@pytest.mark.parametrize(
    "words", ["Catatan Perjalanan", "Cerpen", "Unduh <a href='//a.id/'>di sini</a>"]
)
@pytest.mark.parametrize("box", ["<p><b>{}</b></p>", "<div>{}</div>", "<p>{}</p>"])
def test_a_line_as_writers_write_above_the_lead_of_a_body_is_text(words: str, box: str) -> None:
    for foot in (FOOT, "<p>COPYRIGHT © ANTARA 2023</p>"):  # with a byline, and without
        article = read(page(box.format(words) + BODY, foot=foot))
        assert article.paragraphs[1:] == PARAGRAPHS
        assert article.paragraphs[0].startswith(words[:5])


def test_a_sentence_with_a_date_is_text_though_it_stands_in_bold_type_above_the_lead() -> None:
    said = "Pada 17 Oktober 2009 pukul 15:47 WITA tanggul itu jebol untuk pertama kali."
    article = read(page(f"<p><b>{said}</b></p>{BODY}"))
    assert article.paragraphs == (said, *PARAGRAPHS)


def test_a_line_below_a_picture_is_its_caption_where_a_credit_alone_is_below_it() -> None:
    shown, credit = "Warga memasang papan ulin di tanggul desa itu.", "(ANTARA/Rina Wati)"
    photo = f"<p><img src='/a.jpg'><br><small>{shown}<br>{credit}</small></p>"
    article = read(page(FIRST + photo + REST))
    assert article.paragraphs == PARAGRAPHS
    assert (article.images[-1].caption, article.images[-1].credit) == (shown, credit[1:-1])
    last = read(page(BODY + photo))
    assert last.paragraphs == (*PARAGRAPHS, shown)  # or it is signed so


def test_words_before_a_label_within_a_line_stay_and_other_labels_are_kept() -> None:
    story = f"<a href='https://kalsel.antaranews.com/berita/380011/x'>{ONE}</a>"
    line = f"<p>Pukul 13.00: lomba dayung Baca juga: {story}</p>"
    article = read(page(FIRST + line + REST))
    assert article.paragraphs == (LEAD, "Pukul 13.00: lomba dayung", SECOND, THIRD)
    article = read(page(FIRST + f"<p>Dari desa sebelah: {story}</p>" + REST))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE])
    assert "Dari desa sebelah:" in [each.text for each in article.left_out]


def test_a_box_between_lines_of_one_kind_does_not_make_the_first_an_insert() -> None:
    lines = [f"<div class='n'>Nomor urut {n} Siti dan Budi</div>" for n in (1, 2, 3)]
    box = f"<div class='w'><h5>Lainnya</h5><ul><li>{LINK}</li></ul></div>"
    article = read(page(FIRST + lines[0] + box + lines[1] + lines[2] + REST))
    assert len(article.paragraphs) == len(PARAGRAPHS) + 3


def test_a_list_whose_words_link_to_tags_is_text_at_the_end_of_a_body_of_breaks() -> None:
    one = "<li>Rina Wati dari <a href='/tag/banjar'>Kabupaten Banjar</a>, satu regu</li>"
    other = one.replace("Rina", "Wulan")
    body = f"{DATELINE}{LEAD}<br><br>{SECOND}<br><br>{THIRD}<br><ul>{one}{other}</ul>"
    article = read(page(body))
    assert (len(article.paragraphs), article.tags) == (len(PARAGRAPHS) + 2, ())


def test_a_bold_line_right_above_tags_is_text_unless_it_is_a_short_label() -> None:
    tags = "<ul><li><a href='/tag/a-b'>Banjir</a></li><li><a href='/tag/c'>Sawah</a></li></ul>"
    line = "<h3 class='q'>Dari hulu ke hilir</h3>"
    assert "Dari hulu ke hilir" in read(page(FIRST + REST + line + tags)).paragraphs
    assert read(page(FIRST + REST + "<h3 class='q'>Topik</h3>" + tags)).paragraphs == PARAGRAPHS


@pytest.mark.parametrize("said", ["Juara III: Gusti (Kecamatan Teluk Dalam)", "(Foto itu hilang.)"])
def test_a_place_or_a_sentence_in_brackets_below_a_picture_is_no_credit(said: str) -> None:
    article = read(page(FIRST + f"<p><img src='/a.jpg'></p><p>{said}</p>" + REST))
    assert said in article.paragraphs


def test_a_paragraph_beside_a_picture_is_no_caption_unless_it_is_signed() -> None:
    said = (
        "Warga memperbaiki tanggul itu bersama-sama sejak pagi hingga petang tanpa henti, katanya."
    )
    box = "<div class='mt'><figure><img src='/a.jpg'></figure><div><p>{}</p></div></div>"
    article = read(page(FIRST + box.format(said) + REST))
    assert said in article.paragraphs
    signed = read(page(FIRST + box.format(f"{said} (ANTARA/Rina)") + REST))
    assert signed.paragraphs == PARAGRAPHS
    assert (signed.images[-1].caption, signed.images[-1].credit) == (said, "ANTARA/Rina")


@pytest.mark.parametrize(
    "line",
    [
        "<div class='q'><i>Sponsor</i><a href='https://toko.example/1'>Kasur empuk</a></div>",
        "<div class='q'><a href='https://toko.example/1'><h5>Kasur empuk</h5><p>Diskon besar hanya"
        " sampai Sabtu sore ini.</p></a><small>Sponsored</small></div>",
        "<p>Lihat postingan ini di Instagram</p><p>Sebuah kiriman dibagikan oleh Warga (@w)</p>",
    ],
)
def test_glued_adverts_and_embedded_posts_that_are_not_loaded_are_no_text(line: str) -> None:
    assert read(page(FIRST + line + REST)).paragraphs == PARAGRAPHS


def test_a_row_of_tags_below_the_text_is_none_of_it() -> None:
    row = "<footer class='f'><i>Ditandai <a href='#' rel='tag'>UMKM naik kelas</a></i></footer>"
    assert read(page(FIRST + REST + row)).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "term",
    [
        "Bantuan bagi pelaku <button>UMKM</button> itu dibagikan pada Senin pagi.",
        "Pelaku <button>UMKM</button><span hidden>usaha kecil</span> itu menerima bantuan Senin.",
        "Bantuan itu dibagikan pada Senin pagi bagi pelaku <button>UMKM</button>.",
        "Pelaku <button>UMKM</button> itu menerima bantuan.<br><br>Mereka pulang Senin pagi.",
    ],
)
def test_a_word_that_a_button_explains_stays_in_its_sentence(term: str) -> None:
    tools = "<p>Bagikan: <button>Faks</button> atau <button>Pos</button></p>"
    heard = "<p><button>Dengar</button> Jalan itu dibuka lagi pada Rabu <i>siang</i> nanti.</p>"
    copied = "<p>Nomor aduan 0517<button>Salin</button> dapat dihubungi warga setiap saat.</p>"
    article = read(page(FIRST + f"<p>{term}</p>" + tools + heard + copied + REST))
    assert any("UMKM" in text for text in article.paragraphs)
    for button in ("Faks", "Dengar", "Salin"):
        assert not any(button in text for text in article.paragraphs)


def test_a_component_is_a_box_but_one_among_words() -> None:
    word = "<p>Tim <x-term>SAR</x-term> menyisir sungai sejauh dua kilometer pada Senin.</p>"
    tags = "<x-topics><span>Topics</span><x-chip><a href='/topic/a'>abu</a></x-chip><x-chip>"
    tags += "<a href='/topic/b'>banjir</a></x-chip></x-topics>"
    poll = "<x-poll><p>Apakah pasar perlu pindah?</p><x-radio>Ya</x-radio><x-radio>Tidak</x-radio>"
    article = read(page(FIRST + word + poll + "</x-poll>" + REST + tags))
    assert article.paragraphs[1].startswith("Tim SAR menyisir")
    assert len(article.paragraphs) == len(PARAGRAPHS) + 1
    assert article.tags == ("abu", "banjir")


def test_what_stands_in_a_footer_of_the_article_is_none_of_its_text() -> None:
    said = "<div class='x'><a href='/penulis/1'>Ani Wijaya</a>"
    said += "<p>Meliput isu desa sejak 2007 di sini.</p></div>"
    fixed = "<p>Ralat: jumlah rumah pada paragraf kedua telah kami perbaiki.</p>"
    text = "".join(f"<p class='t'>{one}</p>" for one in (DATELINE + LEAD, SECOND, THIRD))
    article = read(page(f"<div class='s'>{text}</div><footer class='f'>{said}{fixed}</footer>"))
    assert article.paragraphs[: len(PARAGRAPHS)] == PARAGRAPHS
    assert len(article.paragraphs) == len(PARAGRAPHS) + 1
    assert any("Meliput" in one.text for one in article.left_out)


@pytest.mark.parametrize(
    "said",
    ['Panitia menulis: "Terima kasih" di papan itu.', "Kata ibu, “Pulang saja dulu ke rumah.”"],
)
def test_words_of_somebody_beside_a_call_to_follow_are_text(said: str) -> None:
    call = (
        "<a href='https://whatsapp.com/channel/x'>Ikuti saluran WhatsApp ANTARA untuk berita.</a>"
    )
    article = read(page(f"{BODY}<div class='c'><p>{said}</p><div>{call}</div></div>"))
    assert article.paragraphs == (*PARAGRAPHS, said)


@pytest.mark.parametrize("name", ["caption", "flex-caption", "wp-caption-text"])
def test_a_sentence_is_no_caption_for_its_class_where_no_picture_is_near(name: str) -> None:
    said = "Panjang sungai itu lebih dari tujuh puluh kilometer sampai muaranya."
    line, photo = f"<p class='{name}'>{said}</p>", "<p><img src='/a.jpg'></p>"
    assert read(page(FIRST + line + REST)).paragraphs == (LEAD, said, SECOND, THIRD)
    for body in (FIRST + photo + line + REST, FIRST + line + photo + REST):
        article = read(page(body))
        assert article.paragraphs == PARAGRAPHS
        assert said in [each.caption for each in article.images]


def test_a_heading_right_below_a_picture_is_its_caption_where_it_is_signed() -> None:
    shown = "Warga memasang papan ulin."
    photo = "<p><img src='/a.jpg'></p><h6>{}</h6>"
    article = read(page(FIRST + photo.format(f"{shown} (ANTARA/Rina Wati)") + REST))
    assert (article.paragraphs, article.images[-1].caption) == (PARAGRAPHS, shown)
    assert (
        "Kerja warga (lanjutan)"
        in read(page(FIRST + photo.format("Kerja warga (lanjutan)") + REST)).paragraphs
    )


@pytest.mark.parametrize(
    "item", ["<a href='/tag/{0}'>{0}</a>", "<input type='checkbox' disabled>{0}"]
)
def test_a_list_of_links_to_tags_or_of_boxes_that_are_ticked_is_text(item: str) -> None:
    towns = ("Tapin", "Balangan", "Tabalong")
    items = "".join(f"<li>{item.format(town)}</li>" for town in towns)
    line = "Kabupaten yang ikut serta:"
    article = read(page(FIRST + f"<p>{line}</p><ul>{items}</ul>" + REST))
    assert (article.paragraphs, article.tags) == ((LEAD, line, *towns, SECOND, THIRD), ())
    assert read(page(FIRST + REST + f"<p>Topik:</p><ul>{items}</ul>")).paragraphs[:3] == PARAGRAPHS


def test_times_of_day_beside_the_texts_of_a_live_report_are_text() -> None:
    box = "<div class='u'><div class='t'>{}</div><div class='s'>{}</div></div>"
    boxes = box.format("10.15", SECOND) + box.format("11.40", THIRD)
    article = read(page(FIRST + boxes))
    assert article.paragraphs == (LEAD, "10.15", SECOND, "11.40", THIRD)


def test_a_paragraph_that_fell_out_of_a_body_is_told_by_the_kind_of_box_it_stands_in() -> None:
    box = "<div class='b'><div class='t'>{}</div></div>"
    body = "".join(map(box.format, (DATELINE + LEAD, SECOND))) + "</div>"
    assert read(page(body + box.format(THIRD))).paragraphs == PARAGRAPHS
    other_box = f"<section class='x'><p>{THIRD}</p></section>"
    assert read(page(body + other_box)).paragraphs == PARAGRAPHS
    assert read(page(body + other_box, foot="")).paragraphs == PARAGRAPHS[:2]
    next_one = "<h3>Sungai meluap</h3>" + box.format(THIRD)
    assert read(page(body + next_one)).paragraphs == PARAGRAPHS[:2]


@pytest.mark.parametrize("line", ["<h3>Harapan warga</h3>", "<b>Harapan warga</b><br>"])
def test_a_bare_sub_head_right_above_links_to_share_is_text_in_a_body_of_breaks(line: str) -> None:
    links = "<ul><li><a href='https://wa.me/?text=x'>WA</a></li><li><a href='#'>Cetak</a></li></ul>"
    body = f"{DATELINE}{LEAD}<br><br>{SECOND}<br><br>{{}}{links}{THIRD}"
    assert read(page(body.format(line))).paragraphs == (LEAD, SECOND, "Harapan warga", THIRD)
    assert read(page(body.format("<h3>Bagikan</h3>"))).paragraphs == PARAGRAPHS


def test_a_sentence_that_links_to_a_story_below_titles_under_a_label_is_text() -> None:
    said = "Sebelumnya polisi menangkap dua orang yang membakar lahan di sana."
    box = f"<div><p><b>Artikel Terkait</b></p><p>{LINK}</p></div>"
    article = read(page(FIRST + box + f"<p><a href='/berita/380019/x'>{said}</a></p>" + REST))
    assert (article.paragraphs, titles(article)) == ((LEAD, said, SECOND, THIRD), [ONE])


def test_whose_words_a_quotation_below_the_last_paragraph_is_stays_beside_it() -> None:
    quote = "<blockquote class='q'><p>Sungai bukan tempat sampah.</p><footer class='f'>{}</footer>"
    body = FIRST + REST + quote.format("Rusmini, petani") + "</blockquote><p>Lokasi: Barabai</p>"
    assert read(page(body)).paragraphs[-2:] == ("Rusmini, petani", "Lokasi: Barabai")


def test_a_word_of_buttons_as_a_heading_that_ends_a_text_is_none_of_it() -> None:
    box = "<div id='k'><h3>Komentar</h3><div class='fb' data-href='x'></div></div>"
    assert read(page(BODY + box)).paragraphs == PARAGRAPHS
    assert read(page(FIRST + "<h3>Komentar</h3>" + REST)).paragraphs[1] == "Komentar"
