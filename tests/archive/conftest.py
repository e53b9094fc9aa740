"""An open archive on each database, a run in it, and what is used on them."""

from collections.abc import Iterator

import pytest

from antara_crawler.archive import Archive, Frontier, Writer
from tests.archive.samples import at, start_run


@pytest.fixture
def archive(archive_url: str) -> Iterator[Archive]:
    with Archive.open(archive_url, create=True, lock_timeout=5) as opened:
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
