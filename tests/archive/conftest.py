"""An open archive on each database, a run in it, and what is used on them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from antara_crawler.archive import Archive, Frontier, Writer
from tests.archive.samples import at, start_run
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def new_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of SQLite just made: a copy takes a tenth of the time."""
    path = tmp_path_factory.mktemp("new") / "archive.db"
    Archive.open(f"sqlite:///{path}", create=True).close()
    return path


@pytest.fixture(scope="session")
def new_archive_on_server(postgres_server: PostgresServer) -> str:
    """The name of a database with an archive just made."""
    url = postgres_server.new_database()
    Archive.open(url, create=True).close()
    name = make_url(url).database
    assert name
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def archive_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a fresh archive; for a test that asks for `archive`, it is made already."""
    made, on_server = "archive" in request.fixturenames, request.param == "postgresql"
    if made and on_server:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.new_database(request.getfixturevalue("new_archive_on_server"))
        yield url
        server.drop(url)
        return
    url = request.getfixturevalue("postgres_url" if on_server else "sqlite_url")
    if made:
        shutil.copy(request.getfixturevalue("new_archive"), make_url(url).database or "")
    yield url


@pytest.fixture
def archive(archive_url: str) -> Iterator[Archive]:
    with Archive.open(archive_url, lock_timeout=5) as opened:
        yield opened


@pytest.fixture
def run(archive: Archive) -> int:
    return start_run(archive)


@pytest.fixture
def writer(archive: Archive) -> Writer:
    return Writer(archive, "test 1", clock=lambda: at(10**5))


@pytest.fixture
def frontier(archive: Archive) -> Frontier:
    return Frontier(archive)


@pytest.fixture(scope="module")
def model_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("cursors") / "archive.db"
    with Archive.open(f"sqlite:///{path}", create=True) as archive:
        yield archive
