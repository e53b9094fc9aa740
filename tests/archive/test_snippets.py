"""Snippets show the original text around the words that were asked for."""

from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.archive import Marked
from antara_crawler.archive.search.snippets import WORDS, Marker

FILLING = "Petugas mencatat semua laporan warga desa. " * 20


def text_of(pieces: tuple[Marked, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def hits_of(pieces: tuple[Marked, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.hit]


def test_forms_of_a_word_are_marked_as_they_stand() -> None:
    marked = (
        Marker(("banjir", "kebanjiran")).read("“Kebanjiran!” Membanjiri; banjir-banjir.").marked()
    )
    assert hits_of(marked) == ["Kebanjiran", "Membanjiri", "banjir", "banjir"]
    assert text_of(marked) == "“Kebanjiran!” Membanjiri; banjir-banjir."


def test_words_written_otherwise_are_marked() -> None:
    marked = Marker(("jumat", "jose", "tulis")).read("Jum’at, José menulis.").marked()
    assert hits_of(marked) == ["Jum’at", "José", "menulis"]


def test_a_capital_i_with_a_dot_moves_no_mark() -> None:
    marked = Marker(("banjir",)).read("İİİİ İstanbul BANJIR.").marked()
    assert hits_of(marked) == ["BANJIR"]


def test_a_snippet_has_about_thirty_words_around_the_hits() -> None:
    snippet = (
        Marker(("jembatan", "bambu"))
        .read_flat(f"{FILLING}Jembatan bambu putus. {FILLING}")
        .snippet()
    )
    assert hits_of(snippet) == ["Jembatan", "bambu"]
    assert text_of(snippet).startswith("… ")
    assert text_of(snippet).endswith(" …")
    assert WORDS - 2 <= len(text_of(snippet).split()) <= WORDS + 2


def test_the_place_where_all_words_stand_is_shown() -> None:
    text = f"Jembatan lama. {FILLING} Jembatan bambu. {FILLING} Bambu."
    assert hits_of(Marker(("jembatan", "bambu")).read_flat(text).snippet()) == ["Jembatan", "bambu"]


def test_without_a_hit_the_text_is_shown_from_its_beginning() -> None:
    assert text_of(Marker(("rob",)).read_flat("Satu dua.\n\nTiga.").snippet()) == "Satu dua. Tiga."
    assert Marker(()).read_flat("").snippet() == ()


def test_a_hit_at_the_end_has_words_before_it() -> None:
    snippet = Marker(("rob",)).read_flat(f"{FILLING}Rob").snippet()
    assert len(text_of(snippet).split()) >= WORDS - 2
    assert hits_of(snippet) == ["Rob"]


def test_function_words_are_marked_only_where_there_is_nothing_else() -> None:
    assert hits_of(Marker(("di", "rob")).read("Rob di kota").marked()) == ["Rob"]
    assert hits_of(Marker(("di",)).read("Rob di kota").marked()) == ["di"]


def test_markup_stays_text() -> None:
    marked = Marker(("banjir",)).read("<b>banjir</b><script>").marked()
    assert marked == (
        Marked("<b>", False),
        Marked("banjir", True),
        Marked("</b><script>", False),
    )


@given(st.text(max_size=600), st.lists(st.text("abcdeéz'-", max_size=4), max_size=3))
def test_marking_changes_no_letter(text: str, lexemes: list[str]) -> None:
    marker = Marker(tuple(word for word in lexemes if word.isalnum()))
    assert text_of(marker.read(text).marked()) == text
    flat = " ".join(text.split())
    assert text_of(marker.read_flat(text).snippet()).removeprefix("… ").removesuffix(" …") in flat
