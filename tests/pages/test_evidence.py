"""What else says of an article what was read: each agreement and difference, with both values."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from antara_crawler.items import Article, Hint
from antara_crawler.pages import join_pages, read_article
from antara_crawler.pages.fields.metadata import Metadata
from antara_crawler.pages.found.evidence import by_number, evidence
from antara_crawler.pages.tree import Tree
from antara_crawler.portals import portal

KALSEL = portal("kalsel")
URL = "https://kalsel.antaranews.com/berita/430001/jembatan"
AT = datetime(2026, 3, 1, 9, 30, tzinfo=ZoneInfo("Asia/Makassar"))
LEAD = "Warga Desa Haur Gading bergotong royong membangun jembatan bambu sejak Senin pagi."
NEXT = "Kepala desa mengatakan bambu itu dari kebun warga sendiri."
ARTICLE = Article(
    portal="kalsel",
    kind="berita",
    article_id=430001,
    url=URL,
    title="Warga bangun jembatan bambu",
    paragraphs=(LEAD, NEXT),
    published_at=AT,
    section="Kabupaten Tabalong",
)


def compared(head: str = "", hints: tuple[Hint, ...] = (), **more: object) -> dict[str, bool]:
    """Which field agrees with which source."""
    tree = Tree(f"<html><head>{head}</head><body><p>x</p></body></html>", URL)
    article = replace(ARTICLE, **more)
    found = evidence(article, Metadata(tree, URL, KALSEL), hints, zone=KALSEL.zone)
    return {f"{each.field} {each.source}": each.agrees for each in found}


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def linked(**said: str) -> str:
    pairs = ", ".join(f'"{name}": "{value}"' for name, value in said.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {pairs}}}</script>'


def test_what_is_said_nowhere_else_has_no_evidence() -> None:
    assert compared() == {}


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        ("Warga bangun jembatan bambu", True),
        ("WARGA bangun  jembatan bambu - ANTARA News Kalimantan Selatan", True),
        ("Warga bangun jemb ...", True),
        ("Warga bangun jembatan", False),
        ("Bupati resmikan pasar", False),
    ],
)
def test_the_headline_is_compared_with_what_the_page_and_others_say(said, agrees) -> None:
    found = compared(
        meta("og:title", said) + linked(headline=said), (Hint("feed", said), Hint("card", said))
    )
    assert found == dict.fromkeys(("title og", "title ld", "title feed", "title card"), agrees)


def test_a_title_that_is_the_sites_name_is_no_evidence() -> None:
    assert compared(meta("og:title", "ANTARA News Kalimantan Selatan")) == {}


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        (LEAD[:60], True),
        (f"Barabai, Kalsel (ANTARA) - {LEAD}", True),
        (f"{LEAD} {NEXT[:30]} ...", True),
        (NEXT, False),
        ("ANTARA FOTO: sebuah jembatan bambu di atas sungai yang lebar", False),
    ],
)
def test_the_lead_begins_as_the_teaser_says(said, agrees) -> None:
    found = compared(
        meta("og:description", said) + linked(description=said), (Hint("feed", None, said),)
    )
    assert found == dict.fromkeys(("lead og", "lead ld", "lead feed"), agrees)


@pytest.mark.parametrize("said", ["Warga bangun jembatan bambu ...", "Berita terkini"])
def test_a_description_that_is_the_headline_or_a_few_words_is_no_evidence(said) -> None:
    assert compared(meta("og:description", said)) == {}


@pytest.mark.parametrize(
    ("shift", "agrees"),
    [(timedelta(0), True), (timedelta(minutes=4), True), (timedelta(hours=1), False)],
)
def test_the_time_is_compared_to_the_minutes(shift, agrees) -> None:
    said = (AT + shift).isoformat()
    hint = Hint("feed", published_at=AT + shift, within=timedelta(minutes=10))
    head = meta("article:published_time", said) + linked(datePublished=said)
    assert compared(head, (hint,)) == dict.fromkeys(("time meta", "time ld", "time feed"), agrees)


def test_a_card_that_says_only_the_day_agrees_within_it() -> None:
    hint = Hint("card", published_at=AT.replace(hour=0, minute=0), within=timedelta(days=1))
    assert compared(hints=(hint,)) == {"time card": True}


def test_a_time_in_another_zone_is_the_same_moment() -> None:
    head = meta("article:published_time", "2026-03-01T08:30:00+07:00")
    assert compared(head) == {"time meta": True}


@pytest.mark.parametrize(("said", "agrees"), [("tabalong", True), ("ekonomi", False)])
def test_the_section_is_compared_with_the_listing(said, agrees) -> None:
    assert compared(hints=(Hint("card", section=said),)) == {"section listing": agrees}


@pytest.mark.parametrize(
    ("paragraphs", "agrees"),
    [
        ((LEAD, NEXT), True),
        ((LEAD,), True),
        ((LEAD, NEXT, "Sebuah jembatan bambu di Tabalong. ANTARA/Budi"), False),
    ],
)
def test_the_text_is_what_json_ld_says_and_not_more(paragraphs, agrees) -> None:
    found = compared(linked(articleBody=f"{LEAD} {NEXT}"), paragraphs=paragraphs)
    assert found == {"body ld": agrees}


def test_text_that_was_left_unread_is_a_difference() -> None:
    whole = f"{LEAD} {NEXT} " + " ".join(
        f"Kalimat lain nomor {n} tentang bambu." for n in range(20)
    )
    assert compared(linked(articleBody=whole)) == {"body ld": False}


def test_a_difference_has_both_values() -> None:
    tree = Tree(f"<html><head>{meta('og:title', 'Bupati resmikan pasar')}</head></html>", URL)
    (found,) = evidence(ARTICLE, Metadata(tree, URL, KALSEL))
    assert (found.read, found.said) == ("Warga bangun jembatan bambu", "Bupati resmikan pasar")


def test_other_readers_texts_are_compared_too_and_one_that_guesses_need_not_be_exact() -> None:
    texts = {"amp": [LEAD, NEXT], "generic": [LEAD, NEXT, "Baca juga"]}
    tree = Tree("<html><body><p>x</p></body></html>", URL)
    found = evidence(ARTICLE, Metadata(tree, URL, KALSEL), (), texts)
    assert {each.source: each.agrees for each in found} == {"amp": True, "generic": True}
    assert not evidence(ARTICLE, Metadata(tree, URL, KALSEL), (), {"generic": [NEXT]})[0].agrees


@pytest.mark.parametrize(
    ("before", "after", "agrees"),
    [
        (AT - timedelta(hours=3), AT + timedelta(hours=1), True),
        (AT + timedelta(hours=3), None, True),
        (AT - timedelta(days=9), AT - timedelta(days=5), False),
        (AT + timedelta(days=5), None, False),
    ],
)
def test_the_time_lies_between_those_of_the_neighbours_by_number(before, after, agrees) -> None:
    (found,) = by_number(ARTICLE, before, after)
    assert (found.source, found.agrees) == ("number", agrees)
    assert by_number(ARTICLE, None, None) == ()


def test_a_reader_that_knows_no_portal_is_asked_for_a_sample() -> None:
    pytest.importorskip("resiliparse")
    lines = "".join(f"<p>{LEAD} {NEXT} Kalimat {n} tentang desa itu.</p>" for n in range(9))
    page = (
        "<html><body><article class='post-wrapper'><h1 class='post-title'>Warga bangun jembatan"
        f"</h1><div class='post-content'>{lines}</div></article></body></html>"
    )
    sampled = read_article(page, URL.replace("430001", "430000"), KALSEL)
    assert [(e.source, e.agrees) for e in sampled.agreements if e.field == "body"] == [
        ("generic", True)
    ]
    assert not read_article(page, URL, KALSEL).agreements


def test_an_article_comes_with_its_evidence_and_joined_pages_without_that_of_a_part() -> None:
    head = meta("og:title", "Warga bangun jembatan bambu") + linked(articleBody=f"{LEAD} {NEXT}")
    html = (
        f"<html><head>{head}</head><body><article class='post-wrapper'><h1 class='post-title'>"
        f"Warga bangun jembatan bambu</h1><div class='post-content'><p>{LEAD}</p><p>{NEXT}</p>"
        "</div></article></body></html>"
    )
    article = read_article(html, URL, KALSEL, (Hint("feed", "Warga bangun jembatan bambu"),))
    found = {f"{each.field} {each.source}": each.agrees for each in article.agreements}
    assert found == {"title og": True, "title feed": True, "body ld": True}
    joined = join_pages([article, article])
    assert {each.field for each in joined.agreements} == {"title"}
