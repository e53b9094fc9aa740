"""Reads articles back: streaming, in batches, in one fixed order."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.read.articles import NUMBER, ROWS, stored_articles
from antara_crawler.archive.read.filters import Filters
from antara_crawler.archive.read.views import StoredArticle
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.statements import CHUNK
from antara_crawler.items import Article

BATCH = CHUNK

_ORDER = (Articles.portal, Articles.kind, NUMBER, Articles.id)


def export_records(archive: Archive, filters: Filters | None = None) -> Iterator[dict[str, Any]]:
    """Yield the export record of each article that fits, as the contract has it.

    Ordered by publication time, portal, kind and number; those without a date come last. Each
    batch is a transaction of its own, so that a slow reader does not hold the archive.
    """
    for article in articles_in_order(archive, filters or Filters(), history=False):
        yield article.record()


def articles_in_order(
    archive: Archive, filters: Filters, *, history: bool
) -> Iterator[StoredArticle]:
    """Yield the same articles themselves; without their `history` it is faster."""
    left = filters.limit
    for dated in (True, False):
        for batch in _batches(archive, filters, dated, left, history):
            yield from batch
            left = None if left is None else left - len(batch)


def records_of(archive: Archive, articles: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield the export records of these rows of `articles`, in order; those gone are left out."""
    for start in range(0, len(articles), BATCH):
        wanted = articles[start : start + BATCH]
        with archive.reading() as connection:
            rows = connection.execute(ROWS.where(Articles.id.in_(wanted))).all()
            stored = stored_articles(connection, rows, history=False)
        found = {article.id: article for article in stored}
        yield from (found[row].record() for row in wanted if row in found)


def by_portal_and_year(
    archive: Archive, articles: Sequence[int]
) -> dict[tuple[str, int | None], list[int]]:
    """Return these rows of `articles` by portal and its local year, their order kept."""
    found: defaultdict[tuple[str, int | None], list[int]] = defaultdict(list)
    for start in range(0, len(articles), BATCH):
        wanted = articles[start : start + BATCH]
        query = select(Articles.id, Articles.portal, Articles.published_on)
        rows = archive.rows(query.where(Articles.id.in_(wanted)))
        places = {row.id: (row.portal, row.published_on and row.published_on.year) for row in rows}
        for row_id in wanted:
            if row_id in places:
                found[places[row_id]].append(row_id)
    return dict(found)


def _batches(
    archive: Archive, filters: Filters, dated: bool, limit: int | None, history: bool
) -> Iterator[list[StoredArticle]]:
    """Yield batches by keyset, of the articles with or without a date."""
    order = (Articles.published_at, *_ORDER) if dated else _ORDER
    query = (
        ROWS.where(Articles.published_at.is_not(None) if dated else Articles.published_at.is_(None))
        .where(*filters.conditions())
        .order_by(*order)
    )
    after: tuple[Any, ...] | None = None
    left = limit
    while left is None or left > 0:
        step = query.limit(BATCH if left is None else min(BATCH, left))
        if after is not None:
            step = step.where(tuple_(*order) > after)
        with archive.reading() as connection:
            rows = connection.execute(step).all()
            articles = stored_articles(connection, rows, history=history)
        if not rows:
            return
        yield articles
        last = rows[-1]
        after = (last.portal, last.kind, last.order_number, last.id)
        after = (last.published_at, *after) if dated else after
        left = None if left is None else left - len(rows)


def times_around(archive: Archive, article: Article) -> tuple[datetime | None, datetime | None]:
    """Return the times of the neighbours by number of an article; None where there is none."""
    number = Articles.article_id
    same = (Articles.portal == article.portal, Articles.kind == article.kind)
    query = select(Articles.published_at).where(*same, Articles.published_at.is_not(None)).limit(1)
    with archive.reading() as connection:
        before = connection.scalar(query.where(number < article.article_id).order_by(number.desc()))
        after = connection.scalar(query.where(number > article.article_id).order_by(number))
    return before, after
