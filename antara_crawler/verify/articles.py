"""Whether the rows are what was written: digests recomputed, links followed, positions added up."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.read.extracted import extracted, label
from antara_crawler.archive.tables import rows
from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.fields import PARTS
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.errors import NotWritable
from antara_crawler.items import Article, Capture
from antara_crawler.wording import sentence

BATCH = 200
DAMAGE = (DBAPIError, NotWritable, ValueError, TypeError, OverflowError)
"""How drivers and column types refuse what no row of ours can hold."""

Read = TypeVar("Read")


def each_row(
    archive: Archive, key: Any, read: Callable[[Connection, Sequence[int]], Mapping[int, Read]]
) -> Iterator[tuple[int, Read | str]]:
    """Yield every row of the table of the column `key` with what `read` makes of it.

    A row that cannot be read comes with the reason instead. Raises NotWritable when the
    database itself does not answer any more.
    """
    for found in archive.in_batches(select(key), BATCH, key):
        yield from _read(archive, [row[0] for row in found], read)


def _read(
    archive: Archive,
    ids: Sequence[int],
    read: Callable[[Connection, Sequence[int]], Mapping[int, Read]],
) -> Iterator[tuple[int, Read | str]]:
    try:
        with archive.reading() as connection:
            found = read(connection, ids)
    except DAMAGE as error:
        archive.rows(select(1))  # raises where it is not the row's fault
        if len(ids) == 1:
            if isinstance(error, NotWritable) and error.transient:
                raise
            cause = error.orig if isinstance(error, DBAPIError) else error
            yield ids[0], " ".join(str(cause).split())[:200]
            return
        middle = len(ids) // 2
        yield from _read(archive, ids[:middle], read)
        yield from _read(archive, ids[middle:], read)
        return
    yield from found.items()


Kind = Literal[
    "database", "link", "reading", "article", "revision", "frontier", "search",
    "capture", "record", "damage", "torn tail", "uncited", "missing file", "changes", "stories",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where it is, what is wrong with it, and which article it hits.

    `key` is the id of the row that is hit: an extraction's for a reading, an article's for an
    article or its search words, a capture's for a capture.
    """

    kind: Kind
    place: str
    message: str
    article: str | None = None
    key: int | None = None
    portal: str | None = None
    capture: Capture | None = None
    """What the raw record says of itself, where it is whole."""
    waits: bool = False
    """Whether it is no fault: a run that goes on or was killed left it, and the next sees to it."""


def wrong_readings(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield the extractions that do not say what was read, or do not add up."""
    for key, read in each_row(archive, Extractions.id, _readings):
        checked["readings"] += 1
        if isinstance(read, str):
            yield of_row(archive, "reading", sentence(f"cannot be read: {read}"), extraction=key)
            continue
        item, row = read
        checked["other_digests"] += rows.is_of_other_version(row.digest)
        for message in _faults_of(item, row):
            yield Finding("reading", f"extractions {key}", message, label(item), key, item.portal)


def wrong_articles(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield the articles that do not show what their current extraction says."""
    for key, read in each_row(archive, Articles.id, _articles):
        checked["articles"] += 1
        if isinstance(read, str):
            yield of_row(archive, "article", sentence(f"cannot be read: {read}"), article=key)
            continue
        row, item = read
        for message in _differences(row, item):
            yield Finding("article", f"articles {key}", message, label(row), key, row.portal)


def of_row(archive: Archive, kind: Kind, message: str, **row: int) -> Finding:
    """Return a finding of the row of an `article` or an `extraction`, by its id."""
    ((table, key),) = row.items()
    name, portal = named(archive, **row)
    return Finding(kind, f"{table}s {key}", message, name, key, portal)


def named(
    archive: Archive, *, article: int | None = None, extraction: int | None = None
) -> tuple[str | None, str | None]:
    """Return what to call the article of a row, and its portal; None for what is damaged, too."""
    query = select(Articles.portal, Articles.kind, Articles.article_id)
    if extraction is not None:
        query = query.join(Revisions, Revisions.article_id == Articles.id)
        query = query.join(Extractions, Extractions.revision_id == Revisions.id)
        query = query.where(Extractions.id == extraction)
    else:
        query = query.where(Articles.id == article)
    try:
        row = archive.row(query)
    except DAMAGE:
        return None, None
    return (label(row), row.portal) if row else (None, None)


def _readings(connection: Connection, keys: Sequence[int]) -> Mapping[int, tuple[Article, AnyRow]]:
    told = select(Extractions.id, Extractions.digest, Extractions.fingerprint)
    rows = {row.id: row for row in connection.execute(told.where(Extractions.id.in_(keys)))}
    return {key: (item, rows[key]) for key, item in extracted(connection, keys).items()}


def _faults_of(item: Article, row: AnyRow) -> Iterator[str]:
    if rows.digest(item) != row.digest and not rows.is_of_other_version(row.digest):
        yield sentence("it does not say what was read (its digest differs)")
    elif rows.fingerprint(item) != row.fingerprint:
        yield sentence("its fingerprint is not that of its title and paragraphs")
    length = len(item.paragraphs) + len(item.removed)
    for each in item.removed:
        if not 0 <= each.repeats < each.position < length:
            yield sentence(
                f"removed paragraph {each.position} repeats {each.repeats}, of {length} in all"
            )


_SHOWN = (
    select(
        Articles.__table__,
        Revisions.number.label("of_revision"),
        Revisions.article_id.label("of_article"),
    )
    .outerjoin(Extractions, Extractions.id == Articles.extraction_id)
    .outerjoin(Revisions, Revisions.id == Extractions.revision_id)
)


def _articles(
    connection: Connection, keys: Sequence[int]
) -> Mapping[int, tuple[AnyRow, Article | None]]:
    rows = connection.execute(_SHOWN.where(Articles.id.in_(keys))).all()
    read = extracted(connection, [row.extraction_id for row in rows], without=PARTS)
    return {row.id: (row, read.get(row.extraction_id)) for row in rows}


def _differences(row: AnyRow, item: Article | None) -> Iterator[str]:
    if item is None:
        yield sentence("no extraction says what it shows")
        return
    extraction = row.extraction_id
    if row.of_article != row.id:
        yield sentence(f"it shows extraction {extraction}, which is another article's")
        return
    if row.of_revision != row.revision:
        yield sentence(
            f"it shows revision {row.revision}, its extraction is of revision {row.of_revision}"
        )
    expected = rows.article_row(item)
    expected["import_key"] = rows.import_key(item) if row.article_id is None else None
    wrong = [name for name, value in expected.items() if getattr(row, name) != value]
    if wrong:
        yield sentence(
            f"its {', '.join(wrong)} differ from its current reading (extraction {extraction})"
        )
