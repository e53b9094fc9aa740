"""`scrapy doctor` and `scrapy inspect` as a user runs them."""

import json
from pathlib import Path

import pytest

from antara_crawler.doctor.inspection import inspect
from antara_crawler.doctor.inspection_report import as_html
from antara_crawler.portals import portal
from tests.pages import building
from tests.portal.faults import Faults
from tests.portal.server import PortalServer
from tests.portal.site import Site
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


def test_nothing_of_a_page_is_markup_in_the_page_of_its_inspection():
    evil = "<script>alert(1)</script>"
    html = building.page(building.BODY + f"<p>{evil.replace('<', '&lt;')} ditulisnya begitu.</p>")
    seen = inspect(html, building.URL, portal("kalsel"))
    assert evil in seen.texts[-1].text or any(evil in text.text for text in seen.texts)
    page = as_html(seen)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
