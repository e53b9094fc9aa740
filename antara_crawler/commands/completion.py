"""`scrapy completion`: lets a shell complete commands, options and portals of `antara`."""

import argparse
from importlib import import_module
from pkgutil import iter_modules

from antara_crawler import commands
from antara_crawler.cli.command import ArchiveCommand
from antara_crawler.errors import UsageError
from antara_crawler.portals import portals


class Command(ArchiveCommand):
    """Prints a script for a shell."""

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Print the script; raise UsageError for a shell that is not known."""
        import shtab  # noqa: PLC0415  (every command is imported at every start)

        if len(args) != 1 or args[0] not in shtab.SUPPORTED_SHELLS:
            raise UsageError(f"name your shell: {', '.join(shtab.SUPPORTED_SHELLS)}")
        print(shtab.complete(self._command_line(), args[0]))
        return 0

    def _command_line(self) -> argparse.ArgumentParser:
        """Return a parser that knows all commands and their options, as a shell shall."""
        parser = argparse.ArgumentParser("antara")
        verbs = parser.add_subparsers()
        for module in iter_modules(commands.__path__):
            command: ArchiveCommand = import_module(f"{commands.__name__}.{module.name}").Command()
            said = command.short_desc()
            verb = verbs.add_parser(module.name, help=said, conflict_handler="resolve")
            command.settings = self.settings
            command.add_options(verb)
            if "PORTAL" in command.syntax():
                verb.add_argument("named", nargs="*", choices=sorted(portals()))
        return parser
