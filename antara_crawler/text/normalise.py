"""Texts in one form: tidied for keeping, and as the key by which two of them are the same."""

from unicodedata import is_normalized

from antara_crawler.text.characters import (
    normal_form,
    visible,
    without_joiners,
    without_references,
    without_stray_joiners,
    without_surrogates,
)

LEAST_WORDS = 6
"""A paragraph of so many words is no refrain: it may be a repeat on its own."""

_SENTENCE_ENDS = (".", "!", "?", "…", '"', "”", "’", "'", ")", "*")

_STRAIGHT = tuple(zip("‘’‚‛ʼ´“”„‟«»‐‑‒–—―−", "''''''" + '""""""' + "-------", strict=True))


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
        text = _one_spaced(without_surrogates(visible(text)))
    if not text.isascii():
        text = _one_spaced(normal_form("NFC", text))
        if "\u200c" in text or "\u200d" in text:
            text = _one_spaced(normal_form("NFC", without_stray_joiners(text)))
    if "&" in text and ";" in text:
        text = _one_spaced(normal_form("NFC", without_references(text)))
    return text


def _one_spaced(text: str) -> str:
    return " ".join(text.split())


def paragraph_key(text: str) -> str:
    """Return what two paragraphs share when they are the same.

    NFKC, no zero-width or soft-hyphen characters, straight quotes and dashes, one space for
    any white space, trimmed, case folded.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip().casefold()
    if not text.isprintable():
        text = without_joiners(visible(text))
    if not text.isascii():
        text = _straightened(text)
    if not text.isascii():
        text = _straightened(normal_form("NFKC", text))
    return " ".join(text.split()).casefold()


def _straightened(text: str) -> str:
    # Fewer of the marks stand in a text than characters: str.translate looks at each of these.
    for mark, straight in _STRAIGHT:
        if mark in text:
            text = text.replace(mark, straight)
    return text


def word_count(text: str) -> int:
    """Return how many words a text has; a lone dash or bullet is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def is_prose(text: str) -> bool:
    """Whether a text is a sentence of at least six words, by its end: no label, no headline."""
    return text.endswith(_SENTENCE_ENDS) and text.count(" ") >= LEAST_WORDS - 1
