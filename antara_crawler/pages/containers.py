"""Which elements hold the article: of several of the body's class, or of a whole unknown page."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from lxml.etree import _Element, iterwalk

from antara_crawler.pages.blocks.credits import read_caption
from antara_crawler.pages.blocks.footer import is_copyright, is_foot_text
from antara_crawler.pages.fields.datelines import has_dateline
from antara_crawler.pages.fields.dates import is_date_among_words
from antara_crawler.pages.style.cards import is_another_articles
from antara_crawler.pages.style.element_style import COMMENTS, PICTURES, style_of
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.text import LEAST_WORDS, is_prose, paragraph_key

_CODE = ("script", "style", "noscript")
_NO_TEXT = frozenset({
    *_CODE, COMMENTS, "a", "button", "figcaption", "figure", "footer", "h1", "head", "nav",
    "select", "template", "textarea",
})  # fmt: skip
_MAY_HOLD_ARTICLE = frozenset({"aside", "form"})
_COMMENTS = re.compile(r"\b(?:comment|komentar|disqus)", re.I)
_ROOMS = frozenset({"article", "body", "center", "div", "main", "section", "td"})
_OF_WORDS = frozenset({"a", "b", "br", "em", "i", "span", "strong", "u"})
_OF_TEXT = frozenset({"dd", "dt", "li", "p", "td"})
_HEADLINES = ("header.post-header .post-title", ".wrap__article-detail-title")
_FEWEST_LETTERS = 20
_OF_PARENT = 0.6
"""What a text counts for the room around its own: two boxes of a sentence each are one body."""
_OF_OTHERS = 0.1
_WITH_CARDS = 4  # times their text has a body in which cards stand
_MOST_OF_FORM = _CELLS_OF_BYLINE = 3
_OF_PICTURE = 2
"""So many elements around a picture may hold its caption, too."""


class _Part(NamedTuple):
    element: _Element
    kind: Literal["headline", "sentence", "text", "words", "foot"]


def with_the_article(found: Sequence[_Element], tree: Tree) -> list[_Element]:
    """Return the element with the most text outside links, and those that go on with it.

    Where a page goes on with another article, the one below the page's own headline counts.
    These stand beside it, or elsewhere within the same `article`, and hold such text, too.
    One that merely stands around the headline and another one, since it was never closed, is
    none.
    """
    found = [one for one in found if not is_hidden(one)] if len(found) > 1 else list(found)
    if len(found) < 2:
        return found
    outermost = _outermost(found, tree)
    weights = {element: weight(element) for element in outermost}
    outermost = _below_own_headline(outermost, weights, tree)
    best = max(outermost, key=weights.__getitem__)
    return [
        element
        for element in outermost
        if element is best or (weights[element] and _goes_on(element, best))
    ]


def repeated_by_title(headlines: Iterable[_Element], tree: Tree) -> list[_Element]:
    """Return those of the headlines that the page's title begins with."""
    titles = [paragraph_key(text_of(each)) for each in tree.tagged("title")]
    keys = [(each, paragraph_key(text_of(each))) for each in headlines]
    return [each for each, key in keys if key and any(t.startswith(key) for t in titles)]


def is_hidden(element: _Element) -> bool:
    """Whether an element, or one around it, is shown nowhere."""
    around = (element, *element.iterancestors())
    return any(style_of(each).unseen == "hidden" for each in around)


def _outermost(found: Sequence[_Element], tree: Tree) -> list[_Element]:
    around = {each for headline in tree.tagged("h1")[:1] for each in headline.iterancestors()}
    known = set(found)
    holding = {holder for one in found for holder in one.iterancestors() if holder in known}
    held = {one: [n for n in found if one in n.iterancestors()] for one in holding & around}
    unclosed = {n for n, inner in held.items() if weight(n) < _WITH_CARDS * sum(map(weight, inner))}
    kept = [one for one in found if one not in unclosed]
    known = set(kept)
    return [one for one in kept if known.isdisjoint(one.iterancestors())]


def _below_own_headline(
    found: list[_Element], weights: dict[_Element, int], tree: Tree
) -> list[_Element]:
    """Return those between the headline that the page's title repeats and the next headline.

    All where there is no other headline, or no text between the two. Sub-heads in a body and
    headings of cards are no headlines.
    """
    bodies = set(found)
    headlines = dict.fromkeys(
        each
        for each in (*tree.tagged("h1"), *tree.anywhere(*_HEADLINES))
        if bodies.isdisjoint(each.iterancestors()) and not is_another_articles(each)
    )
    own = repeated_by_title(headlines, tree)
    heads = set(own)
    found = _in_own_article(found, weights, own)
    if not own or len(own) == len(headlines):
        return found
    between: list[_Element] = []
    is_below = False
    for element in tree.root.iter():
        if element in heads:
            is_below = True
        elif is_below and element in headlines:
            break
        elif is_below and element in bodies and weights[element]:
            between.append(element)
    return between or found


def _in_own_article(
    found: list[_Element], weights: dict[_Element, int], own: Collection[_Element]
) -> list[_Element]:
    """Return those that stand in no other `article` with a heading, where the one of the page's
    own headline holds one with text.
    """
    home = next((each for one in own for each in one.iterancestors("article")), None)
    if home is None or not any(weights[one] and home in one.iterancestors() for one in found):
        return found
    holders = {one: next(one.iterancestors("article"), home) for one in found}
    return [
        one
        for one, holder in holders.items()
        if holder is home or home in holder.iterancestors() or not _is_headed(holder)
    ]


def _is_headed(element: _Element) -> bool:
    return next(element.iter("h1", "h2", "h3", "h4"), None) is not None


def _goes_on(element: _Element, best: _Element) -> bool:
    if element.getparent() is best.getparent():
        return True
    holder = next(best.iterancestors("article"), None)
    return holder is not None and next(element.iterancestors("article"), None) is holder


def weight(element: _Element) -> int:
    """Return how many characters stand within that are no link's and no code."""
    text = sum(len(part.strip()) for part in map(str, element.itertext()))
    for inner in element.iter("a", *_CODE):
        text -= sum(len(part.strip()) for part in map(str, inner.itertext()))
    return max(text, 0)


def densest(root: _Element) -> _Element | None:
    """Return the room of a page with the most text that is no link's: its body, if it has one.

    Titles of other articles are links, so that menus and cards weigh nothing, and dates,
    captions with their credit, the foot, and what stands behind it next to nothing. No sentence
    between the headline and the foot is outside the room.
    """
    weights: dict[_Element, float] = {}
    parts: list[_Part] = []
    beside_picture: set[_Element] = set()
    is_headed = has_lead = has_text = is_behind = False
    cards = _cards(root)
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and _is_beside_article(element):
            if element.tag == "h1":
                parts.append(_Part(element, "headline"))
                is_headed, has_text = True, False
            walk.skip_subtree()
            continue
        if event == "start" and element.tag in PICTURES:
            beside_picture = set(islice(element.iterancestors(), _OF_PICTURE))
        text = ((element.text if event == "start" else element.tail) or "").strip()
        holder = element if event == "start" else element.getparent()
        if not text or holder is None or element is root:
            continue
        own = next(filter(_is_room, (holder, *holder.iterancestors())), None)
        if is_foot := is_foot_text(text):
            parts.append(_Part(holder, "foot"))
            is_behind = is_behind or has_lead or (has_text and is_copyright(text))
        if own is None or len(text) < _FEWEST_LETTERS:
            if not is_foot and own is not None and _are_words(holder, text):
                parts.append(_Part(own, "words"))
            continue
        has_lead = has_lead or ("ANTARA" in text and has_dateline(text))
        is_beside = is_foot or is_date_among_words(text)
        is_beside = is_beside or read_caption(text, beside_picture=True) is not None
        is_beside = is_beside or not cards.isdisjoint((own, own.getparent()))
        if not is_beside:
            is_long = text.count(" ") >= LEAST_WORDS - 1
            is_sentence = is_long and (len(holder) > 0 or is_prose(text))
            has_text = has_text or (is_headed and is_sentence)
            is_own = is_sentence and beside_picture.isdisjoint((holder, own))
            parts.append(_Part(own, "sentence" if is_own else "text"))
            if not is_own and _are_words(holder, text):
                parts.append(_Part(own, "words"))
            beside_picture = set() if is_long else beside_picture
        weight = len(text) * (_OF_OTHERS if is_beside or is_behind else 1)
        weights[own] = weights.get(own, 0) + weight
        above = own.getparent()
        if above is not None and own is holder:
            weights[above] = weights.get(above, 0) + weight * _OF_PARENT
    best = max(weights, key=weights.__getitem__, default=None)
    return best if best is None else _with_sentences(best, parts)


def _cards(root: _Element) -> set[_Element]:
    """Return the elements alike, several of which begin with a heading that is a link alone."""
    found: dict[tuple[object, str | None], set[_Element]] = {}
    for heading in root.iter("h2", "h3", "h4", "h5"):
        card = heading.getparent()
        is_link = len(heading) == 1 and heading[0].tag == "a" and not (heading.text or "").strip()
        if is_link and card is not None and not (heading[0].tail or "").strip():
            found.setdefault((card.tag, card.get("class")), set()).add(card)
    return {card for alike in found.values() if len(alike) > 1 for card in alike}


def _with_sentences(room: _Element, parts: Sequence[_Part]) -> _Element:
    """Return the smallest element that holds a room, and all sentences of its article.

    These stand between the headline and the foot, where the room's own do; and so do words in
    paragraphs and lists behind the room's.
    """
    own: list[_Element] = []
    words: list[_Element] = []
    is_room = False
    for element, kind in parts:
        if kind in {"sentence", "text"}:
            is_room = is_room or element is room or room in element.iterancestors()
            own += [element] if kind == "sentence" else []
        elif kind == "words" and is_room:
            words.append(element)
        elif kind == "foot" and is_room:
            own += words
            break
        elif kind == "headline":
            own.clear()
    else:
        own = [each for each in own if _is_alike(each, room)]
    for element in own:
        around = {element, *element.iterancestors()}
        room = next(each for each in (room, *room.iterancestors()) if each in around)
    return room


def _are_words(holder: _Element, text: str) -> bool:
    """Whether words stand as writers put them, and are neither a label, a date nor a byline."""
    around = holder.getparent()
    if around is None or _OF_TEXT.isdisjoint((holder.tag, around.tag)) or text.endswith(":"):
        return False
    if not len(holder) and len(around) <= _CELLS_OF_BYLINE and is_foot_text(text_of(around)):
        return False
    return any(map(str.isalnum, text)) and not is_date_among_words(text)


def _is_alike(element: _Element, room: _Element) -> bool:
    """Whether two elements hold parts of one text: they are of one kind."""
    is_one = (element.tag, element.get("class")) == (room.tag, room.get("class"))
    return is_one and (bool(room.get("class")) or element.getparent() is room.getparent())


def _is_beside_article(element: _Element) -> bool:
    """Whether an element holds no text of an article; a form, an aside, or what calls itself
    comments may hold a whole one, with its headline.
    """
    if element.tag in _NO_TEXT:
        return True
    may_be = element.tag in _MAY_HOLD_ARTICLE or is_called_comments(element)
    return may_be and next(element.iter("h1"), None) is None and not _is_form_of_text(element)


def _is_form_of_text(element: _Element) -> bool:
    """Whether paragraphs stand in a form, as pages of some servers are one."""
    texts = map(text_of, islice(element.iter("p"), _MOST_OF_FORM) if element.tag == "form" else ())
    return sum(map(is_prose, texts)) == _MOST_OF_FORM


def is_called_comments(element: _Element) -> bool:
    """Whether the class of an element says that comments stand in it."""
    return _COMMENTS.search(element.get("class") or "") is not None


def _is_room(element: _Element) -> bool:
    """Whether an element may hold a body; a `div` or component of words alone is a paragraph, if it
    is bare or stands beside one alike.
    """
    if element.tag != "div" and "-" not in str(element.tag):
        return element.tag in _ROOMS
    if not all(each.tag in _OF_WORDS for each in element):
        return True
    beside = (element.getprevious(), element.getnext())
    alike = (e for e in beside if e is not None and e.tag == element.tag)
    return bool(element.keys()) and all(e.get("class") != element.get("class") for e in alike)
