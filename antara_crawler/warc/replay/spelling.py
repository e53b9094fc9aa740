"""Which spellings of a URL name the same document: what another archiver wrote, and what we ask."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_CHOOSING = re.compile(
    r"p|page|paged|hal|halaman|pg|offset|start|q|s|query|search|cari|keyword|id|year|month"
    r"|day|yyyy|mm|dd|date|tanggal|bulan|tahun|startdate|enddate|sort|order|format|type|lang|amp",
    re.IGNORECASE,
)
"""Names of what chooses another document; any other part of a query only tells who came whence."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A URL as it is written (without fragment), and the document that it names.

    `document` is the same for all spellings of one document: any scheme, the scheme's own port,
    the host in any case, a slash at the end or none, characters escaped or not, and whatever a
    query holds that chooses nothing. `plain` keeps the query.
    """

    exact: str
    plain: str
    document: str
    host: str


def spelling_of(url: str, own_hosts: Collection[str] = ()) -> Spelling:
    """Return the spelling of a URL; all of `own_hosts`, with www. and m. too, are one host."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removesuffix(".")
        port = parts.port
    except ValueError:
        return Spelling(url, url, url, "")
    port = None if port == _DEFAULT_PORTS.get(parts.scheme) else port
    netloc = host if port is None else f"{host}:{port}"
    own = port is None and bare_host(host) in own_hosts
    place = f"//{'' if own else netloc}{_path(parts.path)}"
    query = f"?{parts.query}" if parts.query else ""
    return Spelling(
        f"{parts.scheme}://{netloc}{parts.path or '/'}{query}",
        place + query,
        place + _choosing(parts.query),
        host,
    )


def bare_host(host: str) -> str:
    """Return a host without the www. or m. before it."""
    return host.removeprefix("www.").removeprefix("m.")


def _path(path: str) -> str:
    plain = unquote(path, errors="surrogateescape")
    return quote(plain, safe="/", errors="surrogateescape").rstrip("/")


def _choosing(query: str) -> str:
    """Return the part of a query that chooses a document, in the order of its names."""
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = sorted((name.lower(), value) for name, value in pairs if _CHOOSING.fullmatch(name))
    # A query that is not made of names and values chooses by what it says.
    named = all("=" in part for part in query.split("&") if part)
    return f"?{urlencode(kept) if named else query}" if kept or not named else ""
