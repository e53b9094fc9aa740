"""Whatever state a crawl leaves an archive in, verify finds no fault with a sound one."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from antara_crawler.archive import Archive, Frontier, Writer, portal_lock, runs
from antara_crawler.archive.store import captured
from antara_crawler.items import Capture, Outcome
from antara_crawler.warc import CaptureWriter
from tests.archive.samples import FEED, article, page, start_run
from tests.scrapy_runs import Workplace
from tests.verify.archives import check
from tests.warc.samples import exchange

NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass
class Crawl:
    """A crawl as the archive and the captures see it."""

    archive: Archive
    captures: CaptureWriter
    run: int

    def fetch(
        self, url: str, status: int = 200, body: bytes = b"<html>", hours: float = 0
    ) -> Capture:
        at = NOW + timedelta(hours=hours)
        found = exchange(1, url=url, status=status, body=body, fetched_at=at)
        previous = captured.last_fetch(self.archive, page(int(url.split("/")[4])), url)
        kept = self.captures.append(found, previous)
        self.captures.sync()
        return kept

    def store(self, *items: object) -> None:
        Writer(self.archive, "tests").write(items, self.run)  # type: ignore[arg-type]

    def outcome(self, number: int, state: str, status: int, hours: float = 0) -> Outcome:
        body = b"" if status == 304 else b"<p>%d" % hours
        kept = self.fetch(page(number).url, status, body, hours)
        at = kept.captured_at
        return Outcome(page(number), state, "because", status, (kept,), at)  # type: ignore[arg-type]


@pytest.fixture
def place(tmp_path: Path, archive_url: str) -> Workplace:
    return Workplace(tmp_path, archive_url)


@pytest.fixture
def crawl(place: Workplace) -> Iterator[Crawl]:
    with (
        Archive.open(place.archive_url, create=True) as archive,
        CaptureWriter(place.folder / "captures", "kalsel", software="tests") as captures,
    ):
        yield Crawl(archive, captures, start_run(archive, NOW - timedelta(seconds=1)))


def leave_pages_in_every_state(crawl: Crawl) -> None:
    frontier = Frontier(crawl.archive)
    pages = [page(number) for number in range(1, 10)]
    feed = crawl.captures.append(exchange(1, url=FEED.url))
    crawl.captures.sync()
    frontier.queue(pages, run=crawl.run, now=NOW, found_on=FEED, captures=[feed])
    for number, state in enumerate(
        ["failed", "unreadable", "gone", "out_of_range", "given_up", "queued"], 1
    ):
        crawl.store(crawl.outcome(number, state, 404 if state == "gone" else 200))
    crawl.store(Outcome(page(7), "failed", "no answer", seen_at=NOW))


def leave_fetches_of_every_kind(crawl: Crawl) -> None:
    url = page(20).url
    crawl.store(article(20, NOW, captures=(crawl.fetch(url),)))
    crawl.store(crawl.outcome(20, "stored", 304, 1))
    same = crawl.fetch(url, hours=2)
    crawl.store(article(20, same.captured_at, captures=(same,)))
    other = crawl.fetch(url, body=b"<p>lain", hours=3)
    crawl.store(article(20, other.captured_at, captures=(other,), title="Judul lain"))
    crawl.store(crawl.outcome(20, "gone", 404, 4))
    back = crawl.fetch(url, hours=5)
    crawl.store(article(20, back.captured_at, captures=(back,)))
    amp = url.replace("/berita/", "/amp/berita/").replace("/amp/berita/", "/berita/", 1) + "?amp=1"
    crawl.store(article(21, NOW, captures=(crawl.fetch(amp.replace("/20/", "/21/")),)))
    for hours in (0, 6):
        whole = page(22).url
        # a server that gives the same page whatever part is asked for
        parts = [crawl.fetch(each, hours=hours) for each in (whole, f"{whole}?page=2")]
        seen = parts[-1].captured_at
        crawl.store(article(22, seen, captures=tuple(parts)))
    loose = [(crawl.fetch(page(23).url, 301), "article")]
    captured.account(crawl.archive, loose, run=crawl.run, portal="kalsel")


@pytest.mark.parametrize("leave", [leave_pages_in_every_state, leave_fetches_of_every_kind])
def test_no_fault_is_found(place: Workplace, crawl: Crawl, leave: object) -> None:
    leave(crawl)  # type: ignore[operator]
    checked = check(place)
    assert [(finding.place, finding.message) for finding, _ in checked.findings] == []
    assert checked.counts["cited"] > 5


def test_what_a_running_crawl_has_not_used_yet_waits(place: Workplace, crawl: Crawl) -> None:
    crawl.fetch(page(1).url)
    crawl.store(article(2, NOW, captures=(crawl.fetch(page(2).url),)))
    checked = check(place)
    assert (checked.found, checked.waiting) == (0, 1)


def torn(crawl: Crawl, place: Workplace) -> Path:
    """Kill the crawl while it writes a record."""
    crawl.fetch(page(1).url)
    crawl.store(article(2, NOW, captures=(crawl.fetch(page(2).url),)))
    last = crawl.fetch(page(3).url)
    crawl.captures.close()
    path = place.folder / "captures" / last.file
    os.truncate(path, last.offset + 30)
    return path


def test_what_a_killed_crawl_left_waits_and_can_be_taken_in(place: Workplace, crawl: Crawl) -> None:
    path = torn(crawl, place)
    checked = check(place)
    assert (checked.found, checked.waiting) == (0, 2)
    mended = check(place, repair=True)
    done = {done.partition(";")[0] for _, done in mended.findings}
    assert done == {"adopted", "cut off"}
    assert (mended.left, check(place).waiting) == (0, 0)
    assert path.stat().st_size > 0


@pytest.mark.parametrize("why", ["copied in", "another archive's", "the portal is crawled"])
def test_no_file_is_cut_that_is_not_a_dead_run_s(place: Workplace, crawl: Crawl, why: str) -> None:
    path = torn(crawl, place)
    before = path.read_bytes()
    if why == "copied in":
        with path.open("ab"):
            check(place, repair=True)
    elif why == "another archive's":
        other = path.with_name(path.name.replace("kalsel-", "kalteng-"))
        path.rename(other)
        path = other
        check(place, repair=True)
    else:
        with portal_lock(crawl.archive, "kalsel"):
            check(place, repair=True)
    assert path.read_bytes() == before


def test_a_run_that_ended_leaves_nothing_waiting(place: Workplace, crawl: Crawl) -> None:
    crawl.fetch(page(1).url)
    crawl.captures.close()
    runs.finish(crawl.archive, crawl.run, status="finished", exit_status=0, counts={}, now=NOW)
    assert check(place).found == 1
