"""CDXJ index lines of captures, as replay tools sort and search them."""

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

BLOCK_LINES = 300
_DEFAULT_PORTS = {"http": 80, "https": 443}


def search_key(url: str) -> str:
    """A URL in the form in which indexes are sorted: host reversed, all in lower case.

    `https://Www.example.com/A/?b=2&a=1` gives `com,example)/a?a=1&b=2`. A URL that cannot be
    taken apart is its own key.
    """
    try:
        parts = urlsplit(url.lower())
        port = parts.port
    except ValueError:
        return url
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    key = ",".join(reversed(host.split(".")))
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme):
        key += f":{port}"
    path = parts.path or "/"
    key += ")" + (path.rstrip("/") or "/")
    return key + ("?" + "&".join(sorted(parts.query.split("&"))) if parts.query else "")


def index_line(url: str, moment: datetime, fields: dict[str, str]) -> str:
    """One line: key, UTC timestamp to the second, and the rest as JSON."""
    stamp = moment.strftime("%Y%m%d%H%M%S")
    return f"{search_key(url)} {stamp} {json.dumps({'url': url, **fields})}\n"


def compressed_index(lines: Sequence[str], data_name: str) -> Iterator[tuple[bytes, str]]:
    """Sorted lines as gzip blocks, each with its line of the secondary index (`index.idx`)."""
    offset = 0
    meta = json.dumps({"format": "cdxj-gzip-1.0", "filename": data_name})
    yield b"", f"!meta 0 {meta}\n"
    for start in range(0, len(lines), BLOCK_LINES):
        block = lines[start : start + BLOCK_LINES]
        deflate = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        data = deflate.compress("".join(block).encode()) + deflate.flush()
        place = {
            "offset": offset,
            "length": len(data),
            "digest": f"sha256:{sha256(data).hexdigest()}",
        }
        yield data, f"{block[0].partition(' {')[0]} {json.dumps(place)}\n"
        offset += len(data)
