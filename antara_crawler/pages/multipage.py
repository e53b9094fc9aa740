"""Articles of several pages: which pages there are, and the one article that they make."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from itemadapter import ItemAdapter

from antara_crawler.addresses import absolute, address_of, page_base
from antara_crawler.items import Article
from antara_crawler.pages.fields.fields import each_once, unlike
from antara_crawler.pages.fields.words import language_of
from antara_crawler.pages.tree import Tree
from antara_crawler.portals import Portal

_MOST_PAGES = 50
_NUMBER = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)


def further_pages(html: str, url: str, portal: Portal) -> tuple[str, ...]:
    """Return the URLs of the other pages of the article at `url`, in order.

    A single URL when the page links the whole at once (`?page=all`, seen on kalsel 433027);
    nothing when `url` is itself that form or a later page. At most 49.
    """
    own = address_of(url, portal)
    if own is None or _page_of(url) is not None or "page=" not in html:
        return ()
    tree = Tree(html, url)
    base = tree.base(page_base(url, portal))
    pages: dict[int, str] = {}
    for link in tree.all("a"):
        target = absolute(link.get("href") or "", base)
        page = _page_of(target) if target else None
        if page is None or target is None:
            continue
        found = address_of(target, portal)
        if found is None or (found.kind, found.number) != (own.kind, own.number):
            continue
        if page == "all":
            return (f"{own.url}?page=all",)
        pages[int(page)] = f"{own.url}?page={page}"
    return tuple(pages[page] for page in sorted(pages) if 1 < page <= _MOST_PAGES)


def join_pages(parts: Sequence[Article]) -> Article:
    """Return the one article that these pages of it make, in the order given.

    When a later part shows everything the first one shows (`?page=all`), it stands alone.
    Bylines and the like are the first that any page gives. Raises ValueError for no parts.
    """
    if not parts:
        raise ValueError("no pages to join")
    first, *others = parts
    for whole in others:
        if len(whole.paragraphs) > len(first.paragraphs) and _begins_with(whole, first):
            return _with_gaps_filled(whole, parts)
    joined = replace(
        first,
        paragraphs=tuple(p for part in parts for p in part.paragraphs),
        # What says the whole text says more than the first of several pages.
        agreements=tuple(e for e in first.agreements if e.field != "body" or not others),
    )
    return _with_gaps_filled(joined, parts)


def _begins_with(whole: Article, first: Article) -> bool:
    return whole.paragraphs[: len(first.paragraphs)] == first.paragraphs


def _with_gaps_filled(article: Article, parts: Sequence[Article]) -> Article:
    dated = next((part for part in parts if part.published_at), article)
    gaps = [name for name in ItemAdapter(article).field_names() if not getattr(article, name)]
    filled: dict[str, Any] = {
        name: next((found for part in parts if (found := getattr(part, name))), None)
        for name in gaps
        if name != "left_out" and any(getattr(part, name) for part in parts)
    }
    return replace(
        article,
        **filled
        | {
            "published_at": dated.published_at,
            "published_text": dated.published_text,
            "published_note": dated.published_note,
            "tags": tuple(dict.fromkeys(tag for part in parts for tag in part.tags)),
            "images": unlike(picture for part in parts for picture in part.images),
            "related": each_once(link for part in parts for link in part.related),
            "language": language_of(" ".join(article.paragraphs)),
            "captures": tuple(capture for part in parts for capture in part.captures),
        },
    )


def _page_of(url: str) -> str | None:
    """Return what `?page=` says: a number above 0 or 'all'; None when it says nothing."""
    try:
        query = dict(parse_qsl(urlsplit(url).query))
    except ValueError:
        return None
    page = query.get("page", "")
    return page if page == "all" or _NUMBER.fullmatch(page) else None
