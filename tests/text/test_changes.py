"""Of which kind a change of wording is, on planted edits and on any texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.text.changes import KINDS, kinds_of_change

TITLE = "Bupati resmikan jembatan Sungai Tabalong"
TEXT = (
    "Bupati Hulu Sungai Tengah Aulia Oktafiandi meresmikan jembatan di Desa Pagat, Kamis (12/11).",
    "Jembatan sepanjang 45 meter itu menelan biaya Rp1.250.000.000 dari dana daerah.",
    "Pemerintah berharap jembatan memudahkan lima desa membawa hasil panen ke pasar.",
    "Kepala desa Rahmat Hidayat mengatakan warga sudah menunggu jembatan itu lama sekali.",
)

EDITS = [
    ("number", 1, "45 meter", "54 meter"),
    ("number", 1, "Rp1.250.000.000", "Rp1.520.000.000"),
    ("number", 2, "lima desa", "tujuh desa"),
    ("number", 0, "Kamis (12/11)", "Rabu (11/11)"),
    ("number", 2, "memudahkan lima desa", "memudahkan desa"),
    ("name", 3, "Rahmat Hidayat", "Rahmat Hidayatullah"),
    ("name", 3, "Rahmat Hidayat", "Rachmad Hidayat"),
    ("name", 0, "Aulia Oktafiandi", "Berry Nahdian"),
    ("name", 0, "Desa Pagat", "Desa Birayang"),
    ("typo", 2, "berharap", "berhrap"),
    ("typo", 2, "memudahkan", "memduahkan"),
    ("typo", 2, "Pemerintah", "Pemrintah"),
    ("typo", 3, "sekali.", "sekali"),
    ("typo", 3, "menunggu jembatan", "menunggujembatan"),
    ("typo", 1, "Rp1.250.000.000", "Rp 1.250.000.000"),
    ("typo", 2, "lima desa", "5 desa"),
    ("rewritten", 3, "sudah menunggu jembatan itu lama", "tidak sabar melihat semua itu"),
]


@pytest.mark.parametrize(("kind", "place", "old", "new"), EDITS)
@pytest.mark.parametrize("back", [False, True])
def test_a_change_of_a_few_words_is_of_one_kind(kind, place, old, new, back):
    assert old in TEXT[place]
    edited = [*TEXT[:place], TEXT[place].replace(old, new), *TEXT[place + 1 :]]
    sides = (edited, TEXT) if back else (TEXT, edited)
    assert kinds_of_change(TITLE, sides[0], TITLE, sides[1]) == (kind,)


def test_a_misspelled_name_is_another_name_unless_the_text_has_it_right_elsewhere():
    right = ["Warga Banjarmasin datang.", "Kapal itu tiba di Banjarmasin dengan selamat kemarin."]
    wrong = [right[0], right[1].replace("Banjarmasin", "Banjarmsin")]
    assert kinds_of_change(None, wrong, None, right) == ("typo",)
    assert kinds_of_change(None, wrong[1:], None, right[1:]) == ("name",)


def test_paragraphs_are_added_taken_out_moved_and_rewritten():
    more = "Acara itu dihadiri ratusan warga dari desa sekitar yang datang sejak pagi."
    for place in range(5):
        added = (*TEXT[:place], more, *TEXT[place:])
        assert kinds_of_change(TITLE, TEXT, TITLE, added) == ("paragraph-added",)
        assert kinds_of_change(TITLE, added, TITLE, TEXT) == ("paragraph-removed",)
    assert kinds_of_change(TITLE, TEXT, TITLE, (*TEXT[1:], TEXT[0])) == ("rewritten",)
    assert kinds_of_change(TITLE, TEXT, TITLE, (*TEXT[:3], more)) == ("rewritten",)
    assert kinds_of_change(TITLE, TEXT, TITLE, (more,)) == ("rewritten",)
    assert kinds_of_change(TITLE, TEXT[:1], TITLE, TEXT) == ("paragraph-added",)


def test_a_headline_is_told_apart_from_the_text_and_may_hold_a_figure():
    assert kinds_of_change(TITLE, TEXT, "Jembatan baru dibuka", TEXT) == ("headline",)
    assert kinds_of_change("Banjir rendam 5 desa", TEXT, "Banjir rendam 7 desa", TEXT) == (
        "headline",
        "number",
    )
    assert kinds_of_change(None, TEXT, TITLE, TEXT) == ("headline",)


@pytest.mark.parametrize(
    "notice",
    [
        "Ralat: panjang jembatan itu 54 meter, bukan 45 meter.",
        "Berita ini telah diralat pada paragraf kedua.",
        "Koreksi: nama kepala desa adalah Rahmat.",
        "(Pembetulan) Nama kepala desa adalah Rahmat.",
        "Redaksi ANTARA memohon maaf atas kekeliruan itu.",
    ],
)
def test_a_notice_is_a_correction_and_no_paragraph_added(notice):
    assert kinds_of_change(TITLE, TEXT, TITLE, (*TEXT, notice)) == ("correction",)
    assert kinds_of_change(TITLE, (*TEXT, notice), TITLE, TEXT) == ("paragraph-removed",)


def test_a_notice_in_the_headline_is_a_correction_and_a_market_s_correction_is_none():
    assert kinds_of_change(TITLE, TEXT, f"Ralat - {TITLE}", TEXT) == ("correction", "headline")
    market = "Harga karet mengalami koreksi pekan ini setelah naik sebulan penuh."
    assert kinds_of_change(TITLE, TEXT, TITLE, (*TEXT, market)) == ("paragraph-added",)


WORDS = st.sampled_from(
    ["Warga", "desa", "Rahmat", "5", "lima", "12.000", "banjir.", "ralat:", "-"]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), max_size=5)


@given(st.none() | st.just("Judul"), TEXTS, st.none() | st.just("Judul 5"), TEXTS)
def test_what_differs_has_a_kind_and_what_is_the_same_has_none(old_title, old, new_title, new):
    kinds = kinds_of_change(old_title, old, new_title, new)
    same = old_title == new_title and old == new
    assert bool(kinds) == (not same)
    assert list(kinds) == sorted(set(kinds), key=KINDS.index)
