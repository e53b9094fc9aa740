"""Datelines, bylines, captions and related lines, each in the forms that were seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.items import Picture
from antara_crawler.pages.blocks.credits import read_caption, split_caption
from antara_crawler.pages.blocks.footer import is_copyright, is_notice
from antara_crawler.pages.fields.bylines import read_byline
from antara_crawler.pages.fields.datelines import find_dateline
from antara_crawler.pages.fields.words import is_person

LEAD = "Warga menjaga tanggul."


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Barabai (ANTARA) - ", "Barabai"),
        ("Banjarmasin, Kalsel (ANTARA) – ", "Banjarmasin"),
        ("Mataram, 7/12 (Antara) - ", "Mataram"),
        ("Jakarta (ANTARA News) - ", "Jakarta"),
        ("Jakarta (antara) - ", "Jakarta"),
        ("Jakarta (antara news) - ", "Jakarta"),
        ("Jakarta (ANTARA dari lapangan) - ", "Jakarta"),
        ("Banjarmasin, (Antaranews Kalsel) - ", "Banjarmasin"),
        ("Banjarmasin, (Antaranews Kalsel)- ", "Banjarmasin"),
        ("Bengkulu- (Antara) - ", "Bengkulu"),
        ("Palangka Raya (Antara Kalteng) - ", "Palangka Raya"),
        ("Kota Palu, Sulteng (ANTARA) - ", "Kota Palu"),
        ("Hulu Sungai Tengah, Kalimantan Selatan (ANTARA) - ", "Hulu Sungai Tengah"),
        ("Jakarta/Bogor (ANTARA) - ", "Jakarta/Bogor"),
        ("Jayapura(ANTARA)- ", "Jayapura"),
        ("BANJARMASIN (ANTARA) — ", "BANJARMASIN"),
        ("Kuala Lumpur (ANTARA): ", "Kuala Lumpur"),
        ("Pangkalan Bun, Kobar, Kalteng (ANTARA) - ", "Pangkalan Bun"),
        ("BANJARMASIN, 10/9 - ", "BANJARMASIN"),
        ("Barabai (10/9) (ANTARA) - ", "Barabai"),
        ("Barabai, 10 September 2019 (ANTARA) - ", "Barabai"),
        ("Barabai (ANTARA) − ", "Barabai"),
        ("Barabai (LKBN ANTARA),- ", "Barabai"),
        ("Barabai (ANTARA) . — ", "Barabai"),
        ("Barabai / Rantau (ANTARA) - ", "Barabai / Rantau"),
        ("Barabai, ANTARA - ", "Barabai"),
        ("Barabai (ANTARA) ", "Barabai"),
        ("ANTARA - ", None),
        ("ANTARA- ", None),
        ("ANTARA – ", None),
        ("(ANTARA) - ", None),
    ],
)
def test_a_dateline_is_known_in_every_form(text: str, town: str | None) -> None:
    found = find_dateline((text + LEAD,), None)
    assert found is not None
    assert (found.town, found.text, found.position) == (town, text, 0)


@pytest.mark.parametrize(
    "lead",
    [
        "Kantor Berita Indonesia (ANTARA) menyatakan hal itu.",
        "Kantor Berita Indonesia (ANTARA) Kalsel menyatakan hal itu.",
        "Kepala Biro, ANTARA - katanya - tetap bekerja.",
        "Lembaga Kantor Berita Nasional (LKBN Antara) berdiri pada 1937.",
        "Sebanyak 12 warga (antara lain anak-anak) - semuanya selamat.",
        "Barabai (Antara lain karena hujan) - terendam lagi.",
        "Kota Tua (antara pukul tujuh dan Magrib) - ditutup bagi kendaraan.",
        "Kampung Baru (antara 2010-2015) - tumbuh cepat.",
        "Banjir di Desa Raya - air naik sejak 10/9 malam.",
        "banjarmasin (ANTARA) bukan awal tulisan.",
        "Antara 10 dan 20 warga - kata dia - mengungsi.",
        "",
    ],
)
def test_a_sentence_is_no_dateline(lead: str) -> None:
    assert find_dateline((lead,), None) is None


def test_behind_a_pull_quote_the_second_paragraph_has_the_dateline() -> None:
    found = find_dateline(("“Jaga teluk ini”", "Kota Palu (ANTARA) - Warga."), None)
    assert found is not None
    assert (found.town, found.position) == ("Kota Palu", 1)


def test_a_photo_page_repeats_its_title_in_the_dateline() -> None:
    text = "BANJARMASIN, 10/9 - GERAKAN BERSIH - Warga membersihkan kanal."
    found = find_dateline((text,), "Gerakan Bersih")
    assert found is not None
    assert found.text == "BANJARMASIN, 10/9 - GERAKAN BERSIH - "
    other = find_dateline((text,), "Judul lain")
    assert other is not None
    assert other.text == "BANJARMASIN, 10/9 - "


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Pewarta: Siti Aminah", [("reporter", ("Siti Aminah",))]),
        ("Editor : Ulul Maskur", [("editor", ("Ulul Maskur",))]),
        ("Pewarta : A. Siti, Budi dan M. Rizki", [("reporter", ("A. Siti", "Budi", "M. Rizki"))]),
        ("Penulis: Siti/Budi", [("reporter", ("Siti", "Budi"))]),
        ("Oleh: Siti & Budi", [("reporter", ("Siti", "Budi"))]),
        ("Oleh Siti Aminah", [("reporter", ("Siti Aminah",))]),
        ("Oleh Siti Editor : Budi", [("reporter", ("Siti",)), ("editor", ("Budi",))]),
        ("Pewarta: Siti BEditor : Budi C", [("reporter", ("Siti B",)), ("editor", ("Budi C",))]),
        ("Pewarta: Siti Editor: Budi Uploader : Rina",
         [("reporter", ("Siti",)), ("editor", ("Budi",)), ("uploader", ("Rina",))]),
        ("Penerjemah: Siti Aminah, Editor: Budi",
         [("translator", ("Siti Aminah",)), ("editor", ("Budi",))]),
        ("Editor: Hasan Basri, S.Sos, M.Si dan Rina",
         [("editor", ("Hasan Basri, S.Sos, M.Si", "Rina"))]),
        ("EDITOR: Erafzon Saptiyulda AS", [("editor", ("Erafzon Saptiyulda AS",))]),
        ("Editor: mahdani", [("editor", ("mahdani",))]),
        ("Reporter: Sya'rani bin Ali", [("reporter", ("Sya'rani bin Ali",))]),
        ("Pewarta: Siti Siti", [("reporter", ("Siti Siti",))]),
    ],
)  # fmt: skip
def test_a_byline_gives_roles_and_names_as_written(
    text: str, wanted: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [(byline.role, byline.names) for byline in read_byline(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Reporter: Bagaimana tanggapan Anda tentang tanggul ini?",
        "Editor: saya kira baik sekali hasilnya.",
        "Oleh karena itu, warga diminta tenang",
        "Oleh Bupati bantuan itu diserahkan.",
        "Menurut Editor: Budi",
        "Pewarta foto diundang melihat panen raya.",
        "Penulis: 1. Siti Aminah 2. Budi",
        "",
    ],
)
def test_a_sentence_is_no_byline(text: str) -> None:
    assert read_byline(text) == ()


@pytest.mark.parametrize(
    "name", ["ANTARA News", "Antara", "LKBN ANTARA", "Redaksi", "https://x.y", ""]
)
def test_the_agency_is_no_person(name: str) -> None:
    assert not is_person(name)


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        (
            "Warga (7/3/2024). (ANTARA/HO-Humas PT AGM)",
            "Warga (7/3/2024).",
            "ANTARA/HO-Humas PT AGM",
        ),
        ("Warga. (ANTARA/Firman)", "Warga.", "ANTARA/Firman"),
        ("Warga (ANTARA FOTO/Siti/sgd/tom.)", "Warga", "ANTARA FOTO/Siti/sgd/tom."),
        (". (Antaranews Kalsel/Mutia Ayu)", None, "Antaranews Kalsel/Mutia Ayu"),
        ("(kepri.antaranews.com/Siti)", None, "kepri.antaranews.com/Siti"),
        ("(Antarasumsel.com/Grafis/Aw)", None, "Antarasumsel.com/Grafis/Aw"),
        ("Banjir di desa. (Istimewa)", "Banjir di desa.", "Istimewa"),
        ("Banjir di desa (ist)", "Banjir di desa", "ist"),
        ("Banjir. (Foto: Siti Aminah)", "Banjir.", "Foto: Siti Aminah"),
        ("Banjir. (HO-BPBD Kalsel)", "Banjir.", "HO-BPBD Kalsel"),
        ("Rapat (15)4). (Syamsuri Hakim)", "Rapat (15)4).", "Syamsuri Hakim"),
    ],
)
def test_a_line_that_ends_in_a_credit_is_a_caption(
    text: str, caption: str | None, credit: str
) -> None:
    assert read_caption(text, beside_picture=False) == Picture(None, caption, credit)


@pytest.mark.parametrize(
    "text",
    [
        "Rapat dihadiri utusan tiga kantor (Dinas Pekerjaan Umum).",
        "Ia membacakan aturan nomor lima (pasal dua)",
        "Kepala badan itu (Siti Aminah)",
        "Perahu beradu cepat di sungai, Minggu. (Siti/Budi/Rina)",
        "Ia datang pada Selasa (26/2).",
        "Kantor berita itu berdiri lama (ANTARA)",
        "Bantuan tahap akhir (tahap 8).",
        "Menurut Rina, surat warga belum dijawab sampai Senin. (ANTARA/Firman)",
        "Hingga kini belum ada keterangan resmi dari kabupaten. (ANTARA/Firman)",
        "Polisi masih menyelidiki penyebab kebakaran tersebut. (ANTARA/Firman)",
        "Diharapkan bantuan itu segera diterima warga desa. (ANTARA/Firman)",
        "Namun begitu warga tidak keberatan bila tanggul dipindahkan. (Reuters/AFP)",
        f"{'Kalimat panjang sekali. ' * 40}(ANTARA/Firman)",
    ],
)
def test_a_remark_in_parentheses_never_makes_a_paragraph_a_caption(text: str) -> None:
    assert read_caption(text, beside_picture=False) is None


def test_a_mere_name_is_a_credit_beside_a_picture_alone() -> None:
    text = "Foto dari lapangan (Siti Aminah)"
    wanted = Picture(None, "Foto dari lapangan", "Siti Aminah")
    assert read_caption(text, beside_picture=True) == wanted
    assert read_caption(text, beside_picture=False) is None
    assert read_caption(f"{text}.", beside_picture=True) is None


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("Tanggul di Barabai (3/1/2020).", "Tanggul di Barabai (3/1/2020).", None),
        ("Tanggul (Siti/Budi)", "Tanggul", "Siti/Budi"),
        ("Tanggul di Barabai. (Kemenkes)", "Tanggul di Barabai.", "Kemenkes"),
        ("Tanggul di Barabai. (kiri)", "Tanggul di Barabai. (kiri)", None),
        ("Tanggul (Barabai)", "Tanggul (Barabai)", None),
        ("Kanal kota. Foto oleh ANTARA/Siti Aminah", "Kanal kota.", "ANTARA/Siti Aminah"),
        ("Kanal kota. Foto ANTARA/Siti Aminah/a", "Kanal kota.", "ANTARA/Siti Aminah/a"),
        ("Ilust", "Ilust", None),
        ("Perahu di dermaga. | Kredit : ANTARA/Siti", "Perahu di dermaga.", "ANTARA/Siti"),
        ("Perahu di dermaga. Sumber foto: ANTARA/Siti", "Perahu di dermaga.", "ANTARA/Siti"),
        ("Kredit murah untuk warga, ANTARA/Siti", "Kredit murah untuk warga,", "ANTARA/Siti"),
    ],
)
def test_a_known_caption_is_parted_from_its_credit(
    text: str, caption: str, credit: str | None
) -> None:
    assert split_caption(text) == Picture(None, caption, credit)


@pytest.mark.parametrize(
    "text",
    ["COPYRIGHT © ANTARA News Kalimantan Selatan 2023", "Copyright © ANTARA 2021", "© ANTARA 2021",
     "COPYRIGHT (c) ANTARA News Nusa Tenggara Barat 2019.", "Copyright © 2026 Seluruh hak"],
)  # fmt: skip
def test_copyright_lines(text: str) -> None:
    assert is_copyright(text)


@pytest.mark.parametrize(
    "text", ["(c) menjaga kebersihan", "Copyright adalah hak cipta.", "ANTARA 2021"]
)
def test_no_copyright_lines(text: str) -> None:
    assert not is_copyright(text)


def test_the_notice_is_not_any_prohibition() -> None:
    assert is_notice("Dilarang keras mengambil konten, melakukan perayapan tanpa izin.")
    assert is_notice("Dilarang keras menyalin konten situs ini tanpa izin tertulis.")
    assert not is_notice("Dilarang keras membuang sampah di sungai antara dermaga dan pasar.")
    assert not is_notice("Dilarang keras masuk tanpa izin, kata papan itu.")


@given(st.text(max_size=400), st.text(max_size=50))
def test_any_line_is_judged_without_error(text: str, title: str) -> None:
    find_dateline((text, text), title)
    read_byline(text)
    read_caption(text, beside_picture=True)
    split_caption(text)
    is_copyright(text)
    is_notice(text)
