"""An archive of a few articles with real captures, and our commands run on it in this process."""

import argparse
import gzip
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from scrapy.utils.project import get_project_settings

from antara_crawler.archive import Archive, Writer, runs
from antara_crawler.cli.command import ArchiveCommand
from antara_crawler.items import Article, Capture, Outcome, Picture
from antara_crawler.warc import Exchange
from tests.archive.samples import article, at, page, start_run
from tests.scrapy_runs import Workplace
from tests.warc.samples import header_pairs
from tests.warc.samples import writer as capture_writer

PAGE = "<html><h1>Jembatan bambu</h1><p>Warga “Awang Landas”.</p></html>"


@dataclass(frozen=True)
class Library:
    """The archive's place, and commands run there without a process of their own."""

    place: Workplace

    def call(self, command: ArchiveCommand, *words: str) -> int:
        """Run a command as Scrapy does; return its exit status."""
        settings = get_project_settings()
        settings.set("ARCHIVE_URL", self.place.archive_url)
        settings.set("CAPTURES_DIR", str(self.place.folder / "captures"))
        settings.set("INDEX_DIR", str(self.place.folder / "index"))
        settings.set("WRITE_PATIENCE", 0.5)
        command.settings = settings
        parser = argparse.ArgumentParser(conflict_handler="resolve")
        command.add_options(parser)
        try:
            opts, args = parser.parse_known_args(words)
        except SystemExit as refused:
            return int(refused.code or 0)
        command.run(args, opts)
        return command.exitcode


def stories(capture_of: Callable[[Article], Capture]) -> list[Article]:
    """Return four articles: one with all fields, one in two wordings, one whose text is odd."""
    shown = article(1, title="Jembatan bambu", paragraphs=("Warga membangun jembatan.", "Selesai."))
    before = article(2, at(1), title="Harga karet naik", paragraphs=("Penyadap senang.",))
    after = replace(before, title="Harga karet turun", seen_at=at(2))
    odd = article(
        3,
        title='=HYPERLINK("x")',
        paragraphs=("+62 511 banjir\x1b[31m <b>tebal</b>",),
        section="Banjar",
        published_text="27 Februari 2026 23:30 WIB",
        published_note="the page says WIB, the portal keeps WITA: the page was followed",
        reporters=("@rina", "Budi"),
        tags=("-minus",),
        images=(Picture(None, "Tanpa gambar", None),),
    )
    bare = article(
        4,
        title=None,
        paragraphs=("Jembatan.",),
        published_at=None,
        section=None,
        dateline=None,
        related=(),
    )
    found = (shown, before, after, odd, bare)
    return [replace(each, captures=(capture_of(each),)) for each in found]


def make_library(folder: Path) -> Library:
    """Write the articles with their captures, a failure, and a run that ended."""
    library = Library(Workplace(folder, f"sqlite:///{folder}/archive.db"))
    with (
        Archive.open(library.place.archive_url, create=True) as archive,
        capture_writer(folder / "captures") as captures,
    ):

        def capture_of(item: Article) -> Capture:
            packed = item.article_id == 1
            body = PAGE.encode()
            headers = [("Content-Type", "text/html")]
            exchange = Exchange(
                item.url or "",
                200,
                item.seen_at or at(0),
                gzip.compress(body, mtime=0) if packed else body + str(item.seen_at).encode(),
                header_pairs([*headers, ("Content-Encoding", "gzip")] if packed else headers),
            )
            return captures.append(exchange)

        batch = stories(capture_of)
        captures.sync()
        run = start_run(archive)
        failed = Outcome(page(9), "failed", "no answer\x1b[2J in 30 s", seen_at=at(3))
        Writer(archive, "test").write([*batch, failed], run)
        runs.finish(
            archive,
            run,
            status="finished",
            exit_status=4,
            counts={"new": 4, "failed": 1},
            now=at(4),
        )
    return library
