"""First on an item's way: every text of it tidied, and what stands twice in a list once."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from antara_crawler.items import Article, Link, Picture
from antara_crawler.text import paragraph_key, tidy


class TidyText:
    """Tidies the texts of an article; a text that is empty then is None, or leaves its list."""

    def process_item(self, item: object) -> object:
        """Return the article with tidy texts; anything else as it came."""
        if not isinstance(item, Article):
            return item
        tidied: dict[str, Any] = {
            "title": _text(item.title),
            "paragraphs": _texts(item.paragraphs),
            "dateline": _text(item.dateline),
            "dateline_text": _dateline_text(item.dateline_text),
            "reporters": _each_once(item.reporters),
            "editors": _each_once(item.editors),
            "uploaders": _each_once(item.uploaders),
            "section": _text(item.section),
            "tags": _tags(item.tags),
            "images": _pictures(item.images),
            "related": _links(item.related),
            "copyright": _text(item.copyright),
            "rights": _text(item.rights),
        }
        changed = {name: value for name, value in tidied.items() if value != getattr(item, name)}
        return replace(item, **changed) if changed else item


def _text(text: str | None) -> str | None:
    return tidy(text or "") or None


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(tidy, texts)))


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_texts(texts)))


def _dateline_text(text: str | None) -> str | None:
    """Tidy a dateline but leave a space behind it: put before the lead it must read well."""
    clean = _text(text)
    return f"{clean} " if clean and text and text[-1].isspace() else clean


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return each tag as it was first written: 'Banjir' and 'banjir' are one."""
    first: dict[str, str] = {}
    for tag in _texts(tags):
        first.setdefault(tag.casefold(), tag)
    return tuple(first.values())


def _pictures(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    clean = (Picture(each.url, _text(each.caption), _text(each.credit)) for each in pictures)
    return tuple(dict.fromkeys(each for each in clean if each != Picture(None, None, None)))


def _links(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return each link once; one without an address goes when one with it has that title."""
    clean = [Link(tidy(link.title), link.url) for link in links]
    addressed = {paragraph_key(link.title) for link in clean if link.url is not None}
    first: dict[tuple[str, str | None], Link] = {}
    for link in clean:
        key = paragraph_key(link.title)
        if link.title and (link.url is not None or key not in addressed):
            first.setdefault((key, link.url), link)
    return tuple(first.values())
