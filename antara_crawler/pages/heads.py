"""Whether a text may begin as a pattern does, told by two letters before the pattern is tried."""

from collections.abc import Collection


def may_begin(text: str, heads: Collection[str]) -> bool:
    """Whether a text may begin with a word whose first two letters (lower case) are in `heads`.

    What is no two ASCII letters may always: patterns allow for marks before a word, and for case.
    """
    head = text[:2]
    return head.lower() in heads or not (head.isascii() and head.isalpha())
