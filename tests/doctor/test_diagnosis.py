"""What the doctor says of portals that are read well, and of ones that were redesigned."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from scrapy.http import Response

from antara_crawler.doctor.checkup import Checkup, Look, Seen, choose
from antara_crawler.doctor.diagnosis import diagnose
from antara_crawler.doctor.suggestions import Sample, suggest
from antara_crawler.items import Page
from antara_crawler.pages import read_article
from antara_crawler.pages.custom import as_toml, read_catalogue
from antara_crawler.portals import portal
from tests.doctor.redesign import Redesign, layouts_of, look_of, visit_of
from tests.portal.site import Site

KALSEL = portal("kalsel")


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(103, 60)


def verdicts(seen: Seen) -> dict[str, str]:
    return {line.what: line.verdict for line in diagnose(seen, KALSEL).lines}


def test_of_a_portal_that_is_read_well_nothing_is_called_wrong(site):
    seen = visit_of(site, layouts_of(site, "regional")[:10], Redesign(0, 0.0))
    assert "wrong" not in verdicts(seen).values()


@pytest.mark.parametrize(
    ("status", "verdict"),
    [(200, "fine"), (404, "fine"), (403, "fine"), (503, "wrong"), (429, "wrong")],
)
def test_a_robots_txt_that_a_crawl_does_not_take_for_leave_is_none(
    status: int, verdict: str
) -> None:
    spider = Checkup("kalsel")
    spider.answered(Response(f"{KALSEL.base_url}/robots.txt", status))
    assert verdicts(spider.seen)["robots.txt"] == verdict


def test_what_stands_in_all_texts_is_to_be_looked_at(site):
    def with_a_call(html: str) -> str:
        call = "<p>Kami mengajak pembaca memasang aplikasi kami di telepon hari ini juga.</p>"
        return re.sub(r"(<div[^>]*post-content[^>]*>)", rf"\1{call}", html)

    known = layouts_of(site, "regional")[:10]
    assert verdicts(visit_of(site, known, Redesign(0, 0.0)))["shared"] == "fine"
    seen = visit_of(site, known, with_a_call)
    [line] = [line for line in diagnose(seen, KALSEL).lines if line.what == "shared"]
    assert "“Kami mengajak pembaca" in line.found and "in the texts of 10 of 10" in line.found
    assert (line.verdict, "`without`" in line.todo) == ("look", True)


def test_after_a_redesign_the_fields_that_are_lost_are_called_wrong_and_no_others(site):
    change = Redesign(3)

    def with_the_path_in_bullets_over_a_rule(html: str) -> str:
        return change(html).replace("<ol ", "<ul ").replace("</ol>", "</ul><hr>")

    layouts = layouts_of(site, "regional")[:10]
    seen = visit_of(site, layouts, with_the_path_in_bullets_over_a_rule)
    said = verdicts(seen)
    assert [what for what, verdict in said.items() if verdict == "wrong"] == ["section"]
    assert said["articles"] == "look"
    assert diagnose(seen, KALSEL).status == 4


def test_the_selectors_suggested_read_the_pages_of_a_redesign_as_they_were_read_before(site):
    change = Redesign(3)
    known = layouts_of(site, "regional")
    looks = visit_of(site, known[:10], change).looks
    found = suggest([Sample(look.html, look.url, look.page.hints) for look in looks], KALSEL)
    text = as_toml("suggested", {each.place: each.selectors for each in found})
    templates = read_catalogue(text, "t.toml").serving("kalsel")
    for each in known[10:20]:
        before = look_of(site, each, Redesign(0, 0.0))
        after = look_of(site, each, change)
        old = read_article(before.html, each.url, KALSEL)
        new = read_article(after.html, each.url, KALSEL, templates=templates)
        assert new.template.startswith("suggested@")
        assert (new.title, new.paragraphs, new.section) == (old.title, old.paragraphs, old.section)
        assert (new.published_at, new.reporters) == (old.published_at, old.reporters)


def test_a_date_that_differs_from_the_feeds_is_wrong_and_shown_with_both_values(site):
    ten = layouts_of(site, "regional")[:10]
    seen = visit_of(site, ten, Redesign(0, 0.0))
    shifted = Seen([_with_hour_more(look) for look in seen.looks], "read")
    line = next(each for each in diagnose(shifted, KALSEL).lines if each.what == "time")
    assert line.verdict == "wrong"
    assert all(each.read != each.said for each in line.differences)


def test_nothing_read_is_exit_status_3():
    page = Page("kalsel", "article", "https://kalsel.antaranews.com/berita/375001/a")
    seen = Seen([Look(page, "article", page.url, 403, trouble="HTTP 403")], "read")
    assert diagnose(seen, KALSEL).status == 3


def test_the_ten_are_old_and_new_and_of_each_kind():
    pool = [
        Page("kalsel", "article", f"https://x/{kind}/{number}", kind, number)
        for kind, number in [("berita", n) for n in range(100, 120)]
        + [("foto", 7), ("video", 9000), ("rilis-pers", 8000)]
    ]
    done: set[str] = set()
    for slot in ("newest", "oldest", "foto", "video", "other"):
        chosen = choose(pool, slot, done)
        assert chosen is not None
        done.add(chosen.url)
    assert {url.removeprefix("https://x/") for url in done} == {
        *("berita/119", "berita/100", "foto/7", "video/9000", "rilis-pers/8000"),
    }


def _with_hour_more(look: Look) -> Look:
    hints = tuple(
        replace(hint, published_at=hint.published_at + timedelta(hours=1))
        for hint in look.page.hints
        if hint.published_at
    )
    return replace(look, page=replace(look.page, hints=hints))
