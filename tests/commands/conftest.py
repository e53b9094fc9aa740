"""One archive of a few articles for all reading commands."""

import pytest

from tests.commands.library import Library, make_library


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return make_library(tmp_path_factory.mktemp("library"))
