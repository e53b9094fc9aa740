"""Whatever is typed is a query, and means what a person would expect."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.archive import Filters
from antara_crawler.archive.search.asking import MOST, Choice, Phrase
from antara_crawler.archive.search.query import LONGEST, parse

TEN_BILLION = {("10", "miliar"), ("10", "milyar"), ("rp", "10", "m")}


def phrases(text: str) -> list[Phrase]:
    """Return the phrases that a query asks for, the first of each choice."""
    return [choice.phrases[0] for choice in parse(text).choices if choice.phrases]


def test_words_are_asked_for_by_their_roots_and_as_written() -> None:
    assert parse("kebanjiran desa").words == (("banjir", "kebanjiran"), ("desa",))


def test_articles_are_found_by_roots_alone() -> None:
    assert parse("kebanjiran OR rob desa").roots == (("banjir", "rob"), ("desa",))


def test_forms_of_one_root_are_one_word() -> None:
    assert parse("tani petani TANI").words == (("tani", "petani"),)


def test_function_words_are_asked_for_only_where_there_is_nothing_else() -> None:
    assert parse("banjir di pasar").words == (("banjir",), ("pasar",))
    assert parse("di antara").words == (("di",), ("antara",))
    assert phrases('"di antara" kota') == [("di", "antara")]
    assert parse('"di antara" kota').words == (("kota",),)


def test_a_phrase_is_what_stands_in_quotes_of_any_kind() -> None:
    for text in ('"air bah"', "“air bah”", '"air bah', "„air bah“", "«air bah»"):
        assert phrases(text) == [("air", "bah")]


def test_words_written_together_are_a_phrase_and_a_doubled_word_is_one_word() -> None:
    assert phrases("COVID-19") == [("covid", "19")]
    assert parse("anak-anak").words == (("anak",),)
    assert phrases("oleh-oleh") == [("oleh", "oleh")]
    assert phrases("2-2") == [("2", "2")]
    assert parse("di-vaksin").words == parse("divaksin").words
    assert phrases("di-PHK") == [("di", "phk")]
    assert parse("banjir,longsor").words == (("banjir",), ("longsor",))


def test_a_minus_excludes() -> None:
    query = parse('banjir -rob -"air laut" -section:Olahraga')
    assert query.words == (("banjir",),)
    assert query.excluded == Choice(("rob",), (("air", "laut"),))
    assert query.excluded_filters == (("section", Filters(section="Olahraga")),)


def test_a_minus_before_a_number_excludes_its_unit_with_it() -> None:
    for text in (
        "banjir -10 miliar",
        "banjir -Rp 10 miliar",
        "banjir –Rp10 milyar",
        "banjir −10 miliar",
    ):
        query = parse(text)
        assert query.words == (("banjir",),), text
        assert set(query.excluded.phrases) == TEN_BILLION, text
        assert query.excluded.words == ("10000000000",), text
    query = parse("banjir 10 -miliar")
    assert (query.words[1], query.excluded.words) == (("10",), ("miliar",))


def test_a_minus_within_a_word_or_alone_excludes_nothing() -> None:
    query = parse("banjir - rob kota-desa -")
    assert query.excluded == Choice()
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
        ('"30 September 2024"', date(2024, 9, 30), date(2024, 9, 30)),
        ('"Mei 2024"', date(2024, 5, 1), date(2024, 5, 31)),
        ("1-okt-2024", date(2024, 10, 1), date(2024, 10, 1)),
        ("02/2020", date(2020, 2, 1), date(2020, 2, 29)),
    ],
)
def test_a_date_may_be_a_year_a_month_or_a_day(text: str, first: date, last: date) -> None:
    assert parse(f"since:{text}").filters == (("since", Filters(since=first)),)
    assert parse(f"until:{text}").filters == (("until", Filters(until=last)),)


@pytest.mark.parametrize(
    "text",
    ["kemarin", "2024-13", "0000", '"31 Mei"', "mei", "13/2024", "2024-02-30", "٢٠٢٤", "99999"],
)
def test_a_date_that_is_none_is_searched_as_words(text: str) -> None:
    query = parse(f"since:{text}")
    assert query.filters == ()
    assert query.understood.startswith("since ")


def test_operators_of_other_searches_are_words_or_nothing() -> None:
    query = parse("(banjir AND NEAR(rob)) ^longsor title:x *air or")
    found = [group[-1] for group in query.words]
    assert found == ["banjir", "near", "rob", "longsor", "title", "x", "air"]
    assert query.filters == ()


@pytest.mark.parametrize("either", ["OR", "ATAU", "|"])
def test_either_of_two_words_is_enough(either: str) -> None:
    query = parse(f"kebanjiran {either} longsor barabai")
    assert query.words == (("banjir", "longsor", "kebanjiran"), ("barabai",))
    assert query.choices == ()
    assert query.understood == "kebanjiran OR longsor barabai"


def test_words_phrases_and_beginnings_may_be_alternatives() -> None:
    query = parse('"air bah" OR rob')
    assert query.choices == (Choice(("rob",), (("air", "bah"),)),)
    assert query.words == (("rob", "air"), ("rob", "bah"))
    query = parse("rob OR banj* OR banjar")
    assert query.choices == (Choice(("rob", "banjar"), (), ("banj",)),)
    assert query.words == ()


def test_what_is_rightly_two_words_is_also_asked_for_as_two() -> None:
    assert parse("Walikota baru").understood == 'walikota OR "wali kota" baru'
    assert parse("emas -batubara").understood == 'emas -batubara -"batu bara"'
    for text in ('"walikota"', "walikota*", "tag:walikota", "eks-walikota", "walikotamadya"):
        assert ("wali", "kota") not in phrases(text), text


def test_what_is_rightly_two_words_is_also_asked_for_as_one() -> None:
    assert parse("harga Batu  Bara").words == (
        ("harga",),
        ("batu", "batubara"),
        ("bara", "batubara"),
    )
    assert parse("emas OR batu bara").understood == 'emas OR batubara OR "batu bara"'
    assert parse("batu bara OR emas").understood == 'batubara OR emas OR "batu bara"'
    for text in ('"batu bara"', "-batu bara", "batu bara*", "tag:batu bara"):
        assert "batubara" not in parse(text).understood, text


def test_a_word_said_again_in_each_alternative_is_asked_for_once() -> None:
    query = parse("banjir Banjarbaru OR banjir Tapin ATAU Banjir Kotabaru bupati")
    assert query.understood == "banjir banjarbaru OR tapin OR kotabaru bupati"
    assert parse("pemilu 2019 OR pemilu 2024").understood == "pemilu 2019 OR 2024"
    assert parse("SMAN 1 OR SMAN 7 juara").understood == '"sman 1" OR "sman 7" juara'
    for text in ("-sman 1 OR sman 7", '"sman 1" OR "sman 7"', "sman 1 OR smpn 7"):
        assert parse(text).understood.count("sman") == text.count("sman"), text


def test_a_percent_sign_is_read_as_its_word() -> None:
    assert parse("2,5%").understood == parse("2,5 persen").understood == '"2,5 persen"'


def test_a_bar_is_or_also_without_spaces_and_nothing_in_quotes() -> None:
    assert parse("banjir|longsor").words == parse("banjir OR longsor").words
    assert phrases('"banjir | longsor"') == [("banjir", "longsor")]
    assert parse('tag:"a | b"').filters == (("tag", Filters(tag="a | b")),)


def test_or_that_joins_nothing_is_nothing() -> None:
    assert parse("OR banjir OR").words == (("banjir",),)
    assert parse("banjir OR section:x rob").words == (("banjir",), ("rob",))
    assert parse("banjir OR -rob").excluded == Choice(("rob",))


def test_or_between_filters_is_no_word() -> None:
    query = parse("portal:kalsel OR portal:jatim ATAU -banjir OR rob")
    assert query.words == (("rob",),)
    assert query.understood == "rob -banjir portal:kalsel portal:jatim"


def test_a_number_with_its_unit_is_an_alternative_on_either_side() -> None:
    for text in (
        "rob OR Rp 10 miliar banjir",
        "10 miliar OR rob banjir",
        "rob OR 10 miliar banjir",
    ):
        assert parse(text).understood == 'rob OR "10 miliar" banjir'


def test_phrases_that_are_alternatives_are_all_said_and_kept_apart_from_others() -> None:
    query = parse('"air bah" OR "air laut" "air bah" OR rob')
    assert query.understood == '"air bah" OR "air laut" rob OR "air bah"'
    assert len(query.choices) == 2
    query = parse('"air bah" OR "air laut" "air bah" OR "air pasang"')
    assert len(query.choices) == 2


def test_a_star_asks_for_all_words_that_begin_so() -> None:
    query = parse("Banjar* -kota*")
    assert query.choices == (Choice(prefixes=("banjar",)),)
    assert query.excluded == Choice(prefixes=("kota",))
    assert query.prefixes == ("banjar",)
    assert query.understood == "banjar* -kota*"
    assert parse("ba*").words == (("ba",),)


@pytest.mark.parametrize(
    "text", ["10 miliar", "Rp10 miliar", "Rp 10 miliar", "rp. 10 milyar", "10 milyar"]
)
def test_a_number_and_its_unit_are_a_phrase_whatever_the_currency(text: str) -> None:
    query = parse(text)
    number, unit = map(set, query.words)
    assert (number, unit) == ({"10", "10000000000"}, {"miliar", "milyar", "m", "10000000000"})
    assert set(query.choices[0].phrases) == TEN_BILLION
    assert query.choices[0].words == ("10000000000",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2.512", ("2512",)),
        ("2512", ("2512",)),
        ("Rp10.001", ("10001",)),
        ("10,001", ("10001",)),
        ("Rp10.001,00", ("10001",)),
        ("1,2", ("1koma2",)),
        ("ektp", ("ektp",)),
        ("e-KTP", ("ektp",)),
    ],
)
def test_one_number_or_word_is_one_however_it_is_written(text: str, words: Phrase) -> None:
    assert parse(text).words == (words,)
    assert parse(text).choices == ()


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("covid19", ("covid", "19")),
        ("B50", ("b", "50")),
        ("5G", ("5", "g")),
        ("ke-2", ("ke", "2")),
        ("17/8", ("17", "8")),
        ("17.8.24", ("17", "8", "24")),
    ],
)
def test_letters_and_figures_that_stand_together_are_a_phrase(text: str, phrase: Phrase) -> None:
    assert phrases(text) == [phrase]


@pytest.mark.parametrize("text", ["5.472 ha", "5472ha", "5472 hektar", "5.472 hektare"])
def test_a_unit_is_one_however_it_is_written(text: str) -> None:
    [choice] = parse(text).choices
    assert set(choice.phrases) == {("5472", unit) for unit in ("ha", "hektar", "hektare")}


def test_a_number_is_said_as_it_is_written() -> None:
    assert parse("Rp1,2 triliun").understood == '"1,2 triliun"'


def test_what_was_understood_is_said() -> None:
    assert parse('Banjir  -Rob "Air Bah" tag:x').understood == 'banjir "air bah" -rob tag:x'


def test_no_text_asks_for_everything_and_no_word_for_nothing() -> None:
    assert not parse("  ").nothing
    assert parse("🙂 !?").nothing
    assert parse('"').nothing


def test_long_queries_are_bounded() -> None:
    query = parse(" ".join(f"kata{number}" for number in range(5000)))
    assert len(query.words) <= 2 * MOST
    assert parse("x" * LONGEST + " banjir").words == parse("x" * LONGEST).words
    assert parse("banjir " * LONGEST).words == (("banjir",),)
    assert len(phrases('"' + "kata " * 500 + '"')[0]) == MOST


@given(st.text(max_size=400))
def test_any_text_is_a_query(text: str) -> None:
    query = parse(text)
    assert all(word.isalnum() for group in query.words for word in group)
    assert query.understood or query.nothing or not text.strip()
