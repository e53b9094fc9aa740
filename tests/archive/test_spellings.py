"""Names, abbreviations and compounds are found however they are spelled, on both databases."""

from antara_crawler.archive import Archive
from antara_crawler.archive.search.query import parse
from tests.archive.test_search import numbers, story, write


def found(archive: Archive, query: str) -> list[int]:
    return sorted(filter(None, numbers(archive, query)))


def test_names_and_abbreviations_are_found_however_they_are_spelled(archive: Archive) -> None:
    write(
        archive,
        [
            story(1, "Satu", "Presiden Soeharto; Rina, S.Pd., dan Y.S. Agus; Wi-Fi s.d. Mei."),
            story(2, "Dua", "Presiden Suharto; Rudi, SPd; YS Agus; wifi; SD Negeri."),
            story(3, "Tiga", "The children's Djakarta, RI-Malaysia, Al-Qur'an banjir% Sjahrir."),
        ],
    )
    for query in ("soeharto", "SUHARTO", "spd", "ys agus", "wifi"):
        assert found(archive, query) == [1, 2], query
    for query in ("children", "children's", "jakarta", "ri", "alquran", "banjir", "banjir%"):
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
    for query in ("1,2 miliar", "1,2 miliar rupiah", "Rp 1,2 milyar"):
        assert found(archive, query) == [3, 4], query
    assert found(archive, "donasi -850 juta rupiah") == []


def test_filters_have_indonesian_names_too() -> None:
    said = parse('penulis:"Rina S" Rubrik:Hukum sejak:2024-09 -sampai:2023 banjir')
    assert said == parse('author:"Rina S" section:Hukum since:2024-09 -until:2023 banjir')
    assert parse("sejak:kemarin").understood == "sejak kemarin"


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
    assert found(archive, "30-09-2023") == [3]
    assert found(archive, "ibu kota") == [4]
