"""An article's fields other than its body, each from the most explicit place that has it."""

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from lxml.etree import _Element

from antara_crawler.items import Link, Picture
from antara_crawler.pages.addresses import absolute
from antara_crawler.pages.blocks import Block
from antara_crawler.pages.bylines import Role, is_person, split_names
from antara_crawler.pages.credits import split_caption
from antara_crawler.pages.dates import has_time, has_zone, read_date
from antara_crawler.pages.metadata import Metadata
from antara_crawler.pages.templates import Template
from antara_crawler.pages.tree import Tree, text_of
from antara_crawler.pages.walk import lines_of
from antara_crawler.text import paragraph_key, tidy

_log = logging.getLogger(__name__)

_MOST_CRUMBS = 20
_MOST_DATES = 20
_MOST_TAGS = 100
_MOST_FIGURES = 10
_MOST_AUTHORS = 20
_SUFFIX = re.compile(r"\s+[-|–—]\s+ANTARA\b(?:\s*News)?.*$", re.I)
_NO_TITLES = frozenset({"video", "foto", "berita", "antara news"})
_HOME = frozenset({"home", "beranda", "antara news", "antaranews", "antaranews.com"})
_OLDEST = datetime(1996, 1, 1, tzinfo=UTC)
_FARTHEST = timedelta(days=366)
_NO_PHOTO = re.compile(r"logo|default|no-?image|placeholder|favicon", re.I)


def title_of(tree: Tree, template: type[Template], metadata: Metadata) -> str | None:
    """Return the headline: as shown, else og:title, JSON-LD, or the title without its suffix."""
    for element in tree.all(*template.title):
        shown = tidy(text_of(element))
        if shown and shown.casefold() not in _NO_TITLES:
            return shown
    titles = (tidy(text_of(element)) for element in tree.all("title"))
    for said in (*metadata.meta("og:title"), *metadata.linked("headline"), *titles):
        bare = _SUFFIX.sub("", said)
        if bare and bare.casefold() not in _NO_TITLES:
            return bare
    return None


def published_at(
    tree: Tree, template: type[Template], metadata: Metadata, url: str, zone: str
) -> datetime | None:
    """Return when the page says it was published, with its own offset.

    Metadata first, then the date in the article's own header: never another date on the page,
    since the first is often today's. A date without a zone is on the portal's clock (`zone`),
    or on the shown date's where that names one. Where metadata and the date shown differ,
    which is logged, metadata wins, unless it is over a year off and so cannot be meant.
    """
    shown = next(filter(None, (read_date(t, zone) for t in _shown_dates(tree, template))), None)
    told: datetime | None = None
    for text in _told_dates(tree, metadata):
        date = read_date(text, zone)
        if date is None or date < _OLDEST:
            continue
        if shown is None or date.replace(second=0) == shown.replace(second=0):
            return date
        if date.replace(tzinfo=None, second=0) == shown.replace(tzinfo=None, second=0):
            return date if has_zone(text) else shown.replace(second=date.second)
        if not has_time(text) and date.date() == shown.date():
            return shown
        told = told or date
    if told is None or shown is None:
        return shown
    _log.info("%s: metadata says published %s, the page shows %s", url, told, shown)
    return shown if abs(told - shown) > _FARTHEST else told


def modified_at(metadata: Metadata, zone: str) -> datetime | None:
    """Return when the page's metadata says it was last changed, or None."""
    texts = (
        *metadata.linked("dateModified"),
        *metadata.meta("article:modified_time", "dateModified", "og:updated_time"),
    )
    dates = (read_date(text, zone) for text in texts)
    return next((date for date in dates if date and date >= _OLDEST), None)


def _told_dates(tree: Tree, metadata: Metadata) -> Iterator[str]:
    yield from metadata.linked("datePublished", "uploadDate")
    yield from metadata.meta("article:published_time", "datePublished", "pubdate", "date")
    for element in tree.all("time[itemprop=datePublished]"):
        if element.get("datetime"):
            yield tidy(element.get("datetime") or "")


def _shown_dates(tree: Tree, template: type[Template]) -> Iterator[str]:
    for element in islice(tree.all(*template.date), _MOST_DATES):
        yield tidy(text_of(element))


def section_of(tree: Tree, template: type[Template], metadata: Metadata) -> str | None:
    """Return the section as the portal names it: the crumb behind 'Home', else metadata."""
    for selector in template.crumbs:
        elements = islice(tree.all(selector), _MOST_CRUMBS)
        crumbs = [tidy(text_of(element)).strip("/›»> ") for element in elements]
        crumbs = [crumb for crumb in crumbs if crumb and crumb.casefold() not in _HOME]
        if crumbs:
            return crumbs[0]
    said = (*metadata.meta("article:section"), *metadata.linked("articleSection"))
    return next(iter(said), None)


def tags_of(
    tree: Tree, template: type[Template], metadata: Metadata, keywords: Iterable[str]
) -> tuple[str, ...]:
    """Return the tags shown; else those of the row 'id kw, kw', else of the meta element."""
    for selector in template.tags:
        links = (e for e in islice(tree.all(selector), _MOST_TAGS) if not _is_author(e))
        tags = [tidy(text_of(link)).lstrip("#").strip() for link in links]
        if any(tags):
            return tuple(dict.fromkeys(filter(None, tags)))
    rows = [*keywords, *_keyword_rows(tree, template)]
    texts = [row.removeprefix("id ").removesuffix(".") for row in rows[:1]]
    texts = texts or list(metadata.meta("news_keywords", "keywords"))[:1]
    return tuple(
        dict.fromkeys(filter(None, (tag.strip() for text in texts for tag in text.split(","))))
    )


def _keyword_rows(tree: Tree, template: type[Template]) -> Iterator[str]:
    for element in tree.all(*template.keywords):
        for line in lines_of(element, ""):
            if line.text.startswith("id "):
                yield line.text


def _is_author(element: _Element) -> bool:
    parent = element.getparent()
    return element.get("itemprop") == "author" or (
        parent is not None and parent.get("itemprop") == "author"
    )


def header_pictures(
    tree: Tree, template: type[Template], body: _Element, base: str
) -> list[Picture]:
    """Return the pictures above the body, with the captions that stand with them."""
    for element in islice(tree.all(*template.picture), _MOST_FIGURES):
        if element is body or body in element.iterancestors():
            continue
        lines = lines_of(element, base)
        text = tidy(" ".join(line.text for line in lines if line.text))
        urls = [line.image for line in lines if line.image]
        if urls or text:
            words = split_caption(text) if text else Picture(None, None, None)
            first = Picture(urls[0] if urls else None, words.caption, words.credit)
            return [first, *(Picture(url, None, None) for url in urls[1:])]
    return []


def shared_picture(metadata: Metadata, base: str) -> list[Picture]:
    """Return the picture that the page offers for sharing, unless it is a mere logo."""
    for said in (*metadata.linked("image", key="url"), *metadata.meta("og:image")):
        url = absolute(said, base)
        if url and not _NO_PHOTO.search(url):
            return [Picture(url, None, None)]
    return []


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


def names_by_role(blocks: Iterable[Block]) -> dict[Role, tuple[str, ...]]:
    """Return the names in the bylines by role, each once, in order.

    A translator counts as the reporter when none is named: the contract knows three roles.
    """
    found: dict[Role, dict[str, None]] = {}
    for block in blocks:
        for byline in block.bylines:
            found.setdefault(byline.role, {}).update(dict.fromkeys(byline.names))
    named = {role: tuple(names) for role, names in found.items()}
    return {**named, "reporter": named.get("reporter") or named.get("translator", ())}


def authors(tree: Tree, metadata: Metadata, editors: Iterable[str]) -> tuple[str, ...]:
    """Return the persons whom author fields name and who are not the editors."""
    elements = islice(tree.all("[itemprop=author]"), _MOST_AUTHORS)
    shown = (tidy(text_of(element)) for element in elements)
    said = metadata.meta("article:author", "author")
    for texts in (shown, metadata.linked("author"), said):
        names = dict.fromkeys(n for text in texts for n in split_names(text) if is_person(n))
        if names:
            return tuple(name for name in names if name not in set(editors))
    return ()


def same_text(one: str, other: str | None) -> bool:
    """Whether two texts are the same to a reader."""
    return other is not None and paragraph_key(one) == paragraph_key(other)
