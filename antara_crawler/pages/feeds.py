"""RSS feeds and sitemaps: untrusted XML, bounded, without entities of its own."""

import html
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import _Element

from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Entry
from antara_crawler.pages.addresses import absolute, address_of, page_base
from antara_crawler.pages.dates import read_date
from antara_crawler.pages.decoding import decode
from antara_crawler.portals import Portal
from antara_crawler.text import tidy

MOST_ENTRIES = 50_000
LARGEST = 50_000_000
"""Bytes of a feed, unpacked, beyond which it is refused."""

_GZIP = b"\x1f\x8b"
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_STRAY = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)([a-z][a-z0-9]{1,30};)?", re.I
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OWN_DTD = re.compile(r"<!DOCTYPE[^>\[]*\[", re.I)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.S)
_CHANNEL_DATES = ("pubdate", "date", "published", "updated", "publication_date", "lastmod")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's articles, and for an index the sitemaps that it names."""

    entries: tuple[Entry, ...]
    children: tuple[str, ...]


def read_feed(body: bytes, url: str, portal: Portal) -> tuple[Entry, ...]:
    """Return the articles of an RSS or Atom feed, in order, each once.

    `body` may be gzipped, begin with a byte order mark or blank lines, and hold stray '&'.
    A date keeps the offset it is given with. Raises UnreadablePage for anything that is no
    feed, defines entities, or is over 50 MB.
    """
    root = _parse(body, url)
    if _name(root) not in {"rss", "rdf", "feed", "channel"}:
        raise UnreadablePage(f"{url}: root element <{_name(root)}>, wanted <rss> or <feed>")
    items = (e for e in root.iter("*") if _name(e) in {"item", "entry"})
    return _entries(items, ("link", "guid", "id"), url, portal)


def read_sitemap(body: bytes, url: str, portal: Portal) -> Sitemap:
    """Return a sitemap's articles and, for an index, its children on the portal's own host.

    Bounds and errors as for `read_feed`.
    """
    root = _parse(body, url)
    if _name(root) not in {"urlset", "sitemapindex"}:
        raise UnreadablePage(f"{url}: root element <{_name(root)}>, wanted <urlset>")
    entries = _entries((e for e in root.iter("*") if _name(e) == "url"), ("loc",), url, portal)
    base = page_base(url, portal)
    children: dict[str, None] = {}
    for child in root.iter("*"):
        if _name(child) == "sitemap" and len(children) < MOST_ENTRIES:
            place = absolute(_values(child).get("loc", ""), base)
            if place and (urlsplit(place).hostname or "") in {portal.host, *portal.aliases}:
                children[place] = None
    return Sitemap(entries, tuple(children))


def _parse(body: bytes, url: str) -> _Element:
    text = decode(_unpacked(body, url), None)
    text = _FORBIDDEN.sub("", text.lstrip("\ufeff \t\r\n"))
    if "<!ENTITY" in text[:100_000] or _OWN_DTD.search(text[:1000]):
        raise UnreadablePage(f"{url}: the feed defines entities of its own: refused")
    text = _DECLARATION.sub("", text, count=1)
    for mend in (str, _mended):
        parser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(mend(text).encode("utf-8", "replace"), parser)
        except etree.XMLSyntaxError as error:
            failure = error
        else:
            if root is not None:
                return root
    raise UnreadablePage(f"{url}: not well-formed XML: {failure.msg}")


def _unpacked(body: bytes, url: str) -> bytes:
    if body.startswith(_GZIP):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            body = unpacker.decompress(body, LARGEST + 1)
        except zlib.error as error:
            raise UnreadablePage(f"{url}: gzip data is damaged: {error}") from error
        if not unpacker.eof and len(body) <= LARGEST:
            raise UnreadablePage(f"{url}: gzip data ends too early")
    if len(body) > LARGEST:
        raise UnreadablePage(f"{url}: feed of over {LARGEST:,} bytes: refused")
    return body


def _mended(text: str) -> str:
    """Read HTML's named entities and write stray '&' as '&amp;', outside CDATA sections."""
    parts = _CDATA.split(text)
    for position in range(0, len(parts), 2):
        parts[position] = _STRAY.sub(_character, parts[position])
    return "".join(parts)


def _character(match: re.Match[str]) -> str:
    meant = html.unescape(match[0]) if match[1] else match[0]
    return html.escape(meant) if meant != match[0] else f"&amp;{match[1] or ''}"


def _entries(
    items: Iterator[_Element], places: tuple[str, ...], url: str, portal: Portal
) -> tuple[Entry, ...]:
    base = page_base(url, portal)
    found: dict[tuple[str, int], Entry] = {}
    for item in items:
        if len(found) >= MOST_ENTRIES:
            break
        values = _values(item)
        targets = (absolute(values[place], base) for place in places if place in values)
        address = next((a for t in targets if t and (a := address_of(t, portal))), None)
        if address is None:
            continue
        dates = (read_date(values[name], portal.zone) for name in _CHANNEL_DATES if name in values)
        entry = Entry(address, values.get("title"), next((d for d in dates if d), None))
        found.setdefault((address.kind, address.number), entry)
    return tuple(found.values())


def _values(item: _Element) -> dict[str, str]:
    """Return the first text of each element within an item, by local name in lower case."""
    values: dict[str, str] = {}
    for element in item.iterdescendants("*"):
        text = tidy(element.text or "") or (element.get("href") or "")
        if text:
            values.setdefault(_name(element), text)
    return values


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
