"""Texts in one form: tidied for keeping, and as the key by which two of them are the same.

What cannot be seen, normal forms, and references left over are read a character at a time.
"""

import html
import re
from html.entities import name2codepoint
from typing import Literal
from unicodedata import combining, is_normalized, normalize

from antara_crawler.text.quick import remembered

LEAST_WORDS = 6
"""A paragraph of so many words is no refrain: it may be a repeat on its own."""

LONG_WORDS = 8
"""A text with so many spaces and no link is said, even where its full stop was forgotten."""

_SENTENCE_ENDS = (".", "!", "?", "…", '"', "”", "’", "'", ")", "*")

_STRAIGHT = tuple(zip("‘’‚‛ʼ´“”„‟«»″‐‑‒–—―−", "''''''" + '"""""""' + "-------", strict=True))

# Control, zero-width, soft-hyphen and direction characters.
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


def tidy(text: str) -> str:
    """Return the text in NFC with one space for any white space, and nothing invisible.

    Character references that a double encoding left over are read ('&nbsp;', '&quot;',
    '&#8217;'; 'AT&T' stays). Wording, spelling, quotes and dashes stay as the source wrote
    them. `tidy(tidy(text)) == tidy(text)`.
    """
    if text.isprintable() and "  " not in text and "&" not in text and is_normalized("NFC", text):
        return text.strip()  # all white space that is printable is the space
    text = _one_spaced(text)
    if not text.isprintable():
        text = _one_spaced(_SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text)))
    if not text.isascii():
        text = _one_spaced(normal_form("NFC", text))
        if "\u200c" in text or "\u200d" in text:
            text = _one_spaced(normal_form("NFC", _STRAY_JOINER.sub("", text)))
    if "&" in text and ";" in text:
        text = _one_spaced(normal_form("NFC", _without_references(text)))
    return text


def _one_spaced(text: str) -> str:
    return " ".join(text.split())


def paragraph_key(text: str) -> str:
    """Return what two paragraphs share when they are the same.

    NFKC, no zero-width or soft-hyphen characters, straight quotes (two single ones are a double
    one) and dashes, one space for any white space, trimmed, case folded.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip().casefold().replace("''", '"')
    if not text.isprintable():
        text = _JOINERS.sub("", _INVISIBLE.sub("", text))
    if not text.isascii():
        text = _straightened(text)
    if not text.isascii():
        text = _straightened(normal_form("NFKC", text))
    return " ".join(text.split()).casefold().replace("''", '"')


def _straightened(text: str) -> str:
    # Fewer of the marks stand in a text than characters: str.translate looks at each of these.
    for mark, straight in _STRAIGHT:
        if mark in text:
            text = text.replace(mark, straight)
    return text


def word_count(text: str) -> int:
    """Return how many words a text has; a lone dash or bullet is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


@remembered
def is_prose(text: str) -> bool:
    """Whether a text is a sentence of at least six words, by its end: no label, no headline."""
    return text.endswith(_SENTENCE_ENDS) and text.count(" ") >= LEAST_WORDS - 1


def normal_form(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Return the text in a normal form, in linear time.

    Unicode orders a run of combining marks by insertion: minutes for a megabyte of them. An
    overlong word with more marks in a row than any language uses is no text and stays.
    """
    if len(text) <= _LONGEST_WORD or max(map(len, text.split()), default=0) <= _LONGEST_WORD:
        return normalize(form, text)
    return "".join(
        part if len(part) > _LONGEST_WORD and _is_heap(part) else normalize(form, part)
        for part in re.split(r"(\s+)", text)
    )


def _is_heap(word: str) -> bool:
    row = 0
    for character in word:
        row = row + 1 if combining(character) else 0
        if row > _MOST_MARKS:
            return True
    return False


def _without_references(text: str) -> str:
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
    meant = normalize("NFC", html.unescape(reference + ";"))
    # Nobody encodes plain letters twice, and they could build a reference that was none.
    if meant.isascii() and (meant.isalnum() or meant in ("#", ";")):
        return None
    return _JOINERS.sub("", _INVISIBLE.sub("", meant))
