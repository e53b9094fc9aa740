"""Reads whole articles back, with their revisions and fetches."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, tuple_

from antara_crawler.archive.read.views import CaptureView, RelatedView, RevisionView, StoredArticle
from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.crawl import Captures, Pages
from antara_crawler.archive.tables.lookup import Identity, identity_of
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import Capture, Picture, Removed

_CURRENT = Articles.extraction_id == Extractions.id
_REVISIONS = (
    select(
        Revisions.article_id,
        Revisions.number,
        Revisions.first_seen_at,
        Revisions.last_seen_at,
        Extractions.title,
        Extractions.paragraphs,
        Extractions.number.label("extraction"),
        Extractions.published_text,
        Extractions.published_note,
    )
    .join(Articles, Articles.id == Revisions.article_id)
    .join(Extractions, Extractions.revision_id == Revisions.id)
    # of each revision the reading that the article shows, else the latest
    .order_by(Revisions.article_id, Revisions.number, _CURRENT, Extractions.number)
)
_CAPTURES = (
    select(
        Pages.article_id,
        *Captures.__table__.columns,
        Revisions.number.label("revision_number"),
    )
    .join(Pages, Pages.id == Captures.page_id)
    .outerjoin(Revisions, Revisions.id == Captures.revision_id)
    .order_by(Pages.article_id, Captures.captured_at, Captures.id)
)


def stored_articles(
    connection: Connection, records: Mapping[int, Mapping[str, Any]]
) -> list[StoredArticle]:
    """Return the articles of these export records, which come with the ids of their rows."""
    revisions = _revisions(connection, list(records))
    captures = _captures(connection, list(records))
    local = _rows_of(connection, _related_to(records.values()))
    return [
        _article(row_id, record, revisions[row_id], captures[row_id], local)
        for row_id, record in records.items()
    ]


def _revisions(connection: Connection, ids: Sequence[int]) -> Mapping[int, list[RevisionView]]:
    last: dict[tuple[int, int], AnyRow] = {}
    for row in connection.execute(_REVISIONS.where(Revisions.article_id.in_(ids))):
        last[row.article_id, row.number] = row
    found: defaultdict[int, list[RevisionView]] = defaultdict(list)
    for row in last.values():
        found[row.article_id].append(
            RevisionView(
                row.number,
                row.first_seen_at,
                row.last_seen_at,
                row.title,
                tuple(row.paragraphs),
                row.extraction,
                row.published_text,
                row.published_note,
            )
        )
    return found


def _captures(connection: Connection, ids: Sequence[int]) -> Mapping[int, list[CaptureView]]:
    found: defaultdict[int, list[CaptureView]] = defaultdict(list)
    for row in connection.execute(_CAPTURES.where(Pages.article_id.in_(ids))):
        item = Capture(
            row.url,
            row.status,
            row.captured_at,
            row.file,
            row.offset,
            row.length,
            row.sha256,
            row.payload_sha256,
            row.etag,
            row.last_modified,
        )
        found[row.article_id].append(CaptureView(row.id, item, row.part, row.revision_number))
    return found


def _related_to(records: Iterable[Mapping[str, Any]]) -> set[Identity]:
    urls = (link["url"] for record in records for link in record["related"])
    return {known for url in urls if url and (known := identity_of(url))}


def _rows_of(connection: Connection, wanted: set[Identity]) -> dict[Identity, int]:
    """Return the rows of those articles that the archive has."""
    key = tuple_(Articles.portal, Articles.kind, Articles.article_id)
    query = select(Articles.id, Articles.portal, Articles.kind, Articles.article_id)
    rows = connection.execute(query.where(key.in_(sorted(wanted)))) if wanted else ()
    return {(row.portal, row.kind, row.article_id): row.id for row in rows}


def _article(
    row_id: int,
    record: Mapping[str, Any],
    revisions: Sequence[RevisionView],
    captures: Sequence[CaptureView],
    local: Mapping[Identity, int],
) -> StoredArticle:
    shown = record["capture"]
    place = (shown["file"], shown["offset"]) if shown else None
    related = [
        RelatedView(link["title"], link["url"], local.get(identity_of(link["url"] or "") or _NONE))
        for link in record["related"]
    ]
    return StoredArticle(
        id=row_id,
        portal=record["portal"],
        kind=record["kind"],
        article_id=record["article_id"],
        url=record["url"],
        title=record["title"],
        dateline=record["dateline"],
        paragraphs=tuple(record["paragraphs"] or ()),
        published_at=_time(record["published_at"]),
        modified_at=_time(record["modified_at"]),
        reporters=tuple(record["reporters"]),
        editors=tuple(record["editors"]),
        uploaders=tuple(record["uploaders"]),
        section=record["section"],
        tags=tuple(record["tags"]),
        images=tuple(Picture(**each) for each in record["images"]),
        related=tuple(related),
        copyright=record["copyright"],
        language=record["language"],
        removed_paragraphs=tuple(Removed(**each) for each in record["removed_paragraphs"]),
        first_seen_at=datetime.fromisoformat(record["first_seen_at"]),
        last_seen_at=datetime.fromisoformat(record["last_seen_at"]),
        revision=record["revision"],
        gone_at=_time(record["gone_at"]),
        revisions=tuple(revisions),
        captures=tuple(captures),
        capture=next((each for each in captures if (each.file, each.offset) == place), None),
        record=record,
    )


_NONE: Identity = ("", "", 0)


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
