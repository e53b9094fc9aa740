"""Raw records of what was fetched, kept in WARC files: no SQL, no Scrapy in here."""

from .exchange import Exchange, Headers, Revisit, header_pairs
from .members import MAX_BODY, Damage
from .reading import Resolve, Scanned, read_capture, scan
from .repairs import Repair, repair
from .replay import Replay
from .wacz import write_wacz
from .writer import CaptureWriter

__all__ = [
    "MAX_BODY",
    "CaptureWriter",
    "Damage",
    "Exchange",
    "Headers",
    "Repair",
    "Replay",
    "Resolve",
    "Revisit",
    "Scanned",
    "header_pairs",
    "read_capture",
    "repair",
    "scan",
    "write_wacz",
]
