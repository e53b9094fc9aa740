"""What is done to a text, and what is never done to it."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from antara_crawler.text import paragraph_key, tidy, word_count

REFERENCES = (
    "&amp;",
    "amp;",
    "&nb",
    "sp;",
    "nbsp;",
    "quot;",
    "&shy;",
    "&zwj;",
    "&#x26;",
    "&#8205;",
)
BUILDING = ("&", ";", "#", "&#110;", "&#894;", "&#769;", "&#12288;", "\u037e", "\u1fef", "\u0344")
MARKS = ("\u00ad", "\u200c", "\u200d", "\u3000", "\ufeff", "\ufe0f", "\u0301", "\ud800", "👩", "क")
AWKWARD = st.lists(
    st.one_of(st.text(max_size=4), st.sampled_from((*REFERENCES, *BUILDING, *MARKS, " ", "e")))
).map("".join)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Warga \t Barabai\r\n mengungsi\x0b ", "Warga Barabai mengungsi"),
        ("Warga\u00a0\u2009Barabai\u3000\u2028kota\x85ini", "Warga Barabai kota ini"),
        ("ka\u00adta \u200bwar\u2060ga\ufeff", "kata warga"),
        ("a\x00b\x01c\x7fd\x9be", "abcde"),
        ("harga \u202enaik\u202c \u2066turun\u2069", "harga naik turun"),
        ("\ud83d rusak", "\ufffd rusak"),
        ("Cafe\u0301", "Café"),
        ("Cafe\u200d\u0301", "Café"),
        ("Cafe&#769;", "Café"),
        ("kata&nbsp;dia", "kata dia"),
        ("&quot;Siap,&quot; katanya &#8217; &#x2019; &#150; &hellip;", '"Siap," katanya ’ ’ – …'),
        ("Dinas Pekerjaan &amp; Ruang", "Dinas Pekerjaan & Ruang"),
        ("&amp;amp;quot;", '"'),
        ("ka&shy;ta &#1;dia", "kata dia"),
        ("", ""),
        ("\u200b\u00a0\n", ""),
    ],
)
def test_what_cannot_be_read_is_cleaned_away(raw, clean):
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        "AT&T",
        "AT&T; Q&A; R&D;",
        "a=1&b=2;",
        "&#97; &#59; &#35;",
        "&takdikenal; &; &#;",
        "“Siap,” kata ‘Amat’ – Amalia, Amelia; 23/9/2924 … (15)4) .",
        "¼ m² ﬁnal Ａ",
        "👨\u200d👩\u200d👧 ❤\ufe0f",
        "نمی\u200cخواهم",
    ],
)
def test_wording_quotes_and_spelling_stay_as_the_source_wrote_them(text):
    assert tidy(text) == text


@given(AWKWARD)
@example("&nb\u00adsp;")
@example("&nb&shy;sp;")
@example("&amp\u037e")
@example("क\u200d&nbsp;")
@example("&#38;quot;")
@example("&nbsp&#894;")
def test_tidying_twice_is_tidying_once(text):
    once = tidy(text)
    assert tidy(once) == once


@given(AWKWARD)
def test_tidy_text_can_be_stored_anywhere(text):
    clean = tidy(text)
    clean.encode("utf-8")
    assert unicodedata.is_normalized("NFC", clean)
    assert clean == " ".join(clean.split())
    assert not any(unicodedata.category(character) == "Cc" for character in clean)


def test_a_heap_of_combining_marks_is_left_alone_and_its_neighbours_are_not():
    heap = "a" + "\u0301\u0323" * 3000
    assert tidy(f"e\u0301  {heap}  e\u0301") == f"é {heap} é"
    assert paragraph_key(f"É {heap}") == f"é {heap}"


def test_a_long_word_without_spaces_is_brought_to_normal_form():
    assert tidy("e\u0301" * 2000) == "é" * 2000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Siap,” kata Amat", '"Siap," kata Amat'),
        ("Jum’at ‘pagi’ Jum´at", "Jum'at 'pagi' Jum'at"),
        ("''Siap,'' kata Amat", '"Siap," kata Amat'),
        ("‘‘Siap,’’ layar 14″", '"Siap," layar 14"'),
        ("2019–2024 — lama − ya ﹘", "2019-2024 - lama - ya -"),
        ("  BANJIR\u00a0 di  Barabai\n", "banjir di barabai"),
        ("ban\u00adjir\u200b \u200ddi\u2060", "banjir di"),
        ("Cafe\u0301 ﬁnal Ａ", "café final a"),
        ("Straße", "STRASSE"),
    ],
)
def test_paragraphs_that_differ_in_looks_only_are_the_same(one, other):
    assert paragraph_key(one) == paragraph_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sebanyak 12 rumah", "Sebanyak 13 rumah"),
        ("Amelia", "Amalia"),
        ("Siap.", "Siap"),
        ("ibu kota", "ibukota"),
        ("cafe", "café"),
    ],
)
def test_paragraphs_that_differ_in_one_letter_are_not_the_same(one, other):
    assert paragraph_key(one) != paragraph_key(other)


@given(AWKWARD)
def test_tidying_does_not_change_the_key_of_a_text_without_references(text):
    text = text.replace("&", "").encode("utf-8", "replace").decode()
    assert paragraph_key(tidy(text)) == paragraph_key(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("Sah!", 1), ("satu - dua • tiga", 3), ("Skor 2-1 (dua) lawan “satu” …", 5)],
)
def test_words_are_counted_and_lone_marks_are_not(text, words):
    assert word_count(text) == words
