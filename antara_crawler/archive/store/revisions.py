"""Finds the revision that each fetch of an article shows, and writes those that are new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from antara_crawler.archive.store.article_rows import (
    NewRevision,
    last_revisions,
    new_articles,
    new_revisions,
    revisions_by_id,
    revisions_with_payload,
    revisions_with_text,
    saw_revisions,
)
from antara_crawler.archive.store.same_text import refuse_same_text, texts_on_record
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import Article


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as a fetch at `seen` (UTC) showed it, and the row of its page."""

    article: Article
    page: int | None
    seen: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A reading beside what is on record: its article, and its fetch where that was read before.

    Read again, it is never a new revision.
    """

    reading: Reading
    known: AnyRow | None
    again: AnyRow | None
    text: str

    @property
    def article(self) -> Article:
        """What was read."""
        return self.reading.article


@dataclass(frozen=True, slots=True)
class Revision:
    """A wording of an article; `fresh` when it was not on record."""

    article: int
    id: int
    number: int
    fresh: bool


def find_revisions(connection: Connection, cases: Sequence[Case]) -> list[Revision]:
    """Return the revision that each fetch shows; write those that are new."""
    by_id = revisions_by_id(connection, (case.again.revision_id for case in cases if case.again))
    older = [(case.known, case) for case in cases if case.known and not case.again]
    found = revisions_with_text(connection, ((known, case.text) for known, case in older))
    others = [(known, case.article) for known, case in older if known.id not in found]
    found |= revisions_with_payload(connection, others)
    saw_revisions(
        connection,
        (
            (found[known.id], case.reading.seen, case.reading.now)
            for known, case in older
            if known.id in found
        ),
    )
    rows = [
        by_id[case.again.revision_id] if case.again else case.known and found.get(case.known.id)
        for case in cases
    ]
    fresh = iter(
        _new_revisions(
            connection, [case for case, row in zip(cases, rows, strict=True) if row is None]
        )
    )
    return [
        Revision(row.article_id, row.id, row.number, False) if row else next(fresh) for row in rows
    ]


def _new_revisions(connection: Connection, cases: Sequence[Case]) -> list[Revision]:
    """Write the revisions, and their articles where those are new, too."""
    doubtful = texts_on_record(connection, (case.text for case in cases))
    for case in cases:
        if case.text in doubtful:
            refuse_same_text(connection, case.article, case.known, case.text)
    unknown = [case.reading for case in cases if case.known is None]
    articles = iter(
        new_articles(
            connection, [each.article for each in unknown], [each.seen for each in unknown]
        )
    )
    last = last_revisions(connection, (case.known.id for case in cases if case.known))
    new = []
    for case in cases:
        key = case.known.id if case.known else next(articles)
        new.append(NewRevision(key, last.get(key, 0) + 1, case.text, case.reading.seen))
    ids = new_revisions(connection, new)
    return [
        Revision(each.article, key, each.number, True) for each, key in zip(new, ids, strict=True)
    ]
