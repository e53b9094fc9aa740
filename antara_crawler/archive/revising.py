"""Decides what a reading of an article is: a new article, a revision, an extraction, or nothing.

A fetch whose title or paragraphs differ from every reading of the article's revisions is a new
revision; one that equals an earlier revision shows that one again (A, B, A: 1, 2, 1). Where only
other fields differ, or a capture on record is read again with other code, it is a new extraction
of the same revision. Nothing is overwritten. The article shows its latest fetch: one made before
that (an older capture read late) is kept, and not shown.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert

from antara_crawler.archive.article_rows import (
    change_article,
    extractions_of,
    find_article,
    new_article,
    new_revision,
    revision_by_id,
    revision_with_payload,
    revision_with_text,
    saw_revision,
)
from antara_crawler.archive.capture_rows import find_captures, point_capture, record_captures
from antara_crawler.archive.models import Authors, Extractions, Tags
from antara_crawler.archive.parts import Names, remake_left_out, write_parts
from antara_crawler.archive.policy import is_news
from antara_crawler.archive.rows import (
    article_row,
    digest,
    digest_beside,
    extraction_row,
    fingerprint,
    left_out_digest,
)
from antara_crawler.archive.same_text import refuse_same_text
from antara_crawler.archive.statements import add
from antara_crawler.archive.types import AnyRow
from antara_crawler.items import Article

What = Literal["new", "imported", "revised", "returned", "amended", "unchanged", "reread", "known"]

_NEW_EXTRACTION = insert(Extractions)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an article: the verdict, its row, the number of the revision it shows."""

    what: What
    article: int
    revision: int


@dataclass(frozen=True, slots=True)
class _Revision:
    article: int
    id: int
    number: int
    fresh: bool


class Reviser:
    """Keeps articles within a caller's transaction."""

    def __init__(self, software: str) -> None:
        self.software = software
        self.authors = Names(Authors)
        self.tags = Names(Tags)

    def keep(
        self,
        connection: Connection,
        article: Article,
        page: int | None,
        run: int,
        seen: datetime,
        now: datetime,
    ) -> Kept:
        """Write what is new of an article seen at `seen` (UTC), and say what it was.

        Raises SameText where a new text is that of other articles.
        """
        known = find_article(connection, article)
        if known and article.article_id is None:
            # A file given again witnesses nothing of the portal.
            return Kept("known", known.id, known.revision)
        on_record = find_captures(connection, article.captures)
        first = on_record[0] if on_record else None
        if known and first and first.revision_id:
            return self._reread(connection, article, known, first)
        text = fingerprint(article)
        revision = _revision(connection, article, known, text, seen, now)
        captures = record_captures(
            connection,
            article.captures,
            on_record,
            run=run,
            portal=article.portal,
            role="article",
            page_id=page,
            revision_id=revision.id,
        )
        extraction, fresh = self._extraction(connection, article, text, revision, captures)
        if captures:
            point_capture(connection, captures[0], extraction)
        shown: dict[str, Any] = {
            "extraction_id": extraction,
            "capture_id": captures[0] if captures else None,
        }
        if known is None:
            change_article(connection, revision.article, **shown)
            number = article.article_id
            return Kept("imported" if number is None else "new", revision.article, 1)
        what = _what(known, revision, extraction)
        if seen < known.first_seen_at:
            change_article(connection, known.id, first_seen_at=seen)
        if not is_news(seen, known.last_seen_at, now):
            return Kept(what if fresh else "known", known.id, known.revision)
        if what == "unchanged":
            change_article(connection, known.id, last_seen_at=seen)
        else:
            shown |= {"revision": revision.number, "last_seen_at": seen}
            change_article(connection, known.id, **article_row(article), **shown)
        return Kept(what, known.id, revision.number)

    def committed(self) -> None:
        """Remember names that are now in the archive for good."""
        self.authors.committed()
        self.tags.committed()

    def rolled_back(self) -> None:
        """Forget names that are not in the archive after all."""
        self.authors.rolled_back()
        self.tags.rolled_back()

    def _reread(
        self, connection: Connection, article: Article, known: AnyRow, capture: AnyRow
    ) -> Kept:
        """Keep what today's code reads from a capture on record: never a new revision."""
        row = revision_by_id(connection, capture.revision_id)
        revision = _Revision(row.article, row.id, row.number, False)
        extraction, fresh = self._extraction(
            connection, article, fingerprint(article), revision, [capture.id], again=True
        )
        if extraction != capture.extraction_id:
            point_capture(connection, capture.id, extraction)
        if capture.id == known.capture_id and extraction != known.extraction_id:
            change_article(connection, known.id, **article_row(article), extraction_id=extraction)
            fresh = True
        return Kept("reread" if fresh else "known", known.id, known.revision)

    def _extraction(
        self,
        connection: Connection,
        article: Article,
        text: str,
        revision: _Revision,
        captures: list[int],
        *,
        again: bool = False,
    ) -> tuple[int, bool]:
        """Return the extraction of the revision that says the same; write it if there is none.

        What is left out is no part of what it says; read `again`, it is put as today's code has it.
        """
        rows = [] if revision.fresh else extractions_of(connection, revision.id)
        for row in rows:
            if row.digest == digest_beside(article, row.copyright):
                is_source = again and row.capture_id in captures
                is_outdated = is_source and row.left_out_digest != left_out_digest(article)
                if is_outdated:
                    remake_left_out(connection, row.id, article)
                return row.id, is_outdated
        values = {
            **extraction_row(article),
            "revision": revision.id,
            "number": rows[-1].number + 1 if rows else 1,
            "software": self.software,
            "fingerprint": text,
            "digest": digest(article),
            "extracted_at": datetime.now(UTC),
            "capture_id": captures[0] if captures else None,
        }
        extraction = add(connection, _NEW_EXTRACTION, values)
        write_parts(connection, extraction, article, self.authors, self.tags)
        return extraction, True


def _revision(
    connection: Connection,
    article: Article,
    known: AnyRow | None,
    text: str,
    seen: datetime,
    now: datetime,
) -> _Revision:
    """Return the revision that the article shows; write it if it is a new one."""
    if known is None:
        refuse_same_text(connection, article, None, text)
        row_id = new_article(connection, article, seen)
        return _Revision(row_id, *new_revision(connection, row_id, text, seen, first=True), True)
    found = revision_with_text(connection, known, text)
    found = found or revision_with_payload(connection, known, article)
    if found is None:
        refuse_same_text(connection, article, known, text)
        return _Revision(known.id, *new_revision(connection, known.id, text, seen), True)
    saw_revision(connection, found, seen, now)
    return _Revision(known.id, found.id, found.number, False)


def _what(known: AnyRow, revision: _Revision, extraction: int) -> What:
    if revision.fresh:
        return "revised"
    if revision.number != known.revision:
        return "returned"
    return "unchanged" if extraction == known.extraction_id else "amended"
