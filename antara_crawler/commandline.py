"""What our subcommands share: options, the archive, one line for an error, an exit status."""

import argparse
import errno
import os
import sys
from abc import abstractmethod
from datetime import date
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from antara_crawler.archive import Archive, Filters
from antara_crawler.errors import AntaraError, NotWritable, UnreadablePage, UsageError
from antara_crawler.locations import archive_url
from antara_crawler.portals import portal

EXIT_STATUS: dict[type[AntaraError], int] = {UsageError: 2, UnreadablePage: 3, NotWritable: 5}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def exit_status_of(error: AntaraError) -> int:
    """Return the exit status that the contract gives to an error of ours."""
    return next((code for kind, code in EXIT_STATUS.items() if isinstance(error, kind)), 4)


def complain(verb: str, error: AntaraError) -> None:
    """Print an error as one clear line on standard error."""
    print(f"scrapy {verb}: {' '.join(str(error).split())}", file=sys.stderr)


def report(line: str) -> None:
    """Print a line beside the output, so that what is piped on stays clean."""
    print(line, file=sys.stderr)


def refuse_unknown_options(args: list[str]) -> list[str]:
    """Return the words that are no options.

    Raises UsageError for one that looks like an option: Scrapy passes unknown ones on. What
    comes behind -- or has a space in it is none.
    """
    end = args.index("--") if "--" in args else len(args)
    for word in args[:end]:
        if word.startswith("-") and word != "-" and " " not in word:
            raise UsageError(
                f"{word.split('=')[0]} is not an option of this command: see -h"
                " (put -- before words that begin with -)"
            )
    return args[:end] + args[end + 1 :]


def _let_go_of_output() -> None:
    """Keep Python from complaining at exit about output that nobody takes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class ArchiveCommand(ScrapyCommand):
    """A subcommand over the archive: `work` does the job and returns the exit status."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    @property
    def verb(self) -> str:
        """The subcommand's name: its module's."""
        return type(self).__module__.rpartition(".")[2]

    @abstractmethod
    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do what the command is for; raise AntaraError for what a user can mend."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run `work`; turn our errors into one line and their exit status."""
        try:
            self.exitcode = self.work(refuse_unknown_options(args), opts)
            sys.stdout.flush()
        except AntaraError as error:
            complain(self.verb, error)
            self.exitcode = exit_status_of(error)
        except BrokenPipeError:
            # the reader (head, less) has seen enough
            _let_go_of_output()
            self.exitcode = 0
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            _let_go_of_output()
            complain(self.verb, NotWritable(f"the output could not be written ({error.strerror})"))
            self.exitcode = EXIT_STATUS[NotWritable]
        except KeyboardInterrupt:
            self.exitcode = 130

    def archive(self, *, write: bool = False) -> Archive:
        """Open the archive that the settings name; a reading command never creates one."""
        assert self.settings is not None
        return Archive.open(archive_url(self.settings), create=write, read_only=not write)


def add_filter_options(parser: argparse.ArgumentParser, most: str = "all") -> None:
    """Add the filters that search, export and stats share; `most` is the limit without one."""
    group = parser.add_argument_group("Filters")
    group.add_argument("--portal", metavar="NAME", help="only this portal, for example kalsel")
    group.add_argument("--section", metavar="NAME", help="only this section, for example Ekonomi")
    group.add_argument("--since", metavar="DATE", help="published on this day or later: 2024-09-30")
    group.add_argument("--until", metavar="DATE", help="published on this day or earlier")
    group.add_argument("--tag", metavar="TAG", help="only articles with this tag")
    group.add_argument("--author", metavar="NAME", help="only articles by this pewarta or editor")
    group.add_argument("--limit", metavar="N", help=f"at most so many articles ({most})")


def filters_from(opts: argparse.Namespace) -> Filters:
    """Return the filters that the options name.

    Raises UsageError for a portal that there is not, a wrong date or number.
    """
    if opts.portal is not None:
        portal(opts.portal)
    return Filters(
        portal=opts.portal,
        section=opts.section,
        since=_day("--since", opts.since),
        until=_day("--until", opts.until),
        tag=opts.tag,
        author=opts.author,
        limit=whole_number("--limit", opts.limit),
    )


def whole_number(option: str, text: str | None, least: int = 1) -> int | None:
    """Return an option's number, or raise UsageError naming the option."""
    if text is None:
        return None
    if not text.isascii() or not text.isdecimal() or int(text) < least:
        raise UsageError(f"{option} {text} is not a number of at least {least}")
    return int(text)


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text} is not a date: write it like 2024-09-30") from None
