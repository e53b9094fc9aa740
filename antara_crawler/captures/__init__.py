"""Raw records of what was fetched, kept in WARC files: no SQL, no Scrapy in here."""

from .blanking import blank
from .codings import body_of, whole
from .exchange import Exchange, Headers, Revisit, header_pairs
from .members import MAX_BODY, Damage, warc_files
from .naming import files_written_by, name_of
from .reading import Resolve, Scanned, read_capture, scan
from .repairs import Repair, repair
from .replay import RecordsAccount, Replay
from .samples import is_sample
from .wacz import write_wacz
from .writer import CaptureWriter

__all__ = [
    "MAX_BODY",
    "CaptureWriter",
    "Damage",
    "Exchange",
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
    "warc_files",
    "whole",
    "write_wacz",
]
