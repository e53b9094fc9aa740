"""An article's fields other than its body, each from the most explicit place that has it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, takewhile
from string import ascii_lowercase, ascii_uppercase

from lxml.etree import _Element

from antara_crawler.items import Link, Picture
from antara_crawler.pages.blocks.block import BODY, Block
from antara_crawler.pages.blocks.footer import TAG_PAGE
from antara_crawler.pages.containers import is_hidden
from antara_crawler.pages.fields.metadata import Metadata
from antara_crawler.pages.fields.titles import is_title
from antara_crawler.pages.fields.words import is_word_of_site
from antara_crawler.pages.lines.lines import NOWHERE, Line
from antara_crawler.pages.lines.walk import lines_of
from antara_crawler.pages.stories.links import OWN_PAGE, is_all_link, is_named, may_be_section
from antara_crawler.pages.style.cards import is_another_articles
from antara_crawler.pages.style.element_style import KICKER, style_of
from antara_crawler.pages.templates import Template, bare_crumb, crumbs_of, paths_of, sections_in
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.text import is_prose, paragraph_key, tidy

_MOST_TAGS = 100
_MOST_LINKS = 2000
_NO_TAG = re.compile(
    r"(?:tags?|topik(?: terkait)?|kata kunci|keywords?)\s*:?|\+\s?\d+ (?:lain(?:nya)?|more)"
    r"|(?:lihat|view|see) (?:semua|all)(?: \w+)?|(?:semua|all) (?:tags?|topik|topics)"
    r"|\W*(?:ikuti|follow) (?:this )?(?:tag|topik|topic)(?: ini)?",
    re.I,
)
_BETWEEN_TAGS = re.compile("[,;|•·]")
_LABELLED_TAGS = re.compile(r"(?:tags?|topik|topics|kata kunci|keywords?)\s*[:：]\s*(\S.*)", re.I)
_POPULAR = re.compile(
    r"\W*(?:(?:tags?|tagar|topi[ck]s?|topik|isu|kata kunci|hashtags?)\s+)?(?:trending|popular|hot|"
    r"(?:ter|paling |sedang )?(?:popul[ae]r|hangat|viral|ramai|banyak|tren))\b",
    re.I,
)
_MOST_BOXES = 5
_CALLED_SO = f"//a[translate(normalize-space(.), '{ascii_uppercase}', '{ascii_lowercase}') = $name]"
_MOST_SECTIONS = 3
_MOST_OVER = _MOST_BEHIND = 3
_LONGEST_NAME = 40
_MOST_WORDS = 4
_ROWS = frozenset({"div", "footer", "p", "section", "ul"})
_NO_SECTIONS = frozenset({"uncategorized", "uncategorised", "tanpa kategori", "umum", "general"})
_LABELLED_SECTION = re.compile(
    r"(?:rubrik|kanal|kategori|section|category)\s*[:：]\s*([^\W_][^:|•·]{1,40}?)\s*(?:[|•·].*)?",
    re.I,
)
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
    a path elsewhere, a label, or a link in the `head` says, or one right behind the text, at last
    a crumb that is hidden, or stands below the text.

    The last crumb may be the headline: that is no section.
    """
    if crumb := _first_crumb(crumbs_of(tree, template, here=True), title, metadata):
        return crumb
    marked = tree.all("[itemprop=articleSection]")
    said = (
        *metadata.meta("article:section", "articlesection", "og:article:section"),
        *metadata.linked("articleSection"),
        *(text_of(each) for each in marked if not is_another_articles(each)),
        *(text_of(link) for link in tree.tagged("a")[:_MOST_LINKS] if _is_of_category(link)),
    )
    told = next((name for name in said if name and name.casefold() not in _NO_SECTIONS), None)
    shown = _first_crumb(paths_of(tree, here=True), title, metadata)
    if name := told or shown or _section_in(tree, title, head) or _section_behind(body, below):
        return name
    others = chain(crumbs_of(tree, template, here=False), paths_of(tree, here=False))
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


def _section_behind(body: Sequence[Block], below: Sequence[Block]) -> str | None:
    """Return the section to which, by its name, a line alone leads that is right behind a body."""
    last = max((n for n, block in enumerate(body) if block.kind in BODY), default=-1)
    behind = (b.line for b in (*body[last + 1 :], *below) if b.line and b.reason != "related")
    lines = islice(behind, _MOST_BEHIND)
    links = (line.links[0] for line in lines if len(line.links) == 1 and is_all_link(line))
    return next((name for name, path in sections_in(links) if is_named(name, path)), None)


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


def leads_to_section(text: str, tree: Tree) -> bool:
    """Whether a few words are the name of a section to which a link of the page, too, leads."""
    name = bare_crumb(text)
    if not name or len(name) > _LONGEST_NAME or name.count(" ") >= _MOST_WORDS or is_prose(text):
        return False
    same = tree.root.xpath(_CALLED_SO, name=name.lower())
    return any(True for _ in sections_in((name, link.get("href")) for link in same[:_MOST_TAGS]))


def tags_of(
    tree: Tree,
    template: type[Template],
    metadata: Metadata,
    blocks: Sequence[Block],
    below: Sequence[Block],
    body: _Element,
    section: str | None,
) -> tuple[str, ...]:
    """Return the tags shown; else those of the row 'id kw, kw', of JSON-LD, of meta elements."""
    for elements in tree.sets(template.tags):
        shown = [e for e in elements[:_MOST_TAGS] if not (_is_author(e) or is_hidden(e))]
        if len(shown) > 1 and tidy(text_of(shown[0])) == section:
            row = next((e for e in shown[0].iterancestors() if e.tag in _ROWS), tree.root)
            shown = shown[row not in shown[1].iterancestors() :]  # alone: it is no row of tags
        if tags := _distinct(text_of(element) for element in shown):
            return tags
    if tags := _distinct(text_of(link) for link in _links_to_tags(tree, body)):
        return tags
    if tags := _distinct(_tags_in(blocks)):
        return tags
    keywords = (block.text for block in (*blocks, *below) if block.kind == "keywords")
    labelled = (_LABELLED_TAGS.fullmatch(block.text) for block in (*blocks, *below))
    named = (match[1] for match in labelled if match and _are_few_words(match[1]))
    if told := next(chain(keywords, _keyword_rows(tree, template), named), None):
        return _distinct(_BETWEEN_TAGS.split(told.removeprefix("id ").removesuffix(".")))
    said = metadata.keywords or tuple(metadata.meta("news_keywords", "keywords"))[:1]
    words = [tag.strip() for text in said for tag in re.split("[,;]", text)]
    return () if all(map(is_word_of_site, words)) else _distinct(words)


def _are_few_words(row: str) -> bool:
    """Whether each tag of a row has some words at most: a sentence has more."""
    return all(tag.strip().count(" ") < _MOST_WORDS for tag in _BETWEEN_TAGS.split(row))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    tags = (tidy(text).lstrip("#").strip(" ,;") for text in texts)
    return tuple(dict.fromkeys(tag for tag in tags if tag and not _NO_TAG.fullmatch(tag)))


def _links_to_tags(tree: Tree, body: _Element) -> Iterator[_Element]:
    """Yield the links to pages of tags that stand around the body, whatever their classes; of
    several places the ones nearest to it. In a menu they stand beside headline and body.
    """
    heading = {each for h1 in tree.tagged("h1")[:_MOST_BOXES] for each in h1.iterancestors()}
    home = next((e for e in body.iterancestors() if e in heading and e.tag != "body"), body)
    links = ((link, link) for link in tree.tagged("a"))
    within = islice(home.iter("a"), _MOST_LINKS)
    menus = ((link, next(link.iterancestors("nav"), None)) for link in within)
    in_menus = (
        (link, next(menu.iterancestors(), home)) for link, menu in menus if menu is not None
    )
    levels: dict[_Element | None, int] = {e: level for level, e in enumerate(body.iterancestors())}
    found: dict[int, list[_Element]] = {}
    popular: dict[_Element, bool] = {}
    for link, place in islice(chain(links, in_menus), _MOST_LINKS):
        is_tag = _is_tag(next(link.itertext(), ""), link.get("href") or "")
        is_beside = place is not link or body not in link.iterancestors()
        is_seen = is_tag and is_beside and not is_hidden(link)
        if is_seen and not is_another_articles(place, body):
            boxes = [link, *takewhile(lambda each: each not in levels, link.iterancestors())]
            for box in boxes[:_MOST_BOXES]:
                if box not in popular:
                    popular[box] = _POPULAR.match(text_of(box, _LONGEST_NAME)) is not None
            if not (any(popular[box] for box in boxes[1:_MOST_BOXES]) or _is_in_sentence(link)):
                found.setdefault(levels[boxes[-1].getparent()], []).append(link)
    yield from found[min(found)] if found else ()


def _is_in_sentence(link: _Element) -> bool:
    """Whether words of a sentence stand right before or behind a link, and no mere label."""
    for each in (link, *link.iterancestors()):
        before, around = each.getprevious(), each.getparent()
        said = before.tail if before is not None else around.text if around is not None else ""
        said = (said or "").strip()
        behind = (each.tail or "").replace(" | ", "|")
        if behind.count(" ") > 1 or (said.count(" ") > 0 and said[-1] not in ":："):
            return True
        if around is None or style_of(around).own_line:
            break
    return False


def _is_tag(text: str, url: str) -> bool:
    """Whether a link leads to a page of a tag: by its address, or by the sign before its text."""
    if TAG_PAGE.match(url):
        return True
    return text.lstrip()[:1] == "#" and OWN_PAGE.match(url) is not None


def _tags_in(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the tags in lines of a body that are such links and no more."""
    for block in blocks:
        is_row = block.kind == "left out" and not _POPULAR.match(block.text)
        links = block.line.links if is_row and block.line else ()
        yield from (title for title, url in links if _is_tag(title, url or ""))


def _keyword_rows(tree: Tree, template: type[Template]) -> Iterator[str]:
    rows = (line.text for each in tree.all(*template.keywords) for line in lines_of(each, ""))
    return (row for row in rows if row.startswith("id "))


def _is_author(element: _Element) -> bool:
    own = (element, *islice(element.iterancestors(), 1))
    return any(each.get("itemprop") == "author" for each in own)


def unlike(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """Return the pictures in order, each address and each lone caption once."""
    found: dict[tuple[str | None, ...], Picture] = {}
    for picture in pictures:
        key = (picture.url,) if picture.url else (None, picture.caption, picture.credit)
        known = found.get(key)
        if known is None or not (known.caption or known.credit):
            found[key] = picture
    return tuple(found.values())


def each_once(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return the links in order, each address, or title without one, once."""
    found: dict[str, Link] = {}
    for link in links:
        found.setdefault(link.url or link.title, link)
    return tuple(found.values())


def same_text(one: str, other: str | None) -> bool:
    """Whether two texts are the same to a reader."""
    return other is not None and paragraph_key(one) == _key_of_title(other)


@lru_cache(maxsize=1)
def _key_of_title(title: str) -> str:
    """The key of the text that many of a page are compared with."""
    return paragraph_key(title)
