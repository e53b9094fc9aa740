"""Names that the archive does not have, and dates that cannot be: told with what may be meant."""

import re

import pytest

from antara_crawler.cli.command import ArchiveCommand
from antara_crawler.commands import export, search, stats
from tests.commands.library import Library

Output = pytest.CaptureFixture[str]
READERS = (search.Command, stats.Command, export.Command)


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--section", "Hulu Sungai Tengh"), "did you mean 'Hulu Sungai Tengah'?"),
        (("--section", "sungai"), "did you mean 'Hulu Sungai Tengah'?"),
        (("--tag", "jembtan"), "did you mean 'jembatan'?"),
        (("--author", "Siti Rahma"), "did you mean 'Siti Rahmah'?"),
        (("--author", "Xxxxxxx\x1b[2J"), "nowhere in the archive (scrapy stats"),
        (("--portal", "kalsell"), "did you mean kalsel"),
        (("--since", "2025-02-01", "--until", "2025-01-01"), "exchange them"),
    ],
)
def test_what_cannot_be_found_is_wrong_usage(
    library: Library,
    command: type[ArchiveCommand],
    words: tuple[str, ...],
    told: str,
    capsys: Output,
) -> None:
    assert library.call(command(), *words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert re.fullmatch(r"scrapy \w+: [^\n\x1b]+\n", shown.err)
    assert told in shown.err


def test_names_in_capitals_or_not_are_known(library: Library, capsys: Output) -> None:
    assert (
        library.call(search.Command(), "--section", "HULU  sungai tengah", "--tag", "JEMBATAN") == 0
    )
    assert "did you mean" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("section:Banjr", "section: 'Banjr' is nowhere in the archive: did you mean 'Banjar'?"),
        ("since:2026 until:2020", "since:2026-01-01 is after until:2020-12-31: exchange them"),
    ],
)
def test_a_query_is_searched_as_it_stands_and_its_doubts_are_told(
    library: Library, query: str, told: str, capsys: Output
) -> None:
    assert library.call(search.Command(), query) == 0
    assert told in capsys.readouterr().err.splitlines()
