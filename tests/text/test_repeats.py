"""Which paragraphs are taken out as repeated, by example."""

import pytest

from antara_crawler.items import Removed
from antara_crawler.text import DIVIDED, JOINED, REPEATED, REPEATED_IN_RUN, without_repeats

DATELINE = "Barabai (ANTARA) - "
LEAD = "Warga tiga desa di lereng bukit gotong royong menanam bambu."
SECOND = "“Akar bambu menahan tanah di tepi sungai,” ujar Pambakal Rusmadi."
THIRD = "Sebanyak 1.200 bibit ditanam sejak pukul tujuh pagi hingga siang."
FOURTH = "Kegiatan itu akan diulang setiap awal musim hujan, kata dia."
REFRAIN = "Sah!"
ANSWER = "Alhamdulillah, sah!"


def test_everything_after_the_lead_stands_twice():
    body = [LEAD, SECOND, THIRD, FOURTH]
    kept, removed = without_repeats(body + body[1:])
    assert list(kept) == body
    assert removed == (
        Removed(4, 1, SECOND, REPEATED),
        Removed(5, 2, THIRD, REPEATED),
        Removed(6, 3, FOURTH, REPEATED),
    )


@pytest.mark.parametrize(
    "lead",
    [LEAD, DATELINE + LEAD, "BARABAI (Antara) – " + LEAD, f"Barabai - {LEAD}", f"ANTARA - {LEAD}"],
)
def test_the_lead_is_known_again_with_and_without_its_dateline(lead):
    kept, removed = without_repeats([LEAD, SECOND, lead], DATELINE)
    assert kept == (LEAD, SECOND)
    assert removed == (Removed(2, 0, lead, REPEATED),)


def test_a_pull_quote_before_the_lead_does_not_hide_it():
    quote, again = "“Bambu itu murah dan akarnya kuat,” kata seorang warga.", DATELINE + LEAD
    kept, removed = without_repeats([quote, LEAD, SECOND, quote, again], DATELINE)
    assert kept == (quote, LEAD, SECOND)
    assert [(each.position, each.repeats) for each in removed] == [(3, 0), (4, 1)]


def test_a_dateline_makes_no_two_different_paragraphs_the_same():
    other = DATELINE + FOURTH
    assert without_repeats([LEAD, other], DATELINE) == ((LEAD, other), ())


@pytest.mark.parametrize(
    "again",
    ["Barabai, Kalimantan Selatan (ANTARA) – ", "Barabai (Antara Kalsel) - ", "(ANTARA): ", ""],
)
@pytest.mark.parametrize("own", [DATELINE, None])
def test_the_lead_behind_another_form_of_its_dateline_is_a_repeat(again, own):
    kept, removed = without_repeats([LEAD, SECOND, again + LEAD], own)
    assert kept == (LEAD, SECOND)
    assert [(each.position, each.repeats) for each in removed] == [(2, 0)]


def test_near_equal_paragraphs_both_stay():
    page = [THIRD, THIRD.replace("1.200", "1.201"), THIRD.replace("siang", "sore"), THIRD[:-1]]
    assert without_repeats(page) == (tuple(page), ())


@pytest.mark.parametrize(
    ("text", "goes"),
    [("satu dua tiga empat lima enam", True), ("satu dua tiga empat lima", False)],
)
def test_six_words_are_no_refrain(text, goes):
    _, removed = without_repeats([text, LEAD, text])
    assert bool(removed) is goes


def test_refrains_stay():
    page = [LEAD, REFRAIN, SECOND, REFRAIN, REFRAIN, THIRD, ANSWER, REFRAIN]
    assert without_repeats(page) == (tuple(page), ())


def test_a_run_of_short_lines_alone_stays():
    page = [REFRAIN, ANSWER, LEAD, "Jeda", REFRAIN, ANSWER]
    assert without_repeats(page) == (tuple(page), ())


def test_a_refrain_goes_with_the_run_that_it_stands_in():
    page = [LEAD, REFRAIN, ANSWER, SECOND, REFRAIN, THIRD]
    kept, removed = without_repeats([*page, *page])
    assert list(kept) == page
    assert [(each.position, each.repeats, each.reason) for each in removed] == [
        (6, 0, REPEATED),
        (7, 1, REPEATED_IN_RUN),
        (8, 2, REPEATED_IN_RUN),
        (9, 3, REPEATED),
        (10, 4, REPEATED_IN_RUN),
        (11, 5, REPEATED),
    ]


def test_a_run_that_begins_with_its_short_line_goes_whole():
    kept, removed = without_repeats([REFRAIN, LEAD, SECOND, REFRAIN, LEAD])
    assert kept == (REFRAIN, LEAD, SECOND)
    assert [(each.position, each.repeats) for each in removed] == [(3, 0), (4, 1)]


def test_a_short_line_behind_another_paragraph_than_before_stays():
    kept, removed = without_repeats([LEAD, REFRAIN, SECOND, LEAD, ANSWER, REFRAIN])
    assert kept == (LEAD, REFRAIN, SECOND, ANSWER, REFRAIN)
    assert [each.position for each in removed] == [3]


def test_a_line_never_repeats_itself():
    page = [LEAD, REFRAIN, REFRAIN, REFRAIN, REFRAIN]
    assert without_repeats(page) == (tuple(page), ())


@pytest.mark.parametrize("glue", [" ", ""])
def test_paragraphs_joined_into_one_go(glue):
    joined = glue.join((SECOND, THIRD, FOURTH))
    kept, removed = without_repeats([LEAD, SECOND, THIRD, FOURTH, joined])
    assert kept == (LEAD, SECOND, THIRD, FOURTH)
    assert removed == (Removed(4, 1, joined, JOINED),)


def test_a_whole_body_joined_behind_its_dateline_goes():
    joined = DATELINE + " ".join((LEAD, SECOND))
    kept, removed = without_repeats([LEAD, SECOND, joined], DATELINE)
    assert kept == (LEAD, SECOND)
    assert removed == (Removed(2, 0, joined, JOINED),)


def test_short_lines_joined_into_a_long_one_go():
    row = ["Satu untuk", "dua untuk", "tiga, ya"]
    assert without_repeats([LEAD, *row, " ".join(row)])[1] == (
        Removed(4, 1, " ".join(row), JOINED),
    )
    tiny = ["a b", "c d", "e f"]
    assert without_repeats([*tiny, "a b c d e f"])[0] == tuple(tiny)


@pytest.mark.parametrize(
    "text",
    [
        f"{SECOND} {FOURTH}",
        f"{THIRD} {SECOND}",
        f"{SECOND} {THIRD} Selesai",
        f"{SECOND} {THIRD[:-1]}",
        f"{SECOND}  {THIRD}".replace("tepi sungai", "tepisungai"),
        f"{SECOND[1:]} {THIRD}",
    ],
)
def test_what_is_not_exactly_consecutive_earlier_ones_joined_stays(text):
    page = [LEAD, SECOND, THIRD, FOURTH, text]
    assert without_repeats(page) == (tuple(page), ())


@pytest.mark.parametrize(
    ("again", "reasons"),
    [
        ((SECOND, THIRD), [DIVIDED, DIVIDED]),
        ((SECOND[:30], SECOND[30:], THIRD), [DIVIDED] * 3),
        ((DATELINE + SECOND, THIRD), [DIVIDED, DIVIDED]),
        ((SECOND, f"{THIRD} {FOURTH}"), [DIVIDED, JOINED]),
        ((f"{SECOND} {THIRD} {FOURTH}", REFRAIN), [JOINED, REPEATED_IN_RUN]),
    ],
)
def test_a_text_divided_otherwise_than_before_goes(again, reasons):
    page = [f"{SECOND} {THIRD}", FOURTH, REFRAIN, LEAD]
    kept, removed = without_repeats([*page, *again], DATELINE)
    assert kept == tuple(page)
    assert [each.reason for each in removed] == reasons


@pytest.mark.parametrize(
    "again",
    [
        (SECOND,),
        (THIRD, SECOND),
        (SECOND, FOURTH, THIRD),
        (SECOND, THIRD.replace("1.200", "1.300")),
        (SECOND, THIRD[:-1]),
        ("Ayun, ayun,", "jukungku kecil!"),
    ],
)
def test_parts_that_are_not_the_whole_of_it_or_hold_no_six_words_stay(again):
    page = [f"{SECOND} {THIRD}", "Ayun, ayun, jukungku kecil!", *again]
    assert without_repeats(page) == (tuple(page), ())


def test_paragraphs_are_consecutive_when_only_a_removed_one_stood_between():
    kept, removed = without_repeats([LEAD, SECOND, LEAD, THIRD, f"{SECOND} {THIRD}"])
    assert kept == (LEAD, SECOND, THIRD)
    assert [(each.position, each.repeats) for each in removed] == [(2, 0), (4, 1)]


def test_paragraphs_consecutive_on_the_page_are_so_although_one_is_removed():
    kept, removed = without_repeats([LEAD, SECOND, LEAD, THIRD, f"{LEAD} {THIRD}"])
    assert kept == (LEAD, SECOND, THIRD)
    assert [(each.position, each.repeats) for each in removed] == [(2, 0), (4, 0)]


def test_paragraphs_are_consecutive_when_only_a_joined_one_stood_between():
    page = [LEAD, SECOND, f"{LEAD} {SECOND}", THIRD, f"{SECOND} {THIRD}"]
    kept, removed = without_repeats(page)
    assert kept == (LEAD, SECOND, THIRD)
    assert [(each.position, each.repeats) for each in removed] == [(2, 0), (4, 1)]


def test_what_repeats_a_removed_one_names_the_one_that_was_kept():
    page = [REFRAIN, SECOND, LEAD, REFRAIN, SECOND, LEAD, REFRAIN]
    kept, removed = without_repeats(page)
    assert kept == (REFRAIN, SECOND, LEAD)
    assert [(each.position, each.repeats) for each in removed] == [(3, 0), (4, 1), (5, 2), (6, 0)]


def test_what_joins_a_joined_one_names_the_first_that_was_kept():
    page = [THIRD, LEAD, SECOND, f"{LEAD} {SECOND}", LEAD, f"{LEAD} {SECOND} {LEAD}"]
    kept, removed = without_repeats(page)
    assert kept == (THIRD, LEAD, SECOND)
    assert [(each.position, each.repeats) for each in removed] == [(3, 1), (4, 1), (5, 1)]


def test_an_empty_paragraph_is_no_part_of_a_joined_one():
    _, removed = without_repeats([LEAD, "", SECOND, THIRD, f"{SECOND} {THIRD}"])
    assert [(each.position, each.repeats) for each in removed] == [(4, 2)]


def test_hundreds_of_thousands_of_short_lines_end_and_stay():
    page = [LEAD, *[REFRAIN, ANSWER] * 100_000, "Sah! " * 1000]
    kept, removed = without_repeats(page)
    assert len(kept) == len(page)
    assert removed == ()


def test_what_a_reading_in_no_hurry_would_take_days_for_ends():
    rows = [f"{SECOND[:40]} nomor {number}" for number in range(20_000)]
    waves = ["a b c d e f", "a b", "c d e f a b c d e f"] * 5000
    for page in ([*rows, " ".join(rows)], [" ".join(rows), *rows], waves):
        kept, removed = without_repeats(page)
        assert len(kept) + len(removed) == len(page)
        assert removed


def test_nothing_comes_of_nothing():
    assert without_repeats([]) == ((), ())
