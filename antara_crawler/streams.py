"""Standard streams that are closed, full or narrow: they cost no traceback and no exit status."""

import codecs
import os
import sys
import unicodedata
from io import TextIOWrapper
from typing import TextIO

NEAREST = "antara-nearest"
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("•·", "*"),
        "…": "...",
        "×": "x",
        "©": "(c)",
    }
)
_lacking: set[str] = set()
"""Encodings in which a letter was replaced."""


def nearest(error: UnicodeError) -> tuple[str, int]:
    """Replace letters that an encoding lacks by what is nearest: a plain quote, a letter, a ?."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    _lacking.add(error.encoding)
    plain = unicodedata.normalize("NFKD", error.object[error.start : error.end].translate(_ALIKE))
    kept = (sign for sign in plain if not unicodedata.combining(sign))
    return "".join(sign if sign.isascii() else "?" for sign in kept), error.end


def make_usable() -> None:
    """Put something in the place of streams that are closed, and let none refuse a letter.

    A closed number would be given to the next file that is opened, and what is printed would
    go into the archive. Printing to a closed standard output is an error, as to a full one;
    what is said to a closed standard error is lost, as its user wished.
    """
    for number, flags in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # takes the lowest free number: this one
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    codecs.register_error(NEAREST, nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=NEAREST)


def takes_all(stream: TextIO) -> bool:
    """Tell whether a stream takes every letter as it is."""
    return codecs.lookup(stream.encoding or "ascii").name.startswith("utf-")


def lacking() -> str | None:
    """Return the encoding in which letters were replaced, None where none were."""
    return next(iter(sorted(_lacking)), None)


def say(line: str) -> None:
    """Print a line on standard error; where nobody takes it, it is lost."""
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        let_go(sys.stderr)


def let_go(stream: TextIO) -> None:
    """Keep Python from complaining at exit about output that nobody takes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def settle() -> None:
    """Write out what is left of standard error; a full one must not change the exit status."""
    try:
        sys.stderr.flush()
    except OSError:
        let_go(sys.stderr)
