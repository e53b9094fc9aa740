"""The program `antara`: Scrapy's commands with our settings, in any folder."""

import os
import re
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from scrapy.cmdline import execute

_PROGRAM = re.compile(r'\bscrapy(?= [a-z<]|")')


def main() -> None:
    """Run the command line as Scrapy does, with our settings unless the environment names some."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "antara_crawler.settings")
    if any(not word.startswith("-") for word in sys.argv[1:]):
        execute()
    shown = StringIO()  # without a command Scrapy prints the list of them, and ends
    try:
        with redirect_stdout(shown):
            execute()
    finally:
        sys.stdout.write(in_own_name(shown.getvalue()))


def in_own_name(text: str) -> str:
    """Return words that speak of `scrapy crawl` as of `antara crawl`, where we were called so."""
    return _PROGRAM.sub("antara", text) if Path(sys.argv[0]).name == "antara" else text
