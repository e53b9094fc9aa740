"""`scrapy index`: made, kept up, asked about, and used by a search that says how far it is."""

import json
import os
import re
import signal
import sys
from pathlib import Path

import pytest

pytest.importorskip("tantivy")

from antara_crawler.archive import Archive, Writer
from antara_crawler.archive.beside.finding import Beside
from antara_crawler.commands import forget, index, search
from tests.archive.samples import article, start_run
from tests.commands.library import Library, make_library
from tests.scrapy_runs import wait_for

Output = pytest.CaptureFixture[str]


@pytest.fixture
def own(tmp_path: Path) -> Library:
    return make_library(tmp_path)


@pytest.mark.parametrize("words", [(), ("make",), ("build", "status"), ("status",), ("--jsn",)])
def test_wrong_usage_is_named_in_one_line(
    library: Library, words: tuple[str, ...], capsys: Output
) -> None:
    assert library.call(index.Command(), *words) == 2
    assert re.fullmatch(r"scrapy index: [^\n]+\n", capsys.readouterr().err)


def test_without_the_extra_it_says_what_to_install(
    library: Library, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    assert library.call(index.Command(), "build") == 2
    mend = f"{sys.executable} -m pip install 'antara-crawler[index]'"
    said = f"scrapy index: the index needs tantivy: {mend}\n"
    assert capsys.readouterr().err == said


def test_a_search_uses_what_was_built_and_says_how_far_it_is(own: Library, capsys: Output) -> None:
    assert own.call(index.Command(), "build") == 0
    assert "is up to date; changes taken in: 4\n" in capsys.readouterr().err
    assert own.call(index.Command(), "status", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["articles"], told["behind"], told["usable"]) == (4, 0, True)
    with Archive.open(own.place.archive_url) as archive:
        more = [article(9, title="Jembatan gantung")]
        Writer(archive, "test").write(more, start_run(archive))
    assert own.call(search.Command(), "jembatan", "--json") == 0
    out, err = capsys.readouterr()
    before = {json.loads(line)["article_id"] for line in out.splitlines()}
    assert (before, err) == ({1, 2, 4}, "changes that the index has not yet: 1\n")
    assert own.call(index.Command(), "status") == 0
    assert "changes still to be taken in: 1\n" in capsys.readouterr().out
    assert own.call(index.Command(), "build") == 0
    capsys.readouterr()
    assert own.call(search.Command(), "jembatan", "--json") == 0
    out, err = capsys.readouterr()
    after = {json.loads(line)["article_id"] for line in out.splitlines()}
    assert (after, err) == ({1, 2, 4, 9}, "")


def test_who_forgets_is_told_that_the_index_still_holds_the_words(
    own: Library, capsys: Output
) -> None:
    assert own.call(forget.Command(), "1", "--yes") == 0
    assert capsys.readouterr().err == ""
    assert own.call(index.Command(), "build") == 0
    capsys.readouterr()
    assert own.call(forget.Command(), "2", "--yes") == 0
    assert "holds its words until scrapy index follow" in capsys.readouterr().err


def test_a_follower_takes_in_what_comes_and_ends_in_order(own: Library) -> None:
    folder = own.place.folder / "index"
    process = own.place.start("index", "follow", "-s", f"INDEX_DIR={folder}")

    def number() -> int:
        commit = Beside(folder, "").last()
        return commit.state.number if commit else 0

    try:
        wait_for(lambda: number() > 0)
        before = number()
        with Archive.open(own.place.archive_url) as archive:
            Writer(archive, "test").write([article(9)], start_run(archive))
        wait_for(lambda: number() > before)
        os.kill(process.pid, signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, out) == (0, "")
    assert "changes taken in: 1\n" in err
