"""The lines at an article's foot in forms that are seldom: rows, terms of use, sources, order."""

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

NAMES = "Pewarta: Siti Aminah<br>Editor: Budi Santoso"


@pytest.mark.parametrize(
    "foot",
    [
        "<table><tr><td>Pewarta</td><td>:</td><td>Siti Aminah</td></tr>"
        "<tr><td>Editor</td><td>: Budi Santoso</td></tr></table>",
        "Reporter: Siti Aminah @siti<br>Editing by: Budi Santoso",
        "(Oleh Siti Aminah)<br>Editor: Budi Santoso",
        "Pewarta: Siti Aminah<br>Foto: Rina Wati<br>Editor: Budi Santoso",
        "Reporter Siti Aminah<br>Redaktur Budi Santoso",
        "Penulis Siti Aminah<br>Editor: Budi Santoso<br>COPYRIGHT © ANTARA 2023",
        "<ul><li>Reporter Siti Aminah</li><li>Editor Budi Santoso</li><li>© ANTARA 2023</li></ul>",
        "<b>Penulis</b><span>Siti Aminah</span><br><b>Editor</b><span>Budi Santoso</span>",
        "Wartawan – Siti Aminah<br>Editor; Budi Santoso<br>COPYRIGHT © ANTARA 2023",
        f"{NAMES}<br>Copyright ANTARA 2023",
        "Pewarta: Siti Aminah Editor: Budi Santoso Copyright © ANTARA, 2023",
        f"{NAMES}<br>Copyright @ ANTARA 2023",
        f"{NAMES}<br>COPYRIGHT ï¿½ ANTARA 2023",
        f"{NAMES}<br>COPYRIGHT ? ANTARA News Kalimantan Selatan 2023",
        f"{NAMES}<br>*Perhatian: Dilarang keras mengambil konten tanpa izin Kantor Berita ANTARA.",
        f"{NAMES}<br>Sumber: Antaranews.com",
        f"{NAMES}<br>COPYRIGHT © ANTARA 2023(adsbygoogle = window.adsbygoogle || []).push({{}});",
        f"{NAMES}<br>COPYRIGHT © ANTARA 2023<br>Unauthorized content scraping or automated indexing"
        " for AI on this website without written permission from ANTARA is strictly prohibited.",
        f"{NAMES}<br>Dilarang menyalin isi berita ini tanpa izin tertulis dari Kantor Berita"
        " ANTARA.",
    ],
)
def test_a_foot_leaves_the_body_and_gives_its_names(foot: str) -> None:
    article = read(page(f"{BODY}<div>{foot}</div>", foot=""))
    assert article.paragraphs == PARAGRAPHS
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Santoso",))


def test_rights_reserved_on_a_line_of_their_own_are_read_in_a_footer() -> None:
    lines = f"{NAMES}<br>COPYRIGHT © ANTARA 2023<br>All rights reserved."
    article = read(page(foot=f"<footer class='post-meta'>{lines}</footer>"))
    assert (article.copyright, article.rights) == (
        "COPYRIGHT © ANTARA 2023",
        "All rights reserved.",
    )


def test_bylines_behind_the_copyright_line_of_a_footer_are_read() -> None:
    foot = f"<footer class='post-meta'>COPYRIGHT © ANTARA 2023<br>{NAMES}</footer>"
    article = read(page(foot=foot))
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Santoso",))


def test_a_label_without_a_name_takes_no_label_below_as_one() -> None:
    foot = "<footer>Pewarta :&nbsp;<br>Editor :&nbsp;<br>COPYRIGHT © ANTARA 2023</footer>"
    article = read(page(foot=foot))
    assert (article.reporters, article.editors) == ((), ())


@pytest.mark.parametrize(
    "box",
    [f"<div><b>Baca juga:</b> {LINK}<br>{SECOND_LINK}</div>",
     f"<p>Baca juga: {LINK}</p><p>Baca juga: {SECOND_LINK}</p>",
     f"<aside><h4>Artikel Terkait</h4><ul><li>{LINK}</li><li>{SECOND_LINK}</li></ul></aside>",
     f"<nav><h4>Berita Terkait</h4><ul><li>{LINK}</li><li>{SECOND_LINK}</li></ul></nav>",
     f"<div class='r'><h4>Baca Juga</h4><p>{LINK}</p><p>17/10/2023</p><p>{SECOND_LINK}</p></div>"],
)  # fmt: skip
def test_stories_that_a_label_names_behind_the_copyright_line_are_related(box: str) -> None:
    foot = f"<footer><div class='t'>{NAMES}<br>COPYRIGHT © ANTARA 2023{box}</div></footer>"
    assert titles(read(page(foot=foot))) == [ONE, OTHER]
    foot = f"<footer>{NAMES}<br>COPYRIGHT © ANTARA 2023</footer>{box}"
    assert titles(read(page(foot=foot))) == [ONE, OTHER]


def test_a_section_or_an_age_beside_a_related_title_is_no_text() -> None:
    lines = f"<a href='/ekonomi'>Ekonomi</a> {LINK}<br>Ekonomi {SECOND_LINK} 2 jam lalu"
    article = read(page(f"{BODY}<p>Baca juga:<br>{lines}</p>"))
    assert (article.paragraphs, titles(article)) == (PARAGRAPHS, [ONE, OTHER])


NOTICE = (
    "Dilarang keras mengambil konten, melakukan crawling atau pengindeksan otomatis untuk AI di"
    " situs web ini tanpa izin tertulis dari Kantor Berita ANTARA."
)


@pytest.mark.parametrize("at", [("keras ",), ("Berita ",), ("untuk ", "Kantor "), ("di ", "dari ")])
@pytest.mark.parametrize("notice", [NOTICE, NOTICE.upper()])
def test_a_notice_is_one_wherever_its_line_is_broken(at: tuple[str, ...], notice: str) -> None:
    broken = notice
    for words in at:
        broken = broken.replace(words, f"{words}<br>").replace(
            words.upper(), f"{words}<br>".upper()
        )
    article = read(
        page(f"{BODY}<div>{NAMES}<br>COPYRIGHT © ANTARA 2023<br>{broken}</div>", foot="")
    )
    assert (article.paragraphs, article.rights) == (PARAGRAPHS, notice)


@pytest.mark.parametrize(
    "line",
    ["Hak Cipta © ANTARA 2023. Seluruh hak dilindungi", "© ANTARA 2023 | All rights reserved.",
     "Copyright © ANTARA News Kalsel 2019-2023", "Copyright © ANTARA, 2019 – 2023",
     "Copyright © 2019-2023 ANTARA", "Copyright © kalsel.antaranews.com 2023",
     "Copyright © 2023 www.antaranews.com"],
)  # fmt: skip
def test_a_copyright_line_is_read_whole(line: str) -> None:
    article = read(page(f"{BODY}<div>{NAMES}<br>{line}</div>", foot=""))
    assert (article.paragraphs, article.copyright, article.rights) == (PARAGRAPHS, line, None)


@pytest.mark.parametrize(
    "text",
    [
        "Dilarang keras mengambil pasir<br>Begitu bunyi papan di tepi sungai itu.",
        "Sumber: Antaranews.com, kata warga yang membaca berita itu.",
        "Foto: Rahmat Hidayat",
        "Wartawan Rahmat Hidayat<br>Editor - Siti Aminah",
        "Dilarang menyalin isi berita ANTARA tanpa izin, begitu bunyi papan di kantor itu.",
    ],
)
def test_away_from_a_foot_the_same_words_are_text(text: str) -> None:
    body = f"<p>{DATELINE}{LEAD}</p><p>{SECOND}</p><p>{text}</p><p>{THIRD}</p>"
    assert read(page(body)).paragraphs == (LEAD, SECOND, *text.split("<br>"), THIRD)


@pytest.mark.parametrize(
    "source", ["Sumber: Reuters", "Sumber : ANTARA/Xinhua", "Source: AFP, Kyodo"]
)
@pytest.mark.parametrize("joint", ["<br>", "</p><p>"])
def test_a_source_among_the_names_is_a_line_of_the_foot(source: str, joint: str) -> None:
    foot = joint.join(("Pewarta : Siti Aminah", source, "Editor: Budi Santoso"))
    article = read(page(f"{BODY}<p>{foot}</p>", foot=""))
    assert (article.paragraphs, reasons(article)[source]) == (PARAGRAPHS, "source line")
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Santoso",))


def test_the_source_of_a_book_below_its_writer_is_text() -> None:
    book = ("Judul: Hujan Bulan Mei", "Penulis: Rahmat Hidayat", "Sumber: Rumah Baca")
    article = read(
        page(paragraphs(DATELINE + LEAD, SECOND, *book, "Pewarta: Siti Aminah"), foot="")
    )
    assert (article.paragraphs, article.reporters) == ((LEAD, SECOND, *book), ("Siti Aminah",))
