"""The SQL side: articles and their revisions, the frontier of pages, captures, runs. No Scrapy.

`Archive` opens one, and answers all that can be asked of it; `Frontier` and `ListingCursors` are
the frontier of a crawl, `Writer` its one writer, `runs` and `portal_lock` frame it,
`export_records` reads it all back.
"""

from antara_crawler.archive.api import Archive as Archive
from antara_crawler.archive.frontier.backfill import Backfill as Backfill
from antara_crawler.archive.frontier.frontier import Failure as Failure
from antara_crawler.archive.frontier.frontier import Frontier as Frontier
from antara_crawler.archive.frontier.frontier import Wait as Wait
from antara_crawler.archive.frontier.listing_cursors import ListingCursor as ListingCursor
from antara_crawler.archive.frontier.listing_cursors import ListingCursors as ListingCursors
from antara_crawler.archive.frontier.listing_cursors import Step as Step
from antara_crawler.archive.frontier.rows import Named as Named
from antara_crawler.archive.frontier.schedule import Span as Span
from antara_crawler.archive.locks import portal_lock as portal_lock
from antara_crawler.archive.read.articles import export_records as export_records
from antara_crawler.archive.read.changes import ChangeView as ChangeView
from antara_crawler.archive.read.changes import Telling as Telling
from antara_crawler.archive.read.completeness import Completeness as Completeness
from antara_crawler.archive.read.completeness import Month as Month
from antara_crawler.archive.read.completeness import silent_days as silent_days
from antara_crawler.archive.read.filters import Filters as Filters
from antara_crawler.archive.read.strangers import Stranger as Stranger
from antara_crawler.archive.read.views import Beside as Beside
from antara_crawler.archive.read.views import CaptureView as CaptureView
from antara_crawler.archive.read.views import Coverage as Coverage
from antara_crawler.archive.read.views import Gap as Gap
from antara_crawler.archive.read.views import Hit as Hit
from antara_crawler.archive.read.views import Marked as Marked
from antara_crawler.archive.read.views import Overview as Overview
from antara_crawler.archive.read.views import RelatedView as RelatedView
from antara_crawler.archive.read.views import Results as Results
from antara_crawler.archive.read.views import RevisionView as RevisionView
from antara_crawler.archive.read.views import StoredArticle as StoredArticle
from antara_crawler.archive.runs import Run as Run
from antara_crawler.archive.search.conditions import Order as Order
from antara_crawler.archive.store.writer import Stored as Stored
from antara_crawler.archive.store.writer import Writer as Writer
