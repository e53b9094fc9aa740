"""What a page says of itself to machines: JSON-LD and meta elements, never trusted, only read."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from antara_crawler.addresses import absolute, address_of
from antara_crawler.items import Address, Picture
from antara_crawler.pages.style.cards import is_another_articles
from antara_crawler.pages.tree import Tree
from antara_crawler.portals import Portal, portals
from antara_crawler.text import tidy

_ARTICLES = frozenset({
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle",
    "OpinionNewsArticle", "BlogPosting",
})  # fmt: skip
_MEDIA = {"video": "VideoObject", "foto": "ImageGallery"}
"""What a page of these kinds is of: on others it is a thing beside the article."""
_WRAPPED = re.compile(
    r"\A\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\*/)?)\s*\Z"
)
_COMMA_AT_END = re.compile(r",(?=\s*[}\]])")
_CATEGORY = re.compile(r"[^:,]{1,60}:[^:,\s][^:,]{0,60}")
_NAMES = ("property", "name", "itemprop")
_TITLES = frozenset({"og:title", "og:site_name", "og:url", "twitter:title"})
_NO_PHOTO = re.compile(
    r"(?<![a-z])(?:icons?|ikon|logos?|default|no-?image|placeholder|favicon|(?:gr)?avatars?|authors?|btn"
    r"|silhouette|share|sprites?|blank|spacer|preload|loading|spinners?|captcha|divider|1px|1x1)(?![a-z])"
    r"|/(?:h?line|garis|separator|arrow|panah|bullet|dot)s?\d{0,2}\.\w+$"
    r"|(?:facebook|twitter|whatsapp|telegram|instagram)\d*\.\w+$|\.svg$",
    re.I,
)
_json = json.JSONDecoder(strict=False)
_DEEPEST = 4
_LARGEST = 500_000
_MOST_OBJECTS = 500


class Metadata:
    """The article's own JSON-LD object and the page's meta elements."""

    def __init__(self, tree: Tree, url: str, portal: Portal) -> None:
        self._tree = tree
        self._portal = portal
        self.asked = address_of(url, portal)
        """The article that the page's own address stands for."""

        self.is_anothers = False
        """Whether what the page says to machines is, or was, of another article."""
        self.is_doubtful = False
        """Whether it may be: the titles have little in common."""

    def forget(self, *, metas: bool) -> None:
        """Keep of the meta elements, else of the JSON-LD object, no more than the title."""
        self.is_anothers = True
        if metas:
            self._metas = {name: said for name, said in self._metas.items() if name in _TITLES}
        else:
            names = ("headline", "name")
            self.article = {name: said for name in names if (said := self.article.get(name))}

    def meta(self, *names: str) -> Iterator[str]:
        """Yield the non-empty contents of the meta elements of these names (lower case)."""
        for name in names:
            yield from self._metas.get(name, ())

    def linked(self, *names: str, key: str = "name") -> Iterator[str]:
        """Yield the JSON-LD article's values of these names; of an object, its `key`."""
        for name in names:
            yield from _texts(self.article.get(name), key)

    @cached_property
    def keywords(self) -> tuple[str, ...]:
        """The JSON-LD article's keywords: of a text, a list, or lists within a list.

        The first entry of a list may be 'category:subcategory', which is none.
        """
        found = tuple(_flat(self.article.get("keywords")))
        is_listed = isinstance(self.article.get("keywords"), list)
        return found[1:] if is_listed and found and _CATEGORY.fullmatch(found[0]) else found

    @cached_property
    def _metas(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for element in self._tree.tagged("meta"):
            said = dict(element.items())
            content = tidy(said.get("content", ""))
            if not content or (said.get("itemprop") and is_another_articles(element)):
                continue
            for name in {said[key].lower() for key in _NAMES if said.get(key)}:
                found.setdefault(name, []).append(content)
        return found

    @cached_property
    def article(self) -> dict[str, Any]:
        """The JSON-LD object that describes this article, or the film or gallery that the page is;
        empty if none.

        One that gives the address of another article of the portal describes that one.
        """
        found: dict[str, list[dict[str, Any]]] = {"own": [], "article": [], "media": []}
        media = _MEDIA.get(self.asked.kind if self.asked else "", "")
        for data in self._scripts():
            for one in _objects(data):
                types = _types(one)
                kind = "article" if _ARTICLES & types else "media" if media in types else None
                address = self._said(one) if kind else None
                if kind and (address is None or self.asked is None):
                    found[kind].append(one)
                elif kind and self._is_own(address):
                    found["own"].append(one)
        return next((one for ones in found.values() for one in ones), {})

    @property
    def published(self) -> tuple[str, ...]:
        """What the page says of when it was published."""
        said = self.meta(
            "article:published_time", "datepublished", "pubdate", "publishdate", "publish-date",
            "dc.date.issued", "dcterms.issued", "parsely-pub-date",
        )  # fmt: skip
        return (*self.linked("datePublished", "uploadDate"), *said)

    @property
    def modified(self) -> tuple[str, ...]:
        """What the page says of when it was last changed."""
        said = self.meta("article:modified_time", "datemodified", "og:updated_time")
        return (*self.linked("dateModified"), *said)

    @property
    def says_article(self) -> bool:
        """Whether the page says of itself that it is an article."""
        kinds = (kind.lower() for kind in self.meta("og:type"))
        return any(kind == "article" for kind in kinds) or bool(_ARTICLES & _types(self.article))

    @cached_property
    def addresses(self) -> frozenset[Address]:
        """The articles of the portal that the JSON-LD objects of articles say they describe."""
        objects = (one for data in self._scripts() for one in _objects(data))
        articles = (one for one in objects if _ARTICLES & _types(one))
        return frozenset(filter(None, map(self._said, articles)))

    @property
    def crumbs(self) -> list[list[str]]:
        """The names in each path that JSON-LD objects give, the home page's first."""
        objects = (one for data in self._scripts() for one in _objects(data))
        paths = (one.get("itemListElement") for one in objects if "BreadcrumbList" in _types(one))
        return [[] if self.is_anothers else _names_in(path) for path in paths]

    def _scripts(self) -> Iterator[Any]:
        for script in self._tree.tagged("script"):
            if (script.get("type") or "").strip().lower() != "application/ld+json":
                continue
            text = (script.text or "").strip()
            if not (text.startswith("{") and text.endswith("}")):
                text = _WRAPPED.sub("", text)
            if len(text) > _LARGEST:
                continue
            for mended in (str, _mended):
                try:
                    yield _json.decode(mended(text))
                    break
                except (ValueError, RecursionError):
                    continue

    def _said(self, one: dict[str, Any]) -> Address | None:
        said = (*_texts(one.get("url"), "@id"), *_texts(one.get("mainEntityOfPage"), "@id"))
        addresses = (address_of(text, self._portal) for text in (*said, *_texts(one.get("@id"))))
        return next(filter(None, addresses), None)

    def _is_own(self, address: Address | None) -> bool:
        own = self.asked
        return own is not None and address is not None and own.number == address.number


def _mended(text: str) -> str:
    return _COMMA_AT_END.sub("", html.unescape(text))


def _types(one: dict[str, Any]) -> set[str]:
    return {text.rpartition("/")[2] for text in _texts(one.get("@type"))}


def _objects(data: object) -> Iterator[dict[str, Any]]:
    waiting = [data]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting[:0] = one[:_MOST_OBJECTS]
        elif isinstance(one, dict):
            yield one
            waiting += [one[name] for name in ("@graph", "mainEntity", "breadcrumb") if name in one]


def _flat(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the texts of lists within lists, in order."""
    if isinstance(value, list) and depth < _DEEPEST:
        for one in value[:_MOST_OBJECTS]:
            yield from _flat(one, depth + 1)
    elif not isinstance(value, list):
        yield from _texts(value)


def _texts(value: object, key: str = "name") -> list[str]:
    """Return the texts in a JSON-LD value: a string, an object's `key`, a list of either."""
    values = value[:_MOST_OBJECTS] if isinstance(value, list) else [value]
    found = []
    for one in values:
        text = one.get(key) if isinstance(one, dict) else one
        if isinstance(text, str) and (tidied := tidy(text)):
            found.append(tidied)
    return found


def _names_in(path: object) -> list[str]:
    """Return the names of the items of a JSON-LD list, where they are, or those of their things."""
    items = path[:_MOST_OBJECTS] if isinstance(path, list) else [path]
    found = (_texts(item) or _texts(item.get("item")) for item in items if isinstance(item, dict))
    return [name for names in found for name in names[:1] if not name.startswith("http")]


def shared_picture(metadata: Metadata, base: str) -> list[Picture]:
    """Return the picture that the page offers for sharing, unless it is a mere logo."""
    for said in (*metadata.linked("image", key="url"), *metadata.meta("og:image")):
        url = absolute(said, base)
        if url and is_photo(picture := Picture(url, None, None)):
            return [picture]
    return []


def is_photo(picture: Picture) -> bool:
    """Whether a picture is no logo, sign of a person or page, or mere space, by its file's name."""
    parts = "/".join((picture.url or "").rsplit("/", 2)[1:])
    return bool(picture.caption) or _NO_PHOTO.search(parts) is None


def of_another_portal(said: Iterable[str], tree: Tree, portal: Portal) -> str | None:
    """Return the article of another portal that a page names as itself and signs as that portal.

    One that was taken over from there may name it, too, but is signed by the portal that shows it.
    """
    for url in said:
        other = next((each for each in portals().values() if each.owns(url)), portal)
        if other.host != portal.host and address_of(url, other):
            text = " ".join(tree.root.itertext("*"))
            if other.copyright_name in text and portal.copyright_name not in text:
                return url
    return None
