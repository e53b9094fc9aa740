"""What a portal did to an article from day to day comes back from the captures alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.project import get_project_settings
from sqlalchemy import select

from antara_crawler.archive import Archive
from antara_crawler.archive.store import captured
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.items import Capture, Page
from antara_crawler.rebuild.rebuilder import Rebuilder
from antara_crawler.warc import CaptureWriter, Exchange
from antara_crawler.warc.history import past_runs
from tests.portal import Site
from tests.portal.model import Article as Model
from tests.scrapy_runs import Workplace
from tests.verify.archives import check
from tests.warc.samples import header_pairs

START = datetime(2026, 1, 1, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=UTF-8"), ("ETag", '"a"'))


@dataclass
class History:
    """Crawls of the past, a day each, of which the captures alone are left."""

    place: Workplace
    site: Site = field(default_factory=lambda: Site(seed=21, articles=25))
    days: int = -1
    first: dict[str, Capture] = field(default_factory=dict)

    def plain(self) -> Model:
        """Return an ordinary article of one page."""
        return next(a for a in self.site.newest if a.kind == "berita" and len(a.pages) == 1)

    def page(self, article: Model) -> Page:
        url = f"https://{self.site.host}{article.path}"
        return Page("kalsel", "article", url, article.kind, article.number)

    def day(
        self, *answers: tuple[Page, str, int], kept: bool = True, **arguments: str
    ) -> list[Capture]:
        """Keep a day's answers: for which page, from which path, with which status."""
        self.days += 1
        start = START + timedelta(days=self.days)
        run = {"started_at": start.isoformat(), "arguments": arguments}
        made = []
        with CaptureWriter(
            self.place.folder / "captures", "kalsel", software="old 1", run=run if kept else None
        ) as captures:
            for number, (page, path, status) in enumerate(answers):
                at = start + timedelta(minutes=number + 1)
                exchange = self._exchange(path, status, at)
                previous = self.first.get(exchange.url)
                made.append(captures.append(exchange, previous, page if kept else None))
                if status == 200:
                    self.first.setdefault(exchange.url, made[-1])
        return made

    def _exchange(self, path: str, status: int, at: datetime) -> Exchange:
        bare, _, query = path.partition("?")
        headers, body = HTML, b""
        if status == 200:
            body = self.site.respond(bare, query).body
        elif status == 301:
            headers = (("Location", query), *HTML)
            path = bare
        url = f"https://{self.site.host}{path}"
        return Exchange(url, status, at, body, header_pairs(headers))

    def rebuild(self, stop: Callable[[], bool] = lambda: False, times: int = 1) -> Rebuilder:
        with Archive.open(self.place.archive_url, create=True) as archive:
            for _ in range(times):
                found, _others = past_runs(self.place.folder / "captures")
                rebuilder = Rebuilder(
                    archive, self.place.folder / "captures", get_project_settings()
                )
                for past in found:
                    rebuilder.rebuild(past, stop)
        return rebuilder

    def records(self) -> list[dict[str, Any]]:
        checked = check(self.place)
        assert [(finding.place, finding.message) for finding, _ in checked.findings] == []
        with Archive.open(self.place.archive_url, read_only=True) as archive:
            return list(archive.records())

    def state(self, article: Model) -> str | None:
        with Archive.open(self.place.archive_url, read_only=True) as archive:
            query = select(Pages.state).where(
                Pages.kind == article.kind, Pages.number == article.number
            )
            with archive.reading() as connection:
                return connection.scalar(query)


@pytest.fixture
def history(tmp_path: Path, sqlite_url: str) -> History:
    return History(Workplace(tmp_path, sqlite_url))


def day(number: int) -> str:
    return (START + timedelta(days=number)).date().isoformat()


def test_revisions_rechecks_and_the_end_of_an_article(history: History) -> None:
    article = history.plain()
    page, path = history.page(article), article.path
    history.day((page, path, 200))
    history.day((page, path, 304))
    history.day((page, path, 200))  # the same again: a revisit
    history.site.edit(article.number, title="Judul yang diganti redaksi kemudian")
    history.day((page, path, 200))
    for _ in range(2):
        history.day((page, path, 404), (page, f"/amp{path}", 404))
    history.rebuild()
    (record,) = history.records()
    assert record["revision"] == 2
    assert record["title"] == "Judul yang diganti redaksi kemudian"
    assert record["first_seen_at"].startswith(day(0))
    assert record["last_seen_at"].startswith(day(3))
    assert history.state(article) == "gone"


def test_an_article_in_amp_form_alone_and_those_that_moved(history: History) -> None:
    plain = [a for a in history.site.newest if a.kind == "berita" and len(a.pages) == 1]
    amp, moved, renumbered, under_its_new_number = plain[:4]
    old = f"/berita/{moved.number}/judul-lama"
    history.day(
        (history.page(amp), amp.path, 404),
        (history.page(amp), f"/amp{amp.path}", 200),
        (history.page(moved), f"{old}?{moved.path}", 301),
        (history.page(moved), moved.path, 200),
        (history.page(renumbered), renumbered.path, 200),
    )
    for _ in range(2):
        history.day(
            (history.page(renumbered), f"{renumbered.path}?{under_its_new_number.path}", 301),
            (history.page(renumbered), under_its_new_number.path, 200),
        )
    history.rebuild()
    assert history.state(renumbered) == "gone"
    by_number = {record["article_id"]: record for record in history.records()}
    assert by_number[amp.number]["paragraphs"] == amp.amp_truth["paragraphs"]
    assert by_number[moved.number]["paragraphs"] == moved.truth["paragraphs"]


@pytest.mark.parametrize("kept", [True, False])
def test_an_article_of_several_pages_is_one(history: History, kept: bool) -> None:
    article = next(a for a in history.site.newest if len(a.pages) > 1)
    page, count = history.page(article), len(article.pages)
    rest = (
        [f"{article.path}?page=all"]
        if article.page_all_linked
        else [f"{article.path}?page={n}" for n in range(2, count + 1)]
    )
    answers = [(page, path, 200) for path in (article.path, *rest)]
    history.day(*answers, kept=kept)
    history.day(*answers[:1], kept=kept)  # stopped before the next page
    history.day(*answers, kept=kept)
    history.rebuild()
    (record,) = history.records()
    assert record["paragraphs"] == article.truth["paragraphs"]
    assert record["last_seen_at"].startswith(day(2))


def test_a_page_that_led_elsewhere_is_no_fetch_of_the_other_article(history: History) -> None:
    one, other = [a for a in history.site.newest if a.kind == "berita"][:2]
    history.day((history.page(one), other.path, 200))
    history.rebuild()
    assert history.records() == []
    assert history.state(one) == "unreadable"
    assert history.state(other) is None


def test_what_was_outside_the_dates_that_were_wanted_is_no_article(history: History) -> None:
    article = history.plain()
    history.day((history.page(article), article.path, 200), until="1999-01-01")
    history.rebuild()
    assert history.records() == []
    assert history.state(article) == "out_of_range"


def test_refused_pages_and_damage_cost_no_other(history: History) -> None:
    article = history.plain()
    page, path = history.page(article), article.path
    history.day((page, path, 403))
    (damaged,) = history.day((page, path, 200))
    history.first.clear()
    history.day((page, path, 200))
    file = history.place.folder / "captures" / damaged.file
    raw = bytearray(file.read_bytes())
    raw[damaged.offset + damaged.length // 2] ^= 0xFF
    file.write_bytes(raw)
    rebuilder = history.rebuild()
    assert rebuilder.damaged == 1
    assert rebuilder.faults[0].startswith(f"{damaged.file}@{damaged.offset}: ")
    with Archive.open(history.place.archive_url, read_only=True) as archive:
        assert len(list(archive.records())) == 1


def test_killed_anywhere_it_goes_on_where_it_was(history: History) -> None:
    article = history.plain()
    page, path = history.page(article), article.path
    for number in range(4):
        history.site.edit(article.number, title=f"Judul yang ke-{number} dari redaksi portal")
        history.day((page, path, 200), (page, path, 304))
    for most in range(8):
        left = iter(range(most))
        history.rebuild(lambda left=left: next(left, None) is None)  # type: ignore[misc]
    history.rebuild(times=2)
    (record,) = history.records()
    assert record["revision"] == 4
    with Archive.open(history.place.archive_url, read_only=True) as archive:
        assert len(list(captured.cited(archive))) == 8
