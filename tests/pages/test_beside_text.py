"""Tags, bylines, buttons, numbers and dates around a text, as layouts nobody knew show them."""

import pytest

from antara_crawler.items import Article
from antara_crawler.pages.blocks.footer import is_copyright, is_foot_text
from antara_crawler.pages.fields.bylines import read_byline
from antara_crawler.pages.fields.words import is_word_of_site
from tests.pages.building import (
    BODY,
    DATELINE,
    LEAD,
    ONE,
    PARAGRAPHS,
    SECOND,
    THIRD,
    TITLE,
    page,
    paragraphs,
    read,
    titles,
)
from tests.pages.building import reasons as reasons_of

TEXT = paragraphs(DATELINE + LEAD, SECOND, THIRD)
AT = "<div class='w'>Selasa, 6 April 2021 09:30 WITA</div>"
PHOTO = "<img src='/foto/banjir.jpg'>"


def shown(below: str = "", inside: str = TEXT, head: str = "") -> Article:
    return read(
        f"<html><head><title>{TITLE}</title>{head}</head><body><div class='q'><h1>{TITLE}</h1>{AT}"
        f"<div class='isi'>{inside}</div>{below}</div></body></html>"
    )


@pytest.mark.parametrize(
    "row",
    [
        "<div class='x'><a href='/tagar/banjir'>banjir</a> <a href='/tagar/desa'>desa</a></div>",
        "<div class='x'><a href='/isu/1'>#banjir</a> <a href='/isu/2'>#desa</a></div>",
        "<ul class='topik'><li><a href='/topik/banjir'>banjir</a></li>"
        "<li><a href='/topik/desa'>desa</a></li></ul>",
        "<p>Topik: <a href='/topik/banjir'>banjir</a> <a href='/topik/desa'>desa</a></p>",
        "<p><b>Kata kunci:</b> <a href='/katakunci/banjir'>banjir</a>,"
        " <a href='/katakunci/desa'>desa</a></p>",
    ],
)
@pytest.mark.parametrize("is_inside", [True, False])
def test_links_to_pages_of_tags_are_tags_under_any_label(row: str, is_inside: bool) -> None:
    article = shown(inside=TEXT + row) if is_inside else shown(row)
    assert article.tags == ("banjir", "desa")
    assert article.paragraphs == PARAGRAPHS


def test_a_line_of_the_text_that_leads_to_a_tag_stays() -> None:
    line = "Lokasi: <a href='/tag/barabai'>Barabai</a>"
    assert (
        "Lokasi: Barabai" in shown(inside=TEXT + f"<p>{line}</p>" + paragraphs(SECOND)).paragraphs
    )


def test_keywords_that_only_name_the_portal_are_no_tags() -> None:
    meta = "<meta name='keywords' content='{}'>"
    assert shown(head=meta.format("antara, berita terkini, Kalimantan Selatan")).tags == ()
    assert shown(head=meta.format("berita, banjir")).tags == ("berita", "banjir")
    assert not is_word_of_site("tanggul")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Naskah: Siti Aminah", {"reporter": ("Siti Aminah",)}),
        ("Foto dan teks: Siti Aminah", {"reporter": ("Siti Aminah",)}),
        ("Reported by: Siti Aminah", {"reporter": ("Siti Aminah",)}),
        ("Desain: Budi Karim", {"designer": ("Budi Karim",)}),
        (
            "Pewarta Siti Aminah Desainer Rina Sari Editor Budi Karim",
            {"reporter": ("Siti Aminah",), "designer": ("Rina Sari",), "editor": ("Budi Karim",)},
        ),
        (
            "Pewarta: Siti Aminah | Videografer: Rina Sari | Editor: Budi Karim",
            {"reporter": ("Siti Aminah",), "designer": ("Rina Sari",), "editor": ("Budi Karim",)},
        ),
        ("Editor Buku", {}),
        ("Naskah: ditemukan di gudang tua milik desa", {}),
    ],
)
def test_credits_of_other_names_are_bylines(text: str, wanted: dict[str, tuple[str, ...]]) -> None:
    assert {each.role: each.names for each in read_byline(text)} == wanted


def test_a_field_of_names_may_hold_several() -> None:
    field = "<div class='f'><div class='l'>{}:</div><div class='n'>{}</div></div>"
    names = "<div class='a'>Siti Aminah</div><div class='b'>Rina Sari</div>"
    foot = field.format("Pewarta", names) + field.format("Editor", "<div>Budi Karim</div>")
    article = shown(foot)
    assert article.reporters == ("Siti Aminah", "Rina Sari")
    assert article.editors == ("Budi Karim",)


def test_what_stands_below_a_name_in_the_box_of_its_label_is_no_name() -> None:
    article = shown("<div class='f'><p>Pewarta:</p><p>Siti Aminah</p><p>Banua Kita</p></div>")
    assert article.reporters == ("Siti Aminah",)


def test_signs_and_words_of_buttons_are_left_out_with_their_label_or_count() -> None:
    tools = (
        "<p>Besar huruf: <a href='#'>A-</a> <a href='#'>A+</a> <a href='/cetak/1'>Cetak</a></p>"
        "<p><a href='https://www.facebook.com/sharer.php'>Facebook</a> <span>279</span></p>"
    )
    article = shown(inside=TEXT + tools + paragraphs(SECOND + " Begitu."))
    assert article.paragraphs == (*PARAGRAPHS, SECOND + " Begitu.")
    assert reasons_of(article)["Besar huruf: A- A+ Cetak"] == "tags or buttons"


@pytest.mark.parametrize("number", ["<span>1/6</span>", "<div class='n'>1/6</div>"])
def test_the_number_of_a_picture_is_none_of_its_caption(number: str) -> None:
    box = f"<div class='b'>{PHOTO}{number}<div class='t'>Warga desa. (ANTARA/Siti)</div></div>"
    article = shown(inside=TEXT + box)
    assert [(each.caption, each.credit) for each in article.images] == [
        ("Warga desa.", "ANTARA/Siti")
    ]


def test_a_link_below_an_icon_is_no_caption() -> None:
    article = read(
        f"<html><head><title>{TITLE}</title></head><body><div class='q'><h1>{TITLE}</h1><img"
        f" src='/surat.png'><p><a href='/rubrik/desa'>Desa</a></p>{AT}<div class='isi'>{TEXT}</div>"
        "</div></body></html>"
    )
    assert [each.caption for each in article.images if each.caption] == []


def test_words_about_the_writer_below_the_byline_are_no_caption() -> None:
    of_writer = f"<div class='p'>{PHOTO}<p>Siti Aminah adalah pewarta di Barabai.</p></div>"
    of_story = f"<div class='p'>{PHOTO}<p>Siti Fatimah di rumahnya. (ANTARA/Budi)</p></div>"
    article = shown(inside=TEXT + "<p>Pewarta: Siti Aminah</p>" + of_writer)
    assert [each.caption for each in article.images if each.caption] == []
    article = shown(inside=TEXT + "<p>Pewarta: Siti Aminah</p>" + of_story)
    assert [each.caption for each in article.images] == ["Siti Fatimah di rumahnya."]


def test_a_change_below_the_text_is_read_and_ends_it() -> None:
    changed = "<tr><td>Pemutakhiran Terakhir ( Rabu, 7 April 2021 11:00 )</td></tr>"
    article = read(
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{AT}<table class='q'>"
        f"<tr><td>{TEXT}</td></tr>{changed}</table><table><tr><td><small>Hak Cipta © 2021 Antara"
        " Banua. Situs ini memakai perangkat lunak bebas.</small></td></tr></table></body></html>"
    )
    assert str(article.modified_at) == "2021-04-07 11:00:00+08:00"
    assert article.paragraphs == PARAGRAPHS


def test_the_year_of_a_copyright_line_may_stand_first() -> None:
    assert is_copyright("Hak Cipta © 2008 Antara Sumatera Selatan")
    assert not is_foot_text("Tulisan Hak Cipta © 2008 Antara Kalsel itu pudar di papan nama desa.")


def test_a_call_in_an_aside_is_left_out_and_a_quoted_post_is_not() -> None:
    call = "<aside class='z'><p>Yuk, langganan kabar desa.</p><a href='{}'>Gabung</a></aside>"
    ours, others = "https://whatsapp.com/channel/00", "https://x.com/budi/status/1"
    assert shown(inside=TEXT + call.format(ours) + paragraphs(SECOND)).paragraphs[3:] == (SECOND,)
    assert len(shown(inside=TEXT + call.format(others) + paragraphs(SECOND)).paragraphs) > 4
    twice = TEXT + call.format(ours) + SECOND + call.format(ours).replace("desa", "kota")
    assert shown(inside=twice).paragraphs == (*PARAGRAPHS, SECOND)


def test_a_list_before_the_first_paragraph_is_of_the_text() -> None:
    items = ("Tiga ribu karung pasir dipasang", "Dua jembatan kecil ditutup sementara")
    inside = f"<ul><li>{items[0]}</li><li>{items[1]}</li></ul>" + paragraphs(SECOND, THIRD)
    article = shown(inside=inside, head="<meta property='og:type' content='article'>")
    assert article.paragraphs == (*items, SECOND, THIRD)


def test_what_readers_say_behind_the_byline_is_not_taken_for_the_text() -> None:
    said = "Saya tinggal di desa itu dan tanggulnya memang sudah lama retak di beberapa tempat. "
    boxes = f"<p>Pewarta: Siti Aminah</p><div class='r'><div class='m'>{said * 9}</div></div>"
    article = shown(boxes, paragraphs(DATELINE + LEAD, SECOND))
    assert article.paragraphs == (LEAD, SECOND)


def test_a_title_in_two_links_to_one_page_is_one_title() -> None:
    first, rest = ONE.split(" ", 1)
    parts = "".join(f'<a href="/berita/380011/sungai">{part}</a> ' for part in (first, rest))
    article = shown(inside=TEXT + f"<p>Baca juga: {parts}</p>")
    assert [link.title for link in article.related] == [ONE]


def test_a_menu_or_an_advert_between_two_texts_parts_them() -> None:
    slot = '<ins class="x" data-ad-slot="1" style="display:block">Iklan</ins><script>1</script>'
    menu = "<nav><a href='/a'>Beranda</a></nav>"
    article = shown(inside=f"{DATELINE}{LEAD}{slot}{SECOND}{menu}{THIRD}")
    assert article.paragraphs == PARAGRAPHS


def test_signs_of_pages_and_persons_and_mere_space_are_no_pictures_of_an_article() -> None:
    signs = "/i/logo_kota.png", "/a/blank.gif", "/avatars/9f2", "/x/tanda.svg", "/i/whatsapp.png"
    inside = TEXT + "".join(f"<p><img src='{sign}'></p>" for sign in signs)
    assert shown(inside=inside).images == ()
    portrait = "<div><img src='/foto/siti.jpg' width='48' height='48'></div>"
    assert shown(inside=TEXT + portrait).images == ()
    photos = "/foto/blankar-baru.jpg", "/foto/facebook-diblokir.jpg"
    found = shown(inside=TEXT + "".join(f"<p><img src='{photo}'></p>" for photo in photos)).images
    assert len(found) == len(photos)


@pytest.mark.parametrize("row", ["Topik: banjir | desa", "Kata kunci: banjir; desa"])
def test_a_row_of_tags_may_be_parted_by_other_signs_than_commas(row: str) -> None:
    assert shown(f"<div class='x'>{row}</div>").tags == ("banjir", "desa")


def test_a_post_behind_a_name_is_no_other_person() -> None:
    head = "<p>Oleh Rina Lestari, Senior Editor</p>"
    assert shown(inside=f"{head}{TEXT}").reporters == ("Rina Lestari",)


@pytest.mark.parametrize("credit", ["Foto: Humas Pemkab", "(Foto: Humas Pemkab)"])
def test_a_credit_in_an_element_of_its_own_is_its_pictures(credit: str) -> None:
    words = "Warga memperbaiki tanggul di Muara Tapus."
    box = f"<div class='x'>{PHOTO}<p class='caption'>{words}</p><p class='s'>{credit}</p></div>"
    article = shown(inside=f"{paragraphs(DATELINE + LEAD)}{box}{paragraphs(SECOND, THIRD)}")
    assert article.paragraphs == PARAGRAPHS
    (picture,) = article.images
    assert (picture.caption, picture.credit) == (words, "Foto: Humas Pemkab")


@pytest.mark.parametrize(
    ("head", "section"),
    [
        (f"<b>EKONOMI</b><h1>{TITLE}</h1>{AT}", "EKONOMI"),
        (f"<h1>{TITLE}</h1><p>Ekonomi | Selasa, 6 April 2021 09:30 WITA</p>", "Ekonomi"),
        (f"<h1>{TITLE}</h1><p>Warga Desa | Selasa, 6 April 2021 09:30 WITA</p>", None),
    ],
)
def test_the_name_of_a_section_over_the_headline_or_beside_the_date_is_it(
    head: str, section: str | None
) -> None:
    menu = "<nav><a href='/ekonomi'>Ekonomi</a> <a href='/olahraga'>Olahraga</a></nav>"
    article = read(
        f"<html><head><title>{TITLE}</title></head><body>{menu}<div class='q'>{head}"
        f"<div class='isi'>{TEXT}</div></div></body></html>"
    )
    assert article.section == section
    assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    ("begin", "end"),
    [("<x-body>", "</x-body>"), ("<form action='./'><section>", "</section></form>")],
)
def test_a_body_in_a_component_or_a_form_is_not_the_whole_page(begin: str, end: str) -> None:
    news = (
        "<x-bar><p>Harga beras stabil di pasar induk. Kapal kembali berlayar hari ini.</p></x-bar>"
    )
    listed = "<ul><li>Beras dua kilogram</li><li>Gula</li></ul>"
    article = read(
        f"<html><head><title>{TITLE}</title></head><body>{news}<x-page><h1>{TITLE}</h1>{AT}"
        f"{begin}{TEXT}{listed}{end}</x-page></body></html>"
    )
    assert article.paragraphs == (*PARAGRAPHS, "Beras dua kilogram", "Gula")


def test_behind_the_copyright_line_of_a_body_a_bare_box_is_none_of_its_text() -> None:
    foot = "<p>Pewarta: Siti Aminah</p><p>COPYRIGHT © ANTARA 2023</p>"
    news = f"<section><h2>Berita utama</h2><div><h3>{ONE}</h3><p>{SECOND * 2}</p></div></section>"
    assert read(page(BODY + foot, after=news, foot="")).paragraphs == PARAGRAPHS


def test_stories_under_a_label_of_the_whole_site_are_not_related() -> None:
    link = f"<a href='https://kalsel.antaranews.com/berita/380011/x'>{ONE}</a>"
    for label, found in (("Terpopuler", []), ("Berita terkait", [ONE])):
        box = f"<aside><h4>{label}</h4>{link}</aside>"
        article = read(page(BODY + box + paragraphs(f"{SECOND} Lagi.")))
        assert (titles(article), len(article.paragraphs)) == (found, len(PARAGRAPHS) + 1)


@pytest.mark.parametrize("form", ["<ul><li>{}</li></ul>", "<dl><dd>{}</dd></dl>", "<h5>{}</h5>"])
def test_a_heading_of_a_box_stays_though_the_text_above_it_is_no_paragraph(form: str) -> None:
    box = f"<div class='q'><h4>Keterangan</h4>{paragraphs(SECOND, THIRD)}</div>"
    article = read(page(form.format(DATELINE + LEAD) + box))
    assert article.paragraphs == (LEAD, "Keterangan", SECOND, THIRD)


@pytest.mark.parametrize(
    "line",
    [
        SECOND.replace("itu", "<span class='baca-juga'>itu</span>"),
        f"<p class='caption'>{SECOND}</p><figure>{PHOTO}<figcaption>Tanggul. (ANTARA/Rina)"
        "</figcaption></figure>",
    ],
)
def test_a_class_alone_takes_no_words_out_of_a_text(line: str) -> None:
    article = read(page(f"{DATELINE}{LEAD}<br><br>{line}<br><br>{THIRD}"))
    assert article.paragraphs == PARAGRAPHS
