"""Finds and writes the rows of articles, revisions and extractions, many by one statement."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from antara_crawler.archive.frontier.schedule import is_news
from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.archive.tables.evidence import COLUMNS, Evidence
from antara_crawler.archive.tables.lookup import Identity
from antara_crawler.archive.tables.rows import article_row, import_key
from antara_crawler.archive.tables.statements import (
    add,
    change_all,
    rows_with,
    rows_within,
)
from antara_crawler.archive.tables.types import AnyRow, AnySelect
from antara_crawler.items import Article

_SHOWN = select(
    Articles.id,
    Articles.revision,
    Articles.extraction_id,
    Articles.capture_id,
    Articles.first_seen_at,
    Articles.last_seen_at,
)
_BY_KEY = _SHOWN.add_columns(Articles.import_key).where(
    Articles.import_key.in_(bindparam("keys", expanding=True))
)
_BY_NUMBER = _SHOWN.add_columns(Articles.portal, Articles.kind, Articles.article_id).where(
    Articles.portal == bindparam("portal"),
    Articles.kind == bindparam("kind"),
    Articles.article_id.in_(bindparam("keys", expanding=True)),
)
_REVISION = select(
    Revisions.id,
    Revisions.article_id,
    Revisions.number,
    Revisions.first_seen_at,
    Revisions.last_seen_at,
)
_REVISIONS_BY_ID = _REVISION.where(Revisions.id.in_(bindparam("keys", expanding=True)))
_REVISIONS_BY_TEXT = (
    _REVISION.add_columns(Extractions.fingerprint.label("name"))
    .join(Extractions, Extractions.revision_id == Revisions.id)
    .where(Revisions.article_id.in_(bindparam("keys", expanding=True)))
)
_REVISIONS_BY_PAYLOAD = (
    _REVISION.add_columns(Captures.payload_sha256.label("name"))
    .join(Captures, Captures.revision_id == Revisions.id)
    .where(Revisions.article_id.in_(bindparam("keys", expanding=True)))
)
_LAST_REVISIONS = (
    select(Revisions.article_id, func.max(Revisions.number).label("last"))
    .where(Revisions.article_id.in_(bindparam("keys", expanding=True)))
    .group_by(Revisions.article_id)
)
_EXTRACTIONS = (
    select(
        Extractions.id,
        Extractions.revision_id,
        Extractions.number,
        Extractions.digest,
        Extractions.template,
        Extractions.copyright,
        Extractions.left_out_digest,
        Extractions.capture_id,
        *COLUMNS,
    )
    .outerjoin(Evidence, Evidence.extraction_id == Extractions.id)
    .where(Extractions.revision_id.in_(bindparam("keys", expanding=True)))
    .order_by(Extractions.number)
)


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A wording of an article that is not on record: its fingerprint, and when it was seen."""

    article: int
    number: int
    text: str
    seen: datetime


def find_articles(connection: Connection, articles: Sequence[Article]) -> list[AnyRow | None]:
    """Return what the archive shows of each article; None where it has none."""
    names = [_name_of(article) for article in articles]
    numbered = [name for name in names if isinstance(name, tuple)]
    imported = [name for name in names if isinstance(name, str)]
    known: dict[str | Identity, AnyRow] = {
        (row.portal, row.kind, row.article_id): row
        for row in rows_within(connection, _BY_NUMBER, ("portal", "kind"), numbered)
    }
    known |= {row.import_key: row for row in rows_with(connection, _BY_KEY, imported)}
    return [known.get(name) for name in names]


def new_articles(
    connection: Connection, articles: Sequence[Article], seen: Sequence[datetime]
) -> list[int]:
    """Insert articles whose extractions are yet to come; return their ids."""
    rows = [
        {
            **article_row(article),
            "portal": article.portal,
            "kind": article.kind,
            "article_id": article.article_id,
            "import_key": import_key(article) if article.article_id is None else None,
            "revision": 1,
            "first_seen_at": at,
            "last_seen_at": at,
        }
        for article, at in zip(articles, seen, strict=True)
    ]
    return add(connection, Articles, rows)


def revisions_by_id(connection: Connection, revisions: Iterable[int]) -> dict[int, AnyRow]:
    """Return revisions, by their ids."""
    return {row.id: row for row in rows_with(connection, _REVISIONS_BY_ID, revisions)}


def revisions_with_text(
    connection: Connection, texts: Iterable[tuple[AnyRow, str]]
) -> dict[int, AnyRow]:
    """Return the revision of each article of which some reading has this text, where one has."""
    shown = {(known.id, text): known.revision for known, text in texts}
    return _best(
        _named(connection, _REVISIONS_BY_TEXT, shown),
        # The one shown comes first: a reading with other code can make two revisions alike.
        lambda row: (row.number == shown[row.article_id, row.name], row.number),
    )


def revisions_with_payload(
    connection: Connection, readings: Iterable[tuple[AnyRow, Article]]
) -> dict[int, AnyRow]:
    """Return the revisions that the very same bytes showed: our code changed, not the page."""
    payloads = {
        (known.id, article.captures[0].payload_sha256)
        for known, article in readings
        if len(article.captures) == 1
    }
    return _best(_named(connection, _REVISIONS_BY_PAYLOAD, payloads), lambda row: row.number)


def last_revisions(connection: Connection, articles: Iterable[int]) -> dict[int, int]:
    """Return the number of each article's last revision."""
    return {row.article_id: row.last for row in rows_with(connection, _LAST_REVISIONS, articles)}


def new_revisions(connection: Connection, revisions: Sequence[NewRevision]) -> list[int]:
    """Insert revisions; return their ids."""
    rows = [
        {
            "article_id": each.article,
            "number": each.number,
            "fingerprint": each.text,
            "first_seen_at": each.seen,
            "last_seen_at": each.seen,
        }
        for each in revisions
    ]
    return add(connection, Revisions, rows)


def saw_revisions(
    connection: Connection, seen: Iterable[tuple[AnyRow, datetime, datetime]]
) -> None:
    """Widen the time in which revisions were seen: each with when, and our clock's time."""
    changes = {}
    for revision, at, now in seen:
        later = {"last_seen_at": at} if is_news(at, revision.last_seen_at, now) else {}
        earlier = {"first_seen_at": at} if at < revision.first_seen_at else {}
        changes[revision.id] = {**later, **earlier}
    change_all(connection, Revisions, changes)


def extractions_of(connection: Connection, revisions: Iterable[int]) -> dict[int, list[AnyRow]]:
    """Return the extractions of revisions, in order: what tells them apart, by revision."""
    found: dict[int, list[AnyRow]] = {}
    for row in rows_with(connection, _EXTRACTIONS, revisions):
        found.setdefault(row.revision_id, []).append(row)
    return found


def _name_of(article: Article) -> str | Identity:
    if article.article_id is None:
        return import_key(article)
    return (article.portal, article.kind, article.article_id)


def _named(
    connection: Connection, query: AnySelect, wanted: Collection[tuple[int, str]]
) -> Iterator[AnyRow]:
    """Yield the revisions whose article and name are wanted: an article has few."""
    for row in rows_with(connection, query, (article for article, _ in wanted)):
        if (row.article_id, row.name) in wanted:
            yield row


def _best(rows: Iterable[AnyRow], rank: Callable[[AnyRow], Any]) -> dict[int, AnyRow]:
    """Return for each article the row that ranks highest."""
    best: dict[int, AnyRow] = {}
    for row in rows:
        if row.article_id not in best or rank(row) > rank(best[row.article_id]):
            best[row.article_id] = row
    return best
