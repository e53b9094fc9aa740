"""The truth agrees with the pages, with the rule of repeats, and with itself, for every trap."""

import json
import unicodedata
from collections.abc import Iterable

import pytest

from tests.portal.model import Block, Paragraph
from tests.portal.oracle import by_the_rule, planted
from tests.portal.plain import UNSEEN, html_of, shown, spoken, whole
from tests.portal.seen import SITE
from tests.portal.site import Site
from tests.portal.traps import TRAPS

RECORD = {
    "portal", "article_id", "kind", "url", "title", "dateline", "paragraphs", "published_at",
    "modified_at", "reporters", "editors", "uploaders", "section", "tags", "images", "related",
    "copyright", "language", "removed_paragraphs",
}  # fmt: skip


def test_the_same_seed_makes_the_same_truth_and_the_same_bytes() -> None:
    again = Site(1, 300)
    assert again.truth == SITE.truth
    for one, other in zip(SITE.articles[::7], again.articles[::7], strict=True):
        assert SITE.respond(one.path) == again.respond(other.path)


def test_another_seed_makes_other_articles() -> None:
    assert not {t["title"] for t in Site(2, 60).truth} & {t["title"] for t in Site(3, 60).truth}


def test_truth_has_the_fields_of_the_contract_and_is_json() -> None:
    for truth in SITE.truth:
        assert set(truth) == RECORD
        assert json.loads(json.dumps(truth)) == truth


def test_every_article_has_an_identity_of_its_own() -> None:
    keys = [(truth["kind"], truth["article_id"]) for truth in SITE.truth]
    assert len(set(keys)) == 300
    assert len({truth["url"] for truth in SITE.truth}) == 300


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_has_an_article(trap: str) -> None:
    assert SITE.traps.get(trap)


def test_no_trap_is_without_a_name_in_the_list() -> None:
    assert set(SITE.traps) == set(TRAPS)


def test_all_months_and_weekdays_occur() -> None:
    assert {article.published.month for article in SITE.articles} == set(range(1, 13))
    assert {article.published.weekday() for article in SITE.articles} == set(range(7))


def test_the_page_shows_whatever_is_true() -> None:
    for article in SITE.articles:
        text, truth = shown(whole(SITE, article)), article.truth
        for expected in spoken(truth):
            assert expected in text, (article.path, expected)


def test_the_amp_page_shows_whatever_is_true_of_it() -> None:
    for article in SITE.articles:
        text = shown(html_of(SITE, article.amp_path))
        for expected in spoken(article.amp_truth):
            assert expected in text, (article.amp_path, expected)


def test_each_picture_and_each_link_of_the_truth_is_on_the_page() -> None:
    for article in SITE.articles:
        html = whole(SITE, article)
        for shot in article.truth["images"]:
            assert shot["url"] is None or shot["url"] in html
        for link in article.truth["related"]:
            number = link["url"] and link["url"].split("/")[-2]
            assert number is None or f"/{number}/" in html


def test_truth_is_tidy() -> None:
    for truth in SITE.truth:
        for text in spoken(truth):
            assert text == " ".join(unicodedata.normalize("NFC", text).split())
            assert not UNSEEN.search(text)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_repeats_are_those_of_the_rule(seed: int) -> None:
    for article in Site(seed, 300).articles:
        blocks = [block for page in article.pages for block in page]
        assert planted(article.truth) == by_the_rule(article.truth, before_of(blocks)), article.path
        assert planted(article.amp_truth) == by_the_rule(article.amp_truth, before_of(article.amp))


def before_of(blocks: Iterable[Block]) -> str:
    first = next(block for block in blocks if isinstance(block, Paragraph))
    return first.before


def test_decoys_stay() -> None:
    for name in ("decoy:refrain", "decoy:near-figure", "decoy:near-letter", "decoy:opening"):
        assert SITE.traps[name]
    refrains = [SITE.article(n, kind).truth for kind, n in SITE.traps["decoy:refrain"]]
    kept = [max(map(t["paragraphs"].count, t["paragraphs"])) for t in refrains]
    assert kept == [3] * len(refrains)


def test_pages_of_an_article_together_hold_its_body() -> None:
    article = SITE.article(*reversed(SITE.traps["pages:3"][0]))
    parts = "\n".join(shown(html_of(SITE, article.path, f"page={n}")) for n in (1, 2, 3))
    places = [parts.index(text) for text in article.truth["paragraphs"] if len(text) > 60]
    assert places == sorted(places)
