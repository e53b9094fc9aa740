"""What changed between two wordings, by paragraph and word; figures and names among words."""

import re
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


def compare_wordings(
    old_title: str | None, old: Sequence[str], new_title: str | None, new: Sequence[str]
) -> tuple[Change, ...]:
    """Return what changed of title and paragraphs; what is the same is left out."""
    changes = (compare_words(old_title or "", new_title or ""), *compare(old, new))
    return tuple(change for change in changes if change.kind != "same")


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


_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)")
_WORDS = {
    **{"nol": "0", "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6"},
    **{"tujuh": "7", "delapan": "8", "sembilan": "9", "sepuluh": "10", "sebelas": "11"},
    # Others count what stands before them, and are values of their own.
    **{word: word for word in ("belas", "puluh", "ratus", "ribu", "juta", "miliar", "triliun")},
    **{"seratus": "100", "seribu": "1000", "sejuta": "1000000", "setengah": "½"},
    **{
        word: word
        for word in (
            *("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus"),
            *("september", "oktober", "november", "desember"),
            *("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"),
        )
    },
}
_EDGES = "\"'()[]{}<>«»“”‘’„.,;:!?…*-–—/"


def figures_of(words: Iterable[str]) -> Counter[str]:
    """Return the figures, amounts and dates among words, each with how often it stands there.

    '1.500', '1500' and 'Rp1.500,' are one value; so are 'lima' and '5'.
    """
    found: Counter[str] = Counter()
    for word in words:
        if any(map(str.isdigit, word)):
            found.update(map(_value, _DIGITS.findall(word)))
        elif (value := _WORDS.get(word.strip(_EDGES).casefold())) is not None:
            found[value] += 1
    return found


def bare(words: Iterable[str]) -> Iterator[str]:
    """Yield words without the marks around them; what is only marks is none."""
    return filter(None, (word.strip(_EDGES) for word in words))


def is_name(word: str) -> bool:
    """Tell whether a word may be a name: it has a capital, and is no figure or date."""
    return word[:1].isupper() and not figures_of([word])


def _value(figure: str) -> str:
    if _THOUSANDS.match(figure):
        whole, comma, rest = figure.partition(",")
        figure = whole.replace(".", "") + comma + rest
    return figure.lstrip("0") or "0"
