"""`scrapy import` takes captures of other programs in, each with its own time and source."""

import json
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from antara_crawler.archive import Archive
from antara_crawler.archive.forgetting import Subject
from antara_crawler.archive.read.changes import Wanted
from antara_crawler.commands import verify
from antara_crawler.holdings.takedown import forget
from antara_crawler.warc import CaptureFiles
from tests.commands.library import Library
from tests.pages import building
from tests.scrapy_runs import Workplace

Output = pytest.CaptureFixture[str]
SOFTWARE = "Wget/1.21 (linux-gnu)"
REVISIT = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
OLD, LATER, LAST = "2023-10-18T01:00:00Z", "2023-10-19T01:00:00Z", "2023-10-20T01:00:00Z"
EDITED = building.page().replace("seratus orang", "dua ratus orang")


@dataclass
class Warc:
    """A file as another program writes it: SHA-1 digests, records of other sites."""

    path: Path

    def __enter__(self) -> "Warc":
        self._file = self.path.open("wb")
        self._out = WARCWriter(self._file, gzip=self.path.suffix == ".gz")
        about = self._out.create_warcinfo_record(self.path.name, {"software": SOFTWARE})
        self._out.write_record(about)
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def answer(self, url: str, html: str, date: str, status: str = "200 OK") -> None:
        http = StatusAndHeaders(status, [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = self._out.create_warc_record(
            url, "response", payload=BytesIO(html.encode()), http_headers=http,
            warc_headers_dict={"WARC-Date": date},
        )  # fmt: skip
        self._out.write_record(record)
        self.digest = record.rec_headers.get_header("WARC-Payload-Digest")

    def revisit(self, url: str, digest: str, before: str, date: str) -> None:
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = self._out.create_revisit_record(
            url, digest, url, before, http_headers=http, warc_headers_dict={"WARC-Date": date}
        )
        self._out.write_record(record)


def make(path: Path) -> Path:
    """An article in two wordings, seen again; a listing, another site, what is not there."""
    with Warc(path) as warc:
        warc.answer(building.URL, EDITED, LATER)
        digest = warc.digest
        warc.answer(building.URL, building.page(), OLD)
        warc.revisit(building.URL, digest, LATER, LAST)
        warc.answer("https://kalsel.antaranews.com/terkini", "<html>Terkini</html>", OLD)
        warc.answer("https://example.org/", "<html>Lain</html>", OLD)
        warc.answer(f"{building.URL}x/9", "<html>Tidak ada</html>", OLD, "404 Not Found")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Library:
    return Library(Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db"))


def taken(library: Library, *words: str) -> int:
    return library.call(import_module("antara_crawler.commands.import").Command(), *words)


@pytest.mark.parametrize("name", ["old.warc.gz", "old.warc", "old.wacz"])
@pytest.mark.parametrize("copy", [False, True])
def test_an_old_capture_joins_the_article_s_history(
    empty: Library, tmp_path: Path, capsys: Output, name: str, copy: bool
) -> None:
    path = make(tmp_path / ("in.warc.gz" if name == "old.wacz" else name))
    if name == "old.wacz":
        with zipfile.ZipFile(tmp_path / name, "w") as package:
            package.write(path, "archive/data.warc.gz")
            package.writestr("datapackage.json", "{}")
        path = tmp_path / name
    words = (str(path), *(["--copy"] if copy else []))
    assert taken(empty, *words) == 0
    told = capsys.readouterr().out
    assert "1 new, 1 other wordings, 1 seen unchanged, 0 known before, 0 unreadable" in told
    assert "6 answers: 3 articles, 2 other pages of the portals, 1 of other sites" in told
    with Archive.open(empty.place.archive_url) as archive:
        article = archive.article("kalsel/berita/375001")
        [change] = archive.changes(Wanted(), limit=10)
    assert article is not None and "dua ratus" in article.paragraphs[1]
    assert [each.captured_at.day for each in article.captures] == [18, 19, 20]
    assert {each.source for each in article.captures} == {SOFTWARE}
    assert all(each.file.startswith("imported/") for each in article.captures)
    assert (article.first_seen_at.day, article.last_seen_at.day) == (18, 20)
    assert (change.kinds, change.happened_at) == (
        ("number",),
        datetime(2023, 10, 19, 1, tzinfo=UTC),
    )
    place = tmp_path / "captures" / article.captures[0].file
    assert place.is_symlink() == (not copy and name != "old.wacz")
    assert taken(empty, *words) == 0
    assert "0 new, 0 other wordings, 0 seen unchanged, 3 known before" in capsys.readouterr().out
    assert empty.call(verify.Command()) == 0


def test_what_is_damaged_is_told_and_the_rest_is_taken_in(
    empty: Library, tmp_path: Path, capsys: Output
) -> None:
    path = make(tmp_path / "torn.warc.gz")
    path.write_bytes(path.read_bytes()[:-60])
    assert taken(empty, str(path)) == 4
    shown = capsys.readouterr()
    assert "1 new, 1 other wordings" in shown.out
    assert "1 damaged" in shown.out
    assert "torn-" in shown.err


def test_a_capture_of_a_day_to_come_is_told_and_not_taken_for_the_newest(
    empty: Library, tmp_path: Path, capsys: Output
) -> None:
    with Warc(tmp_path / "ahead.warc.gz") as warc:
        warc.answer(building.URL, building.page(), OLD)
        warc.answer(building.URL, EDITED, "2912-01-01T00:00:00Z")
    assert taken(empty, str(warc.path)) == 4
    shown = capsys.readouterr()
    assert "1 new, 0 other wordings" in shown.out
    assert "its date is in the future" in shown.err


@pytest.mark.parametrize(
    ("name", "content"),
    [("no.wacz", b"PK"), ("empty.warc.gz", b""), ("text.warc", b"no record at all")],
)
def test_what_is_no_capture_file_is_told_in_one_line(
    empty: Library, tmp_path: Path, capsys: Output, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert taken(empty, str(path)) == 4
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_package_whose_file_is_not_the_one_that_it_lists_is_refused(
    empty: Library, tmp_path: Path, capsys: Output
) -> None:
    path = tmp_path / "old.wacz"
    warc = make(tmp_path / "in.warc.gz").read_bytes()
    for digest, status in ((sha256(warc).hexdigest(), 0), ("0" * 64, 4)):
        listed = {"path": "archive/data.warc.gz", "hash": f"sha256:{digest}"}
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("archive/data.warc.gz", warc)
            package.writestr("datapackage.json", json.dumps({"resources": [listed]}))
        assert taken(empty, str(path)) == status
    assert "archive/data.warc.gz is not the file that datapackage.json" in capsys.readouterr().err


def test_a_file_that_stays_where_it_is_is_not_written_to_when_an_article_is_forgotten(
    empty: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make(tmp_path / "old.warc.gz")
    before = path.read_bytes()
    assert taken(empty, str(path)) == 0
    with Archive.open(empty.place.archive_url) as archive:
        found = archive.article("kalsel/berita/375001")
        assert found is not None
        subject = Subject("kalsel", "berita", 375001, found.id)
        wiped = forget(
            archive, CaptureFiles(tmp_path / "captures", "here"), subject, reason=None, by="test"
        )
        assert archive.article("kalsel/berita/375001") is None
    assert any(str(path) in line for line in wiped.left)
    assert path.read_bytes() == before
    capsys.readouterr()
    assert taken(empty, str(path)) == 0
    assert "3 removed on request, and not taken in" in capsys.readouterr().out


def test_a_file_that_was_linked_to_is_copied_when_that_is_asked_for(
    empty: Library, tmp_path: Path
) -> None:
    path = make(tmp_path / "old.warc.gz")
    assert taken(empty, str(path)) == 0
    [kept] = (tmp_path / "captures" / "imported").iterdir()
    assert kept.is_symlink()
    assert taken(empty, "--copy", str(path)) == 0
    assert not kept.is_symlink()
    assert kept.read_bytes() == path.read_bytes()
