"""Dates of publication that a page marks as such in its text: hAtom, h-entry and microdata."""

from itertools import islice

from lxml.etree import _Element

from antara_crawler.pages.fields.dates import is_date
from antara_crawler.pages.style.cards import is_another_articles, is_in_caption
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.text import tidy

_MARKED = (".published", ".dt-published", "[itemprop=datePublished]")
_SAYING = ("datetime", "content", "title")
_BLOCKS = frozenset({"p", "div", "li", "td", "blockquote", "section", "article", "header"})
_MOST = 50
_LONGEST = 200


def marked_dates(tree: Tree, body: _Element) -> list[str]:
    """Return the date that the elements nearest to the body say, in an attribute or as their text:
    none where they say several, as the stories of a list do.
    """
    marked = islice(tree.anywhere(*_MARKED), _MOST)
    dated = {each: text for each in marked if (text := _said(each, body))}
    for around in (body, *body.iterancestors()) if dated else ():
        near = {text for each, text in dated.items() if around in {each, *each.iterancestors()}}
        if near:
            return [*near] if len(near) == 1 else []
    return []


def _said(element: _Element, body: _Element) -> str:
    if is_another_articles(element, body) or is_in_caption(element):
        return ""
    said = [tidy(element.get(name) or "") for name in _SAYING]
    said += [tidy(text_of(element, most=_LONGEST))] if is_its_own(element, body) else []
    return next(filter(is_date, said), "")


def is_its_own(element: _Element, body: _Element) -> bool:
    """Whether the element is the article's, and not a word of a sentence of its body."""
    if is_another_articles(element, body) or is_in_caption(element):
        return False
    ancestors = list(element.iterancestors())
    is_marked = element.get("itemprop") == "datePublished"
    if is_marked or body not in ancestors or any(each.tag == "header" for each in ancestors):
        return True
    block = next((each for each in (element, *ancestors) if each.tag in _BLOCKS), element)
    return is_date(said := tidy(text_of(block))) or said == tidy(text_of(element))


def is_publication(element: _Element) -> bool:
    """Whether nothing in the element's own attributes says that it is another date."""
    says = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
    return "modified" not in says and "updated" not in says
