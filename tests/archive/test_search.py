"""Searching finds the same articles in the same order on both databases."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from antara_crawler.archive import Archive, Filters, Writer
from antara_crawler.archive.search import in_database
from antara_crawler.items import Article, Picture
from tests.archive.samples import WITA, start_run
from tests.archive.samples import article as full_article
from tests.bench.corpus import Vocabulary, articles

BARE = {"dateline": None, "tags": (), "images": (), "captures": ()}


def story(number: int, title: str, text: str = "", **more: object) -> Article:
    """A short article, one a day, that says nothing but this."""
    at = datetime(2024, 1, 1, 9, 0, tzinfo=WITA) + timedelta(days=number)
    made = full_article(number, title=title, paragraphs=(text or "Tanpa isi.",), published_at=at)
    return replace(made, seen_at=at.astimezone(UTC), **(BARE | more))


def write(archive: Archive, stories: Iterable[Article]) -> None:
    Writer(archive, "test 1").write(list(stories), start_run(archive))


def numbers(archive: Archive, query: str, **more: object) -> list[int | None]:
    return [hit.article_id for hit in archive.search(query, **more).hits]  # type: ignore[arg-type]


@pytest.fixture
def filled(archive: Archive) -> Archive:
    write(
        archive,
        [
            story(1, "Jembatan bambu putus", "Warga menunggu perahu.", section="Banjar"),
            story(2, "Perahu baru", "Jembatan lama putus, jembatan baru belum ada."),
            story(3, "Harga karet", "Penyadap di dekat jembatan mengeluh.", tags=("Karet",)),
            story(4, "Rapat", "Sekali lagi jembatan.", section="BANJAR", reporters=("Rina S",)),
            story(5, "Tanpa tanggal", "Jembatan.", published_at=None, section=None),
            story(
                6, "Foto", images=(Picture(None, "Jembatan saat senja", None),), dateline="Rantau"
            ),
        ],
    )
    return archive


def test_a_word_of_the_title_counts_most(filled: Archive) -> None:
    assert numbers(filled, "jembatan")[0] == 1
    assert numbers(filled, "perahu") == [2, 1]


def test_a_word_as_it_was_typed_counts_more_than_another_form_of_it(archive: Archive) -> None:
    texts = ["Kebanjiran pesanan", "Banjir lagi", "Penyair Kebanjiran", "Pasar kebanjiran"]
    write(archive, [story(number, title) for number, title in enumerate(texts, 1)])
    assert numbers(archive, "banjir")[0] == 2
    assert numbers(archive, "kebanjiran")[-1] == 2
    assert numbers(archive, "kebanjiran", distinct=True) == numbers(archive, "kebanjiran")


def test_all_words_must_be_there(filled: Archive) -> None:
    assert numbers(filled, "jembatan perahu") == [2, 1]
    assert numbers(filled, "jembatan kereta") == []


def test_captions_tags_and_the_town_are_searched_too(filled: Archive) -> None:
    assert numbers(filled, "senja") == [6]
    assert numbers(filled, "rantau") == [6]
    assert numbers(filled, "karet mengeluh") == [3]


def test_results_by_date_put_those_without_one_last(filled: Archive) -> None:
    assert numbers(filled, "jembatan", order="date") == [6, 4, 3, 2, 1, 5]
    assert numbers(filled, "jembatan", order="oldest") == [1, 2, 3, 4, 6, 5]
    assert numbers(filled, "", order="relevance") == [6, 4, 3, 2, 1, 5]


def test_phrases_stand_together_and_in_one_paragraph(archive: Archive) -> None:
    write(
        archive,
        [
            story(1, "Satu", "Air bah datang."),
            story(2, "Dua", "Bah, air!"),
            replace(story(3, "Tiga"), paragraphs=("Tentang air", "bah dan lain-lain")),
            story(4, "Air", "bah"),
            story(5, "Lima", "Pengairan bah."),
        ],
    )
    assert numbers(archive, '"air bah"') == [1]
    assert numbers(archive, 'air -"air bah"', order="oldest") == [2, 3, 4, 5]


def test_a_minus_excludes_all_forms_of_a_word(filled: Archive) -> None:
    assert numbers(filled, "jembatan -keluhan -bambu", order="oldest") == [2, 4, 6, 5]
    assert numbers(filled, "-jembatan") == []
    assert numbers(filled, '-"jembatan baru" -perahu', order="oldest") == [3, 4, 6, 5]


def test_filters_narrow_and_alternatives_of_one_key_widen(filled: Archive) -> None:
    assert numbers(filled, "jembatan section:banjar", order="oldest") == [1, 4]
    assert numbers(filled, "section:banjar tag:karet") == []
    assert numbers(filled, 'author:"rina s" author:nobody') == [4]
    assert numbers(filled, "jembatan -section:banjar", order="oldest") == [2, 3, 6, 5]
    assert numbers(filled, "since:2024-01-04 until:2024-01-05", order="oldest") == [3, 4]
    assert numbers(filled, "portal:jatim jembatan") == []


def test_filters_of_the_caller_and_of_the_query_work_together(filled: Archive) -> None:
    wanted = Filters(section="Banjar", since=date(2024, 1, 3))
    assert numbers(filled, "jembatan", filters=wanted) == [4]
    assert numbers(filled, "bambu", filters=wanted) == []


def test_all_that_fit_are_counted_by_section_and_year(filled: Archive) -> None:
    results = filled.search("jembatan", limit=2)
    assert results.total == 6
    assert len(results.hits) == 2
    assert dict(results.by_section) == {"Hulu Sungai Tengah": 3, "BANJAR": 2, None: 1}
    assert results.by_year == ((2024, 5), (None, 1))
    without = filled.search("jembatan", facets=False)
    assert (without.total, without.by_section, without.by_year) == (6, (), ())


def test_pages_of_results_are_parts_of_one_list(filled: Archive) -> None:
    whole = numbers(filled, "jembatan")
    parts = [numbers(filled, "jembatan", limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [number for part in parts for number in part] == whole
    assert numbers(filled, "jembatan", limit=-1, offset=-5) == []
    assert numbers(filled, "jembatan", offset=10**30) == []


def test_a_hit_tells_what_a_list_shows(filled: Archive) -> None:
    [hit] = filled.search("mengeluh").hits
    assert (hit.portal, hit.kind, hit.article_id, hit.title) == (
        "kalsel",
        "berita",
        3,
        "Harga karet",
    )
    assert hit.published_at == datetime(2024, 1, 4, 9, 0, tzinfo=WITA)
    assert hit.published_at.isoformat().endswith("+08:00")
    assert hit.reporters == ("Siti Rahmah", "Budi")
    assert [piece.text for piece in hit.snippet if piece.hit] == ["mengeluh"]


def beside(archive: Archive, query: str, **more: object) -> list[tuple[str, str]]:
    [hit] = archive.search(query, **more).hits  # type: ignore[arg-type]
    assert all(any(piece.hit for piece in also.text) for also in hit.beside)
    return [(also.place, "".join(piece.text for piece in also.text)) for also in hit.beside]


def test_a_hit_says_where_a_word_stands_that_the_text_does_not_have(filled: Archive) -> None:
    assert beside(filled, "senja") == [("caption", "Jembatan saat senja")]
    assert beside(filled, "rantau foto") == [("dateline", "Rantau")]
    assert beside(filled, "rant* jembatan") == [
        ("dateline", "Rantau"),
        ("caption", "Jembatan saat senja"),
    ]
    assert beside(filled, "penyadap") == []


def test_a_hit_says_which_tag_and_editor_the_filters_found(filled: Archive) -> None:
    assert beside(filled, "tag:KARET") == [("tag", "Karet")]
    assert beside(filled, "bambu", filters=Filters(author="hasan z")) == [("editor", "Hasan Z")]
    assert beside(filled, 'author:"rina s"') == []


MEANT = [
    ("jembatn", "jembatan"),
    ("jmebatan perahu", "jembatan perahu"),
    ("jembatann OR rakitt kereta", "jembatan OR rakitt"),
    ("jebatanku", "jembatanku"),
    ('"jembatan banbu"', '"jembatan bambu"'),
    ("zzzzzz", ""),
    ("jembatan kereta", "jembatan"),
    ("karet perahu", ""),
    ("cara membangun jembatan bambu", "jembatan bambu"),
    ("jembatan kind:foto", "jembatan"),
    ("jembatan sekson:banjar perahu", "jembatan section:banjar perahu"),
    ("jembatanbambu", '"jembatan bambu"'),
    ("jem batan perahu", "jembatan perahu"),
    ("jembatan 2024", 'jembatan date:"2024"'),
    ("jembatan januari 2024", 'jembatan date:"januari 2024"'),
    ("jembatan 2/1/2024", 'jembatan date:"2 januari 2024"'),
    ("lamar jembatan", "jembatan"),  # a word itself, though near another
    ("lamar", "lama"),
    ("jembatan2 baru", "jembatan baru"),
    ("jembatan author:Rina S", 'jembatan author:"rina s"'),
    ("kereta Rina S jembatan", "jembatan"),
    ("lagi rina s", 'lagi author:"rina s"'),
    ('"jembatan lamar"', ""),
    ('section:"Kabupaten Banjar"', 'section:"banjar"'),
    ("bambu section:banjr", 'bambu section:"banjar"'),
    ("author:hasan", 'author:"hasan z"'),
    ("hasan z", 'author:"hasan z"'),
    ("author:HasanZ", 'author:"hasan z"'),
    ("author:hassan", 'author:"hasan z"'),
]


def test_where_nothing_fits_the_nearest_word_or_name_is_offered(filled: Archive) -> None:
    for query, meant in MEANT:
        results = filled.search(query)
        assert results.total == 0, query
        assert results.suggestion.casefold() == meant.casefold(), query


def test_what_is_found_needs_no_other_query_and_a_feed_asks_for_none(filled: Archive) -> None:
    assert filled.search("jembatan").suggestion == ""
    assert filled.search("hasan z").suggestion
    assert filled.search("hasan z", suggest=False).suggestion == ""


def test_signs_and_compounds_are_found_as_readers_write_them(archive: Archive) -> None:
    write(
        archive,
        [
            story(1, "Satu", "Harga batubara naik 15% sebulan."),
            story(2, "Dua", "Tambang batu bara turun 15 persen."),
            story(3, "Tiga", "SMAN 1 dan SMPN 7 menang."),
            story(4, "Empat", "SMAN 7 kalah dari 15 sekolah."),
        ],
    )
    for query in ("15%", "15 persen", "15 %", "batu bara", "batubara", "batu bara 15%"):
        assert sorted(filter(None, numbers(archive, query))) == [1, 2], query
    assert sorted(filter(None, numbers(archive, "sman 7 OR sman 3"))) == [4]
    [hit] = archive.search("15 persen sebulan").hits
    assert [piece.text for piece in hit.snippet if piece.hit] == ["15", "%", "sebulan"]


def test_an_exact_form_comes_before_other_forms(archive: Archive) -> None:
    write(
        archive,
        [
            story(1, "A", "Warga kebanjiran."),
            story(2, "B", "Soal banjir."),
            story(3, "C", "Dibanjiri."),
        ],
    )
    assert numbers(archive, "kebanjiran")[0] == 1
    assert sorted(filter(None, numbers(archive, "kebanjiran"))) == [1, 2, 3]


def test_of_very_many_those_with_the_word_in_the_title_come_first_then_the_newest(
    filled: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_database, "MOST_RANKED", 2)
    assert numbers(filled, "jembatan") == [1, 6, 4, 3, 2, 5]
    parts = [numbers(filled, "jembatan", limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert parts == [[1, 6], [4, 3], [2, 5], []]
    assert filled.search("jembatan", limit=1, facets=False).total == 6
    # Three have one in the title: of very many these go by date, too.
    three = "jembatan OR perahu OR rapat"
    assert numbers(filled, three) == [4, 2, 1, 6, 3, 5]
    parts = [numbers(filled, three, limit=2, offset=offset) for offset in (0, 2, 3, 5)]
    assert parts == [[4, 2], [1, 6], [6, 3], [5]]


def queries(rng: Random, stories: list[Article]) -> Iterable[str]:
    """Yield queries of all kinds with words of these articles."""
    for article in stories:
        text = " ".join((article.title or "", *article.paragraphs)).replace(".", "").split()
        start = rng.randrange(len(text) - 3)
        one, two, three = text[start : start + 3]
        yield from (one, f"{one} {three}", f'"{one} {two}"', f"{one} -{two}", f"-{one}")
        yield from (f"{one} OR {three}", f'{one} OR "{two} {three}"', f"{one[:3]}*", f"{one}x")
        yield from (f"{two[:4]}* {three}", f"{one} -{two[:3]}*", f"{one} OR {two[:3]}*")
        yield f'{two} -"{one} {two}" section:"{article.section}"'
        yield f"{one} since:2016 until:2020 portal:kalsel"


def test_both_databases_agree_on_any_query(
    sqlite_url: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = list(articles(90, seed=5))
    rng = Random(6)
    common = Vocabulary(5).words[:40]
    asked = [
        *queries(rng, stories[:4]),
        *common[:10],
        *(" ".join(rng.sample(common, 2)) for _ in "x" * 6),
    ]
    with (
        Archive.open(sqlite_url, create=True) as one,
        Archive.open(postgres_url, create=True) as other,
    ):
        for archive in (one, other):
            write(archive, stories)
        for query in asked:
            assert one.search(query, limit=150) == other.search(query, limit=150), query
        for most in (20, 2):
            monkeypatch.setattr(in_database, "MOST_RANKED", most)
            for query in (*common[:10], f"{common[0]} {common[1]}", f"{common[2]} OR {common[3]}"):
                found = one.search(query, limit=90, facets=False)
                assert found == other.search(query, limit=90, facets=False), query
