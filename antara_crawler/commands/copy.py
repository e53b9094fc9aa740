"""`scrapy copy`: an archive into another database, from SQLite to PostgreSQL or back."""

import argparse
import sys
import time

from antara_crawler.archive import Archive
from antara_crawler.archive.copying import copy
from antara_crawler.cli.command import ArchiveCommand, note, say_if_partial
from antara_crawler.errors import UsageError
from antara_crawler.locations import database_url
from antara_crawler.terminal import Screen
from antara_crawler.wording import counted, figure, told

_EVERY = 0.2


class Command(ArchiveCommand):
    """Copies every table, and compares them row by row."""

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Copy, and say how much."""
        if len(args) != 2:
            raise UsageError("name two archives: scrapy copy sqlite:///data/archive.db TO_URL")
        origin, place = database_url(args[0], "FROM_URL"), database_url(args[1], "TO_URL")
        if origin.set(password=None) == place.set(password=None):
            raise UsageError("both URLs name the same archive: name a new one to copy into")
        screen, last = Screen(sys.stderr), 0.0

        def tell(what: str, rows: int) -> None:
            """Show on a terminal what is being done, a few times a second."""
            nonlocal last
            if screen.terminal and time.monotonic() - last > _EVERY:
                last = time.monotonic()
                line = f"\r\x1b[K{told(what)} {figure(rows)}"
                print(line, end="", file=screen.stream, flush=True)

        with (
            Archive.open(origin, read_only=True) as source,
            Archive.open(place, create=True, unfinished=True) as target,
        ):
            say_if_partial(source)
            counts = copy(source, target, tell)
            if last:
                print("\r\x1b[K", end="", file=screen.stream, flush=True)
            note(
                "copied {articles}, {rows} in all, from {source} to {target}; each row was"
                " compared and is the same",
                articles=counted(counts["articles"], "article"),
                rows=counted(sum(counts.values()), "row"),
                source=source.name,
                target=target.name,
            )
        return 0
