"""Random portals, faults, kills, limits and replays: after each run its books must balance."""

import contextlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, select, update

from antara_crawler.archive import Archive
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.errors import ArchiveMissing
from tests.crawl.truth import assert_exact
from tests.portal import Faults, PortalServer, Site
from tests.scrapy_runs import Workplace, wait_for

QUICK = ("-s", "RETRY_TIMES=1", "-s", "DOWNLOAD_TIMEOUT=3", "-s", "REFUSED_PAUSE=0.01")
ARTICLE_FAULTS = (
    "e503", "e429", "reset_once", "wrong_charset", "e503_for_ever", "reset", "cut_body",
    "soft_404", "redirect_home", "redirect_loop", "binary",
)  # fmt: skip
INDEX_FAULTS = ("e503", "e503_for_ever", "soft_404", "binary", "cut_body", "redirect_home")
INDEXES = ("/rss/terkini.xml", "/terkini", "/terkini/2", "/sitemap.xml")


@dataclass
class Round:
    """One portal's story: some bad runs, then good ones, then a replay of what was kept."""

    rng: Random
    folder: Path
    archive_url: Callable[[], str]
    said: Callable[[str], None] = lambda line: None

    def play(self) -> None:
        """Play it; an AssertionError says which book does not balance, or what was lost."""
        self.folder.mkdir(parents=True, exist_ok=True)
        place = Workplace(self.folder, self.archive_url())
        rng = self.rng
        site = Site(rng.randrange(10_000), rng.randint(3, 16), sitemap=rng.random() < 0.4)
        with PortalServer(site, self._faults()) as portal:
            for _ in range(rng.randint(1, 3)):
                self._bad_run(place, portal)
        with PortalServer(site) as portal:
            self._heal(place, portal, site)
        self._replay(place, site)

    def _faults(self) -> Faults:
        rng = self.rng
        of_articles = {name: 1 for name in ARTICLE_FAULTS if rng.random() < 0.12}
        on = {path: rng.choice(INDEX_FAULTS) for path in INDEXES if rng.random() < 0.2}
        robots: Any = rng.choices(("fine", "5xx", "disallow all"), (8, 1, 1))[0]
        kept = dict(list(of_articles.items())[:3])
        return Faults(**kept, on=on, robots=robots, flaky=rng.choice((0, 0, 0.2)))

    def _bad_run(self, place: Workplace, portal: PortalServer) -> None:
        rng = self.rng
        words = [*QUICK, *(("-a", f"limit={rng.randint(1, 9)}") if rng.random() < 0.3 else ())]
        end = rng.choices((None, signal.SIGKILL, signal.SIGTERM), (6, 2, 2))[0]
        began = datetime.now(UTC)
        process = place.start(
            *("crawl", "kalsel", "-a", f"base_url={portal.url}", "-s", "DOWNLOAD_DELAY=0"), *words
        )
        if end is not None:
            seen = len(portal.requests) + rng.randint(1, 20)
            wait_for(lambda: process.poll() is not None or len(portal.requests) >= seen)
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, end)
        _, err = process.communicate(timeout=300)
        self.said(f"  {' '.join(words)} {end and end.name}: exit status {process.returncode}")
        if end is not signal.SIGKILL or process.returncode >= 0:
            self._judge(place, process.returncode, err, began)

    def _judge(self, place: Workplace, status: int, err: str, began: datetime) -> None:
        """The two sides of each sum are equal, and the exit status is true."""
        assert status in (0, 3, 4), err
        try:
            archive = Archive.open(place.archive_url, read_only=True)
        except ArchiveMissing:  # stopped before there was one
            return
        with archive:
            run = archive.runs("kalsel", 1)[0]
            with archive.reading() as connection:
                unread = connection.scalar(
                    select(func.count())
                    .where(Pages.state.in_(("failed", "unreadable", "given_up")))
                    .where(Pages.last_attempt_at >= began)
                    # a section of the menu that robots.txt forbids is not owed
                    .where(Pages.cause.is_distinct_from("forbidden"))
                )
        assert run.exit_status == status
        balanced(run.counts)
        assert status or not unread, f"{unread} pages went unread with exit status 0: {err}"
        assert status == 0 or (run.why and run.what_next) or "SIGTERM" in err, err

    def _heal(self, place: Workplace, portal: PortalServer, site: Site) -> None:
        """Let time pass and the portal be well: nothing is lost."""
        self._let_time_pass(place)
        ended = place.crawl(portal.url, *QUICK)
        assert ended.status == 0, ended.err
        assert_exact(site.truth, place.records())
        self.said("  well again: exit status 0, nothing lost")

    def _let_time_pass(self, place: Workplace) -> None:
        past = datetime.now(UTC) - timedelta(hours=1)
        try:
            with Archive.open(place.archive_url) as archive, archive.writing() as connection:
                due = Pages.number.is_not(None), Pages.state.in_(("failed", "unreadable"))
                connection.execute(update(Pages).where(*due).values(next_attempt_at=past))
        except ArchiveMissing:
            return

    def _replay(self, place: Workplace, site: Site) -> None:
        """What was kept gives the same articles without the portal, and its books balance."""
        folder = self.folder / "replay"
        folder.mkdir()
        other = Workplace(folder, f"sqlite:///{folder}/archive.db")
        ended = other.run("crawl", "kalsel", "-a", f"captures={place.folder / 'captures'}")
        assert ended.status in (0, 4), ended.err
        assert_exact(site.truth, other.records())
        with Archive.open(other.archive_url, read_only=True) as archive:
            counts = archive.runs("kalsel", 1)[0].counts
        balanced(counts)
        self.said(f"  replayed: {counts['records']}")


def balanced(counts: Any) -> None:
    """Each sum of a run's books comes out, added up anew from what the runs table keeps."""
    for name, whole, beside in (
        ("documents", "asked", ()),
        ("entries", "shown", ("strays", "stray", "damaged")),
        ("records", "shown", ()),
    ):
        book = counts.get(name)
        if book is not None:
            parts = sum(n for key, n in book.items() if key != whole and key not in beside)
            assert book[whole] == parts, f"{name}: {book}"
