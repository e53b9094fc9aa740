"""An archive as the reader finds it: invented articles, read and stored by our own code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from antara_crawler.archive import Archive, Writer, runs
from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Article, Link, Outcome, Page, Picture, Removed
from antara_crawler.pages import read_article
from antara_crawler.portals import portal
from antara_crawler.text import without_repeats
from antara_crawler.warc import CaptureWriter, Exchange
from tests.portal import Site

WITA = ZoneInfo("Asia/Makassar")
SEEN = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
SOFTWARE = "test 1"
HOST = "https://kalsel.antaranews.com"
SCRIPT = "<script>document.title='taken'</script>"
RUN_BY_SCRIPT = "javascript:document.title='taken'"


@dataclass(frozen=True)
class Sample:
    """An archive and its captures, with the row ids of the articles that tests open."""

    url: str
    captures: Path
    bridge: int
    hostile: int
    gone: int
    related: int


class Keeper:
    """Keeps articles as a crawl does: the raw record first, then the rows."""

    def __init__(self, archive: Archive, captures: Path) -> None:
        self._captures = CaptureWriter(captures, "kalsel", software=SOFTWARE)
        self._writer = Writer(archive, SOFTWARE)
        self._archive = archive
        self.run = runs.start(
            archive, portal="kalsel", command="crawl", arguments={}, software=SOFTWARE, now=SEEN
        )

    def keep(self, article: Article, seen: datetime, body: bytes) -> int:
        """Store an article with a raw record of its page; return its row id."""
        capture = self._captures.append(Exchange(article.url or HOST, 200, seen, body))
        self._captures.sync()
        whole = replace(article, captures=(capture,), seen_at=seen)
        return self.write([whole])[0] or 0

    def write(self, batch: Sequence[Article | Outcome]) -> list[int | None]:
        return [stored.article_pk for stored in self._writer.write(batch, self.run)]

    def end(self) -> None:
        counts = {"new": 72, "revised": 2, "unchanged": 11, "failed": 2, "repeats_removed": 140}
        runs.finish(
            self._archive,
            self.run,
            status="finished",
            exit_status=4,
            counts=counts,
            now=SEEN + timedelta(minutes=7, seconds=12),
        )
        self._captures.close()


def make(url: str, folder: Path, articles: int = 60) -> Sample:
    """Make the archive at `url`; captures go into `folder`."""
    with Archive.open(url, create=True) as archive:
        keeper = Keeper(archive, folder)
        related = keep_site(keeper, Site(seed=21, articles=articles))
        found = Sample(
            url,
            folder,
            bridge=_bridge(keeper),
            hostile=keeper.keep(hostile(), SEEN, SCRIPT.encode()),
            gone=_gone(keeper),
            related=related,
        )
        keeper.write(list(_failures()))
        keeper.end()
        started = partial(
            runs.start, archive, portal="kalsel", arguments={}, software=SOFTWARE, now=SEEN
        )
        looked = started(command="verify")
        runs.finish(archive, looked, status="finished", exit_status=4, counts={}, now=SEEN)
        started(command="crawl")
    return found


def keep_site(keeper: Keeper, site: Site) -> int:
    """Store the articles of a generated portal; return one whose related articles are there."""
    rows: dict[str, int] = {}
    linked = 0
    for truth in site.truth:
        address = str(truth["url"])
        reply = site.respond(urlsplit(address).path, "page=all")
        try:
            article = read_article(reply.body.decode(), address, portal(site.portal))
        except UnreadablePage:
            continue
        kept, removed = without_repeats(article.paragraphs, article.dateline_text)
        rows[address] = keeper.keep(
            replace(article, paragraphs=kept, removed=removed), SEEN, reply.body
        )
        if any(link.url in rows for link in article.related):
            linked = rows[address]
    return linked


def bridge() -> Article:
    """An article with every field, as first seen; it is revised twice."""
    return Article(
        portal="kalsel",
        kind="berita",
        article_id=496552,
        url=f"{HOST}/berita/496552/warga-awang-landas-bangun-jembatan-bambu",
        title="Warga Awang Landas bangun jembatan bambu sepanjang 40 meter",
        paragraphs=(
            "Warga Desa Awang Landas bergotong royong membangun jembatan bambu sejak Senin pagi"
            " setelah jembatan lama hanyut terbawa banjir.",
            "“Kami memakai bambu dari kebun sendiri,” kata Kepala Desa Rusmini di Barabai, Selasa.",
            "Jembatan itu menghubungkan dua dusun dan dilalui sekitar 300 warga setiap hari.",
            "Pemerintah kabupaten berjanji mengganti lantai jembatan dengan pelat baja pada 2024.",
        ),
        dateline="Barabai",
        dateline_text="Barabai (ANTARA) - ",
        published_at=datetime(2023, 10, 17, 15, 47, tzinfo=WITA),
        modified_at=datetime(2023, 10, 17, 18, 5, tzinfo=WITA),
        reporters=("Siti Rahmah", "Budi Hartono"),
        editors=("Hasan Z",),
        uploaders=("Rina",),
        section="Hulu Sungai Tengah",
        tags=("jembatan bambu", "Gotong Royong", "Barabai"),
        images=(
            Picture(
                "https://img.antaranews.com/jembatan.jpg",
                "Warga mengikat bambu untuk lantai jembatan di Desa Awang Landas, Senin (16/10).",
                "ANTARA/Budi Hartono",
            ),
        ),
        related=(
            Link("Desa tetangga perbaiki irigasi", f"{HOST}/berita/1234567/irigasi"),
            Link("Relawan kirim beras ke Barabai", None),
        ),
        copyright="COPYRIGHT © ANTARA News Kalimantan Selatan 2023",
        language="id",
        template="regional",
        removed=(
            Removed(
                4,
                2,
                "Jembatan itu menghubungkan dua dusun dan dilalui sekitar 300 warga setiap hari.",
                "single",
            ),
        ),
    )


def hostile() -> Article:
    """An article of a page that wants to run a script in the reader's browser."""
    return Article(
        portal="kalsel",
        kind="berita",
        article_id=496666,
        url=f"{HOST}/berita/496666/pasar",
        title=f"Pasar {SCRIPT} \"terapung\" & 'murah'",
        paragraphs=(
            f"Pedagang pasar terapung {SCRIPT} menjual ikan.",
            "<img src=x onerror=\"document.title='taken'\"> dan </p></main> & seterusnya.",
            "{{ 7 * 7 }} {% raw %} ${7*7} &lt;b&gt;",
        ),
        dateline=f"Banjarmasin{SCRIPT}",
        published_at=datetime(2024, 5, 4, 9, 0, tzinfo=WITA),
        reporters=(f'"><svg onload="{RUN_BY_SCRIPT}">',),
        section=f"<b>Kota</b>{SCRIPT}",
        tags=('" onmouseover="alert(1)', SCRIPT),
        images=(Picture(RUN_BY_SCRIPT, SCRIPT, SCRIPT), Picture("data:text/html,x", "b", None)),
        related=(Link(SCRIPT, RUN_BY_SCRIPT), Link("Tautan", "vbscript:msgbox")),
        copyright=SCRIPT,
        removed=(Removed(3, 0, SCRIPT, "single"),),
    )


def _bridge(keeper: Keeper) -> int:
    first = bridge()
    row = keeper.keep(first, SEEN, b"<p>1</p>")
    second = replace(
        first,
        title="Warga Awang Landas bangun jembatan bambu sepanjang 45 meter",
        paragraphs=(
            first.paragraphs[0],
            first.paragraphs[1].replace("kebun sendiri", "kebun warga dan sumbangan desa tetangga"),
            "Pekerjaan itu selesai dalam tiga hari.",
            *first.paragraphs[2:],
        ),
        removed=(replace(first.removed[0], position=5, repeats=3),),
    )
    keeper.keep(second, SEEN + timedelta(days=2), b"<p>2</p>")
    third = replace(second, paragraphs=second.paragraphs[:-1])
    keeper.keep(third, SEEN + timedelta(days=9), b"<p>3</p>")
    return row


def _gone(keeper: Keeper) -> int:
    article = replace(bridge(), article_id=400404, url=f"{HOST}/berita/400404/x", title="Hilang")
    row = keeper.keep(article, SEEN, b"<p>x</p>")
    page = Page("kalsel", "article", f"{HOST}/berita/400404/x", "berita", 400404)
    for days in (1, 2):  # gone after a second look on another day
        keeper.write([Outcome(page, "gone", "404", 404, seen_at=SEEN + timedelta(days=days))])
    return row


def _failures() -> Sequence[Outcome]:
    pages = [
        Page("kalsel", "article", f"{HOST}/berita/{n}/gagal-{n}", "berita", n)
        for n in (777001, 777002)
    ]
    return (
        Outcome(pages[0], "failed", "the host answered 503", 503, seen_at=SEEN),
        Outcome(pages[1], "unreadable", f"no template reads it {SCRIPT}", 200, seen_at=SEEN),
    )
