"""Chosen articles as a WACZ package: all their fetches, what these refer to, a list of pages."""

import gzip
import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from antara_crawler.warc import scan
from tests.scrapy_runs import Workplace
from tests.verify.archives import path_of, records
from tests.warc.samples import passes_warcio_check

EDITED = "Judul yang diganti redaksi kemudian"


@pytest.fixture
def place(crawled_twice: Workplace) -> Workplace:
    return crawled_twice


def name_of(record: dict[str, Any]) -> str:
    return f"kalsel/{record['kind']}/{record['article_id']}"


def packed(place: Workplace, *words: str) -> dict[str, bytes]:
    """Run the export and return the files of the package, which its manifest fits."""
    target = place.folder / "bukti.wacz"
    ended = place.run("export", "--format", "wacz", "-o", str(target), *words)
    assert ended.status == 0, ended.err
    assert ended.out == ""
    with zipfile.ZipFile(target) as package:
        assert package.testzip() is None
        parts = {name: package.read(name) for name in package.namelist()}
    manifest = json.loads(parts["datapackage.json"])
    assert manifest["wacz_version"] == "1.1.1"
    assert {each["path"]: each["bytes"] for each in manifest["resources"]} == {
        name: len(data) for name, data in parts.items() if not name.startswith("datapackage")
    }
    warc = place.folder / "data.warc.gz"
    warc.write_bytes(parts["archive/data.warc.gz"])
    assert passes_warcio_check(warc)
    return parts


def kept(parts: dict[str, bytes]) -> list[tuple[str, str]]:
    """Return the kind and address of each response and revisit."""
    stream = BytesIO(parts["archive/data.warc.gz"])
    return [
        (each.rec_type, each.rec_headers.get_header("WARC-Target-URI"))
        for each in ArchiveIterator(stream)
        if each.rec_type in ("response", "revisit")
    ]


def pages(parts: dict[str, bytes]) -> list[dict[str, str]]:
    _, *lines = parts["pages/pages.jsonl"].decode().splitlines()
    return [json.loads(line) for line in lines]


def test_an_article_comes_with_both_its_wordings_and_nothing_else(place: Workplace) -> None:
    record = next(each for each in records(place) if each["title"] == EDITED)
    parts = packed(place, "--article", name_of(record))
    assert kept(parts) == [("response", record["url"])] * 2
    before, after = pages(parts)
    assert after["title"] == EDITED != before["title"]
    assert {before["url"], after["url"]} == {record["url"]}
    stamp = datetime.fromisoformat(record["first_seen_at"]).astimezone(UTC)
    assert before["ts"] == stamp.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(
    "form", ["{url}", "{url}?page=all", "{article_id}", "kalsel/{kind}/{article_id}"]
)
def test_an_unchanged_fetch_is_taken_along_whatever_form_names_the_article(
    place: Workplace, form: str
) -> None:
    record = next(
        each for each in records(place)
        if each["kind"] == "berita" and each["title"] != EDITED
    )  # fmt: skip
    parts = packed(place, "--article", form.format(**record))
    found = kept(parts)
    assert [kind for kind, _ in found][:1] == ["response"]
    assert [kind for kind, _ in found][-1:] == ["revisit"]
    assert len(pages(parts)) == 1
    warc = place.folder / "data.warc.gz"
    assert [met.exchange.revisit is not None for met in scan(warc) if met.exchange][-1]


def test_the_same_archive_gives_the_same_bytes(place: Workplace) -> None:
    first = packed(place, "warga", "--limit", "2")
    bytes_then = (place.folder / "bukti.wacz").read_bytes()
    assert packed(place, "warga", "--limit", "2") == first
    assert (place.folder / "bukti.wacz").read_bytes() == bytes_then
    assert pages(first)


def test_filters_choose_the_articles(place: Workplace) -> None:
    whole = records(place)
    section = next(each["section"] for each in whole if each["section"])
    chosen = [each for each in whole if each["section"] == section]
    parts = packed(place, "--section", section)
    shown = {each["url"].partition("?")[0] for each in pages(parts)}
    assert shown == {each["url"] for each in chosen}
    index = gzip.decompress(parts["indexes/index.cdx.gz"]).decode().splitlines()
    assert len(index) == len(kept(parts)) >= 2 * len(chosen)
    assert len(pages(packed(place, "--limit", "3"))) >= 3


def test_a_damaged_record_is_named_and_leaves_no_package(place: Workplace) -> None:
    record = records(place)[0]
    with path_of(place, record).open("r+b") as file:
        file.seek(record["capture"]["offset"] + 30)
        file.write(bytes(4))
    target = place.folder / "bukti.wacz"
    words = ("export", "--format", "wacz", "-o", str(target), "--article", name_of(record))
    ended = place.run(*words)
    assert ended.status == 4
    assert f"{record['capture']['file']}@{record['capture']['offset']}" in ended.err
    assert not list(place.folder.glob("*wacz*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "wacz"], "name it with -o"),
        (["--format", "wacz", "-o", "x.wacz", "--article", "999"], "there is no article 999"),
        (["--format", "wacz", "-o", "x.wacz", "--since", "2030-01-01"], "no article fits"),
        (["-o", "x.wacz", "--article", "1", "--tag", "x"], "leave query and filters out"),
        (["-o", "x.wacz", "x", "--sort", "date"], "no article fits"),
    ],
)
def test_wrong_usage_of_a_wacz_export_ends_with_status_2(
    place: Workplace, words: list[str], said: str
) -> None:
    ended = place.run("export", *words)
    assert ended.status == 2
    assert said in ended.err
    assert not Path("x.wacz").exists()


def test_what_was_imported_has_no_raw_record_to_pack(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    dump = tmp_path / "dump.txt"
    dump.write_text("Warga Desa Awang Landas menanam padi bersama relawan pada Senin.", "utf-8")
    assert place.run("import", str(dump), "--portal", "kalsel").status == 0
    ended = place.run("export", "--format", "wacz", "-o", str(tmp_path / "x.wacz"))
    assert ended.status == 2
    assert "imported from text" in ended.err


def test_what_has_no_raw_record_is_counted_apart(place: Workplace) -> None:
    dump = place.folder / "dump.txt"
    dump.write_text("Warga Desa Awang Landas memperbaiki jembatan gantung bersama relawan, Selasa.")
    assert place.run("import", "--portal", "kalsel", str(dump)).status == 0
    ended = place.run("export", "-o", str(place.folder / "bukti.wacz"))
    assert ended.status == 0
    assert "1 of the 25 articles are not in the WACZ" in ended.err
    assert "24 articles in " in ended.err


def test_no_export_takes_the_place_of_the_archive_or_its_captures(place: Workplace) -> None:
    captures = place.folder / "captures"
    for target in (place.folder / "archive.db", next(captures.glob("*.warc.gz"))):
        before = target.read_bytes()
        assert place.run("export", "--format", "jsonl", "-o", str(target)).status == 2
        assert target.read_bytes() == before
    assert place.run("export", "--dataset", str(captures / "new")).status == 2
