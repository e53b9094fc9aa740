"""A small dose of `python -m tests.faults balance`, which plays hundreds of such rounds."""

from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.faults.balance import Round


def test_books_balance_whatever_the_portal_does(tmp_path: Path, sqlite_url: str) -> None:
    new: Callable[[], str] = lambda: sqlite_url  # noqa: E731
    Round(Random(3), tmp_path / "round", new).play()
