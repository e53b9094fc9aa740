"""Who made an article: its bylines, its author fields, and names that stand as a writer's do."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, pairwise, takewhile

from lxml.etree import _Element

from antara_crawler.items import Article
from antara_crawler.pages.blocks.block import BODY, Block, Kind
from antara_crawler.pages.containers import is_called_comments
from antara_crawler.pages.fields.bylines import Byline, Role, read_byline
from antara_crawler.pages.fields.metadata import Metadata
from antara_crawler.pages.fields.sections import leads_to_section
from antara_crawler.pages.fields.words import is_full_name, is_person, split_names
from antara_crawler.pages.style.cards import is_another_articles, is_in_caption
from antara_crawler.pages.style.element_style import BY_TEMPLATE
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.text import is_prose, tidy

_MOST_AUTHORS = 20
_WRITERS: tuple[Role, ...] = ("reporter", "translator", "photographer")
_AUTHOR_PAGE = re.compile(
    r"(?:https?://[\w.-]+)?/(?:[\w-]+/)?(?:authors?|penulis|pewarta|wartawan|jurnalis|reporters?|writers?"
    r"|kontributor|contributors?|profile?s?|people|staff)/[^/]",
    re.I,
)
_MARK_OF_AUTHOR = re.compile(
    r"(?<![a-z])(?:author|byline|penulis|pewarta|wartawan|jurnalis|writer|reporter)", re.I
)
"""What a class says that is given to a writer's name: it helps to find one, and proves none."""
_LONGEST_NAMES = 150
_MOST_MARKED = 50
_MOST_TEXTS = 30
_MAY_BE_TWO = re.compile(r"\S+(?: \S+){3,}")
_NAMED: frozenset[Kind] = frozenset({"date", "byline", "caption", "related", "heading"})
_UNSEEN = frozenset({"hidden", BY_TEMPLATE, "control", "embedded", "advert", "menu"})


def names_by_role(blocks: Iterable[Block]) -> dict[Role, tuple[str, ...]]:
    """Return the names in the bylines by role, each once, in order.

    A translator, else a photographer, counts as the reporter when none is named: the contract
    knows three roles.
    """
    found: dict[Role, dict[str, None]] = {}
    for block in blocks:
        for byline in block.bylines:
            found.setdefault(byline.role, {}).update(dict.fromkeys(byline.names))
    named = {role: tuple(names) for role, names in found.items()}
    writers = (named.get(role, ()) for role in _WRITERS)
    return {**named, "reporter": next(filter(None, writers), ())}


def editors(metadata: Metadata) -> tuple[str, ...]:
    """Return the persons whom metadata name as editors."""
    said = (name for text in metadata.linked("editor") for name in split_names(text))
    return tuple(dict.fromkeys(filter(is_person, said)))


def writers(
    tree: Tree,
    metadata: Metadata,
    article: Article,
    head: Sequence[Block],
    body: Sequence[Block],
    below: Sequence[Block],
) -> tuple[str, ...]:
    """Return the writers that a byline names, parted where the page has them in two elements; else
    the persons whom author fields name, who are no editors, nor the site; else those whose
    names, and no label, stand where a writer's do.

    That is in the `head`, from the headline on, else beside or `below` the text, in a link to an
    author's page or in an element that is called so; or in the head, right beside the date,
    both in the body or both above it.
    """
    bylined = article.reporters
    if bylined:
        parts = _marked(tree, head, body, below) if any(map(_MAY_BE_TWO.fullmatch, bylined)) else {}
        pairs = {f"{one} {other}": (one, other) for one, other in pairwise(parts)}
        return tuple(name for names in bylined for name in pairs.get(names, (names,)))
    shown = (tidy(text_of(each)) for each in islice(tree.all("[itemprop=author]"), _MOST_AUTHORS))
    said = metadata.meta("article:author", "author")
    told = next(filter(None, map(_persons, (shown, metadata.linked("author"), said))), {})
    marked = _marked(tree, head, body, below)
    found = marked if told.keys() <= marked.keys() else told
    is_dated = any(block.kind == "date" for block in body)
    texts = {id(block) for block in body if block.kind in BODY and not is_dated}
    found = found or dict.fromkeys(_beside_date([b for b in head if id(b) not in texts], tree))
    others = {*article.editors, *metadata.meta("og:site_name")}
    return tuple(name for name in found if name not in others)


def named_alone(body: Sequence[Block], writers: tuple[str, ...]) -> dict[int, Block]:
    """Return as bylines, by their ids, the blocks before the first sentence of a body, and behind
    the last, that are names of writers alone.
    """
    found: dict[int, Block] = {}
    for n, block in enumerate(body):
        if block.kind not in BODY or not block.text.startswith(writers):
            continue
        names = writers if block.text == " ".join(writers) else split_names(block.text)
        if (
            names
            and set(names) <= set(writers)
            and not (_has_said(body[:n]) and _has_said(body[n:]))
        ):
            byline = Byline("reporter", names)
            found[id(block)] = Block("byline", block.text, bylines=(byline,))
    return found


def _has_said(blocks: Sequence[Block]) -> bool:
    return any(block.kind in BODY and is_prose(block.text) for block in blocks)


def _marked(
    tree: Tree, head: Sequence[Block], body: Sequence[Block], below: Sequence[Block]
) -> dict[str, None]:
    """Return the names in the head, else beside or below the text, marked as a writer's."""
    elements = islice(tree.called(_MARK_OF_AUTHOR), _MOST_MARKED)
    marked = {name for each in elements if not _is_of_others(each) for name in _leaf_names(each)}
    said = (n for n, block in enumerate(body) if block.kind in BODY and is_prose(block.text))
    last = max(said, default=0)
    foot = takewhile(_is_own, (*body[last + 1 :], *below))
    for near in (head, [*(block for block in body[:last] if block.kind not in BODY), *foot]):
        lines = [block for block in near if not is_prose(block.text)]
        links = (link for block in lines if block.line for link in block.line.links)
        linked = _persons(text for text, url in links if url and _AUTHOR_PAGE.match(url))
        text = "\n".join(block.text for block in lines)
        found = {name for name in marked if name in text} | set(filter(is_full_name, linked))
        if found:
            return dict.fromkeys(sorted(found, key=text.find))
    return {}


def _is_own(block: Block) -> bool:
    """Whether no other story begins with a block."""
    return block.kind not in {"related", "heading"} and block.reason != "label"


def _is_of_others(element: _Element) -> bool:
    """Whether an element is of another article, a picture or a comment."""
    if is_another_articles(element) or is_in_caption(element):
        return True
    around = (element, *element.iterancestors())
    return any(is_called_comments(each) for each in around if each.tag != "body")


def _leaf_names(element: _Element) -> Iterator[str]:
    """Yield the names in the texts of a small element, else in all of it."""
    texts = [*islice(element.itertext(), _MOST_TEXTS)]
    whole = tidy(" ".join(texts))
    if len(texts) < _MOST_TEXTS and len(whole) <= _LONGEST_NAMES and not is_prose(whole):
        leaves = [name for text in texts for name in _persons([tidy(text)])]
        yield from filter(is_full_name, leaves or _persons([whole]))


def _beside_date(head: Sequence[Block], tree: Tree) -> Iterator[str]:
    """Yield the names in lines of their own right beside a date, which are no section."""
    near = [block for block in head if block.text and block.reason not in _UNSEEN]
    for is_free, run in groupby(range(len(near)), key=lambda n: _may_be_name(near[n])):
        places = list(run)
        beside = (*near[max(0, places[0] - 1) : places[0]], *near[places[-1] + 1 :][:1])
        if is_free and any(block.kind == "date" for block in beside):
            texts = [near[n].text for n in places if not leads_to_section(near[n].text, tree)]
            yield from (name for text in texts for name in split_names(text))


def _may_be_name(block: Block) -> bool:
    """Whether a line without links and labels holds full names, and nothing else."""
    line = block.line
    if block.kind in _NAMED or (line is not None and (line.links or line.mark == "heading")):
        return False
    names = split_names(block.text)
    return bool(names) and all(map(is_full_name, names))


def _persons(texts: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(n for text in texts for n in _author_names(text) if is_person(n))


def _author_names(text: str) -> tuple[str, ...]:
    """Return the names in an author field, which may have its label: 'Pewarta: A'."""
    bylines = read_byline(text, uncoloned=True)
    if bylines:
        return tuple(name for each in bylines if each.role in _WRITERS for name in each.names)
    return split_names(text)
