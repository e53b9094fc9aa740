"""`scrapy serve` as a user runs it."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from antara_crawler.web.security import write_password
from tests.scrapy_runs import ROOT, Workplace, wait_for
from tests.web.samples import make


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_answers_and_ends_when_asked(
    place: Workplace, end: signal.Signals
) -> None:
    sample = make(place.archive_url, place.folder / "captures", 4)
    process = place.start("serve", "--port", "0")
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"Reading .*archive\.db at (http://127\.0\.0\.1:\d+/)\n", line)
        assert found, line
        for path, status in (("", 200), (f"articles/{sample.bridge}", 301), ("x", 404)):
            assert httpx.get(found[1] + path, trust_env=False).status_code == status
        process.send_signal(end)
        _, err = process.communicate(timeout=180)
        assert process.returncode == 0, err
        assert err == ""
    finally:
        process.kill()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_several_processes_answer_and_none_outlives_the_first(
    place: Workplace, end: signal.Signals
) -> None:
    make(place.archive_url, place.folder / "captures", 1)
    process = place.start("serve", "--port", "0", "--workers", "3")
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
        assert httpx.get(f"http://127.0.0.1:{port}/runs", trust_env=False).status_code == 200
        process.send_signal(end)
        assert process.wait(180) == (0 if end == signal.SIGTERM else -end)
        wait_for(lambda: not answers(port))
    finally:
        process.kill()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_port_that_is_taken_is_named(place: Workplace) -> None:
    make(place.archive_url, place.folder / "captures", 1)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = place.run("serve", "--port", str(port))
    assert ended.status == 2
    assert ended.err == (
        f"scrapy serve: port {port} cannot be used (address already in use):"
        " choose another with --port\n"
    )


def test_without_an_archive_nothing_is_served_or_made(place: Workplace) -> None:
    ended = place.run("serve")
    assert ended.status == 2
    assert "there is no archive at" in ended.err
    assert len(ended.err.splitlines()) == 1
    assert not (place.folder / "archive.db").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--host", "0.0.0.0"], "--host 0.0.0.0 lets others in: give --password FILE"),
        (["--host", "0.0.0.0", "--password", "FILE"], "say with --allow-host NAME"),
        (["--allow-host", "http://a.example/"], "is no host name"),
        (["--password", "none"], "the password file none cannot be read"),
    ],
)
def test_who_would_be_let_in_unasked_is_not_served(
    place: Workplace, words: list[str], said: str
) -> None:
    file = place.folder / "password"
    write_password(file, "rumah bambu")
    ended = place.run("serve", *(str(file) if word == "FILE" else word for word in words))
    assert ended.status == 2
    assert said in ended.err
    assert len(ended.err.splitlines()) == 1


def test_an_address_of_another_machine_is_named(place: Workplace) -> None:
    make(place.archive_url, place.folder / "captures", 1)
    write_password(place.folder / "password", "rumah bambu")
    words = ("--host", "203.0.113.7", "--password", str(place.folder / "password"))
    ended = place.run("serve", *words)
    assert (ended.status, ended.err) == (
        2,
        "scrapy serve: --host 203.0.113.7 is no address of this computer\n",
    )


@pytest.mark.parametrize(
    "words", [["--port", "70000"], ["--port", "x"], ["8000"], ["--prt", "1"], ["--port=-1"]]
)
def test_wrong_usage_of_serve_ends_with_status_2(place: Workplace, words: list[str]) -> None:
    make(place.archive_url, place.folder / "captures", 1)
    ended = place.run("serve", *words)
    assert ended.status == 2
    assert len(ended.err.splitlines()) == 1


def test_without_the_extra_it_says_what_to_install(place: Workplace) -> None:
    make(place.archive_url, place.folder / "captures", 1)
    bare = (
        "import sys; sys.modules['fastapi'] = None; sys.argv = ['scrapy', 'serve'];"
        "from scrapy.cmdline import execute; execute()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", bare],
        cwd=ROOT,
        env=place.environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 2
    assert ended.stderr == (
        f"scrapy serve: the reader needs fastapi: {sys.executable} -m pip install"
        " 'antara-crawler[web]'\n"
    )
