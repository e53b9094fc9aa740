"""What the reader promises about pages, queries and visitors it cannot trust."""

import sqlite3
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antara_crawler.archive import Archive
from antara_crawler.errors import NotWritable
from tests.archive.samples import start_run
from tests.examples import examples
from tests.web.pages import Shown, see, unsafe
from tests.web.samples import SCRIPT, Sample, make
from tests.web.serving import serving

QUERIES = [
    "",
    " ",
    '"',
    '"banjir',
    "'; DROP TABLE articles; --",
    "' OR 1=1 --",
    "banjir AND",
    "NOT NOT NOT",
    "NEAR(banjir, 5",
    "title:banjir",
    "author:",
    "since:kemarin until:9999-99-99",
    "since:0001-01-01 until:9999-12-31",
    "(((((",
    "* ^ + - ~ | & ! <->",
    "-",
    "-banjir",
    "--",
    "\0",
    "ban\0jir",
    "\ufeff\u200b\u202e",
    "\U0001f30a\U0001f6f6",
    "a\u0301" * 300,
    "%",
    "%%%00",
    "\\",
    "\r\nSet-Cookie: a=b",
    SCRIPT,
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "http://",
    "http://[",
    "https://kalsel.antaranews.com:99999999/berita/1",
    "https://kalsel.antaranews.com/berita/99999999999999999999999999/x",
    "{{ 7*7 }}{% include 'x' %}",
    "banjir " * 1400,
    "x" * 10_000,
    "\U0001f30a" * 5_000,
    "'\"`<>&" * 1500,
    "٣" * 50,
    "9" * 400,
]
PATHS = [
    "/",
    "/coverage",
    "/runs",
    "/atom?q=banjir",
    "/reader.css",
    "/icon.svg",
    "/nichts",
    "/api/search",
    "/api/overview",
    "/api/openapi.json",
    "/api/nichts",
    "/api/articles/x",
    "/?since=x",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_forbids_all_but_our_own_style(web: httpx.Client, path: str) -> None:
    headers = web.get(path).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers
    assert "server" not in headers


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil:80", "", "[::1]", "10.0.0.1",
     "127.0.0.1:8000@evil.com", "localhost:", "localhost:80:80", "localhost:8a", "localhost:123456",
     "user@localhost:80", "localhost/evil.com"],
)  # fmt: skip
def test_a_foreign_name_for_this_machine_is_refused(web: httpx.Client, host: str) -> None:
    for path in ("/", "/api/overview"):
        answer = web.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert "artikel" not in answer.text
        assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1"])
def test_this_machine_by_its_own_names_is_answered(web: httpx.Client, host: str) -> None:
    assert web.get("/runs", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_nothing_can_be_sent_to_it(web: httpx.Client, method: str) -> None:
    for path in ("/", "/articles/1", "/api/search", "/api/articles/1"):
        assert web.request(method, path).status_code == 405


def test_no_page_loads_anything_from_elsewhere(web: httpx.Client, sample: Sample) -> None:
    for path in ("/", "/coverage", "/runs", f"/articles/{sample.bridge}"):
        shown = see(web, path)
        assert unsafe(shown) == []
        loaded = shown.page.css("link::attr(href), [src]::attr(src), form::attr(action)").getall()
        assert loaded
        assert all(address.startswith("/") and address[1:2] != "/" for address in loaded)
    assert "url(" not in web.get("/reader.css").text
    assert "@import" not in web.get("/reader.css").text


def test_markup_in_an_article_stays_text(web: httpx.Client, sample: Sample) -> None:
    for path in (
        f"/articles/{sample.hostile}",
        f"/articles/{sample.hostile}/diff",
        "/?q=terapung",
        "/coverage",
        "/runs",
        f"/articles/{sample.hostile}?lang=en",
    ):
        assert unsafe(see(web, path)) == []
    shown = see(web, f"/articles/{sample.hostile}")
    assert SCRIPT in shown.text("h1")
    assert "{{ 7 * 7 }} {% raw %} ${7*7} &lt;b&gt;" in shown.texts(".body p")
    tag = see(web, shown.link('" onmouseover'))
    assert unsafe(tag) == []
    assert urlsplit(str(shown.answer.url)).path in tag.page.css("h3 a::attr(href)").getall()


def test_the_longest_query_is_answered(reader: str) -> None:
    parts = urlsplit(reader)
    connection = HTTPConnection(
        parts.hostname or "", parts.port, timeout=60
    )  # httpx stops at 64 kB
    connection.request("GET", "/?q=" + quote("\U0001f30a" * 10_000))
    assert connection.getresponse().status == 200
    connection.close()


def ask_everywhere(web: httpx.Client, text: str) -> None:
    for path, name in (("/", "q"), ("/", "tag"), ("/", "portal"), ("/coverage", "section")):
        answer = web.get(path, params={name: text}, follow_redirects=True)
        assert answer.status_code in (200, 404, 422), (path, name, answer.status_code)
        assert unsafe(Shown(answer)) == []
    for path, name in (("/api/search", "q"), ("/api/search", "author"), ("/api/runs", "portal")):
        answer = web.get(path, params={name: text})
        assert answer.status_code in (200, 422), (path, name, answer.status_code)


@pytest.mark.parametrize("query", QUERIES, ids=lambda text: repr(text[:24]))
def test_any_text_is_a_question(web: httpx.Client, query: str) -> None:
    assert web.get("/", params={"q": query}, follow_redirects=True).status_code == 200
    assert web.get("/api/search", params={"q": query}).status_code == 200
    ask_everywhere(web, query)


LETTERS = st.characters(codec="utf-8")
PIECES = st.sampled_from([*QUERIES[1:30], "banjir", "jembatan", "Awang", "author:", "tag:", " "])
HOSTILE = st.one_of(st.text(LETTERS, max_size=80), st.lists(PIECES, max_size=6).map("".join))


@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE)
def test_no_query_brings_it_down_or_escapes(web: httpx.Client, text: str) -> None:
    shown = see(web, "/", q=text)
    assert unsafe(shown) == []


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE)
def test_no_text_brings_any_page_down(web: httpx.Client, text: str) -> None:
    ask_everywhere(web, text)


@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["/?q=", "/articles/", "/coverage?year=", "/?page=", "/api/articles/", "/"]),
    st.binary(max_size=40),
)
def test_no_bytes_in_an_address_bring_it_down(web: httpx.Client, start: str, tail: bytes) -> None:
    answer = web.get(start + "".join(f"%{byte:02x}" for byte in tail))
    assert answer.status_code < 500


def test_the_same_questions_do_no_harm_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    sample = make(postgres_url, tmp_path / "captures", 12)
    with (
        Archive.open(sample.url, read_only=True) as archive,
        serving(archive, sample.captures) as url,
        httpx.Client(base_url=url, timeout=60, trust_env=False) as web,
    ):
        for query in QUERIES:
            ask_everywhere(web, query)
        for path in ("/", "/coverage", "/runs", f"/articles/{sample.bridge}/diff", "/api/overview"):
            assert web.get(path, follow_redirects=True).status_code == 200
        for number in (2**31, 2**63 - 1, 2**63, 10**40):
            assert web.get(f"/articles/{number}").status_code == 404
            assert web.get(f"/api/articles/{number}").status_code in (404, 422)
        with pytest.raises(NotWritable, match="read-only"):
            start_run(archive)


def test_the_database_itself_refuses_to_write(sample: Sample) -> None:
    with (
        Archive.open(sample.url, read_only=True) as archive,
        pytest.raises(NotWritable, match="read-only"),
    ):
        start_run(archive)


def test_an_archive_that_is_locked_gives_a_page_that_says_so(tmp_path: Path) -> None:
    sample = make(f"sqlite:///{tmp_path}/archive.db", tmp_path / "captures", 4)
    with (
        Archive.open(sample.url, read_only=True, lock_timeout=0.1) as archive,
        serving(archive, sample.captures) as url,
        httpx.Client(base_url=url, timeout=60, trust_env=False) as web,
    ):
        archive.engine.dispose()
        other = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        shown = see(web, "/", 503)
        assert shown.text("h1") == "Arsip sedang sibuk"
        assert shown.answer.headers["retry-after"] == "5"
        assert shown.answer.headers["x-content-type-options"] == "nosniff"
        answer = web.get("/api/search?q=banjir")
        assert answer.status_code == 503
        assert "locked by another program" in answer.json()["detail"]
        other.close()
        assert see(web, "/").page.css(".hits li")


def test_a_damaged_row_and_an_error_of_ours_are_told_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = make(f"sqlite:///{tmp_path}/archive.db", tmp_path / "captures", 4)
    with (
        Archive.open(sample.url, read_only=True) as archive,
        serving(archive, sample.captures) as url,
        httpx.Client(base_url=url, timeout=60, trust_env=False) as web,
    ):
        other = sqlite3.connect(tmp_path / "archive.db")
        other.execute("UPDATE articles SET first_seen_at = 'x' WHERE id = 1")
        other.commit()
        other.close()
        shown = see(web, "/articles/1", 500)
        assert shown.text("h1") == "Terjadi kesalahan"
        assert "scrapy verify" in shown.answer.text
        assert "Traceback" not in shown.answer.text
        assert shown.answer.headers["x-content-type-options"] == "nosniff"
        answer = httpx.get(f"{url}/api/articles/1", trust_env=False)
        assert "damaged" in answer.json()["detail"]
        monkeypatch.setattr(archive, "article", None)
        answer = httpx.get(f"{url}/api/articles/1", trust_env=False)
        assert answer.json() == {"detail": "an error of this program; see the terminal"}


def test_a_capture_that_is_gone_or_damaged_is_told(tmp_path: Path) -> None:
    sample = make(f"sqlite:///{tmp_path}/archive.db", tmp_path / "captures", 4)
    with (
        Archive.open(sample.url, read_only=True) as archive,
        serving(archive, sample.captures) as url,
        httpx.Client(base_url=url, timeout=60, trust_env=False) as web,
    ):
        article = archive.article(sample.bridge)
        assert article is not None
        path = f"/articles/{sample.bridge}/captures/{article.captures[0].id}"
        [file] = sample.captures.glob("*.warc.gz")
        content = bytearray(file.read_bytes())
        content[article.captures[0].offset + 20] ^= 1
        file.write_bytes(content)
        assert "SHA-256-nya berbeda" in see(web, path, 404).text("code")
        file.unlink()
        assert see(web, path, 404).text("h1") == "Salinan asli tidak dapat dibaca"
