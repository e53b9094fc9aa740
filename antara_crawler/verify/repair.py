"""Mends what can be rebuilt, one finding at a time: rows are put back to what was read."""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from scrapy.settings import Settings
from sqlalchemy import delete, select

from antara_crawler import SOFTWARE
from antara_crawler.archive import Archive, portal_lock
from antara_crawler.archive.index.search_index import index_articles, make
from antara_crawler.archive.index.told import TornWords
from antara_crawler.archive.read.extracted import extracted
from antara_crawler.archive.read.fetches import fetch_of_extraction
from antara_crawler.archive.store import captured
from antara_crawler.archive.store.parts import write_parts
from antara_crawler.archive.store.wordings import wordings_of
from antara_crawler.archive.tables import rows
from antara_crawler.archive.tables.articles import Articles, Extractions
from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.archive.tables.fields import PART_TABLES
from antara_crawler.archive.tables.history import remake_revised
from antara_crawler.archive.tables.statements import change
from antara_crawler.errors import ArchiveBusy, BrokenCapture, NotWritable
from antara_crawler.items import Article
from antara_crawler.reextract.extract import Reader
from antara_crawler.verify.articles import DAMAGE, Finding
from antara_crawler.warc import CaptureFiles, repair
from antara_crawler.wording import sentence


@dataclass
class Repairer:
    """Says of each finding what mended it, or None where it could not be mended.

    Damaged readings are read again from their raw records, articles are put back to their
    readings, records that nothing cites are adopted, torn tails cut. `run` is the run's id,
    where one is noted.
    """

    archive: Archive
    files: CaptureFiles
    settings: Settings
    run: int | None

    def __post_init__(self) -> None:
        self._reader = Reader(self.files, self.settings)
        self._known = captured.files(self.archive)

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
        except (*DAMAGE, TornWords):  # what would have to be read for it is damaged as well
            return None

    def _mend(self, finding: Finding) -> str | None:
        match finding.kind:
            case "reading" if finding.key is not None:
                return self._read_again(finding.key)
            case "article" if finding.key is not None:
                done = restore_article(self.archive, finding.key)
                return sentence("put back to what its reading says") if done else None
            case "capture" if finding.key is not None and finding.capture is not None:
                told = ("status", "captured_at", "length", "sha256", "payload_sha256", "url")
                said = {name: getattr(finding.capture, name) for name in told}
                with self.archive.writing() as connection:
                    change(connection, Captures, finding.key, **said)
                return sentence("put back to what the record says")
            case "uncited" if finding.capture is not None:
                # Of a whole file: to adopt is not to read, and an archive that was put back from
                # an older copy is to have what its later captures say.
                if not finding.waits and finding.capture.file not in self._known:
                    return None
                captured.adopt_orphans(self.archive, [finding.capture], self.run)
                return sentence("adopted")
            case "changes" if finding.key is not None:
                with self.archive.writing() as connection:
                    shown = wordings_of(connection, [finding.key]).get(finding.key, [])
                    remake_revised(connection, [finding.key], shown)
                return sentence("reckoned anew from its revisions")
            case "stories" | "search":
                with self.archive.writing() as connection:
                    make(connection)
                return sentence("made anew")
            case "torn tail":
                # No portal: no run of this archive wrote the file, it may be on its way here.
                file = finding.place.rpartition("@")[0]
                ends = captured.files(self.archive)
                cut = finding.portal and repair(self.files.folder, ends, [file])
                return sentence("cut off") if cut else None
        return None

    def _read_again(self, extraction: int) -> str | None:
        fetch = fetch_of_extraction(self.archive, extraction)
        if fetch is None:
            return None
        reading = self._reader(replace(fetch, digest=None))
        if reading.article is None:
            return None
        if restore_extraction(self.archive, extraction, reading.article):
            return sentence("read again from its raw record")
        return sentence("read again from its raw record, with today's code")


def restore_extraction(archive: Archive, key: int, article: Article) -> bool:
    """Let an extraction say again what was read; return whether it is what it said before.

    `article` is what its capture gives today; where the code has changed since, the extraction
    is of this software from now on. The article that shows it is put right, too.
    """
    rows.refuse_unfit(article)
    whole = rows.digest(article)
    with archive.writing() as connection:
        before = connection.scalar(select(Extractions.digest).where(Extractions.id == key))
        values = rows.extraction_row(article)
        values |= {"digest": whole, "fingerprint": rows.fingerprint(article)}
        if whole != before:
            values |= {"software": SOFTWARE, "extracted_at": datetime.now(UTC)}
        change(connection, Extractions, key, **values)
        for table in PART_TABLES:
            connection.execute(delete(table).where(table.extraction_id == key))
        write_parts(connection, {key: article})
        shown = list(connection.scalars(select(Articles.id).where(Articles.extraction_id == key)))
        for each in shown:
            change(connection, Articles, each, **rows.article_row(article))
        index_articles(connection, shown)
    return whole == before


def restore_article(archive: Archive, key: int) -> bool:
    """Let an article show its current extraction again; False when it has none."""
    with archive.writing() as connection:
        query = select(Articles.extraction_id).where(Articles.id == key)
        extraction = connection.scalar(query)
        found = extracted(connection, [extraction] if extraction is not None else [])
        for item in found.values():
            values = rows.article_row(item)
            if item.article_id is None:
                values["import_key"] = rows.import_key(item)
            change(connection, Articles, key, **values)
            index_articles(connection, [key])
    return bool(found)
