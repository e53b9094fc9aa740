"""Readings of articles beside what is on record: their articles and revisions, by sets."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, func, select

from antara_crawler.addresses import Identity
from antara_crawler.archive.frontier.results import Read
from antara_crawler.archive.frontier.schedule import is_news
from antara_crawler.archive.store.refusals import refuse_same_texts
from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.archive.tables.fields import IDENTITY
from antara_crawler.archive.tables.rows import article_row, import_key
from antara_crawler.archive.tables.statements import (
    add,
    among,
    change_all,
    columns,
    rows_with,
    rows_within,
)
from antara_crawler.archive.tables.types import AnyRow, AnySelect

What = Literal["new", "imported", "revised", "returned", "amended", "unchanged", "reread", "known"]

_SHOWN = select(
    *columns(Articles, "id", "revision", "extraction_id", "capture_id"),
    *columns(Articles, "first_seen_at", "last_seen_at"),
)
_BY_KEY = _SHOWN.add_columns(Articles.import_key).where(among(Articles.import_key))
_BY_NUMBER = _SHOWN.add_columns(*columns(Articles, "portal", "kind", "article_id")).where(
    Articles.portal == bindparam("portal"),
    Articles.kind == bindparam("kind"),
    among(Articles.article_id),
)
_REVISION = select(
    *columns(Revisions, "id", "article_id", "number"),
    *columns(Revisions, "first_seen_at", "last_seen_at"),
)
_BY_ID = _REVISION.where(among(Revisions.id))
_OF_ARTICLES = _REVISION.where(among(Revisions.article_id))
_BY_TEXT = _OF_ARTICLES.add_columns(Extractions.fingerprint.label("name")).join(
    Extractions, Extractions.revision_id == Revisions.id
)
_BY_PAYLOAD = _OF_ARTICLES.add_columns(Captures.payload_sha256.label("name")).join(
    Captures, Captures.revision_id == Revisions.id
)
_HAD = select(*columns(Extractions, "id", "paragraphs")).where(among(Extractions.id))
_LAST_REVISIONS = (
    select(Revisions.article_id, func.max(Revisions.number).label("last"))
    .where(among(Revisions.article_id))
    .group_by(Revisions.article_id)
)


@dataclass(slots=True)
class Case(Read):
    """A reading of an article; what is on record of it, and what is written, is added in turn."""

    known: AnyRow | None = None
    """What the archive shows of the article."""
    again: AnyRow | None = None
    """Its fetch, where that was read before: read again, it is never a new revision."""
    text: str = ""
    """The fingerprint of its wording."""
    revision_id: int = 0
    number: int = 0
    is_new: bool = False
    """Whether its wording was not on record."""
    capture: int | None = None
    extraction: int = 0
    is_written: bool = False
    """Whether something of the extraction was written."""
    what: What = "known"
    shown: int = 0
    """The number of the revision that the article shows now."""
    is_shown: bool = False
    """Whether the article shows this very reading now, and did not before."""
    before: Sequence[str] = ()
    """The paragraphs that it had, where its wording is new."""
    since: datetime | None = None
    """When its wording was first seen, where that is on record."""


def find_articles(connection: Connection, cases: Sequence[Case]) -> None:
    """Find what the archive shows of each article."""
    names: list[str | Identity] = [
        import_key(each) if each.article_id is None else (each.portal, each.kind, each.article_id)
        for each in (case.article for case in cases)
    ]
    numbered = [name for name in names if isinstance(name, tuple)]
    known: dict[str | Identity, AnyRow] = {
        (row.portal, row.kind, row.article_id): row
        for row in rows_within(connection, _BY_NUMBER, ("portal", "kind"), numbered)
    }
    imported = [name for name in names if isinstance(name, str)]
    known |= {row.import_key: row for row in rows_with(connection, _BY_KEY, imported)}
    for case, name in zip(cases, names, strict=True):
        case.known = known.get(name)


def find_revisions(connection: Connection, cases: Sequence[Case]) -> None:
    """Find the revision that each fetch shows; write those that are new."""
    read_before = (case.again.revision_id for case in cases if case.again)
    by_id = {row.id: row for row in rows_with(connection, _BY_ID, read_before)}
    older = [(case, case.known) for case in cases if case.known and not case.again]
    shown = {(known.id, case.text): known.revision for case, known in older}
    found = _best(
        *(connection, _BY_TEXT, shown),
        # The one shown comes first: a reading with other code can make two revisions alike.
        lambda row: (row.number == shown[row.article_id, row.name], row.number),
    )
    # The very same bytes: our code changed, not the page.
    payloads = {
        (known.id, case.article.captures[0].payload_sha256)
        for case, known in older
        if known.id not in found and len(case.article.captures) == 1
    }
    found |= _best(connection, _BY_PAYLOAD, payloads, lambda row: row.number)
    seen: dict[int, dict[str, Any]] = {}
    for case, known in older:
        if row := found.get(known.id):
            at, now = case.sight.at, case.sight.now
            later = {"last_seen_at": at} if is_news(at, row.last_seen_at, now) else {}
            earlier = {"first_seen_at": at} if at < row.first_seen_at else {}
            seen[row.id] = {**later, **earlier}
    change_all(connection, Revisions, seen)
    for case in cases:
        row = (
            by_id[case.again.revision_id] if case.again else case.known and found.get(case.known.id)
        )
        if row is None:
            case.is_new = True
        else:
            case.pk, case.revision_id, case.number = row.article_id, row.id, row.number
            case.since = row.first_seen_at
    new = [case for case in cases if case.is_new]
    had = {case.known.extraction_id: case for case in new if case.known}
    for row in rows_with(connection, _HAD, had):
        had[row.id].before = row.paragraphs
    _write_revisions(connection, new)


def _write_revisions(connection: Connection, cases: Sequence[Case]) -> None:
    """Write the revisions, and their articles where those are new, too."""
    refuse_same_texts(connection, [(case.article, case.known, case.text) for case in cases])
    unknown = [case for case in cases if case.known is None]
    rows = [
        {
            **article_row(case.article),
            **{name: getattr(case.article, name) for name in IDENTITY},
            "import_key": import_key(case.article) if case.article.article_id is None else None,
            "revision": 1,
            "first_seen_at": case.sight.at,
            "last_seen_at": case.sight.at,
        }
        for case in unknown
    ]
    for case, key in zip(unknown, add(connection, Articles, rows), strict=True):
        case.pk = key
    before = (case.known.id for case in cases if case.known)
    last = {row.article_id: row.last for row in rows_with(connection, _LAST_REVISIONS, before)}
    for case in cases:
        case.pk = case.known.id if case.known else case.pk
        case.number = last.get(case.pk, 0) + 1
    rows = [
        {
            "article_id": case.pk,
            "number": case.number,
            "fingerprint": case.text,
            "first_seen_at": case.sight.at,
            "last_seen_at": case.sight.at,
        }
        for case in cases
    ]
    for case, key in zip(cases, add(connection, Revisions, rows), strict=True):
        case.revision_id = key


def _best(
    connection: Connection,
    query: AnySelect,
    wanted: Collection[tuple[int, str]],
    rank: Callable[[AnyRow], Any],
) -> dict[int, AnyRow]:
    """Return for each article, of its revisions with a name that is wanted, which ranks highest."""
    best: dict[int, AnyRow] = {}
    for row in rows_with(connection, query, (article for article, _ in wanted)):
        if (row.article_id, row.name) in wanted and (
            row.article_id not in best or rank(row) > rank(best[row.article_id])
        ):
            best[row.article_id] = row
    return best
