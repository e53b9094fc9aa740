"""The SQL side: articles and their revisions, the frontier of pages, captures, runs. No Scrapy.

`Archive` opens one, and answers all that can be asked of it; `Frontier` and `ListingCursors` are
the frontier of a crawl, `Writer` its one writer, `runs` and `portal_lock` frame it,
`export_records` reads it all back.
"""

from antara_crawler.archive.api import Archive
from antara_crawler.archive.frontier.backfill import Backfill
from antara_crawler.archive.frontier.frontier import Failure, Frontier
from antara_crawler.archive.frontier.listing_cursors import ListingCursor, ListingCursors, Step
from antara_crawler.archive.frontier.rows import Named
from antara_crawler.archive.frontier.schedule import Span
from antara_crawler.archive.frontier.waits import Wait
from antara_crawler.archive.locks import portal_lock
from antara_crawler.archive.read.changes import ChangeView
from antara_crawler.archive.read.completeness import Completeness, Month, silent_days
from antara_crawler.archive.read.filters import Filters
from antara_crawler.archive.read.records import export_records
from antara_crawler.archive.read.stories import Telling
from antara_crawler.archive.read.views import (
    Beside,
    CaptureView,
    Coverage,
    Gap,
    Hit,
    Marked,
    Overview,
    RelatedView,
    Results,
    RevisionView,
    StoredArticle,
)
from antara_crawler.archive.runs import Run
from antara_crawler.archive.search.names import Stranger
from antara_crawler.archive.search.search import Order
from antara_crawler.archive.store.writer import Stored, Writer
from antara_crawler.archive.watch import Watch

__all__ = [
    "Archive",
    "Backfill",
    "Beside",
    "CaptureView",
    "ChangeView",
    "Completeness",
    "Coverage",
    "Failure",
    "Filters",
    "Frontier",
    "Gap",
    "Hit",
    "ListingCursor",
    "ListingCursors",
    "Marked",
    "Month",
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
    "Telling",
    "Wait",
    "Watch",
    "Writer",
    "export_records",
    "portal_lock",
    "silent_days",
]
