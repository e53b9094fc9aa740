"""Moves finished capture files into the store that machines share, a file at a time.

Killed at any instant, each record is where its row says: the copy is whole and compared before
the rows name it, and the file here goes after that. The same command does what is left.
"""

import fcntl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

from antara_crawler.archive import Archive, runs
from antara_crawler.archive.store import captured
from antara_crawler.errors import NotWritable, UsageError
from antara_crawler.fleet.state import parts_of_store
from antara_crawler.verify.files import is_live, unfinished_files, wrong_records
from antara_crawler.verify.repair import Repairer
from antara_crawler.warc import SHARED, CaptureFiles, name_of
from antara_crawler.warc.history import archive_beside
from antara_crawler.warc.records.disk import sync_folder, writing
from antara_crawler.warc.shared import FolderStore, Store, digest_of, names_in
from antara_crawler.wording import sentence


@dataclass
class Moved:
    """How many files and bytes were moved, how many are written to, what stays here and why."""

    files: int = 0
    size: int = 0
    unfinished: int = 0
    left: dict[str, str] = field(default_factory=dict)
    stopped: bool = False


def finished_files(archive: Archive, files: CaptureFiles, portal: str | None) -> Iterator[str]:
    """Yield the files here that crawls wrote, of a portal or of all; '' for one not finished."""
    open_files, begun = unfinished_files(archive, files.folder), runs.begun(archive)
    cited = captured.files(archive)
    for file in sorted(names_in(files.folder)):
        name = name_of(file)
        if name is None or "/" in file or (portal is not None and name.portal != portal):
            continue
        if file not in cited and archive_beside(files.folder / file, begun):
            continue
        yield "" if file in open_files or is_live(files.folder / file) else file


def move(
    archive: Archive,
    files: CaptureFiles,
    repairer: Repairer,
    portal: str | None,
    stop: Callable[[], bool],
) -> Moved:
    """Move the finished files of this machine, of one portal or of all.

    What `repairer` cannot mend keeps a file here. Raises UsageError when no store is shared, or
    it is the captures folder, NotWritable when the store or the archive cannot be written.
    """
    if files.shared is None:
        raise UsageError("say where the shared store is: CAPTURES_SHARED, a folder or a URL")
    _refuse_one(files.folder, files.shared)
    moved = Moved()
    ends, stores = captured.files(archive), captured.stores(archive)
    for file in finished_files(archive, files, portal):
        if stop():
            moved.stopped = True
            break
        if not file:
            moved.unfinished += 1
            continue
        path, store = files.folder / file, stores.get(file)
        found = wrong_records(archive, files, file, store, ends.get(file, 0))
        wrong = sum(repairer(each) is None for each in found)
        if wrong:
            moved.left[file] = sentence(f"{wrong} things are wrong in it: see scrapy verify")
            continue
        size = path.stat().st_size
        try:
            why = _move(archive, path, files.shared, store)
        except OSError as error:
            why = error.strerror or str(error)
            raise NotWritable(
                f"{file} cannot be moved to the shared store ({why}): it stays"
                " here; make it writable or make room there, then run the same command again"
            ) from error
        if why:
            moved.left[file] = why
            continue
        moved.files += 1
        moved.size += size
    return moved


def _refuse_one(folder: Path, shared: Store) -> None:
    """Raise UsageError where the store is the folder itself, by whatever name, or within it.

    A file would be deleted as if its copy were another, or be seen twice.
    """
    if not folder.is_dir():
        return
    with writing(folder), NamedTemporaryFile(dir=folder, suffix=".probe") as probe:
        if (shared / Path(probe.name).name).is_file():
            raise UsageError("CAPTURES_SHARED is the captures folder itself: name another")
    if isinstance(shared, FolderStore):
        own, other = folder.resolve(), shared.path.resolve()
        if own in other.parents or other in own.parents:
            raise UsageError(f"{own} and {other} lie within each other: name a folder apart")


def _move(archive: Archive, path: Path, shared: Store, store: str | None) -> str | None:
    """Move one file; return why not, None when it was moved. Raises OSError."""
    file = path.name
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # nothing in it is forgotten meanwhile
        if not path.exists():
            return None  # another process was moving it
        digest, copy = digest_of(path), shared / file
        if isinstance(copy, Path) and copy.exists() and copy.samefile(path):
            return sentence("the shared store has a link to it, and no copy: remove that link")
        if not (copy.is_file() and digest_of(copy) == digest):
            if store == SHARED:
                return sentence("what rows cite in the shared store is another file of this name")
            shared.take(path, file)
            if digest_of(copy) != digest:
                return sentence("its copy in the shared store is not the same: run this again")
        if not _cite(archive, file, store):
            return sentence("a re-extraction waits for it: see scrapy fleet status")
        path.unlink()
        sync_folder(path.parent)
    return None


def _cite(archive: Archive, file: str, store: str | None) -> bool:
    """Let the rows of a file say that it is shared.

    False while a fleet is to read what lies in its store, which it would then miss.
    """
    with archive.writing() as connection:
        if parts_of_store(connection, store):
            return False
        captured.note_store(connection, file, SHARED)
    return True
