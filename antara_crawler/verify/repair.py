"""Mends what can be rebuilt, one finding at a time, under the lock of its portal."""

import zlib
from contextlib import nullcontext
from dataclasses import replace

from scrapy.settings import Settings

from antara_crawler.archive import Archive, portal_lock
from antara_crawler.archive.read.fetches import fetch_of_extraction
from antara_crawler.archive.store import captured
from antara_crawler.errors import ArchiveBusy, BrokenCapture, NotWritable
from antara_crawler.reextract import Reader
from antara_crawler.verify.articles import Finding
from antara_crawler.verify.damaged_rows import DAMAGE
from antara_crawler.verify.restore import (
    remake_index,
    remake_stories,
    restore_article,
    restore_capture,
    restore_changes,
    restore_extraction,
)
from antara_crawler.warc import CaptureFiles, repair
from antara_crawler.wording import sentence


class Mender:
    """Says of each finding what mended it, or None where it could not be mended.

    Damaged readings are read again from their raw records, articles are put back to their
    readings, records that nothing cites are adopted, torn tails cut. `run` is the run's id,
    where one is noted.
    """

    def __init__(
        self,
        archive: Archive,
        files: CaptureFiles,
        settings: Settings,
        software: str,
        run: int | None,
    ) -> None:
        self.archive = archive
        self._folder = files.folder
        self._reader = Reader(files, settings)
        self._software = software
        self._run = run

    def __call__(self, finding: Finding) -> str | None:
        """Mend a finding. Raises NotWritable when the archive cannot be written."""
        lock = portal_lock(self.archive, finding.portal) if finding.portal else nullcontext()
        try:
            with lock:
                return self._mend(finding)
        except (ArchiveBusy, BrokenCapture):
            return None
        except NotWritable:
            raise
        except (*DAMAGE, zlib.error):  # what would have to be read for it is damaged as well
            return None

    def _mend(self, finding: Finding) -> str | None:
        match finding.kind:
            case "reading" if finding.key is not None:
                return self._read_again(finding.key)
            case "article" if finding.key is not None:
                done = restore_article(self.archive, finding.key)
                return sentence("put back to what its reading says") if done else None
            case "capture" if finding.key is not None and finding.capture is not None:
                restore_capture(self.archive, finding.key, finding.capture)
                return sentence("put back to what the record says")
            case "uncited" if finding.capture is not None:
                captured.adopt_orphans(self.archive, [finding.capture], self._run)
                return sentence("adopted")
            case "changes" if finding.key is not None:
                restore_changes(self.archive, finding.key)
                return sentence("reckoned anew from its revisions")
            case "stories":
                remake_stories(self.archive)
                return sentence("all articles linked anew")
            case "search":
                remake_index(self.archive)
                return sentence("made anew")
            case "torn tail":
                # No portal: no run of this archive wrote the file, it may be on its way here.
                file = finding.place.rpartition("@")[0]
                ends = captured.files(self.archive)
                return (
                    sentence("cut off")
                    if finding.portal and repair(self._folder, ends, [file])
                    else None
                )
        return None

    def _read_again(self, extraction: int) -> str | None:
        fetch = fetch_of_extraction(self.archive, extraction)
        if fetch is None:
            return None
        reading = self._reader(replace(fetch, digest=None))
        if reading.article is None:
            return None
        same = restore_extraction(self.archive, extraction, reading.article, self._software)
        return (
            sentence("read again from its raw record")
            if same
            else sentence("read again from its raw record, with today's code")
        )
