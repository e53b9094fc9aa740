"""The archive as people use it: search it, read it, count it. Nothing here writes articles."""

from collections.abc import Iterator

from sqlalchemy import func, select

from antara_crawler.archive import runs
from antara_crawler.archive.archive import Archive as OpenArchive
from antara_crawler.archive.frontier.frontier import Failure, Frontier
from antara_crawler.archive.index import search_index
from antara_crawler.archive.read import articles as reading
from antara_crawler.archive.read.articles import OF_IDS, stored_articles
from antara_crawler.archive.read.changes import count_changes, read_changes, story_of
from antara_crawler.archive.read.completeness import completeness
from antara_crawler.archive.read.filters import Filters
from antara_crawler.archive.read.strangers import Stranger, strangers
from antara_crawler.archive.read.views import StoredArticle
from antara_crawler.archive.runs import Run
from antara_crawler.archive.search.counting import coverage, overview
from antara_crawler.archive.search.search import rows_found, search
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.lookup import find_article

ALL = Filters()


class Archive(OpenArchive):
    """An open archive, with all that can be asked of it."""

    search = search
    found = rows_found

    def article(self, which: int | str) -> StoredArticle | None:
        """Return one article; None when the archive has none such.

        By the id of its row (an int), by the number in its address, by a name like
        kalsel/berita/496552, or by any form of its address. Raises UsageError where a number
        alone names several.
        """
        with self.reading() as connection:
            row = find_article(connection, which)
            rows = connection.execute(OF_IDS, {"keys": [row]}).all()
            return next(iter(stored_articles(connection, rows)), None)

    def articles(self, filters: Filters | None = None) -> Iterator[StoredArticle]:
        """Yield the articles that fit, oldest first, a batch in memory at a time."""
        return self.articles_of(self.in_order(filters or ALL), history=True)

    in_order = reading.rows_in_order
    articles_of = reading.articles_of
    records = reading.export_records
    records_of = reading.records_of
    by_portal_and_year = reading.by_portal_and_year

    def strangers(self, filters: Filters) -> tuple[Stranger, ...]:
        """Return the names of a filter that nothing in the archive has, each with near ones."""
        with self.reading() as connection:
            return tuple(strangers(connection, filters))

    def count(self, filters: Filters | None = None) -> int:
        """Return how many articles fit."""
        wanted = filters or ALL
        query = select(func.count()).select_from(Articles).where(*wanted.conditions())
        found = self.value(query) or 0
        return found if wanted.limit is None else min(found, wanted.limit)

    overview = overview
    coverage = coverage
    story = story_of
    changes = read_changes
    count_changes = count_changes
    completeness = completeness

    def failures(self, portal: str | None = None, limit: int | None = 50) -> tuple[Failure, ...]:
        """Return the pages that failed, the latest first."""
        return tuple(Frontier(self).failures(portal, limit))

    last_done = runs.last_done

    def runs(self, portal: str | None = None, limit: int = 10) -> tuple[Run, ...]:
        """Return the last runs, the newest first."""
        return tuple(runs.last(self, portal, limit))

    def rebuild_index(self) -> None:
        """Make the search index anew and link all stories, in one transaction.

        It needs an archive opened to be written. Raises NotWritable when it cannot be written.
        """
        with self.writing() as connection:
            search_index.make(connection)
        self.look_over()
