"""Prints for people: bold, faint and wrapped on a terminal, plain text anywhere else.

Standard streams that are closed, full or narrow cost no traceback and no exit status. Ctrl-C lets
a long command end in order.
"""

import codecs
import json
import os
import shutil
import signal
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import TextIOWrapper
from types import FrameType
from typing import Any, TextIO

from antara_crawler import dates
from antara_crawler.text.differences import IN_BRACKETS, Change
from antara_crawler.wording import figure, language, tr

MOST_COLUMNS = 88
"""Wider lines are hard to read, however wide the window."""

BOLD, FAINT, _MARK, OFF = "\x1b[1m", "\x1b[2m", "\x1b[1;33m", "\x1b[0m"
_SIGNS = {"out": "- ", "in": "+ ", "changed": "~ "}

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


class Screen:
    """Where output goes. `styled` is true for a terminal that is not asked to go without."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.terminal = stream.isatty()
        self.styled = (
            self.terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        )
        self.columns = min(shutil.get_terminal_size().columns, MOST_COLUMNS)

    def say(self, line: str = "") -> None:
        """Print a line."""
        print(line, file=self.stream)

    def tell(self, message: str, /, **fields: object) -> None:
        """Print a message of ours in the reader's language."""
        self.say(tr(message, **fields))

    def say_json(self, value: object) -> None:
        """Print a value as JSON in one line, in full whatever letters the stream lacks."""
        self.say(json.dumps(value, ensure_ascii=not takes_all(self.stream), default=_plain_value))

    def bold(self, text: str) -> str:
        """Return text that stands out."""
        return f"{BOLD}{text}{OFF}" if self.styled and text else text

    def faint(self, text: str) -> str:
        """Return text that stands back."""
        return f"{FAINT}{text}{OFF}" if self.styled and text else text

    def marked(self, text: str) -> str:
        """Return a hit."""
        return f"{_MARK}{text}{OFF}" if self.styled and text else text

    def wrapped(self, text: str, indent: str = "", first: str | None = None) -> str:
        """Return text wrapped to the terminal; elsewhere in one line. `first` indents that one."""
        return self.flowed([(text, False)], indent, first)

    def flowed(
        self,
        pieces: Iterable[tuple[str, bool]],
        indent: str = "",
        first: str | None = None,
        *,
        bold: bool = False,
    ) -> str:
        """Return pieces of one text, wrapped likewise, those with True marked."""
        lines, line, used = [], indent if first is None else first, 0
        room = max(self.columns, 40) - len(indent) if self.terminal else sys.maxsize
        for word, width in self._words(pieces, bold):
            if used and used + 1 + width > room:
                lines.append(line)
                line, used = indent, 0
            line += f" {word}" if used else word
            used += width + bool(used)
        return "\n".join([*lines, line])

    def say_changes(self, changes: Iterable[Change]) -> None:
        """Print what changed: paragraphs, and in these the words."""
        for change in changes:
            mark = change.kind == "changed"
            pieces = [
                (IN_BRACKETS[piece.side if mark else "same"].format(plain(piece.text)), piece.side)
                for piece in change.pieces
            ]
            spaced = [(f"{text} ", mark and side != "same") for text, side in pieces]
            self.say(self.flowed(spaced, "    ", f"  {_SIGNS[change.kind]}"))

    def _words(self, pieces: Iterable[tuple[str, bool]], bold: bool) -> Iterator[tuple[str, int]]:
        """Yield words with their widths; the styles have none."""
        word, width = "", 0
        for text, hit in pieces:
            for place, part in enumerate(_printable(text).split(" ")):
                if place and width:
                    yield word, width
                    word, width = "", 0
                if part:
                    word += self.marked(part) if hit else self.bold(part) if bold else part
                    width += len(part)
        if width:
            yield word, width


def _plain_value(value: Any) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else dict(value)


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def plain(text: str | None) -> str:
    """Return text in one line without control characters: a page must not steer the terminal."""
    return " ".join(_printable(text or "").split())


def listed(names: Iterable[str]) -> str:
    """Return names in one line, with commas."""
    return ", ".join(map(plain, names))


def local(time: datetime | None) -> str:
    """Return a time to the minute as its page gives it, with the zone: 2026-02-27 23:30 WITA.

    In Indonesian '27 Februari 2026 pukul 23.30 WITA'.
    """
    if time is None:
        return tr("no date")
    if language() == "id":
        return dates.stamp(time, "id")
    return f"{time:%Y-%m-%d %H:%M} {dates.zone(time)}"


def utc(time: datetime | None) -> str:
    """Return a time of ours to the minute, in UTC."""
    if time is not None and language() == "id":
        return dates.stamp(time.astimezone(UTC), "id")
    return f"{time:%Y-%m-%d %H:%M} UTC" if time else tr("never")


def size(count: float, lang: str | None = None) -> str:
    """Return a number of bytes for a person, in the reader's language or a given one: 1.2 MB."""
    unit = "B"
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            break
        count /= 1000
    return f"{figure(count, '.0f' if unit == 'B' or count >= 100 else '.1f', lang)} {unit}"


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


def answer(question: str, ask: Callable[[str], str] = input) -> str:
    """Return what a person answers; nothing where they end the input (Ctrl-D)."""
    try:
        return ask(question)
    except EOFError:
        return ""


def show(line: str) -> None:
    """Print a line on standard output; where its reader is gone, the work goes on without it."""
    try:
        print(line)
    except BrokenPipeError:
        let_go(sys.stdout)


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


SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Give a question that tells whether the user asked to stop; for the main thread."""
    asked = False
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        for each, handler in before.items():
            signal.signal(each, handler)

    for number in SIGNALS:
        signal.signal(number, ask)
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
