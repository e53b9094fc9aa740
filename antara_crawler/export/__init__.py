"""Takes articles elsewhere: tables and lines of their records, packages of their raw pages."""

from antara_crawler.export.bag import export_bag
from antara_crawler.export.dataset import export_dataset
from antara_crawler.export.formats import FORMATS, LINES, Record, format_of
from antara_crawler.export.output import whole_file
from antara_crawler.export.selection import Selection
from antara_crawler.export.wacz import export_wacz

__all__ = [
    "FORMATS",
    "LINES",
    "Record",
    "Selection",
    "export_bag",
    "export_dataset",
    "export_wacz",
    "format_of",
    "whole_file",
]
