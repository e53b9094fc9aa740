"""Asks PostgreSQL for the articles that fit a query, and computes their BM25."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Connection,
    Float,
    TextClause,
    bindparam,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from antara_crawler.archive.index.told import TITLED
from antara_crawler.archive.search.asking import Choice, Phrase
from antara_crawler.archive.search.held import Held, held
from antara_crawler.archive.search.match import (
    INDEX,
    ROW,
    Match,
    Ranking,
    Words,
    among,
    roots_of,
)
from antara_crawler.archive.search.query import Query

_SHARES = "{0.1, 0.05, 0.5, 1}"  # WEIGHTS in tenths, by its labels D to A
_K1, _B, _LEAST_IDF = 1.2, 0.75, 1e-6
_LENGTH_NORM = f"{_K1} * ({1 - _B} + {_B} * search_index.length / :mean)"
_TERMS = text("search_index.terms @@ CAST(:words AS tsquery)")


def on_postgresql(connection: Connection, query: Query, known: Held) -> Match:
    """Return how to find the articles that fit the words of a query, in an index as known."""
    tests = ["(" + " | ".join(map(_quoted, group)) + ")" for group in query.roots]
    tests += [_choice(choice) for choice in query.choices]
    if out := _choice(query.excluded):
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
        marked = (_quoted(TITLED + root) for root in roots_of(query.roots))
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


def _choice(choice: Choice) -> str:
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
