"""The layouts that articles stand in, newest first: one class each, its selectors at a glance.

Where the selectors come from: SITE.md, Layouts. They are CSS or XPath as in Scrapy (see
`selectors`); of several the first that is in the article's room counts, else on the page.
A page that says that there is none is told from a layout that nobody knows.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import ClassVar

from lxml.etree import _Element

from antara_crawler.items import GENERIC
from antara_crawler.pages.blocks.buttons import is_button
from antara_crawler.pages.containers import (
    densest,
    is_hidden,
    repeated_by_title,
    weight,
    with_the_article,
)
from antara_crawler.pages.fields.words import is_site_name
from antara_crawler.pages.style.cards import is_below
from antara_crawler.pages.style.style_sheets import leave_out
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.text import paragraph_key

_MOST_BODIES = 50
_OF_CARD = 2
"""So many times the text of a card has the text of an article."""
Selectors = tuple[str, ...]
_SAYS_SO = re.compile(
    r"(?:(?:error|galat)? ?[(:]? ?404 ?[):]?[ :|-]*)?"
    r"(?:(?:maaf|ups|oops|mohon maaf)[,!. ]*)?"
    r"(?:(?:halaman|berita|artikel|konten|laman|page|content|article)\b.{0,40}?"
    r"(?:tidak|belum|tak) (?:dapat |bisa )?(?:di ?temukan|tersedia|ada)"
    r"|(?:the )?(?:page|content|article)?.{0,30}?\bnot found|(?:error )?404)"
    r"[.! ]*(?: ?[-|–].{0,60})?"
)
_LONGEST = 120
_MOST_CRUMBS = 20
_AROUND_CRUMB = " /\\›»>→▸❯⟩•·|:–—-"
_HOME = frozenset({"home", "beranda", "depan", "halaman depan", "antara news"})
_HOME_PAGE = re.compile(r"(?:(?:https?:)?//[\w.-]{1,100})?/?", re.A)
_SIGN_OF_PATH = re.compile("[/›»→>]|crumb|pathway|remah|jejak", re.I)
_HOLDERS_OF_PATHS = ("div", "header", "nav", "ol", "p", "section", "ul")
_SECTION = re.compile(
    r"(?:https?://(?:[\w-]+\.)*antaranews\.com)?((?:/[a-z][\w-]*){1,4})/?", re.A | re.I
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


class Template:
    """How one layout is recognised, and where its fields stand.

    The body is required, and the layout is recognised by it; every other field is optional
    here: metadata or the body's own lines may have it.
    """

    name: ClassVar[str]
    body: ClassVar[Selectors]
    title: ClassVar[Selectors] = ("h1",)
    date: ClassVar[Selectors] = ()
    date_room: ClassVar[Selectors] = ()
    """Where a line that is a date, and nothing else, is the article's when no `date` shows one."""
    crumbs: ClassVar[Selectors] = (
        ".simple-here a", ".breadcrumbs__item", ".breadcrumb li", ".breadcrumb a",
    )  # fmt: skip
    picture: ClassVar[Selectors] = ()
    keywords: ClassVar[Selectors] = ()
    byline: ClassVar[Selectors] = ()
    """Elements outside the body whose lines are bylines, copyright and notice."""
    tags: ClassVar[Selectors] = (
        ".blog-tags a", ".tags-widget a", "a[rel=tag]",
        "[itemprop=keywords] a", ".tags-widget li", ".blog-tags li",
    )  # fmt: skip
    without: ClassVar[Selectors] = ()
    """Elements beside or amid the text that are no part of it, such as a widget."""

    @classmethod
    def bodies(cls, tree: Tree) -> list[_Element]:
        """Return the elements that hold the body, none when the page is not laid out like this.

        Of several the one with the article counts, and those that go on with it. What the page
        is to be read without is left out from then on.
        """
        for selector in cls.body:
            found = list(islice(tree.all(selector), _MOST_BODIES))
            if found:
                bodies = with_the_article(found, tree)
                leave_out(tree.anywhere(*cls.without), bodies)
                return bodies
        return []


class Detail2024(Template):
    """The layout of www and, since about 2024, of portals that were moved to it."""

    name = "detail-2024"
    body = (".wrap__article-detail-content",)
    title = (".wrap__article-detail-title h1", ".wrap__article-detail-title", "h1")
    date = (".wrap__article-detail-info", ".text-secondary.font-weight-normal")
    picture = (".wrap__article-detail-image",)
    byline = (".wrap__article-detail .text-muted", "p.text-muted", ".text-muted.small")


class Amp(Template):
    """The /amp/ form: body and foot only, often no headline, date or dateline."""

    name = "amp"
    body = (
        "div.amp-post-content", "div.amp-content", "div.article-content", "div.post-content",
        "[itemprop=articleBody]", "article", "main",
    )  # fmt: skip
    title = ("h1",)
    date = ("article header .article-date", "article header time", "article time")
    picture = ("header figure", "figure")

    @classmethod
    def bodies(cls, tree: Tree) -> list[_Element]:
        """An AMP page says so in its html element ('amp' or a lightning sign)."""
        marks = {"amp", "⚡", "\u26a1\ufe0f", "amp4html"}.intersection(tree.root.attrib)
        return super().bodies(tree) if marks else []


class Regional(Template):
    """The regional portals' layout of about 2016 to today; `<br>` text nodes or `<p>` alike."""

    name = "regional"
    body = ("div.post-content",)
    title = ("header.post-header h1.post-title", "h1.post-title", "h1")
    date = (
        "header.post-header .article-date", "header.post-header time",
        ".simple-here .article-date", "time[itemprop=datePublished]",
    )  # fmt: skip
    date_room = ("header.post-header", ".simple-here")
    picture = ("header.post-header figure", ".image-overlay")
    keywords = ("header.post-header",)
    byline = (".post-meta", "p.text-muted")


class Plain(Template):
    """The oldest and the odd pages: an `article` whose paragraphs have no class (lampung)."""

    name = "article"
    body = ("[itemprop=articleBody]", "article")
    date = ("time[itemprop=datePublished]", "article time")
    picture = ("article figure",)

    @classmethod
    def bodies(cls, tree: Tree) -> list[_Element]:
        """The `article` that holds the headline, the page's own where one is: cards have no h1.

        None where most of the page's text stands elsewhere: then it is a card.
        """
        marked = tree.first("[itemprop=articleBody]")
        heads = [each for each in tree.tagged("h1") if not is_site_name(text_of(each))]
        heads = repeated_by_title(heads, tree) or [*tree.all("article h1")]
        holder = next((one for each in heads for one in each.iterancestors("article")), None)
        found = next((body for body in (marked, holder) if body is not None), None)
        room = densest(tree.root) if found is not None else None
        if found is None or room is None:
            return []
        is_elsewhere = found not in {room, *room.iterancestors()} and room not in {
            *found.iterancestors()
        }
        return [] if is_elsewhere and weight(room) > _OF_CARD * weight(found) else [found]


class Generic(Template):
    """No layout that is known: the densest room of a page that says it is an article."""

    name = GENERIC
    body = ()

    @classmethod
    def bodies(cls, tree: Tree) -> list[_Element]:
        """Return the room with the most text that is no link's."""
        found = densest(tree.root)
        return [] if found is None else [found]


TEMPLATES: tuple[type[Template], ...] = (Detail2024, Amp, Regional, Plain)


def says_missing(html: str, url: str) -> bool:
    """Tell whether the page's title or a headline says so: 'Halaman tidak ditemukan'.

    To be asked only of a page on which no article is found. Raises UnreadablePage for no HTML.
    """
    tree = Tree(html, url)
    texts = (text_of(each, most=_LONGEST) for each in tree.all("title", "h1", "h2"))
    return any(_SAYS_SO.fullmatch(paragraph_key(text)) for text in texts)


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


def _holders_of_paths(tree: Tree) -> Iterator[_Element]:
    holders = tree.root.iter(*_HOLDERS_OF_PATHS)
    yield from (each for each in holders if "crumb" in "".join(each.values()).lower())
    for path in islice(tree.root.iter("ol", "nav"), _MOST_LINKS):  # in a menu, too
        may_be = path.tag == "ol" or _SIGN_OF_PATH.search(text_of(path))
        if may_be and any(map(_is_home_link, islice(path.iter("a"), 1))):
            yield path
    for link in filter(_is_home_link, tree.tagged("a")[:_MOST_LINKS]):
        row = _row_of(link)
        if row is not None and _is_path(row):
            yield row


def _is_home_link(link: _Element) -> bool:
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
    return len(names) <= _LONGEST and _SIGN_OF_PATH.search(f"{names} {' '.join(said)}") is not None


def bare_crumb(text: str) -> str:
    """Return the name in a crumb, without the signs around it."""
    return " ".join(text.split()).strip(_AROUND_CRUMB)


def is_home(crumb: str) -> bool:
    """Whether a crumb is called as the home page is."""
    return crumb.casefold() in _HOME or is_site_name(crumb)


def sections_in(links: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    """Yield of those links that may lead to a section its name and path."""
    for text, url in links:
        match = _SECTION.fullmatch(url or "")
        name = bare_crumb(text)
        is_name = name and not is_home(name) and not is_button(name)
        if match and is_name and not _NO_SECTION.search(match[1]):
            yield name, match[1]
