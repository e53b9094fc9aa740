"""Notices go out once through apprise, and no address, which may hold a password, is printed."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from antara_crawler.archive import Archive
from antara_crawler.commands.health import Command
from antara_crawler.health import record
from antara_crawler.health.record import Told, keep
from tests.commands.library import Library
from tests.health.test_health import FULL, SILENT
from tests.scrapy_runs import Workplace

Output = pytest.CaptureFixture[str]
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


class Hook(BaseHTTPRequestHandler):
    """Takes notices as a webhook does; `got` are those it took, `status` what it answers."""

    got: ClassVar[list[dict[str, str]]] = []
    status = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append(json.loads(body))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def hook() -> Iterator[type[Hook]]:
    kind = type("OwnHook", (Hook,), {"got": []})
    with HTTPServer(("127.0.0.1", 0), kind) as server:
        kind.url = f"json://user:secret@127.0.0.1:{server.server_port}/"
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield kind
        server.shutdown()
        thread.join(10)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hook) -> Library:
    """An archive in which the disk was full last night, and a webhook that wants to know."""
    pytest.importorskip("apprise")
    place = Workplace(tmp_path, f"sqlite:///{tmp_path / 'archive.db'}")
    with Archive.open(place.archive_url, create=True) as archive:
        keep(archive, [FULL], datetime.now(UTC))
    monkeypatch.setattr("antara_crawler.settings.NOTIFY_URLS", hook.url)
    monkeypatch.setattr("antara_crawler.health.judge.judge", lambda *_: [FULL])
    return Library(place)


def test_a_finding_and_its_end_are_sent_once(
    library: Library, hook, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    assert library.call(Command(), "--notify") == 4
    assert library.call(Command(), "--notify") == 4
    (sent,) = hook.got
    assert sent["title"] == "antara-crawler: 1 new"
    assert sent["message"].startswith("disk: the disk is full in 3 days\n  make room")
    monkeypatch.setattr("antara_crawler.health.judge.judge", lambda *_: [])
    assert library.call(Command(), "--notify") == 0
    assert library.call(Command(), "--notify") == 0
    assert [each["message"] for each in hook.got[1:]] == ["over: disk: the disk is full in 3 days"]
    assert "secret" not in "".join(capsys.readouterr())


def test_a_notice_that_did_not_go_out_is_said_and_sent_again(
    library: Library, hook, capsys: Output
) -> None:
    hook.status = 500
    assert library.call(Command(), "--notify") == 4
    told = capsys.readouterr()
    assert "no notice went to address 1 of NOTIFY_URLS" in told.err
    assert "secret" not in told.out + told.err
    hook.status = 200
    assert library.call(Command(), "--notify") == 4
    assert [each["title"] for each in hook.got] == ["antara-crawler: 1 new"] * 2


def test_a_wrong_address_is_refused_before_any_work(
    library: Library, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr("antara_crawler.settings.NOTIFY_URLS", "nosuch://user:secret@host")
    assert library.call(Command(), "--notify") == 2
    told = capsys.readouterr().err
    assert "address 1 of NOTIFY_URLS (nosuch" in told
    assert "secret" not in told


def test_without_an_address_what_goes_wrong_is_only_printed(
    library: Library, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr("antara_crawler.settings.NOTIFY_URLS", "")
    assert library.call(Command(), "--notify") == 4
    told = capsys.readouterr()
    assert told.out.startswith("disk: the disk is full in 3 days")
    assert "nothing is sent: no address is in NOTIFY_URLS" in told.err


def test_a_long_notice_says_how_many_more_there_are() -> None:
    lines = record.lines_of(Told((1,), (SILENT,) * 30, (FULL,)))
    assert len(lines) == 2 * record.MOST_LINES + 2
    assert lines[-2] == "and 10 more: scrapy health"
    assert lines[-1] == "over: disk: the disk is full in 3 days"
