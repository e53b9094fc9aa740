"""Raw records against the rows that cite them: both in the order of the files, in one pass."""

import fcntl
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import islice
from pathlib import Path

from antara_crawler.addresses import identity_of
from antara_crawler.archive import Archive, runs
from antara_crawler.archive.read.fetches import sources
from antara_crawler.archive.store import captured
from antara_crawler.archive.store.captured import Cited
from antara_crawler.errors import UsageError
from antara_crawler.items import Capture
from antara_crawler.verify.articles import Finding, Kind
from antara_crawler.warc import SHARED, CaptureFiles, Damage, Scanned, files_written_by, name_of
from antara_crawler.warc.foreign import is_foreign
from antara_crawler.warc.history import archive_beside
from antara_crawler.warc.reading import scan_file
from antara_crawler.warc.records.exchange import target_uri
from antara_crawler.warc.shared import Stored
from antara_crawler.wording import sentence

ELSEWHERE = "files on "
"""Begins the count of files that lie on another machine."""
BESIDE = "files for the archive of "
"""Begins the count of files that were written for another archive, which has the same folder."""
NAMED = 5
ASKED = 200


def wrong_files(archive: Archive, files: CaptureFiles, checked: Counter[str]) -> Iterator[Finding]:
    """Yield what does not fit between the capture files that are seen and the archive's rows.

    A file that is being written is checked up to the last record that is cited. One that lies
    where this machine does not see is only counted, with the name of that place, and so is one that
    was written for another archive, with when that began.
    """
    cited, stores = captured.files(archive), captured.stores(archive)
    there, begun = _seen(files), runs.begun(archive)
    open_files = unfinished_files(archive, files.folder)
    for file in sorted(there | cited.keys()):
        if file not in there and not files.sees(stores.get(file)):
            checked[f"{ELSEWHERE}{stores[file]}"] += 1
            continue
        if file not in there:
            yield _missing(archive, file)
            continue
        if file not in cited and (beside := archive_beside(files / file, begun)):
            checked[f"{BESIDE}{beside.isoformat(timespec='seconds')}"] += 1
            continue
        checked["files"] += 1
        store, end, portal = stores.get(file), cited.get(file, 0), open_files.get(file)
        yield from _File(archive, files / file, file, store, end, checked, portal).findings()


def wrong_records(
    archive: Archive, files: CaptureFiles, file: str, store: str | None, end: int
) -> Iterator[Finding]:
    """Yield what does not fit between a file of a run that ended and the rows of its records.

    `store` is where they say that it lies, `end` the offset after the last of them.
    """
    yield from _File(archive, files / file, file, store, end, Counter(), None).findings()


def unfinished_files(archive: Archive, folder: Path) -> dict[str, str]:
    """Return the files of crawls that go on or were killed, each with its portal."""
    found, begun = {}, runs.begun(archive)
    for run in runs.unfinished(archive, None, "crawl"):
        named = files_written_by(
            folder, portal=run.portal or "", pid=run.pid, host=run.host, since=run.started_at
        )
        ours = (file for file in named if not archive_beside(folder / file, begun))
        for file in {*ours, *captured.files_of_run(archive, run.id)}:
            found[file] = run.portal or ""
    return found


def _seen(files: CaptureFiles) -> set[str]:
    """Return the files that are seen; raise UsageError for a place that may not be read."""
    try:
        return files.names()
    except OSError as error:
        place, why = error.filename or SHARED, error.strerror or str(error)
        raise UsageError(f"cannot read {place}: {why}") from error


def _missing(archive: Archive, file: str) -> Finding:
    rows = captured.cited(archive, file)
    names = [f"{row.role} {row.capture.url}" for row in islice(rows, NAMED)]
    more = sum(1 for _ in rows)
    listed = ", ".join(names) + (f" and {more} more" if more else "")
    return Finding("missing file", file, sentence(f"the file is not there; it held {listed}"))


@dataclass
class _File:
    """One capture file beside its rows."""

    archive: Archive
    path: Stored
    file: str
    store: str | None
    end: int
    checked: Counter[str]
    unfinished: str | None
    """The portal whose run goes on or was killed, None for a file of a run that ended."""

    def __post_init__(self) -> None:
        self.live = is_live(self.path)
        self.damage: list[Damage] = []
        self.told: set[int] = set()
        """Damage that a cited record lies in, and that is told as the record's."""
        self.revisits: list[Cited] = []

    def findings(self) -> Iterator[Finding]:
        """Yield each finding of the file, in the order of the offsets."""
        rows = captured.cited(self.archive, self.file)
        row = next(rows, None)
        try:
            for met in scan_file(
                self.path, self.file, on_damage=lambda _, found: self.damage.append(found)
            ):
                self.checked["records"] += 1
                while row is not None and row.capture.offset < met.capture.offset:
                    yield from self._lost(row)
                    row = next(rows, None)
                if row is not None and row.capture.offset == met.capture.offset:
                    yield from self._compared(row, met)
                    row = next(rows, None)
                elif not is_foreign(self.file):
                    yield self._uncited(met)
                if len(self.revisits) >= ASKED:
                    yield from self._revisits()
        except OSError as error:
            why = error.strerror or str(error)
            yield Finding("missing file", self.file, sentence(f"cannot be read: {why}"))
            return
        while row is not None:
            yield from self._lost(row)
            row = next(rows, None)
        yield from self._revisits()
        yield from self._damage()

    def _compared(self, row: Cited, met: Scanned) -> Iterator[Finding]:
        self.checked["cited"] += 1
        if met.note:
            yield self._finding("record", row, met.note)
        elif wrong := _differences(row.capture, met):
            message = sentence(f"the row's {', '.join(wrong)} do not fit the record")
            yield self._finding(
                "record" if "sha256" in wrong else "capture", row, message, met.capture
            )
        if met.exchange is not None and met.exchange.revisit is not None:
            self.revisits.append(row)

    def _lost(self, row: Cited) -> Iterator[Finding]:
        offset = row.capture.offset
        if self.live and offset >= self.end:
            return  # written since the check began
        hit = next((d for d in self.damage if d.offset <= offset < d.offset + d.length), None)
        if hit is not None and not hit.torn:
            self.told.add(hit.offset)
        what = (
            sentence(f"the record is damaged ({hit.reason})")
            if hit
            else sentence("there is no record")
        )
        yield self._finding("record", row, what)

    def _finding(
        self, kind: Kind, row: Cited, message: str, told: Capture | None = None
    ) -> Finding:
        """Return a finding of a cited record, which names its article where it is one's."""
        capture = row.capture
        known = identity_of(capture.url) if row.role == "article" else None
        return Finding(
            kind,
            f"{self.file}@{capture.offset}",
            f"{row.role} {capture.url}: {message}",
            "/".join(map(str, known)) if known else None,
            row.id,
            row.portal,
            told,
        )

    def _uncited(self, met: Scanned) -> Finding:
        place = f"{self.file}@{met.capture.offset}"
        capture = replace(met.capture, store=self.store)
        message = sentence(f"no row cites {capture.url}")
        return Finding(
            "uncited",
            place,
            message,
            portal=self.unfinished,
            capture=capture,
            waits=self.live or self.unfinished is not None,
        )

    def _revisits(self) -> Iterator[Finding]:
        """Yield the revisit records whose payload no other record holds."""
        held = sources(self.archive, [row.id for row in self.revisits])
        for row in self.revisits:
            payload = row.capture.payload_sha256
            # One that a killed run left, or that was then not needed, is tied to no page.
            if row.id not in held and captured.payload_holder(self.archive, payload) is None:
                yield self._finding(
                    "record", row, sentence("the record that holds its payload is not cited")
                )
        self.revisits.clear()

    def _damage(self) -> Iterator[Finding]:
        for found in self.damage:
            mine = not is_foreign(self.file)
            if found.offset in self.told or (found.torn and self.live) or not mine:
                continue
            place = f"{self.file}@{found.offset}"
            message = sentence(f"{found.length} bytes: {found.reason}")
            if found.torn:
                name = name_of(self.file)
                ours = self.unfinished or (name.portal if name and self.end else None)
                waits = self.unfinished is not None
                yield Finding("torn tail", place, message, portal=ours, waits=waits)
            else:
                yield Finding("damage", place, message)


def _differences(row: Capture, met: Scanned) -> list[str]:
    """Return the columns that do not say what the record says."""
    told = met.capture
    names = [f.name for f in fields(Capture) if f.name not in ("url", "file", "source", "store")]
    if met.exchange is None or met.exchange.revisit is not None:
        # A 304 may leave out the validators that it confirms.
        names = [name for name in names if name not in ("etag", "last_modified")]
        if met.exchange and met.exchange.revisit and not met.exchange.revisit.payload_sha256:
            names.remove("payload_sha256")  # other programs name it by another digest
    wrong = [name for name in names if getattr(row, name) != getattr(told, name)]
    return wrong if target_uri(row.url) == target_uri(told.url) else ["url", *wrong]


def is_live(path: Stored) -> bool:
    """Tell whether a process holds the lock of a file's writer."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
