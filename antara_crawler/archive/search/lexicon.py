"""Words that a search treats apart, and what readers mean by two words or by a word said twice."""

import re
import tomllib
from importlib.resources import files
from itertools import product

from antara_crawler.archive.index.analysis import POINT

_WORDS: dict[str, str] = tomllib.loads(
    files("antara_crawler.archive.index").joinpath("lexicon.toml").read_text("utf-8")
)
STOP_WORDS, PREFIXES, CURRENCIES = (
    frozenset(_WORDS[name].split()) for name in ("stop_words", "prefixes", "currencies")
)
UNITS = {unit: same.split() for same in _WORDS["units"].split(",") for unit in same.split()}
SIGNS_OF = {"rupiah": ("rp", "idr"), "dolar": ("us", "usd")}
"""What stands before a number in place of the word behind it."""

_NOUGHTS = {
    unit: noughts
    for name, noughts in {"ribu": 3, "juta": 6, "miliar": 9, "triliun": 12}.items()
    for unit in UNITS[name]
}
COMPOUNDS = {"".join(each.split()): each.strip() for each in _WORDS["compounds"].split(",")}
"""What is rightly two words, by how it is written in one."""
KEYS = {key: key for key in ("author", "section", "tag", "portal", "since", "until")}
KEYS |= {"penulis": "author", "pewarta": "author", "rubrik": "section"}
KEYS |= {"sejak": "since", "sampai": "until"}
"""What stands before the colon of a filter, in English or Indonesian."""

AFFIXED = "\0"
"""Begins a quoted phrase of which each word may have an affix; no query that is typed holds it."""

_ACTIVE = {**dict.fromkeys("aeiou", "meng"), **dict.fromkeys("gh", "meng"), "b": "mem"}
_ACTIVE |= dict.fromkeys("cdj", "men")
_SOFTENED = {"k": "meng", "p": "mem", "s": "meny", "t": "men"}
_LOSES_R = re.compile(r"r|[^aeiou]er[^aeiou]")

_OR = r"(?:\bOR\b|\bATAU\b|\|)"
_UNTOUCHED = r'"[^"]*"?|\w+:\S*'
_ONE = "|".join(COMPOUNDS)
_TWO = "|".join(two.replace(" ", r"\s+") for two in COMPOUNDS.values())
_COMPOUND = re.compile(
    rf"{_UNTOUCHED}|(?<![\w-])(?P<minus>[-–−]?)(?P<one>{_ONE})(?![\w*-])"
    rf"|(?<![\w–−-])(?P<two>{_TWO})(?![\w*-])",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"{_UNTOUCHED}|(?<![\w–−-])(?P<word>\w+)\s+(?P<first>\w+)"
    rf"(?P<others>(?:\s+{_OR}\s+(?i:(?P=word))\s+\w+(?![\w*-]))+)"
)
_OTHER = re.compile(rf"(\w+)(?=\s+{_OR}|\s*\Z)")
_AFTER_OR, _BEFORE_OR = re.compile(rf"{_OR}\s*\Z"), re.compile(rf"\s*{_OR}")

_NOT = re.compile(rf"({_UNTOUCHED})|(?<!\S)NOT\s+(?=\S)")

_YEAR = 4
"""Figures so long tell much alone, and 'pemilu tahun 2024' is meant by pemilu 2024, too."""


def rewritten(query: str) -> str:
    """Return a query that finds what is rightly two words (walikota, wali kota) in either form.

    It asks once for a word that is said again in each alternative (banjir Banjarbaru OR banjir
    Tapin), but each time with its short number (SMAN 1 OR SMAN 7). NOT is a minus. What is quoted
    stays.
    """
    plain = _NOT.sub(lambda found: found[1] or "-", query)
    return _COMPOUND.sub(_either, _AGAIN.sub(_once, plain))


def forms(quoted: str, words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return a quoted phrase with the affixes that it may have: bekerja sama, orang tuanya."""
    if not quoted.startswith(AFFIXED):
        return []
    first, last = words
    soft = _SOFTENED.get(first[0])
    active = soft + first[1:] if soft else _ACTIVE.get(first[0], "me") + first
    ber = "be" if _LOSES_R.match(first) else "ber"
    firsts, lasts = (first, ber + first, f"di{first}", active), (last, f"{last}nya")
    found: list[tuple[str, ...]] = [*product(firsts, lasts)]
    return found[1:]


def amounts(number: str, unit: str) -> list[tuple[str, ...]]:
    """Return the other ways to write a number and its unit: 10 milyar, Rp500, 850.000.000."""
    found: list[tuple[str, ...]] = [(number, same) for same in UNITS.get(unit, ())]
    found += [(sign, number) for sign in SIGNS_OF.get(unit, ())]
    whole, _, part = number.partition(POINT)
    noughts = _NOUGHTS.get(unit, 0)
    if noughts and whole.isdecimal() and len(part) <= noughts:
        found.append((f"{whole}{part:0<{noughts}}".lstrip("0") or "0",))
    return found


def _once(found: re.Match[str]) -> str:
    word = found["word"]
    if not word:
        return found[0]
    ends = [found["first"], *_OTHER.findall(found["others"])]
    if all(end.isdecimal() and len(end) < _YEAR for end in ends):
        return " OR ".join(f'"{word} {end}"' for end in ends)
    return f"{word} {' OR '.join(ends)}"


def _either(found: re.Match[str]) -> str:
    if found["two"]:
        words = found["two"].split()
        one = "".join(words)
        before, after = found.string[: found.start()], found.string[found.end() :]
        if _AFTER_OR.search(before) or _BEFORE_OR.match(after):
            return f'"{AFFIXED}{" ".join(words)}" OR {one}'
        return " ".join(f"{word} OR {one}" for word in words)
    if not found["one"]:
        return found[0]
    two = f'"{AFFIXED}{COMPOUNDS[found["one"].lower()]}"'
    return f"{found[0]} -{two}" if found["minus"] else f"{found[0]} OR {two}"
