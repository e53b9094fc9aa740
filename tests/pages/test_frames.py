"""Pages in frames that no template knows, with other stories around the article and its foot."""

import pytest

from antara_crawler.items import Article
from tests.pages.building import (
    BODY,
    LEAD,
    LINK,
    ONE,
    PARAGRAPHS,
    SECOND_LINK,
    THIRD,
    TITLE,
    paragraphs,
    read,
    titles,
)

DATE = "Selasa, 17 Oktober 2023 15:47 WITA"
META = '<meta property="article:published_time" content="2023-10-17T15:47:00+08:00">'
DECK = "Seratus orang warga bekerja sama selama dua hari di tepi sungai."
FOOT = "<div class='kaki'>Pewarta: Siti Aminah<br>Editor: Budi Karim<br>{}</div>"
CLOSED = FOOT.format("Copyright © ANTARA 2023")
CARDS = "<div class='lain'><h3>Lainnya</h3>{}</div>".format(
    "".join(
        f"<div class='k'><h4>{link}</h4><span>Rabu, 3 Maret 2021 08:00 WITA</span>"
        "<p>Kotabaru (ANTARA) - Nelayan di pesisir mengeluhkan cuaca yang buruk sepekan.</p></div>"
        for link in (LINK, SECOND_LINK)
    )
)
NEXT = (
    "<article class='lanjut'><h2>{}</h2><p>Rabu, 3 Maret 2021 08:00 WITA</p>"
    "<p>{}Nelayan di pesisir mengeluhkan cuaca yang buruk selama sepekan.</p>"
    "<p>Pewarta: Orang Lain<br>Editor: Wati Lain</p></article>"
)


def framed(head: str, body: str, *, before: str = "", meta: str = "") -> Article:
    return read(
        f"<html><head><title>{TITLE} - ANTARA News</title>{meta}"
        '<meta property="og:type" content="article"></head><body><div class="app">'
        f"<div class='bar'>Senin, 5 Januari 2026</div>{before}"
        f"<section class='atas'><h1>{TITLE}</h1>{head}</section>{body}</div></body></html>"
    )


def iso(article: Article) -> str | None:
    return article.published_at.isoformat() if article.published_at else None


@pytest.mark.parametrize(
    "deck", ["<h2 class='subtitle'>{}</h2>", "<p class='deck'><b>{}</b></p>", "<h3>{}</h3>"]
)
def test_a_date_of_a_teaser_is_not_that_of_an_article_which_shows_none(deck: str) -> None:
    text = f"<section class='isi'>{BODY}</section>{CLOSED}{CARDS}"
    article = framed(deck.format(DECK), text, meta=META)
    assert (iso(article), article.published_note) == ("2023-10-17T15:47:00+08:00", None)
    assert article.paragraphs == (DECK, *PARAGRAPHS)


@pytest.mark.parametrize("date", ["<p><time>{}</time></p>", "<ul><li>{}</li><li>3 menit</li></ul>"])
@pytest.mark.parametrize("deck", ["<h2 class='subtitle'>{}</h2>", "<p class='standfirst'>{}</p>"])
def test_a_date_between_a_sub_headline_and_the_lead_is_the_articles(deck: str, date: str) -> None:
    line = f"{DATE} <span>Diperbarui: Selasa, 17 Oktober 2023 16:10 WITA</span>"
    head = deck.format(DECK) + date.format(line)
    article = framed(head, f"<section class='isi'>{BODY}</section>{CLOSED}")
    assert article.paragraphs == (DECK, *PARAGRAPHS)
    assert iso(article) == "2023-10-17T15:47:00+08:00"
    assert str(article.modified_at) == "2023-10-17 16:10:00+08:00"


def test_the_date_of_the_next_story_below_is_not_the_articles() -> None:
    told = "<p>Kotabaru (ANTARA) - Nelayan di pesisir mengeluhkan cuaca yang buruk sepekan.</p>"
    story = f"<h2>{LINK}</h2><p>Terbit: Rabu, 3 Maret 2021 08:00 WITA</p>{told}"
    text = f"<h1>{TITLE}</h1><div>{BODY}</div>{CLOSED}<section class='lanjut'>{story}</section>"
    article = read(
        f"<html><head><title>{TITLE}</title>{META}</head><body><main>{text}</main></body>"
    )
    assert iso(article) == "2023-10-17T15:47:00+08:00"


def test_a_date_below_the_lead_is_text() -> None:
    body = BODY.replace(f"<p>{THIRD}", f"<p>Sabtu, 4 Mei 2019 09:00 WITA</p><p>{THIRD}")
    article = framed(f"<p class='intro'>{DECK}</p><p>{DATE}</p>", f"<div class='isi'>{body}</div>")
    assert article.paragraphs[-2:] == ("Sabtu, 4 Mei 2019 09:00 WITA", THIRD)


@pytest.mark.parametrize("headline", [ONE, LINK])
@pytest.mark.parametrize(
    ("foot", "town"),
    [(CLOSED, ""), (CLOSED, "Kotabaru (ANTARA) - "), (FOOT.format(""), "Kotabaru (ANTARA) - ")],
)
@pytest.mark.parametrize("body", ["<article>{}{}{}</article>", "<div class='isi'>{}{}</div>{}"])
def test_the_foot_of_the_next_story_is_not_the_articles(
    foot: str, headline: str, town: str, body: str
) -> None:
    article = framed(f"<p>{DATE}</p>", body.format(BODY, foot, NEXT.format(headline, town)))
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Karim",))
    assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("reporter", ["", "Pewarta: Siti Aminah<br>"])
def test_a_foot_below_teasers_is_the_articles(reporter: str) -> None:
    foot = f"<p>{reporter}Editor: Budi Karim<br>Copyright © ANTARA 2023</p>"
    head = f"<p>Pewarta: Siti Aminah</p><p>{DATE}</p>"
    article = framed(head, f"<div class='isi'>{BODY}</div>{CARDS}{foot}")
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Karim",))


def test_stories_above_the_headline_are_not_related() -> None:
    ticker = (
        f"<div class='kilat'><b>Terbaru</b><ul><li>{LINK}</li><li>{SECOND_LINK}</li></ul></div>"
    )
    body = f"<section class='isi'>{BODY}</section>{CLOSED}"
    article = framed(f"<h2 class='subtitle'>{DECK}</h2><p>{DATE}</p>", body, before=ticker)
    assert (titles(article), article.paragraphs) == ([], (DECK, *PARAGRAPHS))


def test_a_date_in_one_box_with_a_list_of_stories_around_the_text_is_a_date() -> None:
    stories = f"<ul><li>{LINK}</li><li>{SECOND_LINK}</li></ul>"
    text = paragraphs(f"Barabai (ANTARA) - {LEAD}", THIRD)
    box = f"<div class='kotak'><footer>{DATE}</footer><div class='isi'>{text}</div>{stories}</div>"
    assert iso(framed("", box)) == "2023-10-17T15:47:00+08:00"


@pytest.mark.parametrize(
    "row",
    [
        "<div><span>{}</span><span>: {}</span></div>",
        "<div><span>{}</span><span>:</span><span>{}</span></div>",
        "<li><b>{}</b><a href='/penulis/siti'>&nbsp;:&nbsp;{}</a></li>",
        "<div><div>{}</div><div>:</div><div>{}</div></div>",
    ],
)
@pytest.mark.parametrize("place", ["above", "in", "below"])
def test_the_colon_of_a_label_may_stand_in_the_next_element(row: str, place: str) -> None:
    rows = row.format("Pewarta", "Siti Aminah") + row.format("Editor", "Budi Karim")
    texts = {"in": f"<div>{BODY}{rows}</div>", "above": f"<div>{BODY}</div>"}
    text = texts.get(place, f"<div>{BODY}</div><div class='kredit'>{rows}</div>")
    head = f"<p>{DATE}</p>" + (f"<div>{rows}</div>" if place == "above" else "")
    article = framed(head, f"{text}<p>Copyright © ANTARA 2023</p>")
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Karim",))
    assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "&raquo; Baca juga: {} &laquo;",
        "&laquo; Baca juga: {} &raquo;",
        "‹ Simak juga: {} ›",
        "&raquo; Baca juga:<br>{}<br>&laquo;",
    ],
)
def test_signs_around_a_related_link_are_no_text(line: str) -> None:
    body = BODY.replace(f"<p>{THIRD}", f"<p>{line.format(LINK)}</p><p>{THIRD}")
    article = framed(f"<p>{DATE}</p>", f"<div class='isi'>{body}</div>{CLOSED}")
    assert (titles(article), article.paragraphs) == ([ONE], PARAGRAPHS)


POINTS = (
    "Tanggul jebol diterjang banjir pekan lalu",
    "Seratus warga ikut memperbaikinya sejak Senin",
)
LIST = "<ul>{}</ul>".format("".join(f"<li>{point}</li>" for point in POINTS))


@pytest.mark.parametrize(
    ("box", "heading"),
    [
        (f"<div class='ringkas'><h3>Ringkasan</h3>{LIST}</div>", "Ringkasan"),
        (f"<aside><h4>Key points</h4>{LIST}</aside>", "Key points"),
        (f"<details open>{LIST}</details>", ""),
    ],
)
@pytest.mark.parametrize("body", ["<div>{}</div><div itemprop='articleBody'>{}</div>", "{}{}"])
def test_a_summary_above_the_text_is_text_and_the_lead_keeps_its_dateline(
    box: str, heading: str, body: str
) -> None:
    article = framed(f"<p>{DATE}</p>", f"<div>{body.format(box, BODY)}</div>{CLOSED}")
    wanted = [*filter(None, [heading]), *POINTS, *PARAGRAPHS]
    assert (article.dateline, [*article.paragraphs]) == ("Barabai", wanted)


def test_of_two_datelines_far_down_none_is_the_articles() -> None:
    other = "Kotabaru (ANTARA) - Nelayan di pesisir mengeluhkan cuaca yang buruk sepekan."
    texts = paragraphs(THIRD, THIRD.upper(), THIRD.title()), paragraphs(other)
    article = framed(f"<p>{DATE}</p>", f"<div class='isi'>{texts[0]}{BODY}{texts[1]}</div>{CLOSED}")
    assert article.dateline is None
    assert other in article.paragraphs


@pytest.mark.parametrize(
    "headline", ["{}:<br>{}", "<b>{}:</b><br/><span>{}</span>", "<span class='t'>{}:<br>{}</span>"]
)
def test_a_headline_may_break_behind_its_colon(headline: str) -> None:
    html = (
        "<html><head><title>Bupati: tanggul diperbaiki - ANTARA News</title></head><body>{}</body>"
    )
    h1 = f"<h1>{headline.format('Bupati', 'tanggul diperbaiki')}</h1>"
    head = f"{h1}<p class='standfirst'>{DECK}</p><p>{DATE}</p>"
    article = read(html.format(f"<div>{head}<div>{BODY}</div>{CLOSED}</div>"))
    assert article.title == "Bupati: tanggul diperbaiki"
    assert article.paragraphs == (DECK, *PARAGRAPHS)


@pytest.mark.parametrize(
    "writer",
    [
        "<div class='pp'><img src='/u/7.jpg'><div><div>Pewarta</div><div>{}</div></div></div>",
        "<ul><li><img src='/7.png'>Pewarta: {}</li><li><img src='/u/8.jpg'>Editor: B K</li></ul>",
        "<div class='author'><img src='/u/7.jpg'><span class='author-name'>{}</span></div>",
    ],
)
def test_a_portrait_beside_a_byline_is_no_picture_of_the_article(writer: str) -> None:
    by = writer.format("Siti Aminah")
    body = f"<article>{BODY}{by}<p>Copyright © ANTARA 2023</p></article>"
    article = framed(f"<p>{DATE}</p>", body)
    assert (article.reporters, article.images) == (("Siti Aminah",), ())
    assert framed(f"<div>{by}</div><p>{DATE}</p>", f"<div>{BODY}</div>").images == ()


def test_a_photo_above_a_byline_is_the_articles() -> None:
    photo = "<img src='https://img.antaranews.com/cache/730x487/2023/10/17/tanggul.jpg'>"
    article = framed(f"<div>{photo}<p>Pewarta: Siti Aminah</p></div><p>{DATE}</p>", BODY)
    assert len(article.images) == 1


@pytest.mark.parametrize("joint", ["/", "dan", ","])
def test_two_writers_in_the_footer_of_an_article_stay_two(joint: str) -> None:
    by = f"<footer><p>Pewarta : Siti Aminah {joint} Rudi Hartono</p><p>© ANTARA 2023</p></footer>"
    article = framed(f"<p>{DATE}</p>", f"<article>{BODY}{by}</article>")
    assert article.reporters == ("Siti Aminah", "Rudi Hartono")


@pytest.mark.parametrize("between", ["", "</head>", "<body>"])
@pytest.mark.parametrize("box", ["main", "header", "article"])
def test_a_page_whose_head_is_not_closed_is_read(between: str, box: str) -> None:
    text = f"<{box}><h1>{TITLE}</h1><p>{DATE}</p><div>{BODY}</div>{CLOSED}</{box}>"
    article = read(f"<html><head><title>{TITLE}</title>{between}{text}</body></html>")
    assert (article.title, article.paragraphs) == (TITLE, PARAGRAPHS)
    assert article.reporters == ("Siti Aminah",)


SAID = "Saya senang tanggul itu akhirnya diperbaiki warga desa, semoga tahan sampai tahun depan."
COMMENTS = "<section class='ruang'><h3>Tanggapan</h3>{}</section>".format(
    "".join(f"<div class='t'><p>{n}. {SAID}</p></div>" for n in range(4))
)


def test_a_notice_like_a_paragraph_ends_the_text() -> None:
    notice = "<p>Dilarang keras mengambil konten tanpa izin tertulis dari ANTARA.</p>"
    foot = f"<p>Pewarta: Siti Aminah</p><p>Copyright © ANTARA 2023</p>{notice}"
    article = framed(f"<p>{DATE}</p>", f"<article>{BODY}{foot}{COMMENTS}</article>")
    assert article.paragraphs == PARAGRAPHS
    assert article.rights is not None


def test_the_lead_below_a_summary_may_be_repeated() -> None:
    again = f"<p>Barabai (Antara Kalsel) - {LEAD}</p>"
    body = f"<div><ul><li>{DECK}</li><li>{SAID}</li></ul><p>{DECK}</p>{BODY}{again}</div>"
    assert framed(f"<p>{DATE}</p>", body + CLOSED).dateline == "Barabai"


@pytest.mark.parametrize("behind", [COMMENTS, CARDS, NEXT.format(ONE, "Kotabaru (ANTARA) - ")])
def test_what_is_behind_the_foot_of_a_text_in_many_elements_is_none_of_it(behind: str) -> None:
    lead = f"<p class='lead'>Barabai (ANTARA) - {LEAD}</p>"
    text = f"<div class='isi'><div>{PARAGRAPHS[1]}</div>{THIRD}</div>"
    article = framed(f"<p>{DATE}</p>", f"<main>{lead}{text}{CLOSED}{behind}</main>")
    assert (article.dateline, article.paragraphs) == ("Barabai", PARAGRAPHS)


def test_a_dateline_alone_on_its_line_says_where_the_text_begins() -> None:
    texts = "".join(f"<div>{text}</div>" for text in ("Barabai (ANTARA) -", *PARAGRAPHS))
    other = "<p>Kotabaru (ANTARA) - Nelayan mengeluhkan cuaca buruk.</p>" + paragraphs(SAID) * 8
    behind = f"<article><h2>{ONE}</h2>{other}<p>Pewarta: Orang Lain</p></article>"
    article = framed(f"<p>{DATE}</p>", f"<main>{texts}{CLOSED}{behind}</main>")
    assert (article.dateline, article.paragraphs) == ("Barabai", PARAGRAPHS)
    assert article.reporters == ("Siti Aminah",)


def test_a_box_of_credits_and_date_below_links_to_other_stories_is_the_articles() -> None:
    box = (
        f"<p>Copyright © ANTARA 2023</p><h4>Pilihan</h4><p>{LINK}</p><ul><li>Tanggal: {DATE}</li>"
        "<li>Pewarta Siti Aminah</li><li>Editor Budi Karim</li>"
        "<li>Masukan: tulislah kepada kami lewat surel. Sebutkan nama dan kota Anda.</li></ul>"
    )
    article = framed("", f"<section class='isi'>{BODY}</section>{box}")
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Karim",))
    assert article.published_at is not None


def test_a_day_above_and_its_time_below_other_stories_are_one_date_with_its_zone() -> None:
    told = META.replace("15:47:00+08:00", "07:47:00Z")
    signed = "<footer><p>Pewarta: Siti Aminah</p><p>17/10/2023, 15:47 WITA</p></footer>"
    below = f"<p>Copyright © ANTARA 2023</p><div><p>{LINK}</p></div>{signed}"
    article = framed("<p>17/10/2023</p>", f"<main>{BODY}{below}</main>", meta=told)
    assert iso(article) == "2023-10-17T15:47:00+08:00"
