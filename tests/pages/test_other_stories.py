"""What stands below a text about other stories and the page: related ones, pagers, buttons."""

import pytest

from tests.pages.building import (
    BODY,
    LINK,
    ONE,
    OTHER,
    PARAGRAPHS,
    SECOND_LINK,
    THIRD,
    TITLE,
    page,
    read,
    reasons,
    titles,
)

FOOT = "<p>Pewarta: Siti Aminah</p><p>Copyright © ANTARA 2023</p>"
AT = "<p>Selasa, 17 Oktober 2023 15:47 WITA</p>"
HEAD = f"<head><title>{TITLE}</title><meta property='og:type' content='article'></head>"


def with_thumb(link: str, more: str) -> str:
    small = link.partition(">")[0] + "><img src='/kecil.jpg' alt=''></a>"
    return f"<div class='item'>{small}{link}{more}</div>"


@pytest.mark.parametrize("more", ["", "<span>17 Oktober 2023</span>"])
@pytest.mark.parametrize("box", ["berita-terkait", "x1"])
def test_all_stories_below_a_label_are_related_each_with_its_small_picture(
    box: str, more: str
) -> None:
    items = with_thumb(LINK, more) + with_thumb(SECOND_LINK, more)
    html = page(BODY + FOOT, foot=f"<div class='{box}'><h3>Artikel Terkait</h3>{items}</div>")
    article = read(html)
    assert titles(article) == [ONE, OTHER]
    assert (article.paragraphs, article.images) == (PARAGRAPHS, ())


@pytest.mark.parametrize(
    "item",
    [
        "<article><h4>{link}</h4><div>Petugas masih mencatat rumah yang rusak di desa itu.</div>"
        "<time>Maret 1, 2021</time></article>",
        "<div><small><a href='/ekonomi'>Ekonomi</a></small><h4>{link}</h4></div>",
    ],
)
@pytest.mark.parametrize("place", ["{body}{foot}{box}", "{body}{box}{foot}"])
def test_what_is_told_of_each_related_story_ends_no_list_and_its_section_is_no_title(
    place: str, item: str
) -> None:
    items = item.format(link=LINK) + item.format(link=SECOND_LINK)
    box = f"<div class='lain'><h3>Berita Terkait</h3>{items}</div>"
    article = read(page(place.format(body=BODY, foot=FOOT, box=box), foot=""))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE, OTHER])


@pytest.mark.parametrize("box", ["aside", "blockquote"])
def test_a_list_of_stories_with_its_label_is_no_quotation(box: str) -> None:
    items = f"<p>Terkait</p><ul><li>{LINK}</li><li>{SECOND_LINK}</li></ul>"
    article = read(page(f"{BODY[: BODY.rindex('<p>')]}<{box}>{items}</{box}><p>{THIRD}</p>"))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE, OTHER])


@pytest.mark.parametrize(
    "picture",
    [
        "<img data-srcset='/a.jpg 730w, /k.jpg 255w' src='/blank.gif'>",
        "<img srcset='/k.jpg 1x, /a.jpg 2x'>",
        "<picture><source srcset='/a.jpg'><img src='/img/placeholder.png'></picture>",
        "<picture><source data-srcset='/a.jpg'><img src='data:image/gif;base64,R0'></picture>",
    ],
)
def test_a_picture_is_found_where_scripts_and_browsers_take_it_from(picture: str) -> None:
    figure = f"<figure>{picture}<figcaption>Tanggul itu. © ANTARA/Firman</figcaption></figure>"
    shown = [(each.url, each.caption, each.credit) for each in read(page(head=figure)).images]
    url = "https://kalsel.antaranews.com/a.jpg"
    assert shown == [(url, "Tanggul itu.", "ANTARA/Firman")]


@pytest.mark.parametrize(
    "sign",
    [
        "<img src='/captcha.php'>",
        "<img src='/assets/img/line.png'>",
        "<div><img src='/icons/like.svg'><span>12</span></div>",
    ],
)
def test_signs_of_a_page_are_no_pictures(sign: str) -> None:
    assert read(page(BODY + sign)).images == ()


@pytest.mark.parametrize("other", ["Advertisement", "Tulis komentar", "<a href='//wa.me'>WA</a>"])
def test_an_empty_name_is_not_filled_with_the_next_box(other: str) -> None:
    foot = f"<p>Pewarta: Siti Aminah<br>Editor: </p><div class='x'><small>{other}</small></div>"
    article = read(page(BODY + foot, foot=""))
    assert (article.reporters, article.editors) == (("Siti Aminah",), ())


@pytest.mark.parametrize("behind", ["120", "1.204 views", "| 3 jam lalu", "1,2 rb"])
def test_what_a_page_counts_behind_the_names_is_no_part_of_them(behind: str) -> None:
    names = f"<p>Pewarta: Siti Aminah, Editor: Budi Santoso <i class='x'></i> {behind}</p>"
    article = read(page(head=names, foot=""))
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Santoso",))


@pytest.mark.parametrize(
    "pager",
    [
        f"<div><span>Sebelumnya</span>{LINK}</div>",
        f"<div><span>Artikel sebelumnya</span>{LINK}</div>"
        f"<div><span>Artikel berikutnya</span>{SECOND_LINK}</div>",
        f"<p>{LINK.replace(ONE, 'Sebelumnya')} {SECOND_LINK.replace(OTHER, 'Next')}</p>",
        f"<p>{LINK.replace('>', '>Berita sebelumnya: ', 1)} "
        f"{SECOND_LINK.replace('>', '>Berikutnya: ', 1)}</p>",
        f"<p>{LINK.replace(ONE, '« ' + ONE)} {SECOND_LINK.replace(OTHER, OTHER + ' »')}</p>",
    ],
)
@pytest.mark.parametrize("place", ["{body}{pager}{foot}", "{body}{foot}{pager}"])
def test_a_pager_names_no_related_stories(place: str, pager: str) -> None:
    box = f"<div class='np'>{pager}</div>"
    article = read(page(place.format(body=BODY, foot=FOOT, pager=box), foot=""))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [])


def test_a_card_in_an_element_like_the_articles_own_is_no_body() -> None:
    card = f"<article><h3>{LINK}</h3><div>3 Mei 2023</div></article>"
    card = f"<div><h3>Baca <b>Juga</b></h3>{card}</div>"
    first, *rest = BODY.partition("</p>")
    html = f"<html amp>{HEAD}<body><article><h1>{TITLE}</h1><div>{first}</p>{card}{rest[1]}</div>"
    article = read(f"{html}</article></body></html>")
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE])


def test_a_role_in_brackets_in_a_line_of_the_head_stays_with_its_name() -> None:
    names = "<span>Pewarta: Siti Aminah (Kontributor)</span><span>Editor: Budi Karim</span>"
    head = f"<div class='k'>{names}<time>Selasa, 17 Oktober 2023</time></div>"
    article = read(page(head=head, foot=""))
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Karim",))


@pytest.mark.parametrize("alt", ["Cetak", "Print", "Email", "Cetak halaman ini"])
def test_the_picture_of_a_button_is_none_of_the_article(alt: str) -> None:
    html = page(head=f"<ul><li><a href='#'><img src='/p.png' alt='{alt}'></a></li></ul>")
    assert read(html).images == ()


def test_a_copyright_line_beside_the_articles_tags_in_a_section_of_their_own_is_its_own() -> None:
    end = "<section><p>Copyright © ANTARA 2023</p><p><a href='/tag/desa'>#desa</a></p></section>"
    html = f"<html>{HEAD}<body><section><h1>{TITLE}</h1>{AT}<div>{BODY}</div></section>{end}</body>"
    article = read(html)
    assert (article.paragraphs, article.copyright) == (PARAGRAPHS, "Copyright © ANTARA 2023")


@pytest.mark.parametrize(
    ("links", "section"),
    [
        ("<a href='/'>Beranda</a><a href='/e'>Ekonomi</a>", "Ekonomi"),
        ("<a href='/'>Beranda</a><a href='/e'>Ekonomi</a><a href='/f'>Foto</a><a href='/o'>Olahraga"
         "</a>", None),
    ],
)  # fmt: skip
def test_a_short_row_of_links_from_home_right_above_the_headline_is_a_path(
    links: str, section: str | None
) -> None:
    text = f"<div><div>{links}</div><h1>{TITLE}</h1>{AT}<div>{BODY}</div></div>"
    article = read(f"<html>{HEAD}<body>{text}</body></html>")
    assert article.section == section
    assert "Beranda" in " ".join(reasons(article))


def test_a_nav_with_the_signs_of_a_path_is_one_and_a_menu_beside_it_none() -> None:
    menu = "<nav><a href='/'>Beranda</a> <a href='/o'>Olahraga</a></nav>"
    path = "<nav class='x'><a href='/'>Beranda</a> / <a href='/e'>Ekonomi</a></nav>"
    text = f"{menu}<main>{path}<h1>{TITLE}</h1>{AT}<div>{BODY}</div></main>"
    assert read(f"<html>{HEAD}<body>{text}</body></html>").section == "Ekonomi"


@pytest.mark.parametrize(
    "menu",
    [
        "<header><nav><a href='/'>Beranda</a><a href='/e'>Ekonomi</a></nav></header>",
        "<header><a href='/'>Beranda</a><ul><li><a href='/e'>Ekonomi</a></li></ul></header>",
        "<div class='m'><a href='/'><img src='/logo.png'>Home</a><a href='/e'>Ekonomi</a></div>",
    ],
)
def test_a_menu_above_the_headline_is_no_path(menu: str) -> None:
    text = f"{menu}<main><h1>{TITLE}</h1>{AT}<div>{BODY}</div></main>"
    assert read(f"<html>{HEAD}<body>{text}</body></html>").section is None
