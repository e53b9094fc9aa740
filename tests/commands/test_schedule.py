"""`scrapy schedule`: the units say what the settings say, and systemd takes them."""

import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from antara_crawler.commands import schedule
from antara_crawler.commands.schedule import Schedule, to_enable, units
from antara_crawler.errors import UsageError
from tests.commands.library import Library, make_library

Output = pytest.CaptureFixture[str]
PLAN = Schedule(
    portal="kalsel",
    at=time(22, 40),
    user="daemon",
    program=Path(sys.executable),
    folder=Path("/"),
    writable=(Path("/srv/arsip antara/100%"), Path("/var/$data")),
    environment={"ANTARA_CONTACT": 'Arsip "Banua" 100% $HOME <a@example.org>'},
    mail="you@example.org",
    serve=("--allow-host", "arsip.example.org"),
)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_nothing_to_say_against_them(tmp_path: Path) -> None:
    for name, text in units(PLAN).items():
        (tmp_path / name).write_text(text)
    (tmp_path / "antara-alarm@.service").rename(tmp_path / "antara-alarm@x.service")
    (tmp_path / "antara-crawl@.service").rename(tmp_path / "antara-crawl@kalsel.service")
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"},
    )
    assert [line for line in ended.stderr.splitlines() if "antara-" in line] == []


def test_a_night_has_its_hours_and_the_alarm_those_that_need_someone() -> None:
    made = units(PLAN)
    hours = {
        name: text.split("OnCalendar=")[1][:11] for name, text in made.items() if "timer" in name
    }
    assert hours == {
        "antara-crawl@kalsel.timer": "*-*-* 22:40",
        "antara-verify.timer": "*-*-* 01:40",
        "antara-health.timer": "*-*-* 03:40",
    }
    assert "SuccessExitStatus=4 6\n" in made["antara-crawl@.service"]
    for name in ("crawl@", "verify", "health"):
        assert "OnFailure=antara-alarm@%n.service\n" in made[f"antara-{name}.service"]
        assert ("SuccessExitStatus" in made[f"antara-{name}.service"]) == (name == "crawl@")
    assert all("Persistent=true\n" in text for name, text in made.items() if "timer" in name)
    assert "OnFailure" not in "".join(units(replace(PLAN, mail=None)).values())
    assert set(to_enable(PLAN)) <= set(made)


def test_what_systemd_would_read_otherwise_is_written_so_that_it_does_not() -> None:
    text = units(PLAN)["antara-serve.service"]
    assert 'ReadWritePaths="/srv/arsip antara/100%%" /var/$data\n' in text
    assert 'Environment="ANTARA_CONTACT=Arsip \\"Banua\\" 100%% $HOME <a@example.org>"\n' in text
    assert f"ExecStart={sys.executable} serve --allow-host arsip.example.org\n" in text
    with pytest.raises(UsageError, match="cannot stand in a unit"):
        units(replace(PLAN, environment={"ANTARA_CONTACT": "a\nExecStart=/bin/sh"}))


def test_units_are_printed_or_written_and_no_stranger_is_replaced(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, capsys: Output
) -> None:
    library = make_library(tmp_path_factory.mktemp("arsip antara"))
    words = ("kalsel", "--at", "03:15", "--user", "antara", "--mail", "you@example.org")
    assert library.call(schedule.Command(), *words) == 0
    printed = capsys.readouterr()
    assert "# /etc/systemd/system/antara-crawl@kalsel.timer\n" in printed.out
    assert f"ANTARA_ARCHIVE_URL={library.place.archive_url}" in printed.out
    assert f"chown -R antara {shlex.quote(str(library.place.folder))}\n" in printed.err
    assert "no contact is set: write ANTARA_CONTACT=" in printed.err
    missing = ("kalsel", "--at", "03:15", "--user", "nobody-here")
    assert library.call(schedule.Command(), *missing) == 0
    assert "sudo useradd --system nobody-here" in capsys.readouterr().err
    for _ in range(2):
        assert library.call(schedule.Command(), *words, "--write", str(tmp_path)) == 0
    for path in tmp_path.iterdir():
        assert path.read_text() in printed.out
    capsys.readouterr()
    (tmp_path / "antara-verify.timer").write_text("[Timer]\n")
    assert library.call(schedule.Command(), *words, "--write", str(tmp_path)) == 2
    assert "move it away first" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--at", "03:15"), "name one portal"),
        (("kalsel",), "say when with --at"),
        (("kalsel", "--at", "3.15"), "say when with --at"),
        (("kalsell", "--at", "03:15"), "did you mean kalsel"),
        (("kalsel", "--at", "03:15", "--mail", "you; rm"), "is no mail address"),
        (("kalsel", "--at", "03:15", "--password", "x"), "give --serve, too"),
        (("kalsel", "--at", "03:15", "--write", "/none"), "is no folder"),
    ],
)
def test_wrong_usage_of_schedule_is_one_line(
    library: Library, words: tuple[str, ...], told: str, capsys: Output
) -> None:
    assert library.call(schedule.Command(), *words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
