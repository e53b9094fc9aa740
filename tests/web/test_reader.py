"""What the reader keeps of the archive, and how it comes by news."""

from datetime import timedelta
from pathlib import Path

import httpx
from sqlalchemy import text

from antara_crawler.archive import Archive, Writer
from antara_crawler.web.reader import Reader
from tests.archive.samples import article, start_run
from tests.scrapy_runs import wait_for
from tests.web.pages import see
from tests.web.samples import SEEN, Keeper, bridge, make
from tests.web.serving import serving


def test_counts_of_a_growing_archive_are_renewed_behind_the_readers_back(tmp_path: Path) -> None:
    url = make(f"sqlite:///{tmp_path}/archive.db", tmp_path / "captures", 1).url
    with Archive.open(url, read_only=True) as archive, Archive.open(url) as other:
        reader = Reader(archive, tmp_path, keep_seconds=0)
        before = reader.overview().articles
        Writer(other, "test 1").write([article(5)], start_run(other))
        wait_for(lambda: reader.overview().articles != before)
        assert reader.overview().articles == before + 1


def test_an_index_of_other_software_is_told(tmp_path: Path) -> None:
    url = make(f"sqlite:///{tmp_path}/archive.db", tmp_path / "captures", 1).url
    with Archive.open(url) as other, other.writing() as connection:
        connection.execute(text("UPDATE search_state SET software = 'older'"))
    with (
        Archive.open(url, read_only=True) as archive,
        serving(archive, tmp_path) as address,
        httpx.Client(base_url=address, trust_env=False) as web,
    ):
        assert "scrapy search --rebuild-index" in see(web, "/", q="banjir").text(".notice")


def test_of_many_captures_the_last_are_shown_and_all_can_be_had(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/archive.db"
    with Archive.open(url, create=True) as archive:
        keeper = Keeper(archive, tmp_path)
        for days in range(8):
            row = keeper.keep(bridge(), SEEN + timedelta(days=days), f"<p>{days}</p>".encode())
        keeper.end()
    with (
        Archive.open(url, read_only=True) as archive,
        serving(archive, tmp_path) as address,
        httpx.Client(base_url=address, trust_env=False) as web,
    ):
        shown = see(web, f"/articles/{row}")
        assert shown.texts(".facts section > .captures a")[0] == "8 Maret 2026 pukul 09.00 WITA"
        assert len(shown.texts(".facts section > .captures a[download]")) == 5
        assert shown.text(".captures + details summary") == "3 lagi"
        links = shown.page.css(".captures a[download]::attr(href)").getall()
        assert len(set(links)) == 8
        assert {web.get(link).status_code for link in links} == {200}
