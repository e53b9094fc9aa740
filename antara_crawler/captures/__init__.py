"""Raw records of what was fetched, kept in WARC files: no SQL, no Scrapy in here."""

from .codings import body_of, whole
from .exchange import Exchange, Headers, Revisit, header_pairs
from .members import MAX_BODY, Damage
from .reading import Resolve, Scanned, read_capture, scan
from .repairs import Repair, repair
from .replay import RecordsAccount, Replay
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
    "body_of",
    "header_pairs",
    "read_capture",
    "repair",
    "scan",
    "whole",
    "write_wacz",
]
