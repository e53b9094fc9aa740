"""What stands in and right above the headline: kickers, and the names of sections."""

import pytest

from tests.pages.building import BODY, PARAGRAPHS, TITLE, page, read, reasons

HEAD = f'<title>{TITLE} - ANTARA News</title><meta property="og:type" content="article">'


@pytest.mark.parametrize("tag", ["h1", "h2"])
@pytest.mark.parametrize(
    "words",
    [
        f"<strong>Kabar kampung</strong> {TITLE}",
        f"<span>Kabar kampung</span><span>{TITLE}</span>",
        f"<a href='/x'><em>Desa</em>: {TITLE.replace('jebol', '<i>jebol</i>')}</a>",
        f"Lintas kabupaten<br>{TITLE}",
        f"<b>Warga desa</b> | {TITLE}",
    ],
)
def test_a_kicker_within_the_headline_is_no_part_of_it(tag: str, words: str) -> None:
    time = '<time datetime="2023-10-17 15:47:00">17 Oktober 2023, 15:47 WITA</time>'
    headline = f"<article><div>{time}<{tag}>{words}</{tag}></div>{BODY}</article>"
    html = f"<html><head>{HEAD}</head><body>{{}}{headline}</body></html>"
    for before in ("", f"<ul><li><h1>{TITLE}</h1></li></ul>"):
        article = read(html.format(before))
        assert (article.title, article.paragraphs) == (TITLE, PARAGRAPHS)
        assert article.published_at is not None
        assert "kicker" in reasons(article).values()


@pytest.mark.parametrize(
    "words", [f"{TITLE} <small>Seratus orang ikut</small>", "<b>Foto</b> lain"]
)
def test_words_of_a_heading_that_are_no_kicker_are_kept(words: str) -> None:
    article = read(page(head=f"<h3>{words}</h3>"))
    assert "kicker" not in reasons(article).values()
