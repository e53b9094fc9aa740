"""`scrapy schedule`: units of systemd that crawl a portal and look after the archive."""

import argparse
import getpass
import os
import re
import sys
from collections.abc import Iterator
from datetime import time
from pathlib import Path

from antara_crawler.cli import ArchiveCommand, report
from antara_crawler.errors import UsageError
from antara_crawler.locations import archive_url, base_folder, captures_folder
from antara_crawler.portals import portal
from antara_crawler.scheduling import HEADER, SECRETS, Schedule, to_enable, units
from antara_crawler.wording import language, tr

_PLACE = "/etc/systemd/system"
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+")


class Command(ArchiveCommand):
    """Prints or writes units and timers."""

    def syntax(self) -> str:
        """Return the line of usage."""
        return "PORTAL --at HH:MM [--mail ADDRESS] [--write DIR] [--serve]"

    def short_desc(self) -> str:
        """Return the line of the command list."""
        return tr("Write systemd units that crawl a portal every night")

    def long_desc(self) -> str:
        """Return the help text."""
        return tr(
            "Print, or --write into a folder, units and timers of systemd: the crawl"
            " at that time of this machine's clock, three hours later verify, five"
            " hours later health. With --mail an alarm sends the summary of a crawl"
            " that ended with 1, 3 or 5, and what verify or health found; status 4"
            " waits for the next night. They use the archive and captures that the"
            " settings name now; what is secret belongs into {secrets}. Example:"
            " scrapy schedule kalsel --at 03:15 --mail you@example.org",
            secrets=SECRETS,
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add when, who, and where to."""
        super().add_options(parser)
        parser.add_argument("--at", metavar="HH:MM", help=tr("when to crawl, for example 03:15"))
        parser.add_argument("--mail", metavar="ADDRESS", help=tr("whom the alarm tells, by `mail`"))
        parser.add_argument("--user", metavar="NAME", help=tr("who runs it (you; antara for root)"))
        parser.add_argument(
            "--write", metavar="DIR", help=tr("write into this folder: {folder}", folder=_PLACE)
        )
        parser.add_argument("--serve", action="store_true", help=tr("a unit for the reader, too"))
        parser.add_argument("--allow-host", metavar="NAME", help=tr("of the reader: see serve -h"))
        parser.add_argument("--password", metavar="FILE", help=tr("of the reader: see serve -h"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Print or write the units, and say how to start them."""
        plan = self._plan(args, opts)
        made = units(plan)
        if opts.write:
            _write(Path(opts.write), made)
        else:
            for name, text in made.items():
                print(f"# {_PLACE}/{name}\n{text}")
        owned = " ".join(str(each) for each in plan.writable)
        user = plan.user
        report(
            tr(
                "the folders must be there, and {user}'s: sudo chown -R {user} {folders}",
                user=user,
                folders=owned,
            )
        )
        start = "sudo systemctl daemon-reload && sudo systemctl enable --now"
        report(tr("then: {command}", command=f"{start} {' '.join(to_enable(plan))}"))
        return 0

    def _plan(self, args: list[str], opts: argparse.Namespace) -> Schedule:
        if len(args) != 1:
            raise UsageError("name one portal: scrapy schedule kalsel --at 03:15")
        at = _TIME.fullmatch(opts.at or "")
        if at is None:
            raise UsageError("say when with --at, on a clock of 24 hours: --at 03:15")
        if opts.mail and not _MAIL.fullmatch(opts.mail):
            raise UsageError(f"--mail {opts.mail} is no mail address")
        if (opts.allow_host or opts.password) and not opts.serve:
            raise UsageError("--allow-host and --password are the reader's: give --serve, too")
        assert self.settings is not None
        url = archive_url(self.settings)
        places = [captures_folder(self.settings)]
        if url.get_backend_name() == "sqlite":
            places.append(Path(str(url.database)).parent)
        places = [each for each in dict.fromkeys(places) if not set(each.parents) & set(places)]
        return Schedule(
            portal=portal(args[0]).name,
            at=time(int(at[1]), int(at[2])),
            user=opts.user or (getpass.getuser() if os.getuid() else "antara"),
            program=_program(),
            folder=base_folder(),
            writable=places,
            environment=dict(self._environment(secret=url.password is not None)),
            mail=opts.mail,
            serve=list(_reader(opts)) if opts.serve else None,
        )

    def _environment(self, *, secret: bool) -> Iterator[tuple[str, str]]:
        """Yield what the units must be told, which else would hold for this terminal only."""
        assert self.settings is not None
        for name in ("CONTACT", "ARCHIVE_URL", "CAPTURES_DIR"):
            value = str(self.settings[name] or "")
            if name == "ARCHIVE_URL" and secret:
                report(
                    tr(
                        "ANTARA_ARCHIVE_URL has a password: write it into {secrets}, mode 600",
                        secrets=SECRETS,
                    )
                )
            elif value:
                yield f"ANTARA_{name}", value
        if language() == "id":  # the mails, too
            yield "LANG", "id_ID.UTF-8"


def _program() -> Path:
    """Return the program beside this Python that knows our commands in any folder."""
    beside = Path(sys.executable).parent
    return next(
        (p for p in (beside / "antara", beside / "scrapy") if p.exists()), beside / "scrapy"
    )


def _reader(opts: argparse.Namespace) -> Iterator[str]:
    if opts.allow_host:
        yield from ("--allow-host", opts.allow_host)
    if opts.password:
        yield from ("--password", str(Path(opts.password).absolute()))


def _write(folder: Path, made: dict[str, str]) -> None:
    """Write the units; refuse to replace one that somebody else wrote."""
    if not folder.is_dir():
        raise UsageError(f"--write {folder} is no folder: make it first")
    for name in made:
        path = folder / name
        if path.exists() and not path.read_text("utf-8", "replace").startswith(HEADER):
            raise UsageError(f"{path} is not of scrapy schedule: move it away first")
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8")
        report(tr("wrote {name}", name=folder / name))
