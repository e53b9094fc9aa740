"""Puts pages of the loopback portal into an archive's captures without a crawl."""

import gzip
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import func, select, update

from antara_crawler.archive import Archive, Writer, runs
from antara_crawler.archive.read.extracted import extracted
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.items import Article, Outcome, Page
from antara_crawler.verify.repair import restore_extraction
from antara_crawler.warc import CaptureWriter, Exchange
from tests.portal import PortalServer, Site
from tests.portal.model import Article as Model
from tests.scrapy_runs import Workplace
from tests.warc.samples import header_pairs

START = datetime(2026, 1, 1, tzinfo=UTC)
SOFTWARE = "tests 0"
BATCH = 200
HEADERS = header_pairs([("Content-Type", "text/html; charset=UTF-8"), ("Content-Encoding", "gzip")])


def fetched(page: Page, answers: Sequence[tuple[str, bytes]], at: datetime) -> list[Exchange]:
    """Return the exchanges of an article's pages: URL and body of each, sent compressed."""
    return [
        Exchange(url, 200, at + timedelta(seconds=part), gzip.compress(body, 5), HEADERS)
        for part, (url, body) in enumerate(answers)
    ]


def whole_article(site: Site, article: Model) -> tuple[Page, list[tuple[str, bytes]]]:
    """Return an article's page and its one answer: of several pages the form that has all."""
    url = f"https://{site.host}{article.path}"
    query = "page=all" if len(article.pages) > 1 else ""
    body = site.respond(article.path, query).body
    page = Page(site.portal, "article", url, article.kind, article.number)
    return page, [(f"{url}?{query}" if query else url, body)]


def store_unread(
    place: Workplace, pages: Iterable[tuple[Page, Sequence[tuple[str, bytes]]]]
) -> None:
    """Store the raw records of article pages as if nothing could be read from them."""
    with ExitStack() as stack:
        archive = stack.enter_context(Archive.open(place.archive_url, create=True))
        run = runs.start(
            archive, portal="kalsel", command="crawl", arguments={}, software=SOFTWARE, now=START
        )
        captures = CaptureWriter(place.folder / "captures", "kalsel", software=SOFTWARE)
        stack.enter_context(captures)
        writer = Writer(archive, SOFTWARE)
        outcomes = (
            Outcome(page, "unreadable", "not read yet", 200, kept, kept[-1].captured_at)
            for number, (page, answers) in enumerate(pages)
            for at in [START + timedelta(seconds=60 * number)]
            for kept in [tuple(map(captures.append, fetched(page, answers, at)))]
        )
        while batch := list(islice(outcomes, BATCH)):
            captures.sync()
            writer.write(batch, run)
        runs.finish(archive, run, status="finished", exit_status=0, counts={}, now=START)


def crawl_twice(place: Workplace, site: Site, edits: int = 2) -> None:
    """Crawl a portal, change some articles, and crawl it again when all are due."""
    with PortalServer(site, compress=True) as portal:
        assert place.crawl(portal.url).status == 0
        edited = [a for a in site.newest if a.kind == "berita" and not a.traps & {"english"}][
            :edits
        ]
        for article in edited:
            site.edit(article.number, article.kind, title="Judul yang diganti redaksi kemudian")
        with Archive.open(place.archive_url) as archive, archive.writing() as connection:
            past = datetime.now(UTC) - timedelta(days=1)
            connection.execute(
                update(Pages).where(Pages.number.is_not(None)).values(next_attempt_at=past)
            )
        assert place.crawl(portal.url).status == 0


def read_otherwise(archive: Archive, number: int | None = None, **fields: object) -> list[int]:
    """Let articles (one, or all) say what older software would have read; return their rows."""
    query = select(Articles.id, Articles.extraction_id)
    if number is not None:
        query = query.where(Articles.article_id == number)
    with archive.reading() as connection:
        rows = connection.execute(query).all()
        items = extracted(connection, [row.extraction_id for row in rows])
    for row in rows:
        older: Article = replace(items[row.extraction_id], **fields)  # type: ignore[arg-type]
        restore_extraction(archive, row.extraction_id, older)
    return [row.id for row in rows]


def count(archive: Archive, column: Any) -> int:
    """Return how many rows have a value in a column."""
    with archive.reading() as connection:
        return connection.scalar(select(func.count(column))) or 0
