"""Finds the root of an Indonesian word: banjir for kebanjiran, tulis for menuliskan.

A word is read in every way that its affixes allow, the letters that a prefix swallows put back
(menulis: tulis, mengirim: kirim). Of the readings whose root is in the list of roots
(roots.txt) the one counts that supposes least: few and frequent affixes, a long root. Where the
list has none of them, only what is surely an affix is taken off. The same word has the same root
in every archive, whatever else is in it.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from antara_crawler.archive.index.roots import Roots, roots
from antara_crawler.wording import tables

LEAST = 3
"""So many letters a root has."""

_DEEPEST = 3
_PER_LETTER = 0.35
"""What a letter of the root is worth: of ratus-an and rat-us-an the longer root is likelier."""

_INNER = 1.0
_SUPPOSED = 0.45
"""For a letter put back where the word could do without: mengubah is of ubah, not of kubah."""

_LOST_K = "n"
"""The suffix of menunjukan, for menunjukkan."""

_AFFIXES: dict[str, dict[str, Any]] = tables("archive/index/affixes.toml")
_CLITICS, _SUFFIXES, _PREFIXES = (_AFFIXES[n] for n in ("clitics", "suffixes", "prefixes"))
_ALONE, _TOGETHER, _INSIDE, _SURE = (_AFFIXES[n] for n in ("alone", "together", "inside", "sure"))
_VERBAL = frozenset({"me", "di", "ter", "ku", "kau", "kan", "i"})
"""What makes verbs; a noun of the list does not take them."""

_LEAST_BARED = 4
_SYLLABLES = re.compile(r"[aiueo][^aiueo]+[aiueo]")

_ORDER = 1.0
"""For -i without a prefix, an order: pencari is of cari, not of pencar."""

_NASAL = re.compile(
    r"(?:me|pe)(?:ng(?=[aiueoghkqrl])|ny(?=[aiueotp])|m(?=[aiueobfpvrl])|n(?=[aiueocdjstzr]))"
)
_SWALLOWED = {"ng": "k", "ny": "s", "m": "pf", "n": "t"}
_PLAIN = {
    **{"d": ("di",), "k": ("ke", "ku", "kau"), "s": ("se",), "a": ("antar", "anti")},
    **{"p": ("pasca", "pra"), "n": ("non",), "t": ("tidak",)},
}
_WITH_R = {"b": "ber", "t": "ter", "p": "per"}
"""By the letter that a word begins with."""

_VOWELS = "aiueo"
_SOFT = re.compile(r"(?:[lmrwy]|n[gy]?)[aiueo]")
"""How a root begins before which me- and pe- stay as they are; none begins with rs."""

_ONE_SYLLABLE = re.compile(r"[^aiueo]{1,3}[aiueo]{1,2}[^aiueo]{0,3}")
_FIRST_ER = re.compile(r"[^aiueo]+er[^aiueo]")


_PLURAL = re.compile(r"([a-z]{3,})ies|([a-z]{2,}(?:[xs]|[cs]h))es|([a-z]{4,}[^s])s")
"""Of English."""


class _Reading(NamedTuple):
    """What is left of a word without some prefixes, the outermost first, and what they cost."""

    rest: str
    prefixes: tuple[str, ...]
    cost: float


def root_of(word: str) -> str:
    """Return the root of a word in lower case; the word itself where it has no other."""
    root = _listed(word, roots())
    return root if root is not None else _bared(word)


def is_known(word: str) -> bool:
    """Tell whether a word in lower case is a form of a root that the list has."""
    return _listed(word, roots()) is not None


def _listed(word: str, known: Roots) -> str | None:
    """Return the likeliest root that the list has, None where it has none."""
    if word in known.still:
        return word
    if word in known.any or word in known.nouns or word in known.variants:
        return known.variants.get(word, word)
    best, least = None, 0.0
    for bare, clitic_cost in _without_clitics(word):
        if bare in known.forms:
            return known.forms[bare]
        if bare in known.still or bare in known.nouns:
            return bare
        for stem, suffix in _without_suffix(bare):
            for reading in _readings(_Reading(stem, (), clitic_cost + _SUFFIXES[suffix])):
                cost = _cost(reading, suffix, known)
                if cost is not None and (best is None or cost < least):
                    best, least = reading.rest, cost
    return known.variants.get(best, best) if best is not None else None


def _cost(reading: _Reading, suffix: str, known: Roots) -> float | None:
    """Return how unlikely a reading is, None where its root is none or takes no such affixes."""
    root = reading.rest
    noun = root in known.nouns
    if not noun and root not in known.any and root not in known.variants:
        return None  # most are none: asked first
    suffix = "kan" if suffix == _LOST_K else suffix
    outermost = reading.prefixes[0] if reading.prefixes else ""
    if len(root) < LEAST or suffix not in _TOGETHER.get(outermost, {""}):
        return None
    verbal = noun and not _VERBAL.isdisjoint((*reading.prefixes, suffix))
    if verbal or (noun and outermost == "pe" and suffix != "an"):
        return None
    alone = _ALONE.get(outermost, 0.0) if not suffix else 0.0
    if suffix == "i" and not outermost:
        alone = _ORDER
    return reading.cost + alone - _PER_LETTER * len(root)


def _without_clitics(word: str) -> Iterator[tuple[str, float]]:
    """Yield the word, and the word without -nya, -lah and the like: also without two of them."""
    yield word, 0.0
    for clitic, cost in _CLITICS.items():
        if word.endswith(clitic) and len(word) - len(clitic) >= LEAST:
            bare = word.removesuffix(clitic)
            yield bare, cost
            if clitic in ("lah", "kah", "pun"):
                for inner in ("nya", "ku", "mu"):
                    if bare.endswith(inner):
                        yield bare.removesuffix(inner), cost + _CLITICS[inner]


def _without_suffix(word: str) -> Iterator[tuple[str, str]]:
    for suffix in ("", "kan", "an", "i"):
        if word.endswith(suffix) and len(word) - len(suffix) >= LEAST:
            yield word[: len(word) - len(suffix)], suffix
    if word.endswith("kkan"):
        yield word.removesuffix("kan"), "an"  # penunjukkan, for penunjukan
    elif word.endswith("kan"):
        yield word.removesuffix("an"), _LOST_K


def _readings(reading: _Reading) -> Iterator[_Reading]:
    """Yield a reading, and those with prefixes taken off, one or several."""
    yield reading
    if len(reading.prefixes) == _DEEPEST or len(reading.rest) <= LEAST:
        return
    for prefix, rest, cost in _without_prefix(reading.rest):
        if reading.prefixes and prefix not in _INSIDE.get(reading.prefixes[-1], ()):
            continue
        whole = reading.cost + cost + (_INNER if reading.prefixes else 0)
        yield from _readings(_Reading(rest, (*reading.prefixes, prefix), whole))


def _without_prefix(word: str) -> Iterator[tuple[str, str, float]]:
    """Yield each prefix that a word may begin with, what it stands before, and what that costs."""
    first = word[:1]
    for prefix in _PLAIN.get(first, ()):
        if word.startswith(prefix):
            yield prefix, word.removeprefix(prefix), _PREFIXES[prefix]
    if word.startswith(("me", "pe")):
        yield from _without_nasal(word)
    if first in _WITH_R:
        yield from _without_r(word, _WITH_R[first])


def _without_nasal(word: str) -> Iterator[tuple[str, str, float]]:
    """Yield what meN- or peN- may stand before: it swallows k, p, s and t."""
    prefix, cost = word[:2], _PREFIXES[word[:2]]
    rest = word[2:]
    if rest[:1] in ("l", "m", "n", "r", "w", "y"):
        if _SOFT.match(rest):
            yield prefix, rest, cost
    elif prefix == "pe":
        yield prefix, rest, cost + 0.5  # pe-tani
    found = _NASAL.match(word)
    if found is None:
        return
    nasal, after = found[0][2:], word[found.end() :]
    if after[0] in _VOWELS or after[0] in "rl" or nasal == "ny":
        supposed = _SUPPOSED if nasal == "ng" else 0.1
        yield from ((prefix, letter + after, cost + supposed) for letter in _SWALLOWED[nasal])
    if nasal == "ng" and after[0] in _VOWELS:
        yield prefix, after, cost
        if after.startswith("e") and _ONE_SYLLABLE.fullmatch(after[1:]):
            yield prefix, after[1:], cost  # menge-cat
    elif after[0] not in _VOWELS:
        usual = after[0] in ("cdjz" if nasal == "n" else "bfvgh")
        yield prefix, after, cost + (0.0 if usual else 0.4)  # men-stabilkan, peng-rusakan


def _without_r(word: str, prefix: str) -> Iterator[tuple[str, str, float]]:
    """Yield what ber-, ter- or per- may stand before; its r is one with a following r."""
    cost = _PREFIXES[prefix]
    if word.startswith(prefix):
        yield prefix, word[3:], cost
        if word[3:4] in _VOWELS:
            yield prefix, word[2:], cost + _SUPPOSED + 0.1  # be-renang
    elif word.startswith(prefix[:2]) and _FIRST_ER.match(word[2:]):
        yield prefix, word[2:], cost  # be-kerja
    if word.startswith(prefix[:2] + "l") and word[3:].startswith(("ajar", "anjur", "antar")):
        yield prefix, word[3:], cost  # bel-ajar


def _bared(word: str) -> str:
    """Return a word that the list does not know without what is surely an affix.

    Names may look as if they had some: -an and -i alone, ke-, per- and se- are left on.
    """
    if word.endswith("nya") and _long_enough(word[:-3]):
        return root_of(word[:-3])
    for prefix, suffixes in _SURE.items():
        if not word.startswith(prefix[:2]):
            continue
        for suffix in suffixes:
            if not word.endswith(suffix) or (suffix == "i" and word.endswith("si")):
                continue
            stem = word.removesuffix(suffix)
            rests = [each for each in _without_prefix(stem) if each[0] == prefix]
            rest = min(rests, key=_unsupposed)[1] if rests else stem if not prefix else ""
            if _long_enough(rest):
                return root_of(rest)
    plural = _PLURAL.fullmatch(word)
    return root_of(_single(plural)) if plural else word


def _single(plural: re.Match[str]) -> str:
    return f"{plural[1]}y" if plural[1] else plural[2] or plural[3]


def _unsupposed(reading: tuple[str, str, float]) -> tuple[bool, float]:
    """Prefer what may begin a root: memukau is of pukau sooner than of mukau."""
    prefix, rest, cost = reading
    return prefix in ("me", "pe") and rest[0] in "mn", cost


def _long_enough(rest: str) -> bool:
    return len(rest) >= _LEAST_BARED and _SYLLABLES.search(rest) is not None
