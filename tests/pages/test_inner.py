"""Lines within the text that only look like bylines."""

import pytest

from tests.pages.building import BODY, DATELINE, LEAD, PARAGRAPHS, SECOND, THIRD, page, read

BOOK = ("Judul: Sungai Kami", "Penulis: Rina Wati", "Editor: Joko Susilo", "Tebal: 200 halaman")


@pytest.mark.parametrize("joint", ["</p><p>", "<br>"])
@pytest.mark.parametrize("lines", [BOOK, ("Tanya: Apa sebabnya?", "Oleh: Bupati", "Jawab: Hujan.")])
def test_what_names_others_than_the_bylines_at_the_edge_is_text(
    lines: tuple[str, ...], joint: str
) -> None:
    data = f"<p>{joint.join(lines)}</p>"
    inside = read(page(f"<p>{DATELINE}{LEAD}</p>{data}<p>{SECOND}</p><p>{THIRD}</p>"))
    assert inside.paragraphs == (LEAD, *lines, SECOND, THIRD)
    last = read(page(BODY + data))
    assert last.paragraphs == (*PARAGRAPHS, *lines)
    for article in (inside, last):
        assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Santoso",))


def test_a_list_of_credits_is_text_though_the_page_has_no_byline() -> None:
    article = read(page(f"{BODY}<p>{'<br>'.join(BOOK)}</p>", foot=""))
    assert article.paragraphs == (*PARAGRAPHS, *BOOK)
    assert (article.reporters, article.editors) == ((), ())


def test_a_list_of_credits_above_the_lead_is_text_where_the_foot_names_others() -> None:
    article = read(page(f"<p>{'<br>'.join(BOOK)}</p>{BODY}"))
    assert article.paragraphs == (*BOOK, *PARAGRAPHS)
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Santoso",))


def test_names_below_their_labels_are_bylines_though_a_list_names_others() -> None:
    foot = "<p>Pewarta:</p><p>Siti Aminah</p><p>Editor:</p><p>Budi Santoso</p>"
    crew = "<p>Pengurus koran itu:</p><p>Editor: Dewi Lestari</p><p>Fotografer: Joko</p>"
    article = read(page(f"{crew.join(BODY.rsplit('<p>', 1))}{foot}", foot=""))
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Santoso",))


def test_bylines_before_a_body_that_stands_twice_are_bylines() -> None:
    foot = "<p>Pewarta: Siti Aminah<br>Editor: Budi Santoso</p>"
    article = read(page(f"{BODY}{foot}{BODY}{foot}", foot=""))
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Santoso",))
    assert "Pewarta: Siti Aminah" not in article.paragraphs


def test_a_byline_between_sentences_counts_where_it_is_the_only_one() -> None:
    article = read(page(f"<p>{DATELINE}{LEAD}</p><p>Oleh: Rina Wati</p><p>{SECOND}</p>", foot=""))
    assert article.reporters == ("Rina Wati",)


OFFICERS = ("Pengurus sanggar itu:", "Ketua: Rina Wati", "Sekretaris: Joko", "Editor: Dewi Lestari")


@pytest.mark.parametrize(
    "behind", ["", "<p>Sekian.</p>", '<p>Baca juga: <a href="/x">Lain</a></p>']
)
def test_a_list_of_labelled_lines_at_the_end_of_the_text_is_text(behind: str) -> None:
    article = read(page(f"{BODY}<p>{'<br>'.join(OFFICERS)}</p>{behind}"))
    assert article.paragraphs[len(PARAGRAPHS) :][: len(OFFICERS)] == OFFICERS
    assert article.editors == ("Budi Santoso",)


def test_two_reporters_below_a_labelled_line_are_bylines() -> None:
    last = "Lokasi: Lapangan Murjani di Banjarbaru."
    foot = "<p>Pewarta: Rina Wati</p><p>Pewarta: Siti Aminah</p><p>Editor: Budi Santoso</p>"
    article = read(page(f"{BODY}<p>{last}</p>{foot}", foot=""))
    assert article.paragraphs == (*PARAGRAPHS, last)
    assert article.reporters == ("Rina Wati", "Siti Aminah")


def test_who_wrote_a_poem_at_the_end_of_the_text_is_no_byline() -> None:
    poem = ("Oleh: Rina Wati", "Airmu keruh", "arusmu pelan", "di sini kami lahir")
    article = read(page(f"{BODY}<p>{'</p><p>'.join(poem)}</p>"))
    assert article.paragraphs == (*PARAGRAPHS, *poem)
    assert article.reporters == ("Siti Aminah",)


def test_roles_in_a_list_or_table_at_the_end_of_the_text_stay_though_they_have_no_colon() -> None:
    crew = ("Sutradara Joko", "Penulis Rina Wati", "Editor Dewi Lestari")
    article = read(page(f"{BODY}<ul><li>{'</li><li>'.join(crew)}</li></ul>"))
    assert article.paragraphs == (*PARAGRAPHS, *crew)
    row = "<tr><td>Jabatan</td><td>Nama</td></tr><tr><td>Editor</td><td>Dewi Lestari</td></tr>"
    article = read(page(f"{BODY}<table>{row}</table>"))
    assert article.paragraphs[-1] == "Editor | Dewi Lestari"


@pytest.mark.parametrize("last", ["Editor Terpilih Rina Wati", "Penulis Muda Joko Susilo"])
@pytest.mark.parametrize("foot", ["", "Pewarta: Siti Aminah<br>Editor: Budi Santoso<br>"])
def test_a_last_line_with_a_role_is_text_where_the_foot_names_that_role(
    last: str, foot: str
) -> None:
    article = read(page(f"{BODY}<p>{last}</p><p>{foot}</p>"))
    assert article.paragraphs == (*PARAGRAPHS, last)
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Santoso",))


def test_a_name_of_the_foot_in_a_list_within_the_text_stays_there() -> None:
    jury = ("Pelatih: Rina Wati", "Fotografer: Siti Aminah", "Ketua: Joko")
    article = read(page(f"<p>{DATELINE}{LEAD}</p><p>{'<br>'.join(jury)}</p><p>{SECOND}</p>"))
    assert article.paragraphs == (LEAD, *jury, SECOND)


def test_a_copyright_of_others_at_the_end_of_the_text_is_text() -> None:
    quoted = "Copyright © 1990 Balai Pustaka"
    article = read(page(f"{BODY}<p>Di sampulnya tercetak:</p><p>{quoted}</p>"))
    assert article.paragraphs[-1] == quoted
    assert "ANTARA" in (article.copyright or "")


def test_an_editor_whom_metadata_alone_name_is_the_editor() -> None:
    data = '{"@type": "NewsArticle", "editor": {"name": "Rina Wati"}}'
    script = f'<script type="application/ld+json">{data}</script>'
    assert read(page(foot="<p>Pewarta: Siti Aminah</p>", before=script)).editors == ("Rina Wati",)
    assert read(page(before=script)).editors == ("Budi Santoso",)


@pytest.mark.parametrize(
    ("within", "shown"),
    [
        ("<h3>Harapan petani</h3>", "Harapan petani"),
        ("<ul><li>Tiga ekor ikan</li></ul>", "Tiga ekor ikan"),
    ],
)
def test_headings_and_lists_of_a_second_part_behind_a_first_foot_stay(
    within: str, shown: str
) -> None:
    foot = "<br>Pewarta: Siti Aminah<br>Editor: Budi Santoso<br>Copyright © ANTARA 2023<br>"
    parts = f"{DATELINE}{LEAD}<br>{SECOND}<br>{foot}{PARAGRAPHS[2]}<br>{within}{SECOND} Lagi."
    article = read(page(f"{parts}{foot}", foot=""))
    assert shown in article.paragraphs
