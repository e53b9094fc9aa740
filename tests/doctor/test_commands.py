"""`scrapy doctor` and `scrapy inspect` as a user runs them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from antara_crawler.doctor.inspection import inspect
from antara_crawler.doctor.report import as_html
from antara_crawler.portals import portal
from tests.doctor.redesign import Redesign
from tests.pages import building
from tests.portal.faults import Faults
from tests.portal.server import PortalServer
from tests.portal.site import Reply, Site, article_in
from tests.scrapy_runs import Workplace


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")


def test_the_doctor_asks_for_twenty_pages_at_most_and_archives_nothing(place):
    asked: list[str] = []
    with PortalServer(Site(3, 40, sitemap=True), Faults(), log=asked.append) as server:
        ended = place.run(
            *("doctor", "kalsel", "--json", "-a", f"base_url={server.url}"),
            *("-s", "DOWNLOAD_DELAY=0"),
        )
    told = json.loads(ended.out)
    assert (ended.status, told["read"]) == (told["status"], 10), ended.err
    found = {line["what"] for line in told["lines"]}
    assert found >= {"robots.txt", "feed", "listing", "section", "sitemap", "day index", "title"}
    assert 10 < len(asked) <= 20
    assert list(place.folder.iterdir()) == []


def test_the_doctor_says_that_nothing_could_be_read_where_no_host_answers(place):
    ended = place.run(
        *("doctor", "kalsel", "-a", "base_url=http://127.0.0.1:9", "-s", "DOWNLOAD_DELAY=0")
    )
    assert ended.status == 3
    assert "WRONG" in ended.out
    assert "Traceback" not in ended.err


def test_a_saved_page_is_inspected_under_the_address_that_it_names(place):
    file = place.folder / "page.html"
    link = f'<link rel="canonical" href="{building.URL}">'
    file.write_text(building.page().replace("<head>", f"<head>{link}"), "utf-8")
    ended = place.run("inspect", str(file))
    assert ended.status == 0, ended.err
    assert "template regional" in ended.out
    assert "= header.post-header h1.post-title: Tanggul jebol" in ended.out


def test_a_wrong_file_of_templates_is_refused_before_anything_is_started(place):
    file = place.folder / "t.toml"
    file.write_text('[[template]]\nname = "a"\nbody = ["p[["]\n', "utf-8")
    ended = place.run("crawl", "kalsel", "-s", f"TEMPLATES_FILE={file}")
    assert ended.status == 2
    assert ended.err.startswith("scrapy crawl: t.toml: template 1 (a): body: not a selector")
    assert ended.err.count("\n") == 1
    assert not (place.folder / "archive.db").exists()


class Redesigned(Site):
    """A portal whose articles no template knows."""

    change = Redesign(3)

    def respond(self, path: str, *more: Any) -> Reply:
        reply = super().respond(path, *more)
        if article_in(path) is None:
            return reply
        return replace(reply, body=self.change(reply.body.decode()).encode())


def test_after_a_redesign_a_crawl_says_so_and_a_template_of_toml_reads_it_all_again(place):
    site = Redesigned(3, 12)
    with PortalServer(site, Faults()) as server:
        crawled = place.crawl(server.url)
    assert crawled.status == 4, crawled.err
    assert "read without a template" in crawled.err
    read = place.records("--template", "generic")
    assert read == place.records()
    pages = [record["url"] for record in read]
    suggested = place.run("inspect", "--suggest", *pages)
    assert suggested.status == 0, suggested.err
    file = place.folder / "templates.toml"
    file.write_text(suggested.out, "utf-8")
    again = place.run("reextract", "--workers", "1", "-s", f"TEMPLATES_FILE={file}")
    assert again.status == 0, again.err
    assert place.records("--template", "generic") == []
    held = place.records("--template", "kalsel-suggested")
    assert len(held) == len(site.articles)
    dates = {each["url"]: each["published_at"] for each in held}
    assert all(dates[each["url"]] == each["published_at"] for each in read)
    told = {(each["kind"], each["article_id"]): each["paragraphs"] for each in held}
    assert told == {(each["kind"], each["article_id"]): each["paragraphs"] for each in site.truth}


def test_nothing_of_a_page_is_markup_in_the_page_of_its_inspection():
    evil = "<script>alert(1)</script>"
    html = building.page(building.BODY + f"<p>{evil.replace('<', '&lt;')} ditulisnya begitu.</p>")
    seen = inspect(html, building.URL, portal("kalsel"))
    assert evil in seen.texts[-1].text or any(evil in text.text for text in seen.texts)
    page = as_html(seen)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
