"""Every article that the loopback portal can make, in every form, is read as its truth says."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import pytest

from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Article
from antara_crawler.pages import (
    further_pages,
    join_pages,
    read_article,
    read_feed,
    read_listing,
    read_sitemap,
)
from antara_crawler.pages.found.shown import Entry
from antara_crawler.portals import portal
from antara_crawler.text import without_repeats
from tests.portal.places import SECTIONS
from tests.portal.site import Site

SITES = [(1, "kalsel"), (2, "kalsel"), (3, "kalteng"), (4, "papua"), (6, "lampung")]
ARTICLES = 120


def record(article: Article) -> dict[str, Any]:
    """Return the fields of an export record that pages/ and the repeats decide."""
    kept, removed = without_repeats(article.paragraphs, article.dateline_text)
    fields = asdict(article)
    return {
        **{name: fields[name] for name in ("portal", "article_id", "kind", "url", "title")},
        "dateline": article.dateline,
        "paragraphs": list(kept),
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "modified_at": article.modified_at.isoformat() if article.modified_at else None,
        "reporters": list(article.reporters),
        "editors": list(article.editors),
        "uploaders": list(article.uploaders),
        "section": article.section,
        "tags": list(article.tags),
        "images": list(fields["images"]),
        "related": list(fields["related"]),
        "copyright": article.copyright,
        "language": article.language,
        "removed_paragraphs": [
            {"position": r.position, "repeats": r.repeats, "text": r.text} for r in removed
        ],
    }


def read(site: Site, path: str, query: str = "") -> tuple[str, str]:
    reply = site.respond(path, query)
    assert reply.status == 200
    return reply.body.decode(), f"https://{site.host}{path}" + (f"?{query}" if query else "")


def read_whole(site: Site, path: str) -> Article:
    """Read an article as the spider does: its page, then the further pages that it names."""
    place = portal(site.portal)
    html, url = read(site, path)
    first = read_article(html, url, place)
    parts = [first]
    for further in further_pages(html, url, place):
        html, url = read(site, *further.removeprefix(f"https://{site.host}").split("?"))
        parts.append(read_article(html, url, place))
    return join_pages(parts)


@pytest.fixture(scope="module", params=SITES, ids=lambda pair: f"{pair[1]}-{pair[0]}")
def site(request: pytest.FixtureRequest) -> Site:
    seed, name = request.param
    return Site(seed, ARTICLES, name)


def test_every_ordinary_page_is_read_as_its_truth_says(site: Site) -> None:
    for article in site.articles:
        assert record(read_whole(site, article.path)) == article.truth, article.path


def test_every_amp_page_alone_is_read_as_its_truth_says(site: Site) -> None:
    for article in site.articles:
        assert record(read_whole(site, article.amp_path)) == article.amp_truth, article.amp_path


def identities(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    return [(entry.address.kind, entry.address.number) for entry in entries]


@pytest.mark.parametrize("paging", ["path", "query"])
def test_listings_lead_through_all_articles_and_end(paging: str) -> None:
    site = Site(7, 47, paging=paging)
    place = portal(site.portal)
    url: str | None = f"{place.base_url}/terkini"
    found: list[Entry] = []
    while url:
        assert len(found) < len(site.articles), "the listing does not end"
        path, _, query = url.removeprefix(place.base_url).partition("?")
        html, asked = read(site, path, query)
        listing = read_listing(html, asked, place)
        found += listing.entries
        url = listing.next_url
    assert identities(found) == [article.key for article in site.newest]
    assert {entry.title for entry in found} == {article.title for article in site.articles}
    assert all(entry.published_at or entry.age is not None for entry in found)


def test_sections_of_the_menu_are_found() -> None:
    site = Site(7, 20)
    html, url = read(site, "/terkini")
    found = {link.url: link.title for link in read_listing(html, url, portal("kalsel")).sections}
    for path, name in SECTIONS:
        assert found[f"https://{site.host}{path}"] == name
    assert not [url for url in found if not url or site.host not in url]


@pytest.mark.parametrize(("bom", "zipped"), [(False, False), (True, False), (True, True)])
def test_the_feed_names_the_newest(bom: bool, zipped: bool) -> None:
    site = Site(7, 40, feed_bom=bom, feed_gzip=zipped)
    body = site.respond("/rss/terkini.xml").body
    entries = read_feed(body, f"https://{site.host}/rss/terkini.xml", portal("kalsel")).entries
    newest = site.newest[: site.feed_items]
    assert identities(entries) == [article.key for article in newest]
    assert [entry.title for entry in entries] == [article.title for article in newest]
    assert [entry.published_at for entry in entries] == [article.published for article in newest]


def test_the_sitemaps_name_every_article() -> None:
    site = Site(7, 60, sitemap=True)
    place = portal("kalsel")
    body = site.respond("/sitemap.xml").body
    (index,) = read_sitemap(body, f"{place.base_url}/sitemap.xml", place)
    found: set[tuple[str, int]] = set()
    for child in index.children:
        body = site.respond(child.removeprefix(place.base_url)).body
        for part in read_sitemap(body, child, place):
            found |= set(identities(part.entries))
    assert found == {article.key for article in site.articles}


def test_what_stands_in_an_articles_place_is_unreadable() -> None:
    site = Site(7, 20)
    url = f"https://{site.host}/berita/999999/tidak-ada"
    for path in ("/", "/terkini", "/berita/999999/tidak-ada"):
        html = site.respond(path).body.decode()
        with pytest.raises(UnreadablePage, match="no template finds an article's body"):
            read_article(html, url, portal("kalsel"))
