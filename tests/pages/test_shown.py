"""Text comes out as a reader sees it: lists, signs, line breaks, quotes."""

import pytest

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
    reasons,
)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<ol><li>Satu</li><li>Dua</li></ol>", ["1. Satu", "2. Dua"]),
        ("<ol start=3 type=a><li>Satu</li><li value=7><p>Dua</p></li></ol>", ["c. Satu", "g. Dua"]),
        ("<ol type=I><li>Satu</li><li>Dua</li></ol>", ["I. Satu", "II. Dua"]),
        ("<ol reversed><li>Satu</li><li>Dua</li></ol>", ["2. Satu", "1. Dua"]),
        ("<ol style='list-style: none'><li>Satu</li></ol>", ["Satu"]),
        ("<ol><li>Satu<ul><li>Anak</li></ul></li><li>Dua</li></ol>", ["1. Satu", "Anak", "2. Dua"]),
        ("<dl><dt>Nama</dt><dd>Siti</dd></dl>", ["Nama", "Siti"]),
        ("<p>Satu.<div>Dua.</div>Tiga.</p>Empat.", ["Satu.", "Dua.", "Tiga.", "Empat."]),
        ("<pre>Baris satu\nBaris dua</pre>", ["Baris satu", "Baris dua"]),
        ("<span style='display:block'>Baris satu</span><span>dua</span>", ["Baris satu", "dua"]),
        ("<p style='display:inline'>Satu</p><p style='display:inline'> dua</p>", ["Satu dua"]),
        ("<p>Air <img class=emoji alt='💧' src='/e.png'> naik</p>", ["Air 💧 naik"]),
        ("<p>Air <img class=icon alt='' src='/e.png'> naik</p>", ["Air naik"]),
        ("<p>Air naik <img class='smiley' alt=';-)' src='/e.gif'> lagi</p>", ["Air naik ;-) lagi"]),
        ("<div style='opacity:.9'>Tampak</div><div style='opacity: 0.0'>Tidak</div>", ["Tampak"]),
        ("<div style='font-size:0'><b style='font-size:12px'>Tampak</b></div>", ["Tampak"]),
        ("<div style='font-size:0px'>Tidak</div>", []),
        ("<p style='/* a; */ display:none; /* b'>Tidak</p>", []),
        (f"<textarea hidden>{6 * SECOND}</textarea>", []),
        (f"<select style='display:none'><option>{6 * SECOND}</option></select>", []),
        ("<amp-twitter><blockquote placeholder>Tampak</blockquote></amp-twitter>", ["Tampak"]),
        ("<p>Air <img src='/foto.jpg' width=600> naik</p>", ["Air naik"]),
        ("<p>mem<wbr>per&shy;baiki 100 m<sup>2</sup></p>", ["memperbaiki 100 m2"]),
        ("<p><q>Sudah</q>, kata dia</p>", ["“Sudah”, kata dia"]),
        ("<p>Panjangnya <del>30</del> <ins>35</ins> meter</p>", ["Panjangnya 30 35 meter"]),
        ("<p aria-hidden='true'>Tetap dibaca</p>", ["Tetap dibaca"]),
        (
            "<table><caption>Rincian</caption><tr><th>Desa</th><th>Jiwa</th></tr></table>",
            ["Rincian", "Desa | Jiwa"],
        ),
    ],
)
def test_text_comes_out_as_it_is_seen(html: str, shown: list[str]) -> None:
    body = paragraphs(DATELINE + LEAD, SECOND) + html + paragraphs(THIRD)
    assert read(page(body)).paragraphs == (LEAD, SECOND, *shown, THIRD)


@pytest.mark.parametrize(
    ("style", "is_icon"),
    [("max-height:1.5em", True), ("border:0; WIDTH: 18px", True), ("width:40em", False),
     ("height:auto;max-width:100%", False)],
)  # fmt: skip
def test_a_picture_of_the_size_of_a_letter_is_an_icon(style: str, is_icon: bool) -> None:
    line = f"<p>Air <img style='{style}' alt='' src='/e.png'> naik</p>"
    article = read(page(paragraphs(DATELINE + LEAD) + line))
    assert article.paragraphs[-1] == "Air naik"
    assert [each.url for each in article.images if each.url] == (
        [] if is_icon else ["https://kalsel.antaranews.com/e.png"]
    )


HIDDEN = "Kalimat ini tidak tampak bagi siapa pun."


@pytest.mark.parametrize(
    ("sheet", "is_shown"),
    [
        ("<style>p{margin:0} .judul, .x{ color:red; DISPLAY : none }</style>", False),
        ("<style>/* alat */ #y{display:none!important}</style>", False),
        ("<style media='print'>.x{display:none}</style>", True),
        ("<style>@media (max-width:9em){.x{display:none} .z{color:red}}</style>", True),
        ("<style>.x{display:none} .x.aktif{display:block}</style>", True),
        ("<style>.x{display:none} @media screen{.z{display:flex}}</style>", True),
        ("<style>.js .x, p > .x, .x:hover{display:none}</style>", True),
        ("<noscript><style>.x{display:none}</style></noscript>", True),
        ("<style>.post-content, .post-wrap{display:none}</style>", True),
        ("<style>.x{display:none}</style>", False),
        ("<style>@media all{body .post-content > p.x{display:none}}</style>", False),
        ("<style>.x[id]{left:-999em} @media print{.x{left:0}}</style>", False),
        ("<style>.z{clip-path:inset(50%)} .z:hover .y{clip-path:none}</style>", False),
        ("<style>.z{visibility:hidden;position:fixed}</style>", False),
        ("<style>.z{visibility:hidden}</style>", True),
        ("<style>#y{overflow:hidden;max-height:0}</style>", False),
        ("<style>#y{overflow:hidden;max-height:0;transition:all 1s}</style>", True),
        ("<style>#y{overflow:hidden;max-height:0} #y.buka{max-height:9em}</style>", True),
        ("<style>.post-content p{display:none} .x:not(.buka){display:none}</style>", True),
        ("<style>.x{display:none} .z:hover{display:block}</style>", True),
        ("<style>div > .z > .x, nav .x, .x + .x{display:none}</style>", True),
    ],
)
def test_what_the_pages_own_sheet_displays_nowhere_is_left_out(sheet: str, is_shown: bool) -> None:
    line = f"<p class='x z' id='y'>{HIDDEN}</p>"
    article = read(page(paragraphs(DATELINE + LEAD, SECOND) + line, before=sheet))
    assert article.paragraphs == (LEAD, SECOND, *([HIDDEN] if is_shown else []))
    assert is_shown or reasons(article)[HIDDEN] == "hidden"


SHEET = (
    "<style>.istilah .arti{display:none} .istilah:hover .arti{display:block} .baris b{display:flex}"
    ".naskah{white-space:pre-line} .kapital{float:left;display:block} .acc{display:none}</style>"
)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            "<p>Air <i class=istilah>pasang<i class=arti>naik</i></i> surut</p>",
            ["Air pasang surut"],
        ),
        ("<div class=baris><b>Satu</b><b>Dua</b></div>", ["Satu", "Dua"]),
        ("<div class=naskah>Satu\nDua</div>", ["Satu", "Dua"]),
        ("<p><span class=kapital>A</span>ir surut</p>", ["Air surut"]),
        ("<button>Buka</button><p class=acc>Isi</p>", ["Isi"]),
    ],
)
def test_the_pages_own_sheet_tells_what_stands_in_a_line(html: str, shown: list[str]) -> None:
    body = paragraphs(DATELINE + LEAD, SECOND) + html + paragraphs(THIRD)
    assert read(page(body, before=SHEET)).paragraphs == (LEAD, SECOND, *shown, THIRD)


@pytest.mark.parametrize(
    "picture",
    ["<img style='opacity:0' data-src='/e.jpg'>", "<img class='lazy' src='/e.jpg'>",
     "<span class='lazy' style='opacity:0'><img src='/e.jpg'></span>",
     "<amp-img src='/e.jpg' layout='fill' width='4' height='3'></amp-img>"],
)  # fmt: skip
def test_a_picture_that_loads_late_or_fills_its_box_is_one(picture: str) -> None:
    sheet = "<style>.lazy{display:none}</style>"
    article = read(page(paragraphs(DATELINE + LEAD, SECOND) + f"<p>{picture}</p>", before=sheet))
    assert article.images[-1].url == "https://kalsel.antaranews.com/e.jpg"


@pytest.mark.parametrize("words", ["Warga menambal tanggul", "Warga menambal tanggul (ANTARA/HO)"])
@pytest.mark.parametrize("row", ["<td>{}</td>", "<td>Lebar</td><td>{}</td>"])
def test_the_caption_of_a_table_is_the_pictures_where_it_holds_no_more(
    words: str, row: str
) -> None:
    table = f"<table><caption>{words}</caption><tr>{row.format('<img src=/e.jpg>')}</tr></table>"
    article = read(page(paragraphs(DATELINE + LEAD, SECOND) + table))
    caption = article.images[-1].caption
    is_whole = "Lebar" not in row
    assert (caption == "Warga menambal tanggul") == is_whole
    assert (words in article.paragraphs) != is_whole


@pytest.mark.parametrize("tag", ["template", "dialog", "div hidden"])
def test_a_body_that_is_shown_nowhere_is_none(tag: str) -> None:
    body = "<div class='post-content'>{}</div>"
    unseen = body.format(paragraphs(*(f"{n} {SECOND}" for n in "abcd")))
    shown = paragraphs(DATELINE + LEAD, SECOND, THIRD)
    article = read(page(f"{shown}</div><{tag}>{unseen}</{tag.partition(' ')[0]}><div>"))
    assert article.paragraphs == (LEAD, SECOND, THIRD)


POPUP = "<h4>Siti Aminah</h4><p>Siti Aminah menulis untuk ANTARA di Barabai sejak tahun 2017.</p>"


@pytest.mark.parametrize(
    "box",
    [
        "<div aria-hidden='true'>{}</div>",
        "<section popover='auto'>{}</section>",
        "<div role='dialog'><img src='/potret.jpg'>{}</div>",
        "<span role='tooltip'>{}</span>",
        "<template>{}</template>",
        "<amp-consent layout='nodisplay'>{}</amp-consent>",
        "<amp-video src='/v.mp4'><div fallback>{}</div></amp-video>",
        "<amp-ima-video src='/v.mp4'><div placeholder>{}</div></amp-ima-video>",
    ],
)
def test_what_opens_over_the_page_is_no_text(box: str) -> None:
    lead, held = paragraphs(DATELINE + LEAD, SECOND, THIRD), box.format(POPUP)
    for html in (page(held + lead), page(lead, head=held), page(lead + held)):
        article = read(html)
        assert (article.paragraphs, article.dateline) == ((LEAD, SECOND, THIRD), "Barabai")


@pytest.mark.parametrize(
    "text",
    [
        f"<p>Warga <span aria-hidden='true'>desa</span> {SECOND}</p>",
        f"<p aria-hidden='true'>{SECOND}</p>",
        f"<div aria-hidden='false'><p>{SECOND}</p></div>",
        f"<div aria-hidden='true'>{paragraphs(*[f'{n} {SECOND}' for n in 'abcdefgh'])}</div>",
    ],
)
def test_words_much_text_and_paragraphs_that_are_said_to_be_hidden_stay(text: str) -> None:
    article = read(page(paragraphs(DATELINE + LEAD, THIRD) + text))
    assert article.paragraphs[-1].endswith(SECOND)


@pytest.mark.parametrize(
    "words",
    [
        "<strong>Harga </strong><strong>mulai naik</strong>",
        "<b>Harga</b><span> mulai naik</span>",
        "<span>Harga<o:p></o:p></span><span>&nbsp;</span><span>mulai naik</span>",
    ],
)
def test_words_that_white_space_parts_get_no_bar_between_elements(words: str) -> None:
    article = read(page(f"<p>{DATELINE}{LEAD}</p><p>{words}</p><p>{SECOND}</p>"))
    assert article.paragraphs == (LEAD, "Harga mulai naik", SECOND)


_FIRST, _REST = paragraphs(DATELINE + LEAD), paragraphs(SECOND, THIRD)
_PANEL = "<div class='panel'><p>Warga cukup datang ke balai desa membawa kartu keluarga.</p></div>"
_THUMB = "<a href='/berita/{}/desa'><img src='/t.jpg'><span>{}</span></a>"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (f"<h2><button class='b'>Kapan mulai?</button></h2>{_PANEL}", 2),
        (f"<button class='accordion'>Syarat bagi warga</button>{_PANEL}", 2),
        (f"<button aria-expanded='true'>Baca selengkapnya</button>{_PANEL}", 1),
        (f"<button class='dark'>Mode gelap</button>{_PANEL}", 1),
        ("<div class='h4 m-2'>Kisah warga</div><p>Rumah itu dibangun lagi oleh warga.</p>", 2),
        (f"<div>{_THUMB.format(1, ONE)}{_THUMB.format(2, TITLE)}</div><p>Dokumen warga</p>", 1),
    ],
)
def test_what_heads_a_text_or_stands_behind_thumbnails_is_text(html: str, said: int) -> None:
    body = _FIRST + html + _REST
    known = page(body)
    other = known.replace("post-content", "z").replace("article", "section")
    for article in map(read, (known, other)):
        assert len(article.paragraphs) == len(PARAGRAPHS) + said
        assert article.images == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("4 Mei 2021 pukul 09.00 WITA, Balai Desa: Lomba perahu warga dimulai", 1),
        ("Selasa, 4 Mei 2021 07:00 WIB - relawan mulai memasak untuk pengungsi", 1),
        ("Selasa, 4 Mei 2021 07:00 WIB | Dinas Pertanian dan Pangan", 0),
        ("Selasa, 4 Mei 2021 07:00 WIB - Estimasi waktu baca 3 menit", 0),
        ("Selasa, 4 Mei 2021 07:00 WIB, Editor: Siti Aminah binti Rahmat", 0),
    ],
)
def test_a_line_above_a_lead_that_tells_what_was_on_a_date_is_text(line: str, said: int) -> None:
    for article in (read(page(f"<p>{line}</p>{BODY}")), read(page(f"{line}<br>{_FIRST}{_REST}"))):
        assert article.paragraphs == (*[line] * said, *PARAGRAPHS)


def test_verses_below_a_captioned_picture_and_above_a_form_are_text() -> None:
    head = "<img src='/a.jpg'><p class='cap'>Warga di tepi sungai itu pagi tadi. (ANTARA/Rina)</p>"
    form = "<div class='n'><h4>Buletin</h4><form><input type='email'></form></div>"
    body = f"{_FIRST}<p>ombak kecil menyapa<br>perahu pulang senja</p>{form}"
    article = read(
        f"<title>{TITLE}</title><article><div class='i'>{head}<header class='h'><h1>{TITLE}</h1>"
        f"</header><div class='c'>{body}</div></div></article>"
    )
    assert article.paragraphs == (LEAD, "ombak kecil menyapa", "perahu pulang senja")
