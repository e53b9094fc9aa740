"""The characters of a text: what cannot be seen, normal forms, references left over."""

import html
import re
import unicodedata
from html.entities import name2codepoint
from typing import Literal

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_JOINERS = re.compile("[\u200c\u200d]")
# A joiner is spelling between emoji and in scripts such as Arabic or Balinese, else an accident.
_JOINABLE = "[\u0590-\u1fff\u20a0-\U0010ffff]"
_STRAY_JOINER = re.compile(f"(?<!{_JOINABLE})[\u200c\u200d]|[\u200c\u200d](?!{_JOINABLE})")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,7})\Z")
_LONGEST_REFERENCE = 9

_LONGEST_WORD = 1000
_MOST_MARKS = 30


def visible(text: str) -> str:
    """Return the text without control, zero-width, soft-hyphen and direction characters.

    Joiners are no accident everywhere: `without_joiners` and `without_stray_joiners`.
    """
    return _INVISIBLE.sub("", text)


def without_joiners(text: str) -> str:
    """Return the text without zero-width joiners and non-joiners."""
    return _JOINERS.sub("", text)


def without_stray_joiners(text: str) -> str:
    """Return the text without joiners that join nothing; those in emoji and scripts stay."""
    return _STRAY_JOINER.sub("", text)


def without_surrogates(text: str) -> str:
    """Return the text with U+FFFD for each lone surrogate, so that it can be encoded."""
    return _SURROGATE.sub("\ufffd", text)


def normal_form(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Return the text in a normal form, in linear time.

    Unicode orders a run of combining marks by insertion: minutes for a megabyte of them. An
    overlong word with more marks in a row than any language uses is no text and stays.
    """
    if len(text) <= _LONGEST_WORD or max(map(len, text.split()), default=0) <= _LONGEST_WORD:
        return unicodedata.normalize(form, text)
    return "".join(
        part if len(part) > _LONGEST_WORD and _is_heap(part) else unicodedata.normalize(form, part)
        for part in re.split(r"(\s+)", text)
    )


def _is_heap(word: str) -> bool:
    row = 0
    for character in word:
        row = row + 1 if unicodedata.combining(character) else 0
        if row > _MOST_MARKS:
            return True
    return False


def without_references(text: str) -> str:
    """Return the text with the character references in it read, in one pass.

    Left to right, so that none is left however deep they were encoded: '&amp;quot;' is '"'.
    """
    out: list[str] = []
    for part in re.split("(;)", text):
        if part != ";":
            out.extend(part)
            continue
        match = _REFERENCE.search("".join(out[-_LONGEST_REFERENCE:]))
        meant = _meaning(match[0]) if match else None
        if match is None or meant is None:
            out.append(";")
        else:
            del out[-len(match[0]) :]
            out.extend(meant)
    return "".join(out)


def _meaning(reference: str) -> str | None:
    """Return what a reference without its ';' stands for; None when it is to stay."""
    name = reference[1:]
    if name[0] != "#" and name != "apos" and name not in name2codepoint:
        return None
    meant = unicodedata.normalize("NFC", html.unescape(reference + ";"))
    # Nobody encodes plain letters twice, and they could build a reference that was none.
    if meant.isascii() and (meant.isalnum() or meant in ("#", ";")):
        return None
    return without_joiners(visible(meant))
