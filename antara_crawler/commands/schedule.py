"""`scrapy schedule`: units of systemd that crawl a portal and look after the archive."""

import argparse
import getpass
import os
import re
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from pwd import getpwall
from typing import ClassVar

from antara_crawler.cli.command import ArchiveCommand, flag, note, one_portal, value
from antara_crawler.errors import UsageError
from antara_crawler.locations import archive_url, base_folder, captures_folder
from antara_crawler.wording import language, tables, tr

HEADER = "# written by scrapy schedule; changes of yours belong into: systemctl edit NAME\n"
SECRETS = "/etc/antara.env"
"""Where a user keeps what no unit may show: it need not be there."""
_VERIFY_AFTER, _HEALTH_AFTER = 3, 5
"""Hours after the crawl."""
_PLACE = "/etc/systemd/system"
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+")
_UNITS: dict[str, str] = tables("commands/units.toml")


class Command(ArchiveCommand):
    """Prints or writes units and timers."""

    fields: ClassVar = {"secrets": SECRETS}

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
        if plan.user not in {each.pw_name for each in getpwall()}:
            made_by = f"sudo useradd --system {plan.user}"
            note("there is no user {user} here yet: {command}", user=plan.user, command=made_by)
        if "ANTARA_CONTACT" not in plan.environment:
            note(
                "no contact is set: write ANTARA_CONTACT=you@example.org into {secrets}",
                secrets=SECRETS,
            )
        note(
            "the folders must be there, and {user}'s: sudo chown -R {user} {folders}",
            user=plan.user,
            folders=shlex.join(map(str, plan.writable)),
        )
        start = "sudo systemctl daemon-reload && sudo systemctl enable --now"
        note("then: {command}", command=f"{start} {' '.join(to_enable(plan))}")
        return 0

    def _plan(self, args: list[str], opts: argparse.Namespace) -> "Schedule":
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
        reader = ["--allow-host", opts.allow_host] if opts.allow_host else []
        if opts.password:
            reader += ["--password", str(Path(opts.password).absolute())]
        beside = Path(sys.executable).parent  # where what knows our commands in any folder lies
        return Schedule(
            portal=one_portal(args).name,
            at=time(int(at[1]), int(at[2])),
            user=opts.user or (getpass.getuser() if os.getuid() else "antara"),
            program=beside / ("antara" if (beside / "antara").exists() else "scrapy"),
            folder=base_folder(),
            writable=places,
            environment=dict(self._environment(secret=url.password is not None)),
            mail=opts.mail,
            serve=reader if opts.serve else None,
        )

    def _environment(self, *, secret: bool) -> Iterator[tuple[str, str]]:
        """Yield what the units must be told, which else would hold for this terminal only."""
        for name in ("CONTACT", "ARCHIVE_URL", "CAPTURES_DIR"):
            value = str(self.settings[name] or "")
            if name == "ARCHIVE_URL" and secret:
                note(
                    "ANTARA_ARCHIVE_URL has a password: write it into {secrets}, mode 600",
                    secrets=SECRETS,
                )
            elif value:
                yield f"ANTARA_{name}", value
        if language() == "id":  # the mails, too
            yield "LANG", "id_ID.UTF-8"


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the units need to know; paths are absolute, and `program` is how to call a command.

    `writable` are the folders that are written, `serve` are the reader's options, None for none;
    `mail` is the address of the alarm, None where nobody is told.
    """

    portal: str
    at: time
    user: str
    program: Path
    folder: Path
    writable: Sequence[Path]
    environment: Mapping[str, str]
    mail: str | None = None
    serve: Sequence[str] | None = None


def units(plan: Schedule) -> dict[str, str]:
    """Return the text of each unit by its name; raise UsageError for what no unit can say."""
    writable = " ".join(_quoted(str(place), dollar="$") for place in plan.writable)
    common = {
        "user": _line(plan.user),
        "folder": _line(str(plan.folder)),
        "secrets": SECRETS,
        "environment": "".join(
            f"Environment={_quoted(f'{name}={value}', dollar='$')}\n"
            for name, value in plan.environment.items()
        ),
        "writable": f"ReadWritePaths={writable}\n" if writable else "",
    }

    def service(about: str, *words: str, more: str = "", lasting: bool = False) -> str:
        program = _quoted(str(plan.program))
        command = " ".join([program, *(w if w == "%i" else _quoted(w) for w in words)])
        alarm = "OnFailure=antara-alarm@%n.service\n" if plan.mail and not lasting else ""
        kind = "exec" if lasting else "oneshot"
        return HEADER + _UNITS["service"].format(
            about=about, command=command, on_failure=alarm, kind=kind, more=more, **common
        )

    def timer(about: str, hours: int = 0) -> str:
        at = plan.at.replace(hour=(plan.at.hour + hours) % 24)
        return HEADER + _UNITS["timer"].format(about=about, at=at)

    # 4: some pages failed and stay queued for the next run; 6: an earlier run is at it
    fine = "SuccessExitStatus=4 6\nTimeoutStopSec=20\n"
    wrong = "hat goes wrong with the ANTARA archive"
    found = {
        "antara-crawl@.service": service("Archive of ANTARA %i", "crawl", "%i", more=fine),
        f"antara-crawl@{plan.portal}.timer": timer(f"Nightly archive of ANTARA {plan.portal}"),
        "antara-verify.service": service("Check of the ANTARA archive", "verify"),
        "antara-verify.timer": timer("Nightly check of the ANTARA archive", _VERIFY_AFTER),
        "antara-health.service": service(f"W{wrong}", "health", "--notify"),
        "antara-health.timer": timer(f"Nightly look at w{wrong}", _HEALTH_AFTER),
    }
    if plan.mail:
        told, mail = _quoted(_UNITS["told"]), _quoted(plan.mail)
        alarm = _UNITS["alarm"].format(user=common["user"], told=told, mail=mail)
        found["antara-alarm@.service"] = HEADER + alarm
    if plan.serve is not None:
        more = "Restart=on-failure\n\n[Install]\nWantedBy=multi-user.target\n"
        about = "Reader of the ANTARA archive"
        served = service(about, "serve", *plan.serve, more=more, lasting=True)
        found["antara-serve.service"] = served
    return found


def to_enable(plan: Schedule) -> list[str]:
    """Return the names of the units that start the others, or run for good."""
    starts = [f"antara-crawl@{plan.portal}.timer", "antara-verify.timer", "antara-health.timer"]
    return starts if plan.serve is None else [*starts, "antara-serve.service"]


def _line(text: str) -> str:
    """Return a value that stands alone on its line."""
    if not text.isprintable():
        raise UsageError(f"{text!r} cannot stand in a unit: rename it")
    return text.replace("%", "%%")


def _quoted(text: str, dollar: str = "$$") -> str:
    """Return a word as systemd reads it back, in quotes where it needs them."""
    word = _line(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", dollar)
    plain = all(sign.isalnum() or sign in "-_./:=@%+,$" for sign in word)
    return word if plain and word else f'"{word}"'


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
        note("wrote {name}", name=folder / name)
