"""The layouts that articles stand in, newest first: one class each, its selectors at a glance.

Where the selectors come from: SITE.md, Layouts. They are CSS or XPath as in Scrapy (see
`selectors`); of several the first that is in the article's room counts, else on the page.
A page that says that there is none is told from a layout that nobody knows.
"""

import re
from itertools import islice
from typing import ClassVar

from lxml.etree import _Element

from antara_crawler.items import GENERIC
from antara_crawler.pages.containers import (
    densest,
    repeated_by_title,
    weight,
    with_the_article,
)
from antara_crawler.pages.fields.words import is_site_name
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
