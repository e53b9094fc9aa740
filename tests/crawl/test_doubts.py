"""What a person should look at is said in the summary, and nothing is owed for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from antara_crawler.archive import Archive, Frontier
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.crawl.account.doubts import (
    ALIKE,
    ASKED,
    CHANGED,
    SAME_TEXT,
    UNENDED,
    doubts,
    oddity,
)
from antara_crawler.items import Agreement
from tests.archive.samples import article
from tests.portal import PortalServer, Site
from tests.portal.site import Reply
from tests.scrapy_runs import Workplace

WALL = b"""<html><head><title>Kabar</title>
<meta property="article:published_time" content="2024-01-02T10:00:00+08:00"></head>
<body><article><h1>Kabar %s</h1><div itemprop="articleBody">
<p>Silakan berlangganan untuk membaca berita ini sampai selesai.</p></div></article></body></html>
"""


def answer_articles(site: Site, page_of: Callable[[str], bytes]) -> None:
    """Have a portal give this page for each article's address, by the number in it."""
    respond = site.respond

    def answer(path: str, *more: Any) -> Reply:
        if not path.startswith("/berita/"):
            return respond(path, *more)
        html = [("Content-Type", "text/html; charset=utf-8")]
        return Reply(200, html, page_of(path.split("/")[2]))

    site.respond = answer  # type: ignore[method-assign]


def test_most_rechecks_with_another_text_are_told() -> None:
    [line] = doubts({ASKED: 10, CHANGED: 6})
    assert line.startswith("6 of 10 articles looked at again had another text")


def test_few_rechecks_or_few_changes_are_nothing_to_tell() -> None:
    for asked, changed in ((0, 0), (4, 4), (10, 5), (1000, 500)):
        assert list(doubts({ASKED: asked, CHANGED: changed})) == []


def test_one_text_for_many_articles_is_told() -> None:
    assert "gave the text of other articles: 12 pages" in next(doubts({SAME_TEXT: 12}))


TEXT = "Warga desa bergotong royong membangun jembatan bambu sejak Senin pagi. "
NO_LEAD = Agreement("lead", "og", False, "a", "b")


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (["Kata Rusmini, \ufffdkami memakai bambu\ufffd."], "signs of another encoding"),
        (["â€œKami memakai bambu,â€\x9d kata Rusmini."], "signs of another encoding"),
        (["âKami memakai bambu,â kata Rusmini."], "signs of another encoding"),
        (["Suhu 30Â°C di kafÃ© itu."], "signs of another encoding"),
        ([TEXT, "Silakan masuk atau berlangganan untuk membaca berita ini."], "asks its reader"),
        (["Terjadi galat saat memuat konten. Silakan coba lagi."], "asks its reader"),
        (["Please enable JavaScript and cookies to continue."], "asks its reader"),
        ([TEXT, "Jembatan itu selesai dalam tiga ha..."], "breaks off"),
        ([TEXT, "“Kita tunggu saja...” kata Rusmini."], None),
        ([TEXT, "“Silakan masuk ke museum, gratis,” kata dia."], None),
        ([TEXT, f"{TEXT * 3}Silakan daftar dan baca syaratnya di halaman dinas itu."], None),
        (["Pemain Curaçao, Nuñez, minum di Café “CAFÉ” Pâtisserie."], None),
    ],
)
def test_a_text_that_may_not_be_its_article_s_own_or_whole_is_told(
    texts: list[str], why: str | None
) -> None:
    said = oddity(article(1, paragraphs=tuple(texts)))
    assert said is why or (why is not None and why in str(said))


def test_a_text_that_lost_most_of_its_words_or_that_nothing_else_tells_of_is_told() -> None:
    was = [TEXT] * 9
    assert oddity(article(1, paragraphs=tuple(was[:6])), was) is None
    assert "it has 10 words, and had 90" in str(oddity(article(1, paragraphs=(TEXT,)), was))
    assert "it is short" in str(oddity(article(1, paragraphs=(TEXT,), agreements=(NO_LEAD,))))
    assert "another article has" in str(oddity(article(1, paragraphs=(TEXT,)), is_alone=False))
    assert oddity(article(1, paragraphs=(TEXT,) * 7), is_alone=False) is None
    said = (NO_LEAD, replace(NO_LEAD, agrees=True))
    assert oddity(article(1, paragraphs=(TEXT,), agreements=said)) is None
    assert oddity(article(1, paragraphs=(TEXT,) * 7, agreements=(NO_LEAD,))) is None


def test_a_night_s_texts_that_end_within_a_sentence_are_told() -> None:
    for cut, new, told in ((4, 4, 0), (5, 10, 0), (5, 9, 1)):
        assert len([*doubts({UNENDED: cut, "stored/new": new})]) == told


def test_few_articles_of_one_text_are_nothing_to_tell() -> None:
    for alike, new in ((9, 20), (2, 3), (4, 8)):
        assert list(doubts({ALIKE: alike, "stored/new": new})) == []
    for alike, new, changed in ((10, 200, 0), (3, 4, 0), (3, 0, 4)):
        found = {ALIKE: alike, "stored/new": new, CHANGED: changed}
        assert f"{alike} articles, new or changed, have the text of another" in next(doubts(found))


def test_a_notice_in_the_place_of_a_night_s_articles_is_told(
    tmp_path: Path, sqlite_url: str
) -> None:
    site = Site(seed=9, articles=20)
    answer_articles(site, lambda number: WALL % number.encode())
    place, now = Workplace(tmp_path, sqlite_url), datetime.now(UTC)
    with PortalServer(site) as portal:
        ended = place.crawl(portal.url)
        assert ended.status == 4, ended.err
        assert "articles, new or changed, have the text of another" in ended.err
        with Archive.open(sqlite_url) as archive, archive.writing() as connection:
            soon = now + timedelta(hours=7)
            kinds = [page.kind for page in Frontier(archive).pending("kalsel", soon)]
            connection.execute(update(Pages).values(next_attempt_at=now))
        again = place.crawl(portal.url, "-a", "limit=1")
    assert kinds.count("berita") == sum(truth["kind"] == "berita" for truth in site.truth)
    assert (again.status, "in doubt: the text of" in again.err) == (4, True), again.err


def test_an_article_whose_further_page_is_the_first_again_is_told_and_looked_at_again(
    tmp_path: Path, sqlite_url: str
) -> None:
    site = Site(seed=9, articles=3)
    more = f'<a href="?page=2">2</a>{WALL.decode()}' % "lama"
    answer_articles(
        site, lambda number: more.replace("untuk membaca", f"{number} untuk membaca").encode()
    )
    with PortalServer(site) as portal:
        ended = Workplace(tmp_path, sqlite_url).crawl(portal.url)
    assert ended.status == 4, ended.err
    assert "its further pages show only what stands on the first" in ended.err
    told = Workplace(tmp_path, sqlite_url).run("stats").out
    assert " of several pages with the first alone, such as kalsel/berita/" in told
    soon = datetime.now(UTC) + timedelta(hours=7)
    with Archive.open(sqlite_url, read_only=True) as archive:
        assert [page.kind for page in Frontier(archive).pending("kalsel", soon)]
