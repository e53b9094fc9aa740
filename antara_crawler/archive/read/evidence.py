"""All fetches of chosen articles, with what each one showed: for taking them elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.read.fetches import sources
from antara_crawler.archive.read.filters import Filters
from antara_crawler.archive.store.captured import capture_of
from antara_crawler.archive.tables.articles import Articles, Extractions
from antara_crawler.archive.tables.crawl import Captures, Pages
from antara_crawler.archive.tables.lookup import find_article
from antara_crawler.errors import UsageError
from antara_crawler.items import Capture

BATCH = 200


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fetch: its record, the one that holds its payload where that is another, its title.

    `first` is true for the first fetch that showed a revision of the article.
    """

    capture: Capture
    source: Capture | None
    title: str | None
    first: bool


def chosen(archive: Archive, filters: Filters, which: str | None = None) -> list[int]:
    """Return the rows that fit, or that of the article `which`; raise UsageError for none."""
    with archive.reading() as connection:
        if which is not None:
            found = find_article(connection, which)
            rows = [] if found is None else [found]
        else:
            query = select(Articles.id).where(*filters.conditions())
            query = query.order_by(Articles.published_at, Articles.id).limit(filters.limit)
            rows = list(connection.scalars(query))
    if not rows:
        raise UsageError(
            f"there is no article {which}" if which is not None else "no article fits the filters"
        )
    return rows


def evidence_of(archive: Archive, articles: Sequence[int]) -> Iterator[Evidence]:
    """Yield every fetch of these articles' pages, those without a body included."""
    keys = iter(articles)
    while batch := list(islice(keys, BATCH)):
        query = (
            select(Captures.__table__, Extractions.title)
            .join(Pages, Pages.id == Captures.page_id)
            .outerjoin(Extractions, Extractions.id == Captures.extraction_id)
            .where(Pages.article_id.in_(batch))
            .order_by(Captures.page_id, Captures.captured_at, Captures.id)
        )
        rows = archive.rows(query)
        held = sources(archive, [row.id for row in rows])
        shown: set[int] = set()
        for row in rows:
            first = row.extraction_id is not None and row.revision_id not in shown
            if first:
                shown.add(row.revision_id)
            yield Evidence(capture_of(row), held.get(row.id), row.title, first)
