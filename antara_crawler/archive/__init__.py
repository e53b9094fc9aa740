"""The SQL side: articles and their revisions, the ledger of pages, captures, runs. No Scrapy.

`Archive` opens one, and answers all that can be asked of it; `Ledger` and `Walks` are the
frontier of a crawl, `Writer` its one writer, `runs` and `portal_lock` frame it, `export_records`
reads it all back.
"""

from antara_crawler.archive.door import Archive
from antara_crawler.archive.export import export_records
from antara_crawler.archive.filters import Filters
from antara_crawler.archive.ledger import Failure, Ledger
from antara_crawler.archive.ledger_rows import Named
from antara_crawler.archive.locks import portal_lock
from antara_crawler.archive.names import Stranger
from antara_crawler.archive.policy import Span
from antara_crawler.archive.runs import Run
from antara_crawler.archive.search import Order
from antara_crawler.archive.snippets import Marked
from antara_crawler.archive.views import (
    Beside,
    CaptureView,
    Coverage,
    Gap,
    Hit,
    Overview,
    RelatedView,
    Results,
    RevisionView,
    StoredArticle,
)
from antara_crawler.archive.waits import Wait
from antara_crawler.archive.walks import Step, Walk, Walks
from antara_crawler.archive.writer import Stored, Writer

__all__ = [
    "Archive",
    "Beside",
    "CaptureView",
    "Coverage",
    "Failure",
    "Filters",
    "Gap",
    "Hit",
    "Ledger",
    "Marked",
    "Named",
    "Order",
    "Overview",
    "RelatedView",
    "Results",
    "RevisionView",
    "Run",
    "Span",
    "Step",
    "Stored",
    "StoredArticle",
    "Stranger",
    "Wait",
    "Walk",
    "Walks",
    "Writer",
    "export_records",
    "portal_lock",
]
