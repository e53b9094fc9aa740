"""Listing pages: the articles in their main list, the next page, the portal's own sections."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from lxml.etree import _Element

from antara_crawler.addresses import (
    absolute,
    address_of,
    canonical_listing,
    looks_like_article,
    page_base,
)
from antara_crawler.items import Link
from antara_crawler.pages.decoding import breaks_off
from antara_crawler.pages.found.hints import margin_of_age, read_age, read_hint
from antara_crawler.pages.found.shown import Entry, Shown, Tally
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.portals import Portal
from antara_crawler.text import tidy

CARDS = (
    "article.simple-post", ".card__post", "ul.ul_rubrik li", "article",
)  # fmt: skip
"""A listing's cards in every layout (SITE.md, Listings)."""
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
_LONGEST_LINK = 1900
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Shown):
    """What one page of a listing holds, and what it says of the listing.

    A card is what counts as shown; where there are none, each link to an article, of whichever
    host, is one.
    """

    listed: bool = True
    """Whether the entries are the page's own list. If not, they are links of its menus and side
    columns: articles they are, but they say nothing of the listing."""
    next_url: str | None = None
    """What the pager calls next."""
    next_elsewhere: str | None = None
    """What it calls next on another host."""
    paged: bool = False
    """Whether a pager names pages of this listing: only then does no `next_url` mean the last."""
    last: int = 0
    """The highest number of a page of this listing that the pager names, if beyond the next one."""
    title: str | None = None
    """The page's title without figures: all pages of a listing share a few."""
    cut: bool = False
    """Whether the page breaks off before it names a next one: what else it lists is not known."""
    sections: tuple[Link, ...] = ()


def read_listing(html: str, url: str, portal: Portal) -> Listing:
    """Return the articles of the listing at `url`, in page order, each once.

    The cards of the main list count; links in menus and side columns only where a page has
    nothing else, and then `listed` is False. `sections` are the listings that the portal's menu
    links, without other portals and service pages. Raises UnreadablePage for what is no HTML.
    """
    tree = Tree(html, url)
    base = tree.base(page_base(url, portal))
    tally, listed = _tally(tree, base, portal)
    pager = _pager(tree, url, portal)
    return tally.sum(
        Listing,
        listed=listed,
        next_url=pager.next_url,
        next_elsewhere=pager.elsewhere,
        paged=pager.names_pages,
        last=pager.last,
        cut=pager.next_url is None and breaks_off(html),
        title=_page_title(tree),
        sections=_sections(tree, base, portal),
    )


def _tally(tree: Tree, base: str, portal: Portal) -> tuple[Tally, bool]:
    """Count the cards of a page, or where it has none its links; tell whether it is a list."""
    cards = _counted(_main_cards(tree), base, portal)
    if cards.shown:
        return cards, True
    loose = _counted(_loose_links(tree, base, portal, aside=False), base, portal)
    if loose.shown:
        return loose, True
    return _counted(_loose_links(tree, base, portal, aside=True), base, portal), False


def _counted(cards: Iterator[_Element], base: str, portal: Portal) -> Tally:
    tally = Tally()
    unlinked = 0
    for card in islice(cards, _MOST):
        links = [card] if card.tag == "a" else list(islice(card.iter("a"), _MOST_LINKS))
        targets = [url for link in links if (url := _target(link, base))]
        if not targets:
            unlinked += _title(card, ()) is not None
            continue  # an advert's frame, or one that wraps cards of another kind
        tally.shown += 1
        address = next((found for url in targets if (found := address_of(url, portal))), None)
        if address is None:
            tally.leave(targets, portal)
            continue
        published, age, margin = _moment(card, portal)
        tally.take(Entry(address, _title(card, links), published, age, margin))
    if unlinked >= tally.shown > 0:  # no adverts, but half of the list
        tally.shown += unlinked
        for _ in range(unlinked):
            tally.spoil("it has no link of its own")
    return tally


def _main_cards(tree: Tree) -> Iterator[_Element]:
    """Yield the innermost cards outside menus and side columns, in page order."""
    cards = set(tree.all(*CARDS))
    holders = {above for card in cards for above in islice(card.iterancestors(), _DEEPEST)}
    inner = cards - holders
    return (card for card in tree.root.iter("*") if card in inner and not _is_aside(card))


def _loose_links(tree: Tree, base: str, portal: Portal, *, aside: bool) -> Iterator[_Element]:
    """Yield the links that lead to an article, be it of another host."""
    for link in tree.all("a"):
        target = _target(link, base)
        if target and looks_like_article(target, portal) and (aside or not _is_aside(link)):
            yield link


def _target(link: _Element, base: str) -> str | None:
    """Return where a link leads; one too long is cut, since an article's number stands in front."""
    return absolute((link.get("href") or "")[:_LONGEST_LINK], base)


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


def _moment(card: _Element, portal: Portal) -> tuple[datetime | None, timedelta | None, timedelta]:
    """Return the date of a card or how long ago it says it was, and how far that may be off."""
    for element in islice(card.iter("time", "span", "p", "small", "li"), _MOST_LINKS):
        texts = (element.get("datetime") or "", text_of(element, most=200))
        for text in texts:
            hint = read_hint(text, portal.zone) if text else None
            if hint:
                return hint[0], None, hint[1]
        age = read_age(texts[1])
        if age is not None:
            return None, age, margin_of_age(age)
    return None, None, timedelta(0)


def _is_aside(element: _Element) -> bool:
    for depth, ancestor in enumerate(element.iterancestors()):
        if depth > _DEEPEST:
            break
        if ancestor.tag in _ASIDE_TAGS:
            return True
        if any(_ASIDE.fullmatch(token) for token in ancestor.get("class", "").split()):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Pager:
    next_url: str | None = None
    elsewhere: str | None = None
    names_pages: bool = False
    last: int = 0


def _pager(tree: Tree, url: str, portal: Portal) -> _Pager:
    """Read what the pager calls next, or the number above this page's."""
    here = canonical_listing(url, portal)
    base = tree.base(page_base(url, portal))
    current, stem = _page_number(here), _stem(here)
    numbers, from_0 = dict[int, str](), False
    following: str | None = None
    elsewhere: str | None = None
    for link in (*tree.all("link[rel=next]"), *tree.all(*PAGER)):
        href = link.get("href") or ""
        target = None if href.startswith("#") else absolute(href, base)
        if target is None or (urlsplit(target).fragment and target.split("#")[0] == url):
            continue
        query = urlsplit(target).query
        raw, target = target, canonical_listing(target, portal)
        text = tidy(text_of(link)) or tidy(link.get("aria-label") or link.get("title") or "")
        is_next = link.get("rel") == "next" or _NEXT.fullmatch(text) is not None
        if not target.startswith(f"{portal.base_url}/"):
            elsewhere = elsewhere or (target if is_next else None)
            continue
        number = _page_number(target, -1)  # of a first page called 0 the next is 1
        is_1 = is_next and (number, _page_number(here, 0)) == (1, 0)
        from_0 = from_0 or is_1 or (number >= 0 and text == str(number + 1))
        if is_next and target != here:
            following = following or target
        is_further = is_next or (text.isdecimal() and text not in ("0", str(current)))
        if target == here and is_further and query != urlsplit(url).query:
            elsewhere = elsewhere or raw  # it counts its pages in a way that is not ours
        if _stem(target) == stem:
            numbers.setdefault(number, target)
    current, last = _page_number(here, 0 if from_0 else 1), max(numbers, default=0)
    following = numbers.get(current + 1) or following  # » may lead to the next pages of a pager
    if following is None and last > current:
        following = _numbered(numbers[last], current + 1)
    last = last if last > current + 1 else 0
    if following is not None and _page_number(following, current + 1) > current:
        return _Pager(following, None, True, last)
    return _Pager(None, elsewhere, following is not None or bool(numbers), last)


def _stem(url: str) -> str:
    """Return a listing's address without the number of the page."""
    return _PAGE_IN_URL.sub("", url)


def _numbered(url: str, number: int) -> str:
    """Return the address of another page of the same listing."""
    match = _PAGE_IN_URL.search(url)
    assert match is not None
    group = 1 if match[1] else 2
    return f"{url[: match.start(group)]}{number}{url[match.end(group) :]}"


def _page_title(tree: Tree) -> str | None:
    found = next((tidy(text_of(each)) for each in tree.tagged("title")), "")
    return re.sub(r"[\d\W]+", " ", found).strip() or None


def _page_number(url: str, unless: int = 1) -> int:
    match = _PAGE_IN_URL.search(url)
    return int(match[1] or match[2]) if match else unless


def _sections(tree: Tree, base: str, portal: Portal) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for link in tree.all(*(f"{menu} a" for menu in MENUS)):
        target = absolute(link.get("href") or "", base)
        if target is None or len(found) >= _MOST:
            continue
        section = _section_at(target, portal)
        if section is None or section in found:
            continue
        if name := tidy(text_of(link)) or tidy(link.get("title") or ""):
            found[section] = Link(name, section)
    return tuple(found.values())


@lru_cache(maxsize=1000)
def _section_at(url: str, portal: Portal) -> str | None:
    """Return the address of the section that a menu's link leads to; menus stand on all pages."""
    url = canonical_listing(url, portal)
    path = url.removeprefix(portal.base_url)
    is_named = _SECTION.fullmatch(path) is not None and path.split("/")[1] not in _NO_SECTIONS
    return url if is_named and path != url and not address_of(url, portal) else None
