"""Plain-text dumps of earlier scrapers."""

import textwrap
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Article, Link, Picture
from antara_crawler.pages import read_dump
from antara_crawler.portals import portal
from antara_crawler.text import without_repeats

KALSEL = portal("kalsel")
LEAD = "Pemerintah kabupaten membangun tanggul baru di tepi sungai untuk melindungi sawah."
SECOND = "“Tanggul ini selesai sebelum musim hujan,” kata Rahmat Hidayat di Barabai, Selasa."
THIRD = "Warga Desa Sungai Raya menyambut baik pembangunan yang lama mereka tunggu itu."
COPYRIGHT = "COPYRIGHT © ANTARA News Kalimantan Selatan 2023"


def dump(*lines: str) -> Article:
    return read_dump("\n".join(lines), KALSEL)


def test_a_body_that_stands_twice_behind_the_copyright_line_is_all_there_and_typed() -> None:
    body = [SECOND, "Baca juga: Sawah terendam", THIRD, COPYRIGHT]
    article = dump(LEAD, *body, *body)
    assert article.paragraphs == (LEAD, SECOND, THIRD, SECOND, THIRD)
    assert article.related == (Link("Sawah terendam", None),)
    assert article.copyright == COPYRIGHT
    assert article.title is None
    assert (article.portal, article.kind, article.article_id) == ("kalsel", "berita", None)
    kept, removed = without_repeats(article.paragraphs)
    assert kept == (LEAD, SECOND, THIRD)
    assert [one.repeats for one in removed] == [1, 2]


def test_everything_of_a_page_is_known_in_a_dump_too() -> None:
    article = dump(
        "\ufeffTanggul baru di tepi sungai", f"Barabai (ANTARA) - {LEAD}", "",
        "Warga di tanggul. (ANTARA/HO-Humas)", "Baca juga:", "Sawah terendam di dua kecamatan",
        SECOND, "Pewarta: Siti Aminah", "Editor : Budi Santoso", COPYRIGHT,
        "Dilarang keras mengambil konten tanpa izin.",
    )  # fmt: skip
    assert article.title == "Tanggul baru di tepi sungai"
    assert (article.dateline, article.dateline_text) == ("Barabai", "Barabai (ANTARA) - ")
    assert article.paragraphs == (LEAD, SECOND)
    assert article.images == (Picture(None, "Warga di tanggul.", "ANTARA/HO-Humas"),)
    assert article.related == (Link("Sawah terendam di dua kecamatan", None),)
    assert (article.reporters, article.editors) == (("Siti Aminah",), ("Budi Santoso",))
    assert article.rights == "Dilarang keras mengambil konten tanpa izin."


@pytest.mark.parametrize(
    "lines",
    [
        (LEAD, f"Barabai (ANTARA) - {SECOND}"),
        ("Tanggul baru di tepi sungai", LEAD, SECOND),
        (f"Barabai (ANTARA) - {LEAD[:-1]}", f"Barabai (ANTARA) - {SECOND}", THIRD),
        ("Tanggul baru", f"Barabai (ANTARA) - {LEAD}"),
    ],
)
def test_in_doubt_the_first_line_is_no_title_and_stays(lines: tuple[str, ...]) -> None:
    article = dump(*lines)
    assert article.title is None
    assert len(article.paragraphs) == len(lines)


def test_a_keyword_row_behind_it_shows_that_the_first_line_is_the_title() -> None:
    article = dump("Sekilas pelabuhan", "id pelabuhan, pulau", "Sekilas pelabuhan", LEAD)
    assert article.title == "Sekilas pelabuhan"
    assert article.paragraphs == (LEAD,)


@pytest.mark.parametrize("text", ["", " \n\u00a0\n", COPYRIGHT, "Baca juga: Judul"])
def test_a_dump_without_body_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadablePage, match="no body text"):
        read_dump(text, KALSEL)


def test_a_dump_of_many_megabytes_is_refused() -> None:
    with pytest.raises(UnreadablePage, match="split it"):
        read_dump("a " * 5_000_001, KALSEL)


@given(st.text(max_size=500))
def test_any_text_is_an_article_or_unreadable(text: str) -> None:
    with suppress(UnreadablePage):
        assert read_dump(text, KALSEL).paragraphs


@pytest.mark.parametrize("foot", ["Pewarta: Siti Aminah", COPYRIGHT])
def test_two_articles_in_one_file_are_refused_and_one_that_stands_twice_is_not(foot: str) -> None:
    one = ("Tanggul baru", f"Barabai (ANTARA) - {LEAD}", SECOND, foot)
    other = ("Sawah terendam", f"Rantau (ANTARA) - {THIRD}", foot)
    with pytest.raises(UnreadablePage, match="more than one article"):
        dump(*one, *other)
    assert dump(*one, *one).paragraphs[:2] == (LEAD, SECOND)
    undated = (THIRD, COPYRIGHT)
    with pytest.raises(UnreadablePage, match="more than one article"):
        dump(LEAD, SECOND, COPYRIGHT, *undated)


def test_a_copy_whose_lines_are_broken_otherwise_is_no_other_article() -> None:
    whole = f"{SECOND} {THIRD}"
    lines = textwrap.wrap(whole, 40)
    caption = "Warga menanam padi, Selasa (3/2). (ANTARA/Siti Aminah)"
    for copy in ((f"{LEAD} {whole}",), (SECOND, THIRD), (LEAD, *lines)):
        article = dump(LEAD, caption, "Baca juga: Tanggul baru", whole, COPYRIGHT, *copy, COPYRIGHT)
        assert article.paragraphs == (LEAD, whole, *copy)


def test_a_quotation_that_a_copy_sets_apart_is_no_pull_quote_in_it() -> None:
    said = "Kata Pambakal, “kami sudah lama menunggu tanggul ini selesai.” Ia berterima kasih."
    lines = (
        "Kata Pambakal,",
        "“kami sudah lama menunggu tanggul ini selesai.”",
        "Ia berterima kasih.",
    )
    for one, other in (((said,), lines), (lines, (said,))):
        article = dump(LEAD, *one, COPYRIGHT, LEAD, *other, COPYRIGHT)
        kept, _ = without_repeats(article.paragraphs)
        assert kept == (LEAD, *one)


def test_the_title_of_a_second_copy_is_no_text() -> None:
    one = ("Tanggul baru", f"Barabai (ANTARA) - {LEAD}", SECOND, "Tanggul baru", THIRD, COPYRIGHT)
    article = dump(*one, *one)
    kept, _ = without_repeats(article.paragraphs, article.dateline_text)
    assert kept == (LEAD, SECOND, "Tanggul baru", THIRD)
    assert "headline" in {each.reason for each in article.left_out}


def test_a_foot_above_a_text_begins_no_other_article() -> None:
    caption = "Warga menanam padi di sawah yang luas, Selasa (3/2). ANTARA/Siti Aminah"
    article = dump(caption, "Pewarta: Siti Aminah", f"Barabai (ANTARA) - {LEAD}", SECOND, COPYRIGHT)
    assert article.paragraphs[-1] == SECOND


@pytest.mark.parametrize(
    "text", ["<!DOCTYPE html><p>", '{"title": "', '[\n {"a": "', "%PDF-1.4 ", "{\\rtf1 "]
)
def test_what_is_for_programs_is_no_dump(text: str) -> None:
    with pytest.raises(UnreadablePage, match="no plain text"):
        read_dump(f"{text}{LEAD}\n{SECOND}", KALSEL)
