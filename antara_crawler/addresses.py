"""Which article a URL stands for, whatever its form: identity is portal, kind and number."""

import posixpath
import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from antara_crawler.items import Address
from antara_crawler.portals import Portal, portals

_LONGEST = 2000
_FORMS = frozenset({"amp", "print", "index.php"})
OWN = "berita"
"""The kind whose numbers are the portal's own; those of the others are the national site's."""

_KINDS = {kind: kind for kind in (OWN, "foto", "video", "rilis-pers")} | {
    "nasional/berita": "nasional"
}
"""By the path in front of the number."""
_LISTED = frozenset({"foto", "video", "rilis-pers"})
_FEWEST = 1000
_NUMBER = re.compile(r"0*([1-9][0-9]{0,17})", re.ASCII)
_SLUG = re.compile(r"[\w.,~!$&'()*+;=:%-]{1,300}", re.ASCII)
_PAGE_KEYS = frozenset({"page", "q", "startDate", "endDate"})
_PLAIN = re.compile(
    r"(?:(https?)://([a-z0-9-]+(?:\.[a-z0-9-]+)+))?((?:/[\w-]++(?:\.[\w-]++)*+)++)", re.ASCII
)
"""Addresses without anything to resolve or decode, which most links are: no need to take care."""

_USUAL = re.compile(
    r"(?:https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+))?/(berita|foto|video|rilis-pers)"
    r"/([1-9][0-9]{3,17})(?:/(?!(?:amp|print)$)([\w-]+(?:\.[\w-]+)*))?",
    re.ASCII,
)
"""Addresses of articles as pages write nearly all: in one look."""
_NAMES_ONE = re.compile(rf"/(?:{'|'.join(_KINDS)})\b(?!.*/@).*[0-9]{{5}}", re.I | re.A | re.S)
_LISTING_PAGE = re.compile(r"(?:/|[?&]page=)(\d{1,9})$", re.ASCII)
_PORTS = {"http": 80, "https": 443}

Identity = tuple[str, str, int]
"""Portal, kind and number."""


def address_of(url: str, portal: Portal) -> Address | None:
    """Return the article that `url` (absolute, or relative to the portal's root) stands for.

    None when it is no article of this portal: another host, a listing ('/foto/2' is one's
    second page), an infographic, or a slug that begins with '@' (a share link resolved by
    mistake, seen on kalsel). Query, fragment, trailing slash, amp and print forms, a session
    behind ';' and the slug do not count, nor how the kind and number are spelt; numbers under
    /nasional/berita, /video and /rilis-pers are the national site's and kinds of their own.
    """
    usual = _USUAL.fullmatch(url) if len(url) <= _LONGEST and portal.mirror is None else None
    if usual and (usual[1] is None or portal.has_host(usual[1])):
        return _address(usual[2], usual[3], usual[4] or "", portal)
    path = _own_path(url, portal)
    if path is None:
        return None
    parts = [part.partition(";")[0] for part in posixpath.normpath(path).split("/") if part]
    at = next((place for place, part in enumerate(parts) if unquote(part).isdecimal()), 0)
    places = (unquote(part).casefold() for part in parts[:at])
    kind = _KINDS.get("/".join(part for part in places if part not in _FORMS))
    number = _NUMBER.fullmatch(unquote(parts[at])) if parts else None
    if kind is None or number is None:
        return None
    slug = parts[at + 1] if len(parts) > at + 1 and parts[at + 1] not in _FORMS else ""
    if slug.startswith(("@", "%40")):
        return None
    if not slug and kind in _LISTED and int(number[1]) < _FEWEST:
        return None
    return _address(kind, number[1], slug, portal)


def _address(kind: str, number: str, slug: str, portal: Portal) -> Address:
    place = f"{portal.base_url}/nasional/berita" if kind == "nasional" else portal.base_url
    canonical = f"{place}/{number}" if kind == "nasional" else f"{place}/{kind}/{number}"
    if _SLUG.fullmatch(slug):
        canonical = f"{canonical}/{slug}"
    return Address(portal.name, kind, int(number), canonical)


def identity_of(text: str) -> Identity | None:
    """Return what an address, or a name like kalsel/berita/496552, stands for; None for neither."""
    text = text.strip()
    if "." in text.partition("/")[0]:
        text = f"https://{text}"
    if "://" in text:
        portal = portal_of(text)
        at = portal and address_of(text, portal)
        return (at.portal, at.kind, at.number) if at else None
    parts = text.replace("nasional/berita/", "nasional/").split("/")
    number = _NUMBER.fullmatch(parts[2]) if len(parts) > 2 else None
    return (parts[0].casefold(), parts[1], int(number[1])) if number else None


def portal_of(url: str) -> Portal | None:
    """Return the portal that an absolute address is of; None for one of another site."""
    scheme, _, rest = url.partition("://")
    return _portal_at(f"{scheme}://{rest.partition('/')[0]}")


@lru_cache(maxsize=1000)
def _portal_at(site: str) -> Portal | None:
    return next((each for each in portals().values() if each.owns(site)), None)


def site_of(url: str | None) -> str:
    """Return the site of an address, without the name that its host has there: 'antaranews.com'."""
    host = (url or "").partition("://")[2].partition("/")[0]
    return ".".join(host.rsplit(".", 2)[-2:])


def looks_like_article(url: str, portal: Portal) -> bool:
    """Tell whether a URL has the form of an article's, be it on another host."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    return address_of(path, portal) is not None if path.startswith("/") else False


def is_misread(url: str, portal: Portal) -> bool:
    """Tell whether an address of the portal names an article in a form that is not known.

    Its own words do: a kind, and behind it a number as long as articles have; wherever they stand.
    """
    if _own_path(url, portal) is None or address_of(url, portal) is not None:
        return False
    return _NAMES_ONE.search(unquote(url)) is not None


def canonical_listing(url: str, portal: Portal) -> str:
    """Return the one form of a listing's URL: own https host, no slash at the end.

    Of the query only what chooses the page is kept (`page`, search words and dates).
    A URL on another host comes back as it is.
    """
    path = _own_path(url, portal)
    if path is None:
        return url
    kept = [pair for pair in parse_qsl(urlsplit(url).query) if pair[0] in _PAGE_KEYS]
    query = f"?{urlencode(kept)}" if kept else ""
    path = "/" + "/".join(part for part in path.split("/") if part)
    return f"{portal.base_url}{path if path != '/' or not query else '/'}{query}"


def place_in_listing(url: str) -> tuple[str, int]:
    """Return a page's listing and number: /terkini, /terkini/1 and /terkini?page=1 are one."""
    match = _LISTING_PAGE.search(url)
    return (url[: match.start()], int(match[1])) if match else (url, 1)


def own_url(url: str, portal: Portal) -> str | None:
    """Return a URL at the portal's own address, whichever of its hosts and schemes it names.

    None for a URL elsewhere. Path and query stay as they are.
    """
    path = _own_path(url, portal)
    if path is None:
        return None
    query = urlsplit(url).query
    return f"{portal.base_url}{path or '/'}{f'?{query}' if query else ''}"


def absolute(href: str, base: str) -> str | None:
    """Return `href` as an absolute http(s) URL on `base`, or None when it is none."""
    href = href.strip()
    if not href or len(href) > _LONGEST:
        return None
    if "\\" in href:  # as browsers read it
        href = href.replace("\\", "/")
    plain = _PLAIN.fullmatch(href)
    if plain and plain[1]:
        return href
    if plain and (root := _root(base)):
        return root + href
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def page_base(url: str, portal: Portal) -> str:
    """Return what relative links of the page resolve against: its path on the portal's host."""
    plain = _PLAIN.fullmatch(url)
    try:
        path = plain[3] if plain else urlsplit(url).path
    except ValueError:
        return portal.base_url
    return f"{portal.base_url}{_without_prefix(path, portal) or '/'}"


def _own_path(url: str, portal: Portal) -> str | None:
    """Return the path on the portal when `url` is on one of its hosts, or on its mirror."""
    if len(url) > _LONGEST:
        return None
    plain = _PLAIN.fullmatch(url)
    if plain and (plain[1] is None or portal.has_host(plain[2])):
        return _without_prefix(plain[3], portal)
    if plain and portal.mirror is None:
        return None
    try:
        parts = urlsplit(url.strip())
        if not parts.scheme or not parts.netloc:
            parts = urlsplit(urljoin(f"{portal.base_url}/", url.strip()))
        place = parts.hostname, parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    if portal.owns(urlunsplit(parts)) or place == _place(portal.mirror):
        return _without_prefix(parts.path.strip(), portal)
    return None


def _without_prefix(path: str, portal: Portal) -> str:
    """Return a path as it is on the portal: without that of the mirror's own address."""
    prefix = urlsplit(portal.mirror).path if portal.mirror else ""
    return path.removeprefix(prefix) if prefix and path.startswith(f"{prefix}/") else path


@lru_cache(maxsize=10)
def _place(mirror: str | None) -> tuple[str, int | None] | None:
    """Return the host and port of a mirror, None where there is none."""
    if mirror is None:
        return None
    parts = urlsplit(mirror)
    return parts.hostname or "", parts.port or _PORTS.get(parts.scheme)


@lru_cache(maxsize=100)
def _root(base: str) -> str | None:
    """Return scheme and host of the address of a page; None when it has none."""
    plain = _PLAIN.fullmatch(base)
    if plain and plain[1]:
        return f"{plain[1]}://{plain[2]}"
    try:
        parts = urlsplit(base)
    except ValueError:
        return None
    known = parts.scheme in {"http", "https"} and parts.netloc
    return f"{parts.scheme}://{parts.netloc}" if known else None
