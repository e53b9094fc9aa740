"""Reads a captures folder as the crawls that wrote it: their files, and what each one got."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from antara_crawler.errors import UsageError
from antara_crawler.warc.naming import Name, name_of
from antara_crawler.warc.reading import OnDamage, Scanned, named_files, records_of, scan_file
from antara_crawler.warc.records.members import warc_files
from antara_crawler.warc.shared import Stored
from antara_crawler.warc.writer import RUN_FIELD, SAMPLE

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class PastRun:
    """A crawl: its files in order, by their names within the folder, and what they say of it.

    `arguments` are empty and `software` is None where the files do not tell. Files are numbered:
    `missing` is how many are not there before the last one that is. `archive` is when the first run
    of the archive began that it was for, `lost` the last file of the crawl before it, where that is
    not there or empty.
    """

    portal: str
    started_at: datetime
    pid: int
    host: str
    files: tuple[str, ...]
    software: str | None = None
    arguments: dict[str, str] = field(default_factory=dict)
    sample: bool = False
    missing: int = 0
    archive: datetime | None = None
    lost: str | None = None


def past_runs(folder: Path) -> tuple[list[PastRun], list[str]]:
    """Return the crawls whose files lie in a folder, the oldest first, and files of other names.

    Raises OSError for what may not be read.
    """
    files = [(name_of(path.name), file) for file, path in named_files(folder)]
    others = [file for name, file in files if name is None]
    named = [(name, file) for name, file in files if name is not None]
    named.sort(key=lambda each: (each[0].portal, each[0].begun_at, each[0].serial))
    groups: list[list[tuple[Name, str]]] = []
    last: dict[tuple[str, tuple[int, str]], list[tuple[Name, str]]] = {}
    for name, file in named:
        written_by = name.portal, name.process
        if not name.serial or written_by not in last:
            groups.append([])
            last[written_by] = groups[-1]
        last[written_by].append((name, file))
    there = {str(name) for name, file in named if (folder / file).stat().st_size}
    found = [_past_run(folder, group, there) for group in groups]
    return sorted(found, key=lambda run: run.started_at), others


def kept_by(folder: Path, run: PastRun, on_damage: OnDamage) -> Iterator[Scanned]:
    """Yield what a crawl got, in the order in which it got it; damage is told and passed over."""
    for file in run.files:
        yield from scan_file(folder / file, file, on_damage=on_damage)


def _past_run(folder: Path, group: list[tuple[Name, str]], there: set[str]) -> PastRun:
    name, first = group[0]
    about = about_file(folder / first)
    run = _said_of_run(about)
    given, after = run.get("arguments"), run.get("after")
    arguments = {str(k): str(v) for k, v in given.items()} if isinstance(given, dict) else {}
    return PastRun(
        name.portal,
        _moment(run.get("started_at")) or name.begun_at,
        name.pid,
        about.get("hostname", name.host),
        tuple(file for _, file in group),
        about.get("software"),
        arguments,
        SAMPLE in about,
        group[-1][0].serial + 1 - len(group),
        _moment(run.get("archive")),
        str(after)[:_LONGEST_NAME] if after and after not in there else None,
    )


def archive_of(path: Stored) -> datetime | None:
    """Return when the first run of the archive began for which a file was written, if it says."""
    with suppress(OSError):  # who reads all of a file tells that it cannot be read
        return _moment(_said_of_run(about_file(path)).get("archive"))
    return None


def archive_beside(path: Stored, begun: Collection[datetime]) -> datetime | None:
    """Return when another archive began for which a file was written; None for ours, or unsaid.

    `begun` is when the runs of our archive did. What rows of ours cite of it is ours all the same.
    """
    first = archive_of(path)
    return None if first in begun else first


def _moment(said: object) -> datetime | None:
    with suppress(ValueError):
        moment = datetime.fromisoformat(str(said))
        return moment.astimezone(UTC) if moment.tzinfo else None
    return None


def _said_of_run(about: Mapping[str, str]) -> dict[str, object]:
    with suppress(ValueError):
        run = json.loads(about.get(RUN_FIELD, "{}"))
        return run if isinstance(run, dict) else {}
    return {}


def about_file(path: Stored) -> dict[str, str]:
    """Return what the first record of a file says of it."""
    for _, record in records_of(path, "", on_damage=lambda _, __: None):
        if record.kind != "warcinfo":
            break
        lines = record.data[record.start : record.end].decode("utf-8", "replace").splitlines()
        pairs = (line.partition(":") for line in lines)
        return {key.strip(): value.strip() for key, _, value in pairs}
    return {}


def is_sample(path: Path) -> bool:
    """Tell whether a WARC file, or all files of a folder, say that they hold a sample.

    Raises UsageError for a folder that holds files of both kinds.
    """
    marked = {file: _is_marked(file) for file in warc_files(path)}
    if len(set(marked.values())) > 1:
        file = next(file for file, is_marked in marked.items() if is_marked)
        raise UsageError(f"{file} is a sample and other files of {path} are not: keep them apart")
    return any(marked.values())


def _is_marked(file: Path) -> bool:
    try:
        return SAMPLE in map(str.lower, about_file(file))
    except OSError:
        return False  # what is wrong with it is told by who reads all of it
