"""`scrapy schedule`: units of systemd that crawl a portal and look after the archive."""

import argparse
import getpass
import os
import re
import sys
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import ClassVar

from antara_crawler.cli import ArchiveCommand, flag, report, value
from antara_crawler.errors import UsageError
from antara_crawler.locations import archive_url, base_folder, captures_folder
from antara_crawler.portals import portal
from antara_crawler.scheduling import HEADER, SECRETS, Schedule, to_enable, units
from antara_crawler.wording import language, msgid, tr

_PLACE = "/etc/systemd/system"
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+")


class Command(ArchiveCommand):
    """Prints or writes units and timers."""

    usage = "PORTAL --at HH:MM [--mail ADDRESS] [--write DIR] [--serve]"
    short = msgid("Write systemd units that crawl a portal every night")
    fields: ClassVar = {"secrets": SECRETS}
    long = msgid(
        "Print, or --write into a folder, units and timers of systemd: the crawl"
        " at that time of this machine's clock, three hours later verify, five"
        " hours later health. With --mail an alarm sends the summary of a crawl"
        " that ended with 1, 3 or 5, and what verify or health found; status 4"
        " waits for the next night. They use the archive and captures that the"
        " settings name now; what is secret belongs into {secrets}. Example:"
        " scrapy schedule kalsel --at 03:15 --mail you@example.org"
    )

    def _options(self, parser: argparse.ArgumentParser) -> None:
        value(parser, "--at", "HH:MM", tr("when to crawl, for example 03:15"))
        value(parser, "--mail", "ADDRESS", tr("whom the alarm tells, by `mail`"))
        value(parser, "--user", "NAME", tr("who runs it (you; antara for root)"))
        value(parser, "--write", "DIR", tr("write into this folder: {folder}", folder=_PLACE))
        flag(parser, "--serve", tr("a unit for the reader, too"))
        value(parser, "--allow-host", "NAME", tr("of the reader: see serve -h"))
        value(parser, "--password", "FILE", tr("of the reader: see serve -h"))

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
        for name in ("CONTACT", "ARCHIVE_URL", "CAPTURES_DIR"):
            value = str(self.settings[name] or "")
            if name == "ARCHIVE_URL" and secret:
                report(tr("ANTARA_ARCHIVE_URL has a password: write it into {secrets}, mode 600"))
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
