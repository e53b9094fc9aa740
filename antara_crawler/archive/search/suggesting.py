"""Finds what was meant by a query that nothing fits: the nearest words and names that there are."""

import re
from collections.abc import Iterator
from string import ascii_lowercase

from sqlalchemy import Connection

from antara_crawler.archive.index.analysis import word_of
from antara_crawler.archive.search.held import held
from antara_crawler.archive.search.names import strangers
from antara_crawler.archive.search.query import Query

_LEAST, _MOST = 4, 20
_WORDS = 3
"""Of so many words of a query the nearest are looked for."""

_CORRECTABLE = re.compile(rf"[a-z]{{{_LEAST},{_MOST}}}")


def suggestion(connection: Connection, query: Query) -> str:
    """Return a query with words and names that the archive has, '' where there is none better."""
    replaced = query.understood
    for word in _nowhere(connection, query):
        if near := _nearest(connection, word):
            replaced = re.sub(rf"(?<![\w:]){word}(?![\w*])", near, replaced)
    for key, filters in query.filters:
        for stranger in strangers(connection, filters):
            if stranger.near:
                asked = stranger.name
                for written in (f'{key}:"{asked}"', f"{key}:{asked}"):
                    replaced = replaced.replace(written, f'{key}:"{stranger.near[0]}"')
    return replaced if replaced != query.understood else ""


def _nowhere(connection: Connection, query: Query) -> list[str]:
    """Return words of the query that no article has, in any form."""
    written = re.findall(r"\w+", query.understood)
    asked = [word for word in query.lexemes if word in written and _CORRECTABLE.fullmatch(word)]
    known = held(connection, {form for word in asked for form in (word, word_of(word).root)})
    return [word for word in asked if word not in known and word_of(word).root not in known][
        :_WORDS
    ]


def _nearest(connection: Connection, word: str) -> str:
    """Return the word, one letter otherwise, that most articles have in any form.

    One that an article has as it stands comes before those that none has so.
    """
    near = set(_one_off(word))
    plain = held(connection, near)
    # Roots take long to find, and are looked at only where no article has a word as it stands.
    roots = {each: word_of(each).root for each in plain or near}
    counts = held(connection, roots.values())
    found = {each: (counts.get(root, 0), plain.get(each, 0)) for each, root in roots.items()}
    best = max(found, key=lambda each: (*found[each], each))
    return best if any(found[best]) else ""


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
