"""The running portal: what it notes, and that each fault is the fault that it is called."""

import http.client
import subprocess
import sys
import urllib.error
import urllib.request
import zlib

import pytest

from tests.portal.faults import Faults
from tests.portal.model import Article
from tests.portal.server import PortalServer
from tests.portal.site import Site


def served(fault: str, **more: object) -> PortalServer:
    return PortalServer(Site(1, 40), Faults(**{fault: 1}, **more))  # type: ignore[arg-type]


def struck(portal: PortalServer) -> Article:
    """The article that the portal's one fault is laid on."""
    ((kind, number),) = portal.misbehaviour.plan
    return portal.site.article(number, kind)


def get(url: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Ask for a URL, following redirects; an error status is an answer as well."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=named), timeout=30) as got:
            return got.status, got.headers, got.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_every_request_is_noted_in_order_with_its_status() -> None:
    with PortalServer(Site(1, 12)) as portal:
        for path in ("/robots.txt", "/terkini?page=2", "/tidak-ada"):
            get(portal.url + path)
        noted = [(seen.path, seen.status) for seen in portal.requests]
        assert noted == [("/robots.txt", 200), ("/terkini?page=2", 200), ("/tidak-ada", 404)]
        assert portal.count("/terkini") == 1
        assert portal.requests[0].at <= portal.requests[1].at


def test_it_can_be_stopped_and_started_on_the_same_address() -> None:
    with PortalServer(Site(1, 12)) as portal:
        before = portal.url
        portal.stop()
        with pytest.raises(urllib.error.URLError):
            get(f"{portal.url}/terkini")
        portal.start()
        assert portal.url == before
        assert get(f"{portal.url}/terkini")[0] == 200
        assert portal.paths == ["/terkini"]


def test_conditional_requests_and_compression_work_over_the_wire() -> None:
    with PortalServer(Site(1, 12), compress=True) as portal:
        url = portal.url + portal.site.articles[0].path
        _, headers, body = get(url, Accept_Encoding="gzip")
        assert headers["Content-Encoding"] == "gzip"
        assert body[:2] == b"\x1f\x8b"
        assert get(url, If_None_Match=headers["ETag"])[0] == 304


@pytest.mark.parametrize("fault", ["e503", "e429", "reset_once", "slow", "wrong_charset"])
def test_a_patient_client_gets_the_article_in_spite_of(fault: str) -> None:
    with served(fault, times=2, slow_seconds=0.1) as portal:
        article = struck(portal)
        true = portal.site.respond(article.path).body
        bodies = []
        for _ in range(3):
            try:
                bodies.append(get(portal.url + article.path)[2])
            except (OSError, http.client.HTTPException):
                bodies.append(b"")
        assert bodies[-1] == true
        often = {"e503": 2, "e429": 2, "reset_once": 2}.get(fault, 0)
        assert [body == true for body in bodies] == [n >= often for n in range(3)]
        assert article.truth in portal.site.readable(portal.faults)


@pytest.mark.parametrize(
    ("fault", "status"),
    [("e503_for_ever", 503), ("soft_404", 200), ("redirect_home", 200), ("binary", 200)],
)
def test_no_request_ever_gets_the_article_with(fault: str, status: int) -> None:
    with served(fault) as portal:
        article = struck(portal)
        for path in (article.path, article.path, article.amp_path):
            got, _, body = get(portal.url + path)
            assert got == status
            assert article.truth["paragraphs"][0].encode() not in body
        assert article.truth not in portal.site.readable(portal.faults)


def test_too_many_requests_says_when_to_come_again() -> None:
    with served("e429", retry_after=7) as portal:
        status, headers, _ = get(portal.url + struck(portal).path)
        assert (status, headers["Retry-After"]) == (429, "7")


def test_a_wrong_charset_is_in_the_header_only() -> None:
    with served("wrong_charset") as portal:
        _, headers, body = get(portal.url + struck(portal).path)
        assert headers.get_content_charset() == "iso-8859-1"
        assert body.decode("utf-8")


def test_a_reset_breaks_the_connection_off() -> None:
    with served("reset") as portal, pytest.raises(ConnectionError):
        get(portal.url + struck(portal).path)


def test_a_cut_body_is_shorter_than_it_says() -> None:
    with served("cut_body") as portal, pytest.raises(http.client.IncompleteRead):
        get(portal.url + struck(portal).path)


def test_a_redirect_loop_leads_to_itself() -> None:
    with served("redirect_loop") as portal:
        get(portal.url + struck(portal).path)
        assert len({path.split("?")[0] for path in portal.paths}) == 1
        assert len(portal.paths) > 3


def test_a_huge_page_has_every_byte_that_it_says() -> None:
    with served("huge", huge_bytes=3_000_001) as portal:
        assert len(get(portal.url + struck(portal).path)[2]) == 3_000_001


def test_a_gzip_bomb_is_sound_gzip_of_the_size_it_says() -> None:
    with served("gzip_bomb", bomb_bytes=20_000_000) as portal:
        _, headers, body = get(portal.url + struck(portal).path)
        assert headers["Content-Encoding"] == "gzip"
        assert len(body) < 50_000
        opener = zlib.decompressobj(31)
        assert len(opener.decompress(body)) == 20_000_000
        assert opener.eof


def test_a_hanging_page_says_nothing_until_the_portal_stops() -> None:
    with served("hang") as portal:
        client = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=0.5)
        client.request("GET", struck(portal).path)
        with pytest.raises(TimeoutError):
            client.getresponse()
        client.close()


def test_bad_listings_always_name_a_next_page() -> None:
    faults = Faults(endless_listing=True, repeating_listing=True)
    with PortalServer(Site(1, 25), faults) as portal:
        first, late = (get(f"{portal.url}/khas{tail}")[2] for tail in ("", "/900"))
        assert portal.site.newest[0].path.encode() in late
        assert b">Next<" in first
        assert b">Next<" in late
        assert b'href="/sorotan/901"' in get(f"{portal.url}/sorotan/900")[2]


@pytest.mark.parametrize(
    ("robots", "status", "says"),
    [
        ("fine", 200, b"Disallow: /khusus"),
        ("disallow all", 200, b"Disallow: /\n"),
        ("5xx", 503, b""),
    ],
)
def test_robots_may_be_fine_forbidding_or_broken(robots: str, status: int, says: bytes) -> None:
    with PortalServer(Site(1, 12), Faults(robots=robots)) as portal:  # type: ignore[arg-type]
        got, _, body = get(f"{portal.url}/robots.txt")
        assert got == status
        assert says in body


def test_a_fault_can_be_laid_on_any_path() -> None:
    with PortalServer(Site(1, 30), Faults(on={"/terkini/2": "e503"})) as portal:
        statuses = [get(f"{portal.url}/terkini/2")[0] for _ in range(2)]
        assert statuses == [503, 200]


def test_a_flaky_portal_fails_each_path_at_most_once() -> None:
    with PortalServer(Site(1, 30), Faults(flaky=0.5)) as portal:
        first, second = (
            [get(portal.url + article.path)[0] for article in portal.site.articles]
            for _ in range(2)
        )
        assert {200, 503} == set(first)
        assert set(second) == {200}


def test_it_serves_from_the_command_line() -> None:
    command = [sys.executable, "-m", "tests.portal", "--articles", "12", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert get(f"{url}/terkini")[0] == 200
        process.terminate()
