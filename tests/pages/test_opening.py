"""What a text opens with stays; what a page's header and picture say of it does not."""

import pytest

from tests.pages.building import BODY, DATELINE, OTHER, PARAGRAPHS, TITLE, page, read

DATED = "<div class='w'>Selasa, 6 April 2021 09:30 WITA</div>"
ITEMS = ("Beras 63 karung", "Mi instan tiga dus")
PHOTO = "<img src='https://img.antaranews.com/cache/800x533/2021/04/06/banjir.jpg'>"


def framed(head: str, opening: str = "", *, below: str = "", tag: str = "article") -> str:
    meta = "<meta property='og:type' content='article'>"
    return (
        f"<html><head><title>{TITLE}</title>{meta}</head><body>"
        f"<{tag}><header><h1>{TITLE}</h1>{head}</header><div class='isi'>{opening}{BODY}</div>"
        f"{below}</{tag}></body></html>"
    )


@pytest.mark.parametrize("tag", ["article", "section"])
@pytest.mark.parametrize(
    ("opening", "said"),
    [
        ("<ul><li>{}</li><li>{}</li></ul>", ITEMS),
        ("<div class='poin'><h4>Ringkasan</h4><ul><li>{}</li><li>{}</li></ul></div>",
         ("Ringkasan", *ITEMS)),
        ("<p><b>Ringkasan</b></p><ul class='x'><li>{}</li><li>{}</li></ul>", ("Ringkasan", *ITEMS)),
        ("<table><tr><td>{}</td><td>1</td></tr><tr><td>{}</td><td>2</td></tr></table>",
         (f"{ITEMS[0]} | 1", f"{ITEMS[1]} | 2")),
        ("<h2>Jejak di hulu</h2>", ("Jejak di hulu",)),
        ("<dl class='x'><dt>Tempat</dt><dd>{}</dd><dt>Korban</dt><dd>nihil</dd></dl>",
         ("Tempat", ITEMS[0], "Korban", "nihil")),
        ("<div class='x'><p><b>Bantuan:</b> {}</p><p><b>Korban:</b> nihil</p></div>",
         (f"Bantuan: {ITEMS[0]}", "Korban: nihil")),
    ],
)  # fmt: skip
def test_a_list_a_table_or_a_heading_above_the_lead_is_text(
    opening: str, said: tuple[str, ...], tag: str
) -> None:
    html = framed(DATED, opening.format(*ITEMS), tag=tag)
    assert read(html).paragraphs == (*said, *PARAGRAPHS)


@pytest.mark.parametrize("above", ["", f"<p>{OTHER} sejak subuh hingga petang hari.</p>"])
def test_a_heading_above_a_text_of_broken_lines_is_text(above: str) -> None:
    lines = "<br><br>".join((DATELINE + PARAGRAPHS[0], *PARAGRAPHS[1:]))
    html = framed(DATED).replace(BODY, f"<h3>Jejak di hulu</h3>{above}<br>{lines}")
    said = read(html.replace("article>", "div>").replace("class='isi'", "class='tx'")).paragraphs
    assert said[0] == "Jejak di hulu" and said[-3:] == PARAGRAPHS


@pytest.mark.parametrize(
    "head",
    [
        "<div class='p'>Rina Lestari - <span>Gema Banua</span></div>" + DATED,
        "<div>Rina Ayu Lestari dan Joko Budi Susilo - Gema Banua</div>" + DATED,
        "<h3 class='k'>Pariwisata &amp; Budaya Daerah</h3>" + DATED,
        DATED + "<h4>Hukum dan Kriminal</h4>",
        DATED + "<ul><li>Pewarta: Rina Lestari</li><li><i class='fa'></i> 532</li></ul>",
        DATED + "<dl><dt>Rubrik</dt><dd>Olahraga</dd><dt>Edisi</dt><dd>Sore</dd></dl>",
        DATED + "<div class='i'><p>Rubrik: Olahraga</p><p>Edisi: Sore</p></div>",
        DATED + f"<figure><a class='l' href='/olahraga'>Olahraga</a>{PHOTO}</figure>",
    ],
)
def test_a_label_a_counter_or_a_badge_of_a_header_is_no_text(head: str) -> None:
    assert read(framed(head)).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "deck",
    [
        "Warga menunggu lima tahun",
        "Bupati berharap rampung pekan ini",
    ],
)
def test_a_short_sub_headline_in_a_header_stays(deck: str) -> None:
    assert read(framed(f"<div class='sub'>{deck}</div>{DATED}")).paragraphs == (deck, *PARAGRAPHS)


@pytest.mark.parametrize("footer", ["<footer><small>Gema Banua</small></footer>"])
def test_a_name_in_the_footer_of_an_article_is_no_text(footer: str) -> None:
    assert read(page(BODY + footer)).paragraphs == PARAGRAPHS
    assert read(framed(DATED, below=footer)).paragraphs == PARAGRAPHS


def test_a_badge_between_paragraphs_is_no_text_and_a_title_in_a_figure_is() -> None:
    figure = "<figure><span>{}</span>" + PHOTO + "</figure>"
    assert read(framed(DATED, figure.format("Olahraga"))).paragraphs == PARAGRAPHS
    title = "Harga beras di pasar hingga akhir tahun"
    assert title in read(framed(DATED, figure.format(title))).paragraphs


@pytest.mark.parametrize(
    ("words", "is_caption"),
    [
        ("<div class='k'>{}, Kabupaten Banjar, Selasa (6/4/2021).</div>", True),
        ("<p class='ket'>{}, Kabupaten Banjar, Selasa (6/4/2021).</p>", True),
        ("<p>{}, Kabupaten Banjar, Selasa (6/4/2021).</p>", False),
        ("<div class='k'>{}, kata lurah di Banjar, Selasa (6/4/2021).</div>", False),
    ],
)
def test_words_alone_with_a_picture_that_end_in_its_day_are_its_caption(
    words: str, is_caption: bool
) -> None:
    said = words.format("Warga melintas di depan sekolah terpadu di kelurahan tepi sungai itu")
    article = read(framed(DATED, f"<div class='f'>{PHOTO}{said}</div>"))
    assert (article.images[0].caption is not None) is is_caption
    assert len(article.paragraphs) == len(PARAGRAPHS) + (not is_caption)
