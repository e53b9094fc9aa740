"""Finds what was meant by a name that nothing has, or a query that nothing fits."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Literal

from sqlalchemy import Connection, func, select

from antara_crawler.archive.index.analysis import word_of, words
from antara_crawler.archive.index.stemming import is_known
from antara_crawler.archive.read.filters import Filters, filters_of, sound
from antara_crawler.archive.search.held import held
from antara_crawler.archive.search.lexicon import KEYS
from antara_crawler.archive.search.query import Query
from antara_crawler.archive.tables.articles import Articles, Authors, SearchGroups, Tags
from antara_crawler.archive.tables.rows import folded
from antara_crawler.archive.tables.types import AnySelect
from antara_crawler.portals import portals

_LEAST, _MOST = 4, 20
_WORDS = 3
"""Of so many words of a query the nearest are looked for."""

_DAYS = "|".join(key for key, means in KEYS.items() if means in ("since", "until"))
_DAY = re.compile(rf'(?<!\w)({_DAYS}):(?:"([^"]*)|([^\s"]+))', re.IGNORECASE)
_CORRECTABLE = re.compile(rf"[a-z]{{{_LEAST},{_MOST}}}")


def suggestion(connection: Connection, query: Query) -> str:
    """Return a query with words and names that the archive has, '' where there is none better."""
    if named := _named(connection, query):
        return named
    replaced = query.understood
    for word in _nowhere(connection, query):
        if near := _nearest(connection, word):
            replaced = re.sub(rf"(?<![\w:]){word}(?![\w*])", near, replaced)
    for key, filters in query.filters:
        for stranger in strangers(connection, filters):
            if stranger.near:
                asked = stranger.name
                held = [name for name in stranger.near if _is_part(asked, name)]
                meant = " ".join(f'{key}:"{name}"' for name in held or stranger.near[:1])
                for written in (f'{key}:"{asked}"', f"{key}:{asked}"):
                    replaced = replaced.replace(written, meant)
    return replaced if replaced != query.understood else ""


def no_dates(query: str) -> list[tuple[str, str]]:
    """Return what stands in a query as a filter by day, and is none: it was searched as words."""
    found = [(key, quoted or bare) for key, quoted, bare in _DAY.findall(query)]
    return [(key, text) for key, text in found if filters_of(KEYS[key.lower()], text) is None]


def _named(connection: Connection, query: Query) -> str:
    """Return filters for the names that a query is, or is a part of: who types one, means it."""
    written = query.understood.replace('"', "")
    if query.filters or query.excluded_filters or " OR " in written or re.search("[*-]", written):
        return ""
    asked = [word.plain for word in words(written)]
    if not asked:
        return ""
    for key, column in (("author", Authors.name), ("section", SearchGroups.section)):
        names = select(column).where(func.lower(column).contains(asked[-1], autoescape=True))
        found = filter(None, connection.scalars(names.distinct().limit(_CANDIDATES)))
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


NEAR = 3
"""So many names are offered."""
_SHORTER = 4
_CANDIDATES = 20_000
"""Names compared at most: some hundred milliseconds."""
_ALIKE = 0.7

What = Literal["portal", "section", "tag", "author"]


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that a filter asks for and no article has; `near` are names that there are."""

    what: What
    name: str
    near: tuple[str, ...]


def strangers(connection: Connection, filters: Filters) -> Iterator[Stranger]:
    """Yield the names of a filter that nothing in the archive has."""
    if filters.portal is not None and filters.portal not in portals():
        held = select(Articles.id).where(Articles.portal == sound(filters.portal)).limit(1)
        if connection.scalar(held) is None:
            near = difflib.get_close_matches(filters.portal.casefold(), list(portals()), NEAR)
            yield Stranger("portal", filters.portal, tuple(near))
    if filters.section is not None:
        key = folded(sound(filters.section))
        if not _any(connection, select(Articles.id).where(Articles.section_key == key)):
            names = select(Articles.section).where(Articles.section.is_not(None)).distinct()
            yield Stranger("section", filters.section, _near_of(connection, key, names))
    for what, name, table in (("tag", filters.tag, Tags), ("author", filters.author, Authors)):
        key = folded(sound(name or ""))
        if name is not None and not _any(connection, select(table.id).where(table.key == key)):
            names = select(table.name)
            yield Stranger(what, name, _near_of(connection, key, names))  # type: ignore[arg-type]


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name))


def _any(connection: Connection, query: AnySelect) -> bool:
    return connection.execute(query.limit(1)).first() is not None


def _near_of(connection: Connection, key: str, names: AnySelect) -> tuple[str, ...]:
    """Return names that have its letters, are nearly this one, hold it, or nearly do."""
    [column] = names.selected_columns
    alike = names.where(func.length(column) >= len(key) - _SHORTER)
    holding = names.where(func.lower(column).contains(key, autoescape=True))
    found = {
        folded(name): name
        for query in (holding.limit(_CANDIDATES), alike.limit(_CANDIDATES))
        for name in connection.scalars(query)
    }
    parts: dict[str, list[str]] = defaultdict(list)
    for each in sorted(found):
        for part in each.split():
            parts[part].append(each)
    bare = _letters(key)
    near = [each for each in sorted(found) if bare and _letters(each) == bare]
    near += difflib.get_close_matches(key, found, NEAR, _ALIKE)
    near += (each for each in sorted(found) if key and key in each)
    near += (
        each for part in difflib.get_close_matches(key, parts, NEAR, _ALIKE) for each in parts[part]
    )
    return tuple(found[each] for each in list(dict.fromkeys(near))[:NEAR])
