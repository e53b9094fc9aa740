"""Asks the search index of either database for the same articles in the same order.

The order is BM25 with k1 = 1.2 and b = 0.75, a word of the title counting ten times: what
SQLite's bm25() computes (https://www.sqlite.org/fts5.html#the_bm25_function), and computed here
for PostgreSQL, whose ts_rank_cd() of a single word is the sum of the weights of its places.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Float,
    Integer,
    TableClause,
    TextClause,
    bindparam,
    literal_column,
    quoted_name,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from antara_crawler.archive.index.groups import BITS, MASK
from antara_crawler.archive.index.index_tables import software_of
from antara_crawler.archive.index.told import TITLED
from antara_crawler.archive.search.asking import Choice, Phrase
from antara_crawler.archive.search.held import Held, held, held_now
from antara_crawler.archive.search.query import Query

WEIGHTS = {"title": 10.0, "body": 1.0, "title_roots": 5.0, "body_roots": 0.5}
"""How much a word counts in each column of the index: in another form half as much."""

_SHARES = "{0.1, 0.05, 0.5, 1}"  # the same for PostgreSQL, in tenths, by its labels D to A
_K1, _B, _LEAST_IDF = 1.2, 0.75, 1e-6
_LENGTH_NORM = f"{_K1} * ({1 - _B} + {_B} * search_index.length / :mean)"


def _written(tables: str) -> TableClause:
    """Return a join that is written out, since SQLAlchemy knows no INDEXED BY."""
    return table(quoted_name(tables, quote=False))


_INDEX = _written("search_index")
_GROUP: dict[str, ColumnElement[int]] = {
    "sqlite": literal_column(f"search_index.rowid & {MASK}", Integer),
    "postgresql": literal_column("search_index.group_id", Integer),
}
# SQLite must be told not to ask the index of words once for each row that a filter lets through,
# and to filter, sort and count without reading whole articles.
_ARTICLES = {
    "sqlite": _written("articles AS a INDEXED BY ix_articles_search"),
    "postgresql": _written("articles AS a"),
}
_JOINED = {
    "sqlite": _written("search_index CROSS JOIN articles AS a INDEXED BY ix_articles_search"),
    "postgresql": _written("search_index CROSS JOIN articles AS a"),
}
# Where very many fit, the latest are found sooner by walking the dates than by sorting.
_BY_DATE = _written("articles AS a INDEXED BY ix_articles_published_at")
_ROW: dict[str, ColumnElement[int]] = {
    "sqlite": literal_column(f"search_index.rowid >> {BITS}", Integer),
    "postgresql": literal_column("search_index.article_id", Integer),
}
_YEAR: dict[str, ColumnElement[int | None]] = {
    "sqlite": literal_column("CAST(substr(a.published_on, 1, 4) AS INTEGER)", Integer),
    "postgresql": literal_column("CAST(extract(year FROM a.published_on) AS integer)", Integer),
}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The score of an article, of those that fit `words`, which find the same as Match's.

    Of those a word asked for is in the title of `titled`, and none in that of `untitled`; `of`
    gives the conditions to score those alone whose ids are given.
    """

    score: ColumnElement[float] | TextClause
    words: tuple[TextClause, ...]
    of: Callable[[Sequence[int]], tuple[TextClause, ...]]
    titled: tuple[TextClause, ...]
    untitled: tuple[TextClause, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Where the articles that fit the words of a query are.

    `words` and `joined` are conditions on `tables`, which hold `articles AS a`; `index` holds
    the words alone, and `group` names the group of an article there. `ranking` says how they are
    ranked, when words are asked for: PostgreSQL counts words for it, and `counts` is where it
    keeps how many articles have one. Who wants the latest takes `published` of `index`, or, where
    that has no dates, `by_date`: the articles by date, of which those fit whose id `article`
    is among what `words` find in `index`. `current`: whether today's software made the index, where
    that was asked.
    """

    tables: TableClause
    words: tuple[TextClause, ...] = ()
    joined: tuple[TextClause, ...] = ()
    index: TableClause | None = None
    group: ColumnElement[int] | None = None
    ranking: Callable[[], Ranking] | None = None
    by_date: TableClause | None = None
    article: ColumnElement[int] = _ROW["sqlite"]
    published: ColumnElement[Any] | None = None
    current: bool | None = None
    counts: MutableMapping[str, int] = field(default_factory=dict)


def every(connection: Connection) -> TableClause:
    """Return `articles AS a`, for conditions on Shown."""
    return _ARTICLES[connection.dialect.name]


def year_of(connection: Connection) -> ColumnElement[int | None]:
    """Return the year of publication, on the portal's own clock."""
    return _YEAR[connection.dialect.name]


def match(connection: Connection, query: Query) -> Match:
    """Return how to find the articles that fit the words of a query."""
    if connection.dialect.name == "sqlite":
        return _on_sqlite(query)
    return _on_postgresql(connection, query)


def _on_sqlite(query: Query) -> Match:
    out = _fts5_choice(query.excluded)
    if not query.words and not query.choices:
        where = (_fts5("a.id NOT IN", out, "excluded", f"rowid >> {BITS}"),) if out else ()
        return Match(_ARTICLES["sqlite"], where)
    apart = [_fts5_choice(choice) for choice in query.choices]
    if not query.words:
        return _on_fts5(_fts5_words(apart, [], out))

    roots = [*map(_fts5_any, query.roots)]
    words = _fts5_words(roots, apart, out)

    def ranking() -> Ranking:
        title = f"{{title title_roots}} : {_fts5_any(_all(query.roots))}"
        ranked = _fts5_words(map(_fts5_any, query.words), apart, out)
        return Ranking(
            literal_column(f"-bm25(search_index, {', '.join(map(str, WEIGHTS.values()))})", Float),
            ranked,
            lambda ids: (*ranked, _ids_in(ids)),
            _fts5_words([*roots, title], apart, out),
            (*words, _fts5("+search_index.rowid NOT IN", title, "title")),
        )

    return _on_fts5(words, ranking)


def _fts5_words(needs: Iterable[str], apart: Sequence[str], out: str) -> tuple[TextClause, ...]:
    """Return conditions on the index: `apart` do not count in the score."""
    expression = " AND ".join(needs)
    if out:
        expression = f"({expression}) NOT ({out})"
    conditions = [text("search_index MATCH :words").bindparams(words=expression)]
    if apart:
        conditions.append(_fts5("+search_index.rowid IN", " AND ".join(apart), "choices"))
    return tuple(conditions)


def _on_fts5(words: tuple[TextClause, ...], ranking: Callable[[], Ranking] | None = None) -> Match:
    return Match(
        tables=_JOINED["sqlite"],
        words=words,
        joined=(text(f"a.id = {_ROW['sqlite']}"),),
        index=_INDEX,
        group=_GROUP["sqlite"],
        ranking=ranking,
        by_date=_BY_DATE,
    )


def _ids_in(ids: Sequence[int]) -> TextClause:
    clause = text(f"{_ROW['sqlite']} IN (SELECT value FROM json_each(:ids))")
    return clause.bindparams(ids=json.dumps(ids))


def _all(groups: Sequence[Phrase]) -> Phrase:
    return tuple(dict.fromkeys(word for group in groups for word in group))


def _fts5(test: str, expression: str, name: str, row: str = "rowid") -> TextClause:
    found = f"SELECT {row} FROM search_index WHERE search_index MATCH :{name}"
    return text(f"{test} ({found})").bindparams(**{name: expression})


def _fts5_any(words: Phrase) -> str:
    """Return an FTS5 expression for any of the words; they hold letters and digits only."""
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"


def _fts5_choice(choice: Choice) -> str:
    """Return an FTS5 expression for any of a choice: phrases and beginnings as they stand."""
    ways = [f'"{word}"' for word in choice.words]
    ways += [f'{{title body}} : "{" ".join(phrase)}"' for phrase in choice.phrases]
    ways += [f'{{title body}} : "{prefix}" *' for prefix in choice.prefixes]
    return f"({' OR '.join(ways)})" if ways else ""


def _on_postgresql(connection: Connection, query: Query) -> Match:
    tests = ["(" + " | ".join(map(_quoted, group)) + ")" for group in query.roots]
    tests += [_ts_choice(choice) for choice in query.choices]
    if out := _ts_choice(query.excluded):
        tests.append(f"!{out}")
    if not tests:
        return Match(_ARTICLES["postgresql"])
    known = held_now(connection)
    found = " & ".join(tests)
    words = _ts_query(found)
    phrases = any(choice.phrases for choice in (*query.choices, query.excluded))
    # Whether words stand together only the terms themselves tell: they are read once.
    ids = _ids(connection, words) if phrases else []
    if phrases:
        words = _among(ids)

    def ranking() -> Ranking:
        marked = (_quoted(TITLED + root) for root in _all(query.roots))
        title = "(" + " | ".join(marked) + ")"
        # Who has the one word asked for in the title has it.
        both = title if len(tests) == 1 else f"{title} & {found}"
        titled, untitled = _ts_query(both), _ts_query(f"!{title} & {found}")
        if phrases:
            there = {*_ids(connection, _ts_query(title))}
            titled = _among([each for each in ids if each in there])
            untitled = _among([each for each in ids if each not in there])
        score = _bm25(query.lexemes, known, held(connection, query.lexemes, known))
        return Ranking(score, (words,), lambda ids: (_among(ids),), (titled,), (untitled,))

    return Match(
        tables=_JOINED["postgresql"],
        words=(words,),
        joined=(text("a.id = search_index.article_id"),),
        index=_INDEX,
        group=_GROUP["postgresql"],
        ranking=ranking if query.words else None,
        article=_ROW["postgresql"],
        published=literal_column("search_index.published", Integer),
        counts=known.counts,
        current=known.software == software_of(connection),
    )


def _ts_query(expression: str) -> TextClause:
    clause = text("search_index.terms @@ CAST(:words AS tsquery)")
    return clause.bindparams(words=expression)


def _ids(connection: Connection, words: TextClause) -> Sequence[int]:
    return connection.scalars(select(_ROW["postgresql"]).select_from(_INDEX).where(words)).all()


def _among(ids: Sequence[int]) -> TextClause:
    clause = text("search_index.article_id = ANY(CAST(:ids AS bigint[]))")
    return clause.bindparams(ids=[*ids])


def _quoted(word: str) -> str:
    return f"'{word}'"


def _ts_choice(choice: Choice) -> str:
    """Return a tsquery for any of a choice: phrases and beginnings as they stand (A, D)."""
    ways = [_quoted(word) for word in choice.words]
    ways += [" <-> ".join(f"'{word}':AD" for word in phrase) for phrase in choice.phrases]
    ways += [f"'{prefix}':*AD" for prefix in choice.prefixes]
    return "(" + " | ".join(f"({way})" for way in ways) + ")" if ways else ""


def _bm25(lexemes: Phrase, known: Held, counts: Mapping[str, int]) -> TextClause:
    """Return the score, by values beside the statement: it is planned once for all words."""
    values: list[BindParameter[Any]] = [
        bindparam("mean", known.length / max(known.articles, 1) or 1.0, Float)
    ]
    parts = []
    for place, word in enumerate(lexemes):
        count = counts.get(word, 0)
        idf = math.log((known.articles - count + 0.5) / (count + 0.5))
        values.append(bindparam(f"idf{place}", idf if idf > 0 else _LEAST_IDF, Float))
        values.append(bindparam(f"word{place}", _quoted(word), TSQUERY))
        times = f"ts_rank_cd('{_SHARES}', held.words[1], CAST(:word{place} AS tsquery))"
        times = f"0.5 * round(20 * {times})"
        part = f"{_K1 + 1} / (1 + {_LENGTH_NORM} / nullif({times}, 0))"
        parts.append(f":idf{place} * coalesce({part}, 0)")
    # Terms lie apart: in an array they are fetched once, not again for each word.
    once = "SELECT ARRAY[search_index.terms] AS words OFFSET 0"
    score = text(f"(SELECT {' + '.join(parts)} FROM ({once}) AS held)")
    return score.bindparams(*values)
