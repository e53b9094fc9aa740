"""What our subcommands share: options, the archive, one line for an error, an exit status."""

import argparse
import errno
import os
import sys
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from scrapy.commands import BaseRunSpiderCommand, ScrapyCommand
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.utils.conf import arglist_to_dict

from antara_crawler.archive import Archive, Filters, Stranger
from antara_crawler.errors import AntaraError, ArchiveBusy, NotWritable, UnreadablePage, UsageError
from antara_crawler.helps import helped
from antara_crawler.locations import archive_url, index_folder
from antara_crawler.mistyped import refuse_misspelt, refuse_mistyped
from antara_crawler.portals import portal
from antara_crawler.program import in_own_name
from antara_crawler.streams import lacking, let_go, make_usable, say, settle
from antara_crawler.terminal import plain
from antara_crawler.wording import sentence, told, tr

EXIT_STATUS: dict[type[AntaraError], int] = {
    UsageError: 2,
    UnreadablePage: 3,
    NotWritable: 5,
    ArchiveBusy: 6,
}


def exit_status_of(error: AntaraError) -> int:
    """Return the exit status that the contract gives to an error of ours."""
    return next((code for kind, code in EXIT_STATUS.items() if isinstance(error, kind)), 4)


def complain(verb: str, error: AntaraError) -> None:
    """Print an error as one clear line on standard error."""
    say(in_own_name(f"scrapy {verb}: {told(' '.join(str(error).split()))}"))


def report(line: str) -> None:
    """Print a line beside the output, so that what is piped on stays clean."""
    say(in_own_name(line))


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


class CarefulCommand(ScrapyCommand):
    """A Scrapy command that says in one line what is wrong with its options and settings."""

    @property
    def verb(self) -> str:
        """The subcommand's name: its module's."""
        return type(self).__module__.rpartition(".")[2]

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of all commands; from here on the streams are usable."""
        make_usable()
        super().add_options(parser)
        parser.error = partial(_refuse, self.verb)  # type: ignore[method-assign]
        help_text = partial(helped, parser, parser.format_help)
        parser.format_help = lambda: in_own_name(help_text())  # type: ignore[method-assign]

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options; refuse what is mistyped, and files that cannot be written."""
        try:
            for name in filter(None, (opts.logfile, opts.pidfile, opts.profile)):
                _refuse_unwritable(name)
            super().process_options(args, opts)
            assert self.settings is not None
            refuse_misspelt(arglist_to_dict(opts.set))
            refuse_mistyped(self.settings)
            if log := self.settings["LOG_FILE"]:
                _refuse_unwritable(log)
        except ScrapyUsageError as error:
            _refuse(self.verb, str(error))
        except AntaraError as error:
            _refuse(self.verb, str(error))


def _refuse(verb: str, message: str) -> NoReturn:
    complain(verb, UsageError(message))
    sys.exit(EXIT_STATUS[UsageError])


def _refuse_unwritable(name: str) -> None:
    try:
        with Path(name).open("ab"):
            pass
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{name} cannot be written ({why}): name another file") from error


@contextmanager
def one_line_for_trouble(command: CarefulCommand) -> Iterator[None]:
    """Turn what a user can mend, and what the system refuses, into one line and a status."""
    try:
        yield
        sys.stdout.flush()
    except AntaraError as error:
        complain(command.verb, error)
        command.exitcode = exit_status_of(error)
    except BrokenPipeError:
        # the reader (head, less) has seen enough
        let_go(sys.stdout)
        command.exitcode = 0
    except OSError as error:
        let_go(sys.stdout)
        complain(command.verb, NotWritable(_in_words(error)))
        command.exitcode = EXIT_STATUS[NotWritable]
    except KeyboardInterrupt:
        command.exitcode = 130
    if narrow := lacking():
        report(
            tr(
                "scrapy {verb}: this terminal takes {encoding} only, so letters were replaced: set"
                " PYTHONIOENCODING=utf-8 to see them all",
                verb=command.verb,
                encoding=narrow,
            )
        )
    settle()


def _in_words(error: OSError) -> str:
    why = os.strerror(error.errno) if error.errno else str(error)
    if error.filename is not None:
        name = os.fsdecode(error.filename)
        return sentence(f"{name} cannot be used ({why}): make room or give access")
    if error.errno == errno.EBADF:
        return sentence(f"the output could not be written (it is closed: {why})")
    return sentence(f"the output could not be written ({why})")


class VisitingCommand(CarefulCommand, BaseRunSpiderCommand):
    """A subcommand that asks a portal for a few pages and prints what it found."""

    requires_project = True

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options; the log says what went wrong only, since what was found is printed."""
        super().process_options(args, opts)
        assert self.settings is not None
        self.settings.set("LOG_LEVEL", "WARNING", priority="project")


class ArchiveCommand(CarefulCommand):
    """A subcommand over the archive: `work` does the job and returns the exit status."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    @abstractmethod
    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do what the command is for; raise AntaraError for what a user can mend."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run `work`; turn our errors into one line and their exit status."""
        with one_line_for_trouble(self):
            self.exitcode = self.work(refuse_unknown_options(args), opts)

    def archive(self, *, write: bool = False) -> Archive:
        """Open the archive that the settings name; a reading command never creates one."""
        assert self.settings is not None
        return Archive.open(archive_url(self.settings), create=write, read_only=not write)

    @contextmanager
    def archive_for(self, filters: Filters) -> Iterator[Archive]:
        """Open the archive to read what fits; raise UsageError for names that it does not have."""
        assert self.settings is not None
        with self.archive() as archive:
            look_beside(archive, index_folder(self.settings))
            for stranger in archive.strangers(filters):
                option, why = stranger.what, in_words(stranger)
                raise UsageError(f"--{option} {why}")
            yield archive


def look_beside(archive: Archive, folder: Path, *, later: bool = False) -> None:
    """Let searches use the index in a folder, if it is there, and the extra that reads it.

    With `later` also one that is made only then.
    """
    if (later or folder.exists()) and find_spec("tantivy"):
        from antara_crawler.archive.beside.files import Folder  # noqa: PLC0415
        from antara_crawler.archive.beside.finding import Beside  # noqa: PLC0415

        archive.finder = Beside(Folder(folder), archive.name)


def in_words(stranger: Stranger) -> str:
    """Return what is wrong with a name, and what may have been meant."""
    name = plain(stranger.name)
    if near := ", ".join(f"'{plain(name)}'" for name in stranger.near):
        return sentence(f"'{name}' is nowhere in the archive: did you mean {near}?")
    return sentence(f"'{name}' is nowhere in the archive (scrapy stats lists what there is)")


def add_filter_options(parser: argparse.ArgumentParser, most: str = "all") -> None:
    """Add the filters that search, export and stats share; `most` is the limit without one."""
    group = parser.add_argument_group(tr("Filters"))
    group.add_argument("--portal", metavar="NAME", help=tr("only this portal, for example kalsel"))
    group.add_argument(
        "--section", metavar="NAME", help=tr("only this section, for example Ekonomi")
    )
    group.add_argument(
        "--since", metavar="DATE", help=tr("published on this day or later: 2024-09-30")
    )
    group.add_argument("--until", metavar="DATE", help=tr("published on this day or earlier"))
    group.add_argument("--tag", metavar="TAG", help=tr("only articles with this tag"))
    group.add_argument(
        "--author", metavar="NAME", help=tr("only articles by this pewarta or editor")
    )
    group.add_argument(
        "--template",
        metavar="NAME",
        help=tr("only what this template read; generic: what none did"),
    )
    group.add_argument(
        "--limit", metavar="N", help=tr("at most so many articles ({most})", most=most)
    )


def filters_from(opts: argparse.Namespace) -> Filters:
    """Return the filters that the options name.

    Raises UsageError for a portal that there is not, a wrong date or number.
    """
    if opts.portal is not None:
        portal(opts.portal)
    return Filters(
        portal=opts.portal,
        section=opts.section,
        since=day("--since", opts.since),
        until=day("--until", opts.until),
        tag=opts.tag,
        author=opts.author,
        template=opts.template,
        limit=whole_number("--limit", opts.limit),
    )


def whole_number(option: str, text: str | None, least: int = 1) -> int | None:
    """Return an option's number, or raise UsageError naming the option."""
    if text is None:
        return None
    if not text.isascii() or not text.isdecimal() or int(text) < least:
        raise UsageError(f"{option} {text} is not a number of at least {least}")
    return int(text)


def day(option: str, text: str | None) -> date | None:
    """Return an option's date, or raise UsageError naming the option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text} is not a date: write it like 2024-09-30") from None
