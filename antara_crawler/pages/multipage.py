"""Articles of several pages: which pages there are, and the one article that they make."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from itemadapter import ItemAdapter

from antara_crawler.addresses import absolute, address_of, page_base
from antara_crawler.errors import CutPage
from antara_crawler.items import SHOWN_AGAIN, Article, LeftOut
from antara_crawler.pages.fields.fields import each_once, unlike
from antara_crawler.pages.fields.words import language_of
from antara_crawler.pages.tree import Tree
from antara_crawler.portals import Portal

_MOST_PAGES = 50
_NUMBER = re.compile(r"0|[1-9][0-9]{0,2}", re.ASCII)
# Not of photo pages, whose numbers are their pictures'.
_PATH = re.compile(r"/berita/[0-9]+/[^/]+/([1-9][0-9]?)/?", re.ASCII)


def further_pages(html: str, url: str, portal: Portal) -> tuple[str, ...]:
    """Return the URLs of the pages that follow the one at `url` of its article, in order.

    Before them the whole at once, where the first page links it (`?page=all`, seen on kalsel
    433027); nothing when `url` is itself that form. At most 50. A page is the one that its link's
    text says: there are pagers that count from 0.
    """
    own, asked = address_of(url, portal), _page_of(url)
    if own is None or asked == "all":
        return ()
    if "page=" not in html and not re.search(rf"/{own.number}/[^/\s]+/[0-9]", html):
        return ()  # as nearly all say nothing of a page: a tree takes long
    tree = Tree(html, url)
    base = tree.base(page_base(url, portal))
    pages: dict[int, str] = {}
    whole: tuple[str, ...] = ()
    first = 1
    for link in tree.all("a"):
        target = absolute(link.get("href") or "", base)
        page = _page_of(target) if target else None
        if page is None or target is None:
            continue
        found = address_of(target, portal)
        if found is None or (found.kind, found.number) != (own.kind, own.number):
            continue
        if page == "all":
            whole = (f"{own.url}?page=all",) if asked is None else ()
            continue
        said = (link.text or "").strip()
        if page == "0" or said == str(int(page) + 1):
            first = 0
        is_query = "page=" in urlsplit(target).query
        pages[int(page)] = f"{own.url}?page={page}" if is_query else f"{found.url}/{page}"
    begun = first if asked is None else int(asked)
    return *whole, *(pages[page] for page in sorted(pages) if begun < page <= _MOST_PAGES)


def join_pages(parts: Sequence[Article]) -> Article:
    """Return the one article that these pages of it make, in the order given.

    When a later part shows everything the first one shows (`?page=all`), it stands alone.
    Bylines and the like are the first that any page gives. Where all further pages show the first
    one again, that is the article, and says so in what is left out. Raises ValueError for no parts,
    CutPage where one of several shows an earlier one again: its own text is not there.
    """
    if not parts:
        raise ValueError("no pages to join")
    first, *others = parts
    for whole in others:
        if len(whole.paragraphs) > len(first.paragraphs) and _begins_with(whole, first):
            return _with_gaps_filled(whole, parts)
    # By the whole page: a text that stands twice may fill a page with paragraphs of earlier ones.
    shown = [part.paragraphs for part in parts]
    again = [page for page, each in enumerate(shown, 1) if each in shown[: page - 1]]
    if again and len(again) < len(others):
        url, page = first.url, again[0]
        raise CutPage(f"{url}: its page {page} shows an earlier page again")
    left = first.left_out
    if again:
        left = (*left, LeftOut(len(first.paragraphs), first.paragraphs[0], SHOWN_AGAIN))
    joined = replace(
        first,
        left_out=left,
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
    """Return what `?page=`, or the path behind the slug, says: a number or 'all', else None."""
    try:
        parts = urlsplit(url)
        page = dict(parse_qsl(parts.query)).get("page", "")
    except ValueError:
        return None
    if page == "all" or _NUMBER.fullmatch(page):
        return page
    by_path = _PATH.search(parts.path)
    return by_path[1] if by_path and by_path.end() == len(parts.path) else None
