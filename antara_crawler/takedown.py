"""Forgets articles on request, in the tables and in the raw records; what a kill left is done."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from antara_crawler.archive import Archive, forgetting, portal_lock
from antara_crawler.archive.read.fetches import crawled_portals
from antara_crawler.archive.store import captured
from antara_crawler.archive.store.takedowns import Subject
from antara_crawler.errors import BrokenCapture, DamagedBody
from antara_crawler.warc import MAX_BODY, blank, body_of, read_capture
from antara_crawler.warc.foreign import is_foreign
from antara_crawler.warc.records.disk import not_writable, sync_folder
from antara_crawler.wording import sentence

_LISTS = frozenset({"feed", "listing", "sitemap"})


@dataclass(frozen=True, slots=True)
class Wiped:
    """How many raw records were overwritten, and what could not be, a line each."""

    records: int
    left: tuple[str, ...]


@contextmanager
def nobody_crawls(archive: Archive, portal: str) -> Iterator[None]:
    """Hold the locks of all portals that were crawled; raise ArchiveBusy when one is.

    Of all, since names that only the forgotten articles have go with them.
    """
    with ExitStack() as stack:
        for each in sorted({portal, *crawled_portals(archive)}):
            stack.enter_context(portal_lock(archive, each))
        yield


def forget(
    archive: Archive, folder: Path, subject: Subject, *, reason: str | None, by: str
) -> Wiped:
    """Forget a subject for good; to be called while nobody crawls.

    Raises NotWritable when the archive or a capture file cannot be written: calling `complete`
    then does what is left.
    """
    naming = [] if subject.number is None else list(_showing(archive, folder, subject))
    forgetting.begin(archive, subject, naming, reason=reason, by=by, now=datetime.now(UTC))
    return complete(archive, folder)


def complete(archive: Archive, folder: Path) -> Wiped:
    """Overwrite what requests have left to overwrite, and have the database do the same."""
    shared = forgetting.shared_files(archive)
    left: list[str] = []
    whole: set[str] = set()
    for capture in forgetting.pending(archive):
        if is_foreign(capture.file) and (folder / capture.file).is_symlink():
            path = (folder / capture.file).resolve()
            left.append(sentence(f"{path}: it is no file of ours: see to it"))
            continue
        if capture.file not in shared:
            whole.add(capture.file)
            continue
        try:
            blank(folder, capture)
        except BrokenCapture as error:
            left.append(f"{capture.file}: {error}")
    for file in whole:
        _delete(folder / file)
    records = forgetting.drop_captures(archive)
    forgetting.wipe(archive, datetime.now(UTC))
    return Wiped(records - len(left), tuple(left))


def _showing(archive: Archive, folder: Path, subject: Subject) -> Iterator[int]:
    """Yield the captures of feeds, listings and sitemaps that name the article: they quote it."""
    named = re.compile(rb"/0*%d(?![0-9])" % (subject.number or 0))
    for row in captured.cited(archive):
        if row.portal != subject.portal or row.role not in _LISTS:
            continue
        try:
            body = body_of(read_capture(folder, row.capture), MAX_BODY)
        except (BrokenCapture, DamagedBody):
            continue
        if named.search(body):
            yield row.id


def _delete(path: Path) -> None:
    """Delete a capture file that holds nothing else."""
    try:
        if path.exists():
            path.unlink()
            sync_folder(path.parent)
    except OSError as error:
        raise not_writable(path, error) from error
