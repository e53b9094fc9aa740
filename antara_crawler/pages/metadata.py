"""What a page says of itself to machines: JSON-LD and meta elements, never trusted, only read."""

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from antara_crawler.pages.tree import Tree
from antara_crawler.text import tidy

_ARTICLES = frozenset({
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle",
    "OpinionNewsArticle", "BlogPosting",
})  # fmt: skip
_VIDEOS = frozenset({"VideoObject", "ImageGallery"})
_LARGEST = 500_000
_MOST_OBJECTS = 500


class Metadata:
    """The article's own JSON-LD object and the page's meta elements."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def meta(self, *names: str) -> Iterator[str]:
        """Yield the non-empty contents of the meta elements of these names, in this order."""
        for name in names:
            yield from self._metas.get(name, ())

    def linked(self, *names: str, key: str = "name") -> Iterator[str]:
        """Yield the JSON-LD article's values of these names; of an object, its `key`."""
        for name in names:
            yield from _texts(self.article.get(name), key)

    @cached_property
    def _metas(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for element in self._tree.all("meta"):
            content = tidy(element.get("content") or "")
            names = {element.get(key) for key in ("property", "name", "itemprop")}
            for name in filter(None, names) if content else ():
                found.setdefault(name, []).append(content)
        return found

    @cached_property
    def article(self) -> dict[str, Any]:
        """The first JSON-LD object that describes an article, else a video; empty if none."""
        videos: list[dict[str, Any]] = []
        for script in self._tree.all("script"):
            if (script.get("type") or "").strip().lower() != "application/ld+json":
                continue
            text = script.text or ""
            if len(text) > _LARGEST:
                continue
            try:
                data = json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue
            for found in _objects(data):
                types = _texts(found.get("@type"))
                if _ARTICLES.intersection(types):
                    return found
                videos += [found] if _VIDEOS.intersection(types) else []
        return videos[0] if videos else {}


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
            if "@graph" in one:
                waiting.append(one["@graph"])


def _texts(value: object, key: str = "name") -> list[str]:
    """Return the texts in a JSON-LD value: a string, an object's `key`, a list of either."""
    values = value[:_MOST_OBJECTS] if isinstance(value, list) else [value]
    found = []
    for one in values:
        text = one.get(key) if isinstance(one, dict) else one
        if isinstance(text, str) and tidy(text):
            found.append(tidy(text))
    return found
