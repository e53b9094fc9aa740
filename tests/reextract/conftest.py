"""What the tests of a second reading share: an archive of two crawls."""

from collections.abc import Iterator

import pytest

from antara_crawler.archive import Archive
from tests.scrapy_runs import Workplace


@pytest.fixture
def place(crawled_twice: Workplace) -> Workplace:
    return crawled_twice


@pytest.fixture
def archive(place: Workplace) -> Iterator[Archive]:
    with Archive.open(place.archive_url) as opened:
        yield opened
