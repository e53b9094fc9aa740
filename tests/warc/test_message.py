"""Responses as other archivers keep them."""

import pytest

from antara_crawler.errors import BrokenCapture
from antara_crawler.warc.records.exchange import parse_response

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("stored", "body"),
    [
        (b"3\r\nsat\r\n2\r\nu.\r\n0\r\n\r\n", b"satu."),
        (b"3;nama=nilai\r\nsat\r\n0\r\nX-Akhir: 1\r\n\r\n", b"sat"),
        (b"5\r\nsatu. dan dua\r\n", b"5\r\nsatu. dan dua\r\n"),
        (b"0\r\n\r\n", b""),
        (b"", b""),
        (b"<html>tidak terpotong</html>", b"<html>tidak terpotong</html>"),
        (b"3\r\nsat\r\nbukan ukuran\r\n", b"3\r\nsat\r\nbukan ukuran\r\n"),
        (b"-3\r\nsat\r\n0\r\n\r\n", b"-3\r\nsat\r\n0\r\n\r\n"),
    ],
)
def test_a_chunked_body_is_joined_and_any_other_left_as_it_is(stored, body):
    assert parse_response(CHUNKED + stored).body == body


@pytest.mark.parametrize(
    "stored",
    [b"5\r\nsatu.\r\n", b"9\r\nsatu.", b"3\r\nsat\r\n9\r\nu.", b"3\r\nsat\r\n2\r\nu.\r\n"],
)
def test_a_chunked_body_that_breaks_off_is_damaged(stored):
    with pytest.raises(BrokenCapture, match="breaks off"):
        parse_response(CHUNKED + stored)


@pytest.mark.parametrize("block", [b"", b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 OK\r\n"])
def test_a_block_without_status_line_is_no_response(block):
    with pytest.raises(BrokenCapture, match="no HTTP response"):
        parse_response(block)


def test_a_block_without_blank_line_is_all_headers():
    response = parse_response(b"HTTP/1.1 304\r\nETag: a\r\n")
    assert (response.status, response.headers, response.body) == (304, ((b"ETag", b"a"),), b"")
