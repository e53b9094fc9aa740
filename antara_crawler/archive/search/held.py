"""Counts how many articles have a word; PostgreSQL's counts are kept until the archive changes."""

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, bindparam, text

from antara_crawler.archive.index.changes import last_number

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
_kept: WeakKeyDictionary[Engine, tuple[int, dict[str, int]]] = WeakKeyDictionary()


def held(connection: Connection, words: Iterable[str]) -> dict[str, int]:
    """Return how many articles have each of the words, of those that any has."""
    asked = sorted(set(words))
    if not asked:
        return {}
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_VOCABULARY)
        return {row[0]: row[1] for row in connection.execute(_ON_SQLITE, {"words": asked})}
    counts = _counts(connection)
    missing = [word for word in asked if word not in counts]
    if missing:
        rows = connection.execute(_ON_POSTGRESQL, {"words": missing})
        counts.update({row[0]: row[1] for row in rows})
    return {word: counts[word] for word in asked if counts[word]}


def keep(connection: Connection, word: str, count: int) -> None:
    """Keep how many articles have a word, for who counted them anyway."""
    if connection.dialect.name == "postgresql":
        _counts(connection)[word] = count


def _counts(connection: Connection) -> dict[str, int]:
    """Return what is kept of the archive as it is."""
    number = last_number(connection)
    of, counts = _kept.get(connection.engine, (-1, {}))
    if of != number or len(counts) > _MOST_KEPT:
        counts = {}
        _kept[connection.engine] = number, counts
    return counts
