"""Exchanges and files that the tests of captures share."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from antara_crawler.warc import CaptureWriter, Exchange
from antara_crawler.warc.records.members import Member, walk

START = datetime(2026, 11, 24, 3, 15, 0, 123456, UTC)
URL = "https://kalsel.antaranews.com/berita/1/banjir-surut"


def header_pairs(headers):
    """Return pairs of texts or bytes as an Exchange holds them."""
    pairs = ((name, value) for name, value in headers)
    return tuple(
        tuple(each if isinstance(each, bytes) else each.encode("latin-1") for each in pair)
        for pair in pairs
    )


def exchange(number=1, **changes):
    fields = {
        "url": f"https://kalsel.antaranews.com/berita/{number}/warga-menanam-padi",
        "status": 200,
        "reason": "OK",
        "fetched_at": START + timedelta(seconds=number),
        "body": f"<html><p>Warga desa ke-{number} menanam padi.</p></html>".encode(),
        "response_headers": header_pairs([("Content-Type", "text/html"), ("ETag", f'"{number}"')]),
        "request_headers": header_pairs([("User-Agent", "antara-crawler/1.0.0")]),
    }
    return Exchange(**(fields | changes))


def writer(folder, **options):
    about = {"software": "antara-crawler/1.0.0", "operator": "redaksi@contoh.id"}
    return CaptureWriter(folder, "kalsel", **(about | options))


def written(folder, exchanges):
    with writer(folder) as captures:
        return [captures.append(each) for each in exchanges]


def records_of(path: Path):
    """(type, fields, block) of each record, read by the library and not by our code."""
    with path.open("rb") as file:
        return [
            (r.rec_type, dict(r.rec_headers.headers), r.content_stream().read())
            for r in ArchiveIterator(file, no_record_parse=True)
        ]


def boundaries(path: Path):
    """Every offset at which a record ends, with 0."""
    with path.open("rb") as file:
        found = list(walk(file))
    assert all(isinstance(member, Member) for member in found)
    return [0, *(member.offset + member.length for member in found)]


def passes_warcio_check(path: Path):
    return Checker(SimpleNamespace(inputs=[str(path)], verbose=False)).process_all() == 0
