"""Teasers of other stories and profiles of writers around a short text: none of them is text."""

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
    URL,
    page,
    paragraphs,
    read,
    reasons,
    titles,
)

AT = "<p>Selasa, 17 Oktober 2023 15:47 WITA</p>"
W = "Rina Lestari"
BIO = f"{W} meliput pertanian di Barabai sejak 2016 dan pernah belajar di Yogyakarta."
TOLD = {
    "Petani Haruai panen jagung": "Petani di Haruai memanen lebih awal karena hujan terus turun.",
    "Pelajar ikut lomba puisi": "Dua ratus pelajar membaca puisi di halaman kantor bupati Ahad.",
    "Jalan utama kota diperbaiki": "Pemerintah kota memperbaiki jalan yang rusak dilewati truk.",
}


def cards(box: str, to: str = "/berita/38002{}/x", more: str = "") -> str:
    tag = box.partition(" ")[0]
    return "".join(
        f"<{box}><img src='/k{n}.jpg'><h3><a href='{to.format(n)}'>{title}</a></h3><p>{text}</p>"
        f"{more}</{tag}>"
        for n, (title, text) in enumerate(TOLD.items())
    )


def shown(body: str, behind: str = "") -> Article:
    return read(
        f"<html><head><title>{TITLE}</title><meta property='og:type' content='article'></head>"
        f"<body><main><h1>{TITLE}</h1>{AT}{body}{behind}</main></body></html>"
    )


@pytest.mark.parametrize("box", ["div class='kartu'", "li", "article class='k'", "section class=x"])
@pytest.mark.parametrize("around", ["{}", "<div class='lain'>{}</div>"])
def test_teasers_of_one_form_behind_a_text_are_other_stories(box: str, around: str) -> None:
    article = shown(BODY, around.format(cards(box)))
    assert article.paragraphs == PARAGRAPHS
    assert article.images == ()
    assert set(TOLD.values()) <= set(reasons(article))


def test_teasers_among_paragraphs_are_related_links_and_their_words_left_out() -> None:
    text = paragraphs(DATELINE + LEAD, SECOND), paragraphs(THIRD)
    article = shown(f"<article>{text[0]}{cards('div class=k')}{text[1]}</article>")
    assert article.paragraphs == PARAGRAPHS
    assert titles(article) == list(TOLD)


def test_a_text_shorter_than_the_teasers_beside_it_is_the_article() -> None:
    more = "<h4><a href='/b'>BACA LANJUTANNYA</a></h4>"
    teasers = f"<div id='lanjut'>{cards('div class=k', '/2019/09/{}.html', more)}</div>"
    article = shown(f"<div class='isi'>{BODY}</div>", teasers + teasers)
    assert article.paragraphs == PARAGRAPHS


def test_stories_that_the_text_announces_are_told_in_it() -> None:
    body = paragraphs(DATELINE + LEAD, SECOND, "Berikut tiga berita pilihan kemarin:")
    told = shown(f"<article>{body}{cards('div class=k')}</article>").paragraphs
    assert set(TOLD.values()) <= set(told)


def test_stories_behind_one_sentence_alone_are_told_in_the_text() -> None:
    told = shown(f"<article>{paragraphs(DATELINE + LEAD)}{cards('div class=k')}</article>")
    assert set(TOLD.values()) <= set(told.paragraphs)


@pytest.mark.parametrize("end", [f"<p>Pewarta: {W}</p>", f"<p>{f'{SECOND} ' * 6}</p>"])
def test_a_link_around_an_end_of_the_article_is_no_teaser(end: str) -> None:
    link = f"<a href='/berita/380011/sungai'><p>{THIRD}</p>{end}</a>"
    body = paragraphs(DATELINE + LEAD, SECOND) + link
    assert THIRD in shown(f"<article>{body}</article>").paragraphs


def test_headings_that_lead_to_a_subject_head_parts_of_the_text() -> None:
    body = paragraphs(DATELINE + LEAD, SECOND) + cards("div class=k", "/tag/{}") + f"<p>{THIRD}</p>"
    assert set(TOLD.values()) <= set(shown(f"<article>{body}</article>").paragraphs)


@pytest.mark.parametrize(
    "within",
    [
        f"<img src='/t.jpg'><figcaption><p>Desa</p><h3>{ONE}</h3><p>Naik lagi.</p></figcaption>",
        f"<img src='/t.jpg'><div>{ONE}</div><div>Air naik sejak Senin malam.</div>",
        f"<h4>{ONE}</h4><p>Air naik sejak Senin malam.</p><span>2 jam lalu</span>",
    ],
)
def test_a_link_around_a_teaser_is_a_related_link_with_its_title(within: str) -> None:
    tag = "figure" if "figcaption" in within else "div"
    teaser = f"<{tag} class='t'><a href='/berita/380011/sungai'>{within}</a></{tag}>"
    article = shown(
        f"<article>{paragraphs(DATELINE + LEAD, SECOND)}{teaser}<p>{THIRD}</p></article>"
    )
    assert article.paragraphs == PARAGRAPHS
    assert titles(article) == [ONE]
    assert article.images == ()


@pytest.mark.parametrize("end", ["</p>", "</div>"])
def test_a_link_that_nobody_closed_takes_no_paragraph_away(end: str) -> None:
    link = LINK.removesuffix("</a>")
    body = paragraphs(DATELINE + LEAD, SECOND) + f"<div><p>{link}{end}<p>{THIRD}</p>"
    assert shown(f"<article>{body}</article>").paragraphs[-1] == THIRD


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='bio'><h4>{W}</h4><p>{BIO}</p></div>",
        f"<div class='pop'><div class='n'>{W}</div><div class='i'>{BIO}</div><i>9</i></div>",
        f"<aside class='tentang'><p>{BIO}</p></aside>",
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_a_box_about_the_writer_is_no_text(box: str, is_above: bool) -> None:
    foot = f"<p>Pewarta: {W}</p>"
    body = f"{box}{BODY}{foot}" if is_above else f"{BODY}{box}{foot}"
    article = shown(f"<article>{body}</article>")
    assert article.paragraphs == PARAGRAPHS
    assert article.dateline == "Barabai"
    assert reasons(article)[BIO] == "profile of the writer"


def test_a_box_amid_the_text_that_begins_with_the_writer_s_name_is_text() -> None:
    told = f"{W} mengatakan warga Barabai sudah kembali ke rumah masing-masing."
    for box in (f"<div><strong>{told}</strong></div>", f"<aside>{told}</aside>"):
        body = f"<p>{PARAGRAPHS[0]}</p>{box}<p>{PARAGRAPHS[1]}</p><p>Pewarta: {W}</p>"
        article = shown(f"<article>{body}</article>")
        assert article.paragraphs == (PARAGRAPHS[0], told, *PARAGRAPHS[1:2])


def test_the_bare_picture_of_a_writer_is_none_of_the_article() -> None:
    box = f"<div class='bio'><img src='/p/rina.jpg'><h4>{W}</h4><p>{BIO}</p></div>"
    photo = "<p><img src='/foto/banjir.jpg'></p>"
    told = shown(f"<article>{photo}{BODY}{box}<p>Pewarta: {W}</p></article>")
    assert [picture.url for picture in told.images] == [
        "https://kalsel.antaranews.com/foto/banjir.jpg"
    ]


def test_what_is_told_of_others_or_as_the_text_is_stays() -> None:
    other = BIO.replace(W, "Siti Aminah")
    box = f"<div class='bio'><h4>Siti Aminah</h4><p>{other}</p></div>"
    foot = f"<p>{BIO}</p><p>Pewarta: {W}</p>"
    told = shown(f"<article>{BODY}{box}<p>{SECOND} Kini.</p>{foot}</article>").paragraphs
    assert {other, BIO} <= set(told)


@pytest.mark.parametrize("is_last", [True, False])
def test_a_copyright_line_in_a_footer_behind_is_the_articles_where_the_page_has_another(
    is_last: bool,
) -> None:
    line = "Copyright © ANTARA 2023"
    last = "" if is_last else "<footer>Tentang kami</footer>"
    article = read(
        f"<html><head><title>{TITLE}</title></head><body><div class='q'><article><h1>{TITLE}</h1>"
        f"{AT}<div class='isi'>{BODY}</div></article><footer><p>{line}</p></footer></div>{last}"
    )
    assert article.copyright == (None if is_last else line)


@pytest.mark.parametrize(
    ("behind", "text"),
    [
        (f"<p><a href='/tag/tanggul'>{SECOND}</p>", SECOND),
        (f"<p><a href='https://www.instagram.com/p/C1/'>{SECOND}</a></p>", SECOND),
        ("<p><a href='https://bnpb.go.id/x.pdf'>Unduh laporannya</a></p>", "Unduh laporannya"),
    ],
)
def test_a_paragraph_behind_a_list_that_leads_to_no_story_is_no_title(
    behind: str, text: str
) -> None:
    stories = f"<p>Baca juga:</p><ul><li>{LINK}</li><li>{SECOND_LINK}</li></ul>"
    article = read(page(f"<p>{DATELINE}{LEAD}</p>{stories}{behind}<p>{THIRD}</p>"))
    assert (article.paragraphs, titles(article)) == ((LEAD, text, THIRD), [ONE, OTHER])


@pytest.mark.parametrize(
    "form",
    [
        "<div class='x'>{photo}<div><span>Baca juga:</span> {link}</div></div>",
        "<p>{photo}</p><p>Baca juga: {link}</p>",
        "<ul class='z'><li>Lihat juga: {link}{photo}</li></ul>",
    ],
)
def test_a_picture_that_leads_to_a_story_named_beside_it_is_that_storys(form: str) -> None:
    photo = "<a href='/berita/380011/sungai'><img src='https://img.antaranews.com/x.jpg'></a>"
    middle = form.format(photo=photo, link=LINK)
    article = read(page(f"<p>{DATELINE}{LEAD}</p>{middle}{paragraphs(SECOND, THIRD)}"))
    assert (article.paragraphs, titles(article), article.images) == (PARAGRAPHS, [ONE], ())
    alone = read(page(f"<p>{DATELINE}{LEAD}</p>{photo}{paragraphs(SECOND, THIRD)}"))
    assert len(alone.images) == 1


def test_lists_and_comments_on_a_page_of_a_picture_are_no_text() -> None:
    photo = f"<figure><img src='/a.jpg'><figcaption>{SECOND} ANTARA/Siti</figcaption></figure>"
    box = f"<div class='a'><h4>Rekomendasi</h4><ul><li>{LINK}</li></ul></div>"
    comments = (
        "<div id='c'><h4>Komentar</h4><b>ani</b><p>Bagus sekali, pak.</p><textarea></textarea>"
    )
    html = f"<article><h1>{TITLE}</h1>{AT}{photo}{box}{comments}</div></article>"
    article = read(html, URL.replace("berita", "foto"))
    assert (article.paragraphs, [each.caption for each in article.images]) == ((), [SECOND])


def test_a_credit_in_a_caption_of_two_lines_is_that_pictures_on_a_page_of_a_film() -> None:
    words = f"<figcaption><p>{SECOND}</p><p>ANTARA FOTO/Siti/foc.</p></figcaption>"
    html = page(f"<figure><img src='/a.jpg'>{words}</figure>{BODY}")
    found = [
        (each.caption, each.credit) for each in read(html, URL.replace("berita", "video")).images
    ]
    assert found == [(SECOND, "ANTARA FOTO/Siti/foc")]


def test_the_stories_before_and_behind_one_are_not_related_to_it() -> None:
    links = (LINK.replace(">", ">Sebelumnya: ", 1), SECOND_LINK.replace(">", ">Berikutnya: ", 1))
    nav = "".join(f"<div class='n{n}'>{link}</div>" for n, link in enumerate(links))
    assert titles(read(page(after=f"<div class='nav'>{nav}</div>"))) == []
    assert titles(read(page(BODY + f"<p>Sebelumnya: {LINK}</p>"))) == [ONE]


@pytest.mark.parametrize("label", ["Berita Terkini", "Paling Banyak Dibaca", "Most read"])
def test_what_the_site_lists_for_every_page_is_left_out(label: str) -> None:
    box = f"<div class='x'><h3>{label}</h3><ul><li>{LINK}</li><li>{SECOND_LINK}</li></ul></div>"
    article = read(page(paragraphs(DATELINE + LEAD, SECOND) + box + paragraphs(THIRD)))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [])
    assert reasons(article)[ONE] == "related"


OFFERS = (
    "<div><p>Unduh aplikasi ANTARA News di ponsel Anda.</p><a href='https://play.google.com/a'>"
    "<img src='/g.png'></a> <a href='https://apps.apple.com/b'><img src='/b.png'></a></div>",
    "<div><h4>Donasi</h4><p>Salurkan bantuan Anda bagi korban bencana melalui rekening kami.</p>"
    "<a href='/donasi'>Donasi sekarang</a></div>",
)


@pytest.mark.parametrize("offer", OFFERS)
def test_what_the_site_offers_behind_the_foot_is_no_text_though_it_stands_as_paragraphs_do(
    offer: str,
) -> None:
    foot = "<p>Pewarta: Siti Aminah</p><p>Copyright © ANTARA 2023</p>"
    for body in (f"{BODY}{foot}{offer}", f"{BODY}{foot}{offer}{offer}"):
        article = read(page(body, foot=""))
        assert article.paragraphs == PARAGRAPHS
        assert len(article.left_out) > 1


def test_a_table_above_the_dateline_is_no_text_and_one_behind_it_is() -> None:
    table = "<div class='kurs'><table><tr><td>USD</td><td>16.100</td></tr></table></div>"
    text = f"<h1>{TITLE}</h1>{AT}<div>{table}{BODY}{table.replace('USD', 'SGD')}</div>"
    head = f"<title>{TITLE}</title><meta property='og:type' content='article'>"
    article = read(f"<html><head>{head}</head><body><main>{text}</main></body></html>")
    assert article.paragraphs == (*PARAGRAPHS, "SGD | 16.100")
    assert "USD | 16.100" in reasons(article)


@pytest.mark.parametrize(
    ("over", "under"),
    [
        ("<div>Senin, 30 November 2026 19:22 WITA</div>", f"<p>Tayang: {AT[3:]}"),
        (AT, "<p>Diperbarui: Rabu, 18 Oktober 2023 08:00 WITA</p>"),
    ],
)
def test_a_date_above_the_headline_is_the_articles_where_none_but_a_change_is_below(
    over: str, under: str
) -> None:
    head = f"<title>{TITLE}</title><meta property='og:type' content='article'>"
    text = f"<article>{over}<h1>{TITLE}</h1>{under}{BODY}</article>"
    article = read(f"<html><head>{head}</head><body>{text}</body></html>")
    assert article.published_at is not None
    assert (article.published_at.year, article.published_at.day) == (2023, 17)


@pytest.mark.parametrize(("line", "stays"), [("00:00 / 03:19", False), ("07:00 / 08:30", True)])
def test_the_clock_of_a_player_is_no_text(line: str, stays: bool) -> None:
    article = read(page(f"{BODY}<div><audio src='/a.mp3'></audio><p>{line}</p></div>"))
    assert (line in article.paragraphs) == stays
