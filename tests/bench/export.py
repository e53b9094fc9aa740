"""Articles exported per second, as `scrapy export` writes them.

`PYTHONPATH=. python tests/bench/export.py [articles] [archive]`. The archive is made where it is
not there yet (default: a temporary one, on SQLite). Times are of the clock, whole: read, written
to a file, and for Parquet compressed.
"""

import sys
import tempfile
import time
from pathlib import Path

from antara_crawler.archive import Archive
from antara_crawler.errors import ArchiveMissing
from antara_crawler.export.formats import FORMATS
from antara_crawler.export.output import whole_file
from tests.bench.corpus import fill

ROUNDS = 3


def main(count: int, url: str, folder: Path) -> None:
    """Make the archive where it is missing, and export it in each format."""
    try:
        Archive.open(url, read_only=True).close()
    except ArchiveMissing:
        with Archive.open(url, create=True) as archive:
            fill(archive, count)
    with Archive.open(url, read_only=True) as archive:
        number = archive.count()
        for name, form in FORMATS.items():
            target = folder / f"articles.{name}"
            taken = []
            for _ in range(ROUNDS):
                started = time.perf_counter()
                with whole_file(str(target)) as stream:
                    form.write(archive.records(), stream)
                taken.append(time.perf_counter() - started)
            size = target.stat().st_size
            print(
                f"{name:8} {number / min(taken):8,.0f} articles/s, {size / number:,.0f} bytes each"
            )


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as temporary:
        given = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{temporary}/archive.db"
        main(wanted, given, Path(temporary))
