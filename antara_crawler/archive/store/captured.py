"""Which raw records the archive cites: what captures/ needs to know after a kill, and to verify."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from sqlalchemy import Connection, bindparam, func, select, update

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.tables.capture_rows import Fetched, find_captures, place_of, record_all
from antara_crawler.archive.tables.crawl import Captures, Pages
from antara_crawler.archive.tables.fields import names_of
from antara_crawler.archive.tables.statements import only
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import Capture, Page

BATCH = 1000

_FETCHES = (
    select(Captures.__table__)
    .join(Pages, Pages.id == Captures.page_id)
    .where(
        Pages.portal == bindparam("portal"),
        Pages.kind == bindparam("kind"),
        Pages.number == bindparam("number"),
        Captures.status == 200,
        Captures.url == bindparam("url"),
    )
    .limit(1)
)
_LAST_FETCH = _FETCHES.order_by(Captures.id.desc())
_FIRST_LIKE_IT = _FETCHES.where(Captures.payload_sha256 == bindparam("payload")).order_by(
    Captures.id
)

fields_of_capture = attrgetter(*names_of(Capture, "column"))
"""Gives the fields of the item of a row of captures, in order."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A raw record on file, and what the archive says it is."""

    id: int
    portal: str | None
    role: str
    capture: Capture


def files(archive: Archive) -> dict[str, int]:
    """Return for each capture file the offset after the last record that is cited."""
    query = (
        select(Captures.file, func.max(Captures.offset + Captures.length).label("end"))
        .group_by(Captures.file)
        .order_by(Captures.file)
    )
    return {row.file: row.end for row in archive.rows(query)}


def bytes_kept(archive: Archive, portal: str | None) -> int:
    """Return how much its raw records are together, of one portal or of all."""
    query = select(func.sum(Captures.length)).where(*only(Captures.portal, portal))
    return int(archive.value(query) or 0)


def stores(archive: Archive) -> dict[str, str]:
    """Return for each capture file that lies on a named machine that machine's name."""
    query = select(Captures.file, func.max(Captures.store)).where(Captures.store.is_not(None))
    return {row.file: row[1] for row in archive.rows(query.group_by(Captures.file))}


def note_store(connection: Connection, file: str, store: str) -> None:
    """Let the rows of a file say that it lies in a store."""
    connection.execute(update(Captures).where(Captures.file == file).values(store=store))


def last_file(archive: Archive, portal: str) -> str | None:
    """Return the file of the last record that a crawl of a portal kept, None for none."""
    crawled = (Captures.portal == portal, Captures.source.is_(None))
    query = select(Captures.file).where(*crawled).order_by(Captures.id.desc()).limit(1)
    return archive.value(query)


def files_of_run(archive: Archive, run: int) -> list[str]:
    """Return the capture files that rows of a run cite."""
    query = select(Captures.file).where(Captures.run_id == run).distinct().order_by(Captures.file)
    return archive.values(query)


def cited(archive: Archive, file: str | None = None) -> Iterator[Cited]:
    """Yield the records that the archive cites, of one file or of all, by file and offset."""
    query = select(Captures.__table__).where(*only(Captures.file, file))
    for rows in archive.in_batches(query, BATCH, Captures.file, Captures.offset):
        for row in rows:
            yield Cited(row.id, row.portal, row.role, capture_of(row))


def last_fetch(archive: Archive, page: Page, url: str) -> Capture | None:
    """Return the record that holds the latest payload of a URL of an article, None for none.

    What a revisit record (nothing changed) refers to. An article may have more pages than one.
    """
    place = {"portal": page.portal, "kind": page.kind, "number": page.number, "url": url}
    with archive.reading() as connection:
        last = connection.execute(_LAST_FETCH, place).first()
        if last is None:
            return None
        # The last one may be a revisit itself: the first with its payload holds it in full.
        place["payload"] = last.payload_sha256
        return capture_of(connection.execute(_FIRST_LIKE_IT, place).one())


def payload_holder(archive: Archive, payload: str, page: Page | None = None) -> Capture | None:
    """Return the first record, of an article's page or of any, that holds a payload in full.

    The payload is given by its hex SHA-256.
    """
    query = select(Captures.__table__).where(
        Captures.payload_sha256 == payload, Captures.status == 200
    )
    if page is not None:
        query = query.join(Pages, Pages.id == Captures.page_id).where(
            Pages.portal == page.portal, Pages.kind == page.kind, Pages.number == page.number
        )
    row = archive.row(query.order_by(Captures.id).limit(1))
    return capture_of(row) if row else None


def adopt_orphans(archive: Archive, captures: Sequence[Capture], run: int | None) -> int:
    """Account for records that a killed run wrote and nothing cites; return how many were new.

    They are kept with the role 'orphan'; their pages are still queued and are fetched again.
    """
    return account(archive, [(each, "orphan") for each in captures], run=run, portal=None)


def account(
    archive: Archive,
    captures: Sequence[tuple[Capture, str]],
    *,
    run: int | None,
    portal: str | None,
) -> int:
    """Account for records that no page cites, each with its role; return how many were new.

    These are robots.txt, redirects, and answers that were asked for and then not needed.
    """
    with archive.writing() as connection:
        on_record = find_captures(connection, (capture for capture, _ in captures))
        given = {place_of(capture): (capture, role) for capture, role in captures}
        new = [each for place, each in given.items() if place not in on_record]
        fetched = [Fetched([capture], portal, role, None) for capture, role in new]
        record_all(connection, fetched, on_record, run)
    return len(new)


def capture_of(row: AnyRow) -> Capture:
    """Return the item of a row of captures."""
    return Capture(*fields_of_capture(row))
