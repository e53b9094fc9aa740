"""`scrapy changes` lists what became of articles, with what changed in them."""

import json

import pytest

from antara_crawler.archive import Archive, Writer
from antara_crawler.commands import changes
from tests.archive.samples import at, outcome, start_run
from tests.commands.library import Library, make_library

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def gone(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """One article of a library is gone, and its text is none that steers a terminal."""
    library = make_library(tmp_path_factory.mktemp("gone"))
    with Archive.open(library.place.archive_url) as archive:
        writer, run = Writer(archive, "test 1", clock=lambda: at(100)), start_run(archive)
        writer.write([outcome(3, "gone", 10)], run)
        writer.write([outcome(3, "gone", 40)], run)
    return library


def listed(library: Library, capsys: Output, *words: str) -> str:
    assert library.call(changes.Command(), *words) == 0
    return capsys.readouterr().out


def test_changes_are_listed_the_latest_first(gone: Library, capsys: Output) -> None:
    assert listed(gone, capsys).splitlines() == [
        "2026-03-01 11:00 UTC  kalsel/berita/3  gone, last seen 2026-03-01 01:00 UTC, looked for"
        " again 2026-03-02 17:00 UTC",
        '  =HYPERLINK("x")',
        "2026-03-01 03:00 UTC  kalsel/berita/2  headline",
        "  Harga karet turun",
        "  ~ Harga karet [-naik-] {+turun+}",
    ]


def test_kinds_portals_and_days_choose(gone: Library, capsys: Output) -> None:
    assert "karet" in listed(gone, capsys, "--kind", "headline")
    assert "HYPER" not in listed(gone, capsys, "--kind", "headline")
    assert "HYPER" in listed(gone, capsys, "--gone", "--portal", "kalsel")
    assert "karet" not in listed(gone, capsys, "--gone")
    nothing = (("--kind", "number"), ("--since", "2026-03-02"), ("--until", "2026-02-28"))
    for words in (*nothing, ("--portal", "jatim")):
        assert listed(gone, capsys, *words) == ""


def test_json_has_the_difference(gone: Library, capsys: Output) -> None:
    last, first = map(json.loads, listed(gone, capsys, "--json").splitlines())
    assert (last["event"], last["kind"], last["article_id"]) == ("gone", None, 3)
    assert (first["event"], first["kind"], first["kinds"]) == ("revised", "headline", ["headline"])
    assert (first["from_revision"], first["to_revision"]) == (1, 2)
    assert first["difference"] == [
        {
            "kind": "changed",
            "pieces": [
                {"side": "same", "text": "Harga karet"},
                {"side": "out", "text": "naik"},
                {"side": "in", "text": "turun"},
            ],
        }
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--kind", "nomor"), "name one of correction"),
        (("--kind", "name", "--gone"), "give --kind or --gone"),
        (("--since", "kemarin"), "is not a date"),
        (("--since", "2026-02-01", "--until", "2026-01-01"), "exchange them"),
        (("banjir",), "is not asked for"),
        (("kalsel",), "say --portal kalsel"),
        (("--gonne",), "did you mean --gone?"),
        (("--zzz",), "see -h"),
    ],
)
def test_what_cannot_be_is_wrong_usage(
    library: Library, words: tuple[str, ...], told: str, capsys: Output
) -> None:
    assert library.call(changes.Command(), *words) == 2
    assert told in capsys.readouterr().err
