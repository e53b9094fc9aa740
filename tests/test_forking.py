"""A forked command is to its caller what a fresh one is."""

from pathlib import Path

import pytest

from tests import forking
from tests.scrapy_runs import Workplace


@pytest.mark.skipif(not forking.available(), reason="commands fork on Linux alone")
@pytest.mark.parametrize(
    "words",
    [
        ("settings", "--get", "LOG_LEVEL"),
        ("shell", "-c", "1"),  # it needs a reactor, which ours has not begun: an uncaught error
    ],
)
def test_it_ends_and_says_as_a_fresh_one(
    tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTARA_LOG_LEVEL", "ERROR")
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/none.db")
    forked, fresh = place.run(*words), place.run(*words, fresh=True)
    assert (forked.status, forked.out) == (fresh.status, fresh.out)
    assert forked.err.splitlines()[-1:] == fresh.err.splitlines()[-1:]
