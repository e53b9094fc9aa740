"""The Atom feed of a search, read as a feed reader reads it."""

from datetime import datetime
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, fromstring

import httpx
import pytest

from tests.web.pages import see
from tests.web.samples import SCRIPT, bridge

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(web: httpx.Client, path: str) -> list[Element]:
    """Return the entries of a feed, checked for what every Atom feed and entry must have."""
    answer = web.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml"
    root = fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    found = root.findall(f"{ATOM}entry")
    for element in (root, *found):
        for name in ("id", "title", "updated"):
            (child,) = element.findall(f"{ATOM}{name}")
            assert child.text
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "").tzinfo
    ids = [each.findtext(f"{ATOM}id") for each in found]
    assert len(set(ids)) == len(ids)
    return found


def link_of(entry: Element, relation: str) -> str:
    (found,) = [e for e in entry.findall(f"{ATOM}link") if e.attrib["rel"] == relation]
    return found.attrib["href"]


def test_a_search_names_its_feed_and_both_find_the_same(web: httpx.Client) -> None:
    shown = see(web, "/", q="jembatan -irigasi", section="Hulu Sungai Tengah", order="date")
    (named,) = shown.page.css("link[type='application/atom+xml']::attr(href)").getall()
    found = entries(web, urljoin(str(shown.answer.url), named))
    base = str(web.base_url).rstrip("/")
    places = [base + path for path in shown.page.css("h3 a::attr(href)").getall()]
    assert [link_of(entry, "alternate") for entry in found] == places
    assert places
    assert shown.link("Ikuti pencarian ini") == urljoin(base, named)


def test_an_entry_says_what_its_article_says(web: httpx.Client) -> None:
    (entry,) = [
        each
        for each in entries(web, "/atom?q=jembatan+bambu+awang")
        if link_of(each, "alternate").endswith("/kalsel/berita/496552")
    ]
    assert entry.findtext(f"{ATOM}published") == "2023-10-17T15:47:00+08:00"
    assert entry.findtext(f"{ATOM}updated") == "2023-10-17T18:05:00+08:00"
    names = [e.findtext(f"{ATOM}name") for e in entry.findall(f"{ATOM}author")]
    assert names == list(bridge().reporters)
    assert link_of(entry, "via") == bridge().url


def test_an_entry_keeps_its_identity_in_other_feeds_and_at_other_names(web: httpx.Client) -> None:
    def identity(path: str, host: str) -> str:
        root = fromstring(web.get(path, headers={"Host": host}).content)
        for entry in root.findall(f"{ATOM}entry"):
            if link_of(entry, "alternate").partition("?")[0].endswith("/kalsel/berita/496552"):
                return entry.findtext(f"{ATOM}id") or ""
        raise AssertionError(path)

    forms = ("/atom?q=jembatan+awang", "/atom?tag=jembatan+bambu&lang=en")
    assert len({identity(path, host) for path in forms for host in ("localhost", "127.0.0.1")}) == 1


def test_what_an_article_or_a_query_holds_stays_text_in_a_feed(web: httpx.Client) -> None:
    titles = [each.findtext(f"{ATOM}title") or "" for each in entries(web, "/atom?q=terapung")]
    assert any(SCRIPT in title for title in titles)
    assert entries(web, "/atom?q=terapung+%0b%EF%BF%BE%3Cb%3E%26&lang=en")


@pytest.mark.parametrize("wrong", ["since=kemarin", "tag=tidakada", "section=x"])
def test_a_feed_of_a_wrong_search_is_no_feed(web: httpx.Client, wrong: str) -> None:
    assert web.get(f"/atom?{wrong}").status_code == 422
