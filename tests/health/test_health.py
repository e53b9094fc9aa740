"""What goes wrong is named within two nights, by the archive's own past; quiet nights are quiet."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from antara_crawler.archive import Archive
from antara_crawler.archive.runs import recorded
from antara_crawler.archive.tables.crawl import Runs
from antara_crawler.commands.health import Command
from antara_crawler.health.history import Finding, History, load
from antara_crawler.health.judge import judge
from antara_crawler.health.record import keep, known, known_findings, to_tell, was_told
from tests.commands.library import Library
from tests.health.judging import false_alarms, faulty_nights, years_archive
from tests.health.simulated import FAULTS, FIRST, Fault, World, ended_at, no_article, write
from tests.scrapy_runs import Workplace

DAYS = 150
MIB = 2**20
NOW = ended_at(FIRST + timedelta(days=DAYS))
FIRST_END = ended_at(FIRST)
SILENT = Finding("silent kalsel", "silent", "kalsel", "kalsel: nothing new for 2 days")
FULL = Finding("disk", "disk", None, "the disk is full in 3 days")


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    path, world = tmp_path_factory.mktemp("past") / "archive.db", World(seed=1)
    years_archive(path, world, DAYS)
    return path, world


def test_a_quiet_past_has_at_most_two_false_alarms(past: tuple[Path, World]) -> None:
    assert len(found := false_alarms(past[0], 30, DAYS)) <= 2, found


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_named_within_two_nights(past: tuple[Path, World], fault: Fault) -> None:
    path, world = past
    nights = list(faulty_nights(path, world, fault, DAYS, 2))
    assert FAULTS[fault] in {each.key for found in nights for each in found}


def test_a_finding_says_how_much_and_what_is_usual(past: tuple[Path, World]) -> None:
    *_, last = faulty_nights(*past, no_article, DAYS, 2)
    (silent,) = (each for each in last if each.kind == "silent")
    assert silent.what == (
        f"kalsel: nothing new in the whole portal for 2 days, since {NOW:%Y-%m-%d}"
        " (longest silence of the past year: 0)"
    )
    assert "in a browser" in silent.remedy


def test_what_no_crawl_looked_for_is_no_silence_but_a_missing_run(past: tuple[Path, World]) -> None:
    with Archive.open(f"sqlite:///{past[0]}", read_only=True) as archive:
        history = load(archive, FIRST)
    found = judge(history, NOW + timedelta(days=3), {})
    assert {each.key for each in found} == {"no run kalsel"}
    assert judge(history, NOW + timedelta(hours=8), {}) == []


def test_runs_of_a_clock_that_was_ahead_do_not_hide_that_none_came_since(
    past: tuple[Path, World],
) -> None:
    with Archive.open(f"sqlite:///{past[0]}", read_only=True) as archive:
        history = load(archive, FIRST, until=NOW - timedelta(days=40))
    assert {"no run kalsel", "verify"} <= {each.key for each in judge(history, NOW, {})}


def test_a_disk_that_fills_and_a_verify_long_ago_are_named(past: tuple[Path, World]) -> None:
    with Archive.open(f"sqlite:///{past[0]}", read_only=True) as archive:
        history = load(archive, FIRST)
    last = FIRST + timedelta(days=DAYS - 1)
    history.written = {last - timedelta(days=each): 20 * MIB for each in range(28)}
    assert judge(history, ended_at(last), {}, free=10_000 * MIB) == []
    (disk,) = judge(history, ended_at(last), {}, free=200 * MIB)
    assert "in 10 days" in disk.what
    assert history.verified_at is not None
    history.verified_at -= timedelta(days=40)
    (verify,) = judge(history, ended_at(last), {})
    assert verify.kind == "verify"


def test_what_the_last_check_found_is_named_until_another_finds_nothing(archive: Archive) -> None:
    for counts, night in (({"found": 3, "mended": 1}, 0), ({"found": 0, "mended": 0}, 1)):
        at = FIRST_END + timedelta(days=night)
        with recorded(archive, "verify", "test 1", begun=at) as run:
            run.counts = counts
        with archive.writing() as connection:
            connection.execute(update(Runs).where(Runs.id == run.run).values(finished_at=at))
        found = [each.what for each in judge(load(archive, FIRST), at, {})]
        wrong = "2 things were wrong in archive or captures when they were last verified, on "
        assert found == ([] if night else [f"{wrong}{at:%Y-%m-%d}"])


@pytest.mark.parametrize(
    ("nights", "days", "is_late"), [(2, 9, False), (3, 6, False), (3, 9, True), (4, 9, True)]
)
def test_a_portal_that_is_crawled_night_by_night_and_never_to_a_good_end_is_named(
    nights: int, days: int, is_late: bool
) -> None:
    history = History(began_at=NOW)
    history.begun = {"kalsel": [NOW + timedelta(days=each) for each in range(nights)]}
    found = judge(history, NOW + timedelta(days=days), {})
    assert [each.key for each in found] == (["no run kalsel"] if is_late else [])


def test_an_archive_without_a_past_has_no_findings() -> None:
    assert judge(History(), NOW, {}, free=1) == []


def test_a_finding_on_record_goes_on_until_it_is_as_usual_again(past: tuple[Path, World]) -> None:
    with Archive.open(f"sqlite:///{past[0]}", read_only=True) as archive:
        history = load(archive, FIRST)
    last = FIRST + timedelta(days=DAYS - 1)
    (measure,) = (
        each for each in history.shares if each.name == "reporters" and each.of == "mag/berita"
    )
    for night in (last, last - timedelta(days=1)):
        _, total = history.shares[measure][night]
        history.shares[measure][night] = (total * 9 // 10, total)
    assert judge(history, ended_at(last), {}) == []
    (known_one,) = judge(history, ended_at(last), {measure.key: last - timedelta(days=3)})
    assert known_one.key == measure.key


def test_nights_are_counted_on_either_database(archive: Archive) -> None:
    write(archive, world := World(seed=5), world.nights(0, 3))
    history = load(archive, FIRST)
    read = {each.key: tally for each, tally in history.shares.items()}
    nights = list(World(seed=5).nights(0, 3))
    assert [total for _, total in read["changing kalsel"].values()] == [
        night.counts["revised"] + night.counts["unchanged"] for night in nights
    ]
    of = [[each for each in night.articles if each["kind"] == "berita"] for night in nights]
    assert list(read["empty kalsel mag/berita reporters"].values()) == [
        (sum("r" in each["filled"] for each in night), len(night)) for night in of
    ]
    assert [total for _, total in read["differs kalsel time grows with the number"].values()] == [
        *map(len, of)
    ]
    assert history.days["kalsel", "hukum"] == {
        night.day: sum(each["section"] == "hukum" for each in night.articles) for night in nights
    }


def test_each_is_told_once_and_its_end_too(archive: Archive) -> None:
    keep(archive, [SILENT, FULL], NOW)
    told = to_tell(archive)
    assert [each.key for each in told.new] == ["silent kalsel", "disk"]
    was_told(archive, told.rows, NOW)
    later = NOW + timedelta(days=1)
    keep(archive, [SILENT, FULL], later)
    assert to_tell(archive).rows == ()
    keep(archive, [FULL], later)
    assert [each.key for each in to_tell(archive).over] == ["silent kalsel"]
    was_told(archive, to_tell(archive).rows, later)
    assert to_tell(archive).rows == ()
    keep(archive, [SILENT, FULL], later)
    assert [each.key for each in to_tell(archive).new] == ["silent kalsel"]


def test_what_began_and_ended_unnoticed_is_not_told(archive: Archive) -> None:
    keep(archive, [SILENT], NOW)
    keep(archive, [], NOW)
    assert to_tell(archive).rows == ()
    assert known(archive) == {}


def test_looking_at_one_portal_ends_nothing_of_others(archive: Archive) -> None:
    keep(archive, [SILENT, FULL], NOW)
    keep(archive, [], NOW, "jatim")
    assert set(known(archive)) == {"silent kalsel", "disk"}
    keep(archive, [], NOW, "kalsel")
    assert set(known(archive)) == {"disk"}
    first, second = known_findings(archive, NOW - timedelta(days=1))
    assert (first.key, first.over_at) == ("disk", None)
    assert (second.key, second.over_at) == ("silent kalsel", NOW)


def test_the_command_ends_with_4_on_findings_and_with_0_without(
    past: tuple[Path, World], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path / 'archive.db'}")
    (tmp_path / "archive.db").write_bytes(past[0].read_bytes())
    library = Library(place)
    assert library.call(Command(), "--json") == 4
    (late,) = json.loads(capsys.readouterr().out)
    assert (late["kind"], late["portal"]) == ("verify", None)
    assert library.call(Command(), "--portal", "kalsel") == 4
    assert "no run: kalsel: no crawl of it began here since 20" in capsys.readouterr().out
    assert library.call(Command()) == 4
    line, total = capsys.readouterr().out.splitlines()
    assert line.startswith("verify: the archive was not verified since 2025-")
    assert line.endswith("run: scrapy verify (the README has a timer for it)")
    assert total == "1 finding"
    new = Library(Workplace(tmp_path, f"sqlite:///{tmp_path / 'new.db'}"))
    Archive.open(new.place.archive_url, create=True).close()
    assert new.call(Command()) == 0
    assert capsys.readouterr().out == "nothing goes wrong that the archive's past would not have\n"
