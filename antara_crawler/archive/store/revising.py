"""Decides what a reading of an article is: a new article, a revision, an extraction, or nothing.

A fetch whose title or paragraphs differ from every reading of the article's revisions is a new
revision; one that equals an earlier revision shows that one again (A, B, A: 1, 2, 1). Where only
other fields differ, or a capture on record is read again with other code, it is a new extraction
of the same revision. Nothing is overwritten. The article shows its latest fetch: one made before
that (an older capture read late) is kept, and not shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection

from antara_crawler.archive.frontier.schedule import is_news
from antara_crawler.archive.store.article_rows import extractions_of, find_articles
from antara_crawler.archive.store.generic import refuse_worse
from antara_crawler.archive.store.parts import Names, remake_beside, write_parts
from antara_crawler.archive.store.revisions import Case, Reading, Revision, find_revisions
from antara_crawler.archive.tables.articles import Articles, Authors, Extractions, Tags
from antara_crawler.archive.tables.capture_rows import (
    Fetched,
    Place,
    find_captures,
    place_of,
    point_captures,
    record_all,
)
from antara_crawler.archive.tables.evidence import compared, evidence_in
from antara_crawler.archive.tables.rows import (
    article_row,
    digest,
    digest_beside,
    extraction_row,
    fingerprint,
    left_out_digest,
)
from antara_crawler.archive.tables.statements import add, change_all
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import GENERIC, Article

What = Literal["new", "imported", "revised", "returned", "amended", "unchanged", "reread", "known"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an article: the verdict, its row, the number of the revision it shows."""

    what: What
    article: int
    revision: int


@dataclass(frozen=True, slots=True)
class _Extraction:
    id: int
    fresh: bool
    """Whether something of it was written."""


class Reviser:
    """Keeps articles within a caller's transaction."""

    def __init__(self, software: str) -> None:
        self.software = software
        self.authors = Names(Authors)
        self.tags = Names(Tags)

    def keep(self, connection: Connection, readings: Sequence[Reading], run: int) -> list[Kept]:
        """Write what is new of articles, none of them twice, and say of each what it was.

        Raises SameText where a new text is that of other articles, NoTemplate where the plain
        rule would take the place of a template's reading.
        """
        known = find_articles(connection, [each.article for each in readings])
        refuse_worse(connection, [each.article for each in readings], known)
        on_record = find_captures(
            connection, (capture for each in readings for capture in each.article.captures)
        )
        cases = [
            _case(reading, row, on_record)
            for reading, row in zip(readings, known, strict=True)
            if not _is_given_again(reading, row)
        ]
        kept = iter(self._keep(connection, cases, on_record, run))
        return [
            Kept("known", row.id, row.revision)
            if row and _is_given_again(reading, row)
            else next(kept)
            for reading, row in zip(readings, known, strict=True)
        ]

    def committed(self) -> None:
        """Remember names that are now in the archive for good."""
        self.authors.committed()
        self.tags.committed()

    def rolled_back(self) -> None:
        """Forget names that are not in the archive after all."""
        self.authors.rolled_back()
        self.tags.rolled_back()

    def _keep(
        self,
        connection: Connection,
        cases: Sequence[Case],
        on_record: Mapping[Place, AnyRow],
        run: int,
    ) -> list[Kept]:
        revisions = find_revisions(connection, cases)
        captures = _captures(connection, cases, revisions, on_record, run)
        extractions = self._extractions(connection, cases, revisions, captures)
        kept = []
        changes = {}
        for case, revision, fetch, extraction in zip(
            cases, revisions, captures, extractions, strict=True
        ):
            what, change = _became(case, revision, fetch, extraction)
            kept.append(what)
            changes[what.article] = change
        point_captures(
            connection,
            {
                fetch: extraction.id
                for case, fetch, extraction in zip(cases, captures, extractions, strict=True)
                if fetch and not (case.again and case.again.extraction_id == extraction.id)
            },
        )
        change_all(connection, Articles, changes)
        return kept

    def _extractions(
        self,
        connection: Connection,
        cases: Sequence[Case],
        revisions: Sequence[Revision],
        captures: Sequence[int | None],
    ) -> list[_Extraction]:
        """Return the extraction of each revision that says the same; write it if there is none.

        What is left out is no part of what it says; read again, it is put as today's code has it.
        """
        before = extractions_of(connection, (each.id for each in revisions if not each.fresh))
        rows: list[dict[str, Any]] = []
        articles: list[Article] = []
        outdated: dict[int, Article] = {}
        found: list[_Extraction | None] = []
        for case, revision, capture in zip(cases, revisions, captures, strict=True):
            others = before.get(revision.id, [])
            same = next((each for each in others if _says(each, case.article)), None)
            if same is not None:
                if is_outdated := _is_outdated(same, case):
                    outdated[same.id] = case.article
                found.append(_Extraction(same.id, is_outdated))
                continue
            found.append(None)
            articles.append(case.article)
            rows.append(
                {
                    **extraction_row(case.article),
                    "revision_id": revision.id,
                    "number": others[-1].number + 1 if others else 1,
                    "software": self.software,
                    "fingerprint": case.text,
                    "digest": digest(case.article),
                    "extracted_at": datetime.now(UTC),
                    "capture_id": capture,
                }
            )
        remake_beside(connection, outdated)
        ids = add(connection, Extractions, rows)
        parts = dict(zip(ids, articles, strict=True))
        write_parts(connection, parts, self.authors, self.tags)
        new = iter(ids)
        return [each or _Extraction(next(new), True) for each in found]


def _is_given_again(reading: Reading, known: AnyRow | None) -> bool:
    """Tell whether it is a file on record: given again, it witnesses nothing of the portal."""
    return known is not None and reading.article.article_id is None


def _case(reading: Reading, known: AnyRow | None, on_record: Mapping[Place, AnyRow]) -> Case:
    captures = reading.article.captures
    first = on_record.get(place_of(captures[0])) if captures else None
    again = first if known and first and first.revision_id else None
    return Case(reading, known, again, fingerprint(reading.article))


def _captures(
    connection: Connection,
    cases: Sequence[Case],
    revisions: Sequence[Revision],
    on_record: Mapping[Place, AnyRow],
    run: int,
) -> list[int | None]:
    """Record the fetches and return the first of each article, None where it has none."""
    fetched = [
        Fetched(
            () if case.again else case.article.captures,
            case.article.portal,
            "article",
            case.reading.page,
            revision.id,
        )
        for case, revision in zip(cases, revisions, strict=True)
    ]
    ids = record_all(connection, fetched, on_record, run)
    return [
        case.again.id if case.again else next(iter(own), None)
        for case, own in zip(cases, ids, strict=True)
    ]


def _says(extraction: AnyRow, article: Article) -> bool:
    if extraction.template == GENERIC != article.template:
        return False  # read without a template, and now with one: that is a better reading
    same: bool = extraction.digest == digest_beside(article, extraction.copyright)
    return same


def _is_outdated(extraction: AnyRow, case: Case) -> bool:
    """Tell whether the reading is of this very fetch, and what is beside it is no more so."""
    is_source = case.again is not None and extraction.capture_id == case.again.id
    return is_source and (
        extraction.left_out_digest != left_out_digest(case.article)
        or evidence_in(extraction) != compared(case.article)
    )


def _became(
    case: Case, revision: Revision, capture: int | None, extraction: _Extraction
) -> tuple[Kept, dict[str, Any]]:
    """Return what became of an article, and the columns of its row to set."""
    known, again, seen = case.known, case.again, case.reading.seen
    shown: dict[str, Any] = {"extraction_id": extraction.id, "capture_id": capture}
    if known is None:
        what: What = "imported" if case.article.article_id is None else "new"
        return Kept(what, revision.article, 1), shown
    if again is not None:
        if again.id == known.capture_id and extraction.id != known.extraction_id:
            row = {**article_row(case.article), "extraction_id": extraction.id}
            return Kept("reread", known.id, known.revision), row
        return Kept("reread" if extraction.fresh else "known", known.id, known.revision), {}
    what = _what(known, revision, extraction.id)
    earlier = {"first_seen_at": seen} if seen < known.first_seen_at else {}
    if not is_news(seen, known.last_seen_at, case.reading.now):
        return Kept(what if extraction.fresh else "known", known.id, known.revision), earlier
    if what == "unchanged":
        return Kept(what, known.id, known.revision), {**earlier, "last_seen_at": seen}
    shown |= {"revision": revision.number, "last_seen_at": seen}
    return Kept(what, known.id, revision.number), {**article_row(case.article), **shown, **earlier}


def _what(known: AnyRow, revision: Revision, extraction: int) -> What:
    if revision.fresh:
        return "revised"
    if revision.number != known.revision:
        return "returned"
    return "unchanged" if extraction == known.extraction_id else "amended"
