"""`scrapy search` as a user runs it, on a terminal and into a pipe."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from antara_crawler.archive import Archive, runs
from antara_crawler.commands import changes, export
from antara_crawler.commands.search import Command
from tests.commands.library import Library, make_library
from tests.hostile import QUERIES


def test_into_a_pipe_goes_one_article_a_line(library: Library) -> None:
    ended = library.place.run("search", "jembatan")
    assert ended.status == 0, ended.err
    lines = [line.split("\t") for line in ended.out.splitlines()]
    assert lines[0] == [
        "kalsel/berita/1",
        "2026-02-27T23:30:00+08:00",
        "Hulu Sungai Tengah",
        "Jembatan bambu",
        "https://kalsel.antaranews.com/berita/1/judul-1",
    ]
    assert len(lines) == 3
    assert ended.err == "3 articles for: jembatan\n"
    assert "\x1b" not in ended.out


def test_json_is_an_object_a_line(library: Library) -> None:
    ended = library.place.run("search", "--json", "--sort", "oldest", "membangun")
    [hit] = [json.loads(line) for line in ended.out.splitlines()]
    assert (hit["portal"], hit["article_id"], hit["title"]) == ("kalsel", 1, "Jembatan bambu")
    assert hit["snippet"] == "Warga membangun jembatan. Selesai."
    assert hit["hits"] == ["membangun"]
    assert ended.err == ""


def test_a_terminal_gets_a_list_with_marked_words(library: Library) -> None:
    status, shown = library.place.on_terminal("search", "jembatan warga", "--limit", "1")
    assert status == 0
    assert "\x1b[1;33mJembatan\x1b[0m \x1b[1mbambu\x1b[0m" in shown
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert " 1. Jembatan bambu" in plain
    assert (
        "2026-02-27 23:30 WITA · Hulu Sungai Tengah · Siti Rahmah, Budi · kalsel/berita/1" in plain
    )
    assert "Warga membangun jembatan. Selesai." in plain


def test_no_page_steers_the_terminal(library: Library) -> None:
    _, shown = library.place.on_terminal("search", "tebal")
    assert "\x1b[31m" not in shown
    assert "<b>" in shown


def test_colours_are_left_out_when_asked(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in library.place.on_terminal("search", "jembatan")[1]


def test_nothing_found_is_said_and_is_no_failure(library: Library) -> None:
    ended = library.place.run("search", "kereta -api")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "nothing found for: kereta -api\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--section", "banjar"), [3]),
        (("--author", "budi", "banjir"), [3]),
        (("--tag=-minus",), [3]),
        (("--since", "2026-03-01"), []),
        (("--until", "2026-02-27", "--portal", "kalsel", "jembatan"), [1, 2]),
        (("jembatan -bambu",), [2, 4]),
        (("--", "-jembatan"), [3]),
        (("section:banjar", "author:budi"), [3]),
    ],
)
def test_filters_and_the_query_narrow(
    library: Library, words: tuple[str, ...], found: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert library.call(Command(), "--json", "--sort", "oldest", *words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["article_id"] for line in lines] == found


def test_more_than_a_page_of_results_is_one_list(
    library: Library, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("antara_crawler.commands.search.PAGE", 2)
    assert library.call(Command(), "jembatan", "--limit", "3") == 0
    assert len(set(capsys.readouterr().out.splitlines())) == 3


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("   ",),
        ("--limit", "3"),
        ("banjir", "--limt", "1"),
        ("-banjir",),
        ("banjir", "--limit", "0"),
        ("banjir", "--since", "kemarin"),
        ("banjir", "--portal", "kalsle"),
        ("--rebuild-index", "banjir"),
    ],
)
def test_wrong_usage_is_named_in_one_line(
    library: Library, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert library.call(Command(), *words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert re.fullmatch(r"scrapy search: [^\n]+\n", told.err)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("jembatan since:kemarin", "since:kemarin is not a date: write it like since:2024-09-30"),
        ('jembatan sampai:"akhir 2024"', "sampai:akhir 2024 is not a date"),
        ("jembatan since:2024-09", None),
    ],
)
def test_a_date_that_is_none_is_said_and_searched_as_words(
    library: Library, query: str, told: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert library.call(Command(), query) == 0
    said = capsys.readouterr().err
    assert told in said if told else "is not a date" not in said


def test_an_unknown_order_is_refused_by_scrapy_itself(library: Library) -> None:
    ended = library.place.run("search", "banjir", "--sort", "magic")
    assert ended.status == 2
    assert "--sort" in ended.err


def test_hostile_queries_end_well(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    for query in QUERIES[::15]:  # all of them are asked in tests/archive
        status = library.call(Command(), "--limit", "2", "--", query)
        told = capsys.readouterr()
        assert status == (0 if query.strip() else 2), query
        assert "Traceback" not in told.err
        assert all(len(line.split("\t")) == 5 for line in told.out.splitlines()), query
        assert all(sign.isprintable() or sign in "\n\t" for sign in told.out + told.err), query


def test_the_index_is_made_anew_by_one_command(library: Library) -> None:
    with Archive.open(library.place.archive_url) as archive, archive.writing() as connection:
        connection.exec_driver_sql("UPDATE search_state SET software = 'older'")
    assert "--rebuild-index" in library.place.run("search", "jembatan").err
    ended = library.place.run("search", "--rebuild-index")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "the search index was made anew, of 4 articles\n"
    assert library.place.run("search", "jembatan").err == "3 articles for: jembatan\n"


def test_no_archive_is_made_by_searching(library: Library, tmp_path) -> None:
    for words in (("search", "banjir"), ("search", "--rebuild-index")):
        ended = library.place.run(*words, "-s", f"ARCHIVE_URL=sqlite:///{tmp_path}/none.db")
        assert ended.status == 2
        assert "there is no archive" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_the_help_has_examples(library: Library) -> None:
    for verb in ("search", "show", "stats", "export"):
        ended = library.place.run(verb, "-h")
        assert ended.status == 0
        assert ended.out.count(f"scrapy {verb}") >= 3


def test_a_half_rebuilt_archive_says_that_it_is_half(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library, now = make_library(tmp_path), datetime.now(UTC)
    with Archive.open(library.place.archive_url) as archive:
        begun = runs.start(
            archive, portal=None, command="rebuild", arguments={}, software="test 1", now=now
        )
        assert library.call(Command(), "jembatan") == 0
        assert "this archive is not whole: scrapy rebuild" in capsys.readouterr().err
        assert library.call(changes.Command()) == 0
        assert "this archive is not whole: scrapy rebuild" in capsys.readouterr().err
        assert library.call(export.Command(), "-o", str(tmp_path / "half.csv")) == 4
        capsys.readouterr()
        runs.finish(archive, begun, status="finished", exit_status=0, counts={}, now=now)
    assert library.call(Command(), "jembatan") == 0
    assert "not whole" not in capsys.readouterr().err
