"""Bylines in every form that pages were seen, or may be expected, to have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.pages import read_article
from antara_crawler.pages.fields.bylines import label_of, read_byline
from antara_crawler.pages.fields.words import split_names
from antara_crawler.portals import portal

R, P, T, E, U = "reporter", "photographer", "translator", "editor", "uploader"
S, B = "Siti Aminah", "Budi Karim"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Pewarta:Siti Aminah", {R: [S]}),
        ("PEWARTA : SITI AMINAH", {R: ["SITI AMINAH"]}),
        ("pewarta: siti aminah", {R: ["siti aminah"]}),
        ("Pewarta： Siti Aminah", {R: [S]}),
        ("Pewarta: Siti Aminah (Kontributor)", {R: [S]}),
        ("Pewata: Siti Aminah", {R: [S]}),
        ("Edtior : Budi Karim", {E: [B]}),
        ("Pewarta: Siti Aminah (Magang), Budi Karim", {R: [S, B]}),
        ("Pewarta: Siti Aminah (@siti)", {R: [S]}),
        ("Pewarta/Editor: Siti Aminah", {R: [S], E: [S]}),
        ("Pewarta & Editor: Siti Aminah", {R: [S], E: [S]}),
        ("Pewarta dan Editor : Siti Aminah", {R: [S], E: [S]}),
        ("Penerjemah/Editor: Siti Aminah", {T: [S], E: [S]}),
        ("Penulis/Pewarta: Siti Aminah", {R: [S]}),
        ("Pewarta/Foto: Siti Aminah", {R: [S]}),
        ("Pewarta: Siti Aminah / Barabai", {R: [S]}),
        ("Pewarta: Siti Aminah/Tanah Laut Editor : Budi Karim", {R: [S], E: [B]}),
        ("Pewarta: Siti Aminah, Banjarmasin", {R: [S]}),
        ("Pewarta: Siti Aminah, Pematang Siantar", {R: [S]}),
        ("Pewarta: Siti Aminah - Banjarmasin", {R: [S]}),
        ("Pewarta: Siti Aminah (Barabai)", {R: [S]}),
        ("Pewarta: Siti Aminah dan Banjar", {R: [S, "Banjar"]}),
        ("Pewarta: Siti Aminah/Humas Pemkab Tapin", {R: [S]}),
        ("Pewarta: Siti Aminah/ikb", {R: [S]}),
        ("Pewarta: Siti Aminah, dkk", {R: [S]}),
        ("Pewarta: Siti/Budi/Rina", {R: ["Siti", "Budi", "Rina"]}),
        ("Pewarta: Siti, Budi, dan Rina", {R: ["Siti", "Budi", "Rina"]}),
        ("Pewarta: Siti; Budi serta Rina", {R: ["Siti", "Budi", "Rina"]}),
        ("Editor: Editor Papua", {E: ["Editor Papua"]}),
        ("Pewarta: Tim ANTARA", {R: ["Tim ANTARA"]}),
        ("Editor :", {E: []}),
        ("Editor : -", {E: []}),
        ("Pewarta: Siti Aminah Editor :", {R: [S], E: []}),
        ("Pewarta: XEditor: Y", {R: ["X"], E: ["Y"]}),
        ("Pewarta: Siti AminahEditor: Budi KarimUploader : X", {R: [S], E: [B], U: ["X"]}),
        ("Pewarta: Siti Aminah | Editor: Budi Karim", {R: [S], E: [B]}),
        ("Pewarta: Siti Aminah • Editor: Budi Karim", {R: [S], E: [B]}),
        ("(Pewarta: Siti Aminah / Editor: Budi Karim)", {R: [S], E: [B]}),
        ("Editor: H. Hasan, S.Sos., M.Si.", {E: ["H. Hasan, S.Sos., M.Si."]}),
        ("Editor: Dr. H. Budi, M.Pd., Ph.D", {E: ["Dr. H. Budi, M.Pd., Ph.D"]}),
        ("Editor: Siti Aminah, S.H., M.H.", {E: ["Siti Aminah, S.H., M.H."]}),
        ("Editor: Siti Aminah, SH, MH", {E: ["Siti Aminah, SH, MH"]}),
        ("Editor: Siti Aminah, S.I.Kom, M.I.Kom", {E: ["Siti Aminah, S.I.Kom, M.I.Kom"]}),
        ("Editor: dr. Siti Aminah, Sp.A", {E: ["dr. Siti Aminah, Sp.A"]}),
        ("Editor: Siti, A.Md.Keb dan Budi, S.E.", {E: ["Siti, A.Md.Keb", "Budi, S.E."]}),
        ("Editor: Siti, M.Rizki", {E: ["Siti", "M.Rizki"]}),
        ("Editor: Budi S.", {E: ["Budi S."]}),
        ("Editor: Budi Karim.", {E: [B]}),
        ("Translator: Siti Aminah", {T: [S]}),
        ("Pengunggah : Siti Aminah", {U: [S]}),
        ("Diunggah oleh: Siti Aminah", {U: [S]}),
        ("Fotografer: Siti Aminah", {P: [S]}),
        ("Pewarta Foto: Siti Aminah", {P: [S]}),
        ("Editor Foto: Siti Aminah", {E: [S]}),
        ("Redaktur Pelaksana: Siti Aminah", {E: [S]}),
        ("Penyunting: Siti Aminah", {E: [S]}),
        ("Oleh : Siti Aminah *)", {R: [S]}),
        ("Oleh Siti Aminah *)", {R: [S]}),
        ("OLEH SITI AMINAH", {R: ["SITI AMINAH"]}),
        ("By Siti Aminah", {R: [S]}),
        ("Written by: Siti Aminah", {R: [S]}),
        ("Koresponden: Siti Aminah", {R: [S]}),
        ("Reporter [Magang]: Siti Aminah", {R: [S]}),
        ("Penulis (Kontributor Sampit) : Siti Aminah / Editor: Budi Karim", {R: [S], E: [B]}),
        ("Editor: Siti Aminah <siti@media.co.id>", {E: [S]}),
        ("Editor: Siti Aminah siti.a@media.co.id", {E: [S]}),
        ("Reporter; Siti Aminah Editor. Budi Karim", {R: [S], E: [B]}),
        ("Pewarta: Siti Aminah, Editor Budi Karim", {R: [S], E: [B]}),
        ("Penulis Siti Aminah | Editor.: Budi Karim", {R: [S], E: [B]}),
        ("Pewarta: Siti Aminah, Editor Banjarmasin", {R: [S]}),
        ("Pewarta: Ni Made Sri, I Gusti Ngurah Rai", {R: ["Ni Made Sri", "I Gusti Ngurah Rai"]}),
    ],
)
def test_a_byline_is_read_in_every_form(text: str, wanted: dict[str, list[str]]) -> None:
    assert {each.role: list(each.names) for each in read_byline(text)} == wanted


@pytest.mark.parametrize(
    "text",
    ["Editor: saya kira baik", "By Monday", "Penulis: Berita Terkait", "Byline: x",
     "Oleh-oleh khas Banjar: Amplang", "Editor Budi: Saya", "Pewarta dan editor diundang.",
     "Penulis adalah dosen: Siti", "Editor: Budi pada 2019", "Reporter: ini, itu",
     "Pewarna: Rhodamin Be", "Hartawan: Siti Aminah", "Pewata: dia datang"],
)  # fmt: skip
def test_what_only_begins_like_a_byline_is_text(text: str) -> None:
    assert read_byline(text) == ()


LABELS = {"Pewarta": R, "Penulis": R, "Editor": E, "Uploader": U, "Penerjemah": T, "PEWARTA": R}
PEOPLE = (S, B, "Rina", "H. Hasan", "Sya'rani bin Ali", "M. Rizki", "Dewi Sartika", "Anwar S.")
LISTS = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True)


@given(
    people=st.lists(
        st.tuples(st.sampled_from(sorted(LABELS)), LISTS, st.sampled_from([", ", "/", " & "])),
        min_size=1,
        max_size=3,
    ),
    colon=st.sampled_from([":", ": ", " : ", " :"]),
    between=st.sampled_from(["", " ", " | ", ", ", "  •  "]),
)
def test_any_list_of_names_under_labels_comes_back(
    people: list[tuple[str, list[str], str]], colon: str, between: str
) -> None:
    text = between.join(f"{label}{colon}{joint.join(names)}" for label, names, joint in people)
    found = [(each.role, list(each.names)) for each in read_byline(text)]
    assert found == [(LABELS[label], names) for label, names, _ in people]


@given(st.text(max_size=320))
def test_any_line_is_a_byline_or_none(text: str) -> None:
    for label in ("", "Pewarta: "):
        read_byline(label + text)
    label_of(text)
    split_names(text)


LEAD = "Barabai (ANTARA) - Petani memanen padi unggul di dua puluh desa pada pekan ini."


@pytest.mark.parametrize(
    ("foot", "reporters", "editors"),
    [
        ("Pewarta: Siti<br>Editor :&nbsp;<br>COPYRIGHT © ANTARA 2023", ("Siti",), ()),
        ("Translator: Siti<br>Editor: Budi", ("Siti",), ("Budi",)),
        ("Pewarta: Siti<br>Penerjemah: Rina<br>Editor: Budi", ("Siti",), ("Budi",)),
        ("Fotografer: Siti<br>Editor: Budi", ("Siti",), ("Budi",)),
        ("Pewarta: SitiEditor: Budi Copyright © ANTARA 2026", ("Siti",), ("Budi",)),
        ("<span itemprop='author'>Pewarta: Siti</span> <span>Editor: Budi</span>", ("Siti",),
         ("Budi",)),
    ],
)  # fmt: skip
def test_a_pages_foot_names_its_people(
    foot: str, reporters: tuple[str, ...], editors: tuple[str, ...]
) -> None:
    html = (
        f"<article><h1>Panen raya</h1><div class='post-content'><p>{LEAD}</p></div>"
        f"<footer class='post-meta'><p class='text-muted'>{foot}</p></footer></article>"
    )
    article = read_article(html, "https://kalsel.antaranews.com/berita/430001/x", portal("kalsel"))
    assert (article.reporters, article.editors) == (reporters, editors)
    assert article.paragraphs == (LEAD.partition(" - ")[2],)


def test_an_author_field_with_its_label_gives_the_name_alone() -> None:
    html = (
        "<article><h1>Panen raya</h1><p><span itemprop='author'>Pewarta: Siti Aminah</span></p>"
        f"<div class='post-content'><p>{LEAD}</p></div></article>"
    )
    article = read_article(html, "https://kalsel.antaranews.com/berita/430001/x", portal("kalsel"))
    assert article.reporters == (S,)


SOURCE = "Berita ini telah tayang di Antaranews.com dengan judul"
LINK = "<a href='https://www.antaranews.com/berita/1/x'><strong>Panen raya di desa</strong></a>"


@pytest.mark.parametrize(
    "line",
    [
        f"{SOURCE}: {LINK}",
        f"{SOURCE} {LINK}",
        f"{SOURCE}:<br>{LINK}",
        "Artikel ini sudah diterbitkan di ANTARA News",
        f"{SOURCE.removeprefix('Berita ini ').capitalize()}: {LINK}",
        "Berita ini telah ditayangkan di kalsel.antaranews.com.",
        "Berita ini telah tayang di <a href='/x'>ANTARA News Jawa Timur</a> dengan judul: Panen",
    ],
)
def test_a_line_of_where_else_it_stood_is_left_out_with_that_reason(line: str) -> None:
    html = f"<h1>Panen raya</h1><div class='post-content'><p>{LEAD}</p><p>{line}</p></div>"
    article = read_article(html, "https://kalsel.antaranews.com/berita/430001/x", portal("kalsel"))
    assert article.paragraphs == (LEAD.partition(" - ")[2],)
    assert "source line" in {each.reason for each in article.left_out}


@pytest.mark.parametrize("where", ["antara dua acara, kata dia", "ANTARA News sejak kemarin"])
def test_a_sentence_on_an_article_is_no_source_line(where: str) -> None:
    text = f"Berita ini telah tayang di {where}."
    html = f"<h1>Panen raya</h1><div class='post-content'><p>{LEAD}</p><p>{text}</p></div>"
    article = read_article(html, "https://kalsel.antaranews.com/berita/430001/x", portal("kalsel"))
    assert article.paragraphs[-1] == text


@pytest.mark.parametrize(
    "filling", ["Pewarta/", "a.", "A-", "Siti, ", "(a) ", "dan ", "Oleh ", "S.", "Editor : "]
)
def test_no_text_takes_long_to_be_no_byline(filling: str) -> None:
    text = (filling * 300)[:280]
    for line in (text, f"Pewarta: {text}", f"Pewarta: {text}1"):
        read_byline(line)
        label_of(line)
