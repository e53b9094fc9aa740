"""Dumps of earlier scrapers, imported as a user imports them."""

from pathlib import Path

import pytest

from antara_crawler.archive import Archive, runs
from tests.scrapy_runs import Workplace

LEAD = "Warga Desa Awang Landas memperbaiki jembatan gantung bersama relawan setempat pada Selasa."
BODY = [
    "“Jembatan itu jalan satu-satunya menuju kebun kami,” kata kepala desa di Awang Landas, Rabu.",
    "Baca juga: Warga Awang Landas menanam seribu bibit karet",
    "Perbaikan berlangsung dua pekan dan memakai kayu ulin sumbangan dari tiga desa tetangga.",
    "Pemerintah kabupaten berjanji mengganti lantai jembatan dengan pelat baja tahun depan.",
]
COPYRIGHT = "COPYRIGHT © ANTARA News Kalimantan Selatan 2023"


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A text whose body stands twice, the second time behind the copyright line."""
    path = tmp_path / "dump.txt"
    path.write_text("\n".join([LEAD, *BODY, COPYRIGHT, *BODY, COPYRIGHT]), encoding="utf-8")
    return path


def test_a_dump_is_archived_without_its_repeats(place: Workplace, dump: Path) -> None:
    ended = place.run("import", str(dump))
    assert ended.status == 0, ended.err
    assert ended.out == f"{dump}: imported: 4 paragraphs, 3 repeats removed, 1 related titles\n"
    [record] = place.records()
    assert record["paragraphs"] == [LEAD, BODY[0], *BODY[2:]]
    assert [each["text"] for each in record["removed_paragraphs"]] == [BODY[0], *BODY[2:]]
    assert record["related"] == [
        {"title": "Warga Awang Landas menanam seribu bibit karet", "url": None}
    ]
    assert record["copyright"] == COPYRIGHT
    assert (record["portal"], record["title"], record["url"]) == ("kalsel", None, None)


def test_importing_it_twice_stores_one_article(place: Workplace, dump: Path) -> None:
    assert place.run("import", str(dump)).status == 0
    assert place.run("import", str(dump)).status == 0
    assert len(place.records()) == 1


def test_a_dump_in_notepad_s_unicode_is_the_same_article(
    place: Workplace, dump: Path, tmp_path: Path
) -> None:
    other = tmp_path / "unicode.txt"
    other.write_text(dump.read_text("utf-8"), encoding="utf-16", newline="\r\n")
    ended = place.run("import", str(dump), str(other))
    assert ended.status == 0, ended.err
    assert [line.split(": ")[1] for line in ended.out.splitlines()] == ["imported", "known"]


def test_a_dump_that_was_removed_on_request_is_said_to_be(place: Workplace, dump: Path) -> None:
    assert place.run("import", str(dump)).status == 0
    assert place.run("forget", "1", "--yes").status == 0
    again = place.run("import", str(dump))
    assert (again.status, ": removed on request: " in again.out) == (0, True), again.out
    assert place.records() == []


def test_many_files_are_archived_at_once_and_each_is_named_in_its_turn(
    place: Workplace, dump: Path, tmp_path: Path
) -> None:
    again, other = tmp_path / "again.txt", tmp_path / "other.txt"
    again.write_bytes(dump.read_bytes())
    elsewhere = COPYRIGHT.replace("Selatan", "Tengah")
    other.write_text("\n".join([*BODY, elsewhere]), encoding="utf-8")
    ended = place.run("import", str(dump), str(again), str(other), str(dump))
    assert ended.status == 0, ended.err
    said = [line.split(": ")[:2] for line in ended.out.splitlines()]
    whats = ["imported", "known", "imported", "known"]
    assert said == [
        [str(p), what] for p, what in zip([dump, again, other, dump], whats, strict=True)
    ]
    with Archive.open(place.archive_url) as archive:
        last = runs.last(archive)
    assert [run.counts for run in last] == [
        {"known": 1},
        {"imported": 1},
        {"imported": 1, "known": 1},
    ]


def test_the_portal_may_be_named(place: Workplace, dump: Path, tmp_path: Path) -> None:
    path = tmp_path / "unsigned.txt"
    path.write_text("\n".join([LEAD, *BODY]), encoding="utf-8")
    unsigned = place.run("import", str(path))
    assert unsigned.status == 4
    assert "--portal NAME" in unsigned.err
    assert place.run("import", str(path), "--portal", "kalteng").status == 0
    assert place.records()[0]["portal"] == "kalteng"
    signed = place.run("import", str(dump), "--portal", "kalteng")
    assert "its copyright line names kalsel, and it is archived as kalteng's" in signed.out


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("empty.txt", b"", "copyright"),
        ("binary.txt", b"\x00\x01" * 500, "no text file"),
        ("only.txt", COPYRIGHT.encode(), "no body"),
    ],
)
def test_a_file_that_is_no_article_is_named_and_the_others_are_archived(
    place: Workplace, dump: Path, tmp_path: Path, name: str, body: bytes, said: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(body)
    ended = place.run("import", str(bad), str(dump))
    assert ended.status == 4
    assert name in ended.err
    assert said in ended.err
    assert len(place.records()) == 1


def test_wrong_usage_of_import_ends_with_status_2(place: Workplace, tmp_path: Path) -> None:
    for words in (["import"], ["import", str(tmp_path / "absent.txt")], ["import", "--prtal"]):
        ended = place.run(*words)
        assert ended.status == 2
        assert len(ended.err.splitlines()) == 1
