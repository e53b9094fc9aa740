"""Fixtures of all rooms: archives on both databases, a private PostgreSQL server."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

# It looks through all modules that are there when it is imported: early they are few.
import scrapy.core.downloader.handlers.http11  # noqa: F401
from hypothesis import settings

# What the program says depends on it; what tests compare is English unless they ask otherwise.
os.environ["LC_ALL"] = "C.UTF-8"

from tests import statements
from tests.portal import Site
from tests.postgres import PostgresServer, binaries
from tests.scrapy_runs import Workplace
from tests.stored import crawl_twice

statements.share()

# No test is about time. Every run tries the same examples, so that none is red by chance; those
# that nobody has tried yet are looked for with HYPOTHESIS_PROFILE=explore (see CONTRIBUTING.md).
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True, database=None)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


SLOW = ("crawl", "fleet", "reextract", "rebuild")
"""Folders of tests that take long each: begun first, so that no process is left with one alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow tests first."""
    folder = Path(__file__).parent
    items.sort(key=lambda item: item.path.relative_to(folder).parts[0] not in SLOW)


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays until the end: an eighth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A running private server, one for each test process."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL's server is not installed (apt-get install postgresql)")
    server = PostgresServer(folder)
    server.start()
    yield server
    server.remove()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of an SQLite archive that is not there yet."""
    return f"sqlite:///{tmp_path}/archive.db"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    url = postgres_server.new_database()
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def archive_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh archive, on each database in turn."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture(scope="session")
def _two_crawls(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    folder = tmp_path_factory.mktemp("two-crawls")
    place = Workplace(folder, f"sqlite:///{folder}/archive.db")
    crawl_twice(place, Site(seed=21, articles=24))
    return place


@pytest.fixture
def crawled_twice(_two_crawls: Workplace, tmp_path: Path) -> Workplace:
    """A copy of an SQLite archive of 24 articles, two of them edited before the second crawl."""
    folder = tmp_path / "crawled"
    shutil.copytree(_two_crawls.folder, folder)
    return Workplace(folder, f"sqlite:///{folder}/archive.db")
