"""No sentence is lost on a guess: what stays, what leaves, and with what reason."""

import pytest

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
    page,
    paragraphs,
    read,
    reasons,
    titles,
)

WORDS_IN_CLASSES = (
    "comment", "social-assistance", "alert alert-info", "ads", "share", "banner", "promo",
    "widget", "related", "tags", "follow", "poll", "views", "copyright", "text-muted", "d-none",
)  # fmt: skip
SHORT = "Ralat: panjang tanggul 35 meter"


@pytest.mark.parametrize("words", WORDS_IN_CLASSES)
@pytest.mark.parametrize("text", [SECOND, SHORT])
@pytest.mark.parametrize("tag", ["div", "p", "span"])
def test_a_class_name_alone_takes_nothing(words: str, text: str, tag: str) -> None:
    body = f"{paragraphs(DATELINE + LEAD)}<{tag} class='{words}'>{text}</{tag}>{paragraphs(THIRD)}"
    assert read(page(body)).paragraphs == (LEAD, text, THIRD)


@pytest.mark.parametrize(
    "text",
    [
        "Baca juga tulisan saya di majalah itu, kata dia sambil tertawa.",
        "Berita terkait banjir itu beredar luas di media sosial warga.",
        "Harga beras di pasar naik lagi (antara Rp10.000/kg dan Rp12.000/kg).",
        "Layanan itu sangat baik dan memuaskan semua pihak (istimewa).",
        "Dilarang keras membuang sampah di sungai antara dermaga dan pasar.",
        "Editor buku itu, Rahmat, mengaku senang dengan hasilnya.",
        "Iklan itu dipasang di tepi jalan oleh pemerintah desa.",
        "Copyright adalah hak cipta, kata pengajar itu kepada siswa.",
        "Ia bekerja di kantor berita itu sejak lama (ANTARA).",
        "“Kami senang sekali dengan hasil ini,” kata Rahmat. (Siti Aminah)",
        "“Kami senang sekali dengan hasil ini,” kata Rahmat. (Istimewa)",
        "Harga naik 5 persen (c) menurut catatan warga di pasar itu.",
        "Oleh karena itu warga diminta tenang dan menunggu kabar.",
        "© 2020 adalah tahun pembuatan patung itu, kata perajinnya.",
        "Oleh-oleh: dodol",
        "© adalah lambang hak cipta yang dikenal di seluruh dunia.",
        "Hak cipta © pada karya itu milik perajin, kata Rahmat Hidayat.",
        "Copyright © ANTARA yang tertera di foto itu dihapus pelaku, kata penyidik.",
        'Foto bertuliskan "COPYRIGHT © ANTARA 2020" itu disebar pelaku.',
        "Ia menunjukkan tulisan Copyright © ANTARA 2020 pada foto itu.",
        "Juara pertama lomba foto itu diraih Bayu (ANTARA/Kalsel).",
        "Dilarang keras mengambil konten media tanpa menyebut sumber, kata Dewan Pers.",
        "Rahmat (kiri) dan Siti (kanan) hadir di balai desa.",
        "Sah!",
    ],
)
@pytest.mark.parametrize("place", [1, 3])
@pytest.mark.parametrize("joint", ["</p><p>", "<br><br>"])
def test_an_innocent_sentence_stays_wherever_it_stands(text: str, place: int, joint: str) -> None:
    wanted = [*PARAGRAPHS]
    wanted.insert(place, text)
    assert read(page(f"<p>{joint.join([DATELINE + wanted[0], *wanted[1:]])}</p>")).paragraphs == (
        *wanted,
    )


@pytest.mark.parametrize(
    "box",
    [
        "<div class='ads'><a href='https://toko.example/'><img src='/iklan.jpg'></a></div>",
        "<div class='iklan'><p>Advertisement</p><ins class='adsbygoogle'></ins></div>",
        "<div class='share-buttons'>Bagikan: <a href='https://t.me/share/url?u=x'>Telegram</a>"
        "</div>",
        "<ul class='social'><li><a href='#'>Facebook</a></li><li><a href='#'>X</a></li></ul>",
        "<div><a href='https://api.whatsapp.com/send?text=x'>WhatsApp</a></div>",
        "<div class='newsletter'><h4>Buletin kami</h4><p>Masukkan surel Anda untuk berita setiap"
        " hari.</p><form><input type='email'><button>Kirim</button></form></div>",
        "<div class='polling'><p>Setujukah Anda dengan pembangunan tanggul baru itu?</p><form>"
        "<label><input type='radio'>Setuju</label><button>Pilih</button></form></div>",
        "<div class='blog-tags'>Tags: <a href='/tag/banjir'>banjir</a></div>",
        "<nav><a href='/x'>Sebelumnya</a></nav>",
        "<ul class='pagination'><li><span>1</span></li><li><a href='?page=2'>2</a></li></ul>",
        "<noscript>Aktifkan JavaScript untuk melihat komentar di halaman ini.</noscript>",
        "<div style='display: none'><p>Kalimat yang tidak tampak bagi siapa pun di sini.</p></div>",
        "<p hidden>Kalimat yang tidak tampak bagi siapa pun di sini.</p>",
        "<div class='total-views'><div>15.2k<span>views</span></div></div>",
        "<p>- Iklan -</p>",
        "<div>15 views <b>3 shares</b></div>",
        "<p><a href='?page=1'>1</a> <a href='?page=2'>2</a> <a href='?page=all'>Semua</a></p>",
        "<div>Halaman: <b>1</b> <a href='/berita/375001/tanggul?page=2'>2</a> &raquo;</div>",
        "<a href='/berita/375001/tanggul?page=2'>Selanjutnya</a><br>",
        "<p>(adsbygoogle = window.adsbygoogle || []).push({});</p>",
        "<p><a href='/print/375001'>Cetak</a> <a href='mailto:?body=x'>Kirim</a></p>",
        "<ul><li><a href='whatsapp://send?text=x'>WhatsApp</a></li></ul>",
        "<div style='position:absolute; left:-9999px'><p>Kalimat yang tak tampak.</p></div>",
        "<p style='position:absolute; clip: rect(0, 0, 0, 0)'>Kalimat yang tak tampak.</p>",
        "<p style='font-size:0'>Kalimat yang tidak tampak bagi siapa pun di sini.</p>",
        "<div style='height:0;overflow:hidden'><p>Kalimat yang tidak tampak di sini.</p></div>",
        "<dialog><p>Anda harus masuk untuk membaca berita ini sampai selesai.</p></dialog>",
    ],
)
@pytest.mark.parametrize("place", ["first", "middle", "last", "header", "behind"])
def test_a_box_that_is_none_of_the_article_leaves_it_whole(box: str, place: str) -> None:
    first = paragraphs(DATELINE + LEAD)
    html = {
        "first": page(box + BODY),
        "middle": page(first + box + paragraphs(SECOND, THIRD)),
        "last": page(BODY + box),
        "header": page(head=box),
        "behind": page(after=box),
    }[place]
    article = read(html)
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [])


def test_what_is_left_out_is_kept_with_its_place_and_reason() -> None:
    hidden = "<p hidden>Kalimat yang tidak tampak bagi siapa pun.</p>"
    quote = "<div class='quote_old'>Perbaikan melibatkan warga</div>"
    body = f"{paragraphs(DATELINE + LEAD)}{hidden}{paragraphs(SECOND, THIRD)}<p>Advertisement</p>"
    article = read(page(body, head=quote))
    assert article.paragraphs == PARAGRAPHS
    found = [(each.position, each.reason, each.text) for each in article.left_out]
    assert (0, "pull-quote", "Perbaikan melibatkan warga") in found
    assert (1, "hidden", "Kalimat yang tidak tampak bagi siapa pun.") in found
    assert (3, "advert or button", "Advertisement") in found
    assert (3, "byline", "Pewarta: Siti Aminah\nEditor : Budi Santoso") in found


@pytest.mark.parametrize("tag", ["h2", "h3", "p class='lead'", "div class='lead'", "p"])
@pytest.mark.parametrize("dateline", [DATELINE, ""])
def test_a_lead_of_its_own_element_is_the_first_paragraph(tag: str, dateline: str) -> None:
    lead = f"<{tag}>{dateline}{LEAD}</{tag.split(maxsplit=1)[0]}>"
    assert read(page(paragraphs(SECOND, THIRD), head=lead)).paragraphs == PARAGRAPHS
    assert read(page(head=lead)).paragraphs == PARAGRAPHS


def test_of_several_containers_the_one_with_the_article_wins() -> None:
    teaser = f"<div class='post-content'><ul><li>{LINK}</li><li>{SECOND_LINK}</li></ul></div>"
    assert read(page(before=teaser)).paragraphs == PARAGRAPHS
    unseen = f"<div style='display:none'><div class='post-content'><p>{SECOND}</p></div></div>"
    assert read(page(f"</div>{unseen}<div class='post-content'>{BODY}")).paragraphs == PARAGRAPHS
    first, rest = paragraphs(DATELINE + LEAD), paragraphs(SECOND, THIRD)
    parted = f"{first}</div><div class='ads'></div><div class='post-content'>{rest}"
    assert read(page(parted)).paragraphs == PARAGRAPHS


@pytest.mark.parametrize("ends", ["</div>", "</div></div>", "</article>", "</body></html>"])
@pytest.mark.parametrize("joint", ["</p><p>", "<br><br>"])
def test_what_a_stray_end_tag_threw_out_of_the_body_comes_back(ends: str, joint: str) -> None:
    rest = f"<p>{SECOND}{joint}{THIRD}</p>" if joint.startswith("</p>") else SECOND + joint + THIRD
    assert read(page(f"<p>{DATELINE}{LEAD}</p>{ends}{rest}")).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "opening",
    [
        "<div>", "<div class='ads'>", "<b>", "<ins class='adsbygoogle'>", "<section>", "<button>",
        "<select hidden>",
        "<figure><img src='/a.jpg'><figcaption>Tanggul. (ANTARA/Siti)</figcaption>",
        "<figure><img src='/a.jpg'><figcaption>Tanggul. (ANTARA/Siti)",
        "<div class='wp-caption'><img src='/a.jpg'><p class='wp-caption-text'>Tugu (ANTARA/A)</p>",
    ],
)  # fmt: skip
def test_an_element_that_nobody_closed_takes_no_sentence(opening: str) -> None:
    body = f"{paragraphs(DATELINE + LEAD)}{opening}{paragraphs(SECOND, THIRD)}"
    assert read(page(body)).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "label",
    ["Baca juga", "Simak juga", "Lihat juga", "Berita terkait", "Baca selengkapnya", "See also",
     "Related news", "Read also", "BACA JUGA", "Baca juga berita lainnya",
     "Baca juga artikel lainnya",
     "Berita terkait lainnya"],
)  # fmt: skip
@pytest.mark.parametrize(
    "form",
    ["{p}<p>{label}: {a}</p>", "{p}<p>{label}&nbsp;:&nbsp;{a}</p>", "{p} {label}: {a}",
     "{p}<br><b>{label}: </b>{a}<br>", "{p}<p><strong>{label}</strong> {a}</p>",
     "{p}<br>{label}: <a href='/berita/380011/sungai'>{title}<br><br>",
     "{p}<br><span class='baca-juga'>{label}: {a}<br><br>", "{p}<p>({label}: {a})</p>",
     "{p} <b>{label}</b> {a}", "{p} {label} » {a}", "{p} {label} - {a}",
     "{p}<p><b>{label}.</b> {a}</p>", "{p}<p>{label}, {a}</p>", "{p}<p>» {label}: {a} «</p>",
     "{p}<p>« {label} {a} »</p>", "{p}<p>‹ <b>{label}</b> {a} ›</p>", "{p}<p>→ {label} {a} ←</p>",
     "{p}<aside><h4>{label}</h4><ul><li>{a}</li></ul></aside>"],
)  # fmt: skip
def test_a_label_with_a_link_is_a_related_story(label: str, form: str) -> None:
    middle = form.format(p=SECOND, label=label, a=LINK, title=ONE)
    article = read(page(f"{DATELINE}{LEAD}<br><br>{middle}<br>{THIRD}"))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE])


@pytest.mark.parametrize("quoted", [LINK, ": buku itu", "buku itu sampai selesai"])
def test_a_label_that_somebody_says_in_marks_of_quotation_is_text(quoted: str) -> None:
    article = read(page(f"{BODY}<p>«Baca juga {quoted}», kata Rahmat kepada siswa.</p>"))
    assert (len(article.paragraphs), titles(article)) == (4, [])


@pytest.mark.parametrize("label", ["Simak", "Lihat video", "Foto", "Berita sebelumnya", "Terkait"])
@pytest.mark.parametrize(
    "form",
    ["{label}: {a}", "<b>{label}</b>: {a}", "<a href='/berita/380011/sungai'>{label}: {title}</a>",
     "{label}:</p><p>{a}", "<span class='baca-juga'>{label}: {a}</span>"],
)  # fmt: skip
def test_a_lesser_label_counts_with_a_story_behind_it_alone(label: str, form: str) -> None:
    first, last = paragraphs(DATELINE + LEAD, SECOND), paragraphs(THIRD)
    article = read(page(f"{first}<p>{form.format(label=label, a=LINK, title=ONE)}</p>{last}"))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE])
    for text in (
        f"{label}: <a href='/berita/380011/x'>aturan desa</a> yang berlaku.",
        f"{label}: x",
    ):
        article = read(page(f"{first}<p>{text}</p>{last}"))
        assert (len(article.paragraphs), titles(article)) == (4, [])


@pytest.mark.parametrize(
    "line",
    [f"👉 Baca juga: {LINK}Baca juga: {SECOND_LINK}",
     f"► Baca juga: {LINK}<br>● Baca Juga : {SECOND_LINK}",
     f"Baca juga: {LINK.replace('meluap di', 'meluap<br>di')} Baca juga: {SECOND_LINK}",
     f"<a href='/berita/380011/x'>Terkait: {ONE}</a><br><a href='/berita/380012/x'>{OTHER}</a>",
     f"Baca juga: “{LINK}”, “{SECOND_LINK}”", f"Baca juga:» {LINK} dan {SECOND_LINK}",
     f"<a href='/berita/380011/sungai'>(Baca juga: {ONE})</a> Baca juga: {SECOND_LINK}",
     f"(Baca juga) {LINK}<br>[Baca juga]: {SECOND_LINK}"],
)  # fmt: skip
def test_marks_around_labels_and_titles_are_no_text(line: str) -> None:
    article = read(page(f"{paragraphs(DATELINE + LEAD, SECOND)}<p>{line}</p>{paragraphs(THIRD)}"))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE, OTHER])


def test_a_link_around_a_picture_and_a_title_keeps_its_address() -> None:
    line = f"<p>Baca juga: <a href='/berita/380011/sungai'><img src='/t.jpg'>{ONE}</a></p>"
    related = read(page(f"{BODY}{line}")).related
    assert [link.url for link in related] == ["https://kalsel.antaranews.com/berita/380011/sungai"]


@pytest.mark.parametrize("name", ["card", "card__post", "simple-post", "related"])
def test_a_card_of_a_story_is_related_and_a_card_of_text_is_text(name: str) -> None:
    first, last = paragraphs(DATELINE + LEAD, SECOND), paragraphs(THIRD)
    box = f"<div class='{name}'><h5>{LINK}</h5><small>17 Oktober 2023</small></div>"
    article = read(page(first + box + last))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE])
    box = f"<div class='{name}'><h5>Syarat bantuan</h5><p>Kartu keluarga.</p></div>"
    assert len(read(page(first + box + last)).paragraphs) == 5


def test_a_list_of_nothing_but_stories_is_related_without_a_label_too() -> None:
    body = f"{paragraphs(DATELINE + LEAD, SECOND)}<ul><li>{LINK}</li><li>{SECOND_LINK}</li></ul>"
    assert titles(read(page(body + paragraphs(THIRD)))) == [ONE, OTHER]


def test_several_links_behind_one_label_are_each_a_story() -> None:
    article = read(page(paragraphs(DATELINE + LEAD, SECOND, f"Baca juga: {LINK}, {SECOND_LINK}")))
    assert (article.paragraphs, titles(article)) == ((LEAD, SECOND), [ONE, OTHER])


def test_behind_the_copyright_line_stray_lines_are_left_out_with_a_reason() -> None:
    body = f"{BODY}<p>COPYRIGHT © ANTARA 2023</p><h3>Terpopuler</h3>"
    article = read(page(body))
    assert article.paragraphs == PARAGRAPHS
    assert reasons(article)["Terpopuler"] == "behind the copyright line"


@pytest.mark.parametrize("aside", ["(lihat juga: {a})", "[simak juga {a}].", "(BACA PULA : {a})"])
def test_a_story_in_brackets_behind_a_sentence_is_related(aside: str) -> None:
    body = paragraphs(DATELINE + LEAD, f"{SECOND} {aside.format(a=LINK)}", THIRD)
    article = read(page(body))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE])


def test_a_story_in_brackets_within_a_sentence_stays() -> None:
    body = paragraphs(DATELINE + LEAD, SECOND, THIRD, f"Jalan itu (baca juga: {LINK}) rusak parah.")
    assert read(page(body)).paragraphs[-1] == f"Jalan itu (baca juga: {ONE}) rusak parah."


@pytest.mark.parametrize("gap", ["<br>", "<br>&nbsp;<br>", "<p>"])
@pytest.mark.parametrize("last", ["Warga senang.", f"{THIRD}<br>Warga senang."])
def test_a_link_that_nobody_closed_takes_no_last_sentence(gap: str, last: str) -> None:
    link = LINK.removesuffix("</a>")
    foot = "<p class='text-muted'>Pewarta: Siti Aminah<br>COPYRIGHT © ANTARA 2023</p>"
    article = read(page(f"{DATELINE}{LEAD}<br>Lihat juga: {link}{gap}{last}{foot}", foot=""))
    assert article.paragraphs == (LEAD, *last.split("<br>"))
    assert titles(article) == [ONE]


def test_a_label_in_a_link_that_nobody_closed_ends_its_title() -> None:
    link = LINK.removesuffix("</a>")
    body = f"{DATELINE}{LEAD}<br>Baca juga: {link}<br>Baca juga: {SECOND_LINK}<br><br>{SECOND}"
    assert titles(read(page(body))) == [ONE, OTHER]
