"""Marks the words of a query in the original text, and cuts out the part that tells most."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from antara_crawler.archive.index.analysis import APOSTROPHES, POINT, SIGNS, WORD, words
from antara_crawler.archive.index.roots import spellings
from antara_crawler.archive.read.views import Marked
from antara_crawler.archive.search.lexicon import STOP_WORDS

WORDS = 30
"""So many words a snippet has."""

_BEFORE = 6
_NEAR = 160
"""Words so many characters apart stand in one snippet."""

_MOST_TEXT = 100_000
_MOST_HITS = 200
_REACH = 80
_ROOTLIKE = re.compile(r"[a-z]{3,}")
_OLD_LETTERS = {"u": "(?:u|oe)", "c": "(?:c|tj)", "j": "d?j", "y": "[yj]"}
_MAYBE_PARTED = "[-‐‑–.]?"
_SHORT = 5
"""Abbreviations have no more letters: wifi is Wi-Fi, too, and spd S.Pd."""

_UNPLAIN = rf"[{APOSTROPHES}]|[^\W\x00-\x7f]"
"""What a folded word lacks, so that the word itself must be looked at."""

_HOLDS_UNPLAIN = re.compile(_UNPLAIN)

Place = tuple[int, int, frozenset[str]]
"""Where a word of the query stands in a text, and which words of the query it is."""


class Marker:
    """Marks texts for one query, of the lexemes given."""

    def __init__(self, lexemes: Sequence[str], prefixes: Sequence[str] = ()) -> None:
        self._lexemes = frozenset(lexemes) - STOP_WORDS or frozenset(lexemes)
        self._prefixes = tuple(prefixes)
        # Most words need not be analysed: an affix changes no more of a root than its first letter.
        parts = {part for each in self._lexemes for part in _parts(each)} | {*self._prefixes}
        told = [part for part in parts if part.isalnum()]
        parts = {part for part in parts if not any(each in part for each in told if each != part)}
        self._plain = re.compile("|".join(sorted(parts)))
        self._any = re.compile("|".join([*sorted(parts), _UNPLAIN]))
        self._known: dict[str, frozenset[str]] = {}

    def read(self, text: str) -> "Read":
        """Return a text with the places where words of the query stand."""
        return Read(text, self._places(text))

    def read_flat(self, text: str) -> "Read":
        """Return a text, white space as one space, of which a snippet shall be shown."""
        return self.read(" ".join(text[:_MOST_TEXT].split()))

    def _places(self, text: str) -> list[Place]:
        places: list[Place] = []
        end = 0
        if not (self._lexemes or self._prefixes):
            return places
        plain = text.isascii() and "'" not in text and "`" not in text
        pattern = self._plain if plain or not _HOLDS_UNPLAIN.search(text) else self._any
        for match in pattern.finditer(_lowered(text)):
            if match.start() < end:
                continue
            word = _word_at(text, match.start(), end)
            if word is None:
                continue
            end = word.end()
            fits = self._fits(word[0])
            if fits:
                places.append((word.start(), end, fits))
                if len(places) == _MOST_HITS:
                    break
        return places

    def _fits(self, written: str) -> frozenset[str]:
        fits = self._known.get(written)
        if fits is None:
            found = words(written)
            fits = self._lexemes & {each for word in found for each in (word.plain, word.root)}
            begun = (
                prefix
                for prefix in self._prefixes
                for word in found
                if word.plain.startswith(prefix)
            )
            fits = self._known[written] = fits.union(begun)
        return fits


@dataclass(frozen=True, slots=True)
class Read:
    """A text, and where words of the query stand in it."""

    text: str
    places: list[Place]

    @property
    def fits(self) -> frozenset[str]:
        """Which words of the query stand in it."""
        return frozenset[str]().union(*(fits for _, _, fits in self.places))

    def marked(self) -> tuple[Marked, ...]:
        """Return the whole text with its hits marked."""
        return tuple(_pieces(self.text, self.places))

    def snippet(self) -> tuple[Marked, ...]:
        """Return some WORDS words around those places where most of the query stands."""
        begin = _words_back(self.text, _best(self.places), _BEFORE)
        rest = self.text[begin:].split(" ", WORDS)
        end = begin + len(" ".join(rest[:WORDS]))
        if len(rest) <= WORDS:
            begin = min(begin, _words_back(self.text, len(self.text), WORDS))
        shown = [
            (start - begin, stop - begin, fits)
            for start, stop, fits in self.places
            if begin <= start and stop <= end
        ]
        pieces = [*_pieces(self.text[begin:end], shown)]
        if begin:
            pieces.insert(0, Marked("… ", False))
        return (*pieces, Marked(" …", False)) if end < len(self.text) else tuple(pieces)


def _parts(lexeme: str) -> Iterator[str]:
    """Yield patterns, one of which is in any form of a word, however it is spelled."""
    if lexeme[0].isdecimal():
        yield "[.,:]?".join(lexeme.replace(POINT, ""))
        return
    yield from (sign for sign, word in SIGNS.items() if word == lexeme)
    for spelled in spellings(lexeme):
        part = spelled[1:] if _ROOTLIKE.fullmatch(spelled) else spelled
        apart = _MAYBE_PARTED if len(part) <= _SHORT else ""
        yield apart.join(_OLD_LETTERS.get(letter, letter) for letter in part)


def _lowered(text: str) -> str:
    """Return a text in lower case, as long as it was: a pattern that ignores case is slow.

    The capital I with a dot would become two characters.
    """
    return text.replace("\u0130", "\u0131").lower()


def _word_at(text: str, place: int, least: int) -> re.Match[str] | None:
    """Return the word that a place lies in; it begins at `least` or later.

    Of a word longer than any that is searched, only a part.
    """
    begin = max(least, text.rfind(" ", max(0, place - _REACH), place) + 1, place - _REACH)
    for word in WORD.finditer(text, begin, place + _REACH):
        if word.end() > place:
            return word if word.start() <= place else None
    return None


def _best(places: list[Place]) -> int:
    """Return where the stretch begins in which most of the query stands, and most often."""
    best, best_worth = 0, (0, 0)
    starts = [start for start, _, _ in places]
    for index, begin in enumerate(starts):
        end = bisect_left(starts, begin + _NEAR, index)
        inside = [fits for _, _, fits in places[index:end]]
        worth = (len(frozenset().union(*inside)), len(inside))
        if worth > best_worth:
            best, best_worth = begin, worth
    return best


def _words_back(flat: str, place: int, count: int) -> int:
    """Return where the word begins that stands so many words before a place."""
    for _ in range(count + 1):
        place = flat.rfind(" ", 0, max(place, 0))
        if place < 0:
            return 0
    return place + 1


def _pieces(text: str, places: list[Place]) -> Iterator[Marked]:
    done = 0
    for start, stop, _ in places:
        if start > done:
            yield Marked(text[done:start], False)
        yield Marked(text[start:stop], True)
        done = stop
    if done < len(text):
        yield Marked(text[done:], False)
