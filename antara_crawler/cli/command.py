"""What our subcommands share: options, the archive, one line for an error, an exit status."""

import argparse
import errno
import os
import sys
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from scrapy.commands import BaseRunSpiderCommand, ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.settings import Settings
from scrapy.utils.conf import arglist_to_dict

from antara_crawler.archive import Archive, Filters, Stranger
from antara_crawler.archive.runs import half_rebuilt
from antara_crawler.cli.mistyped import (
    refuse_misspelt,
    refuse_mistyped,
    refuse_unknown_options,
    refuse_unwritable,
)
from antara_crawler.cli.program import helped, in_own_name
from antara_crawler.errors import AntaraError, NotWritable, UsageError
from antara_crawler.locations import archive_url, index_folder
from antara_crawler.portals import Portal, portal, portals
from antara_crawler.terminal import lacking, let_go, make_usable, plain, say, settle, show
from antara_crawler.wording import sentence, told, tr, words

HELP = "commands/help.toml"
_MOST_DIGITS = 18
Group = argparse._ActionsContainer
Reader = Callable[[str, str], object]
"""Makes a value of an option's name and text; raises UsageError."""


def report(line: str) -> None:
    """Print a line beside the output, so that what is piped on stays clean."""
    say(in_own_name(line))


def note(message: str, /, **fields: object) -> None:
    """Print a message of ours likewise, in the reader's language."""
    report(tr(message, **fields))


def tell(message: str, /, **fields: object) -> None:
    """Print a message of ours on standard output, in the reader's language."""
    show(tr(message, **fields))


def _complain(verb: str, message: object) -> None:
    report(f"scrapy {verb}: {told(' '.join(str(message).split()))}")


class CarefulCommand(ScrapyCommand):
    """A Scrapy command that says in one line what is wrong: `work` gives its exit status."""

    requires_project = True
    bare: ClassVar[bool] = False
    """Whether it takes options only."""
    fields: ClassVar[dict[str, object]] = {}
    """What the help text has in its fields."""
    arguments: ClassVar[tuple[str, ...]] = ()
    """The names that -a takes."""
    _known: Sequence[str] = ()
    """The options that there are."""
    settings: Settings
    crawler_process: AsyncCrawlerProcess

    def syntax(self) -> str:
        """Return the line of usage."""
        return str(words(self.verb, HELP)["usage"])

    def short_desc(self) -> str:
        """Return the line of the command list."""
        return tr(words(self.verb, HELP)["short"])

    def long_desc(self) -> str:
        """Return the help text."""
        return tr(words(self.verb, HELP)["long"], **self.fields)

    @property
    def verb(self) -> str:
        """The subcommand's name: its module's."""
        return type(self).__module__.rpartition(".")[2]

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of all commands; from here on the streams are usable."""
        make_usable()
        super().add_options(parser)
        self._options(parser)
        self._known = [name for each in parser._actions for name in each.option_strings]
        parser.error = partial(_refuse, self.verb)  # type: ignore[method-assign]
        parser.format_help = partial(helped, parser, parser.format_help)  # type: ignore[method-assign]

    def _options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options; refuse what is mistyped, and files that cannot be written."""
        try:
            for name in filter(None, (opts.logfile, opts.pidfile, opts.profile)):
                refuse_unwritable(name)
            super().process_options(args, opts)
            refuse_misspelt(arglist_to_dict(opts.set), os.environ)
            refuse_mistyped(self.settings)
            if log := self.settings["LOG_FILE"]:
                refuse_unwritable(log)
        except (ScrapyUsageError, AntaraError) as error:
            _refuse(self.verb, error)

    @abstractmethod
    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do what the command is for; raise AntaraError for what a user can mend."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run `work`; what a user can mend, or the system refuses, is one line and a status."""
        try:
            args = refuse_unknown_options(args, self._known, self.arguments)
            if self.bare and args:
                raise UsageError(self._not_asked_for(args[0]))
            self.exitcode = self.work(args, opts)
            sys.stdout.flush()
        except AntaraError as error:
            _complain(self.verb, error)
            self.exitcode = error.exit_status
        except BrokenPipeError:
            # the reader (head, less) has seen enough: what the work came to so far, stands
            let_go(sys.stdout)
        except OSError as error:
            let_go(sys.stdout)
            _complain(self.verb, _in_words(error))
            self.exitcode = NotWritable.exit_status
        except KeyboardInterrupt:
            self.exitcode = 130
        if narrow := lacking():
            note(
                "scrapy {verb}: this terminal takes {encoding} only, so letters were replaced:"
                " set PYTHONIOENCODING=utf-8 to see them all",
                verb=self.verb,
                encoding=narrow,
            )
        settle()

    def _not_asked_for(self, word: str) -> str:
        if word in portals() and "--portal" in self._known:
            return sentence(f"'{word}' is not asked for so: say --portal {word}")
        return sentence(f"'{plain(word)}' is not asked for: see -h")


def _refuse(verb: str, message: object) -> NoReturn:
    _complain(verb, message)
    sys.exit(UsageError.exit_status)


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

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options; the log says what went wrong only, since what was found is printed."""
        super().process_options(args, opts)
        self.settings.set("LOG_LEVEL", "WARNING", priority="project")


class ArchiveCommand(CarefulCommand):
    """A subcommand over the archive."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def archive(self, *, write: bool = False) -> Archive:
        """Open the archive that the settings name; a reading command never creates one."""
        url = archive_url(self.settings)
        patience = self.settings.getfloat("WRITE_PATIENCE") if write else 0.0
        archive = Archive.open(url, create=write, read_only=not write, patience=patience)
        if not write:
            say_if_partial(archive)
        return archive

    @contextmanager
    def archive_for(self, filters: Filters) -> Iterator[Archive]:
        """Open the archive to read what fits; raise UsageError for names that it does not have."""
        with self.archive() as archive:
            look_beside(archive, index_folder(self.settings))
            for stranger in archive.strangers(filters):
                option, why = stranger.what, in_words(stranger)
                raise UsageError(f"--{option} {why}")
            yield archive


def say_if_partial(archive: Archive) -> None:
    """Say so where an archive is still being rebuilt, or its rebuilding was cut off."""
    if half_rebuilt(archive):
        note("this archive is not whole: scrapy rebuild has not come to its end")


def look_beside(archive: Archive, folder: Path, *, later: bool = False) -> None:
    """Let searches use the index in a folder where the extra is; with `later` one made then."""
    if (later or folder.exists()) and find_spec("tantivy"):
        from antara_crawler.archive.beside.finding import Beside  # noqa: PLC0415

        archive.finder = Beside(folder, archive.name)


def in_words(stranger: Stranger) -> str:
    """Return what is wrong with a name, and what may have been meant."""
    name = plain(stranger.name)
    if near := ", ".join(f"'{plain(name)}'" for name in stranger.near):
        return sentence(f"'{name}' is nowhere in the archive: did you mean {near}?")
    return sentence(f"'{name}' is nowhere in the archive (scrapy stats lists what there is)")


def add_filter_options(parser: argparse.ArgumentParser, most: str = "all") -> None:
    """Add the filters that search, export and stats share; `most` is the limit without one."""
    group = parser.add_argument_group(tr("Filters"))
    value(group, "--portal", "NAME", tr("only this portal, for example kalsel"), portal_name)
    value(group, "--section", "NAME", tr("only this section, for example Ekonomi"))
    value(group, "--since", "DATE", tr("published on this day or later: 2024-09-30"), day)
    value(group, "--until", "DATE", tr("published on this day or earlier"), day)
    value(group, "--tag", "TAG", tr("only articles with this tag"))
    value(group, "--author", "NAME", tr("only articles by this pewarta or editor"))
    value(group, "--template", "NAME", tr("only what this template read; generic: what none did"))
    value(group, "--limit", "N", tr("at most so many articles ({most})", most=most), whole_number)


def filters_from(opts: argparse.Namespace) -> Filters:
    """Return the filters that the options name."""
    return Filters(**{each.name: getattr(opts, each.name) for each in fields(Filters)})


def flag(to: Group, name: str, about: str) -> None:
    """Add an option that is given or not."""
    to.add_argument(name, action="store_true", help=about)


class _Read(argparse.Action):
    """Takes what a reader, kept as `const`, makes of an option and its text."""

    def __call__(self, parser: Any, given: Any, text: Any, option: str | None = None) -> None:
        try:
            setattr(given, self.dest, self.const(option, text))
        except UsageError as error:
            parser.error(str(error))


def value(
    to: Group, name: str, metavar: str, about: str, read: Reader | None = None, **more: Any
) -> None:
    """Add an option that takes a value, as `read` reads it."""
    more |= {"action": _Read, "const": read} if read else {}
    to.add_argument(name, metavar=metavar, help=about, **more)


def one_portal(args: Sequence[str]) -> Portal:
    """Return the one portal that the words name; raise UsageError for others."""
    if argument := next((word for word in args if "=" in word), None):
        raise UsageError(f"put -a before an argument: -a {plain(argument)}")
    if len(args) != 1:
        raise UsageError("name one portal: scrapy list shows them")
    return portal(args[0])


def portal_name(option: str, text: str) -> str:
    """Return the name of a portal that there is."""
    return portal(text).name


def whole_number(option: str, text: str, least: int = 1) -> int:
    """Return an option's number."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    if not is_number or int(text) < least:
        raise UsageError(f"{option} {text} is not a number of at least {least}")
    return int(text)


def day(option: str, text: str) -> date:
    """Return an option's date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text} is not a date: write it like 2024-09-30") from None
