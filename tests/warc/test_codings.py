"""A packed body is had whole or not at all, whichever way it was packed."""

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.errors import DamagedBody
from antara_crawler.warc.records.codings import whole, zstd

MOST = 1_000_000
PAGE = (
    "<!DOCTYPE html><article>" + "".join(f"<p>Alinea ke-{n} dari {n * n}.</p>" for n in range(99))
).encode()


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


WAYS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", bare_deflate),
    ("br", brotli.compress),
    ("zstd", zstd.compress),
]
way = pytest.mark.parametrize(
    ("coding", "pack"), WAYS, ids=["gzip", "x-gzip", "zlib", "bare deflate", "br", "zstd"]
)


@way
@given(body=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_what_was_packed_comes_out(
    coding: str, pack: Callable[[bytes], bytes], body: bytes
) -> None:
    assert whole(pack(body), [coding], None, MOST) == body


@way
def test_a_stream_cut_anywhere_is_damaged(coding: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(PAGE)
    for size in range(1, len(packed)):
        with pytest.raises(DamagedBody):
            whole(packed[:size], [coding], None, MOST)


@way
def test_a_stream_that_unpacks_to_too_much_is_refused(
    coding: str, pack: Callable[[bytes], bytes]
) -> None:
    bomb = pack(bytes(20 * MOST))
    with pytest.raises(DamagedBody, match="over 1,000,000 bytes"):
        whole(bomb, [coding], None, MOST)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "utf-8", "compress"])
@pytest.mark.parametrize("text", [PAGE, b"User-agent: *\nDisallow:\n", "“ke-2” \r\n".encode() * 9])
def test_text_that_is_said_to_be_packed_and_is_not_is_read_as_it_is(
    coding: str, text: bytes
) -> None:
    assert whole(text, [coding], None, MOST) == text


@pytest.mark.parametrize("lines", [["br, gzip"], ["br", "gzip"], ["BR , identity", "X-GZIP"]])
def test_codings_over_each_other_are_undone_from_the_last_to_the_first(lines: list[str]) -> None:
    packed = gzip.compress(brotli.compress(PAGE))
    assert whole(packed, lines, None, MOST) == PAGE
    cut_inside = gzip.compress(brotli.compress(PAGE)[:-9])
    with pytest.raises(DamagedBody, match="br data ends too early"):
        whole(cut_inside, lines, None, MOST)


def test_members_that_follow_each_other_are_one_body() -> None:
    members = gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:])
    assert whole(members, ["gzip"], None, MOST) == PAGE
    assert whole(members + b"\x00" * 512, ["gzip"], None, MOST) == PAGE
    with pytest.raises(DamagedBody):
        whole(members[:-1], ["gzip"], None, MOST)
    frames = zstd.compress(PAGE[:50]) + zstd.compress(PAGE[50:])
    assert whole(frames, ["zstd"], None, MOST) == PAGE


def test_a_wrong_checksum_is_damage() -> None:
    packed = bytearray(gzip.compress(PAGE))
    packed[-6] ^= 1
    with pytest.raises(DamagedBody, match="gzip data is damaged"):
        whole(bytes(packed), ["gzip"], None, MOST)


@pytest.mark.parametrize("length", [str(len(PAGE) + 1), "9" * 5000])
def test_a_body_shorter_than_its_length_is_cut_short(length: str) -> None:
    with pytest.raises(DamagedBody, match="cut short"):
        whole(PAGE, [], length, MOST)


@pytest.mark.parametrize("length", [None, "", "0", "7", "x", "-1", str(len(PAGE)), "0" * 5000])
def test_any_other_length_says_nothing_of_damage(length: str | None) -> None:
    assert whole(PAGE, [], length, MOST) == PAGE


def test_a_body_packed_over_and_over_is_refused() -> None:
    with pytest.raises(DamagedBody, match="packed 1000 times over"):
        whole(PAGE, ["gzip," * 1000], None, MOST)


def test_an_unknown_coding_of_no_text_is_damage() -> None:
    with pytest.raises(DamagedBody, match="coding 'compress' is not known"):
        whole(b"\x1f\x9d\x90" + PAGE, ["compress"], None, MOST)
