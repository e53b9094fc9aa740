"""Pages whose head tells of another article, or of none: what is shown counts."""

import pytest

from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Article
from tests.pages.building import DATELINE, LEAD, SECOND, THIRD, TITLE, paragraphs, read

ELSE = "Petani kopi Gayo panen raya"
SAID = (
    '<meta property="og:title" content="{title}"><meta property="article:published_time"'
    ' content="2021-03-04T10:00:00+08:00"><meta property="article:section" content="Kuliner">'
    '<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{title}",'
    ' "datePublished": "2021-03-04T10:00:00+08:00", "author": {{"name": "Rina Sari"}}}}</script>'
)
SHOWN = "Selasa, 6 April 2021 09:30 WITA"


def shown(
    head: str, top: str, title: str = f"{TITLE} - Video ANTARA Banua", dateline: str = DATELINE
) -> Article:
    body = paragraphs(dateline + LEAD, SECOND, THIRD)
    return read(
        f"<html><head><title>{title}</title>{head}</head><body><div class='q'>{top}"
        f"<div class='tgl'>{SHOWN}</div><div class='isi'>{body}</div></div></body></html>"
    )


@pytest.mark.parametrize("tag", ["h1", "h3"])
@pytest.mark.parametrize("behind", ["", " - ANTARA News Kalimantan Selatan"])
def test_metadata_of_another_article_are_not_believed_and_a_note_says_so(
    tag: str, behind: str
) -> None:
    article = shown(SAID.format(title=ELSE + behind), f"<{tag}>{TITLE}</{tag}>")
    assert (article.title, article.section, article.reporters) == (TITLE, None, ())
    assert str(article.published_at) == "2021-04-06 09:30:00+08:00"
    assert article.published_note == "metadata are those of another article: not followed"
    assert ("title", "og", False) in {(a.field, a.source, a.agrees) for a in article.agreements}


def test_without_a_headline_the_title_counts_that_most_of_the_head_says() -> None:
    stale = SAID.format(title=TITLE).replace(
        f'"og:title" content="{TITLE}"', f'"og:title" content="{ELSE}"'
    )
    article = shown(stale, "", title=f"{TITLE} - ANTARA News")
    assert (article.title, article.section) == (TITLE, None)


@pytest.mark.parametrize(
    "title", ["Warga perbaiki tanggul sungai", "Berita ANTARA Banua terbaru hari ini", "Banjir"]
)
def test_a_title_in_other_words_or_of_the_site_is_of_the_same_article(title: str) -> None:
    article = shown(SAID.format(title=title), f"<h1>{TITLE}</h1>")
    assert (article.section, article.reporters) == ("Kuliner", ("Rina Sari",))
    assert str(article.published_at) == "2021-03-04 10:00:00+08:00"


def test_a_heading_above_the_date_is_the_headline_where_the_title_is_the_portals_name() -> None:
    article = shown("", f"<div><h2>{TITLE}</h2></div>", title="Portal Berita Banua")
    assert article.title == TITLE
    assert str(article.published_at) == "2021-04-06 09:30:00+08:00"
    assert article.paragraphs == (LEAD, SECOND, THIRD)


def test_a_page_of_several_dated_leads_is_no_article() -> None:
    card = f"<h2>{TITLE}</h2><div>{SHOWN}</div><p>{DATELINE}{LEAD}</p>"
    with pytest.raises(UnreadablePage):
        read(f"<html><head><title>Portal</title></head><body><div>{card * 3}</div></body></html>")


def test_where_titles_share_but_a_town_the_days_decide_whose_the_metadata_are() -> None:
    town = "Petani kopi Gayo panen raya sambil memperbaiki tanggul"
    article = shown(SAID.format(title="Siswa tanggul bersih kelas sekolah"), f"<h1>{TITLE}</h1>")
    assert str(article.published_at) == "2021-04-06 09:30:00+08:00"
    alike = SAID.format(title=town).replace("2021-03-04", "2021-04-06")
    assert str(shown(alike, f"<h1>{TITLE}</h1>").published_at) == "2021-04-06 10:00:00+08:00"


@pytest.mark.parametrize("dateline", [DATELINE, "<b>Barabai (ANTARA)</b> - "])
def test_words_right_above_a_date_and_a_dateline_are_the_headline(dateline: str) -> None:
    top, title = f"<div id='judul'>{TITLE}</div>", "Portal Berita Banua"
    article = shown("", top, title, dateline)
    assert (article.title, article.paragraphs) == (TITLE, (LEAD, SECOND, THIRD))


def test_words_above_todays_date_alone_are_no_headline() -> None:
    with pytest.raises(UnreadablePage):
        read(
            "<html><head><title>Portal</title></head><body><div>Kabar dari desa kita</div>"
            f"<div>{SHOWN}</div><div class='isi'>{paragraphs(LEAD, SECOND, THIRD)}</div>"
            "</body></html>"
        )
