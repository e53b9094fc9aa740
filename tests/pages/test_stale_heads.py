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


def shown(head: str, top: str, title: str = f"{TITLE} - Video ANTARA Banua") -> Article:
    body = paragraphs(DATELINE + LEAD, SECOND, THIRD)
    return read(
        f"<html><head><title>{title}</title>{head}</head><body><div class='q'>{top}"
        f"<div class='tgl'>{SHOWN}</div><div class='isi'>{body}</div></div></body></html>"
    )


@pytest.mark.parametrize("tag", ["h1", "h3"])
def test_metadata_of_another_article_are_not_believed_and_a_note_says_so(tag: str) -> None:
    article = shown(SAID.format(title=ELSE), f"<{tag}>{TITLE}</{tag}>")
    assert (article.title, article.section, article.reporters) == (TITLE, None, ())
    assert str(article.published_at) == "2021-04-06 09:30:00+08:00"
    assert article.published_note == "metadata are those of another article: not followed"
    assert ("title", "og", False) in {(a.field, a.source, a.agrees) for a in article.agreements}


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
