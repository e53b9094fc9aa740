"""The program `antara`, as pip installs it, in a folder that is no project."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.scrapy_runs import ROOT, Ended

SCRIPT = """#!{python}
import sys
from {module} import {function}
sys.exit({function}())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing in it but the program, made from the entry that pip reads."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    module, function = project["scripts"]["antara"].split(":")
    script = tmp_path / "bin" / "antara"
    script.parent.mkdir()
    script.write_text(SCRIPT.format(python=sys.executable, module=module, function=function))
    script.chmod(0o755)
    return tmp_path


def antara(folder: Path, *words: str, **more: str) -> Ended:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ANTARA_", "SCRAPY_"))
    }
    ended = subprocess.run(
        [folder / "bin" / "antara", *words],
        cwd=folder,
        env=environment | more,
        capture_output=True,
        text=True,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def test_a_crawl_in_any_folder_makes_its_archive_there_and_the_other_commands_find_it(
    folder: Path,
) -> None:
    crawled = antara(folder, "crawl", "kalsel", "-a", f"captures={ROOT}/data/sample.warc.gz")
    assert crawled.status == 0, crawled.err
    assert (folder / "data" / "archive.db").exists()
    stats = antara(folder, "stats")
    assert stats.status == 0
    assert "kalsel" in stats.out


def test_its_commands_are_scrapys_with_our_settings(folder: Path) -> None:
    listed = antara(folder)
    assert listed.status == 0
    assert "antara <command> [options] [args]" in listed.out
    assert "(antara list names the portals)" in listed.out


def test_it_speaks_of_itself_by_its_own_name(folder: Path) -> None:
    assert antara(folder, "crawl").err == "antara crawl: name one portal: antara list shows them\n"
    shown = antara(folder, "export", "-h").out
    assert "antara export" in shown
    assert "scrapy export" not in shown


def test_settings_that_the_environment_names_are_taken(folder: Path) -> None:
    (folder / "own.py").write_text("from antara_crawler.settings import *\nBOT_NAME = 'milik'\n")
    told = antara(
        folder,
        *("settings", "--get", "BOT_NAME"),
        SCRAPY_SETTINGS_MODULE="own",
        PYTHONPATH=str(folder),
    )
    assert (told.status, told.out) == (0, "milik\n")
