"""Words are the same whether they stand in an article or in a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.archive.index.analysis import (
    BREAK,
    LONGEST_WORD,
    MOST_TIMES,
    MOST_WORDS,
    analyse,
    words,
)


def roots(text: str) -> list[str]:
    return [word.root for word in words(text)]


@pytest.mark.parametrize(
    ("forms", "root"),
    [
        ("kebanjiran membanjiri dibanjiri banjirnya Banjir", "banjir"),
        ("pertanian petani bertani", "tani"),
        ("berkeadilan keadilan pengadilan mengadili", "adil"),
        ("kerusakan merusak perusakan dirusak", "rusak"),
        ("pemadaman memadamkan pemadam", "padam"),
        ("peternakan peternak beternak", "ternak"),
        ("menulis penulis penulisan ditulis", "tulis"),
        ("mengungsi pengungsian pengungsi", "ungsi"),
        ("perbankan bankan", "bank"),
    ],
)
def test_affixed_forms_have_one_root(forms: str, root: str) -> None:
    assert set(roots(forms)) == {root}


def test_a_hyphen_parts_words_so_that_a_doubled_word_is_itself() -> None:
    assert roots("anak-anak") == ["anak", "anak"]
    assert roots("kebiru-biruan") == ["biru", "biru"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jum'at", "Jumat"),
        ("Sya’rani", "syarani"),
        ("José", "jose"),
        ("ＡＮＴＡＲＡ", "antara"),
        ("ban\u00adjir", "banjir"),
        ("ﬁnal", "final"),
    ],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize("name", ["Meratus", "Kandangan", "Bali", "Maluku", "Barabai", "COVID"])
def test_names_of_places_are_not_taken_apart(name: str) -> None:
    assert roots(name) == [name.lower()]


def test_words_that_hide_others_are_still_found_themselves() -> None:
    assert roots("rusa beruang menteri teri") == ["rusa", "beruang", "menteri", "teri"]


def test_paragraphs_are_kept_apart() -> None:
    plain = [plain for plain, _ in analyse(None, [["air", "bah"], ["surut"]]).body]
    assert plain == ["air", "bah", BREAK, "surut"]


def test_no_word_of_a_text_is_the_break() -> None:
    assert [word.plain for word in words("0" * 200)] == ["0" * LONGEST_WORD]


def test_very_long_texts_are_bounded() -> None:
    found = analyse("judul " * 2000, [["kata", "lain"] * MOST_WORDS])
    assert len(found.title) <= 500
    assert len(found.body) == MOST_WORDS
    often = [plain for plain, _ in (*found.title, *found.body)]
    assert often.count("kata") == MOST_TIMES


@given(st.text(max_size=300))
def test_any_text_gives_words_of_letters_and_figures(text: str) -> None:
    for word in words(text):
        assert word.plain.isalnum()
        assert word.root.isalnum()
        assert len(word.plain) <= LONGEST_WORD
        assert word.plain.encode()
