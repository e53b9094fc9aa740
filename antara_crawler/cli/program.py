"""The program `antara`: Scrapy's commands with our settings, in any folder."""

import os
import re
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import redirect_stdout
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from pkgutil import iter_modules

from scrapy import commands
from scrapy.cmdline import execute

from antara_crawler.wording import told, tr

_LISTED = re.compile(r"( *(?:[a-z]+ {2,})?)(.*?)(\s*)")
_PROGRAM = re.compile(r'\bscrapy(?= [a-z<]|")')


def main() -> None:
    """Run the command line as Scrapy does, with our settings unless the environment names some."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "antara_crawler.settings")
    if verb := next((word for word in sys.argv[1:] if not word.startswith("-")), None):
        _refuse_misspelt(verb)
        execute()
    shown = StringIO()  # without a command Scrapy prints the list of them, and ends
    try:
        with redirect_stdout(shown):
            execute()
    finally:
        sys.stdout.write(in_own_name("".join(map(_told, shown.getvalue().splitlines(True)))))


def _told(line: str) -> str:
    """Return a line of Scrapy's list: words, or a command and what it does."""
    parts = _LISTED.fullmatch(line)
    return f"{parts[1]}{told(parts[2])}{parts[3]}" if parts else line


def _refuse_misspelt(verb: str) -> None:
    """End with one line where a command is none, but nearly one."""
    folders = [str(Path(__file__).parents[1] / "commands"), *commands.__path__]
    known = [module.name for module in iter_modules(folders)]
    if verb not in known and (near := get_close_matches(verb, known, 1)):
        print(
            tr("{verb} is no command: did you mean {near}?", verb=verb, near=near[0]),
            file=sys.stderr,
        )
        sys.exit(2)


def in_own_name(text: str) -> str:
    """Return words that speak of `scrapy crawl` as of `antara crawl`, where we were called so."""
    return _PROGRAM.sub("antara", text) if Path(sys.argv[0]).name == "antara" else text


def helped(parser: ArgumentParser, format_help: Callable[[], str]) -> str:
    """Return the help text of a command with its headings and all options told, in our name."""
    for group in parser._action_groups:  # argparse has no other way to go through them
        group.title = group.title and told(group.title)
    for action in parser._actions:
        action.help = action.help and told(action.help)
    return in_own_name(format_help().replace("Usage\n=====", tr("Usage\n====="), 1))
