"""Packs the raw records of chosen articles as a WACZ file: for a replay reader, or as evidence."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from antara_crawler import SOFTWARE
from antara_crawler.archive import Archive
from antara_crawler.archive.read.fetches import evidence_of
from antara_crawler.errors import UsageError
from antara_crawler.items import Capture
from antara_crawler.warc import Folder, write_wacz


def export_wacz(
    archive: Archive, captures_folder: Folder, rows: Sequence[int], target: Path
) -> int:
    """Write all fetches of these rows of `articles`; return how many they are.

    The package lists each revision of an article as a page, under its title. Raises UsageError
    when nothing was captured of them (imports), BrokenCapture for a damaged
    record, NotWritable when the file cannot be written.
    """
    held: dict[str, Capture] = {}

    def captures() -> Iterator[Capture]:
        for each in evidence_of(archive, rows):
            if each.source is not None:
                held[each.source.payload_sha256] = each.source
            yield each.capture

    def pages() -> Iterator[tuple[str, str | None, datetime]]:
        for each in evidence_of(archive, rows):
            if each.first:
                yield each.capture.url, each.title, each.capture.captured_at

    if next(captures(), None) is None:
        raise UsageError("no raw record of these articles is kept: they were imported from text")
    return write_wacz(
        target,
        captures_folder,
        captures(),
        pages(),
        software=SOFTWARE,
        title=f"{len(rows)} articles of ANTARA's regional portals",
        resolve=lambda revisit: held.get(revisit.payload_sha256 or ""),
    )
