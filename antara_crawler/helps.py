"""Scrapy's and argparse's own words of help and refusal, in the reader's language."""

from argparse import ArgumentParser
from collections.abc import Callable

from antara_crawler.wording import sentence, told, tr

WORDS = (
    sentence("options"),
    sentence("Global Options"),
    sentence("show this help message and exit"),
    sentence("log file. if omitted stderr will be used"),
    sentence("log level (default: {level})"),
    sentence("disable logging completely"),
    sentence("write python cProfile stats to FILE"),
    sentence("write process ID to FILE"),
    sentence("set/override setting (may be repeated)"),
    sentence("enable pdb on failure (uses ipdb if installed)"),
    sentence("set spider argument (may be repeated)"),
    sentence(
        "append scraped items to the end of FILE (use - for stdout), to define format set a colon"
        " at the end of the output URI (i.e. -o FILE:FORMAT)"
    ),
    sentence(
        "dump scraped items into FILE, overwriting any existing file, to define format set a colon"
        " at the end of the output URI (i.e. -O FILE:FORMAT)"
    ),
    sentence("argument {option}: {error}"),
    sentence("expected one argument"),
    sentence("expected at least one argument"),
    sentence("invalid choice: {value} (choose from {choices})"),
    sentence("ignored explicit argument {value}"),
    sentence("not allowed with argument {other}"),
    sentence("the following arguments are required: {names}"),
    sentence("ambiguous option: {option} could match {names}"),
    sentence("Invalid -s value, use -s NAME=VALUE"),
    sentence("Invalid -a value, use -a NAME=VALUE"),
)


def helped(parser: ArgumentParser, format_help: Callable[[], str]) -> str:
    """Return the help text of a command with its headings and all options told."""
    for group in parser._action_groups:  # argparse has no other way to go through them
        group.title = group.title and told(group.title)
    for action in parser._actions:
        action.help = action.help and told(action.help)
    return format_help().replace("Usage\n=====", tr("Usage\n====="), 1)
