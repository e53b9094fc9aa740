"""Articles written per second into an archive, with the search index and without.

`PYTHONPATH=. python tests/bench/ingest.py [articles] [folder]`. Each is written as a crawl
writes it, 50 a transaction; the disk is that of the folder (default: a temporary one). The
second round leaves the index out, to show what it costs; no setting of ours does that.
"""

import sys
import tempfile
import time
from pathlib import Path

from antara_crawler.archive import Archive, writer
from tests.bench.corpus import articles, fill


def main(count: int, folder: Path) -> None:
    """Write the same articles twice and print the rates."""
    started = time.perf_counter()
    for _ in articles(count):
        pass
    making = time.perf_counter() - started
    kept = writer.index_articles
    for name in ("with the index", "without the index"):
        path = folder / f"ingest-{name.split()[0]}.db"
        started = time.perf_counter()
        with Archive.open(f"sqlite:///{path}", create=True) as archive:
            fill(archive, count)
        seconds = time.perf_counter() - started - making
        size = path.stat().st_size
        print(f"{name}: {count / seconds:,.0f} articles/s, {size / count:,.0f} bytes an article")
        writer.index_articles = lambda *_: None
    writer.index_articles = kept


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    if len(sys.argv) > 2:
        main(wanted, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(wanted, Path(temporary))
