"""What changed between two wordings: paragraphs first, then the words of those that changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_MOST_PAIRS = 1_000_000
"""Pairs of paragraphs, or of words, that are compared; beyond it all of both counts as changed."""

Side = Literal["same", "out", "in"]

IN_BRACKETS: dict[Side, str] = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
"""Forms in which plain text, without styles, says of a word where it stands."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that both wordings have, or only the old ('out') or new ('in') one; a space between."""

    side: Side
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph: in both, only in the old ('out') or new ('in') wording, or 'changed'."""

    kind: Literal["same", "out", "in", "changed"]
    pieces: tuple[Piece, ...]


def compare(old: Sequence[str], new: Sequence[str]) -> tuple[Change, ...]:
    """Return the paragraphs of two wordings in order, alike ones once, with their changed words."""
    found: list[Change] = []
    for same, left, right in _runs(old, new):
        if same:
            found += [Change("same", (Piece("same", text),)) for text in right]
        else:
            found += _pairs(left, right)
    return tuple(found)


def compare_words(old: str, new: str) -> Change:
    """Return two wordings of one paragraph (or title) as one, word by word."""
    if old == new:
        return Change("same", (Piece("same", new),))
    pieces: list[Piece] = []
    for same, left, right in _runs(old.split(), new.split()):
        sides: tuple[tuple[Side, Sequence[str]], ...] = (("out", left), ("in", right))
        for side, words in (("same", right),) if same else sides:
            pieces += [Piece(side, " ".join(words))] if words else []
    return Change("changed", tuple(pieces))


def words_by_side(changes: Iterable[Change]) -> Counter[Side]:
    """Return how many words stand in both wordings, and in either one alone."""
    count = Counter[Side]()
    for change in changes:
        for piece in change.pieces:
            count[piece.side] += len(piece.text.split())
    return count


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Pair reworded paragraphs, each old one with the first new one that is mostly the same."""
    found: list[Change] = []
    left = list(old)
    for text in new:
        place = next((n for n, each in enumerate(left) if _alike(each, text)), None)
        if place is None:
            found.append(Change("in", (Piece("in", text),)))
            continue
        found += [Change("out", (Piece("out", each),)) for each in left[:place]]
        found.append(compare_words(left[place], text))
        del left[: place + 1]
    return found + [Change("out", (Piece("out", each),)) for each in left]


def _alike(old: str, new: str) -> bool:
    """Tell whether at least a third of the words, counted once, stand in both."""
    before, after = set(old.casefold().split()), set(new.casefold().split())
    return 3 * len(before & after) >= len(before | after)


def _runs(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Yield runs that are alike in both and what stands between: alike, from old, from new."""
    if len(old) * len(new) > _MOST_PAIRS:
        yield old == new, old, new
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, n in matcher.get_opcodes():
        yield tag == "equal", old[i:j], new[k:n]
