"""Bytes to text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.pages import decode

TEXT = "“Banjir” – kata Ny. Häni"


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "windows-1252", "base64", "x"])
def test_utf_8_is_utf_8_whatever_the_header_says(declared: str | None) -> None:
    assert decode(TEXT.encode(), declared) == TEXT


def test_windows_1252_is_read_when_declared() -> None:
    assert decode(TEXT.encode("cp1252"), "windows-1252") == TEXT


def test_latin_1_is_read_as_browsers_do() -> None:
    assert decode(TEXT.encode("cp1252"), "ISO-8859-1") == TEXT


def test_the_pages_own_declaration_counts_when_the_header_has_none() -> None:
    body = b"<meta charset='windows-1250'>" + "Łódź".encode("cp1250")
    assert decode(body, None).endswith("Łódź")


def test_a_wrong_declaration_falls_to_the_page_and_then_to_windows_1252() -> None:
    assert decode(TEXT.encode("cp1252"), "punycode") == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_wins(encoding: str) -> None:
    mark = codecs.BOM_UTF16_LE if encoding.endswith("le") else codecs.BOM_UTF16_BE
    assert decode(mark + TEXT.encode(encoding), "utf-8") == TEXT
    assert decode(codecs.BOM_UTF8 + TEXT.encode(), "iso-8859-1") == TEXT


def test_a_letter_cut_off_at_the_end_does_not_change_the_encoding() -> None:
    assert decode("“Banjir”".encode()[:-1], "iso-8859-1") == "“Banjir\ufffd"


@pytest.mark.parametrize("declared", [None, "iso-8859-1", "windows-1252"])
def test_one_stray_byte_makes_no_other_charset_of_utf_8(declared: str | None) -> None:
    body = TEXT.encode() + b"<!-- caf\xe9 \xe2\x80 -->" + TEXT.encode()
    text = decode(body, declared)
    assert text.startswith(f"{TEXT}<!-- caf\xe9 ")
    assert text.endswith(TEXT)


def test_utf_8_within_a_page_of_another_charset_is_read_as_well() -> None:
    body = TEXT.encode("cp1252") + TEXT.encode() + TEXT.encode("cp1252")
    assert decode(body, "windows-1252") == TEXT * 3


@given(st.text(max_size=100), st.sampled_from([None, "iso-8859-1", "utf-8", "windows-1250"]))
def test_whatever_is_utf_8_survives_a_stray_byte(text: str, declared: str | None) -> None:
    assert decode(b"\xff " + text.encode(), declared)[2:] == text


@given(st.binary(max_size=300), st.none() | st.text(max_size=20))
def test_any_bytes_give_text(body: bytes, declared: str | None) -> None:
    assert isinstance(decode(body, declared), str)


@pytest.mark.parametrize("declared", ["undefined", "idna", "unicode_escape", "zip", "hex", "utf-7"])
def test_codecs_that_are_no_charsets_are_not_used(declared: str) -> None:
    assert decode(b"\xff\\x41", declared) == "ÿ\\x41"
