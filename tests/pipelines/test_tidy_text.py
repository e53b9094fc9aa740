"""What TidyText does to each field of an article."""

from dataclasses import replace

import pytest

from antara_crawler.items import Link, Outcome, Page, Picture
from pipelines.tidy_text import TidyText

ADDRESS = "https://kalsel.antaranews.com/berita/1/banjir"


def tidied(article, **fields):
    return TidyText().process_item(replace(article, **fields))


def test_every_text_is_tidied(article):
    clean = tidied(
        article,
        title=" Warga\u00a0tanam &quot;bambu&quot; ",
        paragraphs=(" Satu\u00a0dua ", "ti\u00adga\x00"),
        dateline=" Barabai\u200b",
        reporters=(" Imam  Hanafi",),
        editors=("Mah\u200bdani",),
        uploaders=("Ulul\nMaskuriah ",),
        section=" Kab.  Hulu Sungai Tengah",
        tags=(" banjir\u00a0bandang",),
        images=(Picture(ADDRESS, " Foto\u00a0warga", " ANTARA/\u200bFirman "),),
        related=(Link(" Banjir\u00a0surut ", ADDRESS),),
        copyright="COPYRIGHT\u00a0© ANTARA News Kalimantan Selatan 2023 ",
        rights=" Dilarang keras  mengambil konten",
    )
    assert clean.title == 'Warga tanam "bambu"'
    assert clean.paragraphs == ("Satu dua", "tiga")
    assert clean.dateline == "Barabai"
    assert clean.reporters == ("Imam Hanafi",)
    assert clean.editors == ("Mahdani",)
    assert clean.uploaders == ("Ulul Maskuriah",)
    assert clean.section == "Kab. Hulu Sungai Tengah"
    assert clean.tags == ("banjir bandang",)
    assert clean.images == (Picture(ADDRESS, "Foto warga", "ANTARA/Firman"),)
    assert clean.related == (Link("Banjir surut", ADDRESS),)
    assert clean.copyright == "COPYRIGHT © ANTARA News Kalimantan Selatan 2023"
    assert clean.rights == "Dilarang keras mengambil konten"


def test_a_tidy_article_comes_out_as_it_went_in(article):
    assert TidyText().process_item(article) == article


def test_texts_that_are_empty_then_are_gone(article):
    clean = tidied(
        article,
        title="\u00a0",
        paragraphs=("Satu", "\u00a0", "", "\u200b", "Dua"),
        dateline="",
        dateline_text=" \u00a0",
        section="  ",
        reporters=("", "Firman"),
        tags=(" ",),
        images=(Picture(None, " ", "\u200b"), Picture(ADDRESS, " ", None)),
        related=(Link("\u00a0", ADDRESS),),
        copyright=None,
        rights="",
    )
    assert (clean.title, clean.dateline, clean.dateline_text, clean.section) == (None,) * 4
    assert (clean.copyright, clean.rights) == (None, None)
    assert clean.paragraphs == ("Satu", "Dua")
    assert clean.reporters == ("Firman",)
    assert clean.tags == ()
    assert clean.images == (Picture(ADDRESS, None, None),)
    assert clean.related == ()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Barabai (ANTARA) - ", "Barabai (ANTARA) - "),
        ("Banjarmasin,  (Antaranews Kalsel)\u00a0-\u00a0", "Banjarmasin, (Antaranews Kalsel) - "),
        ("Bengkulu- (Antara) -", "Bengkulu- (Antara) -"),
    ],
)
def test_a_dateline_keeps_the_space_before_the_lead(article, raw, clean):
    assert tidied(article, dateline_text=raw).dateline_text == clean


def test_repeated_paragraphs_are_not_its_business(article):
    twice = article.paragraphs * 2
    assert tidied(article, paragraphs=twice).paragraphs == twice


def test_names_and_tags_stand_once(article):
    clean = tidied(
        article,
        reporters=("Firman", "Imam Hanafi", " Firman "),
        tags=("Banjir", "BANJIR", "banjir bandang"),
        images=(Picture(ADDRESS, "Warga", None), Picture(ADDRESS, "Warga ", None)),
    )
    assert clean.reporters == ("Firman", "Imam Hanafi")
    assert clean.tags == ("Banjir", "banjir bandang")
    assert clean.images == (Picture(ADDRESS, "Warga", None),)


def test_related_links_stand_once_with_their_address(article):
    other = ADDRESS.replace("/1/", "/2/")
    related = (
        Link("Banjir surut", None),
        Link("Banjir surut", ADDRESS),
        Link("Banjir  “surut”", ADDRESS),
        Link('Banjir "surut"', ADDRESS),
        Link("Banjir surut", other),
        Link("Warga pulang", None),
        Link("Warga pulang ", None),
    )
    assert tidied(article, related=related).related == (
        Link("Banjir surut", ADDRESS),
        Link("Banjir “surut”", ADDRESS),
        Link("Banjir surut", other),
        Link("Warga pulang", None),
    )


def test_what_is_no_article_passes_untouched():
    outcome = Outcome(Page("kalsel", "article", ADDRESS), "gone", " HTTP  404 ")
    assert TidyText().process_item(outcome) is outcome
