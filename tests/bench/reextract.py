"""Stored pages read again per second: `PYTHONPATH=. python tests/bench/reextract.py [pages]`.

Writes so many raw records, then twice as many, without HTTP; each archive is read again by the
command as a user runs it: once when all its pages are new to it, once when nothing changed.
Memory is the largest peak of one of its processes, and the sum of all their peaks.
"""

import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.portal import Site
from tests.scrapy_runs import Workplace
from tests.stored import START, store_unread, whole_article

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Used:
    """What the processes of a group have used so far, by their number."""

    group: int
    peaks: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def look(self) -> None:
        """Look at each process of the group that is there now."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                stat = (process / "stat").read_text().rpartition(")")[2].split()
                if int(stat[2]) != self.group:
                    continue
                status = (process / "status").read_text()
            except (OSError, IndexError):  # it has ended meanwhile
                continue
            if "VmHWM:" in status:
                peak = status.partition("VmHWM:")[2].split()[0]
                self.peaks[process.name] = int(peak) // 1024
                self.seconds[process.name] = (int(stat[11]) + int(stat[12])) / TICKS


def measured(place: Workplace, pages: int, *words: str) -> str:
    """Run `scrapy reextract`, print what it took, and return its first line."""
    began = time.perf_counter()
    process = place.start("reextract", *words, start_new_session=True)
    used = Used(process.pid)
    while process.poll() is None:
        used.look()
        time.sleep(0.05)
    seconds = time.perf_counter() - began
    out, err = process.communicate()
    assert process.returncode == 0, err
    print(
        f"  reextract {' '.join(words):<10}{seconds:6.1f} s, {pages / seconds:5.0f} pages/s;"
        f" {sum(used.seconds.values()):5.1f} s of processor;"
        f" {max(used.peaks.values())} MB, all together {sum(used.peaks.values())} MB",
        flush=True,
    )
    return out.partition("\n")[0]


def main() -> int:
    """Measure N and 2N pages."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    for count in (pages, 2 * pages):
        with tempfile.TemporaryDirectory() as name:
            place = Workplace(Path(name), f"sqlite:///{name}/archive.db")
            site = Site(seed=1, articles=count, today=START)
            store_unread(place, (whole_article(site, article) for article in site.present))
            del site
            print(f"{count} pages")
            measured(place, count, "--dry-run")
            measured(place, count)
            said = measured(place, count)
            assert said == f"{count} stored pages read again: {count} as before", said
    return 0


if __name__ == "__main__":
    sys.exit(main())
