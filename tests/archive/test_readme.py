"""The page on the archive from Python is run as it stands."""

import doctest
from pathlib import Path

import pytest

import antara_crawler.archive
from antara_crawler.archive import Archive
from tests.archive.retrieval.scoring import fill

PAGE = Path(antara_crawler.archive.__file__).with_name("README.md")


def test_the_page_says_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Archive.open("sqlite:///data/archive.db", create=True) as archive:
        fill(archive)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert tried > 30
    assert failed == 0
