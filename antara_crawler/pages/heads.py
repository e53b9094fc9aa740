"""Whether a text may begin as a pattern does, told by two letters before the pattern is tried."""

from collections.abc import Callable
from functools import lru_cache


def beginning(*heads: str) -> Callable[[str], bool]:
    """Return a test of a text's first two letters: may one of the words so begun follow?

    `heads` are in lower case. What is no two ASCII letters may always: patterns allow for marks
    before a word, and for case.
    """

    @lru_cache(maxsize=2000)
    def may_begin(head: str) -> bool:
        return head.lower() in heads or not (head.isascii() and head.isalpha())

    return may_begin
