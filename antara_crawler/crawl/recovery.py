"""What a run notes lest a kill lose it, and mends that a killed one left behind.

Torn files are cut, records that nothing cites adopted, a page that kills the program is known
afterwards.
"""

import logging
import os
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from socket import gethostname
from typing import TypeVar

from antara_crawler.archive import Archive, Frontier, runs
from antara_crawler.archive.store import captured
from antara_crawler.errors import NotWritable
from antara_crawler.items import Capture, Page
from antara_crawler.warc import Damage, files_written_by, repair, scan
from antara_crawler.warc.history import archive_beside, archive_of
from antara_crawler.warc.naming import host_label
from antara_crawler.warc.records.disk import writing
from antara_crawler.wording import sentence

T = TypeVar("T")
BATCH = 500
_LENGTH = 100

logger = logging.getLogger(__name__)


def recover(archive: Archive, folder: Path, portal: str, store: str | None = None) -> list[str]:
    """Mend the captures after a kill; to be called under the portal's lock, before a run starts.

    What the archive cites is never read: only what stands behind it, and files of this portal
    that it does not cite. Files that another process writes are left alone. Raises NotWritable
    when the archive cannot be written. `store` is the name of the folder's machine. Returns in
    words how archive and folder do not belong together, nothing where they do.
    """
    dead = runs.unfinished(archive, portal, "crawl", all_killed=True)
    begun = runs.begun(archive) if dead else frozenset()
    files_of = [(run, _files_of(archive, folder, run, begun)) for run in dead]
    killed = [(run, files) for run, files in files_of if run.status == "running"]
    # A power cut tears the files of runs that were killed before, too: what was not synced then.
    torn = {file for _, files in files_of for file in files}
    known = captured.files(archive)
    try:
        for mended in repair(folder, known, torn):
            what = "%s: a torn record of %d bytes, left by a killed run, was cut off"
            logger.warning(what, mended.file, mended.cut)
    except NotWritable as error:
        logger.warning("Not mended: %s", error)
    _note_what_killed(archive, folder, portal)
    for run, files in killed:
        adopted = 0
        for file in files:
            left = _uncited(archive, folder, file)
            while batch := list(islice(left, BATCH)):
                named = [replace(capture, store=store) for capture in batch]
                adopted += captured.adopt_orphans(archive, named, run.id)
        if adopted:
            what = "%d raw records that a killed run had not used yet are kept; their pages are"
            logger.warning(f"{what} asked for again", adopted)
    unknown = _unknown(archive, torn.union(known), folder, portal)
    told = [*filter(None, (unknown, _elsewhere(archive, known, folder, portal, store)))]
    for line in told:
        logger.warning("%s", line)
    return told


def _elsewhere(
    archive: Archive, known: Collection[str], folder: Path, portal: str, store: str | None
) -> str | None:
    """Say that most files that the archive cites on this machine, or the last, are not there."""
    # Several machines may share a server, and name no store.
    here = f"~{host_label(gethostname())}."
    ours = [file for file in known if archive.path or here in file]
    absent = {file for file in ours if not (folder / file).is_file()}
    if not absent:
        return None
    stores = captured.stores(archive)
    mine = [file for file in ours if stores.get(file) == store]
    lost = [file for file in mine if file in absent]
    # Of those of before some may lie elsewhere; the last one is of the night before.
    last = captured.last_file(archive, portal)
    if last not in lost and 2 * len(lost) <= len(mine):
        return None
    n, total, first = len(lost), len(mine), last if last in lost else lost[0]
    return sentence(
        f"{n:,} of {total:,} capture files of this archive are not in {folder}, such as {first}:"
        " mount their disk, or name their folder with CAPTURES_DIR"
    )


def _unknown(archive: Archive, known: Collection[str], folder: Path, portal: str) -> str | None:
    """Say which files that were written for this archive it knows nothing of, None for none."""
    mine = runs.begun(archive)
    ours = (path for path in sorted(folder.glob(f"{portal}-*.warc.gz")) if path.name not in known)
    files = [path for path in ours if archive_of(path) in mine and _holds(path)]
    if not files:
        return None
    n, first = len(files), files[0].name
    return sentence(
        f"of the capture files written for this archive it does not know {n:,}, such as {first}:"
        " where an older archive was put back, scrapy rebuild --add takes them in"
    )


def from_before(archive: Archive, folder: Path, portal: str) -> list[str]:
    """Say that a portal's captures lie here though the archive had no run: one may be lost."""
    if runs.first_begun(archive):
        return []
    files = [path for path in sorted(folder.glob(f"{portal}-*.warc.gz")) if _holds(path)]
    if not files:
        return []
    n, first = len(files), files[0].name
    said = sentence(
        f"this archive is new, and {n:,} capture files lie in its folder, such as {first}: where"
        " the archive that they were written for is lost, scrapy rebuild --add takes them in"
    )
    return [said]


def _holds(path: Path) -> bool:
    return any(True for _ in scan(path, on_damage=lambda _, __: None))


def _note_what_killed(archive: Archive, folder: Path, portal: str) -> None:
    """Note in the frontier the article that a killed run was just reading."""
    first = runs.first_begun(archive)
    left = left_behind(folder, portal, first) if first else None
    if left is None or first is None:
        return
    times = Frontier(archive).note_death(portal, *left, datetime.now(UTC))
    _note_of(folder, portal, first).unlink(missing_ok=True)  # it is in the frontier
    if times:
        then = "it is asked for again" if times == 1 else "again: it is paused and listed"
        name = f"{portal}/{left[0]}/{left[1]}"
        logger.warning("%s was being read when a run was killed (%s)", name, then)


def _files_of(
    archive: Archive, folder: Path, run: runs.Run, begun: Collection[datetime]
) -> list[str]:
    """Return the capture files of a run: those that its rows cite, and those named after it."""
    named = files_written_by(
        folder, portal=run.portal or "", pid=run.pid, host=run.host, since=run.started_at
    )
    cited = {file for file in captured.files_of_run(archive, run.id) if (folder / file).is_file()}
    ours = {file for file in set(named) - cited if not archive_beside(folder / file, begun)}
    return sorted(cited | ours)


def _uncited(archive: Archive, folder: Path, file: str) -> Iterator[Capture]:
    cited = {each.capture.offset for each in captured.cited(archive, file)}
    damage: list[Damage] = []
    for met in scan(folder / file, on_damage=lambda _, found: damage.append(found)):
        if met.capture.offset not in cited:
            yield replace(met.capture, file=file)
    for found in damage:
        logger.warning("%s@%d: %s: see scrapy verify", file, found.offset, found.reason)


class Underway:
    """The note of which article a run is reading. Raises NotWritable when it cannot be made.

    It lies beside the captures and costs no commit: it need not outlive a power cut, but only
    this process, which it names the last page of. It is of the archive whose runs `first` began:
    another may have the same folder.
    """

    def __init__(self, folder: Path, portal: str, first: datetime) -> None:
        self.path = _note_of(folder, portal, first)
        with writing(self.path):
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
            self._write("")  # now, so that a full disk does not matter later

    async def watched(self, page: Page | None, results: AsyncIterator[T]) -> AsyncIterator[T]:
        """Yield what a reader yields; while it is at work on an article, that is noted."""
        if page is None or page.kind is None or page.number is None:
            async for result in results:
                yield result
            return
        line = f"{page.kind} {page.number} {datetime.now(UTC).isoformat()}"
        while True:
            self._write(line)
            try:
                result = await anext(results)
            except StopAsyncIteration:
                return
            finally:
                self._write("")
            yield result

    def close(self) -> None:
        """Take the note away: the run came to its end."""
        os.close(self._file)
        with suppress(OSError):  # a folder that became read-only: it is empty by now
            self.path.unlink()

    def _write(self, line: str) -> None:
        os.pwrite(self._file, line.ljust(_LENGTH).encode(), 0)


def left_behind(folder: Path, portal: str, first: datetime) -> tuple[str, int, datetime] | None:
    """Return the article that a killed run of the portal was reading, and since when; or None."""
    try:
        kind, number, began_at = _note_of(folder, portal, first).read_text("utf-8").split()
        return kind, int(number), datetime.fromisoformat(began_at)
    except (FileNotFoundError, ValueError):
        return None


def _note_of(folder: Path, portal: str, first: datetime) -> Path:
    return folder / f"{portal}-{first:%Y%m%d%H%M%S%f}.reading"


class Uncited:
    """The raw records of a run that no row cites yet: at its end they get rows of their own.

    They lie in the captures `folder`, each with the role of the page that it answers.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._roles: dict[Capture, str] = {}

    def add(self, capture: Capture, role: str) -> None:
        """Note a record that was appended."""
        self._roles[capture] = role

    def cited(self, captures: Iterable[Capture]) -> None:
        """Note that rows cite these records now."""
        for capture in captures:
            self._roles.pop(capture, None)

    def adopt(self, archive: Archive, run: int, portal: str) -> None:
        """Give those that lie whole on the disk a row each. Raises NotWritable."""
        kept = [(capture, role) for capture, role in self._roles.items() if self._is_whole(capture)]
        captured.account(archive, kept, run=run, portal=portal)

    def _is_whole(self, capture: Capture) -> bool:
        file = self.folder / capture.file
        return file.is_file() and file.stat().st_size >= capture.offset + capture.length
