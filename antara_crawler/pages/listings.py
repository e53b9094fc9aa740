"""Listing pages: the articles in their main list, the next page, the portal's own sections."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

from lxml.etree import _Element

from antara_crawler.items import Entry, Link
from antara_crawler.pages.addresses import absolute, address_of, canonical_listing, page_base
from antara_crawler.pages.dates import read_age, read_date
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.portals import Portal
from antara_crawler.text import tidy

CARDS = (
    "article.simple-post", ".card__post", "ul.ul_rubrik li", "article",
)  # fmt: skip
"""A listing's cards in every layout (site/SITE.md, summary and A2)."""
PAGER = ("ul.pagination a", ".pagination a", "nav.pagination a", ".paging a", "a[rel=next]")
TITLES = ("h3", "h2", ".card__post__title", ".post_title", "h1", "h4", ".bxpd")
MENUS = ("nav", "header", ".navbar", ".menu", "#menu", ".navigation")

_ASIDE = re.compile(
    r"(?:sidebar|side|widget|popular|trending|terpopuler|related|menu|navbar|mega-?menu|dropdown"
    r"|breaking|ticker|headline-nav|footer|col-(?:md|lg)-4)(?:[-_].*)?|.*[-_](?:sidebar|widget|menu)",
    re.I | re.A,
)
_ASIDE_TAGS = frozenset({"aside", "nav", "footer"})
_DEEPEST = 60
_MOST = 500
_MOST_LINKS = 20
_NEXT = re.compile(
    r"(?:next|selanjutnya|berikutnya|lanjut|older|lebih lama|›|»|→|>|>>)[\s›»→>]*", re.I
)
_PAGE_IN_URL = re.compile(r"/(\d{1,6})$|[?&]page=(\d{1,6})(?:&|$)", re.A)
_SECTION = re.compile(r"(?:/[a-z0-9][a-z0-9-]{0,80}){1,3}", re.A)
_NO_SECTIONS = frozenset({
    "about", "amp", "akun", "contact", "cookie", "daftar", "disclaimer", "download", "faq",
    "feed", "feeds", "iklan", "indeks", "index", "infografik", "jaringan", "karir", "kebijakan",
    "ketentuan", "kontak", "login", "logout", "masuk", "pedoman", "print", "privacy", "privasi",
    "redaksi", "register", "rss", "search", "sitemap", "slug", "tag", "tags", "tentang",
    "tentang-kami", "terms", "topik", "about-us", "contact-us", "pedoman-media-siber",
    "ketentuan-penggunaan", "kebijakan-privasi",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listing:
    """What one page of a listing holds."""

    entries: tuple[Entry, ...]
    next_url: str | None
    sections: tuple[Link, ...]
    paged: bool
    """Whether it has a pager at all: only then does no `next_url` mean the last page."""


def read_listing(html: str, url: str, portal: Portal) -> Listing:
    """Return the articles of the listing at `url`, in page order, each once.

    The cards of the main list count; links in menus and side columns only where a page has
    no cards at all. `next_url` is what the pager calls next; `sections` are the listings
    that the portal's menu links, without other portals and service pages. Raises
    UnreadablePage for what is no HTML.
    """
    tree = Tree(html, url)
    base = page_base(url, portal)
    return Listing(
        _entries(tree, base, portal),
        _next(tree, url, portal),
        _sections(tree, base, portal),
        any(True for _ in tree.all(*PAGER)),
    )


def _entries(tree: Tree, base: str, portal: Portal) -> tuple[Entry, ...]:
    for cards in (
        _main_cards(tree),
        _loose_links(tree, aside=False),
        _loose_links(tree, aside=True),
    ):
        found: dict[tuple[str, int], Entry] = {}
        for card in cards:
            entry = _entry(card, base, portal)
            if entry:
                found.setdefault((entry.address.kind, entry.address.number), entry)
            if len(found) >= _MOST:
                break
        if found:
            return tuple(found.values())
    return ()


def _main_cards(tree: Tree) -> Iterator[_Element]:
    """Yield the innermost cards outside menus and side columns, in page order."""
    cards = set(tree.all(*CARDS))
    holders = {above for card in cards for above in islice(card.iterancestors(), _DEEPEST)}
    inner = cards - holders
    return (card for card in tree.root.iter("*") if card in inner and not _is_aside(card))


def _loose_links(tree: Tree, *, aside: bool) -> Iterator[_Element]:
    for link in tree.all("a"):
        if aside or not _is_aside(link):
            yield link


def _entry(card: _Element, base: str, portal: Portal) -> Entry | None:
    links = [card] if card.tag == "a" else list(islice(card.iter("a"), _MOST_LINKS))
    for link in links:
        target = absolute(link.get("href") or "", base)
        address = address_of(target, portal) if target else None
        if address:
            break
    else:
        return None
    published, age = _moment(card, portal)
    return Entry(address, _title(card, links), published, age)


def _title(card: _Element, links: Iterable[_Element]) -> str | None:
    found: dict[str, str] = {}
    for element in islice(card.iter("*"), _MOST):
        names = {str(element.tag), *(f".{token}" for token in element.get("class", "").split())}
        for name in names.intersection(TITLES):
            found.setdefault(name, tidy(text_of(element)))
    shown = next((found[name] for name in TITLES if found.get(name)), None)
    if shown:
        return shown
    for link in links:
        text = tidy(text_of(link)) or tidy(link.get("title") or "")
        if text:
            return text
    return None


def _moment(card: _Element, portal: Portal) -> tuple[datetime | None, timedelta | None]:
    """Return the date of a card, or how long ago it says it was."""
    for element in islice(card.iter("time", "span", "p", "small", "li"), _MOST_LINKS):
        texts = (element.get("datetime") or "", text_of(element, most=200))
        for text in texts:
            published = read_date(text, portal.zone) if text else None
            if published:
                return published, None
        age = read_age(texts[1])
        if age is not None:
            return None, age
    return None, None


def _is_aside(element: _Element) -> bool:
    for depth, ancestor in enumerate(element.iterancestors()):
        if depth > _DEEPEST:
            break
        if ancestor.tag in _ASIDE_TAGS:
            return True
        if any(_ASIDE.fullmatch(token) for token in ancestor.get("class", "").split()):
            return True
    return False


def _next(tree: Tree, url: str, portal: Portal) -> str | None:
    here = canonical_listing(url, portal)
    base = page_base(url, portal)
    current = _page_number(here)
    numbered: str | None = None
    heads = list(tree.all("link[rel=next]"))
    for link in (*heads, *tree.all(*PAGER)):
        target = absolute(link.get("href") or "", base)
        if target is None or (urlsplit(target).fragment and target.split("#")[0] == url):
            continue
        target = canonical_listing(target, portal)
        if target == here or not target.startswith(f"{portal.base_url}/"):
            continue
        text = tidy(text_of(link)) or tidy(link.get("aria-label") or link.get("title") or "")
        if link.get("rel") == "next" or _NEXT.fullmatch(text):
            return target if _page_number(target, current + 1) > current else None
        if _page_number(target) == current + 1 and numbered is None:
            numbered = target
    return numbered


def _page_number(url: str, unless: int = 1) -> int:
    match = _PAGE_IN_URL.search(url)
    return int(match[1] or match[2]) if match else unless


def _sections(tree: Tree, base: str, portal: Portal) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for link in tree.all(*(f"{menu} a" for menu in MENUS)):
        target = absolute(link.get("href") or "", base)
        if target is None or len(found) >= _MOST:
            continue
        target = canonical_listing(target, portal)
        name = tidy(text_of(link)) or tidy(link.get("title") or "")
        if name and target not in found and _is_section(target, portal):
            found[target] = Link(name, target)
    return tuple(found.values())


def _is_section(url: str, portal: Portal) -> bool:
    if not url.startswith(f"{portal.base_url}/") or address_of(url, portal):
        return False
    path = urlsplit(url).path
    first = path.split("/")[1]
    return (
        _SECTION.fullmatch(path) is not None
        and "?" not in url
        and first not in _NO_SECTIONS
        and not path.endswith((".xml", ".html", ".php"))
    )
