"""The archive knows which raw records it cites, and takes in those that a kill left over."""

from dataclasses import replace

from antara_crawler.archive import Archive, Frontier, Writer
from antara_crawler.archive.read.fetches import article_fetches
from antara_crawler.archive.store import captured
from antara_crawler.items import Outcome, Page
from tests.archive.samples import START, article, at, capture, page


def test_the_end_of_the_last_cited_record_is_known_for_each_file(
    archive: Archive, writer: Writer, run: int
) -> None:
    placed = [
        replace(capture(number), file=file, offset=offset, length=50)
        for number, file, offset in ((1, "a", 0), (2, "a", 700), (3, "b", 10), (4, "a", 50))
    ]
    writer.write([article(number, captures=(each,)) for number, each in enumerate(placed, 1)], run)
    assert captured.files(archive) == {"a": 750, "b": 60}


def test_cited_records_come_by_file_and_offset(archive: Archive, writer: Writer, run: int) -> None:
    records = [replace(capture(n), file=f"f{n % 3}", offset=10_000 - n) for n in range(2500)]
    captured.adopt_orphans(archive, records[:2498], run)
    writer.write([article(number, captures=(records[number],)) for number in (2498, 2499)], run)
    found = list(captured.cited(archive))
    expected = sorted(records, key=lambda each: (each.file, each.offset))
    assert [each.capture for each in found] == expected
    assert [each.role for each in found].count("article") == 2
    of_one = [each.capture for each in captured.cited(archive, "f1")]
    assert of_one == [each for each in expected if each.file == "f1"]


def test_records_left_over_are_adopted_once(archive: Archive, writer: Writer, run: int) -> None:
    writer.write([article(1)], run)
    left = [capture(1), capture(2), capture(3)]
    assert captured.adopt_orphans(archive, left, run) == 2
    assert captured.adopt_orphans(archive, left, None) == 0
    roles = {each.capture.url: each.role for each in captured.cited(archive)}
    assert roles == {page(1).url: "article", page(2).url: "orphan", page(3).url: "orphan"}


def test_records_that_no_page_cites_are_accounted_for_with_their_role(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([article(1)], run)
    loose = [(capture(1), "article"), (capture(2), "robots")]
    captured.account(archive, loose, run=run, portal="kalsel")
    assert [each.role for each in captured.cited(archive)] == ["article", "robots"]


def test_every_fetch_of_an_article_can_be_read_again_with_all_its_parts(
    archive: Archive, writer: Writer, frontier: Frontier, run: int
) -> None:
    feed = Page("kalsel", "feed", "https://kalsel.antaranews.com/rss/terkini.xml")
    frontier.queue([], run=run, now=START, found_on=feed, captures=[capture(90)])
    parts = tuple(capture(1, at(hours)) for hours in (0, 0.1, 0.2))
    unreadable = capture(2)
    gone = capture(3, status=404)
    writer.write(
        [
            article(1, captures=parts),
            Outcome(page(2), "unreadable", "no template", 200, (unreadable,), START),
            Outcome(page(3), "gone", "404", 404, (gone,), START),
            article(4, portal="bali"),
        ],
        run,
    )
    found = list(article_fetches(archive, "kalsel"))
    assert [each.captures for each in found] == [parts, (unreadable,)]
    assert [each.extraction_id is None for each in found] == [False, True]
    assert len(list(article_fetches(archive))) == 3


def test_a_page_that_could_not_be_read_becomes_an_article_when_it_can(
    archive: Archive, writer: Writer, frontier: Frontier, run: int
) -> None:
    record = capture(2)
    writer.write([Outcome(page(2), "unreadable", "no template", 200, (record,), START)], run)
    [fetch] = article_fetches(archive)
    [stored] = writer.write([article(2, captures=fetch.captures)], run)
    assert stored.outcome == "new"
    assert [each.extraction_id is None for each in article_fetches(archive)] == [False]
    assert frontier.failures() == []


def test_the_last_record_with_a_body_is_found(archive: Archive, writer: Writer, run: int) -> None:
    assert captured.last_fetch(archive, page(1), page(1).url) is None
    writer.write([article(1), article(1, at(1), title="Judul lain")], run)
    revisit = capture(1, at(2), status=304)
    writer.write([Outcome(page(1), "stored", "", 304, (revisit,), at(2))], run)
    assert captured.last_fetch(archive, page(1), page(1).url) == capture(1, at(1))
