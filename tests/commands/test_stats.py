"""`scrapy stats`: what the archive holds and how the last runs went."""

import json
import re

import pytest

from antara_crawler.commands.stats import Command
from antara_crawler.errors import Cause
from tests.commands.library import Library

Output = pytest.CaptureFixture[str]


def shown(library: Library, capsys: Output, *words: str) -> str:
    assert library.call(Command(), *words) == 0
    return capsys.readouterr().out


def test_the_summary_counts_articles_and_tells_what_is_missing(
    library: Library, capsys: Output
) -> None:
    text = shown(library, capsys)
    assert text.startswith("4 articles in ")
    assert "  5 revisions, 5 captures\n" in text
    failed = "1 failed, unreadable or forbidden (scrapy stats --failures)"
    assert f"  0 pages queued, {failed}\n" in text
    assert "by portal\n          4  kalsel\n" in text
    assert "          2  Hulu Sungai Tengah\n          1  (none)\n          1  Banjar\n" in text
    assert "by year\n          3  2026\n          1  (none)\n" in text
    assert "  2026-02-27 to 2026-02-27: articles on 1 of 1 day\n" in text
    assert "  1 article without a date\n" in text
    assert text.endswith(
        "  2026-03-01 01:00 UTC  crawl kalsel: finished, status 4\n    counts    4 new, 1 failed\n"
    )


def test_filters_narrow_what_is_counted(library: Library, capsys: Output) -> None:
    text = shown(library, capsys, "--section", "banjar")
    assert text.startswith("1 article in ")
    assert "Hulu Sungai Tengah" not in text


def test_the_summary_as_json_has_all_of_it(library: Library, capsys: Output) -> None:
    told = json.loads(shown(library, capsys, "--json"))
    assert (told["articles"], told["revisions"], told["failed"]) == (4, 5, 1)
    assert told["by_portal"] == [["kalsel", 4]]
    assert told["first_published_on"] == "2026-02-27"
    assert told["gaps"] == []
    assert told["captures_bytes"] > 1000
    assert told["runs"][0]["counts"] == {"new": 4, "failed": 1}


def test_failures_are_listed_with_their_reasons(library: Library, capsys: Output) -> None:
    text = shown(library, capsys, "--failures")
    first, why, second = text.splitlines()
    assert first == "kalsel failed https://kalsel.antaranews.com/berita/9/judul-9"
    assert why == f"  {Cause.NO_ANSWER.words}: {Cause.NO_ANSWER.remedy}"
    assert second.startswith("  tried 1 time, last 2026-03-01 04:00 UTC, again ")
    assert second.endswith("(no answer [2J in 30 s)")
    [told] = [
        json.loads(line) for line in shown(library, capsys, "--failures", "--json").splitlines()
    ]
    assert told["reason"] == "no answer\x1b[2J in 30 s"
    assert (told["cause"], told["why"]) == ("no_answer", Cause.NO_ANSWER.words)
    assert told["what_next"] == Cause.NO_ANSWER.remedy
    assert shown(library, capsys, "--failures", "--portal", "jatim") == "no failures\n"


def test_runs_are_listed_newest_first(library: Library, capsys: Output) -> None:
    [told] = [json.loads(line) for line in shown(library, capsys, "--runs", "--json").splitlines()]
    assert (told["command"], told["exit_status"]) == ("crawl", 4)
    assert "crawl kalsel: finished, status 4" in shown(library, capsys, "--runs", "--limit", "1")
    assert shown(library, capsys, "--runs", "--portal", "jatim") == "no runs\n"


def test_into_a_pipe_goes_no_colour(library: Library) -> None:
    ended = library.place.run("stats")
    assert (ended.status, ended.err) == (0, "")
    assert "\x1b" not in ended.out
    assert "\x1b[1mby portal" in library.place.on_terminal("stats")[1]


@pytest.mark.parametrize(
    "words",
    [
        ("kalsel",),
        ("--ruins",),
        ("--portal", "x"),
        ("--until", "1"),
        ("--runs", "--since", "2026-01-01"),
    ],
)
def test_wrong_usage_is_named_in_one_line(
    library: Library, words: tuple[str, ...], capsys: Output
) -> None:
    assert library.call(Command(), *words) == 2
    assert re.fullmatch(r"scrapy stats: [^\n]+\n", capsys.readouterr().err)
