"""Marks the words of a query in the original text, and cuts out the part that tells most."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from antara_crawler.archive.analysis import WORD, words
from antara_crawler.archive.stopwords import STOP_WORDS

WORDS = 30
"""So many words a snippet has."""

_BEFORE = 6
_MOST_TEXT = 60_000
_MOST_HITS = 200

Place = tuple[int, int, frozenset[str]]
"""Where a word of the query stands in a text, and which words of the query it is."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of plain text (no markup, nothing escaped), and whether it fits the query."""

    text: str
    hit: bool


class Marker:
    """Marks texts for one query."""

    def __init__(self, lexemes: tuple[str, ...]) -> None:
        telling = frozenset(lexemes) - STOP_WORDS
        self._lexemes = telling or frozenset(lexemes)
        self._known: dict[str, frozenset[str]] = {}

    def marked(self, text: str) -> tuple[Marked, ...]:
        """Return a whole text with its hits marked."""
        return _pieces(text, 0, len(text), self._places(text))

    def snippet(self, text: str) -> tuple[Marked, ...]:
        """Return some WORDS words of a text around those places where most of the query stands."""
        flat = " ".join(text[:_MOST_TEXT].split())
        places = self._places(flat)
        starts = [match.start() for match in WORD.finditer(flat)]
        if not starts:
            return ()
        first = _first_word(starts, places)
        last = min(first + WORDS, len(starts))
        begin = starts[first] if first else 0
        end = starts[last] if last < len(starts) else len(flat)
        cut = flat[begin:end].rstrip()
        inside = [(a - begin, b - begin, fits) for a, b, fits in places if begin <= a < end]
        pieces = list(_pieces(cut, 0, len(cut), inside))
        if begin:
            pieces.insert(0, Marked("… ", False))
        if end < len(flat) or len(text) > _MOST_TEXT:
            pieces.append(Marked(" …", False))
        return tuple(pieces)

    def _places(self, text: str) -> list[Place]:
        places: list[Place] = []
        if not self._lexemes:
            return places
        for match in WORD.finditer(text):
            written = match[0]
            fits = self._known.get(written)
            if fits is None:
                fits = self._known[written] = _lexemes_of(written) & self._lexemes
            if fits:
                places.append((match.start(), match.end(), fits))
                if len(places) >= _MOST_HITS:
                    break
        return places


@lru_cache(maxsize=100_000)
def _lexemes_of(written: str) -> frozenset[str]:
    return frozenset(lexeme for word in words(written) for lexeme in (word.plain, word.root))


def _first_word(starts: list[int], places: list[Place]) -> int:
    """Return the number of the word that the best window begins with."""
    if not places or len(starts) <= WORDS:
        return 0
    number = {start: index for index, start in enumerate(starts)}
    at = [(number[start], fits) for start, _, fits in places]
    best, best_worth = 0, (0, 0)
    for index, (begin, _) in enumerate(at):
        inside = [fits for place, fits in at[index:] if place < begin + WORDS - _BEFORE]
        worth = (len(frozenset().union(*inside)), len(inside))
        if worth > best_worth:
            best, best_worth = begin, worth
    return max(0, min(best - _BEFORE, len(starts) - WORDS))


def _pieces(text: str, begin: int, end: int, places: list[Place]) -> tuple[Marked, ...]:
    return tuple(piece for piece in _cut(text, begin, end, places) if piece.text)


def _cut(text: str, begin: int, end: int, places: list[Place]) -> Iterator[Marked]:
    for start, stop, _ in places:
        yield Marked(text[begin:start], False)
        yield Marked(text[start:stop], True)
        begin = stop
    yield Marked(text[begin:end], False)
