"""`scrapy forget`: asks before, removes for good, and other commands know of it."""

import re
from pathlib import Path

import pytest

from antara_crawler.commands import forget, search, show
from antara_crawler.terminal import answer
from tests.commands.library import Library, make_library

Output = pytest.CaptureFixture[str]


@pytest.fixture
def own(tmp_path: Path) -> Library:
    return make_library(tmp_path)


@pytest.mark.parametrize(
    "words",
    [(), ("1", "2"), ("1", "--portal", "kalsel"), ("99", "--yes"), ("--portal", "x"), ("--yess",)],
)
def test_wrong_usage_is_named_in_one_line(
    library: Library, words: tuple[str, ...], capsys: Output
) -> None:
    assert library.call(forget.Command(), *words) == 2
    assert re.fullmatch(r"scrapy forget: [^\n]+\n", capsys.readouterr().err)


def test_nothing_goes_without_a_yes(own: Library, capsys: Output) -> None:
    assert own.call(forget.Command(), "1") == 2
    told = capsys.readouterr().err
    assert "kalsel/berita/1 (Jembatan bambu)" in told
    assert "add --yes" in told
    assert own.call(show.Command(), "kalsel/berita/1") == 0


def test_an_input_that_ends_is_no_yes() -> None:
    def ended(question: str) -> str:
        raise EOFError

    assert answer("Remove it for good? ", ended) == ""


def test_what_was_removed_is_told_to_who_asks_for_it(own: Library, capsys: Output) -> None:
    assert own.call(forget.Command(), "1", "--yes", "--reason", "asked for") == 0
    assert capsys.readouterr().out == "kalsel/berita/1 is forgotten: 1 raw record overwritten\n"
    assert own.call(show.Command(), "https://kalsel.antaranews.com/berita/1/judul") == 2
    assert "was removed on request on 20" in capsys.readouterr().err
    assert own.call(search.Command(), "membangun") == 0
    assert capsys.readouterr().out == ""
    assert own.call(forget.Command(), "kalsel/berita/1", "--yes") == 0  # again, and no harm done
    assert "nothing of kalsel/berita/1 was held here" in capsys.readouterr().err
    assert own.call(show.Command(), "kalsel/berita/2") == 0
