"""Mends what a killed run left behind: torn files are cut, records that nothing cites adopted."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from antara_crawler.archive import Archive, Frontier, runs
from antara_crawler.archive.store import captured
from antara_crawler.crawl.underway import forget, left_behind
from antara_crawler.errors import NotWritable
from antara_crawler.items import Capture
from antara_crawler.warc import Damage, files_written_by, repair, scan

BATCH = 500

logger = logging.getLogger(__name__)


def recover(archive: Archive, folder: Path, portal: str, store: str | None = None) -> None:
    """Mend the captures after a kill; to be called under the portal's lock, before a run starts.

    What the archive cites is never read: only what stands behind it, and the files of runs of
    this portal that never ended. Files that another process writes are left alone. Raises
    NotWritable when the archive cannot be written. `store` is the name of the folder's machine.
    """
    dead = runs.unfinished(archive, portal, "crawl", all_killed=True)
    files_of = [(run, _files_of(archive, folder, run)) for run in dead]
    killed = [(run, files) for run, files in files_of if run.status == "running"]
    # A power cut tears the files of runs that were killed before, too: what was not synced then.
    torn = {file for _, files in files_of for file in files}
    try:
        for mended in repair(folder, captured.files(archive), torn):
            logger.warning(
                "%s: a torn record of %d bytes, left by a killed run, was cut off",
                mended.file,
                mended.cut,
            )
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
            logger.warning(
                "%d raw records that a killed run had not used yet are kept; their pages are"
                " asked for again",
                adopted,
            )


def _note_what_killed(archive: Archive, folder: Path, portal: str) -> None:
    """Note in the frontier the article that a killed run was just reading."""
    left = left_behind(folder, portal)
    if left is None:
        return
    times = Frontier(archive).note_death(
        portal, left.kind, left.number, left.began_at, datetime.now(UTC)
    )
    forget(folder, portal)
    if times:
        logger.warning(
            "%s/%s/%d was being read when a run was killed (%s)",
            portal,
            left.kind,
            left.number,
            "it is asked for again" if times == 1 else "again: it is paused and listed",
        )


def _files_of(archive: Archive, folder: Path, run: runs.Run) -> list[str]:
    """Return the capture files of a run: those that its rows cite, and those named after it."""
    named = files_written_by(
        folder, portal=run.portal or "", pid=run.pid, host=run.host, since=run.started_at
    )
    cited = {file for file in captured.files_of_run(archive, run.id) if (folder / file).is_file()}
    return sorted(cited.union(named))


def _uncited(archive: Archive, folder: Path, file: str) -> Iterator[Capture]:
    cited = {each.capture.offset for each in captured.cited(archive, file)}
    damage: list[Damage] = []
    for met in scan(folder / file, on_damage=lambda _, found: damage.append(found)):
        if met.capture.offset not in cited:
            yield replace(met.capture, file=file)
    for found in damage:
        logger.warning("%s@%d: %s: see scrapy verify", file, found.offset, found.reason)
