"""Every fetch of an article page, and what was read from it: to read it again, or take it along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.frontier.schedule import hints_of
from antara_crawler.archive.store.captured import capture_of
from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.crawl import Captures, Pages, Runs
from antara_crawler.archive.tables.evidence import COLUMNS, Evidence, evidence_in
from antara_crawler.archive.tables.statements import columns, only
from antara_crawler.archive.tables.types import AnyRow, AnySelect
from antara_crawler.items import Capture, Page

BATCH = 500
WITNESSED = 200

_COLUMNS = (
    *Captures.__table__.columns,
    Pages.url.label("page_url"),
    Pages.kind.label("page_kind"),
    Pages.number.label("page_number"),
    *columns(Extractions, "digest", "template", "left_out_digest", "copyright"),
    (Extractions.capture_id == Captures.id).label("is_source"),
    (Articles.capture_id == Captures.id).label("shown"),
    Pages.hints,
    *COLUMNS,
)


@dataclass(frozen=True, slots=True)
class Fetch:
    """One fetch of an article page that gave a body, and what the archive has read from it.

    `captures` are the raw records of the article's pages in the order in which they were
    fetched; `sources` says of each one that may be a mere revisit record where its payload is.
    `extraction_id`, `digest` and `copyright` are None when no article could be read from it;
    `shown` is true when the article shows this very fetch, `is_source` when the reading is of
    it: then what the reading left out was left out of it, too.
    """

    id: int
    page: Page
    captures: tuple[Capture, ...]
    sources: tuple[Capture | None, ...]
    extraction_id: int | None = None
    digest: str | None = None
    copyright: str | None = None
    shown: bool = False
    left_out_digest: str | None = None
    is_source: bool = False
    evidence: tuple[Any, ...] | None = None
    """How the reading compares with what else says the same (see tables/evidence.py)."""
    template: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the fetches of a portal: those from one id to another that lie in one store."""

    first: int
    last: int
    store: str | None = None


def parts_of(archive: Archive, portal: str, size: int) -> list[Part]:
    """Cut the fetches of a portal into parts of at most `size`, each in one store."""
    place = func.row_number().over(partition_by=Captures.store, order_by=Captures.id) - 1
    rows = (
        select(Captures.id, Captures.store, (place // size).label("number"))
        .where(Captures.role == "article", Captures.part == 0, Captures.status == 200)
        .where(Captures.portal == portal)
        .subquery()
    )
    first = func.min(rows.c.id)
    query = (
        select(first, func.max(rows.c.id), rows.c.store)
        .group_by(rows.c.store, rows.c.number)
        .order_by(first)
    )
    return [Part(*row) for row in archive.rows(query)]


def article_fetches(
    archive: Archive, portal: str | None = None, part: Part | None = None
) -> Iterator[Fetch]:
    """Yield every fetch of an article that was kept, the oldest record first; or a part of them.

    Left out are answers that belong to no page (redirects, records that a killed run left over:
    their pages are asked for again) and articles outside of the dates that a crawl wanted.
    For reading again: give the item with the same captures to Writer.write().
    """
    query = (
        _reading(Extractions.id == Captures.extraction_id, or_none=True)
        .where(Captures.role == "article", Captures.part == 0, Captures.status == 200)
        .where(*only(Captures.portal, portal))
        .where(or_(Captures.revision_id.is_not(None), Pages.state != "out_of_range"))
    )
    if part is not None:
        of_part = Captures.id.between(part.first, part.last)
        query = query.where(of_part, Captures.store.is_not_distinct_from(part.store))
    for rows in archive.in_batches(query, BATCH, Captures.id):
        yield from _fetches(archive, rows)


def crawled_portals(archive: Archive) -> list[str]:
    """Return the portals of which there was a run."""
    query = select(Runs.portal).where(Runs.portal.is_not(None)).distinct().order_by(Runs.portal)
    return [row.portal for row in archive.rows(query)]


def fetch_of_extraction(archive: Archive, extraction: int) -> Fetch | None:
    """Return the first fetch from which an extraction was read; None when there is none."""
    return _first(archive, Extractions.id == extraction, Extractions.capture_id == Captures.id)


def fetch_of_capture(archive: Archive, capture: int) -> Fetch | None:
    """Return the fetch whose first record a capture is; None when it is of no article's page."""
    return _first(archive, Captures.id == capture, Extractions.id == Captures.extraction_id)


def _reading(of: ColumnElement[bool], *, or_none: bool) -> AnySelect:
    """Return the query of fetches of articles, each with its reading, or without one."""
    return (
        select(*_COLUMNS)
        .join(Pages, Pages.id == Captures.page_id)
        .join(Extractions, of, isouter=or_none)
        .outerjoin(Evidence, Evidence.extraction_id == Extractions.id)
        .outerjoin(Revisions, Revisions.id == Captures.revision_id)
        .outerjoin(Articles, Articles.id == Revisions.article_id)
        .where(Pages.number.is_not(None))
    )


def _first(
    archive: Archive, which: ColumnElement[bool], reading: ColumnElement[bool]
) -> Fetch | None:
    rows = archive.rows(_reading(reading, or_none=False).where(which))
    return next(iter(_fetches(archive, rows)), None)


def _fetches(archive: Archive, rows: Sequence[AnyRow]) -> list[Fetch]:
    if not rows:
        return []
    further: dict[int, list[AnyRow]] = {row.id: [] for row in rows}
    parts = (
        select(Captures.__table__)
        .where(Captures.first_part_id.in_(list(further)))
        .order_by(Captures.first_part_id, Captures.part)
    )
    for part in archive.rows(parts):
        further[part.first_part_id].append(part)
    every = [*further, *(part.id for found in further.values() for part in found)]
    held = sources(archive, every)
    return [_fetch(row, further[row.id], held) for row in rows]


def sources(archive: Archive, keys: Sequence[int]) -> dict[int, Capture]:
    """Return for captures by id the first record of the same page with the same payload."""
    later, earlier = aliased(Captures), aliased(Captures)
    same = and_(
        earlier.page_id == later.page_id,
        earlier.payload_sha256 == later.payload_sha256,
        earlier.url == later.url,
        earlier.status == 200,
        earlier.id < later.id,
    )
    firsts = (
        select(later.id.label("of"), func.min(earlier.id).label("first"))
        .join(earlier, same)
        .where(later.id.in_(keys))
        .group_by(later.id)
        .subquery()
    )
    query = select(firsts.c.of, Captures.__table__).join(firsts, firsts.c.first == Captures.id)
    return {row.of: capture_of(row) for row in archive.rows(query)}


def _fetch(row: AnyRow, parts: Sequence[AnyRow], held: dict[int, Capture]) -> Fetch:
    hints, at = hints_of(row.hints), (row.page_url, row.page_kind, row.page_number)
    names = ("extraction_id", "digest", "copyright", "left_out_digest", "template")
    return Fetch(
        row.id,
        Page(row.portal, "article", *at, hints=hints),
        (capture_of(row), *map(capture_of, parts)),
        (held.get(row.id), *(held.get(part.id) for part in parts)),
        shown=bool(row.shown),
        is_source=bool(row.is_source),
        evidence=evidence_in(row),
        **{name: getattr(row, name) for name in names},
    )


@dataclass(frozen=True, slots=True)
class Witness:
    """One fetch: its record, the one that holds its payload where that is another, its title.

    `first` is true for the first fetch that showed a revision of the article.
    """

    capture: Capture
    source: Capture | None
    title: str | None
    first: bool


def with_evidence(archive: Archive, articles: Sequence[int]) -> int:
    """Return of how many of these articles a raw record is kept."""
    keys, found = iter(articles), 0
    query = select(func.count(Pages.article_id.distinct()))
    query = query.join(Captures, Captures.page_id == Pages.id)
    while batch := list(islice(keys, WITNESSED)):
        found += archive.value(query.where(Pages.article_id.in_(batch))) or 0
    return found


def evidence_of(archive: Archive, articles: Sequence[int]) -> Iterator[Witness]:
    """Yield every fetch of these articles' pages, those without a body included."""
    keys = iter(articles)
    while batch := list(islice(keys, WITNESSED)):
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
            yield Witness(capture_of(row), held.get(row.id), row.title, first)
