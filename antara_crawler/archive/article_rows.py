"""Finds and writes the rows of articles, revisions and extractions, each by one statement."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from antara_crawler.archive.crawl_models import Captures
from antara_crawler.archive.models import Articles, Extractions, Revisions
from antara_crawler.archive.policy import is_news
from antara_crawler.archive.rows import article_row, import_key
from antara_crawler.archive.statements import add, by_id, change
from antara_crawler.archive.types import AnyRow
from antara_crawler.items import Article

_SHOWN = select(
    Articles.id,
    Articles.revision,
    Articles.extraction_id,
    Articles.capture_id,
    Articles.first_seen_at,
    Articles.last_seen_at,
)
_BY_KEY = _SHOWN.where(Articles.import_key == bindparam("key"))
_BY_NUMBER = _SHOWN.where(
    Articles.portal == bindparam("portal"),
    Articles.kind == bindparam("kind"),
    Articles.article_id == bindparam("number"),
)
_REVISION = select(
    Revisions.id,
    Revisions.article,
    Revisions.number,
    Revisions.first_seen_at,
    Revisions.last_seen_at,
)
_REVISION_BY_ID = _REVISION.where(Revisions.id == bindparam("revision"))
_REVISION_BY_TEXT = (
    _REVISION.join(Extractions, Extractions.revision == Revisions.id)
    .where(
        Revisions.article == bindparam("article"),
        Extractions.fingerprint == bindparam("fingerprint"),
    )
    # The one shown comes first: a reading with other code can make two revisions alike.
    .order_by(Revisions.number != bindparam("shown"), Revisions.number.desc())
    .limit(1)
)
_REVISION_BY_PAYLOAD = (
    _REVISION.join(Captures, Captures.revision_id == Revisions.id)
    .where(
        Revisions.article == bindparam("article"),
        Captures.payload_sha256 == bindparam("payload"),
    )
    .order_by(Revisions.number.desc())
    .limit(1)
)
_LAST_REVISION = select(func.max(Revisions.number)).where(Revisions.article == bindparam("article"))
_EXTRACTIONS = (
    select(
        Extractions.id,
        Extractions.number,
        Extractions.digest,
        Extractions.copyright,
        Extractions.left_out_digest,
        Extractions.capture_id,
    )
    .where(Extractions.revision == bindparam("revision"))
    .order_by(Extractions.number)
)
_NEW_ARTICLE = insert(Articles)
_NEW_REVISION = insert(Revisions)
_CHANGE_ARTICLE = by_id(Articles)
_CHANGE_REVISION = by_id(Revisions)


def find_article(connection: Connection, article: Article) -> AnyRow | None:
    """Return what the archive shows of an article; None when it has none."""
    if article.article_id is None:
        return connection.execute(_BY_KEY, {"key": import_key(article)}).first()
    identity = {"portal": article.portal, "kind": article.kind, "number": article.article_id}
    return connection.execute(_BY_NUMBER, identity).first()


def new_article(connection: Connection, article: Article, seen: datetime) -> int:
    """Insert an article whose extraction is yet to come."""
    values = {
        **article_row(article),
        "portal": article.portal,
        "kind": article.kind,
        "article_id": article.article_id,
        "import_key": import_key(article) if article.article_id is None else None,
        "revision": 1,
        "first_seen_at": seen,
        "last_seen_at": seen,
    }
    return add(connection, _NEW_ARTICLE, values)


def change_article(connection: Connection, article: int, **values: Any) -> None:
    """Set columns of an article."""
    change(connection, _CHANGE_ARTICLE, article, **values)


def revision_by_id(connection: Connection, revision: int) -> AnyRow:
    """Return a revision."""
    return connection.execute(_REVISION_BY_ID, {"revision": revision}).one()


def revision_with_text(connection: Connection, known: AnyRow, fingerprint: str) -> AnyRow | None:
    """Return the revision of the article of which some reading has this text."""
    return connection.execute(
        _REVISION_BY_TEXT,
        {"article": known.id, "fingerprint": fingerprint, "shown": known.revision},
    ).first()


def revision_with_payload(connection: Connection, known: AnyRow, item: Article) -> AnyRow | None:
    """Return the revision that the very same bytes showed: then our code changed, not the page."""
    if len(item.captures) != 1:
        return None
    payload = {"article": known.id, "payload": item.captures[0].payload_sha256}
    return connection.execute(_REVISION_BY_PAYLOAD, payload).first()


def new_revision(
    connection: Connection, article: int, fingerprint: str, seen: datetime, *, first: bool = False
) -> tuple[int, int]:
    """Insert a revision; return its id and number."""
    last = None if first else connection.scalar(_LAST_REVISION, {"article": article})
    values = {
        "article": article,
        "number": (last or 0) + 1,
        "fingerprint": fingerprint,
        "first_seen_at": seen,
        "last_seen_at": seen,
    }
    return add(connection, _NEW_REVISION, values), (last or 0) + 1


def saw_revision(connection: Connection, revision: AnyRow, seen: datetime, now: datetime) -> None:
    """Widen the time in which a revision was seen."""
    if is_news(seen, revision.last_seen_at, now):
        change(connection, _CHANGE_REVISION, revision.id, last_seen_at=seen)
    if seen < revision.first_seen_at:
        change(connection, _CHANGE_REVISION, revision.id, first_seen_at=seen)


def extractions_of(connection: Connection, revision: int) -> list[AnyRow]:
    """Return id, number, digest and copyright line of a revision's extractions, in order."""
    return list(connection.execute(_EXTRACTIONS, {"revision": revision}))
