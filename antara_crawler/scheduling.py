"""Units of systemd for the nights of a portal: crawl, verify, health, an alarm; and the reader."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from antara_crawler.errors import UsageError

HEADER = "# written by scrapy schedule; changes of yours belong into: systemctl edit NAME\n"
SECRETS = "/etc/antara.env"
"""Where a user keeps what no unit may show: it need not be there."""
_VERIFY_AFTER, _HEALTH_AFTER = 3, 5
"""Hours after the crawl."""


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
    crawl = f"antara-crawl@{plan.portal}"
    found = {
        "antara-crawl@.service": _service(
            plan,
            "Archive of ANTARA %i",
            ["crawl", "%i"],
            # 4: some pages failed and stay queued for the next run; 6: an earlier run is at it
            ("SuccessExitStatus=4 6", "TimeoutStopSec=20"),
        ),
        f"{crawl}.timer": _timer(f"Nightly archive of ANTARA {plan.portal}", plan.at),
        "antara-verify.service": _service(plan, "Check of the ANTARA archive", ["verify"]),
        "antara-verify.timer": _timer(
            "Nightly check of the ANTARA archive", _later(plan.at, _VERIFY_AFTER)
        ),
        "antara-health.service": _service(
            plan, "What goes wrong with the ANTARA archive", ["health", "--notify"]
        ),
        "antara-health.timer": _timer(
            "Nightly look at what goes wrong with the ANTARA archive",
            _later(plan.at, _HEALTH_AFTER),
        ),
    }
    if plan.mail:
        found["antara-alarm@.service"] = _alarm(plan, plan.mail)
    if plan.serve is not None:
        found["antara-serve.service"] = _service(
            plan, "Reader of the ANTARA archive", ["serve", *plan.serve], ("Restart=on-failure",)
        )
    return found


def to_enable(plan: Schedule) -> list[str]:
    """Return the names of the units that start the others, or run for good."""
    starts = [f"antara-crawl@{plan.portal}.timer", "antara-verify.timer", "antara-health.timer"]
    return starts if plan.serve is None else [*starts, "antara-serve.service"]


def _service(
    plan: Schedule, description: str, words: Sequence[str], more: Sequence[str] = ()
) -> str:
    lasting = words[0] == "serve"
    lines = ["[Unit]", f"Description={description}"]
    lines += ["Wants=network-online.target", "After=network-online.target"]
    if plan.mail and not lasting:
        lines.append("OnFailure=antara-alarm@%n.service")
    lines += ["", "[Service]", f"Type={'exec' if lasting else 'oneshot'}", *_common(plan)]
    command = [_quoted(str(plan.program)), *(w if w == "%i" else _quoted(w) for w in words)]
    lines += [f"ExecStart={' '.join(command)}", *more]
    if lasting:
        lines += ["", "[Install]", "WantedBy=multi-user.target"]
    return HEADER + "\n".join(lines) + "\n"


def _common(plan: Schedule) -> Iterator[str]:
    yield f"User={_line(plan.user)}"
    yield f"WorkingDirectory={_line(str(plan.folder))}"
    for name, value in plan.environment.items():
        yield f"Environment={_quoted(f'{name}={value}', dollar='$')}"
    yield f"EnvironmentFile=-{SECRETS}"
    yield "NoNewPrivileges=yes"
    yield "PrivateTmp=yes"
    yield "ProtectSystem=strict"
    if plan.writable:
        places = (_quoted(str(place), dollar="$") for place in plan.writable)
        yield f"ReadWritePaths={' '.join(places)}"


def _timer(description: str, at: time) -> str:
    lines = ["[Unit]", f"Description={description}", "", "[Timer]"]
    lines += [f"OnCalendar=*-*-* {at:%H:%M}", "RandomizedDelaySec=20min", "Persistent=true"]
    return HEADER + "\n".join([*lines, "", "[Install]", "WantedBy=timers.target"]) + "\n"


def _alarm(plan: Schedule, mail: str) -> str:
    """Return the unit that mails the end of another one's journal: its summary, or findings."""
    told = 'journalctl --unit="$1" --lines=60 --output=cat --no-pager | mail -s "$1" "$2"'
    lines = ["[Unit]", "Description=Mail of what went wrong with %i", "", "[Service]"]
    lines += ["Type=oneshot", f"User={_line(plan.user)}", "SupplementaryGroups=systemd-journal"]
    lines.append(f"ExecStart=/bin/sh -c {_quoted(told)} alarm %i {_quoted(mail)}")
    return HEADER + "\n".join(lines) + "\n"


def _later(at: time, hours: int) -> time:
    return at.replace(hour=(at.hour + hours) % 24)


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
