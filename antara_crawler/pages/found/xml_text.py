"""The text of a feed or sitemap, piece by piece: unpacked, decoded and bounded."""

import codecs
import re
import zlib
from collections.abc import Iterator
from itertools import chain

from antara_crawler.wording import sentence

_CHUNK = 1 << 18
_GZIP = b"\x1f\x8b"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\ufffe\uffff\ud800-\udfff]")
_AS_WINDOWS = "antara-as-windows"


class Text:
    """Yields the text of a document of at most `most` bytes, without what XML does not allow.

    It may be gzipped, in one or several members. `cut_short` says afterwards why not all of
    it was read. A byte order mark decides, else it is UTF-8, and what is no UTF-8 is
    Windows-1252, whatever encoding is declared.
    """

    def __init__(self, body: bytes, most: int) -> None:
        self.cut_short: str | None = None
        self._body = body
        self._most = most

    def __iter__(self) -> Iterator[str]:
        """Yield the text once, in pieces."""
        chunks = self._bounded(self._gunzipped() if self._body.startswith(_GZIP) else self._plain())
        first = next(chunks, b"")
        wide = first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8")(
            "replace" if wide else _AS_WINDOWS
        )
        for chunk in chain([first], chunks):
            yield _FORBIDDEN.sub("", decoder.decode(chunk))
        yield _FORBIDDEN.sub("", decoder.decode(b"", final=True))

    def _bounded(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        left = self._most
        for chunk in chunks:
            if left < len(chunk):
                yield chunk[:left]
                self.cut_short = sentence(f"over {self._most:,} bytes: the rest was not read")
                return
            left -= len(chunk)
            yield chunk

    def _plain(self) -> Iterator[bytes]:
        body = self._body
        return (body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK))

    def _gunzipped(self) -> Iterator[bytes]:
        packed = self._body
        while packed.startswith(_GZIP):
            unpacker = zlib.decompressobj(wbits=31)
            try:
                while not unpacker.eof and (chunk := unpacker.decompress(packed, _CHUNK)):
                    yield chunk
                    packed = unpacker.unconsumed_tail
            except zlib.error as error:
                self.cut_short = sentence(f"gzip data is damaged: {error}")
                return
            if not unpacker.eof:
                self.cut_short = sentence("gzip data ends too early")
                return
            packed = unpacker.unused_data


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_AS_WINDOWS, _as_windows)
