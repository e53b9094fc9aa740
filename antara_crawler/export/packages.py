"""The raw records of chosen articles as a WACZ file, and in a bag for deposit (BagIt, RFC 8493)."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from lxml import etree

from antara_crawler import SOFTWARE
from antara_crawler.archive import Archive
from antara_crawler.archive.read.fetches import evidence_of, with_evidence
from antara_crawler.archive.tables.fields import IDENTITY
from antara_crawler.errors import UsageError
from antara_crawler.export.columns import UNKNOWN
from antara_crawler.export.output import whole_folder
from antara_crawler.items import Capture
from antara_crawler.portals import portals
from antara_crawler.warc import Folder, write_wacz
from antara_crawler.wording import sentence

_DC = "http://purl.org/dc/elements/1.1/"
_OAI = "http://www.openarchives.org/OAI/2.0/oai_dc/"


def export_wacz(
    archive: Archive, captures_folder: Folder, rows: Sequence[int], target: Path
) -> int:
    """Write all fetches of these rows of `articles`, for a replay reader or as evidence.

    Returns of how many articles; the package lists each revision of one as a page, under its
    title. Raises UsageError when nothing was captured of them (imports), BrokenCapture for a
    damaged record, NotWritable when the file cannot be written.
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

    if not (found := with_evidence(archive, rows)):
        raise UsageError("no raw record of these articles is kept: they were imported from text")
    write_wacz(
        target,
        captures_folder,
        captures(),
        pages(),
        software=SOFTWARE,
        title=f"{found} articles of ANTARA's regional portals",
        resolve=lambda revisit: held.get(revisit.payload_sha256 or ""),
    )
    return found


def lacking(rows: Sequence[int], found: int) -> str:
    """Return what a user must know of those that a package does not have, or ''."""
    if not (left := len(rows) - found):
        return ""
    return sentence(
        f"{left:,} of the {len(rows):,} articles are not in the WACZ: they were imported from text,"
        " and no raw record of them is kept"
    )


def export_bag(archive: Archive, captures: Folder, rows: Sequence[int], folder: Path) -> str:
    """Write these rows of `articles` as a bag into a new folder. Needs bagit.

    Returns what a user must know of it, or ''. Raises UsageError when something is in the folder
    already, BrokenCapture for a damaged record, NotWritable when it cannot be written.
    """
    told = ""
    with whole_folder(folder) as place:
        newest = UNKNOWN
        lines = (place / "articles.jsonl").open("w", encoding="utf-8")
        core = (place / "dublin-core.xml").open("wb")  # lxml's own errors name neither file nor why
        with lines, core, etree.xmlfile(core, encoding="utf-8") as xml, xml.element("records"):
            for record in archive.records_of(rows):
                lines.write(json.dumps(record, ensure_ascii=False) + "\n")
                xml.write(_dublin_core(record), pretty_print=True)
                newest = max(newest, datetime.fromisoformat(record["last_seen_at"]))
        try:
            found = export_wacz(archive, captures, rows, place / "pages.wacz")
            told = lacking(rows, found)
        except UsageError as error:
            told = sentence(f"there is no WACZ in the bag: {error}")
        about = {
            "Source-Organization": "ANTARA",
            "External-Description": f"{len(rows)} articles of ANTARA's regional news portals",
            "Bagging-Date": f"{newest:%Y-%m-%d}",
            "Bag-Software-Agent": SOFTWARE,
        }
        with catch_warnings():  # bagit 1.9 calls re.sub() as Python 3.13 would not have it
            simplefilter("ignore", DeprecationWarning)
            import_module("bagit").make_bag(str(place), about, checksums=["sha256", "sha512"])
    return told


def _dublin_core(record: Mapping[str, Any]) -> Any:
    """Return an article as an element of oai_dc."""
    known = portals().get(record["portal"])
    names = {"oai_dc": _OAI, "dc": _DC}
    element = etree.Element(f"{{{_OAI}}}dc", nsmap=names)
    for name, value in _elements(record, known.copyright_name if known else record["portal"]):
        etree.SubElement(element, f"{{{_DC}}}{name}").text = _in_xml(value)
    return element


def _elements(record: Mapping[str, Any], site: str) -> Iterator[tuple[str, str]]:
    identity = "/".join(str(record[name]) for name in IDENTITY)
    single: Iterable[tuple[str, str | None]] = (
        ("title", record["title"]),
        ("identifier", record["url"]),
        ("identifier", identity),
        ("date", record["published_at"]),
        ("publisher", "ANTARA"),
        ("source", site),
        ("language", record["language"]),
        ("rights", record["copyright"]),
        ("rights", record["rights"]),
        ("type", "Text"),
        ("format", "text/html"),
    )
    yield from ((name, value) for name, value in single if value)
    yield from (("creator", name) for name in record["reporters"])
    yield from (("contributor", name) for name in (*record["editors"], *record["uploaders"]))
    subjects = [record["section"], *record["tags"]]
    yield from (("subject", name) for name in subjects if name)
    if record["paragraphs"]:
        yield "description", record["paragraphs"][0]


def _in_xml(text: str) -> str:
    """Return text without what XML cannot hold."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
