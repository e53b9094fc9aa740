"""The reader over a sample archive, asked over HTTP."""

from collections.abc import Iterator

import httpx
import pytest

from antara_crawler.archive import Archive
from tests.web.samples import Sample, make
from tests.web.serving import serving


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample archive; nothing may write to it."""
    folder = tmp_path_factory.mktemp("reader")
    return make(f"sqlite:///{folder}/archive.db", folder / "captures")


@pytest.fixture(scope="session")
def reader(sample: Sample) -> Iterator[str]:
    """The address of the reader over the sample."""
    with (
        Archive.open(sample.url, read_only=True) as archive,
        serving(archive, sample.captures) as url,
    ):
        yield url


@pytest.fixture(scope="session")
def web(reader: str) -> Iterator[httpx.Client]:
    """An HTTP client of the reader."""
    with httpx.Client(base_url=reader, timeout=60, trust_env=False) as client:
        yield client
