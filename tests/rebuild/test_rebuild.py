"""An archive that was lost is made anew from its captures, record for record."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from antara_crawler.archive import Archive, portal_lock, runs
from antara_crawler.archive.tables.articles import Articles, Revisions
from antara_crawler.archive.tables.crawl import Captures, Pages
from tests.scrapy_runs import Workplace
from tests.verify.archives import check
from tests.warc.samples import header_pairs

DAY = timedelta(days=1)
HTML = header_pairs([("Content-Type", "text/html; charset=UTF-8"), ("ETag", '"a"')])


def held(url: str) -> dict[str, Any]:
    """Return all that is to come back: records, revisions, states, and what cites what."""
    with Archive.open(url, read_only=True) as archive:
        records = {(r["kind"], r["article_id"]): r for r in archive.records()}
        with archive.reading() as connection:
            revisions = connection.execute(
                select(
                    Articles.kind,
                    Articles.article_id,
                    Articles.gone_at,
                    Revisions.number,
                    Revisions.fingerprint,
                    Revisions.first_seen_at,
                    Revisions.last_seen_at,
                )
                .join(Revisions, Revisions.article_id == Articles.id)
                .order_by(Articles.kind, Articles.article_id, Revisions.number)
            ).all()
            fetches = connection.execute(
                select(
                    Captures.file, Captures.offset, Captures.captured_at, Captures.part
                ).order_by(Captures.file, Captures.offset)
            ).all()
            states = connection.execute(
                select(Pages.kind, Pages.number, Pages.state, Pages.last_attempt_at)
                .where(Pages.number.is_not(None), Pages.last_attempt_at.is_not(None))
                .order_by(Pages.kind, Pages.number)
            ).all()
    return {
        "records": records,
        "revisions": list(map(tuple, revisions)),
        "fetches": list(map(tuple, fetches)),
        "states": list(map(tuple, states)),
    }


def rebuilt(place: Workplace, url: str, *words: str) -> Workplace:
    """Rebuild from a workplace's captures into another archive, as a user does."""
    other = Workplace(place.folder, url)
    ended = other.run("rebuild", *words)
    assert ended.status == 0, ended.out + ended.err
    assert ended.err == ""
    return other


def test_two_crawls_come_back_record_for_record(
    crawled_twice: Workplace, archive_url: str, tmp_path: Path
) -> None:
    url = archive_url.replace("archive.db", "new.db")
    other = rebuilt(crawled_twice, url)
    before, after = held(crawled_twice.archive_url), held(url)
    assert len(before["records"]) == 24
    for name, was in before.items():
        assert after[name] == was, name
    checked = check(other)
    assert [(finding.place, finding.message) for finding, _ in checked.findings] == []
    with (
        Archive.open(url, read_only=True) as archive,
        Archive.open(crawled_twice.archive_url, read_only=True) as lost,
    ):
        crawls = [run for run in runs.last(archive) if run.command == "crawl"]
        were = runs.last(lost)
    for ours, theirs in zip(crawls, were, strict=True):
        for name in ("portal", "started_at", "pid", "host", "software", "arguments"):
            assert getattr(ours, name) == getattr(theirs, name), name
    with Archive.open(url) as archive, portal_lock(archive, "kalsel"):
        ended = other.run("rebuild", "--add")  # beside a crawl: nothing is half for it
        assert (ended.status, runs.half_rebuilt(archive)) == (4, False), ended.err
    rebuilt(crawled_twice, url, "--add")
    assert held(url) == after
    refused = other.run("rebuild")
    assert refused.status == 2
    assert "holds articles already" in refused.err


def test_a_file_that_is_lost_before_another_of_its_run_is_told(
    crawled_twice: Workplace, tmp_path: Path
) -> None:
    later = max((crawled_twice.folder / "captures").glob("kalsel-*.warc.gz"))
    later.rename(later.with_name(later.name.replace("-00000-", "-00002-")))
    ended = Workplace(crawled_twice.folder, f"sqlite:///{tmp_path}/new.db").run("rebuild")
    assert ended.status == 4
    assert "2 earlier files of its run are lost, or were forgotten whole" in ended.err


def test_a_file_under_another_name_is_told_and_ends_with_status_4(
    crawled_twice: Workplace, tmp_path: Path
) -> None:
    later = max((crawled_twice.folder / "captures").glob("kalsel-*.warc.gz"))
    later.rename(later.with_name("copy.warc.gz"))
    ended = Workplace(crawled_twice.folder, f"sqlite:///{tmp_path}/new.db").run("rebuild")
    assert ended.status == 4
    assert ended.err.startswith("copy.warc.gz was not read, since its name is not one of ours")
    assert "rebuilt   1 of 1 runs" in ended.out


def test_the_lost_files_of_a_whole_crawl_are_told_by_the_crawl_after_it(
    crawled_twice: Workplace, tmp_path: Path
) -> None:
    first = min((crawled_twice.folder / "captures").glob("kalsel-*.warc.gz"))
    first.write_bytes(b"")
    other = Workplace(crawled_twice.folder, f"sqlite:///{tmp_path}/new.db")
    assert f"{first.name}, which the crawl before it wrote, is lost" in other.run("rebuild").err
    first.unlink()
    ended = other.run("rebuild", "--add")
    assert (ended.status, f"{first.name}, which" in ended.err) == (4, True), ended.err
    known = crawled_twice.run("rebuild", "--add")
    assert (known.status, known.err) == (0, "")
