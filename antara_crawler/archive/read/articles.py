"""Reads articles back: whole, with their revisions and fetches; streaming, in one fixed order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields as fields_of
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, tuple_

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.read.extracted import extracted_fields
from antara_crawler.archive.read.filters import Filters
from antara_crawler.archive.read.views import CaptureView, RelatedView, RevisionView, StoredArticle
from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.crawl import Captures, Pages
from antara_crawler.archive.tables.fields import IDENTITY, names_of
from antara_crawler.archive.tables.lookup import Identity, identity_of
from antara_crawler.archive.tables.statements import CHUNK, among, columns, rows_within
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import Article, Capture, Link

NUMBER = func.coalesce(Articles.article_id, -1)
ROWS = select(
    *columns(Articles, "id", *IDENTITY, "url", "title", "published_at", "extraction_id"),
    *columns(Articles, "capture_id", "first_seen_at", "last_seen_at", "gone_at", "revision"),
    NUMBER.label("order_number"),
)
"""What stored_articles() wants to know of articles."""
_ADDED = ("id", "first_seen_at", "last_seen_at", "revision", "gone_at")

OF_IDS = ROWS.where(among(Articles.id))
"""ROWS of the ids given as `keys`."""

_CURRENT = Articles.extraction_id == Extractions.id
_REVISIONS = (
    select(
        *columns(Revisions, "article_id", "number", "first_seen_at", "last_seen_at"),
        *columns(Extractions, "title", "paragraphs", "published_text", "published_note"),
        Extractions.number.label("extraction"),
    )
    .join(Articles, Articles.id == Revisions.article_id)
    .join(Extractions, Extractions.revision_id == Revisions.id)
    .where(among(Revisions.article_id))
    # of each revision the reading that the article shows, else the latest
    .order_by(Revisions.article_id, Revisions.number, _CURRENT, Extractions.number)
)
_BY_NUMBER = select(*columns(Articles, "id", *IDENTITY)).where(
    Articles.portal == bindparam("portal"),
    Articles.kind == bindparam("kind"),
    among(Articles.article_id),
)
_CAPTURES = select(
    *Captures.__table__.columns, Revisions.number.label("revision_number")
).outerjoin(Revisions, Revisions.id == Captures.revision_id)
_OF_CAPTURE = tuple(names_of(Capture, "column"))
_values_of_capture = attrgetter(*_OF_CAPTURE)
_SHOWN = _CAPTURES.where(among(Captures.id))
_FETCHES = (
    _CAPTURES.add_columns(Pages.article_id)
    .join(Pages, Pages.id == Captures.page_id)
    .where(among(Pages.article_id))
    .order_by(Pages.article_id, Captures.captured_at, Captures.id)
)
BATCH = CHUNK

_ORDER = (Articles.portal, Articles.kind, NUMBER, Articles.id)


def stored_articles(
    connection: Connection, rows: Sequence[AnyRow], *, history: bool = True
) -> list[StoredArticle]:
    """Return the articles of these rows, with their revisions, fetches and local links or not."""
    if not rows:
        return []
    unasked = () if history else ("left_out",)
    read = extracted_fields(connection, [row.extraction_id for row in rows], without=unasked)
    cited = [row.capture_id for row in rows if row.capture_id]
    shown = {row.id: _view(row) for row in connection.execute(_SHOWN, {"keys": cited})}
    ids = [row.id for row in rows] if history else []
    revisions = _revisions(connection, ids)
    captures = _captures(connection, ids)
    links = (link for fields in read.values() for link in fields["related"])
    local = _rows_of(connection, links if history else ())
    articles = []
    for row in rows:
        fields = read.get(row.extraction_id)
        if fields is None:  # its reading is lost
            known = {name: getattr(row, name) for name in (*IDENTITY, "url", "title")}
            fields = {**known, "paragraphs": (), "related": ()}
        fields["related"] = tuple([_related(link, local) for link in fields["related"]])
        articles.append(
            StoredArticle(
                **fields,
                **{name: getattr(row, name) for name in _ADDED},
                capture=shown.get(row.capture_id),
                captures=tuple(captures.get(row.id, ())),
                revisions=tuple(revisions.get(row.id, ())),
            )
        )
    return articles


def _revisions(connection: Connection, ids: Sequence[int]) -> Mapping[int, list[RevisionView]]:
    last: dict[tuple[int, int], AnyRow] = {}
    for row in connection.execute(_REVISIONS, {"keys": ids}) if ids else ():
        last[row.article_id, row.number] = row
    found: defaultdict[int, list[RevisionView]] = defaultdict(list)
    for row in last.values():
        told = {each.name: getattr(row, each.name) for each in fields_of(RevisionView)}
        told["paragraphs"] = tuple(row.paragraphs)
        found[row.article_id].append(RevisionView(**told))
    return found


def _captures(connection: Connection, ids: Sequence[int]) -> Mapping[int, list[CaptureView]]:
    found: defaultdict[int, list[CaptureView]] = defaultdict(list)
    for row in connection.execute(_FETCHES, {"keys": ids}) if ids else ():
        found[row.article_id].append(_view(row))
    return found


def _view(row: AnyRow) -> CaptureView:
    fields = dict(zip(_OF_CAPTURE, _values_of_capture(row), strict=True))
    return CaptureView(**fields, id=row.id, part=row.part, revision=row.revision_number)


def _rows_of(connection: Connection, links: Iterable[Link]) -> dict[Identity, int]:
    """Return the rows of those related articles that the archive has."""
    urls = (link.url for link in links)
    wanted = {known for url in urls if url and (known := identity_of(url))}
    rows = rows_within(connection, _BY_NUMBER, ("portal", "kind"), sorted(wanted))
    return {(row.portal, row.kind, row.article_id): row.id for row in rows}


def _related(link: Link, local: Mapping[Identity, int]) -> RelatedView:
    identity = identity_of(link.url) if link.url and local else None
    return RelatedView(link.title, link.url, local.get(identity) if identity else None)


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
