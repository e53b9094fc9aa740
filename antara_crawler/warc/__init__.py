"""Raw records of what was fetched, kept in WARC files: no SQL, no Scrapy in here."""

from antara_crawler.warc.blanking import blank
from antara_crawler.warc.foreign import unpacked
from antara_crawler.warc.history import is_sample
from antara_crawler.warc.naming import files_written_by, name_of
from antara_crawler.warc.reading import Resolve, Scanned, read_capture, scan
from antara_crawler.warc.records.codings import body_of, whole
from antara_crawler.warc.records.exchange import Exchange, Headers, Revisit, header_pairs
from antara_crawler.warc.records.members import MAX_BODY, Damage, warc_files
from antara_crawler.warc.repairs import Repair, repair
from antara_crawler.warc.replay.replay import RecordsAccount, Replay
from antara_crawler.warc.shared import SHARED, CaptureFiles, Folder
from antara_crawler.warc.wacz import write_wacz
from antara_crawler.warc.writer import CaptureWriter

__all__ = [
    "MAX_BODY",
    "SHARED",
    "CaptureFiles",
    "CaptureWriter",
    "Damage",
    "Exchange",
    "Folder",
    "Headers",
    "RecordsAccount",
    "Repair",
    "Replay",
    "Resolve",
    "Revisit",
    "Scanned",
    "blank",
    "body_of",
    "files_written_by",
    "header_pairs",
    "is_sample",
    "name_of",
    "read_capture",
    "repair",
    "scan",
    "unpacked",
    "warc_files",
    "whole",
    "write_wacz",
]
