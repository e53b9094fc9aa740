"""The tags of an article, and what keeps pictures, links and texts apart."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, takewhile

from lxml.etree import _Element

from antara_crawler.items import Link, Picture
from antara_crawler.pages.blocks.block import Block
from antara_crawler.pages.blocks.footer import TAG_PAGE
from antara_crawler.pages.containers import is_hidden
from antara_crawler.pages.fields.metadata import Metadata
from antara_crawler.pages.fields.words import is_word_of_site
from antara_crawler.pages.lines.walk import lines_of
from antara_crawler.pages.stories.links import OWN_PAGE
from antara_crawler.pages.style.cards import is_another_articles
from antara_crawler.pages.style.element_style import style_of
from antara_crawler.pages.templates import Template
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.text import paragraph_key, tidy

_MOST_TAGS = 100
_MOST_LINKS = 2000
_NO_TAG = re.compile(
    r"(?:tags?|topik(?: terkait)?|kata kunci|keywords?)\s*:?|\+\s?\d+ (?:lain(?:nya)?|more)"
    r"|(?:lihat|view|see) (?:semua|all)(?: \w+)?|(?:semua|all) (?:tags?|topik|topics)"
    r"|\W*(?:ikuti|follow)(?: (?:this )?(?:tag|topik|topic)(?: ini)?)?",
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
_LONGEST_NAME = 40
_MOST_WORDS = 4
_ROWS = frozenset({"div", "footer", "p", "section", "ul"})


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
