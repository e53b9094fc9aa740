"""Says of which kind a change of an article's wording is: a number, a name, a notice 'Ralat', …"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from antara_crawler.text.differences import (
    Change,
    bare,
    compare,
    compare_words,
    figures_of,
    is_name,
    words_by_side,
)
from antara_crawler.text.normalise import paragraph_key
from antara_crawler.wording import sentence

Kind = Literal[
    "correction", "rewritten", "headline", "number", "name", "paragraph-added",
    "paragraph-removed", "typo",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    sentence("correction"), sentence("rewritten"), sentence("headline"), sentence("number"),
    sentence("name"), sentence("paragraph-added"), sentence("paragraph-removed"), sentence("typo"),
)  # fmt: skip
"""All kinds, the weightiest first: so they stand where a change is of several."""

_NOTICE = re.compile(
    r"\b(?:di)?ralat\b"
    r"|^\W*(?:koreksi|pembetulan|perbaikan|catatan redaksi|klarifikasi|correction)[\s)\]*]*:"
    r"|[(\[](?:koreksi|pembetulan|klarifikasi|correction)[)\]]"
    r"|\b(?:berita|artikel|judul|naskah)(?: ini)?(?: telah| sudah)? dikoreksi\b"
    r"|\bredaksi\b.{0,80}\b(?:memohon|mohon|meminta|minta) maaf\b"
    r"|\b(?:memohon|mohon|meminta|minta) maaf atas kesalahan\b"
)
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)]*$")
_MOST_WORDS_PUT_IN = 3
"""Words put in or taken out of a sentence that may be just a name or a figure."""

_CLOSEST = 2
"""Letters by which a misspelled word differs at most."""


def kinds_of_change(
    old_title: str | None,
    old: Sequence[str],
    new_title: str | None,
    new: Sequence[str],
) -> tuple[Kind, ...]:
    """Return the kinds of a change of title and paragraphs, the weightiest first.

    None where both say the same; else at least one. Where a rule must guess, it says 'rewritten'.
    """
    found: set[Kind] = set()
    if (old_title or "") != (new_title or ""):
        found.add("headline")
        if _notices([new_title or ""]) > _notices([old_title or ""]):
            found.add("correction")
        else:
            title = compare_words(old_title or "", new_title or "")
            found |= {kind for kind in _of_words(title, Counter()) if kind == "number"}
    found |= kinds_of_text(old, new)
    return tuple(kind for kind in KINDS if kind in found)


def kinds_of_text(old: Sequence[str], new: Sequence[str]) -> set[Kind]:
    """Return the kinds of a change of paragraphs alone."""
    if list(old) == list(new):
        return set()
    changes = compare(old, new)
    notice: set[Kind] = {"correction"} if _notices(new) > _notices(old) else set()
    if not _mostly_kept(changes):
        return notice | {"rewritten"}
    known = Counter(word for text in (*old, *new) for word in _words(text))
    moved = _texts(changes, "out") & _texts(changes, "in")
    found: set[Kind] = notice | ({"rewritten"} if moved else set())
    for gap in _gaps(change for change in changes if change.pieces[0].text not in moved):
        found |= set(_of_gap(gap, known))
    return found


def _texts(changes: Sequence[Change], kind: Literal["out", "in"]) -> Counter[str]:
    return Counter(change.pieces[0].text for change in changes if change.kind == kind)


def _gaps(changes: Iterable[Change]) -> list[list[Change]]:
    """Return the stretches of paragraphs that are not the same."""
    parts = groupby(changes, lambda change: change.kind == "same")
    return [list(gap) for same, gap in parts if not same]


def _of_gap(gap: Sequence[Change], known: Counter[str]) -> Iterator[Kind]:
    """Yield the kinds of changed paragraphs that stand together."""
    out = sum(_texts(gap, "out").values())
    put = sum(1 for text in _texts(gap, "in").elements() if not _notices([text]))
    if out and put:
        yield "rewritten"
    if put > out:
        yield "paragraph-added"
    if out > put:
        yield "paragraph-removed"
    for change in gap:
        if change.kind == "changed":
            yield from _of_words(change, known)


def _of_words(change: Change, known: Counter[str]) -> Iterator[Kind]:
    """Yield the kinds of the changed words of one paragraph."""
    if not _mostly_kept([change]):
        yield "rewritten"
        return
    begins = True
    for before, group in groupby(change.pieces, lambda piece: piece.side == "same"):
        pieces = list(group)
        if before:
            begins = bool(_SENTENCE_END.search(pieces[-1].text))
            continue
        sides = [[w for piece in pieces if piece.side == side for w in piece.text.split()]
                 for side in ("out", "in")]  # fmt: skip
        yield from _of_run(list(bare(sides[0])), list(bare(sides[1])), begins, known)


def _of_run(
    out: Sequence[str], put: Sequence[str], begins: bool, known: Counter[str]
) -> Iterator[Kind]:
    """Yield what it is that these words stand instead of those; `begins` says: in a sentence."""
    figures = figures_of(out), figures_of(put)
    is_other_figure = figures[0] != figures[1]
    if "".join(out).casefold() == "".join(put).casefold():
        yield "typo"  # its marks, spaces or capitals
    elif any(figures) and not is_other_figure and not _others(out, put):
        yield "typo"  # another form of the same figure
    elif not all(figures) and _is_misspelled(out, put, begins, known):
        yield "typo"
    else:
        few = max(len(out), len(put)) <= _MOST_WORDS_PUT_IN
        if is_number := is_other_figure and (few or all(figures)):
            yield "number"
        names = [[word for word in words[begins:] if is_name(word)] for words in (out, put)]
        if names[0] != names[1] and (few or all(names)):
            yield "name"
        elif not is_number:
            yield "rewritten"


def _is_misspelled(
    out: Sequence[str], put: Sequence[str], begins: bool, known: Counter[str]
) -> bool:
    """Tell whether words were mended by a letter or two each."""
    if len(out) != len(put):
        return bool(out and put) and _is_near("".join(out).casefold(), "".join(put).casefold())
    pairs = [(n, *pair) for n, pair in enumerate(zip(out, put, strict=True)) if pair[0] != pair[1]]
    return all(_is_slip(one, other, begins and not n, known) for n, one, other in pairs)


def _is_slip(one: str, other: str, begins: bool, known: Counter[str]) -> bool:
    """Tell whether a word was misspelled, and no name became another.

    A name was misspelled where the text has its new form elsewhere, and the old one nowhere.
    """
    before, after = one.casefold(), other.casefold()
    if min(len(before), len(after)) < 3 or not _is_near(before, after):
        return False
    if begins or not (is_name(one) and is_name(other)):
        return True
    return known[after] > 1 and known[before] == 1


def _is_near(one: str, other: str) -> bool:
    """Tell whether a letter or two tell the words apart (two letters exchanged count as one)."""
    most = min(_CLOSEST, max(len(one), len(other)) // 3)
    if abs(len(one) - len(other)) > most:
        return False
    last: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, last, row = last, row, [i]
        for j, right in enumerate(other, 1):
            step = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                step = min(step, before[j - 2] + 1)
            row.append(step)
    return row[-1] <= most


def _mostly_kept(changes: Sequence[Change]) -> bool:
    """Tell whether at least half of the words of one side stand in both."""
    count = words_by_side(changes)
    return count["same"] >= min(count["out"], count["in"])


def _notices(texts: Iterable[str]) -> int:
    return sum(len(_NOTICE.findall(paragraph_key(text))) for text in texts)


def _words(text: str) -> Iterator[str]:
    return (word.casefold() for word in bare(text.split()))


def _others(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Return the words, figures aside, that only one side has."""
    sides = [{w.casefold() for w in words if not figures_of([w])} for words in (before, after)]
    return sides[0] ^ sides[1]
