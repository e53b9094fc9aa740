"""The paths of a page, `Home > Ekonomi`, and the names of sections that its links lead to."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.etree import XPath, _Element

from antara_crawler.pages.blocks.buttons import is_button
from antara_crawler.pages.containers import is_hidden
from antara_crawler.pages.fields.words import is_site_name
from antara_crawler.pages.style.cards import is_below
from antara_crawler.pages.templates import Template
from antara_crawler.pages.tree import Tree, text_of

_LONGEST = 120
_MOST_CRUMBS = 20
_AROUND_CRUMB = " /\\›»>→▸❯⟩•·|:–—-"
_HOME = frozenset({
    "home", "beranda", "depan", "halaman depan", "antara news",
    "semua berita", "semua artikel", "daftar berita", "indeks berita", "all news", "all articles",
})  # fmt: skip
_HOME_PAGE = re.compile(r"(?:(?:https?:)?//[\w.-]{1,100})?/?", re.A)
_SIGNS_OF_PATH = ("/", "›", "»", "→", ">", "crumb", "pathway", "remah", "jejak")
_RAW_TEXT = XPath("string()", smart_strings=False)
_SIGN_BETWEEN = re.compile(r"\s*(?:[/›»→>]|::|>>)\s*")
_HOLDERS_OF_PATHS = ("div", "header", "nav", "ol", "p", "section", "ul")
_SECTION = re.compile(
    r"(?:https?://(?:[\w-]+\.)*antaranews\.com)?((?:/[a-z][\w-]*){1,4})(?:\.html?|/)?", re.A | re.I
)
_NO_SECTION = re.compile(
    r"/(?:tags?|tagar|topi[ck]s?|topik|labels?|keywords?|search|cari|print|cetak|e?-?mail|surel|share|bagikan"
    r"|authors?|penulis|pewarta|editor|users?|profile?|login|masuk|daftar|register|inde(?:x|ks)|feeds?|rss"
    r"|terkini|terbaru|terpopuler|top-news|amp|newsletter|langganan|redaksi|kontak|tentang[\w-]*)(?:/|$)",
    re.I | re.A,
)
_MOST_LINKS = 2000
_MOST_IN_PATH = 4
_MOST_LEVELS = 3


def crumbs_of(tree: Tree, template: type[Template], *, here: bool) -> Iterator[list[str]]:
    """Yield the names in the paths that a template knows, without that of the home page: in those
    that lead here for sure, or in the others.
    """
    for elements in tree.sets(template.crumbs):
        crumbs = (each for each in elements[:_MOST_CRUMBS] if _leads_here(each, tree) is here)
        texts = map(text_of, crumbs)
        names = (bare_crumb(text) for text in texts if not text.endswith(":"))
        yield [name for name in names if name and not is_home(name)]


def paths_of(tree: Tree, *, here: bool) -> Iterator[list[str]]:
    """Yield the names that are linked in other paths of a page, without that of the home page: in
    what calls itself crumbs, in a menu or not, and in a row or ordered list that begins at home.
    """
    for holder in _holders_of_paths(tree):
        if _leads_here(holder, tree) is here:
            yield _linked(holder)
    for link in filter(is_home_link, tree.tagged("a")[:_MOST_LINKS]):
        if _leads_here(link, tree) is here:
            yield list(map(bare_crumb, islice(_row_behind(link), _MOST_IN_PATH - 1)))


def _holders_of_paths(tree: Tree) -> Iterator[_Element]:
    holders = tree.root.iter(*_HOLDERS_OF_PATHS)
    yield from (each for each in holders if "crumb" in "".join(each.values()).lower())
    for path in islice(tree.root.iter("ol", "nav"), _MOST_LINKS):  # in a menu, too
        begins_home = any(map(is_home_link, islice(path.iter("a"), 1)))
        if begins_home and (path.tag == "ol" or _shows_sign(path)):
            yield path
    for link in filter(is_home_link, tree.tagged("a")[:_MOST_LINKS]):
        row = _row_of(link)
        if row is not None and _is_path(row):
            yield row


def _shows_sign(path: _Element) -> bool:
    return _has_sign(str(_RAW_TEXT(path))) and _has_sign(text_of(path))  # quicker, but for unseen


def _has_sign(text: str) -> bool:
    text = text.lower()
    return any(sign in text for sign in _SIGNS_OF_PATH)


def _row_behind(link: _Element) -> Iterator[str]:
    """Yield what the links are called that stand behind one, each behind the sign of a path."""
    while (behind := link.getnext()) is not None and _SIGN_BETWEEN.fullmatch(link.tail or ""):
        if behind.tag != "a":
            return
        link = behind
        yield text_of(link)


def is_home_link(link: _Element) -> bool:
    """Whether a link leads to the home page, and is called so."""
    return _leads_home(link) and is_home(bare_crumb(text_of(link)))


def _leads_here(crumb: _Element, tree: Tree) -> bool:
    """Whether a path is shown, and not below the text, as that of another story may be."""
    return not is_hidden(crumb) and (tree.body is None or not is_below(crumb, tree.body))


def _linked(holder: _Element) -> list[str]:
    """Return what links to pages behind the home page are called; of many links none is a crumb."""
    links = [link for link in islice(holder.iter("a"), _MOST_CRUMBS) if not _leads_home(link)]
    names = (bare_crumb(text_of(link)) for link in links[: _MOST_IN_PATH + 1])
    found = [name for name in names if name and not is_home(name)]
    return found if len(links) < _MOST_IN_PATH else []


def _leads_home(link: _Element) -> bool:
    return _HOME_PAGE.fullmatch(link.get("href") or "") is not None


def _row_of(link: _Element) -> _Element | None:
    """Return the smallest element around a link that holds more of them."""
    for each in islice(link.iterancestors(), _MOST_LEVELS):
        if len(list(islice(each.iter("a"), 2))) > 1:
            return each
    return None


def _is_path(holder: _Element) -> bool:
    """Whether a row of links has the sign of a path in or on it, or is two right above the headline
    that is called home and a section.
    """
    below = holder.getnext()
    while below is not None and below.tag != "h1" and len(below) and not (below.text or "").strip():
        below = below[0]
    if below is not None and below.tag == "h1" and holder.tag in {"div", "p", "ul"}:
        return len(list(islice(holder.iter("a", "nav", "img"), 3))) == 2
    around = (holder, holder.getparent())
    said = (" ".join(each.attrib.values()) for each in around if each is not None)
    names = text_of(holder)
    return len(names) <= _LONGEST and _has_sign(f"{names} {' '.join(said)}")


def bare_crumb(text: str) -> str:
    """Return the name in a crumb, without the signs around it."""
    return " ".join(text.split()).strip(_AROUND_CRUMB)


def is_home(crumb: str) -> bool:
    """Whether a crumb is called as the home page is, or a list of all that there is."""
    return crumb.casefold() in _HOME or is_site_name(crumb)


def sections_in(links: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    """Yield of those links that may lead to a section its name and path."""
    for text, url in links:
        match = _SECTION.fullmatch(url or "")
        name = bare_crumb(text)
        is_name = name and not is_home(name) and not is_button(name)
        if match and is_name and not _NO_SECTION.search(match[1]):
            yield name, match[1]
