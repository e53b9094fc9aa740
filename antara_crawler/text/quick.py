"""Tests of texts made quick: told by the first letters, or remembered as long as a page is read."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
_forgets: list[Callable[[], None]] = []


def beginning(*heads: str) -> Callable[[str], bool]:
    """Return a test of a text's first letters, as many as `heads` have: may one of the words so
    begun follow?

    `heads` are in lower case. What is no ASCII letters may always: patterns allow for marks
    before a word, and for case.
    """

    @lru_cache(maxsize=2000)
    def may_begin(head: str) -> bool:
        return head.lower() in heads or not (head.isascii() and head.isalpha())

    return may_begin


def remembered(asked: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function says of the last texts: many rules ask the same of one line."""
    known = lru_cache(maxsize=500)(asked)
    _forgets.append(known.cache_clear)
    return cast("Callable[P, T]", known)


def forget() -> None:
    """Forget the texts of a page, which may be long, before the next one is read."""
    for each in _forgets:
        each()
