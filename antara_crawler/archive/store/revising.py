"""Decides what a reading of an article is: a new article, a revision, an extraction, or nothing.

A fetch whose title or paragraphs differ from every reading of the article's revisions is a new
revision; one that equals an earlier revision shows that one again (A, B, A: 1, 2, 1). Where only
other fields differ, or a capture on record is read again with other code, it is a new extraction
of the same revision. Nothing is overwritten. The article shows its latest fetch: one made before
that (an older capture read late) is kept, and not shown.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from antara_crawler.archive.frontier.schedule import is_news
from antara_crawler.archive.store.cases import Case, find_articles, find_revisions
from antara_crawler.archive.store.parts import remake_beside, write_parts
from antara_crawler.archive.store.refusals import refuse_worse
from antara_crawler.archive.tables.articles import Articles, Extractions
from antara_crawler.archive.tables.capture_rows import (
    Fetched,
    Place,
    find_captures,
    place_of,
    record_all,
)
from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.archive.tables.evidence import COLUMNS, Evidence, compared, evidence_in
from antara_crawler.archive.tables.rows import (
    article_row,
    digest,
    digest_beside,
    extraction_row,
    fingerprint,
    left_out_digest,
)
from antara_crawler.archive.tables.statements import (
    add,
    among,
    change_all,
    columns,
    grouped,
    rows_with,
)
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import GENERIC, Article

_EXTRACTIONS = (
    select(
        *columns(Extractions, "id", "revision_id", "number", "digest", "template", "copyright"),
        *columns(Extractions, "left_out_digest", "capture_id"),
        *COLUMNS,
    )
    .outerjoin(Evidence, Evidence.extraction_id == Extractions.id)
    .where(among(Extractions.revision_id))
    .order_by(Extractions.number)
)


def keep(connection: Connection, cases: Sequence[Case], run: int, software: str) -> None:
    """Write what is new of articles, none of them twice, and say of each what it was.

    Raises SameText where a new text is that of other articles, NoTemplate where the plain
    rule would take the place of a template's reading.
    """
    find_articles(connection, cases)
    refuse_worse(connection, [(case.article, case.known) for case in cases])
    captures = (capture for case in cases for capture in case.article.captures)
    on_record = find_captures(connection, captures)
    fetched = []
    for case in cases:
        if case.known is not None and case.article.article_id is None:
            # A file on record, given again, witnesses nothing of the portal.
            case.pk, case.shown = case.known.id, case.known.revision
            continue
        fetched.append(case)
        case.text = fingerprint(case.article)
        if case.known and case.article.captures:
            first = on_record.get(place_of(case.article.captures[0]))
            case.again = first if first and first.revision_id else None
    find_revisions(connection, fetched)
    _record_captures(connection, fetched, on_record, run)
    _write_extractions(connection, fetched, software)
    changes = {case.pk: _became(case) for case in fetched}
    readings = {
        case.capture: {"extraction_id": case.extraction}
        for case in fetched
        if case.capture and not (case.again and case.again.extraction_id == case.extraction)
    }
    change_all(connection, Captures, readings)
    change_all(connection, Articles, changes)


def _write_extractions(connection: Connection, cases: Sequence[Case], software: str) -> None:
    """Find the extraction of each revision that says the same; write it if there is none.

    What is left out is no part of what it says; read again, it is put as today's code has it.
    """
    known = (case.revision_id for case in cases if not case.is_new)
    read = rows_with(connection, _EXTRACTIONS, known)
    before = grouped((row.revision_id, row) for row in read)
    rows: list[dict[str, Any]] = []
    new: list[Case] = []
    outdated: dict[int, Article] = {}
    for case in cases:
        others = before[case.revision_id]
        same = next((each for each in others if says(each, case.article)), None)
        if same is not None:
            case.extraction = same.id
            # Of this very fetch, and what is beside it is no more so.
            is_source = case.again is not None and same.capture_id == case.again.id
            if is_source and not has_beside(same, evidence_in(same), case.article):
                case.is_written = True
                outdated[same.id] = case.article
            continue
        new.append(case)
        rows.append(
            {
                **extraction_row(case.article),
                "revision_id": case.revision_id,
                "number": others[-1].number + 1 if others else 1,
                "software": software,
                "fingerprint": case.text,
                "digest": digest(case.article),
                "extracted_at": datetime.now(UTC),
                "capture_id": case.capture,
            }
        )
    remake_beside(connection, outdated)
    for case, key in zip(new, add(connection, Extractions, rows), strict=True):
        case.extraction, case.is_written = key, True
    write_parts(connection, {case.extraction: case.article for case in new})


def _record_captures(
    connection: Connection, cases: Sequence[Case], on_record: Mapping[Place, AnyRow], run: int
) -> None:
    """Record the fetches; each case knows the first of its own, None where it has none."""
    fetched = [
        Fetched(
            () if case.again else case.article.captures,
            case.article.portal,
            "article",
            case.page.id if case.page else None,
            case.revision_id,
        )
        for case in cases
    ]
    ids = record_all(connection, fetched, on_record, run)
    for case, own in zip(cases, ids, strict=True):
        case.capture = case.again.id if case.again else next(iter(own), None)


def says(known: Any, article: Article) -> bool:
    """Tell whether a reading on record is what was read now; a better one is another."""
    # Read without a template, and now with one.
    is_better = known.template == GENERIC != article.template
    return bool(known.digest == digest_beside(article, known.copyright) and not is_better)


def has_beside(known: Any, evidence: object, article: Article) -> bool:
    """Tell whether what is beside such a reading is as on record: what was left out, evidence."""
    left_out = known.left_out_digest == left_out_digest(article)
    return bool(left_out and evidence == compared(article))


def _became(case: Case) -> dict[str, Any]:
    """Decide what became of an article; return the columns of its row to set."""
    known, again, seen = case.known, case.again, case.sight.at
    shown: dict[str, Any] = {"extraction_id": case.extraction, "capture_id": case.capture}
    if known is None:
        case.what, case.shown = "imported" if case.article.article_id is None else "new", 1
        case.is_shown = True
        return shown
    case.shown = known.revision
    if again is not None:
        case.is_shown = again.id == known.capture_id and case.extraction != known.extraction_id
        case.what = "reread" if case.is_shown or case.is_written else "known"
        if not case.is_shown:
            return {}
        return {**article_row(case.article), "extraction_id": case.extraction}
    if case.is_new:
        case.what = "revised"
    elif case.number != known.revision:
        case.what = "returned"
    else:
        case.what = "unchanged" if case.extraction == known.extraction_id else "amended"
    earlier = {"first_seen_at": seen} if seen < known.first_seen_at else {}
    if not is_news(seen, known.last_seen_at, case.sight.now):
        case.what = case.what if case.is_written else "known"
        return earlier
    if case.what == "unchanged":
        return {**earlier, "last_seen_at": seen}
    case.shown, case.is_shown = case.number, True
    shown |= {"revision": case.number, "last_seen_at": seen}
    return {**article_row(case.article), **shown, **earlier}
