"""Reads articles back: whole, with their revisions and fetches; streaming, in one fixed order."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields as fields_of
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from antara_crawler.addresses import Identity, identity_of
from antara_crawler.archive.archive import Archive
from antara_crawler.archive.read.extracted import extracted_fields
from antara_crawler.archive.read.filters import Filters
from antara_crawler.archive.read.views import CaptureView, RelatedView, RevisionView, StoredArticle
from antara_crawler.archive.store.captured import fields_of_capture
from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.crawl import Captures, Pages
from antara_crawler.archive.tables.fields import IDENTITY
from antara_crawler.archive.tables.statements import CHUNK, among, columns, grouped, rows_within
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import Article, Link

_ADDED = ("id", "first_seen_at", "last_seen_at", "revision", "gone_at")

OF_IDS = select(
    *columns(Articles, "id", *IDENTITY, "url", "title", "extraction_id", "capture_id"),
    *columns(Articles, "first_seen_at", "last_seen_at", "gone_at", "revision"),
).where(among(Articles.id))
"""What stored_articles() wants to know of the articles with the ids given as `keys`."""

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
_SHOWN = _CAPTURES.where(among(Captures.id))
_FETCHES = (
    _CAPTURES.add_columns(Pages.article_id)
    .join(Pages, Pages.id == Captures.page_id)
    .where(among(Pages.article_id))
    .order_by(Pages.article_id, Captures.captured_at, Captures.id)
)
BATCH = CHUNK


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
    fetches = connection.execute(_FETCHES, {"keys": ids}) if ids else ()
    captures = grouped((row.article_id, _view(row)) for row in fetches)
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
    return grouped((row.article_id, _revision(row)) for row in last.values())


def _revision(row: AnyRow) -> RevisionView:
    told = {each.name: getattr(row, each.name) for each in fields_of(RevisionView)}
    return RevisionView(**told | {"paragraphs": tuple(row.paragraphs)})


def _view(row: AnyRow) -> CaptureView:
    own = {"id": row.id, "part": row.part, "revision": row.revision_number}
    return CaptureView(*fields_of_capture(row), **own)


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
    """Yield the export record of each article that fits, as the contract has it, oldest first."""
    yield from records_of(archive, rows_in_order(archive, filters or Filters()))


def records_of(archive: Archive, rows: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Yield the export records of these rows of `articles`, in order; those gone are left out."""
    return (each.record() for each in articles_of(archive, rows))


def articles_of(
    archive: Archive, rows: Iterable[int], *, history: bool = False
) -> Iterator[StoredArticle]:
    """Yield the same articles themselves, with their `history` or, faster, without.

    Each batch is a transaction of its own, so that a slow reader does not hold the archive.
    """
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        with archive.reading() as connection:
            shown = connection.execute(OF_IDS, {"keys": batch}).all()
            found = {each.id: each for each in stored_articles(connection, shown, history=history)}
        yield from (found[row] for row in batch if row in found)


def rows_in_order(archive: Archive, filters: Filters) -> Sequence[int]:
    """Return the rows of the articles that fit: by publication time, portal, kind and number.

    Those without a date come last.
    """
    at, number = Articles.published_at, func.coalesce(Articles.article_id, -1)
    order = (at.is_(None), at, Articles.portal, Articles.kind, number, Articles.id)
    query = select(Articles.id).where(*filters.conditions()).order_by(*order)
    with archive.reading() as connection:
        return array("q", connection.scalars(query.limit(filters.limit)))


def by_portal_and_year(
    archive: Archive, articles: Iterable[int]
) -> dict[tuple[str, int | None], list[int]]:
    """Return these rows of `articles` by portal and its local year, their order kept."""
    found: defaultdict[tuple[str, int | None], list[int]] = defaultdict(list)
    left = iter(articles)
    while wanted := list(islice(left, BATCH)):
        query = select(Articles.id, Articles.portal, Articles.published_on)
        rows = archive.rows(query.where(Articles.id.in_(wanted)))
        places = {row.id: (row.portal, row.published_on and row.published_on.year) for row in rows}
        for row_id in wanted:
            if row_id in places:
                found[places[row_id]].append(row_id)
    return dict(found)


def times_around(archive: Archive, article: Article) -> tuple[datetime | None, datetime | None]:
    """Return the times of the neighbours by number of an article; None where there is none."""
    number = Articles.article_id
    same = (Articles.portal == article.portal, Articles.kind == article.kind)
    query = select(Articles.published_at).where(*same, Articles.published_at.is_not(None)).limit(1)
    with archive.reading() as connection:
        before = connection.scalar(query.where(number < article.article_id).order_by(number.desc()))
        after = connection.scalar(query.where(number > article.article_id).order_by(number))
    return before, after
