"""Captures come out as they went in, or an error names file and offset."""

import gzip
import random
import tempfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antara_crawler.errors import BrokenCapture
from antara_crawler.warc import Exchange, read_capture, reading, scan
from tests.examples import examples
from tests.warc.samples import header_pairs

from .samples import START, URL, boundaries, exchange, passes_warcio_check, writer, written

TOKEN = b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
NAMES = st.one_of(
    st.lists(st.sampled_from(list(TOKEN)), min_size=1, max_size=20).map(bytes),
    st.sampled_from(
        [b"Transfer-Encoding", b"content-length", b"X-Archive-Orig-Transfer-Encoding", b"Date"]
    ),
)
VALUES = st.binary(max_size=60).map(
    lambda value: value.replace(b"\r", b"").replace(b"\n", b"").strip(b" \t")
)


@settings(max_examples=examples(80), deadline=None)
@given(
    st.lists(st.tuples(NAMES, VALUES), max_size=8).map(tuple),
    st.binary(max_size=3000),
    st.integers(100, 999),
    st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=20),
)
def test_any_headers_and_any_body_come_back_byte_for_byte(headers, body, status, reason):
    kept = exchange(body=body, response_headers=headers, status=status, reason=reason)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (capture,) = written(folder, [kept])
        assert read_capture(folder, capture) == replace(kept, request_headers=())
        assert passes_warcio_check(folder / capture.file)


def test_an_exchange_tells_a_header_by_any_case():
    got = exchange(response_headers=header_pairs([("eTAG", '"x"'), (b"ETag", b'"y"')]))
    assert got.header("ETag") == '"x"'
    assert got.header("Expires") is None


def test_an_empty_body_and_no_headers_come_back(tmp_path):
    bare = Exchange(url=URL, status=204, fetched_at=START)
    (capture,) = written(tmp_path, [bare])
    assert read_capture(tmp_path, capture) == bare


def three_captures(folder):
    """A page in full, the same again, and a 304."""
    first = exchange(1, url=URL)
    headers = header_pairs([("X-Cache", "HIT")])
    with writer(folder) as captures:
        held = captures.append(first)
        same = captures.append(replace(first, response_headers=headers), held)
        unchanged = captures.append(
            replace(first, status=304, reason="", body=b"", response_headers=headers), same
        )
    return held, same, unchanged


def test_the_same_payload_again_reads_with_its_own_headers_and_the_first_body(tmp_path):
    held, same, _ = three_captures(tmp_path)
    read = read_capture(tmp_path, same, lambda revisit: held)
    assert read.body == exchange(1).body
    assert read.response_headers == ((b"X-Cache", b"HIT"),)
    assert read.revisit.url == URL
    assert read.revisit.payload_sha256 == held.payload_sha256
    assert read.revisit.captured_at == held.captured_at


def test_a_304_reads_as_the_page_it_confirms_through_any_chain(tmp_path):
    held, same, unchanged = three_captures(tmp_path)
    chain = iter([same, held])
    read = read_capture(tmp_path, unchanged, lambda revisit: next(chain))
    assert (read.status, read.body) == (200, exchange(1).body)
    assert read.fetched_at == unchanged.captured_at


def test_a_revisit_without_help_has_no_body_and_says_what_it_refers_to(tmp_path):
    _, _, unchanged = three_captures(tmp_path)
    read = read_capture(tmp_path, unchanged)
    assert (read.status, read.body) == (304, b"")
    assert read.revisit.profile.endswith("server-not-modified")


def test_a_revisit_whose_payload_is_gone_or_is_another_is_broken(tmp_path):
    _held, same, unchanged = three_captures(tmp_path)
    (other,) = written(tmp_path, [exchange(7)])
    with pytest.raises(BrokenCapture, match="it refers to is not there"):
        read_capture(tmp_path, unchanged, lambda revisit: None)
    with pytest.raises(BrokenCapture, match="it refers to is not there"):
        read_capture(tmp_path, unchanged, lambda revisit: unchanged)
    with pytest.raises(BrokenCapture, match="payload is not the one"):
        read_capture(tmp_path, same, lambda revisit: other)


def test_every_flipped_byte_of_a_record_is_found(tmp_path):
    first, second, third = written(tmp_path, [exchange(n) for n in range(3)])
    path = tmp_path / second.file
    whole = path.read_bytes()
    for place in range(second.offset, second.offset + second.length):
        damaged = bytearray(whole)
        damaged[place] ^= 0x41
        path.write_bytes(damaged)
        with pytest.raises(BrokenCapture, match=f"{second.file}@{second.offset}: "):
            read_capture(tmp_path, second)
        found = [met.capture for met in scan(tmp_path, on_damage=lambda file, damage: None)]
        assert found[0] == first
        assert found[-1] == third


def test_what_looks_like_a_record_within_a_damaged_one_is_none(tmp_path):
    noise = random.Random(5).randbytes
    body = noise(90_000) + b"\x1f\x8b\x08\xff" + gzip.compress(b"bukan WARC") + noise(90_000)
    first, second = written(tmp_path, [exchange(1, body=body), exchange(2)])
    path = tmp_path / first.file
    raw = bytearray(path.read_bytes())
    assert raw.count(b"\x1f\x8b\x08") > len(boundaries(path)) - 1
    raw[first.offset + first.length - 4] ^= 0xFF
    path.write_bytes(raw)
    damage = []
    met = list(scan(tmp_path, on_damage=lambda file, found: damage.append(found)))
    assert [each.capture for each in met] == [second]
    assert [(each.offset, each.length) for each in damage] == [(first.offset, first.length)]


def test_missing_short_and_outside_files_are_named(tmp_path):
    (capture,) = written(tmp_path, [exchange()])
    with pytest.raises(BrokenCapture, match=r"capture tidak-ada\.warc\.gz@.*cannot be read"):
        read_capture(tmp_path, replace(capture, file="tidak-ada.warc.gz"))
    with pytest.raises(BrokenCapture, match="ends before the record"):
        read_capture(tmp_path, replace(capture, offset=10**9))
    with pytest.raises(BrokenCapture, match=f"larger than {reading.MAX_BODY} bytes"):
        read_capture(tmp_path, replace(capture, length=10**9))
    for outside in ("../x.warc.gz", "/etc/passwd"):
        with pytest.raises(BrokenCapture, match="outside the captures folder"):
            read_capture(tmp_path, replace(capture, file=outside))
    with pytest.raises(BrokenCapture, match="payload is not the one"):
        read_capture(tmp_path, replace(capture, payload_sha256="0" * 64))


def test_a_place_that_holds_another_kind_of_record_is_no_capture(tmp_path):
    (capture,) = written(tmp_path, [exchange()])
    raw = (tmp_path / capture.file).read_bytes()
    info = replace(
        capture, offset=0, length=capture.offset, sha256=sha256(raw[: capture.offset]).hexdigest()
    )
    with pytest.raises(BrokenCapture, match="no response"):
        read_capture(tmp_path, info)
    half = replace(
        capture,
        length=capture.length - 9,
        sha256=sha256(raw[capture.offset : capture.offset + capture.length - 9]).hexdigest(),
    )
    with pytest.raises(BrokenCapture, match="no whole gzip member"):
        read_capture(tmp_path, half)
    (tmp_path / "x.warc.gz").write_bytes(raw[:3] + b"bukan gzip")
    strange = replace(
        capture,
        file="x.warc.gz",
        offset=0,
        length=13,
        sha256=sha256(raw[:3] + b"bukan gzip").hexdigest(),
    )
    with pytest.raises(BrokenCapture, match=r"x\.warc\.gz@0: .* cannot be decompressed"):
        read_capture(tmp_path, strange)


def test_a_record_over_the_bound_is_refused_and_passed_over(tmp_path, monkeypatch):
    big = exchange(1, body=b"\0" * 3_000_000)
    capture, small = written(tmp_path, [big, exchange(2)])
    assert read_capture(tmp_path, capture).body == big.body
    monkeypatch.setattr(reading, "MAX_BODY", 100_000)
    with pytest.raises(BrokenCapture, match="holds more than"):
        read_capture(tmp_path, capture)
    passed, kept = scan(tmp_path)
    assert passed.exchange is None
    assert "holds more than 100000 bytes" in passed.note
    assert (passed.capture.url, passed.capture.sha256) == (big.url, capture.sha256)
    assert kept.capture == small


def test_a_scan_tells_every_capture_as_the_writer_did(tmp_path):
    with writer(tmp_path, max_bytes=2000) as captures:
        kept = [captures.append(exchange(number)) for number in range(9)]
    met = list(scan(tmp_path))
    assert [each.capture for each in met] == kept
    assert [each.exchange.body for each in met] == [exchange(n).body for n in range(9)]
    assert [each.note for each in met] == [None] * 9
    one_file = tmp_path / kept[0].file
    assert [each.capture for each in scan(one_file)] == [c for c in kept if c.file == kept[0].file]


def test_a_scan_stops_at_damage_unless_told_what_to_do(tmp_path):
    first, second = written(tmp_path, [exchange(1), exchange(2)])
    path = tmp_path / first.file
    raw = bytearray(path.read_bytes())
    raw[first.offset + 40] ^= 0xFF
    path.write_bytes(raw)
    with pytest.raises(BrokenCapture, match=f"{first.file}@{first.offset}: "):
        list(scan(tmp_path))
    damage = []
    met = list(scan(tmp_path, on_damage=lambda file, found: damage.append((file, found.offset))))
    assert damage == [(first.file, first.offset)]
    assert [each.capture for each in met] == [second]


def test_a_revisit_scans_with_the_digest_it_refers_to(tmp_path):
    held, same, unchanged = three_captures(tmp_path)
    met = list(scan(tmp_path))
    assert [each.capture.payload_sha256 for each in met] == [held.payload_sha256] * 3
    assert [each.exchange.revisit is None for each in met] == [True, False, False]
    assert met[2].capture.captured_at - START == timedelta(seconds=1)
    assert [each.capture.status for each in met] == [200, 200, 304]
    assert met[1].capture.sha256 == same.sha256
    assert met[2].capture.sha256 == unchanged.sha256
