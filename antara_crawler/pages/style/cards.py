"""Elements that stand in a card of another article, or in a figure: told by what is around them."""

import re
from functools import lru_cache

from lxml.etree import _Element

_CARD = re.compile(
    r"simple-post.*|card.*|related.*|(?:berita-)?terkait|(?:ter)?popul[ae]r.*|latest.*|trending.*"
    r"|side-?bar.*|widget.*|post-nav.*|recommend.*|rekomendasi.*",
    re.I,
)
_OTHER_THING = re.compile(r"/(?:Comment|Event|Review|(?:Audio|Image|Media|Video)Object)$")
_OTHERS = frozenset({"aside", "nav", "article"})
_FIGURES = frozenset({"figure", "figcaption"})
_CAPTION = re.compile(r"(?:wp-|img-|image-|photo-|flex-)?caption(?:-text)?", re.I)
_LONGEST_ATTRIBUTE = 300


def is_another_articles(element: _Element, body: _Element | None = None) -> bool:
    """Whether the element, or one around it, is a card or a list of other articles, or says by its
    type that it is of a film, a comment or the like.

    What is around the article's own `body`, too, is no card: a whole page may stand in one.
    """
    around = set() if body is None else {body, *body.iterancestors()}
    for each in (element, *element.iterancestors()):
        if each in around:
            return False
        if (kind := each.get("itemtype")) and _OTHER_THING.search(kind):
            return True
        if each.tag in _OTHERS and (body is not None or each.tag != "article"):
            return True
        classes = each.get("class")
        if classes and _fits(classes[:_LONGEST_ATTRIBUTE], _CARD):
            return True
    return False


def is_in_caption(element: _Element) -> bool:
    """Whether the element stands in a figure or in the caption of one."""
    for each in (element, *element.iterancestors()):
        if each.tag in _FIGURES:
            return True
        classes = each.get("class")
        if classes and _fits(classes[:_LONGEST_ATTRIBUTE], _CAPTION):
            return True
    return False


def is_below(element: _Element, body: _Element) -> bool:
    """Whether an element stands behind a body on its page, neither within nor around it."""
    own = [body, *body.iterancestors()]
    others = [element, *element.iterancestors()]
    while own and others and own[-1] is others[-1]:
        around = own.pop()
        others.pop()
    return bool(own and others) and around.index(others[-1]) > around.index(own[-1])


@lru_cache(maxsize=2000)
def _fits(classes: str, form: re.Pattern[str]) -> bool:
    return any(form.fullmatch(token) for token in classes.split())
