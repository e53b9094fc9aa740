"""`python -m tests.health [seeds]`: false alarms of quiet years, and how soon faults are named.

Each seed is a year of one portal, of which every night from the second month on is judged; then
each fault is set off in the nights after it.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.health.judging import false_alarms, faulty_nights, years_archive
from tests.health.simulated import FAULTS, Fault, World

YEAR = 365
MOST = 7


def main() -> None:
    """Print how many years had how many false alarms, and which fault was named when."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    alarms: Counter[int] = Counter()
    soon: dict[Fault, Counter[int | str]] = {fault: Counter() for fault in FAULTS}
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as folder:
            path, world = Path(folder) / "year.db", World(seed)
            years_archive(path, world, YEAR)
            quiet = false_alarms(path, 30, YEAR)
            for line in quiet:
                print(f"seed {seed}: {line}", flush=True)
            alarms[len(quiet)] += 1
            state = world.chance.getstate()
            for fault, key in FAULTS.items():
                world.chance.setstate(state)
                nights = enumerate(faulty_nights(path, world, fault, YEAR, MOST), start=1)
                named = (n for n, found in nights if key in {each.key for each in found})
                soon[fault][next(named, "never")] += 1
    print(f"false alarms in a quiet year of one portal: {dict(sorted(alarms.items()))}")
    for fault, nights_of in soon.items():
        print(f"{fault.__name__:26} named in night: {dict(nights_of)}")


if __name__ == "__main__":
    main()
