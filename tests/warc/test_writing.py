"""What goes into a capture file, read back by the WARC library."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from antara_crawler.warc import read_capture
from tests.warc.samples import header_pairs

from .samples import START, URL, exchange, passes_warcio_check, records_of, writer, written


def only_file(folder):
    (path,) = folder.glob("*.warc.gz")
    return path


def not_modified(url):
    return exchange(
        9,
        url=url,
        status=304,
        reason="Not Modified",
        body=b"",
        response_headers=header_pairs([("X-Cache", "HIT")]),
    )


def test_a_file_begins_with_who_made_it_and_the_robots_txt_in_force(tmp_path):
    robots = "User-agent: *\nDisallow: /search\n"
    with writer(tmp_path, user_agent="antara-crawler/1.0.0 (+contoh)") as captures:
        captures.set_robots(robots)
        captures.append(exchange())
    path = only_file(tmp_path)
    first, second = records_of(path)[:2]
    assert first[0] == "warcinfo"
    assert first[1]["WARC-Filename"] == path.name
    lines = first[2].decode().split("\r\n")
    assert "software: antara-crawler/1.0.0" in lines
    assert "operator: redaksi@contoh.id" in lines
    assert "http-header-user-agent: antara-crawler/1.0.0 (+contoh)" in lines
    assert "robots: obey" in lines
    assert second[0] == "metadata"
    assert second[1]["WARC-Refers-To"] == first[1]["WARC-Record-ID"]
    assert second[2].decode() == robots


def test_robots_txt_that_comes_later_is_noted_once_and_in_later_files(tmp_path):
    with writer(tmp_path, max_bytes=1) as captures:
        captures.append(exchange(1))
        captures.set_robots("User-agent: *\n")
        captures.set_robots("User-agent: *\n")
        captures.append(exchange(2))
    kinds = [[kind for kind, _, _ in records_of(path)] for path in sorted(tmp_path.iterdir())]
    assert kinds == [
        ["warcinfo", "response", "request", "metadata"],
        ["warcinfo", "metadata", "response", "request"],
    ]


def test_a_file_is_named_by_the_convention_and_made_only_when_something_is_kept(tmp_path):
    folder = tmp_path / "data" / "captures"
    with writer(folder):
        pass
    assert not folder.exists()
    written(folder, [exchange()])
    name = only_file(folder).name
    assert re.fullmatch(r"kalsel-\d{17}-00000-\d+~[A-Za-z0-9.-]+\.warc\.gz", name)


def test_two_writers_at_once_never_share_a_file(tmp_path):
    writers = [writer(tmp_path) for _ in range(50)]
    files = {each.append(exchange(1)).file for each in writers}
    assert len(files) == 50
    for each in writers:
        each.close()


def test_response_and_request_are_kept_whole(tmp_path):
    headers = [("Set-Cookie", "a=1"), ("Vary", "*"), ("Set-Cookie", "b=2"), ("X-Kosong", "")]
    kept = exchange(
        url="https://kalsel.antaranews.com/search?q=banjir%20rob&page=2&q=",
        response_headers=header_pairs(headers),
        request_headers=header_pairs([("Accept", "text/html"), ("Accept", "*/*")]),
        ip="203.0.113.7",
    )
    written(tmp_path, [kept])
    path = only_file(tmp_path)
    _, response, request = records_of(path)
    assert response[0] == "response"
    assert response[1]["WARC-Target-URI"] == kept.url
    assert response[1]["WARC-Date"] == "2026-11-24T03:15:01.123456Z"
    assert response[1]["WARC-IP-Address"] == "203.0.113.7"
    assert response[2] == (
        b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nVary: *\r\nSet-Cookie: b=2\r\nX-Kosong: \r\n\r\n"
        + kept.body
    )
    assert request[0] == "request"
    assert request[1]["WARC-Concurrent-To"] == response[1]["WARC-Record-ID"]
    assert request[2] == (
        b"GET /search?q=banjir%20rob&page=2&q= HTTP/1.1\r\nHost: kalsel.antaranews.com\r\n"
        b"Accept: text/html\r\nAccept: */*\r\n\r\n"
    )
    assert passes_warcio_check(path)


def test_a_capture_tells_place_and_digests_before_anything_is_on_disk(tmp_path):
    with writer(tmp_path) as captures:
        first, second = captures.append(exchange(1)), captures.append(exchange(2))
        assert only_file(tmp_path).stat().st_size == 0
        captures.sync()
        raw = only_file(tmp_path).read_bytes()
    for capture, number in ((first, 1), (second, 2)):
        record = raw[capture.offset : capture.offset + capture.length]
        assert sha256(record).hexdigest() == capture.sha256
        assert capture.payload_sha256 == sha256(exchange(number).body).hexdigest()
        assert capture.captured_at == START + timedelta(seconds=number)
        assert capture.etag == f'"{number}"'


def test_everything_appended_is_on_disk_after_sync(tmp_path):
    with writer(tmp_path) as captures:
        for number in range(5):
            capture = captures.append(exchange(number))
            captures.sync()
            assert read_capture(tmp_path, capture).body == exchange(number).body


def test_much_that_is_appended_does_not_stay_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr("antara_crawler.warc.writer.MAX_WAITING", 2000)
    with writer(tmp_path) as captures:
        for number in range(20):
            captures.append(exchange(number))
        assert only_file(tmp_path).stat().st_size > 2000


def test_files_are_rotated_by_size_and_each_begins_anew(tmp_path):
    with writer(tmp_path, max_bytes=3000) as captures:
        kept = [captures.append(exchange(number)) for number in range(20)]
    files = sorted(tmp_path.iterdir())
    assert [path.name.split("-")[2] for path in files] == [f"{i:05d}" for i in range(len(files))]
    assert len(files) > 3
    for path in files:
        assert records_of(path)[0][0] == "warcinfo"
        assert passes_warcio_check(path)
        assert path.stat().st_size < 3000 + 2000
    assert {capture.file for capture in kept} == {path.name for path in files}
    for number, capture in enumerate(kept):
        assert read_capture(tmp_path, capture).body == exchange(number).body


def test_a_304_becomes_a_revisit_of_the_capture_it_confirms(tmp_path):
    with writer(tmp_path) as captures:
        first = captures.append(exchange(url=URL))
        second = captures.append(not_modified(URL), previous=first)
    path = only_file(tmp_path)
    kind, fields, block = records_of(path)[3]
    assert kind == "revisit"
    assert fields["WARC-Profile"].endswith("/revisit/server-not-modified")
    assert fields["WARC-Refers-To-Target-URI"] == URL
    assert fields["WARC-Refers-To-Date"] == records_of(path)[1][1]["WARC-Date"]
    assert fields["WARC-Payload-Digest"] == f"sha256:{first.payload_sha256}"
    assert block == b"HTTP/1.1 304 Not Modified\r\nX-Cache: HIT\r\n\r\n"
    assert (second.status, second.payload_sha256) == (304, first.payload_sha256)
    assert second.etag == first.etag
    assert passes_warcio_check(path)


def test_the_same_payload_again_becomes_a_revisit_and_another_does_not(tmp_path):
    with writer(tmp_path) as captures:
        first = captures.append(exchange(1, url=URL))
        again = captures.append(replace(exchange(2, url=URL), body=exchange(1).body), first)
        other = captures.append(exchange(3, url=URL), first)
        empty = captures.append(exchange(4, url=URL, body=b""))
        captures.append(exchange(5, url=URL, body=b""), empty)
    path = only_file(tmp_path)
    kinds = [kind for kind, _, _ in records_of(path) if kind != "request"]
    assert kinds == ["warcinfo", "response", "revisit", "response", "response", "response"]
    fields, block = records_of(path)[3][1:]
    assert fields["WARC-Profile"].endswith("/revisit/identical-payload-digest")
    assert block.endswith(b'ETag: "2"\r\n\r\n')
    assert again.payload_sha256 == first.payload_sha256 != other.payload_sha256
    assert passes_warcio_check(path)


def test_a_304_without_an_earlier_capture_is_kept_as_it_came(tmp_path):
    (capture,) = written(tmp_path, [not_modified(URL)])
    assert read_capture(tmp_path, capture).status == 304


def test_a_time_without_zone_is_refused(tmp_path):
    naive = datetime(2026, 11, 24, 10, 0)  # noqa: DTZ001
    with writer(tmp_path) as captures, pytest.raises(ValueError, match="aware"):
        captures.append(exchange(fetched_at=naive))


def test_framing_headers_of_the_wire_are_kept_under_another_name(tmp_path):
    headers = header_pairs([("Transfer-Encoding", "chunked"), ("content-length", "99999")])
    written(tmp_path, [exchange(response_headers=headers)])
    block = records_of(only_file(tmp_path))[1][2]
    assert b"\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n" in block
    assert b"\r\nX-Archive-Orig-content-length: 99999\r\n" in block
    right = header_pairs([("Content-Length", str(len(exchange().body)))])
    (capture,) = written(tmp_path / "right", [exchange(response_headers=right)])
    assert b"\r\nContent-Length: " in records_of(tmp_path / "right" / capture.file)[1][2]


def test_a_line_break_in_a_header_forges_no_other_header(tmp_path):
    forged = header_pairs([("X-A\r\nSet-Cookie: b", "1\r\n\r\n<html>"), ("", "none")])
    (capture,) = written(tmp_path, [exchange(response_headers=forged)])
    read = read_capture(tmp_path, capture)
    assert read.response_headers == ((b"X-A  Set-Cookie b", b"1    <html>"),)
    assert read.body == exchange().body


def test_an_address_with_spaces_and_letters_beyond_ascii_becomes_a_uri(tmp_path):
    odd = "https://kalsel.antaranews.com/tag/pasar terapung é?q=<a>"
    written(tmp_path, [exchange(url=odd)])
    _, response, request = records_of(only_file(tmp_path))
    uri = "https://kalsel.antaranews.com/tag/pasar%20terapung%20%C3%A9?q=%3Ca%3E"
    assert response[1]["WARC-Target-URI"] == uri
    assert request[2].startswith(b"GET /tag/pasar%20terapung%20%C3%A9?q=%3Ca%3E HTTP/1.1\r\n")


def test_a_newer_protocol_is_named_beside_a_status_line_that_readers_know(tmp_path):
    (capture,) = written(tmp_path, [exchange(protocol="h2")])
    assert records_of(only_file(tmp_path))[1][2].startswith(b"HTTP/1.1 200 OK\r\n")
    assert read_capture(tmp_path, capture).protocol == "h2"
