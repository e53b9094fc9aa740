"""Writers whom no label names: told by where the name stands, or by what a page calls it."""

import pytest

from antara_crawler.items import Article
from antara_crawler.pages.fields.bylines import read_byline
from tests.pages.building import (
    BODY,
    DATELINE,
    LEAD,
    PARAGRAPHS,
    SECOND,
    THIRD,
    TITLE,
    page,
    paragraphs,
    read,
    reasons,
)

W, E = "Rina Lestari", "Joko Susilo"
AT = "Selasa, 17 Oktober 2023 15:47 WITA"
DATED = f"<p>{AT}</p>"


def shown(head: str = DATED, body: str = BODY, foot: str = "", before: str = "") -> Article:
    return read(
        f"<html><head><title>{TITLE}</title><meta property='og:type' content='article'></head>"
        f"<body>{before}<main><article><h1>{TITLE}</h1>{head}<div class='isi'>{body}</div>{foot}"
        "</article></main></body></html>"
    )


@pytest.mark.parametrize(
    "head",
    [
        f"<p>{W}</p>{DATED}",
        f"{DATED}<p>{W}</p>",
        f"<div class='info'><span>{W}</span> <time>{AT}</time></div>",
        f"<div>{W}, 17 Oktober 2023</div>",
        f"<div><a href='/penulis/rina'><img src='/r.jpg' alt='{W}'>{W}</a></div><p>3</p>{DATED}",
        f"<p class='entry-author'><b>{W}</b><br><i>Jurnalis Senior</i></p><p>3</p>{DATED}",
        f"<div>Foto {W} Oleh {W}</div><p>3</p>{DATED}",
        f"<div>Oleh {W} pada {AT}</div>",
        f"<div><span>oleh {W}</span> <time>Selasa (17/10/2023) pukul 15.47 Wita</time></div>",
        f"<div class='q'>{W} | Pewarta</div><p>3</p>{DATED}",
    ],
)
def test_a_name_beside_the_date_or_called_an_authors_is_the_writer(head: str) -> None:
    article = shown(head)
    assert article.reporters == (W,)
    assert article.paragraphs == PARAGRAPHS
    assert article.section is None


def test_a_first_line_like_a_name_is_text_where_the_date_stands_above_the_body() -> None:
    article = read(page(f"<p>Catatan Perjalanan</p>{BODY}", head=DATED, foot=""))
    assert (article.reporters, article.paragraphs[0]) == ((), "Catatan Perjalanan")


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (f"<p>Siti Nur Aminah</p>{DATED}", ""),
        (f"<p class='penulis'>Siti Nur Aminah</p><p>3</p>{DATED}", ""),
        (DATED, "<div class='writer-box'><b>Siti Nur Aminah</b></div>"),
    ],
)
def test_a_name_of_three_words_that_is_the_writers_is_no_line_of_the_text(
    head: str, foot: str
) -> None:
    article = shown(head, foot=foot)
    assert article.reporters == ("Siti Nur Aminah",)
    assert article.paragraphs == PARAGRAPHS
    assert reasons(article)["Siti Nur Aminah"] in {
        "above the text",
        "byline",
        "below the text",
        "insert",
    }


def test_the_writers_name_within_a_text_stays_in_it() -> None:
    body = paragraphs(DATELINE + LEAD, W, SECOND)
    assert W in shown(f"<p>{W}</p>{DATED}", body).paragraphs


@pytest.mark.parametrize("box", ["<div class='w'><p>{}</p></div>", "<div class='w'>{}<br></div>"])
def test_a_text_that_begins_with_the_writers_name_is_no_profile(box: str) -> None:
    lead = "Siti Aminah menanam padi di lahan rawa yang lama tidak digarap."
    article = read(page("".join(map(box.format, (lead, SECOND, THIRD)))))
    assert article.paragraphs == (lead, SECOND, THIRD)


@pytest.mark.parametrize(
    "head",
    [
        f"<ul><li>{W}</li><li>{E}</li><li>{AT}</li></ul>",
        f"<div><a href='/author/rina'>{W}</a><a href='/author/joko'>{E}</a></div>{DATED}",
        f"<div><a rel=author href='/penulis/r'>{W}</a>, <a href='/penulis/j'>{E}</a></div>{DATED}",
    ],
)
def test_two_writers_are_two(head: str) -> None:
    assert shown(head).reporters == (W, E)


def test_two_names_in_elements_before_an_editor_are_two_writers() -> None:
    names = f"<span>{W}</span> <span>Siti Nur Aminah</span> <span>Editor: {E}</span>"
    article = shown(f"<div class='byline'>{names}</div>{DATED}")
    assert article.paragraphs == PARAGRAPHS
    assert (article.reporters, article.editors) == ((W, "Siti Nur Aminah"), (E,))


def test_a_writer_named_below_the_text_alone_is_the_writer() -> None:
    assert shown(foot=f"<div class='kartu'><a href='/author/rina'>{W}</a></div>").reporters == (W,)


@pytest.mark.parametrize(
    "head",
    [
        f"<p>Kabar Daerah</p>{DATED}",
        f"<p>Kota Banjarmasin</p>{DATED}",
        f"<p>Kalimantan Selatan</p>{DATED}",
        f"<p>Antara News</p>{DATED}",
        f"<p><a href='/kabar'>Kabar Desa</a></p>{DATED}",
        f"<p class='penulis'>Tim Redaksi</p>{DATED}",
    ],
)
def test_a_section_a_place_or_a_desk_is_no_writer(head: str) -> None:
    menu = "<nav><a href='/kabar-daerah'>Kabar Daerah</a></nav>"
    assert shown(head, before=menu).reporters == ()


@pytest.mark.parametrize(
    ("body", "foot"),
    [
        (f"{BODY}<p>Menurut <a href='/profil/siti'>{W}</a>, air sudah surut sejak pagi.</p>", ""),
        (BODY, f"<section class='komentar'><div class='comment-author'>{W}</div></section>"),
        (BODY, f"<h3>Lain</h3><p><a href='/berita/3/x'>Air surut</a></p><i class=author>{W}</i>"),
        (BODY, f"<figure><img src='/f.jpg'><figcaption class='author'>{W}</figcaption></figure>"),
    ],
)  # fmt: skip
def test_whoever_is_named_in_the_text_a_comment_or_another_story_is_no_writer(
    body: str, foot: str
) -> None:
    assert shown(body=body, foot=foot).reporters == ()


@pytest.mark.parametrize(
    "line",
    [
        f"-- Editor: {E} <a href='https://x.com/antaranews'>Ikuti @antaranews</a>",
        f"— Editor: {E}",
        f"Editor: <a href='https://x.com/jokosusilo'>{E}</a>",
    ],
)
def test_a_link_to_follow_or_a_dash_takes_no_editor_away(line: str) -> None:
    article = shown(body=f"{BODY}<p>{line}</p>")
    assert article.editors == (E,)
    assert article.paragraphs == PARAGRAPHS


def test_a_list_with_the_date_names_people_without_a_colon() -> None:
    facts = f"<li><b>Tanggal</b> {AT}</li><li><b>Pewarta</b> {W}</li><li><b>Editor</b> {E}</li>"
    article = shown(foot=f"<div class='b'><ul>{facts}<li><b>Topik</b> banjir</li></ul></div>")
    assert (article.reporters, article.editors) == ((W,), (E,))


def test_a_date_without_a_time_is_of_the_text_beside_what_is_no_name() -> None:
    line = "Rapat umum warga desa 17 Oktober 2023"
    assert line in shown(body=paragraphs(line, DATELINE + LEAD, SECOND)).paragraphs


@pytest.mark.parametrize("text", ["Guru dan Penulis", "Rapat | Editor"])
def test_a_role_at_the_end_needs_a_whole_name_before_it(text: str) -> None:
    assert read_byline(text, uncoloned=True) == ()


@pytest.mark.parametrize("tag", ["div", "p", "span style='display:block'"])
def test_a_name_that_stands_over_its_role_has_that_role(tag: str) -> None:
    end = tag.partition(" ")[0]
    names = ["Lestari Wulandari", "Pewarta", "Bayu Prakoso", "Editor"]
    team = "".join(f"<{tag}>{text}</{end}>" for text in names)
    article = read(page(head=f"<div class='tim'>{team}</div>", foot=""))
    assert article.reporters == ("Lestari Wulandari",)
    assert article.editors == ("Bayu Prakoso",)
    assert article.paragraphs == PARAGRAPHS


def test_the_name_of_the_site_beside_the_date_is_no_writers() -> None:
    html = (
        f"<html><head><title>{TITLE}</title><meta property='og:type' content='article'>"
        "<meta property='og:site_name' content='Gema Banua'></head><body><main>"
        f"<article><h1>{TITLE}</h1><div>{{}} - 17 Oktober 2023 | 15.47 Wita</div>{BODY}</article>"
        "</main></body></html>"
    )
    assert read(html.format("Gema Banua")).reporters == ()
    assert read(html.format(W)).reporters == (W,)
