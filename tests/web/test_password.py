"""The reader behind a shared password, and under other names than this machine's own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from antara_crawler.archive import Archive
from antara_crawler.errors import UsageError
from antara_crawler.web import security
from antara_crawler.web.security import THIS_MACHINE, Password, write_password
from tests.web.samples import Sample
from tests.web.serving import serving

SECRET = "rumah bambu \u00e9 di tepi sungai"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("secret") / "password"
    write_password(path, SECRET)
    return path


@pytest.fixture
def guarded(sample: Sample, file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setattr(security, "PAUSE", 0.0)
    hosts = (*THIS_MACHINE, "arsip.example.org")
    with (
        Archive.open(sample.url, read_only=True) as archive,
        serving(archive, sample.captures, hosts, Password.read(file)) as url,
        httpx.Client(base_url=url, timeout=60, trust_env=False) as web,
    ):
        yield web


def test_only_the_hash_is_kept_and_only_for_its_owner(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    assert "bambu" not in file.read_text()
    assert Password.read(file).fits(SECRET)
    assert Password.read(file).fits(SECRET.replace("\u00e9", "e\u0301"))
    assert not Password.read(file).fits(SECRET + " ")


@pytest.mark.parametrize("text", ["", "rahasia", "scrypt:00:00", "\u00e9"])
def test_a_file_that_keeps_no_hash_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "password").write_text(text, "utf-8")
    with pytest.raises(UsageError, match="is no password file: make one with --set-password"):
        Password.read(tmp_path / "password")
    with pytest.raises(UsageError, match="cannot be read"):
        Password.read(tmp_path / "none")
    with pytest.raises(UsageError, match="too short"):
        write_password(tmp_path / "short", "rahasia")
    assert not (tmp_path / "short").exists()


def test_nothing_is_answered_without_the_password(guarded: httpx.Client) -> None:
    for path in ("/", "/atom", "/api/overview", "/reader.css", "/none", "/download/jsonl"):
        answer = guarded.get(path)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Basic ")
        assert answer.headers["content-security-policy"]
        assert len(answer.content) < 50


def test_the_password_opens_under_any_name_and_for_one_request_only(guarded: httpx.Client) -> None:
    for name in ("antara", ""):
        assert guarded.get("/runs", auth=(name, SECRET)).status_code == 200
    for wrong in (SECRET[:-1], "", SECRET.upper(), "x" * 5000):
        assert guarded.get("/runs", auth=("antara", wrong)).status_code == 401
    for header in ("Basic", "Basic !", "Basic cmFoYXNpYQ==", f"Bearer {SECRET[:5]}", "Basic /w=="):
        assert guarded.get("/runs", headers={"Authorization": header}).status_code == 401
    assert guarded.get("/runs").status_code == 401


def test_many_tries_at_once_are_turned_away_and_who_is_in_reads_on(
    guarded: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert guarded.get("/runs", auth=("", SECRET)).status_code == 200
    monkeypatch.setattr(security, "MOST_WAITING", 1)
    monkeypatch.setattr(security, "PAUSE", 0.5)
    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(guarded.get, "/", auth=("", f"salah{n}")) for n in range(8)]
        assert guarded.get("/runs", auth=("", SECRET)).status_code == 200
        assert {each.result().status_code for each in tries} == {401, 429}


@pytest.mark.parametrize(
    ("host", "status"),
    [("arsip.example.org", 200), ("ARSIP.example.org:443", 200), ("127.0.0.1", 200)]
    + [(f"{name}.example.org", 400) for name in ("x.arsip", "arsip.example.org.evil", "")],
)
def test_it_answers_to_the_allowed_names_only(
    guarded: httpx.Client, host: str, status: int
) -> None:
    answer = guarded.get("/runs", headers={"Host": host}, auth=("", SECRET))
    assert answer.status_code == status
