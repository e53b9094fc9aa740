"""Articles written per second into an archive, with the search index and without.

`PYTHONPATH=. python tests/bench/ingest.py [articles] [folder] [url]`. They are written as a crawl
writes them, 50 a transaction, and as rebuild, reextract and import do, 500; then those of the
crawl again, changed. The disk is that of the folder (default: a temporary one); a `url` names an
empty PostgreSQL database to write to instead. Rounds without index and stories show what both cost;
no setting of ours does that. The processor's seconds are ours alone, not the server's.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import MetaData, event, text

from antara_crawler.archive import Archive, Writer, runs
from antara_crawler.archive.store import writer
from antara_crawler.archive.store.writer import BULK
from antara_crawler.items import Article
from tests.bench.corpus import BATCH, FIRST, articles


def write(archive: Archive, items: Sequence[Article], size: int, what: str) -> None:
    """Write articles, so many a batch, and print what it took."""
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    event.listen(archive.engine, "before_cursor_execute", count)
    run = runs.start(
        archive, portal=None, command="bench", arguments={}, software="bench", now=FIRST
    )
    by_clock, by_processor = time.perf_counter(), time.process_time()
    to = Writer(archive, "bench")
    for start in range(0, len(items), size):
        to.write(items[start : start + size], run)
    by_clock, by_processor = time.perf_counter() - by_clock, time.process_time() - by_processor
    event.remove(archive.engine, "before_cursor_execute", count)
    print(
        f"{what}: {len(items) / by_clock:,.0f} articles/s,"
        f" {len(items) / by_processor:,.0f} a second of processor,"
        f" {statements * size / len(items):.0f} statements a batch of {size}",
        flush=True,
    )


def changed(article: Article) -> Article:
    """Return what a later fetch of an article may give: another text."""
    assert article.seen_at is not None
    later = article.seen_at + timedelta(hours=1)
    [capture] = article.captures
    return replace(
        article,
        paragraphs=(*article.paragraphs, "Berita ini diperbarui kemudian."),
        seen_at=later,
        captures=(replace(capture, file=f"later-{capture.file}", captured_at=later),),
    )


def emptied(url: str) -> str:
    """Return the URL of a database that holds nothing any more."""
    with Archive.open(url, create=True) as archive, archive.writing() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for name in tables.tables:
            connection.execute(text(f'DROP TABLE "{name}" CASCADE'))
    return url


def main(count: int, folder: Path, url: str | None) -> None:
    """Write the same articles three times, then change them."""
    items = list(articles(count))
    gc.freeze()  # no work of ours holds them all, for Python to look through again and again
    indexing = writer.index_articles
    for size, name in ((BATCH, "with the index"), (BULK, "with the index"), (BULK, "without it")):
        path = folder / f"ingest-{size}-{name.split()[0]}.db"
        writer.index_articles = indexing if name == "with the index" else lambda *_, **__: None
        with Archive.open(emptied(url) if url else f"sqlite:///{path}", create=True) as archive:
            write(archive, items, size, f"new, {name}")
            if size == BATCH:
                write(archive, list(map(changed, items)), size, f"changed, {name}")
        if not url:
            print(f"  {path.stat().st_size / count:,.0f} bytes an article")
    writer.index_articles = indexing


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    url = sys.argv[3] if len(sys.argv) > 3 else None
    if len(sys.argv) > 2:
        main(wanted, Path(sys.argv[2]), url)
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(wanted, Path(temporary), url)
