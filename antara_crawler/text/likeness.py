"""Tells whether two texts are one story: keys by which it is found again, and a check of both."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from struct import pack

from rensa import RMinHash

from antara_crawler.text.differences import (
    Change,
    bare,
    compare,
    figures_of,
    is_name,
    words_by_side,
)
from antara_crawler.text.normalise import paragraph_key

LEAST = 12
"""Words; a shorter text, such as a caption, may stand under many pictures."""

_BANDS, _ROWS = 12, 3
"""Texts that share three of four runs of three words have a key in common 998 times in 1000."""
_LEAST_SHARED = 0.5
_LEAST_RUNS = 0.3
"""Shares of the shorter text, in words and in runs of three: the second is soon told."""


class Wording:
    """A text to be compared with others: what costs time is reckoned once."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.paragraphs = paragraphs
        self._texts = list(map(paragraph_key, paragraphs))

    @cached_property
    def words(self) -> list[list[str]]:
        """The words of each paragraph as it is compared, parted at white space."""
        return list(map(str.split, self._texts))

    @property
    def keys(self) -> list[int]:
        """The keys of the text, 64 bits each: alike texts share some, the same text all.

        The first is of the text as a whole, the others are bands of its MinHash. None for a text
        that is too short to tell.
        """
        words = list(chain.from_iterable(self.words))
        if len(words) < LEAST:
            return []
        sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=1)
        sketch.update(_runs_of(words))
        slots = sketch.digest()
        bands = [
            pack(f"<{_ROWS + 1}I", band, *slots[band * _ROWS : (band + 1) * _ROWS])
            for band in range(_BANDS)
        ]
        return [_key("\n".join(self._texts).encode()), *map(_key, bands)]

    def is_one_story_with(self, other: "Wording") -> bool:
        """Tell whether both tell one story in mostly the same words, no other figure or name.

        One may have paragraphs or sentences that the other has not; where both say the same but
        for a figure or a name, they are two stories: of two days, or of two places.
        """
        if self._texts == other._texts:
            return True
        if not (self._runs and other._runs):
            return False
        shared = len(self._runs & other._runs)
        if shared < _LEAST_RUNS * min(len(self._runs), len(other._runs)):
            return False
        changes = compare(self.paragraphs, other.paragraphs)
        count = words_by_side(changes)
        least = count["same"] + min(count["out"], count["in"])
        mostly = count["same"] >= max(LEAST, _LEAST_SHARED * least)
        return mostly and not any(map(_disagrees, changes))

    @cached_property
    def _runs(self) -> set[str]:
        """The runs of three words; none where the text is too short to tell."""
        words = list(chain.from_iterable(self.words))
        return set(_runs_of(words)) if len(words) >= LEAST else set()


def _runs_of(words: Sequence[str]) -> list[str]:
    return list(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def _disagrees(change: Change) -> bool:
    """Tell whether a paragraph has other figures or names in the place of those it had."""
    if change.kind != "changed":
        return False
    for out, put in _exchanged(change):
        figures = figures_of(out), figures_of(put)
        if all(figures) and figures[0] - figures[1] and figures[1] - figures[0]:
            return True
        names = [{word.casefold() for word in words if is_name(word)} for words in (out, put)]
        if names[0] - names[1] and names[1] - names[0]:
            return True
    return False


def _exchanged(change: Change) -> Iterator[tuple[list[str], list[str]]]:
    """Yield words that stand in each other's place in the two wordings of a paragraph."""
    out: list[str] = []
    for piece in change.pieces:
        words = list(bare(piece.text.split()))
        if piece.side == "in" and out:
            yield out, words
        out = words if piece.side == "out" else []


def _key(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "little", signed=True)
