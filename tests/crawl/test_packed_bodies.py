"""A body that was cut short on its way is never taken for an article, live or replayed."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from antara_crawler.archive import Archive, Frontier
from antara_crawler.crawl.fetch.bodies import Unpacking
from antara_crawler.unanswered import Damaged
from antara_crawler.warc import CaptureWriter, Exchange
from tests.crawl.truth import assert_exact
from tests.portal import Faults, PortalServer, Site
from tests.scrapy_runs import Workplace

URL = "https://kalsel.antaranews.com/berita/1/a"
PAGE = b"<html><p>Satu. Dua. Tiga.</p></html>"


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str) -> Workplace:
    return Workplace(tmp_path, sqlite_url)


def unpacked(response: Response) -> Response:
    return Unpacking(1_000_000).process_response(Request(URL), response)


def test_a_packed_body_reaches_the_spider_unpacked_and_without_its_coding() -> None:
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"}
    answer = unpacked(HtmlResponse(URL, 200, headers, gzip.compress(PAGE)))
    assert answer.body == PAGE
    assert "Content-Encoding" not in answer.headers


def test_a_body_cut_short_is_damaged_and_a_failure() -> None:
    with pytest.raises(Damaged, match="gzip data ends too early"):
        unpacked(Response(URL, 200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE)[:-4]))
    with pytest.raises(Damaged, match="36 bytes of 37"):
        unpacked(Response(URL, 200, {"Content-Length": "37"}, PAGE))


@pytest.mark.parametrize("status", [304, 404, 503])
def test_an_answer_that_nobody_reads_is_known_by_its_status(status: int) -> None:
    answer = Response(URL, status, {"Content-Encoding": "gzip", "Content-Length": "9"}, b"\x1f")
    assert unpacked(answer) is answer


def packed_site(place: Workplace, site: Site, cut: str) -> Path:
    """Write what a portal answered into captures, gzipped; the page at `cut` broke off."""
    writer = CaptureWriter(place.folder / "given", "kalsel", software="tests")
    for path in ("/robots.txt", "/rss/terkini.xml", "/terkini", *(a.path for a in site.articles)):
        reply = site.respond(path, "")
        body = gzip.compress(reply.body, mtime=0)
        writer.append(
            Exchange(
                url=f"https://kalsel.antaranews.com{path}",
                status=reply.status,
                fetched_at=datetime.now(UTC),
                body=body[: len(body) // 2] if path == cut else body,
                response_headers=((b"Content-Encoding", b"gzip"),),
            ),
            None,
        )
    writer.close()
    return place.folder / "given"


def test_a_replayed_body_that_breaks_off_is_no_article(place: Workplace) -> None:
    site = Site(seed=51, articles=6)
    cut = site.articles[2].path
    given = packed_site(place, site, cut)
    ended = place.run("crawl", "kalsel", "-a", f"captures={given}")
    assert ended.status == 4, ended.err
    with Archive.open(place.archive_url, read_only=True) as archive:
        failures = {failure.url: failure.reason for failure in Frontier(archive).failures()}
    reason = failures[f"https://kalsel.antaranews.com{cut}"] or ""
    assert reason.endswith("cut short: its gzip data ends too early")
    records = place.records()
    assert records
    assert not [record for record in records if record["url"].endswith(cut)]


def test_a_live_body_shorter_than_its_length_is_no_article(place: Workplace) -> None:
    site = Site(seed=52, articles=6)
    with PortalServer(site, Faults(cut_body=1), compress=True) as portal:
        ended = place.crawl(portal.url, "-s", "RETRY_TIMES=0")
        readable = site.readable(portal.faults)
    assert ended.status == 4, ended.err
    assert_exact(readable, place.records())
