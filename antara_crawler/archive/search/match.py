"""Asks SQLite's FTS5, or PostgreSQL's tsvectors, for the articles that fit words, and their scores.

The order is BM25 with k1 = 1.2 and b = 0.75, a word of the title counting ten times: what
SQLite's bm25() computes (https://www.sqlite.org/fts5.html#the_bm25_function), and computed here
for PostgreSQL, whose ts_rank_cd() of a single word is the sum of the weights of its places.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Float, TextClause, bindparam, literal_column, select, text
from sqlalchemy.dialects.postgresql import TSQUERY

from antara_crawler.archive.index.groups import BITS
from antara_crawler.archive.index.told import TITLED
from antara_crawler.archive.search.asking import Choice, Phrase
from antara_crawler.archive.search.conditions import (
    INDEX,
    ROW,
    WEIGHTS,
    Match,
    Ranking,
    Words,
    among,
)
from antara_crawler.archive.search.counting import Held, held
from antara_crawler.archive.search.query import Query

_SCORE = literal_column(f"-bm25(search_index, {', '.join(map(str, WEIGHTS.values()))})", Float)
_FOUND = "IN (SELECT {} FROM search_index WHERE search_index MATCH :{})"
_FITS = text("search_index MATCH :words")
_APART = text(f"+search_index.rowid {_FOUND.format('rowid', 'choices')}")
_UNTITLED = text(f"+search_index.rowid NOT {_FOUND.format('rowid', 'title')}")
_WITHOUT = text(f"a.id NOT {_FOUND.format(f'rowid >> {BITS}', 'excluded')}")

_SHARES = "{0.1, 0.05, 0.5, 1}"  # WEIGHTS in tenths, by its labels D to A
_K1, _B, _LEAST_IDF = 1.2, 0.75, 1e-6
_LENGTH_NORM = f"{_K1} * ({1 - _B} + {_B} * search_index.length / :mean)"
_TERMS = text("search_index.terms @@ CAST(:words AS tsquery)")


def match(connection: Connection, query: Query, known: Held) -> Match:
    """Return how to find the articles that fit the words of a query, in an index as known."""
    if connection.dialect.name == "sqlite":
        return _on_sqlite(query)
    return _on_postgresql(connection, query, known)


def _on_sqlite(query: Query) -> Match:
    out = _fts5_choice(query.excluded)
    if not query.words and not query.choices:
        without = Words((_WITHOUT,), {"excluded": out}) if out else Words()
        return Match(without)
    apart = " AND ".join(map(_fts5_choice, query.choices))
    if not query.words:
        return Match(_fts5_words([apart], "", out), in_index=True)

    roots = [*map(_fts5_any, query.roots)]
    words = _fts5_words(roots, apart, out)

    def ranking() -> Ranking:
        title = f"{{title title_roots}} : {_fts5_any(_all(query.roots))}"
        ranked = _fts5_words(map(_fts5_any, query.words), apart, out)
        return Ranking(
            _SCORE,
            ranked,
            lambda ids: ranked + among("sqlite", ids),
            _fts5_words([*roots, title], apart, out),
            words + Words((_UNTITLED,), {"title": title}),
        )

    return Match(words, in_index=True, ranking=ranking)


def _fts5_words(needs: Iterable[str], apart: str, out: str) -> Words:
    """Return conditions on the index: what is `apart` does not count in the score."""
    expression = " AND ".join(needs)
    if out:
        expression = f"({expression}) NOT ({out})"
    words = Words((_FITS,), {"words": expression})
    return words + Words((_APART,), {"choices": apart}) if apart else words


def _fts5_any(words: Phrase) -> str:
    """Return an FTS5 expression for any of the words; they hold letters and digits only."""
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"


def _fts5_choice(choice: Choice) -> str:
    """Return an FTS5 expression for any of a choice: phrases and beginnings as they stand."""
    ways = [f'"{word}"' for word in choice.words]
    ways += [f'{{title body}} : "{" ".join(phrase)}"' for phrase in choice.phrases]
    ways += [f'{{title body}} : "{prefix}" *' for prefix in choice.prefixes]
    return f"({' OR '.join(ways)})" if ways else ""


def _all(groups: Sequence[Phrase]) -> Phrase:
    return tuple(dict.fromkeys(word for group in groups for word in group))


def _on_postgresql(connection: Connection, query: Query, known: Held) -> Match:
    tests = ["(" + " | ".join(map(_quoted, group)) + ")" for group in query.roots]
    tests += [_ts_choice(choice) for choice in query.choices]
    if out := _ts_choice(query.excluded):
        tests.append(f"!{out}")
    if not tests:
        return Match()
    found = " & ".join(tests)
    words = _fit(found)
    phrases = any(choice.phrases for choice in (*query.choices, query.excluded))
    # Whether words stand together only the terms themselves tell: they are read once.
    ids = _ids(connection, words) if phrases else []
    if phrases:
        words = among("postgresql", ids)

    def ranking() -> Ranking:
        marked = (_quoted(TITLED + root) for root in _all(query.roots))
        title = "(" + " | ".join(marked) + ")"
        # Who has the one word asked for in the title has it.
        both = title if len(tests) == 1 else f"{title} & {found}"
        titled, untitled = _fit(both), _fit(f"!{title} & {found}")
        if phrases:
            there = {*_ids(connection, _fit(title))}
            titled = among("postgresql", [each for each in ids if each in there])
            untitled = among("postgresql", [each for each in ids if each not in there])
        values = _bm25(query.lexemes, known, held(connection, query.lexemes, known))
        scored = Words((), values)
        return Ranking(
            _score(len(query.lexemes)),
            words + scored,
            lambda ids: among("postgresql", ids) + scored,
            titled,
            untitled,
        )

    return Match(words, in_index=True, ranking=ranking if query.words else None)


def _fit(expression: str) -> Words:
    return Words((_TERMS,), {"words": expression})


def _ids(connection: Connection, words: Words) -> Sequence[int]:
    rows = select(ROW["postgresql"]).select_from(INDEX).where(*words.where)
    return connection.scalars(rows, words.values).all()


def _quoted(word: str) -> str:
    return f"'{word}'"


def _ts_choice(choice: Choice) -> str:
    """Return a tsquery for any of a choice: phrases and beginnings as they stand (A, D)."""
    ways = [_quoted(word) for word in choice.words]
    ways += [" <-> ".join(f"'{word}':AD" for word in phrase) for phrase in choice.phrases]
    ways += [f"'{prefix}':*AD" for prefix in choice.prefixes]
    return "(" + " | ".join(f"({way})" for way in ways) + ")" if ways else ""


def _bm25(lexemes: Phrase, known: Held, counts: Mapping[str, int]) -> dict[str, Any]:
    """Return the values of the score of so many words."""
    values: dict[str, Any] = {"mean": known.length / max(known.articles, 1) or 1.0}
    for place, word in enumerate(lexemes):
        count = counts.get(word, 0)
        idf = math.log((known.articles - count + 0.5) / (count + 0.5))
        values[f"idf{place}"] = idf if idf > 0 else _LEAST_IDF
        values[f"word{place}"] = _quoted(word)
    return values


@lru_cache(maxsize=100)
def _score(lexemes: int) -> TextClause:
    """Return the score by so many words: it is planned once for all of them."""
    types = [bindparam("mean", type_=Float)]
    parts = []
    for place in range(lexemes):
        types += [bindparam(f"idf{place}", type_=Float), bindparam(f"word{place}", type_=TSQUERY)]
        times = f"ts_rank_cd('{_SHARES}', held.words[1], CAST(:word{place} AS tsquery))"
        times = f"0.5 * round(20 * {times})"
        part = f"{_K1 + 1} / (1 + {_LENGTH_NORM} / nullif({times}, 0))"
        parts.append(f":idf{place} * coalesce({part}, 0)")
    # Terms lie apart: in an array they are fetched once, not again for each word.
    once = "SELECT ARRAY[search_index.terms] AS words OFFSET 0"
    return text(f"(SELECT {' + '.join(parts)} FROM ({once}) AS held)").bindparams(*types)
