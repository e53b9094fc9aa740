"""Articles for research and for deposit: a described data set, and a bag."""

import hashlib
import json
import os
import subprocess
from pathlib import Path

import bagit
import duckdb
import pyarrow.parquet as pq
import pytest
from lxml import etree

from antara_crawler.archive import Archive
from antara_crawler.commands.export import Command
from antara_crawler.export.columns import MEANING
from antara_crawler.export.output import whole_file, whole_folder
from antara_crawler.warc.records.disk import part_of
from tests.commands.library import Library

Output = pytest.CaptureFixture[str]
DC = "{http://purl.org/dc/elements/1.1/}"


def made(library: Library, folder: Path, *words: str) -> dict[str, bytes]:
    """Export into a folder; return its files."""
    assert library.call(Command(), *words) == 0
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_data_set_has_a_part_for_each_portal_and_year_and_all_that_describes_it(
    library: Library, tmp_path: Path
) -> None:
    files = made(library, tmp_path / "set", "--dataset", str(tmp_path / "set"))
    package = json.loads(files["datapackage.json"])
    parts = {each["path"]: each for each in package["resources"]}
    assert set(parts) == {"data/kalsel-2026.parquet", "data/kalsel-undated.parquet"}
    for path, part in parts.items():
        assert part["hash"] == f"sha256:{hashlib.sha256(files[path]).hexdigest()}"
        assert part["bytes"] == len(files[path])
        assert pq.read_table(tmp_path / "set" / path).num_rows == part["rows"]
    with Archive.open(library.place.archive_url, read_only=True) as archive:
        assert sum(part["rows"] for part in parts.values()) == archive.count()
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in files.items()
        if name != "SHA256SUMS"
    }
    assert package["version"] in files["README.md"].decode()
    assert package["version"] in package["citation"]


def test_each_column_has_its_type_and_its_meaning(library: Library, tmp_path: Path) -> None:
    files = made(library, tmp_path / "set", "--dataset", str(tmp_path / "set"))
    fields = json.loads(files["schema.json"])["fields"]
    columns = pq.read_schema(tmp_path / "set" / "data" / "kalsel-2026.parquet").names
    assert [field["name"] for field in fields] == columns
    assert set(MEANING) == set(columns)
    assert all(field["description"] for field in fields)
    kinds = {field["name"]: field["type"] for field in fields}
    assert kinds["published_at"] == kinds["published_local"] == "datetime"
    assert kinds["tags"] == "array"
    assert kinds["capture"] == "object"
    assert kinds["article_id"] == "integer"


def test_the_question_that_the_data_sheet_gives_runs_in_duckdb_without_a_cast(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = made(library, tmp_path / "set", "--dataset", str(tmp_path / "set"))
    question = files["README.md"].decode().split("```sql\n")[1].split("```")[0]
    monkeypatch.chdir(tmp_path / "set")
    counted = duckdb.sql(question.replace("banjir", "jembatan")).fetchall()
    assert counted == [("kalsel", 2026, 1), ("kalsel", None, 1)]
    for column, kind in (("published_at", "TIMESTAMP WITH TIME ZONE"), ("tags", "VARCHAR[]")):
        typed = f"SELECT typeof({column}) FROM read_parquet('data/*.parquet') LIMIT 1"
        assert duckdb.sql(typed).fetchall() == [(kind,)]


def test_the_question_is_kept_and_the_same_one_gives_the_same_bytes(
    library: Library, tmp_path: Path
) -> None:
    words = ("jembatan", "--since", "2026-01-01", "--dataset")
    one = made(library, tmp_path / "one", *words, str(tmp_path / "one"))
    assert made(library, tmp_path / "two", *words, str(tmp_path / "two")) == one
    query = json.loads(one["datapackage.json"])["query"]
    assert query == {"words": "jembatan", "since": "2026-01-01"}
    other = made(library, tmp_path / "all", "--dataset", str(tmp_path / "all"))
    versions = [json.loads(each["datapackage.json"])["version"] for each in (one, other)]
    assert versions[0] != versions[1]


def test_a_bag_is_valid_and_holds_records_dublin_core_and_raw_pages(
    library: Library, tmp_path: Path
) -> None:
    target = tmp_path / "bag"
    words = ("--format", "bag", "-o", str(target))
    files = made(library, target, *words)
    bag = bagit.Bag(str(target))
    bag.validate()
    assert bag.info["Bagging-Date"] == "2026-03-01"
    assert {"data/articles.jsonl", "data/dublin-core.xml", "data/pages.wacz"} <= set(files)
    records = [json.loads(line) for line in files["data/articles.jsonl"].splitlines()]
    tree = etree.fromstring(files["data/dublin-core.xml"])
    assert len(tree) == len(records) == 4
    titles = [each.text for each in tree.iter(f"{DC}title")]
    assert titles == [each["title"] for each in records if each["title"]]
    (target / "data" / "articles.jsonl").write_text("{}\n")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(target)).validate()
    again = tmp_path / "again"
    assert made(library, again, "--format", "bag", "-o", str(again)) == files


@pytest.mark.parametrize("words", [["--dataset"], ["--format", "bag", "-o"]])
def test_nothing_is_written_over_or_left_half(
    library: Library, tmp_path: Path, capsys: Output, words: list[str]
) -> None:
    target = tmp_path / "mine"
    target.mkdir()
    (target / "kept").write_text("before")
    assert library.call(Command(), *words, str(target)) == 2
    assert "is there already: name a new folder" in capsys.readouterr().err
    assert library.call(Command(), "zzzz", *words, str(tmp_path / "none")) == 2
    assert "no article fits" in capsys.readouterr().err
    assert library.call(Command(), *words, str(tmp_path / "no" / "folder")) == 5
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "kept"]


def test_what_a_killed_export_left_is_removed_by_the_next(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    mine = part_of(tmp_path / "a.jsonl")
    mine.with_name(mine.name.replace(str(os.getpid()), str(ended.pid))).write_text("half")
    (part_of(tmp_path / "set") / "data").mkdir(parents=True)  # its number came again
    with whole_file(str(tmp_path / "a.jsonl")) as stream:
        stream.write(b"whole")
    with whole_folder(tmp_path / "set") as folder:
        (folder / "README.md").write_text("whole")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.jsonl", "set"]
    assert [each.name for each in (tmp_path / "set").iterdir()] == ["README.md"]
