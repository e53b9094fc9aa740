"""A crawl that is asked to stop ends soon and in order, and the next one does the rest."""

import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from antara_crawler.archive import Archive, Frontier, runs
from tests.crawl.truth import assert_exact
from tests.faults.evidence import assert_all_is_accounted_for, assert_cited_is_there, assert_sound
from tests.portal import Faults, PortalServer, Site
from tests.portal.misbehave import Misbehaviour
from tests.scrapy_runs import Workplace, wait_for


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")


def mend(portal: PortalServer) -> None:
    """Let the portal answer everything from now on."""
    portal.faults = Faults()
    portal.misbehaviour = Misbehaviour(portal.site, portal.faults, portal.stopping)


def crawl(place: Workplace, url: str, *words: str) -> subprocess.Popen[str]:
    return place.start("crawl", "kalsel", "-a", f"base_url={url}", *words)


def last_run(place: Workplace) -> runs.Run:
    with Archive.open(place.archive_url, read_only=True) as archive:
        return runs.last(archive)[0]


@pytest.mark.parametrize(
    ("how", "pause", "more"),
    [
        (signal.SIGTERM, "0", ()),
        (signal.SIGINT, "0", ("-s", "STOP_GRACE=0.5")),
        (signal.SIGTERM, "600", ()),
    ],
    ids=["SIGTERM", "Ctrl-C", "SIGTERM in a pause"],
)
def test_a_signal_ends_a_crawl_although_the_portal_hangs(
    place: Workplace, how: signal.Signals, pause: str, more: tuple[str, ...]
) -> None:
    site = Site(seed=21, articles=18)
    hanging = "/terkini/2" if pause == "0" else "/no/such"
    with PortalServer(site, Faults(on={hanging: "hang"})) as portal:
        process = crawl(
            *(place, portal.url, "-s", f"DOWNLOAD_DELAY={pause}", "-s", "DOWNLOAD_TIMEOUT=600"),
            *more,
        )
        wait_for(lambda: (hanging if pause == "0" else "/robots.txt") in portal.paths)
        process.send_signal(how)
        _, err = process.communicate(timeout=120)  # and not the 600 s that Scrapy would wait
        assert process.returncode == 0, err
        assert "stopped as asked" in err
        assert "Traceback" not in err
        run = last_run(place)
        assert (run.status, run.exit_status) == ("stopped", 0)
        assert run.finished_at is not None
        assert len(place.records()) == run.counts["entries"]["new"]
        assert_all_is_accounted_for(place.archive_url, place.folder / "captures")
        mend(portal)
        assert place.crawl(portal.url).status == 0
    assert_exact(site.truth, place.records())
    assert_cited_is_there(place.archive_url, place.folder / "captures")
    assert_sound(place.archive_url)


def test_what_a_stopped_crawl_left_is_no_failure(place: Workplace) -> None:
    site = Site(seed=22, articles=14)
    with PortalServer(site, Faults(on={"/terkini/2": "hang"})) as portal:
        process = crawl(place, portal.url, "-s", "DOWNLOAD_DELAY=0", "-s", "STOP_GRACE=0.1")
        wait_for(lambda: "/terkini/2" in portal.paths)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)
    with Archive.open(place.archive_url, read_only=True) as archive:
        failures = Frontier(archive).failures()
    assert {failure.reason for failure in failures} <= {"Forbidden by robots.txt"}


def test_a_second_ctrl_c_ends_a_crawl_at_once_and_says_so(place: Workplace) -> None:
    log = place.folder / "log"
    site = Site(seed=22, articles=12)
    with PortalServer(site, Faults(on={"/terkini/2": "hang"})) as portal, log.open("w") as errors:
        words = ("-s", "DOWNLOAD_DELAY=0", "-s", "STOP_GRACE=600", "-s", "DOWNLOAD_TIMEOUT=600")
        url = f"base_url={portal.url}"
        process = place.start("crawl", "kalsel", "-a", url, *words, stderr=errors)
        wait_for(lambda: "/terkini/2" in portal.paths)
        process.send_signal(signal.SIGINT)
        wait_for(lambda: "Closing spider (shutdown)" in log.read_text())
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=120) == 130
        assert "scrapy crawl: ended at once: what is stored is safe" in log.read_text()
        assert "Traceback" not in log.read_text()
        mend(portal)
        assert place.crawl(portal.url).status == 0
    assert_exact(site.truth, place.records())


def test_a_signal_at_the_very_start_is_not_lost(place: Workplace) -> None:
    with PortalServer(Site(seed=23, articles=60)) as portal:
        process = crawl(place, portal.url, "-s", "DOWNLOAD_DELAY=0.2")
        wait_for((place.folder / "archive.db").exists)  # the crawl is being opened
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert "stopped as asked" in err
    assert last_run(place).status == "stopped"


def test_a_host_that_dies_in_mid_crawl_ends_it_early(place: Workplace) -> None:
    site = Site(seed=24, articles=40)
    with PortalServer(site) as portal:
        process = crawl(place, portal.url, "-s", "DOWNLOAD_DELAY=0.02")
        wait_for(lambda: len(portal.requests) > 30)
        portal.stop()
        _, err = process.communicate(timeout=120)
        assert process.returncode == 4, err
        assert "does not answer any more" in err
        stored = len(place.records())
        assert 0 < stored < len(site.truth)
        portal.start()
        assert place.crawl(portal.url).status in (0, 4)
        assert len(place.records()) > stored


def test_a_few_broken_pages_in_a_row_are_not_taken_for_a_dead_host(place: Workplace) -> None:
    site = Site(seed=25, articles=40)
    faults = Faults(reset=12)
    with PortalServer(site, faults) as portal:
        ended = place.crawl(portal.url, "-s", "UNREACHABLE_AFTER=2")
    assert ended.status == 4, ended.err
    assert "does not answer any more" not in ended.err
    assert len(place.records()) == len(site.readable(faults)) == 28


def nobody_listens() -> tuple[str, Callable[[], None]]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"http://127.0.0.1:{port}", lambda: None


def nobody_answers() -> tuple[str, Callable[[], None]]:
    server = socket.create_server(("127.0.0.1", 0))
    return f"http://127.0.0.1:{server.getsockname()[1]}", server.close


def nobody_has_the_name() -> tuple[str, Callable[[], None]]:
    return "http://portal.invalid", lambda: None


@pytest.mark.parametrize("nowhere", [nobody_listens, nobody_answers, nobody_has_the_name])
def test_a_host_that_cannot_be_reached_ends_with_status_3_and_one_line(
    place: Workplace, nowhere: Callable[[], tuple[str, Callable[[], None]]]
) -> None:
    url, close = nowhere()
    ended = place.crawl(url, "-s", "DOWNLOAD_TIMEOUT=1", timeout=180)
    close()
    assert ended.status == 3, ended.err
    assert "NOTHING COULD BE FETCHED" in ended.err
    [why] = [line for line in ended.err.splitlines() if "robots.txt could not be read" in line]
    assert why.startswith("  why ")
    assert "Traceback" not in ended.err


def test_an_unreachable_host_costs_known_pages_nothing(place: Workplace) -> None:
    site = Site(seed=26, articles=16)
    with PortalServer(site) as portal:
        assert place.crawl(portal.url, "-a", "limit=5").status == 0
        portal.stop()
        assert place.crawl(portal.url).status == 3
        portal.start()
        assert place.crawl(portal.url).status == 0
    assert_exact(site.truth, place.records())


def test_a_second_run_of_the_same_portal_is_refused_in_one_line(place: Workplace) -> None:
    site = Site(seed=27, articles=12)
    with PortalServer(site, Faults(on={"/terkini/2": "hang"})) as portal:
        first = crawl(place, portal.url, "-s", "DOWNLOAD_DELAY=0", "-s", "STOP_GRACE=0.5")
        wait_for(lambda: "/terkini/2" in portal.paths)
        before = len(portal.requests)
        second = place.crawl(portal.url)
        assert second.status == 6
        assert len(portal.requests) == before
        [line] = [line for line in second.err.splitlines() if line.startswith("scrapy crawl:")]
        assert f"kalsel is being crawled by process {first.pid}" in line
        assert "Traceback" not in second.err
        first.send_signal(signal.SIGTERM)
        _, err = first.communicate(timeout=120)
        assert first.returncode == 0, err


def test_a_limit_of_scrapy_s_own_ends_a_crawl_in_order(place: Workplace) -> None:
    with PortalServer(Site(seed=21, articles=25)) as portal:
        ended = place.crawl(portal.url, "-s", "CLOSESPIDER_ITEMCOUNT=3")
        assert (ended.status, last_run(place).status) == (0, "stopped"), ended
        assert "stopped as asked" in ended.err
        assert last_run(place).counts["entries"]["stopped"] > 0
        assert place.crawl(portal.url).status == 0
    assert len(place.records()) == 25
