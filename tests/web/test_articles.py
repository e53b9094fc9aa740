"""The pages of one article: what it shows, its revisions, its raw captures."""

import json
from hashlib import sha256
from urllib.parse import urlsplit

import httpx
import pytest

from antara_crawler.archive import Archive
from tests.web.pages import see
from tests.web.samples import SCRIPT, Sample, bridge

BRIDGE = "/kalsel/berita/496552"


def test_an_article_shows_all_that_its_record_holds(web: httpx.Client, sample: Sample) -> None:
    shown = see(web, f"/articles/{sample.bridge}")
    assert shown.text("h1") == "Warga Awang Landas bangun jembatan bambu sepanjang 45 meter"
    assert shown.texts(".byline dt") == ["Terbit", "Diperbarui", "Pewarta", "Editor", "Pengunggah"]
    assert shown.texts(".byline dd") == [
        "Selasa, 17 Oktober 2023 pukul 15.47 WITA",
        "Selasa, 17 Oktober 2023 pukul 18.05 WITA",
        "Siti Rahmah, Budi Hartono",
        "Hasan Z",
        "Rina",
    ]
    first = shown.texts(".body p")[0]
    assert first == f"Barabai — {bridge().paragraphs[0]}"
    assert "Warga mengikat bambu" in shown.text(".pictures")
    assert "ANTARA/Budi Hartono" in shown.text(".pictures")
    assert shown.texts("article .chips a") == ["jembatan bambu", "Gotong Royong", "Barabai"]
    assert bridge().copyright in shown.text(".facts section:last-of-type")


def test_names_and_tags_lead_to_a_search_for_them(web: httpx.Client, sample: Sample) -> None:
    shown = see(web, f"/articles/{sample.bridge}")
    for words in ("Siti Rahmah", "Gotong Royong", "Hulu Sungai Tengah"):
        found = see(web, shown.link(words))
        assert BRIDGE in found.page.css("h3 a::attr(href)").getall()


def test_related_links_stay_inside_the_archive_where_it_has_them(
    web: httpx.Client, sample: Sample
) -> None:
    with Archive.open(sample.url, read_only=True) as archive:
        article = archive.article(sample.related)
    assert article is not None
    shown = see(web, f"/articles/{sample.related}")
    inside = [href for href in shown.page.css(".related a::attr(href)").getall() if href[0] == "/"]
    held = [urlsplit(link.url or "").path.split("/")[1:3] for link in article.related if link.id]
    assert inside == [f"/kalsel/{kind}/{number}" for kind, number in held]
    assert inside
    assert see(web, inside[0]).text("h1")


def test_links_to_the_portal_tell_it_nothing(web: httpx.Client, sample: Sample) -> None:
    shown = see(web, f"/articles/{sample.bridge}")
    outside = shown.page.css("a[href^=http]")
    assert bridge().url in [element.attrib["href"] for element in outside]
    assert {element.attrib["rel"] for element in outside} == {"noopener noreferrer external"}


def test_repeated_paragraphs_are_behind_a_fold(web: httpx.Client, sample: Sample) -> None:
    shown = see(web, f"/articles/{sample.bridge}")
    assert shown.text("details summary") == "1 paragraf pengulangan disisihkan"
    assert "Paragraf 6, mengulang paragraf 4" in shown.text("details ol")
    assert bridge().removed[0].text in shown.text("details ol")


def test_an_earlier_revision_is_shown_as_such(web: httpx.Client, sample: Sample) -> None:
    current = see(web, f"/articles/{sample.bridge}")
    assert current.texts(".revisions [aria-current]") == ["Revisi 3"]
    shown = see(web, current.link("Revisi 1"))
    assert shown.text("h1") == bridge().title
    assert shown.text(".notice").startswith("Anda membaca revisi 1. Versi terkini adalah")
    assert shown.texts(".body p")[1:] == list(bridge().paragraphs[1:])
    assert see(web, shown.link("Ke versi terkini")).text("h1") == current.text("h1")


def test_the_difference_of_two_revisions_names_words_and_paragraphs(
    web: httpx.Client, sample: Sample
) -> None:
    shown = see(web, see(web, f"/articles/{sample.bridge}").link("Bandingkan dengan revisi 1"))
    assert shown.text("h1") == "Perbandingan revisi 1 dan 2"
    assert shown.texts("del") == ["Dihapus", "40", "sendiri,”"]
    assert shown.texts("ins")[1:] == [
        "45",
        "warga dan sumbangan desa tetangga,”",
        "Pekerjaan itu selesai dalam tiga hari.",
    ]
    whole = see(web, f"/articles/{sample.bridge}/diff", **{"from": 1, "to": 3})
    assert whole.texts("p.out del") == [bridge().paragraphs[3]]


def test_a_difference_of_a_revision_with_itself_says_so(web: httpx.Client, sample: Sample) -> None:
    shown = see(web, f"/articles/{sample.bridge}/diff", **{"from": 2, "to": 2})
    assert "Judul dan paragraf sama" in shown.text(".notice")
    for wrong in ("0", "4", "-1", "x", "9" * 30, "\0"):
        see(web, f"/articles/{sample.bridge}/diff", 404, **{"from": wrong})
        see(web, f"/articles/{sample.bridge}", 404, revision=wrong)


def test_an_article_that_the_portal_took_off_says_since_when(
    web: httpx.Client, sample: Sample
) -> None:
    shown = see(web, f"/articles/{sample.gone}")
    assert "sejak 2 Maret 2026 pukul 09.00 WITA" in shown.text(".notice")


def test_the_citation_names_who_when_what_where_and_which_revision(
    web: httpx.Client, sample: Sample
) -> None:
    cite = see(web, f"/articles/{sample.bridge}").text(".cite")
    assert cite.startswith(
        "Siti Rahmah dan Budi Hartono. 2023. “Warga Awang Landas bangun jembatan bambu sepanjang"
        " 45 meter”. ANTARA News Kalimantan Selatan, 17 Oktober 2023."
        f" {bridge().url} (diarsipkan 10 Maret 2026 pukul 09.00 WITA, revisi 3; diakses "
    )
    english = see(web, f"/articles/{sample.bridge}?lang=en").text(".cite")
    assert english.startswith("Siti Rahmah & Budi Hartono. (2023, October 17). Warga Awang")


def test_an_earlier_wording_is_cited_as_what_it_is(web: httpx.Client, sample: Sample) -> None:
    shown = see(web, f"/articles/{sample.bridge}", revision=1)
    assert f"“{shown.text('h1')}”" in shown.text(".cite")
    assert "(diarsipkan 1 Maret 2026 pukul 09.00 WITA, revisi 1;" in shown.text(".cite")
    assert "revision 1" in web.get(shown.link("RIS")).text


@pytest.mark.parametrize(
    ("form", "begins"),
    [("bibtex", "@misc{kalsel-berita-"), ("ris", "TY  - NEWS"), ("csl-json", "[")],
)
def test_a_citation_for_programs_is_a_download(
    web: httpx.Client, sample: Sample, form: str, begins: str
) -> None:
    shown = see(web, f"/articles/{sample.bridge}")
    [address] = [each for each in shown.page.css("a::attr(href)").getall() if each.endswith(form)]
    answer = web.get(address)
    assert answer.text.startswith(begins)
    assert answer.headers["content-disposition"].startswith('attachment; filename="kalsel-berita-')
    assert web.get(f"{BRIDGE}/cite/word").status_code == 404


def test_the_head_says_what_reference_managers_read(web: httpx.Client, sample: Sample) -> None:
    shown = see(web, f"/articles/{sample.bridge}")
    named = {each.attrib["name"]: each.attrib["content"] for each in shown.page.css("meta[name]")}
    assert named["citation_publication_date"] == "2023/10/17"
    assert named["DC.type"] == "newspaperArticle"
    authors = shown.page.css("meta[name=citation_author]::attr(content)").getall()
    assert authors == ["Siti Rahmah", "Budi Hartono"]
    told = json.loads(shown.page.css("script::text").get() or "")
    assert told["headline"] == named["citation_title"] == shown.text("h1")
    assert told["datePublished"] == "2023-10-17T15:47:00+08:00"


def test_what_a_page_says_never_ends_the_data_in_the_head(
    web: httpx.Client, sample: Sample
) -> None:
    shown = see(web, f"/articles/{sample.hostile}")
    [block] = shown.page.css("script")
    assert "<" not in (block.css("::text").get() or "")
    assert SCRIPT in json.loads(block.css("::text").get() or "")["headline"]


def test_a_raw_capture_is_a_download_of_the_very_bytes(web: httpx.Client, sample: Sample) -> None:
    with Archive.open(sample.url, read_only=True) as archive:
        article = archive.article(sample.hostile)
    assert article is not None
    path = f"/articles/{sample.hostile}/captures/{article.captures[0].id}"
    answer = web.get(path, follow_redirects=True)
    assert answer.status_code == 200
    assert sha256(answer.content).hexdigest() == article.captures[0].sha256
    assert answer.headers["content-type"] == "application/warc"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="kalsel-berita-496666-20260301T010000Z.warc.gz"'
    )


def test_a_capture_of_another_article_is_not_found(web: httpx.Client, sample: Sample) -> None:
    with Archive.open(sample.url, read_only=True) as archive:
        article = archive.article(sample.hostile)
    assert article is not None
    for wrong in (str(article.captures[0].id), "0", "9" * 30, "..%2f..%2fetc%2fpasswd", "-1"):
        assert web.get(f"{BRIDGE}/captures/{wrong}").status_code == 404


def test_an_article_is_found_by_its_identity(web: httpx.Client, sample: Sample) -> None:
    for form, stable in (
        (f"/articles/{sample.bridge}?lang=en", f"{BRIDGE}?lang=en"),
        ("/articles/kalsel/berita/496552", BRIDGE),
        ("/KALSEL/berita/000496552", BRIDGE),
        (f"/articles/{sample.bridge}?revision=2", f"{BRIDGE}/2"),
        (f"/articles/{sample.bridge}/diff?from=1", f"{BRIDGE}/diff?from=1"),
        (f"/articles/{sample.bridge}/cite/ris", f"{BRIDGE}/cite/ris"),
    ):
        answer = web.get(form)
        assert (answer.status_code, answer.headers["location"]) == (301, stable)
        assert web.get(stable).status_code == 200


def test_each_revision_has_an_address_and_no_other_number_has(web: httpx.Client) -> None:
    assert see(web, f"{BRIDGE}/1").text("h1") == bridge().title
    assert see(web, f"{BRIDGE}/3").text("h1") == see(web, BRIDGE).text("h1") != bridge().title
    assert see(web, f"{BRIDGE}/2").link("kalsel/berita/496552/2").endswith(f"{BRIDGE}/2")
    for wrong in ("0", "4", "01", "x", "9" * 5000):
        see(web, f"{BRIDGE}/{wrong}", 404)
        see(web, f"/kalsel/berita/1{wrong}", 404)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_article_keeps_its_own_language(web: httpx.Client, sample: Sample, lang: str) -> None:
    shown = see(web, f"/articles/{sample.bridge}", lang=lang)
    assert shown.page.css("html").attrib["lang"] == lang
    assert shown.page.css("article").attrib["lang"] == "id"
