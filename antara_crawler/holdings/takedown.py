"""Forgets articles on request, in the tables and in the raw records; what a kill left is done."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from antara_crawler.archive import Archive, forgetting, portal_lock
from antara_crawler.archive.forgetting import Subject
from antara_crawler.archive.read.fetches import crawled_portals
from antara_crawler.archive.store import captured
from antara_crawler.archive.tables.statements import grouped
from antara_crawler.errors import BrokenCapture, DamagedBody
from antara_crawler.items import ROADS, Capture
from antara_crawler.warc import MAX_BODY, CaptureFiles, blank, body_of, read_capture
from antara_crawler.warc.foreign import is_foreign
from antara_crawler.warc.records.disk import writing
from antara_crawler.warc.shared import Store
from antara_crawler.wording import sentence


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
    archive: Archive,
    files: CaptureFiles,
    subject: Subject,
    *,
    reason: str | None,
    by: str,
    lost: bool = False,
) -> Wiped:
    """Forget a subject for good; to be called while nobody crawls.

    With `lost` capture files that are not there are so for good, and nothing waits for them.
    Raises NotWritable when the archive or a capture file cannot be written: calling `complete`
    then does what is left.
    """
    unread: Counter[str] = Counter()
    naming = [] if subject.number is None else list(_showing(archive, files, subject, unread))
    forgetting.begin(archive, subject, naming, reason=reason, by=by, now=datetime.now(UTC))
    wiped = complete(archive, files, lost=lost)
    unseen = (
        sentence(
            f"{n} feeds and listings on {store}, where it may stand: run the same command there"
        )
        for store, n in unread.items()
    )
    return Wiped(wiped.records, (*wiped.left, *unseen))


def complete(archive: Archive, files: CaptureFiles, *, lost: bool = False) -> Wiped:
    """Overwrite what requests have left to overwrite, and have the database do the same.

    What lies where this machine does not see waits until the same is done there, and so do files
    that are not there (their disk may be away), unless they are `lost`.
    """
    staying = forgetting.shared_files(archive)
    left: list[str] = []
    gone = 0
    unseen: set[str] = set()
    by_file = grouped((capture.file, capture) for capture in forgetting.pending(archive))
    for file, captures in by_file.items():
        own, store = files.folder / file, captures[0].store
        if is_foreign(file) and own.is_symlink():
            path = own.resolve()
            left += [sentence(f"{path}: it is no file of ours: see to it")] * len(captures)
        elif not files.sees(store) and not own.is_file():
            unseen.add(file)
            left.append(sentence(f"{file}: it lies on {store}: run the same command there"))
        elif not (places := files.places(file)) and lost:
            gone += len(captures)
        elif not places:
            unseen.add(file)
            left.append(
                sentence(
                    f"{file}: it is not there: mount its disk, or name its folder with"
                    " CAPTURES_DIR, and run the same command again; if it is lost for good, add"
                    " --lost"
                )
            )
        else:
            left += _wipe(places, file, captures if file in staying else None)
    records = forgetting.drop_captures(archive, unseen)
    for file in by_file.keys() - staying - unseen:
        for place in files.places(file):
            with writing(Path(file)):
                place.remove(file)
    forgetting.wipe(archive, None if unseen else datetime.now(UTC))
    return Wiped(records - gone - len(left) + len(unseen), tuple(dict.fromkeys(left)))


def _wipe(places: Iterable[Store], file: str, captures: list[Capture] | None) -> Iterator[str]:
    """Overwrite records of a file, or empty it (None); yield what could not be overwritten.

    An empty one is deleted when no row names it any more: after a kill one that is not there would
    be taken for one whose disk is away.
    """
    for place in places:
        with writing(Path(file)):
            if captures is None:
                place.empty(file)
                continue
            with place.changing(file) as folder:
                for capture in captures:
                    try:
                        blank(folder, capture)
                    except BrokenCapture as error:
                        yield f"{file}: {error}"


def _showing(
    archive: Archive, files: CaptureFiles, subject: Subject, unread: Counter[str]
) -> Iterator[int]:
    """Yield the captures of feeds, listings and sitemaps that name the article: they quote it.

    `unread` counts those that lie where this machine does not see, by place.
    """
    kind = re.escape(subject.kind or "").encode()
    named = re.compile(rb"(?:%s|berita)\\?/0*%d(?![0-9])" % (kind, subject.number or 0))
    for row in captured.cited(archive):
        if row.portal != subject.portal or row.role not in ROADS:
            continue
        if not files.sees(row.capture.store) and not (files / row.capture.file).is_file():
            unread[str(row.capture.store)] += 1
            continue
        try:
            body = body_of(read_capture(files, row.capture), MAX_BODY)
        except (BrokenCapture, DamagedBody):
            continue
        if named.search(body):
            yield row.id
