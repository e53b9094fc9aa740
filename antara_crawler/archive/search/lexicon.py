"""Words that a search treats apart, and in which other ways what readers type may be written."""

import re
from itertools import product

from antara_crawler.archive.index.analysis import APOSTROPHES, POINT
from antara_crawler.archive.index.stemming import LEAST, is_known, root_of
from antara_crawler.dates import MONTHS
from antara_crawler.wording import tables

_WORDS: dict[str, str] = tables("archive/index/lexicon.toml")
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


def _words_of(name: str) -> list[str]:
    return [" ".join(each.split()) for each in _WORDS[name].split(",")]


_COMPOUNDS, _NAMES = (
    {each.replace(" ", ""): each for each in _words_of(name)} for name in ("compounds", "names")
)
_BOTH = _COMPOUNDS | _NAMES
"""What is written as two words, too, by how it is written in one; names take no affixes."""

_PROVINCES = {each.partition(" ")[2]: each.split()[0] for each in _words_of("provinces")}
"""What their names may be short for: the names are found by that, too, not the other way round,
since phrases of words that nearly all articles have take long to find."""

_SHORT = dict(zip(_WORDS["short"].split()[::2], _WORDS["short"].split()[1::2], strict=True))
KEYS = {key: key for key in ("author", "section", "tag", "portal", "since", "until", "date")}
_WRITERS = ("penulis", "pewarta", "wartawan", "reporter", "editor", "penyunting", "oleh")
KEYS |= dict.fromkeys(_WRITERS, "author")
KEYS |= dict.fromkeys(("rubrik", "kanal", "kategori"), "section")
KEYS |= {"sejak": "since", "sampai": "until"}
KEYS |= dict.fromkeys(("tahun", "tanggal", "year"), "date")
"""What stands before the colon of a filter, in English or Indonesian; `date` is since and until."""

AFFIXED = "\0"
"""Begins a quoted phrase of which each word may have an affix; no query that is typed holds it."""

_ACTIVE = {**dict.fromkeys("aeiou", "meng"), **dict.fromkeys("gh", "meng"), "b": "mem"}
_ACTIVE |= dict.fromkeys("cdj", "men")
_SOFTENED = {"k": "meng", "p": "mem", "s": "meny", "t": "men"}
_LOSES_R = re.compile(r"r|[^aeiou]er[^aeiou]")

_PREFIX = "|".join(_WORDS["bound"].split())
_BOUND = re.compile(rf"({_PREFIX})([a-z]{{3,}})")
_MONTHS = {month.lower(): number for number, month in enumerate(MONTHS["id"], 1)}
_NAMES_OF_MONTHS = [*_MONTHS]
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()}
_OR = r"(?:\bOR\b|\bATAU\b|\|)"
_UNTOUCHED = r'"[^"]*"?|(?<!\w)\w+:\S*'
_ONE = "|".join(_BOTH)
_TWO = "|".join(two.replace(" ", r"[\s-]+") for two in (*_BOTH.values(), *_PROVINCES))
_COMPOUND = re.compile(
    rf"{_UNTOUCHED}|(?<![\w-])(?P<minus>[-–−]?)(?P<one>{_ONE})(?![\w*-])"
    rf"|(?<![\w–−-])(?P<two>{_TWO}|(?:{_PREFIX})\s+[a-z]{{3,}})(?![\w*:-])",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"{_UNTOUCHED}|(?<![\w–−-])(?P<word>\w+)\s+(?P<first>\w+)"
    rf"(?P<others>(?:\s+{_OR}\s+(?i:(?P=word))\s+\w+(?![\w*-]))+)"
)
_OTHER = re.compile(rf"(\w+)(?=\s+{_OR}|\s*\Z)")
_AFTER_OR, _BEFORE_OR = re.compile(rf"{_OR}\s*\Z"), re.compile(rf"\s*{_OR}")

_BEYOND = re.compile(
    r"(?<!\S)(?:https?://|www\.)\S*/\d+/(?P<slug>[\w-]+)\S*"
    rf"|\s[|–—-]\s+ANTARA(?:\s+(?i:News)(?:\s+[A-Z][a-z]+)*)?\s*\Z"
    rf"|(?<!\S)[-–−]?(?:{'|'.join(KEYS)}):\s*\Z"
)
"""An address; the site's name behind a headline that was copied; a filter for nothing."""

_INITIALS = re.compile(
    rf"({_UNTOUCHED})|(?<![\w.-])(?:[A-Za-z](?:\.|\b)\s+){{1,3}}[A-Za-z](?:\.|\b)(?=\s+\w\w)"
)
_MONEY = re.compile(rf"({_UNTOUCHED})|\b(rp\.?\s*\d[\d.,]*)\s*([mt])(?![\w-])", re.IGNORECASE)
_DIALLED = re.compile(
    rf"({_UNTOUCHED})|(?<![\w.,+(-])(?:\+62[\s-]?|\(?0)([1-9]\d{{1,2}})\)?"
    r"[\s-]?(\d{3,5})(?:[\s-]?(\d{3,5}))?(?![\w.,-])"
)
_VALUE = re.compile(rf"(?<!\w)((?:{'|'.join(KEYS)}):\s*)['‘]([^'’\"]*)['’](?!\w)", re.IGNORECASE)
_WITHIN = re.compile(rf"({_UNTOUCHED})|(?<=[^\W\d_])[{APOSTROPHES}](?=[^\W\d_])(?!s\b)")
_DATE = re.compile(
    rf"({_UNTOUCHED})|(?<![\w/–-])(\d\d?)[\s-]+({'|'.join(_MONTHS)})[\s-]+(\d{{4}})(?![\w*-])",
    re.IGNORECASE,
)
_LETTERS = {"m": "miliar", "t": "triliun"}
"""What stands for a unit of money."""

_NOT = re.compile(rf"({_UNTOUCHED})|(?<!\S)NOT\s+(?=\S)")
_NONE_OF = re.compile(rf"({_UNTOUCHED})|(?<!\S)[-–−]\(([^()]*)\)")
_EACH = re.compile(rf'{_OR}|("[^"]*"?|[^\s|]+)')

_TELEPHONE = re.compile(r"0[1-9]\d{7,12}")
_TWO_INITIALS = re.compile(r"[b-df-hj-np-tv-z]{2}")

_YEAR = 4
"""Figures so long tell much alone, and 'pemilu tahun 2024' is meant by pemilu 2024, too."""


def rewritten(query: str) -> str:
    """Return a query that finds what is rightly two words (walikota, wali kota) in either form.

    It asks once for a word that is said again in each alternative (banjir Banjarbaru OR banjir
    Tapin), but each time with its short number (SMAN 1 OR SMAN 7). NOT is a minus, H. M. is H.M.,
    -(a OR b) is -a -b, Rp2 M is Rp2 miliar, 30 September 2023 is 30/9/2023, an article's address
    the words in it. What is quoted stays, the value of a filter also in single quotes.
    """
    plain = _WITHIN.sub(lambda found: found[1] or "", _VALUE.sub(r'\1"\2"', query))
    plain = _BEYOND.sub(
        lambda found: found["slug"].replace("-", " ") if found["slug"] else "", plain
    )
    plain = _DATE.sub(_as_figures, plain)
    plain = _INITIALS.sub(lambda found: found[1] or re.sub(r"\W+", ".", found[0]), plain)
    plain = _MONEY.sub(lambda found: found[1] or f"{found[2]} {_LETTERS[found[3].lower()]}", plain)
    plain = _DIALLED.sub(_dialled, plain)
    plain = _NOT.sub(lambda found: found[1] or "-", plain)
    plain = _NONE_OF.sub(_none_of, plain)
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
    if not noughts:
        found += [(*each, same) for each in _rounded(number) for same in UNITS.get(unit, ())]
    found += [("rp", number, sign) for sign, name in _LETTERS.items() if unit in UNITS[name]]
    return found


def _rounded(number: str) -> list[tuple[str, ...]]:
    """Return the ways to write a number with a unit for its noughts: 10 ribu, 2,5 juta."""
    if not number.isdecimal() or 1900 <= int(number) <= 2100:
        return []
    for unit in ("triliun", "miliar", "juta", "ribu"):
        noughts = _NOUGHTS[unit]
        whole, part = number[:-noughts], number[-noughts:].rstrip("0")
        if whole and len(part) <= (1 if unit == "ribu" else 3):
            return [(f"{whole}{POINT}{part}" if part else whole, same) for same in UNITS[unit]]
        if whole:
            break
    return []


def spelled(word: str) -> list[tuple[str, ...]]:
    """Return the other ways to write a word: 10 ribu, jalan for jl, sabu sabu, startup."""
    if word.isdecimal():
        return _telephone(word) if _TELEPHONE.fullmatch(word) else _rounded(word)
    if word in _SHORT:
        return [(_SHORT[word],)]
    if bound := bound_of(word):
        return [bound]
    half = len(word) // 2
    return [(word[:half],) * 2] if half >= LEAST and word == 2 * word[:half] else []


def bound_of(word: str) -> tuple[str, ...]:
    """Return the parts of a word that begins with a bound prefix: antarkota is no form of kota."""
    found = _BOUND.fullmatch(word)
    if found is None or not is_known(found[2]):
        return ()
    return found.groups() if root_of(word) in (word, root_of(found[2])) else ()


def _telephone(number: str) -> list[tuple[str, ...]]:
    """Return the ways to part a telephone number: 0511 335 4123, +62 511 3354123."""
    found: list[tuple[str, ...]] = [(f"62{number[1:]}",), ("62", number[1:])]
    for code in (3, 4):
        rest = number[code:]
        parted = [(rest,), *((rest[:at], rest[at:]) for at in range(3, len(rest) - 2))]
        found += [(begin, *each) for begin in (number[:code],) for each in parted]
        found += [("62", number[1:code], *each) for each in parted]
    return found


def days(numbers: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the ways to write 30/9/2023, in words first: 30 September 2023, 2023-09-30."""
    if len(numbers) != len(("day", "month", "year")) or not all(map(str.isdecimal, numbers)):
        return []
    day, month, year = reversed(numbers) if len(numbers[0]) == _YEAR else numbers
    if not (1 <= int(month) <= len(_NAMES_OF_MONTHS) and len(year) == _YEAR):
        return []
    names = (_NAMES_OF_MONTHS[int(month) - 1], str(int(month)), f"{int(month):02}")
    written = dict.fromkeys((str(int(day)), day, f"{int(day):02}"))
    iso = (year, f"{int(month):02}", f"{int(day):02}")
    return [*((each, name, year) for name in names for each in written), iso]


def is_initials(word: str) -> bool:
    """Tell whether a word may stand for names: HM Arifin is H. M. Arifin."""
    return (
        _TWO_INITIALS.fullmatch(word) is not None and word not in UNITS and word not in CURRENCIES
    )


def _none_of(found: re.Match[str]) -> str:
    return found[1] or " ".join(f"-{each}" for each in _EACH.findall(found[2]) if each)


def _as_figures(found: re.Match[str]) -> str:
    return found[1] or f"{found[2]}/{_MONTHS[found[3].lower()]}/{found[4]}"


def _dialled(found: re.Match[str]) -> str:
    """Return a telephone number without what parts it."""
    digits = "".join(filter(None, found.groups()[1:]))
    return f"0{digits}" if digits and _TELEPHONE.fullmatch(f"0{digits}") else found[0]


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
        words = re.split(r"[\s-]+", found["two"])
        one = _PROVINCES.get(" ".join(words).lower()) or "".join(words)
        before, after = found.string[: found.start()], found.string[found.end() :]
        if _AFTER_OR.search(before) or _BEFORE_OR.match(after):
            return f"{_quoted(one.lower(), found['two'])} OR {one}"
        return " ".join(f"{word} OR {one}" for word in words)
    if not found["one"]:
        return found[0]
    two = _quoted(found["one"].lower())
    return f"{found[0]} -{two}" if found["minus"] else f"{found[0]} OR {two}"


def _quoted(one: str, two: str = "") -> str:
    """Return the phrase of two words that is written in one, too."""
    if one in _COMPOUNDS:
        return f'"{AFFIXED}{_COMPOUNDS[one]}"'
    return f'"{_NAMES.get(one, two)}"'
