"""RSS feeds, Atom feeds and sitemaps: the articles that they name, and what else stood there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from lxml.etree import _Element

from antara_crawler.addresses import absolute, address_of, own_url, page_base
from antara_crawler.pages.found.hints import read_hint
from antara_crawler.pages.found.shown import Entry, Shown, Tally
from antara_crawler.pages.found.xml_items import Item, Items
from antara_crawler.portals import Portal
from antara_crawler.text import tidy
from antara_crawler.wording import sentence

LARGEST = 50_000_000
"""Bytes of a feed, unpacked, beyond which it is not read."""
LARGEST_SITEMAP = 1_000_000_000
MOST_ITEMS = 20_000
"""Items of a feed beyond which it is not read."""
_LONGEST = 4_000
_BUILT = re.compile(r"<lastBuildDate>([^<>]{1,60})<", re.I)
_TAG = re.compile(r"<[^<>]{0,2000}>")
BATCH = 1_000
"""Addresses of a sitemap that are handed on at once."""

_LINKS = ("link", "loc", "origlink", "guid", "id")
_PUBLISHED = ("pubdate", "published", "issued", "date", "publication_date")
"""Never `lastmod`, `updated` or `modified`: they say when a page was last touched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap(Shown):
    """A part of a sitemap: articles, and for an index the sitemaps that it names.

    An index's sitemap on another host is a stray. `shown` counts the `children`, too.
    """

    children: tuple[str, ...] = ()
    more: bool = False
    """Whether another part of the same sitemap follows."""


def read_feed(body: bytes, url: str, portal: Portal) -> Shown:
    """Return what an RSS or Atom feed shows: its articles in order, each once.

    `body` may be gzipped, begin with a byte order mark or blank lines, and hold stray '&'; an
    item that is not well-formed costs itself only. A date keeps the offset it is given with.
    A feed that breaks off gives the items before that, with `cut_short`. Raises
    UnreadablePage for anything that is no feed, or defines entities.
    """
    roots = ("rss", "rdf", "feed", "channel")
    items = Items(body, url, roots=roots, names=("item", "entry"), most=LARGEST)
    base = page_base(url, portal)
    tally = Tally()
    for item in items:
        if tally.shown == MOST_ITEMS:
            return tally.sum(Shown, cut_short=sentence(f"over {MOST_ITEMS:,} items"))
        tally.shown += 1
        _count(item, tally, base, portal)
    return tally.sum(Shown, cut_short=items.cut_short, built_at=_built_at(items.head, portal))


def _built_at(head: str, portal: Portal) -> datetime | None:
    said = _BUILT.search(head)
    found = said and read_hint(said[1], portal.zone)
    return found[0] if found else None


def read_sitemap(body: bytes, url: str, portal: Portal) -> Iterator[Sitemap]:
    """Yield what a sitemap shows, in parts of at most BATCH addresses: memory stays flat.

    Children of an index are those on a host of the portal, at the portal's own address. Bounds
    and errors as for `read_feed`; the last part says `cut_short`.
    """
    roots, names = ("urlset", "sitemapindex"), ("url", "sitemap")
    items = Items(body, url, roots=roots, names=names, most=LARGEST_SITEMAP)
    base = page_base(url, portal)
    tally, children = Tally(), dict[str, None]()
    for item in items:
        if tally.shown == BATCH:
            yield tally.sum(Sitemap, children=tuple(children), more=True)
            tally, children = Tally(), {}
        tally.shown += 1
        if item.name == "url":
            _count(item, tally, base, portal)
        else:
            _count_child(item, tally, children, base, portal)
    yield tally.sum(Sitemap, children=tuple(children), cut_short=items.cut_short)


def _count(item: Item, tally: Tally, base: str, portal: Portal) -> None:
    """Count an item as what it is: an article of the portal, a stray, or damaged."""
    if item.element is None:
        tally.spoil(item.why)
        return
    targets = [url for said in _links(item.element) if (url := absolute(said, base))]
    address = next((found for url in targets if (found := address_of(url, portal))), None)
    if address is not None:
        at, margin = _hint(item.element, portal)
        title, teaser = _text(item.element, "title"), _teaser(item.element)
        tally.take(Entry(address, title, at, margin=margin, teaser=teaser))
    elif targets:
        tally.leave(targets, portal)
    else:
        tally.spoil("it has no link of its own")


def _count_child(
    item: Item, tally: Tally, children: dict[str, None], base: str, portal: Portal
) -> None:
    said = _text(item.element, "loc") if item.element is not None else None
    place = absolute(said or "", base)
    if place is None:
        tally.spoil(item.why if item.element is None else "it has no address")
    elif (own := own_url(place, portal)) is None:
        tally.leave([place], portal)
    elif own in children:
        tally.repeats += 1
    else:
        children[own] = None


def _links(item: _Element) -> Iterator[str]:
    """Yield the addresses that an item has of its own, the likeliest first.

    Never an enclosure, a related page or a picture's: only `<link>`, by its text or as the
    alternate of its kind, then `guid` and `id`.
    """
    children = [(_name(child), child) for child in item.iterchildren("*")]
    for wanted in _LINKS:
        for name, child in children:
            if name != wanted:
                continue
            if text := tidy(child.text or ""):
                yield text
            elif name == "link" and child.get("rel", "alternate").strip().lower() == "alternate":
                yield child.get("href") or ""


def _hint(item: _Element, portal: Portal) -> tuple[datetime | None, timedelta]:
    """Return when an item says that its article was published, and how far that may be off."""
    said = [(name, element) for element in item.iter("*") if (name := _name(element)) in _PUBLISHED]
    for wanted in _PUBLISHED:
        for name, element in said:
            if name == wanted and (found := read_hint(element.text or "", portal.zone)):
                return found
    return None, timedelta(0)


def _teaser(item: _Element) -> str | None:
    """Return how the article begins: what is said of it, without the picture before it."""
    said = _text(item, "description") or _text(item, "summary") or ""
    return tidy(_TAG.sub(" ", said[:_LONGEST])).rstrip(" .…") or None


def _text(item: _Element, wanted: str) -> str | None:
    """Return the text of the first such element: a child, else one further below."""
    for elements in (item.iterchildren("*"), item.iter("*")):
        for element in elements:
            if _name(element) == wanted and (text := tidy(element.text or "")):
                return text
    return None


@lru_cache(maxsize=1000)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _name(element: _Element) -> str:
    return _local(str(element.tag))
