"""The headline as a reader reads it, without the site's name and what else stands beside it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice, pairwise

from lxml.etree import _Element

from antara_crawler.pages.containers import is_hidden
from antara_crawler.pages.fields.datelines import has_dateline
from antara_crawler.pages.fields.dates import is_date_among_words
from antara_crawler.pages.fields.metadata import Metadata
from antara_crawler.pages.fields.words import is_function_word, is_site_name, site_names
from antara_crawler.pages.lines.walk import lines_of
from antara_crawler.pages.style.cards import is_another_articles
from antara_crawler.pages.style.element_style import KICKER
from antara_crawler.pages.templates import Template
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.text import paragraph_key, tidy

_HEADINGS = ("h2", "h3", "h4")
_HEADLINES = ("b", "big", "center", "div", "font", "p", "span", "strong", "td")
_MOST_ELEMENTS = 2000
_LONGEST = 300
_NO_TITLES = frozenset({"video", "foto", "berita"})
_MOST_CHILDREN = _MOST_HEADINGS = _MOST_BELOW = 20
_MOST_OF_KICKER = 6
_SIGNS = " :|/–—-•·»›"
_NEAR = 4
_FEWEST_WORDS = 3
_ENOUGH_WORDS = 4
_WORD = re.compile(r"\d+|[^\W\d_]{4,}")
_OF_SITE = re.compile(r"\bA(?:NTARA|ntara)\b")
"""The agency: 'antara' is the everyday word for 'between'."""
_BEHIND_TITLE = re.compile(r"\s+(?:[-|–—»·]|::)\s")


def title_of(tree: Tree, template: type[Template], metadata: Metadata) -> str | None:
    """Return the headline: as shown, else what most of og:title, JSON-LD, twitter:title and the
    title without its suffix say, of as many the first.

    Of several that are shown, as a teaser's may be, metadata tell which it is. Where they confirm
    a part of it, the rest is a kicker or a sub-title.
    """
    found = dict.fromkeys(islice(tree.all(*template.title), _MOST_HEADINGS))
    elements = sorted(found, key=is_hidden)
    is_plain = len(elements) == 1 and not len(elements[0])
    said = [] if is_plain else _said(tree, metadata)
    known = {paragraph_key(text) for text in said}
    texts = (_headline(each, known) if len(each) else tidy(each.text or "") for each in elements)
    shown = [text for text in texts if text and not _is_no_title(text)]
    if shown:
        return next((text for text in shown if paragraph_key(text) in known), shown[0])
    said = _said(tree, metadata) if is_plain else said
    titles = [text for text in said if not _is_no_title(text)]
    times = Counter(map(paragraph_key, titles))
    return max(titles, key=lambda text: times[paragraph_key(text)], default=None)


def mark_headline(tree: Tree, metadata: Metadata) -> None:
    """Tell kickers from the page's title in its headings, and on a page without an h1, or with
    others alone, as the site's name is, make the first element one that shows that title.

    Headings come first; the title may say more before or behind the headline. Where nothing says
    what the headline is, a heading above a date is, else words right above one and a dateline.
    """
    said = [paragraph_key(text) for text in _said(tree, metadata)]
    parted = _part_kickers(tree, said)
    texts = ((each, text_of(each)) for each in tree.tagged("h1"))
    headlines = {each: text for each, text in texts if text and not _is_no_title(text)}
    keys = map(paragraph_key, headlines.values())
    if any(key in one or one in key for key in keys for one in said):
        return
    shown = not all(map(is_hidden, headlines))
    own = next((each for each in parted if not is_another_articles(each)), None)
    if own is not None:
        tree.make_headline(own, whole=True)
        return
    for tags in (_HEADINGS,) if shown else (_HEADINGS, _HEADLINES):
        found = _first_told(tree.root.iter(*tags), said)
        if found is not None:
            tree.make_headline(found, whole=tags is _HEADINGS and _is_whole(found, said))
            return
    if shown:
        return
    if not (any(metadata.meta("og:title")) or any(metadata.linked("headline"))):
        headings = filter(_heads_date, islice(tree.root.iter(*_HEADINGS), _MOST_HEADINGS))
        others = filter(_heads_article, islice(tree.root.iter(*_HEADLINES), _MOST_ELEMENTS))
        for found in islice(chain(headings, others), 1):
            tree.make_headline(found)


def _first_told(elements: Iterator[_Element], said: Sequence[str]) -> _Element | None:
    """Return the first element whose first words, or all that a heading says, are one of the
    titles, else a part of one.
    """
    part: _Element | None = None
    for element in islice(elements, _MOST_ELEMENTS):
        if element.tag in _HEADINGS and len(element) and _is_whole(element, said):
            return element
        text = (element.text or "").strip()
        if " " not in text or len(text) > _LONGEST or is_another_articles(element):
            continue
        if _is_linked(element):
            continue
        key = paragraph_key(tidy(text))
        if key in said:
            return element
        is_part = part is None and key.count(" ") >= _FEWEST_WORDS - 1
        if is_part and any(_is_told(key, whole) for whole in said):
            part = element
    return part


def _is_whole(heading: _Element, said: Sequence[str]) -> bool:
    """Whether a heading says one of the titles, with a break or a link in it, and is no card's."""
    key = paragraph_key(text_of(heading, _LONGEST + 1))
    is_long = key.count(" ") >= _FEWEST_WORDS - 1
    is_title = any(key == title or (is_long and _is_told(key, title)) for title in said)
    return is_title and not is_another_articles(heading)


def _part_kickers(tree: Tree, said: Collection[str]) -> list[_Element]:
    """Part the words before the page's title from it in each heading that has both; return these
    headings, and those in which the title stands in parts.

    No more than a few words are a kicker.
    """
    found: list[_Element] = []
    others = islice(tree.root.iter(*_HEADINGS), _MOST_HEADINGS)
    for heading in chain(tree.tagged("h1")[:_MOST_HEADINGS], others):
        if not len(heading):
            continue
        holder = _holder_of_words(heading)
        if holder is None:
            continue
        pieces = [holder.text or ""]
        for child in holder[:_MOST_CHILDREN]:
            pieces += [text_of(child), child.tail or ""]
        if any(paragraph_key(tidy(sep.join(pieces))) in said for sep in ("", " ")):
            found.append(heading)
            continue
        for place in range(1, len(pieces)):
            before, own = tidy(" ".join(pieces[:place])), tidy("".join(pieces[place:]))
            if before.count(" ") >= _MOST_OF_KICKER:
                break
            if before and pieces[place].strip() and _is_behind(before, own, said):
                tree.part_kicker(holder, place, _SIGNS)
                found.append(heading)
                break
    return found


def _is_behind(kicker: str, words: str, said: Collection[str]) -> bool:
    """Whether words are a title, or a title has them behind the kicker and a sign: 'Desa: …'."""
    kicker, own = (paragraph_key(text.strip(_SIGNS)) for text in (kicker, words))
    if own in said:
        return True
    for whole in said:
        begin, behind, end = whole.partition(own) if own else ("", "", "")
        is_parted = begin.strip(_SIGNS) == kicker and begin.rstrip() != kicker
        if behind and is_parted and (not end or _BEHIND_TITLE.match(end)):
            return True
    return False


def _holder_of_words(heading: _Element) -> _Element | None:
    """Return the element within a heading, or itself, in which words stand beside an element, or
    two elements; None where it holds one text alone.
    """
    holder = heading
    while len(holder) == 1 and not f"{holder.text or ''}{holder[0].tail or ''}".strip():
        holder = holder[0]
    return holder if len(holder) else None


def believe(metadata: Metadata, headline: str) -> None:
    """Have metadata forgotten that tell of another article than the headline shown does.

    Such a title has not one word of the headline: pages are made from others, or by a cache. One
    word of several, as a town's name, leaves a doubt: then the days must agree.
    """
    titles = [*metadata.meta("og:title")][:1], [*metadata.linked("headline", "name")][:1]
    for texts, metas in zip(titles, (True, False), strict=True):
        for text in texts:
            if headline in text or _OF_SITE.search(bare := bare_title(text, metadata)):
                continue
            own, others = _words_of(headline), _words_of(bare)
            fewest = min(len(own), len(others))
            shared = sum(any(a in b or b in a for b in others) for a in own)
            if fewest >= _FEWEST_WORDS and not shared:
                metadata.forget(metas=metas)
            elif fewest >= _ENOUGH_WORDS and shared == 1:
                metadata.is_doubtful = True


def _words_of(text: str) -> set[str]:
    """Return the words, folded, that say what a text is about."""
    words = (word for word in _WORD.findall(text.casefold()) if not is_function_word(word))
    return set(words)


def _is_told(key: str, whole: str) -> bool:
    """Whether a title is this headline, alone or beside the name of a site or a section."""
    if whole == key or whole.endswith(f" {key}"):
        return True
    return whole.startswith(f"{key} ") and _BEHIND_TITLE.match(whole, len(key)) is not None


def _heads_date(element: _Element) -> bool:
    """Whether an element is some words alone, with the date of an article little below."""
    behind = islice(_texts_behind(element), _NEAR) if _is_of_words(element) else ()
    return any(map(is_date_among_words, behind))


def _heads_article(element: _Element) -> bool:
    """Whether an element is some words alone, with a date right below, and then a dateline."""
    behind = [*islice(_texts_behind(element), _MOST_BELOW)] if _is_of_words(element) else []
    is_dated = any(map(is_date_among_words, behind[:1]))
    pairs = map(" ".join, pairwise(behind))  # the town may be set in bold
    return is_dated and any(map(has_dateline, pairs))


def _is_of_words(element: _Element) -> bool:
    text = (element.text or "").strip()
    if len(element) or text.count(" ") < _FEWEST_WORDS - 1 or len(text) > _LONGEST:
        return False
    return not (_is_linked(element) or is_another_articles(element) or is_date_among_words(text))


def _is_linked(element: _Element) -> bool:
    return next(element.iterancestors("a"), None) is not None


def _texts_behind(element: _Element) -> Iterator[str]:
    """Yield the texts that follow an element on its page."""
    for level in (element, *element.iterancestors()):
        for each in level.itersiblings():
            yield from filter(None, map(tidy, map(str, each.itertext())))


def is_title(text: str, title: str | None, metadata: Metadata) -> bool:
    """Whether a text is the headline as shown or told, or its beginning before an ellipsis."""
    key = paragraph_key(text)
    begin = key.rstrip(". …")
    for known in filter(None, (title, *metadata.meta("og:title"), *metadata.linked("headline"))):
        whole = paragraph_key(known)
        if key == whole or (begin != key and begin and whole.startswith(begin)):
            return True
    return False


def _said(tree: Tree, metadata: Metadata) -> list[str]:
    """Return the titles that the page tells, without the site's name."""
    texts = (
        *metadata.meta("og:title"),
        *metadata.linked("headline"),
        *metadata.meta("headline", "twitter:title"),
        *(tidy(text_of(element)) for element in tree.tagged("title")),
    )
    return [bare for text in texts if (bare := bare_title(text, metadata))]


def _is_no_title(text: str) -> bool:
    return text.casefold() in _NO_TITLES or is_site_name(text)


def _headline(element: _Element, known: set[str]) -> str:
    lines = [line.text for line in lines_of(element, "") if line.text and line.reason != KICKER]
    whole = " ".join(lines) or tidy(text_of(element))
    if paragraph_key(whole) in known:
        return whole
    parts = (*lines, *_parts(element)) if len(lines) > 1 or len(element) else ()
    return next((part for part in parts if paragraph_key(part) in known), whole)


def _parts(element: _Element) -> Iterator[str]:
    """Yield what is left of a heading without each of its elements, and each one alone."""
    children = [child for child in element if isinstance(child.tag, str)][:_MOST_CHILDREN]
    pieces = [element.text or ""]
    for child in children:
        pieces += [text_of(child), child.tail or ""]
    for position in range(1, len(pieces), 2):
        yield tidy(" ".join(pieces[:position] + pieces[position + 1 :]))
        yield pieces[position]


def bare_title(text: str, metadata: Metadata) -> str:
    """Return a title without the site's name behind it.

    The name counts in its own exact form only: 'antara' is the everyday word for 'between'.
    """
    bare = site_names()[1].sub("", text) if "antara" in text.lower() else text
    for name in metadata.meta("og:site_name"):
        bare = re.sub(rf"\s+[-|–—]\s+{re.escape(name)}$", "", bare)
    return bare
