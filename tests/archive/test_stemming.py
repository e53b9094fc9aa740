"""Forms of a word have one root, and words that only look alike have others."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.archive.index.roots import roots, spellings
from antara_crawler.archive.index.stemming import root_of

FORMS = Path(__file__).parent / "retrieval" / "forms.txt"


def test_common_forms_have_their_roots() -> None:
    lines = [line.split(":") for line in FORMS.read_text("utf-8").splitlines() if ":" in line]
    pairs = [(form, root) for root, forms in lines[1:] for form in (root, *forms.split())]
    assert len(pairs) > 1500
    assert [(form, root_of(form), root) for form, root in pairs if root_of(form) != root] == []


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("berikan", "beri"),
        ("senilai", "nilai"),
        ("relawan", "relawan"),
        ("mengemasnya", "kemas"),
        ("mengawali", "awal"),
        ("mengawal", "kawal"),
        ("berawan", "awan"),
        ("memakan", "makan"),
        ("katakan", "kata"),
        ("terdakwalah", "dakwa"),
        ("rusa", "rusa"),
        ("kemudian", "kemudian"),
        ("pencari", "cari"),
    ],
)
def test_a_wrong_root_that_fits_the_letters_is_passed_over(word: str, root: str) -> None:
    assert root_of(word) == root


NAMES = "bekasi tarakan balangan meratus melayu kutim markas tersebut mereka pemilu menteri beruang"


@pytest.mark.parametrize("name", NAMES.split())
def test_names_and_words_that_look_as_if_they_had_affixes_are_roots(name: str) -> None:
    assert root_of(name) == name


@pytest.mark.parametrize(
    ("form", "root"),
    [
        ("mengglowingkan", "glowing"),
        ("diglowingkan", "glowing"),
        ("pengglowingan", "glowing"),
        ("memviralkan", "viral"),
        ("menyekrinsut", "sekrinsut"),
        ("ditakedownnya", "takedown"),
    ],
)
def test_roots_that_the_list_lacks_are_bared_of_what_is_surely_an_affix(
    form: str, root: str
) -> None:
    assert root_of(form) == root_of(root)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("menghimbau", "imbauan"),
        ("ijin", "perizinan"),
        ("menunjukan", "menunjukkan"),
        ("penunjukkan", "penunjukan"),
        ("resiko", "berisiko"),
        ("merubah", "perubahan"),
        ("milyaran", "miliar"),
        ("bersholawat", "salawat"),
        ("farmers", "farmer"),
        ("festivals", "festival"),
        ("cities", "city"),
    ],
)
def test_other_spellings_have_the_same_root(one: str, other: str) -> None:
    assert root_of(one) == root_of(other)


def test_all_spellings_of_a_root_are_known() -> None:
    assert set(spellings("miliar")) == {"miliar", "milyar"}


def test_the_list_holds_each_word_once() -> None:
    known = roots()
    sections = (known.any, known.nouns, known.still, known.variants.keys(), known.forms.keys())
    assert sum(map(len, sections)) == len(frozenset().union(*sections))


def test_roots_of_the_list_are_their_own_roots() -> None:
    for root in roots().any | roots().nouns | roots().still:
        assert root_of(root) == root


@given(st.text("abdegiklmnprstuy", min_size=1, max_size=16))
def test_any_letters_have_a_root_which_has_no_other(word: str) -> None:
    root = root_of(word)
    assert root
    assert root_of(root) == root
