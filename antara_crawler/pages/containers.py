"""Which of several elements of the body's class hold the article: teasers have the class, too."""

from collections.abc import Sequence

from lxml.etree import _Element

from antara_crawler.pages.tree import Tree

_CODE = ("script", "style", "noscript")


def with_the_article(found: Sequence[_Element], tree: Tree) -> list[_Element]:
    """Return the element with the most text outside links, and those that go on with it.

    These stand beside it, or elsewhere within the same `article`, and hold such text, too.
    One that merely stands around the headline and another one, since it was never closed, is
    none.
    """
    if len(found) == 1:
        return list(found)
    outermost = _outermost(found, tree)
    weights = {element: _weight(element) for element in outermost}
    best = max(outermost, key=weights.__getitem__)
    return [
        element
        for element in outermost
        if element is best or (weights[element] and _goes_on(element, best))
    ]


def _outermost(found: Sequence[_Element], tree: Tree) -> list[_Element]:
    headline = next(iter(tree.tagged("h1")), None)
    around = set(headline.iterancestors()) if headline is not None else set()
    known = set(found)
    holding = {holder for one in found for holder in one.iterancestors() if holder in known}
    unclosed = holding & around
    kept = [one for one in found if one not in unclosed]
    known = set(kept)
    return [one for one in kept if known.isdisjoint(one.iterancestors())]


def _goes_on(element: _Element, best: _Element) -> bool:
    if element.getparent() is best.getparent():
        return True
    holder = next(best.iterancestors("article"), None)
    return holder is not None and next(element.iterancestors("article"), None) is holder


def _weight(element: _Element) -> int:
    """How many characters stand within that are no link's and no code."""
    text = sum(len(part.strip()) for part in map(str, element.itertext()))
    for inner in element.iter("a", *_CODE):
        text -= sum(len(part.strip()) for part in map(str, inner.itertext()))
    return max(text, 0)
