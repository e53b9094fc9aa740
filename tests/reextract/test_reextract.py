"""Stored pages read again: what the code reads alike stays, what it reads otherwise is added."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from antara_crawler.archive import Archive, Writer, runs
from antara_crawler.archive.tables.articles import Extractions, LeftOutTexts, Revisions
from antara_crawler.archive.tables.crawl import Captures, Pages
from antara_crawler.items import Article, Page
from antara_crawler.warc import CaptureWriter, Exchange, scan
from tests.crawl.truth import assert_exact
from tests.portal import PortalServer, Site
from tests.scrapy_runs import Workplace
from tests.stored import START, count, crawl_twice, read_otherwise, store_unread, whole_article
from tests.warc.samples import header_pairs


def test_the_same_code_changes_nothing(place: Workplace, archive: Archive) -> None:
    before = place.run("export").out
    readings = count(archive, Extractions.id)
    fetches = 30  # each article, two that were edited, four of several pages; 304s gave no body
    for words in (["--dry-run"], [], ["--workers", "1"]):
        ended = place.run("reextract", *words)
        assert ended.status == 0, ended.err
        lines = ended.out.splitlines()
        assert lines[:2] == [
            f"{fetches} stored pages read again: {fetches} as before",
            "0 articles changed",
        ]
        assert lines[2:] in ([], ["written: 0 new readings, 0 new articles"])
    assert place.run("export").out == before
    assert count(archive, Extractions.id) == readings


def test_on_postgresql_too_a_crawl_is_read_again_alike(tmp_path: Path, postgres_url: str) -> None:
    place = Workplace(tmp_path, postgres_url)
    crawl_twice(place, Site(seed=22, articles=16))
    before = place.run("export").out
    with Archive.open(postgres_url) as archive:
        read_otherwise(archive, section="Rubrik lama")
    ended = place.run("reextract", "--workers", "2")
    assert ended.status == 0, ended.err
    assert "16 articles changed" in ended.out
    assert place.run("export").out == before
    assert "0 articles changed" in place.run("reextract").out


def test_pages_that_were_sent_again_unchanged_are_read_from_the_first_record(
    tmp_path: Path,
) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    crawl_twice(place, Site(seed=26, articles=14, validators=False), edits=0)
    again = [met for met in scan(tmp_path / "captures") if met.exchange and met.exchange.revisit]
    assert {met.capture.status for met in again} == {200}
    assert len(again) >= 12
    ended = place.run("reextract", "--workers", "1")
    assert ended.status == 0, ended.out
    pages = int(ended.out.split()[0])
    assert pages >= 28
    assert ended.out.startswith(f"{pages} stored pages read again: {pages} as before\n")
    assert place.run("verify").status == 0


def test_articles_outside_of_the_dates_that_were_wanted_stay_outside(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    site = Site(seed=27, articles=14)
    since = sorted(truth["published_at"][:10] for truth in site.truth)[7]
    with PortalServer(site) as portal:
        assert place.crawl(portal.url, "-a", f"since={since}").status == 0
    before = place.run("export").out
    assert len(before.splitlines()) < 14
    assert "0 articles changed\nwritten: 0 new" in place.run("reextract", "--workers", "1").out
    assert place.run("export").out == before


def test_a_changed_reading_is_a_new_extraction_of_the_same_revision(
    place: Workplace, archive: Archive
) -> None:
    before = place.run("export").out
    number = place.records()[7]["article_id"]
    [row] = read_otherwise(archive, number, title="Judul yang dibaca keliru")
    assert place.run("export").out != before
    ended = place.run("reextract")
    assert ended.status == 0, ended.err
    assert "1 articles changed\n  title          1\n" in ended.out
    assert "- Judul yang dibaca keliru\n" in ended.out
    assert "written: 1 new readings, 0 new articles" in ended.out
    assert place.run("export").out == before
    with archive.reading() as connection:
        kept = connection.execute(
            select(Revisions.number, Extractions.number, Extractions.title, Extractions.software)
            .join(Revisions, Revisions.id == Extractions.revision_id)
            .where(Revisions.article_id == row)
            .order_by(Extractions.number)
        ).all()
    assert [(each[0], each[1]) for each in kept] == [(kept[0][0], 1), (kept[0][0], 2)]
    assert kept[0].title == "Judul yang dibaca keliru"
    assert kept[1].software.startswith("antara-crawler ")
    assert "0 articles changed" in place.run("reextract").out


def test_what_was_left_out_is_made_anew_without_a_new_reading(
    place: Workplace, archive: Archive
) -> None:
    readings = count(archive, Extractions.id)
    texts = count(archive, LeftOutTexts.text)
    assert texts > readings
    read_otherwise(archive, place.records()[7]["article_id"], left_out=())
    assert count(archive, LeftOutTexts.text) < texts
    ended = place.run("reextract")
    assert "1 articles changed\n  left_out       1\n" in ended.out
    assert count(archive, LeftOutTexts.text) == texts
    assert count(archive, Extractions.id) == readings
    assert "0 articles changed" in place.run("reextract").out


def test_a_dry_run_shows_the_report_and_writes_nothing(place: Workplace, archive: Archive) -> None:
    read_otherwise(archive, editors=("Penyunting Lama",))
    before, started = place.run("export").out, len(runs.last(archive))
    ended = place.run("reextract", "--dry-run")
    assert ended.status == 0
    assert "24 articles changed\n  editors        24\n" in ended.out
    assert ended.out.count("- Penyunting Lama") == 3
    assert "written" not in ended.out
    assert place.run("export").out == before
    assert len(runs.last(archive)) == started


def test_a_field_that_would_become_empty_is_called_out(place: Workplace, archive: Archive) -> None:
    bare = next(r for r in place.records() if not r["uploaders"])
    read_otherwise(archive, bare["article_id"], uploaders=("Pengunggah",))
    ended = place.run("reextract", "--dry-run")
    name = f"{bare['portal']}/{bare['kind']}/{bare['article_id']}"
    assert "WARNING: uploaders would become empty in 1 articles\n" in ended.out
    assert f"  {name}: was Pengunggah\n" in ended.out


def test_only_the_named_portal_is_read_and_a_run_is_recorded(
    place: Workplace, archive: Archive
) -> None:
    read_otherwise(archive, section="Rubrik lama")
    other = place.run("reextract", "--portal", "kalteng")
    assert other.out.startswith("0 stored pages read again")
    ended = place.run("reextract", "--portal", "kalsel", "--workers", "1")
    assert "24 articles changed" in ended.out
    run = runs.last(archive)[0]
    assert (run.command, run.portal, run.status, run.exit_status) == (
        ("reextract", "kalsel", "finished", 0)
    )
    assert run.counts == {"pages": 30, "reread": 24, "known": 4}


def test_pages_that_could_not_be_read_become_articles(tmp_path: Path, archive_url: str) -> None:
    place = Workplace(tmp_path, archive_url)
    site = Site(seed=23, articles=25)
    store_unread(place, [whole_article(site, article) for article in site.present])
    assert place.records() == []
    ended = place.run("reextract")
    assert ended.status == 0, ended.err
    assert "25 pages could not be read and now are\n" in ended.out
    assert "written: 0 new readings, 25 new articles" in ended.out
    assert_exact(site.truth, place.records())
    assert min(record["first_seen_at"] for record in place.records()) == START.isoformat()
    with Archive.open(place.archive_url) as archive:
        with archive.reading() as connection:
            states = set(connection.scalars(select(Pages.state)))
            fetched_in = set(connection.scalars(select(Captures.run_id)))
        assert states == {"stored"}
        assert fetched_in == {run.id for run in runs.last(archive) if run.command == "crawl"}


def test_further_pages_and_amp_forms_are_read_as_the_spider_reads_them(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    site = Site(seed=24, articles=200)
    long = [article for article in site.present if len(article.pages) > 1]
    whole, numbered = (
        next(a for a in long if ("?page=all" in site.respond(a.path).body.decode()) is form)
        for form in (True, False)
    )
    plain = next(a for a in site.present if len(a.pages) == 1 and a.kind == "berita")
    base = f"https://{site.host}"

    def page_of(article: Any) -> Page:
        return Page("kalsel", "article", base + article.path, article.kind, article.number)

    def answers(article: Any, *queries: str) -> list[tuple[str, bytes]]:
        return [
            (f"{base}{article.path}{f'?{q}' if q else ''}", site.respond(article.path, q).body)
            for q in queries
        ]

    numbers = [f"page={number}" for number in range(2, len(numbered.pages) + 1)]
    amp = [(f"{base}/amp{plain.path}", site.respond(f"/amp{plain.path}").body)]
    store_unread(
        place,
        [
            (page_of(whole), answers(whole, "", "page=all")),
            (page_of(numbered), answers(numbered, "", *numbers)),
            (page_of(plain), amp),
        ],
    )
    assert place.run("reextract", "--workers", "1").status == 0
    found = {record["article_id"]: record for record in place.records()}
    for article in (whole, numbered):
        truth = article.truth
        assert found[article.number]["paragraphs"] == truth["paragraphs"]
        assert found[article.number]["reporters"] == truth["reporters"]
    assert found[plain.number]["capture"] is not None


def test_an_article_whose_further_page_was_never_fetched_is_left_alone(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    site = Site(seed=24, articles=200)
    long = next(article for article in site.present if len(article.pages) > 1)
    url = f"https://{site.host}{long.path}"
    page = Page("kalsel", "article", url, long.kind, long.number)
    store_unread(place, [(page, [(url, site.respond(long.path).body)])])
    ended = place.run("reextract")
    assert ended.status == 0
    assert "1 articles lack a page that today's code wants" in ended.out
    assert place.records() == []


def test_a_page_that_no_longer_reads_is_listed_and_kept(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    url = "https://kalsel.antaranews.com/berita/4711/warga-menanam-padi"
    exchange = Exchange(
        url,
        200,
        START,
        b"<html><body><h1>Warga menanam padi</h1></body></html>",
        header_pairs([("Content-Type", "text/html")]),
    )
    with Archive.open(place.archive_url, create=True) as archive:
        with CaptureWriter(tmp_path / "captures", "kalsel", software="tests") as captures:
            kept = captures.append(exchange)
        run = runs.start(
            archive, portal="kalsel", command="crawl", arguments={}, software="1", now=START
        )
        text = "Warga Desa Awang Landas menanam padi bersama relawan pada Senin."
        article = Article(
            portal="kalsel", kind="berita", article_id=4711, url=url, title="Warga menanam padi",
            paragraphs=(text,), published_at=START, captures=(kept,), seen_at=START,
        )  # fmt: skip
        Writer(archive, "1").write([article], run)
    ended = place.run("reextract")
    assert ended.status == 4
    assert "WARNING: 1 pages no longer read; they are kept as they were" in ended.out
    assert "kalsel/berita/4711: " in ended.out
    assert [record["paragraphs"] for record in place.records()] == [[text]]


def test_a_damaged_record_is_named_and_the_others_are_read(place: Workplace) -> None:
    capture = place.records()[3]["capture"]
    with (place.folder / "captures" / capture["file"]).open("r+b") as file:
        file.seek(capture["offset"] + capture["length"] // 2)
        file.write(b"\x00\x01\x02\x03")
    ended = place.run("reextract")
    assert ended.status == 4
    assert "30 stored pages read again: 29 as before" in ended.out
    assert "WARNING: 1 raw records are damaged" in ended.out
    assert f"{capture['file']}@{capture['offset']}" in ended.out
