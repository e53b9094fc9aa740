"""The pages over the whole archive, as a reader meets them."""

import json
from io import BytesIO

import httpx
import pytest
from openpyxl import load_workbook

from tests.web.pages import see


def test_the_front_page_says_what_the_archive_holds(web: httpx.Client) -> None:
    shown = see(web, "/")
    total = web.get("/api/overview").json()["articles"]
    assert shown.text(".holds").startswith(f"{total} artikel, ")
    assert len(shown.page.css(".hits li")) == 20
    assert shown.page.css("html").attrib["lang"] == "id"


def test_a_word_finds_its_other_forms_and_they_are_marked(web: httpx.Client) -> None:
    shown = see(web, "/", q="membangun jembatan awang")
    assert "Warga Awang Landas bangun jembatan bambu sepanjang 45 meter" in shown.texts("h3")
    assert "bangun" in shown.texts("h3 mark")


def test_facets_count_all_that_fits_and_lead_to_it(web: httpx.Client) -> None:
    shown = see(web, "/", q="jembatan")
    counts = {
        text.rsplit(" ", 1)[0]: int(text.rsplit(" ", 1)[1]) for text in shown.texts(".facet li")
    }
    found = web.get("/api/search", params={"q": "jembatan"}).json()
    assert counts["Hulu Sungai Tengah"] == next(
        each["articles"] for each in found["by_section"] if each["name"] == "Hulu Sungai Tengah"
    )
    narrowed = see(web, shown.link("Hulu Sungai Tengah"))
    assert narrowed.text("#total").startswith(f"{counts['Hulu Sungai Tengah']} artikel")
    year = see(web, shown.link("2023"))
    assert year.text("#total").startswith(f"{counts['2023']} artikel")
    assert set(year.texts(".hits article > .about time")) <= {
        text for text in year.texts(".hits article > .about time") if text.endswith("2023")
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("portal", "kalsel"),
        ("section", "hulu sungai tengah"),
        ("tag", "GOTONG ROYONG"),
        ("author", "Budi Hartono"),
        ("since", "2023-10-17"),
        ("until", "2023-10-17"),
    ],
)
def test_every_filter_narrows_and_can_be_taken_away(
    web: httpx.Client, name: str, value: str
) -> None:
    shown = see(web, "/", q="awang landas jembatan bambu", **{name: value})
    expected = web.get(
        "/api/search", params={"q": "awang landas jembatan bambu", name: value}
    ).json()
    assert shown.text("#total").startswith(f"{expected['total']} artikel")
    assert "Warga Awang Landas bangun jembatan bambu sepanjang 45 meter" in shown.texts("h3")
    chip = shown.page.css(".chips a")
    assert value in chip[0].get()
    assert f"{name}=" not in chip.attrib["href"]
    assert value in shown.page.css("form.search").get()


def test_pages_of_results_follow_one_another_without_repeating(web: httpx.Client) -> None:
    articles = web.get("/api/overview").json()["articles"]
    seen: list[str] = []
    shown = see(web, "/", order="oldest")
    while shown.page.css("a[rel=next]"):
        seen += shown.page.css(".hits h3 a::attr(href)").getall()
        assert len(seen) < articles, "the pages do not end"
        shown = see(web, shown.link("Berikutnya"))
    seen += shown.page.css(".hits h3 a::attr(href)").getall()
    assert len(seen) == len(set(seen)) == articles


def test_results_can_be_ordered_by_date(web: httpx.Client) -> None:
    def times(order: str) -> list[str]:
        shown = see(web, "/", q="warga", order=order)
        return shown.page.css(".hits time::attr(datetime)").getall()

    assert times("oldest") == sorted(times("oldest"))
    assert times("date") == sorted(times("date"), reverse=True)


def test_nothing_found_says_so_and_how_it_was_understood(web: httpx.Client) -> None:
    shown = see(web, "/", q="tidakadakatasepertiini", section="Hukum")
    assert shown.text(".nothing h2") == "Tidak ada artikel untuk “tidakadakatasepertiini”"
    assert "Ditafsirkan sebagai" in shown.text(".nothing")


def test_a_day_in_the_words_that_is_none_is_said(web: httpx.Client) -> None:
    shown = see(web, "/", q="banjir sejak:kemarin until:2025-01-01")
    assert shown.texts(".notice") == ["sejak:kemarin bukan tanggal: tulis seperti sejak:2024-09-30"]


def test_the_address_of_an_article_leads_to_it(web: httpx.Client) -> None:
    address = "https://kalsel.antaranews.com/amp/berita/496552/slug-apa-saja?utm=1"
    shown = see(web, "/", q=address, lang="en")
    assert shown.answer.url.path == "/kalsel/berita/496552"
    assert shown.page.css("html").attrib["lang"] == "en"


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"since": "kemarin"}, "Sejak: tulis tanggal"),
        ({"until": "2024-02-30"}, "Sampai: tulis tanggal"),
        ({"tag": "a\0b"}, "Tag: terlalu panjang"),
        ({"section": "x" * 201}, "Rubrik: terlalu panjang"),
        ({"page": "9" * 30}, "Halaman: bukan angka"),
        ({"page": "0"}, "Halaman: bukan angka"),
        ({"order": "acak"}, "Urutan: pilihan tidak dikenal"),
        ({"since": "2025-01-01", "until": "2024-01-01"}, "Tanggal awal lebih baru"),
        ({"author": "siti rahma"}, "Pewarta atau editor: “siti rahma” tidak ada di arsip ini. Apa"),
        ({"section": "<b>tiada</b>"}, "Rubrik: “<b>tiada</b>” tidak ada di arsip ini."),
    ],
)
def test_what_is_written_wrong_is_named_beside_the_form(
    web: httpx.Client, params: dict[str, str], said: str
) -> None:
    shown = see(web, "/", 422, q="banjir", **params)
    assert shown.text("[role=alert]").startswith(said)
    assert shown.page.css("#q").attrib["value"] == "banjir"


def test_english_stays_english_from_page_to_page(web: httpx.Client) -> None:
    shown = see(web, see(web, "/").link("English"))
    assert shown.text("nav a") == "Search"
    links = [
        href
        for href in shown.page.css("a::attr(href)").getall()
        if href.startswith("/") and not href.startswith("/api/")
    ]
    back = shown.page.css("a.language").attrib["href"]
    assert [href for href in links if "lang=en" not in href] == [back]
    assert shown.page.css("form input[name=lang]").attrib["value"] == "en"


def test_coverage_shows_every_day_of_the_year_and_its_gaps(web: httpx.Client) -> None:
    shown = see(web, "/coverage", year=2023)
    days = web.get("/api/coverage", params={"year": 2023}).json()["days"]
    assert sum(days.values()) > 1
    linked = shown.page.css(".month td a::attr(href)").getall()
    assert linked == [f"/?since={day}&until={day}" for day in sorted(days)]
    empty = len(shown.page.css(".month td.l0"))
    assert empty + len(days) == 365
    assert shown.page.css(".gaps li")


def test_a_day_of_the_calendar_leads_to_its_articles(web: httpx.Client) -> None:
    days = web.get("/api/coverage", params={"section": "Hulu Sungai Tengah"}).json()["days"]
    shown = see(web, "/coverage", section="Hulu Sungai Tengah", year=2023)
    href = shown.page.css(".month td a").attrib["href"]
    found = see(web, href)
    assert found.text("#total").startswith(f"{days['2023-10-17']} artikel")


def test_coverage_by_month_counts_what_the_days_count(web: httpx.Client) -> None:
    shown = see(web, "/coverage", lang="en")
    held = web.get("/api/coverage").json()
    rows = {row.css("th a::text").get(): row for row in shown.page.css(".years tbody tr")}
    for year, row in rows.items():
        counted = sum(n for day, n in held["days"].items() if day.startswith(str(year)))
        assert row.css(".total::text").get() == str(counted)
    assert str(2023) in rows


def test_a_portal_without_articles_has_no_coverage(web: httpx.Client) -> None:
    assert "Tidak ada artikel bertanggal" in see(web, "/coverage", portal="papua").text("main")
    assert see(web, "/coverage", 422, year="x" * 30).text("[role=alert]").startswith("Tahun")


def test_runs_and_failures_are_told_in_words(web: httpx.Client) -> None:
    shown = see(web, "/runs")
    running, looked, finished = shown.texts("#last ~ table tbody tr")
    assert "berjalan" in running
    assert "selesai, ada yang tidak beres" in looked
    assert "7 menit 12 detik" in finished
    assert "selesai, sebagian gagal" in finished
    assert "72 baru, 2 direvisi, 11 tidak berubah, 2 gagal, 140 pengulangan disisihkan" in finished
    failed = " ".join(shown.texts("#failed ~ table tbody tr"))
    assert "the host answered 503" in failed
    assert "tidak terbaca" in failed
    assert shown.page.css("#failed ~ table a[href*='777001']").attrib["rel"].startswith("noopener")


def test_runs_of_another_portal_are_not_shown(web: httpx.Client) -> None:
    shown = see(web, "/runs", portal="kalteng")
    assert "Belum ada proses." in shown.text("main")
    assert "Tidak ada halaman yang gagal." in shown.text("main")


def test_a_page_that_is_not_there_is_a_page_of_ours(web: httpx.Client) -> None:
    for path in ("/tidak-ada", "/articles/999999", "/articles/x", "/articles/kalsel/berita/1"):
        assert see(web, path, 404).text("h1") == "Halaman tidak ditemukan"
    assert see(web, "/articles/" + "9" * 40, 404, lang="en").text("h1") == "Page not found"


def test_what_is_found_is_downloaded_whole_and_in_its_order(web: httpx.Client) -> None:
    shown = see(web, "/", q="jembatan", since="2016-01-01", order="oldest")
    found = web.get(
        "/api/search",
        params={"q": "jembatan", "since": "2016-01-01", "order": "oldest", "limit": 100},
    ).json()
    numbers = [each["article_id"] for each in found["hits"]]
    assert len(numbers) == found["total"] > 0
    lines = web.get(shown.link("JSON Lines"))
    assert [json.loads(line)["article_id"] for line in lines.text.splitlines()] == numbers
    assert lines.headers["content-disposition"] == 'attachment; filename="antara-jembatan.jsonl"'
    book = web.get(shown.link("Excel"))
    _, *rows = load_workbook(BytesIO(book.content)).active.values  # type: ignore[union-attr]
    assert [row[1] for row in rows] == numbers
    assert web.get(shown.link("CSV untuk Excel")).content.startswith(b"\xef\xbb\xbfportal;")


def test_a_download_that_cannot_be_is_refused(web: httpx.Client) -> None:
    assert web.get("/download/xls").status_code == 404
    assert web.get("/download/csv", params={"since": "kemarin"}).status_code == 422
    hostile = web.get("/download/csv", params={"q": '"\r\nSet-Cookie: a=b'})
    assert hostile.status_code == 200
    assert hostile.headers["content-disposition"] == (
        'attachment; filename="antara-Set-Cookie-a-b.csv"'
    )
    assert "set-cookie" not in hostile.headers
