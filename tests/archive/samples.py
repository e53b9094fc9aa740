"""Invented articles, captures and pages for the tests of the archive."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from antara_crawler.archive import Archive, Named, runs
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.items import (
    Article,
    Capture,
    LeftOut,
    Link,
    Outcome,
    Page,
    Picture,
    Removed,
    State,
)

START = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
WITA = ZoneInfo("Asia/Makassar")
FEED = Page("kalsel", "feed", "https://kalsel.antaranews.com/rss/terkini.xml")


def at(hours: float) -> datetime:
    """Return the time so many hours after START."""
    return START + timedelta(hours=hours)


def address(number: int) -> str:
    return f"https://kalsel.antaranews.com/berita/{number}/judul-{number}"


def page(number: int, **more: Any) -> Page:
    return Page("kalsel", "article", address(number), "berita", number, **more)


def capture(number: int, seen: datetime = START, **more: Any) -> Capture:
    """A fetch of an article; another time makes another record with another payload."""
    name = f"{number} {seen.isoformat()}"
    digest = hashlib.sha256(name.encode()).hexdigest()
    made = Capture(
        url=address(number),
        status=200,
        captured_at=seen,
        file=f"kalsel-{seen:%Y%m%d%H%M%S%f}.warc.gz",
        offset=number * 1000,
        length=900,
        sha256=digest,
        payload_sha256=digest,
        etag=f'"{digest[:8]}"',
        last_modified="Sun, 01 Mar 2026 01:00:00 GMT",
    )
    return replace(made, **more)


def article(number: int = 496552, seen: datetime = START, **more: Any) -> Article:
    """An article with every field filled, fetched at `seen`."""
    made = Article(
        portal="kalsel",
        kind="berita",
        article_id=number,
        url=address(number),
        title=f"Warga desa {number} bangun jembatan bambu",
        paragraphs=(
            f"Warga desa {number} bergotong royong membangun jembatan bambu sejak Senin pagi.",
            "“Kami memakai bambu dari kebun sendiri,” kata Kepala Desa Rusmini.",
            "Jembatan itu selesai dalam tiga hari.",
        ),
        dateline="Barabai",
        dateline_text="Barabai (ANTARA) - ",
        published_at=datetime(2026, 2, 27, 23, 30, tzinfo=WITA),
        modified_at=datetime(2026, 2, 28, 6, 15, tzinfo=WITA),
        reporters=("Siti Rahmah", "Budi"),
        editors=("Hasan Z",),
        uploaders=("Rina",),
        section="Hulu Sungai Tengah",
        tags=("jembatan", "Gotong Royong"),
        images=(Picture("https://img.example/1.jpg", "Jembatan baru", "ANTARA/Budi"),),
        related=(
            Link("Desa tetangga perbaiki irigasi", "https://kalsel.antaranews.com/berita/1/x"),
            Link("Tanpa tautan", None),
        ),
        copyright="COPYRIGHT © ANTARA News Kalimantan Selatan 2026",
        rights="Dilarang keras mengambil konten",
        language="id",
        template="regional",
        removed=(Removed(3, 1, "“Kami memakai bambu dari kebun sendiri,” kata …", "single"),),
        left_out=(LeftOut(2, "Pewarta: Siti Rahmah\nEditor : Hasan Z", "byline"),),
        captures=(capture(number, seen),),
        seen_at=seen,
    )
    return replace(made, **more)


def start_run(archive: Archive, now: datetime = START) -> int:
    return runs.start(
        archive, portal="kalsel", command="crawl", arguments={}, software="test 1", now=now
    )


def numbers(pages: Sequence[Page]) -> list[int | None]:
    return [each.number for each in pages]


def due(named: Iterable[Named]) -> list[Page]:
    """Return those that a run is to ask for now."""
    return [each.page for each in named if each.standing == "due"]


def outcome(number: int, state: State, hours: float, **more: Any) -> Outcome:
    made = Outcome(page(number), state, f"because of {state}", seen_at=at(hours))
    return replace(made, **more)


def columns(archive: Archive, number: int, *names: Any) -> tuple[Any, ...]:
    with archive.reading() as connection:
        row = connection.execute(select(*names).where(Pages.number == number)).one()
    return tuple(row)
