"""Finds what was meant by a query that nothing fits."""

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from string import ascii_lowercase

from sqlalchemy import Connection, func, select

from antara_crawler.archive.index.analysis import word_of, words
from antara_crawler.archive.index.stemming import is_known
from antara_crawler.archive.read.filters import filters_of
from antara_crawler.archive.read.strangers import CANDIDATES, NEAR, strangers
from antara_crawler.archive.search.asking import MOST
from antara_crawler.archive.search.counting import held
from antara_crawler.archive.search.lexicon import KEYS, STOP_WORDS
from antara_crawler.archive.search.query import Query
from antara_crawler.archive.tables.articles import Authors, SearchGroups
from antara_crawler.archive.tables.rows import folded
from antara_crawler.dates import MONTHS

_LEAST, _MOST = 4, 20
_WORDS = 3
"""Of so many words of a query the nearest are looked for."""

_CLITICS = ("lah", "kah", "nya", "pun", "ku", "mu")
_PART = 3
"""So many letters has each of two words that are written in one."""

_RELAXED, _BEGINNINGS = 10, 3
"""So many words are tried together, and of so many of the rarest each as the first."""

_LONGEST_NAME = 4
"""So many words a writer's name has."""

_KEY = re.compile(r'(?<![^\s-])(\w+):(?=[\w"])')
_VALUE = re.compile(r"(?<!\S)(\w+:)([A-Z]\w*(?:\s+[A-Z]\w*)+)")  # section:Hulu Sungai Tengah
_TWICE = re.compile(r"(?<=[a-z]{3})2\b")  # anak2, for anak-anak
_MONTH = "|".join(month.lower() for names in MONTHS.values() for month in names)
_WHEN = re.compile(rf"\b(?:(?:[1-3]?\d )?(?:{_MONTH}) )?(?:19|20)\d\d\b")
Fits = Callable[[str], bool]
_CORRECTABLE = re.compile(rf"[a-z]{{{_LEAST},{_MOST}}}")


def suggestion(connection: Connection, query: Query, text: str, fits: Fits) -> str:
    """Return a query with words and names that the archive has, '' where there is none better.

    `text` is what was typed; `fits` tells whether anything fits a query.
    """
    if named := _named(connection, query):
        return named
    nowhere, beside = _nowhere(connection, query), _meant(connection, query)
    # A word that there is, is a slip less likely than one too many.
    asked = _corrected(connection, query.asked, [each for each in nowhere if not is_known(each)])
    right = _whole(asked, beside)
    others = (_whole(each, beside) for each in _rejoined(connection, query.asked, nowhere))
    meant = (_VALUE.sub(r'\1"\2"', text), _KEY.sub(_keyed, text), _TWICE.sub("", text))
    for better in (*meant, *others, *_written(connection, query), right, *_dated(query)):
        if better not in ("", query.understood) and fits(better):
            return better
    if right == query.understood and len(query.words) == 1:
        right = _whole(_corrected(connection, asked, nowhere), beside)
    return _relaxed(connection, asked, beside, fits) or (right if right != query.understood else "")


def _keyed(found: re.Match[str]) -> str:
    """Return the filter that is meant by a misspelt one."""
    near = difflib.get_close_matches(found[1].lower(), KEYS, 1)
    return f"{near[0]}:" if near else found[0]


def _corrected(
    connection: Connection, asked: Sequence[str], nowhere: Sequence[str]
) -> Sequence[str]:
    """Return what is asked for with the nearest words that the archive has."""
    for word in nowhere:
        if near := _nearest(connection, word):
            asked = [re.sub(rf"(?<!\w){word}(?![\w*])", near, each) for each in asked]
    return asked


def _rejoined(
    connection: Connection, asked: Sequence[str], nowhere: Sequence[str]
) -> Iterator[Sequence[str]]:
    """Yield what is asked for with two words written as one, or one as two: Pangkalanbun."""
    for place, pair in enumerate(pairwise(asked)):
        one = "".join(pair)
        if one.isalpha() and one in held(connection, [one]):
            yield (*asked[:place], one, *asked[place + 2 :])
    for place, word in enumerate(asked):
        if word in nowhere:
            for two in _parted(connection, word):
                yield (*asked[:place], two, *asked[place + 1 :])


def _whole(asked: Sequence[str], beside: str) -> str:
    return " ".join(filter(None, (*asked, beside)))


def _meant(connection: Connection, query: Query) -> str:
    """Return the filters of a query, with names that the archive has."""
    beside = query.beside
    for key, filters in query.filters:
        for stranger in strangers(connection, filters):
            if stranger.near:
                asked = stranger.name
                held = [name for name in stranger.near if _is_part(asked, name)]
                meant = " ".join(f'{key}:"{name}"' for name in held or stranger.near[:1])
                for written in (f'{key}:"{asked}"', f"{key}:{asked}"):
                    beside = beside.replace(written, meant)
    return beside


def _parted(connection: Connection, word: str) -> Iterator[str]:
    halves = [(word[:at], word[at:]) for at in range(_PART, len(word) - _PART + 1)]
    known = held(connection, {part for each in halves for part in each})
    yield from (f'"{one} {two}"' for one, two in halves if one in known and two in known)


def _dated(query: Query) -> Iterator[str]:
    """Yield a query for articles of the day, month or year that it names."""
    for found in _WHEN.finditer(" ".join(query.asked)):
        written = f'"{found[0]}"' if f'"{found[0]}"' in query.asked else found[0]
        rest = query.understood.replace(written, " ", 1).split()
        if filters_of("since", found[0]):
            yield " ".join((*rest, f'date:"{found[0]}"'))


def _written(connection: Connection, query: Query) -> Iterator[str]:
    """Yield a query for what those wrote whose name stands in it: Arif Budiman haji."""
    asked = query.asked[:MOST]
    runs = {
        folded(" ".join(asked[at:end])): (at, end)
        for at in range(len(asked))
        for end in range(at + 2, min(at + _LONGEST_NAME, len(asked)) + 1)
    }
    named = select(Authors.key, Authors.name).where(Authors.key.in_(runs))
    for key, name in connection.execute(named).all() if runs else ():
        at, end = runs[key]
        yield _whole((*asked[:at], *asked[end:], f'author:"{name}"'), query.beside)


def _relaxed(connection: Connection, asked: Sequence[str], beside: str, fits: Fits) -> str:
    """Return the query without the words beside which nothing has the others, '' for too few."""
    parts = {each: words(each.replace(" OR ", " ")) for each in asked}
    function = STOP_WORDS.issuperset
    telling = {each: found for each, found in parts.items() if not function(w.plain for w in found)}
    known = held(connection, {word.root for found in telling.values() for word in found})
    counts = {
        each: (max if " OR " in each else min)(known.get(word.root, 0) for word in found)
        for each, found in telling.items()
    }
    there = sorted(filter(counts.get, counts), key=lambda each: (counts[each], each))[:_RELAXED]
    best: list[str] = []
    for first in there[:_BEGINNINGS]:
        kept: list[str] = []
        for each in sorted(there, key=lambda each: each != first):
            tried = [part for part in telling if part in (*kept, each)]
            if fits(_whole(tried, beside)):
                kept = tried
        best = max(best, kept, key=len)
        if len(best) >= len(there) - 1:
            break
    enough = 2 * len(best) >= len(there) and (len(best) > 1 or len(there) == 1)
    return _whole(best, beside) if enough else ""


def _named(connection: Connection, query: Query) -> str:
    """Return filters for the names that a query is, or is a part of: who types one, means it."""
    written = query.understood.replace('"', "")
    if query.filters or query.excluded_filters or " OR " in written or re.search("[*-]", written):
        return ""
    asked = [word.plain for word in words(written)]
    if not asked:
        return ""
    authors, sections = Authors.name, SearchGroups.section
    for key, column, low in (
        ("author", authors, Authors.key),
        ("section", sections, func.lower(sections)),
    ):
        names = select(column).where(low.contains(asked[-1], autoescape=True))
        found = filter(None, connection.scalars(names.distinct().limit(CANDIDATES)))
        by_key = {folded(name): name for name in sorted(found) if _holds(name, asked)}
        if by_key:
            return " ".join(f'{key}:"{by_key[name]}"' for name in sorted(by_key)[:NEAR])
    return ""


def _holds(name: str, asked: list[str]) -> bool:
    plain = [word.plain for word in words(name)]
    return any(plain[at : at + len(asked)] == asked for at in range(len(plain)))


def _is_part(name: str, whole: str) -> bool:
    return f" {folded(name)} " in f" {folded(whole)} "


def _nowhere(connection: Connection, query: Query) -> list[str]:
    """Return words of the query that no article has, in any form."""
    written = re.findall(r"\w+", query.understood)
    lexemes = dict.fromkeys(query.lexemes)
    asked = [word for word in lexemes if word in written and _CORRECTABLE.fullmatch(word)]
    known = held(connection, {form for word in asked for form in (word, word_of(word).root)})
    return [word for word in asked if word not in known and word_of(word).root not in known][
        :_WORDS
    ]


def _nearest(connection: Connection, word: str) -> str:
    """Return the word, one letter otherwise, that most articles have in any form.

    One that an article has as it stands comes before those that none has so, and one that
    doubles a letter, or does not, before others. Of a known word no form is made up.
    """
    bare = [word.removesuffix(each) for each in _CLITICS if word.endswith(each)]
    if there := held(connection, bare):
        return max(there, key=lambda each: (len(each), each))
    near = set(_one_off(word))
    plain = held(connection, near)
    if not plain and is_known(word):
        return ""
    # Roots take long to find, and are looked at only where no article has a word as it stands.
    roots = {each: word_of(each).root for each in plain or near}
    counts = plain | held(connection, {*roots.values()} - near)
    found = {each: (counts.get(root, 0), plain.get(each, 0)) for each, root in roots.items()}
    single = _single(word)
    return max(
        (each for each in found if any(found[each])),
        key=lambda each: (_single(each) == single, *found[each], each),
        default="",
    )


def _single(word: str) -> str:
    """Return a word with no letter doubled: Mekah, Mekkah."""
    return re.sub(r"(.)\1", r"\1", word)


def _one_off(word: str) -> Iterator[str]:
    """Yield all words with a letter more, less, exchanged for another or for the next."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
