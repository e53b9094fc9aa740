"""Counts how many articles have a word; PostgreSQL's counts are kept until the archive changes."""

from collections.abc import Iterable
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, bindparam, text

_MOST_KEPT = 20_000

_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab(main, search_index, row)"
)
_ON_SQLITE = text("SELECT term, doc FROM temp.search_words WHERE term IN :words").bindparams(
    bindparam("words", expanding=True)
)
_ON_POSTGRESQL = text(
    "SELECT word, (SELECT count(*) FROM search_index"
    " WHERE terms @@ CAST('''' || word || '''' AS tsquery))"
    " FROM unnest(CAST(:words AS text[])) AS word"
)
# PostgreSQL does not count what it costs to unpack the words of an article: it would do so for
# all of them, which takes seconds, or start workers for a moment's work.
_NOW = text(
    "SELECT software, articles, length, (SELECT max(number) FROM search_changes) AS number,"
    " set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),"
    " set_config('max_parallel_workers_per_gather', '0', true) FROM search_state"
)


class Held(NamedTuple):
    """What made PostgreSQL's index, and how many articles and words it holds.

    Of some words, how many articles have them.
    """

    software: str
    articles: int
    length: int
    counts: dict[str, int]


_kept: WeakKeyDictionary[Engine, tuple[int, dict[str, int]]] = WeakKeyDictionary()


def held_now(connection: Connection) -> Held:
    """Return what PostgreSQL's index holds, and let the transaction look words up in it."""
    row = connection.execute(_NOW).first()
    software, articles, length, number, *_ = row or ("", 0, 0, 0)
    of, counts = _kept.get(connection.engine, (-1, {}))
    if of != number or len(counts) > _MOST_KEPT:
        counts = {}
        _kept[connection.engine] = number, counts
    return Held(software, articles, length, counts)


def held(connection: Connection, words: Iterable[str], known: Held | None = None) -> dict[str, int]:
    """Return how many articles have each of the words, of those that any has.

    `known` is what PostgreSQL's index holds, where that was asked already.
    """
    asked = sorted(set(words))
    if not asked:
        return {}
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_VOCABULARY)
        return {row[0]: row[1] for row in connection.execute(_ON_SQLITE, {"words": asked})}
    counts = (known or held_now(connection)).counts
    missing = [word for word in asked if word not in counts]
    if missing:
        rows = connection.execute(_ON_POSTGRESQL, {"words": missing})
        counts.update({row[0]: row[1] for row in rows})
    return {word: counts[word] for word in asked if counts[word]}
