"""A WACZ package holds what it says, byte for byte, and other tools can read it."""

import gzip
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator

from antara_crawler.errors import BrokenCapture, NotWritable
from antara_crawler.warc import scan, write_wacz
from antara_crawler.warc.wacz import search_key
from tests.warc.samples import header_pairs

from .samples import START, URL, exchange, records_of, writer, written
from .test_faults import files_no_larger_than

SOFTWARE = "antara-crawler/1.0.0"


def packed(path):
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {info.filename: (info, package.read(info)) for info in package.infolist()}


def index_of(parts):
    lines = gzip.decompress(parts["indexes/index.cdx.gz"][1]).decode().splitlines()
    return [(*line.split(" ", 2)[:2], json.loads(line.split(" ", 2)[2])) for line in lines]


@pytest.fixture
def package(tmp_path):
    """Two of three pages, from two files, the second one also as a 304."""
    with writer(tmp_path / "c", max_bytes=1) as captures:
        captures.set_robots("User-agent: *\n")
        kept = [captures.append(exchange(number)) for number in range(3)]
        unchanged = captures.append(exchange(1, status=304, body=b""), kept[1])
    target = tmp_path / "bukti.wacz"
    pages = [(kept[1].url, "Warga – menanam", START), (kept[2].url, None, START)]
    held = write_wacz(
        target,
        tmp_path / "c",
        [kept[2], unchanged, kept[2]],
        iter(pages),
        software=SOFTWARE,
        title="Bukti",
        resolve=lambda revisit: kept[1],
    )
    assert held == 3
    return target, tmp_path / "c", [*kept, unchanged]


def test_the_manifest_lists_every_file_with_its_digest_and_size(package):
    parts = packed(package[0])
    manifest = json.loads(parts["datapackage.json"][1])
    assert manifest["profile"] == "data-package"
    assert manifest["wacz_version"] == "1.1.1"
    assert (manifest["title"], manifest["software"]) == ("Bukti", SOFTWARE)
    assert "description" not in manifest
    listed = {each["path"]: each for each in manifest["resources"]}
    assert set(listed) | {"datapackage.json", "datapackage-digest.json"} == set(parts)
    for path, resource in listed.items():
        data = parts[path][1]
        assert resource["name"] == path.split("/")[-1]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{sha256(data).hexdigest()}"
    assert json.loads(parts["datapackage-digest.json"][1]) == {
        "path": "datapackage.json",
        "hash": f"sha256:{sha256(parts['datapackage.json'][1]).hexdigest()}",
    }


def test_what_is_compressed_already_is_stored_as_it_is(package):
    parts = packed(package[0])
    for path in ("archive/data.warc.gz", "indexes/index.cdx.gz"):
        assert parts[path][0].compress_type == zipfile.ZIP_STORED


def test_records_are_copied_byte_for_byte_with_request_and_warcinfo(package):
    target, folder, (_, second, third, unchanged) = package
    warc = packed(target)["archive/data.warc.gz"][1]
    for capture in (second, third, unchanged):
        raw = (folder / capture.file).read_bytes()
        assert raw[capture.offset :] in warc
        assert raw[: capture.offset] in warc
    kinds = [r.rec_type for r in ArchiveIterator(BytesIO(warc), check_digests="raise")]
    one = ["warcinfo", "metadata", "response", "request"]
    assert kinds == [*one, "warcinfo", "metadata", "revisit", "request", *one]


def test_the_index_finds_each_capture(package):
    target, _, (_, second, third, unchanged) = package
    parts = packed(target)
    warc = parts["archive/data.warc.gz"][1]
    index = index_of(parts)
    assert [(key, stamp) for key, stamp, _ in index] == [
        ("com,antaranews,kalsel)/berita/1/warga-menanam-padi", "20261124031501"),
        ("com,antaranews,kalsel)/berita/1/warga-menanam-padi", "20261124031501"),
        ("com,antaranews,kalsel)/berita/2/warga-menanam-padi", "20261124031502"),
    ]
    place = {}
    for _, _, fields in index:
        assert fields["filename"] == "data.warc.gz"
        start = int(fields["offset"])
        record = warc[start : start + int(fields["length"])]
        place[sha256(record).hexdigest()] = (fields["url"], fields["status"], fields["mime"])
    assert place == {
        second.sha256: (second.url, "200", "text/html"),
        third.sha256: (third.url, "200", "text/html"),
        unchanged.sha256: (second.url, "304", "warc/revisit"),
    }


def test_the_secondary_index_tells_each_block(tmp_path):
    kept = written(tmp_path, [exchange(number) for number in range(650)])
    write_wacz(tmp_path / "x.wacz", tmp_path, kept, [], software=SOFTWARE)
    parts = packed(tmp_path / "x.wacz")
    data = parts["indexes/index.cdx.gz"][1]
    meta, *blocks = parts["indexes/index.idx"][1].decode().splitlines()
    assert meta == '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}'
    lines = []
    for block in blocks:
        key, place = block.split(" {", 1)
        place = json.loads("{" + place)
        raw = data[place["offset"] : place["offset"] + place["length"]]
        assert place["digest"] == f"sha256:{sha256(raw).hexdigest()}"
        here = gzip.decompress(raw).decode().splitlines()
        assert here[0].startswith(key + " {")
        lines += here
    assert len(blocks) == 3
    assert len(lines) == 650
    assert lines == sorted(lines)


def test_the_list_of_pages_is_json_lines(package):
    head, *pages = packed(package[0])["pages/pages.jsonl"][1].decode().splitlines()
    assert json.loads(head)["format"] == "json-pages-1.0"
    first, second = map(json.loads, pages)
    assert (first["title"], first["ts"]) == ("Warga – menanam", "2026-11-24T03:15:00Z")
    assert second["title"] == second["url"]
    assert first["id"] != second["id"]


def test_a_package_unpacks_into_files_that_scan(package, tmp_path):
    warc = tmp_path / "data.warc.gz"
    warc.write_bytes(packed(package[0])["archive/data.warc.gz"][1])
    assert [met.exchange.status for met in scan(warc)] == [200, 304, 200]


def test_only_the_capture_s_own_request_is_taken_along(tmp_path):
    first, second = written(tmp_path, [exchange(1), exchange(2)])
    path = tmp_path / first.file
    raw = path.read_bytes()
    request = raw[first.offset + first.length : second.offset]
    moved = raw[: first.offset + first.length] + raw[second.offset :] + request
    path.write_bytes(moved)
    write_wacz(tmp_path / "x.wacz", tmp_path, [first], [], software=SOFTWARE)
    (tmp_path / "x.warc.gz").write_bytes(packed(tmp_path / "x.wacz")["archive/data.warc.gz"][1])
    assert [kind for kind, _, _ in records_of(tmp_path / "x.warc.gz")] == ["warcinfo", "response"]


def test_a_torn_request_is_left_behind(tmp_path):
    (capture,) = written(tmp_path, [exchange(1)])
    path = tmp_path / capture.file
    path.write_bytes(path.read_bytes()[:-5])
    write_wacz(tmp_path / "x.wacz", tmp_path, [capture], [], software=SOFTWARE)
    warc = packed(tmp_path / "x.wacz")["archive/data.warc.gz"][1]
    assert warc == path.read_bytes()[: capture.offset + capture.length]


def test_a_broken_capture_leaves_no_package(tmp_path):
    first, second = written(tmp_path, [exchange(1), exchange(2)])
    bad = replace(second, sha256="0" * 64)
    target = tmp_path / "x.wacz"
    target.write_bytes(b"yang lama")
    with pytest.raises(BrokenCapture, match=f"capture {second.file}@{second.offset}: "):
        write_wacz(target, tmp_path, [first, bad], [], software=SOFTWARE)
    assert target.read_bytes() == b"yang lama"
    assert sorted(p.name for p in tmp_path.iterdir()) == [first.file, "x.wacz"]


def test_a_full_disk_leaves_no_package(tmp_path):
    kept = written(tmp_path / "c", [exchange(number) for number in range(50)])
    target = tmp_path / "x.wacz"
    with files_no_larger_than(5000), pytest.raises(NotWritable, match=r"cannot write .*x\.wacz"):
        write_wacz(target, tmp_path / "c", kept, [], software=SOFTWARE)
    assert [p.name for p in tmp_path.iterdir()] == ["c"]


def test_a_revisit_stays_alone_when_nobody_can_resolve_it(tmp_path):
    with writer(tmp_path) as captures:
        held = captures.append(exchange(url=URL))
        later = exchange(
            url=URL, fetched_at=START + timedelta(1), response_headers=header_pairs([])
        )
        again = captures.append(later, held)
    count = write_wacz(tmp_path / "x.wacz", tmp_path, [again], [], software=SOFTWARE)
    assert count == 1


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (
            "https://kalsel.antaranews.com/berita/1/Abc?x=1&a=%20",
            "com,antaranews,kalsel)/berita/1/abc?a=%20&x=1",
        ),
        ("http://www.contoh.id", "id,contoh)/"),
        ("https://www2.contoh.id/?b&a", "id,contoh)/?a&b"),
        ("https://contoh.id:8080/x/", "id,contoh:8080)/x"),
        ("https://contoh.id:443/x?", "id,contoh)/x"),
        ("http://contoh.id:x/", "http://contoh.id:x/"),
    ],
)
def test_a_search_key_is_the_one_that_replay_tools_make(url, key):
    assert search_key(url) == key
