"""Names, abbreviations and compounds are found however they are spelled, on both databases."""

from datetime import datetime

import pytest

from antara_crawler.archive import Archive, Filters
from antara_crawler.archive.search.asking import Phrase
from antara_crawler.archive.search.query import parse
from tests.archive.samples import WITA
from tests.archive.test_search import numbers, story, write


def found(archive: Archive, query: str) -> list[int]:
    return sorted(filter(None, numbers(archive, query)))


def test_names_and_abbreviations_are_found_however_they_are_spelled(archive: Archive) -> None:
    write(
        archive,
        [
            story(1, "Satu", "Presiden Soeharto; Rina, S.Pd., dan Y.S. Agus; Wi-Fi s.d. Mei."),
            story(2, "Dua", "Presiden Suharto; Rudi, SPd; YS Agus; wifi; SD Negeri."),
            story(3, "Tiga", "The children's Djakarta, RI-Malaysia, Al-Qur`an banjir% Sjahrir."),
        ],
    )
    for query in ("soeharto", "SUHARTO", "spd", "ys agus", "wifi"):
        assert found(archive, query) == [1, 2], query
    for query in (
        "children",
        "children's",
        "jakarta",
        "ri",
        "alquran",
        "banjir",
        "banjir%",
        "Al-Qur'an",
        "al-qur´an",
        "Qur’an",
        "childrens",
    ):
        assert found(archive, query) == [3], query
    assert (found(archive, "S.Pd"), found(archive, "sd")) == ([1, 2], [2])
    assert found(archive, '"suharto"') == [2]
    marked = {
        query: [p.text for hit in archive.search(query).hits for p in hit.snippet if p.hit]
        for query in ("suharto", "spd", "ys", "wifi", "syahrir")
    }
    assert marked == {
        "suharto": ["Suharto", "Soeharto"],
        "spd": ["SPd", "S.Pd"],
        "ys": ["YS", "Y.S"],
        "wifi": ["wifi", "Wi-Fi"],
        "syahrir": ["Sjahrir"],
    }


def test_the_address_of_an_article_that_is_held_asks_for_it(archive: Archive) -> None:
    write(archive, [story(1, "Jembatan bambu"), story(2, "Jembatan lama")])
    slug = "kalsel.antaranews.com/berita/1/jembatan"
    for query in (f"https://{slug}?utm_source=wa", slug, slug[:-9], "kalsel/berita/1"):
        assert found(archive, query) == [1], query
        assert found(archive, f"{query} banjir") == [], query
    assert found(archive, f"https://{slug}".replace("/1/", "/99/")) == [1, 2]
    assert len(archive.found(slug)) == 1


def test_a_doubled_word_is_one_alternative() -> None:
    query = parse("anak-anak OR lumba-lumba OR kejar-kejaran banjir")
    assert query.roots == (("anak", "lumba", "kejar"), ("banjir",))


def test_a_minus_before_brackets_excludes_each_word_in_them() -> None:
    for text in ('banjir -(rob OR "air laut")', 'banjir NOT (rob | "air laut")'):
        assert parse(text) == parse('banjir -rob -"air laut"'), text


def test_days_and_years_exclude_as_a_whole_and_are_alternatives(archive: Archive) -> None:
    on = {year: datetime(year, 5, 1, tzinfo=WITA) for year in (2022, 2023, 2024)}
    write(archive, [story(year, "Rapat", published_at=at) for year, at in on.items()])
    assert found(archive, "rapat -tahun:2023") == [2022, 2024]
    assert found(archive, "tahun:2022 year:2024") == [2022, 2024]
    assert found(archive, "tahun:2023-2024") == found(archive, "since:2023") == [2023, 2024]


def test_compounds_are_found_with_their_affixes_and_a_function_word_in_them(
    archive: Archive,
) -> None:
    write(
        archive,
        [
            story(1, "Satu", "Mereka bekerja sama dan berterima kasih; arus lalu lintas padat."),
            story(2, "Dua", "Kerjasama itu; terimakasih; arus lalulintas; orang tuanya."),
            story(3, "Tiga", "Orangtua memberi tahu: lintas batas, kerja keras."),
        ],
    )
    for query in ("kerjasama", "kerja sama", "terimakasih", "lalu lintas", "lalulintas"):
        assert found(archive, query) == [1, 2], query
    assert found(archive, "orangtua") == [2, 3]
    assert found(archive, "beritahu") == [3]
    assert found(archive, '"kerja sama"') == []
    assert found(archive, "arus NOT kerjasama") == []
    assert found(archive, "orangtua NOT arus") == [3]


def test_a_doubled_letter_is_the_likeliest_slip_and_no_word_is_made_up(archive: Archive) -> None:
    write(
        archive,
        [story(1, "Satu", "Noor Jannah."), *(story(n, "Tanah", "Satu meter.") for n in (2, 3))],
    )
    meant = {query: archive.search(query).suggestion for query in ("janah", "tnah", "kementerian")}
    assert meant == {"janah": "jannah", "tnah": "tanah", "kementerian": ""}


def test_amounts_are_found_in_figures_or_words_with_the_currency_on_either_side(
    archive: Archive,
) -> None:
    write(
        archive,
        [
            story(1, "Satu", "Donasi Rp 850.000.000 dan US$500."),
            story(2, "Dua", "Donasi 850 juta rupiah dan 500 dolar."),
            story(3, "Tiga", "Sebanyak 850 orang; Rp1,2 miliar; 500 juta."),
            story(4, "Empat", "Biaya 1.200.000.000 rupiah."),
        ],
    )
    for query in ("Rp850 juta", "850 juta", "850 juta rupiah"):
        assert found(archive, query) == [1, 2], query
    assert found(archive, "500 dolar") == [1, 2]
    assert found(archive, "850000000 rupiah") == [1, 2]
    for query in ("1,2 miliar", "1,2 miliar rupiah", "Rp 1,2 milyar", "rp1,2milyar"):
        assert found(archive, query) == [3, 4], query
    assert found(archive, "donasi -850 juta rupiah") == []


def test_filters_have_indonesian_names_too() -> None:
    said = parse('penulis:"Rina S" Rubrik:Hukum sejak:2024-09 -sampai:2023 banjir')
    assert said == parse('author:"Rina S" section:Hukum since:2024-09 -until:2023 banjir')
    assert parse("sejak:kemarin").understood == "sejak kemarin"
    assert parse("banjir tahun:2023").understood == "banjir date:2023"
    in_words = parse('tanggal:"17 Oktober 2023"')
    assert in_words.understood == 'date:"17 Oktober 2023"'
    for portal in ("kalsel.antaranews.com", '"Kalimantan Selatan"', "KALSEL"):
        assert parse(f"portal:{portal}").filters == (("portal", Filters(portal="kalsel")),)
    assert parse("penulis:'Rina S' banjir") == parse('penulis:"Rina S" banjir')
    assert parse("tahun:ini").understood == "tahun ini"


def test_names_places_and_numbers_are_found_in_all_the_ways_to_write_them(
    archive: Archive,
) -> None:
    write(
        archive,
        [
            story(
                1, "Satu", "H. M. Arifin, SH; di Palangka Raya; harga 10 ribu; telepon 0511-335412."
            ),
            story(
                2, "Dua", "HM Arifin, S.H.; di Palangkaraya; harga Rp10.000; telepon 0511 335412."
            ),
            story(3, "Tiga", "Sabu-sabu dan start-up pada 30/9/2023; anggaran Rp4,2 M; Mekah."),
            story(4, "Empat", "Sabusabu dan startup; anggaran 4,2 miliar; ke Mekkah; ibukota."),
        ],
    )
    for query in ("HM Arifin", "hm arifin", "H. M. Arifin", "H.M. Arifin SH", "arifin S.H."):
        assert found(archive, query) == [1, 2], query
    for query in ("palangkaraya", "Palangka Raya", "Palangka-Raya", "10.000", "10 ribu", "10rb"):
        assert found(archive, query) == [1, 2], query
    for query in ("0511335412", "(0511) 335-412", "+62 511 335412"):
        assert found(archive, query) == [1, 2], query
    for query in ("sabusabu", "start-up", "Rp4,2 M", "4,2 miliar", "mekah", "Makkah"):
        assert found(archive, query) == [3, 4], query
    assert found(archive, "startups") == [4]
    for query in (
        "2023-09-30",
        "30-09-2023",
        "30 September 2023",
        "30 sep 2023",
        "Sabu-sabu, 30-September-2023",
    ):
        assert found(archive, query) == [3], query
    assert found(archive, "ibu kota") == [4]


def test_a_bound_prefix_makes_a_word_of_its_own_with_the_next(archive: Archive) -> None:
    write(
        archive,
        [
            story(1, "Satu", "Jalan antarprovinsi; bantuan pascabanjir; nonmuslim."),
            story(2, "Dua", "Jalan antar provinsi; bantuan pasca banjir; non-muslim."),
            story(3, "Tiga", "Jalan provinsi; bantuan banjir; muslim; farmers."),
        ],
    )
    for query in ("antarprovinsi", "antar provinsi", "pascabanjir", "non muslim", "nonmuslim"):
        assert found(archive, query) == [1, 2], query
    assert found(archive, "non-muslim OR farmer") == [1, 2, 3]
    assert found(archive, "banjir") == [1, 2, 3]


def test_the_name_of_a_province_also_finds_what_it_is_short_for(archive: Archive) -> None:
    texts = (
        "Banjir di Kalsel.",
        "Banjir di Kalimantan Selatan.",
        "Kalimantan Tengah; Barito Selatan.",
    )
    write(archive, [story(number, "Satu", text) for number, text in enumerate(texts, 1)])
    assert found(archive, "banjir Kalimantan Selatan") == [1, 2]
    assert found(archive, "Kalimantan-Selatan OR rob") == [1, 2]
    assert found(archive, '"Kalimantan Selatan"') == [2]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("10.000", [("10", "ribu"), ("10", "rb")]),
        ("2.950.000", [("2koma95", "juta"), ("2koma95", "jt")]),
        ("2000", []),  # a year
        ("12.345", []),
        ("25.000 ton", [("25", "ribu", "ton"), ("25", "rb", "ton")]),
        ("30/9/2023", [("30", "september", "2023"), ("30", "09", "2023")]),
        ("Rp4,2 M", [("4koma2", "milyar"), ("rp", "4koma2", "m")]),
        ("sabusabu", [("sabu", "sabu")]),
        ("HM Arifin", [("h", "m")]),
        ("S.H.", [("s", "h")]),
        ("021-8765432", [("021", "8765432"), ("021", "876", "5432"), ("62", "21", "876", "5432")]),
    ],
)
def test_a_number_a_day_or_initials_are_asked_for_in_all_spellings(
    text: str, others: list[Phrase]
) -> None:
    found = [phrase for choice in parse(text).choices for phrase in choice.phrases]
    assert set(others) <= set(found)
    assert bool(found) == bool(others)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("startups", ("startup", "startups")),
        ("smart cities", ("city", "cities")),
        ("gratis", ("gratis",)),
        ("emas", ("emas",)),
        ("Jl. Antasari", ("jalan", "jl")),
        ("start-up", ("start", "startup")),
        ("SH", ("sh",)),
    ],
)
def test_plurals_and_short_words_are_asked_for_as_the_words_they_are_of(
    text: str, words: Phrase
) -> None:
    assert set(words) in [set(group) for group in parse(text).words]


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("siapa rektor ULM?", "siapa rektor ulm"),
        ("https://kalsel.antaranews.com/berita/40013/harga-pertalite-naik", "harga pertalite naik"),
        ("Harga naik - ANTARA News Kalimantan Selatan", "harga naik"),
        ("gempa - antara dua kota", "gempa antara dua kota"),
        ("gempa section:", "gempa"),
        ("(0511) 335-4123", "05113354123"),
        ("H. M. Arifin", '"h m" arifin'),
        ('"H. M. Arifin"', '"h m arifin"'),
    ],
)
def test_what_is_pasted_or_asked_is_read_as_its_words(text: str, understood: str) -> None:
    assert parse(text).understood == understood


def test_a_phrase_of_a_number_and_its_unit_is_found_in_all_spellings(archive: Archive) -> None:
    write(
        archive,
        [
            story(1, "Satu", "Bantuan Rp10 miliar untuk warga."),
            story(2, "Dua", "Anggaran 10 milyar rupiah."),
            story(3, "Tiga", "Dari 10 desa, satu miliar suara."),
            story(4, "Empat", "Panen 2.500 kilogram atau Rp1,2 triliun."),
            story(5, "Lima", "Sebanyak 2500 orang; 2 triliun."),
            story(6, "Enam", "Pasien covid19 dan KTP-el; ektp."),
            story(7, "Tujuh", "COVID-19, e-KTP, ke-2, 17/8, B50 dan 5G."),
        ],
    )
    for query in ("10 miliar", "Rp 10 miliar", "Rp10 miliar", "Rp. 10 milyar"):
        assert sorted(filter(None, numbers(archive, query))) == [1, 2], query
    for query in ("2500", "2.500", "2,500"):
        assert sorted(filter(None, numbers(archive, query))) == [4, 5], query
    assert numbers(archive, "1,2 triliun") == [4]
    assert numbers(archive, "2 triliun") == [5]
    for query in ("covid19", "covid-19", "COVID 19", "ektp", "e-ktp"):
        assert sorted(filter(None, numbers(archive, query))) == [6, 7], query
    for query in ("e ktp", "ke-2", "17/8", "b50", "B-50", "5g"):
        assert numbers(archive, query) == [7], query


def test_words_that_ask_are_not_asked_for() -> None:
    assert parse("siapa rektor ULM?").words == (("rektor",), ("ulm",))
    assert parse("berapa").words == (("berapa",),)
