"""Which records CheckRecord lets pass, and what it says of the others."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from antara_crawler.errors import Cause
from antara_crawler.items import Link, Outcome, Page, Picture, Removed
from pipelines.check_record import (
    LONGEST_PARAGRAPH,
    LONGEST_TITLE,
    LONGEST_URL,
    MOST_IN_A_LIST,
    MOST_PARAGRAPHS,
    CheckRecord,
)

HOME = "https://kalsel.antaranews.com"


@pytest.fixture
def check(crawler):
    return CheckRecord.from_crawler(crawler)


def test_a_sane_article_passes_as_it_is(check, crawler, article):
    assert check.process_item(article) is article
    assert crawler.stats.get_value("articles/unreadable") is None


def test_what_is_no_record_is_told_with_its_page_and_captures_and_counted(check, crawler, article):
    outcome = check.process_item(replace(article, published_at=None))
    assert outcome == Outcome(
        page=Page("kalsel", "article", article.url, "berita", 389012),
        state="unreadable",
        reason="no date",
        captures=article.captures,
        seen_at=article.seen_at,
        cause=Cause.UNKNOWN_FORM,
    )
    assert crawler.stats.get_value("articles/unreadable") == 1


def test_a_date_that_cannot_be_read_is_named(check, article):
    note = "'17 Oktobar 2023' is no date that can be read"
    outcome = check.process_item(replace(article, published_at=None, published_note=note))
    assert outcome.reason == f"no date: {note}"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": None}, "no title"),
        ({"title": "ANTARA News Kalimantan Selatan"}, "its title is the portal's name"),
        ({"title": "Antara News kalsel"}, "its title is the portal's name"),
        ({"paragraphs": ()}, "no body"),
        ({"paragraphs": ("Halaman tidak ditemukan.",)}, "a body of 3 words"),
        ({"paragraphs": ("a" * (LONGEST_PARAGRAPH + 1), "b")}, "a paragraph of 100001"),
        ({"paragraphs": ("a",) * (MOST_PARAGRAPHS + 1)}, "5001 paragraphs"),
        ({"removed": (Removed(2, 0, "a", "x"),) * MOST_PARAGRAPHS}, "5002 paragraphs"),
        ({"title": "a" * (LONGEST_TITLE + 1)}, "a title of 1001"),
        ({"tags": ("a",) * (MOST_IN_A_LIST + 1)}, "501 tag texts"),
        ({"reporters": ("a" * 5001,)}, "a name of more than 5000"),
        ({"rights": "a" * 5001}, "a line of more than 5000"),
        ({"images": (Picture(None, "a" * 5001, None),)}, "a picture of more than 5000"),
        ({"related": (Link("a", "b" * 5001),)}, "a related link of more than 5000"),
        ({"url": ""}, "its address is not one of"),
        ({"url": "http://kalsel.antaranews.com/berita/1/a"}, "its address is not one of"),
        ({"url": "https://kalsel.antaranews.com.example/berita/1"}, "its address is not one of"),
        ({"url": f"{HOME}/berita/1/a?page=all"}, "its address is not canonical"),
        ({"url": f"{HOME}/berita/1/a#b"}, "its address is not canonical"),
        ({"url": f"{HOME}/berita/1/{'a' * LONGEST_URL}"}, "an address of"),
        ({"published_at": datetime(1989, 12, 31, tzinfo=UTC)}, "its date is before 1990"),
        ({"published_at": datetime(2023, 10, 17)}, "its date has no zone"),  # noqa: DTZ001
    ],
)
def test_a_record_that_cannot_be_an_articles_is_unreadable(check, article, fields, reason):
    outcome = check.process_item(replace(article, **fields))
    assert isinstance(outcome, Outcome)
    assert outcome.state == "unreadable"
    assert outcome.reason.startswith(reason)
    assert len(outcome.reason) < 200


@pytest.mark.parametrize(("ahead", "passes"), [(timedelta(days=2), True), (timedelta(3), False)])
def test_a_date_may_be_two_days_ahead_of_the_fetch_and_no_more(check, article, ahead, passes):
    outcome = check.process_item(replace(article, published_at=article.seen_at + ahead))
    assert isinstance(outcome, Outcome) is not passes
    assert passes or outcome.reason.startswith("its date is in the future: 2023-10-21")


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "ANTARA News Kalsel raih penghargaan"},
        {"paragraphs": ("Hujan lebat turun sejak pagi hari.",)},
        {"paragraphs": ("Sah!", "Alhamdulillah.")},
        {"kind": "foto", "paragraphs": ("Pembersihan sungai.",)},
        {"kind": "foto", "paragraphs": (), "images": (Picture(None, "Pawai perahu.", "ANTARA"),)},
        {"kind": "video", "paragraphs": ("ANTARA - Jukung hias.",)},
        {"seen_at": None},
        {"dateline": None, "dateline_text": None, "section": None},
        {"published_at": datetime(1990, 1, 1, tzinfo=UTC)},
    ],
)
def test_unusual_but_sane_articles_pass(check, article, fields):
    unusual = replace(article, **fields)
    assert check.process_item(unusual) is unusual


def test_an_imported_text_needs_a_body_and_nothing_else(check, article):
    bare = replace(article, url=None, article_id=None, title=None, published_at=None)
    assert check.process_item(bare) is bare
    short = replace(bare, paragraphs=("Sah!",))
    assert check.process_item(short) is short
    outcome = check.process_item(replace(bare, paragraphs=()))
    assert (outcome.reason, outcome.page.url) == ("no body", "")


def test_what_is_no_article_passes_untouched(check):
    outcome = Outcome(Page("kalsel", "article", f"{HOME}/berita/1"), "gone", "HTTP 404")
    assert check.process_item(outcome) is outcome
