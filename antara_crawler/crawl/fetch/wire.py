"""The head of an answer as it was sent: Scrapy keeps no reason phrase, Twisted no own spelling."""

import re
from dataclasses import dataclass, replace
from typing import Self

_END = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(rb"\r?\n(?![ \t])")


@dataclass(frozen=True, slots=True)
class Head:
    """The reason phrase and the headers of an answer, as they were sent."""

    reason: str
    headers: tuple[tuple[bytes, bytes], ...]

    def leading_to(self, url: str) -> Self:
        """Return the head of the same redirect, to another address."""
        headers = tuple(
            (name, url.encode() if name.lower() == b"location" else value)
            for name, value in self.headers
        )
        return replace(self, headers=headers)


def head_of(begun: bytes) -> Head | None:
    """Return the head of what was received so far; None while it goes on.

    Heads of 1xx answers before it are passed over.
    """
    start = 0
    while end := _END.search(begun, start):
        status, *lines = _LINE.split(begun[start : end.start()])
        words = status.split(None, 2)
        if len(words) < 2 or not words[1].startswith(b"1") or words[1] == b"101":
            pairs = (line.partition(b":") for line in lines)
            headers = tuple((name, value.strip()) for name, colon, value in pairs if colon)
            return Head(words[2].decode("latin-1") if len(words) > 2 else "", headers)
        start = end.end()
    return None
