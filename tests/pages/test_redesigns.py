"""Pages as a next design may show them: headlines, sections, quotes, calls, in any element."""

import pytest

from antara_crawler.items import Article
from tests.pages.building import (
    BODY,
    DATELINE,
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

HEAD = f'<title>{TITLE} - ANTARA News</title><meta property="og:type" content="article">'
DATE = "Selasa, 17 Oktober 2023 15:47 WITA"
H1 = f"<h1>{TITLE}</h1>"
FOOT = "<div class='foot'>Pewarta: Siti Aminah<br>Copyright © ANTARA 2023</div>"
NOTICE = "Dilarang keras mengambil konten di situs web ini tanpa izin tertulis dari ANTARA."
CHANNEL = '<a href="https://whatsapp.com/channel/0029">{}</a>'


def unknown(head: str, *, body: str = BODY, foot: str = FOOT, title: str = HEAD) -> Article:
    rooms = f"<div class='page'>{head}<p>{DATE}</p><div class='isi'>{body}</div>{foot}</div>"
    return read(f"<html><head>{title}</head><body>{rooms}</body></html>")


@pytest.mark.parametrize("line", [f"{DATE} | Daerah | Dibaca 345 kali", f"Daerah • {DATE} | Tapin"])
def test_a_date_between_bars_is_no_text(line: str) -> None:
    article = unknown(f"{H1}<div>{line}</div>")
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2023-10-17T15:47:00+08:00"
    assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "headline", ["<h2>{}</h2>", "<font size='5'><b>{}</b></font>", "<table><td>{}</td></table>"]
)
@pytest.mark.parametrize("before", ["", "<h1><a href='/'>ANTARA News</a></h1>"])
def test_the_headline_is_known_by_the_pages_title_where_no_h1_has_it(
    headline: str, before: str
) -> None:
    title = HEAD.replace(TITLE, f"Cetak - {TITLE}")
    article = unknown(before + headline.format(TITLE), title=title)
    assert (article.title, article.paragraphs) == (TITLE, PARAGRAPHS)
    assert article.published_at is not None


@pytest.mark.parametrize(
    ("head", "section"),
    [
        ('<a href="/">Home</a> » <a href="/daerah">Daerah</a>', "Daerah"),
        ('<a href="/">Beranda</a>/<a href="/kab/tapin">Tapin</a>', "Tapin"),
        ('<span><a rel="category" href="/category/daerah">Daerah</a></span>', "Daerah"),
        ('<a href="/tag/banjir">Banjir</a> <a href="/search?q=a">Cari</a>', None),
        (" ".join(f'<a href="/kanal-{name}">{name}</a>' for name in "abcd"), None),
    ],
)
def test_a_link_around_the_headline_names_the_section(head: str, section: str | None) -> None:
    assert unknown(f"<div>{head}</div>{H1}").section == section


@pytest.mark.parametrize(
    "call",
    [
        f"Dapatkan berita ANTARA Kalsel di WhatsApp: {CHANNEL.format('klik di sini')}",
        CHANNEL.format("Follow WhatsApp Channel ANTARA Kalsel"),
        'Ikuti berita kami di <a href="https://news.google.com/publications/x">Google News</a>.',
    ],
)
def test_a_call_to_follow_the_agency_is_no_text(call: str) -> None:
    article = read(page(f"{BODY}<p>{call}</p>"))
    assert article.paragraphs == PARAGRAPHS
    assert {"tags or buttons", "call to follow"} & {*reasons(article).values()}


@pytest.mark.parametrize(
    "text",
    [
        'Ikuti akun <a href="https://instagram.com/disdukcapil">Disdukcapil</a> untuk jadwal.',
        f"Warga memakai {CHANNEL.format('saluran ANTARA')} untuk kabar banjir.",
        'Baca buku ANTARA di <a href="https://contoh.example/buku">perpustakaan</a> desa.',
    ],
)
def test_a_sentence_with_a_link_to_a_channel_is_text(text: str) -> None:
    assert len(read(page(f"{BODY}<p>{text}</p>")).paragraphs) == len(PARAGRAPHS) + 1


@pytest.mark.parametrize(
    "quote",
    [
        "<figure class='wp-block-pullquote'><blockquote>{}</blockquote></figure>",
        "<div class='highlight-quote'><i class='icon'></i>“{}”</div>",
        "<aside><p>{}</p></aside>",
        "<div class='petikan'><q>{} warga</q></div>",
        "<blockquote>“{}”<br>— Rahmat Hidayat</blockquote>",
    ],
)
def test_a_quotation_that_the_text_holds_is_left_out_and_any_other_is_text(quote: str) -> None:
    lead = paragraphs(DATELINE + PARAGRAPHS[0])
    rest = paragraphs(SECOND, THIRD)
    held = quote.format("perbaikan itu melibatkan seratus orang")
    article = read(page(lead + held + rest))
    assert article.paragraphs == PARAGRAPHS
    assert set(reasons(article).values()) >= {"pull-quote"}
    other = read(page(lead + quote.format("Kami siap bergotong royong") + rest))
    assert any("bergotong royong" in text for text in other.paragraphs)


def test_sizes_in_a_responsive_layout_of_amp_are_a_ratio() -> None:
    photo = '<amp-img src="https://img.antaranews.com/a.jpg" width="16" height="9" {}></amp-img>'
    html = page(f"<figure>{photo}<figcaption>Warga di tanggul.</figcaption></figure>{BODY}")
    shown = read(html.format("layout=responsive")).images
    assert [picture.url for picture in shown] == ["https://img.antaranews.com/a.jpg"]
    assert read(html.format("")).images[0].url is None


def test_an_image_beside_words_of_a_link_is_the_links_sign() -> None:
    sign = '<a href="/print/375001"><img src="/img/p.gif"> Cetak</a>'
    photo = '<a href="/a.jpg"><img src="/img/b.jpg"> Warga di tanggul</a>'
    assert unknown(f"{H1}<div>{sign}</div>").images == ()
    assert len(unknown(f"{H1}<div>{photo}</div>").images) == 1


def test_a_notice_behind_the_copyright_line_in_one_box_is_the_notice() -> None:
    article = unknown(H1, foot=FOOT.replace("2023", f"2023<br>{NOTICE}"))
    assert (article.rights, article.paragraphs) == (NOTICE, PARAGRAPHS)


def test_a_short_line_beside_a_control_above_the_text_is_its_label() -> None:
    box = "<div class='x'><button>▶</button><span>{}</span></div>"
    in_article = f"<article>{H1}<p>{DATE}</p>{box}{BODY}{FOOT}</article>"
    html = f"<html><head>{HEAD}</head><body>{in_article}</body></html>"
    assert read(html.replace("{}", "Dengarkan berita ini 03:12")).paragraphs == PARAGRAPHS
    spoken = box.format("Dengarkan berita ini 03:12")
    assert (
        read(page(paragraphs(DATELINE + PARAGRAPHS[0]) + spoken + paragraphs(SECOND))).paragraphs
        == PARAGRAPHS[:2]
    )
    for text in ("Sah!", "Tiga desa terendam."):
        assert text in read(html.replace("{}", text)).paragraphs


def test_paragraphs_in_boxes_alike_weigh_as_one_body_and_comments_weigh_nothing() -> None:
    body = "".join(f'<div class="paragraf">{text}</div>' for text in (DATELINE, *PARAGRAPHS))
    comment = f"<div class='komentar'><b>Budi</b><p>{SECOND * 20}</p></div>"
    article = unknown(H1, body=body.replace(DATELINE, DATELINE + "Pagi.", 1), foot=FOOT + comment)
    assert article.paragraphs == ("Pagi.", *PARAGRAPHS)


@pytest.mark.parametrize(
    ("between", "around"),
    [
        ("", "<div class='p'><p>{}</p></div>"),
        ("", "<section class='p'><p>{}</p></section>"),
        ("", "<div class='p'>{}</div>"),
        ("</div><div class='iklan'>Iklan</div><div class='isi'>", "<p>{}</p>"),
    ],
)
def test_no_sentence_between_headline_and_foot_is_outside_the_body(
    between: str, around: str
) -> None:
    texts = [around.format(text) for text in (DATELINE + PARAGRAPHS[0], SECOND * 9, THIRD)]
    article = unknown(H1, body=texts[0] + between + "".join(texts[1:]))
    assert article.paragraphs == (PARAGRAPHS[0], SECOND * 9, THIRD)


@pytest.mark.parametrize(
    "box",
    ["<dl class='wp-caption'><dt>{0}</dt><dd>{1}</dd></dl>", "<figure>{0}<h6>{1}</h6></figure>",
     "<figure>{0}</figure><h6>{1}</h6>", "<figure><figcaption>{1}</figcaption>{0}</figure>"],
)  # fmt: skip
def test_words_of_a_picture_may_be_in_a_list_a_small_heading_or_above_it(box: str) -> None:
    html = H1 + box.format("<img src='/a.jpg'>", f"{THIRD} ANTARA/Siti A")
    article = unknown(html, body=paragraphs(DATELINE + PARAGRAPHS[0], SECOND))
    assert [(each.caption, each.credit) for each in article.images] == [(THIRD, "ANTARA/Siti A")]


def test_numbers_of_further_pages_in_a_body_are_no_other_stories() -> None:
    pages = "<ul><li><a href='#'>1</a></li><li><a href='?page=2'>2</a></li></ul>"
    article = unknown(H1, body=paragraphs(DATELINE + PARAGRAPHS[0], SECOND) + pages)
    assert article.related == ()


@pytest.mark.parametrize("words", ["<div>{}</div>", "<p><small>{}</small></p>", "<br><i>{}</i>"])
@pytest.mark.parametrize("form", ["", "<form><p>Kabar pilihan di surat Anda.</p><input></form>"])
def test_all_words_beside_a_picture_above_the_text_are_its_caption(words: str, form: str) -> None:
    caption = "Bupati memberi keterangan kepada wartawan."
    picture = f"<div class='x'><img src='/a.jpg'>{words.format(caption)}</div>"
    for html in (
        f"{H1}{form}{picture}",
        f"{H1}{form}{picture.replace(caption, DATELINE + SECOND)}",
    ):
        article = read(
            f"<html><head>{HEAD}</head><body><article>{html}<p>{DATE}</p>{BODY}{FOOT}</article>"
        )
        shown = [picture.caption for picture in article.images]
        assert (shown, SECOND in article.paragraphs[:1]) in (([caption], False), ([None], True))


def test_times_between_titles_do_not_end_a_list_of_stories() -> None:
    links = [f'<a href="/berita/38001{n}/x"><img src="/t.jpg">Judul {n}</a>' for n in range(3)]
    times = ("<time>5 jam lalu</time>", f"<time>{DATE}</time>", "")
    box = "".join(f"<div>{link}{time}</div>" for link, time in zip(links, times, strict=True))
    call = f"<div>{CHANNEL.format('Follow WhatsApp Channel ANTARA')}</div>"
    article = read(page(f"<div><b>Baca juga</b>{box}</div>{call}{BODY}"))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, ["Judul 0", "Judul 1", "Judul 2"])
    assert article.images == ()


@pytest.mark.parametrize("day", ["Oct 17", "Oct. 17, 2023", "17 Oktober", "17 Oktober 2023"])
def test_a_dateline_may_name_the_day(day: str) -> None:
    article = read(page(paragraphs(f"Barabai, {day} (ANTARA) - {PARAGRAPHS[0]}")))
    assert (article.dateline, article.paragraphs) == ("Barabai", PARAGRAPHS[:1])


@pytest.mark.parametrize("label", ["2 Komentar", "Komentar (2)", "Tulis komentar", "Rp2 juta"])
def test_what_readers_wrote_behind_the_foot_is_no_text(label: str) -> None:
    said = SECOND.replace("seratus", "dua ratus")
    ask = "<div><p>Bagaimana menurut Anda?</p><button>Suka</button></div>"
    comment = f"<h3>{label}</h3><div class='k'><b>Budi</b> 5 jam lalu<p>{said}</p></div>"
    article = f"<article>{H1}<p>{DATE}</p>{BODY}{FOOT}{ask}{comment}</article>"
    paragraphs = read(f"<html><head>{HEAD}</head><body>{article}</body></html>").paragraphs
    assert paragraphs == PARAGRAPHS


def test_a_path_before_the_headline_names_the_section_wherever_it_stands() -> None:
    menu = '<div><a href="/">Home</a> | <a href="/foto">Foto</a></div>'
    path = '<a href="/">Home</a> <img src="/p.png"> <a href="/daerah">Daerah</a>'
    article = unknown(f"<div>{H1}</div>").section
    assert article is None
    body = f"<div class='page'>{H1}<p>{DATE}</p><div class='isi'>{BODY}</div>{FOOT}</div>"
    for place, section in (("<span class='pathway'>{}</span>", "Daerah"), ("<p>{}</p>", None)):
        before = f"{menu}<div>{place.format(path)}</div>"
        assert (
            read(f"<html><head>{HEAD}</head><body>{before}{body}</body></html>").section == section
        )


def test_a_picture_in_a_link_to_another_page_is_that_pages_sign() -> None:
    signs = (
        '<a href="/pdf/1"><img src="/p.png"></a><a href="//iklan.example"><img src="/b.jpg"></a>'
    )
    photos = '<a href="#"><img src="/a.jpg"></a><a href="/b.webp"><img src="/b.jpg"></a>'
    assert unknown(f"{H1}<div>{signs}</div>").images == ()
    inside = read(page(BODY.replace("</p>", f"</p>{signs}", 1)))
    assert (inside.images, inside.paragraphs) == ((), PARAGRAPHS)
    left = reasons(inside)
    for sign in ("p.png", "b.jpg"):
        assert left[f"https://kalsel.antaranews.com/{sign}"] == "picture of a link"
    assert len(unknown(f"{H1}<div>{photos}</div>").images) == 2


@pytest.mark.parametrize(
    "line",
    [
        '<div>Bahasa: <a href="/en/x">English</a></div>',
        "<div><button>‹</button><button>›</button><span>1/4</span></div>",
        f'<div><a href="/berita/375001/tanggul">{DATE}</a></div>',
    ],
)
def test_switches_and_a_linked_date_in_the_head_are_no_text(line: str) -> None:
    article = f"<article>{H1}{line}<p>{DATE}</p>{BODY}{FOOT}</article>"
    found = read(f"<html><head>{HEAD}</head><body>{article}</body></html>")
    assert (found.paragraphs, found.published_at is not None) == (PARAGRAPHS, True)
    assert unknown(H1 + line).paragraphs == PARAGRAPHS


def test_a_label_alone_may_say_two_roles() -> None:
    foot = "<dl><dt>Pewarta/Editor:</dt><dd>Siti Aminah</dd></dl><p>Copyright © ANTARA 2023</p>"
    article = unknown(H1, foot=foot)
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Siti Aminah",))


def test_a_form_around_the_whole_page_holds_its_article() -> None:
    head = f"<input type='hidden'><div class='atas'>{H1}<p>{DATE}</p></div>"
    form = f"<form>{head}<div class='isi'><span>{BODY}</span></div>{FOOT}</form>"
    assert read(f"<html><head>{HEAD}</head><body>{form}</body></html>").paragraphs == PARAGRAPHS


def test_a_picture_in_a_button_of_a_figure_is_one() -> None:
    button = "<button>Perbesar<img src='/a.jpg'></button>"
    figure = f"<figure>{button}<figcaption>Warga di tanggul.</figcaption></figure>"
    for article in (unknown(f"{H1}{figure}"), read(page(head=figure))):
        assert [(each.url, each.caption) for each in article.images] == [
            ("https://kalsel.antaranews.com/a.jpg", "Warga di tanggul.")
        ]


def test_a_list_with_most_of_the_text_is_not_the_whole_body() -> None:
    items = (f"{SECOND * 3} Satu", f"{THIRD * 3} Dua")
    listed = f"<div class='d'><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul></div>"
    texts = [f"<div class='p'><p>{text}</p></div>" for text in (DATELINE + PARAGRAPHS[0], SECOND)]
    article = unknown(H1, body=texts[0] + listed + texts[1])
    assert article.paragraphs == (PARAGRAPHS[0], *items, SECOND)
