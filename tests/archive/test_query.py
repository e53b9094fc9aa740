"""Whatever is typed is a query, and means what a person would expect."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.archive import Filters
from antara_crawler.archive.query import LONGEST, MOST, parse


def test_words_are_asked_for_by_their_roots_and_as_written() -> None:
    assert parse("kebanjiran desa").words == (("banjir", "kebanjiran"), ("desa",))


def test_forms_of_one_root_are_one_word() -> None:
    assert parse("tani petani TANI").words == (("tani", "petani"),)


def test_function_words_are_asked_for_only_where_there_is_nothing_else() -> None:
    assert parse("banjir di pasar").words == (("banjir",), ("pasar",))
    assert parse("di antara").words == (("di",), ("antara",))
    assert parse('"di antara" kota').phrases == (("di", "antara"),)
    assert parse('"di antara" kota').words == (("kota",),)


def test_a_phrase_is_what_stands_in_quotes_of_any_kind() -> None:
    for text in ('"air bah"', "“air bah”", '"air bah', "„air bah“", "«air bah»"):
        assert parse(text).phrases == (("air", "bah"),)


def test_words_written_together_are_a_phrase_and_a_doubled_word_is_one_word() -> None:
    assert parse("COVID-19").phrases == (("covid", "19"),)
    assert parse("2.500").phrases == (("2", "500"),)
    assert parse("anak-anak").words == (("anak",),)
    assert parse("oleh-oleh").phrases == (("oleh", "oleh"),)
    assert parse("banjir,longsor").words == (("banjir",), ("longsor",))


def test_a_minus_excludes() -> None:
    query = parse('banjir -rob -"air laut" -section:Olahraga')
    assert query.words == (("banjir",),)
    assert query.excluded == ("rob",)
    assert query.excluded_phrases == (("air", "laut"),)
    assert query.excluded_filters == (("section", Filters(section="Olahraga")),)


def test_a_minus_within_a_word_or_alone_excludes_nothing() -> None:
    query = parse("banjir - rob kota-desa -")
    assert query.excluded == ()
    assert query.words[:2] == (("banjir",), ("rob",))


def test_filters_work_inside_the_query_quoted_or_not() -> None:
    query = parse('author:"Siti Rahmah" SECTION: Banjar tag:banjir portal:KALSEL')
    assert query.words == ()
    assert query.filters == (
        ("author", Filters(author="Siti Rahmah")),
        ("section", Filters(section="Banjar")),
        ("tag", Filters(tag="banjir")),
        ("portal", Filters(portal="kalsel")),
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2024-9-3", date(2024, 9, 3), date(2024, 9, 3)),
        ("30-09-2024", date(2024, 9, 30), date(2024, 9, 30)),
        ("30/9/2024", date(2024, 9, 30), date(2024, 9, 30)),
    ],
)
def test_a_date_may_be_a_year_a_month_or_a_day(text: str, first: date, last: date) -> None:
    assert parse(f"since:{text}").filters == (("since", Filters(since=first)),)
    assert parse(f"until:{text}").filters == (("until", Filters(until=last)),)


@pytest.mark.parametrize("text", ["kemarin", "2024-13", "0000", "2024-02-30", "٢٠٢٤", "99999"])
def test_a_date_that_is_none_is_searched_as_words(text: str) -> None:
    query = parse(f"since:{text}")
    assert query.filters == ()
    assert query.understood.startswith("since ")


def test_operators_of_other_searches_are_words_or_nothing() -> None:
    query = parse("(banjir* OR NEAR(rob)) ^longsor title:x")
    assert [group[-1] for group in query.words] == [
        "banjir",
        "near",
        "rob",
        "longsor",
        "title",
        "x",
    ]
    assert query.filters == ()


def test_what_was_understood_is_said() -> None:
    assert parse('Banjir  -Rob "Air Bah" tag:x').understood == 'banjir -rob "air bah" tag:x'


def test_no_text_asks_for_everything_and_no_word_for_nothing() -> None:
    assert not parse("  ").nothing
    assert parse("🙂 !?").nothing
    assert parse('"').nothing


def test_long_queries_are_bounded() -> None:
    query = parse(" ".join(f"kata{number}" for number in range(5000)))
    assert len(query.words) <= 2 * MOST
    assert parse("x" * LONGEST + " banjir").words == parse("x" * LONGEST).words
    assert len(parse('"' + "kata " * 500 + '"').phrases[0]) == MOST


@given(st.text(max_size=400))
def test_any_text_is_a_query(text: str) -> None:
    query = parse(text)
    assert all(word.isalnum() for group in query.words for word in group)
    assert query.understood or query.nothing or not text.strip()
