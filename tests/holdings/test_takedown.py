"""What is forgotten on request is nowhere any more, and stays away, whatever runs afterwards."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from antara_crawler.archive import Archive, Filters, Frontier, Writer, forgetting
from antara_crawler.archive.forgetting import Subject, subject_of
from antara_crawler.archive.read.fetches import article_fetches
from antara_crawler.archive.runs import admit
from antara_crawler.archive.store import captured
from antara_crawler.archive.tables.crawl import Captures, Pages, Takedowns
from antara_crawler.errors import BrokenCapture, UsageError
from antara_crawler.holdings.takedown import complete, forget, nobody_crawls
from antara_crawler.items import Article, Page
from antara_crawler.verify.report import verify
from antara_crawler.warc import CaptureFiles, CaptureWriter, Exchange, blank, read_capture, scan
from tests.archive.samples import FEED, START, address, article, at, numbers, page, start_run
from tests.warc.samples import header_pairs

SECRET = "Rahasiawati Penyusun"
BODY = f"Kesaksian {SECRET} dimuat tanpa izin keluarganya. " * 30
HEADERS = header_pairs([("Content-Type", "text/html"), ("Content-Encoding", "gzip")])


@dataclass
class Kept:
    """An archive with its captures: article 1 is to go, article 2 is to stay."""

    archive: Archive
    folder: Path
    run: int

    @property
    def files(self) -> CaptureFiles:
        return CaptureFiles(self.folder, "here")

    def store(self, number: int, body: str, hours: float, **more: object) -> Article:
        with CaptureWriter(self.folder, "kalsel", software="test 1") as captures:
            fetched = Exchange(
                address(number), 200, at(hours), gzip.compress(body.encode()), HEADERS
            )
            capture = captures.append(fetched)
            feed = Exchange(FEED.url, 200, at(hours), f"{address(number)} {body[:60]}".encode())
            shown = captures.append(feed)
        Frontier(self.archive).queue(
            [page(number)], run=self.run, now=at(hours), found_on=FEED, captures=[shown]
        )
        paragraphs = (body, "Paragraf kedua yang tetap.")
        stored = article(number, at(hours), paragraphs=paragraphs, captures=(capture,), removed=())
        stored = replace(stored, **more)  # type: ignore[arg-type]
        Writer(self.archive, "test 1").write([stored], self.run)
        return stored

    def forget(self, subject: Subject) -> None:
        with nobody_crawls(self.archive, "kalsel"):
            assert forget(self.archive, self.files, subject, reason="diminta", by="r").left == ()

    def waits(self) -> bool:
        return None in self.archive.values(select(Takedowns.done_at))

    def findings(self) -> list[str]:
        checked = verify(self.archive, self.files, lambda finding: None, lambda: False)
        return [f"{each.kind} {each.place}: {each.message}" for each, _ in checked.findings]

    def shown_anywhere(self) -> list[str]:
        """Return where the secret still is: in tables, the database's files, raw records."""
        found = []
        with self.archive.reading() as connection:
            if self.archive.path is None:
                tables = (
                    connection.execute(
                        text(
                            "SELECT table_name FROM information_schema.tables WHERE"
                            " table_schema = 'public'"
                        )
                    )
                    .scalars()
                    .all()
                )
                rows = [
                    str(row)
                    for table in tables
                    for row in connection.execute(text(f"SELECT t::text FROM {table} t"))
                ]
                found += [row for row in rows if "rahasiawati" in row.casefold()]
        if self.archive.path is not None:
            files = self.archive.path.parent.glob(f"{self.archive.path.name}*")
            found += [p.name for p in files if b"rahasiawati" in p.read_bytes().lower()]
        for path in self.folder.rglob("*.warc.gz"):
            data = path.read_bytes()
            if b"ahasiawati" in gzip.decompress(data) or b"ahasiawati" in data:
                found.append(path.name)
        return found


@pytest.fixture
def kept(archive_url: str, tmp_path: Path) -> Iterator[Kept]:
    with Archive.open(archive_url, create=True, lock_timeout=5) as archive:
        found = Kept(archive, tmp_path / "captures", start_run(archive))
        title = f"Kisah {SECRET}"
        found.store(1, BODY, 0, title=title, reporters=(SECRET,), tags=("rahasiawati",))
        found.store(1, BODY + " Diperbarui.", 5, title=title, reporters=(SECRET,))
        found.store(2, "Berita lain tentang jembatan bambu. " * 30, 6)
        yield found


def test_its_text_is_nowhere_afterwards_and_all_else_is_as_it_was(kept: Kept) -> None:
    before = [r for r in kept.archive.records() if r["article_id"] == 2]
    assert kept.shown_anywhere() != []
    kept.forget(subject_of(kept.archive, "kalsel/berita/1"))
    assert kept.shown_anywhere() == []
    assert list(kept.archive.records()) == before
    assert kept.findings() == []
    assert kept.archive.search("rahasiawati").total == 0
    assert kept.archive.search("jembatan", Filters()).total == 1


def test_it_is_not_asked_for_nor_taken_in_again(kept: Kept) -> None:
    again = article(1, at(9), title=f"Kisah {SECRET}", captures=())
    kept.forget(subject_of(kept.archive, address(1)))
    [named] = Frontier(kept.archive).queue([page(1)], run=kept.run, now=at(99))
    assert named.standing == "not_due"
    assert numbers(list(Frontier(kept.archive).pending("kalsel", at(24 * 400)))) == [2]
    [stored] = Writer(kept.archive, "test 1").write([again], kept.run)
    assert stored.outcome == "known"
    assert [fetch.page.number for fetch in article_fetches(kept.archive)] == [2]
    assert kept.shown_anywhere() == []
    assert kept.findings() == []


def test_the_request_is_kept_without_the_text(kept: Kept) -> None:
    kept.forget(subject_of(kept.archive, "1"))
    with kept.archive.reading() as connection:
        [request] = connection.execute(select(Takedowns.__table__)).all()
        state = connection.scalar(select(Pages.state).where(Pages.number == 1))
    assert (request.portal, request.kind, request.number) == ("kalsel", "berita", 1)
    assert (request.reason, request.requested_by) == ("diminta", "r")
    assert request.requested_at <= request.done_at
    assert state == "forgotten"


def test_killed_before_the_raw_records_were_overwritten_the_next_run_does_it(kept: Kept) -> None:
    subject = subject_of(kept.archive, "1")
    forgetting.begin(kept.archive, subject, [], reason=None, by="r", now=START)
    assert kept.waits()
    assert kept.findings() == []  # it owes something, and nothing is wrong
    first, *_ = forgetting.pending(kept.archive)
    assert blank(kept.folder, first)
    assert blank(kept.folder, first)
    complete(kept.archive, kept.files)
    assert not kept.waits()
    assert kept.findings() == []


def test_a_portal_goes_with_its_files_and_is_not_crawled_again(kept: Kept) -> None:
    kept.forget(Subject("kalsel"))
    assert kept.shown_anywhere() == []
    assert list(kept.archive.records()) == []
    assert list(kept.folder.glob("*.warc.gz")) == []
    assert kept.findings() == []
    with pytest.raises(UsageError, match=r"kalsel was removed .* on request"):
        admit(kept.archive, "kalsel")
    admit(kept.archive, "jatim")


def test_an_article_that_is_not_there_yet_can_be_forgotten(kept: Kept) -> None:
    kept.forget(subject_of(kept.archive, "jatim/berita/77"))
    [named] = Frontier(kept.archive).queue(
        [Page("jatim", "article", "https://jatim.antaranews.com/berita/77/x", "berita", 77)],
        run=kept.run,
        now=at(9),
    )
    assert named.standing == "not_due"
    for which in ("77", "nowhere/berita/7", "jatim", ""):
        with pytest.raises(UsageError, match="no article"):
            subject_of(kept.archive, which)


def test_an_imported_text_is_not_imported_again(kept: Kept) -> None:
    dump = article(0, article_id=None, url=None, captures=(), paragraphs=(BODY,))
    writer = Writer(kept.archive, "test 1")
    [stored] = writer.write([dump], kept.run)
    kept.forget(subject_of(kept.archive, "1"))
    kept.forget(subject_of(kept.archive, str(stored.article_pk)))
    assert kept.shown_anywhere() == []
    assert [each.outcome for each in Writer(kept.archive, "t").write([dump], kept.run)] == ["known"]


def test_a_blank_is_as_long_as_what_it_replaces_and_others_stay(kept: Kept) -> None:
    rows = list(captured.cited(kept.archive))
    sizes = {path: path.stat().st_size for path in kept.folder.iterdir()}
    others = [row.capture for row in rows[1:]]
    blank(kept.folder, rows[0].capture)
    assert {path: path.stat().st_size for path in kept.folder.iterdir()} == sizes
    assert [met.capture for met in scan(kept.folder)] == others


def test_a_record_that_is_another_one_is_not_overwritten(kept: Kept) -> None:
    first = next(captured.cited(kept.archive)).capture
    before = (kept.folder / first.file).read_bytes()
    with pytest.raises(BrokenCapture, match="not the one"):
        blank(kept.folder, replace(first, offset=first.offset + 7))
    assert (kept.folder / first.file).read_bytes() == before
    assert not blank(kept.folder, replace(first, file="none.warc.gz"))


def test_only_the_article_with_the_number_goes(kept: Kept) -> None:
    kept.store(12, "Berita dua belas. " * 30, 7)
    kept.forget(subject_of(kept.archive, "1"))
    with kept.archive.reading() as connection:
        feeds = connection.scalars(select(Captures.id).where(Captures.role == "feed")).all()
    assert len(feeds) == 2
    assert kept.findings() == []


@pytest.mark.parametrize("subject", [Subject("kalsel"), None])
def test_what_lies_on_a_disk_that_is_away_waits_until_it_is_back(
    kept: Kept, subject: Subject | None
) -> None:
    away = kept.folder.rename(kept.folder.with_name("away"))
    asked = subject or subject_of(kept.archive, "kalsel/berita/1")
    with nobody_crawls(kept.archive, "kalsel"):
        wiped = forget(kept.archive, kept.files, asked, reason=None, by="r")
    assert wiped.records == 0
    assert all("it is not there: mount its disk" in line for line in wiped.left)
    assert kept.waits()
    away.rename(kept.folder)
    assert kept.shown_anywhere() != []
    with nobody_crawls(kept.archive, "kalsel"):
        forget(kept.archive, kept.files, asked, reason=None, by="r")
    assert kept.shown_anywhere() == []
    assert not kept.waits()


def test_nothing_waits_for_captures_that_are_lost_for_good(kept: Kept) -> None:
    kept.folder.rename(kept.folder.with_name("away"))
    asked = subject_of(kept.archive, "kalsel/berita/1")
    with nobody_crawls(kept.archive, "kalsel"):
        wiped = forget(kept.archive, kept.files, asked, reason=None, by="r", lost=True)
    assert (wiped.records, wiped.left) == (0, ())
    assert not kept.waits()


def test_feeds_that_lie_elsewhere_are_told_and_those_of_other_numbers_stay(kept: Kept) -> None:
    with CaptureWriter(kept.folder, "kalsel", software="test 1") as captures:
        picture = captures.append(Exchange(FEED.url, 200, at(7), b"/2026/1/a.jpg berita/12"))
    elsewhere = replace(picture, file=f"{'kalsel-' * 3}1~there.warc.gz", store="there")
    captured.account(
        kept.archive, [(picture, "feed"), (elsewhere, "feed")], run=kept.run, portal="kalsel"
    )
    with nobody_crawls(kept.archive, "kalsel"):
        asked = subject_of(kept.archive, "kalsel/berita/1")
        wiped = forget(kept.archive, kept.files, asked, reason=None, by="r")
    assert [line.partition(",")[0] for line in wiped.left] == ["1 feeds and listings on there"]
    assert kept.shown_anywhere() == []
    assert read_capture(kept.folder, picture).body
