"""The page of changes and its feed."""

from xml.etree import ElementTree

import httpx

from tests.web.pages import see

GONE = "/kalsel/berita/400404"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(web: httpx.Client, **params: str) -> list[ElementTree.Element]:
    answer = web.get("/changes.atom", params=params)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall("a:entry", ATOM)


def found(entry: ElementTree.Element, name: str) -> str:
    return entry.findtext(f"a:{name}", "", ATOM)


def test_what_was_changed_and_what_is_gone_is_shown_with_the_words(web: httpx.Client) -> None:
    shown = see(web, "/changes", lang="en")
    assert "headline" in shown.text(".hits")
    assert "gone" in shown.text(".hits")
    assert shown.page.css(".hits del") and shown.page.css(".hits ins")
    leads = [link.attrib["href"] for link in shown.page.css(".hits h2 a")]
    assert f"{GONE}?lang=en" in leads
    assert any(link.startswith("/kalsel/berita/496552/diff?from=1") for link in leads)


def test_a_kind_chooses_and_an_unknown_one_is_told(web: httpx.Client) -> None:
    gone = see(web, "/changes", kind="gone")
    assert GONE in [a.attrib["href"] for a in gone.page.css(".hits h2 a")]
    assert not gone.page.css(".hits del")
    assert web.get("/changes", params={"kind": "apa"}).status_code == 422
    assert web.get("/changes.atom", params={"kind": "apa"}).status_code == 400


def test_the_feed_keeps_the_ids_of_its_entries_and_its_texts_are_mere_texts(
    web: httpx.Client,
) -> None:
    ids = [found(entry, "id") for entry in entries(web)]
    assert len(ids) == len(set(ids)) > 1
    assert ids == [found(entry, "id") for entry in entries(web, lang="en")]
    assert {found(entry, "id") for entry in entries(web, kind="gone")} < set(ids)
    revised = next(entry for entry in entries(web) if "/revised/" in found(entry, "id"))
    assert found(revised, "content")[:2] in ("[-", "{+")
    assert all(not list(entry.find("a:content", ATOM)) for entry in entries(web))
    link = next(each for each in revised.findall("a:link", ATOM) if each.get("rel") == "alternate")
    assert web.get(link.get("href", "")).status_code == 200
