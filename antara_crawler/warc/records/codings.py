"""A body as its reader wants it: unpacked to its very end, or refused as damaged."""

import re
import sys
import zlib
from collections.abc import Callable, Generator, Iterable

import brotli  # type: ignore[import-untyped]

from antara_crawler.errors import DamagedBody
from antara_crawler.warc.records.exchange import Exchange

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MOST_CODINGS = 4
"""Codings laid over each other; one is the rule, two are met, more are an attack."""
_CODING = b"content-encoding"
_NONE = frozenset({"", "identity", "none"})
_GZIP = b"\x1f\x8b"
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_PACKED_LOOKS_PACKED = 16
"""Bytes after which packed data can no longer be taken for text."""
_SAMPLE = 4096
_PIECE = 1 << 20

Pieces = Generator[bytes, None, bytes]
"""What packed data unpacks to, in pieces that are soon counted."""


class _EndsTooEarly(Exception):
    """The packed data goes on, but there is no more of it."""


def body_of(exchange: Exchange, most: int) -> bytes:
    """Return the body of an exchange unpacked, see `whole`; that of an error as it is."""
    if exchange.status >= 300:
        return exchange.body
    named = (value for name, value in exchange.response_headers if name.lower() == _CODING)
    codings = [value.decode("latin-1") for value in named]
    return whole(exchange.body, codings, exchange.header("Content-Length"), most)


def whole(body: bytes, codings: Iterable[str], length: str | None, most: int) -> bytes:
    """Return a body unpacked; `codings` and `length` are what the headers say of it.

    Codings are undone from the last to the first. A body that does not have the coding that is
    said of it, but plainly is text, comes back as it is. Raises DamagedBody when the body is
    shorter than `length`, ends within its packed data, fails the data's checksum, or unpacks to
    over `most` bytes.
    """
    laid = [name for line in codings for name in line.lower().replace(" ", "").split(",")]
    laid = [name for name in laid if name not in _NONE]
    if len(laid) > MOST_CODINGS:
        raise DamagedBody(f"packed {len(laid)} times over")
    unpacked = body
    for name in reversed(laid):
        unpacked = _without(unpacked, name, most)
    as_sent = not laid or unpacked is not body  # else the length is that of a packed form
    if as_sent and length is not None and _is_more(length, len(body)):
        raise DamagedBody(f"cut short: {len(body)} bytes of {length[:20]}")
    return unpacked


def _is_more(length: str, size: int) -> bool:
    """Tell whether a text is a number, and above `size`; int() takes no 4300 digits."""
    if not length.isascii() or not length.isdecimal():
        return False
    digits = length.lstrip("0")
    return len(digits) > 18 or int(digits or "0") > size


def _without(body: bytes, name: str, most: int) -> bytes:
    if not body:
        return body
    unpack, fewest = _UNPACK.get(name), 0
    why = f"coding {name[:40]!r} is not known"
    if unpack is not None:
        pieces, size = list[bytes](), 0
        try:
            for piece in unpack(body):
                pieces.append(piece)
                size += len(piece)
                if size > most:
                    raise DamagedBody(f"unpacks to over {most:,} bytes")
            return b"".join(pieces)
        except _EndsTooEarly:
            why = f"cut short: its {name} data ends too early"
            fewest = _PACKED_LOOKS_PACKED
        except (zlib.error, zstd.ZstdError, brotli.error) as error:
            why = f"its {name} data is damaged: {error}"
    if len(body) >= fewest and _is_plain(body):
        return body
    raise DamagedBody(why)


def _is_plain(body: bytes) -> bool:
    """Tell whether a body is text as it stands, and no packed data at all."""
    sample = body[:_SAMPLE]
    if _CONTROL.search(sample):
        return False
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = len(body) > _SAMPLE and error.start >= _SAMPLE - 3
        return cut or sample.lstrip().startswith(b"<")
    return True


def _inflated(body: bytes, window: int) -> Pieces:
    """Yield what one zlib stream unpacks to; return what follows its end."""
    unpacker = zlib.decompressobj(window)
    while not unpacker.eof:
        yield unpacker.decompress(body, _PIECE)
        body = unpacker.unconsumed_tail
        if not body and not unpacker.eof:
            raise _EndsTooEarly
    return unpacker.unused_data


def _gzip(body: bytes) -> Pieces:
    # Members may follow each other; what else stands behind the last one is no part of it.
    while body:
        rest = (yield from _inflated(body, 16 + zlib.MAX_WBITS)).lstrip(b"\x00")
        body = rest if rest.startswith(_GZIP) else b""
    return b""


def _deflate(body: bytes) -> Pieces:
    window = zlib.MAX_WBITS
    try:
        zlib.decompressobj(window).decompress(body, _PIECE)
    except zlib.error:
        window = -window  # without zlib's head, as some servers send it
    return (yield from _inflated(body, window))


def _brotli(body: bytes) -> Pieces:
    unpacker = brotli.Decompressor()
    yield unpacker.process(body, output_buffer_limit=_PIECE)
    while not unpacker.is_finished():
        piece = unpacker.process(b"", output_buffer_limit=_PIECE)
        if not piece and not unpacker.is_finished():
            raise _EndsTooEarly
        yield piece
    return b""


def _zstd(body: bytes) -> Pieces:
    while body:
        unpacker = zstd.ZstdDecompressor()
        yield unpacker.decompress(body, _PIECE)
        while not unpacker.eof:
            if unpacker.needs_input:
                raise _EndsTooEarly
            yield unpacker.decompress(b"", _PIECE)
        body = unpacker.unused_data
    return b""


_UNPACK: dict[str, Callable[[bytes], Pieces]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
