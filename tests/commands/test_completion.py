"""A shell completes the command line, and a command that is misspelt is told."""

import subprocess
from pathlib import Path

import pytest

from antara_crawler.cli.program import main
from tests.scrapy_runs import Workplace

ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _shtab_antara; echo "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("completion")
    made = Workplace(folder, f"sqlite:///{folder}/archive.db").run("completion", "bash")
    assert (made.status, made.err) == (0, "")
    (folder / "antara.bash").write_text(made.out)
    return folder / "antara.bash"


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (("sea",), {"search"}),
        (("crawl", "kals"), {"kalsel"}),
        (("search", "--si"), {"--since"}),
        (("export", "--format", "x"), {"xlsx"}),
    ],
)
def test_a_shell_completes_what_is_begun(
    script: Path, words: tuple[str, ...], completed: set[str]
) -> None:
    asked = subprocess.run(
        ["bash", "-c", ASK, "bash", script, "antara", *words],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert set(asked.stdout.split()) == completed


def test_a_shell_that_is_not_known_is_one_line(script: Path) -> None:
    place = Workplace(script.parent, f"sqlite:///{script.parent}/archive.db")
    for words in ((), ("cmd",)):
        ended = place.run("completion", *words)
        assert ended.status == 2
        assert ended.err.startswith("scrapy completion: name your shell: bash")


def test_a_misspelt_command_is_told_with_the_one_that_is_near(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["antara", "serch", "banjir"])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert capsys.readouterr().err == "serch is no command: did you mean search?\n"
