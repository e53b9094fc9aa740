"""The section of an article, from the most explicit place that names it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import chain, islice
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from lxml.etree import XPath, _Element

from antara_crawler.pages.blocks.block import BODY, Block
from antara_crawler.pages.containers import is_hidden
from antara_crawler.pages.fields.fields import same_text
from antara_crawler.pages.fields.metadata import Metadata
from antara_crawler.pages.fields.titles import is_title
from antara_crawler.pages.lines.lines import NOWHERE, Line
from antara_crawler.pages.stories.links import OWN_PAGE, is_all_link, is_named, may_be_section
from antara_crawler.pages.stories.paths import (
    bare_crumb,
    crumbs_of,
    is_home,
    is_home_link,
    paths_of,
    sections_in,
)
from antara_crawler.pages.style.cards import is_another_articles, is_below
from antara_crawler.pages.style.element_style import KICKER
from antara_crawler.pages.templates import Template
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.text import is_prose

_MOST_TAGS = 100
_MOST_LINKS = 2000
_CALLED_SO = XPath(
    f"//a[translate(normalize-space(.), '{ascii_uppercase}', '{ascii_lowercase}') = $name]"
)
_MOST_SECTIONS = 3
_MOST_OVER = _MOST_BEHIND = 3
_LONGEST_NAME = 40
_MOST_WORDS = 4
_NO_SECTIONS = frozenset({
    "uncategorized", "uncategorised", "tanpa kategori", "umum", "general", "news", "article",
})  # fmt: skip
_LISTED = files("antara_crawler.pages.fields").joinpath("sections.txt").read_text("utf-8")
_NAMES = frozenset(" ".join(name.split()).casefold() for name in _LISTED.split(","))
_BETWEEN_NAMES = re.compile(r"\s*(?:[&,/]|\bdan\b|\band\b)\s*")
_OF_PLACE = re.compile(r"(?<=\w) (?:daerah|lokal|nasional|internasional|regional)$", re.I)
_BETWEEN_PARTS = re.compile(r"[|•·\[\]\n]| [-–—] ")
_ALSO_SAYS = ("parsely-section", "cxenseparse:category", "rubrik", "kanal", "section", "category")
_SIGN_OF_PATH = re.compile(r"[›»→>]|\s/\s")
_LONGEST = 300
_MOST_IN_PATH = 5
_LABELLED_SECTION = re.compile(
    r"(?:rubrik|kanal|kategori|section|category)\s*[:：]\s*([^\W_][^:|•·]{1,40}?)\s*(?:[|•·].*)?",
    re.I,
)
_CALLS_CATEGORY = re.compile(
    r"(?<![a-z])(?:rubrik|kategori|categor(?:y|ies)|kanal|cat)(?![a-z])", re.I
)
_LABEL = re.compile(r"(?:rubrik|kanal|kategori|category|section|in|di)\s*[:：]\s*", re.I)
_MOST_ELEMENTS = 2000
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MENUS = frozenset({"header", "menu", "nav"})
_UNSHOWN = frozenset({"script", "style"})
_LABEL_BEFORE = re.compile(r"[^\W\d_]\s*[:：]\s*$")


def section_of(
    tree: Tree,
    template: type[Template],
    metadata: Metadata,
    title: str | None,
    head: Sequence[Block] = (),
    body: Sequence[Block] = (),
    below: Sequence[Block] = (),
) -> str | None:
    """Return the section as the portal names it: the crumb behind 'Home', else metadata, else what
    a path elsewhere, a label, or a link in the `head` says, or one right behind the text, or a
    label above the headline, or words of a head that are known as a section's name, at last a crumb
    told to machines, or hidden, or below the text.

    The last crumb may be the headline: that is no section.
    """
    if crumb := _first_crumb(crumbs_of(tree, template, here=True), title, metadata):
        return crumb
    marked = tree.all("[itemprop=articleSection]")
    said = chain(
        metadata.meta("article:section", "articlesection", "og:article:section"),
        metadata.linked("articleSection"),
        (text_of(each) for each in marked if not is_another_articles(each)),
        (text_of(link) for link in tree.tagged("a")[:_MOST_LINKS] if _is_of_category(link)),
    )
    if name := (
        next((name for name in said if name and name.casefold() not in _NO_SECTIONS), None)
        or _first_crumb(paths_of(tree, here=True), title, metadata)
        or _section_in(tree, title, head)
        or _section_behind(body, below)
        or _section_near(tree, template, title, metadata)
        or _known_section([*head, *(b for b in body if b.reason == "above the text")])
    ):
        return name
    hidden = (crumbs_of(tree, template, here=False), paths_of(tree, here=False))
    also = [name for name in metadata.meta(*_ALSO_SAYS) if name.casefold() not in _NO_SECTIONS]
    others = chain(map(_without_home, metadata.crumbs), *hidden, [also])
    return _first_crumb(others, title, metadata)


def _is_of_category(link: _Element) -> bool:
    """Whether a link says in the way of WordPress that it leads to the section of the article."""
    return "category" in (link.get("rel") or "").split() and not is_another_articles(link)


def _first_crumb(paths: Iterable[list[str]], title: str | None, metadata: Metadata) -> str | None:
    """Return the first name in paths that is not the headline, as the last one may be."""
    names = (name for names in paths for name in names)
    return next((name for name in names if not is_title(name, title, metadata)), None)


def _section_in(tree: Tree, title: str | None, head: Sequence[Block]) -> str | None:
    """Return the section that a label names in the lines of a head, that stands right above the
    headline or beside a date, or that one of a few links leads to.
    """
    lines = [block.line for block in head if block.line is not None]
    kinds = [block.kind for block in head if block.line is not None]
    for line in lines:
        if match := _LABELLED_SECTION.fullmatch(line.text):
            return match[1]
    shown = next((n for n, line in enumerate(lines) if same_text(line.text, title)), 0)
    over = reversed(lines[max(0, shown - _MOST_OVER) : shown])
    beside = (line for n, line in enumerate(lines) if "date" in kinds[max(0, n - 1) : n + 2])
    for line in (*over, *beside):
        own = [name for name, path in sections_in(_unlabelled(line)) if is_named(name, path)]
        if len(own) == 1:
            return own[0]
        if not line.links and line.reason in {"", KICKER} and leads_to_section(line.text, tree):
            return bare_crumb(line.text)
    found = [name for line in lines for name in _linked_sections(_unlabelled(line))]
    return found[0] if 0 < len(found) <= _MOST_SECTIONS else None


def _known_section(blocks: Iterable[Block]) -> str | None:
    """Return the first name of a section that is all of a line of a head, or a part beside a sign:
    '[Olahraga] Sabtu, 2/3/2024'. A line of several links is a menu.
    """
    own = (each for each in blocks if not (each.line and len(each.line.links) > 1))
    parts = (part for each in own for part in _BETWEEN_PARTS.split(each.text))
    return next(filter(is_name_of_section, map(bare_crumb, parts)), None)


def _section_behind(body: Sequence[Block], below: Sequence[Block]) -> str | None:
    """Return the section that a line right behind a body labels, or to which, by its name, one
    alone leads.
    """
    last = max((n for n, block in enumerate(body) if block.kind in BODY), default=-1)
    behind = (b.line for b in (*body[last + 1 :], *below) if b.line and b.reason != "related")
    lines = [*islice(behind, _MOST_BEHIND)]
    for line in lines:
        if match := _LABELLED_SECTION.fullmatch(line.text):
            return match[1]
    links = [line.links[0] for line in lines if len(line.links) == 1 and is_all_link(line)]
    if len(links) > 1:  # as of tags
        return None
    return next((name for name, path in sections_in(links) if is_named(name, path)), None)


def _section_near(
    tree: Tree, template: type[Template], title: str | None, metadata: Metadata
) -> str | None:
    """Return the section that a few words above the headline name, in whatever element they stand:
    a link, or the heading beside a path; else what calls itself a category around headline or body.
    """
    headlines = islice(tree.all(*template.title), _MOST_OVER)
    headline = next((each for each in headlines if same_text(text_of(each), title)), None)
    if headline is None:
        return None
    above = [*islice(_above(headline), _MOST_OVER)]
    for over in above:
        links = list(islice(over.iter("a"), _MOST_SECTIONS))
        if any(map(is_home_link, links)) and (name := _heading_at(over, headline)):
            return name
        if (name := _behind_home(over)) and not is_title(name, title, metadata):
            return name
        if len(links) == 1 and bare_crumb(text_of(over)) == bare_crumb(text_of(links[0])):
            for name, path in sections_in([(text_of(over), links[0].get("href"))]):
                if is_named(name, path):
                    return name
    return _called_category(tree, headline, above)


def _called_category(tree: Tree, headline: _Element, above: Sequence[_Element]) -> str | None:
    """Return the name that stands in what calls itself a category, above the text, else below it;
    of several different ones none: they may be those of other stories.
    """
    if tree.body is None:
        return None
    own, around = {tree.body, *tree.body.iterancestors()}, {*headline.iterancestors()}
    room = next((each for each in tree.body.iterancestors() if each in around), headline)
    found: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for each in islice(chain(*(over.iter() for over in above), room.iter()), _MOST_ELEMENTS):
        text = " ".join(each.values())
        if each in own or not _CALLS_CATEGORY.search(text):
            continue
        if tree.body in each.iterancestors() and is_below(each, headline):
            continue
        if is_another_articles(each, tree.body):
            continue
        name = bare_crumb(_LABEL.sub("", text_of(each)))
        is_name = 0 < len(name) <= _LONGEST_NAME and name.count(" ") <= _MOST_WORDS
        for known, _ in sections_in([(name, "/kanal")] if is_name else ()):
            if known.casefold() not in _NO_SECTIONS and not is_hidden(each):
                found[is_below(each, tree.body)][known] = None
    names = next(filter(None, found), {})
    return next(iter(names)) if len(names) == 1 else None


def _behind_home(over: _Element) -> str | None:
    """Return the name without a link behind that of the home page: 'Beranda › Gizi'.

    In a menu names are linked, or are many.
    """
    items = list(islice(over.iter("li"), _MOST_IN_PATH))
    texts = list(map(text_of, items)) or _SIGN_OF_PATH.split(text_of(over, _LONGEST))
    home, *names = map(bare_crumb, texts)
    linked = {bare_crumb(text_of(link)) for link in islice(over.iter("a"), _MOST_IN_PATH)}
    is_path = 0 < len(names) < _MOST_IN_PATH - 1 and is_home(home) and names[0] not in linked
    return names[0] if is_path and 0 < len(names[0]) <= _LONGEST_NAME else None


def _heading_at(path: _Element, headline: _Element) -> str | None:
    """Return the few words of a heading in a path's element, or beside it, that is no headline."""
    beside = (path.getprevious(), path.getnext())
    near = (each for each in beside if each is not None and each.tag in _HEADINGS)
    texts = (text_of(each) for each in chain(path.iter(*_HEADINGS), near) if each is not headline)
    names = (name for name in map(bare_crumb, texts) if 0 < len(name) <= _LONGEST_NAME)
    return next((name for name in names if not (is_home(name) or is_prose(name))), None)


def _above(headline: _Element) -> Iterator[_Element]:
    """Yield the elements with text above a headline, the nearest first, up to a menu."""
    for level in (headline, *headline.iterancestors()):
        for each in level.itersiblings(preceding=True):
            if each.tag in _MENUS:
                return
            is_shown = isinstance(each.tag, str) and each.tag not in _UNSHOWN
            if is_shown and not is_hidden(each) and text_of(each, _LONGEST_NAME):
                yield each


def _without_home(names: list[str]) -> list[str]:
    return [name for name in map(bare_crumb, names) if name and not is_home(name)]


def _linked_sections(links: Sequence[tuple[str, str | None]]) -> list[str]:
    """Return the names of sections in a row of links; of one that also leads to other sites, as to
    the agency's channels, the addresses must say so.
    """
    is_sure = not any(map(_leads_away, links))
    found = sections_in(links)
    return [
        name for name, path in found if is_named(name, path) or (is_sure and may_be_section(path))
    ]


def _unlabelled(line: Line) -> list[tuple[str, str | None]]:
    """Return the links of a line but those that a label says are something else: 'Sumber: X'."""
    begins = ((link, line.text.partition(link[0])[0]) for link in line.links)
    return [link for link, before in begins if not _LABEL_BEFORE.search(before)]


def _leads_away(link: tuple[str, str | None]) -> bool:
    return link[1] is not None and link[1] != NOWHERE and OWN_PAGE.match(link[1]) is None


def is_name_of_section(text: str) -> bool:
    """Whether words are no more than what portals of the agency call their sections, or two."""
    parts = (_OF_PLACE.sub("", part.strip()).casefold() for part in _BETWEEN_NAMES.split(text))
    return all(part in _NAMES for part in parts)


def leads_to_section(text: str, tree: Tree) -> bool:
    """Whether a few words are the name of a section, known or one to which a link of the page
    leads, too.
    """
    name = bare_crumb(text)
    if not name or len(name) > _LONGEST_NAME or name.count(" ") >= _MOST_WORDS or is_prose(text):
        return False
    if is_name_of_section(name):
        return True
    same: Any = _CALLED_SO(tree.root, name=name.lower())
    return any(True for _ in sections_in((name, link.get("href")) for link in same[:_MOST_TAGS]))
