"""Requests answered from capture files: ours and those of other tools."""

import gzip
import zipfile
from base64 import b32encode
from dataclasses import replace
from datetime import timedelta
from hashlib import sha1
from io import BytesIO

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from antara_crawler.errors import BrokenCapture, UsageError
from antara_crawler.warc import Replay, reading, scan, unpacked

from .samples import START, URL, exchange, writer, written


def test_a_url_is_found_exactly_then_by_any_scheme_and_case_of_host(tmp_path):
    other = URL + "?page=2"
    written(tmp_path, [exchange(1, url=URL), exchange(2, url=other)])
    replay = Replay(tmp_path)
    assert len(replay) == 2
    assert replay.find(URL).body == exchange(1).body
    assert replay.find(other).body == exchange(2).body
    assert replay.find(URL + "#komentar").body == exchange(1).body
    assert replay.find(URL.replace("https://kalsel", "http://KALSEL")).url == URL
    assert replay.find(URL + "/").body == exchange(1).body
    assert replay.find(URL + "?page=3") is None
    assert replay.find(URL.upper()) is None
    assert replay.find("https://[salah") is None


def test_the_exact_scheme_wins_over_a_later_capture_of_the_other(tmp_path):
    plain = URL.replace("https", "http")
    written(tmp_path, [exchange(1, url=URL), exchange(2, url=plain)])
    assert Replay(tmp_path).find(URL).body == exchange(1).body


def test_the_latest_200_answers_before_any_other_status(tmp_path):
    error = exchange(5, url=URL, status=503)
    written(tmp_path / "b", [exchange(1, url=URL), exchange(3, url=URL)])
    written(tmp_path / "a", [exchange(4, url=URL, fetched_at=START), error])
    assert Replay(tmp_path).find(URL).body == exchange(3).body
    gone = exchange(6, status=404)
    written(tmp_path, [exchange(6, status=500), replace(gone, fetched_at=START + timedelta(1))])
    assert Replay(tmp_path).find(gone.url).status == 404


def test_revisits_answer_with_the_payload_they_refer_to(tmp_path):
    first = exchange(1, url=URL)
    with writer(tmp_path / "1") as captures:
        held = captures.append(first)
    later = {"fetched_at": START + timedelta(days=1), "response_headers": ()}
    with writer(tmp_path / "2") as captures:
        unchanged = replace(first, status=304, body=b"", **later)
        captures.append(unchanged, held)
    found = Replay(tmp_path).find(URL)
    assert (found.status, found.body) == (200, first.body)
    assert found.fetched_at == START + timedelta(days=1)
    alone = Replay(tmp_path / "2").find(URL)
    assert (alone.status, alone.body) == (304, b"")


def test_a_path_that_holds_nothing_is_wrong_usage(tmp_path):
    with pytest.raises(UsageError, match=r"no capture file or folder at .*tidak-ada"):
        Replay(tmp_path / "tidak-ada")
    with pytest.raises(UsageError, match="holds no captured response"):
        Replay(tmp_path)
    page = tmp_path / "halaman.html"
    page.write_text("<html>bukan arsip</html>")
    with pytest.raises(UsageError, match=r"holds no captured response .*; give a WARC"):
        Replay(page)


def found(replay, url):
    try:
        return replay.find(url)
    except BrokenCapture:
        return None


def test_damage_is_listed_and_the_rest_answers(tmp_path):
    first, second = written(tmp_path, [exchange(1), exchange(2)])
    path = tmp_path / first.file
    raw = bytearray(path.read_bytes())
    raw[first.offset + 40] ^= 0xFF
    path.write_bytes(raw[:-4])
    replay = Replay(path)
    assert replay.find(first.url) is None
    assert replay.find(second.url).body == exchange(2).body
    assert [line.partition(":")[0] for line in replay.faults] == [
        f"{first.file}@{first.offset}",
        f"{first.file}@{second.offset + second.length}",
    ]
    path.write_bytes(b"x" * len(raw))
    with pytest.raises(BrokenCapture):
        replay.find(second.url)


def foreign(path, *, compressed, version="WARC/1.0"):
    """A file as other archivers write it: SHA-1, chunked bodies, records of other kinds."""
    with path.open("wb") as file:
        out = WARCWriter(file, gzip=compressed, warc_version=version)
        out.write_record(out.create_warcinfo_record("lain.warc", {"software": "lain"}))
        out.write_record(
            out.create_warc_record(
                "dns:contoh.id",
                "response",
                payload=BytesIO(b"20261124\ncontoh.id. IN A 203.0.113.7\n"),
                warc_content_type="text/dns",
            )
        )
        for number, headers, payload in (
            (1, [("Transfer-Encoding", "chunked")], b"5\r\n<html\r\n4;x=1\r\n>ya.\r\n0\r\n\r\n"),
            (2, [("Transfer-Encoding", "chunked")], b"<html>tidak terpotong"),
            (3, [("X-Lipat", "a")], b"<html>"),
        ):
            http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            out.write_record(
                out.create_warc_record(
                    f"http://contoh.id/{number}",
                    "response",
                    payload=BytesIO(payload),
                    length=len(payload),
                    http_headers=http,
                    warc_headers_dict={"WARC-Date": "2025-01-02T03:04:05Z"},
                )
            )
        digest = "sha1:" + b32encode(sha1(b"<html>", usedforsecurity=False).digest()).decode()
        out.write_record(
            out.create_revisit_record(
                "http://contoh.id/3", digest, "http://contoh.id/3", "2025-01-02T03:04:05Z"
            )
        )
        out.write_record(
            out.create_warc_record(
                "http://contoh.id/gambar", "resource", payload=BytesIO(b"x"), length=1
            )
        )


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("version", ["WARC/1.0", "WARC/1.1"])
def test_files_of_other_archivers_are_read(tmp_path, compressed, version):
    path = tmp_path / ("lain.warc.gz" if compressed else "lain.warc")
    foreign(path, compressed=compressed, version=version)
    replay = Replay(tmp_path)
    assert len(replay) == 3
    assert replay.find("http://contoh.id/1").body == b"<html>ya."
    assert replay.find("https://contoh.id/2").body == b"<html>tidak terpotong"
    assert replay.find("http://contoh.id/3").body == b"<html>"
    assert replay.find("http://contoh.id/1").header("Transfer-Encoding") == "chunked"
    assert replay.faults == []
    assert [met.note for met in scan(path)] == [None] * 4


def test_a_payload_that_is_not_the_digested_one_is_noted(tmp_path):
    path = tmp_path / "lain.warc"
    foreign(path, compressed=False)
    path.write_bytes(path.read_bytes().replace(b"<html>tidak", b"<html>kalau"))
    notes = [met.note for met in scan(path) if met.exchange]
    assert notes == [None, "the payload is not the one that its digest names", None, None]


def test_a_digest_of_an_unknown_kind_is_held_against_nothing(tmp_path):
    path = tmp_path / "lain.warc"
    foreign(path, compressed=False)
    path.write_bytes(path.read_bytes().replace(b"Payload-Digest: sha1:", b"Payload-Digest: xyz4:"))
    assert [met.note for met in scan(path) if met.exchange] == [None] * 4


def test_a_large_plain_record_is_passed_over(tmp_path, monkeypatch):
    path = tmp_path / "besar.warc"
    http = StatusAndHeaders("200 OK", [], protocol="HTTP/1.1")
    with path.open("wb") as file:
        out = WARCWriter(file, gzip=False)
        for url, size in (("http://contoh.id/besar", 4 << 20), ("http://contoh.id/kecil", 9)):
            payload = BytesIO(b"x" * size)
            out.write_record(
                out.create_warc_record(url, "response", payload, size, http_headers=http)
            )
    monkeypatch.setattr(reading, "MAX_BODY", 1000)
    large, small = scan(path)
    assert large.exchange is None
    assert "holds more than 1000 bytes" in large.note
    assert small.exchange.body == b"x" * 9


@pytest.mark.parametrize("junk", [b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", b"bukan arsip"])
def test_plain_files_with_folded_headers_and_bracketed_addresses_are_read(tmp_path, junk):
    block = b"HTTP/1.0 200\nX-Lipat: satu,\n dua\nbukan tajuk\nX-Akhir:  tiga \n\n<html>"
    fields = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://contoh.id/a>\r\n"
        b"WARC-Date: 2014\r\nWARC-Record-ID: <urn:x>\r\n"
        b"Content-Type: application/http; msgtype=response\r\ncontent-length: %d\r\n\r\n"
    )
    path = tmp_path / "lama.warc"
    whole = fields % len(block) + block + b"\r\n\r\n\r\n"
    path.write_bytes(whole + junk)
    replay = Replay(path)
    (fault,) = replay.faults
    assert fault.startswith(f"lama.warc@{len(whole)}: {len(junk)} bytes are no whole record")
    found = replay.find("http://contoh.id/a")
    assert found.response_headers == ((b"X-Lipat", b"satu, dua"), (b"X-Akhir", b"tiga"))
    assert (found.protocol, found.reason, found.body) == ("HTTP/1.0", "", b"<html>")
    assert found.fetched_at.isoformat() == "2014-01-01T00:00:00+00:00"


def test_a_file_compressed_as_one_piece_says_how_to_mend_it(tmp_path):
    plain = tmp_path / "lain.warc"
    foreign(plain, compressed=False)
    path = tmp_path / "lain.warc.gz"
    path.write_bytes(gzip.compress(plain.read_bytes()))
    with pytest.raises(UsageError, match="warcio recompress"):
        Replay(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Content-Length: ", b"Content-Length: x"),
        (b"Content-Length: ", b"Content-Length: 9"),
        (b"WARC-Date: 2025", b"WARC-Date: kini"),
        (b"WARC-Target-URI: http://contoh.id/1", b"X-Target-URI: http://contoh.id/1"),
        (b"WARC/1.0\r\n", b"WARF/1.0\r\n"),
    ],
)
def test_records_with_broken_fields_never_stop_a_replay(tmp_path, old, new):
    plain = tmp_path / "asal.warc"
    foreign(plain, compressed=False)
    records = plain.read_bytes().replace(b"\r\n\r\nWARC/", b"\r\n\r\n\0WARC/").split(b"\0")
    records[2] = records[2].replace(old, new)
    folder = tmp_path / "rusak"
    folder.mkdir()
    (folder / "rusak.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    replay = Replay(folder)
    assert found(replay, "http://contoh.id/1") is None
    assert replay.find("http://contoh.id/3").body == b"<html>"
    assert len(replay.faults) == 1


def test_a_package_is_read_as_the_files_in_it_and_leaves_nothing_behind(tmp_path):
    [capture] = written(tmp_path / "in", [exchange()])
    package = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(package, "w") as out:
        out.write(tmp_path / "in" / capture.file, f"archive/../../{capture.file}")
        out.writestr("pages/pages.jsonl", "{}")
    with unpacked(package) as folder:
        assert [path.parent for path in folder.rglob("*.warc.gz")] == [folder]
        assert Replay(folder).find(capture.url).body == exchange().body
    assert not folder.exists()
    with unpacked(tmp_path / "in") as same:
        assert same == tmp_path / "in"
